"""What was left out of a planner's file is said in one line, with the file's name and the row."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.checking.told_layers import told_layers
from scripts.main import cli
from scripts.plan import load_plan
from scripts.study import assemble
from tests.faults.town import change_plan
from tests.scripts.doctored import BOW_TIE, more_homes, more_rows, more_shapes, write_town


@pytest.fixture
def town(tmp_path: Path) -> Path:
    write_town(tmp_path)
    return tmp_path


def test_a_clean_town_says_nothing(town: Path) -> None:
    assert [*told_layers(assemble(load_plan(town / "plan.toml")))] == []


def test_one_bad_row_is_one_line_in_either_language(town: Path) -> None:
    more_homes((760, 808), "约三百", "误")(town)
    more_shapes("parks.gpkg", [BOW_TIE], ["结园"])(town)
    more_rows("stops.csv", [(9000, 9000)], 名称=["远站"])(town)  # beyond the area: no fault
    homes, parks = told_layers(assemble(load_plan(town / "plan.toml")))
    said = "homes.csv: 1 of 17 records left out: 人口 is not a number (first: row 18"
    assert homes.startswith(said)
    assert parks.startswith("parks.gpkg: 1 of 3 records repaired: ")
    change_plan(town, 'language = "en"', 'language = "zh"')
    homes, _ = told_layers(assemble(load_plan(town / "plan.toml")))
    assert homes.startswith("homes.csv：17 条记录中有 1 条未采用：")
    assert "第 18 行" in homes


def test_measure_says_it(town: Path) -> None:
    more_homes((760, 808), "约三百", "误")(town)
    plan = str(town / "plan.toml")
    result = CliRunner().invoke(cli, ["measure", plan, "--out", str(town / "out")])
    assert result.exception is None, result.output
    assert "homes.csv: 1 of 17 records left out" in result.output
