"""Edits of a city, tried on the stage and measured from scratch: how much faster, and how equal.

``python tests/benchmarks/edits.py PLAN [EDITS] [SEED]`` tries random edits of a plan's city, ten
on a stage: each alone, all together, and every other one. Every walk of every home must be the
same to the last bit.

``python tests/benchmarks/edits.py EXTRACT.osm.pbf`` puts 200,000 homes and 800 bus stops along
the streets of an extract and prints how much faster an edit is than measuring all distances.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from layers.openstreetmap.extract import read_extract
from scripts.findings import measured_in, present_in
from scripts.plan import load_plan
from scripts.study import assemble
from spatial.barriers import NO_BARRIERS
from spatial.changes import Change
from spatial.coverage import measure
from spatial.crs import local_crs
from spatial.effects import Present
from spatial.facilities import counted
from spatial.network import network_from_streets
from spatial.population import homes_on
from spatial.profiles import chosen
from spatial.stage import Stage, afresh, stage
from tests.random_changes import random_changes

TOGETHER = 10


def equal(path: Path, edits: int, seed: int) -> None:
    """Try random edits of a plan's city."""
    rng = np.random.default_rng(seed)
    study = assemble(load_plan(path))
    present = present_in(study, measured_in(study)[0])
    tried: Counter[str] = Counter()
    quick, slow, unlike = [], [], 0
    while tried.total() < edits:
        changes = random_changes(rng, present, TOGETHER)
        laid = stage(present, changes)
        tried.update(change.do for change in changes)
        every = range(TOGETHER)
        for on in (*({k} for k in every), set(every), set(every[::2])):
            for number in range(len(present.coverages)):
                times, same = timed(laid, number, on)
                quick.append(times[0])
                slow.append(times[1])
                unlike += not same
    print(f"{tried.total()} edits {dict(tried)}")
    print(f"{len(quick)} trials, {unlike} of them not equal to measuring from scratch")
    say(quick, slow)


def timed(laid: Stage, number: int, on: set[int]) -> tuple[tuple[float, float], bool]:
    """Seconds for the edit and for measuring from scratch; and whether both agree."""
    start = time.perf_counter()
    home, walk_m = laid.difference(number, on)
    middle = time.perf_counter()
    again = afresh(laid, number, on)
    end = time.perf_counter()
    walks = laid.walk_m[number].copy()
    walks[home] = walk_m
    return (middle - start, end - middle), bool(np.array_equal(walks, again))


def say(quick: list[float], slow: list[float]) -> None:
    """Print medians, and the median of the ratios."""
    ratio = np.median(np.array(slow) / np.array(quick))
    print(f"{1e3 * np.median(quick):.2f} ms an edit, {1e3 * np.median(slow):.1f} ms all anew")
    print(f"{ratio:.0f} times faster (median of ratios)")


def fast(path: Path, homes: int = 200_000, stops: int = 800, edits: int = 60) -> None:
    """Time edits of each kind on a large made-up city along real streets."""
    rng = np.random.default_rng(5)
    streets = read_extract(path).readings["streets"].places
    west, south, east, north = streets.total_bounds
    streets = streets.to_crs(local_crs((west + east) / 2, (south + north) / 2))
    network = network_from_streets(streets)
    print(f"{len(network.xy):,} nodes, {len(network.u):,} edges, {homes:,} homes, {stops} stops")

    def spots(count: int) -> np.ndarray:
        edge = rng.choice(len(network.u), count, p=network.length_m / network.length_m.sum())
        return network.points_along(edge, rng.random(count) * network.length_m[edge])

    crs = network.crs
    table = {"home": np.arange(homes).astype(str), "name": None, "weight": np.nan}
    people = homes_on(
        network, gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(*spots(homes).T), crs=crs)
    )
    columns = {"facility": np.arange(stops).astype(str), "name": None, "category": "bus_stop"}
    stop_points = gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(*spots(stops).T), crs=crs)
    bus = chosen(["bus_stop_500m"], {})[0]
    coverage = measure(network, people, [(bus, counted(stop_points, bus))])
    present = Present(network, people, coverage, NO_BARRIERS, 100.0)
    start = time.perf_counter()
    changes = [_change(rng, present, kind, spots(2)) for kind in KINDS for _ in range(edits // 4)]
    laid = stage(present, changes)
    print(f"{len(changes)} edits laid out in {time.perf_counter() - start:.1f} s")
    for change in range(4):
        laid.difference(0, {change})
    for kind in KINDS:
        times = [timed(laid, 0, {k}) for k, one in enumerate(changes) if one.do == kind]
        print(kind, "" if all(same for _, same in times) else "NOT EQUAL", end=": ")
        say([quick for (quick, _), _ in times], [slow for (_, slow), _ in times])


KINDS = ("add_facility", "remove_facility", "close_street", "add_street")


def _change(rng: np.random.Generator, present: Present, do: str, spot: np.ndarray) -> Change:
    shape = shapely.Point(spot[0])
    target = None
    if do == "add_street":
        shape = shapely.LineString([spot[0], spot[0] + rng.normal(0, 60, 2)])
    if do == "remove_facility":
        shape, target = None, str(rng.integers(len(present.coverages[0].facilities.places)))
    return Change(do, do, shape, category="bus_stop" if "facility" in do else None, target=target)


if __name__ == "__main__":
    where = Path(sys.argv[1])
    if where.suffix == ".pbf":
        fast(where)
    else:
        equal(where, int((sys.argv[2:] or [100])[0]), int((sys.argv[3:] or [1])[0]))
