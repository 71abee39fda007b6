"""What the web gives is what an extract gives, or an error; never a part of it."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import numpy as np
import osmnx
import pandas as pd
import pytest
import shapely

from layers.openstreetmap import walkable
from layers.openstreetmap.extract import CREDIT, read_extract
from layers.openstreetmap.fetch import _STREET_KEYS, fetch_area, find_place
from layers.schema import COLUMNS
from spatial.errors import InputError
from tests.layers.overpass import MONACO, TOWN, Extract, Replay, monaco, town

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import geopandas as gpd

    from layers.openstreetmap.extract import Extract as ReadExtract
    from layers.openstreetmap.fetch import Fetched
    from layers.schema import Reading

EVERYWHERE = shapely.box(7.40, 43.51, 7.51, 43.76)  # all nodes of the bundled extract
HARBOUR = shapely.box(7.4165, 43.7320, 7.4230, 43.7365)  # 500 m x 500 m
TOWN_AREA = shapely.box(-0.002, -0.002, 0.004, 0.004)
# 5,000 km² of land between them.
THREE_VILLAGES = shapely.MultiPolygon(
    [shapely.box(x, y, x + 0.01, y + 0.01) for x, y in [(116, 35), (117, 35), (116.5, 36)]]
)
OPEN_SEA = shapely.box(7.46, 43.55, 7.47, 43.56)
PLACES = ("homes", "parks", "green", "bus_stops", "facilities", "water")


@pytest.fixture(scope="module")
def monaco_server() -> Iterator[Replay]:
    with Replay(monaco()) as running:
        yield running


@pytest.fixture
def server(monaco_server: Replay) -> Replay:
    monaco_server.queries.clear()
    monaco_server.faults.clear()
    return monaco_server


@pytest.fixture
def town_server() -> Iterator[Replay]:
    with Replay(town()) as running:
        yield running


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Make OSMnx's waiting take no time, and list it."""
    waited: list[float] = []
    monkeypatch.setattr("osmnx._overpass.time.sleep", waited.append)
    return waited


@pytest.fixture(scope="module")
def whole(monaco_server: Replay) -> Fetched:
    return fetch_area(EVERYWHERE, overpass_url=monaco_server.overpass_url)


@pytest.fixture(scope="module")
def harbour(monaco_server: Replay) -> Fetched:
    return fetch_area(HARBOUR, overpass_url=monaco_server.overpass_url)


@pytest.fixture(scope="module")
def extract() -> ReadExtract:
    return read_extract(MONACO)


