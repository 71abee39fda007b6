"""The verb site, from files to proposals; checked by measuring the town with them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pyogrio
import pytest
import shapely

from layers import sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Typed = Any


@pytest.fixture
def sited(
    lifecircle: Callable[..., Typed], town: Callable[..., Path], tmp_path: Path
) -> Callable[..., dict[str, Any]]:
    """Ask for sites in the made-up town; gives the summary."""

    def run(*words: object, **town_options: str) -> dict[str, Any]:
        typed = lifecircle("site", town(**town_options), "--out", tmp_path / "out", *words)
        assert (typed.code, typed.err) == (0, ""), typed.err
        figures = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
        return figures | {"printed": typed.out}

    return run


def candidates(path: Path, rows: list[tuple[str, float, float, str]]) -> Path:
    """Write candidates as a planner's table: 编号, x, y and the rest as it is."""
    lines = ["编号,lon,lat,造价,必选,排除,容量"]
    for name, x, y, rest in rows:
        point = sample.facilities([(x, y)], "bus_stop").to_crs(4326).geometry[0]
        lines.append(f"{name},{point.x:.9f},{point.y:.9f},{rest}")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_the_gap_is_closed_by_one_stop(sited: Callable[..., Any], tmp_path: Path) -> None:
    figures = sited("--standard", "bus_stop_500m", "--new", 1)
    assert figures["before"] == {"served": 30.0, "share": 0.5}
    assert figures["after"] == {"served": 60.0, "share": 1.0}
    assert figures["answer"]["proven"]
    assert figures["answer"]["gap"] == 0.0
    assert figures["checked"] == {"full_run_served": 60.0, "equal": True}
    (one,) = figures["proposals"]
    assert (one["people"], one["homes"], one["before"], one["after"]) == (30.0, 1, 0.5, 1.0)
    assert "proven best" in figures["printed"]
    layers = {name for name, _ in pyogrio.list_layers(tmp_path / "out" / "results.gpkg")}
    assert {"proposals", "proposal_homes", "proposal_ways", "candidates", "homes"} <= layers
    way = pyogrio.read_dataframe(tmp_path / "out" / "results.gpkg", layer="proposal_ways")
    homes = pyogrio.read_dataframe(tmp_path / "out" / "results.gpkg", layer="homes")
    assert way.geometry.length.item() == pytest.approx(homes["bus_stop_500m_m_1"].iloc[2], abs=1e-3)
    site = pyogrio.read_dataframe(tmp_path / "out" / "results.gpkg", layer="proposals")
    assert way.geometry.item().distance(site.geometry.item()) < 1e-6
    book = openpyxl.load_workbook(tmp_path / "out" / "tables.xlsx")
    assert book.sheetnames == ["Proposals", "For whom", "Answer", "Candidates", "Cannot be served"]
    assert "<!DOCTYPE html>" in (tmp_path / "out" / "maps" / "index.html").read_text("utf-8")


def test_candidates_with_costs_and_a_budget(sited: Callable[..., Any], tmp_path: Path) -> None:
    rows = [("near", 700, 0, "50,,,"), ("dear", 600, 0, "90,,,"), ("far", 1000, 400, "1,,,")]
    file = candidates(tmp_path / "备选.csv", rows)
    asked = ("--standard", "bus_stop_500m", "--candidates", file)
    figures = sited(*asked, "--budget", 60)
    (one,) = figures["proposals"]
    assert (one["name"] or one["cost"]) in ("near", 50.0)
    assert one["per_cost"] == 30 / 50
    figures = sited(*asked, "--budget", 40)
    assert figures["proposals"] == []
    assert figures["after"] == figures["before"]


def test_must_and_barred(sited: Callable[..., Any], tmp_path: Path) -> None:
    rows = [("must", 100, 400, "1,是,,"), ("barred", 700, 0, "1,,是,"), ("ok", 600, 100, "1,,,")]
    file = candidates(tmp_path / "备选.csv", rows)
    figures = sited("--standard", "bus_stop_500m", "--candidates", file, "--new", 2)
    assert figures["answer"]["value"] == 30.0
    assert len(figures["proposals"]) == 2
    figures = sited("--standard", "bus_stop_500m", "--candidates", file, "--new", 1)
    assert figures["answer"]["value"] == 0.0


def test_a_site_that_must_be_built_without_a_street_says_so(
    sited: Callable[..., Any], tmp_path: Path
) -> None:
    file = candidates(
        tmp_path / "备选.csv", [("cut off", 500, -300, "1,是,,"), ("ok", 600, 0, "1,,,")]
    )
    figures = sited("--standard", "bus_stop_500m", "--candidates", file, "--new", 2)
    against = {one["people"]: one["against"] for one in figures["proposals"]}
    outside = "outside the study area"  # the hull of three homes in one street
    assert against == {30.0: outside, 0.0: f"{outside}; no street leads into it"}


def test_capacities_are_never_passed_over(
    lifecircle: Callable[..., Typed], town: Callable[..., Path], tmp_path: Path
) -> None:
    file = candidates(tmp_path / "备选.csv", [("small", 600, 0, "1,,,5")])
    words = ("--standard", "bus_stop_500m", "--candidates", file, "--new", 1)
    fair = lifecircle("site", town(), *words, "--question", "fairest", "--out", tmp_path / "out")
    assert (fair.code, "which this question does not count" in fair.err) == (2, True)


