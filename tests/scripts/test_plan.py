"""plan.toml: what it may say, and the one line each mistake gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.plan import load_plan
from spatial.errors import InputError


def plan(folder: Path, text: str) -> Path:
    path = folder / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_paths_start_at_the_plan_and_names_default_to_its_folder(tmp_path: Path) -> None:
    home = tmp_path / "任城 区"
    home.mkdir()
    found = load_plan(
        plan(home, '[place]\nboundary = "边界.geojson"\n[layers]\nosm = "../a.pbf"\n')
    )
    assert found.place.name == "任城 区"
    assert found.place.boundary.path == (home / "边界.geojson").resolve()
    assert found.layers["osm"].path == (tmp_path / "a.pbf").resolve()
    assert [one.id for one in found.standards] == [
        "green_300m",
        "park_500m",
        "green_park",
        "bus_stop_500m",
        "circle_15min",
    ]
    assert found.largest_reach_m() == 1000


def test_options_of_a_layer(tmp_path: Path) -> None:
    text = '[layers]\nhomes = { path = "h.xlsx", sheet = "表", x = "经度", weight = "人口" }\n'
    entry = load_plan(plan(tmp_path, text)).layers["homes"]
    assert (entry.sheet, entry.x, entry.weight, entry.datum) == ("表", "经度", "人口", None)


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    assert load_plan(plan(tmp_path, '\ufeff[place]\nname = "x"\n')).place.name == "x"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[place", "never closed"),
        ("[plase]\n", r"line 1: \[plase\] is an unknown key; did you mean place\?"),
        ("[place]\nnam = 'x'\n", r"line 2: \[place\] nam is an unknown key; did you mean name\?"),
        ("[place]\nlanguage = 'fr'\n", r"\[place\] language: .*not 'fr'"),
        ("[place]\nname = 3\n", r"\[place\] name: .*not 3"),
        ("[layers]\npark = 'x'\n", r"\[layers\] park is an unknown key; did you mean parks\?"),
        ("[layers]\nparks = 3\n", r"\[layers\] parks: must be a path in quotes"),
        ("[layers]\nparks = {x = 'a'}\n", r"\[layers.parks\] has no path; give it"),
        ("[layers]\nparks = {path = 'a', y_col = 'b'}\n", r"\[layers.parks\] y_col is an unknown"),
        ("layers = 3\n", r"\[layers\]: .*not 3"),
        ("[measure]\nstandards = []\n", r"\[measure\] standards is empty"),
        ("[measure]\nstandards = 'park_500m'\n", r"\[measure\] standards: "),
        (
            "[measure]\nstandards = ['park_5m']\n",
            r"'park_5m'; did you mean park_500m\?",
        ),
        ("[measure]\nleg_limit_m = -1\n", r"\[measure\] leg_limit_m: .*not -1"),
        (
            "[standards.park_500m]\nreach = 1\n",
            "park_500m\\] has an unknown key 'reach'",
        ),
        ("[place]\nname = 3\nlanguage = 4\n", r"\(and 1 more\)"),
    ],
)
def test_each_mistake_is_one_line_that_names_the_file(
    tmp_path: Path, text: str, words: str
) -> None:
    path = plan(tmp_path, text)
    with pytest.raises(InputError, match=words) as caught:
        load_plan(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_no_plan_and_no_text(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such plan"):
        load_plan(tmp_path / "plan.toml")
    (tmp_path / "gbk.toml").write_bytes('[place]\nname = "济宁"'.encode("gbk"))
    with pytest.raises(InputError, match="save it as UTF-8"):
        load_plan(tmp_path / "gbk.toml")
