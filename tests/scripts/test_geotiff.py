"""A GeoTIFF says what it holds, and holds it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import rasterio
from pyproj import CRS

from scripts.writing.geotiff import write_surface
from spatial.surface import Surface

METRES = np.array([[1.0, np.nan, 3.0], [499.999_999, 500.0, 500.000_001]])


def test_a_surface_read_back(tmp_path: Path) -> None:
    path = tmp_path / "park_500m.tif"
    surface = Surface(CRS(4548), 500_000.0, 3_900_020.0, 10.0, METRES)
    write_surface(surface, path, about="公园 park_500m", credit="© OpenStreetMap contributors")
    with rasterio.open(path) as raster:
        assert raster.crs.to_epsg() == 4548
        assert tuple(raster.bounds) == (500_000, 3_900_000, 500_030, 3_900_020)
        assert (raster.dtypes, raster.units) == (("float32",), ("m",))
        assert raster.descriptions == ("公园 park_500m",)
        assert np.isnan(raster.nodata)
        assert raster.compression.name == "deflate"
        assert raster.tags()["TIFFTAG_COPYRIGHT"] == "© OpenStreetMap contributors"
        written = raster.read(1)
        at = [float(value[0]) for value in raster.sample([(500_025, 3_900_015)])]
    assert at == [3.0]
    np.testing.assert_allclose(written, METRES, atol=1e-4)
    np.testing.assert_array_equal(written <= 500, METRES <= 500)


def test_a_wide_surface_is_compressed(tmp_path: Path) -> None:
    path = tmp_path / "wide.tif"
    far = np.add.outer(np.arange(600.0), np.arange(700.0))
    write_surface(Surface(CRS(32632), 0.0, 6000.0, 10.0, far), path, about="-", credit="-")
    assert path.stat().st_size < far.size * 4 / 3
    assert [file.name for file in tmp_path.iterdir()] == ["wide.tif"]
