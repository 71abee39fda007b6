"""Rasters of people: what counts, what does not, and where the cells lie."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import rasterio

from layers.raster import RasterOptions, RasterReading, read_population_raster
from spatial.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import ArrayLike

JINING = rasterio.Affine(100, 0, 500_000, 0, -100, 3_900_000)  # cells of 1 ha, from the north-west
FLOAT_NODATA = float(np.finfo(np.float32).min)


def save(
    path: Path,
    people: ArrayLike,
    *,
    transform: rasterio.Affine | None = JINING,
    crs: str | None = "EPSG:4548",
    dtype: str = "float32",
    **profile: Any,
) -> Path:
    """Write a raster; `people` has rows and columns, or bands, rows and columns."""
    scale = {key: profile.pop(key) for key in ("scales", "offsets") if key in profile}
    bands = np.array(people, dtype=dtype)
    bands = bands if bands.ndim == 3 else bands[np.newaxis]
    count, height, width = bands.shape
    profile = {"driver": "GTiff", "crs": crs, "transform": transform} | profile
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
        with rasterio.open(
            path, "w", width=width, height=height, count=count, dtype=dtype, **profile
        ) as raster:
            raster.write(bands)
            for key, value in scale.items():
                setattr(raster, key, value)
    return path


def read(path: Path, **options: Any) -> RasterReading:
    reading = read_population_raster(path, RasterOptions(**options))
    tally = reading.tally
    assert tally.read == tally.used + tally.dropped
    assert tally.used == np.isfinite(reading.cells.people).sum()
    return reading


def refused(words: str, path: Path, **options: Any) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read_population_raster(path, RasterOptions(**options))
    assert str(caught.value).startswith(f"{path}, population: ")
    assert "\n" not in str(caught.value)
    assert caught.value.remedy


def test_counts_as_they_stand(tmp_path: Path) -> None:
    reading = read(save(tmp_path / "人口.tif", [[1, 2.5], [0, 4]]))
    np.testing.assert_array_equal(reading.cells.people, [[1, 2.5], [0, 4]])
    assert reading.cells.total() == 7.5
    assert reading.cells.crs.to_epsg() == 4548
    assert reading.tally.used == 4
    assert not reading.tally.reasons
    assert reading.taken == {
        "band": "1",
        "crs": "EPSG:4548",
        "nodata": "undeclared",
        "values": "people",
    }


@pytest.mark.parametrize(
    ("nodata", "dtype"),
    [(FLOAT_NODATA, "float32"), (-99999, "float32"), (-200, "int16"), (65535, "uint16")],
)
def test_declared_nodata_is_no_record(tmp_path: Path, nodata: float, dtype: str) -> None:
    path = save(tmp_path / "p.tif", [[1, nodata], [nodata, 4]], nodata=nodata, dtype=dtype)
    reading = read(path)
    np.testing.assert_array_equal(reading.cells.people, [[1, np.nan], [np.nan, 4]])
    assert reading.tally.read == 2
    assert reading.taken["nodata"] == f"{nodata:g}"


@pytest.mark.parametrize(
    ("value", "dtype"),
    [
        *[(FLOAT_NODATA, "float32"), (-99999, "float32"), (-200, "int16"), (-0.5, "float64")],
        (-2147483646, "int32"),
    ],
)
def test_negative_people_are_never_people(tmp_path: Path, value: float, dtype: str) -> None:
    reading = read(save(tmp_path / "p.tif", [[1, value], [value, 4]], dtype=dtype))
    assert reading.cells.total() == 5
    assert reading.tally.reasons == {"negative number of people": 2}


def test_what_is_no_number_or_too_large(tmp_path: Path) -> None:
    reading = read(save(tmp_path / "p.tif", [[np.nan, np.inf], [3.4e38, 4]]))
    np.testing.assert_array_equal(reading.cells.people, [[np.nan, np.nan], [np.nan, 4]])
    assert reading.tally.read == 3
    assert reading.tally.reasons == {
        "infinite number of people": 1,
        "more people in one cell than live on Earth": 1,
    }


def test_a_planner_can_name_nodata(tmp_path: Path) -> None:
    path = save(tmp_path / "p.tif", [[1, 255], [255, 4]], dtype="uint8")
    assert read(path, nodata=255).cells.total() == 5
    assert read(path, nodata=-1.0).cells.total() == 515


def test_scale_and_offset_come_after_nodata(tmp_path: Path) -> None:
    path = save(
        tmp_path / "p.tif",
        [[10, 0], [30, 40]],
        dtype="int16",
        nodata=0,
        scales=(0.1,),
        offsets=(2.0,),
    )
    np.testing.assert_allclose(read(path).cells.people, [[3, np.nan], [5, 6]])


def test_bands(tmp_path: Path) -> None:
    path = save(tmp_path / "p.tif", [[[1, 2]], [[30, 40]]])
    refused("has 2 bands; say which holds people, for instance band = 1", path)
    refused("has no band 3; its bands are 1 to 2", path, band=3)
    refused("has no band 0", path, band=0)
    assert read(path, band=2).cells.total() == 70


# --- Density -------------------------------------------------------------------------------------


def test_density_on_a_plane(tmp_path: Path) -> None:
    """A cell of 1 ha on the central meridian, scale 1: 5,000 people a km² are 50."""
    path = save(tmp_path / "p.tif", [[5000, 200]])
    np.testing.assert_allclose(read(path, density=True).cells.people, [[50, 2]], rtol=1e-4)
    assert read(path, density=True).taken["values"] == "people per km²"


def test_density_in_degrees(tmp_path: Path) -> None:
    """The northern half of WGS 84 has 255,032,810.857 km²; here in 4 bands of 90 degrees each."""
    hemisphere = rasterio.Affine(90, 0, -180, 0, -22.5, 90)
    path = save(tmp_path / "p.tif", np.ones((4, 4)), transform=hemisphere, crs="EPSG:4326")
    people = read(path, density=True).cells.people
    assert people.sum() == pytest.approx(255_032_810.857, rel=1e-9)
    assert people[0, 0] < people[3, 0] / 4  # towards the pole cells are small


def test_density_in_web_mercator_counts_true_area(tmp_path: Path) -> None:
    """At 60 degrees north a cell of Web Mercator covers about a quarter of its square metres."""
    north = rasterio.Affine(1000, 0, 0, 0, -1000, 8_400_000)
    path = save(tmp_path / "p.tif", [[100.0]], transform=north, crs="EPSG:3857")
    assert read(path, density=True).cells.total() == pytest.approx(25.0, rel=0.01)


def test_density_in_mollweide_counts_true_area(tmp_path: Path) -> None:
    """Mollweide is drawn on a sphere: at the equator its square km has 0.9933 on the ellipsoid."""
    equator = rasterio.Affine(1000, 0, 2_900_000, 0, -1000, 500)
    path = save(tmp_path / "p.tif", [[1000.0]], transform=equator, crs="ESRI:54009")
    assert read(path, density=True).cells.total() == pytest.approx(993.3, abs=0.1)


# --- The part around the study area --------------------------------------------------------------


def world(path: Path, **options: Any) -> Path:
    """People of a whole degree in each cell: 1,000 x row + column."""
    row, column = np.mgrid[0:180, 0:360]
    globe = rasterio.Affine(1, 0, -180, 0, -1, 90)
    return save(path, 1000 * row + column, transform=globe, crs="EPSG:4326", **options)


def test_only_the_part_around_the_study_area_is_read(tmp_path: Path) -> None:
    bounds = (116.2, 35.3, 117.4, 35.8)  # columns 296 and 297, row 54; one more on each side
    reading = read_population_raster(world(tmp_path / "p.tif"), lonlat_bounds=bounds)
    cells = reading.cells
    assert cells.first == (53, 295)
    np.testing.assert_array_equal(cells.people[:, 0], [53_295, 54_295, 55_295])
    np.testing.assert_array_equal(cells.people[1], [54_295, 54_296, 54_297, 54_298])
    at = cells.cell_at(np.array([[117.1, 35.5]]), cells.crs)
    assert cells.people.ravel()[at].item() == 54_297
    assert cells.names(at).tolist() == ["55,298"]


def test_the_part_of_a_raster_in_another_crs(tmp_path: Path) -> None:
    """Jining in Mollweide; the bounds are bent there, yet every corner is inside."""
    row, column = np.mgrid[0:200, 0:200]
    grid = rasterio.Affine(1000, 0, 10_200_000, 0, -1000, 4_350_000)
    path = save(tmp_path / "p.tif", 1000 * row + column, transform=grid, crs="ESRI:54009")
    whole = read_population_raster(path).cells
    part = read_population_raster(path, lonlat_bounds=(116.5, 35.3, 116.7, 35.5)).cells
    assert 400 < part.people.size < 2000
    corners = np.array([(x, y) for x in (116.5, 116.7) for y in (35.3, 35.5)])
    lonlat = "EPSG:4326"
    at, within = whole.cell_at(corners, lonlat), part.cell_at(corners, lonlat)
    assert (within >= 0).all()
    np.testing.assert_array_equal(whole.people.ravel()[at], part.people.ravel()[within])
    np.testing.assert_array_equal(whole.names(at), part.names(within))


def test_the_bounds_of_a_wide_area_are_bent(tmp_path: Path) -> None:
    """In Gauss-Krueger the parallel of 35 degrees runs 30 km farther south in the middle."""
    grid = rasterio.Affine(1000, 0, 0, 0, -1000, 4_100_000)
    path = save(tmp_path / "p.tif", np.ones((400, 1000)), transform=grid)
    part = read_population_raster(path, lonlat_bounds=(112, 35, 122, 36)).cells
    assert part.cell_at(np.array([[117, 35.001]]), "EPSG:4326").item() >= 0
    assert part.people.size < 200_000


def test_a_raster_of_another_city(tmp_path: Path) -> None:
    path = save(tmp_path / "p.tif", [[1, 2]])
    with pytest.raises(InputError, match="does not touch the study area; give one of this city"):
        read_population_raster(path, lonlat_bounds=(7.4, 43.7, 7.5, 43.8))


def test_no_people_in_the_study_area(tmp_path: Path) -> None:
    people = np.full((180, 360), -1)
    people[0, 0] = 5
    globe = rasterio.Affine(1, 0, -180, 0, -1, 90)
    path = save(tmp_path / "p.tif", people, transform=globe, crs="EPSG:4326", nodata=-1)
    with pytest.raises(InputError, match="holds no number of people in the study area; check"):
        read_population_raster(path, lonlat_bounds=(116.2, 35.3, 117.4, 35.8))


def test_a_raster_of_zeros_is_read(tmp_path: Path) -> None:
    assert read(save(tmp_path / "p.tif", [[0, 0]])).cells.total() == 0


# --- Files that cannot be used -------------------------------------------------------------------


def test_a_picture_by_another_name(tmp_path: Path) -> None:
    path = save(tmp_path / "p.tif", [[9, 9]], driver="PNG", dtype="uint8", crs=None, transform=None)
    refused("is no raster of people, whatever its name says; save it as GeoTIFF", path)


def test_files_that_are_none(tmp_path: Path) -> None:
    refused("is not there; check the path", tmp_path / "p.tif")
    refused("is a folder; name the file in it", tmp_path)
    (tmp_path / "p.txt").write_text("5", "utf-8")
    refused(r"is of a kind that is not read \(.txt\); save it as one of .tif", tmp_path / "p.txt")
    (tmp_path / "p.tif").write_text("", "utf-8")
    refused("is no raster of people", tmp_path / "p.tif")


@pytest.mark.parametrize("part", [100, 0.5])
def test_a_file_cut_off(tmp_path: Path, part: float) -> None:
    path = save(tmp_path / "p.tif", np.arange(90_000).reshape(300, 300))
    content = path.read_bytes()
    path.write_bytes(content[: int(part if part > 1 else part * len(content))])
    refused("cannot be read .*; save it anew", path)


def test_no_crs(tmp_path: Path) -> None:
    path = save(tmp_path / "p.tif", [[1, 2]], crs=None)
    refused('has no CRS; say crs = "EPSG:4326" if degrees', path)
    refused("crs 'beijing' is not known", path, crs="beijing")
    assert read(path, crs="4548").cells.crs.to_epsg() == 4548


def test_a_crs_of_nowhere(tmp_path: Path) -> None:
    path = save(tmp_path / "p.tif", [[1, 2]], crs='LOCAL_CS["plant",UNIT["metre",1]]')
    refused("does not say where on Earth a place lies; say crs", path)


def test_no_georeference(tmp_path: Path) -> None:
    refused("does not say where its cells lie", save(tmp_path / "p.tif", [[1, 2]], transform=None))


def test_nothing_but_negative_numbers(tmp_path: Path) -> None:
    path = save(tmp_path / "p.tif", [[-9, -9]])
    refused(r"holds no number of people .* \(2 cells: negative number of people\)", path)


def test_complex_numbers(tmp_path: Path) -> None:
    refused("holds complex numbers", save(tmp_path / "p.tif", [[1, 2]], dtype="complex64"))


def test_far_too_many_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layers.bands._MOST_CELLS", 5)
    refused(r"has 6 cells in the study area; give a coarser", save(tmp_path / "p.tif", [[1] * 6]))


def test_a_text_raster(tmp_path: Path) -> None:
    path = tmp_path / "p.ASC"
    head = (
        "ncols 2\nnrows 2\nxllcorner 500000\nyllcorner 3900000\ncellsize 100\nNODATA_value -9999\n"
    )
    path.write_text(head + "1 2\n-9999 4\n", "utf-8")
    reading = read(path, crs="EPSG:4548")
    np.testing.assert_array_equal(reading.cells.people, [[1, 2], [np.nan, 4]])
    assert reading.cells.affine == (100, 0, 500_000, 0, -100, 3_900_200)
