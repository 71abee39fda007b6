"""Polygons on a plain Folium map: few bytes, coloured by a column one chooses, told as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import folium
import folium.plugins
import geopandas as gpd
import numpy as np
import pytest
import shapely

from maps.compact import CompactPolygons, self_contained
from spatial.errors import InputError, LawError
from tests.maps.browsing import DRAWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.maps.browsing import Opened

SIDE = 20
COLOURS = ["#112233", "#445566", "#778899"]


def quarter(kinds: tuple[str, str] = ("homes", "shops")) -> gpd.GeoDataFrame:
    """Four hundred blocks; floors rise to the east, the north is of the second kind."""
    x, y = (one.ravel() for one in np.meshgrid(np.arange(SIDE), np.arange(SIDE)))
    west, south = 500_000 + 30.0 * x, 3_900_000 + 30.0 * y
    columns = {
        "floors": np.where(x == SIDE - 1, np.nan, x),
        "kind": np.where(y < SIDE // 2, *kinds),
    }
    shapes = shapely.box(west, south, west + 20, south + 20)
    return gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4548")


def page_of(table: gpd.GeoDataFrame, **options: object) -> str:
    """A plain Folium map with the layer on it, and the layer control."""
    chart = folium.Map(tiles=None)
    layer = CompactPolygons(table, ["floors", "kind"], colours=COLOURS, name="Blocks", **options)  # type: ignore[arg-type]
    layer.add_to(chart)
    folium.LayerControl(collapsed=False).add_to(chart)
    chart.fit_bounds(layer.get_bounds())
    return self_contained(chart, "Blocks")


def test_values_travel_as_classes_and_what_is_missing_is_told_apart() -> None:
    layer = CompactPolygons(quarter(), ["floors", "kind"], breaks={"floors": [4, 9]})
    floors, kind = layer.data["values"]
    assert np.bincount(floors["class"]).tolist() == [5 * SIDE, 5 * SIDE, 9 * SIDE, SIDE]
    assert floors["labels"] == ["0 – 4", "4 – 9", "9 – 18", "–"]
    assert kind["labels"] == ["homes", "shops", "–"]
    assert np.bincount(kind["class"]).tolist() == [SIDE * SIDE // 2] * 2
    assert len(layer.data["told"][0]["missing"]) == SIDE


def test_what_cannot_be_drawn_is_refused() -> None:
    table = quarter()
    many = table.assign(kind=np.arange(len(table)).astype(str))
    with pytest.raises(InputError, match="no column 'rooms'"):
        CompactPolygons(table, ["rooms"])
    with pytest.raises(InputError, match="is no colour"):
        CompactPolygons(table, ["kind"], colours=["red;}"])
    with pytest.raises(InputError, match="400 kinds of 'kind', but 5 colours"):
        CompactPolygons(many, ["kind"])
    with pytest.raises(InputError, match="no rows"):
        CompactPolygons(table.iloc[:0], ["kind"])
    with pytest.raises(InputError, match="no column to colour by"):
        CompactPolygons(table, [])


def test_two_layers_do_not_mix_their_data_and_nothing_unpacked_gets_in() -> None:
    chart = folium.Map(tiles=None)
    names = [CompactPolygons(quarter(), ["kind"]).add_to(chart).get_name() for _ in range(2)]
    html = self_contained(chart, "Two")
    assert all(html.count(f'id="data-{one}"') == 1 for one in names)
    assert html.count("lifecircle.Compact = ") == 1
    folium.plugins.MarkerCluster().add_to(chart)
    with pytest.raises(LawError, match="is not packed"):
        self_contained(chart, "Two")


def test_the_data_are_small() -> None:
    html = page_of(quarter())
    stock = folium.GeoJson(quarter().to_json()).data
    assert len(html.split('id="columns')[1].split("<")[0]) < len(str(stock)) / 20


@pytest.mark.browser
def test_colours_tell_the_column_one_chooses_and_a_click_tells_the_rest(
    opened: Callable[..., Opened],
) -> None:
    hostile = "<img src=x onerror=window.hacked=1>{{ 7*7 }}"
    page = opened(page_of(quarter((hostile, "shops"))))
    layer = "Object.values(window).find((one) => one instanceof lifecircle.Compact)"
    page.page.wait_for_selector(".compact-key select")
    page.page.wait_for_function(DRAWN)
    page.run(f"() => {layer}.on('pick', (event) => (window.pick = event))")
    assert page.page.locator(".compact-key li").all_inner_texts()[-1] == "–"
    page.page.locator(".compact-key select").select_option("kind")
    page.page.wait_for_function(DRAWN)
    assert page.page.locator(".compact-key li").all_inner_texts() == [hostile, "shops"]
    spot = page.run(
        f"""() => {{
            const one = {layer}, map = one._map, {{ x, y }} = one.homes.spots;
            const at = map.latLngToContainerPoint(lifecircle.toLatLng(x[0], y[0]));
            return [at.x, at.y];
        }}"""
    )
    page.page.mouse.move(*spot)
    assert hostile in page.page.locator(".leaflet-tooltip").inner_text()
    pixel = """([x, y]) => {
        const canvas = document.querySelector("canvas"), box = canvas.getBoundingClientRect();
        const g = canvas.getContext("2d");
        return [...g.getImageData(x - box.x, y - box.y, 1, 1).data].slice(0, 3);
    }"""
    assert page.run(pixel, spot) == [0x11, 0x22, 0x33]
    page.page.mouse.click(*spot)
    assert page.run("() => window.pick.told") == {"floors": "0", "kind": hostile}
    assert hostile in page.page.locator(".leaflet-popup").inner_text()
    page.page.locator(".leaflet-control-layers input").uncheck()
    assert page.page.locator("canvas").count() == 0
    assert page.page.locator(".compact-key").count() == 0
    assert page.run("() => window.hacked") is None
