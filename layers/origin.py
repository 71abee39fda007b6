"""Where fetched layers come from: the `about.toml` that `fetch` leaves beside them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from spatial.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

ABOUT = "about.toml"
_FAULTS = (
    *(OSError, ValueError, KeyError, TypeError, RecursionError),
    shapely.errors.ShapelyError,
)


@dataclass(frozen=True)
class Origin:
    """Whom fetched layers are owed to, of what day they are, and where they end.

    Attributes
    ----------
    credit
        Whom every map, table and file made from them must name.
    date
        The day of the data, ``2023-12-26``, or None.
    area
        The area asked for, in longitude and latitude.
    """

    credit: str
    date: str | None
    area: BaseGeometry


def origin_of(layer: Path) -> Origin | None:
    """Tell where a layer's file comes from; None where nothing beside it says.

    Raises
    ------
    InputError
        If what stands beside it was changed by hand and cannot be read.
    """
    path = layer.parent / ABOUT
    if not path.is_file():
        return None
    try:
        about = tomllib.loads(path.read_text(encoding="utf-8"))
        date = about.get("date")
        area = shapely.from_wkt(about["area"])
        return Origin(str(about["credit"]), str(date)[:10] if date else None, area)
    except _FAULTS as error:
        wrong = f"does not say where the layers beside it come from ({error})"
        raise InputError(wrong, "run 'lifecircle fetch' again", file=path) from error
