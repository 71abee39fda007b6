"""Older people, wheelchairs and slopes, from the plan to the maps."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import openpyxl
import pytest
import rasterio

from layers import sample
from layers.catalog import bundled
from tests.recompute import differences

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def results(
    town: Callable[..., Path], lifecircle: Callable[..., Any]
) -> Callable[..., tuple[Path, dict[str, Any]]]:
    """Run the chessboard town with some more lines in its plan; gives the folder and summary."""

    def run(walker: str = "", layers: str = "") -> tuple[Path, dict[str, Any]]:
        plan = town(layers=layers)
        text = plan.read_text(encoding="utf-8")
        plan.write_text(f"{text}\n[walker]\n{walker}\n", encoding="utf-8")
        typed = lifecircle("run", plan, "--lang", "en")
        assert (typed.code, typed.err) == (0, ""), typed.err
        folder = plan.parent / "results"
        summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
        return folder, summary | {"printed": typed.out}

    return run


def served(summary: dict[str, Any]) -> dict[str, float]:
    return {key: one["network"]["served"] for key, one in summary["standards"].items()}


def save_hill(path: Path, rise: float) -> None:
    """Heights that rise from west to east over the chessboard town and 2 km around."""
    x, y = sample.ORIGIN
    heights = np.tile(np.arange(60) * 100 * rise, (60, 1)).astype("float32")
    corner = rasterio.Affine(100, 0, x - 2500, 0, -100, y + 3500)
    profile = {"driver": "GTiff", "crs": sample.CRS, "transform": corner, "dtype": "float32"}
    with rasterio.open(path, "w", width=60, height=60, count=1, **profile) as raster:
        raster.write(heights[np.newaxis])


def test_nobody_said_who_walks(results: Callable[..., Any]) -> None:
    folder, summary = results()
    walker = summary["walker"]
    assert (walker["usual"], walker["stairs"], walker["slope"]) == (True, True, False)
    assert "Walker" not in summary["printed"]
    assert all("walk_reach_m" not in one for one in summary["standards"].values())
    assert "usual" not in summary["standards"]["park_500m"]
    assert walker["en"] in (folder / "maps" / "park_500m.html").read_text(encoding="utf-8")


def test_older_people_get_less_far(results: Callable[..., Any]) -> None:
    """The stop stands at (0, 0); 20 people live 450 m from it: beyond 360 m."""
    folder, summary = results("speed_m_per_s = 0.8")
    one = summary["standards"]["bus_stop_500m"]
    assert (one["reach_m"], one["walk_reach_m"]) == (500, 360)
    assert (one["network"]["served"], one["usual"]["served"]) == (10, 30)
    assert one["straight"]["served"] == 30
    assert one["unserved"]["walker"] == one["straight_minus_network"]["walker"] == 20
    assert "360/500 m" in summary["printed"]
    assert "Walker: 0.8 m/s." in summary["printed"]
    assert differences(folder / "results.gpkg") == []
    streets = gpd.read_file(folder / "results.gpkg", layer="bus_stop_500m_streets")
    assert (streets["reach_m"] == 360).all()
    page = (folder / "maps" / "bus_stop_500m.html").read_text(encoding="utf-8")
    assert "within a 360 m walk" in page
    assert "Walker: 0.8 m/s." in page
    assert "Walker: 0.8 m/s." in (folder / "maps" / "index.html").read_text(encoding="utf-8")
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    heading, *rows = book["Coverage"].iter_rows(values_only=True)
    assert {row[heading.index("Reach of the walker (m)")] for row in rows} == {216, 360}


def test_slopes_make_walks_longer(results: Callable[..., Any], tmp_path: Path) -> None:
    save_hill(tmp_path / "dem.tif", 0.08)
    folder, summary = results("", 'elevation = "dem.tif"')
    assert summary["walker"]["slope"] is True
    assert summary["walker"]["without_height_m"] == 0
    assert 1 < summary["walker"]["climb"] < 1.2
    assert summary["layers"]["elevation"]["used"] > 0
    assert "elevation" in {one["layer"] for one in summary["inputs"]}
    assert summary["standards"]["bus_stop_500m"]["network"]["served"] == 10
    assert summary["standards"]["bus_stop_500m"]["usual"]["served"] == 30
    assert differences(folder / "results.gpkg") == []
    streets = gpd.read_file(folder / "results.gpkg", layer="streets")
    assert (streets["length_m"] >= streets["ground_m"]).all()
    np.testing.assert_allclose(streets["ground_m"], streets.length, atol=1e-5)
    assert summary["network"]["length_m"] == pytest.approx(streets.length.sum(), abs=1e-3)


def test_heights_given_but_not_counted(results: Callable[..., Any], tmp_path: Path) -> None:
    save_hill(tmp_path / "dem.tif", 0.08)
    _, summary = results("slope = false", 'elevation = "dem.tif"')
    assert summary["walker"]["usual"] is True
    assert "elevation" not in {one["layer"] for one in summary["inputs"]}


@pytest.mark.parametrize(
    ("walker", "said"),
    [
        ("slope = true", "[walker] slope needs heights; name a raster"),
        ("speed_m_per_s = 0", "[walker] speed_m_per_s"),
        ("wheelchair = true", "known keys are speed_m_per_s, stairs, slope"),
    ],
)
def test_a_mistake_about_the_walker_is_one_line(
    town: Callable[..., Path], lifecircle: Callable[..., Any], walker: str, said: str
) -> None:
    plan = town()
    plan.write_text(f"{plan.read_text(encoding='utf-8')}\n[walker]\n{walker}\n", encoding="utf-8")
    typed = lifecircle("measure", plan)
    assert typed.code == 2
    assert said in typed.err
    assert typed.err.count("\n") == 1


def test_a_wheelchair_in_a_city_of_stairs(lifecircle: Callable[..., Any], tmp_path: Path) -> None:
    """Monaco is built on a slope: without its stairs fewer are served, by every standard."""
    shutil.copy(bundled("monaco"), tmp_path / "monaco.osm.pbf")
    summaries = []
    for stairs in ("true", "false"):
        plan = tmp_path / f"{stairs}.toml"
        plan.write_text(
            f'[layers]\nosm = "monaco.osm.pbf"\n[walker]\nstairs = {stairs}\n'
            '[measure]\nstandards = ["park_500m", "bus_stop_500m"]\n',
            encoding="utf-8",
        )
        out = tmp_path / stairs
        assert lifecircle("measure", plan, "--out", out, "--quiet").code == 0
        summaries.append(json.loads((out / "summary.json").read_text(encoding="utf-8")))
    everyone, wheels = map(served, summaries)
    assert all(wheels[key] < everyone[key] for key in everyone)
    for key, one in summaries[1]["standards"].items():
        assert one["usual"]["served"] == everyone[key]
        assert one["unserved"]["stairs"] > 0
        assert one["straight"] == summaries[0]["standards"][key]["straight"]
    assert summaries[1]["walker"]["stairs_m"] > 1000
    assert summaries[1]["network"] == summaries[0]["network"]
    assert differences(tmp_path / "false" / "results.gpkg") == []
