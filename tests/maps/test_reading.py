"""What the reader works with on the map: search, measuring, whole screen, paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from maps import comparison, coverage, proposals
from tests.maps.browsing import PALE_TEXT, SMALL_TARGETS, Opened, pixels_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Maker = Callable[..., Any]
    Browsed = Callable[..., Opened]

pytestmark = pytest.mark.browser

ID = "bus_stop_500m"
SMALL = (390, 844)


def find(page: Opened, asked: str) -> list[str]:
    """Type into the search box; gives the names listed."""
    page.page.emulate_media(reduced_motion="reduce")
    page.page.locator("#search").fill(asked)
    return page.page.locator("#found li bdi").all_inner_texts()


def test_a_name_is_found_by_keyboard_flown_to_told_and_marked(made: Maker, opened: Browsed) -> None:
    scene = made("en", names=["Costa Plana", "Avenue Prince"])
    page = opened(coverage.page(scene, ID))
    box = page.page.locator("#search")
    assert find(page, "ＣＯＳＴＡ") == ["Costa Plana"] * 4
    kinds = page.page.locator("#found li small").all_inner_texts()
    assert kinds == ["zone", "facility", "street", "home"]
    assert box.get_attribute("aria-expanded") == "true"
    assert page.page.locator("#found-count").text_content() == "4 found"
    box.press("ArrowDown")
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == "found-1"
    box.press("Enter")
    assert "Costa Plana" in page.card()
    assert "Bus stop" in page.card()
    assert not page.page.locator("#found").is_visible()
    stop = scene.facilities.to_crs(4326).geometry[0]
    assert page.run("(at) => lifecircle.map.getBounds().contains(at)", [stop.y, stop.x])
    assert page.run("() => lifecircle.map.getZoom()") > 15
    page.run("() => lifecircle.search.mark.finish()")
    assert pixels_of(page, (122, 46, 104), sheet=1) > 100
    page.page.locator(".folium-map").focus()
    page.page.keyboard.press("Escape")
    assert page.page.locator(".stage canvas").count() == 1
    page.complaints.clear()  # the browser remarks that pixels were read back


@pytest.mark.parametrize(
    ("asked", "kind"), [("东区", "分区"), ("人民路", "街道"), ("人民路", "住宅")]
)
def test_zones_streets_and_homes_are_found(
    made: Maker, opened: Browsed, asked: str, kind: str
) -> None:
    page = opened(coverage.page(made("zh"), ID))
    find(page, asked)
    page.page.locator(f'#found li:has(small:text-is("{kind}"))').click()
    assert asked in page.card()


def test_nothing_of_that_name_is_said(made: Maker, opened: Browsed) -> None:
    page = opened(coverage.page(made("zh"), ID))
    assert find(page, "无此名称") == []
    assert page.page.locator("#found-count").inner_text() == "没有这个名称"
    page.page.locator("#search").press("Escape")
    assert page.page.locator("#search").input_value() == ""


def test_hostile_names_are_found_as_text(
    made: Maker, hostile: tuple[str, ...], opened: Browsed
) -> None:
    page = opened(coverage.page(made("en", names=list(hostile)), ID))
    for name in hostile:
        find(page, name[:40])
    assert page.run("() => document.querySelectorAll('#found img, #found script').length") == 0
    assert page.run("() => window.hacked") is None


def places(page: Opened, *metres: tuple[float, float]) -> list[tuple[float, float]]:
    """Where on the screen places lie that many metres east and north of the map's middle."""
    script = """(metres) => {
        const { map } = lifecircle, middle = map.getCenter();
        const frame = map.getContainer().getBoundingClientRect();
        const degree = 111320 * Math.cos((middle.lat * Math.PI) / 180);
        return metres.map(([east, north]) => {
            const place = [middle.lat + north / 110950, middle.lng + east / degree];
            const at = map.latLngToContainerPoint(place);
            return [frame.left + at.x, frame.top + at.y];
        });
    }"""
    return [(x, y) for x, y in page.run(script, [list(one) for one in metres])]


