"""GeoJSON, as the standard has it and as people write it.

It is read here and not by GDAL, which passes elements that are no features in silence, takes a
CRS that it does not know for WGS 84, and follows other kinds of JSON to addresses in them.
"""

from __future__ import annotations

import codecs
import gc
import json
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from pyproj import CRS

from layers.encodings import codec
from layers.files.nested import DEPTHS, shapes_of
from layers.files.source import Source
from layers.meaning import foreign_datum
from layers.seeming import require
from spatial.crs import crs_from_text
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from layers.records import LayerOptions, Records

_SHAPES: Final = frozenset({*DEPTHS, "GeometryCollection"})
# What an element of a list can be; a feature may fail to say that it is one.
_NOTHING, _FEATURE, _UNTYPED, _BARE, _ROW = range(5)
_MOST_COLUMNS: Final = 2_000
_BY_LINES: Final = frozenset({".geojsonl", ".geojsons", ".ndjson"})
_CRS84: Final = re.compile(r".*\bCRS:?84", re.IGNORECASE)
_HALF_LETTER: Final = re.compile(r"\\u(d[89a-f]|0000)", re.IGNORECASE)
_SAVE_ANEW: Final = "save it anew from the program that made it"


def open_geojson(layer: str, path: Path, options: LayerOptions) -> Records:
    """Open a GeoJSON file; the standard says UTF-8, not everybody does."""
    del layer
    require(path, "JSON")
    text, encoding = _decoded(path.read_bytes(), options.encoding)
    with _at_rest():
        elements, crs, taken = _elements(text, by_lines=path.suffix.casefold() in _BY_LINES)
        clean = not _HALF_LETTER.search(text)
        del text  # as large as the file
        source = _source(elements, clean=clean)
    source.taken |= {"encoding": encoding, **taken}
    source.crs = _crs(crs, options)
    return source.records(options)


@contextmanager
def _at_rest() -> Iterator[None]:
    """Let Python not look for rubbish while millions of lists are made: it would find none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _decoded(content: bytes, said: str | None) -> tuple[str, str]:
    """Decode the text, and say in which encoding."""
    known = codec(said) if said else None
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encodings = [known] if known else ["utf-16"] if wide else ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding).removeprefix("\ufeff"), encoding
        except UnicodeDecodeError:
            continue
    wrong = f"its text is not in {' or '.join(encodings)}"
    raise InputError(wrong, "say encoding = ..., or save it as GeoPackage")


def _elements(text: str, *, by_lines: bool) -> tuple[list[Any], Any, dict[str, str]]:
    """Give what the file lists, its member ``crs``, and how it was taken."""
    if by_lines or text.startswith("\x1e"):
        return _lines(text), None, {}
    try:
        whole = _parsed(text)
    except json.JSONDecodeError as error:
        lines = text.splitlines()
        if error.msg == "Extra data" and len(lines) > 1 and error.pos <= len(lines[0]) + 1:
            return _lines(text), None, {"form": "one feature a line"}
        wrong = f"cannot be read (no JSON: {error.msg}, line {error.lineno})"
        raise InputError(wrong, _SAVE_ANEW) from None
    if isinstance(whole, list):
        return whole, None, {"form": "a list of features"}
    return *_members(whole), {}


def _lines(text: str) -> list[Any]:
    """Give one element a line; what is no JSON is an element that is no feature."""

    def parsed(line: str) -> object:
        try:
            return _parsed(line)
        except json.JSONDecodeError:
            return None

    lines = (line.strip("\x1e \t\r") for line in text.split("\n"))
    found = [parsed(line) for line in lines if line]
    if not any(isinstance(one, dict) and "features" not in one for one in found):
        wrong = "cannot be read (no line of it is a feature)"
        raise InputError(wrong, _SAVE_ANEW)
    return found


def _parsed(text: str) -> Any:  # noqa: ANN401  JSON holds anything
    """Parse JSON, however long its numbers are."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except RecursionError:
        wrong = "cannot be read (its brackets are nested too deeply)"
        raise InputError(wrong, _SAVE_ANEW) from None
    except ValueError:  # a whole number of thousands of digits
        return json.loads(text, parse_int=float)


def _members(whole: Any) -> tuple[list[Any], Any]:  # noqa: ANN401  JSON holds anything
    """Give the features of an object, and its member ``crs``."""
    kind = _kind(whole)
    if kind == "Feature" or kind in _SHAPES:
        return [whole], whole.get("crs")
    features = whole.get("features") if isinstance(whole, dict) else None
    esri = isinstance(whole, dict) and ("geometryType" in whole or "spatialReference" in whole)
    if isinstance(features, list) and not esri:
        return features, whole.get("crs")
    what = "JSON of some other kind"
    if esri:
        what = "Esri's JSON"
    elif kind == "Topology":
        what = "TopoJSON"
    elif isinstance(whole, dict) and "elements" in whole:
        what = "an answer of OpenStreetMap's Overpass"
    wrong = f"cannot be read (it seems to be {what}, not GeoJSON)"
    raise InputError(wrong, "save it as GeoJSON, from QGIS for instance")


