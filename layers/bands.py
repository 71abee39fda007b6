"""One band of a raster file, read as it stands: nothing is resampled, nothing is guessed."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
import rasterio
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.windows import Window

from layers.asciigrid import refuse_broken
from layers.files.absent import not_there
from layers.records import crs_name, unreadable
from spatial.crs import crs_from_text, require_datum
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from spatial.cells import Affine

RASTERS: Final[Mapping[str, str]] = MappingProxyType(
    {".tif": "GTiff", ".tiff": "GTiff", ".asc": "AAIGrid", ".img": "HFA"}
)
"""How the name of a raster ends, in small letters, and who reads it."""

_MOST_CELLS: Final = 50_000_000
UNDECLARED: Final = "undeclared"


@dataclass(frozen=True)
class Band:
    """The part of a band that was asked for.

    Attributes
    ----------
    values
        (rows, columns) float64, scale and offset of the band applied; NaN where there are no data.
    affine
        From column and row to x and y in `crs`; (0, 0) is the outer corner of the first cell.
    crs
        The raster's own.
    first
        Row and column, in the file, of the first cell.
    unit
        What the file says its values are measured in; empty where it does not.
    title
        What the file calls the band; empty where it does not.
    taken
        The band, the CRS and the no-data value that were used.
    """

    values: NDArray[np.float64]
    affine: Affine
    crs: CRS
    first: tuple[int, int]
    unit: str
    title: str
    taken: Mapping[str, str]


def read_band(
    path: Path,
    *,
    of: str,
    band: int | None = None,
    nodata: float | None = None,
    crs: str | None = None,
    lonlat_bounds: tuple[float, float, float, float] | None = None,
) -> Band:
    """Read one band of a GeoTIFF, Esri ASCII or Erdas raster.

    Parameters
    ----------
    path
        The file.
    of
        What the values are, for messages: ``people``.
    band
        The band to read, from 1; needed if there are several.
    nodata
        The value that means "no data", besides the one that the file declares.
    crs
        The CRS, as `spatial.crs.crs_from_text` reads it; overrides what the file says.
    lonlat_bounds
        West, south, east, north of the study area, degrees: only cells that may touch it are
        read. Default: all.

    Raises
    ------
    InputError
        If there is no such file, it is no raster of these kinds, is damaged, has no CRS or no
        place, holds several rasters, has several bands and none is named, or does not touch the
        study area.
    """
    driver = _driver(path)
    if driver == "AAIGrid":
        refuse_broken(path)
    with _raster_faults(of), rasterio.open(path, driver=driver) as source:
        _refuse_pages(source)
        number = _band(source, band, of)
        grid_crs = _crs(source, crs)
        window = _window(source, grid_crs, lonlat_bounds)
        return Band(
            values=_values(source, number, window, nodata),
            affine=_shifted(source.transform, window),
            crs=grid_crs,
            first=(window.row_off, window.col_off),
            unit=source.units[number - 1] or "",
            title=source.descriptions[number - 1] or "",
            taken=_taken(source, number, grid_crs),
        )


def _driver(path: Path) -> str:
    """Say who reads a file; raise if nobody does."""
    if path.is_dir():
        raise InputError("is a folder", "name the file in it")
    if not path.is_file():
        raise not_there(path)
    driver = RASTERS.get(path.suffix.casefold())
    if driver is None:
        wrong = f"is of a kind that is not read ({path.suffix or 'no suffix'})"
        raise InputError(wrong, f"save it as one of {', '.join(RASTERS)}")
    return driver


@contextmanager
def _raster_faults(of: str) -> Iterator[None]:
    """Say in one line what rasterio says of a file that it cannot read."""
    try:
        with warnings.catch_warnings():
            # Whether it lies anywhere is asked of the file itself, right afterwards.
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            yield
    except RasterioError as error:
        if "not recognized" in str(error):
            wrong = f"is no raster of {of}, whatever its name says"
            raise InputError(wrong, "save it as GeoTIFF") from None
        # Of a read that fails, only what it comes from says why.
        cause = error.__cause__
        raise unreadable(cause if isinstance(cause, Exception) else error) from None


def _refuse_pages(source: rasterio.DatasetReader) -> None:
    """Refuse a file of several rasters, of which only the first would be read."""
    if len(source.subdatasets) > 1:
        wrong = f"holds {len(source.subdatasets)} rasters"
        raise InputError(wrong, "save the one that is meant as a file of its own")


def _band(source: rasterio.DatasetReader, said: int | None, of: str) -> int:
    """Choose the only band, or the one that was named."""
    if said is None and source.count > 1:
        wrong = f"has {source.count} bands"
        raise InputError(wrong, f"say which holds {of}, for instance band = 1")
    band = 1 if said is None else said
    if not 1 <= band <= source.count:
        wrong = f"has no band {band}"
        raise InputError(wrong, f"its bands are 1 to {source.count}")
    if np.issubdtype(np.dtype(source.dtypes[band - 1]), np.complexfloating):
        raise InputError(f"band {band} holds complex numbers", "save it with real numbers")
    return band


def _crs(source: rasterio.DatasetReader, said: str | None) -> CRS:
    """Find the CRS: what the planner says, else what the file says; never a guess."""
    if source.transform.is_identity or source.transform.is_degenerate:
        raise InputError("does not say where its cells lie", "save it with its georeference")
    if said is not None:
        return crs_from_text(said)
    if source.crs is None:
        wrong = "has no CRS"
        raise InputError(wrong, 'say crs = "EPSG:4326" if degrees, else for instance "ESRI:54009"')
    try:
        crs = CRS.from_wkt(source.crs.to_wkt())
    except CRSError:
        raise InputError("its CRS is not known", "say crs = ...") from None
    flat = crs.sub_crs_list[0] if crs.is_compound else crs
    if not (flat.is_geographic or flat.is_projected):
        wrong = f"its CRS {crs.name!r} does not say where on Earth a place lies"
        raise InputError(wrong, "say crs = ...")
    return require_datum(crs)


def _window(
    source: rasterio.DatasetReader, crs: CRS, bounds: tuple[float, float, float, float] | None
) -> Window:
    """Give the part of the raster that holds the bounds, and one cell more on each side."""
    rows, columns = source.shape
    low, high = np.zeros(2), np.array([columns, rows], np.float64)
    if bounds is not None:
        to_raster = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
        west, south, east, north = to_raster.transform_bounds(*bounds, densify_pts=21)
        corners = np.array([(x, y, 1.0) for x in (west, east) for y in (south, north)])
        place = corners @ np.linalg.inv(np.reshape(source.transform, (3, 3))).T[:, :2]
        if not np.isfinite(place).all():
            raise _elsewhere()
        low = np.maximum(low, np.floor(place.min(axis=0)) - 1)
        high = np.minimum(high, np.ceil(place.max(axis=0)) + 1)
    if (high <= low).any():
        raise _elsewhere()
    width, height = (high - low).astype(int).tolist()
    if width * height > _MOST_CELLS:
        wrong = f"has {width * height:,} cells in the study area"
        raise InputError(wrong, "give a coarser one: cells of 10 m or more")
    return Window(int(low[0]), int(low[1]), width, height)


def _elsewhere() -> InputError:
    return InputError("does not touch the study area", "give one of this city; check its CRS")


def _values(
    source: rasterio.DatasetReader, band: int, window: Window, nodata: float | None
) -> NDArray[np.float64]:
    """Read the values, scaled as the file says; NaN where there are no data."""
    raw = source.read(band, window=window, masked=True)
    blank = np.ma.getmaskarray(raw)
    if nodata is not None:
        floating = np.issubdtype(raw.dtype, np.floating)  # a planner's 0.1 is the band's 0.1
        blank = blank | (raw.data == (raw.dtype.type(nodata) if floating else nodata))
    scaled = raw.data.astype(np.float64) * source.scales[band - 1] + source.offsets[band - 1]
    return np.where(blank, np.nan, scaled)


def _taken(source: rasterio.DatasetReader, band: int, crs: CRS) -> dict[str, str]:
    """Say what was taken for what."""
    nodata = source.nodatavals[band - 1]
    return {
        "band": str(band),
        "crs": crs_name(crs),
        "nodata": UNDECLARED if nodata is None else f"{nodata:g}",
    }


def _shifted(whole: rasterio.Affine, window: Window) -> Affine:
    """Give the way from column and row of a part of the raster to x and y."""
    a, b, c, d, e, f = whole[:6]
    column, row = window.col_off, window.row_off
    return a, b, a * column + b * row + c, d, e, d * column + e * row + f
