"""A page open in a browser, and what can be asked of it there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

READY = "() => window.lifecircle && window.lifecircle.ready === true"
DRAWN = "() => !window.lifecircle.drawing()"
"""A click is answered at once, but a map of many homes is drawn anew over several frames."""


def seen(html: str) -> str:
    """Leave out of a page's text what waits in the other language."""
    return re.sub(r'<template class="other">.*?</template>', "", html, flags=re.DOTALL)


class Opened:
    """A page open in the browser, with what it asked for and complained about."""

    def __init__(self, page: Page, html: str, folder: Path) -> None:
        self.page = page
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.on("request", self._request)
        page.on("console", lambda said: self.complaints.append(f"{said.type}: {said.text}"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        file = folder / "page.html"
        file.write_text(html, encoding="utf-8")
        page.goto(file.as_uri())
        if "lifecircle.open(" in html:
            page.wait_for_function(READY, timeout=10_000)

    def _request(self, request: Any) -> None:
        if not request.url.startswith(("file:", "data:")):
            self.asked.append(request.url)

    def run(self, script: str, argument: Any = None) -> Any:
        """Evaluate a function in the page."""
        return self.page.evaluate(script, argument)

    def card(self) -> str:
        """What the card says."""
        return self.page.locator("#card").inner_text()


def click_home(page: Opened, home: int) -> None:
    """Bring a home to the middle of the map and click on it with the mouse."""
    spot = page.run(
        """(home) => {
            const { map, page, toLatLng } = window.lifecircle, { x, y } = page.homes.spots;
            map.setView(toLatLng(x[home], y[home]), 18, { animate: false });
            const at = map.latLngToContainerPoint(toLatLng(x[home], y[home]));
            const frame = map.getContainer().getBoundingClientRect();
            return [frame.left + at.x, frame.top + at.y];
        }""",
        home,
    )
    page.page.mouse.click(*spot)


def pixels_of(page: Opened, colour: tuple[int, int, int], sheet: int = 0) -> int:
    """How many pixels of the map's canvas, or of one of several, have just this colour."""
    page.page.wait_for_function(DRAWN)
    count = page.run(
        """([colour, sheet]) => {
            const canvas = document.querySelectorAll("canvas")[sheet];
            const { width, height } = canvas;
            const all = canvas.getContext("2d").getImageData(0, 0, width, height).data;
            const [red, green, blue] = colour;
            let count = 0;
            for (let i = 0; i < all.length; i += 4) {
                if (all[i] === red && all[i + 1] === green && all[i + 2] === blue) count++;
            }
            return count;
        }""",
        [list(colour), sheet],
    )
    return int(count)


PALE_TEXT = """() => {
    const light = ([r, g, b]) => {
        const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        const [x, y, z] = [r, g, b].map((c) => linear(c / 255));
        return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const ground = (one) => {
        for (; one; one = one.parentElement) {
            const colour = numbers(getComputedStyle(one).backgroundColor);
            if (colour.length === 3 || colour[3] > 0.5) return colour.slice(0, 3);
        }
        return [255, 255, 255];
    };
    const pale = [];
    for (const one of document.body.querySelectorAll("*")) {
        const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        if (!own || !one.getClientRects().length || one.closest("script, noscript, svg")) continue;
        const both = [light(numbers(getComputedStyle(one).color)), light(ground(one))];
        const contrast = (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
        if (contrast < 4.5) pale.push(one.className + ": " + one.textContent.slice(0, 40));
    }
    return pale;
}"""

SMALL_TARGETS = """() => [...document.querySelectorAll("button, a, summary, label")]
    .filter((one) => one.getClientRects().length)
    .map((one) => [one.className || one.tagName, one.getBoundingClientRect()])
    .filter(([, box]) => box.width < 32 || box.height < 32)
    .map(([name, box]) => name + " " + box.width + " x " + box.height)"""
