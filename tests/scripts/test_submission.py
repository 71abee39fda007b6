"""What a planner submits: people from counts, official shares of land, zones, bounds, reasons."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyogrio
import pytest
import rasterio
import shapely

from layers import sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry


def save(path: Path, shapes: list[BaseGeometry], **columns: list[object]) -> None:
    """Write shapes in metres from the town's origin."""
    moved = sample.facilities(shapes, "x").geometry
    gpd.GeoDataFrame(columns, geometry=moved).to_file(path)


def change(plan: Path, old: str, new: str) -> None:
    """Change a line of the plan."""
    text = plan.read_text(encoding="utf-8")
    assert old in text
    plan.write_text(text.replace(old, new), encoding="utf-8")


def results(plan: Path, lifecircle: Callable[..., Any]) -> tuple[Path, dict[str, Any]]:
    typed = lifecircle("measure", plan, "--quiet")
    assert (typed.code, typed.err) == (0, "")
    folder = plan.parent / "results"
    return folder, json.loads((folder / "summary.json").read_text(encoding="utf-8"))


def test_the_official_share_of_land_stands_beside_the_real_one(
    town: Callable[..., Path], lifecircle: Callable[..., Any]
) -> None:
    """Land: a 1000 x 50 m strip along the first street; the stop stands at its corner (0, 0)."""
    plan = town(layers='residential = "住宅用地.gpkg"\nbuilt_up = "built.gpkg"')
    save(plan.parent / "住宅用地.gpkg", [shapely.box(0, 0, 500, 50), shapely.box(400, 0, 1000, 50)])
    save(plan.parent / "built.gpkg", [shapely.box(0, 0, 1000, 50)])
    strip = shapely.box(0, 0, 1000, 50).buffer(1)
    save(plan.parent / "boundary.gpkg", [strip])
    text = plan.read_text(encoding="utf-8").replace(
        "language", 'boundary = "boundary.gpkg"\nlanguage'
    )
    plan.write_text(text, encoding="utf-8")
    folder, found = results(plan, lifecircle)
    stop, park = (found["standards"][key]["land"] for key in ("bus_stop_500m", "park_500m"))
    assert (stop["of"], park["of"]) == ("built_up", "residential"), "each as its document says"
    disc = shapely.Point(0, 0).buffer(500, quad_segs=500)
    expected = disc.intersection(shapely.box(0, 0, 1000, 50)).area / 50_000
    assert stop["area_m2"] == pytest.approx(50_000, rel=1e-6)
    assert stop["straight"] == pytest.approx(expected, rel=1e-3)
    assert stop["network"] < stop["straight"]
    assert park["area_m2"] == pytest.approx(50_000, rel=1e-6), "overlap counts once"
    patches = pyogrio.read_dataframe(folder / "results.gpkg", layer="bus_stop_500m_land_uncovered")
    assert patches["area_m2"].sum() == pytest.approx(
        stop["area_m2"] - stop["straight_m2"], rel=1e-6
    )


def test_areas_served_agree_with_homes_and_streets(
    town: Callable[..., Path], lifecircle: Callable[..., Any]
) -> None:
    folder, _ = results(town(), lifecircle)
    table = folder / "results.gpkg"
    homes = pyogrio.read_dataframe(table, layer="homes")
    for key in ("park_500m", "bus_stop_500m"):
        area = pyogrio.read_dataframe(table, layer=f"{key}_area").geometry[0]
        served = shapely.intersects(area, homes.geometry.to_numpy())
        assert served.tolist() == homes[f"{key}_served"].tolist()
        with rasterio.open(folder / "walks" / f"{key}.tif") as raster:
            assert raster.crs.to_epsg() == 4548
            xy = shapely.get_coordinates(homes.geometry)
            cells = np.array([value[0] for value in raster.sample(xy)])
        near = ~np.isnan(cells) & ~np.isnan(homes[f"{key}_m"])
        np.testing.assert_allclose(cells[near], homes[f"{key}_m"][near], atol=15)


