"""What a designer drew, in QGIS or by hand: each feature a row of words with a shape.

A drawing is a decision, not data: nothing in it is repaired or left out. Each fault stops the
reading with one line that says where it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path  # noqa: TC003  doctests and dataclasses show it
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyproj
import shapely

from layers.cells import as_text
from layers.files.formats import opened
from layers.files.gdal import table_names
from layers.meaning import listed, normalised
from layers.records import LayerOptions, crs_name
from layers.seeming import require
from layers.sifting import LINE, POINT, POLYGON
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from layers.records import Records

HEADINGS: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = MappingProxyType(
    {
        "do": (("do",), ("动作", "操作", "action", "verb")),
        "scenario": (("scenario",), ("方案", "方案名称", "scheme")),
        "name": (
            ("name",),
            ("名称", "措施名称"),
            ("设施名称", "公园名称", "站点名称", "道路名称", "名字", "站名", "路名", "title"),
        ),
        "category": (("category",), ("类别", "设施类别"), ("类型", "设施类型", "type", "class")),
        "target": (("target",), ("对象", "目标", "对象名称", "对象编号")),
        "people": (("people",), ("人口", "人数", "居民"), ("population", "pop", "residents")),
        "cost": (("cost",), ("造价", "费用", "投资", "成本"), ("price", "budget")),
        "kind": (("kind",), ("形式", "道路形式", "道路类型")),
    }
)
"""How the columns of a drawing may be headed, normalised, in ranks: the first rank goes first."""

SHAPES: Final = MappingProxyType({POINT: "point", LINE: "line", POLYGON: "polygon"})

BRACKETS: Final = re.compile(r"[（(\[].*?[)）\]]")
"""What a heading says aside: the unit of a cost, say."""

_DEGREES: Final = np.array([180.0, 90.0, 180.0, 90.0])  # the bounds of the Earth, x y x y


@dataclass(frozen=True)
class Spot:
    """Where in somebody's files something stands: file, part of it, row.

    Examples
    --------
    >>> str(Spot("scenario.toml", "change 2")), str(Spot("a.gpkg", "lines", 3))
    ('scenario.toml, change 2', 'a.gpkg, lines, row 3')
    """

    file: Path | str
    layer: str | None = None
    row: int | None = None

    def __str__(self) -> str:
        """Give the place as messages say it."""
        row = None if self.row is None else f"row {self.row}"
        return ", ".join(str(part) for part in (self.file, self.layer, row) if part is not None)

    def fault(self, wrong: str, remedy: str) -> InputError:
        """Give an error that says what is wrong here."""
        return InputError(wrong, remedy, file=self.file, layer=self.layer, row=self.row)


@dataclass(frozen=True)
class DrawnRow:
    """One feature: where it stands in the file, its shape, and what its columns say.

    Attributes
    ----------
    spot
        File, table and row.
    shape
        In the CRS that was asked for; None where nothing is drawn.
    said
        Text by meaning, a key of `HEADINGS`; empty cells are not in it.
    """

    spot: Spot
    shape: BaseGeometry | None
    said: Mapping[str, str] = field(default_factory=dict)


def read_drawn(path: Path, crs: CRS, options: LayerOptions | None = None) -> list[DrawnRow]:
    """Read every feature of a GeoPackage (all its tables), GeoJSON, Shapefile or table of points.

    Parameters
    ----------
    path
        The file.
    crs
        What to give the shapes in.
    options
        What the designer says about the file; `layer` names one table of a GeoPackage.

    Returns
    -------
    list of DrawnRow
        In the order of the file; never empty.

    Raises
    ------
    InputError
        If the file cannot be read, has no CRS or no feature, two columns of one meaning, or a
        shape that lies nowhere on Earth or crosses itself.
    """
    rows = []
    for table in _tables(path, options or LayerOptions()):
        try:
            rows += _rows(path, table, crs)
        except InputError as error:
            where = error.layer or table.layer
            raise InputError(
                error.wrong, error.remedy, file=path, layer=where, row=error.row
            ) from None
    if not rows:
        raise InputError("holds nothing", "draw at least one feature", file=path)
    return rows


def heading_for(
    headings: Sequence[str], ranks: Iterable[Sequence[str]], *, aside: re.Pattern[str] = BRACKETS
) -> str | None:
    """Find the column headed with one of some words; what is said aside does not count.

    Raises
    ------
    InputError
        If several columns of the same rank would do.

    Examples
    --------
    >>> heading_for(["fid", "造价（万元）", "cost"], HEADINGS["cost"])
    'cost'
    >>> heading_for(["fid", "造价（万元）"], HEADINGS["cost"])
    '造价（万元）'
    """
    plain = [normalised(aside.sub("", heading)) for heading in headings]
    for rank in ranks:
        found = [heading for heading, text in zip(headings, plain, strict=True) if text in rank]
        if len(found) > 1:
            wrong = f"has several columns that mean the same: {listed(found)}"
            raise InputError(wrong, "keep one of them")
        if found:
            return found[0]
    return None


def placed(shape: BaseGeometry, own: CRS, crs: CRS, spot: Spot) -> BaseGeometry:
    """Check that a shape can be drawn and lies on Earth, and project it.

    Parameters
    ----------
    shape
        As drawn, x = longitude or easting first.
    own, crs
        The CRS it is in, and the one to give it in.
    spot
        Where it stands, for messages.

    Returns
    -------
    BaseGeometry
        Without heights; a shape of several parts that has one is that part.

    Raises
    ------
    InputError
        If it is empty, has no length or area, crosses itself, or its coordinates are no place
        on Earth: then it says whether longitude and latitude were swapped.

    Examples
    --------
    >>> from pyproj import CRS
    >>> home = shapely.Point(116.59, 35.42)
    >>> round(placed(home, CRS(4326), CRS(4548), Spot("a.toml")).x)
    462764
    """
    shape = shapely.force_2d(shape)
    while shapely.get_num_geometries(shape) == 1 and hasattr(shape, "geoms"):
        shape = shape.geoms[0]
    if shape.geom_type == "LinearRing":
        shape = shapely.LineString(shape)
    _refuse(shape, own, spot)
    moved = shapely.transform(shape, _turn(own, crs).transform, interleaved=False)
    if not np.isfinite(shapely.get_coordinates(moved)).all():
        x, y = shapely.get_coordinates(shape)[0]
        wrong = f"coordinates such as {x:.9g}, {y:.9g} lie nowhere near the study area"
        raise spot.fault(wrong, "check the coordinates and their CRS")
    return moved


@cache
def _turn(own: CRS, crs: CRS) -> pyproj.Transformer:
    """Make the projection once, not for each shape."""
    return pyproj.Transformer.from_crs(own, crs, always_xy=True)


def _tables(path: Path, options: LayerOptions) -> list[LayerOptions]:
    """Say how to read each table of a file: a GeoPackage has one for each kind of shape."""
    if path.suffix.casefold() != ".gpkg" or options.layer or not path.is_file():
        return [options]
    try:
        require(path, "a GeoPackage")
        tables = table_names(path)
    except InputError as fault:
        raise InputError(fault.wrong, fault.remedy, file=path) from None
    # QGIS keeps its styles and projects in tables without shapes.
    shaped = [name for name, has_shapes in tables if has_shapes]
    return [replace(options, layer=name) for name in shaped] or [options]


def _rows(path: Path, options: LayerOptions, crs: CRS) -> list[DrawnRow]:
    """Read one table, row by row."""
    records = opened("drawn", path, options, frozenset())
    lost = {reason: count for reason, count in records.dropped.items() if reason != "empty row"}
    for reason, count in lost.items():
        wrong = f"{count} of its rows cannot be read: {reason}"
        raise InputError(wrong, "correct them, or take them out")
    said = _said(records)
    rows = []
    for at, record in enumerate(records.table.index):
        spot = Spot(path, options.layer, int(record) + (records.above or 0))
        shape = records.shapes[at]
        if shape is not None:
            shape = placed(shape, records.crs, crs, spot)
        cells = {key: column[at] for key, column in said.items() if column[at] is not None}
        rows.append(DrawnRow(spot, shape, cells))
    return rows


def _said(records: Records) -> dict[str, list[Any]]:
    """Give the cells of each meaning as text, None where nothing is written."""
    headings = list(records.table.columns)
    found = {meaning: heading_for(headings, ranks) for meaning, ranks in HEADINGS.items()}
    return {
        meaning: as_text(records.table[heading]).tolist()
        for meaning, heading in found.items()
        if heading is not None
    }


def _refuse(shape: BaseGeometry, own: CRS, spot: Spot) -> None:
    """Raise what is wrong with a shape, if anything is."""
    coordinates = shapely.get_coordinates(shape)
    if not len(coordinates):
        raise spot.fault("has an empty shape", "draw it, or take the row out")
    if not np.isfinite(coordinates).all():
        raise spot.fault("has coordinates that are not finite", "draw it anew")
    if own.is_geographic:
        _refuse_beyond_earth(shapely.bounds(shape), own, spot)
    dimension = shapely.get_dimensions(shape)
    if shape.geom_type == "GeometryCollection":
        raise spot.fault("mixes points, lines and areas in one shape", "make each a row of its own")
    if dimension == LINE and shape.length == 0:
        raise spot.fault("has a line without length", "draw it anew")
    if dimension == POLYGON and not shapely.is_valid(shape):
        reason = shapely.is_valid_reason(shape).split("[")[0].casefold()
        wrong = f"has an outline that is not valid ({reason})"
        raise spot.fault(wrong, "redraw it, or mend it with 'Fix geometries' in QGIS")


def _refuse_beyond_earth(bounds: Any, own: CRS, spot: Spot) -> None:  # noqa: ANN401  numpy array
    """Raise if coordinates are no degrees: swapped, or metres."""
    if not (np.abs(bounds) > _DEGREES).any():
        return
    x, y = bounds[:2]
    if (np.abs(bounds) <= _DEGREES[[1, 0, 3, 2]]).all():
        wrong = f"has longitude and latitude swapped: {y:.9g} is the longitude, not {x:.9g}"
        raise spot.fault(wrong, "write the longitude first")
    wrong = f"has coordinates such as {x:.9g}, {y:.9g}, which are no degrees, in {crs_name(own)}"
    raise spot.fault(wrong, 'give the CRS that they are in, for instance "EPSG:4548"')
