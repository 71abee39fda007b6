"""A raster of heights: how high the ground lies, for slopes that make a walk longer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from layers.bands import read_band
from layers.schema import Tally
from spatial.errors import InputError
from spatial.relief import Relief

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from layers.bands import Band

NO_HEIGHT: Final = "no height on Earth (metres?)"
_LOWEST_M, _HIGHEST_M = -450.0, 8900.0  # the shore of the Dead Sea, the top of Everest
_METRES: Final = frozenset(("", "m", "metre", "metres", "meter", "meters", "米"))


@dataclass(frozen=True)
class ElevationReading:
    """A raster of heights as read, the tally of the cells that hold one, and what was taken."""

    relief: Relief
    tally: Tally
    taken: Mapping[str, str] = field(default_factory=dict)


def read_elevation(
    path: Path,
    *,
    band: int | None = None,
    nodata: float | None = None,
    crs: str | None = None,
    lonlat_bounds: tuple[float, float, float, float] | None = None,
) -> ElevationReading:
    """Read heights in metres from a GeoTIFF, Esri ASCII or Erdas raster.

    Parameters
    ----------
    path
        The file.
    band, nodata, crs, lonlat_bounds
        See `layers.bands.read_band`.

    Returns
    -------
    ElevationReading
        Heights in the raster's own grid and CRS, NaN where unknown. Values that no place on Earth
        has (an undeclared no-data value) are dropped and counted.

    Raises
    ------
    InputError
        If `layers.bands.read_band` cannot read it, it says its heights are not in metres, or it
        holds none in the study area.
    """
    try:
        read = read_band(
            path, of="heights", band=band, nodata=nodata, crs=crs, lonlat_bounds=lonlat_bounds
        )
        return _reading(read)
    except InputError as error:
        raise InputError(error.wrong, error.remedy, file=path, layer="elevation") from None


def _reading(read: Band) -> ElevationReading:
    """Leave out what is no height, and count it."""
    if read.unit.casefold() not in _METRES:
        raise InputError(f"gives heights in {read.unit!r}", "convert it to metres")
    known = ~np.isnan(read.values)
    wrong = known & ~((read.values >= _LOWEST_M) & (read.values <= _HIGHEST_M))
    height_m = np.where(wrong, np.nan, read.values)
    used = int((known & ~wrong).sum())
    if not used:
        raise InputError(
            "holds no height in the study area",
            "check its band and nodata, and that it covers the city",
        )
    dropped = Counter({NO_HEIGHT: int(wrong.sum())})
    relief = Relief(height_m, read.affine, read.crs)
    return ElevationReading(relief, Tally.count(used, dropped=+dropped), read.taken)
