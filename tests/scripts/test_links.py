"""The verb links, from files to proposals; checked by measuring the town with them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyogrio
import pytest

from layers import sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Typed = Any


@pytest.fixture
def dead_end(town: Callable[..., Path], tmp_path: Path) -> Path:
    """The chessboard town, where 90 people live at a street that ends 30 m short of its stop."""
    plan = town()
    alley = sample.streets([[(30, 0), (30, 0.1)], [(0, -30), (0, -400), (900, -400), (900, 0)]])
    streets = pd.concat([sample.grid(10, 4, 100.0), alley.iloc[[1]]], ignore_index=True)
    streets.assign(name="Blind Alley").drop(columns="refs").to_file(tmp_path / "streets.gpkg")
    point = sample.homes([(0, -60)]).to_crs(4326).geometry[0]
    with (tmp_path / "homes.csv").open("a", encoding="utf-8") as homes:
        homes.write(f"{point.x:.9f},{point.y:.9f},90\n")
    return plan


def test_the_dead_end_is_opened_first(
    lifecircle: Callable[..., Typed], dead_end: Path, tmp_path: Path
) -> None:
    words = ("--standard", "bus_stop_500m", "--new", 2, "--out", tmp_path / "out")
    typed = lifecircle("links", dead_end, *words)
    assert (typed.code, typed.err) == (0, ""), typed.err
    figures = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert figures["question"] == "links"
    first = figures["proposals"][0]
    assert (first["kind"], first["people"], first["homes"]) == ("dead_end", 90.0, 1)
    assert first["built_m"] == pytest.approx(30.0, abs=1e-3)
    assert first["per_cost"] == pytest.approx(90 / 30, abs=1e-3)
    assert figures["after"]["served"] == figures["checked"]["full_run_served"] == 120.0
    assert figures["checked"]["equal"]
    assert "dead end joined" in typed.out
    homes = pyogrio.read_dataframe(tmp_path / "out" / "results.gpkg", layer="homes")
    assert homes["bus_stop_500m_m_1"].iloc[3] == pytest.approx(60.0, abs=1e-3)
    tried = pyogrio.read_dataframe(tmp_path / "out" / "results.gpkg", layer="candidates")
    assert tried["people_alone"].max() == 90.0


def test_a_site_may_be_better_than_any_opening(
    lifecircle: Callable[..., Typed], dead_end: Path, tmp_path: Path
) -> None:
    point = sample.facilities([(0, -60)], "bus_stop").to_crs(4326).geometry[0]
    file = tmp_path / "备选.csv"
    file.write_text(f"编号,lon,lat,造价\nA,{point.x:.9f},{point.y:.9f},5\n", encoding="utf-8")
    words = ("--standard", "bus_stop_500m", "--new", 1, "--candidates", file)
    assert lifecircle("links", dead_end, *words, "--out", tmp_path / "out", "--quiet").code == 0
    figures = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    (one,) = figures["proposals"]
    assert (one["kind"], one["people"], one["cost"]) == ("site", 90.0, 5.0)
    assert figures["checked"]["equal"]


def test_most_people_decide_whatever_is_built(
    lifecircle: Callable[..., Typed], dead_end: Path, tmp_path: Path
) -> None:
    """A dear site that serves 120 more comes before an opening of 30 m that serves 90."""
    far = sample.homes([(550, 20)]).to_crs(4326).geometry[0]
    with (dead_end.parent / "homes.csv").open("a", encoding="utf-8") as homes:
        homes.write(f"{far.x:.9f},{far.y:.9f},120\n")
    point = sample.facilities([(600, 0)], "bus_stop").to_crs(4326).geometry[0]
    file = tmp_path / "备选.csv"
    file.write_text(f"编号,lon,lat,造价\nA,{point.x:.9f},{point.y:.9f},5000\n", encoding="utf-8")
    words = ("--standard", "bus_stop_500m", "--new", 1, "--candidates", file)
    kinds = []
    for more in ((), ("--most-people",)):
        out = tmp_path / "out"
        assert lifecircle("links", dead_end, *words, *more, "--out", out, "--quiet").code == 0
        figures = json.loads((out / "summary.json").read_text(encoding="utf-8"))
        kinds.append((figures["proposals"][0]["kind"], figures["proposals"][0]["people"]))
    assert kinds == [("dead_end", 90.0), ("site", 150.0)]


def test_a_site_without_a_cost_is_one_line(
    lifecircle: Callable[..., Typed], dead_end: Path, tmp_path: Path
) -> None:
    file = tmp_path / "备选.csv"
    point = sample.facilities([(0, -60)], "bus_stop").to_crs(4326).geometry[0]
    file.write_text(f"编号,lon,lat\nA,{point.x:.9f},{point.y:.9f}\n", encoding="utf-8")
    words = ("--standard", "bus_stop_500m", "--candidates", file, "--out", tmp_path / "out")
    typed = lifecircle("links", dead_end, *words)
    assert (typed.code, typed.err.count("\n")) == (2, 1)
    assert "备选.csv, candidates: 'A' has no cost above 0" in typed.err
