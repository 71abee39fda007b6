"""Any file of a planner's, opened by its suffix into records with a shape and a CRS.

A new format is one entry in `_FORMATS`.
"""

from __future__ import annotations

import codecs
import re
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from layers.meaning import layer_candidates, listed, normalised
from layers.records import (
    CONVERT,
    DATUMS,
    LayerOptions,
    Records,
    crs_name,
    declared_crs,
    only_one,
    unreadable,
)
from layers.tables import from_points, open_csv, open_excel
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

_SHIFTED_DATUMS: Final = frozenset({"gcj02", "bd09"})
# pyogrio raises the last for a .prj that is no text.
_VECTOR_FAULTS: Final = (
    *(DataSourceError, DataLayerError, shapely.errors.ShapelyError, UnboundLocalError),
)


def opened(layer: str, path: Path, options: LayerOptions, allowed: frozenset[str]) -> Records:
    """Open a file by its suffix; `allowed` are the options of columns that the layer has."""
    if path.is_dir():
        wrong = "is a folder"
        raise InputError(wrong, "name the file in it")
    if not path.is_file():
        wrong = "is not there"
        raise InputError(wrong, "check the path; it counts from the folder of the plan")
    form = _FORMATS.get(path.suffix.casefold())
    if form is None:
        wrong = f"is of a kind that is not read ({path.suffix or 'no suffix'})"
        raise InputError(wrong, f"save it as one of {', '.join(_FORMATS)}")
    _check_options(options, path.suffix, form.options | allowed)
    return form.open(layer, path, options)


def _check_options(options: LayerOptions, suffix: str, allowed: frozenset[str]) -> None:
    """Refuse options that would be ignored."""
    given = {item.name for item in fields(options) if getattr(options, item.name) is not None}
    idle = sorted(given - allowed - {"x", "y", "crs", "name", "datum"})
    if idle:
        wrong = f"option {idle[0]} says nothing about this layer in a {suffix} file"
        raise InputError(wrong, "take it out")
    datum = normalised(options.datum or "wgs84")
    if datum in _SHIFTED_DATUMS:
        wrong = f"datum {options.datum!r} is not supported yet"
        raise InputError(wrong, CONVERT)
    if datum not in DATUMS:
        wrong = f"datum {options.datum!r} is not known"
        raise InputError(wrong, f"write one of {', '.join(DATUMS)}")
    if options.encoding is not None and codec(options.encoding) is None:
        wrong = f"encoding {options.encoding!r} is not known"
        raise InputError(wrong, "write for instance utf-8 or gb18030")


def codec(name: str) -> str | None:
    """Give Python's name of an encoding, or of a code page such as 936."""
    for text in (name, f"cp{''.join(re.findall('[0-9]+', name))}"):
        try:
            return codecs.lookup(text.strip()).name
        except (LookupError, ValueError):  # the latter for a name with a null in it
            continue
    return None


def _open_geopackage(layer: str, path: Path, options: LayerOptions) -> Records:
    """Open the table of a GeoPackage that holds the layer."""
    with _gdal_faults():
        tables = pyogrio.list_layers(path)
    # QGIS keeps its styles in a table of the file.
    shaped = [name for name, kind in tables if kind is not None]
    names = shaped or [name for name, _ in tables if name != "layer_styles"]
    name = options.layer or only_one(names, layer_candidates(names, layer), "layer")
    if name not in names:
        wrong = f"has no layer {name!r}"
        raise InputError(wrong, f"its layers are {listed(names)}")
    try:
        records = _from_vector(*_read_vector(path, layer=name), options)
    except UnicodeDecodeError as error:
        raise unreadable(error) from None
    if len(names) > 1:
        records.taken["layer"] = name
    return records


def _open_geojson(layer: str, path: Path, options: LayerOptions) -> Records:
    """Open a GeoJSON file; the standard says UTF-8, not everybody does."""
    del layer
    return _decoded(path, options, ["utf-8", "gb18030"])


def _open_shapefile(layer: str, path: Path, options: LayerOptions) -> Records:
    """Open a Shapefile; its text is in the encoding of the .cpg, else UTF-8, else GB 18030."""
    del layer
    pages = _companions(path, ".cpg")
    stated = [codec(page.read_text("ascii", "replace")) for page in pages]
    guesses = dict.fromkeys([*filter(None, stated), "utf-8", "gb18030"])
    records = _decoded(path, options, list(guesses))
    # The .shx holds 100 bytes, then 8 for each shape; GDAL passes shapes without record in silence.
    for index in _companions(path, ".shx")[:1]:
        lost = (index.stat().st_size - 100) // 8 - len(records.table)
        if lost > 0:
            records.dropped["deleted or missing in the .dbf"] += lost
    return records


