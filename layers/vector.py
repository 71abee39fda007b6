"""A planner's own file, vector or table of points, read into a layer that keeps its promise.

One way for all: open the file by its suffix (`layers.files.formats`), give every record a shape in
a known CRS, leave out or repair what cannot be walked to (`layers.sifting`), then make the layer's
columns. Every record that is left out or changed is counted with its reason; only a fault of the
whole file stops the run.

A new layer is one entry in `_PROMISES`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from layers.barriers import barrier_from_words
from layers.categories import category_from_words, counts_for
from layers.cells import as_flag, as_number, as_text
from layers.files.formats import opened
from layers.meaning import normalised, required_column
from layers.openstreetmap.outlines import areas_m2
from layers.openstreetmap.walkable import obstacle_by_kind
from layers.records import LayerOptions
from layers.repeats import repeated
from layers.schema import COLUMNS, MOST_LEVELS, MOST_PEOPLE, Reading, Tally
from layers.sifting import LINE, POINT, POLYGON, sift
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from layers.records import Records

__all__ = ["LayerOptions", "read_layer"]

_UNKNOWN_CATEGORIES: Final = 20  # named one by one in the tally; the rest is counted together
_FEW: Final = 0.01  # of the records: so many of another kind are slips, more are a choice
_TOO_MANY: Final = "more people than live on Earth"
_SPECK_M2: Final = 1.0
_GIANT_DEGREES: Final = 3.0  # 330 km: wider than the largest national parks of China's cities
_TWICE: Final = "the same record twice"
_SHORT: Final = 30  # characters of a planner's text shown in a reason
_IN_PARTS: Final = (shapely.GeometryType.MULTIPOINT, shapely.GeometryType.MULTILINESTRING)


def read_layer(layer: str, path: Path, options: LayerOptions | None = None) -> Reading:
    """Read a layer from a GeoPackage, GeoJSON, Shapefile, or a CSV or Excel table of points.

    Parameters
    ----------
    layer
        A key of `layers.schema.COLUMNS`.
    path
        The file.
    options
        What the planner says about it; columns not named are found by meaning.

    Returns
    -------
    Reading
        Places with the layer's columns, in the CRS of the file: not yet projected. `taken` says
        which column, sheet, encoding and CRS were used. A line of several parts becomes several
        places, but counts as one record.

    Raises
    ------
    InputError
        If the file cannot be read, has no CRS or the wrong one, lacks a column, leaves a choice
        that only the planner can make, or holds records of which none can be used; and if
        streets, homes or boundary are empty. Other layers may be.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "homes.csv")
    ...     lines = ["小区名称,经度,纬度,人口", "古槐苑,116.58,35.41,1200"]
    ...     _ = file.write_text(chr(10).join(lines), "gb18030")
    ...     homes = read_layer("homes", file)
    >>> homes.places["name"].item(), homes.taken["weight"], homes.taken["encoding"]
    ('古槐苑', '人口', 'gb18030')
    """
    options = options or LayerOptions()
    try:
        promise = _PROMISES[layer]
        records = opened(layer, path, options, promise.options)
        sift(records, promise.dimensions, layer)
        if len(records.table):
            promise.build(records)
        return _reading(records, promise, layer)
    except InputError as error:
        raise error.at(path, layer) from None


def _add_name(records: Records) -> None:
    cells = records.column("name")
    records.built["name"] = None if cells is None else as_text(cells)


def _add_identity(records: Records, heading: str) -> None:
    """Give each record its id if the file has one for each, else its number in the file.

    A record given twice, the same in id, shape and all columns of the layer, counts once. Where
    the file has no ids the same shape, name and columns are enough, but for points with people:
    buildings of one compound may well stand on one point.
    """
    cells = records.column("id")
    if cells is None:
        _leave_repeats(records)
        number = pd.Series(records.table.index.astype(str), records.table.index, dtype=object)
        records.built[heading] = number
        return
    records.built[heading] = as_text(cells)
    twice = repeated(records.shapes, records.built) & records.built[heading].notna().to_numpy()
    records.drop(twice, _TWICE)
    given = records.built[heading]
    if given.isna().any() or given.duplicated().any():
        records.taken["id"] = f"row numbers ({records.taken['id']} is not unique)"
        number = pd.Series(records.table.index.astype(str), records.table.index, dtype=object)
        records.built[heading] = number


def _leave_repeats(records: Records) -> None:
    """Leave out records that say again what an earlier one says; points with people only tell."""
    twice = repeated(records.shapes, records.built.drop(columns="refs", errors="ignore"))
    if not twice.any():
        return
    points = shapely.get_dimensions(records.shapes) == POINT
    people = np.array([bool({"weight", "people"} & set(records.built.columns))])
    unsure = int((twice & points & people).sum())
    if unsure:
        records.taken["equal records"] = f"{unsure} like an earlier one, without an id: all count"
    records.drop(twice & ~(points & people), _TWICE)


def _build_streets(records: Records) -> None:
    _add_name(records)
    for meaning in ("bridge", "tunnel", "private", "steps"):
        cells = records.column(meaning)
        records.built[meaning] = False if cells is None else as_flag(cells)
    _leave_unwalked(records)
    records.built["refs"] = _refs(records)
    if records.built["refs"].isna().all():
        _leave_repeats(records)


def _leave_unwalked(records: Records) -> None:
    """Leave out what OpenStreetMap calls a motorway, a planned road and the like.

    Exports of its streets keep the tag, as ``highway`` or ``fclass``.
    """
    kept = {normalised(heading): heading for heading in records.table.columns}
    heading = next((kept[key] for key in ("highway", "fclass") if key in kept), None)
    if heading is None:
        return
    tags = {key: kept[key] for key in ("foot", "sidewalk") if key in kept} | {"highway": heading}
    cells = pd.DataFrame({key: as_text(records.table[name]) for key, name in tags.items()})
    cells = cells.fillna("")
    kinds = cells.drop_duplicates().sort_values([*tags])
    why = [obstacle_by_kind(dict(zip(tags, kind, strict=True))) for kind in kinds.to_numpy()]
    reason = np.array(why, dtype=object)[cells.groupby([*tags]).ngroup()]
    for text in sorted({one for one in why if one}):
        records.drop(reason == text, text)
        reason = reason[reason != text]


def _refs(records: Records) -> pd.Series:
    """Give the nodes that each line joins, if all lines are straight and the file has them."""
    nothing = pd.Series(np.full(len(records.table), None), records.table.index, dtype=object)
    if not {"u", "v"} <= set(records.table.columns) or not len(nothing):
        return nothing
    ends = records.table[["u", "v"]]
    number = ends.apply(as_number)
    whole = number.notna() & (number % 1 == 0) & (number.abs() < 2**53)
    straight = shapely.get_num_coordinates(records.shapes) == 2  # noqa: PLR2004 two ends
    if not (whole.all(axis=None) and straight.all()):
        return nothing
    records.taken["refs"] = "u, v"
    return pd.Series(list(number.to_numpy(dtype=np.int64)), records.table.index, dtype=object)


def _build_barriers(records: Records) -> None:
    """A kind for each barrier; where the file names none, a wall, as planners draw most."""
    _add_name(records)
    cells = records.column("category")
    words = pd.Series("", records.table.index) if cells is None else as_text(cells).fillna("")
    records.built["kind"] = words.map(barrier_from_words)
    _leave_repeats(records)


def _build_named(records: Records) -> None:
    _add_name(records)
    _leave_repeats(records)


def _build_homes(records: Records) -> None:
    points = shapely.get_dimensions(records.shapes) == POINT
    several = points & (shapely.get_num_geometries(records.shapes) > 1)
    records.drop(several, "several points in one home")
    _leave_giants(records)
    _add_weight(records)
    _add_levels(records)
    _add_name(records)
    _add_identity(records, "home")


def _add_weight(records: Records) -> None:
    """Read the number of people; a home without one stays, and counts nobody."""
    cells = records.column("weight")
    if cells is None:
        records.built["weight"] = np.nan
        return
    records.built["weight"] = as_number(cells)
    written = as_text(cells).notna()
    if not written.any():
        records.taken["weight"] += " (empty)"
        return
    records.repair(~written, "no number of people: counts nobody")
    heading = records.taken["weight"]
    wrong = written & records.built["weight"].isna()
    records.drop(wrong, f"{heading} is not a number", tell=True)
    records.drop(records.built["weight"] < 0, f"{heading} is negative", tell=True)
    records.drop(records.built["weight"] > MOST_PEOPLE, _TOO_MANY, tell=True)


def _add_levels(records: Records) -> None:
    """Read the number of floors; a home without one, or with an impossible one, stays."""
    cells = records.column("levels")
    levels = np.nan if cells is None else as_number(cells)
    records.built["levels"] = levels
    if cells is None:
        return
    impossible = ~records.built["levels"].between(0, MOST_LEVELS, inclusive="right")
    heading = records.taken["levels"]
    records.repair(as_text(cells).notna() & impossible, f"{heading} is no number of floors")
    records.built["levels"] = records.built["levels"].mask(impossible)


def _build_population(records: Records) -> None:
    """Read the people of areas or points; a record without a number of them is of no use."""
    _keep_points_or_areas(records)
    points = shapely.get_dimensions(records.shapes) == POINT
    several = points & (shapely.get_num_geometries(records.shapes) > 1)
    records.drop(several, "several points with one number of people")
    headings = list(records.table.columns)
    heading = required_column(headings, "weight", records.options.weight)
    records.taken["weight"] = heading
    cells = records.table[heading]
    records.built["people"] = as_number(cells)
    records.drop(as_text(cells).isna(), "no number of people", tell=True)
    records.drop(records.built["people"].isna(), f"{heading} is not a number", tell=True)
    records.drop(records.built["people"] < 0, f"{heading} is negative", tell=True)
    records.drop(records.built["people"] > MOST_PEOPLE, _TOO_MANY, tell=True)
    _leave_repeats(records)


def _keep_points_or_areas(records: Records) -> None:
    """Keep what nearly all records are; refuse a layer that is both."""
    points = shapely.get_dimensions(records.shapes) == POINT
    few = min(points.sum(), (~points).sum())
    if few > _FEW * len(points):
        wrong = "mixes points and areas"
        raise InputError(wrong, "give either, each with its people")
    if 2 * points.sum() > len(points):
        records.drop(~points, "area in a layer of points", tell=True)
    else:
        records.drop(points, "point in a layer of areas", tell=True)


def _build_facilities(records: Records) -> None:
    _leave_giants(records)
    headings = list(records.table.columns)
    heading = required_column(headings, "category", records.options.category)
    records.taken["category"] = heading
    records.built["text"] = as_text(records.table[heading])
    records.drop(records.built["text"].isna(), "no category", tell=True)
    words = records.built["text"].unique()
    meant = {text: category_from_words(text) for text in words}
    records.built["category"] = records.built["text"].map(meant)
    unknown = records.built["text"][records.built["category"].isna()].value_counts()
    for text in unknown.index[:_UNKNOWN_CATEGORIES]:
        short = text if len(text) <= _SHORT else f"{text[:_SHORT]}…"
        records.drop(records.built["text"] == text, f"unknown category {short!r}")
    records.drop(records.built["category"].isna(), "unknown category, of other kinds")
    records.built = records.built.drop(columns="text")
    _add_name(records)
    _add_identity(records, "facility")


def _builder_of(category: str) -> Callable[[Records], None]:
    """Make the builder of a layer whose places are all of one category."""

    def build(records: Records) -> None:
        records.built["category"] = category
        _leave_specks(records)
        _leave_giants(records)
        _add_name(records)
        _add_identity(records, "facility")

    return build


def _leave_specks(records: Records) -> None:
    """Leave out areas that are slips of a drawing: nobody walks to less than a square metre."""
    areas = shapely.get_dimensions(records.shapes) == POLYGON
    if not areas.any():
        return
    lonlat = gpd.GeoSeries(records.shapes, crs=records.crs).to_crs(4326).to_numpy()
    size_m2 = np.where(areas, areas_m2(lonlat), np.inf)
    records.drop(size_m2 < _SPECK_M2, "smaller than 1 m²", tell=True)


def _leave_giants(records: Records) -> None:
    """Leave out places of which a corner lies far from the others: no place is as large."""
    west, south, east, north = shapely.bounds(
        gpd.GeoSeries(records.shapes, crs=records.crs).to_crs(4326).to_numpy()
    ).T
    narrow = np.cos(np.radians((south + north) / 2))
    degrees = np.maximum((east - west) * narrow, north - south)
    records.drop(degrees > _GIANT_DEGREES, "a corner lies far from the others", tell=True)


def _reading(records: Records, promise: _Promise, layer: str) -> Reading:
    """Put places and tally together; refuse a layer of which nothing is left."""
    columns = [*COLUMNS[layer], "geometry"]
    marks = records.marks.table(records.crs, records.above)
    tally = Tally.count(len(records.table), dropped=records.dropped, repaired=records.repaired)
    if not len(records.table):
        _refuse_nothing(records, promise)
        nothing = pd.DataFrame(columns=columns[:-1], dtype=object)
        places = gpd.GeoDataFrame(nothing, geometry=[], crs=records.crs)
        return Reading(places, tally, records.taken, marks)
    places = gpd.GeoDataFrame(records.built, geometry=records.shapes, crs=records.crs)
    places = _in_parts(places)
    if layer == "facilities" and records.taken.get("id") != "facility":  # ours say so already
        places = _in_wider_categories(places)
    return Reading(places[columns].reset_index(drop=True), tally, records.taken, marks)


def _in_parts(places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Make several places of lines and points of several parts; polygons stay whole."""
    several = np.isin(shapely.get_type_id(places.geometry), _IN_PARTS)
    if not several.any():
        return places
    parts = pd.concat([places[~several], places[several].explode()]).sort_index(kind="stable")
    return _told_apart(parts, parts.groupby(level=0).cumcount() + 1)


