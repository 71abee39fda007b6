"""Pages of many buildings: stock Folium beside ours in one run, and what a whole city takes.

``python tests/benchmarks/pages.py [--stock 10000 50000] [--ours 100000 500000]`` prints two tables
in Markdown. Beside each other: the same polygons with four values each, coloured by one of them,
told on hover; ``folium.GeoJson`` and ``maps.compact.CompactPolygons``, on the same map without
tiles. Then ours alone: the page of a whole city, four standards, streets, names and all.

Each page is built in a process of its own (seconds of CPU, and how much its memory grew beyond
the data), then opened in headless Chromium (software drawing, 1440 x 900). Interactive: from
opening until the first picture is there and a click is answered. Frames: milliseconds between
one and the next while the mouse drags the map and the wheel zooms in and out.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
import numpy as np
from playwright.sync_api import sync_playwright

from maps import city
from maps.compact import CompactPolygons, self_contained
from tests.benchmarks import made_up_city

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

COLOURS = ["#E69F00", "#F3CE7F", "#80B8D8", "#0072B2"]
BREAKS = [400.0, 800.0, 1200.0]
SIZE = {"width": 1440, "height": 900}
VALUES = ["walk_m", "floors", "kind", "home"]

_WATCH = """() => {
    window.frames_ms = [];
    window.watching = true;
    let last = performance.now();
    const next = () => requestAnimationFrame((now) => {
        frames_ms.push(now - last);
        last = now;
        if (watching) next();
    });
    next();
}"""
_SHOWN = {
    "stock": "() => document.querySelector('.leaflet-overlay-pane path')",
    "compact": "() => window.lifecircle && document.querySelector('.compact-key')"
    " && !lifecircle.drawing()",
    "city": "() => window.lifecircle && lifecircle.ready && !lifecircle.drawing()",
}
_CARD = {
    "stock": ".leaflet-tooltip",
    "compact": ".leaflet-popup",
    "city": "#card:not([hidden])",
}


def stock(count: int) -> Callable[[], str]:
    """How one does it with Folium as it is."""
    table = made_up_city.buildings(count).to_crs(4326)

    def style(feature: dict[str, Any]) -> dict[str, Any]:
        at = int(np.searchsorted(BREAKS, feature["properties"]["walk_m"]))
        return {"fillColor": COLOURS[at], "color": "#ffffff", "weight": 0.7, "fillOpacity": 1}

    def build() -> str:
        chart = folium.Map(tiles=None)
        told = folium.GeoJsonTooltip(VALUES)
        layer = folium.GeoJson(table, style_function=style, tooltip=told).add_to(chart)
        chart.fit_bounds(layer.get_bounds())
        return self_contained(chart, "Stock")

    return build


def compact(count: int) -> Callable[[], str]:
    """How one does it with our layer."""
    table = made_up_city.buildings(count)

    def build() -> str:
        chart = folium.Map(tiles=None)
        breaks = {"walk_m": BREAKS}
        layer = CompactPolygons(table, VALUES[:3], breaks=breaks, tooltip=VALUES, colours=COLOURS)
        chart.fit_bounds(layer.add_to(chart).get_bounds())
        return self_contained(chart, "Ours")

    return build


def whole(count: int) -> Callable[[], str]:
    """The page of a whole city."""
    scene = made_up_city.city(count)
    return lambda: city.page(scene)


MAKERS = {"stock": stock, "compact": compact, "city": whole}


def _build(kind: str, count: int, path: Path) -> None:
    """Build a page in this process; says what it took."""
    make = MAKERS[kind](count)
    before, started = _peak_mb(), time.process_time()
    html = make()
    cpu, after = time.process_time() - started, _peak_mb()
    path.write_text(html, encoding="utf-8")
    print(json.dumps({"cpu_s": cpu, "memory_mb": after - before}))


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(browser: Browser, kind: str, count: int, folder: Path) -> dict[str, float]:
    """Build a page, open it, click, drag and zoom."""
    path = folder / f"{kind}_{count}.html"
    command = [sys.executable, __file__, "--build", kind, str(count), str(path)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
    page.set_default_timeout(600_000)
    started = time.perf_counter()
    page.goto(path.as_uri(), wait_until="commit")
    page.wait_for_function(_SHOWN[kind], polling=20)
    _click(page, kind)
    interactive = time.perf_counter() - started
    median, most = _frames(page, kind)
    page.close()
    took = json.loads(ran.stdout)
    seen = {"interactive_s": interactive, "frame_ms": median, "frame95_ms": most}
    return {"size_mb": path.stat().st_size / 1e6, **took, **seen}


def _click(page: Page, kind: str) -> None:
    """Point at buildings until one tells of itself; stock Folium does so on hover."""
    middle = SIZE["width"] // 2 + (200 if kind == "city" else 0), SIZE["height"] // 2
    for step in range(200):
        at = middle[0] + step % 20, middle[1] + step // 20
        page.mouse.move(*at)
        if kind != "stock":
            page.mouse.click(*at)
        if page.locator(_CARD[kind]).count():
            return
    message = f"no building of {kind} answers"
    raise RuntimeError(message)


def _frames(page: Page, kind: str) -> tuple[float, float]:
    """Drag the map to and fro, zoom in and out; the median frame, and the 95th of a hundred."""
    page.keyboard.press("Escape")
    x, y = SIZE["width"] / 2 + 200, SIZE["height"] / 2
    page.evaluate(_WATCH)
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(x - 8 * (30 - abs(step - 30)), y + 3 * step)
        page.wait_for_timeout(10)
    page.mouse.up()
    for wheel in (-200, -200, -200, 200, 200, 200):
        page.mouse.wheel(0, wheel)
        page.wait_for_timeout(400)
    times = page.evaluate("() => { window.watching = false; return frames_ms; }")
    if not times:
        message = f"{kind} showed no frame"
        raise RuntimeError(message)
    median, most = np.quantile(times, [0.5, 0.95])
    return float(median), float(most)


COLUMNS = {
    "size_mb": ("page, MB", 1),
    "cpu_s": ("build, s of CPU", 1),
    "memory_mb": ("memory beyond the data, MB", 0),
    "interactive_s": ("interactive, s", 1),
    "frame_ms": ("median frame, ms", 0),
    "frame95_ms": ("95th frame, ms", 0),
}


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _head(first: str) -> str:
    names = [first, *(title for title, _ in COLUMNS.values())]
    return "\n".join([_row(names), _row(["---", *["---:"] * len(COLUMNS)])])


def _cells(found: dict[str, float]) -> list[str]:
    return [f"{found[key]:,.{digits}f}" for key, (_, digits) in COLUMNS.items()]


def compare(browser: Browser, counts: list[int], folder: Path) -> None:
    """Print stock Folium beside ours, and how many times as much it takes."""
    print(_head("buildings, four values"))
    for count in counts:
        theirs, ours = (measured(browser, kind, count, folder) for kind in ("stock", "compact"))
        print(_row([f"{count:,}: folium.GeoJson", *_cells(theirs)]))
        print(_row([f"{count:,}: CompactPolygons", *_cells(ours)]))
        times = [f"{theirs[key] / max(ours[key], 0.1):.1f} x" for key in COLUMNS]
        print(_row([f"{count:,}: stock / ours", *times]), flush=True)


def alone(browser: Browser, counts: list[int], folder: Path) -> None:
    """Print what our layer and the page of a whole city take."""
    print(_head("buildings"))
    for count in counts:
        for kind, said in (("compact", "CompactPolygons"), ("city", "whole city")):
            print(_row([f"{count:,}: {said}", *_cells(measured(browser, kind, count, folder))]))
            sys.stdout.flush()


def main() -> None:
    """Read the options, and measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--stock", type=int, nargs="*", default=[10_000])
    options.add_argument("--ours", type=int, nargs="*", default=[100_000, 500_000])
    options.add_argument("--build", nargs=3, help=argparse.SUPPRESS)
    options.add_argument("--chromium", default="/usr/bin/chromium")
    chosen = options.parse_args()
    if chosen.build:
        kind, count, path = chosen.build
        _build(kind, int(count), Path(path))
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chosen.chromium, args=quiet)
        compare(browser, chosen.stock, Path(folder))
        print()
        alone(browser, chosen.ours, Path(folder))
        browser.close()


if __name__ == "__main__":
    main()
