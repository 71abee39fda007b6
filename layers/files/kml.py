"""KML and KMZ of Google Earth, Ovital (奥维) and others: a placemark is a record.

Folders are drawers, not layers: programs put each thing a person draws in some folder. All are
taken together, unless one is named as the layer is, or `layer` names one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from pyproj import CRS

from layers.files.archives import unpacked
from layers.files.markup import inner, name_of, text_of, walked, words
from layers.files.nested import shapes_of
from layers.files.source import Source
from layers.meaning import layer_candidates, listed, normalised
from layers.records import only_one
from layers.seeming import require
from spatial.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from layers.records import LayerOptions, Records

_DRAWERS: Final = frozenset({"Folder", "Document"})
_OWN: Final = frozenset({"name", "description", "folder"})
"""Columns that every placemark can have; others are of the file's own making."""
_COMMA: Final = re.compile(r"\s*,\s*")
_SIMPLE: Final = frozenset({"Point", "LineString", "Polygon"})


def open_kml(layer: str, path: Path, options: LayerOptions) -> Records:
    """Open a KML file."""
    require(path, "a KML")
    return _read(layer, path.read_bytes(), options)


def open_kmz(layer: str, path: Path, options: LayerOptions) -> Records:
    """Open the KML file in a KMZ archive: ``doc.kml``, or the only one."""
    with unpacked(path, [".kml"]) as members:
        names = [member.name for member in members]
        first = [name for name in names if name.rpartition("/")[2].casefold() == "doc.kml"]
        name = only_one(names, first, "KML file")
        member = next(member for member in members if member.name == name)
        return open_kml(layer, member.file, options)


@dataclass
class _Placemarks:
    """What a KML file holds, a row for each placemark."""

    rows: list[dict[str, str]] = field(default_factory=list)
    shapes: list[Any] = field(default_factory=list)
    drawers: list[tuple[str, ...]] = field(default_factory=list)
    links: int = 0

    def add(self, placemark: Element, drawers: tuple[str, ...]) -> None:
        """Add a placemark that lies in some drawers, the outermost first."""
        cells = {"name": words(inner(placemark, "name"))}
        cells["description"] = words(inner(placemark, "description"))
        cells["folder"] = drawers[-1] if drawers else ""
        for heading, text in _further(placemark).items():
            if not cells.get(heading):
                cells[heading] = text
        self.rows.append(cells)
        self.shapes.append(_geometry(placemark))
        self.drawers.append(drawers)


def _read(layer: str, content: bytes, options: LayerOptions) -> Records:
    text, encoding = text_of(content, options.encoding)
    found = _placemarks(text)
    if found.links and not found.rows:
        wrong = "holds only links to maps that lie elsewhere"
        raise InputError(wrong, "open it in Google Earth and save what it shows")
    chosen, taken = _chosen(layer, found, options.layer)
    rows = [found.rows[at] for at in chosen]
    table = pd.DataFrame(rows, pd.RangeIndex(len(rows)), dtype=object)
    table = _told(table.where(table != "", None))
    built = shapes_of([found.shapes[at] for at in chosen])
    source = Source(table, built.shapes, CRS.from_epsg(4326))
    source.repaired["open ring closed"] = built.closed
    source.taken |= {"encoding": encoding, **taken}
    return source.records(options)


def _placemarks(text: str) -> _Placemarks:
    """Collect the placemarks of a document, each with the drawers that it lies in."""
    found = _Placemarks()
    drawers: list[str] = []
    for event, element, _ in walked(text):
        name = name_of(element)
        if name in _DRAWERS:
            if event == "start":
                drawers.append(words(inner(element, "name")))
            else:
                drawers.pop()
        elif event == "end" and name == "Placemark":
            found.add(element, tuple(drawer for drawer in drawers if drawer))
            element.clear()
        elif event == "end" and name == "NetworkLink":
            found.links += 1
    return found


def _chosen(layer: str, found: _Placemarks, said: str | None) -> tuple[list[int], dict[str, str]]:
    """Choose placemarks by a drawer that is named, or is called like the layer; else all."""
    names = Counter(name for drawers in found.drawers for name in set(drawers))
    every = list(range(len(found.rows)))
    if said is not None:
        same = [name for name in names if name == said]
        same = same or [name for name in names if normalised(name) == normalised(said)]
        if len(same) != 1:
            wrong = f"has no layer {said!r}"
            raise InputError(wrong, f"its layers are {listed(list(names))}")
        name = same[0]
    else:
        fitting = [name for name in layer_candidates(list(names), layer) if names[name]]
        last = {drawers[-1] for drawers in found.drawers if drawers}
        if len(fitting) != 1 or len(last) < 2:  # noqa: PLR2004  a choice needs two
            return every, {"layer": f"all {len(last)} folders"} if len(last) > 1 else {}
        name = fitting[0]
    return [at for at in every if name in found.drawers[at]], {"layer": name}


def _told(table: pd.DataFrame) -> pd.DataFrame:
    """Leave out columns that say nothing, and a name that another column says, too."""
    table = table.dropna(axis=1, how="all")
    own = [heading for heading in table.columns if heading not in _OWN]
    if "name" in table and any(table[heading].equals(table["name"]) for heading in own):
        return table.drop(columns="name")
    return table


def _further(placemark: Element) -> dict[str, str]:
    """Give what a placemark says in columns of its own."""
    extended = inner(placemark, "ExtendedData")
    if extended is None:
        return {}
    cells = {}
    for part in extended.iter():
        if name_of(part) == "Data":
            cells[part.get("name", "")] = words(inner(part, "value"))
        elif name_of(part) == "SimpleData":
            cells[part.get("name", "")] = words(part)
    return cells


def _geometry(element: Element) -> dict[str, Any] | None:
    """Give the shapes within an element as GeoJSON would."""
    parts = [one for part in element if (one := _part(part)) is not None]
    if len(parts) < 2:  # noqa: PLR2004  several make a collection
        return parts[0] if parts else None
    kinds = {part["type"] for part in parts}
    if len(kinds) == 1 and kinds <= _SIMPLE:
        return {"type": f"Multi{kinds.pop()}", "coordinates": [p["coordinates"] for p in parts]}
    return {"type": "GeometryCollection", "geometries": parts}


def _part(element: Element) -> dict[str, Any] | None:
    """Give one shape as GeoJSON would; None for what is no shape."""
    name = name_of(element)
    if name in ("MultiGeometry", "MultiTrack"):
        return _geometry(element)
    if name == "Point":
        spots = _positions(element)
        return {"type": name, "coordinates": spots[0] if spots and len(spots) == 1 else None}
    if name in ("LineString", "LinearRing"):
        return {"type": "LineString", "coordinates": _positions(element)}
    if name == "Track":
        track = [words(part).split()[:2] for part in element if name_of(part) == "coord"]
        return {"type": "LineString", "coordinates": _numbers(track)}
    if name != "Polygon":
        return None
    rings = [
        ring
        for side in ("outerBoundaryIs", "innerBoundaryIs")
        for part in element
        if name_of(part) == side and (ring := inner(part, "LinearRing")) is not None
    ]
    return {"type": name, "coordinates": [_positions(ring) for ring in rings]}


def _positions(element: Element) -> list[list[float]] | None:
    """Read ``lon,lat,height lon,lat,height``; None if these are no numbers."""
    text = _COMMA.sub(",", words(inner(element, "coordinates")))
    return _numbers([spot.split(",")[:2] for spot in text.split()])


def _numbers(spots: list[list[str]]) -> list[list[float]] | None:
    try:
        return [[float(number) for number in spot] for spot in spots]
    except ValueError:
        return None
