"""What the pages show is run as it stands: Python, plans, and every command."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely

from layers import sample
from scripts.main import cli
from scripts.plan import plan_document

if TYPE_CHECKING:
    from collections.abc import Iterator

HOME = Path(__file__).parent.parent
PAGES = sorted([*HOME.glob("README*.md"), *(HOME / "docs").rglob("*.md")])
WEB = "fetch"
"""The one command that asks the web: tests/scripts/test_fetch.py runs it against a made-up one."""
WHOLE_CITY = "demo"
"""Run by tests/test_flow.py."""

PLAN = """
[place]
name = "济宁"
[layers]
streets = "streets.gpkg"
homes = { path = "homes.gpkg", weight = "people" }
parks = "parks.gpkg"
green = "parks.gpkg"
bus_stops = "stops.gpkg"
zones = "zones.gpkg"
[measure]
standards = ["park_500m", "bus_stop_500m"]
cell_m = 100
"""
SCENARIO = """
name = "甲"
[[change]]
do = "add_facility"
category = "bus_stop"
at = [{x}, {y}]
crs = "EPSG:4548"
"""


def blocks(kinds: str) -> Iterator[tuple[Path, str]]:
    """Give what the pages hold between fences of some kinds, such as "sh|bash"."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for found in re.findall(rf"^```(?:{kinds})\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
            yield page, found


def commands() -> list[tuple[str, ...]]:
    """Give every command of the pages once, as words."""
    lines = (
        line.removeprefix("$ ")
        for _, block in blocks("sh|bash|console")
        for line in block.replace("\\\n", " ").splitlines()
    )
    words = (shlex.split(line, comments=True) for line in lines if line.startswith("lifecircle"))
    return list(dict.fromkeys(tuple(one[1:]) for one in words))


def test_the_notebook_page_runs() -> None:
    page = HOME / "docs" / "notebook.md"
    found = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert found.attempted > 30
    assert found.failed == 0


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town under the names the pages use: a chessboard, a park in one corner, one stop."""
    folder = tmp_path_factory.mktemp("docs")
    plan = folder / "济宁"
    plan.mkdir()
    blocks_wide, corner = 8, (0.0, 0.0)
    sample.grid(blocks_wide, 4, 100.0).drop(columns="refs").to_file(plan / "streets.gpkg")
    spots = [(50.0 + 100 * column, 100.0 * row) for column in range(blocks_wide) for row in (0, 3)]
    homes = sample.homes(spots, [10.0] * len(spots))
    homes.rename(columns={"weight": "people"}).to_file(plan / "homes.gpkg")
    park = sample.facilities([shapely.box(5, 5, 95, 95)], "park", ["东园"])
    park[["name", "geometry"]].to_file(plan / "parks.gpkg")
    stop = sample.facilities([corner], "bus_stop", ["起点站"])
    stop[["name", "geometry"]].to_file(plan / "stops.gpkg")
    whole = sample.facilities([shapely.box(-50, -50, 850, 450)], "park", ["古槐街道"])
    whole[["name", "geometry"]].to_file(plan / "zones.gpkg")
    (plan / "plan.toml").write_text(PLAN, encoding="utf-8")
    _run(folder, "run", "济宁/plan.toml", "--quiet")
    shutil.copytree(plan, folder / "out" / "demo")
    _files_beside(folder, gpd.read_file(plan / "stops.gpkg"))
    return folder


def _files_beside(folder: Path, stop: gpd.GeoDataFrame) -> None:
    """Write the other files that the pages name."""
    at = stop.geometry.iloc[0]
    scenario = SCENARIO.format(x=at.x + 500, y=at.y)
    (folder / "方案一.toml").write_text(scenario, encoding="utf-8")
    new = stop.assign(geometry=stop.translate(700, 100), do="新增站点")
    new.to_file(folder / "方案二.gpkg")
    land = stop.geometry.translate(450, 150).buffer(45, cap_style="square")
    gpd.GeoDataFrame({"name": ["粮库旧址"]}, geometry=land).to_file(folder / "闲置地块.geojson")
    (folder / "jining.osm.pbf").touch()
    gpd.GeoDataFrame(geometry=land).to_file(folder / "中心城区.shp")


def _run(folder: Path, *words: str) -> None:
    """Run one command in a folder; an error or an unknown option fails the test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        cli.main(list(words), standalone_mode=False)


def test_the_pages_name_every_command() -> None:
    named = {words[0] for words in commands()}
    assert named >= cli.commands.keys()


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_on_the_pages_runs(
    words: tuple[str, ...], town: Path, tmp_path: Path
) -> None:
    if words[0] in {WEB, WHOLE_CITY}:
        command = cli.commands[words[0]]
        command.make_context(words[0], list(words[1:]))
        return
    folder = tmp_path / "run"
    leave_out = shutil.ignore_patterns("济宁") if words[0] == "init" else None
    shutil.copytree(town, folder, ignore=leave_out)
    _run(folder, *words)


@pytest.mark.parametrize(
    "text",
    [text for _, text in blocks("toml") if not {"change", "scenario"} & tomllib.loads(text).keys()],
    ids=lambda text: text.splitlines()[0],
)
def test_every_plan_on_the_pages_is_one(text: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(text, encoding="utf-8")
    plan_document(path)


def test_links_between_pages_lead_somewhere() -> None:
    missing = [
        (page.name, link)
        for page in PAGES
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert missing == []


PAIRS = [
    (HOME / "README.md", HOME / "README.zh.md"),
    *((HOME / "docs" / "en" / one.name, one) for one in sorted((HOME / "docs/zh").glob("*.md"))),
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0].name)
def test_both_languages_say_the_same(pair: tuple[Path, Path]) -> None:
    """As many headings and rows of tables, the same keys, files and commands in them."""
    pages = [page.read_text(encoding="utf-8") for page in pair]
    for pattern in (r"^(#+|\|)", r"`([a-z_]+)`", r"^lifecircle (?:(?!--lang)[^#\n])*\b"):
        found = [re.findall(pattern, page, re.MULTILINE) for page in pages]
        assert len(found[0]) == len(found[1])
        assert set(found[0]) == set(found[1])
