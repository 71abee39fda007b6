"""What-if in the page, in headless Chromium: how equal to Python, and how fast.

``python tests/benchmarks/whatif.py equal PLAN [EDITS] [SEED]`` tries random edits of a plan's
city, one to four at a time, in the page and in Python: every home must walk the same.

``python tests/benchmarks/whatif.py fast PLAN [COPIES]`` lays copies of the city side by side,
drags a new stop over it, and prints the milliseconds of each move: walks, and figures.
The results of the plan must lie beside it (``lifecircle measure PLAN``).
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
from playwright.sync_api import sync_playwright

from scripts.draw import read_scene
from scripts.findings import measured_in, present_in
from scripts.plan import load_plan
from scripts.study import assemble
from tests.page_edits import BEGIN, bare_page, random_sets, unlike

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maps.scene import Scene

_DRAG = """([places, category]) => {
    const point = ([x, y]) => ({ type: "Point", coordinates: plan.toDegrees(x, y) });
    const change = (place) => ({ do: "add_facility", name: "", category, geometry: point(place) });
    const times = [], rows = [];
    plan.result(0);
    for (const place of places) {
        const start = performance.now();
        plan.lay([change(place)]);
        const laid = performance.now();
        plan.result(0);
        times.push([laid - start, performance.now() - laid]);
        const { past } = plan.laid[0], field = plan.services[0].field;
        rows.push(field.now() - past.get(0).field);
    }
    plan.lay([]);
    return { times, rows };
}"""

_EACH = """([kind, count, category]) => {
    const { streets, facilities } = plan, times = [];
    const point = (x, y) => ({ type: "Point", coordinates: plan.toDegrees(x, y) });
    for (let k = 0; k < count; k++) {
        const e = Math.floor((streets.count * (k + 0.5)) / count), spot = streets.spot(e, 0);
        const facility = facilities[Math.floor((facilities.length * (k + 0.5)) / count)];
        const change = {
            close_street: { do: kind, geometry: point(...spot) },
            remove_facility: { do: kind, target: facility.id },
            move_facility: { do: kind, target: facility.id, geometry: point(...spot) },
        }[kind];
        const start = performance.now();
        plan.lay([change]);
        plan.result(0);
        times.push(performance.now() - start);
        plan.lay([]);
    }
    return times;
}"""


@contextmanager
def opened(scene: Scene) -> Iterator[Any]:
    """A page of Chromium that holds the town."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "page.html"
        file.write_text(bare_page(scene), encoding="utf-8")
        print(f"page {file.stat().st_size / 1e6:.2f} MB")
        browser = playwright.chromium.launch(
            args=["--no-sandbox"], channel=None, executable_path="/usr/bin/chromium"
        )
        page = browser.new_page()
        start = time.perf_counter()
        page.goto(file.as_uri())
        page.evaluate(BEGIN)
        print(f"opened and ready to measure in {time.perf_counter() - start:.2f} s")
        yield page
        browser.close()


def equal(path: Path, edits: int, seed: int) -> None:
    """Try random edits of a plan's city."""
    study = assemble(load_plan(path))
    present = present_in(study, measured_in(study)[0])
    tried: Counter[str] = Counter()
    differing = 0
    with opened(read_scene(path.parent / "results", "zh")) as page:
        for changes in random_sets(np.random.default_rng(seed), present, edits):
            wrong = unlike(page, present, changes)
            differing += bool(wrong)
            tried.update(change.do for change in changes)
            if wrong:
                print(changes, *wrong[:3], sep="\n    ")
    print(f"{tried.total()} edits {dict(tried)} of {len(present.homes.weight)} homes")
    print(f"{differing} sets of edits in which any home differs")


def tiled(scene: Scene, copies: int) -> Scene:
    """Copies of a city side by side, as one."""
    west, _, east, _ = scene.streets.total_bounds
    step, nodes, edges = east - west + 5000.0, len(scene.nodes), len(scene.streets)
    facilities = scene.facilities

    def beside(table: gpd.GeoDataFrame, **more: int) -> gpd.GeoDataFrame:
        tables = []
        for copy in range(copies):
            moved = table.assign(**{key: table[key] + copy * by for key, by in more.items()})
            if "facility" in table:
                moved["facility"] = moved["facility"].astype(str) + f"-{copy}"
            tables.append(moved.set_geometry(table.geometry.translate(xoff=round(copy * step))))
        return gpd.GeoDataFrame(pd.concat(tables, ignore_index=True), crs=table.crs)

    return replace(
        scene,
        nodes=beside(scene.nodes, node=nodes),
        streets=beside(scene.streets, edge=edges, u=nodes, v=nodes),
        homes=beside(scene.homes, edge=edges),
        entrances=beside(scene.entrances, edge=edges),
        facilities=beside(facilities),
        barriers=beside(scene.barriers),
    )


def fast(path: Path, copies: int) -> None:
    """Drag a stop over the city, and say how long each move takes."""
    scene = tiled(read_scene(path.parent / "results", "zh"), copies)
    category = str(scene.facilities["category"].iloc[0])
    homes = np.column_stack([scene.homes.geometry.x, scene.homes.geometry.y])
    rng = np.random.default_rng(5)
    starts = homes[rng.integers(len(homes), size=20)]
    drag = np.concatenate([one + np.cumsum(rng.normal(0, 20, (20, 2)), axis=0) for one in starts])
    print(f"{len(scene.nodes):,} nodes, {len(scene.streets):,} edges, {len(homes):,} homes")
    with opened(scene) as page:
        page.evaluate("""() => {
            window.doors = plan.services[0].doors;
            plan.services[0].doors = [];
        }""")
        alone = page.evaluate(_DRAG, [drag.tolist(), category])
        say("drag the only stop: walks", np.array(alone["times"])[:, 0])
        say("             figures", np.array(alone["times"])[:, 1])
        print(f"             {np.median(alone['rows']):,.0f} rows reached (median)")
        page.evaluate("""() => {
            plan.lay([]);
            Object.assign(plan.services[0], { doors: window.doors, field: null });
            plan.still.clear();
        }""")
        found = page.evaluate(_DRAG, [drag.tolist(), category])
        walks, figures = np.array(found["times"]).T
        rows = np.median(found["rows"])
        say("drag a stop: walks", walks)
        say("             figures", figures)
        print(f"             {rows:,.0f} rows reached (median)")
        for kind in ("close_street", "remove_facility", "move_facility"):
            say(kind, np.array(page.evaluate(_EACH, [kind, 200, category])))


def say(what: str, times_ms: np.ndarray) -> None:
    """Print the median and how long the slowest take."""
    middle, late, worst = np.percentile(times_ms, [50, 95, 100])
    print(f"{what:24} median {middle:.2f} ms, 95 % within {late:.2f} ms, worst {worst:.2f} ms")


if __name__ == "__main__":
    question, plan, *rest = sys.argv[1:]
    numbers = [int(one) for one in rest]
    if question == "equal":
        equal(Path(plan), *(numbers + [500, 12][len(numbers) :]))
    else:
        fast(Path(plan), *(numbers or [4]))
