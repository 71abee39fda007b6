"""Base maps: none unless asked for, from the named hosts only, and never in the way."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pytest
import shapely

from maps import circle, coverage
from maps.page.basemap import BARE, NAMED, Base, Frame, base_of
from spatial.datum import wgs84_to_gcj02
from spatial.errors import InputError
from tests.maps.browsing import READY
from tests.maps.tiles import TileServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from maps.scene import Scene

    Maker = Callable[..., Scene]

ID = "bus_stop_500m"
ADDRESS = "https://tiles.a.example/{z}/{x}/{y}.png"


def csp(html: str) -> str:
    """The Content-Security-Policy of a page."""
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert found
    return found[1]


def test_every_name_makes_a_base_map() -> None:
    for name in set(NAMED) - {"none"}:
        base = base_of(name, key="abc", publish_key=True)
        assert base is not None
        assert base.credit["zh"]
        assert all("{z}" in tile and "{key}" not in tile for tile in base.tiles)


def test_tianditu_has_eight_hosts_labels_on_top_and_its_review_number() -> None:
    base = base_of("tianditu_imagery", key="abc", publish_key=True, base_review_number="GS1")
    assert base is not None
    assert base.hosts == tuple(f"https://t{n}.tianditu.gov.cn" for n in range(8))
    assert [re.search(r"LAYER=(\w+)", tile)[1] for tile in base.tiles] == ["img", "cia"]  # type: ignore[index]
    assert base.credit["zh"] == "天地图（国家地理信息公共服务平台），审图号GS1"
    assert all(tile.endswith("&tk=abc") for tile in base.tiles)


def test_wmts_names_are_understood() -> None:
    wmts = "http://gis.a.example:8080/wmts/{TileMatrix}/{TileRow}/{TileCol}.png"
    base = base_of(wmts, attribution="City", datum="gcj02", max_zoom=16)
    assert base is not None
    assert base.tiles == ("http://gis.a.example:8080/wmts/{z}/{y}/{x}.png",)
    assert base.hosts == ("http://gis.a.example:8080",)
    assert (base.datum, base.max_zoom) == ("gcj02", 16)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"name": "google"}, "is no base map"),
        ({"name": "ftp://a.example/{z}/{x}/{y}"}, "is no base map"),
        ({"name": ADDRESS}, "nobody is credited"),
        ({"name": "https://a.example/{z}/{x}.png", "attribution": "A"}, "zoom, column and row"),
        ({"name": ADDRESS + "?{quadkey}", "attribution": "A"}, "unknown place {quadkey}"),
        ({"name": ADDRESS + "{#", "attribution": "A"}, "braces"),
        ({"name": "https://{s}.a/{z}/{x}/{y}", "attribution": "A"}, "subdomains"),
        ({"name": ADDRESS, "attribution": "A", "subdomains": ["a"]}, "subdomains"),
        ({"name": "https://a.b;img-src */{z}/{x}/{y}", "attribution": "A"}, "host"),
        ({"name": "osm", "datum": "bd09"}, "grid of their own"),
        ({"name": "osm", "datum": "xian80"}, "unknown"),
        ({"name": "tianditu"}, "needs a key"),
        ({"name": "tianditu", "key": "abc"}, "where anyone can read"),
        ({"name": ADDRESS + "?tk=abc", "attribution": "A"}, "where anyone can read"),
        ({"name": "https://me:pw@a.example/{z}/{x}/{y}", "attribution": "A"}, "host"),
        ({"name": ADDRESS + "?k={key}", "attribution": "A", "key": "s"}, "where anyone can read"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(asked: dict[str, str], says: str) -> None:
    with pytest.raises(InputError, match=re.escape(says)) as refused:
        base_of(**asked)  # type: ignore[arg-type]
    assert "\n" not in str(refused.value)
    assert "abc" not in str(refused.value)


def test_without_a_base_map_nothing_may_be_asked_for(made: Maker) -> None:
    assert BARE.hosts == ()
    page = coverage.page(made("en"), ID)
    assert "img-src data:;" in csp(page)
    assert "L.tileLayer" not in page.split("/* Open:")[0].split("/* Words:")[1]
    assert "http" not in csp(page)


def test_with_a_base_map_images_may_come_from_its_hosts_and_nothing_else(made: Maker) -> None:
    base = base_of("tianditu", key="abc", publish_key=True)
    assert base is not None
    rules = csp(coverage.page(replace(made("zh"), frame=Frame(base)), ID)).split("; ")
    images = next(rule for rule in rules if rule.startswith("img-src"))
    assert images == " ".join(("img-src data:", *base.hosts))
    assert [rule for rule in rules if "http" in rule] == [images]
    assert "default-src 'none'" in rules


def test_each_vertex_goes_to_gcj02_and_the_figures_do_not(made: Maker) -> None:
    frame = Frame(replace(Base((ADDRESS,), {}), datum="gcj02"))
    homes = made("zh").homes
    placed = frame.placed({"homes": homes, "plain": gpd.GeoDataFrame({"a": [1]})})
    before = shapely.get_coordinates(homes.to_crs(4326).geometry)
    after = shapely.get_coordinates(placed["homes"].to_crs(4326).geometry)
    expected = np.column_stack(wgs84_to_gcj02(*before.T))
    assert np.abs(after - expected).max() < 1e-10
    assert placed["homes"].crs == homes.crs
    assert placed["homes"].drop(columns="geometry").equals(homes.drop(columns="geometry"))
    assert frame.without_base().placed({"homes": homes})["homes"] is homes


@pytest.fixture
def tiles() -> Iterator[TileServer]:
    """A server of red tiles."""
    server = TileServer()
    yield server
    server.stop()


@pytest.fixture
def shown(browser: Browser, tmp_path: Path) -> Iterator[Callable[[str], Page]]:
    """Open a page from the disk, with this machine as the only network."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})

    def show(html: str) -> Page:
        file = tmp_path / "page.html"
        file.write_text(html, encoding="utf-8")
        page = context.new_page()
        page.goto(file.as_uri())
        page.wait_for_function(READY)
        return page

    yield show
    context.close()


