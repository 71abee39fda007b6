"""init writes a plan that reads back as meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.init import init
from scripts.plan import load_plan
from spatial.errors import InputError

NASTY = 'a "quoted" \\ place\n[layers]\tx'


def test_what_was_given_is_what_is_read(tmp_path: Path) -> None:
    osm = tmp_path / "省 份.osm.pbf"
    osm.write_bytes(b"")
    edge = tmp_path / "城.geojson"
    edge.write_text("{}")
    path = init(tmp_path / "济宁", osm=osm, boundary=edge, name=NASTY, language="en")
    plan = load_plan(path)
    assert (plan.place.name, plan.place.language) == (NASTY, "en")
    assert plan.layers["osm"].path == osm.resolve()
    assert plan.place.boundary.path == edge.resolve()
    assert 'osm = "../省 份.osm.pbf"' in path.read_text(encoding="utf-8")


def test_without_an_extract_the_plan_still_reads(tmp_path: Path) -> None:
    plan = load_plan(init(tmp_path / "任城"))
    assert (plan.place.name, plan.place.language, dict(plan.layers)) == ("任城", "zh", {})


def test_every_commented_line_is_a_valid_choice(tmp_path: Path) -> None:
    """A planner takes the '# ' away; nothing else should be needed."""
    path = init(tmp_path)
    lines = path.read_text(encoding="utf-8").splitlines()
    options = [
        line.removeprefix("# ")
        if (line.startswith(("# [", "# ")) and "=" in line) or "# [" in line
        else line
        for line in lines
    ]
    path.write_text("\n".join(options[2:]), encoding="utf-8")
    plan = load_plan(path)
    assert {"streets", "homes", "parks", "park_gates", "bus_stops"} <= set(plan.layers)
    assert plan.data.credit == "济宁市自然资源和规划局"


def test_a_plan_is_never_overwritten(tmp_path: Path) -> None:
    before = init(tmp_path).read_bytes()
    with pytest.raises(InputError, match="there is a plan already"):
        init(tmp_path, name="other")
    assert (tmp_path / "plan.toml").read_bytes() == before


def test_a_missing_extract_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        init(tmp_path / "x", osm=tmp_path / "no.osm.pbf")
    assert not (tmp_path / "x").exists()
