"""Whose data, of when, whose base map, which review: to be read on every kind of page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from maps.page.basemap import Base, Frame
from maps.scene import scene_of
from tests.maps.browsing import READY
from tests.maps.conftest import HOSTILE, make_scene
from tests.maps.pagemakers import EVERY, MAKERS, Town, bundled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

NUMBER = "GS(2026)1234号"
NOBODY = "http://127.0.0.1:9"
"""A port at which nothing answers."""

LEADS_OUT = """() => [...document.querySelectorAll("a[href]")]
    .map((one) => one.getAttribute("href")).filter((href) => /^(\\w+:|\\/\\/)/.test(href))
    .concat([...document.querySelectorAll("[class*=leaflet][class*=attribution]")]
        .map((one) => one.className))"""

READABLE = """(text) => {
    const holders = [...document.querySelectorAll("body *")].filter((one) =>
        one.textContent.includes(text) && !one.closest("template, script, details:not([open])"));
    return holders.some((one) => {
        const box = one.getBoundingClientRect();
        return box.width > 0 && box.height > 0 && box.left >= 0 && box.right <= innerWidth + 1
            && getComputedStyle(one).visibility === "visible";
    });
}"""


def framed(town: Town, frame: Frame) -> Town:
    """The town in a frame."""

    def inside(found: Any) -> Any:
        return replace(found, scene=replace(found.scene, frame=frame))

    return Town(
        replace(town.scene, frame=frame),
        replace(town.measured, frame=frame),
        inside(town.compared),
        inside(town.proposed),
    )


@pytest.fixture(scope="module")
def plain(compared: Any, proposed: Any) -> Town:
    """A town without a frame."""
    measured = scene_of(*bundled(), "en")
    return Town(make_scene("en"), measured, compared("en"), proposed("most", "en"))


@pytest.fixture(scope="module")
def shown(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Open a page of any size, with this machine as the only network."""
    context = browser.new_context()
    folder: Path = tmp_path_factory.mktemp("pages")

    def show(html: str) -> Page:
        file = folder / "page.html"
        file.write_text(html, encoding="utf-8")
        page = context.new_page()
        page.goto(file.as_uri())
        if "lifecircle.open(" in html:
            page.wait_for_function(READY)
        return page

    yield show
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(("module", "kind"), EVERY, ids=lambda one: one)
def test_credit_date_and_review_number_are_always_to_be_read(
    plain: Town, shown: Any, module: str, kind: str
) -> None:
    html = MAKERS[module][kind](framed(plain, Frame(None, NUMBER)))
    scene = plain.measured if module == "maps.whatif" else plain.scene
    date = scene.summary["data"]["date"][:10]
    page = shown(html)
    for width, height in ((1280, 800), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        for text in ("OpenStreetMap contributors, ODbL", date, NUMBER):
            assert page.evaluate(READABLE, text), (text, width)
    assert page.evaluate(LEADS_OUT) == []
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(("module", "kind"), EVERY, ids=lambda one: one)
def test_over_a_base_map_its_credit_is_read_beside_ours(
    plain: Town, shown: Any, module: str, kind: str
) -> None:
    credit: Any = {"zh": HOSTILE[0], "en": HOSTILE[0]}
    tiles = Base((NOBODY + "/{z}/{x}/{y}.png",), credit)
    html = MAKERS[module][kind](framed(plain, Frame(tiles, NUMBER)))
    if "lifecircle.open(" not in html:
        assert NOBODY not in html, "a page without a large map asks for no tiles"
        return
    page = shown(html)
    for text in ("OpenStreetMap contributors, ODbL", HOSTILE[0], NUMBER, "needs the network"):
        assert page.evaluate(READABLE, text), text
    page.locator("#base-unreachable").wait_for(state="visible")
    assert page.evaluate("() => window.hacked") is None
    page.close()
