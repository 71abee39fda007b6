"""Candidate sites (备选点): vacant land or points where something might be built."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from layers.cells import as_flag, as_number, as_text
from layers.drawn import BRACKETS, heading_for
from layers.files.formats import opened
from layers.openstreetmap.outlines import areas_m2
from layers.records import LayerOptions
from layers.schema import Tally
from layers.sifting import POINT, POLYGON, sift
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from layers.records import Records

CANDIDATE_COLUMNS: Final = (
    *("candidate", "name", "cost", "capacity", "must", "barred", "area_m2"),
)
"""The columns of candidates besides ``geometry``.

``candidate`` is a unique text id. ``cost``, ``capacity`` (people) and ``area_m2`` are NaN where
nothing says them. ``must`` and ``barred`` are bool, never both.
"""

_HEADINGS: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = MappingProxyType(
    {
        "candidate": (("candidate",), ("id", "编号"), ("地块编号", "宗地号", "地块号", "备选点")),
        "cost": (("cost",), ("造价", "费用", "投资", "成本", "地价"), ("price", "budget")),
        "capacity": (("capacity",), ("容量", "服务人口", "可服务人口", "服务能力")),
        "must": (("must",), ("必选", "必建", "必须"), ("mustinclude", "required")),
        "barred": (
            ("barred",),
            ("排除", "禁建", "禁止", "不可用"),
            ("mustexclude", "exclude", "excluded"),
        ),
        "area": (("area",), ("面积", "用地面积", "占地面积", "地块面积")),
    }
)
"""How the columns may be headed, in ranks; what stands in brackets does not count."""

_UNITS: Final = (
    (re.compile("平方公里|平方千米|km2|km²|sqkm", re.IGNORECASE), 1e6),
    (re.compile("公顷|(?<![a-z])(ha|hectares?)(?![a-z])", re.IGNORECASE), 1e4),
    (re.compile("亩|(?<![a-z])mu(?![a-z])", re.IGNORECASE), 2000 / 3),
    (re.compile("平方米|㎡|m2|m²|sqm", re.IGNORECASE), 1.0),
)
"""Units of area that a heading may name, and their square metres; without one, it counts these."""

_ASIDE: Final = re.compile(
    "|".join([BRACKETS.pattern, *(unit.pattern for unit, _ in _UNITS)]), re.IGNORECASE
)


@dataclass(frozen=True)
class Candidates:
    """Candidate sites as read.

    Attributes
    ----------
    places
        `CANDIDATE_COLUMNS` and points or polygons, in the CRS of the file: not yet projected.
    tally
        What was read, used, dropped and repaired.
    taken
        What was taken for what where the file left a choice.
    """

    places: gpd.GeoDataFrame
    tally: Tally
    taken: Mapping[str, str] = field(default_factory=dict)


def read_candidates(path: Path, options: LayerOptions | None = None) -> Candidates:
    """Read candidate sites from a vector file, or from a CSV or Excel table of points.

    Parameters
    ----------
    path
        The file.
    options
        What the planner says about it; columns not named are found by their headings.

    Returns
    -------
    Candidates
        An outline is measured on the ellipsoid; the size of a point is what its column says, in
        square metres unless the heading names ha, km2, 公顷 or 亩.

    Raises
    ------
    InputError
        If the file cannot be read or holds no candidate that can be used; if a candidate is both
        must and barred; or if one that must be taken would have to be left out.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "sites.csv")
    ...     lines = ["编号,lon,lat,造价,必选,面积(亩)", "A1,116.58,35.41,80,是,3"]
    ...     _ = file.write_text(chr(10).join(lines), "utf-8")
    ...     places = read_candidates(file).places
    >>> [places[column].item() for column in ("candidate", "cost", "must", "area_m2")]
    ['A1', 80.0, True, 2000.0]
    """
    options = options or LayerOptions()
    try:
        records = opened("candidates", path, options, frozenset({"id"}))
        wanted = records.table.index[_flag(records, "must")]
        sift(records, (POINT, POLYGON), "candidates")
        if len(records.table):
            _build(records)
        _refuse_lost(records, wanted)
        if len(records.table):
            _add_identity(records)
        return _counted(records)
    except InputError as error:
        raise error.at(path, "candidates") from None


def _build(records: Records) -> None:
    """Make the columns; drop candidates that cannot be used as they are."""
    dimension = shapely.get_dimensions(records.shapes)
    several = (dimension == POINT) & (shapely.get_num_geometries(records.shapes) > 1)
    records.drop(several, "several points in one candidate")
    names = records.column("name")
    records.built["name"] = None if names is None else as_text(names)
    for meaning in ("cost", "capacity"):
        _add_amount(records, meaning)
    for meaning in ("must", "barred"):
        records.built[meaning] = _flag(records, meaning)
    _add_area(records)
    both = records.built["must"] & records.built["barred"]
    if both.any():
        row = _row(records, records.built.index[both][0])
        raise InputError("is both must and barred", "keep one of them", row=row)


def _column(records: Records, meaning: str) -> pd.Series | None:
    """Give the column with a meaning, and remember what was taken for it."""
    heading = heading_for(list(records.table.columns), _HEADINGS[meaning])
    if heading is None:
        return None
    records.taken[meaning] = heading
    return records.table[heading]


def _flag(records: Records, meaning: str) -> pd.Series:
    """Give a column of yes and no; no where there is none."""
    cells = _column(records, meaning)
    return as_flag(pd.Series(None, records.table.index) if cells is None else cells)


def _add_amount(records: Records, meaning: str) -> None:
    """Read a column of numbers; nothing written means not known."""
    cells = _column(records, meaning)
    if cells is None:
        records.built[meaning] = np.nan
        return
    records.built[meaning] = as_number(cells)
    wrong = as_text(cells).notna() & records.built[meaning].isna()
    records.drop(wrong, f"{records.taken[meaning]} is not a number", tell=True)
    negative = records.built[meaning] < 0
    records.drop(negative, f"{records.taken[meaning]} is negative", tell=True)


def _add_area(records: Records) -> None:
    """Measure outlines; take the size of points from their column."""
    heading = heading_for(list(records.table.columns), _HEADINGS["area"], aside=_ASIDE)
    stated = pd.Series(np.nan, records.table.index)
    if heading is not None:
        size = as_number(records.table[heading]) * _unit_m2(heading)
        stated = size.where(size > 0)
    lonlat = gpd.GeoSeries(records.shapes, crs=records.crs).to_crs(4326).to_numpy()
    outline = shapely.get_dimensions(records.shapes) == POLYGON
    if heading is not None:
        both = f"the outline; {heading} for points" if outline.any() else heading
        records.taken["area_m2"] = "the outline" if outline.all() else both
    records.built["area_m2"] = np.where(outline, areas_m2(lonlat), stated)


def _unit_m2(heading: str) -> float:
    """Give the square metres of the unit that a heading names."""
    return next((size_m2 for unit, size_m2 in _UNITS if unit.search(heading)), 1.0)


def _add_identity(records: Records) -> None:
    """Give each candidate its id if the file has one for each, else its number in the file."""
    cells = records.column("id") if records.options.id else _column(records, "candidate")
    number = pd.Series(records.table.index.astype(str), records.table.index, dtype=object)
    if cells is None:
        records.built["candidate"] = number
        return
    given = as_text(cells)
    whole = records.built.assign(candidate=given, shape=shapely.to_wkb(records.shapes))
    records.built["candidate"] = given
    records.drop(whole.duplicated() & given.notna(), "the same candidate twice")
    given = records.built["candidate"]
    if given.isna().any() or given.duplicated().any():
        heading = records.taken.pop("id", None) or records.taken["candidate"]
        records.taken["candidate"] = f"row numbers ({heading} is not unique)"
        records.built["candidate"] = number[records.built.index]


def _refuse_lost(records: Records, wanted: pd.Index) -> None:
    """Raise if a candidate that must be taken was dropped."""
    lost = wanted.difference(records.table.index)
    if len(lost):
        reasons = "; ".join(reason for reason in records.dropped if reason != "empty row")
        wrong = f"must be taken, but cannot be used: {reasons}"
        raise InputError(wrong, "correct it, or take its must out", row=_row(records, lost[0]))


def _row(records: Records, record: int) -> int:
    """Give the row of a record as the program that shows the file counts."""
    return int(record) + (records.above or 0)


def _counted(records: Records) -> Candidates:
    """Put places and tally together; refuse a file of which nothing is left."""
    tally = Tally.count(len(records.table), dropped=records.dropped, repaired=records.repaired)
    if not tally.used:
        lost = Counter(records.dropped)
        lost.pop("empty row", None)
        if not lost:
            raise InputError("is empty", "give at least one candidate")
        reason, count = lost.most_common(1)[0]
        wrong = f"none of its {lost.total()} candidates can be used ({count}: {reason})"
        raise InputError(wrong, "repair the file")
    places = gpd.GeoDataFrame(records.built, geometry=records.shapes, crs=records.crs)
    places = places[[*CANDIDATE_COLUMNS, "geometry"]].reset_index(drop=True)
    return Candidates(places, tally, dict(records.taken))
