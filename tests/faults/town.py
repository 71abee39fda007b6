"""A clean town in a planner's own files, and what a fault in them must lead to.

Each area of faults is a module beside this one with a list ``FAULTS``; `test_faults.py` plants
each of them in a copy of the town and reads it. A fault is an error in one line, or records
counted with their reason, or nothing at all: the same town as its clean twin.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers import sample
from scripts.plan import load_plan
from scripts.study import Study, assemble

PLAN = """\
[place]
name = "棋盘镇"
boundary = "boundary.geojson"
language = "en"

[layers]
streets = "streets.gpkg"
homes = "homes.csv"
parks = "parks.geojson"
park_gates = "gates.geojson"
bus_stops = "stops.csv"
facilities = "facilities.xlsx"
water = "water.geojson"
barriers = "walls.geojson"
zones = "zones.gpkg"
residential = "residential.gpkg"

[measure]
standards = ["green_300m", "park_500m", "bus_stop_500m"]
"""

HOMES = (
    *((50, 8), (150, 8), (250, 8), (350, 8), (450, 8), (50, 108), (150, 108), (250, 108)),
    *((350, 108), (450, 108), (50, 208), (150, 208), (250, 208), (350, 208), (450, 208)),
    *((50, 308), (150, 308), (250, 308), (350, 308), (450, 308)),
)
"""Twenty homes, 8 m north of the middle of a block's southern side; metres from the origin."""

PEOPLE = tuple(10 * (row + 1) for row in range(len(HOMES)))
STOPS = ((0, 5), (300, 205), (500, 395), (100, 395), (500, 105), (200, 5))
PARKS = ((510, 110, 590, 190), (310, 310, 390, 390))
FACILITIES = (
    *(("一小", "小学", 110, 50), ("二小", "小学", 410, 250), ("卫生站", "卫生服务站", 210, 150)),
    *(("菜场", "菜市场", 10, 250), ("养老站", "养老服务站", 310, 50)),
)


@dataclass(frozen=True)
class Fault:
    """A planted fault.

    Attributes
    ----------
    name
        What it is called in the list of tests.
    spoil
        Changes the files in the folder of a town.
    error
        Words of the one line that refuses it; empty: it is not refused.
    counted
        By layer, parts of reasons and how many records they must count; of all reasons that hold
        the part the counts are added up.
    used
        By layer, how many records must be in use.
    same
        Whether the town must be that of the clean twin; by default if nothing is counted. A fault
        that is repaired without loss may be both counted and the same.
    first
        Changes made to the clean twin, too: another format, a layer more.
    """

    name: str
    spoil: Callable[[Path], None]
    error: tuple[str, ...] = ()
    counted: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    used: Mapping[str, int] = field(default_factory=dict)
    same: bool | None = None
    first: Callable[[Path], None] | None = None

    @property
    def must_be_same(self) -> bool:
        """Whether nothing of the town may differ."""
        return not (self.error or self.counted) if self.same is None else self.same


def write_town(folder: Path) -> None:
    """Write the clean town: 6 x 4 blocks of 100 m, its south-west corner at `sample.ORIGIN`."""
    streets = sample.grid(6, 4, 100.0).drop(columns="refs")
    streets["name"] = [f"{row + 1}号路" for row in range(len(streets))]
    streets.to_file(folder / "streets.gpkg", layer="streets")
    write_table(folder / "homes.csv", homes())
    write_table(folder / "stops.csv", points(STOPS).assign(名称=[f"{i}站" for i in range(6)]))
    parks = sample.facilities([shapely.box(*box) for box in PARKS], "park", ["东园", "北园"])
    parks[["name", "geometry"]].to_crs(4326).to_file(folder / "parks.geojson")
    places([shapely.Point(510, 150)], ["东园西门"]).to_file(folder / "gates.geojson")
    places([shapely.box(205, 205, 295, 295)], ["方塘"]).to_file(folder / "water.geojson")
    places([shapely.LineString([(0, 250), (90, 250)])], ["墙"]).to_file(folder / "walls.geojson")
    places([shapely.box(-50, -50, 650, 450)], ["棋盘镇"]).to_file(folder / "boundary.geojson")
    halves = [shapely.box(-50, -50, 300, 450), shapely.box(300, -50, 650, 450)]
    places(halves, ["西区", "东区"]).to_file(folder / "zones.gpkg")
    blocks = [shapely.box(x, y, x + 80, y + 80) for x, y in ((10, 10), (210, 10), (410, 110))]
    places(blocks, ["甲", "乙", "丙"]).to_file(folder / "residential.gpkg")
    write_book(folder / "facilities.xlsx", facility_rows())
    (folder / "plan.toml").write_text(PLAN, encoding="utf-8")


