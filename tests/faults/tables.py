"""Tables as planners keep them: titles, units, totals, merged cells, odd separators, encodings."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

from tests.faults.town import (
    Fault,
    change_plan,
    facility_rows,
    homes,
    write_book,
)

HOMES, BOOK = "homes.csv", "facilities.xlsx"
ENTRY, BOOK_ENTRY = 'homes = "homes.csv"', 'facilities = "facilities.xlsx"'


def csv(change: Callable[[pd.DataFrame], pd.DataFrame] = lambda rows: rows, **how: Any) -> Any:
    """Write the homes otherwise; `file` and `entry` change the plan, `text` what is written."""
    file, entry = how.pop("file", HOMES), how.pop("entry", "")
    text = how.pop("text", lambda written: written)
    encoding = how.pop("encoding", "utf-8")

    def spoil(folder: Path) -> None:
        held = io.StringIO()
        change(homes()).to_csv(held, **{"index": False, "lineterminator": "\n"} | how)
        (folder / HOMES).unlink()
        (folder / file).write_bytes(text(held.getvalue()).encode(encoding))
        if entry or file != HOMES:
            change_plan(folder, ENTRY, f'homes = {{path="{file}"{entry}}}')

    return spoil


def named(**names: str) -> Callable[[pd.DataFrame], pd.DataFrame]:
    return lambda rows: rows.rename(columns=names)


def with_column(name: str, cells: Callable[[pd.DataFrame], Any]) -> Any:
    return lambda rows: rows.assign(**{name: cells(rows)})


def line(text: str) -> Callable[[str], str]:
    """Add a line at the end."""
    return lambda written: written + text + "\n"


def first(text: str) -> Callable[[str], str]:
    """Put lines before the heading."""
    return lambda written: text + "\n" + written


def cell(row: int, column: str, value: object) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Change one cell; rows count from 0."""

    def change(rows: pd.DataFrame) -> pd.DataFrame:
        rows = rows.astype(object)
        rows.loc[row, column] = value
        return rows

    return change


def degrees(value: float) -> str:
    minutes, seconds = divmod(round(value * 3600, 6), 60)
    whole, minutes = divmod(int(minutes), 60)
    return f"{whole}°{minutes:02}′{seconds:.6f}″"


def book(change: Callable[[Any], Any], *, entry: str = "", first_row: int = 1) -> Any:
    """Write the facilities into a workbook, then change its sheet."""

    def spoil(folder: Path) -> None:
        held = openpyxl.Workbook()
        sheet = held.active
        sheet.title = "设施"
        for number, row in enumerate(facility_rows()):
            for place, value in enumerate(row):
                sheet.cell(first_row + number, place + 1, value)
        change(sheet)
        held.save(folder / BOOK)
        if entry:
            change_plan(folder, BOOK_ENTRY, f'facilities = {{path="{BOOK}", {entry}}}')

    return spoil


def titled(sheet: Any) -> None:
    sheet.insert_rows(1, 2)
    sheet["A1"] = "济宁市任城区公共服务设施一览表"
    sheet.merge_cells("A1:D1")


def in_two_rows(sheet: Any) -> None:
    """Name and category over both rows, the coordinates under one heading."""
    sheet.insert_rows(1)
    for column in "AB":
        sheet[f"{column}1"] = sheet[f"{column}2"].value
        sheet[f"{column}2"] = None
        sheet.merge_cells(f"{column}1:{column}2")
    sheet["C1"] = "坐标"
    sheet.merge_cells("C1:D1")


def as_text(sheet: Any) -> None:
    for row in sheet.iter_rows(min_row=2, min_col=3):
        for one in row:
            one.value = f" {one.value} "


def merged_categories(sheet: Any) -> None:
    """Two primary schools share one cell of the category."""
    sheet["B3"] = None
    sheet.merge_cells("B2:B3")


def another(title: str, rows: Sequence[Sequence[object]], *, hidden: bool = False) -> Any:
    def change(sheet: Any) -> None:
        more = sheet.parent.create_sheet(title)
        for row in rows:
            more.append(list(row))
        if hidden:
            more.sheet_state = "hidden"

    return change


