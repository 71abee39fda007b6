"""Measuring a town from a planner's own files, to the figures worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import openpyxl
import pyogrio
import pytest
import shapely

from layers import sample

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def measured(town: Callable[..., Path], lifecircle: Callable[..., Any]) -> Path:
    """The folder of results of the chessboard town."""
    plan = town()
    assert lifecircle("measure", plan, "--quiet").code == 0
    return plan.parent / "results"


def figures(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "summary.json").read_text(encoding="utf-8"))


def homes(folder: Path) -> Any:
    return pyogrio.read_dataframe(folder / "results.gpkg", layer="homes")


def test_people_served_by_hand(measured: Path) -> None:
    """The second home sees the park at 470 m over the fences, and walks 578 m to its gate."""
    found = figures(measured)
    assert (found["unit"], found["total"]) == ("people", 60)
    stop, park, green = (
        found["standards"][k] for k in ("bus_stop_500m", "park_500m", "green_300m")
    )
    assert stop["network"]["served"] == 30
    assert stop["straight"]["served"] == 30
    assert park["network"]["served"] == 30
    assert park["network"]["share"] == pytest.approx(30 / 60)
    assert park["straight"]["served"] == 50
    assert green["network"]["served"] == 0
    assert (green["facilities"], green["reach_m"]) == (1, 300)
    assert park["network"]["low"] == 0.5
    assert park["network"]["high"] == pytest.approx(50 / 60), "a street runs 20 m beside the park"
    assert park["land"] is None
    table = homes(measured)
    np.testing.assert_allclose(table["bus_stop_500m_m"], [50, 450, 560], atol=0.02)
    np.testing.assert_allclose(table["park_500m_m"], [978.28, 578.28, 488.28], atol=0.02)
    straight = np.hypot([870, 470, 370], [5, 5, 0])
    np.testing.assert_allclose(table["park_500m_straight_m"], straight, atol=0.02)
    assert table["bus_stop_500m_served"].tolist() == [True, True, False]
    assert table["weight"].tolist() == [10, 20, 30]


def test_the_contract_of_summary_json(measured: Path) -> None:
    found = figures(measured)
    assert {
        "place",
        "crs",
        "unit",
        "created",
        "versions",
        "inputs",
        "layers",
        "network",
        "standards",
        "laws",
    } <= set(found)
    assert (found["place"], found["crs"]) == ("棋盘镇", "EPSG:4548")
    assert {"layer", "path", "sha256", "bytes"} <= set(found["inputs"][0])
    assert {row["layer"] for row in found["inputs"]} == {"streets", "homes", "parks", "bus_stops"}
    for layer in ("streets", "homes", "parks", "bus_stops"):
        tally = found["layers"][layer]
        assert tally["read"] == tally["used"] + tally["dropped"]
    assert {"nodes", "edges", "length_m", "islands", "largest_island_share"} <= set(
        found["network"]
    )
    assert found["network"]["nodes"] == 11 * 5 + 1
    assert found["network"]["length_m"] == pytest.approx(11 * 400 + 5 * 1000 + 70.71, abs=0.01)
    for one in found["standards"].values():
        assert {
            "reach_m",
            "source",
            "facilities",
            "entrances",
            "total",
            "network",
            "straight",
            "land",
            "unconnected",
            "edge_uncertain",
        } <= set(one)
    assert all(found["laws"].values())


def test_the_contract_of_results_gpkg(measured: Path) -> None:
    path = measured / "results.gpkg"
    known = {str(name) for name, _ in pyogrio.list_layers(path)}
    assert {
        "homes",
        "streets",
        "nodes",
        "entrances",
        "park_500m_streets",
        "park_500m_gaps",
    } <= known
    columns = {name: set(pyogrio.read_dataframe(path, layer=name).columns) for name in known}
    one = {f"park_500m_{what}" for what in ("m", "straight_m", "served", "facility", "entrance")}
    assert {"home", "weight", "status", "edge", "leg_m"} | one <= columns["homes"]
    assert {"edge", "u", "v", "length_m", "through"} <= columns["streets"]
    assert "node" in columns["nodes"]
    assert {"entrance", "standard", "facility", "kind", "edge", "leg_m"} <= columns["entrances"]


def test_the_worst_gap_comes_first_in_the_workbook(measured: Path) -> None:
    book = openpyxl.load_workbook(measured / "tables.xlsx")
    assert book.sheetnames == ["Coverage", "Gaps", "Reasons", "Unconnected", "Data"]
    header, *rows = book["Coverage"].iter_rows(values_only=True)
    park = dict(zip(header, rows[1], strict=True))
    assert park["Share on foot"] == pytest.approx(30 / 60)
    assert park["Check"] == "check the clause before submitting"
    gaps = [row[:5] for row in book["Gaps"].iter_rows(min_row=2, values_only=True)]
    assert ("Bus stop within 500 m", 1, None, 30, 1) in gaps


def test_chinese_workbook(town: Callable[..., Path], lifecircle: Callable[..., Any]) -> None:
    plan = town()
    assert lifecircle("measure", plan, "--lang", "zh", "--quiet").code == 0
    book = openpyxl.load_workbook(plan.parent / "results" / "tables.xlsx")
    assert book.sheetnames == ["覆盖率", "覆盖盲区", "原因", "未接入路网", "数据"]


def test_homes_outside_the_boundary_are_counted_not_measured(
    town: Callable[..., Path], lifecircle: Callable[..., Any]
) -> None:
    plan = town(place='boundary = "boundary.geojson"')
    edge = sample.facilities([shapely.box(0, -50, 500, 400)], "x").to_crs(4326)
    edge[["geometry"]].to_file(plan.parent / "boundary.geojson")
    assert lifecircle("measure", plan, "--quiet").code == 0
    found = figures(plan.parent / "results")
    assert found["total"] == 30
    assert found["layers"]["homes"]["reasons"] == {"outside the study area": 1}
    park = found["standards"]["park_500m"]
    assert park["straight"]["served"] == 20, "a park beyond the boundary serves the inside"
    assert park["facilities"] == 1


def test_unserved_homes_near_the_end_of_the_data_are_uncertain(measured: Path) -> None:
    """The town ends 400 m north of every home: the unserved might be served from beyond."""
    stop = figures(measured)["standards"]["bus_stop_500m"]
    assert stop["edge_uncertain"] == 30
    green = figures(measured)["standards"]["green_300m"]
    assert green["edge_uncertain"] == 60, "all stand on the southern edge"


def test_measuring_twice_gives_the_same(measured: Path, lifecircle: Callable[..., Any]) -> None:
    before, table = figures(measured), homes(measured)
    assert lifecircle("measure", measured.parent / "plan.toml", "--quiet").code == 0
    after = figures(measured)
    assert before | {"created": ""} == after | {"created": ""}
    assert table.equals(homes(measured))
    assert not list(measured.glob(".lifecircle-*"))
