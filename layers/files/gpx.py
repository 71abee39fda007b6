"""GPX of hand-held receivers and phones: waypoints, routes and tracks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from pyproj import CRS

from layers.files.markup import inner, name_of, text_of, walked, words
from layers.files.nested import shapes_of
from layers.files.source import Source
from layers.records import only_one
from layers.seeming import require
from spatial.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from layers.records import LayerOptions, Records

_KINDS: Final = {"wpt": "waypoints", "rte": "routes", "trk": "tracks"}
_SAID: Final = ("name", "desc", "cmt", "type", "sym")


def open_gpx(layer: str, path: Path, options: LayerOptions) -> Records:
    """Open the waypoints, routes or tracks of a GPX file; `layer` says which if there are more."""
    del layer
    require(path, "a GPX")
    text, encoding = text_of(path.read_bytes(), options.encoding)
    found: dict[str, list[Element]] = {}
    for event, element, around in walked(text):
        if event == "end" and around == ("gpx",) and name_of(element) in _KINDS:
            found.setdefault(_KINDS[name_of(element)], []).append(element)
    names = list(found)
    if options.layer is not None and options.layer not in names:
        wrong = f"has no layer {options.layer!r}"
        raise InputError(wrong, f"its layers are {', '.join(names) or 'none'}")
    name = options.layer or only_one(names, [], "layer")
    rows = [{key: words(inner(one, key)) or None for key in _SAID} for one in found[name]]
    table = pd.DataFrame(rows, pd.RangeIndex(len(rows)), dtype=object).dropna(axis=1, how="all")
    built = shapes_of([_geometry(one) for one in found[name]])
    source = Source(table, built.shapes, CRS.from_epsg(4326))
    source.taken |= {"encoding": encoding} | ({"layer": name} if len(names) > 1 else {})
    return source.records(options)


def _geometry(element: Element) -> dict[str, Any]:
    """Give a waypoint, route or track as GeoJSON would."""
    name = name_of(element)
    if name == "wpt":
        return {"type": "Point", "coordinates": _position(element)}
    if name == "rte":
        spots = [_position(part) for part in element if name_of(part) == "rtept"]
        return {"type": "LineString", "coordinates": spots}
    pieces = [
        [_position(spot) for spot in part if name_of(spot) == "trkpt"]
        for part in element
        if name_of(part) == "trkseg"
    ]
    return {"type": "MultiLineString", "coordinates": [piece for piece in pieces if piece]}


def _position(element: Element) -> list[float] | None:
    try:
        return [float(element.get("lon", "")), float(element.get("lat", ""))]
    except ValueError:
        return None
