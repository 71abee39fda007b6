"""The data doctor: every planted fault is found, with its count and its people; nothing else is."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from click.testing import CliRunner

from maps.lexicon import TABLE
from maps.parts import faults as told
from maps.words import Words
from scripts.checking.check import check_study
from scripts.checking.diagnosis import diagnosed
from scripts.checking.examined import examined
from scripts.main import cli
from scripts.plan import load_plan
from scripts.study import assemble
from spatial.condition.fault import SEVERITIES, Fault
from spatial.errors import InputError
from tests.scripts.doctored import PLANTED, SMALL, Planted, several, write_town

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clean")
    write_town(folder)
    return folder


@pytest.fixture
def spoiled(clean: Path, tmp_path: Path) -> Callable[..., list[Fault]]:
    """Plant faults in a copy of the town, and look at it."""

    def look(*planted: Planted) -> list[Fault]:
        folder = tmp_path / "town"
        shutil.copytree(clean, folder)
        several(*(one.spoil for one in planted))(folder)
        return diagnosed(examined(load_plan(folder / "plan.toml")), TODAY)

    return look


def by_kind(faults: list[Fault]) -> dict[tuple[str, str], Fault]:
    return {(one.kind, one.layer): one for one in faults}


def test_the_clean_town_has_nothing_above_a_note(spoiled: Callable[..., list[Fault]]) -> None:
    found = spoiled()
    assert [(one.kind, one.layer) for one in found if one.severity != "note"] == []
    assert {one.kind for one in found} == {"taken"}


@pytest.mark.parametrize("planted", PLANTED, ids=lambda one: one.name)
def test_each_planted_fault_is_found(planted: Planted, spoiled: Callable[..., list[Fault]]) -> None:
    found = by_kind(spoiled(planted))
    for key, (count, people) in planted.found.items():
        assert key in found, sorted(found)
        fault = found[key]
        assert fault.count == count
        assert fault.people == (None if people is None else pytest.approx(people, abs=SMALL))
        assert len(fault.names) == len(fault.shapes) <= max(fault.count, len(fault.names))
        for language in ("zh", "en"):
            words = Words(language)  # type: ignore[arg-type]
            assert "{" not in told.title(words, fault) + told.remedy(words, fault)


def test_all_at_once_are_found(spoiled: Callable[..., list[Fault]]) -> None:
    together = [one for one in PLANTED if not one.alone]
    found = by_kind(spoiled(*together))
    wanted = [key for one in together for key in one.found]
    assert [key for key in wanted if key not in found] == []
    for planted in together:
        for key, (count, _) in planted.found.items():
            assert found[key].count >= count, key


def test_worst_come_first(spoiled: Callable[..., list[Fault]]) -> None:
    found = spoiled(*(one for one in PLANTED if not one.alone))
    order = [(SEVERITIES.index(one.severity), -(one.people or 0), -one.count) for one in found]
    assert order == sorted(order)


def test_every_kind_has_words_and_every_word_a_kind() -> None:
    said = {
        key.removesuffix("_do") for key in TABLE if key.endswith("_do") and "check_to" not in key
    }
    kinds = {f"check_{key[0]}" for one in PLANTED for key in one.found}
    assert kinds <= said
    assert all(one in TABLE for one in said if one.startswith("check_"))


def run(plan: Path, out: Path, *more: str) -> Any:
    return CliRunner().invoke(cli, ["check", str(plan), "--out", str(out), *more])


def test_the_command_writes_a_page_a_table_and_figures(clean: Path, tmp_path: Path) -> None:
    folder = tmp_path / "town"
    shutil.copytree(clean, folder)
    several(*(one.spoil for one in PLANTED if not one.alone))(folder)
    (tmp_path / "out" / "maps").mkdir(parents=True)
    (tmp_path / "out" / "maps" / "index.html").write_text("drawn before", encoding="utf-8")
    result = run(folder / "plan.toml", tmp_path / "out", "--lang", "zh")
    assert result.exception is None, result.output
    assert (tmp_path / "out" / "maps" / "index.html").is_file()
    assert "街道孤岛" in result.stdout
    assert len(result.stdout.splitlines()) <= 24
    figures = json.loads((tmp_path / "out" / "check.json").read_text(encoding="utf-8"))
    kinds = [one["kind"] for one in figures["findings"]]
    assert {"islands", "giants", "no_entrance"} <= set(kinds)
    assert "</html>" in (tmp_path / "out" / "check.html").read_text(encoding="utf-8")
    file = tmp_path / "out" / "check.gpkg"
    names = {name for name, _ in pyogrio.list_layers(file)}
    assert {"findings", "places", "lines", "areas"} <= names
    table = pyogrio.read_dataframe(file, layer="findings")
    assert table["finding"].tolist() == list(range(1, len(kinds) + 1))
    assert table["count"].tolist() == [one["count"] for one in figures["findings"]]
    spots = pyogrio.read_dataframe(file, layer="places")
    assert set(spots["finding"]) <= set(table["finding"])
    with sqlite3.connect(file) as base:
        styled = {row[0] for row in base.execute("SELECT f_table_name FROM layer_styles")}
    base.close()
    assert styled == {"places", "lines", "areas"}


def test_what_stops_is_shown_and_then_said_in_one_line(clean: Path, tmp_path: Path) -> None:
    folder = tmp_path / "town"
    shutil.copytree(clean, folder)
    (folder / "homes.csv").write_text("名称\n甲\n", encoding="utf-8")
    result = run(folder / "plan.toml", tmp_path / "out")
    assert isinstance(result.exception, InputError)
    assert "homes.csv" in str(result.exception)
    figures = json.loads((tmp_path / "out" / "check.json").read_text(encoding="utf-8"))
    first = figures["findings"][0]
    assert (first["severity"], first["layer"]) == ("stops", "homes")
    assert "homes.csv" in first["what"]["zh"]
    assert figures["severities"]["stops"] == 1


def test_a_broken_plan_is_one_line_and_nothing_is_written(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text("[layers\n", encoding="utf-8")
    result = run(plan, tmp_path / "out")
    assert isinstance(result.exception, InputError)
    assert not (tmp_path / "out").exists()
    assert isinstance(run(tmp_path / "none.toml", tmp_path / "out").exception, InputError)


def test_an_assembled_study_is_looked_at_without_reading_again(clean: Path, tmp_path: Path) -> None:
    plan = load_plan(clean / "plan.toml")
    found = check_study(assemble(plan), tmp_path / "out", page_too=False)
    again = diagnosed(examined(plan))
    assert [(one.kind, one.count) for one in found] == [(one.kind, one.count) for one in again]
    assert not (tmp_path / "out" / "check.html").exists()


def test_nothing_can_be_read_at_all(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text('[layers]\nosm = "none.osm.pbf"\n', encoding="utf-8")
    result = run(plan, tmp_path / "out", "--lang", "en")
    assert isinstance(result.exception, InputError)
    assert (tmp_path / "out" / "check.html").is_file()
    assert "none.osm.pbf" in result.stdout
