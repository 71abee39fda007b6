"""KML: what one looks at in Google Earth or Ovi, homes by whether they are served."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from maps.gis import kml
from maps.gis.fields import measured_ids
from maps.style import COLOURS
from scripts.exports.shapes import has_shape, in_degrees
from scripts.exports.task import Loss, lost_by
from scripts.exports.text import dates_as_text, empty_texts, without_control

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import geopandas as gpd
    from numpy.typing import NDArray

    from scripts.exports.task import Task

_OF_HOMES = ("home", "name", "weight", "status", "reason", "unservable")
_NAMED_BY = ("name", "zone", "facility", "home", "proposal", "change", "gap", "kind", "do")
_COLOURS = {
    "facilities": ("facility", "facility-edge"),
    "streets": ("street", "boundary"),
    "entrances": ("entrance", "entrance"),
    "zones": ("paper", "zone"),
    "proposals": ("change", "change"),
    "changes": ("change", "change"),
    "candidates": ("candidate", "candidate"),
    "_gaps": ("gap", "gap"),
    "_streets": ("served", "served"),
    "_area": ("area", "area-edge"),
    "_land_uncovered": ("unserved", "unserved-edge"),
}
_QUIET = ("unconnected", "boundary")


def write(tasks: Iterable[Task], folder: Path) -> list[Loss]:
    """Write layers as KML files, and the picture their spots are drawn with."""
    losses = []
    for task in tasks:
        sheet, lost = _sheet(task)
        with (folder / f"{task.name}.kml").open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(kml.document(sheet))
        losses += lost_by(task.name, lost)
    (folder / kml.DOT).write_bytes(kml.dot_png())
    return losses


def _sheet(task: Task) -> tuple[kml.Sheet, list[Loss]]:
    """Say what the file of a layer shows, and what it leaves out."""
    there = has_shape(task.table)
    losses = [] if there.all() else [Loss("no_shape", int((~there).sum()))]
    table, rounded = in_degrees(task.table[there].reset_index(drop=True))
    look, inks = _looks(task, table)
    columns = pd.DataFrame(table[_kept(task)])
    losses += [*rounded, *dates_as_text(columns), *empty_texts(columns), *without_control(columns)]
    left = len(task.columns) - len(columns.columns)
    if left:
        losses.append(Loss("columns", left))
    place = f"{task.figures['place']} {task.name}"
    sheet = kml.Sheet(
        title=place,
        credit=task.credit,
        inks=inks,
        look=look,
        names=_names(table),
        shapes=table.geometry.to_numpy(),
        columns=columns,
        said={column: task.meaning(column) for column in columns.columns},
    )
    return sheet, losses


def _standards(task: Task) -> list[str]:
    """The ids of what was asked for: no classes of unions, no services of circles."""
    named = measured_ids(task.figures)
    asked = task.figures.get("standards")
    return list(named if asked is None else asked)


def _kept(task: Task) -> list[str]:
    """The columns that are written: of homes, where many columns meet many rows, what one reads."""
    if task.name != "homes":
        return task.columns
    keys = _standards(task)
    own = {f"{key}_{end}" for key in keys for end in ("m", "served", "reason", "met", "complete")}
    own |= {f"{key}_{end}_{n}" for key in keys for end in ("m", "served") for n in range(1, 100)}
    return [column for column in task.columns if column in own or column in _OF_HOMES]


def _looks(task: Task, table: gpd.GeoDataFrame) -> tuple[NDArray[np.object_], dict[str, kml.Ink]]:
    """Give each placemark the key of its ink, and the inks."""
    served = [f"{key}_served" for key in _standards(task) if f"{key}_served" in table]
    if task.name == "homes" and "status" in table and served and "standards" in task.figures:
        inks = {
            state: kml.Ink(task.words.say(state), COLOURS[state], COLOURS["ink"])
            for state in ("unserved", "served", "unconnected")
        }
        reached = table[served[0]].fillna(value=False).to_numpy(dtype=bool)
        apart = (table["status"] != "connected").to_numpy(dtype=bool)
        look = np.select([apart, reached], ["unconnected", "served"], "unserved")
        return look.astype(object), inks
    ends = [name for name in _COLOURS if task.name == name or task.name.endswith(name)]
    colour, edge = _COLOURS[ends[0]] if ends else _QUIET
    ink = kml.Ink(task.name, COLOURS[colour], COLOURS[edge], filled=0.35)
    return np.full(len(table), "all", dtype=object), {"all": ink}


def _names(table: gpd.GeoDataFrame) -> list[str]:
    """What is written beside each placemark: its name, else the next best that is known."""
    said = pd.Series(None, index=table.index, dtype=object)
    for column in (one for one in _NAMED_BY if one in table):
        known = table[column].astype(object)
        said = said.where(said.notna(), known.where(known != "", None))
    return [str(one) for one in said.where(said.notna(), "")]