SHOWN = """() => Object.fromEntries([...document.querySelectorAll("#legend input[data-layer]")]
    .map((box) => [box.dataset.layer, box.checked]))"""


def framed(scene: Scene, origin: str, **options: object) -> Scene:
    """The scene over the tiles of a server."""
    base = Base((origin + "/{z}/{x}/{y}.png",), {"zh": "城市底图", "en": "City tiles"})
    return replace(scene, frame=Frame(replace(base, **options)))  # type: ignore[arg-type]


@pytest.mark.browser
def test_tiles_are_seen_our_ground_steps_back_and_comes_back(
    made: Maker, tiles: TileServer, shown: Callable[[str], Page]
) -> None:
    scene = framed(made("en"), tiles.origin)
    for html in (coverage.page(scene, ID), circle.page(scene)):
        page = shown(html)
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.wait_for_function("() => lifecircle.baseSeen === true")
        boxes = page.evaluate(SHOWN)
        assert boxes["base"]
        assert not boxes["streets"]
        assert not boxes["water"]
        assert all(url.startswith((tiles.origin, "file:", "data:")) for url in asked)
        page.locator('#legend label:has([data-layer="base"])').click()
        boxes = page.evaluate(SHOWN)
        assert not boxes["base"]
        assert boxes["streets"]
        assert boxes["water"]
        assert page.locator(".leaflet-tile").count() == 0
        assert not page.locator("#base-unreachable").is_visible()
        page.locator('#legend label:has([data-layer="base"])').click()
        page.wait_for_function("() => lifecircle.baseSeen === true")
    assert "City tiles (needs the network)" in page.locator(".source").inner_text()
    assert "ODbL" in page.locator(".source").inner_text()
    assert tiles.asked


@pytest.mark.browser
def test_where_tiles_cannot_be_reached_the_page_reads_as_ever(
    made: Maker, tiles: TileServer, shown: Callable[[str], Page]
) -> None:
    scene = framed(made("en"), tiles.origin)
    tiles.stop()
    page = shown(coverage.page(scene, ID))
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.locator("#base-unreachable").wait_for(state="visible")
    assert "cannot be reached" in page.locator("#base-unreachable").inner_text()
    boxes = page.evaluate(SHOWN)
    assert boxes["streets"]
    assert not boxes["base"]
    page.evaluate("() => lifecircle.page.openHome(5)")
    assert "on foot" in page.locator("#card").inner_text()
    assert errors == []


@pytest.mark.browser
def test_over_gcj02_tiles_features_lie_shifted_and_what_is_measured_does_not(
    made: Maker, tiles: TileServer, shown: Callable[[str], Page]
) -> None:
    scene = made("zh")
    frame = framed(scene, tiles.origin, datum="gcj02").frame
    homes = frame.placed({"homes": scene.homes})["homes"]
    page = shown(coverage.page(replace(scene, homes=homes, frame=frame), ID))
    drawn = page.evaluate(
        """() => {
            const { x, y } = lifecircle.page.homes.spots, at = lifecircle.toLatLng(x[7], y[7]);
            const ground = lifecircle.onGround(lifecircle.map, at);
            return [at.lng, at.lat, ground.lng, ground.lat];
        }"""
    )
    place = scene.homes.to_crs(4326).geometry.iloc[7]
    east, north = wgs84_to_gcj02(place.x, place.y)
    assert drawn == pytest.approx([float(east), float(north), place.x, place.y], abs=2e-6)
    assert abs(float(east) - place.x) > 0.004
    assert "GCJ-02" in page.locator(".source").inner_text()
    measured, shifted = page.evaluate(
        """() => {
            const { x, y } = lifecircle.page.homes.spots;
            const ends = [0, 150].map((home) => lifecircle.toLatLng(x[home], y[home]));
            const line = { map: lifecircle.map, places: ends, closed: false };
            const kind = lifecircle.Measuring.prototype;
            const { get } = Object.getOwnPropertyDescriptor(kind, "result");
            return [get.call(line).metres, lifecircle.lengthOf(ends)];
        }"""
    )
    exact = scene.homes.geometry.iloc[0].distance(scene.homes.geometry.iloc[150])
    assert measured == pytest.approx(exact, rel=5e-4)
    assert abs(shifted - measured) > 0.2