def homes() -> pd.DataFrame:
    """The table of homes: 编号, 小区名称, 经度, 纬度, 人口."""
    table = points(HOMES).assign(人口=PEOPLE)
    table.insert(0, "编号", [f"H{row + 1:02}" for row in range(len(HOMES))])
    table.insert(1, "小区名称", [f"{row + 1}号院" for row in range(len(HOMES))])
    return table


def points(xy: Any) -> pd.DataFrame:
    """Longitude and latitude of points given in metres from the town's origin."""
    spots = gpd.GeoSeries(shapely.points(np.add(xy, sample.ORIGIN)), crs=sample.CRS).to_crs(4326)
    return pd.DataFrame({"经度": spots.x.round(9), "纬度": spots.y.round(9)})


def places(shapes: list[Any], names: list[str], crs: object = 4326) -> gpd.GeoDataFrame:
    """A layer of named shapes given in metres from the town's origin."""
    moved = [shapely.transform(shape, lambda xy: xy + sample.ORIGIN) for shape in shapes]
    return gpd.GeoDataFrame({"name": names}, geometry=moved, crs=sample.CRS).to_crs(crs)


def facility_rows() -> list[list[object]]:
    """The sheet of facilities, its heading first."""
    spots = points([row[2:] for row in FACILITIES])
    told = zip(FACILITIES, spots.itertuples(index=False), strict=True)
    return [["名称", "类别", "经度", "纬度"], *([*row[:2], *spot] for row, spot in told)]


def write_table(path: Path, table: pd.DataFrame, encoding: str = "utf-8") -> None:
    """Write a table as CSV."""
    table.to_csv(path, index=False, encoding=encoding, lineterminator="\n")


def write_book(path: Path, rows: list[list[object]], sheet: str = "设施") -> None:
    """Write rows as the only sheet of a workbook."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)


def change_plan(folder: Path, old: str, new: str) -> None:
    """Replace a text in the plan, which must hold it."""
    path = folder / "plan.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def change_text(path: Path, old: str, new: str, encoding: str = "utf-8") -> None:
    """Replace a text in a file, which must hold it."""
    text = path.read_bytes().decode(encoding)
    assert old in text, old
    path.write_bytes(text.replace(old, new).encode(encoding))


def change_layer(path: Path, change: Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]) -> None:
    """Rewrite a vector file of one layer."""
    layer = gpd.read_file(path)
    path.unlink()
    change(layer).to_file(path)


def read_town(folder: Path) -> Study:
    """Read the town as every command does."""
    return assemble(load_plan(folder / "plan.toml"))


def digest(study: Study) -> dict[str, NDArray[Any]]:
    """What must be equal of two towns, millimetres apart at most; the order of rows is free."""
    homes, network, found = study.homes, study.network, study.places
    home = np.lexsort(np.column_stack([homes.weight, homes.xy]).round(2).T)
    spots = shapely.get_coordinates(shapely.centroid(found.geometry.to_numpy()))
    size = shapely.area(found.geometry.to_numpy())
    called = found["name"].fillna("").to_numpy(str)
    kind = found["category"].to_numpy(str)
    place = np.lexsort((called, *spots.round(1).T, kind))
    land = {key: np.array([layer.area.sum()]) for key, layer in study.land.items()}
    zones = [] if study.zones is None else sorted(study.zones["name"])
    return {
        "home xy": homes.xy[home],
        "people": homes.weight[home],
        "home names": np.array([str(name) for name in homes.name])[home],
        "home tied": homes.ties.tied[home],
        "streets": np.array([network.ground_m.sum(), len(network.u), len(network.xy)]),
        "places": spots[place],
        "place sizes": size[place],
        "place names": called[place],
        "categories": kind[place],
        "gates": np.sort(study.gates, axis=0),
        "area": np.array([study.area.area]),
        "zones": np.array(zones),
        **land,
    }


def differences(study: Study, twin: Mapping[str, NDArray[Any]]) -> list[str]:
    """Name what differs between a town and the digest of its clean twin."""
    own = digest(study)
    found = [f"only one has {key}" for key in own.keys() ^ twin.keys()]
    for key in own.keys() & twin.keys():
        one, other = own[key], twin[key]
        if one.dtype.kind in "fiu" and one.shape == other.shape:
            equal = np.allclose(one, other, rtol=1e-9, atol=2e-3)
        else:
            equal = np.array_equal(one, other)
        if not equal:
            found.append(f"{key}: {one} instead of {other}")
    return found
