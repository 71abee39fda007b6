"""A plan is filled from the web, and no line the planner wrote is lost."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely

from layers.openstreetmap.fetch import fetch_area
from layers.schema import COLUMNS
from layers.vector import read_layer
from scripts.fetch import LAYERS, _grown, entered, fetch, segments
from scripts.measure import measure
from scripts.plan import load_plan
from scripts.screen import Steps
from spatial.errors import InputError
from spatial.network import network_from_streets
from tests.layers.overpass import MONACO, Replay, monaco, town

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLAN = """\
# 我们的方案
[place]
name = "NAME"   # 地名

[layers]
parks = "parks.geojson"     # our own

[measure]
standards = ["green_300m"]

[standards.green_300m]
reach_m = 80
"""
PARKS = '{"type": "FeatureCollection", "features": []}'


def written(folder: Path, name: str) -> Path:
    """Write a plan with a name and a layer of its own."""
    (folder / "parks.geojson").write_text(PARKS, encoding="utf-8")
    path = folder / "plan.toml"
    path.write_text(PLAN.replace("NAME", name), encoding="utf-8")
    return path


def fill(plan: Path, server: Replay) -> None:
    fetch(plan, overpass_url=server.overpass_url, nominatim_url=server.nominatim_url, quiet=True)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fill a plan for a quarter of the bundled city, to be looked at; give its path."""
    plan = written(tmp_path_factory.mktemp("monaco"), "Monaco-Ville")
    with Replay(monaco()) as running:
        fill(plan, running)
    return plan


