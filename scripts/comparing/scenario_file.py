"""A scenario file, TOML or drawn -> Scenarios: what would change, checked."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Final

import geopandas as gpd
import numpy as np
import shapely
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pyproj import CRS

from layers.changes import Written, change_from
from layers.drawn import Spot, placed, read_drawn
from layers.records import LayerOptions
from spatial.changes import Scenario
from spatial.crs import crs_from_text, require_metric
from spatial.errors import InputError
from spatial.spelling import meant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from layers.drawn import DrawnRow

_WAYS: Final = ("at", "wkt", "geojson", "file")
"""Keys that say where; a change has at most one of them."""

_SHORT: Final = 60  # characters of a value shown in a message


def _text(value: object) -> object:
    """Take whole numbers for text, too: ids are written as either."""
    return str(value) if type(value) is int else value


_Text = Annotated[str, BeforeValidator(_text)]
_Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]


class _Table(BaseModel):
    """A table of the file; an unknown key is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Change(_Table):
    """[[change]]: one measure."""

    do: str | None = None
    name: _Text | None = None
    category: str | None = None
    at: tuple[_Number, _Number] | None = None
    wkt: str | None = None
    geojson: dict[str, Any] | None = None
    file: str | None = None
    layer: str | None = None
    crs: _Text | None = None
    target: _Text | None = None
    people: _Number | None = None
    kind: str | None = None
    cost: _Number | None = None

    def said(self) -> dict[str, Any]:
        """What is written here, but for where; blanks are nothing."""
        keys = ("do", "name", "category", "target", "kind", "people", "cost")
        said = {key: getattr(self, key) for key in keys}
        return {key: value for key, value in said.items() if value not in (None, "")}


class _Part(_Table):
    """[[scenario]]: changes that belong together."""

    name: _Text
    change: tuple[_Change, ...] = ()


class _Document(_Table):
    name: _Text = ""
    change: tuple[_Change, ...] = ()
    scenario: tuple[_Part, ...] = ()


_INSIDE: Final[Mapping[str, type[_Table]]] = MappingProxyType(
    {"scenario": _Part, "change": _Change}
)
"""The tables that stand in lists."""

_TEXT: Final = "text in quotes"
_MEANT: Final = {
    "at": "two numbers, [longitude, latitude]",
    "people": "a number",
    "cost": "a number",
    "geojson": 'a table such as { type = "Point", coordinates = [116.59, 35.42] }',
    "change": "tables headed [[change]]",
    "scenario": "tables headed [[scenario]]",
}


def read_scenarios(path: Path, crs: CRS) -> list[Scenario]:
    """Read the scenarios of a TOML file, or of a file drawn in QGIS.

    Parameters
    ----------
    path
        ``.toml``, or whatever `layers.drawn.read_drawn` reads.
    crs
        The study's CRS, in metres; geometries come out in it.

    Returns
    -------
    list of Scenario
        In the order of the file; none without changes.

    Raises
    ------
    InputError
        At the first fault: a decision is never read in part.
    """
    crs = require_metric(crs)
    if not path.is_file():
        raise InputError("there is no such scenario", "check the path", file=path)
    if path.suffix.casefold() == ".toml":
        return _from_toml(path, crs)
    return _from_drawing(path, crs)


def require_inside(scenarios: Sequence[Scenario], area: BaseGeometry, crs: CRS) -> None:
    """Check that every change touches an area: the study's, with as much around as matters.

    Parameters
    ----------
    scenarios
        With geometries in `crs`.
    area
        Polygon in `crs`.
    crs
        The study's CRS, in metres.

    Raises
    ------
    InputError
        Of the first change outside: how far, or that longitude and latitude are swapped.
    """
    shapely.prepare(area)
    for scenario in scenarios:
        for change in scenario.changes:
            shape = change.geometry
            if shape is None or shapely.intersects(area, shape):
                continue
            if _fits_swapped(shape, area, crs):
                wrong = "lies in the study area only if longitude and latitude are swapped"
                raise InputError(wrong, "write the longitude first", file=change.where)
            far_km = shapely.distance(area, shape) / 1000
            wrong = f"lies {far_km:,.1f} km outside the study area"
            remedy = "check its coordinates and their CRS"
            raise InputError(wrong, remedy, file=change.where)


