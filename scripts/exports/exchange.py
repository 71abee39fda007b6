"""GeoJSON, FlatGeobuf and GeoParquet: formats that hold a layer nearly as it is."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pyogrio

from scripts.exports.shapes import DECIMALS, has_shape, in_degrees
from scripts.exports.task import lost_by
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from scripts.exports.task import Loss, Task


def write_geojson(tasks: Iterable[Task], folder: Path) -> list[Loss]:
    """Write layers as RFC 7946 has it: WGS 84, longitude first, 7 decimals."""
    losses: list[Loss] = []
    for task in tasks:
        table, rounded = in_degrees(task.table)
        pyogrio.write_dataframe(
            table,
            folder / f"{task.name}.geojson",
            driver="GeoJSON",
            layer=task.name,
            layer_options={
                "RFC7946": "YES",
                "COORDINATE_PRECISION": str(DECIMALS),
                "DESCRIPTION": task.credit,
            },
        )
        _style(task, folder)
        losses += lost_by(task.name, rounded)
    return losses


def write_flatgeobuf(tasks: Iterable[Task], folder: Path) -> list[Loss]:
    """Write layers as FlatGeobuf in the plan's CRS; indexed where every row has a shape."""
    for task in tasks:
        whole = has_shape(task.table).all()
        pyogrio.write_dataframe(
            task.table,
            folder / f"{task.name}.fgb",
            driver="FlatGeobuf",
            layer=task.name,
            layer_options={
                "SPATIAL_INDEX": "YES" if whole else "NO",
                "DESCRIPTION": task.credit,
            },
        )
        _style(task, folder)
    return []


def write_geoparquet(tasks: Iterable[Task], folder: Path) -> list[Loss]:
    """Write layers as GeoParquet in the plan's CRS.

    Raises
    ------
    InputError
        If pyarrow, which writes it, is not installed.
    """
    if find_spec("pyarrow") is None:
        wrong = "GeoParquet is written by pyarrow, which is not installed"
        raise InputError(wrong, "install it: pip install 'lifecircle[arrow]'")
    for task in tasks:
        table = task.table.copy(deep=False)
        table.attrs = {"credit": task.credit}
        table.to_parquet(folder / f"{task.name}.parquet", index=False)
        _style(task, folder)
    return []


def _style(task: Task, folder: Path) -> None:
    """Write the style QGIS opens a file of the same name in."""
    for style in task.styles[:1]:
        (folder / f"{task.name}.qml").write_text(style.look.qml(), encoding="utf-8")
