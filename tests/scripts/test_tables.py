"""Whatever a layer holds comes back from every file as the same text, or as what is documented."""

from __future__ import annotations

import csv
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.cell import WriteOnlyCell

from maps.report.word import clean
from scripts.export import Wish, export
from scripts.exports.table import guarded, write_rows
from scripts.screen import Steps
from scripts.writing import cells, sheets
from scripts.writing.cells import cell_text, fill, plain_text, sheet_title
from scripts.writing.sheets import Book, sheet
from scripts.writing.storable import json_bytes
from scripts.writing.write import write_layers

FIGURES: dict[str, Any] = {
    "place": "任城", "language": "en", "unit": "people", "crs": "EPSG:4548",
    "created": "2026-01-01T00:00:00+00:00",
    "data": {"credit": "c", "date": None}, "standards": {},
}  # fmt: skip
HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "#N/A", "#DIV/0!", "1e5", "007",
    "TRUE", "2026-01-01", "nan", "NaN", "NULL", "", " ", " lead", "trail ", "a\x00b", "\x1f",
    "\x7f", "\x85", "\ud800", "\udfff!", "\ufffe\uffff", "\u202eabc", "مرحبا", "😀" * 3, "e\u0301",
    "a\r\nb\rc\nd", '"', "'", "'=1", "a,b;c\td", "<b>&amp;</b>", "{{ 7*7 }}", "${x}", "`id`", "]]>",
    "_x0041_", "济宁市任城区", "\ufeffbom", "\u2028", "𠮷", "a" * 40_000, "字" * 40_000,
]  # fmt: skip

quick = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
texts = st.lists(st.text(st.characters(exclude_categories=[])), min_size=1, max_size=30)


def stored(text: str) -> str:
    """What a GeoPackage gives back: NUL and halves of pairs are told from all else by nothing."""
    return "".join("\ufffd" if one == "\0" or "\ud800" <= one <= "\udfff" else one for one in text)


def layer_of(names: list[str]) -> gpd.GeoDataFrame:
    points = shapely.points(np.arange(len(names)) + 5e5, 3.9e6)
    ids = [str(row) for row in range(len(names))]
    any_text = pd.Series(names, dtype=object)  # pandas' own texts cannot be halves of pairs
    return gpd.GeoDataFrame({"home": ids, "name": any_text}, geometry=points, crs="EPSG:4548")


def names_of(table: pd.DataFrame) -> list[str]:
    """The names; nothing is as good as no letters."""
    return ["" if pd.isna(one) else one for one in table["name"]]


@quick
@given(texts)
@example(HOSTILE)
def test_a_geopackage_gives_the_text_back(tmp_path: Path, names: list[str]) -> None:
    path = tmp_path / "results.gpkg"
    path.unlink(missing_ok=True)
    write_layers({"homes": layer_of(names)}, path, FIGURES)
    read = pyogrio.read_dataframe(path, layer="homes")
    assert names_of(read) == [stored(one) for one in names]


@quick
@given(st.text(st.characters(exclude_categories=[])), st.floats(), st.integers())
def test_json_gives_the_text_back_and_no_number_that_is_none(
    text: str, number: float, whole: int
) -> None:
    raw = json_bytes({"text": text, text: [number, (number, {"deep": number})], "whole": whole})
    raw.decode("utf-8")
    read = json.loads(raw, parse_constant=pytest.fail)
    meant = number if np.isfinite(number) else None
    assert read["whole"] == whole or text == "whole"
    assert read[text] == [meant, [meant, {"deep": meant}]]
    assert read["text"] == text or text in ("text", "whole")


@quick
@given(texts)
@example(HOSTILE)
def test_a_workbook_gives_the_text_back_and_computes_nothing(names: list[str]) -> None:
    book = Book("en")
    sheet(book, "names", [["name"], *([one] for one in names)])
    file = BytesIO()
    book.save(file)
    page = openpyxl.load_workbook(file)["names"]
    found = [page.cell(row + 2, 1) for row in range(len(names))]
    assert [one.value or "" for one in found] == [cell_text(one)[0] for one in names]
    for cell, meant in zip(found, names, strict=True):
        assert cell.data_type == ("s" if meant else "n")
        assert bool(cell.quotePrefix) == cell_text(meant)[0].startswith(cells.FORMULA)


