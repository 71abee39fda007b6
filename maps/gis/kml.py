"""A layer as KML: placemarks in folders by how they look, as Google Earth and Ovi show them."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from maps.page.markup import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

DOT = "dot.png"
"""The picture every spot is drawn with, tinted; it lies beside the file."""

_NAMESPACE = "http://www.opengis.net/kml/2.2"


class Ink(NamedTuple):
    """How placemarks of one kind look: colours ``#RRGGBB``; what an area is filled with, 0 to 1."""

    label: str
    colour: str
    edge: str
    filled: float = 0.5
    size: float = 0.5


@dataclass(frozen=True)
class Sheet:
    """What a KML file shows.

    Attributes
    ----------
    title, credit
        Of the whole file.
    inks
        How placemarks look, by key, in the order of the folders.
    look
        (n,) the key of each placemark.
    names
        (n,) what is written beside it.
    shapes
        (n,) in longitude and latitude of WGS 84; none may be missing.
    columns
        What else is known of each, n rows; nothing is written where nothing is known.
    said
        What each column is called.
    """

    title: str
    credit: str
    inks: Mapping[str, Ink]
    look: NDArray[np.object_]
    names: Sequence[str]
    shapes: NDArray[np.object_]
    columns: pd.DataFrame
    said: Mapping[str, str]


def document(sheet: Sheet) -> Iterator[str]:
    """Write a whole KML file, piece by piece; every text from the data is escaped."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{_NAMESPACE}"><Document>\n'
    yield f"<name>{text(sheet.title)}</name><description>{text(sheet.credit)}</description>\n"
    for key, ink in sheet.inks.items():
        yield _style(key, ink)
    rows = sheet.columns.astype(object).to_dict("records")
    missing = sheet.columns.isna().to_dict("records")
    for key, ink in sheet.inks.items():
        of_kind = np.flatnonzero(sheet.look == key)
        if not len(of_kind):
            continue
        yield f"<Folder><name>{text(ink.label)}</name>\n"
        for row in of_kind.tolist():
            known = {str(one): v for one, v in rows[row].items() if not missing[row][one]}
            yield _placemark(sheet, key, row, known)
        yield "</Folder>\n"
    yield "</Document></kml>\n"


def _style(key: str, ink: Ink) -> str:
    icon = f"<Icon><href>{DOT}</href></Icon>"
    return (
        f'<Style id="{text(key)}">'
        f"<IconStyle><color>{_abgr(ink.colour)}</color><scale>{ink.size:g}</scale>{icon}</IconStyle>"
        f"<LabelStyle><scale>0.7</scale></LabelStyle>"
        f"<LineStyle><color>{_abgr(ink.edge)}</color><width>2</width></LineStyle>"
        f"<PolyStyle><color>{_abgr(ink.colour, ink.filled)}</color></PolyStyle></Style>\n"
    )


def _placemark(sheet: Sheet, key: str, row: int, known: Mapping[str, object]) -> str:
    """Write one placemark: its name, its style, what is known of it, and its shape."""
    data = "".join(
        f'<Data name="{text(column)}"><displayName>{text(sheet.said.get(column, column))}'
        f"</displayName><value>{text(_value(value))}</value></Data>"
        for column, value in known.items()
    )
    return (
        f"<Placemark><name>{text(sheet.names[row])}</name><styleUrl>#{text(key)}</styleUrl>"
        f"<ExtendedData>{data}</ExtendedData>{_shape(sheet.shapes[row])}</Placemark>\n"
    )


def _value(value: object) -> str:
    """Write a value: numbers as they are read back, yes and no as 1 and 0."""
    if isinstance(value, bool | np.bool_):
        return str(int(value))
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(float(value))
    return str(value)


def _shape(shape: BaseGeometry) -> str:
    """Write one shape, its parts in a collection."""
    kind = shape.geom_type
    if kind == "Point":
        return f"<Point>{_coordinates(shape)}</Point>"
    if kind in ("LineString", "LinearRing"):
        return f"<LineString><tessellate>1</tessellate>{_coordinates(shape)}</LineString>"
    if kind == "Polygon":
        outer = f"<outerBoundaryIs>{_ring(shape.exterior)}</outerBoundaryIs>"
        holes = (f"<innerBoundaryIs>{_ring(ring)}</innerBoundaryIs>" for ring in shape.interiors)
        return f"<Polygon>{outer}{''.join(holes)}</Polygon>"
    return f"<MultiGeometry>{''.join(_shape(part) for part in shape.geoms)}</MultiGeometry>"


def _ring(ring: BaseGeometry) -> str:
    return f"<LinearRing>{_coordinates(ring)}</LinearRing>"


def _coordinates(shape: BaseGeometry) -> str:
    pairs = shapely.get_coordinates(shape).tolist()
    return f"<coordinates>{' '.join(f'{x:.7f},{y:.7f}' for x, y in pairs)}</coordinates>"


def _abgr(colour: str, opacity: float = 1.0) -> str:
    """Write ``#RRGGBB`` as KML does: opacity, blue, green, red.

    >>> _abgr("#0072B2", 0.5)
    '80b27200'
    """
    red, green, blue = (colour[place : place + 2] for place in (1, 3, 5))
    return f"{round(255 * opacity):02x}{blue}{green}{red}".lower()


def dot_png(size: int = 32) -> bytes:
    """Give the picture of a white disc with a smooth edge, to be tinted.

    Examples
    --------
    >>> dot_png()[:8] == bytes([137]) + b"PNG" + bytes([13, 10, 26, 10])
    True
    """
    middle = (size - 1) / 2
    across = np.arange(size) - middle
    away = np.hypot(across[:, None], across[None, :])
    alpha = (255 * np.clip(middle - away, 0, 1)).astype(np.uint8)
    pixels = np.full((size, size, 4), 255, dtype=np.uint8)
    pixels[..., 3] = alpha
    lines = np.concatenate([np.zeros((size, 1), np.uint8), pixels.reshape(size, -1)], axis=1)
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(lines.tobytes(), 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
