"""The page on which changes are tried: by mouse, by keyboard, on a phone."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from maps import whatif
from maps.lexicon import TABLE
from maps.scene import scene_of
from maps.walkways import walk_block
from tests.maps.browsing import PALE_TEXT, SMALL_TARGETS, Opened
from tests.maps.conftest import HOSTILE
from tests.maps.pagemakers import bundled
from tests.maps.test_bilingual import OF_OTHERS, TOLD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from maps.scene import Scene

    Browsed = Callable[..., Opened]

pytestmark = pytest.mark.browser

PHONE = (390, 844)
PARK = "park_500m"

AFRESH = """() => {
    const { changes, reaches } = lifecircle.page.trial.history.now;
    const plan = new lifecircle.Plan(structuredClone(lifecircle.data.walk));
    plan.lay(changes);
    for (const [service, metres] of Object.entries(reaches)) plan.reach(Number(service), metres);
    return plan.standards.map((_, number) => plan.result(number));
}"""
SHOWN = """() => {
    const { plan, trial } = lifecircle.page;
    return plan.standards.map(({ id }) => trial.result(id));
}"""
CHANGES = "() => lifecircle.page.trial.changes"
ON_SCREEN = """([lng, lat]) => {
    const { map } = lifecircle, at = map.latLngToContainerPoint([lat, lng]);
    const frame = map.getContainer().getBoundingClientRect();
    return [frame.left + at.x, frame.top + at.y];
}"""
MIDDLE = """() => {
    const frame = lifecircle.map.getContainer().getBoundingClientRect();
    return [frame.left + frame.width / 2, frame.top + frame.height / 2];
}"""
BESIDE_HOMES = """(row) => {
    const { map, page, data, toLatLng } = lifecircle, { x, y } = page.homes.spots;
    map.setView(toLatLng(x[row], y[row]), 16, { animate: false });
}"""
FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(scope="module")
def scene() -> Scene:
    """The bundled city, measured."""
    return scene_of(*bundled(), "en")


@pytest.fixture(scope="module")
def html(scene: Scene) -> str:
    """The page of the bundled city."""
    walk = walk_block(scene)
    assert walk is not None
    return whatif.page(scene, walk)


class Bench:
    """The page at work."""

    def __init__(self, page: Opened) -> None:
        self.opened, self.page, self.run = page, page.page, page.run
        self.run("() => { document.documentElement.style.scrollBehavior = 'auto'; }")

    def ask(self, standard: str) -> None:
        """Choose the question."""
        self.page.select_option("#question", standard)

    def take(self, tool: str) -> None:
        """Take a tool in hand."""
        self.page.click(f'[data-tool="{tool}"]')

    def spot(self, east: float, north: float) -> tuple[float, float]:
        """Where a place of the study area stands on the screen; parts of its width and height."""
        west, south, far, top = self.run("() => lifecircle.data.extent")
        return self.on_screen([west + east * (far - west), south + north * (top - south)])

    def place(self, tool: str, east: float, north: float) -> None:
        """Take a tool, point at a place, and click."""
        self.take(tool)
        at = self.spot(east, north)
        self.page.mouse.move(*at)
        self.rest()
        self.page.mouse.click(*at)
        self.rest()

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Drag with the mouse, by way of the middle."""
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        self.rest()
        self.page.mouse.move(*end)
        self.rest()
        self.page.mouse.up()
        self.rest()

    def rest(self) -> None:
        """Let the page draw."""
        self.run(FRAME)

    def show(self, row: int) -> None:
        """Let the list bring a change into view, and wait until the map rests."""
        self.page.emulate_media(reduced_motion="reduce")
        self.page.click(f'#changes [data-act="show {row}"]')
        self.rest()

    def on_screen(self, place: list[float]) -> tuple[float, float]:
        """Where a place in degrees stands on the screen."""
        x, y = self.run(ON_SCREEN, place)
        return x, y

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the map on the screen."""
        x, y = self.run(MIDDLE)
        return x, y

    @property
    def changes(self) -> list[dict[str, Any]]:
        """The changes in the list."""
        found: list[dict[str, Any]] = self.run(CHANGES)
        return found

    @property
    def did(self) -> list[str]:
        """What the changes do."""
        return [one["do"] for one in self.changes]

    def is_true(self) -> None:
        """What is shown is what a plan says on which the same changes are laid at once."""
        fresh = self.run(AFRESH)
        shown = self.run(SHOWN)
        for one, other in zip(shown, fresh, strict=True):
            for key in ("gained", "lost", "total", "gained_homes", "lost_homes"):
                assert one[key] == pytest.approx(other[key]), key
            assert one["after"] == pytest.approx(other["after"])
        self._said(shown)

    def _said(self, shown: list[dict[str, Any]]) -> None:
        rows = self.page.locator("#standards tbody tr").all_inner_texts()
        for row, one in zip(rows, shown, strict=True):
            cells = [cell.strip().replace("\xa0", " ") for cell in row.split("\t")]
            gained, lost = (f"{one[key]:,.0f}" for key in ("gained", "lost"))
            share = f"{round(100 * one['after']['share'], 1):.1f} %"
            assert cells[2:] == [
                share,
                f"+{gained}" if one["gained"] else "0",
                f"−{lost}" if one["lost"] else "0",
            ]


@pytest.fixture
def bench(html: str, opened: Browsed) -> Bench:
    """The page, open."""
    made = Bench(opened(html))
    made.ask(PARK)
    return made


def test_a_park_is_placed_dragged_and_bent_and_the_figures_follow(bench: Bench) -> None:
    before = bench.page.inner_text("#answer")
    bench.take("area")
    bench.page.mouse.move(*bench.spot(0.3, 0.45))
    bench.rest()
    bench.page.mouse.move(*bench.spot(0.35, 0.45))
    bench.rest()
    under_the_hand = bench.page.inner_text("#answer")
    assert under_the_hand != before
    assert bench.changes == []
    bench.page.mouse.click(*bench.spot(0.35, 0.45))
    bench.rest()
    assert bench.did == ["add_facility"]
    assert bench.page.inner_text("#answer") == under_the_hand
    bench.is_true()

    first = bench.changes[0]["geometry"]
    bench.show(0)
    x, y = bench.on_screen(bench.run("(one) => lifecircle.shapes.middle(one)", first))
    bench.drag((x + 18, y), (x + 60, y + 40))
    second = bench.changes[0]["geometry"]
    assert second != first
    bench.is_true()
    x, y = bench.on_screen(second["coordinates"][0][0])
    bench.drag((x, y), (x + 60, y - 60))
    third = bench.changes[0]["geometry"]["coordinates"][0]
    assert sum(a != b for a, b in zip(third[:-1], second["coordinates"][0][:-1], strict=True)) == 1
    bench.is_true()
    assert len(bench.changes) == 1


def test_a_drag_never_draws_the_city_anew(bench: Bench) -> None:
    bench.place("area", 0.35, 0.45)
    bench.page.wait_for_function("() => !lifecircle.drawing()")
    bench.run("""() => { const { city } = lifecircle.page.stage, draw = city.draw;
        window.drawn = 0; city.draw = function () { window.drawn++; return draw.call(city); }; }""")
    start = bench.spot(0.35, 0.45)
    bench.page.mouse.move(*start)
    bench.page.mouse.down()
    for step in range(6):
        bench.page.mouse.move(start[0] + 6 * step + 8, start[1])
        bench.rest()
    assert bench.run("() => window.drawn") == 0
    bench.page.mouse.up()
    assert bench.run("() => window.drawn") == 1
    timing = bench.run("() => lifecircle.page.timing")
    assert set(timing) == {"compute", "draw"}
    assert all(0 < one < 1000 for one in timing.values())


def test_all_is_done_by_keyboard(bench: Bench) -> None:
    press = bench.page.keyboard.press
    bench.page.focus('[data-tool="bus_stop"]')
    press("Enter")
    assert bench.run("() => document.activeElement.className").startswith("folium-map")
    assert bench.page.input_value("#question") == "bus_stop_500m"
    press("ArrowLeft")
    bench.page.wait_for_timeout(400)
    centre = bench.run("() => [lifecircle.map.getCenter().lng, lifecircle.map.getCenter().lat]")
    assert bench.run("() => lifecircle.page.trial.ghost.change.geometry.coordinates") == (
        pytest.approx(centre, abs=1e-9)
    )
    press("Enter")
    assert bench.did == ["add_facility"]
    assert bench.changes[0]["geometry"]["coordinates"] == pytest.approx(centre, abs=1e-9)
    bench.is_true()

    bench.page.focus('#changes [data-act="move 0"]')
    press("Enter")
    press("ArrowUp")
    bench.page.wait_for_timeout(400)
    press("Enter")
    moved = bench.changes[0]["geometry"]["coordinates"]
    assert moved[1] > centre[1] + 1e-5
    bench.is_true()
    press("Delete")
    assert bench.changes == []
    press("Control+z")
    assert bench.changes[0]["geometry"]["coordinates"] == moved
    press("Control+y")
    assert bench.changes == []
    bench.page.focus('[data-tool="area"]')
    press("Enter")
    press("Escape")
    assert bench.run("() => lifecircle.page.trial.ghost") is None
    assert bench.page.get_attribute('[data-tool="look"]', "aria-pressed") == "true"


def test_an_outline_is_drawn_by_clicking_corners(bench: Bench) -> None:
    bench.run(BESIDE_HOMES, 300)
    bench.take("area")
    bench.page.click("text=Draw it")
    x, y = bench.middle
    corners = [(x - 60, y - 60), (x + 60, y - 60), (x + 60, y + 60), (x - 60, y + 60)]
    bench.page.mouse.click(*corners[0])
    bench.page.mouse.click(*corners[1])
    bench.page.click("[data-act=finish]")
    assert "three corners" in bench.page.inner_text("#trial-hint")
    for corner in (corners[2], corners[3], corners[0]):
        bench.page.mouse.move(*corner)
        bench.page.mouse.click(*corner)
    assert len(bench.changes[0]["geometry"]["coordinates"][0]) == 5
    bench.is_true()

    bench.take("area")
    for corner in (corners[0], corners[2], corners[1], corners[3]):
        bench.page.mouse.click(*corner)
    bench.page.click("[data-act=finish]")
    assert "crosses itself" in bench.page.inner_text("#trial-hint")
    bench.page.click("[data-act=back]")
    bench.page.click("[data-act=finish]")
    assert len(bench.changes) == 2
    bench.is_true()


def test_facilities_move_and_go_streets_close_gates_open(bench: Bench, scene: Scene) -> None:
    park = scene.facilities[scene.facilities["standards"].str.contains(PARK)].to_crs(4326).iloc[0]
    at = park.geometry.representative_point()
    bench.run("([y, x]) => lifecircle.map.setView([y, x], 16, { animate: false })", [at.y, at.x])
    x, y = bench.middle
    bench.take("move")
    bench.drag((x, y), (x + 150, y + 60))
    assert bench.did == ["move_facility"]
    assert bench.changes[0]["target"] == park["facility"]
    bench.is_true()
    bench.page.click("#undo")
    bench.take("remove")
    bench.page.mouse.click(x, y)
    assert bench.did == ["remove_facility"]
    bench.is_true()
    bench.page.click("#undo")

    near = bench.run("""() => { const { page, map } = lifecircle, { lng, lat } = map.getCenter();
        return page.plan.nearestGate(lng, lat, 500); }""")
    bench.run("({ lat, lon }) => lifecircle.map.setView([lat, lon], 17, { animate: false })", near)
    bench.take("close_gate")
    bench.page.mouse.click(x, y)
    bench.take("close_street")
    bench.page.mouse.click(x + 5, y + 5)
    bench.take("add_gate")
    bench.page.mouse.move(x, y)
    bench.page.mouse.click(x, y)
    assert sorted(bench.did) == ["add_gate", "close_gate", "close_street"]
    line = next(one for one in bench.changes if one["do"] == "close_street")["geometry"]
    assert line["type"] == "LineString"
    bench.is_true()


def test_the_reach_is_moved_and_given_back(bench: Bench) -> None:
    share = bench.page.inner_text("#turn")
    bench.page.focus("#reach")
    for _ in range(30):
        bench.page.keyboard.press("ArrowRight")
    assert bench.page.inner_text("#reach-now") == "800 m"
    assert bench.page.inner_text("#turn") != share
    assert "within a 800 m walk" in bench.page.inner_text("#answer")
    bench.is_true()
    bench.page.click("#reach-own")
    assert bench.page.inner_text("#turn") == share
    bench.page.click("#undo")
    assert bench.page.inner_text("#reach-now") == "800 m"


def test_undo_redo_and_starting_again(bench: Bench) -> None:
    bench.place("area", 0.35, 0.45)
    one = bench.page.inner_text("#standards")
    bench.place("area", 0.6, 0.7)
    both = bench.page.inner_text("#standards")
    bench.page.click("#undo")
    assert bench.page.inner_text("#standards") == one
    bench.page.click("#redo")
    assert bench.page.inner_text("#standards") == both
    bench.page.click("#reset")
    assert bench.changes == []
    assert bench.page.is_disabled("#reset")
    bench.page.click("#undo")
    assert len(bench.changes) == 2
    bench.is_true()


def test_candidates_stand_side_by_side(bench: Bench, tmp_path: Path) -> None:
    bench.place("area", 0.35, 0.45)
    bench.page.fill("#changes .name", "=1+1")
    bench.page.fill("#changes .cost", "120")
    bench.page.keyboard.press("Tab")
    first = bench.page.inner_text("#answer strong")
    bench.page.click("#keep")
    bench.place("area", 0.6, 0.7)
    bench.page.click("#keep")
    bench.page.fill("#candidates .name >> nth=1", "@two")
    bench.page.keyboard.press("Tab")
    table = bench.page.inner_text("#candidates")
    assert first in table
    assert "120" in table
    bench.page.click("#candidates thead button >> nth=0")
    assert len(bench.changes) == 1
    assert bench.page.inner_text("#answer strong") == first
    bench.is_true()
    with bench.page.expect_download() as download:
        bench.page.click("#csv")
    download.value.save_as(tmp_path / "a.csv")
    text = (tmp_path / "a.csv").read_bytes().decode("utf-8-sig")
    head, *rows = text.strip().split("\r\n")
    assert head.startswith("Scenario,Cost,Your changes,")
    assert len(rows) == 2
    assert rows[0].startswith('Candidate 1,120,"\'=1+1",')
    assert rows[1].startswith('"\'@two",120,')
    bench.page.click("#candidates thead button >> nth=3")
    bench.page.click("#candidates thead button >> nth=1")
    assert bench.page.is_disabled("#csv")


def test_a_scenario_is_saved_and_opened_again(bench: Bench, tmp_path: Path) -> None:
    bench.place("area", 0.35, 0.45)
    bench.place("bus_stop", 0.5, 0.6)
    bench.page.fill("#changes .name >> nth=0", "Pocket park")
    bench.page.keyboard.press("Tab")
    was, shown = bench.changes, bench.run(SHOWN)
    with bench.page.expect_download() as download:
        bench.page.click("#save")
    assert download.value.suggested_filename.endswith(".geojson")
    file = tmp_path / "s.geojson"
    download.value.save_as(file)
    assert [one["properties"]["do"] for one in json.loads(file.read_text())["features"]] == (
        ["add_facility"] * 2
    )
    bench.page.click("#reset")
    bench.page.set_input_files("#open", file)
    bench.page.wait_for_function("() => lifecircle.page.trial.changes.length === 2")
    again = bench.changes
    assert [one["geometry"] for one in again] == [one["geometry"] for one in was]
    assert again[0]["name"] == "Pocket park"
    assert bench.run(SHOWN) == shown
    assert "Opened: 2" in bench.page.inner_text("#trial-hint")


def collection(properties: dict[str, str], geometry: dict[str, Any] | None) -> dict[str, Any]:
    """A scenario file of one change."""
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    return {"type": "FeatureCollection", "features": [feature]}


def test_what_has_no_effect_says_why(bench: Bench, tmp_path: Path) -> None:
    bench.take("area")
    bench.page.fill("[data-option=area_m2]", "300")
    bench.page.keyboard.press("Tab")
    bench.place("area", 0.35, 0.45)
    assert "300 m² is not a size that a standard counts" in bench.page.inner_text("#trial-hint")
    assert bench.changes == []
    for text, said in (
        ("nonsense", "cannot be read"),
        (json.dumps(collection({"do": "add_street"}, None)), "cannot try (New street)"),
    ):
        file = tmp_path / "s.geojson"
        file.write_text(text)
        bench.page.set_input_files("#open", file)
        bench.page.wait_for_function(
            "(said) => document.getElementById('trial-hint').innerText.includes(said)", arg=said
        )
    far = {"type": "Point", "coordinates": [7.0, 43.0]}
    file.write_text(json.dumps(collection({"do": "add_gate"}, far)))
    bench.page.set_input_files("#open", file)
    bench.page.wait_for_selector("#changes .refused")
    assert "No park's edge or gate lies within 30 m" in bench.page.inner_text("#changes")


def test_a_click_tells_the_walk_now_and_before(bench: Bench) -> None:
    bench.place("area", 0.35, 0.45)
    home = bench.run("""() => { const { page } = lifecircle, { trial, plan } = page;
        const bits = plan.state(trial.number()); return bits.findIndex((one) => one === 2); }""")
    assert home >= 0
    bench.run("(home) => lifecircle.page.openHome(home)", home)
    said = bench.opened.card()
    metres = bench.run(
        "(h) => { const { trial, plan } = lifecircle.page;"
        " return plan.walk_m(trial.standard.services[0], h); }",
        home,
    )
    assert f"{metres:,.0f} m on foot" in said
    assert "Served" in said
    assert "newly added" in said
    assert "Walk before" in said
    way = bench.run("() => lifecircle.page.stage.way().lonlat.length")
    assert way >= 4
    bench.page.keyboard.press("Escape")
    assert bench.run("() => lifecircle.page.stage.way()") is None
    bench.page.mouse.click(*bench.spot(0.9, 0.3))
    assert "This spot" in bench.opened.card()


def test_work_survives_a_reload(bench: Bench) -> None:
    bench.place("area", 0.35, 0.45)
    bench.page.click("#keep")
    shown = bench.run(SHOWN)
    bench.page.reload()
    bench.page.wait_for_function("window.lifecircle && window.lifecircle.ready === true")
    assert bench.run(SHOWN) == shown
    assert bench.page.input_value("#question") == PARK
    assert bench.page.locator("#candidates thead th").count() == 1


def test_names_are_text_wherever_they_come_from(bench: Bench, tmp_path: Path) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"do": "add_facility", "category": name, "name": name, "target": name},
            "geometry": {"type": "Point", "coordinates": [7.42, 43.735]},
        }
        for name in HOSTILE[:9]
    ]
    file = tmp_path / "s.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    bench.page.set_input_files("#open", file)
    bench.page.wait_for_function("() => lifecircle.page.trial.changes.length === 9")
    bench.page.click("#keep")
    bench.page.fill("#candidates .name", HOSTILE[0])
    bench.page.keyboard.press("Tab")
    assert bench.page.locator("#changes .name").first.input_value() == HOSTILE[0]
    assert bench.run("() => window.hacked") is None
    assert bench.page.locator("main img, main svg[onload]").count() == 0


def test_both_languages_are_complete_and_work_stays(bench: Bench) -> None:
    bench.place("area", 0.35, 0.45)
    bench.take("area")
    bench.page.click("#keep")
    changes = bench.changes
    assert misplaced(bench, "en") == []
    bench.page.click("button.language")
    assert misplaced(bench, "zh") == []
    assert [key for key in TABLE if key in "\n".join(bench.run(TOLD))] == []
    assert bench.changes == changes
    assert "新建公园" in bench.page.locator("#changes .what").inner_text()
    bench.page.click("button.language")
    assert "New park" in bench.page.locator("#changes .what").inner_text()


def misplaced(bench: Bench, language: str) -> list[str]:
    """What the page says in the language it does not speak."""
    names = (
        r"lifecircle( compare)?|OpenStreetMap|ODbL|QGIS|CSV|PDF|GeoJSON|Esc|Delete|Ctrl\+\w|Monaco"
    )
    told = (re.sub(names, "", one, flags=re.IGNORECASE) for one in bench.run(TOLD))
    return [one for one in told if OF_OTHERS[language].search(one)]


def test_it_can_be_read_and_hit(bench: Bench) -> None:
    bench.place("area", 0.35, 0.45)
    bench.page.click("#keep")
    bench.take("area")
    assert bench.run(PALE_TEXT) == []
    small = [one for one in bench.run(SMALL_TARGETS) if not one.startswith("switch")]
    assert small == []


@pytest.fixture
def touched(html: str, browser: Browser, tmp_path: Path) -> Iterator[Bench]:
    """The page on a phone."""
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, has_touch=True, is_mobile=True
    )
    page = Opened(context.new_page(), html, tmp_path)
    yield Bench(page)
    assert page.complaints == []
    assert page.asked == []
    context.close()


def test_a_stop_is_placed_and_dragged_on_a_phone(touched: Bench) -> None:
    touched.page.tap('[data-tool="bus_stop"]')
    x, y = touched.spot(0.4, 0.5)
    touched.page.touchscreen.tap(x, y)
    touched.rest()
    assert touched.did == ["add_facility"]
    touched.is_true()
    wide = "() => document.documentElement.scrollWidth <= window.innerWidth"
    assert touched.run(wide)
    touched.page.tap("#drawer")
    assert touched.page.locator("#changes .name").count() == 1
