"""Bad input: one line on stderr, exit 2, nothing written; an empty layer is no mistake."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pyogrio
import pytest

from layers import sample

if TYPE_CHECKING:
    from collections.abc import Callable


def change(plan: Path, old: str, new: str) -> None:
    text = plan.read_text(encoding="utf-8")
    assert old in text
    plan.write_text(text.replace(old, new), encoding="utf-8")


def missing_file(plan: Path) -> None:
    (plan.parent / "stops.csv").unlink()


def no_crs(plan: Path) -> None:
    path = plan.parent / "streets.gpkg"
    streets = pyogrio.read_dataframe(path)
    path.unlink()
    with pytest.warns(UserWarning, match="crs"):
        pyogrio.write_dataframe(streets.set_crs(None, allow_override=True), path)


def unknown_column(plan: Path) -> None:
    change(plan, 'weight = "人口"', 'weight = "居民"')


def empty_homes(plan: Path) -> None:
    (plan.parent / "homes.csv").write_text("经度,纬度,人口\n", encoding="utf-8")


def empty_streets(plan: Path) -> None:
    path = plan.parent / "streets.gpkg"
    streets = pyogrio.read_dataframe(path)
    path.unlink()
    pyogrio.write_dataframe(streets.iloc[:0], path, geometry_type="LineString")


def homes_elsewhere(plan: Path) -> None:
    change(plan, "language", 'boundary = "boundary.geojson"\nlanguage')
    square = gpd.GeoSeries.from_wkt(["POLYGON ((10 50, 11 50, 11 51, 10 51, 10 50))"], crs=4326)
    square.to_file(plan.parent / "boundary.geojson")


def unknown_key(plan: Path) -> None:
    change(plan, "[measure]", "[measure]\nstandard = 3")


def unknown_standard(plan: Path) -> None:
    change(plan, '"park_500m"', '"park_501m"')


def no_stops_layer(plan: Path) -> None:
    change(plan, 'bus_stops = "stops.csv"', "")


def no_homes_layer(plan: Path) -> None:
    change(plan, "homes =", "# homes =")


def streets_in_degrees(plan: Path) -> None:
    change(plan, "language", 'crs = "EPSG:4326"\nlanguage')


def streets_far_away(plan: Path) -> None:
    path = plan.parent / "streets.gpkg"
    streets = pyogrio.read_dataframe(path)
    path.unlink()
    pyogrio.write_dataframe(streets.assign(geometry=streets.translate(90_000, 0)), path)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (missing_file, ["stops.csv"]),
        (no_crs, ["streets.gpkg", "CRS"]),
        (unknown_column, ["homes.csv", "居民", "人口"]),
        (empty_homes, ["homes"]),
        (empty_streets, ["streets"]),
        (homes_elsewhere, ["homes", "boundary"]),
        (unknown_key, ["plan.toml", "line 13", "[measure] standard", "did you mean standards?"]),
        (unknown_standard, ["plan.toml", "park_501m", "did you mean park_500m?"]),
        (no_stops_layer, ["plan.toml", "bus_stop_500m needs the layer bus_stops"]),
        (no_homes_layer, ["plan.toml", "neither homes nor osm"]),
        (streets_in_degrees, ["4326"]),
        (streets_far_away, ["streets", "study area"]),
    ],
)
def test_one_line_exit_2_and_nothing_written(
    town: Callable[..., Path],
    lifecircle: Callable[..., Any],
    spoil: Callable[[Path], None],
    words: list[str],
) -> None:
    plan = town()
    spoil(plan)
    typed = lifecircle("measure", plan)
    assert typed.code == 2
    assert typed.out == ""
    assert typed.err.count("\n") == 1, typed.err
    assert typed.err.startswith("lifecircle: ")
    for word in words:
        assert word in typed.err
    assert not list((plan.parent / "results").glob("*"))


def test_a_mistake_leaves_the_old_results(
    town: Callable[..., Path], lifecircle: Callable[..., Any]
) -> None:
    plan = town()
    assert lifecircle("measure", plan, "--quiet").code == 0
    before = (plan.parent / "results" / "summary.json").read_bytes()
    missing_file(plan)
    assert lifecircle("measure", plan, "--quiet").code == 2
    assert (plan.parent / "results" / "summary.json").read_bytes() == before


def test_no_parks_in_the_area_serves_nobody(
    town: Callable[..., Path], lifecircle: Callable[..., Any]
) -> None:
    plan = town()
    empty = sample.facilities([], "park")[["name", "geometry"]].to_crs(4326)
    pyogrio.write_dataframe(empty, plan.parent / "公园.geojson", geometry_type="Polygon")
    assert lifecircle("run", plan, "--quiet").code == 0
    summary = json.loads((plan.parent / "results" / "summary.json").read_text(encoding="utf-8"))
    park = summary["standards"]["park_500m"]
    assert (park["facilities"], park["network"]["served"], park["network"]["share"]) == (0, 0, 0)
    assert (plan.parent / "results" / "maps" / "park_500m.html").stat().st_size > 100_000


@pytest.mark.parametrize(
    "words",
    [
        ["measure"],
        ["measure", "plan.toml", "--lang", "fr"],
        ["paint", "plan.toml"],
        ["measure", "no such plan.toml"],
        ["init", "folder", "--osm", "no such.osm.pbf"],
        ["draw", "plan.toml"],
    ],
)
def test_wrong_words_on_the_command_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lifecircle: Callable[..., Any],
    words: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plan.toml").write_text("[layers]\n", encoding="utf-8")
    typed = lifecircle(*words)
    assert (typed.code, typed.out, typed.err.count("\n")) == (2, "", 1)


def test_a_folder_that_cannot_be_written(
    town: Callable[..., Path], lifecircle: Callable[..., Any]
) -> None:
    plan = town()
    blocked = plan.parent / "blocked"
    blocked.write_text("a file, not a folder", encoding="utf-8")
    typed = lifecircle("measure", plan, "--out", blocked / "results", "--quiet")
    assert typed.code == 2
    assert "choose another folder" in typed.err
    assert blocked.is_file()