def test_people_come_from_a_raster_and_none_is_lost(
    town: Callable[..., Path], lifecircle: Callable[..., Any]
) -> None:
    """Three 500 m cells: 100 people over two homes, 50 over one, 7 where no home stands."""
    plan = town(layers='population = { path = "pop.tif", share = "even" }')
    change(plan, ', weight = "人口"', "")
    rows = (plan.parent / "homes.csv").read_text(encoding="utf-8").splitlines()
    bare = [",".join(row.split(",")[:2]) for row in rows]
    (plan.parent / "homes.csv").write_text("\n".join(bare), encoding="utf-8")
    x, y = sample.ORIGIN
    cells = np.array([[100.0, 50.0], [7.0, -99999.0]], dtype=np.float32)
    shape = {"height": 2, "width": 2, "count": 1, "dtype": "float32", "nodata": -99999.0}
    at = rasterio.Affine(500, 0, x, 0, -500, y + 250)
    with rasterio.open(plan.parent / "pop.tif", "w", crs="EPSG:4548", transform=at, **shape) as new:
        new.write(cells, 1)
    edge = plan.parent / "boundary.gpkg"
    save(edge, [shapely.box(-100, -800, 1100, 800)])
    text = plan.read_text(encoding="utf-8").replace(
        "language", 'boundary = "boundary.gpkg"\nlanguage'
    )
    plan.write_text(text, encoding="utf-8")
    folder, found = results(plan, lifecircle)
    people = found["population"]
    assert (people["given"], people["shared"], people["at_centres"], people["outside"]) == (
        157,
        150,
        7,
        0,
    )
    assert (found["unit"], found["total"]) == ("people", 157)
    homes = pyogrio.read_dataframe(folder / "results.gpkg", layer="homes")
    assert sorted(homes["weight"]) == [7, 50, 50, 50]
    stop = found["standards"]["bus_stop_500m"]
    assert stop["network"]["served"] == 100
    assert stop["unconnected"] == 7, "the cell without homes has no street within 100 m"


def test_people_given_twice_are_refused(
    town: Callable[..., Path], lifecircle: Callable[..., Any]
) -> None:
    plan = town(layers='population = "pop.gpkg"')
    save(plan.parent / "pop.gpkg", [shapely.box(0, 0, 900, 400)], people=[10])
    typed = lifecircle("measure", plan)
    assert typed.code == 2
    assert "homes and population both give people" in typed.err


def test_every_figure_by_zone(town: Callable[..., Path], lifecircle: Callable[..., Any]) -> None:
    plan = town(layers='zones = { path = "区.gpkg", name = "区名" }\nresidential = "land.gpkg"')
    west, east = shapely.box(-10, -50, 500, 500), shapely.box(500, -50, 1010, 500)
    save(plan.parent / "区.gpkg", [west, east], 区名=["西区", "东区"])
    save(plan.parent / "land.gpkg", [shapely.box(0, -5, 560, 15)])
    change(plan, '"bus_stop_500m"]', '"bus_stop_500m", "green_park"]')
    folder, _ = results(plan, lifecircle)
    zones = pyogrio.read_dataframe(folder / "results.gpkg", layer="zones")
    assert zones["zone"].tolist() == ["西区", "东区"]
    assert zones["people"].tolist() == [30, 30]
    assert zones["bus_stop_500m_share"].tolist() == [1, 0]
    assert zones["park_500m_share"].tolist() == [0, 1]
    assert {"park_500m_low", "park_500m_high", "park_500m_land_straight"} <= set(zones.columns)
    assert zones["green_park_share"].tolist() == [0, 1]
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    rows = list(book["Zones"].iter_rows(min_row=2, values_only=True))
    assert ("西区", "Bus stop within 500 m", 30, 30, 1, 1, 1, 1) in rows


def test_bounds_and_reasons_are_written(
    town: Callable[..., Path], lifecircle: Callable[..., Any]
) -> None:
    folder, found = results(town(), lifecircle)
    for one in found["standards"].values():
        network = one["network"]
        assert network["low"] <= network["share"] <= network["high"]
        assert sum(one["unserved"].values()) == one["total"] - network["served"]
        gap = one["straight"]["served"] - network["served"]
        assert sum(one["straight_minus_network"].values()) == pytest.approx(gap)
    homes = pyogrio.read_dataframe(folder / "results.gpkg", layer="homes")
    assert homes["park_500m_reason"].isna().tolist() == homes["park_500m_served"].tolist()
    assert homes["park_500m_reason"][1] == "entrance", "the park is 470 m off, its gate 578 m"


