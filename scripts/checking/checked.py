"""What a check leaves: figures for JSON, layers for a GIS, a scene for the page, lines to print."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from maps.check import INK
from maps.gis import qml
from maps.gis.qgis import Style
from maps.parts import faults as told
from maps.scene import Scene
from maps.style import COLOURS
from maps.words import Words, both
from scripts.screen import aligned, columns_of
from spatial.condition.fault import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maps.page.basemap import Frame
    from maps.words import Language
    from scripts.checking.examined import Examined
    from spatial.condition.fault import Fault

LINES: Final = 20
"""So many kinds of fault are printed; the rest is in the files."""
_WIDE, _WIDE_FIRST = 52, 24
_LAYERS: Final = ("places", "lines", "areas")
_NOWHERE: Final = "EPSG:3857"
"""Of layers that hold nothing, when no layer could be read."""
_FIELDS: Final = {
    "finding": "check_number",
    "severity": "check_head_level",
    "layer": "check_head_layer",
    "what": "check_head_what",
    "count": "check_head_count",
    "people": "check_head_people",
    "homes": "check_head_homes",
    "first": "check_head_first",
    "to_do": "check_to_do",
    "name": "check_name",
}


def figures(found: Examined, faults: Sequence[Fault]) -> dict[str, Any]:
    """Give what was found, for ``check.json``; texts in both languages."""
    counts = {one: sum(fault.severity == one for fault in faults) for one in SEVERITIES}
    return {
        "place": found.plan.place.name,
        "language": found.plan.place.language,
        "crs": found.crs.to_string() if found.crs is not None else None,
        "unit": found.homes.unit if found.homes is not None else "homes",
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": {"lifecircle": version("lifecircle")},
        "data": {"date": found.date, "credit": "; ".join(found.credits)},
        "total": _total(found),
        "severities": counts,
        "findings": [_figure(number, one) for number, one in enumerate(faults, start=1)],
    }


def _total(found: Examined) -> float:
    return float(found.homes.weight.sum()) if found.homes is not None else 0.0


def _figure(number: int, fault: Fault) -> dict[str, Any]:
    """Give one kind of fault."""
    return {
        "finding": number,
        "severity": fault.severity,
        "kind": fault.kind,
        "layer": fault.layer,
        "count": fault.count,
        "people": fault.people,
        "what": both(lambda words: told.title(words, fault)),
        "to_do": both(lambda words: told.remedy(words, fault)),
        "examples": both(lambda words: told.examples(words, fault, 5)),
        "values": dict(fault.values),
    }


def scene(found: Examined, summary: Mapping[str, Any], language: Language, frame: Frame) -> Scene:
    """Give the place as far as it could be read; what could not is empty."""
    crs = found.crs or _NOWHERE
    homes = gpd.GeoDataFrame({"home": [], "name": []}, geometry=[], crs=crs)
    streets = gpd.GeoDataFrame({"name": []}, geometry=[], crs=crs)
    if found.homes is not None:
        table = {"home": found.homes.id, "name": found.homes.name, "weight": found.homes.weight}
        homes = gpd.GeoDataFrame(table, geometry=shapely.points(found.homes.xy), crs=crs)
    if found.network is not None:
        names = {"name": found.network.name}
        streets = gpd.GeoDataFrame(names, geometry=found.network.lines, crs=crs)
    return Scene(
        place=found.plan.place.name,
        language=language,
        summary=summary,
        homes=homes,
        streets=streets,
        entrances=homes.iloc[:0],
        facilities=homes.iloc[:0],
        ground=_ground(found),
        frame=frame,
    )


def _ground(found: Examined) -> gpd.GeoDataFrame:
    """Give what the page draws underneath."""
    if found.ground is not None:
        return found.ground
    crs = found.crs or _NOWHERE
    shapes = [] if found.area is None else [found.area]
    columns = {"kind": ["boundary"] * len(shapes), "name": [None] * len(shapes)}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=crs)


def layers(
    found: Examined, faults: Sequence[Fault], words: Words
) -> dict[str, gpd.GeoDataFrame | pd.DataFrame]:
    """Give the layers of ``check.gpkg``: findings, and their places, lines and areas."""
    unit = "people" if found.homes is not None and found.homes.unit == "people" else "homes"
    rows = [
        {
            "finding": number,
            "severity": told.level(words, one),
            "layer": told.layer(words, one),
            "what": told.title(words, one),
            "count": one.count,
            unit: one.people,
            "first": words.say("comma").join(told.examples(words, one)),
            "to_do": told.remedy(words, one),
        }
        for number, one in enumerate(faults, start=1)
    ]
    columns = ["finding", "severity", "layer", "what", "count", unit, "first", "to_do"]
    table = pd.DataFrame(rows, columns=columns).astype({unit: float})
    placed = _placed(found, faults, words, unit)
    dimension = shapely.get_dimensions(placed.geometry.to_numpy())
    every = {name: placed[dimension == at] for at, name in enumerate(_LAYERS)}
    return {"findings": table, **{name: one for name, one in every.items() if len(one)}}


def _placed(found: Examined, faults: Sequence[Fault], words: Words, unit: str) -> gpd.GeoDataFrame:
    """Put every place of every fault into one table."""
    tables = []
    for number, fault in enumerate(faults, start=1):
        there = np.array([one is not None for one in fault.shapes], dtype=bool)
        if not there.any():
            continue
        called = [told.name(words, one) for one in fault.names[there]]
        each = np.full(len(there), np.nan) if fault.each is None else fault.each
        table = {
            "finding": number,
            "severity": told.level(words, fault),
            "layer": told.layer(words, fault),
            "what": told.title(words, fault),
            "name": np.array([*called, None], dtype=object)[:-1],
            unit: each[there],
        }
        tables.append(pd.DataFrame(table).assign(geometry=fault.shapes[there]))
    if not tables:
        return gpd.GeoDataFrame({"finding": []}, geometry=[], crs=found.crs or _NOWHERE)
    every = pd.concat(tables, ignore_index=True)
    return gpd.GeoDataFrame(every, geometry="geometry", crs=found.crs or _NOWHERE)


def styles(every: Mapping[str, pd.DataFrame], words: Words) -> list[Style]:
    """Give the styles by which QGIS draws the layers: colour and shape by severity."""
    said = {key: words.say(word) for key, word in _FIELDS.items()}
    found = []
    for name in (one for one in _LAYERS if one in every):
        rules = [
            qml.Rule(level, _symbol(name, INK[one]), f'"severity" = {qml.text(level)}')
            for one in reversed(SEVERITIES)
            if (level := words.say(f"check_level_{one}"))
        ]
        names = {column: said[column] for column in every[name].columns if column in said}
        found.append(
            Style(name, words.say("title_check"), qml.Look(rules, names=names), first=True)
        )
    return found


def _symbol(layer: str, ink: str) -> qml.Symbol:
    """Give the symbol of a place, a line or an area in a colour."""
    if layer == "places":
        return qml.marker(ink, edge=COLOURS["ink"], size_mm=2.6, edge_mm=0.2)
    if layer == "lines":
        return qml.line(ink, 1.0)
    return qml.fill(ink, edge=ink, edge_mm=0.5, hatch="b_diagonal")


def table(found: Examined, faults: Sequence[Fault], words: Words, file: str) -> str:
    """Give the worst faults as aligned lines of text, and how many more there are."""
    people = found.homes is not None and found.homes.unit == "people"
    heads = ("level", "what", "layer", "count", "people" if people else "homes")
    rows = [tuple(words.say(f"check_head_{one}") for one in heads)]
    rows += [_row(one, words) for one in faults[:LINES]]
    lines = aligned(_left(rows))
    if not faults or faults[0].severity == "note":
        lines.insert(0, words.say("check_fine"))
    if len(faults) > LINES:
        lines.append(words.say("check_more_kinds", n=len(faults) - LINES, file=file))
    return "\n".join(lines)


def _row(fault: Fault, words: Words) -> tuple[str, ...]:
    first = told.examples(words, fault, 1)
    what = _cut(told.title(words, fault), _WIDE)
    if first:
        what += f" ({_cut(first[0], _WIDE_FIRST)})"
    people = "" if fault.people is None else f"{fault.people:,.0f}"
    layer = told.layer(words, fault)
    return (told.level(words, fault), what, layer, f"{fault.count:,}", people)


def _cut(text: str, columns: int) -> str:
    """Cut a text to so many columns of a terminal; control characters are left out."""
    text = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    if columns_of(text) <= columns:
        return text
    while columns_of(text) >= columns:
        text = text[:-1]
    return f"{text}…"


def _left(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Make the columns of words as wide as their widest cell: they stand to the left."""
    words_in = 3
    wide = [max(columns_of(row[at]) for row in rows) for at in range(words_in)]
    return [
        (
            *(row[at] + " " * (wide[at] - columns_of(row[at])) for at in range(words_in)),
            *row[words_in:],
        )
        for row in rows
    ]
