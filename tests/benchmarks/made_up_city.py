"""A made-up city of any size: buildings as a city has them, no two alike, and four standards.

Every neighbourhood is turned its own way, and every building scaled, cut and turned a little of its
own, so that no compression finds the same numbers twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import KDTree

from maps.scene import Scene

if TYPE_CHECKING:
    from numpy.typing import NDArray

CRS = "EPSG:4548"
CORNER = np.array([460_000.0, 3_900_000.0])
BLOCK_M = 150.0
PER_BLOCK = 16
STANDARDS = {
    "green_300m": ("green", 300.0, 3.0),
    "park_500m": ("park", 500.0, 6.0),
    "bus_stop_500m": ("bus_stop", 500.0, 4.0),
    "school_500m": ("primary_school", 500.0, 5.0),
}
"""Of each standard: the category, the reach, and how many blocks a side there is one for."""


def _bays(count: int) -> list[tuple[float, float]]:
    """A slab with bays along its front."""
    at = np.linspace(-30, 30, 4 * count + 1)
    depth = [6.0, 6.0, 9.0, 9.0]
    front = [(float(x), depth[number % 4]) for number, x in enumerate(at)]
    return [(-30.0, -6.0), (30.0, -6.0), *front[::-1]]


def _cross() -> list[tuple[float, float]]:
    """A tower."""
    quarter = [(12.0, -4.0), (12.0, 4.0), (4.0, 4.0)]
    turns = [(1, 0, 0, 1), (0, -1, 1, 0), (-1, 0, 0, -1), (0, 1, -1, 0)]
    return [(a * x + b * y, c * x + d * y) for a, b, c, d in turns for x, y in quarter]


SHAPES: list[list[tuple[float, float]]] = [
    [(-22, -6), (22, -6), (22, 6), (-22, 6)],
    [(-18, -6), (18, -6), (18, 20), (6, 20), (6, 6), (-18, 6)],
    [(-20, -8), (20, -8), (20, 18), (8, 18), (8, 4), (-8, 4), (-8, 18), (-20, 18)],
    _cross(),
    _bays(3),
    _bays(5),
    _bays(7),
]


def buildings(count: int, seed: int = 1) -> gpd.GeoDataFrame:
    """Outlines in a metric CRS; one in forty has a yard. Columns: home, floors, walk_m, kind."""
    rng = np.random.default_rng(seed)
    middle, turn = _sites(count, rng)
    shape = rng.integers(0, len(SHAPES), count)
    corners = np.array([len(one) for one in SHAPES])[shape]
    row = np.repeat(np.arange(count), corners)
    flat = np.concatenate([np.asarray(one) for one in SHAPES])
    first = np.cumsum([0, *(len(one) for one in SHAPES)])[shape]
    at = first[row] + np.arange(len(row)) - np.repeat(np.cumsum(corners) - corners, corners)
    xy = flat[at] * rng.uniform(0.4, 0.9, (count, 2))[row] + rng.normal(0, 0.4, (len(row), 2))
    cos, sin = np.cos(turn)[row], np.sin(turn)[row]
    turned = np.stack([xy[:, 0] * cos - xy[:, 1] * sin, xy[:, 0] * sin + xy[:, 1] * cos], axis=1)
    rings = shapely.linearrings(turned + middle[row], indices=row)
    outlines = shapely.polygons(rings)
    yards = rng.random(count) < 1 / 40
    holes = shapely.buffer(shapely.points(middle[yards]), 1.5, quad_segs=1)
    outlines[yards] = shapely.difference(shapely.buffer(outlines[yards], 0), holes)
    columns = {
        "home": [f"w{n}" for n in np.unique(rng.integers(10**7, 10**9, 2 * count))[:count]],
        "floors": rng.integers(1, 34, count),
        "walk_m": np.hypot(*(middle - middle.mean(axis=0)).T) % 1500,
        "kind": rng.choice(["apartments", "house", "dormitory"], count),
    }
    return gpd.GeoDataFrame(columns, geometry=outlines, crs=CRS)


def _sites(count: int, rng: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where buildings stand: in rows in blocks, each block turned its own way."""
    side = int(np.ceil(np.sqrt(count / PER_BLOCK)))
    block = np.arange(count) // PER_BLOCK
    slot = np.arange(count) % PER_BLOCK
    turn = rng.uniform(-0.6, 0.6, side * side)[block]
    local = np.stack([slot % 4 - 1.5, slot // 4 - 1.5], axis=1) * 34 + rng.normal(0, 2, (count, 2))
    cos, sin = np.cos(turn), np.sin(turn)
    turned = np.stack(
        [local[:, 0] * cos - local[:, 1] * sin, local @ [0, 1] * cos + local[:, 0] * sin], 1
    )
    corner = np.stack([block % side, block // side], axis=1) * BLOCK_M
    mixed = rng.permutation(count)
    return (CORNER + corner + turned)[mixed], (turn + rng.normal(0, 0.03, count))[mixed]


def city(count: int, seed: int = 1) -> Scene:
    """The results of four standards for so many buildings, as `measure` would leave them."""
    rng = np.random.default_rng(seed)
    outlines = buildings(count, seed)
    homes = gpd.GeoDataFrame(
        {
            "home": outlines["home"],
            "name": np.where(rng.random(count) < 0.02, "人民小区", None),
            "weight": rng.integers(4, 900, count) / 2,
            "status": np.where(rng.random(count) < 0.01, "unconnected", "connected"),
        },
        geometry=shapely.centroid(outlines.geometry.array),
        crs=CRS,
    )
    side = np.sqrt(count / PER_BLOCK)
    places = [_places(key, *one, side, rng) for key, one in STANDARDS.items()]
    for key, table in zip(STANDARDS, places, strict=True):
        homes = homes.assign(**_walks(homes, table, key, STANDARDS[key][1]))
    return Scene(
        place="济宁",
        language="zh",
        summary=_summary(homes),
        homes=homes,
        streets=_streets(side, rng),
        entrances=homes.iloc[:0],
        facilities=gpd.GeoDataFrame(pd.concat(places, ignore_index=True), crs=CRS),
        ground=_ground(side, rng),
        footprints=outlines[["home", "geometry"]],
    )


def _places(
    key: str, category: str, _: float, every: float, side: float, rng: np.random.Generator
) -> gpd.GeoDataFrame:
    """Facilities of one standard, strewn over the city; those of land as areas."""
    count = max(int((side / every) ** 2), 1)
    spots = shapely.points(CORNER + rng.uniform(0, side * BLOCK_M, (count, 2)))
    if category in {"green", "park"}:
        spots = shapely.buffer(spots, rng.uniform(30, 90, count), quad_segs=3)
    columns = {"facility": [f"{category}{n}" for n in range(count)], "name": None}
    columns |= {"category": category, "standards": key}
    return gpd.GeoDataFrame(columns, geometry=spots, crs=CRS)


def _walks(homes: gpd.GeoDataFrame, places: gpd.GeoDataFrame, key: str, reach_m: float) -> Any:
    """A standard's columns: a third farther than straight to the nearest place."""
    spots = shapely.get_coordinates(shapely.centroid(places.geometry.array))
    straight, row = KDTree(spots).query(shapely.get_coordinates(homes.geometry))
    apart = (homes["status"] != "connected").to_numpy()
    walk = np.where(apart, np.nan, straight * 1.33)
    served = walk <= reach_m
    return {
        f"{key}_m": walk,
        f"{key}_straight_m": straight,
        f"{key}_served": served,
        f"{key}_facility": np.where(apart, None, places["facility"].to_numpy(dtype=object)[row]),
        f"{key}_reason": np.select([served, apart], [None, "unconnected"], "too_far"),
    }


def _streets(side: float, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Two named streets cross at the corner of every block; every block has a lane."""
    at = (np.arange(int(side) + 1) - 0.5) * BLOCK_M
    x, y = np.meshgrid(at, at)
    nodes = np.stack([x, y], axis=-1) + rng.normal(0, 4, (*x.shape, 2)) + CORNER
    along = np.stack([nodes[:, :-1], nodes[:, 1:]], axis=2).reshape(-1, 2, 2)
    across = np.stack([nodes[:-1], nodes[1:]], axis=2).reshape(-1, 2, 2)
    middle = along.mean(axis=1)[: len(along) - int(side)]
    lanes = np.stack([middle, middle + rng.normal(0, 40, middle.shape)], axis=1)
    names = [f"第{n}路" for n in np.repeat(np.arange(len(at)), len(at) - 1)]
    names += [f"第{n}街" for n in np.tile(np.arange(len(at)), len(at) - 1)]
    lines = shapely.linestrings(np.concatenate([along, across, lanes]))
    return gpd.GeoDataFrame({"name": [*names, *[None] * len(lanes)]}, geometry=lines, crs=CRS)


def _ground(side: float, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """A river, ponds, lawns, and the boundary."""
    length = side * BLOCK_M
    course = np.linspace(0, length, 200)
    bends = np.stack([course, length / 2 + length / 9 * np.sin(course / length * 9)], axis=1)
    spots = shapely.points(CORNER + rng.uniform(0, length, (int(side**2 / 9) + 2, 2)))
    patches = shapely.buffer(spots, rng.uniform(15, 60, len(spots)), quad_segs=4)
    kinds = np.where(rng.random(len(patches)) < 0.3, "water", "green")
    river = shapely.buffer(shapely.linestrings(bends + CORNER), 40)
    town = shapely.box(*(CORNER - BLOCK_M), *(CORNER + length))
    shapes = [*patches, river, town]
    columns = {"kind": [*kinds, "water", "boundary"], "name": None}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=CRS)


def _summary(homes: gpd.GeoDataFrame) -> dict[str, Any]:
    """What summary.json says, as far as the page reads it."""
    weight = homes["weight"].to_numpy()
    total = float(weight.sum())
    standards = {}
    for key, (category, reach_m, _) in STANDARDS.items():
        served = weight[homes[f"{key}_served"]].sum()
        straight = weight[homes[f"{key}_straight_m"] <= reach_m].sum()
        standards[key] = {
            "reach_m": reach_m,
            "category": category,
            "zh": key,
            "en": key,
            "total": total,
            "network": {"served": served, "share": served / total, "low": None, "high": None},
            "straight": {"served": straight, "share": straight / total},
            "facilities": 1,
            "entrances": 1,
            "unconnected": 0.0,
            "target_share": 0.9,
        }
    return {
        "place": "济宁",
        "unit": "people",
        "data": {"date": "2026-01-01"},
        "standards": standards,
    }