def _source(elements: list[Any], *, clean: bool) -> Source:
    """Make a table of features; elements that are none are counted."""
    sort = np.array([_sort(one) for one in elements], dtype=np.int8)
    if len(elements) and (sort == _ROW).all():
        return Source(_table(elements, clean=clean), None)  # each with its coordinates, perhaps
    shapes = [_shape(one, of) for one, of in zip(elements, sort, strict=True)]
    rows = [
        _row(one) if of in (_FEATURE, _UNTYPED) else {}
        for one, of in zip(elements, sort, strict=True)
    ]
    built = shapes_of(shapes)
    unknown = [one is not None and _kind(one) not in _SHAPES for one in shapes]
    return Source(
        _table(rows, clean=clean),
        built.shapes,
        dropped={
            "no feature": np.isin(sort, [_NOTHING, _ROW]),
            "geometry of a kind that is not known": np.array(unknown, dtype=bool),
        },
        repaired={
            "open ring closed": built.closed,
            "coordinates written as text": built.worded,
            "feature that does not say so": sort == _UNTYPED,
        },
    )


def _sort(element: Any) -> int:  # noqa: ANN401  JSON holds anything
    """Say what an element of a list is."""
    if not isinstance(element, dict):
        return _NOTHING
    if "geometry" in element or "properties" in element:
        return _FEATURE if element.get("type") == "Feature" else _UNTYPED
    return _BARE if _kind(element) in _SHAPES else _ROW


def _shape(element: Any, sort: int) -> Any:  # noqa: ANN401  JSON holds anything
    """Give the geometry of an element, if it has one."""
    if sort == _BARE:
        return element
    return element.get("geometry") if sort in (_FEATURE, _UNTYPED) else None


def _kind(element: Any) -> str | None:  # noqa: ANN401  JSON holds anything
    kind = element.get("type") if isinstance(element, dict) else None
    return kind if isinstance(kind, str) else None


def _row(feature: dict[str, Any]) -> dict[str, Any]:
    """Give the cells of a feature; its own id is one of them if it is no mere number."""
    said = feature.get("properties")
    cells = said if isinstance(said, dict) else {}
    own = feature.get("id")
    if isinstance(own, str) and "id" not in cells and not own.isdecimal():
        return {"id": own, **cells}
    return cells


def _table(rows: list[dict[str, Any]], *, clean: bool) -> pd.DataFrame:
    """Lay cells out in columns; lists and objects in cells become text."""
    if not clean:
        rows = [{_whole(name): _whole(cell) for name, cell in row.items()} for row in rows]
    names = dict.fromkeys(name for row in rows for name in row)
    if len(names) > _MOST_COLUMNS:
        wrong = f"has {len(names)} columns, more than {_MOST_COLUMNS}"
        raise InputError(wrong, "leave out those that are not needed")
    table = pd.DataFrame(rows, index=pd.RangeIndex(len(rows)), columns=list(names))
    for name in names:
        if table[name].dtype == object and set(map(type, table[name])) & {list, dict}:
            table[name] = table[name].map(_told)
    return table


def _told(cell: Any) -> Any:  # noqa: ANN401  JSON holds anything
    """Give a list or an object as the text it was."""
    return json.dumps(cell, ensure_ascii=False) if isinstance(cell, (list, dict)) else cell


def _whole(cell: Any) -> Any:  # noqa: ANN401  JSON holds anything
    """Put a question mark in the place of half a letter, which no file can hold; drop nulls."""
    text = _told(cell)
    if not isinstance(text, str):
        return text
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def _crs(member: Any, options: LayerOptions) -> CRS | None:  # noqa: ANN401  JSON holds anything
    """Read the member ``crs`` of the older standard; without one, degrees of WGS 84."""
    if options.crs is not None or not member:
        return CRS.from_epsg(4326)
    inside = member.get("properties") if isinstance(member, dict) else None
    said = member
    if isinstance(inside, dict):
        said = inside.get("name", inside.get("code"))
    if not isinstance(said, (str, int)):
        wrong = "has a member crs that does not name a CRS"
        raise InputError(wrong, 'say crs = "EPSG:4326" if degrees, else for instance "EPSG:4548"')
    shift_is_said = options.datum is not None and foreign_datum(str(said)) is not None
    if _CRS84.match(str(said)) or shift_is_said:
        return CRS.from_epsg(4326)
    return crs_from_text(str(said))
