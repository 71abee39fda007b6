"""The overview: the figures of every standard, and ways to their pages."""

from __future__ import annotations

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
    assert page.count('class="question"') == 2
    assert 'lang="zh-CN"' in page if language == "zh" else 'lang="en"' in page


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