def test_a_line_is_measured_and_closed_with_the_mouse(made: Maker, opened: Browsed) -> None:
    page = opened(coverage.page(made("en"), ID))
    page.page.locator(".tool.measure").click()
    assert page.page.locator(".tool.measure").get_attribute("aria-pressed") == "true"
    corners = places(page, (-100, -100), (100, -100), (100, 100), (-100, 100))
    for at in corners[:2]:
        page.page.mouse.click(*at)
        page.page.wait_for_timeout(350)  # else it were a double click
    assert page.run("() => lifecircle.measuring.result.metres") == pytest.approx(200, abs=2)
    said = page.page.locator("#measured").inner_text()
    assert re.search(r"Length (199|200|201) m", said)
    for at in (*corners[2:], corners[0]):
        page.page.mouse.click(*at)
        page.page.wait_for_timeout(350)
    assert page.run("() => lifecircle.measuring.result.area") == pytest.approx(40_000, rel=0.02)
    assert re.search(r"Area (3\.9|4\.0)\d ha", page.page.locator("#measured").inner_text())
    assert not page.page.locator("#card").is_visible()
    page.page.keyboard.press("Escape")
    assert not page.page.locator("#measured").is_visible()


def test_a_double_click_ends_a_line_and_zooms_nothing(made: Maker, opened: Browsed) -> None:
    page = opened(coverage.page(made("zh"), ID))
    page.page.locator(".tool.measure").click()
    zoom = page.run("() => lifecircle.map.getZoom()")
    first, last = places(page, (-50, 0), (50, 0))
    page.page.mouse.click(*first)
    page.page.wait_for_timeout(350)
    page.page.mouse.dblclick(*last)
    assert page.run("() => lifecircle.measuring.ended")
    assert page.run("() => lifecircle.measuring.places.length") == 2
    assert page.run("() => lifecircle.map.getZoom()") == zoom


def test_the_keyboard_measures(made: Maker, opened: Browsed) -> None:
    page = opened(coverage.page(made("en"), ID))
    page.page.locator(".tool.measure").press("Enter")
    page.page.locator(".folium-map").focus()
    for move in ([-100, 0], [200, 0], [0, 50]):
        page.run("(by) => lifecircle.map.panBy(by, { animate: false })", move)
        page.page.keyboard.press(" ")
    page.page.keyboard.press("Backspace")
    page.page.keyboard.press("Enter")
    assert page.run("() => [lifecircle.measuring.places.length, lifecircle.measuring.ended]") == [
        2,
        True,
    ]
    page.page.keyboard.press("Escape")
    assert not page.run("() => lifecircle.measuring.on")


def test_the_map_fills_the_screen_and_leaves_it(made: Maker, opened: Browsed) -> None:
    page = opened(coverage.page(made("en"), ID))
    button = page.page.locator(".tool.full_screen")
    button.click()
    page.page.wait_for_function("() => document.fullscreenElement")
    assert page.run("() => document.fullscreenElement.className") == "stage"
    page.page.locator(".tool.full_screen[aria-pressed=true]").wait_for()
    button.click()
    page.page.wait_for_function("() => !document.fullscreenElement")


def printed(page: Opened, file: Path) -> tuple[int, list[float]]:
    """Print as Ctrl+P does; gives how many pages there are and how large they are, in mm."""
    page.page.pdf(path=file, prefer_css_page_size=True, print_background=True)
    raw = file.read_bytes()
    count = len(re.findall(rb"/Type\s*/Page\b", raw))
    box = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", raw)[0]
    return count, [round(float(side) * 25.4 / 72) for side in box]


def test_ctrl_p_gives_one_page_and_the_map_comes_back(
    made: Maker, opened: Browsed, tmp_path: Path
) -> None:
    page = opened(coverage.page(made("zh"), ID))
    page.run(
        "() => { window.seen = []; addEventListener('beforeprint', () => seen.push("
        "document.body.className, lifecircle.drawing(), document.querySelector('canvas').width /"
        " parseFloat(document.querySelector('canvas').style.width))) }"
    )
    view = "() => [lifecircle.map.getCenter(), lifecircle.map.getZoom(), lifecircle.map.getSize()]"
    before = page.run(view)
    assert printed(page, tmp_path / "one.pdf") == (1, [297, 210])
    layout, drawing, sharpness = page.run("() => seen")
    assert layout.split() == ["town", "paper", "landscape"]
    assert drawing is False
    assert sharpness * 96 >= 150
    page.page.wait_for_function("() => !document.body.classList.contains('paper')")
    after = page.run(view)
    assert after[1:] == before[1:]
    assert after[0]["lat"] == pytest.approx(before[0]["lat"], abs=1e-4)


