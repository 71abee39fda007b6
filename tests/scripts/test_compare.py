"""The verb compare, from files to figures, tables, layers and pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
import shapely

from layers import sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Typed = Any


def lonlat(x: float, y: float) -> shapely.Point:
    """A place of the made-up town in degrees."""
    point = sample.facilities([(x, y)], "bus_stop").to_crs(4326).geometry[0]
    return shapely.Point(round(point.x, 9), round(point.y, 9))


def at(x: float, y: float) -> str:
    """The same as TOML."""
    point = lonlat(x, y)
    return f"at = [{point.x}, {point.y}]"


def shape(geometry: shapely.Geometry) -> str:
    """A shape of the made-up town as TOML, in degrees."""
    moved = sample.facilities([geometry], "park").to_crs(4326).geometry[0]
    return f'wkt = "{shapely.to_wkt(moved, rounding_precision=9)}"'


EAST = '[[change]]\ndo = "add_facility"\nname = "东站"\ncategory = "bus_stop"\n' + at(1000, 0)


@pytest.fixture
def compared(
    lifecircle: Callable[..., Typed], town: Callable[..., Path], tmp_path: Path
) -> Callable[..., dict[str, Any]]:
    """Compare the made-up town with scenarios given as TOML; gives the summary."""

    def run(*scenarios: str, **town_options: str) -> dict[str, Any]:
        plan = town(**town_options)
        files = []
        for number, text in enumerate(scenarios, start=1):
            files.append(tmp_path / f"方案 {number}.toml")
            files[-1].write_text(text, encoding="utf-8")
        typed = lifecircle("compare", plan, *files, "--out", tmp_path / "out", "--quiet")
        assert (typed.code, typed.err) == (0, ""), typed.err
        return json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))

    return run


def test_a_new_stop_serves_whom_it_should(compared: Callable[..., Any], tmp_path: Path) -> None:
    figures = compared(EAST)
    (scenario,) = figures["scenarios"]
    assert scenario["name"] == "方案 1"
    bus = scenario["standards"]["bus_stop_500m"]
    assert bus["before"] == {"served": 30.0, "share": 0.5}
    assert bus["after"] == {"served": 60.0, "share": 1.0}
    assert (bus["gained"], bus["lost"], bus["gained_homes"]) == (30.0, 0.0, 1)
    assert bus["metres_saved"] == pytest.approx(30 * (560 - 460), abs=1e-3)
    assert scenario["standards"]["park_500m"]["gained"] == 0.0
    (change,) = scenario["changes"]
    assert change["alone"]["bus_stop_500m"] == change["within"]["bus_stop_500m"] == 30.0
    homes = pyogrio.read_dataframe(tmp_path / "out" / "results.gpkg", layer="homes")
    assert homes["bus_stop_500m_m_1"].round(3).tolist() == [50.0, 450.0, 460.0]
    assert homes["bus_stop_500m_m"].round(3).tolist() == [50.0, 450.0, 560.0]


def test_after_is_what_measure_gives_once_the_files_say_so(
    compared: Callable[..., Any],
    lifecircle: Callable[..., Typed],
    town: Callable[..., Path],
    tmp_path: Path,
) -> None:
    """A stop, a park, a street and an estate; then the same in the planner's own layers."""
    new = lonlat(700, 400)
    park = shapely.box(405, 205, 495, 295)
    street = shapely.LineString([(300, 0), (350, 50), (400, 100)])
    text = EAST.replace(at(1000, 0), at(700, 400)) + "\n".join(
        [
            "",
            f'[[change]]\ndo = "add_facility"\ncategory = "park"\nname = "西园"\n{shape(park)}',
            f'[[change]]\ndo = "add_street"\nname = "斜街"\n{shape(street)}',
            f'[[change]]\ndo = "add_people"\nname = "新村"\npeople = 7\n{at(700, 250)}',
        ]
    )
    after = compared(text)["scenarios"][0]["standards"]
    plan = town()
    with (tmp_path / "stops.csv").open("a", encoding="utf-8") as stops:
        stops.write(f"新站,{new.x:.9f},{new.y:.9f}\n")
    with (tmp_path / "homes.csv").open("a", encoding="utf-8") as homes:
        estate = lonlat(700, 250)
        homes.write(f"{estate.x:.9f},{estate.y:.9f},7\n")
    parks = gpd.read_file(tmp_path / "公园.geojson")
    moved = sample.facilities([park], "park", ["西园"]).to_crs(4326)[["name", "geometry"]]
    pd.concat([parks, moved], ignore_index=True).to_file(tmp_path / "公园.geojson")
    lines = gpd.read_file(tmp_path / "streets.gpkg")
    more = sample.streets([list(street.coords)]).drop(columns="refs")
    pd.concat([lines, more], ignore_index=True).to_file(tmp_path / "streets.gpkg")
    assert lifecircle("measure", plan, "--out", tmp_path / "again", "--quiet").code == 0
    again = json.loads((tmp_path / "again" / "summary.json").read_text(encoding="utf-8"))
    for key in ("green_300m", "park_500m", "bus_stop_500m"):
        assert after[key]["after"]["served"] == again["standards"][key]["network"]["served"], key
        assert (
            after[key]["straight"]["after"]["served"]
            == (again["standards"][key]["straight"]["served"])
        )
        assert after[key]["total"] == again["standards"][key]["total"] == 67.0
    walks = pyogrio.read_dataframe(tmp_path / "again" / "results.gpkg", layer="homes")
    ours = pyogrio.read_dataframe(tmp_path / "out" / "results.gpkg", layer="homes")
    for key in ("green_300m", "park_500m", "bus_stop_500m"):
        ours_m, again_m = ours[f"{key}_m_1"].to_numpy(), walks[f"{key}_m"].to_numpy()
        assert ours_m == pytest.approx(again_m, abs=1e-3, nan_ok=True)


