"""What every page of a place holds: its ground, its homes, what one walks to, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from maps.page.payload import UNKNOWN
from maps.page.quantise import areas, by_place, lines, spots
from maps.parts import zones

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from maps.scene import Scene

_STREET_SIMPLER_M = 0.4
_OUTLINE_SIMPLER_M = 0.2
_NAME_EVERY_M = 500.0
_NAME_RUN_M = 120.0
_NAME_LETTERS = 40


def extent(scene: Scene) -> list[float]:
    """Give west, south, east, north in degrees of what a page shows first: the study area."""
    boundary = scene.ground.loc[scene.ground["kind"] == "boundary", "geometry"]
    shown = boundary if len(boundary) else scene.homes.geometry
    if not len(shown):
        shown = scene.streets.geometry
    bounds: list[float] = np.round(shown.to_crs(4326).total_bounds, 6).tolist()
    return bounds


def ground(scene: Scene) -> dict[str, Any]:
    """Give streets, their names, water, green, the boundary and the zones."""
    kinds, streets = scene.ground["kind"], _joined_streets(scene)
    return {
        "streets": lines(_important_first(streets).geometry),
        "names": _street_names(streets[streets["name"].notna()]),
        "zones": zones.block(scene),
        "areas": {
            kind: areas(scene.ground.loc[kinds == kind, "geometry"])
            for kind in ("water", "green", "boundary")
        },
    }


def merged(segments: gpd.GeoSeries) -> gpd.GeoSeries:
    """Join segments into as few, as simple lines as the eye allows."""
    parts = _joined(segments, np.zeros(len(segments), dtype=np.int64))[0]
    return gpd.GeoSeries(parts, crs=segments.crs)


def _joined(
    segments: gpd.GeoSeries, group: NDArray[np.int64]
) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """Join the segments of each group into few, simple lines; gives these and their groups."""
    parts, row = shapely.get_parts(segments.array, return_index=True)
    order = np.argsort(group[row], kind="stable")
    each = shapely.multilinestrings(parts[order], indices=_runs_from_0(group[row][order]))
    found, run = shapely.get_parts(shapely.line_merge(each), return_index=True)
    # lines alone have no topology to keep, and keeping it takes most of the time
    simple = shapely.simplify(found, _STREET_SIMPLER_M, preserve_topology=False)
    return simple, np.unique(group[row])[run]


def _runs_from_0(ordered: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number runs of equal labels from 0."""
    return np.cumsum(np.diff(ordered, prepend=ordered[:1]) != 0)


def _joined_streets(scene: Scene) -> gpd.GeoDataFrame:
    """Give streets of one name joined, with their name (None for those without one)."""
    code, names = pd.factorize(scene.streets["name"])
    parts, of = _joined(scene.streets.geometry, code.astype(np.int64))
    name = np.array([*names, None], dtype=object)[of]  # code -1: no name
    return gpd.GeoDataFrame({"name": name}, geometry=parts, crs=scene.streets.crs)


