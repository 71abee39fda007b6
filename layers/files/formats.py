"""Any file of a planner's, opened by its suffix into records with a shape and a CRS.

A new format is one entry in `_FORMATS`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from pyproj import CRS, Transformer

from layers.datum import DATUMS, SHIFTED, SPOKEN, datum_of, unshifted
from layers.encodings import codec
from layers.files.absent import not_there
from layers.files.archives import unpacked
from layers.files.exchange import open_dxf, open_mapinfo
from layers.files.gdal import read_table, table_names
from layers.files.geojson import open_geojson
from layers.files.gpx import open_gpx
from layers.files.kml import open_kml, open_kmz
from layers.files.parquet import open_parquet
from layers.files.shapefile import COMPANIONS, open_shapefile
from layers.meaning import layer_candidates, listed, normalised
from layers.records import (
    LayerOptions,
    only_one,
    unreadable,
)
from layers.seeming import refuse_lock, require
from layers.tables.opening import open_csv, open_excel
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from layers.records import Records

_UNPACK: Final = "unpack it, and name the file in it"
_ADVICE: Final = {
    **dict.fromkeys((".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz"), _UNPACK),
    **dict.fromkeys((".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx"), "name the .shp beside it"),
    **dict.fromkeys((".map", ".id", ".dat"), "name the .tab beside it"),
    **dict.fromkeys((".qgs", ".qgz", ".mxd", ".aprx", ".lyr"), "name the file that it shows"),
    **dict.fromkeys((".xlsb", ".et", ".ods", ".numbers", ".wps"), "save it as .xlsx or .csv"),
    ".mdb": "export its layers to a File Geodatabase or a GeoPackage",
    ".dwg": "save it as DXF",
}
"""What to do with files of some kinds that planners take for maps."""
_USUAL: Final = (".gpkg", ".geojson", ".shp", ".kml", ".csv", ".xlsx")


def opened(layer: str, path: Path, options: LayerOptions, allowed: frozenset[str]) -> Records:
    """Open a file by its suffix; `allowed` are the options of columns that the layer has."""
    form = _FORMATS.get(path.suffix.casefold())
    if path.is_dir() and not (form and form.folder):
        wrong = "is a folder"
        raise InputError(wrong, "name the file in it")
    if not path.exists():
        raise not_there(path)
    if form is None:
        raise _not_read(path.suffix)
    refuse_lock(path)
    _check_options(options, path.suffix, form.options | allowed)
    if options.datum is not None:
        options = replace(options, datum=datum_of(options.datum))
    records = form.open(layer, path, options)
    if records.crs.is_bound:
        _apply_parameters(records)
    if options.datum in SHIFTED:
        _bring_to_wgs84(records, options.datum)
    return records


def _bring_to_wgs84(records: Records, datum: str) -> None:
    """Take the shift off that the planner says is there."""
    records.shapes = unshifted(records.shapes, records.crs, datum)
    records.crs = CRS(DATUMS[datum])
    records.taken["datum"] = f"{SPOKEN[datum]}, brought to WGS 84"


def _apply_parameters(records: Records) -> None:
    """Bring places to WGS 84 by the parameters that their CRS has; other ways drop them."""
    xy = shapely.get_coordinates(records.shapes)
    turn = Transformer.from_crs(records.crs, "EPSG:4326", always_xy=True)
    records.shapes = shapely.set_coordinates(
        shapely.force_2d(records.shapes), np.column_stack(turn.transform(*xy.T))
    )
    records.crs = CRS.from_epsg(4326)
    records.taken["crs"] += ", brought to WGS 84 by its parameters"


def _not_read(suffix: str) -> InputError:
    """Give what is wrong with a file of a kind that is not read, and what to make of it."""
    wrong = f"is of a kind that is not read ({suffix or 'no suffix'})"
    if suffix.casefold() in _ADVICE:
        return InputError(wrong, _ADVICE[suffix.casefold()])
    return InputError(wrong, f"save it as one of {', '.join(_USUAL)}")


def _check_options(options: LayerOptions, suffix: str, allowed: frozenset[str]) -> None:
    """Refuse options that would be ignored."""
    given = {item.name for item in fields(options) if getattr(options, item.name) is not None}
    idle = sorted(given - allowed - {"x", "y", "crs", "name", "datum"})
    _refuse_idle(options, suffix, idle)
    if options.encoding is not None and codec(options.encoding) is None:
        wrong = f"encoding {options.encoding!r} is not known"
        raise InputError(wrong, "write for instance utf-8 or gb18030")


def _refuse_idle(options: LayerOptions, suffix: str, idle: Iterable[str]) -> None:
    """Refuse the first option given of some that say nothing."""
    for name in idle:
        if getattr(options, name) is not None:
            wrong = f"option {name} says nothing about this layer in a {suffix} file"
            raise InputError(wrong, "take it out")


def _open_tables(what: str, layer: str, path: Path, options: LayerOptions) -> Records:
    """Open the table that holds the layer of a file that may hold several."""
    if path.is_file():
        require(path, what)
    name, several = _table(layer, table_names(path), options.layer)
    try:
        records = read_table(path, layer=name).records(options)
    except UnicodeDecodeError as error:
        raise unreadable(error) from None
    if several:
        records.taken["layer"] = name
    return records


def _table(layer: str, tables: Sequence[tuple[str, bool]], said: str | None) -> tuple[str, bool]:
    """Choose a table of a file, and say whether there was a choice."""
    every = [name for name, _ in tables]
    # QGIS keeps its styles in a table of the file.
    shaped = [name for name, has_shapes in tables if has_shapes]
    names = shaped or [name for name in every if name != "layer_styles"]
    if said is None:
        return only_one(names, layer_candidates(names, layer), "layer"), len(names) > 1
    fitting = [name for name in every if normalised(name) == normalised(said)]
    if said not in every and len(fitting) != 1:
        wrong = f"has no layer {said!r}"
        raise InputError(wrong, f"its layers are {listed(names)}")
    return said if said in every else fitting[0], len(names) > 1


def _open_zip(layer: str, path: Path, options: LayerOptions) -> Records:
    """Open the file in an archive that holds the layer; `layer` may name it."""
    readable = [suffix for suffix in _FORMATS if suffix != ".zip"]
    with unpacked(path, [*readable, *COMPANIONS, *_BESIDE_TAB], folders=[".gdb"]) as members:
        data = {one.name: one.file for one in members if one.file.suffix in readable}
        if not data:
            wrong = "holds no file that is read"
            raise InputError(wrong, f"pack one of {', '.join(_USUAL)}")
        name, rest = _file_in(layer, list(data), options)
        file = data[name]
        form = _FORMATS[file.suffix]
        _refuse_idle(rest, file.suffix, _INSIDE - form.options)
        records = form.open(layer, file, rest)
    records.taken["file"] = name
    return records


def _file_in(layer: str, names: list[str], options: LayerOptions) -> tuple[str, LayerOptions]:
    """Choose a file of an archive, and say what is left of the options for it."""
    stems = {name: PurePosixPath(name).stem for name in names}
    said = options.layer
    fitting = [
        name for name, stem in stems.items() if said in (name, stem, PurePosixPath(name).name)
    ]
    if len(fitting) == 1:
        return fitting[0], replace(options, layer=None)
    if said is not None and len(names) > 1:
        wrong = f"has no layer {said!r}"
        raise InputError(wrong, f"its layers are {listed(names)}")
    alike = layer_candidates(list(stems.values()), layer)
    return only_one(names, [name for name in names if stems[name] in alike], "layer"), options


@dataclass(frozen=True)
class _Format:
    """How a file is opened, and the options that only such a file has."""

    open: Callable[[str, Path, LayerOptions], Records]
    options: frozenset[str] = frozenset()
    folder: bool = False


_LAYER: Final = frozenset({"layer"})
_BESIDE_TAB: Final = (".dat", ".map", ".id", ".ind", ".mid")
_INSIDE: Final = frozenset({"layer", "encoding", "sheet"})
_PARQUET: Final = _Format(open_parquet)
_CSV: Final = _Format(open_csv, frozenset({"encoding"}))
_GEOJSON: Final = _Format(open_geojson, frozenset({"encoding"}))
_EXCEL: Final = _Format(open_excel, frozenset({"sheet"}))

_FORMATS: Final[Mapping[str, _Format]] = MappingProxyType(
    {
        ".gpkg": _Format(partial(_open_tables, "a GeoPackage"), _LAYER),
        ".geojson": _GEOJSON,
        ".json": _GEOJSON,
        ".geojsonl": _GEOJSON,
        ".geojsons": _GEOJSON,
        ".ndjson": _GEOJSON,
        ".shp": _Format(open_shapefile, frozenset({"encoding"})),
        ".zip": _Format(_open_zip, _INSIDE),
        ".kml": _Format(open_kml, _LAYER | {"encoding"}),
        ".kmz": _Format(open_kmz, _LAYER | {"encoding"}),
        ".gpx": _Format(open_gpx, _LAYER | {"encoding"}),
        ".fgb": _Format(partial(_open_tables, "a FlatGeobuf"), _LAYER),
        ".gdb": _Format(partial(_open_tables, "a File Geodatabase"), _LAYER, folder=True),
        ".dxf": _Format(open_dxf, _LAYER | {"encoding"}),
        ".tab": _Format(open_mapinfo, frozenset({"encoding"})),
        ".mif": _Format(open_mapinfo, frozenset({"encoding"})),
        ".parquet": _PARQUET,
        ".geoparquet": _PARQUET,
        ".csv": _CSV,
        ".tsv": _CSV,
        ".txt": _CSV,
        ".xlsx": _EXCEL,
        ".xlsm": _EXCEL,
        ".xls": _EXCEL,
    }
)