def _fits_swapped(shape: BaseGeometry, area: BaseGeometry, crs: CRS) -> bool:
    """Say whether a shape lies in an area once its longitude and latitude are swapped."""
    degrees = gpd.GeoSeries([shape], crs=crs).to_crs(4326).iloc[0]
    swapped = shapely.transform(degrees, lambda xy: xy[:, ::-1])
    moved = gpd.GeoSeries([swapped], crs=4326).to_crs(crs).iloc[0]
    finite = np.isfinite(shapely.get_coordinates(moved)).all()
    return bool(finite and shapely.intersects(area, moved))


def _from_drawing(path: Path, crs: CRS) -> list[Scenario]:
    """Make a scenario of each name in the column for it, or one of the whole file."""
    rows = read_drawn(path, crs)
    names = list(dict.fromkeys(row.said.get("scenario") for row in rows))
    if len(names) > 1 and None in names:
        nameless = next(row for row in rows if "scenario" not in row.said)
        wrong = "names no scenario, but other rows do"
        raise nameless.spot.fault(wrong, "fill in the scenario, or leave it empty in all rows")
    scenarios = []
    for name in names:
        mine = [row for row in rows if row.said.get("scenario") == name]
        changes = [change_from(_drawn(row, at)) for at, row in enumerate(mine, start=1)]
        scenarios.append(Scenario(name or path.stem, tuple(changes)))
    return scenarios


def _drawn(row: DrawnRow, number: int) -> Written:
    """Take a drawn row as a change."""
    said: dict[str, Any] = {key: text for key, text in row.said.items() if key != "scenario"}
    return Written(row.spot, number, geometry=row.shape, **said)


def _from_toml(path: Path, crs: CRS) -> list[Scenario]:
    """Make scenarios of the tables of a TOML file."""
    document = _document(path)
    if document.scenario and document.change:
        wrong = "has both [[change]] and [[scenario]]"
        raise InputError(wrong, "write each change as [[scenario.change]]", file=path)
    single = _Part(name=document.name or path.stem, change=document.change)
    parts = document.scenario or (single,)
    names = [part.name for part in parts]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        wrong = f"has two scenarios called {twice!r}"
        raise InputError(wrong, "give each a name of its own", file=path)
    scenarios = []
    for index, part in enumerate(parts, start=1):
        where = f"scenario {index}" if document.scenario else None
        if not part.change:
            table = "[[scenario.change]]" if document.scenario else "[[change]]"
            wrong = "holds no change"
            raise InputError(wrong, f"add {table} with do = ...", file=path, layer=where)
        written: list[Written] = []
        for number, change in enumerate(part.change, start=1):
            spot = Spot(path, ", ".join(filter(None, (where, f"change {number}"))))
            written += _written(change, spot, crs, len(written) + 1)
        scenarios.append(Scenario(part.name, tuple(map(change_from, written))))
    return scenarios