def stretches(streets: gpd.GeoDataFrame) -> pd.DataFrame:
    """Give every stretch between two nodes, these in order of their ids, and what it is like."""
    rows = [
        (*sorted((int(u), int(v))), row.name, row.bridge, row.tunnel, round(length, 3))
        for row, lengths in zip(streets.itertuples(), _stretch_lengths(streets), strict=True)
        for u, v, length in zip(row.refs[:-1], row.refs[1:], lengths, strict=True)
        if u != v
    ]
    columns = ["u", "v", "name", "bridge", "tunnel", "length_m"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(columns[:2], kind="stable").reset_index(drop=True)


def _stretch_lengths(streets: gpd.GeoDataFrame) -> list[np.ndarray]:
    lines = streets.to_crs("EPSG:32632").geometry
    points = [shapely.get_coordinates(line) for line in lines]
    return [np.hypot(*np.diff(xy, axis=0).T) for xy in points]


def by_id(places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Sort places by their identity, whatever the order they came in."""
    key = next((c for c in ("home", "facility") if c in places), None)
    if key is None:  # water has none
        return places.iloc[np.argsort(shapely.to_wkb(places.normalize()))].reset_index(drop=True)
    return places.sort_values(key).reset_index(drop=True)


# --- the same as from an extract ------------------------------------------------------------------


def test_streets_are_those_of_the_extract(whole: Fetched, extract: ReadExtract) -> None:
    ours, theirs = (
        stretches(streets[~streets["private"]].reset_index(drop=True))
        for streets in (whole.readings["streets"].places, extract.readings["streets"].places)
    )
    keys = list(ours.columns)
    ours, theirs = (t.fillna("").sort_values(keys, ignore_index=True) for t in (ours, theirs))
    pd.testing.assert_frame_equal(ours, theirs)
    assert ours["length_m"].sum() > 100_000


def test_private_ways_are_those_of_the_extract_but_at_the_edge_of_compounds(
    whole: Fetched, extract: ReadExtract
) -> None:
    """A way half in a compound is in or out as a whole in an extract, piece by piece here."""
    ours, theirs = (
        streets[streets["private"]].to_crs(32632).length.sum()
        for streets in (whole.readings["streets"].places, extract.readings["streets"].places)
    )
    assert theirs > 500
    assert ours == pytest.approx(theirs, rel=0.05)


@pytest.mark.parametrize("layer", ["barriers"])
def test_barriers_are_those_of_the_extract(
    layer: str, whole: Fetched, extract: ReadExtract
) -> None:
    ours, theirs = (r.readings[layer].places.to_crs(32632) for r in (whole, extract))
    assert ours["kind"].value_counts().to_dict() == theirs["kind"].value_counts().to_dict()
    assert ours.length.sum() == pytest.approx(theirs.length.sum(), abs=1e-3)


@pytest.mark.parametrize("layer", PLACES)
def test_places_are_those_of_the_extract(layer: str, whole: Fetched, extract: ReadExtract) -> None:
    ours, theirs = (by_id(r.readings[layer].places) for r in (whole, extract))
    assert len(ours) > 0
    assert list(ours.columns) == list(theirs.columns)
    pd.testing.assert_frame_equal(
        pd.DataFrame(ours.drop(columns="geometry")), pd.DataFrame(theirs.drop(columns="geometry"))
    )
    assert shapely.equals(ours.geometry, theirs.geometry).all()
    counts = [
        (tally.read, tally.used, tally.repaired, tally.dropped)
        for tally in (r.readings[layer].tally for r in (whole, extract))
    ]
    assert counts[0] == counts[1]


def test_it_is_told_what_was_fetched(whole: Fetched, monaco_server: Replay) -> None:
    assert whole.date == "2023-12-26T21:21:22Z"
    assert whole.retrieved.endswith("+00:00")
    assert whole.area == EVERYWHERE
    assert whole.server == monaco_server.overpass_url
    assert whole.credit == CREDIT


# --- a part of a city -----------------------------------------------------------------------------


def test_a_street_ends_at_the_first_node_outside(harbour: Fetched, whole: Fetched) -> None:
    every = stretches(whole.readings["streets"].places)
    inside = {
        number
        for number, node in monaco().elements["node"].items()
        if shapely.intersects_xy(HARBOUR, node["lon"], node["lat"])
    }
    touching = every[every["u"].isin(inside) | every["v"].isin(inside)]
    cut = stretches(harbour.readings["streets"].places)
    assert 0 < len(cut) < len(every) / 5
    pd.testing.assert_frame_equal(
        cut[cut["u"].isin(inside) | cut["v"].isin(inside)].reset_index(drop=True),
        touching.reset_index(drop=True),
        check_dtype=False,
    )


def test_a_place_that_touches_the_area_is_whole(harbour: Fetched, whole: Fetched) -> None:
    homes, every = (f.readings["homes"].places.set_index("home") for f in (harbour, whole))
    touching = every[every.intersects(HARBOUR)]
    assert set(homes.index) == set(touching.index)
    assert shapely.equals(homes.geometry, touching.geometry.loc[homes.index]).all()
    assert not homes.within(HARBOUR).all()


# --- by hand --------------------------------------------------------------------------------------


def fetched_from(extract: Extract) -> dict[str, Reading]:
    """Give the layers of a made-up town."""
    with Replay(extract) as running:
        return dict(fetch_area(TOWN_AREA, overpass_url=running.overpass_url).readings)


def test_every_stretch_of_street_comes_once_with_what_it_is() -> None:
    layers = fetched_from(town())
    table = stretches(layers["streets"].places).fillna("")
    found = sorted(table[["u", "v", "name", "bridge", "tunnel"]].itertuples(index=False, name=None))
    assert found == [
        (1, 2, "West & East", False, False),
        (1, 4, "", False, False),
        (1, 5, "Square", False, False),
        (1, 6, "Square", False, False),
        (2, 3, "", False, True),
        (2, 3, "", True, False),
        (2, 3, "West & East", False, False),
        (2, 4, "", False, True),
        (3, 4, "", False, True),
        (5, 6, "Square", False, False),
    ]
    assert layers["streets"].tally.dropped == 1


def test_a_layer_without_places_is_empty_not_an_error() -> None:
    layers = fetched_from(town())
    for layer in PLACES:
        assert len(layers[layer].places) == 0
        assert list(layers[layer].places.columns) == [*COLUMNS[layer], "geometry"]


PHARMACIES = """
 <node id="31" lon="0.001" lat="0.0005"><tag k="amenity" v="pharmacy"/><tag k="id" v="7"/></node>
 <node id="32" lon="0.002" lat="0.0005"><tag k="amenity" v="pharmacy"/><tag k="id" v="7"/></node>
 <node id="33" lon="0.003" lat="0.0005"><tag k="amenity" v="pharmacy"/></node>
"""


def test_a_tag_called_id_hides_no_place() -> None:
    document = TOWN.replace("<way", f"{PHARMACIES}<way", 1)
    pharmacies = fetched_from(town(document))["facilities"].places
    assert pharmacies.geometry.x.sort_values().tolist() == [0.001, 0.002, 0.003]
    assert pharmacies["facility"].is_unique


class Recorder(dict[str, str]):
    """Tags that know which keys they were asked for."""

    def __init__(self, tags: Mapping[str, str], asked: set[str]) -> None:
        super().__init__(tags)
        self.asked = asked

    def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
        """Give a tag, and note that it was asked for."""
        self.asked.add(key)
        return super().get(key, default)


@pytest.mark.parametrize("kind", ["residential", "trunk", "busway", "corridor", "no-such-kind"])
def test_every_tag_that_the_walking_rules_read_is_kept(kind: str) -> None:
    asked: set[str] = set()
    for rule in (walkable.obstacle, walkable.on_bridge, walkable.in_tunnel, walkable.is_stairs):
        rule(Recorder({"highway": kind}, asked))
    assert "highway" in asked
    assert asked <= set(_STREET_KEYS)


# --- what a server may do -------------------------------------------------------------------------


@pytest.mark.parametrize("good_answers_before", [0, 1])
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("remark", "gave a part of the data only, saying: runtime error: Query timed out"),
        ("page", "does not answer as a server of OpenStreetMap data does; check its address"),
        ("cut", "cannot be reached"),
        (400, "refuses to answer (400 Bad Request)"),
        (403, "refuses to answer (403 Forbidden)"),
        (500, "refuses to answer (500 Internal Server Error)"),
    ],
)
def test_anything_but_a_whole_answer_is_an_error(
    town_server: Replay, fault: str | int, said: str, good_answers_before: int
) -> None:
    town_server.faults += ["none"] * good_answers_before + [fault]
    with pytest.raises(InputError) as error:
        fetch_area(TOWN_AREA, overpass_url=town_server.overpass_url)
    assert said in str(error.value)
    assert "127.0.0.1" in str(error.value)
    assert "\n" not in str(error.value)
    assert len(town_server.queries) == 1 + good_answers_before


@pytest.mark.parametrize("status", [429, 504])
def test_a_busy_server_is_asked_again_but_not_for_ever(
    town_server: Replay, waits: list[float], status: int
) -> None:
    town_server.faults += [status, status]
    fetched = fetch_area(TOWN_AREA, overpass_url=town_server.overpass_url)
    assert len(fetched.readings["streets"].places) > 0
    assert sum(waits) == 2 * 55

    town_server.faults += [status] * 3
    with pytest.raises(InputError, match=rf"is too busy .it answers {status}"):
        fetch_area(TOWN_AREA, overpass_url=town_server.overpass_url)
    assert len(town_server.queries) == 4 + 3


@pytest.mark.parametrize(
    ("fault", "limit", "said"),
    [
        ("drip", ("_LONGEST_S", 0.2), "takes more than 0 s to answer; try again later"),
        ("flood", ("_MOST_BYTES", 5e6), "sends more than 5 MB; take an extract"),
    ],
)
def test_an_answer_without_end_is_not_waited_for(
    town_server: Replay,
    monkeypatch: pytest.MonkeyPatch,
    fault: str,
    limit: tuple[str, float],
    said: str,
) -> None:
    monkeypatch.setattr(f"layers.openstreetmap.fetch.{limit[0]}", limit[1])
    monkeypatch.setattr("layers.openstreetmap.fetch._PIECE", 10)
    town_server.faults += [fault]
    with pytest.raises(InputError, match=said):
        fetch_area(TOWN_AREA, overpass_url=town_server.overpass_url)


@pytest.fixture
def nobody() -> str:
    """Give the address of a port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    return f"http://127.0.0.1:{port}"


def test_a_server_that_cannot_be_reached_is_said(nobody: str) -> None:
    with pytest.raises(InputError, match=rf"{nobody}/api cannot be reached .*take an extract"):
        fetch_area(TOWN_AREA, overpass_url=f"{nobody}/api")


def test_a_server_that_never_answers_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layers.openstreetmap.fetch._TIMEOUTS_S", (1, 0.1))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/api"
        with pytest.raises(InputError, match=rf"{address} cannot be reached \(ReadTimeout\)"):
            fetch_area(TOWN_AREA, overpass_url=address)


def test_osmnx_and_the_folder_are_left_as_they_were(
    town_server: Replay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = {k: v for k, v in vars(osmnx.settings).items() if not k.startswith("_")}
    look_up = socket.getaddrinfo
    fetch_area(TOWN_AREA, overpass_url=town_server.overpass_url)
    town_server.faults.append("remark")
    with pytest.raises(InputError):
        fetch_area(TOWN_AREA, overpass_url=town_server.overpass_url)
    assert {k: v for k, v in vars(osmnx.settings).items() if not k.startswith("_")} == before
    assert socket.getaddrinfo is look_up
    assert list(tmp_path.iterdir()) == []


# --- what one may ask -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("area", "said"),
    [
        (shapely.box(116.0, 35.0, 116.6, 35.6), "3,6.. km² are too much .* take an extract"),
        (THREE_VILLAGES, "km² are too much"),
        (shapely.Polygon(), "no valid polygon"),
        (shapely.Polygon([(0, 0), (0.01, 0.01), (0.01, 0), (0, 0.01)]), "no valid polygon"),
        (shapely.Point(7.42, 43.73), "no valid polygon"),
        (OPEN_SEA, "no street in this area; check the boundary"),
    ],
)
def test_an_area_that_cannot_be_asked_for_is_refused(
    server: Replay, area: shapely.Polygon, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        fetch_area(area, overpass_url=server.overpass_url)
    assert len(server.queries) == (area == OPEN_SEA)


def test_an_address_is_one_of_a_web_server() -> None:
    with pytest.raises(InputError, match=r"'overpass\.example' is no address of a server"):
        fetch_area(HARBOUR, overpass_url="overpass.example")


@pytest.mark.usefixtures("waits")
def test_a_place_is_found_by_its_name(server: Replay) -> None:
    place = find_place("Monaco-Ville", nominatim_url=server.nominatim_url)
    assert list(place.columns) == [*COLUMNS["boundary"], "geometry"]
    assert place["name"].tolist() == ["Monaco-Ville, Principality"]
    assert place.crs == "EPSG:4326"
    (outline,) = place.geometry
    assert outline.contains(shapely.Point(7.4246, 43.7305))  # the cathedral on the rock
    assert 0.15e6 < place.to_crs("EPSG:32632").area[0] < 0.25e6


@pytest.mark.usefixtures("waits")
@pytest.mark.parametrize("name", ["Atlantis", "Monaco"])  # unknown; in this extract a mere point
def test_a_place_without_outline_is_an_error(server: Replay, name: str) -> None:
    with pytest.raises(InputError, match=rf"no outline of a place called '{name}'; write its name"):
        find_place(name, nominatim_url=server.nominatim_url)


@pytest.mark.usefixtures("waits")
def test_a_place_cannot_be_looked_up_without_server(nobody: str) -> None:
    with pytest.raises(InputError, match=rf"{nobody} cannot be reached .*give a boundary file"):
        find_place("Monaco-Ville", nominatim_url=nobody)
