"""The list of standards: everything of each, aligned, and nothing unsure without its note."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from scripts.standards import standards_table
from spatial.errors import InputError
from spatial.profiles import standards

if TYPE_CHECKING:
    from pathlib import Path

NOTE = {"zh": "上报前请核对条文", "en": "check the clause before submitting"}
OURS = """
[standards.ours]
zh = "本市公园"
en = "Our parks"
document = "本市标准"
clause = "第三条"
year = 2024
status = "C1"
category = "park"
target_share = 0.955
geometry = "radius"
denominator = "residential"

[standards.ours.classes]
big = { zh = "大公园", en = "Large", reach_m = 1000, area_m2 = [15000, inf] }
small = { zh = "小公园", en = "Small", reach_m = 250, area_m2 = [0, 15000], status = "U" }

[standards.park_500m]
reach_m = 450
"""


def plan(folder: Path, text: str) -> Path:
    path = folder / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return path


def wide(text: str) -> int:
    """Columns on a terminal: a wide letter takes two."""
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)


def rows(table: str) -> list[str]:
    """The heading, the rows of standards and, indented by two, of classes."""
    return [line for line in table.splitlines() if line and not line.startswith("    ")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_standard_stands_with_its_name_source_and_words(language: str) -> None:
    lines = standards_table(None, language).splitlines()
    for one in standards().values():
        at = next(i for i, line in enumerate(lines) if line.split("  ")[0] == one.id)
        name, words, source = (line.strip() for line in lines[at + 1 : at + 4])
        assert name == (one.en if language == "en" else one.zh)
        assert one.denominator_en in words or one.denominator_zh in words
        assert source.startswith(one.source.document)
        assert one.source.clause in source
        assert one.source.year is None or source.endswith(str(one.source.year))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_unsure_always_says_so(language: str) -> None:
    colon = {"zh": "：", "en": ": "}[language]
    for line in standards_table(None, language).splitlines():
        unsure = any(f"{status}{colon}" in line for status in ("C2", "U"))
        assert unsure == (NOTE[language] in line)
    unsure = {
        one.id
        for one in standards().values()
        if any(part.source.status != "C1" for part in (one, *one.services))
    }
    said = {
        row.split()[0] for row in rows(standards_table(None, language)) if NOTE[language] in row
    }
    assert unsure == said & set(standards())
    assert {"parkscore_10min", "sdg_11_2_1", "rule_3_30_300"} == set(standards()) - unsure


@pytest.mark.parametrize("language", ["zh", "en"])
def test_columns_are_aligned_also_under_wide_letters(language: str) -> None:
    heading, *body = rows(standards_table(None, language))
    reach = {"zh": "半径", "en": "reach"}[language]
    status = {"zh": "依据状态", "en": "status of the source"}[language]
    at = wide(heading[: heading.index(reach)])
    ends = wide(heading[: heading.index(status)])
    for line in body:
        starts = {wide(line[:i]) for i in range(len(line)) if line[i - 1 : i] == " "}
        assert {at, ends} <= starts, line


def test_rows_say_reach_size_geometry_share_and_target() -> None:
    found = {row.split()[0]: row for row in rows(standards_table(None, "en"))}
    bus = found["check2025_bus_500m"]
    for cell in ("500 m", "network, from point", "construction land of the built-up", "≥ 90 %"):
        assert cell in bus
    assert "> 90 %" in found["gbt51346_park_500m"]
    assert "300–500 m" in found["check2021_park"]
    assert "2000–5000 m²" in found["check2021_park_small"]
    assert "10–20 ha" in found["gbt51346_park_classes_comprehensive_10ha"]
    assert "C2/U: unconfirmed" in found["eco_garden_city_2022"]


def test_services_of_a_circle_stand_by_reach_status_and_need() -> None:
    lines = standards_table(None, "en").splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("gb50180_10min"))
    assert "6 must-have" in lines[at]
    first, second = (line.strip() for line in lines[at + 4 : at + 6])
    assert first.startswith("500 m: Primary school, Park, 1 ha or more  [C2: check")
    assert second.startswith("500 m: Fresh food market, Medium sports ground")
    assert "[U: unconfirmed" in second
    chinese = standards_table(None, "zh")
    assert "      300 m（选配）：社区卫生服务站  [C2：上报前请核对条文]" in chinese.splitlines()


def test_a_plans_own_stand_at_the_end(tmp_path: Path) -> None:
    table = standards_table(plan(tmp_path, OURS), "en")
    shipped, own = table.split("\n\ndefined or changed in plan.toml:\n")
    assert "\npark_500m " not in shipped
    assert "Our parks" not in shipped
    lines = own.splitlines()
    assert lines[0].split("  ")[0] == "ours"
    assert "≥ 95.5 %" in lines[0]
    assert lines[0].endswith("C1/U: unconfirmed, an editable default; " + NOTE["en"])
    assert lines[3] == "    本市标准, 第三条, 2024"
    assert lines[4].split() == ["ours_big", "1000", "m", "≥", "1.5", "ha", "C1"]
    assert "< 1.5 ha" in lines[6]
    park = next(i for i, line in enumerate(lines) if line.startswith("park_500m"))
    assert "450 m" in lines[park]
    assert "U: unconfirmed" in lines[park]
    assert "; plan.toml: reach_m" in lines[park + 3]


def test_a_standard_that_a_plan_takes_out_is_gone(tmp_path: Path) -> None:
    table = standards_table(plan(tmp_path, "[standards]\nwho_green_300m = false\n"), "zh")
    assert "who_green_300m" not in table


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[standards.ours]\nreach_m = 3\n", r"plan.toml: \[standards.ours\] category must be"),
        ("[standards.park_500m]\nreach = 3\n", "plan.toml: .*unknown key 'reach'"),
        ("[standards\n", "plan.toml, line 1: .* never closed"),
        ("[standard.ours]\n", r"plan.toml: \[standard\] is an unknown key"),
    ],
)
def test_what_is_wrong_in_the_plan_is_one_line_with_its_file(
    tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(InputError, match=words) as caught:
        standards_table(plan(tmp_path, text), "en")
    assert "\n" not in str(caught.value)


def test_a_plan_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such plan"):
        standards_table(tmp_path / "plan.toml", "en")
