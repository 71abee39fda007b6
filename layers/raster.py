"""A raster of people, read as it stands: what is no number of people is left out and counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from layers.bands import read_band
from layers.schema import MOST_PEOPLE, Tally
from spatial.cells import PopulationCells
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_M2_PER_KM2: Final = 1e6

NEGATIVE: Final = "negative number of people"
NOT_FINITE: Final = "infinite number of people"
TOO_MANY: Final = "more people in one cell than live on Earth"


@dataclass(frozen=True)
class RasterOptions:
    """What a planner says about a raster where the file does not.

    Attributes
    ----------
    band
        The band to read, from 1; needed if there are several.
    density
        True where the values are people per km², not people.
    nodata
        The value that means "no data", besides the one that the file declares.
    crs
        The CRS, as `spatial.crs.crs_from_text` reads it; overrides what the file says.
    """

    band: int | None = None
    density: bool = False
    nodata: float | None = None
    crs: str | None = None


@dataclass(frozen=True)
class RasterReading:
    """A raster as read: its cells, the tally of those that hold a number, and what was taken."""

    cells: PopulationCells
    tally: Tally
    taken: Mapping[str, str] = field(default_factory=dict)


def read_population_raster(
    path: Path,
    options: RasterOptions | None = None,
    *,
    lonlat_bounds: tuple[float, float, float, float] | None = None,
) -> RasterReading:
    """Read the people in the cells of a GeoTIFF, Esri ASCII or Erdas raster.

    Parameters
    ----------
    path
        The file.
    options
        What the planner says about it.
    lonlat_bounds
        West, south, east, north of the study area, degrees: only cells that may touch it are
        read. Default: all.

    Returns
    -------
    RasterReading
        People per cell in the raster's own grid and CRS: never resampled. No data, declared or
        masked in the file, and NaN are no records; negative numbers (an undeclared no-data value)
        and impossible ones are dropped with a reason. Scale and offset of the band are applied;
        densities are multiplied by the true area of each cell.

    Raises
    ------
    InputError
        If there is no such file, it is no raster of these kinds, is damaged, has no CRS or no
        place, has several bands and none is named, does not touch the study area, or holds no
        number of people there.
    """
    options = options or RasterOptions()
    try:
        band = read_band(
            path,
            of="people",
            band=options.band,
            nodata=options.nodata,
            crs=options.crs,
            lonlat_bounds=lonlat_bounds,
        )
        cells = PopulationCells(band.values, band.affine, band.crs, band.first)
        values = "people per km²" if options.density else "people"
        return _reading(cells, {**band.taken, "values": values}, density=options.density)
    except InputError as error:
        raise InputError(error.wrong, error.remedy, file=path, layer="population") from None


def _reading(cells: PopulationCells, taken: Mapping[str, str], *, density: bool) -> RasterReading:
    """Leave out what is no number of people, and count it."""
    if density:
        cells = replace(cells, people=cells.people * cells.areas_m2() / _M2_PER_KM2)
    faults = {
        NEGATIVE: cells.people < 0,
        NOT_FINITE: np.isposinf(cells.people),
        TOO_MANY: (cells.people > MOST_PEOPLE) & np.isfinite(cells.people),
    }
    dropped = Counter({reason: int(bad.sum()) for reason, bad in faults.items()})
    bad = np.logical_or.reduce(list(faults.values()))
    cells = replace(cells, people=np.where(bad, np.nan, cells.people))
    used = int(np.isfinite(cells.people).sum())
    if not used:
        lost = f" ({dropped.total()} cells: {dropped.most_common(1)[0][0]})" if bad.any() else ""
        wrong = f"holds no number of people in the study area{lost}"
        raise InputError(wrong, "check its band and nodata, and that it covers the city")
    return RasterReading(cells, Tally.count(used, dropped=+dropped), taken)
