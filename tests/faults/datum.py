"""Layers in GCJ-02 and BD-09, said and unsaid, brought over once, twice, or in the wrong way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import shapely

from spatial import datum
from tests.faults.town import Fault, change_layer, change_plan, points, write_table

Turn = Callable[[Any, Any], tuple[Any, Any]]
TO_GCJ, TO_BD = datum.wgs84_to_gcj02, datum.wgs84_to_bd09
FROM_GCJ, FROM_BD = datum.gcj02_to_wgs84, datum.bd09_to_wgs84


def table(file: str, turn: Turn, **heads: str) -> Callable[[Path], None]:
    """Move the places of a table."""

    def spoil(folder: Path) -> None:
        rows = pd.read_csv(folder / file)
        rows["经度"], rows["纬度"] = turn(rows["经度"], rows["纬度"])
        write_table(folder / file, rows.rename(columns=heads))

    return spoil


def layer(file: str, turn: Turn) -> Callable[[Path], None]:
    """Move the shapes of a vector file."""

    def moved(shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        own = shapes.crs
        shapes = shapes.to_crs(4326)
        shapes.geometry = shapely.transform(
            shapes.geometry.to_numpy(), lambda xy: np.column_stack(turn(*xy.T))
        )
        return shapes.to_crs(own)

    return lambda folder: change_layer(folder / file, moved)


def book(turn: Turn) -> Callable[[Path], None]:
    """Move the facilities of the workbook."""

    def spoil(folder: Path) -> None:
        path = folder / "facilities.xlsx"
        sheet = (held := openpyxl.load_workbook(path)).active
        for row in sheet.iter_rows(min_row=2):
            x, y = turn(row[2].value, row[3].value)
            row[2].value, row[3].value = float(x), float(y)
        held.save(path)

    return spoil


def said(old: str, word: str) -> Callable[[Path], None]:
    """Say the datum of a layer in the plan."""
    key = old.partition(" = ")[0]
    path = old.partition(" = ")[2]
    return lambda folder: change_plan(folder, old, f'{key} = {{path={path}, datum="{word}"}}')


def both(*spoils: Callable[[Path], Any]) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        for one in spoils:
            one(folder)

    return spoil


def exported(folder: Path) -> None:
    """The stops as AMap exports them."""
    rows = pd.read_csv(folder / "stops.csv")
    write_table(folder / "stops.csv", rows.assign(adcode="370811", typecode="150700"))


def many_stops(folder: Path) -> None:
    """Stops all along the streets, so that they tell more."""
    at = [(x, y + 4) for x in range(20, 600, 70) for y in (0, 100, 200, 300)]
    names = [f"{i}站" for i in range(len(at))]
    write_table(folder / "stops.csv", points(at).assign(名称=names))


HOMES, STOPS = 'homes = "homes.csv"', 'bus_stops = "stops.csv"'
ROADS, PARKS = 'streets = "streets.gpkg"', 'parks = "parks.geojson"'
BOOK = 'facilities = "facilities.xlsx"'


def unsaid(name: str) -> tuple[str, ...]:
    return (f"seems to be in {name}", "it fits the streets once moved", "write datum = ")


def fault(name: str, *spoils: Callable[[Path], Any], **expected: Any) -> Fault:
    return Fault(name, both(*spoils), **expected)


FAULTS: list[Fault] = [
    fault(
        "homes in GCJ-02", table("homes.csv", TO_GCJ), error=("homes.csv, homes", *unsaid("GCJ-02"))
    ),
    fault(
        "homes in BD-09", table("homes.csv", TO_BD), error=("homes.csv, homes", *unsaid("BD-09"))
    ),
    fault(
        "stops in GCJ-02",
        table("stops.csv", TO_GCJ),
        error=("stops.csv, bus_stops", *unsaid("GCJ-02")),
    ),
    fault(
        "stops in BD-09",
        table("stops.csv", TO_BD),
        error=("stops.csv, bus_stops", *unsaid("BD-09")),
    ),
    fault(
        "facilities in GCJ-02",
        book(TO_GCJ),
        error=("facilities.xlsx, facilities", *unsaid("GCJ-02")),
    ),
    fault(
        "facilities in BD-09", book(TO_BD), error=("facilities.xlsx, facilities", *unsaid("BD-09"))
    ),
    fault(
        "streets in GCJ-02",
        layer("streets.gpkg", TO_GCJ),
        error=("streets.gpkg, streets", "seem to be in GCJ-02", "other layers fit them"),
    ),
    fault(
        "streets in BD-09",
        layer("streets.gpkg", TO_BD),
        error=("streets.gpkg, streets", "seem to be in BD-09"),
    ),
    fault(
        "homes brought over twice",
        table("homes.csv", FROM_GCJ),
        error=("homes.csv, homes", "brought from GCJ-02 to WGS 84 twice"),
    ),
    fault(
        "stops brought over twice",
        table("stops.csv", FROM_GCJ),
        error=("stops.csv, bus_stops", "brought from GCJ-02 to WGS 84 twice"),
    ),
    fault("many stops in GCJ-02", many_stops, table("stops.csv", TO_GCJ), error=unsaid("GCJ-02")),
    fault("homes in GCJ-02, said", table("homes.csv", TO_GCJ), said(HOMES, "gcj02")),
    fault("homes in BD-09, said", table("homes.csv", TO_BD), said(HOMES, "bd09")),
    fault("homes in GCJ-02, said otherwise", table("homes.csv", TO_GCJ), said(HOMES, "GCJ-02")),
    fault(
        "homes in GCJ-02, said in Chinese", table("homes.csv", TO_GCJ), said(HOMES, "火星坐标系")
    ),
    fault("homes in GCJ-02, by their maker", table("homes.csv", TO_GCJ), said(HOMES, "高德")),
    fault("stops in BD-09, by their maker", table("stops.csv", TO_BD), said(STOPS, "百度")),
    fault("facilities in GCJ-02, said", book(TO_GCJ), said(BOOK, "gcj02")),
    fault("parks in GCJ-02, said", layer("parks.geojson", TO_GCJ), said(PARKS, "gcj02")),
    fault("streets in GCJ-02, said", layer("streets.gpkg", TO_GCJ), said(ROADS, "gcj02")),
    fault("right homes, said to be WGS 84", said(HOMES, "wgs84")),
    fault("right homes, said to be CGCS2000", said(HOMES, "cgcs2000")),
    fault(
        "right homes, said to be GCJ-02",
        said(HOMES, "gcj02"),
        error=("homes.csv, homes", "it is in GCJ-02 no more", 'write datum = "wgs84"'),
    ),
    fault(
        "right stops, said to be BD-09",
        said(STOPS, "bd09"),
        error=("stops.csv, bus_stops", "it is in BD-09 no more"),
    ),
    fault(
        "stops in BD-09, said to be GCJ-02",
        table("stops.csv", TO_BD),
        said(STOPS, "gcj02"),
        error=("stops.csv, bus_stops", "fits the streets as BD-09"),
    ),
    fault(
        "homes in GCJ-02, insisted to be WGS 84",
        table("homes.csv", TO_GCJ),
        said(HOMES, "wgs84"),
        same=False,
    ),
    fault(
        "headings that speak of GCJ-02",
        table("homes.csv", TO_GCJ, 经度="gcj02_lng", 纬度="gcj02_lat"),
        error=("homes.csv, homes", "speak of gcj02", 'datum = "gcj02"'),
    ),
    fault(
        "headings that speak of BD-09",
        table("stops.csv", TO_BD, 经度="bd09经度", 纬度="bd09纬度"),
        error=("stops.csv, bus_stops", "speak of bd09"),
    ),
    fault(
        "headings that speak of GCJ-02, said",
        table("homes.csv", TO_GCJ, 经度="gcj02_lng", 纬度="gcj02_lat"),
        said(HOMES, "gcj02"),
    ),
    fault(
        "as AMap exports it",
        table("stops.csv", TO_GCJ),
        exported,
        error=("stops.csv, bus_stops", "AMap", "datum"),
    ),
    fault("as AMap exports it, said", table("stops.csv", TO_GCJ), exported, said(STOPS, "gcj02")),
    fault(
        "a datum that is not known",
        said(HOMES, "mars"),
        error=("homes.csv, homes", "datum 'mars' is not known"),
    ),
    fault("Beijing 1954 as a datum", said(HOMES, "北京54"), error=("datum '北京54' is not known",)),
    fault("Baidu's metres", said(HOMES, "bd09mc"), error=("Baidu's metres",)),
    fault("no word for the datum", said(HOMES, ""), error=("datum",)),
]
