"""Typing commands, and a town in a planner's own files."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
import shapely

from layers import sample
from scripts.main import main

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Typed:
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def lifecircle(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Typed]:
    """Type a command; a traceback would fail the test."""

    def typed(*words: object) -> Typed:
        monkeypatch.setattr(sys, "argv", ["lifecircle", *map(str, words)])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0
        shown = capsys.readouterr()
        return Typed(code, shown.out, shown.err)

    return typed


PLAN = """
[place]
name = "棋盘镇"
language = "en"
{place}
[layers]
streets = "streets.gpkg"
homes = {{ path = "homes.csv", x = "经度", y = "纬度", weight = "人口" }}
parks = "公园.geojson"
bus_stops = "stops.csv"
{layers}
[measure]
standards = ["green_300m", "park_500m", "bus_stop_500m"]
"""


@pytest.fixture
def town(tmp_path: Path) -> Callable[..., Path]:
    """A chessboard town of 10 x 4 blocks of 100 m, in the planner's own files.

    The park (60 x 90 m) lies in the south-east block; a path from (900, 100)
    enters it at (920, 80).
    The only stop stands at (0, 0). 10 people live at (50, 0), 20 at (450, 0), 30 at (550, 10).
    """

    def written(place: str = "", layers: str = "") -> Path:
        path = sample.streets([[(900, 100), (950, 50)]])
        streets = pd.concat([sample.grid(10, 4, 100.0), path], ignore_index=True)
        streets.drop(columns="refs").to_file(tmp_path / "streets.gpkg")
        homes = sample.homes([(50, 0), (450, 0), (550, 10)]).to_crs(4326)
        rows = zip(homes.geometry.x, homes.geometry.y, (10, 20, 30), strict=True)
        text = "\n".join(f"{x:.9f},{y:.9f},{people}" for x, y, people in rows)
        (tmp_path / "homes.csv").write_text(f"经度,纬度,人口\n{text}\n", encoding="utf-8")
        park = sample.facilities([shapely.box(920, 5, 980, 95)], "park", ["东园"])
        park[["name", "geometry"]].to_crs(4326).to_file(tmp_path / "公园.geojson")
        stop = sample.facilities([(0, 0)], "bus_stop").to_crs(4326).geometry[0]
        (tmp_path / "stops.csv").write_text(
            f"名称,lon,lat\n起点站,{stop.x:.9f},{stop.y:.9f}\n", encoding="utf-8"
        )
        plan = tmp_path / "plan.toml"
        plan.write_text(PLAN.format(place=place, layers=layers), encoding="utf-8")
        return plan

    return written