def added(*rows: Sequence[object]) -> Any:
    def change(sheet: Any) -> None:
        for row in rows:
            sheet.append(list(row))

    return change


def gaps(sheet: Any) -> None:
    sheet.insert_rows(3, 4)
    sheet.insert_cols(2, 1)


def formulas(sheet: Any) -> None:
    """Coordinates that Excel would count, and has not."""
    for row in sheet.iter_rows(min_row=2, min_col=3, max_col=3):
        row[0].value = f"={row[0].value}+0"


def hidden_rows(sheet: Any) -> None:
    sheet.row_dimensions[3].hidden = True
    sheet.auto_filter.ref = "A1:D6"


def raw(content: bytes | Callable[[bytes], bytes], file: str = BOOK) -> Any:
    def spoil(folder: Path) -> None:
        held = (folder / BOOK).read_bytes()
        (folder / BOOK).unlink()
        (folder / file).write_bytes(content(held) if callable(content) else content)
        if file != BOOK:
            change_plan(folder, f'"{BOOK}"', f'"{file}"')

    return spoil


def repacked(change: Callable[[str, bytes], bytes | None]) -> Callable[[bytes], bytes]:
    """A workbook with its parts changed; None takes one out."""

    def made(content: bytes) -> bytes:
        held = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(held, "w") as new:
            for name in old.namelist():
                part = change(name, old.read(name))
                if part is not None:
                    new.writestr(name, part)
        return held.getvalue()

    return made


def laughing(name: str, part: bytes) -> bytes:
    if not name.endswith("sheet1.xml"):
        return part
    head = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    return part.replace(b"<worksheet", head + b"<worksheet", 1)


def without(ending: str) -> Callable[[str, bytes], bytes | None]:
    return lambda name, part: None if name.endswith(ending) else part