@pytest.mark.parametrize("kind", ["coverage", "comparison", "proposals"])
@pytest.mark.parametrize(
    ("paper", "turn", "size"),
    [("A4", "portrait", [210, 297]), ("A3", "landscape", [420, 297])],
)
def test_the_page_of_paper_holds_all_it_needs(  # noqa: PLR0913 - fixtures
    made: Maker,
    compared: Maker,
    proposed: Maker,
    opened: Browsed,
    tmp_path: Path,
    *,
    kind: str,
    paper: str,
    turn: str,
    size: list[int],
) -> None:
    html = {
        "coverage": lambda: coverage.page(made("en"), ID),
        "comparison": lambda: comparison.page(compared("en"), ID),
        "proposals": lambda: proposals.page(proposed("most", "en")),
    }[kind]()
    page = opened(html)
    page.page.locator(".tool.print_page").click()
    page.page.locator("[name=paper]").select_option(paper)
    page.page.locator("[name=turn]").select_option(turn)
    needed = (".masthead h1", ".place", ".answer", ".bar", ".marks", ".folium-map", "#legend .body")
    needed += (".north", ".leaflet-control-scale-line", ".source .credit", "#paper-scale")
    sheet = page.run("() => document.body.getBoundingClientRect().toJSON()")
    for name in needed:
        box = page.page.locator(name).first.bounding_box()
        assert box, name
        assert box["x"] >= sheet["left"], name
        assert box["x"] + box["width"] <= sheet["right"] + 1, name
        assert box["y"] + box["height"] <= sheet["bottom"] + 1, name
    assert re.search(rf"Scale about 1:[\d,]+ \(on {paper}\)", page.page.inner_text("#paper-scale"))
    assert not page.page.locator("#search").is_visible()
    assert printed(page, tmp_path / "one.pdf") == (1, size)
    page.page.keyboard.press("Escape")
    assert page.run("() => document.body.className") == "town"


def test_on_a_phone_nothing_lies_on_anything_else(made: Maker, opened: Browsed) -> None:
    page = opened(coverage.page(made("zh"), ID), SMALL)
    overlapping = """() => {
        const names = [".leaflet-control-zoom", ".whole", ".tools", ".search", "#legend", ".north",
            ".leaflet-control-scale", ".source", ".masthead", ".panel", ".language", ".back"];
        const boxes = names.map((name) => [name, document.querySelector(name)])
            .filter(([, one]) => one && one.getClientRects().length);
        const found = [];
        for (const [name, one] of boxes) for (const [other, two] of boxes) {
            if (name >= other || one.contains(two) || two.contains(one)) continue;
            const a = one.getBoundingClientRect(), b = two.getBoundingClientRect();
            const beside = a.right <= b.left || b.right <= a.left;
            if (!beside && a.bottom > b.top && b.bottom > a.top) found.push(name + " " + other);
        }
        return found;
    }"""
    assert page.run(overlapping) == []
    assert page.run("() => document.documentElement.scrollWidth") <= SMALL[0]
    assert page.run(SMALL_TARGETS) == []
    find(page, "人民路")
    assert page.page.locator("#found li").first.bounding_box()["height"] >= 32  # type: ignore[index]


def test_tools_can_be_read_and_hit(made: Maker, opened: Browsed) -> None:
    page = opened(coverage.page(made("en"), ID))
    find(page, "人民路")
    page.page.locator(".tool.measure").click()
    assert page.run(PALE_TEXT) == []
    assert page.run(SMALL_TARGETS) == []
    page.page.keyboard.press("Escape")
    page.page.locator(".tool.print_page").click()
    assert page.run(PALE_TEXT) == []
