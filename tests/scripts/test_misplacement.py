"""Layers that lie elsewhere than the others, and what is said of them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from layers.schema import Reading, Tally
from scripts.checking.examined import examined
from scripts.locating.misplacement import require_together
from scripts.messages import said
from scripts.plan import Plan, load_plan
from scripts.proposing.candidate_file import candidates_near
from scripts.study import assemble
from spatial.errors import InputError
from tests.faults import crs
from tests.faults.town import Fault, change_plan, change_text, write_town

TOWN = np.random.default_rng(6).uniform((116.58, 35.40), (116.60, 35.42), (30, 2))


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clean")
    write_town(folder)
    return folder


@pytest.fixture
def folder(clean: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(clean, tmp_path / "town"))


@pytest.fixture(scope="module")
def plan(clean: Path) -> Plan:
    return load_plan(clean / "plan.toml")


def layer(xy: Any = TOWN, code: int = 4326, **taken: str) -> Reading:
    """A layer of points, whose coordinates are taken for those of a CRS."""
    places = gpd.GeoDataFrame(geometry=shapely.points(np.asarray(xy)), crs=code)
    return Reading(places, Tally(len(places), len(places)), taken)


def projected(code: int, lonlat: Any = TOWN) -> Any:
    return layer(lonlat).places.to_crs(code).get_coordinates().to_numpy()


def planted(name: str) -> Fault:
    return next(one for one in crs.FAULTS if one.name == name)


def refused(plan: Plan, words: str, **readings: Reading) -> None:
    with pytest.raises(InputError, match=words):
        require_together(plan, readings)


def test_layers_of_any_crs_lie_together(plan: Plan) -> None:
    codes = (4326, 4490, 4548, 4527, 32650, 3857)
    names = ("streets", "homes", "boundary", "parks", "bus_stops", "zones")
    given = zip(names, codes, strict=True)
    require_together(plan, {name: layer(projected(code), code) for name, code in given})


def test_layers_larger_and_smaller_than_the_town(plan: Plan) -> None:
    county = TOWN + np.random.default_rng(2).normal(0, 0.5, TOWN.shape)
    beyond = np.add(TOWN[:3], (0.3, 0))
    require_together(plan, {"homes": layer(), "facilities": layer(county), "water": layer(beyond)})


def test_a_town_in_the_middle_of_a_county(plan: Plan) -> None:
    """One area has one record, but its edge lies on all sides."""
    county = layer()
    ring = shapely.buffer(shapely.Point(116.6, 35.4), 1.0, quad_segs=1000)
    county.places.geometry = [ring] * len(TOWN)
    one = Reading(county.places.iloc[:1], Tally(1, 1))
    require_together(plan, {"boundary": one, "homes": layer(), "streets": layer()})


def test_a_layer_of_a_province_hides_no_mistake(plan: Plan) -> None:
    province = TOWN + np.random.default_rng(2).normal(0, 2.0, TOWN.shape)
    parks = layer(projected(4548), 4549)
    words = "parks: lies 27. km from the study area as EPSG:4549, but there as EPSG:4548"
    others = {"streets": layer(), "homes": layer(), "facilities": layer(province)}
    refused(plan, words, parks=parks, **others)


def test_layers_that_lie_nowhere_are_told_by_others(plan: Plan) -> None:
    nowhere = layer(np.full((4, 2), 5e8), 4548)
    refused(plan, "parks: lies nowhere on Earth as EPSG:4548", homes=layer(), parks=nowhere)
    require_together(plan, {"homes": nowhere, "parks": nowhere})


@pytest.mark.parametrize("wrong", ["streets", "homes"])
def test_of_two_layers_the_one_with_a_cause_is_blamed(plan: Plan, wrong: str) -> None:
    right = "homes" if wrong == "streets" else "streets"
    readings = {wrong: layer(projected(4548), 4549), right: layer()}
    refused(
        plan, rf"{wrong}: lies 27\d km from .* as EPSG:4549, but there as EPSG:4548", **readings
    )


def test_the_boundary_is_blamed_if_all_others_agree(plan: Plan) -> None:
    words = r"boundary: lies [\d,]+ km from streets and homes, but there with x and y swapped"
    kashgar = np.subtract(TOWN, (116.59 - 75.99, 35.4 - 39.47))
    others = {"homes": layer(kashgar), "streets": layer(kashgar)}
    refused(plan, words, boundary=layer(kashgar[:, ::-1]), **others)


def test_columns_are_swapped_by_the_plan(plan: Plan) -> None:
    kashgar = np.subtract(TOWN, (116.59 - 75.99, 35.4 - 39.47))
    stops = layer(kashgar[:, ::-1], x="东", y="北")
    words = "bus_stops: lies .* x and y swapped; swap them: x = '北', y = '东'"
    refused(plan, words, homes=layer(kashgar), streets=layer(kashgar), bus_stops=stops)


def test_what_comes_from_openstreetmap_is_not_blamed(plan: Plan) -> None:
    """The plan names no such layer as green: it is taken from the extract."""
    words = "homes: lies 452 km from green; check its coordinates"
    refused(plan, words, homes=layer(), green=layer(np.add(TOWN, (5, 0))))


def test_gauss_krueger_for_utm_is_told_though_it_is_near(plan: Plan) -> None:
    village = TOWN[0] + 0.1 * (TOWN - TOWN[0])
    parks = layer(projected(32650, village), 4548)
    words = (
        r"parks: lies 1\.\d km from .* as EPSG:4548, but there as EPSG:32650; "
        'say crs = "EPSG:32650" if that is right, else crs = "EPSG:4548"'
    )
    refused(plan, words, homes=layer(village), streets=layer(village), parks=parks)


def test_one_park_beside_the_town_is_no_mistake(plan: Plan) -> None:
    park = layer(projected(4548, np.subtract(TOWN[:1], (0, 0.025))), 4548)
    require_together(plan, {"homes": layer(), "streets": layer(), "parks": park})


def test_people_of_another_zone(folder: Path) -> None:
    change_text(folder / "homes.csv", "人口", "门牌")
    change_plan(folder, "[measure]", 'population = "people.gpkg"\n\n[measure]')
    homes = pd.read_csv(folder / "homes.csv")
    spots = gpd.points_from_xy(homes["经度"], homes["纬度"], crs=4326)
    people = gpd.GeoDataFrame({"人口": homes["门牌"]}, geometry=spots).to_crs(4548)
    people.set_crs(4549, allow_override=True).to_file(folder / "people.gpkg")
    words = "population: lies 27. km from the study area as EPSG:4549, but there as EPSG:4548"
    with pytest.raises(InputError, match=words):
        assemble(load_plan(folder / "plan.toml"))


def test_check_says_it_once_and_looks_at_the_rest(folder: Path) -> None:
    planted("parks without a word about their zone").spoil(folder)
    found = examined(load_plan(folder / "plan.toml"))
    assert [one.layer for one in found.refused] == ["parks"]
    assert "which brings it to the study area" in str(found.refused[0])
    assert found.network is not None


def test_in_chinese(folder: Path) -> None:
    planted("parks in another zone than they say").spoil(folder)
    with pytest.raises(InputError) as caught:
        assemble(load_plan(folder / "plan.toml"))
    line = said(caught.value, "zh")
    assert "按 EPSG:4549 与研究范围相距 272 公里，按 EPSG:4548 才位于一处" in line
    assert line.endswith('如确认无误，请写 crs = "EPSG:4548"')


@pytest.mark.parametrize(
    ("said_to_be", "words"),
    [
        (4549, "candidates: lies 27. km from the study area as EPSG:4549, but there as EPSG:4548"),
        (None, 'candidates: has no CRS; say crs = "EPSG:4548", which brings it to the study area'),
    ],
)
def test_candidates_elsewhere(folder: Path, said_to_be: int | None, words: str) -> None:
    study = assemble(load_plan(folder / "plan.toml"))
    parks = gpd.read_file(folder / "parks.geojson").to_crs(4548)
    crs.write(parks.set_crs(said_to_be, allow_override=True), folder / "sites.gpkg")
    with pytest.raises(InputError, match=words):
        candidates_near(study, folder / "sites.gpkg")
    crs.write(parks, folder / "right.gpkg")
    assert len(candidates_near(study, folder / "right.gpkg")[0]) == 2
