"""Rasters of people: no data said and unsaid, densities, bands, places, and files that are none."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.enums import ColorInterp

from layers import sample
from tests.faults.town import Fault, change_plan, homes, write_table

WEST, SOUTH = sample.ORIGIN
PLACE = rasterio.Affine(50, 0, WEST - 100, 0, -50, SOUTH + 500)  # 16 x 12 cells of 50 m
PEOPLE = (np.arange(192, dtype="float64").reshape(12, 16) % 7) + 1
FILE = "people.tif"


def write(folder: Path, people: Any = PEOPLE, file: str = FILE, **how: Any) -> None:
    """Write a raster; `how` is for rasterio, but for scales, offsets and mask."""
    set_later = {key: how.pop(key) for key in ("scales", "offsets") if key in how}
    mask = how.pop("mask", None)
    bands = np.asarray(people)
    bands = bands[np.newaxis] if bands.ndim == 2 else bands
    profile = {"driver": "GTiff", "crs": "EPSG:4548", "transform": PLACE, "dtype": "float64"} | how
    count, height, width = bands.shape
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
        with rasterio.open(
            folder / file, "w", count=count, height=height, width=width, **profile
        ) as raster:
            raster.write(bands.astype(profile["dtype"]))
            for key, value in set_later.items():
                setattr(raster, key, value)
            if mask is not None:
                raster.write_mask(mask)


def with_people(folder: Path) -> None:
    """Let the people of the town come from a raster."""
    write(folder)
    write_table(folder / "homes.csv", homes().drop(columns="人口"))
    change_plan(folder, "[layers]\n", f'[layers]\npopulation = "{FILE}"\n')


def fault(name: str, people: Any = PEOPLE, **expected: Any) -> Fault:
    """Another raster instead; `entry` is what the plan says of it."""
    known = ("error", "counted", "used", "same")
    told = {key: expected.pop(key) for key in known if key in expected}
    entry = expected.pop("entry", None)

    def spoil(folder: Path) -> None:
        (folder / FILE).unlink()
        file = expected.get("file", FILE)
        write(folder, people, **expected)
        if entry or file != FILE:
            change_plan(folder, f'"{FILE}"', f'{{path="{file}"{entry or ""}}}')

    return Fault(name, spoil, first=with_people, **told)


def content(change: Callable[[bytes], bytes] | bytes) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / FILE
        path.write_bytes(change(path.read_bytes()) if callable(change) else change)

    return spoil


def where(cells: NDArray[np.bool_], value: float) -> NDArray[np.float64]:
    return np.where(cells, value, PEOPLE)


def packed(folder: Path) -> None:
    with zipfile.ZipFile(folder / "people.zip", "w") as pack:
        pack.write(folder / FILE, FILE)
    change_plan(folder, f'"{FILE}"', '"people.zip"')


def sparse(folder: Path) -> None:
    """A raster of a million by a million cells, of which the file holds none."""
    with rasterio.open(
        folder / FILE,
        "w",
        driver="GTiff",
        count=1,
        dtype="uint8",
        width=10**6,
        height=10**6,
        crs="EPSG:4548",
        transform=rasterio.Affine(0.001, 0, WEST, 0, -0.001, SOUTH + 400),
        sparse_ok=True,
        tiled=True,
        blockxsize=4096,
        blockysize=4096,
        bigtiff="YES",
    ):
        pass  # fmt: skip


def as_vrt(folder: Path) -> None:
    text = f"""<VRTDataset rasterXSize="16" rasterYSize="12"><VRTRasterBand dataType="Float64"
    band="1"><SimpleSource><SourceFilename>{folder / "other.tif"}</SourceFilename></SimpleSource>
    </VRTRasterBand></VRTDataset>"""
    (folder / FILE).rename(folder / "other.tif")
    (folder / FILE).write_text(text, encoding="utf-8")


def as_picture(folder: Path) -> None:
    (folder / FILE).unlink()
    write(folder, np.ones((3, 12, 16)), driver="PNG", dtype="uint8")


def palette(folder: Path) -> None:
    write(folder, np.ones((3, 12, 16)), dtype="uint8", photometric="RGB")
    with rasterio.open(folder / FILE) as raster:
        assert raster.colorinterp[0] == ColorInterp.red


def described(unit: str = "", title: str = "") -> Callable[[Path], None]:
    """Let the file say something of its band."""

    def spoil(folder: Path) -> None:
        with rasterio.open(folder / FILE, "r+") as raster:
            raster.units = (unit,)
            raster.set_band_description(1, title)

    return spoil


def two_pages(folder: Path) -> None:
    profile = {"crs": "EPSG:4548", "transform": PLACE, "dtype": "float64"}
    with rasterio.open(
        folder / FILE,
        "w",
        driver="GTiff",
        count=1,
        width=16,
        height=12,
        APPEND_SUBDATASET="YES",
        **profile,
    ) as raster:
        raster.write(PEOPLE[np.newaxis] * 2)


def beside(name: str, text: str) -> Callable[[Path], None]:
    """Put a file beside the raster."""
    return lambda folder: (folder / name).write_text(text, encoding="utf-8") and None


def placed_beside(folder: Path) -> None:
    """Let a world file say where the cells lie, and the plan in which CRS."""
    (folder / FILE).unlink()
    write(folder, crs=None, transform=None)
    numbers = (PLACE.a, PLACE.d, PLACE.b, PLACE.e, PLACE.c + 25, PLACE.f - 25)
    (folder / "people.tfw").write_text("\n".join(map(str, numbers)), encoding="utf-8")
    change_plan(folder, f'"{FILE}"', f'{{path="{FILE}", crs="EPSG:4548"}}')


def text_raster(name: str, change: Callable[[str], str], **expected: Any) -> Fault:
    """An Esri text raster with a change in it."""

    def spoil(folder: Path) -> None:
        (folder / FILE).unlink()
        write(folder, file="people.asc", driver="AAIGrid", dtype="float32", decimal_precision=1)
        path = folder / "people.asc"
        path.write_text(change(path.read_text()))
        change_plan(folder, FILE, "people.asc")

    return Fault(name, spoil, first=with_people, **expected)


SOME = PEOPLE == 3  # 27 cells
COUNT = int(SOME.sum())
SOUTH_UP = rasterio.Affine(50, 0, WEST - 100, 0, 50, SOUTH - 100)
TURNED = rasterio.Affine(0, 50, WEST - 100, 50, 0, SOUTH - 100)
NO_DATA_3 = (
    '<PAMDataset><PAMRasterBand band="1"><NoDataValue>3</NoDataValue></PAMRasterBand></PAMDataset>'
)
FILLS = (
    *((255, "uint8"), (65535, "uint16"), (32767, "int16"), (2147483647, "int32")),
    *((9999, "float64"), (99999, "float64")),
)
AWAY = rasterio.Affine(50, 0, WEST + 90_000, 0, -50, SOUTH + 500)

FAULTS: list[Fault] = [
    # The same people, written otherwise.
    fault("as whole numbers", dtype="int16"),
    fault("as small whole numbers", dtype="uint8"),
    fault("packed", compress="deflate", tiled=True, blockxsize=16, blockysize=16),
    fault("south up", PEOPLE[::-1], transform=SOUTH_UP),
    fault("an Esri text raster", driver="AAIGrid", file="people.asc", dtype="float32"),
    fault("a raster of Erdas", driver="HFA", file="people.img"),
    fault("its name in capitals", file="PEOPLE.TIF"),
    fault("scaled", PEOPLE * 10, scales=(0.1,), dtype="int16"),
    fault("scaled and moved", PEOPLE * 2 - 10, scales=(0.5,), offsets=(5.0,), dtype="int16"),
    fault("as density", PEOPLE / 0.0025, entry=", density=true"),
    fault("the second of two bands", np.stack([PEOPLE * 9, PEOPLE]), entry=", band=2"),
    fault("without CRS, said", crs=None, entry=', crs="EPSG:4548"'),
    fault("turned by a right angle", np.rot90(PEOPLE, -1), transform=TURNED),
    fault("as bytes with a sign", dtype="int8"),
    fault("the largest number of its kind, said", entry=", nodata=-1", dtype="uint8"),
    fault("called a density, said to be people", file="density.tif", entry=", density=false"),
    fault("a unit that is no density, said", PEOPLE / 0.0025, entry=", density=true"),
    Fault("a world file", placed_beside, first=with_people),
    Fault(
        "a world file that nobody needs",
        beside("people.tfw", "50\n0\n0\n-50\n1\n1\n"),
        first=with_people,
    ),
    Fault(
        "a broken file beside it", beside("people.tif.aux.xml", "<PAMDataset><P"), first=with_people
    ),
    text_raster("a text raster with decimal commas", lambda text: text.replace(".", ",")),
    text_raster("a text raster with ends of Windows", lambda text: text.replace("\n", "\r\n")),
    # Counted, or known to be no data.
    fault(
        "no data, declared",
        where(SOME, -9999),
        nodata=-9999,
        same=False,
        counted={"population": {"negative": 0}},
    ),
    fault(
        "no data, undeclared",
        where(SOME, -9999),
        same=False,
        counted={"population": {"negative number of people": COUNT}},
    ),
    fault(
        "the smallest float as no data, undeclared",
        where(SOME, -3.4e38),
        dtype="float32",
        same=False,
        counted={"population": {"negative number of people": COUNT}},
    ),
    fault(
        "no data, said",
        where(SOME, 255),
        entry=", nodata=255",
        same=False,
        counted={"population": {"negative": 0}},
    ),
    fault("not a number", where(SOME, np.nan), same=False, counted={"population": {"people": 0}}),
    fault(
        "infinite",
        where(SOME, np.inf),
        same=False,
        counted={"population": {"infinite number": COUNT}},
    ),
    fault(
        "more than live on Earth",
        where(SOME, 1e30),
        same=False,
        counted={"population": {"more people in one cell": COUNT}},
    ),
    fault(
        "masked",
        mask=np.where(SOME, 0, 255).astype("uint8"),
        same=False,
        counted={"population": {"people": 0}},
    ),
    fault("no data, declared as NaN", where(SOME, np.nan), nodata=np.nan, same=False),
    fault(
        "the smallest float as no data, declared in short",
        where(SOME, -3.4028234663852886e38),
        dtype="float32",
        nodata=-3.4e38,
        same=False,
        counted={"population": {"": 0}},
        used={"population": 192 - COUNT},
    ),
    Fault(
        "no data, declared beside it",
        beside("people.tif.aux.xml", NO_DATA_3),
        first=with_people,
        same=False,
        used={"population": 192 - COUNT},
    ),
    fault("half of the town", PEOPLE[:, :8], same=False, used={"population": 96}),
    fault("turned a little", transform=PLACE @ rasterio.Affine.rotation(3), same=False),
    # Refused.
    *(
        fault(
            f"{most} as no data, undeclared",
            where(SOME, most),
            dtype=kind,
            error=(f"holds {most} in {COUNT} cells", f"say nodata = {most}", "nodata = -1"),
        )
        for most, kind in FILLS
    ),
    *(
        Fault(
            f"density, as it says itself: {text}",
            described(**{key: text}),
            first=with_people,
            error=("speaks of density", "density = true", "density = false"),
        )
        for key, text in (
            ("unit", "people/km2"),
            ("unit", "人/平方公里"),
            ("unit", "persons per sq km"),
            ("title", "Population density 2020"),
            ("title", "人口密度"),
        )
    ),
    fault(
        "density, as its name says", file="gpw_population_density.tif", error=("speaks of density",)
    ),
    fault("WorldPop's density", file="chn_pd_2020_1km.tif", error=("speaks of density",)),
    Fault(
        "several rasters in a file",
        two_pages,
        first=with_people,
        error=("holds 2 rasters", "save the one"),
    ),
    fault("nothing but zeros", PEOPLE * 0, error=("nobody lives in the study area",)),
    fault("beside the homes", PEOPLE[:1], error=("nobody lives in the study area",)),
    text_raster(
        "a text raster with words",
        lambda text: text.replace(" 3.0 ", " #REF! ", 1),
        error=("people.asc, population", "line 6 holds '#REF!'", "no-data value"),
    ),
    text_raster(
        "a text raster cut in two",
        lambda text: text[: len(text) // 2],
        error=("where its head says 16 x 12",),
    ),
    text_raster(
        "a text raster with a row too many",
        lambda text: f"{text}{'1.0 ' * 16}\n",
        error=("holds 208 cells, where its head says 16 x 12",),
    ),
    text_raster(
        "a text raster that says too few columns",
        lambda text: text.replace("16", "15", 1),
        error=("holds 192 cells, where its head says 15 x 12",),
    ),
    text_raster(
        "a text raster of rows below zero",
        lambda text: text.replace(" 12\n", " -12\n", 1),
        error=("people.asc, population", "cannot be read"),
    ),
    fault(
        "two bands",
        np.stack([PEOPLE, PEOPLE]),
        error=("people.tif, population", "has 2 bands", "say which holds people"),
    ),
    fault("a band that is not there", entry=", band=3", error=("has no band 3",)),
    fault("without CRS", crs=None, error=("people.tif, population", "CRS")),
    fault("without a place", transform=None, error=("people.tif, population",)),
    fault(
        "of another city",
        transform=AWAY,
        error=("people.tif, population", "does not touch the study area"),
    ),
    fault("complex numbers", dtype="complex64", error=("complex numbers",)),
    fault(
        "nothing but no data",
        np.full((12, 16), -1.0),
        nodata=-1,
        error=("holds no number of people",),
    ),
    fault(
        "nothing but negative numbers",
        np.full((12, 16), -1.0),
        error=("holds no number of people", "negative"),
    ),
    fault(
        "in degrees, said to be metres",
        transform=rasterio.Affine(0.0005, 0, 117, 0, -0.0005, 35.23),
        error=("does not touch the study area",),
    ),
    Fault(
        "a virtual raster under the name of a tif",
        as_vrt,
        first=with_people,
        error=("is no raster of people",),
    ),
    Fault(
        "a picture under the name of a tif",
        as_picture,
        first=with_people,
        error=("is no raster of people",),
    ),
    Fault("a coloured map", palette, first=with_people, error=("has 3 bands",)),
    Fault(
        "cut in two",
        content(lambda data: data[: len(data) // 2]),
        first=with_people,
        error=("people.tif, population", "cannot be read"),
    ),
    Fault("an empty file", content(b""), first=with_people, error=("people.tif, population",)),
    Fault(
        "a page of the web",
        content(b"<html>"),
        first=with_people,
        error=("is no raster of people",),
    ),
    Fault(
        "a million by a million cells",
        sparse,
        first=with_people,
        error=("people.tif, population", "cells"),
    ),
    Fault("in a zip archive", packed, first=with_people, error=("people.zip, population",)),
    Fault(
        "not there",
        lambda folder: (folder / FILE).unlink(),
        first=with_people,
        error=("people.tif", "is not there"),
    ),
]
