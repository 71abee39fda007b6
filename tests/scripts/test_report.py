"""From results to report/ on disk: whole or absent, in numbers that Excel can count with."""

from __future__ import annotations

import errno
import json
import shutil
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from maps.report.contents import document
from maps.words import LANGUAGES
from scripts import printed, report
from scripts.answers import answers_beside
from scripts.report import Wish, material_of
from scripts.report_book import FORMATS, report_book
from tests.maps import paper

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl import Workbook

    from maps.report.document import Document
    from tests.scripts.conftest import Typed

FILES = {f"report.{language}.{kind}" for language in LANGUAGES for kind in ("docx", "html")}


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without any browser."""
    monkeypatch.setenv(printed.CHOSEN, "")


@pytest.fixture
def measured(town: Callable[..., Path], lifecircle: Callable[..., Typed]) -> Path:
    """The chessboard town, measured; gives the plan."""
    plan = town()
    assert lifecircle("measure", plan, "--quiet").code == 0
    return plan


def told(plan: Path, **wish: Any) -> list[Document]:
    """The report of a plan as documents, in both languages."""
    material = material_of(plan, plan.parent / "results", Wish(**wish))
    return [document(material, language) for language in LANGUAGES]


@pytest.mark.usefixtures("no_browser")
def test_a_report_is_written_beside_the_results(
    measured: Path, lifecircle: Callable[..., Typed]
) -> None:
    done = lifecircle("report", measured)
    folder = measured.parent / "results" / "report"
    assert done.code == 0
    assert {path.name for path in folder.iterdir()} == {*FILES, "report.xlsx"}
    assert "打开" in done.out
    assert "open" in done.out
    assert not list((measured.parent / "results").glob(".lifecircle-*"))


@pytest.mark.usefixtures("no_browser")
def test_one_language_and_no_pdf(measured: Path, lifecircle: Callable[..., Typed]) -> None:
    done = lifecircle("report", measured, "--lang", "zh", "--no-pdf", "--quiet")
    folder = measured.parent / "results" / "report"
    assert (done.code, done.out) == (0, "")
    names = {"report.zh.docx", "report.zh.html", "report.xlsx"}
    assert {path.name for path in folder.iterdir()} == names


def test_without_results_one_line_says_what_to_do(
    town: Callable[..., Path], lifecircle: Callable[..., Typed]
) -> None:
    done = lifecircle("report", town())
    assert done.code == 2
    assert done.err.count("\n") == 1
    assert "lifecircle measure" in done.err


@pytest.mark.usefixtures("no_browser")
def test_all_formats_on_disk_say_what_summary_json_says(
    measured: Path, lifecircle: Callable[..., Typed]
) -> None:
    lifecircle("report", measured, "--quiet")
    folder, documents = measured.parent / "results" / "report", told(measured)
    for one in documents:
        page = (folder / f"report.{one.language}.html").read_text(encoding="utf-8")
        expected = paper.of_document(one)
        assert paper.of_page(page) == expected
        assert paper.of_word(paper.opened(folder / f"report.{one.language}.docx")) == expected
    summary = json.loads((folder.parent / "summary.json").read_text(encoding="utf-8"))
    book = openpyxl.load_workbook(folder / "report.xlsx")
    shares = {cell.value for row in book["主要结果"].iter_rows(min_row=2) for cell in row}
    for one in summary["standards"].values():
        wanted = {one["network"][key] for key in ("share", "low", "high")}
        assert wanted | {one["straight"]["share"]} <= shares


# --- the workbook ---------------------------------------------------------------------------------


@pytest.fixture
def book(measured: Path) -> tuple[Workbook, list[Document]]:
    documents = told(measured)
    return report_book(documents).pages, documents


def test_numbers_in_the_workbook_are_the_documents(book: tuple[Workbook, list[Document]]) -> None:
    made, (zh, _) = book
    in_sheets = [
        (cell.value, cell.number_format)
        for page in made.worksheets[1:]
        for row in page.iter_rows(min_row=2)
        for cell in row
        if cell.data_type == "n" and cell.value is not None
    ]
    in_tables = [
        (cell.value, FORMATS[cell.kind])
        for table in zh.tables
        if table.topic
        for row in table.rows
        for cell in row
        if cell.value is not None
    ]
    assert sorted(in_sheets) == sorted(in_tables)
    assert "0.0%" in {form for _, form in in_sheets}


def test_texts_stand_in_both_languages(book: tuple[Workbook, list[Document]]) -> None:
    made, _ = book
    heads = [cell.value for cell in made["主要结果"][1]]
    assert heads[0] == "指标\nStandard"
    assert made["主要结果"]["A2"].value == "300 米见绿\nGreen within 300 m"


def test_a_name_is_never_a_formula(measured: Path) -> None:
    summary = measured.parent / "results" / "summary.json"
    figures = json.loads(summary.read_text(encoding="utf-8"))
    figures["place"] = "=HYPERLINK(1)\x00"
    figures["versions"] = {"=1+1": "@SUM(A1)", "long": "长" * 40_000}
    summary.write_text(json.dumps(figures), encoding="utf-8")
    made = report_book(told(measured)).pages
    assert {cell.data_type for page in made for row in page.iter_rows() for cell in row} <= {
        *("n", "s")
    }
    assert made["软件版本"]["A2"].value == "=1+1"


# --- what was asked before ------------------------------------------------------------------------


def test_answers_beside_the_plan_are_cited_only_for_the_same_data(
    measured: Path, lifecircle: Callable[..., Typed]
) -> None:
    asked = ("site", measured, "--standard", "bus_stop_500m", "--new", "1", "--quiet")
    assert lifecircle(*asked).code == 0
    shutil.copytree(measured.parent / "site", measured.parent / "older")
    path = measured.parent / "older" / "summary.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"sha256": "', '"sha256": "0'))
    (measured.parent / "other").mkdir()
    (measured.parent / "other" / "summary.json").write_text("[1, 2")
    summary = json.loads((measured.parent / "results" / "summary.json").read_text("utf-8"))
    found = answers_beside(measured.parent, summary)
    assert [(one.folder, one.verb, one.fresh) for one in found] == [
        ("older", "site", False),
        ("site", "site", True),
    ]
    gained = [table for table in told(measured)[0].tables if table.topic == "proposals"]
    figures = json.loads((measured.parent / "site" / "summary.json").read_text("utf-8"))
    people = [one["people"] for one in figures["proposals"]]
    assert [row[3].value for row in gained[0].rows] == people


# --- for everyone ---------------------------------------------------------------------------------


def test_paths_are_never_told(measured: Path) -> None:
    path = measured.parent / "results" / "summary.json"
    figures = json.loads(path.read_text(encoding="utf-8"))
    figures["inputs"][0]["path"] = r"C:\Users\wang\secret\streets.gpkg"
    figures["inputs"][1]["path"] = "/home/wang/secret/homes.csv"
    path.write_text(json.dumps(figures), encoding="utf-8")
    everything = " ".join(str(block) for one in told(measured) for block in one.blocks)
    assert "secret" not in everything
    assert "streets.gpkg" in everything
    assert figures["inputs"][0]["sha256"] in everything


# --- the browser ----------------------------------------------------------------------------------


def test_a_browser_that_fails_is_told_and_the_rest_is_written(
    measured: Path, lifecircle: Callable[..., Typed], monkeypatch: pytest.MonkeyPatch
) -> None:
    false = shutil.which("false")
    if false is None:
        pytest.skip("no program that does nothing")
    monkeypatch.setenv(printed.CHOSEN, false)
    done = lifecircle("report", measured, "--lang", "en")
    assert done.code == 0
    assert "open" in done.out
    assert (measured.parent / "results" / "report" / "report.en.docx").is_file()


@pytest.mark.browser
def test_the_browser_prints_pages(
    measured: Path, lifecircle: Callable[..., Typed], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(printed.CHOSEN, raising=False)
    if printed.find_browser() is None:
        pytest.skip("no browser")
    assert lifecircle("report", measured, "--lang", "zh").code == 0
    pdf = measured.parent / "results" / "report" / "report.zh.pdf"
    assert pdf.read_bytes().startswith(b"%PDF")


def test_browsers_are_looked_for_where_they_live(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edge = tmp_path / r"Microsoft\Edge\Application\msedge.exe"
    edge.parent.mkdir(parents=True, exist_ok=True)
    edge.touch()
    monkeypatch.delenv(printed.CHOSEN, raising=False)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    assert printed.find_browser() == edge
    monkeypatch.setenv(printed.CHOSEN, str(tmp_path / "nothing"))
    assert printed.find_browser() is None


def test_a_failure_leaves_what_was_there(
    measured: Path, lifecircle: Callable[..., Typed], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = measured.parent / "results" / "report"
    folder.mkdir()
    (folder / "report.xlsx").write_text("before")

    def broken(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(report, "report_book", broken)
    done = lifecircle("report", measured, "--no-pdf", "--quiet")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "the disk is full; free space" in done.err
    assert [path.name for path in folder.iterdir()] == ["report.xlsx"]
    assert (folder / "report.xlsx").read_text() == "before"