def test_what_a_sheet_cannot_hold_is_cut_for_all_to_see_and_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 4)
    book = Book("en")
    sheet(book, "names", [["name"], ["字" * 40_000], ["b"], ["😀" * 20_000], ["d"], ["e"]])
    file = BytesIO()
    book.save(file)
    read = openpyxl.load_workbook(file)
    rows = [row[0] for row in read["names"].iter_rows(values_only=True)]
    assert [len(row.encode("utf-16-le")) // 2 for row in rows] == [4, 32_767, 1, 32_766]
    assert rows[1].endswith("字 […]")
    assert rows[3].endswith("😀 […]")
    notes = dict(read["Notes"].iter_rows(values_only=True))
    assert [*notes.values()] == [2, 2]
    assert "cut" in next(iter(notes))


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (1.5, 1.5), (np.float64(2.25), 2.25), (np.int64(7), 7), (True, True), (None, None),
        (float("nan"), None), (float("inf"), None), (-np.inf, None), (np.float32("nan"), None),
        (999_999_999_999_999, 999_999_999_999_999), (370811199001011234, "370811199001011234"),
        (np.int64(2**53 + 1), "9007199254740993"), (-(10**15), "-1000000000000000"),
    ],
)  # fmt: skip
def test_numbers_stay_numbers_unless_a_sheet_would_round_them(value: Any, kept: Any) -> None:
    book = openpyxl.Workbook()
    fill(book.active["A1"], value)
    file = BytesIO()
    book.save(file)
    read = openpyxl.load_workbook(file).active["A1"].value
    assert read == kept
    assert type(read) in (type(kept), int if isinstance(kept, float) else type(kept))


@given(st.lists(st.text(st.characters(exclude_categories=[])), max_size=5))
@example(["a/b", "A:B", "history", "'x'", "", "x" * 40, "x" * 41, "\x00", "?" * 40])
@settings(deadline=None, max_examples=50)
def test_any_names_make_titles_that_excel_takes(names: list[str]) -> None:
    book = openpyxl.Workbook()
    for name in names:
        book.create_sheet(sheet_title(name, book.sheetnames))
    titles = book.sheetnames
    assert len({one.casefold() for one in titles}) == len(titles)
    for title in titles:
        assert 0 < len(title.encode("utf-16-le")) // 2 <= 31
        assert not set(title) & set("[]:*?/\\")
        assert not title.startswith("'")
        assert not title.endswith("'")
    file = BytesIO()
    book.save(file)
    assert openpyxl.load_workbook(file).sheetnames == titles


def results(folder: Path, names: list[str]) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "results.gpkg").unlink(missing_ok=True)
    write_layers({"homes": layer_of(names)}, folder / "results.gpkg", FIGURES)
    (folder / "summary.json").write_bytes(json_bytes(FIGURES))
    return folder


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every hostile text, exported in every format."""
    base = tmp_path_factory.mktemp("hostile")
    kinds = ("csv", "xlsx", "geojson", "flatgeobuf", "kml", "shapefile")
    export(results(base / "in", HOSTILE), Wish(kinds), base / "out", Steps(quiet=True))
    return base / "out"


def test_geojson_and_flatgeobuf_give_the_text_back(exported: Path) -> None:
    read = json.loads((exported / "geojson" / "homes.geojson").read_text("utf-8"))
    meant = [stored(one) for one in HOSTILE]
    assert [one["properties"]["name"] or "" for one in read["features"]] == meant
    table = pyogrio.read_dataframe(exported / "flatgeobuf" / "homes.fgb")
    by_home = table.assign(home=table["home"].astype(int)).sort_values("home")
    assert names_of(by_home) == meant


def test_csv_gives_the_text_back_but_for_the_apostrophe(exported: Path) -> None:
    with (exported / "csv" / "homes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(HOSTILE)
    for row, meant in zip(rows, HOSTILE, strict=True):
        text = row["name"]
        assert not text.startswith(cells.FORMULA)
        assert "\0" not in text
        if meant.isprintable():
            assert text == guarded(meant)


def test_the_exported_workbook_holds_text_as_text(exported: Path) -> None:
    page = openpyxl.load_workbook(exported / "xlsx" / "results.xlsx")["homes"]
    at = [cell.value for cell in page[1]].index("name") + 1
    for row, meant in enumerate(HOSTILE, start=2):
        cell = page.cell(row, at)
        assert (cell.value or "") == cell_text(stored(meant))[0]
        assert cell.data_type in "sn"
        assert cell.value is None or cell.data_type == "s"


def test_rows_of_text_in_csv_never_compute(tmp_path: Path) -> None:
    write_rows([HOSTILE], tmp_path / "rows.csv")
    with (tmp_path / "rows.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.reader(file)
    assert row == [guarded(plain_text(one)) for one in HOSTILE]
    assert not any(one.startswith(cells.FORMULA) for one in row)


@quick
@given(texts)
@example([one for one in HOSTILE if len(one) < 100])
def test_word_takes_any_text(names: list[str]) -> None:
    word = docx.Document()
    for one in names:
        word.add_paragraph(clean(one))
    file = BytesIO()
    word.save(file)
    assert len(docx.Document(file).paragraphs) == len(names)


def test_a_write_only_sheet_takes_any_value() -> None:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("x")
    row = []
    for one in HOSTILE:
        cell = WriteOnlyCell(page)
        fill(cell, one)
        row.append(cell)
    page.append(row)
    file = BytesIO()
    book.save(file)
    read = openpyxl.load_workbook(file)["x"]
    assert [cell.value or "" for cell in read[1]] == [cell_text(one)[0] for one in HOSTILE]
