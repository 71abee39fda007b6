"""Results are whole or absent; text in workbooks is text."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import openpyxl
import pytest
import shapely

from scripts.tables import workbook
from scripts.write import beside


def test_what_was_there_is_replaced_and_the_rest_left(tmp_path: Path) -> None:
    out = tmp_path / "results"
    (out / "maps").mkdir(parents=True)
    (out / "maps" / "old.html").write_text("old")
    (out / "mine.txt").write_text("the planner's own")
    with beside(out) as folder:
        (folder / "maps").mkdir()
        (folder / "maps" / "new.html").write_text("new")
        (folder / "summary.json").write_text("{}")
    assert sorted(path.name for path in out.rglob("*")) == [
        "maps",
        "mine.txt",
        "new.html",
        "summary.json",
    ]


def test_a_failure_changes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "results"
    out.mkdir()
    (out / "summary.json").write_text("before")

    def fail_half_way() -> None:
        with beside(out) as folder:
            (folder / "summary.json").write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert [path.name for path in out.iterdir()] == ["summary.json"]
    assert (out / "summary.json").read_text() == "before"


def figures(name: str) -> dict[str, object]:
    source = {"document": name, "clause": "-", "year": None, "status": "U"}
    part = {"served": 1.0, "share": None, "low": None, "high": None}
    one = {
        "zh": name, "en": name, "reach_m": 300.0, "facilities": 0, "entrances": 0, "total": 0.0,
        "network": part, "straight": part, "unconnected": 0.0, "edge_uncertain": 0.0,
        "source": source, "unserved": {"too_far": 1.0}, "straight_minus_network": {},
    }  # fmt: skip
    return {
        "language": "en",
        "unit": "homes",
        "data": {"credit": name, "date": None},
        "walker": {"usual": True, "en": name, "zh": name},
        "layers": {name: {"read": 1, "used": 0, "repaired": 0, "dropped": 1, "reasons": {name: 1}}},
        "standards": {"x": one},
    }


@pytest.mark.parametrize(
    "name",
    ["=1+1", "+1", "@SUM(A1)", "-1", "{{ 7*7 }}", "任城\x00区\x1f", "a" * 40_000, "\u202eab"],
)
def test_text_stays_text(tmp_path: Path, name: str) -> None:
    gaps = gpd.GeoDataFrame(
        {"gap": [1], "name": [name], "people": [1.0], "homes": [1],
         "reason": ["too_far"], "walk_m": [float("nan")],
         "straight_m": [None], "facility": [name]},
        geometry=[shapely.Point(0, 0)],
    )  # fmt: skip
    path = tmp_path / "tables.xlsx"
    homes = gpd.GeoDataFrame(
        {"home": [name], "name": [name], "weight": [1.0], "reason": [None],
         "status": ["unconnected"]},
        geometry=[shapely.Point(0, 0)],
    )  # fmt: skip
    workbook(figures(name), {"x_gaps": gaps, "homes": homes}).save(path)
    book = openpyxl.load_workbook(path)
    shown = name.replace("\x00", "\ufffd").replace("\x1f", "\ufffd")[:32_767]
    assert book["Coverage"]["A2"].value == shown
    assert book["Coverage"]["A2"].data_type == "s"
    assert book["Gaps"]["C2"].value == shown
    assert book["Gaps"]["G2"].value is None
    assert book["Data"]["B1"].data_type == "s"
    assert book["Unconnected"]["A2"].value == shown
