"""The page of a whole place: every question in one map, every home answers each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from maps import city
from maps.questions import answers
from maps.style import STEPS
from spatial.errors import InputError
from tests.maps.browsing import click_home, pixels_of
from tests.maps.unpacking import data_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from maps.scene import Scene
    from tests.maps.browsing import Opened

    Maker = Callable[..., Any]

ALL_MET = tuple(bytes.fromhex(STEPS[-1][1:]))


def test_every_home_answers_every_question_as_it_was_measured(made: Maker) -> None:
    scene = made(unit="people")
    table = scene.homes.sample(frac=1, random_state=1)
    data = data_of(city.page(replace(scene, homes=table)))
    walks, _, circle = data["questions"]
    assert [one["id"] for one in data["questions"]] == [
        *("bus_stop_500m", "any_stop", "circle_15min")
    ]
    row = table.set_index(table["home"].astype(str)).loc[data["homes"]["id"]]
    assert walks["served"] == row["bus_stop_500m_served"].astype(int).tolist()
    known = row["bus_stop_500m_m"].notna()
    off = np.abs(np.array(walks["m"])[known] - row["bus_stop_500m_m"][known])
    assert off.max() <= 1
    assert circle["met"] == row["circle_15min_met"].fillna(0).astype(int).tolist()
    assert data["homes"]["weight"] == row["weight"].round(1).tolist()


def test_a_home_of_a_union_walks_to_the_nearest_class_that_serves_it(made: Maker) -> None:
    """A class that serves a home goes before a nearer one that does not."""
    scene = made()
    standards = scene.summary["standards"]
    near = {**standards["bus_stop_500m"], "reach_m": 100.0}
    far = {**standards["bus_stop_500m"], "reach_m": 900.0}
    union = {**standards["any_stop"], "classes": {"near": near, "far": far}}
    homes = scene.homes.iloc[:3].assign(
        any_stop_served=[True, True, False],
        near_m=[90.0, 300.0, 300.0],
        near_served=[True, False, False],
        near_facility="n",
        far_m=[50.0, 800.0, None],
        far_served=[True, True, False],
        far_facility="f",
    )
    summary = {**scene.summary, "standards": {**standards, "any_stop": union}}
    block = answers(replace(scene, homes=homes, summary=summary), "any_stop", pd.Series(["n", "f"]))
    assert block["m"].tolist() == [50, 800, 300]
    assert block["facility"].tolist() == [1, 1, 0]
    assert block["served"].tolist() == [True, True, False]


def test_spots_of_homes_with_outlines_do_not_travel(made: Maker) -> None:
    whole = data_of(city.page(made()))["homes"]
    assert (whole["xy"], len(whole["outlines"]["n"])) == ([], whole["count"])
    bare = data_of(city.page(made(outlines=False)))["homes"]
    assert len(bare["xy"]) == 2 * bare["count"]


def test_a_place_without_answers_is_refused(made: Maker) -> None:
    scene = made()
    with pytest.raises(InputError, match="no standard was measured"):
        city.page(replace(scene, summary={**scene.summary, "standards": {}}))


@pytest.mark.browser
def test_one_chooses_a_question_and_all_answers_it(
    made: Maker, opened: Callable[..., Opened]
) -> None:
    page = opened(city.page(made("en", unit="people"), pages={"circle_15min": "circle.html"}))
    seen = "() => document.querySelector('[data-question]:not([hidden])').dataset.question"
    assert page.run(seen) == "bus_stop_500m"
    page.page.locator("input[name=question]").first.focus()
    page.page.keyboard.press("ArrowUp")  # around to the last
    assert page.run(seen) == "circle_15min"
    assert pixels_of(page, ALL_MET) > 0
    assert page.page.locator('#legend [data-layer="step-4"]').is_visible()
    assert not page.page.locator('#legend [data-layer="served"]').is_visible()
    assert page.page.locator("a.more").get_attribute("href") == "circle.html"


@pytest.mark.browser
def test_a_home_answers_every_question_in_one_table(
    made: Maker, opened: Callable[..., Opened]
) -> None:
    scene: Scene = made("en")
    page = opened(city.page(scene))
    click_home(page, 100)
    home = page.run("() => lifecircle.data.homes.id ? lifecircle.data.homes.id[100] : null")
    row = scene.homes.set_index(scene.homes["home"].astype(str)).loc[home]
    cells = page.page.locator("#card .walks tbody td").all_inner_texts()
    assert cells[0].replace("\u00a0", " ") == f"{row['bus_stop_500m_m']:.0f} m"
    assert cells[2] == f"{row['circle_15min_met']:.0f} of 2"
    assert "Bus stop within 500 m" in page.card()
    page.page.locator("label:has([value=circle_15min])").click()
    assert page.page.locator("#card .asked").inner_text().startswith("15-minute life circle")
