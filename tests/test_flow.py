"""The whole way on the bundled city: one command, results, maps; then an outsider's check."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pyogrio
import pytest

from scripts.findings import measured_in, present_in
from scripts.main import main
from scripts.plan import load_plan
from scripts.study import assemble
from spatial.stage import afresh, stage
from tests.random_changes import random_changes
from tests.recompute import differences

CREDIT = "© OpenStreetMap contributors"
STANDARDS = ["green_300m", "park_500m", "bus_stop_500m", "circle_15min"]
UNION = "green_park"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder `lifecircle demo` fills, and what it prints."""
    out = tmp_path_factory.mktemp("demo")
    printed = out / "printed.txt"
    with pytest.MonkeyPatch.context() as patch, printed.open("w", encoding="utf-8") as stdout:
        patch.setattr(sys, "argv", ["lifecircle", "demo", "--out", str(out)])
        patch.setattr(sys, "stdout", stdout)
        main()
    return out / "results", printed.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def summary(demo: tuple[Path, str]) -> dict[str, Any]:
    return json.loads((demo[0] / "summary.json").read_text(encoding="utf-8"))


def test_the_demo_prints_each_standard_and_where_the_maps_lie(
    demo: tuple[Path, str], summary: dict[str, Any]
) -> None:
    folder, printed = demo
    lines = printed.splitlines()
    for key in (*STANDARDS, UNION):
        line = next(row for row in lines if row.startswith(summary["standards"][key]["en"]))
        part = "complete" if key == "circle_15min" else "network"
        assert f"{summary['standards'][key][part]['share']:.1%}" in line
    assert str(folder / "maps" / "index.html") in printed


def test_an_outsider_finds_every_distance_again(demo: tuple[Path, str]) -> None:
    assert differences(demo[0] / "results.gpkg") == []


def test_an_outsider_notices_a_wrong_distance(demo: tuple[Path, str], tmp_path: Path) -> None:
    copy = tmp_path / "results.gpkg"
    for name, _ in pyogrio.list_layers(demo[0] / "results.gpkg"):
        layer = pyogrio.read_dataframe(demo[0] / "results.gpkg", layer=name)
        if name == "homes":
            layer.loc[3, "park_500m_m"] += 0.01
        pyogrio.write_dataframe(layer, copy, layer=name, append=copy.exists())
    (fault,) = [line for line in differences(copy) if line.startswith("park_500m")]
    assert "park_500m: home " in fault


def test_every_layer_of_the_results_adds_up(
    demo: tuple[Path, str], summary: dict[str, Any]
) -> None:
    homes = pyogrio.read_dataframe(demo[0] / "results.gpkg", layer="homes")
    assert summary["unit"] == "homes"
    assert len(homes) == summary["total"] == summary["layers"]["homes"]["used"]
    for key in STANDARDS[:3]:
        one = summary["standards"][key]
        assert homes[f"{key}_served"].sum() == one["network"]["served"]
        assert (homes[f"{key}_m"] <= one["reach_m"]).sum() == one["network"]["served"]
        assert (homes[f"{key}_straight_m"] <= one["reach_m"]).sum() == one["straight"]["served"]
        gaps = pyogrio.read_dataframe(demo[0] / "results.gpkg", layer=f"{key}_gaps")
        assert gaps["people"].sum() == one["total"] - one["network"]["served"]
        assert gaps["people"].is_monotonic_decreasing
    union = homes["green_300m_served"] | homes["park_500m_served"]
    assert summary["standards"][UNION]["network"]["served"] == union.sum()
    circle = summary["standards"]["circle_15min"]
    assert len(circle["categories"]) >= 12
    met = sum(homes[f"{key}_served"] for key in circle["must_have"])
    assert (homes["circle_15min_met"] == met).all()
    assert circle["mean_share_met"] == pytest.approx(met.mean() / len(circle["must_have"]))


def test_the_walk_changes_the_answer_in_this_city(summary: dict[str, Any]) -> None:
    """Guards against a network that is no network: figures near those of an independent look."""
    for key, low, high in (("park_500m", 0.5, 0.75), ("bus_stop_500m", 0.9, 0.99)):
        one = summary["standards"][key]
        assert low < one["network"]["share"] < high
        assert one["straight"]["share"] > one["network"]["share"] + 0.03


def test_osm_is_credited_on_every_output(demo: tuple[Path, str], summary: dict[str, Any]) -> None:
    folder = demo[0]
    assert CREDIT in summary["data"]["credit"]
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert any(isinstance(cell, str) and CREDIT in cell for cell in cells)
    pages = sorted((folder / "maps").glob("*.html"))
    assert [page.stem for page in pages] == sorted([*STANDARDS, "city", "index", "whatif"])
    for page in pages:
        assert CREDIT in page.read_text(encoding="utf-8")
    for name, _ in pyogrio.list_layers(folder / "results.gpkg"):
        about = pyogrio.read_info(folder / "results.gpkg", layer=name)["layer_metadata"]
        assert CREDIT in (about or {}).get("DESCRIPTION", ""), name


def test_every_excel_text_is_text(demo: tuple[Path, str]) -> None:
    for sheet in openpyxl.load_workbook(demo[0] / "tables.xlsx"):
        for row in sheet.iter_rows():
            assert {cell.data_type for cell in row} <= {"s", "n"}


def test_random_edits_of_monaco_equal_measuring_from_scratch(demo: tuple[Path, str]) -> None:
    """Each alone and all together, for every measured id, to the last bit."""
    study = assemble(load_plan(demo[0].parent / "plan.toml"))
    present = present_in(study, measured_in(study)[0])
    changes = random_changes(np.random.default_rng(2026), present, 12)
    laid = stage(present, changes)
    moved = 0
    for on in (*({change} for change in range(12)), set(range(12))):
        for number in range(len(present.coverages)):
            walks = laid.walks_with(number, on)
            assert np.array_equal(walks, afresh(laid, number, on)), [changes[k] for k in on]
            moved += not np.array_equal(walks, laid.walk_m[number])
    assert moved > 20
