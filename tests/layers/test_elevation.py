"""Rasters of heights: what is a height, what is not, and where it counts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
from pyproj import CRS

from layers.elevation import NO_HEIGHT, read_elevation
from spatial.errors import InputError

JINING = rasterio.Affine(100, 0, 500_000, 0, -100, 3_900_000)
MIDDLES = np.array([(500_050, 3_899_950), (500_150, 3_899_950)], float)


def save(path: Path, heights: object, *, unit: str = "", **profile: object) -> Path:
    """Write a raster of heights; `heights` has rows and columns."""
    cells = np.atleast_3d(np.array(heights, "float32")).transpose(2, 0, 1)
    count, height, width = cells.shape
    shape = {"count": count, "height": height, "width": width}
    usual = {"driver": "GTiff", "crs": "EPSG:4548", "transform": JINING, "dtype": "float32"}
    with rasterio.open(path, "w", **(usual | shape | profile)) as raster:
        raster.write(cells)
        if unit:
            raster.units = [unit] * count
    return path


def refused(words: str, path: Path, **options: object) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read_elevation(path, **options)  # type: ignore[arg-type]
    assert str(caught.value).startswith(f"{path}, elevation: ")
    assert caught.value.remedy


def test_heights_as_they_stand(tmp_path: Path) -> None:
    reading = read_elevation(save(tmp_path / "高程.tif", [[12.5, -3], [0, 40]], unit="metre"))
    assert reading.relief.at(MIDDLES, CRS(4548)).tolist() == [12.5, -3]
    assert (reading.tally.read, reading.tally.used) == (4, 4)
    assert reading.taken == {"band": "1", "crs": "EPSG:4548", "nodata": "undeclared"}


def test_what_is_no_height_is_unknown_and_counted(tmp_path: Path) -> None:
    path = save(tmp_path / "dem.tif", [[-9999, 10, 7, np.inf, np.nan]], nodata=7)
    reading = read_elevation(path)
    np.testing.assert_array_equal(reading.relief.height_m, [[np.nan, 10, np.nan, np.nan, np.nan]])
    assert (reading.tally.used, reading.tally.dropped) == (1, 2)
    assert reading.tally.reasons == {NO_HEIGHT: 2}


def test_the_planner_says_band_nodata_and_crs(tmp_path: Path) -> None:
    cells = np.dstack([[[1, 2]], [[3, -1]]])
    path = save(tmp_path / "dem.tif", cells, crs=None)
    reading = read_elevation(path, band=2, nodata=-1, crs="EPSG:4548")
    np.testing.assert_array_equal(reading.relief.height_m, [[3, np.nan]])


def test_only_the_surroundings_are_read(tmp_path: Path) -> None:
    path = save(tmp_path / "dem.tif", np.arange(10_000.0).reshape(100, 100) / 10)
    whole = read_elevation(path)
    bounds = (117.02, 35.20, 117.03, 35.21)
    part = read_elevation(path, lonlat_bounds=bounds)
    assert part.relief.height_m.size < whole.relief.height_m.size / 10
    spots = np.array([(117.022, 35.203), (117.029, 35.209)])
    heights = [one.relief.at(spots, CRS(4326)) for one in (whole, part)]
    np.testing.assert_array_equal(*heights)
    assert np.isfinite(heights[0]).all()


def test_what_cannot_be_used_is_one_line(tmp_path: Path) -> None:
    refused("is not there", tmp_path / "nothing.tif")
    refused("holds no height", save(tmp_path / "a.tif", [[-9999]]))
    refused("heights in 'ft'", save(tmp_path / "b.tif", [[12]], unit="ft"))
    refused("say which holds heights", save(tmp_path / "c.tif", np.ones((2, 2, 2))))
    refused("has no CRS", save(tmp_path / "d.tif", [[12]], crs=None))
    far = (2.0, 48.0, 3.0, 49.0)
    refused("does not touch", save(tmp_path / "e.tif", [[12]]), lonlat_bounds=far)
    text = Path(tmp_path, "f.tif")
    text.write_text("no raster", encoding="utf-8")
    refused("is no raster of heights", text)