def test_candidates_left_out_are_counted(sited: Callable[..., Any], tmp_path: Path) -> None:
    small, large = shapely.box(405, -60, 415, -50), shapely.box(405, -310, 495, -5)
    land = sample.facilities([small, large, shapely.box(90_000, 0, 90_100, 90)], "park")
    land = land.to_crs(4326)[["geometry"]].assign(编号=["s", "l", "f"])
    land.to_file(tmp_path / "地块.geojson")
    file = tmp_path / "地块.geojson"
    asked = ("--standard", "park_500m", "--new", 1, "--min-area", 1000)
    figures = sited(*asked, "--candidates", file)
    assert figures["layers"]["candidates"] == {
        "read": 3,
        "used": 1,
        "repaired": 0,
        "dropped": 2,
        "reasons": {"smaller than 1000 m²": 1, "far from the study area": 1},
        "taken": {},
    }
    assert "candidates" in {one["layer"] for one in figures["inputs"]}


def test_fewest_stops_for_everyone_and_who_is_left(
    sited: Callable[..., Any], tmp_path: Path
) -> None:
    file = candidates(tmp_path / "备选.csv", [("far", 1000, 400, "1,,,")])
    asked = ("--standard", "bus_stop_500m", "--question", "fewest")
    figures = sited(*asked, "--candidates", file)
    assert figures["proposals"] == []
    assert figures["unservable"] == {
        "homes": 1,
        "people": 30.0,
        "reasons": {"unreachable": 30.0},
    }
    assert "no candidate within reach 30" in figures["printed"]
    figures = sited(*asked)
    assert (len(figures["proposals"]), figures["after"]["share"]) == (1, 1.0)


def test_the_cheapest_sites_for_a_share(sited: Callable[..., Any], tmp_path: Path) -> None:
    rows = [("dear", 600, 0, "90,,,"), ("near", 700, 0, "50,,,"), ("dearer", 650, 0, "95,,,")]
    file = candidates(tmp_path / "备选.csv", rows)
    asked = ("--standard", "bus_stop_500m", "--question", "fewest", "--candidates", file)
    figures = sited(*asked, "--cheapest", "--share", 0.9)
    assert [one["cost"] for one in figures["proposals"]] == [50.0]
    assert figures["answer"]["value"] == 50.0


def test_a_favoured_zone_counts_more(sited: Callable[..., Any], tmp_path: Path) -> None:
    """20 people at (450, 0), 30 at (550, 10): a pharmacy each; one may be built."""
    halves = [shapely.box(-9, -9, 500, 409), shapely.box(500, -9, 1009, 409)]
    zones = sample.facilities(halves, "park").assign(name=["西区", "东区"])
    zones[["name", "geometry"]].to_crs(4326).to_file(tmp_path / "zones.geojson")
    rows = [("west", 0, 0, "1,,,"), ("east", 1000, 0, "1,,,")]
    file = candidates(tmp_path / "备选.csv", rows)
    asked = ("--standard", "green_300m", "--new", 1, "--candidates", file)
    layers = 'zones = "zones.geojson"'
    assert sited(*asked, layers=layers)["after"]["served"] == 10.0
    favoured = sited(*asked, "--favour", "西区", "--factor", 3, layers=layers)
    assert favoured["answer"]["value"] == 30.0
    (one,) = favoured["proposals"]
    assert one["zones"] == "西区 10"


def test_a_park_is_entered_where_streets_allow(sited: Callable[..., Any], tmp_path: Path) -> None:
    """The land's middle is 150 m from the only street beside it: who walks, walks to its edge."""
    land = sample.facilities([shapely.box(405, -310, 495, -5)], "park").to_crs(4326)
    land[["geometry"]].assign(编号=["A"], 造价=[5.0]).to_file(tmp_path / "地块.geojson")
    figures = sited(
        "--standard", "park_500m", "--new", 1, "--candidates", tmp_path / "地块.geojson"
    )
    homes = pyogrio.read_dataframe(tmp_path / "out" / "results.gpkg", layer="homes")
    assert homes["park_500m_m_1"].round(3).tolist()[1] == 5.0
    assert figures["after"]["served"] == 60.0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--standard", "school", "--new", 1), "measures no single service 'school'"),
        (("--standard", "park_500m"), "give new or budget"),
        (("--standard", "park_500m", "--new", 1, "--favour", "西区"), "no zone '西区'"),
        (("--standard", "bus_stop_500m", "--question", "fewest", "--share", 2), "share"),
        (("--standard", "bus_stop_500m", "--new", 0), "new"),
        (
            ("--standard", "bus_stop_500m", "--new", 1, "--question", "fewest"),
            "--new does not go with --question fewest",
        ),
        (
            ("--standard", "bus_stop_500m", "--new", 1, "--share", 0.5),
            "--share does not go with --question most",
        ),
        (("--standard", "bus_stop_500m", "--budget", 9), "a cost does not go with"),
        (
            ("--standard", "bus_stop_500m", "--question", "fairest", "--new", 1, "--favour", "x"),
            "--favour does not go with --question fairest",
        ),
        (("--standard", "bus_stop_500m", "--new", 1, "--factor", 3), "--factor without --favour"),
    ],
)
def test_what_cannot_be_asked_is_one_line(
    lifecircle: Callable[..., Typed],
    town: Callable[..., Path],
    tmp_path: Path,
    words: tuple[object, ...],
    says: str,
) -> None:
    typed = lifecircle("site", town(), "--out", tmp_path / "out", *words)
    assert typed.code == 2
    assert typed.err.count("\n") == 1
    assert says in typed.err
    assert not (tmp_path / "out").exists()
