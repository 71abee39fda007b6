"""GeoParquet, and plain Parquet with columns of coordinates; needs pyarrow, which is an extra."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from layers.files.source import Source
from layers.records import unreadable
from layers.seeming import require
from spatial.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    from numpy.typing import NDArray

    from layers.records import LayerOptions, Records, Shapes

_HEAD_BYTES: Final = 9  # of a shape that holds shapes: order of bytes, kind, how many
_DEEPEST: Final = 1_000
# Such a head, its kind 4 to 7 with or without heights, measures and CRS, low or high byte first.
_NESTING: Final = re.compile(
    rb"\x01(?:[\x04-\x07]\0\0[\0\x20\x40\x60\x80\xa0\xc0\xe0]"
    rb"|[\xec-\xef]\x03\0\0|[\xd4-\xd7]\x07\0\0|[\xbc-\xbf]\x0b\0\0)"
    rb"|\0(?:[\0\x20\x40\x60\x80\xa0\xc0\xe0]\0\0[\x04-\x07]"
    rb"|\0\0(?:\x03[\xec-\xef]|\x07[\xd4-\xd7]|\x0b[\xbc-\xbf]))"
)
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
    content = np.empty(len(table), dtype=object)
    content[:] = [_safe(cell) for cell in table[name]]
    shapes = _from_wkb(content)
    lost = shapely.is_missing(shapes) & np.array([cell is not None for cell in content], dtype=bool)
    closed = np.zeros(len(shapes), dtype=bool)
    if lost.any():
        with suppress(NotImplementedError):
            shapes[lost] = shapely.from_wkb(content[lost], on_invalid="fix")
        closed = lost & ~shapely.is_missing(shapes)
    source = Source(table.drop(columns=name), shapes, _crs(told))
    source.repaired["open ring closed"] = closed
    return source


def _from_wkb(content: NDArray[np.object_]) -> Shapes:
    """Read shapes; one of a kind that is not known loses no other."""
    try:
        return np.asarray(shapely.from_wkb(content, on_invalid="ignore"), dtype=object)
    except NotImplementedError:  # curves, which GeoParquet does not allow
        return np.concatenate([_one(cell) for cell in content])


def _one(cell: bytes | None) -> Shapes:
    one = np.empty(1, dtype=object)
    with suppress(NotImplementedError):
        one[0] = shapely.from_wkb(cell, on_invalid="ignore")
    return one


def _safe(cell: object) -> bytes | None:
    """Give a cell of WKB; none if it nests shapes so deep that reading it would end the program."""
    if not isinstance(cell, bytes):
        return None
    deep = len(cell) > _DEEPEST * _HEAD_BYTES and len(_NESTING.findall(cell)) > _DEEPEST
    return None if deep else cell


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