def _in_wider_categories(places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add a place for each further category that it counts for: a library is culture, too."""
    every = [*map(counts_for, places["category"])]
    places = places.assign(category=every).reset_index(drop=True).explode("category")
    return _told_apart(places, places["category"])


def _told_apart(places: gpd.GeoDataFrame, mark: pd.Series) -> gpd.GeoDataFrame:
    """Mark the ids of what was made of one place, but for the first; the index tells which."""
    if "facility" not in places:
        return places
    marked = places["facility"] + "/" + mark.astype(str)
    return places.assign(facility=places["facility"].where(~places.index.duplicated(), marked))


def _refuse_nothing(records: Records, promise: _Promise) -> None:
    """Raise if a layer has no record left, unless it rightly has none."""
    lost = Counter(records.dropped)
    lost.pop("empty row", None)
    if lost:
        reason, count = lost.most_common(1)[0]
        wrong = f"none of its {lost.total()} records can be used ({count}: {reason})"
        raise InputError(wrong, "repair the file, or say which columns hold what")
    if not promise.may_be_empty:
        wrong = "is empty"
        raise InputError(wrong, "give at least one record")


@dataclass(frozen=True)
class _Promise:
    """What a layer holds: dimensions of its shapes, how its columns are built, its options."""

    dimensions: tuple[int, ...]
    build: Callable[[Records], None]
    options: frozenset[str] = frozenset()
    may_be_empty: bool = True


_ID: Final = frozenset({"id"})
_PROMISES: Final[Mapping[str, _Promise]] = MappingProxyType(
    {
        "streets": _Promise((LINE,), _build_streets, may_be_empty=False),
        "homes": _Promise(
            (POINT, POLYGON), _build_homes, _ID | {"weight", "levels"}, may_be_empty=False
        ),
        "population": _Promise(
            (POINT, POLYGON), _build_population, frozenset({"weight"}), may_be_empty=False
        ),
        "parks": _Promise((POLYGON,), _builder_of("park"), _ID),
        "green": _Promise((POLYGON,), _builder_of("green"), _ID),
        "bus_stops": _Promise((POINT,), _builder_of("bus_stop"), _ID),
        "facilities": _Promise((POINT, POLYGON), _build_facilities, _ID | {"category"}),
        "park_gates": _Promise((POINT,), _build_named),
        "boundary": _Promise((POLYGON,), _build_named, may_be_empty=False),
        "water": _Promise((POLYGON,), _build_named),
        "zones": _Promise((POLYGON,), _build_named, may_be_empty=False),
        "residential": _Promise((POLYGON,), _build_named, may_be_empty=False),
        "built_up": _Promise((POLYGON,), _build_named, may_be_empty=False),
        "built_up_construction": _Promise((POLYGON,), _build_named, may_be_empty=False),
        "barriers": _Promise((LINE, POLYGON), _build_barriers, frozenset({"category"})),
    }
)