def test_an_estate_without_a_street_is_unconnected(
    compared: Callable[..., Any], tmp_path: Path
) -> None:
    text = f'[[change]]\ndo = "add_people"\nname = "飞地"\npeople = 9\n{at(500, -300)}'
    bus = compared(text)["scenarios"][0]["standards"]["bus_stop_500m"]
    assert (bus["after"]["served"], bus["total"], bus["settled"]) == (30.0, 69.0, 0.0)
    homes = pyogrio.read_dataframe(tmp_path / "out" / "results.gpkg", layer="homes")
    assert homes["status"].tolist() == ["connected"] * 3 + ["unconnected"]


def test_several_scenarios_stand_side_by_side(compared: Callable[..., Any], tmp_path: Path) -> None:
    gone = '[[change]]\ndo = "remove_facility"\ntarget = "起点站"\n'
    figures = compared(EAST, gone, layers="")
    first, second = figures["scenarios"]
    assert first["standards"]["bus_stop_500m"]["after"]["served"] == 60.0
    assert second["standards"]["bus_stop_500m"]["lost"] == 30.0
    pages = {path.name for path in (tmp_path / "out" / "maps").iterdir()}
    assert {"index.html", "bus_stop_500m_1.html", "bus_stop_500m_2.html"} <= pages
    book = openpyxl.load_workbook(tmp_path / "out" / "tables.xlsx")
    rows = list(book["Scenarios"].values)
    assert len(rows) == 1 + 2 * 3
    assert [row[0] for row in rows[1:]] == ["方案 1"] * 3 + ["方案 2"] * 3
    who = list(book["Who gains and loses"].values)
    assert len(who) == 1 + 1 + 2
    assert who[1][:5] == ("方案 1", "Bus stop within 500 m", "3", None, 30)


def test_zones_tell_where(compared: Callable[..., Any], tmp_path: Path) -> None:
    halves = sample.facilities(
        [shapely.box(-9, -9, 500, 409), shapely.box(500, -9, 1009, 409)], "park"
    )
    zones = halves.assign(name=["西区", "东区"])[["name", "geometry"]]
    zones.to_crs(4326).to_file(tmp_path / "zones.geojson")
    compared(EAST, layers='zones = "zones.geojson"')
    found = pyogrio.read_dataframe(tmp_path / "out" / "results.gpkg", layer="zones")
    assert found["bus_stop_500m_share"].tolist() == [1.0, 0.0]
    assert found["bus_stop_500m_share_1"].tolist() == [1.0, 1.0]
    assert found["bus_stop_500m_gained_1"].tolist() == [0.0, 30.0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[change]]\ndo = "remove_facility"\ntarget = "无名站"\n', "no facility '无名站'"),
        (EAST.replace("bus_stop", "pharmacy"), "which no standard counts"),
        (EAST.replace('"add_facility"', '"add_station"'), "add_station"),
        (
            f'[[change]]\ndo = "add_gate"\nname = "门"\n{at(50, 50)}',
            "no park, gated street or wall",
        ),
        ("", "change"),
    ],
)
def test_a_scenario_that_cannot_be_is_one_line(
    lifecircle: Callable[..., Typed],
    town: Callable[..., Path],
    tmp_path: Path,
    text: str,
    says: str,
) -> None:
    file = tmp_path / "方案.toml"
    file.write_text(text, encoding="utf-8")
    typed = lifecircle("compare", town(), file, "--out", tmp_path / "out")
    assert typed.code == 2
    assert typed.err.count("\n") == 1
    assert "方案.toml" in typed.err
    assert says in typed.err
    assert not (tmp_path / "out").exists()
