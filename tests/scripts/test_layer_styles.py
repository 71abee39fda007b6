"""Styles in every results.gpkg, where QGIS looks for them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import XML

import geopandas as gpd
import pyogrio
import pytest
import shapely

from layers import sample
from maps.gis.fields import meaning, measured_ids
from maps.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SCENARIO = """
name = "近期"
[[change]]
do = "add_facility"
category = "bus_stop"
at = [500700, 3900000]
crs = "EPSG:4548"
"""
COMMANDS = {
    "measure": (),
    "compare": ("{folder}/近期.toml",),
    "site": ("--standard", "bus_stop_500m", "--new", 1),
    "links": ("--standard", "bus_stop_500m"),
}


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute(query).fetchall()


@pytest.mark.parametrize("command", COMMANDS)
def test_results_of_every_command_open_styled(
    command: str, town: Callable[..., Path], lifecircle: Callable[..., Any], tmp_path: Path
) -> None:
    east = sample.facilities([shapely.box(500, -10, 1010, 500)], "zone", ["东区"])
    east.to_file(tmp_path / "zones.gpkg")
    (tmp_path / "近期.toml").write_text(SCENARIO, encoding="utf-8")
    plan, out = town(layers='zones = "zones.gpkg"'), tmp_path / "out"
    words = (str(word).format(folder=tmp_path) for word in COMMANDS[command])
    assert lifecircle(command, plan, *words, "--out", out, "--lang", "zh", "--quiet").err == ""
    results = out / "results.gpkg"
    styles_are_where_qgis_looks(results)
    styles_name_columns_that_are_there(results)
    the_table_is_registered_as_one_without_places(results)
    every_column_has_a_name_in_both_languages(results)


def styles_are_where_qgis_looks(results: Path) -> None:
    columns = "f_table_name, f_geometry_column, styleName, styleQML, useAsDefault"
    found = rows(results, f"SELECT {columns} FROM layer_styles")  # noqa: S608 - a constant
    layers = {str(name): str(kind) for name, kind in pyogrio.list_layers(results) if kind}
    geometry = dict(rows(results, "SELECT table_name, column_name FROM gpkg_geometry_columns"))
    assert {name for name, *_ in found} == set(layers)
    for layer, column, name, text, _ in found:
        assert geometry[layer] == column
        assert 0 < len(name) <= 30
        assert XML(text).find("renderer-v2") is not None
    assert sorted(layer for layer, *_, first in found if first) == sorted(layers)


def styles_name_columns_that_are_there(results: Path) -> None:
    for layer, text in rows(results, "SELECT f_table_name, styleQML FROM layer_styles"):
        columns = set(pyogrio.read_info(results, layer=layer)["fields"])
        expressions = [one.attrib.get("filter", "") for one in XML(text).iter("rule")]
        expressions += [one.attrib["fieldName"] for one in XML(text).iter("text-style")]
        named = {part for one in expressions for part in one.split('"')[1::2]}
        assert named <= columns, layer


def the_table_is_registered_as_one_without_places(results: Path) -> None:
    query = "SELECT data_type, description FROM gpkg_contents WHERE table_name = 'layer_styles'"
    about = rows(results, "SELECT description FROM gpkg_contents WHERE table_name = 'homes'")
    assert rows(results, query) == [("attributes", about[0][0])]
    kinds = dict(pyogrio.list_layers(results).tolist())
    assert kinds["layer_styles"] is None
    assert isinstance(pyogrio.read_dataframe(results, layer="homes"), gpd.GeoDataFrame)


def every_column_has_a_name_in_both_languages(results: Path) -> None:
    figures = json.loads((results.parent / "summary.json").read_text("utf-8"))
    named = measured_ids(figures)
    for layer, kind in pyogrio.list_layers(results):
        for column in pyogrio.read_info(results, layer=layer)["fields"] if kind else ():
            for language in ("zh", "en"):
                assert meaning(column, named, Words(language)), (layer, column)
