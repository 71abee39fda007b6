"""Public pages: what is planted in the results is found in no file; the figures stay."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

from maps import circle, coverage, index
from maps.parts.steps import step_shares
from maps.public import public
from maps.scene import Public
from spatial.crowds import crowds
from tests.maps.unpacking import data_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from maps.scene import Scene
    from tests.maps.browsing import Opened

    Maker = Callable[..., Scene]

ID = "bus_stop_500m"
ADDRESS = "幸福里 7 号楼 203 室"
IDENTITY = "w-planted-4711"
WEIGHT = 317.37
PATH = "机密/户籍.csv"


@pytest.fixture
def planted(made: Maker) -> Scene:
    """A town whose first home has an address, an id and a weight that are found at a glance."""
    scene = made("zh", unit="people", outlines=True)
    homes = scene.homes.copy()
    homes.loc[0, ["home", "name"]] = [IDENTITY, ADDRESS]
    homes.loc[0, "weight"] = WEIGHT
    summary = {**scene.summary, "inputs": [{"layer": "homes", "path": PATH, "sha256": "00"}]}
    prints = scene.footprints
    assert prints is not None
    prints = prints.assign(home=homes["home"])
    return replace(scene, homes=homes, summary=summary, footprints=prints)


def pages(scene: Scene) -> dict[str, str]:
    """Every page that is made of a public scene."""
    return {
        "coverage": coverage.page(scene, ID),
        "circle": circle.page(scene),
        "index": index.page(scene, {}),
    }


def everything(html: str) -> str:
    """A page's text with its columns unpacked."""
    told = json.dumps(data_of(html), ensure_ascii=False) if 'id="data"' in html else ""
    return html + told


def test_what_is_planted_is_in_the_usual_pages_and_in_no_public_one(planted: Scene) -> None:
    secrets = (ADDRESS, IDENTITY, PATH, str(WEIGHT), f"{WEIGHT:.1f}")
    usual = everything(coverage.page(planted, ID))
    assert all(one in usual for one in (ADDRESS, IDENTITY, f"{WEIGHT:.1f}"))
    for name, html in pages(public(planted)).items():
        said = everything(html)
        for secret in secrets:
            assert secret not in said, (name, secret)


def places_in(data: Any) -> np.ndarray:
    """Every place of a page, micro-degrees."""
    found = [np.empty((0, 2))]

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if "xy" in value:
                found.append(np.cumsum(np.reshape(value["xy"], (-1, 2)), axis=0))
            for one in value.values():
                walk(one)

    walk(data)
    return np.concatenate(found)


def test_no_coordinate_of_a_home_is_in_the_file(planted: Scene) -> None:
    homes = shapely.get_coordinates(planted.homes.to_crs(4326).geometry)
    corners = shapely.get_coordinates(planted.footprints.to_crs(4326).geometry)  # type: ignore[union-attr]
    secret = {tuple(one) for one in np.rint(np.concatenate([homes, corners]) * 1e6).astype(int)}
    usual = {tuple(one) for one in places_in(data_of(coverage.page(planted, ID))).astype(int)}
    assert len(usual & secret) > 100
    for html in (coverage.page(public(planted), ID), circle.page(public(planted))):
        assert not {tuple(one) for one in places_in(data_of(html)).astype(int)} & secret


def test_an_edge_drawn_around_the_homes_is_drawn_around_the_cells(planted: Scene) -> None:
    hull = planted.homes.geometry.union_all().convex_hull
    edge = planted.ground["kind"] == "boundary"
    shapes = planted.ground.geometry.where(~edge, hull)
    drawn = public(replace(planted, ground=planted.ground.set_geometry(shapes)))
    corners = shapely.get_coordinates(drawn.ground.geometry[drawn.ground["kind"] == "boundary"])
    assert (corners % 100 == 0).all()
    given = {**planted.summary, "inputs": [{"layer": "boundary", "path": PATH}]}
    kept = public(replace(planted, summary=given))
    assert (
        kept.ground.geometry[kept.ground["kind"] == "boundary"]
        .iloc[0]
        .equals(planted.ground.geometry[edge].iloc[0])
    )
    assert "extent" not in set(kept.ground["kind"])


