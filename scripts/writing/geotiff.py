"""A surface of walking distances on disk, for any GIS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from rasterio import Affine
from rasterio.io import MemoryFile

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from spatial.surface import Surface


def write_surface(surface: Surface, path: Path, *, about: str, credit: str) -> None:
    """Write walking distances as a compressed GeoTIFF: one band of float32 metres, nodata NaN.

    Parameters
    ----------
    surface
        What to write.
    path
        A new file, ending in ``.tif``.
    about
        What the distances lead to; kept as the band's description.
    credit
        Whom the data come from; kept in the tag ``TIFFTAG_COPYRIGHT``.
    """
    path.write_bytes(_tiff(surface, about, credit))


def _tiff(surface: Surface, about: str, credit: str) -> bytes:
    """Make the file in memory: GDAL does not tell when a disk is full."""
    with MemoryFile() as memory:
        _fill(memory, surface, about, credit)
        return bytes(memory.read())


def _fill(memory: MemoryFile, surface: Surface, about: str, credit: str) -> None:
    """Write the raster into a file in memory."""
    rows, columns = surface.metres.shape
    with memory.open(
        driver="GTiff",
        width=columns,
        height=rows,
        count=1,
        dtype="float32",
        nodata=np.nan,
        crs=surface.crs.to_wkt(),
        transform=Affine(surface.cell_m, 0, surface.x0, 0, -surface.cell_m, surface.y0),
        compress="deflate",
        predictor=3,  # made for floats: files become about a third smaller
        tiled=True,
    ) as raster:
        raster.write(_no_shorter(surface.metres), 1)
        raster.set_band_description(1, about)
        raster.set_band_unit(1, "m")
        raster.update_tags(TIFFTAG_COPYRIGHT=credit, TIFFTAG_IMAGEDESCRIPTION=about)


def _no_shorter(metres: NDArray[np.float64]) -> NDArray[np.float32]:
    """Round up to float32, so that what is beyond a reach of whole metres stays beyond it.

    Examples
    --------
    >>> (_no_shorter(np.array([500.0, 500.000_001])) <= 500).tolist()
    [True, False]
    """
    nearest = metres.astype(np.float32)
    up = np.nextafter(nearest, np.float32(np.inf))
    return np.where(nearest < metres, up, nearest)