def _companions(path: Path, suffix: str) -> list[Path]:
    """Give the file beside a Shapefile that has a suffix, in small or capital letters."""
    beside = [path.with_suffix(suffix), path.with_suffix(suffix.upper())]
    return [file for file in beside if file.is_file()]


def _decoded(path: Path, options: LayerOptions, guesses: Sequence[str]) -> Records:
    """Read a vector file in the encoding that was named, or the first that fits its text."""
    # GDAL knows the names that Python gives, not all that Python takes.
    said = codec(options.encoding) if options.encoding else None
    encodings = [said] if said else guesses
    for encoding in encodings:
        try:
            read = _read_vector(path, encoding=encoding)
        except UnicodeDecodeError:
            continue
        records = _from_vector(*read, options)
        records.taken["encoding"] = encoding
        return records
    wrong = f"its text is not in {' or '.join(encodings)}"
    raise InputError(wrong, "say encoding = ..., or save it as GeoPackage")


def _read_vector(
    path: Path, *, layer: str | None = None, encoding: str | None = None
) -> tuple[pd.DataFrame, int]:
    """Read a vector file; give also the number of open rings that were closed."""

    def read(way: str) -> pd.DataFrame:
        return pyogrio.read_dataframe(path, layer=layer, encoding=encoding, on_invalid=way)

    with _gdal_faults():
        frame = read("ignore")
        missing = _missing(frame)
        if missing:
            frame = read("fix")
    return frame, missing - _missing(frame)


@contextmanager
def _gdal_faults() -> Iterator[None]:
    """Say what GDAL says of a file that it cannot read."""
    try:
        with warnings.catch_warnings():
            # It warns of faults in single shapes, too: they are looked for and counted afterwards.
            warnings.simplefilter("ignore", RuntimeWarning)
            yield
    except _VECTOR_FAULTS as error:
        raise unreadable(error) from None


def _missing(frame: pd.DataFrame) -> int:
    return int(frame.geometry.isna().sum()) if isinstance(frame, gpd.GeoDataFrame) else 0


def _from_vector(frame: pd.DataFrame, closed: int, options: LayerOptions) -> Records:
    """Make records of features that have shapes, or of rows that have coordinates."""
    frame = frame.set_axis(pd.RangeIndex(1, len(frame) + 1))
    if not isinstance(frame, gpd.GeoDataFrame):
        return from_points(frame, options)
    if options.x or options.y:
        wrong = "has shapes of its own, so that x and y say nothing"
        raise InputError(wrong, "take them out")
    own = frame.crs
    if own is not None and own.name.casefold().startswith("undefined"):
        own = None  # GeoPackage's way of saying so
    crs = declared_crs(options) if options.crs or own is None else own
    if crs is None:
        wrong = "has no CRS"
        raise InputError(wrong, 'say crs = "EPSG:4326" if degrees, else for instance "EPSG:4548"')
    if not (crs.is_geographic or crs.is_projected):
        wrong = f"its CRS {crs.name!r} does not say where on Earth a place lies"
        raise InputError(wrong, "say crs = ...")
    shapes = frame.geometry.to_numpy()
    records = Records(options, pd.DataFrame(frame.drop(columns=frame.geometry.name)), shapes, crs)
    other = f" (the file says {crs_name(own)})" if own is not None and own != crs else ""
    records.taken["crs"] = crs_name(crs) + other
    records.repair(np.ones(closed, dtype=bool), "open ring closed")
    return records


@dataclass(frozen=True)
class _Format:
    """How a file is opened, and the options that only such a file has."""

    open: Callable[[str, Path, LayerOptions], Records]
    options: frozenset[str] = frozenset()


_CSV: Final = _Format(open_csv, frozenset({"encoding"}))
_GEOJSON: Final = _Format(_open_geojson, frozenset({"encoding"}))
_EXCEL: Final = _Format(open_excel, frozenset({"sheet"}))

_FORMATS: Final[Mapping[str, _Format]] = MappingProxyType(
    {
        ".gpkg": _Format(_open_geopackage, frozenset({"layer"})),
        ".geojson": _GEOJSON,
        ".json": _GEOJSON,
        ".shp": _Format(_open_shapefile, frozenset({"encoding"})),
        ".csv": _CSV,
        ".tsv": _CSV,
        ".xlsx": _EXCEL,
        ".xlsm": _EXCEL,
    }
)