def test_no_cell_gap_or_zone_tells_of_fewer_than_asked(planted: Scene) -> None:
    for least in (10, 100, 150):
        scene = public(planted, least)
        assert scene.public is not None
        people = planted.homes["weight"]
        whole = scene.homes.assign(people=0.0)
        inside = planted.homes.sjoin(scene.homes[["geometry"]], predicate="intersects")
        each = people[inside.index].groupby(inside["index_right"].to_numpy()).sum()
        assert (each >= least).all()
        assert (scene.homes["weight"] % 10 == 0).all()
        assert (scene.gaps[ID]["people"] >= least).all()
        assert len(whole) == len(each)


def test_the_zone_that_is_withheld_cannot_be_had_by_taking_away(planted: Scene) -> None:
    zones = planted.zones
    assert zones is not None
    zones = zones.assign(people=[9.0, 800.0, 700.0], homes=[1, 60, 50])
    few = public(replace(planted, zones=zones)).zones
    assert few is not None
    assert few[f"{ID}_share"].isna().tolist() == [True, False, True]
    assert few["people"].isna().tolist() == [True, False, True]
    assert few["zone"].notna().all()
    page = coverage.page(public(replace(planted, zones=zones)), ID)
    assert len(re.findall('scope="row"', page.split('class="zones"')[1].split("</table>")[0])) == 1


def test_figures_are_those_of_the_summary(planted: Scene) -> None:
    scene = public(planted)
    assert scene.summary["standards"] is planted.summary["standards"]
    assert step_shares(scene, "circle_15min") == step_shares(planted, "circle_15min")
    share = planted.summary["standards"][ID]["network"]["share"]
    assert f"{100 * share:.1f} %" in coverage.page(scene, ID)


def test_shares_of_cells_are_those_of_their_people(planted: Scene) -> None:
    scene = public(planted)
    xy = shapely.get_coordinates(planted.homes.geometry)
    weight = planted.homes["weight"].to_numpy()
    found = crowds(xy, weight, least=10)
    served = planted.homes[f"{ID}_served"].to_numpy()
    for cell, share in enumerate(scene.homes[f"{ID}_share"]):
        mine = found.cell == cell
        exact = weight[mine & served].sum() / weight[mine].sum()
        assert share == pytest.approx(exact, abs=0.0251)


def test_who_is_too_far_apart_is_counted_and_said(made: Maker) -> None:
    scene = made("en", unit="people")
    homes = scene.homes.copy()
    homes.loc[0, "geometry"] = shapely.Point(520_000, 3_990_000)
    homes.loc[0, "weight"] = 4.0
    shown = public(replace(scene, homes=homes))
    assert shown.public == Public(10, 4.0, shown.public.counted)  # type: ignore[union-attr]
    said = coverage.page(shown, ID)
    assert "fewer than 10 residents live too far apart" in said
    assert scene.public is None


def test_where_nobody_is_counted_homes_are(made: Maker) -> None:
    scene = public(made("en"), 10)
    assert (scene.homes["weight"] >= 10).all()
    assert "cells of at least 10 homes" in coverage.page(scene, ID)


@pytest.mark.browser
def test_a_cell_says_its_share_and_nothing_of_single_homes(
    planted: Scene, opened: Callable[..., Opened]
) -> None:
    scene = public(planted)
    for html in pages(scene).values():
        page = opened(html)
        if "lifecircle.open(" not in html:
            continue
        page.run("() => lifecircle.page.openHome(3)")
        said = page.card()
        assert re.search(r"100 米方格\s+.*约 \d+ %", said)
        assert ADDRESS not in page.run("() => document.body.innerText")


@pytest.mark.browser
def test_a_public_circle_recolours_by_service(
    planted: Scene, opened: Callable[..., Opened]
) -> None:
    page = opened(circle.page(public(planted)))
    painted = "() => [...lifecircle.page.homes.classes].join('')"
    before = page.run(painted)
    page.page.locator('[data-category="market"]').click()
    assert page.run(painted) != before
    assert page.page.locator("#service-shares").inner_text()
    page.page.locator('[data-category=""]').click()
    assert page.run(painted) == before