def _document(path: Path) -> _Document:
    """Read a TOML file's tables, before anything in them is looked up."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError("is not in UTF-8", "save it as UTF-8", file=path) from None
    except OSError as error:
        raise InputError(f"cannot be read ({error})", "check the file", file=path) from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"is no valid TOML: {error}", "correct that line", file=path) from None
    except RecursionError:
        wrong = "nests brackets without end"
        raise InputError(wrong, "write it anew, or correct that line", file=path) from None
    try:
        return _Document.model_validate(table)
    except ValidationError as error:
        raise _first_fault(error, table, path) from None


def _first_fault(error: ValidationError, table: Any, path: Path) -> InputError:  # noqa: ANN401
    """Say the first fault in words, and how many more there are; `table` is what was read."""
    fault, *others = error.errors()
    loc, where = list(fault["loc"]), []
    model: type[_Table] = _Document
    while len(loc) > 1 and isinstance(loc[1], int):
        within, number, *loc = loc
        if within not in _INSIDE:
            loc = [within]  # a value inside a list, such as one of the numbers of `at`
            break
        table, model = table[within][number], _INSIDE[str(within)]
        where.append(f"{within} {int(number) + 1}")
    layer = ", ".join(where) or None
    if not loc:
        kind = where[-1].split()[0]
        return InputError("is no table", f"write [[{kind}]] above it", file=path, layer=layer)
    key = str(loc[0])
    if fault["type"] == "extra_forbidden":
        near, known = meant(key, model.model_fields), ", ".join(model.model_fields)
        wrong = f"{key} is an unknown key"
        remedy = f"did you mean {near}?" if near else f"known keys are {known}"
    elif key not in table:
        wrong, remedy = f"has no {key}", f"give {key} = ..."
    else:
        shown = repr(table[key])
        shown = shown if len(shown) <= _SHORT else f"{shown[:_SHORT]}…"
        wrong, remedy = f"{key} = {shown} is no use", f"write {_MEANT.get(key, _TEXT)}"
    if others:
        wrong = f"{wrong} (and {len(others)} more)"
    return InputError(wrong, remedy, file=path, layer=layer)


def _written(change: _Change, spot: Spot, crs: CRS, number: int) -> list[Written]:
    """Take a table as a change, or as one for each feature of the file it names."""
    ways = [key for key in _WAYS if getattr(change, key) is not None]
    if len(ways) > 1:
        raise spot.fault(f"says where by {' and by '.join(ways)}", "keep one of them")
    if change.layer is not None and change.file is None:
        raise spot.fault("layer means nothing without file", "take it out")
    said = change.said()
    try:
        own = crs_from_text(change.crs) if change.crs is not None else CRS(4326)
    except InputError as error:
        raise spot.fault(error.wrong, error.remedy) from None
    if change.file is not None:
        return _of_file(change, spot, crs, number)
    if "do" not in said:
        raise spot.fault("does not say what to do", "give do = ...")
    if not ways:
        if change.crs is not None:
            raise spot.fault("crs means nothing without a place", "take it out")
        return [Written(spot, number, **said)]
    shape = placed(_shape(change, spot), own, crs, spot)
    return [Written(spot, number, geometry=shape, **said)]


def _of_file(change: _Change, spot: Spot, crs: CRS, number: int) -> list[Written]:
    """Make a change of each feature of a file; what the table says goes before its columns."""
    said = change.said()
    path = Path(spot.file).parent / str(change.file)
    if not path.is_file():
        wrong = f"file {change.file!r} is not there"
        raise spot.fault(wrong, "check the path; it counts from the folder of the scenario")
    part = f"{spot.layer}, {change.file}"
    try:
        rows = read_drawn(path, crs, LayerOptions(layer=change.layer, crs=change.crs))
    except InputError as error:
        where = ", ".join(filter(None, (part, error.layer)))
        raise InputError(
            error.wrong, error.remedy, file=spot.file, layer=where, row=error.row
        ) from None
    once = next((key for key in ("people", "cost", "target") if key in said), None)
    if once and len(rows) > 1:
        wrong = f"{once} stands for {len(rows)} features of {change.file}: for each, or for all?"
        raise spot.fault(wrong, f"give the file a column {once}")
    written = []
    for at, row in enumerate(rows, start=number):
        table = ", ".join(filter(None, (part, row.spot.layer)))
        drawn = {key: text for key, text in row.said.items() if key != "scenario"}
        place = Spot(spot.file, table, row.spot.row)
        written.append(Written(place, at, geometry=row.shape, **(drawn | said)))
    return written


def _shape(change: _Change, spot: Spot) -> BaseGeometry:
    """Make the shape that a table writes down."""
    if change.at is not None:
        return shapely.Point(change.at)
    try:
        if change.wkt is not None:
            return shapely.from_wkt(change.wkt)
        return shapely.from_geojson(json.dumps(change.geojson, default=str))
    except shapely.errors.GEOSException:
        if change.wkt is not None:
            raise spot.fault(
                "wkt is no shape", 'write for instance "POINT (116.59 35.42)"'
            ) from None
        raise spot.fault("geojson is no shape", f"write {_MEANT['geojson']}") from None
