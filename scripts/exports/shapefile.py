"""Shapefile: short names told apart, text in GBK or UTF-8, one kind of shape to a file."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pandas as pd
import pyogrio

from scripts.exports.shapes import by_kind
from scripts.exports.table import write_rows
from scripts.exports.task import Loss, lost_by
from scripts.exports.text import changed, cut, dates_as_text, empty_texts, fitting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import geopandas as gpd

    from scripts.exports.task import Encoding, Task

NAME_BYTES = 10
TEXT_BYTES = 254
_MANY = 255
_TAIL = 5


def write(tasks: Iterable[Task], folder: Path) -> list[Loss]:
    """Write layers as Shapefiles, and fields.csv, which says what each column was called."""
    losses, fields = [], [["layer", "column", "field", "zh", "en"]]
    for task in tasks:
        names = short_names(task.columns, task.encoding)
        losses += lost_by(task.name, _write(task, names, folder))
        fields += [
            [task.name, column, short, task.meaning(column, "zh"), task.meaning(column, "en")]
            for column, short in names.items()
        ]
    write_rows(fields, folder / "fields.csv")
    return losses


def _write(task: Task, names: Mapping[str, str], folder: Path) -> list[Loss]:
    """Write one layer: a file for each kind of shape."""
    table, losses = _writable(task.table, task.encoding)
    table = table.rename(columns=names)
    shortened = sum(column != short for column, short in names.items())
    if shortened:
        losses.append(Loss("short_names", shortened))
    if len(names) > _MANY:
        losses.append(Loss("many_columns", len(names) - _MANY))
    parts, apart = by_kind(table)
    for kind, part in parts.items():
        name = task.name if len(parts) == 1 else f"{task.name}_{kind}"
        pyogrio.write_dataframe(
            part, folder / f"{name}.shp", driver="ESRI Shapefile", encoding=task.encoding
        )
        _require_whole(folder / f"{name}.shp", part)
        for style in task.styles[:1]:
            (folder / f"{name}.qml").write_text(style.look.qml(names), encoding="utf-8")
    return [*losses, *apart]


def _require_whole(path: Path, part: gpd.GeoDataFrame) -> None:
    """Read the last row back: on a full disk GDAL writes half a .dbf, and says nothing."""
    found = pyogrio.read_info(path)
    read = pyogrio.read_dataframe(path, skip_features=len(part) - 1, read_geometry=False)
    if found["features"] != len(part) or read.shape != (1, len(part.columns) - 1):
        raise OSError(errno.ENOSPC, "the file is not whole", str(path))


def short_names(columns: Iterable[str], encoding: Encoding) -> dict[str, str]:
    """Give each column a name of at most ten bytes, unlike all others in any case of letters.

    The beginning and the last word are kept, as far as they fit.

    Examples
    --------
    >>> short_names(["name", "park_500m_m", "park_500m_served", "步行可达的居民人数"], "gbk")
    {'name': 'name', 'park_500m_m': 'park_500_m', 'park_500m_served': 'park_serve', \
'步行可达的居民人数': '步行可达的'}
    >>> short_names(["green_300m_m", "green_300m_straight_m"], "utf-8")
    {'green_300m_m': 'green_30_m', 'green_300m_straight_m': 'green_30_1'}
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for column in columns:
        short = name = _shorter(fitting(column, encoding), encoding)
        number = 0
        while short.casefold() in taken:
            number += 1
            short = cut(name, NAME_BYTES - len(str(number)), encoding) + str(number)
        taken.add(short.casefold())
        found[column] = short
    return found


def _shorter(name: str, encoding: Encoding) -> str:
    if len(name.encode(encoding)) <= NAME_BYTES:
        return name
    tail = cut(name.rpartition("_")[2], _TAIL, encoding) if "_" in name else ""
    if not tail:
        return cut(name, NAME_BYTES, encoding)
    head = cut(name, NAME_BYTES - 1 - len(tail.encode(encoding)), encoding)
    return f"{head.rstrip('_')}_{tail}"


def _writable(table: gpd.GeoDataFrame, encoding: Encoding) -> tuple[gpd.GeoDataFrame, list[Loss]]:
    """Give a copy that a .dbf can hold, and what that cost."""
    plain = pd.DataFrame(table.drop(columns="geometry"))
    losses = [*dates_as_text(plain), *_truths(plain), *empty_texts(plain)]
    losses += changed(plain, lambda text: fitting(text, encoding), "unwritable")
    losses += changed(plain, lambda text: cut(text, TEXT_BYTES, encoding), "cut_texts")
    return table[["geometry"]].join(plain)[[*plain.columns, "geometry"]], losses


def _truths(table: pd.DataFrame) -> list[Loss]:
    """Write yes and no as 1 and 0, in place: not every program reads a .dbf's own yes and no."""
    truths = [
        column
        for column in table.columns
        if pd.api.types.infer_dtype(table[column], skipna=True) == "boolean"
    ]
    for column in truths:
        table[column] = table[column].astype("boolean").astype("Int64")
    return [Loss("as_numbers", len(truths))] if truths else []
