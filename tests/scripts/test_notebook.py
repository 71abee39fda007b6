"""What a notebook gets: figures, layers, pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pytest

from layers import sample
from scripts.notebook import Answer, compared, measured, open_results, sited
from spatial.errors import InputError

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


def frames(answer: Answer) -> int:
    return answer._repr_html_().count("<iframe")


def test_measured_results_show_figures_layers_and_maps(town: Callable[..., Path]) -> None:
    answer = measured(town(), language="en")
    table = answer.table()
    assert list(table.index) == ["green_300m", "park_500m", "bus_stop_500m"]
    assert table.loc["park_500m", ["served", "share", "straight_share"]].tolist() == [
        30.0,
        0.5,
        pytest.approx(5 / 6),
    ]
    assert isinstance(answer.layer("homes"), gpd.GeoDataFrame)
    assert "layer_styles" not in answer.layers
    assert answer.maps == ("green_300m", "park_500m", "bus_stop_500m", "city", "whatif")
    for name in answer.maps:
        assert "<!DOCTYPE html>" in answer.map(name).html
    assert "Park within 500 m" in answer._repr_html_()
    assert frames(answer) == 1
    assert repr(answer).startswith("Answer('棋盘镇', 3 rows, ")
    assert len(repr(answer.map())) < 100


def test_a_circle_and_a_union_have_rows_of_their_own(
    town: Callable[..., Path], tmp_path: Path
) -> None:
    market = sample.facilities([(100, 0)], "market")
    market.to_crs(4326).to_file(tmp_path / "poi.geojson")
    plan = town(layers='facilities = { path = "poi.geojson", category = "category" }')
    text = plan.read_text("utf-8").replace('"green_300m", "park_500m"', '"green_park"')
    plan.write_text(text.replace('"bus_stop_500m"]', '"circle_15min"]'), "utf-8")
    answer = measured(plan, language="zh")
    assert list(answer.table().index) == ["green_park", "circle_15min"]
    assert answer.maps == ("circle_15min", "city", "whatif")
    assert frames(answer) == 1


def test_scenarios_and_sites_are_answers_too(town: Callable[..., Path], tmp_path: Path) -> None:
    plan, file = town(), tmp_path / "近期.toml"
    file.write_text(SCENARIO, encoding="utf-8")
    after = compared(plan, file, language="zh")
    assert after.table().loc[("近期", "bus_stop_500m"), "gained"] == 30.0
    assert after.maps[0] == "green_300m_1"
    assert "新增" in after._repr_html_()
    found = sited(plan, "bus_stop_500m", new=1)
    assert found.table()["people"].tolist() == [30.0]
    assert frames(found) == frames(after) == 1
    assert open_results(tmp_path / "site").table().equals(found.table())


def test_export_from_a_notebook(town: Callable[..., Path], tmp_path: Path) -> None:
    answer = measured(town())
    told = answer.export("csv", out=tmp_path / "out", layers=["homes"])
    assert list(told) == ["csv"]
    assert (tmp_path / "out" / "csv" / "homes.csv").is_file()
    with pytest.raises(InputError, match="no format 'dwg'"):
        answer.export("dwg", out=tmp_path / "out")


def test_what_is_not_there_is_said(town: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no results"):
        open_results(tmp_path)
    answer = measured(town())
    with pytest.raises(InputError, match="has no map 'x'; choose one of green_300m"):
        answer.map("x")
    with pytest.raises(InputError, match="has no layer 'x'"):
        answer.layer("x")
