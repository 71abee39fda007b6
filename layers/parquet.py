"""GeoParquet, and plain Parquet with columns of coordinates; needs pyarrow, which is an extra."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from layers.records import unreadable
from layers.seeming import require
from layers.source import Source
from spatial.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from layers.records import LayerOptions, Records

_MOST_BYTES: Final = 16 * 1024**3  # of columns, unpacked


def open_parquet(layer: str, path: Path, options: LayerOptions) -> Records:
    """Open a GeoParquet file, or a table of points in Parquet."""
    del layer
    require(path, "a GeoParquet")
    try:
        import pyarrow as pa  # noqa: PLC0415  an optional extra
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        wrong = "is GeoParquet, which needs pyarrow"
        raise InputError(wrong, "install it with pip install pyarrow, or save as GPKG") from None
    try:
        with parquet.ParquetFile(path) as file:
            _refuse_swollen(file)
            told = _told(file.schema_arrow.metadata or {})
            table = file.read().to_pandas(ignore_metadata=True)
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError) as error:
        raise unreadable(error) from None
    source = _source(table, told)
    return source.records(options)


def _refuse_swollen(file: Any) -> None:  # noqa: ANN401  pyarrow has no types
    """Refuse a file that would fill the memory."""
    groups = range(file.metadata.num_row_groups)
    total = sum(file.metadata.row_group(group).total_byte_size for group in groups)
    if total > _MOST_BYTES:
        wrong = f"holds {total / 1024**3:.0f} GB, more than {_MOST_BYTES // 1024**3} GB"
        raise InputError(wrong, "cut it to the study area")


def _told(metadata: dict[bytes, bytes]) -> dict[str, Any] | None:
    """Give what the file says of its shapes, if it has any: name of column, encoding, CRS."""
    said = metadata.get(b"geo")
    if said is None:
        return None
    try:
        whole = json.loads(said)
        name = whole["primary_column"]
        return {"name": str(name), **whole["columns"][name]}
    except (ValueError, KeyError, TypeError, RecursionError):
        wrong = "cannot be read (what it says of its shapes is broken)"
        raise InputError(wrong, "save it anew from the program that made it") from None


def _source(table: pd.DataFrame, told: dict[str, Any] | None) -> Source:
    """Make shapes of the column of shapes."""
    if told is None:
        return Source(table, None)
    name = told["name"]
    encoding = str(told.get("encoding", "WKB"))
    if name not in table or encoding.casefold() != "wkb":
        wrong = f"cannot be read (its shapes are not in a column of WKB but {encoding[:20]})"
        raise InputError(wrong, "save it anew with WKB, or as GeoPackage")
    content = np.array([_safe(cell) for cell in table[name]], dtype=object)
    shapes = shapely.from_wkb(content, on_invalid="ignore")
    lost = shapely.is_missing(shapes) & np.array([cell is not None for cell in content])
    closed = np.zeros(len(shapes), dtype=bool)
    if lost.any():
        shapes[lost] = shapely.from_wkb(content[lost], on_invalid="fix")
        closed = lost & ~shapely.is_missing(shapes)
    source = Source(table.drop(columns=name), shapes, _crs(told))
    source.repaired["open ring closed"] = closed
    return source


def _safe(cell: object) -> bytes | None:
    """Give a cell of WKB; none if it is a nest of collections, which could break its reader."""
    if not isinstance(cell, bytes) or len(cell) < 9:  # noqa: PLR2004  order, kind, count
        return None
    kind = int.from_bytes(cell[1:5], "little" if cell[0] else "big") & 0x1FFF_FFFF
    collection = kind % 1000 == 7  # noqa: PLR2004  code of a collection
    return None if collection and cell.count(cell[:5]) > 32 else cell  # noqa: PLR2004


def _crs(told: dict[str, Any]) -> CRS | None:
    """Read the CRS; where nothing is said the standard says degrees of WGS 84."""
    said = told.get("crs", {})
    if said is None:
        return None
    if not said:
        return CRS.from_epsg(4326)
    try:
        crs = CRS.from_json_dict(said) if isinstance(said, dict) else CRS.from_user_input(said)
    except CRSError:
        wrong = "its CRS cannot be read"
        raise InputError(wrong, "say crs = ...") from None
    return CRS.from_epsg(4326) if crs.to_authority() == ("OGC", "CRS84") else crs
