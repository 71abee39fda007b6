"""Tables in text: encodings, units, long plain ones, and what is said of their rows in Chinese."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import shapely
import xlwt

from layers.schema import Reading
from layers.tables import plain
from layers.tables.decoding import FOREIGN, readings
from layers.vector import LayerOptions, read_layer
from scripts.messages import translated
from tests.faults.town import homes

HEAD, *ROWS = homes().to_csv(index=False, lineterminator="\n").splitlines()


def written(folder: Path, lines: list[str], end: str = "\n") -> Path:
    path = folder / "homes.csv"
    path.write_bytes(end.join(lines).encode())
    return path


def told(reading: Reading) -> tuple[object, ...]:
    """What was read, to compare."""
    places = reading.places.drop(columns="geometry")
    taken = {key: reading.taken[key] for key in ("x", "y", "name", "id") if key in reading.taken}
    xy = shapely.get_coordinates(reading.places.geometry).tolist()
    return places.astype(object).fillna(-1).to_numpy().tolist(), xy, taken, reading.tally


LONG_TABLES: dict[str, Callable[[], list[str]]] = {
    "plain": lambda: [HEAD, *ROWS],
    "line ends at the end": lambda: [HEAD, *ROWS, "", ""],
    "empty rows at the end": lambda: [HEAD, *ROWS, ",,,,", ",,,,"],
    "an empty row within": lambda: [HEAD, *ROWS[:5], ",,,,", *ROWS[5:]],
    "an empty line within": lambda: [HEAD, *ROWS[:5], "", *ROWS[5:]],
    "a title": lambda: ["某区小区", "", HEAD, *ROWS],
    "a row of units": lambda: [HEAD, ",,度,度,万人", *ROWS],
    "a short row": lambda: [HEAD, *ROWS, "H99,新村"],
    "a long row": lambda: [HEAD, *ROWS, "H99,新村,117,35.2,5,6,7"],
    "a total": lambda: [HEAD, *ROWS, "合计,,,,2100"],
    "the heading again": lambda: [HEAD, *ROWS[:9], HEAD, *ROWS[9:]],
    "nothing for some": lambda: [HEAD, *ROWS, "H21,,117.001,35.23,", "H22,/,117.002,35.23,无"],
    "words for numbers": lambda: [HEAD, *ROWS, "H21,甲,117.001,35.23,约50", "H22,乙,东,北,5"],
    "marks and units": lambda: [HEAD, *ROWS, "H21,甲,117.001,35.23,1.2万人"],
    "no end of numbers": lambda: [HEAD, *ROWS, "H21,甲,inf,35.23,5", "H22,乙,117.002,35.23,inf"],
    "true and false": lambda: [HEAD, *(row.rpartition(",")[0] + ",TRUE" for row in ROWS)],
    "ids of digits": lambda: [HEAD, *(row.replace("H", "00") for row in ROWS)],
    "ids of long digits": lambda: [HEAD, *(row.replace("H", "37081119990101") for row in ROWS)],
    "names of numbers": lambda: [HEAD, *(row.replace("号院", ".10") for row in ROWS)],
    "names that say true": lambda: [
        HEAD,
        *(row.replace("号院", "") for row in ROWS),
        "H21,True,117.001,35.23,5",
    ],
    "numbers with blanks": lambda: [HEAD, *(row.replace(",", ", ") for row in ROWS)],
    "degrees and minutes": lambda: [HEAD, *ROWS, "H21,甲,117°0′3″E,35.23N,5"],
    "an apostrophe": lambda: [HEAD, *(row.replace("1号院", "1'号院") for row in ROWS)],
    "a comma at the end of rows": lambda: [HEAD, *(f"{row}," for row in ROWS)],
    "a cell more in all rows": lambda: [HEAD, *(f"{row},x" for row in ROWS)],
    "a cell less in all rows": lambda: [f"{HEAD},备注", *ROWS],
    "a title of one cell more": lambda: ["某区小区,,,,,", HEAD, *ROWS],
    "a quotation mark": lambda: [HEAD, *ROWS, 'H21,"甲,117.001,35.23,5'],
    "two rows of headings": lambda: ["编号,小区名称,坐标,,人口", ",,经度,纬度,", *ROWS],
}


@pytest.mark.parametrize("lines", LONG_TABLES.values(), ids=LONG_TABLES)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_long_plain_table_is_read_as_any_other(
    lines: Callable[[], list[str]], end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, lines(), end)
    try:
        expected = told(read_layer("homes", path))
    except Exception as error:  # noqa: BLE001  the same error is right
        expected = (str(error),)
    monkeypatch.setattr(plain, "LONG", 0)
    try:
        found = told(read_layer("homes", path))
    except Exception as error:  # noqa: BLE001
        found = (str(error),)
    assert found == expected


def test_columns_of_numbers_may_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = HEAD.replace("经度", "甲").replace("纬度", "乙").replace("人口", "丙")
    path = written(tmp_path, [head, *ROWS])
    monkeypatch.setattr(plain, "LONG", 0)
    options = LayerOptions(x="甲", y="乙", weight="丙", crs="EPSG:4326")
    assert read_layer("homes", path, options).places["weight"].sum() == 2100


def test_a_long_table_is_split_by_pandas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    used = []
    monkeypatch.setattr(pd, "read_csv", lambda *_, **how: used.append(how) or 1 / 0)
    monkeypatch.setattr(plain, "LONG", 0)
    with pytest.raises(ZeroDivisionError):
        read_layer("homes", written(tmp_path, [HEAD, *ROWS]))
    assert used


def test_lines_in_two_encodings() -> None:
    rest = "名称,经度\n".encode("gbk") * 3
    (text, encoding), *_ = readings(rest + "小学,117".encode(), None)
    assert encoding == "gb18030"
    assert text.replace(FOREIGN, "") == "名称,经度\n" * 3 + "小学,117"
    assert text.count(FOREIGN) == 1


def test_a_damaged_line_is_no_other_encoding() -> None:
    whole = "济宁市任城区太白楼,117\n" * 9
    cut = whole.encode() + "济宁市任城区".encode()[:-1] + b"\xff,117"
    (text, encoding), *_ = readings(cut, None)
    assert encoding == "utf-8-sig"
    assert text.startswith(whole + "济宁市任城")
    assert FOREIGN not in text


@pytest.mark.parametrize(
    "reason",
    [
        "a total, no record",
        "the heading once more",
        "more cells than the heading",
        "fewer cells than the heading",
        "fewer cells than the heading: the last taken as empty",
        "a quotation mark without its twin",
        "a quotation mark without its twin left out",
        "damaged characters",
        "characters of no text left out",
        "text in another encoding than the rest, read as that",
        "经度 or 纬度 is a formula without its value",
        "坐标 is a formula without its value",
        "no coordinates",
        "empty row",
    ],
)
def test_what_is_said_of_rows_is_said_in_chinese(reason: str) -> None:
    chinese = translated(f"{reason} (first: row 3)", "zh")
    assert not set("abcdefghijklmnopqrstuvwxyz") & set(chinese), chinese


@pytest.mark.parametrize("suffix", [".xlsx", ".xls"])
def test_rows_that_a_filter_hides_are_read_and_told(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"homes{suffix}"
    rows = [HEAD.split(","), *homes().to_numpy().tolist()]
    if suffix == ".xls":
        old = xlwt.Workbook()
        sheet = old.add_sheet("小区")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(number, place, cell)
        sheet.row(3).hidden = True
        old.save(str(path))
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.active.row_dimensions[4].hidden = True
        book.save(path)
    reading = read_layer("homes", path)
    assert len(reading.places) == len(ROWS)
    assert reading.taken["hidden rows"] == "1, read like the others"
