"""A raster of people, read as it stands: what is no number of people is left out and counted."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from layers.bands import UNDECLARED, read_band
from layers.schema import MOST_PEOPLE, Tally
from spatial.cells import PopulationCells
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from layers.bands import Band

_M2_PER_KM2: Final = 1e6

_DENSITY: Final = re.compile(
    r"densit|密度|/\s*(km|sq|ha\b)|\bper[\s_]*(km|sq|ha\b|hect)|km-2|km\^-2|[/每](平方|公顷|公里)"
    r"|_pd_\d{4}",
    re.IGNORECASE,
)
"""Also ``chn_pd_2020_1km``: how WorldPop names its densities."""

# The largest numbers of 1, 2 and 4 bytes, and rows of nines.
_FILLS: Final = frozenset(
    (255, 32767, 65535, 2**31 - 1, 2**32 - 1, *(10**n - 1 for n in range(4, 10)))
)
_SURE: Final = 1e6

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
        True where the values are people per km², False where they are people. Needed where a name
        in the file speaks of density; else they are people.
    nodata
        The value that means "no data", besides the one that the file declares.
    crs
        The CRS, as `spatial.crs.crs_from_text` reads it; overrides what the file says.
    """

    band: int | None = None
    density: bool | None = None
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
        number of people there; if it may be one of densities or of undeclared no-data values, and
        the planner does not say.
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
        if options.density is None:
            _ask_of_density(path.stem, band)
        if options.nodata is None and band.taken["nodata"] == UNDECLARED:
            _ask_of_no_data(band.values)
        cells = PopulationCells(band.values, band.affine, band.crs, band.first)
        values = "people per km²" if options.density else "people"
        return _reading(cells, {**band.taken, "values": values}, density=bool(options.density))
    except InputError as error:
        raise InputError(error.wrong, error.remedy, file=path, layer="population") from None


def _ask_of_density(name: str, band: Band) -> None:
    """Refuse to take densities for people where the file's name, title or unit speaks of them."""
    for text in (band.unit, band.title, name):
        if _DENSITY.search(text):
            wrong = f"speaks of density ({text[:80]!r}), and the plan does not"
            remedy = "say density = true for people per km², density = false for people"
            raise InputError(wrong, remedy)


def _ask_of_no_data(people: NDArray[np.float64]) -> None:
    """Refuse to take for people what programs write where there are none."""
    finite = people[np.isfinite(people)]
    most = finite.max(initial=0.0)
    count = int((finite == most).sum())
    if most in _FILLS and (count > 1 or most > _SURE):
        wrong = f"holds {most:.0f} in {count} cells, and does not say whether it means no data"
        remedy = f"say nodata = {most:.0f} if it does, nodata = -1 if these are people"
        raise InputError(wrong, remedy)


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
