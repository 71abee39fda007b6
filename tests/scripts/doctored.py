"""A clean town in a planner's files, and faults to plant in it, each with what must be found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from layers import sample
from tests.faults.town import change_plan, change_text, places, points, write_table

PLAN = """\
[place]
name = "方格镇"
boundary = "boundary.geojson"
language = "en"

[layers]
streets = "streets.gpkg"
homes = "homes.csv"
parks = "parks.gpkg"
park_gates = "gates.gpkg"
bus_stops = "stops.csv"
facilities = "facilities.csv"
water = "water.gpkg"
barriers = "walls.gpkg"
zones = "zones.gpkg"

[measure]
standards = ["park_500m", "bus_stop_500m"]
leg_limit_m = 45

[data]
date = "2026-05-01"
"""

HOMES = [(630 + 100 * column, 608 + 100 * row) for row in range(4) for column in range(4)]
PARKS = [(610, 910, 690, 990), (710, 910, 790, 990)]
STOPS = [(650, 605), (850, 605), (650, 805), (850, 705)]
FACILITIES = [(705, 850, "小学"), (805, 950, "菜市场")]
SMALL = 1e-6

Found = Mapping[tuple[str, str], tuple[int, float | None]]
"""By kind and layer: how many, and whom it touches."""


@dataclass(frozen=True)
class Planted:
    """A fault: what it does to the files, and what must be found; alone if it spoils others."""

    name: str
    spoil: Callable[[Path], None]
    found: Found
    alone: bool = False


def write_town(folder: Path) -> None:
    """Write the clean town: streets 600 m around a study area of 420 x 420 m."""
    streets = sample.grid(16, 16, 100.0).drop(columns="refs")
    streets["name"] = [f"{row + 1}号路" for row in range(len(streets))]
    streets.to_file(folder / "streets.gpkg")
    homes = points(HOMES).assign(人口=[10 * (row + 1) for row in range(16)], 层数=6)
    homes.insert(0, "名称", [f"{row + 1}号院" for row in range(16)])
    write_table(folder / "homes.csv", homes)
    stops = points(STOPS).assign(名称=[f"{row}站" for row in range(4)])
    write_table(folder / "stops.csv", stops)
    shops = points([one[:2] for one in FACILITIES]).assign(类别=[one[2] for one in FACILITIES])
    write_table(folder / "facilities.csv", shops.assign(名称=["一小", "菜场"]))
    places([shapely.box(*one) for one in PARKS], ["西园", "东园"]).to_file(folder / "parks.gpkg")
    places([shapely.Point(690, 950)], ["西园东门"]).to_file(folder / "gates.gpkg")
    places([shapely.box(810, 810, 890, 890)], ["方塘"]).to_file(folder / "water.gpkg")
    places([shapely.LineString([(820, 720), (880, 720)])], ["墙"]).to_file(folder / "walls.gpkg")
    halves = [shapely.box(590, 590, 800, 1010), shapely.box(800, 590, 1010, 1010)]
    places(halves, ["西区", "东区"]).to_file(folder / "zones.gpkg")
    places([shapely.box(590, 590, 1010, 1010)], ["镇"]).to_file(folder / "boundary.geojson")
    (folder / "plan.toml").write_text(PLAN, encoding="utf-8")


def more_rows(file: str, xy: Sequence[tuple[float, float]], **columns: Any) -> Any:
    """Add rows to a table of points."""

    def spoil(folder: Path) -> None:
        table = pd.read_csv(folder / file)
        write_table(folder / file, pd.concat([table, points(xy).assign(**columns)]))

    return spoil


def more_homes(xy: tuple[float, float], people: float | str, name: str, levels: int = 6) -> Any:
    """Add a home."""
    return more_rows("homes.csv", [xy], 人口=[people], 名称=[name], 层数=[levels])


def more_shapes(file: str, shapes: Sequence[Any], names: Sequence[str | None], **more: Any) -> Any:
    """Add shapes to a vector file; what they lack of its columns is false."""

    def spoil(folder: Path) -> None:
        table = gpd.read_file(folder / file)
        fresh = places([*shapes], [*names], table.crs).assign(**more)
        for column in set(table.columns) - set(fresh.columns):
            fresh[column] = False
        pd.concat([table, fresh[table.columns]]).to_file(folder / file)

    return spoil


def more_streets(*lines: Sequence[tuple[float, float]], **more: Any) -> Any:
    """Add streets."""
    return more_shapes(
        "streets.gpkg", [*map(shapely.LineString, lines)], [None] * len(lines), **more
    )


def several(*spoils: Callable[[Path], None]) -> Callable[[Path], None]:
    """Do one thing after another."""

    def spoil(folder: Path) -> None:
        for one in spoils:
            one(folder)

    return spoil


def moved_stops(folder: Path) -> None:
    table = pd.read_csv(folder / "stops.csv")
    write_table(folder / "stops.csv", table.assign(纬度=table["纬度"] + 1))


def corner_stops(folder: Path) -> None:
    spots = points([(-620, -620), (-610, -620), (-600, -620), (-590, -620), (-580, -620)])
    write_table(folder / "stops.csv", spots.assign(名称=[*"abcde"]))


def counted_zones(folder: Path) -> None:
    table = gpd.read_file(folder / "zones.gpkg").assign(人口=[1000, 720])
    table.to_file(folder / "zones.gpkg")


def in_gbk(folder: Path) -> None:
    text = (folder / "stops.csv").read_text(encoding="utf-8")
    (folder / "stops.csv").write_bytes(text.encode("gbk"))


def no_people(folder: Path) -> None:
    pd.read_csv(folder / "homes.csv").drop(columns="人口").to_csv(folder / "homes.csv", index=False)


def counted_points(folder: Path) -> None:
    no_people(folder)
    counts = points([(630, 608), (995, 850)]).assign(人口=[100, 60])
    write_table(folder / "people.csv", counts)
    change_plan(
        folder, "[measure]", 'population = { path = "people.csv", limit_m = 40 }\n[measure]'
    )


def few_streets(folder: Path) -> None:
    sample.grid(10, 10, 100.0).drop(columns="refs").to_file(folder / "streets.gpkg")


def no_barriers(folder: Path) -> None:
    table = gpd.read_file(folder / "walls.gpkg").iloc[:0]
    (folder / "walls.gpkg").unlink()
    table.to_file(folder / "walls.gpkg")


def ring(x: float, y: float, half: float) -> shapely.LineString:
    return shapely.LineString(shapely.box(x - half, y - half, x + half, y + half).exterior.coords)


BOW_TIE = shapely.Polygon([(920, 920), (935, 935), (935, 920), (920, 935)])

PLANTED = [
    Planted(
        "an island behind a gap of 3 m",
        several(more_streets([(750, 603), (750, 690)]), more_homes((760, 650), 70, "岛一")),
        {("island_near", "streets"): (1, 70)},
    ),
    Planted(
        "an island",
        several(
            more_streets([(840, 640), (860, 640), (860, 660)]), more_homes((850, 645), 80, "岛二")
        ),
        {("islands", "streets"): (1, 80)},
    ),
    Planted(
        "an island without homes",
        more_streets([(940, 640), (960, 660)]),
        {("islands_empty", "streets"): (1, 0)},
    ),
    Planted(
        "an end 3 m short of a street",
        several(more_streets([(600, 750), (697, 750)]), more_homes((650, 758), 60, "断头")),
        {("missed_ends", "streets"): (1, 60)},
    ),
    Planted(
        "a crossing without a junction",
        several(
            more_streets([(700, 750), (800, 750)], [(750, 700), (750, 800)]),
            more_homes((770, 755), 50, "交叉"),
        ),
        {("crossings", "streets"): (1, 350)},
    ),
    Planted(
        "an end 0.2 m short of a street",
        more_streets([(800, 750), (899.8, 750)]),
        {("joined_ends", "streets"): (1, None)},
    ),
    Planted(
        "a street behind a gated one",
        several(
            more_streets([(900, 750), (930, 750)], private=True),
            more_streets([(930, 750), (960, 750)]),
            more_homes((945, 752), 90, "院内"),
        ),
        {("private", "streets"): (1, 90)},
    ),
    Planted(
        "a home without a street",
        more_homes((950, 850), 30, "远"),
        {("far_homes", "homes"): (1, 30)},
    ),
    Planted(
        "a home behind walls",
        several(
            more_shapes("walls.gpkg", [ring(645, 650, 6)], ["院墙"]),
            more_homes((645, 650), 40, "墙内"),
        ),
        {("blocked_wall", "homes"): (1, 40)},
    ),
    Planted(
        "a home of a whole quarter",
        more_homes((680, 608), 30_000, "巨"),
        {("giants", "homes"): (1, 30_000)},
    ),
    Planted(
        "a home in a pond",
        more_homes((850, 820), 20, "塘中"),
        {("homes_in_water", "homes"): (1, 20)},
    ),
    Planted(
        "a home outside", more_homes((100, 108), 15, "界外"), {("homes_outside", "homes"): (1, 15)}
    ),
    Planted(
        "a home whose people nobody wrote",
        more_homes((660, 708), "", "空"),
        {("no_people", "homes"): (1, 0)},
    ),
    Planted(
        "a home of nobody", more_homes((860, 708), 0, "零"), {("zero_people", "homes"): (1, 0)}
    ),
    Planted(
        "a home of 300 floors",
        more_homes((960, 608), 33, "高", 150),
        {("tall", "homes"): (1, 33)},
    ),
    Planted(
        "a home given twice",
        more_homes((634, 608), 10, "1号院"),
        {("same_homes", "homes"): (1, 10)},
    ),
    Planted(
        "people that are no number",
        more_homes((760, 808), "约三百", "误"),
        {("dropped", "homes"): (1, None)},
    ),
    Planted(
        "a park in the middle of a block, with a gate",
        several(
            more_shapes("parks.gpkg", [shapely.box(945, 945, 955, 955)], ["孤园"]),
            more_shapes("gates.gpkg", [shapely.Point(950, 950)], ["孤园门"]),
        ),
        {("no_entrance", "parks"): (1, 1360), ("gates_no_street", "park_gates"): (1, None)},
    ),
    Planted(
        "a park 20 m from its street",
        more_shapes("parks.gpkg", [shapely.box(840, 920, 860, 940)], ["推园"]),
        {("fallback", "parks"): (1, 1360)},
    ),
    Planted(
        "parks that overlap",
        more_shapes("parks.gpkg", [shapely.box(750, 910, 795, 990)], ["叠园"]),
        {("parks_overlap", "parks"): (1, 1360)},
    ),
    Planted(
        "a stop in a pond",
        more_rows("stops.csv", [(830, 830)], 名称=["水站"]),
        {("in_water", "bus_stops"): (1, 1360)},
    ),
    Planted(
        "a stop no street leads to",
        more_rows("stops.csv", [(950, 849)], 名称=["荒站"]),
        {("far_places", "bus_stops"): (1, 1360)},
    ),
    Planted(
        "a stop given twice",
        more_rows("stops.csv", [(654, 605)], 名称=["0站"]),
        {("same_places", "bus_stops"): (1, None)},
    ),
    Planted(
        "a school given twice",
        more_rows("facilities.csv", [(705, 870)], 名称=["一小"], 类别=["小学"]),
        {("same_places", "facilities"): (1, None)},
    ),
    Planted(
        "a gate without a park",
        more_shapes("gates.gpkg", [shapely.Point(995, 605)], ["野门"]),
        {("gates_no_park", "park_gates"): (1, None)},
    ),
    Planted(
        "a category nobody knows",
        more_rows("facilities.csv", [(805, 970)], 名称=["甲"], 类别=["异次元"]),
        {("unknown_category", "facilities"): (1, None)},
    ),
    Planted(
        "a park that crosses itself",
        more_shapes("parks.gpkg", [BOW_TIE], ["结园"]),
        {("repaired", "parks"): (1, None)},
    ),
    Planted(
        "a park without a name",
        more_shapes("parks.gpkg", [shapely.box(960, 905, 980, 925)], [None]),
        {("nameless", "parks"): (1, None)},
    ),
    Planted(
        "a wall along a street",
        more_shapes("walls.gpkg", [shapely.LineString([(620, 1000), (680, 1000)])], ["沿街墙"]),
        {("over_streets", "barriers"): (1, 0)},
    ),
    Planted(
        "a wall across a street",
        more_shapes("walls.gpkg", [shapely.LineString([(990, 950), (1005, 950)])], ["横墙"]),
        {("crossed", "barriers"): (1, 160)},
    ),
    Planted(
        "a street through water",
        more_shapes("water.gpkg", [shapely.box(595, 640, 605, 660)], ["水沟"]),
        {("wet_streets", "streets"): (1, 10)},
    ),
    Planted(
        "zones that overlap",
        more_shapes("zones.gpkg", [shapely.box(590, 590, 690, 690)], ["叠区"]),
        {("zones_overlap", "zones"): (1, 10)},
        alone=True,
    ),
    Planted(
        "homes in no zone",
        lambda folder: gpd.read_file(folder / "zones.gpkg").iloc[:1].to_file(folder / "zones.gpkg"),
        {("zones_gaps", "zones"): (8, 760)},
        alone=True,
    ),
    Planted(
        "zones with other counts",
        counted_zones,
        {("zones_people", "zones"): (1, 400)},
        alone=True,
    ),
    Planted(
        "data of ten years ago",
        lambda folder: change_plan(folder, "2026-05-01", "2016-05-01"),
        {("old", "plan"): (1, None)},
    ),
    Planted("a table in GBK", in_gbk, {("encoding", "bus_stops"): (1, None)}, alone=True),
    Planted(
        "a stop far away",
        more_rows("stops.csv", [(9000, 9000)], 名称=["远站"]),
        {("beyond", "bus_stops"): (1, None)},
    ),
    Planted(
        "stops of another place",
        moved_stops,
        {("layer_misses", "bus_stops"): (4, None)},
        alone=True,
    ),
    Planted(
        "streets that stop at the boundary",
        few_streets,
        {("streets_end", "streets"): (16, 1360)},
        alone=True,
    ),
    Planted("no people at all", no_people, {("one_each", "homes"): (16, None)}, alone=True),
    Planted(
        "people where there is no home",
        counted_points,
        {("people_no_home", "population"): (1, 60)},
        alone=True,
    ),
    Planted("a layer of nothing", no_barriers, {("empty", "barriers"): (1, None)}, alone=True),
    Planted(
        "a service that nobody has",
        lambda folder: change_plan(folder, '"bus_stop_500m"', '"bus_stop_500m", "circle_15min"'),
        {("absent", "facilities"): (14, None)},
        alone=True,
    ),
    Planted(
        "parks that cannot be read",
        lambda folder: (folder / "parks.gpkg").write_bytes(b"no parks"),
        {("refused", "parks"): (1, None)},
        alone=True,
    ),
    Planted(
        "homes without coordinates",
        lambda folder: change_text(folder / "homes.csv", "经度", "某列"),
        {("refused", "homes"): (1, None)},
        alone=True,
    ),
]
