"""The pages in a real browser, opened from the disk with no network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from maps import circle, coverage, index
from spatial.reasons import REASONS
from tests.maps.browsing import (
    PALE_TEXT,
    SMALL_TARGETS,
    Opened,
    click_home,
    pixels_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from maps.scene import Scene

    Maker = Callable[..., Scene]

pytestmark = pytest.mark.browser

ID = "bus_stop_500m"
LINKS = {ID: f"{ID}.html", "circle_15min": "circle_15min.html"}


def test_a_home_says_how_far_to_what_and_by_which_entrance(
    made: Maker, opened: Callable[..., Opened]
) -> None:
    scene = made("en")
    page = opened(coverage.page(scene, ID))
    for home in (5, 100, 180):
        click_home(page, home)
        said = page.card()
        assert f"{scene.homes[f'{ID}_m'][home]:,.0f} m on foot" in said
        assert f"{scene.homes[f'{ID}_straight_m'][home]:,.0f} m" in said
        served = bool(scene.homes[f"{ID}_served"][home])
        assert ("Served" in said) is served
        assert f"w{home}" in said
    page.page.keyboard.press("Escape")
    assert not page.page.locator("#card").is_visible()


def test_an_unconnected_home_says_so(made: Maker, opened: Callable[..., Opened]) -> None:
    scene = made("zh")
    page = opened(coverage.page(scene, ID))
    click_home(page, len(scene.homes) - 1)
    assert "未接入路网" in page.card()


def test_every_row_of_the_legend_hides_and_shows(
    made: Maker, opened: Callable[..., Opened]
) -> None:
    page = opened(coverage.page(made("en"), ID))
    boxes = page.page.locator("#legend input[data-layer]")
    # Colours as `style.py` has them, one for each layer that this town has.
    colours = {
        "served": (0, 114, 178),
        "unserved": (230, 159, 0),
        "facilities": (0, 158, 115),
        "water": (207, 227, 238),
        "streets": (207, 207, 203),
    }
    layers = [boxes.nth(row).get_attribute("data-layer") for row in range(boxes.count())]
    assert set(colours) <= set(layers)
    page.page.locator('#legend label:has([data-layer="reach"])').click()
    for layer, colour in colours.items():
        row = page.page.locator(f'#legend label:has([data-layer="{layer}"])')
        before = pixels_of(page, colour)
        row.click()
        without = pixels_of(page, colour)
        row.click()
        assert pixels_of(page, colour) == before, layer
        assert without < before / 4, layer
    page.complaints.clear()  # the browser remarks that pixels were read back


def test_land_within_reach_waits_to_be_switched_on(
    made: Maker, opened: Callable[..., Opened]
) -> None:
    page = opened(coverage.page(made("en"), ID))
    row = page.page.locator('#legend label:has([data-layer="area"])')
    assert not row.locator("input").is_checked()
    bare = (0, 0, 0)  # where nothing is drawn, the canvas is transparent
    before = pixels_of(page, bare)
    row.click()
    assert pixels_of(page, bare) < before - 20_000
    page.complaints.clear()  # the browser remarks that pixels were read back


def test_zones_are_drawn_and_can_be_hidden(made: Maker, opened: Callable[..., Opened]) -> None:
    scene = made("en")
    for html in (coverage.page(scene, ID), circle.page(scene)):
        page = opened(html)
        before = pixels_of(page, (85, 85, 85))
        page.page.locator('#legend label:has([data-layer="zones"])').click()
        assert pixels_of(page, (85, 85, 85)) < before / 4
        page.complaints.clear()  # the browser remarks that pixels were read back


@pytest.mark.parametrize(("language", "column"), [("zh", 0), ("en", 1)])
def test_a_home_says_why_it_is_unserved(
    made: Maker, opened: Callable[..., Opened], language: str, column: int
) -> None:
    scene = made(language)
    page = opened(coverage.page(scene, ID))
    for reason in ("too_far", "detour_water"):
        home = int((scene.homes[f"{ID}_reason"] == reason).idxmax())
        page.run("(home) => lifecircle.page.openHome(home)", home)
        assert REASONS[reason][column] in page.card()


def test_a_gap_of_the_list_is_flown_to_and_told(made: Maker, opened: Callable[..., Opened]) -> None:
    scene = made("en")
    page = opened(coverage.page(scene, ID))
    page.page.emulate_media(reduced_motion="reduce")
    page.page.locator('[data-gap="1"]').click()
    assert f"{scene.gaps[ID]['homes'][1]} homes" in page.card()
    middle = scene.gaps[ID].geometry.to_crs(4326)[1].representative_point()
    inside = "(at) => lifecircle.map.getBounds().contains(at)"
    assert page.run(inside, [middle.y, middle.x])
    assert page.run("() => lifecircle.map.getZoom()") > 14


def test_hostile_names_are_shown_and_never_run(
    made: Maker, hostile: tuple[str, ...], opened: Callable[..., Opened]
) -> None:
    scene = made("en", names=list(hostile))
    for html in (coverage.page(scene, ID), circle.page(scene), index.page(scene, LINKS)):
        page = opened(html)
        assert page.run("() => document.querySelectorAll('img, svg[onload]').length") == 0
        if "lifecircle.open(" in html:
            named = [home for home in range(36) if home % 3 == 0]
            for home in named:
                page.run("(home) => lifecircle.page.openHome(home)", home)
                shown = page.run("() => document.querySelector('#card h2').textContent")
                assert shown == scene.homes["name"][home]
        assert page.run("() => window.hacked") is None
        assert page.run("() => document.title").startswith(("Bus", "15", "</script>"))


def test_the_policy_stops_what_should_ever_slip_through(
    made: Maker, opened: Callable[..., Opened]
) -> None:
    page = opened(coverage.page(made("en"), ID))
    smuggled = "<img src='data:,' onerror='window.hacked=1'><iframe src='https://a.example/'>"
    page.run("(html) => document.body.insertAdjacentHTML('beforeend', html)", smuggled)
    page.page.wait_for_timeout(100)
    assert page.run("() => window.hacked") is None
    assert any("Content Security Policy" in said for said in page.complaints)
    page.complaints.clear()


def test_the_circle_recolours_by_service_and_lists_what_is_missing(
    made: Maker, opened: Callable[..., Opened]
) -> None:
    scene = made("en")
    page = opened(circle.page(scene))
    button = page.page.locator('[data-category="market"]')
    assert pixels_of(page, (230, 159, 0)) == 0
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert pixels_of(page, (230, 159, 0)) > 1000
    click_home(page, 100)
    said = page.card()
    met = int(scene.homes["circle_15min_met"][100])
    assert f"{met} of 2 must-have services" in said
    assert f"Missing ({2 - met})" in said
    assert f"{scene.homes['market_m'][100]:,.0f} m" in said
    page.complaints.clear()  # the browser remarks that pixels were read back


def test_the_keyboard_reaches_everything(made: Maker, opened: Callable[..., Opened]) -> None:
    page = opened(coverage.page(made("en"), ID))
    reached = set()
    for _ in range(40):
        page.page.keyboard.press("Tab")
        reached.add(
            page.run(
                "() => { const a = document.activeElement; return a.dataset.layer ||"
                " a.dataset.gap || a.className || a.tagName }"
            )
        )
    assert {"served", "gaps", "water", "0", "back", "leaflet-control-zoom-in"} <= reached
    page.page.locator(".folium-map").focus()
    page.page.keyboard.press("Enter")
    assert "on foot" in page.card()
    assert page.run("() => document.activeElement.className") == "card-close"


def test_text_can_be_read_and_targets_be_hit(made: Maker, opened: Callable[..., Opened]) -> None:
    scene = made("en", names=["人民路", "中山路"])
    pages = [opened(index.page(scene, LINKS))]
    for html in (coverage.page(scene, ID), circle.page(scene)):
        pages.append(opened(html))
        pages[-1].run("() => lifecircle.page.openHome(4)")
    for page in pages:
        page.run("() => document.querySelectorAll('details').forEach((one) => (one.open = true))")
        assert page.run(PALE_TEXT) == []
        assert page.run(SMALL_TARGETS) == []


def test_on_a_phone_the_panel_is_a_drawer_under_the_map(
    made: Maker, opened: Callable[..., Opened]
) -> None:
    page = opened(coverage.page(made("zh"), ID), (390, 844))
    top = "(name) => document.querySelector(name).getBoundingClientRect().top"
    width = page.run("() => document.documentElement.scrollWidth")
    assert width <= 390
    before = page.run(top, ".panel")
    assert page.run(top, ".masthead") < page.run(top, ".stage") < before
    page.page.locator("#drawer").click()
    assert page.run(top, ".panel") < before - 100
    assert page.page.locator("#drawer").get_attribute("aria-expanded") == "true"


def test_source_scale_north_title_and_date_are_always_seen(
    made: Maker, opened: Callable[..., Opened]
) -> None:
    for size in ((1280, 800), (390, 844)):
        page = opened(coverage.page(made("en"), ID), size)
        assert "ODbL" in page.page.locator(".source").inner_text()
        assert "2025-06-01" in page.page.locator(".source").inner_text()
        assert re.search(r"\d+ (m|km)", page.page.locator(".leaflet-control-scale").inner_text())
        assert page.page.locator(".north").is_visible()
        assert page.page.locator("h1").inner_text() == "Bus stop within 500 m"