def broken(name: str, part: bytes) -> bytes:
    return part[: len(part) // 2] if name.endswith("sheet1.xml") else part


def as_page(content: bytes) -> bytes:
    del content
    return b"<html><table><tr><td>x</td></tr></table></html>"


def tabbed(folder: Path) -> None:
    """Text with tabs under an Excel name, as many systems export it."""
    rows = facility_rows()
    text = "\n".join("\t".join(map(str, row)) for row in rows)
    (folder / BOOK).write_bytes(text.encode("utf-16"))


def joint(rows: pd.DataFrame) -> pd.DataFrame:
    both = rows["经度"].astype(str) + "," + rows["纬度"].astype(str)
    return rows.drop(columns=["经度", "纬度"]).assign(坐标=both)


def wkt(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.drop(columns=["经度", "纬度"]).assign(
        WKT="POINT (" + rows["经度"].astype(str) + " " + rows["纬度"].astype(str) + ")"
    )


def in_dms(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(经度=rows["经度"].map(degrees) + "E", 纬度=rows["纬度"].map(degrees) + "N")


def comma(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        **{name: rows[name].astype(str).str.replace(".", ",") for name in ("经度", "纬度")}
    )


def text_of(rows: pd.DataFrame, pattern: str) -> pd.Series:
    return rows["人口"].map(pattern.format)


WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
ONE = {"homes": {"": 1}}


def one(reason: str, **more: Any) -> dict[str, Any]:
    """One record counted with a reason, 19 in use."""
    return {"counted": {"homes": {reason: 1}}, "used": {"homes": 19}} | more


def extra(reason: str) -> dict[str, Any]:
    """One record more that is counted, and the town the same."""
    return {"counted": {"homes": {reason: 1}}, "same": True}


def told(name: str, spoil: Callable[[Path], None], *error: str) -> Fault:
    return Fault(name, spoil, error=error)


FAULTS: list[Fault] = [
    # Text written otherwise, the same homes.
    Fault("GBK", csv(encoding="gbk")),
    Fault("GB 18030", csv(encoding="gb18030")),
    Fault("with a mark of order", csv(encoding="utf-8-sig")),
    Fault("UTF-16", csv(encoding="utf-16")),
    Fault("UTF-16 without a mark", csv(encoding="utf-16-le")),
    Fault(
        "Big5, said",
        csv(
            lambda rows: rows.assign(小区名称="院").rename(
                columns={"小区名称": "名稱", "编号": "id", "经度": "lon", "纬度": "lat"}
            ),
            encoding="big5",
            entry=', encoding="big5"',
        ),
        same=False,
        used={"homes": 20},
    ),
    Fault("semicolons", csv(sep=";")),
    Fault("tabs in a .csv", csv(sep="\t")),
    Fault("tabs in a .tsv", csv(sep="\t", file="homes.tsv")),
    Fault("bars", csv(sep="|")),
    Fault("full-width commas", csv(text=lambda text: text.replace(",", "，"))),
    Fault("a .txt", csv(file="homes.txt")),
    Fault("its name in capitals", csv(file="HOMES.CSV")),
    Fault("Excel's line of the separator", csv(sep=";", text=first("sep=;"))),
    Fault("semicolons and decimal commas", csv(comma, sep=";")),
    Fault("tabs and decimal commas", csv(comma, sep="\t")),
    Fault("all cells quoted", csv(quoting=1)),
    Fault("CRLF", csv(lineterminator="\r\n")),
    Fault("CR alone, as an old Mac writes it", csv(lineterminator="\r")),
    Fault("no line end at the end", csv(text=str.rstrip)),
    Fault("blanks around cells", csv(text=lambda text: text.replace(",", " , "))),
    Fault("a title above", csv(text=first("济宁市小区人口统计表,,,,\n,,,,"))),
    Fault("commas at the end of each line", csv(text=lambda text: text.replace("\n", ",\n"))),
    Fault("a path with blanks and Chinese", csv(file="任城区 小区（2026）.csv")),
    Fault(
        "full-width digits",
        csv(lambda rows: rows.assign(人口=text_of(rows, "{}").str.translate(WIDE))),
    ),
    Fault("marks between thousands", csv(lambda rows: rows.assign(人口=text_of(rows, "{:,}")))),
    Fault("people with their unit", csv(lambda rows: rows.assign(人口=text_of(rows, "{}人")))),
    Fault(
        "people in ten thousands, by cell",
        csv(lambda rows: rows.assign(人口=rows["人口"].map(lambda n: f"{n / 10000}万"))),
    ),
    Fault("a unit in the heading", csv(named(人口="人口（人）"))),
    Fault(
        "English headings",
        csv(
            named(编号="id", 小区名称="name", 经度="Longitude", 纬度="Latitude", 人口="Population")
        ),
    ),
    Fault("short headings", csv(named(经度="lng", 纬度="lat", 人口="pop"))),
    Fault("headings with a line break", csv(named(经度="经度\n(度)", 纬度="纬度\n(度)"))),
    Fault("degrees, minutes, seconds", csv(in_dms)),
    Fault("both coordinates in one cell", csv(joint)),
    Fault("points as WKT", csv(wkt)),
    Fault(
        "degrees with their side",
        csv(
            lambda rows: rows.assign(
                经度="东经" + rows["经度"].astype(str), 纬度="北纬" + rows["纬度"].astype(str)
            )
        ),
    ),
    Fault("columns in another order", csv(lambda rows: rows[rows.columns[::-1]])),
    Fault("columns more", csv(lambda rows: rows.assign(备注="=1+1", 建成年份=1998, 楼栋数=3))),
    Fault("an empty column", csv(lambda rows: rows.assign(**{"": None}))),
    Fault(
        "empty lines",
        csv(text=lambda text: text.replace("\n", "\n\n")),
        counted={"homes": {"empty row": 20}},
        same=True,
    ),
    Fault(
        "names with commas and quotation marks", csv(lambda rows: rows.assign(备注='他说："一,二"'))
    ),
    # Counted.
    Fault("a total at the end", csv(text=line("合计,,,,2100")), **extra("a total, no record")),
    Fault(
        "a note at the end", csv(text=line("注：数据截至2025年底,,,,")), **extra("(first: row 22)")
    ),
    Fault(
        "the heading once more",
        csv(text=lambda text: text + text.partition("\n")[0] + "\n"),
        **extra("the heading once more"),
    ),
    Fault(
        "a home without coordinates", csv(text=line("H99,新村,,,50")), **extra("(first: row 22)")
    ),
    Fault("a home at 0, 0", csv(text=line("H99,新村,0,0,50")), **extra("coordinates are 0, 0")),
    Fault(
        "a longitude whose point was lost",
        csv(text=line("H99,新村,11700123,35.229,50")),
        **extra("(first: row 22)"),
    ),
    Fault(
        "a home swapped among others",
        csv(text=line("H99,新村,35.229,117.0005,50")),
        **extra("(first: row 22)"),
    ),
    Fault("a home in words", csv(text=line("H99,新村,东边,北边,50")), **extra("(first: row 22)")),
    Fault(
        "about so many people",
        csv(cell(4, "人口", "约50")),
        **one("人口 is not a number (first: row 6)"),
    ),
    Fault(
        "fewer than no people", csv(cell(4, "人口", -50)), **one("人口 is negative (first: row 6)")
    ),
    Fault(
        "infinite people", csv(cell(4, "人口", "inf")), **one("人口 is not a number (first: row 6)")
    ),
    Fault(
        "no people",
        csv(cell(4, "人口", None)),
        counted={"homes": {"no number of people": 1}},
        used={"homes": 20},
    ),
    Fault(
        "a home twice",
        csv(text=line("H20,20号院," + ",".join(map(str, homes().iloc[19, 2:5])))),
        **extra("the same record twice"),
    ),
    Fault(
        "a row with a cell too many",
        csv(text=line("H99,新村,x,117.0005,35.229,50")),
        **extra("more cells than the heading"),
    ),
    Fault(
        "a row cut short",
        csv(text=line("H99,新村,117.0005")),
        **extra("fewer cells than the heading"),
    ),
    Fault(
        "a quotation mark without its twin",
        csv(text=line('H99,"新村,117.0005,35.229,50')),
        counted={"homes": {"quotation mark": 1}},
        same=False,
        used={"homes": 21},
    ),
    # Refused.
    told("empty", csv(text=lambda _: ""), "homes.csv, homes", "empty"),
    told(
        "a heading alone",
        csv(text=lambda text: text.partition("\n")[0] + "\n"),
        "homes.csv, homes",
        "is empty",
    ),
    told("no heading", csv(header=False), "homes.csv, homes", "x"),
    told(
        "no coordinates",
        csv(lambda rows: rows.drop(columns=["经度", "纬度"])),
        "homes.csv, homes",
        "x = ",
    ),
    told("no latitude", csv(lambda rows: rows.drop(columns="纬度")), "homes.csv, homes", "y = "),
    told(
        "longitude and latitude swapped",
        csv(lambda rows: rows.rename(columns={"经度": "纬度", "纬度": "经度"})),
        "homes.csv, homes",
        "swapped",
    ),
    told(
        "two columns of people",
        csv(with_column("常住人口", lambda rows: rows["人口"])),
        "homes.csv, homes",
        "several columns for the number of people",
        "weight =",
    ),
    told(
        "two columns of one name",
        csv(lambda rows: pd.concat([rows, rows[["人口"]]], axis=1)),
        "homes.csv, homes",
        "人口",
    ),
    told(
        "people in words only",
        csv(lambda rows: rows.assign(人口="很多")),
        "homes.csv, homes",
        "人口",
    ),
    told(
        "a column that is not there",
        csv(entry=', weight="居民"'),
        "homes.csv, homes",
        "has no column '居民'",
        "'人口'",
    ),
    told(
        "an encoding that is not known",
        csv(entry=', encoding="klingon"'),
        "homes.csv, homes",
        "encoding 'klingon' is not known",
    ),
    told(
        "bytes of no encoding",
        csv(text=lambda text: text, encoding="utf-8", entry=', encoding="ascii"'),
        "homes.csv, homes",
        "not in ascii",
    ),
    told(
        "a picture called .csv",
        lambda folder: (folder / HOMES).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9),
        "homes.csv, homes",
        "picture",
    ),
    # Workbooks, the same facilities.
    Fault("a title in merged cells", book(titled)),
    Fault("a heading in two rows", book(in_two_rows)),
    Fault("numbers as text", book(as_text)),
    Fault("a category in merged cells", book(merged_categories)),
    Fault(
        "empty rows and columns", book(gaps), counted={"facilities": {"empty row": 4}}, same=True
    ),
    Fault(
        "far from the corner",
        book(lambda sheet: (sheet.insert_rows(1, 7), sheet.insert_cols(1, 3))),
    ),
    Fault("a sheet more that is empty", book(another("Sheet2", []))),
    Fault("a hidden sheet more", book(another("旧", facility_rows(), hidden=True))),
    Fault(
        "the sheet named", book(another("公园", [["名称", "经度", "纬度"]]), entry='sheet="设施"')
    ),
    Fault("hidden rows and a filter", book(hidden_rows)),
    Fault(
        "a total at the end of a sheet",
        book(added(["合计", "5处", None, None])),
        counted={"facilities": {"(first: row 7)": 1}},
        same=True,
    ),
    Fault(
        "dates beside",
        book(
            lambda sheet: [
                setattr(sheet.cell(row, 5), "value", dt.date(2020, 1, row)) for row in range(2, 7)
            ]
        ),
    ),
    Fault("a workbook with macros", raw(lambda held: held, "facilities.xlsm")),
    Fault("a workbook called .xls", raw(lambda held: held, "facilities.xls")),
    # Workbooks that are refused.
    told(
        "two sheets that fit",
        book(lambda sheet: (setattr(sheet, "title", "一"), another("二", facility_rows())(sheet))),
        "facilities.xlsx, facilities",
        "several sheets: '一', '二'",
        "sheet = ",
    ),
    told(
        "a sheet that is not there",
        book(lambda _: None, entry='sheet="公园"'),
        "facilities.xlsx, facilities",
        "'公园'",
        "'设施'",
    ),
    told("formulas that nobody counted", book(formulas), "facilities.xlsx, facilities", "formula"),
    told(
        "no sheet with anything",
        lambda folder: write_book(folder / BOOK, []),
        "facilities.xlsx, facilities",
        "empty",
    ),
    told(
        "no categories",
        lambda folder: write_book(folder / BOOK, [[*row[:1], *row[2:]] for row in facility_rows()]),
        "facilities.xlsx, facilities",
        "category = ",
    ),
    told(
        "entities in a workbook", raw(repacked(laughing)), "facilities.xlsx, facilities", "entities"
    ),
    told(
        "a workbook without its sheet",
        raw(repacked(without("sheet1.xml"))),
        "facilities.xlsx, facilities",
        "cannot be read",
    ),
    told(
        "a sheet cut in two", raw(repacked(broken)), "facilities.xlsx, facilities", "cannot be read"
    ),
    told(
        "a workbook cut in two",
        raw(lambda held: held[: len(held) // 2]),
        "facilities.xlsx, facilities",
        "cannot be read",
    ),
    told(
        "a page of the web called .xls",
        raw(as_page, "facilities.xls"),
        "facilities.xls, facilities",
        "web page",
    ),
    Fault("text under an Excel name", tabbed),
    told(
        "a workbook with a password",
        raw(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(504)
            + "EncryptedPackage".encode("utf-16-le")
            + bytes(1000)
        ),
        "facilities.xlsx, facilities",
    ),
    told(
        "a binary workbook",
        raw(lambda held: held, "facilities.xlsb"),
        "facilities.xlsb, facilities",
        ".xlsx",
    ),
    told(
        "a table of LibreOffice",
        raw(b"PK\x03\x04", "facilities.ods"),
        "facilities.ods, facilities",
        ".xlsx",
    ),
    told(
        "a table of WPS",
        raw(b"\xd0\xcf\x11\xe0", "facilities.et"),
        "facilities.et, facilities",
        ".xlsx",
    ),
    told("Office's lock file", raw(b"x", "~$facilities.xlsx"), "lock file"),
]