@pytest.fixture
def server() -> Iterator[Replay]:
    """Serve a made-up town."""
    with Replay(town()) as running:
        yield running


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a plan for the made-up town; asking Nominatim takes no second."""
    monkeypatch.setattr("osmnx._nominatim.time.sleep", lambda _: None)
    return written(tmp_path, "Town")


# --- the verb -------------------------------------------------------------------------------------


def test_a_plan_is_filled(filled: Path) -> None:
    plan = load_plan(filled)
    folder = plan.folder / "fetched"
    ours = set(LAYERS) - {"parks"}
    assert {file.name for file in folder.iterdir()} == {
        "about.toml",
        "boundary.gpkg",
        *(f"{layer}.gpkg" for layer in ours),
    }
    assert plan.place.boundary.path == folder / "boundary.gpkg"
    assert {name: entry.path for name, entry in plan.layers.items()} == {
        "parks": plan.folder / "parks.geojson"
    } | {layer: folder / f"{layer}.gpkg" for layer in ours}
    for layer in ours:
        places = read_layer(layer, folder / f"{layer}.gpkg").places
        assert list(places.columns) == [*COLUMNS[layer], "geometry"]
        assert len(places) > (0 if layer != "water" else -1)


def test_the_files_say_where_they_come_from(filled: Path) -> None:
    about = tomllib.loads((filled.parent / "fetched" / "about.toml").read_text(encoding="utf-8"))
    assert about["place"] == "Monaco-Ville"
    assert about["credit"] == "© OpenStreetMap contributors, ODbL 1.0"
    assert about["date"] == "2023-12-26T21:21:22Z"
    assert about["server"].startswith("http://127.0.0.1:")
    (boundary,) = read_layer(
        "boundary", filled.parent / "fetched" / "boundary.gpkg"
    ).places.geometry
    assert shapely.from_wkt(about["area"]).contains_properly(boundary)
    assert len(about["queries"]) == 2
    assert all(query.startswith("[out:json]") and "poly:" in query for query in about["queries"])
    assert '["highway"]' in about["queries"][0]
    tally = about["layers"]["homes"]
    assert tally["read"] == tally["used"] + tally["dropped"]
    assert sum(tally["reasons"].values()) == tally["dropped"] + tally["repaired"]
    info = pyogrio.read_info(filled.parent / "fetched" / "homes.gpkg")
    assert info["layer_metadata"]["DESCRIPTION"] == about["credit"]
    assert about["credit"] in filled.read_text(encoding="utf-8")
    assert "data of 2023-12-26" in filled.read_text(encoding="utf-8")


def test_the_streets_read_back_are_the_same_network(filled: Path) -> None:
    about = tomllib.loads((filled.parent / "fetched" / "about.toml").read_text(encoding="utf-8"))
    area = shapely.from_wkt(about["area"])
    with Replay(monaco()) as running:
        direct = fetch_area(area, overpass_url=running.overpass_url).readings["streets"].places
    kept = read_layer("streets", filled.parent / "fetched" / "streets.gpkg").places
    ours, theirs = (network_from_streets(s.to_crs("EPSG:32632")) for s in (kept, direct))
    assert ours.length_m.sum() > 10_000
    for array in ("xy", "u", "v", "length_m", "on_ground", "island"):
        np.testing.assert_array_equal(getattr(ours, array), getattr(theirs, array))
    assert pd.Series(ours.name).equals(pd.Series(theirs.name))
    ends = [tuple(refs.tolist()) for refs in kept["refs"]]
    assert ends == list(segments(direct)[["u", "v"]].itertuples(index=False, name=None))


def test_what_was_fetched_measures_the_same_as_the_extract(filled: Path, tmp_path: Path) -> None:
    text = filled.read_text(encoding="utf-8")
    head, _, rest = text.partition("[layers]\n")
    _, _, measured = rest.partition("[measure]\n")
    boundary = (filled.parent / "fetched" / "boundary.gpkg").as_posix()
    line = re.search("^boundary = .*$", head, re.MULTILINE)
    assert line is not None
    whole = MONACO.as_posix()
    parks = (filled.parent / "parks.geojson").as_posix()
    other = tmp_path / "plan.toml"
    head = head.replace(line[0], f'boundary = "{boundary}"')
    layers = f'[layers]\nosm = "{whole}"\nparks = "{parks}"\n[measure]\n'
    other.write_text(head + layers + measured, encoding="utf-8")
    figures = []
    for plan, out in ((filled, tmp_path / "a"), (other, tmp_path / "b")):
        measure(plan, out, None, Steps(quiet=True))
        summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
        standard = summary["standards"]["green_300m"]
        # Where the data end is known of a fetched area, and guessed of an extract.
        standard = {key: told for key, told in standard.items() if key != "edge_uncertain"}
        figures.append((summary["homes"], summary["total"], standard))
    assert figures[0] == figures[1]
    assert figures[0][0] > 50
    assert 0 < figures[0][2]["network"]["share"] < 1


def test_the_study_area_reaches_beyond_the_boundary(filled: Path) -> None:
    boundary, streets = (
        read_layer(layer, filled.parent / "fetched" / f"{layer}.gpkg").places.to_crs("EPSG:32632")
        for layer in ("boundary", "streets")
    )
    away_m = streets.distance(boundary.union_all())
    assert 100 < away_m.max() < 1.5 * 80 * 1.15 + 100  # 80 m of reach, then a street's first node


def test_a_boundary_of_many_corners_makes_a_short_query() -> None:
    angle = np.linspace(0, 2 * np.pi, 4_000, endpoint=False)
    away_m = 2000 + 30 * np.sin(angle * 1_000)
    jagged = shapely.Polygon(np.stack([away_m * np.cos(angle), away_m * np.sin(angle)], axis=1))
    boundary = gpd.GeoDataFrame(geometry=[jagged], crs="EPSG:32632").translate(5e5, 4.8e6)
    area = _grown(gpd.GeoDataFrame(geometry=boundary), 1500)
    assert shapely.get_num_coordinates(area) < 100
    (drawn,) = gpd.GeoSeries([area], crs="EPSG:4326").to_crs("EPSG:32632")
    assert drawn.contains(shapely.Point(5e5, 4.8e6).buffer(2000 + 30 + 1499))
    assert drawn.area < np.pi * (2000 + 30 + 1500 * 1.15) ** 2


def test_twice_is_as_good_as_once(plan: Path, server: Replay) -> None:
    fill(plan, server)
    once = plan.read_text(encoding="utf-8")
    (plan.parent / "fetched" / "streets.gpkg").write_bytes(b"spoilt")
    fill(plan, server)
    assert plan.read_text(encoding="utf-8") == once
    assert len(read_layer("streets", plan.parent / "fetched" / "streets.gpkg").places) == 10


def test_the_planners_files_are_left_alone(plan: Path, server: Replay) -> None:
    plan.write_text(
        PLAN.replace('name = "NAME"', 'boundary = "area.geojson"'),
        encoding="utf-8",
    )
    area = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 0.001, 0.001)], crs="EPSG:4326")
    area.to_file(plan.parent / "area.geojson")
    server.queries.clear()
    fill(plan, server)
    assert load_plan(plan).place.boundary.path == plan.parent / "area.geojson"
    assert (plan.parent / "parks.geojson").read_text(encoding="utf-8") == PARKS
    assert not (plan.parent / "fetched" / "parks.gpkg").exists()
    assert not (plan.parent / "fetched" / "boundary.gpkg").exists()
    assert len(server.queries) == 2


def test_a_failure_leaves_everything_as_it_was(plan: Path, server: Replay) -> None:
    server.faults += ["none", "remark"]
    with pytest.raises(InputError, match="gave a part of the data only"):
        fill(plan, server)
    assert plan.read_text(encoding="utf-8") == PLAN.replace("NAME", "Town")
    assert {file.name for file in plan.parent.iterdir()} == {"plan.toml", "parks.geojson"}


def test_a_plan_that_cannot_be_changed_is_kept_and_the_lines_are_said(
    plan: Path, server: Replay
) -> None:
    inline = (
        'place = { name = "Town" }\nlayers = { parks = "parks.geojson" }\n'
        'measure = { standards = ["green_300m"] }\n'
    )
    plan.write_text(inline, encoding="utf-8")
    with pytest.raises(InputError) as error:
        fill(plan, server)
    assert plan.read_text(encoding="utf-8") == inline
    assert 'write into its [layers]: streets = "fetched/streets.gpkg"; homes' in str(error.value)
    assert 'and into its [place]: boundary = "fetched/boundary.gpkg"' in str(error.value)
    assert (plan.parent / "fetched" / "streets.gpkg").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[layers]\n", "neither a name nor a boundary"),
        (
            '[place]\nname = "Monaco-Ville"\n[layers]\n'
            + "".join(f'{layer} = "mine.gpkg"\n' for layer in LAYERS),
            "gives every layer already",
        ),
    ],
)
def test_a_plan_with_nothing_to_ask_for_is_refused(plan: Path, text: str, said: str) -> None:
    plan.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        fetch(plan, quiet=True)


def test_a_folder_that_cannot_be_made_is_said(plan: Path, server: Replay) -> None:
    (plan.parent / "fetched").write_text("a file stands in the way", encoding="utf-8")
    with pytest.raises(InputError, match="fetched: is a file, not a folder"):
        fill(plan, server)
    assert plan.read_text(encoding="utf-8") == PLAN.replace("NAME", "Town")


def test_it_says_what_it_did_unless_told_not_to(
    plan: Path, server: Replay, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(plan, server)
    assert capsys.readouterr() == ("", "")
    fetch(plan, overpass_url=server.overpass_url, nominatim_url=server.nominatim_url)
    said = capsys.readouterr().out
    assert "study area: Town, Principality" in said
    assert "streets 10, " in said


# --- streets as a file holds them -----------------------------------------------------------------


def test_streets_are_cut_into_stretches_with_their_nodes() -> None:
    refs = np.empty(2, object)
    refs[:] = [np.array([7, 8, 9]), np.array([9, 12_000_000_000])]
    lines = [shapely.LineString([(0, 0), (3, 0), (3, 4)]), shapely.LineString([(3, 4), (9, 4)])]
    columns = {"name": ["A", None], "bridge": [False, True], "tunnel": [False, False]}
    streets = gpd.GeoDataFrame(columns | {"refs": refs}, geometry=lines, crs="EPSG:32632")
    cut = segments(streets)
    assert cut["name"].fillna("").tolist() == ["A", "A", ""]
    assert cut["bridge"].tolist() == [False, False, True]
    assert cut["u"].tolist() == [7, 8, 9]
    assert cut["v"].tolist() == [8, 9, 12_000_000_000]
    assert cut.length.tolist() == [3, 4, 6]
    assert cut.crs == streets.crs
    assert len(segments(streets.iloc[:0])) == 0


# --- lines in a plan ------------------------------------------------------------------------------

NOTE = "# From OpenStreetMap, by 'lifecircle fetch': data of 2026-11-22"
OLDER = "# From OpenStreetMap, by 'lifecircle fetch': data of 2025-01-01"
NEW = f'{NOTE}\nparks = "fetched/parks.gpkg"\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", f"\n[layers]\n{NEW}", id="empty plan"),
        pytest.param(
            '[place]\nname = "X"',
            f'[place]\nname = "X"\n\n[layers]\n{NEW}',
            id="no [layers], no last line end",
        ),
        pytest.param("[layers]", f"[layers]\n{NEW}", id="[layers] is all"),
        pytest.param(
            '[layers]   # files\nhomes = "h.csv" # ours',
            f'[layers]   # files\nhomes = "h.csv" # ours\n{NEW}',
            id="at the end, comments on lines",
        ),
        pytest.param(
            '[layers]\nhomes = "h.csv"\n\n# how to measure\n[measure]\nleg_limit_m = 50\n',
            f'[layers]\nhomes = "h.csv"\n{NEW}\n# how to measure\n[measure]\nleg_limit_m = 50\n',
            id="in the middle, a comment before the next table",
        ),
        pytest.param(
            "[ layers ]\n# homes = 'h.csv'\n[measure]\n",
            f"[ layers ]\n{NEW}# homes = 'h.csv'\n[measure]\n",
            id="nothing but comments in it",
        ),
        pytest.param(
            '[layers]\r\nhomes = "h.csv"\r\n[measure]\r\n',
            '[layers]\r\nhomes = "h.csv"\r\n' + NEW.replace("\n", "\r\n") + "[measure]\r\n",
            id="Windows line ends",
        ),
        pytest.param(
            '[data]\ncredit = """\n[layers]\n# """\n[layers]\nhomes = "h"\n',
            f'[data]\ncredit = """\n[layers]\n# """\n[layers]\nhomes = "h"\n{NEW}',
            id="a text that looks like the table",
        ),
        pytest.param(
            '[layers]\nhomes = """\n\n# h.csv"""\n# end\n',
            f'[layers]\nhomes = """\n\n# h.csv"""\n{NEW}# end\n',
            id="a text that ends like a comment",
        ),
        pytest.param(
            "[measure]\nstandards = [\n['a'],\n]\n[layers]\n",
            f"[measure]\nstandards = [\n['a'],\n]\n[layers]\n{NEW}",
            id="an array with a bracket first on its line",
        ),
        pytest.param(
            '[layers.homes]\npath = "h.csv"\n',
            f'[layers.homes]\npath = "h.csv"\n\n[layers]\n{NEW}',
            id="only a table below [layers]",
        ),
        pytest.param(
            f'[layers]\n{OLDER}\ngreen = "fetched/green.gpkg"\nwater = "w.gpkg"\n',
            f'[layers]\n{NEW}green = "fetched/green.gpkg"\nwater = "w.gpkg"\n',
            id="fetched before, one layer more",
        ),
        pytest.param(
            f'[layers]\n{OLDER}\nparks = "fetched/parks.gpkg"  # see about.toml\n',
            f'[layers]\n{NOTE}\nparks = "fetched/parks.gpkg"  # see about.toml\n',
            id="fetched before, the same layers",
        ),
        pytest.param(
            '[layers]\nparks = { path = "fetched/parks.gpkg" }\n',
            '[layers]\nparks = { path = "fetched/parks.gpkg" }\n',
            id="named already, no note to date",
        ),
    ],
)
def test_lines_are_added_and_nothing_else_changes(before: str, after: str) -> None:
    assert entered(before, ["parks"], NOTE) == after


def test_the_boundary_goes_into_place() -> None:
    before = '[place]\nname = "X"\n\n[layers]\nosm = "x.osm.pbf"\n'
    assert entered(before, ["parks", "boundary"], NOTE) == (
        '[place]\nname = "X"\nboundary = "fetched/boundary.gpkg"\n\n'
        f'[layers]\nosm = "x.osm.pbf"\n{NEW}'
    )


@pytest.mark.parametrize(
    "text", ['layers = { homes = "h.csv" }\n', 'layers.homes = "h.csv"\n[place]\n']
)
def test_a_plan_laid_out_in_another_way_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        entered(text, ["parks"], NOTE)


def test_a_byte_order_mark_and_the_files_rights_stay(plan: Path, server: Replay) -> None:
    plan.write_bytes(b"\xef\xbb\xbf" + plan.read_bytes())
    plan.chmod(0o640)
    fill(plan, server)
    assert plan.read_bytes().startswith(b"\xef\xbb\xbf# ")
    assert plan.stat().st_mode & 0o777 == 0o640
    load_plan(plan)
