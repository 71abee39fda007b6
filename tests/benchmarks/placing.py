"""How often a shifted layer is told from a right one: 1,000 made-up layers on made-up towns.

    python tests/benchmarks/placing.py [LAYERS]

Towns are chessboards, Voronoi cells and pieces of a real town; layers are stops beside streets,
places of business some way off, and homes that keep off streets; each as it is, or shifted in one
of six ways. Prints the share told rightly by kind and number of places, and every false alarm.
The limits of `spatial.placing` were set by this; what they promise is what it prints.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from scipy.spatial import Voronoi

from layers.catalog import bundled
from layers.openstreetmap.extract import read_extract
from spatial import datum
from spatial.placing import StreetPattern, placing

Points = NDArray[np.float64]
ORIGIN: Final = np.array([462_764.0, 3_919_000.0])  # Jining
DEGREES: Final = Transformer.from_crs(4548, 4326, always_xy=True)
HAPPENED: Final[dict[str | None, Any]] = {
    None: lambda x, y: (x, y),
    "gcj02": datum.wgs84_to_gcj02,
    "bd09": datum.wgs84_to_bd09,
    "gcj02 undone": datum.gcj02_to_wgs84,
    "bd09 undone": datum.bd09_to_wgs84,
    "bd09 as gcj02": datum.gcj02_to_bd09,
}
SIZES: Final = (3, 10, 20, 50, 100, 2000)


def lonlat(xy: Points) -> Points:
    return np.column_stack(DEGREES.transform(*(np.asarray(xy) + ORIGIN).T))


def chessboard(chance: np.random.Generator) -> list[Points]:
    block, size = chance.uniform(80, 400), chance.uniform(600, 5000)
    at = np.arange(int(size / block) + 2) * block
    ways = [[(x, 0), (x, at[-1])] for x in at] + [[(0, y), (at[-1], y)] for y in at]
    angle = chance.uniform(0, np.pi) * chance.integers(0, 2)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return [np.array(way) @ turn.T for way in ways]


def cells(chance: np.random.Generator) -> list[Points]:
    size = chance.uniform(800, 5000)
    count = int((size / chance.uniform(120, 350)) ** 2) + 12
    found = Voronoi(chance.uniform(0, size, (count, 2)))
    sides = [found.vertices[[a, b]] for a, b in found.ridge_vertices if a >= 0 and b >= 0]
    return [side for side in sides if (side > -200).all() and (side < size + 200).all()]


def real(chance: np.random.Generator, town: list[Points] = []) -> list[Points]:  # noqa: B006  read once
    if not town:
        streets = read_extract(bundled("monaco")).readings["streets"].places
        streets = streets.to_crs(streets.estimate_utm_crs()).geometry
        town += [shapely.get_coordinates(line) for line in streets]
    middle = town[chance.integers(len(town))][0]
    size = chance.uniform(400, 1500)
    return [way - middle for way in town if (np.abs(way - middle) < size).all()]


def layer(ways: list[Points], kind: str, chance: np.random.Generator) -> Points:
    lines = np.array([shapely.LineString(way) for way in ways])
    count = int(np.exp(chance.uniform(np.log(SIZES[0]), np.log(SIZES[-1]))))
    if kind == "homes":
        west, south, east, north = shapely.total_bounds(lines)
        spots = chance.uniform((west, south), (east, north), (60 * count, 2))
        tree, away = shapely.STRtree(lines), np.full(len(spots), np.inf)
        (row, _), found = tree.query_nearest(
            shapely.points(spots), max_distance=200, return_distance=True, all_matches=False
        )
        away[row] = found
        spots = spots[(away > 10) & (away < 80)][:count]
    else:
        length = shapely.length(lines)
        way = lines[chance.choice(len(lines), count, p=length / length.sum())]
        spots = shapely.get_coordinates(
            shapely.line_interpolate_point(way, chance.random(count), normalized=True)
        )
        off = chance.uniform(2, 10) if kind == "stops" else chance.uniform(10, 30)
        spots = spots + chance.normal(0, off, spots.shape)
    return np.asarray(spots + chance.normal(0, 1, spots.shape) * chance.uniform(0, 8))


def one(seed: int) -> tuple[str, str, int, str | None, str | None]:
    """Town, kind of layer, places, what happened to them, what was told."""
    chance = np.random.default_rng(seed)
    town = (chessboard, cells, real)[seed % 3]
    kind = ("stops", "homes", "business")[seed // 3 % 3]
    ways = town(chance)
    spots = layer(ways, kind, chance)
    happened = None if seed % 2 else list(HAPPENED)[1 + seed // 18 % 5]
    places = lonlat(spots)
    shifted = shapely.points(np.column_stack(HAPPENED[happened](*places.T)))
    streets = StreetPattern(np.array([shapely.LineString(lonlat(way)) for way in ways]))
    found = placing(np.atleast_1d(shifted), streets, seeking=kind != "homes")
    return town.__name__, kind, len(places), happened, found.shift if found else None


def main(layers: int) -> None:
    start, right, every = time.process_time(), Counter(), Counter()  # type: ignore[var-annotated]
    for seed in range(layers):
        town, kind, count, happened, told = one(seed)
        size = next((most for most in SIZES[1:] if count < most), SIZES[-1])
        group = ("homes" if kind == "homes" else "at streets", "shifted" if happened else "right")
        every[*group, size] += 1
        right[*group, size] += happened == told
        if not happened and told:
            print(f"false alarm: {kind} of {town}, {count} places, told {told}")
    seconds = (time.process_time() - start) / layers
    for key in sorted(every):
        where, what, size = key
        print(f"{where:12}{what:9}fewer than {size:5}: {right[key]:4} of {every[key]:4}")
    enough = [key for key in every if key[2] > (100 if key[0] == "homes" else 50)]
    told, of = (sum(counts[key] for key in enough) for counts in (right, every))
    print(f"{told / of:.1%} of {of} with 50 places at streets or 100 homes, or more, told rightly")
    print(f"{sum(right.values()) / layers:.1%} of all {layers}; {seconds:.2f} s each")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