def _important_first(streets: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Put the most important streets first: a page shows only those from afar.

    As important as it is long: a street with a name in all its length, one without by its piece.
    """
    length = streets.length
    whole = length.groupby(streets["name"]).sum().reindex(streets["name"]).to_numpy()
    importance = np.floor(np.log2(np.where(streets["name"].notna(), whole, length) + 1))
    order = by_place(streets.geometry)
    return streets.iloc[order[np.argsort(-importance[order], kind="stable")]]


def _street_names(streets: gpd.GeoDataFrame) -> dict[str, Any]:
    """Give the runs along which street names are written, longest streets first.

    Long lines get a name every `_NAME_EVERY_M`; a run is the chord over at most `_NAME_RUN_M`.
    """
    whole = streets.geometry.to_numpy()
    length = shapely.length(whole)
    count = np.maximum(np.rint(length / _NAME_EVERY_M), 1).astype(int)
    row = np.repeat(np.argsort(-length), count[np.argsort(-length)])
    place = (_order_in_group(row) + 0.5) / count[row]
    half = np.minimum(_NAME_RUN_M, length[row] / count[row]) / 2 / length[row]
    ends = [
        shapely.line_interpolate_point(whole[row], place + side, normalized=True)
        for side in (-half, half)
    ]
    xy = np.stack([shapely.get_coordinates(end) for end in ends], axis=1)
    chords = gpd.GeoSeries(shapely.linestrings(xy), crs=streets.crs)
    names = streets["name"].to_numpy(dtype=object)[row]
    return {**lines(chords), "name": [str(name)[:_NAME_LETTERS] for name in names]}


def _order_in_group(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count 0, 1, 2, ... within runs of equal labels."""
    counted = pd.Series(labels).groupby(labels).cumcount()
    return np.asarray(counted, dtype=np.int64)


def homes(scene: Scene) -> dict[str, Any]:
    """Give where each home is, its outline if known, its id, name and residents."""
    table = scene.homes
    named = table["name"].notna().to_numpy()
    block: dict[str, Any] = {
        **spots(table.geometry),
        "outlines": _outlines(scene),
        "id": table["home"].astype(str).tolist(),
        "name": {int(row): str(table["name"].iloc[row]) for row in np.flatnonzero(named)},
        "connected": (table["status"] == "connected").to_numpy(dtype=bool),
    }
    if scene.counts_people:
        block["weight"] = table["weight"].fillna(0).round(1).to_numpy(dtype=float)
    return block


def _outlines(scene: Scene) -> dict[str, Any]:
    """Give the outlines of homes, in the order of the homes."""
    if scene.footprints is None:
        return areas(gpd.GeoSeries([], crs=scene.homes.crs))
    row = pd.Index(scene.homes["home"]).get_indexer(scene.footprints["home"])
    order = np.argsort(row, kind="stable")
    order = order[row[order] >= 0]
    shapes = scene.footprints.geometry.iloc[order].simplify(_OUTLINE_SIMPLER_M)
    block = areas(shapes)
    return {**block, "of": row[order][block["of"]]}


def facilities(scene: Scene, ids: Iterable[str]) -> tuple[dict[str, Any], gpd.GeoDataFrame]:
    """Give what counts for some measured ids: the data, and the table whose rows they are.

    A facility that counts for several ids has a row for each; the table's column ``counts_for``
    says which.
    """
    table = scene.facilities
    split = table["standards"].fillna("").str.split(",")
    table = table.assign(counts_for=split).explode("counts_for")
    table = table[table["counts_for"].isin(list(ids))].reset_index(drop=True)
    block = {
        **spots(table.geometry),
        "areas": areas(table.geometry),
        "name": [None if pd.isna(name) else str(name) for name in table["name"]],
        "category": table["category"].astype(str).tolist(),
    }
    return block, table


def rows_of(values: pd.Series, labels: pd.Series) -> NDArray[np.int32]:
    """Find each value among `labels`: its row, or -1; the first row where labels repeat.

    Examples
    --------
    >>> rows_of(pd.Series(["b", None, "z"]), pd.Series(["a", "b", "b"])).tolist()
    [1, -1, -1]
    """
    first = labels.drop_duplicates()
    found = pd.Index(first).get_indexer(pd.Index(values))
    rows = np.where(found >= 0, first.index.to_numpy()[found] if len(first) else -1, -1)
    return np.where(values.notna(), rows, -1).astype(np.int32)


def whole_metres(walk_m: pd.Series, served: pd.Series, reach_m: float) -> NDArray[np.int32]:
    """Round distances to whole metres without carrying any across the reach; null is `UNKNOWN`.

    Examples
    --------
    >>> served = pd.Series([True, False, False])
    >>> whole_metres(pd.Series([499.6, 500.2, None]), served, 500.0).tolist()
    [500, 501, -1]
    """
    near = np.rint(walk_m.to_numpy(dtype=float))
    within = np.floor(reach_m)
    near = np.where(
        served.to_numpy(dtype=bool), np.minimum(near, within), np.maximum(near, within + 1)
    )
    return np.where(walk_m.isna(), UNKNOWN, near).astype(np.int32)


def whole(figures: pd.Series) -> NDArray[np.int32]:
    """Round figures, none below 0, to whole numbers; null is `UNKNOWN`."""
    near = np.rint(figures.fillna(UNKNOWN).to_numpy(dtype=float))
    return near.astype(np.int32)


def truth(column: pd.Series) -> pd.Series:
    """Read a column of yes and no as a file may hold it; null means no."""
    return column.eq(True)  # noqa: FBT003 - numbers and nulls compare as they should
