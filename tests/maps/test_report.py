"""The report: its figures are the summary's, in both languages, and in every format the same."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from docx.oxml.ns import qn
from PIL import Image

from layers.openstreetmap import buildings, stops, tagged, walkable
from layers.openstreetmap import extract as osm
from maps.page.sealed import check_sealed
from maps.public import public
from maps.report import html, ooxml, word
from maps.report.actions import ACTS
from maps.report.contents import document
from maps.report.document import Figure, Heading
from maps.report.gallery import Gallery
from maps.report.leftout import CHINESE, retold
from maps.report.material import Answer, Material
from maps.report.pictured import Axis, Bar, Part, Plate, Steps, Swatch
from maps.words import LANGUAGES, Words
from spatial.reasons import REASONS
from tests.maps import paper

if TYPE_CHECKING:
    from collections.abc import Callable

    from maps.report.document import Cell, Document, Table
    from maps.scene import Scene
    from maps.words import Language

    Maker = Callable[..., Scene]

ID = "bus_stop_500m"


@pytest.fixture(scope="module")
def material(made: Maker) -> Material:
    """The made-up town, counted in people."""
    return Material(made("zh", unit="people"), "plan.toml")


@pytest.fixture(scope="module")
def gallery(material: Material) -> Gallery:
    return Gallery(material.scene)


def tables(told: Document, topic: str) -> list[Table]:
    return [table for table in told.tables if table.topic == topic]


def values(rows: tuple[tuple[Cell, ...], ...], column: int) -> list[float | None]:
    return [row[column].value for row in rows]


# --- the figures ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_results_are_those_of_the_summary(material: Material, language: Language) -> None:
    figures = material.scene.measured(ID)
    table = tables(document(material, language), "results")[0]
    land, network = figures["land"], figures["network"]
    shares = [land["straight"], land["network"], figures["straight"]["share"], network["share"]]
    assert values(table.rows, 1) == [*shares, network["low"], network["high"]]
    covered = [part * land["area_m2"] / 1e4 for part in shares[:2]]
    served = [figures["straight"]["served"], network["served"], None, None]
    assert values(table.rows, 2) == [*covered, *served]
    assert values(table.rows, 3) == [land["area_m2"] / 1e4] * 2 + [figures["total"]] * 4
    said = [row[1].shown for row in table.rows]
    assert said == [Words(language).percent(one[1].value) for one in table.rows]


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_reasons_zones_and_gaps_are_those_measured(
    material: Material, language: Language
) -> None:
    told, figures, scene = document(material, language), material.scene.measured(ID), material.scene
    answer = tables(told, "answers")[0].rows[0]
    network = figures["network"]
    expected = [figures["land"]["straight"], figures["straight"]["share"], network["share"]]
    expected += [network["low"], network["high"], figures["target_share"]]
    assert [cell.value for cell in answer[1:7]] == expected
    assert answer[8].value == figures["total"] - network["served"]
    reasons = tables(told, "reasons")[0].rows
    assert values(reasons, 1)[:-1] == sorted(figures["unserved"].values(), reverse=True)
    assert values(reasons, 1)[-1] == pytest.approx(sum(figures["unserved"].values()))
    gaps = tables(told, "gaps_zoned")[0].rows
    assert values(gaps, 3) == scene.gaps[ID]["people"].tolist()
    zones = tables(told, "zones_land")[0].rows
    assert scene.zones is not None
    assert values(zones, 3) == sorted(scene.zones[f"{ID}_share"].dropna())


def test_a_circle_lists_every_service(material: Material) -> None:
    told, figures = document(material, "en"), material.scene.measured("circle_15min")
    rows = tables(told, "services")[0].rows
    shares = [one["share"] for one in figures["categories"].values()]
    assert sorted(values(rows, 4)) == sorted(shares)  # type: ignore[type-var]
    steps = tables(told, "steps")[0].rows
    assert sum(values(steps, 2)) == pytest.approx(1)  # type: ignore[arg-type]


def test_both_languages_have_the_same_blocks(material: Material) -> None:
    zh, en = (document(material, language) for language in LANGUAGES)
    assert [type(one) for one in zh.blocks] == [type(one) for one in en.blocks]
    for ours, theirs in zip(zh.tables, en.tables, strict=True):
        numbers = [[[cell.value for cell in row] for row in one.rows] for one in (ours, theirs)]
        assert numbers[0] == numbers[1]
    chinese = "".join(block.text for block in zh.blocks if isinstance(block, Heading))
    assert not re.search("[a-z]{3}", chinese)
    english = "".join(block.text for block in en.blocks if isinstance(block, Heading))
    assert not re.search("[\u4e00-\u9fff]", english)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_says_the_same(
    material: Material, gallery: Gallery, language: Language
) -> None:
    told = document(material, language)
    expected = paper.of_document(told)
    assert paper.of_page(html.page(told, gallery)) == expected
    assert paper.of_word(paper.reopened(word.written(told, gallery))) == expected


# --- what is said of a standard -------------------------------------------------------------------


def with_source(material: Material, **changes: Any) -> Material:
    """The same material with another source of the standard, and other figures."""
    summary = material.summary
    figures = {**summary["standards"][ID], **changes}
    scene = replace(
        material.scene,
        summary={**summary, "standards": {**summary["standards"], ID: figures}},
    )
    return replace(material, scene=scene)


@pytest.mark.parametrize(
    ("status", "zh"), [("C1", "已核对"), ("C2", "上报前请核对条文"), ("U", "不作为标准")]
)
def test_the_status_of_the_source_is_said(material: Material, status: str, zh: str) -> None:
    source = {**material.scene.measured(ID)["source"], "status": status}
    told = document(with_source(material, source=source), "zh")
    rows = tables(told, "definitions")[0].rows
    assert any(zh in row[1].shown for row in rows)
    heading = next(one for one in told.headings if one.number == "2")
    assert ("非标准" in heading.text) == (status == "U")
    assert ("※" in tables(told, "answers")[0].note) == (status == "U")
    assert any(row[0].shown == "依据文件" for row in rows) == (status != "U")


def test_without_land_nothing_is_judged(material: Material) -> None:
    told = document(with_source(material, land=None), "en")
    answer = tables(told, "answers")[0].rows[0]
    assert answer[1].value is None
    assert answer[7].shown == "not judged: no layer of built-up area"
    assert len(tables(told, "results")[0].rows) == 4


def test_a_target_is_judged_by_what_the_document_divides_by(material: Material) -> None:
    land = material.scene.measured(ID)["land"]
    for straight, said in ((0.95, "met"), (0.85, "not met")):
        told = document(with_source(material, land={**land, "straight": straight}), "en")
        assert tables(told, "answers")[0].rows[0][7].shown == said


def test_a_place_without_facilities_or_homes_is_told(material: Material) -> None:
    told = document(with_source(material, facilities=0), "zh")
    assert any("没有符合条件的设施" in str(block) for block in told.blocks)
    nobody = {"served": 0.0, "share": None}
    empty = with_source(material, total=0.0, network=nobody, straight=nobody, unserved={})
    assert any("没有可量算的住宅" in str(block) for block in document(empty, "zh").blocks)


def test_older_results_are_reported_without_what_they_lack(
    material: Material, bare: Callable[[Scene], Scene], gallery: Gallery
) -> None:
    told = document(replace(material, scene=bare(material.scene)), "zh")
    assert len(tables(told, "gaps")) == 1
    word.written(told, gallery)


# --- what to do -----------------------------------------------------------------------------------


def test_every_reason_calls_for_some_work() -> None:
    assert set(ACTS) == set(REASONS)


def test_gaps_come_with_the_command_that_tests_them(material: Material) -> None:
    rows = tables(document(material, "en"), "priorities")[0].rows
    sizes = values(rows, 3)
    assert sizes == sorted(sizes, reverse=True)  # type: ignore[type-var]
    for row in rows:
        assert re.fullmatch(
            rf"lifecircle (site|links|compare|run) plan\.toml( --standard {ID} .+| .+)?",
            row[6].shown,
        )


def test_a_plan_of_several_words_is_quoted(material: Material) -> None:
    told = document(replace(material, plan="方案 一.toml"), "zh")
    assert '"方案 一.toml"' in tables(told, "priorities")[0].rows[0][6].shown


ANSWER = {
    "standard": {
        "zh": "500 米公交",
        "en": "Bus",
        "category": "bus_stop",
        "source": {"status": "C2"},
    },
    "before": {"served": 100.0, "share": 0.4},
    "after": {"served": 140.0, "share": 0.56},
    "answer": {"proven": True, "gap": 0.0},
    "proposals": [
        {
            "proposal": 1,
            "kind": "site",
            "name": None,
            "street": "人民路",
            "people": 40.0,
            "after": 0.56,
            "built_m": None,
            "against": "over water; my garden",
        }
    ],
}


def test_answers_to_the_same_data_are_cited_and_others_are_not(material: Material) -> None:
    fresh, stale = (Answer("site", folder, ANSWER, folder == "a") for folder in "ab")
    told = document(replace(material, answers=(fresh, stale)), "zh")
    (table,) = tables(told, "proposals")
    assert [cell.value for cell in table.rows[0][3:5]] == [40.0, 0.56]
    assert table.rows[0][6].shown == "跨越水面、my garden"
    text = " ".join(str(block) for block in told.blocks)
    assert "已证明为最优" in text
    assert "b 中的结果所用数据与本报告不同" in text


def test_comparisons_are_cited(material: Material) -> None:
    side = {"before": {"share": 0.4}, "after": {"share": 0.5}, "gained": 30.0, "lost": 2.0}
    standard = {**side, "zh": "公交", "en": "Bus", "source": {"status": "C1"}}
    figures = {"scenarios": [{"name": "桥", "standards": {ID: standard}}]}
    answer = Answer("compare", "compare", figures, fresh=True)
    (table,) = tables(document(replace(material, answers=(answer,)), "en"), "compared")
    assert [cell.value for cell in table.rows[0]] == [None, None, 0.4, 0.5, 30.0, 2.0]


# --- names are data -------------------------------------------------------------------------------


def test_names_stay_text(made: Maker, hostile: tuple[str, ...]) -> None:
    scene = made("zh", names=[*hostile, "a\x00b\x0bc\uffff"])
    told = document(Material(scene, "plan.toml"), "zh")
    gallery = Gallery(scene)
    page = html.page(told, gallery)
    check_sealed(page)
    assert "<script" not in page
    assert "<svg" not in page
    read = paper.reopened(word.written(told, gallery))
    assert "{{ 7*7 }}" in " ".join(
        row[1] for table in paper.of_word(read) for row in table if row[1:]
    )


# --- paper ----------------------------------------------------------------------------------------


def test_word_has_headings_contents_captions_and_repeated_rows(
    material: Material, gallery: Gallery
) -> None:
    told = document(material, "zh")
    content = io.BytesIO()
    made = word.written(told, gallery)
    made.save(content)
    styles = [one.style.name for one in made.paragraphs if one.style]
    assert styles.count("Heading 1") == len([one for one in told.headings if one.level == 1])
    assert styles.count("TOC 1") == styles.count("Heading 1")
    assert styles.count("Caption") == len(
        [one for one in told.blocks if isinstance(one, Figure)] + list(told.tables)
    )
    xml = zipfile.ZipFile(content).read("word/document.xml").decode()
    assert 'TOC \\o "1-2"' in xml
    assert xml.count("<w:tblHeader") == len(told.tables)
    marks = set(re.findall(r'bookmarkStart w:id="\d+" w:name="([\w-]+)"', xml))
    assert {one.anchor for one in told.headings} <= marks
    assert set(re.findall(r"PAGEREF ([\w-]+)", xml)) <= marks
    footer = made.sections[0].footer.paragraphs[0]._p.xml  # noqa: SLF001
    assert " PAGE " in footer


def test_word_finds_everything_in_the_order_of_its_schema(
    material: Material, gallery: Gallery
) -> None:
    made = paper.reopened(word.written(document(material, "zh"), gallery))
    for table in made.tables:
        names = [one.tag.partition("}")[2] for one in table._tbl.tblPr]  # noqa: SLF001
        assert names == sorted(names, key=ooxml.TABLE_ORDER.index)
    order = ["keepNext", "keepLines", "pageBreakBefore", "numPr", "tabs", "spacing", "ind", "jc"]
    for style in made.styles.element.iter(qn("w:pPr")):
        names = [one.tag.partition("}")[2] for one in style]
        known = [name for name in names if name in order]
        assert known == sorted(known, key=order.index)


@pytest.mark.parametrize(("language", "tag"), [("zh", "zh-CN"), ("en", "en-US")])
def test_word_names_its_language_and_chinese_fonts(
    material: Material, gallery: Gallery, language: Language, tag: str
) -> None:
    made = paper.reopened(word.written(document(material, language), gallery))
    (spoken,) = made.styles.element.iter(qn("w:lang"))
    assert spoken.get(qn("w:val")) == tag
    for name, font in (("Normal", "宋体"), ("Heading 1", "黑体"), ("Caption", "黑体")):
        fonts = made.styles[name].element.rPr.find(qn("w:rFonts"))
        assert fonts.get(qn("w:eastAsia")) == font


def test_every_picture_has_words(material: Material, gallery: Gallery) -> None:
    told = document(material, "zh")
    made = word.written(told, gallery)
    assert all(one._inline.docPr.get("descr") for one in made.inline_shapes)  # noqa: SLF001
    assert " alt " not in html.page(told, gallery)


def test_the_page_loads_nothing_and_says_its_language(material: Material, gallery: Gallery) -> None:
    page = html.page(document(material, "zh"), gallery)
    check_sealed(page)
    assert '<html lang="zh-CN">' in page
    assert "default-src 'none'" in page
    assert "@page" in page


# --- pictures -------------------------------------------------------------------------------------


def shades(png: bytes) -> set[tuple[int, ...]]:
    image = Image.open(io.BytesIO(png)).convert("RGB")
    return {tuple(one) for one in np.asarray(image).reshape(-1, 3).tolist()}


def test_the_map_shows_served_unserved_and_gaps(gallery: Gallery) -> None:
    drawn = gallery.draw(Plate(ID))
    colours = shades(drawn.png)
    for wanted in ((0, 114, 178), (230, 159, 0), (213, 94, 0)):
        assert min(sum(abs(a - b) for a, b in zip(wanted, c, strict=True)) for c in colours) < 24
    width, height = Image.open(io.BytesIO(drawn.png)).size
    assert width / height == pytest.approx(drawn.width_cm / drawn.height_cm, rel=0.01)
    assert width == pytest.approx(drawn.width_cm / 2.54 * 200, abs=2)


@pytest.mark.parametrize("key", ["any_stop", "circle_15min"])
def test_unions_and_circles_have_maps(gallery: Gallery, key: str) -> None:
    assert len(shades(gallery.draw(Plate(key)).png)) > 5


def test_pictures_are_drawn_once(gallery: Gallery) -> None:
    for picture in (Bar(0.5), Axis(), Part(0.0), Steps((0.5, 0.25, 0, 0, 0.25, 0)), Swatch("gap")):
        assert gallery.draw(picture) is gallery.draw(replace(picture))


# --- for everyone ---------------------------------------------------------------------------------


def test_the_public_report_holds_no_single_home(made: Maker) -> None:
    scene = made("zh", unit="people", names=["人民路", "某某家的院子"])
    planted = scene.homes.assign(name=["张三的家"] * len(scene.homes))
    material = Material(public(replace(scene, homes=planted), 50), "plan.toml")
    gallery = Gallery(material.scene)
    told = document(material, "zh")
    made_word = word.written(told, gallery)
    content = io.BytesIO()
    made_word.save(content)
    everything = html.page(told, gallery)
    everything += zipfile.ZipFile(content).read("word/document.xml").decode()
    assert "张三" not in everything
    for table in told.tables:
        for row in table.rows:
            assert all(cell.value % 10 == 0 for cell in row if cell.kind == "count" and cell.value)


# --- the layers' own reasons ----------------------------------------------------------------------


def test_every_reason_of_the_layers_is_known_in_chinese() -> None:
    said = {
        *(value for name, value in vars(walkable).items() if name.isupper() and name[0] != "_"),
        *(buildings.OTHER_KIND, buildings.OTHER_USE, buildings.NO_WALLS, buildings.UNUSED),
        *(buildings.NO_FOOTPRINT, buildings.TOO_SMALL, buildings.INSIDE),
        *(stops.SAME_STOP, stops.HALT, stops.BY_ENTRANCES, tagged.MENDED, tagged.NO_OUTLINE),
        *(tagged.NOTHING_INSIDE, tagged.NO_LENGTH, tagged.WITHIN),
        *(osm.CUT_WAY, osm.CUT_OUTLINE, osm.OPEN_OUTLINE, osm.BROKEN_OUTLINE),
    }
    said = {one for one in said if isinstance(one, str)}
    rules = (files("layers") / "categories.toml").read_text("utf-8")
    assert said | set(re.findall(r'^reason = "(.+)"$', rules, re.MULTILINE)) <= set(CHINESE)
    chinese = Words("zh")
    assert (
        retold(chinese, "人口 is not a number (first: row 7)") == "人口 不是数字（首个：第 7 行）"
    )
    assert retold(chinese, "something new") == "something new"
