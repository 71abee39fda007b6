"""Styles for QGIS: whole XML, every layer, both languages, and nothing that data could break."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import XML

import geopandas as gpd
import pytest
import shapely

from maps.gis import qml
from maps.gis.fields import meaning
from maps.gis.qgis import Style, styles
from maps.style import COLOURS
from maps.words import Words

NASTY = 'O\'Brien "x" <b> \\ [% 1+1 %] \x07任城'
POINT, LINE, AREA = (
    shapely.Point(1, 1),
    shapely.LineString([(0, 0), (1, 1)]),
    shapely.box(0, 0, 1, 1),
)
PARK = {"zh": "500 米见园", "en": "Park within 500 m", "reach_m": 500.0}
CIRCLE = {"zh": "生活圈", "en": "Circle", "must_have": ["market"], "categories": {"market": PARK}}


def table(shape: shapely.Geometry, **columns: Any) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({key: [value] for key, value in columns.items()}, geometry=[shape])


def measured(language: str = "en", name: str = "Park within 500 m") -> list[Style]:
    park = PARK | {"en": name, "zh": name if name is NASTY else PARK["zh"]}
    figures = {"unit": "people", "standards": {"park_500m": park, "circle": CIRCLE}}
    layers = {
        "homes": table(
            POINT, home="1", status="connected", park_500m_served=True, market_served=True,
            circle_met=1, circle_complete=True,
        ),
        "facilities": table(AREA, facility="p1", name="x", category="park"),
        "park_500m_gaps": table(AREA, gap=1, people=10.0),
        "park_500m_gap_ways": table(LINE, gap=1),
        "park_500m_streets": table(LINE, reach_m=500.0),
        "park_500m_area": table(AREA, reach_m=500.0),
        "park_500m_land_uncovered": table(AREA, patch=1),
        "zones": table(AREA, zone="A", park_500m_share=0.5, circle_complete_share=0.5),
        **{name: table(LINE, kind="x") for name in ("streets", "nodes", "footprints", "entrances")},
        **{name: table(AREA, kind="x") for name in ("ground", "barriers", "something_new")},
    }  # fmt: skip
    return styles(figures, layers, language, {"park": name})


def rules(style: Style) -> list[dict[str, str]]:
    return [one.attrib for one in XML(style.look.qml()).iter("rule")]


def test_every_layer_that_is_known_has_one_default_style() -> None:
    found = measured()
    defaults = [one.layer for one in found if one.first]
    assert len(defaults) == len(set(defaults)) == 14
    assert "something_new" not in defaults
    named = [(one.layer, one.name) for one in found]
    assert len(named) == len(set(named))


def test_homes_offer_every_standard_the_first_first() -> None:
    homes = [one for one in measured() if one.layer == "homes"]
    assert [one.name for one in homes] == ["Park within 500 m", "Circle", "Park within 500 m 2"]
    assert [one.first for one in homes] == [True, False, False]
    said = {rule["label"] for rule in rules(homes[0])}
    assert said == {"Served", "Unserved", "Not connected to streets"}


def test_chinese_styles_say_nothing_in_english() -> None:
    for one in measured("zh"):
        for rule in rules(one):
            assert not re.search("[A-Za-z]{3}", rule["label"].replace("Park within 500 m", ""))


def test_the_colours_are_those_of_the_pages() -> None:
    text = measured()[0].look.qml()
    for colour in ("served", "unserved", "unconnected"):
        parts = [int(COLOURS[colour][at : at + 2], 16) for at in (1, 3, 5)]
        assert f'v="{",".join(map(str, parts))},255"' in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_in_a_name_breaks_or_is_computed(language: str) -> None:
    for one in measured(language, NASTY):
        root = XML(one.look.qml())
        for rule in root.iter("rule"):
            assert "[%" not in rule.attrib["label"]
        assert len(one.name) <= 30


def test_before_and_after_have_a_style_for_every_scenario() -> None:
    scenarios = [{"name": name, "standards": {"park_500m": PARK}} for name in ("甲", "乙")]
    homes = table(POINT, home="1", park_500m_m=1.0, park_500m_m_1=2.0, park_500m_m_2=3.0)
    found = styles({"scenarios": scenarios}, {"homes": homes}, "zh", {})
    assert [one.name for one in found] == ["甲：500 米见园", "乙：500 米见园"]
    assert '"park_500m_m_2" <= 500.0' in rules(found[1])[3]["filter"]


def test_columns_are_renamed_in_expressions_and_nowhere_else() -> None:
    look = qml.Look(
        [qml.Rule("x", qml.marker("#000000"), '"kind" = \'say "kind"\' AND "a""b" > 1')],
        qml.Label("concat(\"kind\", 'kind')"),
        names={"kind": "Kind"},
    )
    root = XML(look.qml({"kind": "k", 'a"b': "c"}))
    assert [one.attrib["filter"] for one in root.iter("rule")] == [
        '"k" = \'say "kind"\' AND "c" > 1'
    ]
    assert next(root.iter("text-style")).attrib["fieldName"] == "concat(\"k\", 'kind')"
    assert next(root.iter("alias")).attrib["field"] == "k"


def test_an_unknown_column_has_no_meaning() -> None:
    assert meaning("park_500m_low", {"park_500m": PARK}, Words("zh")) == "500 米见园：下限"
    assert meaning("other_500m_low", {"park_500m": PARK}, Words("zh")) is None
    assert meaning("_1", {}, Words("zh")) is None
