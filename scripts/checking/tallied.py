"""Faults that reading has told already: records left out or repaired, what was taken for what."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from layers.categories import CATEGORIES
from layers.openstreetmap.extract import BROKEN_OUTLINE, CUT_OUTLINE, CUT_WAY, OPEN_OUTLINE
from scripts.messages import translated
from scripts.study import BEYOND
from spatial.condition.fault import Fault, Severity
from spatial.condition.places import LAYER_OF

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    import geopandas as gpd

    from scripts.checking.examined import Examined
    from spatial.errors import InputError

MANY: Final = 0.1
SOME: Final = 0.01
"""Of the records of a layer: if so many are left out, much, or some of it is missing."""
OLD_YEARS: Final = 3
ELSEWHERE: Final = (
    "outside the study area",
    "far from the study area",
    "joined to a piece of the same name",
    f"farther than {BEYOND} times the reach from the study area",
)
"""Reasons that stand for no fault of a record."""
JOINED: Final = re.compile(r"joined to|became one place")
_UNKNOWN: Final = "unknown category"
_CUT: Final = (CUT_WAY, CUT_OUTLINE, OPEN_OUTLINE, BROKEN_OUTLINE)
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def refusals(found: Examined) -> list[Fault]:
    """Tell why the plan cannot be measured as it is."""
    return [
        Fault("refused", error.layer or "plan", "stops", 1, values=_told(error))
        for error in found.refused
    ]


def _told(error: InputError) -> dict[str, Mapping[str, str]]:
    """Say what is wrong and what to do, in both languages."""
    row = "" if error.row is None else f" (row {error.row})"
    zh_row = "" if error.row is None else f"（第 {error.row} 行）"
    file = "" if error.file is None else f"{getattr(error.file, 'name', error.file)}: "
    return {
        "wrong": {
            "zh": f"{file}{translated(error.wrong, 'zh')}{zh_row}",
            "en": f"{file}{error.wrong}{row}",
        },
        "remedy": {"zh": translated(error.remedy, "zh"), "en": error.remedy},
    }


def records(found: Examined) -> Iterator[Fault]:
    """Tell of records left out or repaired, layer by layer, reason by reason."""
    for layer, tally in found.tallies.items():
        reasons = {why: n for why, n in tally.reasons.items() if why not in ELSEWHERE}
        if layer == "streets":
            reasons = {why: n for why, n in reasons.items() if not JOINED.search(why)}
        if not found.own(layer):
            continue
        unknown = {why: n for why, n in reasons.items() if why.startswith(_UNKNOWN)}
        if unknown:
            yield _unknown(layer, unknown, tally.read)
        for why in reasons.keys() - unknown.keys():
            yield _of_reason(found, layer, why, reasons[why])


def cut(found: Examined) -> Iterator[Fault]:
    """Tell of what the edge of an extract cut, or what is broken in it, all layers together."""
    lost: Counter[str] = Counter()
    for layer, tally in found.tallies.items():
        if not found.own(layer):
            lost.update({why: n for why, n in tally.reasons.items() if why in _CUT})
    if lost:
        reasons = [why for why, _ in lost.most_common()]
        yield Fault("cut_osm", "osm", "note", lost.total(), values=_reason(*reasons))


def _reason(*reasons: str) -> dict[str, Mapping[str, str]]:
    """Say reasons in both languages."""
    return {
        "reason": {
            "zh": "；".join(translated(why, "zh") for why in reasons),
            "en": "; ".join(reasons),
        }
    }


def _of_reason(found: Examined, layer: str, why: str, count: int) -> Fault:
    """Tell of the records left out or repaired for one reason, and where they stand."""
    marks = found.readings[layer].marks if layer in found.readings else None
    if marks is None or marks.empty or not (marks["reason"] == why).any():
        return Fault("dropped", layer, _lost(found, layer, count), count, values=_reason(why))
    mine = marks[marks["reason"] == why]
    kept = bool(mine["kept"].iloc[0])
    severity: Severity = "note" if kept else _lost(found, layer, count)
    shapes = _in_metres(mine, found)
    names = np.array(
        [{"zh": translated(place, "zh"), "en": place} for place in mine["place"].iloc[:50]]
        + [None] * max(len(mine) - 50, 0),
        dtype=object,
    )
    kind = "repaired" if kept else "dropped"
    return Fault(kind, layer, severity, count, None, shapes, names, None, _reason(why))


def _in_metres(marks: gpd.GeoDataFrame, found: Examined) -> np.ndarray:
    """Bring marks into the CRS of everything; those no CRS can show have no place."""
    moved = marks.geometry
    if found.crs is not None and marks.crs is not None:
        moved = moved.to_crs(found.crs)
    shapes = moved.to_numpy().astype(object)
    bounds = moved.bounds.to_numpy()
    shapes[~np.isfinite(bounds).all(axis=1)] = None
    return np.asarray(shapes)


def _lost(found: Examined, layer: str, count: int) -> Severity:
    """Judge how many records of a layer were left out."""
    part = count / max(found.tallies[layer].read, 1)
    return "serious" if part >= MANY else "mind" if part >= SOME else "note"


def _unknown(layer: str, reasons: Mapping[str, int], read: int) -> Fault:
    """Tell of records whose category nobody knows."""
    count = sum(reasons.values())
    texts = [why.removeprefix(_UNKNOWN).strip(" '\"") for why in reasons]
    severity: Severity = "mind" if count >= MANY * read else "note"
    shapes = np.full(len(texts), None, dtype=object)
    names = np.array(texts, dtype=object)
    return Fault("unknown_category", layer, severity, count, None, shapes, names)


def taken(found: Examined) -> Iterator[Fault]:
    """Tell what was taken for what in the planner's own files."""
    for layer, reading in found.readings.items():
        if not (found.own(layer) and reading.taken):
            continue
        said = dict(reading.taken)
        encoding = said.get("encoding", "utf-8").lower()
        if not encoding.startswith("utf-8"):
            yield Fault("encoding", layer, "note", 1, values={"encoding": said["encoding"]})
        pairs = "; ".join(f"{meaning}: {heading}" for meaning, heading in said.items())
        yield Fault("taken", layer, "note", len(said), values={"taken": pairs})


def absent(found: Examined) -> Iterator[Fault]:
    """Tell of layers that hold nothing, and of services that standards ask for and nobody has."""
    for layer, reading in found.readings.items():
        if found.own(layer) and reading.places.empty:
            yield Fault("empty", layer, "mind", 1)
    if found.places is None:
        return
    asked = {one.category for standard in found.plan.standards for one in standard.services}
    there = set(found.places["category"])
    if "park" in there:
        there.add("green")
    for layer in sorted({LAYER_OF.get(one, "facilities") for one in asked - there}):
        mine = sorted(one for one in asked - there if LAYER_OF.get(one, "facilities") == layer)
        names = [{"zh": CATEGORIES[one].zh, "en": CATEGORIES[one].en} for one in mine]
        shapes = np.full(len(mine), None, dtype=object)
        yield Fault("absent", layer, "mind", len(mine), None, shapes, np.array(names, dtype=object))


def old(found: Examined, today: dt.date) -> Iterator[Fault]:
    """Tell that the data are old, or that nobody said how old."""
    date = _DATE.search(found.date or "")
    if date is None:
        yield Fault("undated", "plan", "note", 1)
        return
    year, month = int(date[1]), int(date[2] or 12)
    years = (today.year - year) + (today.month - month) / 12
    if years > OLD_YEARS:
        values = {"date": date[0], "years": f"{years:.1f}"}
        yield Fault("old", "plan", "mind", 1, values=values)
