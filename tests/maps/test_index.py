"""The overview: the figures of every standard, and ways to their pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from maps import index
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from maps.scene import Scene

    Maker = Callable[..., Scene]

LINKS = {"bus_stop_500m": "bus_stop_500m.html", "circle_15min": "circle_15min.html"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_standard_has_its_card_figures_and_link(made: Maker, language: str) -> None:
    scene = made(language)
    page = index.page(scene, LINKS)
    standards = scene.summary["standards"]
    assert f"<strong>{100 * standards['bus_stop_500m']['network']['share']:.1f} %<" in page
    assert f"<strong>{100 * standards['circle_15min']['complete']['share']:.1f} %<" in page
    assert f"{100 * standards['bus_stop_500m']['straight']['share']:.1f} %" in page
    assert all(f'href="{link}"' in page for link in LINKS.values())
    assert page.count('class="question"') == len(standards) == 3
    assert 'lang="zh-CN"' in page if language == "zh" else 'lang="en"' in page


def test_a_union_has_a_card_with_the_figures_of_its_classes(made: Maker) -> None:
    scene = made("en")
    card = index.page(scene, LINKS).split("Public transport")[1].split("</article>")[0]
    figures = scene.summary["standards"]["any_stop"]
    network = figures["network"]
    assert f"<strong>{100 * network['share']:.1f} %<" in card
    assert f"Bounds {100 * network['low']:.1f} % – {100 * network['high']:.1f} %" in card
    assert f"Straight line {100 * figures['straight']['share']:.1f} %" in card
    assert re.findall("<bdi>(.*?)</bdi><b>(.*?)</b>", card) == [
        ("Bus", f"{100 * network['share']:.1f} %"),
        ("Metro", "0.0 %"),
    ]
    assert "<a " not in card


def test_the_worst_zones_and_the_verdict_on_land_are_named(made: Maker) -> None:
    card = index.page(made("zh"), LINKS).split("</article>")[0]
    assert "最差的分区" in card
    assert "官方口径（用地） 91.2 %" in card
    assert '<span class="tag tag-target_met">达标</span>' in card


def test_results_without_bounds_and_zones_have_cards(
    made: Maker, bare: Callable[[Scene], Scene]
) -> None:
    page = index.page(bare(made("en")), LINKS)
    assert page.count('class="question"') == 2
    assert "Bounds" not in page
    assert "Worst zones" not in page


def test_a_standard_without_a_page_has_no_link(made: Maker) -> None:
    assert index.page(made("en"), {}).count("<a ") == 0


@pytest.mark.parametrize("link", ["https://a.example/", "//a.example", "/x.html", "javascript:x"])
def test_links_lead_nowhere_else(made: Maker, link: str) -> None:
    with pytest.raises(InputError, match="not a relative link"):
        index.page(made("en"), {"bus_stop_500m": link})


def test_credit_and_date_stand_at_the_foot(made: Maker) -> None:
    foot = index.page(made("en"), LINKS).split("<footer>")[1]
    assert "© OpenStreetMap contributors, ODbL 1.0" in foot
    assert "Data of 2025-06-01" in foot


def test_hostile_names_are_text(made: Maker, hostile: tuple[str, ...]) -> None:
    page = index.page(made("en", names=list(hostile)), LINKS)
    assert "<img" not in page
    assert "<script" not in page
    assert "{{ 7*7 }}" in page


def test_homes_are_sketched_in_both_colours(made: Maker) -> None:
    page = index.page(made("en"), LINKS)
    assert 'fill="#0072B2"' in page
    assert 'fill="#E69F00"' in page