def test_a_union_of_size_classes(town: Callable[..., Path], lifecircle: Callable[..., Any]) -> None:
    plan = town(layers='residential = "land.gpkg"')
    save(plan.parent / "land.gpkg", [shapely.box(0, -5, 560, 15)])
    text = plan.read_text(encoding="utf-8").replace(
        '"bus_stop_500m"]', '"check2021_park", "green_park"]'
    )
    plan.write_text(text, encoding="utf-8")
    folder, found = results(plan, lifecircle)
    one = found["standards"]["green_park"]
    assert set(one["classes"]) == {"green_300m", "park_500m"}
    assert one["network"]["served"] == found["standards"]["park_500m"]["network"]["served"]
    assert one["land"]["straight"] >= one["classes"]["park_500m"]["land"]["straight"]
    homes = pyogrio.read_dataframe(folder / "results.gpkg", layer="homes")
    union = homes["green_300m_served"] | homes["park_500m_served"]
    assert homes["green_park_served"].tolist() == union.tolist()
    assert (folder / "summary.json").stat().st_size > 0
    assert lifecircle("draw", plan, "--quiet").code == 0


def test_the_way_walked_from_every_home(
    town: Callable[..., Path], lifecircle: Callable[..., Any]
) -> None:
    plan = town()
    change(plan, "[measure]", "[measure]\nways = true")
    folder, _ = results(plan, lifecircle)
    ways = pyogrio.read_dataframe(folder / "results.gpkg", layer="park_500m_ways")
    assert ways["home"].tolist() == ["1", "2", "3"]
    np.testing.assert_allclose(ways.length, ways["walk_m"], atol=1e-3)
    gap = pyogrio.read_dataframe(folder / "results.gpkg", layer="park_500m_gap_ways")
    np.testing.assert_allclose(gap.length, gap["walk_m"], atol=1e-3)


def test_islands_are_reported_with_length_and_people(
    town: Callable[..., Path], lifecircle: Callable[..., Any]
) -> None:
    plan = town()
    streets = pyogrio.read_dataframe(plan.parent / "streets.gpkg")
    apart = sample.streets([[(510, 5), (590, 5)]]).drop(columns="refs")
    (plan.parent / "streets.gpkg").unlink()
    both = gpd.GeoDataFrame(pd.concat([streets, apart], ignore_index=True), crs=streets.crs)
    both.to_file(plan.parent / "streets.gpkg")
    _, found = results(plan, lifecircle)
    (island,) = found["network"]["islands_with_homes"]
    assert (island["homes"], island["people"]) == (1, 30)
    assert island["length_m"] == pytest.approx(80, abs=1e-3)
    stop = found["standards"]["bus_stop_500m"]
    assert stop["unserved"] == {"data_end": 30}, "560 m off, and the data end near by"
    assert found["standards"]["park_500m"]["straight_minus_network"]["island"] == 30


def test_a_broken_law_stops_publishing(
    town: Callable[..., Path], lifecircle: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scripts.findings.laws", lambda *_: {"people_add_up": False})
    plan = town()
    typed = lifecircle("measure", plan)
    assert typed.code == 2
    assert "law broken: people_add_up" in typed.err
    assert not (plan.parent / "results").exists()


def test_cells_grow_with_very_large_areas_unless_the_plan_says_how(
    town: Callable[..., Path], lifecircle: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = town()
    assert results(plan, lifecircle)[1]["cell_m"] == 10
    monkeypatch.setattr("scripts.land.MOST_CELLS", 1)
    assert results(plan, lifecircle)[1]["cell_m"] > 10
    change(plan, "[measure]", "[measure]\ncell_m = 5")
    assert results(plan, lifecircle)[1]["cell_m"] == 5


def test_a_standard_no_longer_measured_leaves_no_raster_behind(
    town: Callable[..., Path], lifecircle: Callable[..., Any]
) -> None:
    plan = town()
    folder, _ = results(plan, lifecircle)
    assert (folder / "walks" / "bus_stop_500m.tif").exists()
    change(plan, ', "bus_stop_500m"', "")
    results(plan, lifecircle)
    assert sorted(path.stem for path in (folder / "walks").iterdir()) == ["green_300m", "park_500m"]
