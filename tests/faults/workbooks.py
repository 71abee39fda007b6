"""Workbooks as planners and their programs keep them: titles, merged cells, sheets, old Excel."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlwt

from tests.faults.tables import told
from tests.faults.town import Fault, change_plan, facility_rows, write_book

BOOK, BOOK_ENTRY = "facilities.xlsx", 'facilities = "facilities.xlsx"'
STRICT = b"http://purl.oclc.org/ooxml/"
XML_2003 = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'


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


def typed(rows: Sequence[Sequence[object]], strings: str = "", sheet: str = "") -> bytes:
    """A workbook written by hand as Excel does, its texts shared; parts may be changed."""
    texts: list[str] = []
    written = []
    for number, row in enumerate(rows, 1):
        cells = []
        for letter, cell in zip("ABCDEFG", row, strict=False):
            place = f'r="{letter}{number}"'
            if isinstance(cell, str):
                texts.append(cell)
                cells.append(f'<c {place} t="s"><v>{len(texts) - 1}</v></c>')
            else:
                cells.append(f"<c {place}><v>{cell}</v></c>")
        written.append(f'<row r="{number}">{"".join(cells)}</row>')
    shared = "".join(f"<si><t>{text}</t></si>" for text in texts)
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ties = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{ties}"><sheets>'
        '<sheet name="设施" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="rId1" '
        f'Type="{ties}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/sharedStrings.xml": strings or f"<sst {main}>{shared}</sst>",
        "xl/worksheets/sheet1.xml": sheet
        or f"<worksheet {main}><sheetData>{''.join(written)}</sheetData></worksheet>",
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as pack:
        for name, part in parts.items():
            pack.writestr(name, part)
    return held.getvalue()


def changed(part: str, old: str, new: str) -> Any:
    """The workbook written by hand, with a text in one of its parts replaced."""

    def change(name: str, content: bytes) -> bytes:
        if not name.endswith(part):
            return content
        assert old.encode() in content, content
        return content.replace(old.encode(), new.encode())

    return raw(lambda _: repacked(change)(typed(facility_rows())))


def in_utf_16(name: str, part: bytes) -> bytes:
    text = '<?xml version="1.0" encoding="UTF-16"?>' + part.decode()
    return text.encode("utf-16") if name.endswith("sheet1.xml") else part


def with_prefix(name: str, part: bytes) -> bytes:
    """Elements as some programs of Java write them: ``<x:row>``."""
    if not name.endswith(("sheet1.xml", "Strings.xml")):
        return part
    return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", part).replace(b"xmlns=", b"xmlns:x=")


def old_book(
    change: Callable[[Any], Any] = lambda _: None, file: str = "facilities.xls"
) -> Callable[[Path], None]:
    """Write the facilities as an old workbook."""

    def spoil(folder: Path) -> None:
        held = xlwt.Workbook()
        sheet = held.add_sheet("设施", cell_overwrite_ok=True)
        for number, row in enumerate(facility_rows()):
            for place, value in enumerate(row):
                sheet.write(number, place, value)
        change(sheet)
        (folder / BOOK).unlink()
        held.save(str(folder / file))
        change_plan(folder, f'"{BOOK}"', f'"{file}"')

    return spoil


def only_hidden(sheet: Any) -> None:
    sheet.sheet_state = "hidden"
    sheet.parent.create_sheet("说明")["A1"] = "数据见隐藏的工作表"
    sheet.parent.active = 1


def paged(head: str = "", mark: str = "td", encoding: str = "utf-8") -> Any:
    """The facilities as a page of the web under an Excel name."""
    rows = (
        "<tr>" + "".join(f"<{mark} class=xl65>{cell}</{mark}>\r\n" for cell in row)
        for row in facility_rows()
    )
    text = f"<html><head><style><!--td{{}}--></style></head><table>{head}{''.join(rows)}</table>"
    return raw(lambda _: text.encode(encoding), "facilities.xls")


def without_places(name: str, part: bytes) -> bytes:
    return re.sub(rb' r="[A-Z]*[0-9]+"', b"", part) if name.endswith("sheet1.xml") else part


def strict(name: str, part: bytes) -> bytes:
    del name
    schemas = b"http://schemas.openxmlformats.org/"
    part = part.replace(schemas + b"spreadsheetml/2006/main", STRICT + b"spreadsheetml/main")
    ties = b"officeDocument/2006/relationships"
    return part.replace(schemas + ties, STRICT + b"officeDocument/relationships")


def swollen(_: bytes) -> bytes:
    held = io.BytesIO(typed(facility_rows()))
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("xl/styles.xml", b" " * 80_000_000)
    return held.getvalue()


def charted(sheet: Any) -> None:
    sheet.parent.create_chartsheet("图", 0)


def old_text(sheet: Any) -> None:
    for number, row in enumerate(facility_rows()[1:], 1):
        for place in (2, 3):
            sheet.write(number, place, f" {row[place]}")


def halved_old(folder: Path) -> None:
    old_book()(folder)
    path = folder / "facilities.xls"
    path.write_bytes(path.read_bytes()[:2000])


def tabbed_text(mark: str = "\t") -> str:
    return "\n".join(mark.join(map(str, row)) for row in facility_rows())


FAULTS: list[Fault] = [
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
    # Workbooks as other programs write them, the same facilities.
    Fault("shared texts", raw(lambda _: typed(facility_rows()))),
    Fault(
        "a guide to pronunciation",
        changed(
            "Strings.xml",
            "<si><t>一小</t></si>",
            '<si><r><t>一</t></r><r><t>小</t></r><rPh sb="0" eb="1"><t>いち</t></rPh></si>',
        ),
    ),
    Fault(
        "texts in their cells",
        changed(
            "sheet1.xml",
            '<c r="A2" t="s"><v>4</v></c>',
            '<c r="A2" t="inlineStr"><is><t>一小</t></is></c>',
        ),
    ),
    Fault("no places of cells", raw(lambda _: repacked(without_places)(typed(facility_rows())))),
    Fault(
        "names of elements with a prefix",
        raw(lambda _: repacked(with_prefix)(typed(facility_rows()))),
    ),
    Fault("a sheet in UTF-16", raw(lambda _: repacked(in_utf_16)(typed(facility_rows())))),
    Fault("strict OOXML", raw(lambda _: repacked(strict)(typed(facility_rows())))),
    Fault(
        "days from 1904", changed("workbook.xml", "<sheets>", '<workbookPr date1904="1"/><sheets>')
    ),
    Fault(
        "formulas with their values",
        changed("sheet1.xml", '<c r="C2"><v>', '<c r="C2"><f>1+1</f><v>'),
    ),
    Fault(
        "formatted to the last cell",
        book(lambda sheet: setattr(sheet.cell(9000, 900), "number_format", "0.00")),
    ),
    Fault("a sheet of charts", book(charted)),
    told(
        "only hidden sheets hold places",
        book(only_hidden),
        "facilities.xlsx, facilities",
        "hidden sheets: '设施'",
        "sheet = '设施'",
    ),
    Fault("a hidden sheet, named", book(only_hidden, entry='sheet="设施"')),
    Fault(
        "a number that is none",
        changed("sheet1.xml", '<c r="C2"><v>117', '<c r="C2"><v>x117'),
        counted={"facilities": {"is not a number (first: row 2)": 1}},
        used={"facilities": 4},
    ),
    Fault(
        "an error of a formula",
        book(lambda sheet: setattr(sheet["C2"], "value", "#N/A")),
        counted={"facilities": {"no coordinates (first: row 2)": 1}},
        used={"facilities": 4},
    ),
    told("a row twice", changed("sheet1.xml", '<row r="3">', '<row r="2">'), "row 2 stands twice"),
    told("a text that is not there", changed("sheet1.xml", "<v>4</v>", "<v>999</v>"), "cannot be"),
    told(
        "a sheet outside the workbook",
        changed(".rels", "worksheets/sheet1.xml", "../../../etc/passwd"),
        "has no part etc/passwd",
    ),
    told(
        "entities among the texts",
        changed(
            "Strings.xml", "<sst ", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst '
        ),
        "entities",
    ),
    told(
        "no list of sheets",
        raw(lambda _: repacked(without("workbook.xml"))(typed(facility_rows()))),
        "no part xl/workbook.xml",
    ),
    told("a document called .xlsx", raw(repacked(lambda *_: None)), "cannot be read"),
    told("a sheet that swells", raw(swollen), "swells to", "MB when unpacked"),
    # Old workbooks.
    Fault("an old workbook", old_book()),
    Fault("an old workbook called .xlsx", old_book(file="old.xlsx")),
    Fault(
        "an old workbook with a cell far off",
        old_book(lambda sheet: sheet.write(9000, 200, "x")),
        counted={"facilities": {"empty row": 8995}},
        same=True,
    ),
    Fault("an old workbook with merged cells", old_book(lambda sheet: sheet.merge(1, 2, 1, 1))),
    Fault("numbers as text in an old workbook", old_book(old_text)),
    told("half an old workbook", halved_old, "facilities.xls, facilities", "cannot be read"),
    told(
        "a page that Excel mailed",
        raw(b"MIME-Version: 1.0\nX-Document-Type: Workbook\n", "facilities.xls"),
        "web page",
    ),
    told(
        "a bare table of a page called .xls",
        raw(b"<table><tr><td>1</td></tr></table>", "facilities.xls"),
        "web page",
    ),
    told(
        "XML of Excel 2003", raw(XML_2003, "facilities.xls"), "Excel 2003 XML", "save it as .xlsx"
    ),
    Fault("text in GBK called .xls", raw(lambda _: tabbed_text().encode("gbk"), "facilities.xls")),
    Fault("text with commas called .xlsx", raw(lambda _: tabbed_text(",").encode(), BOOK)),
    # Pages of the web under an Excel name.
    Fault("a page of the web with a table", paged()),
    Fault("a page of the web in GBK", paged(encoding="gbk")),
    Fault("a page of the web with a title", paged("<tr><th colspan=4>设施&nbsp;一览</th></tr>")),
    Fault("a page of the web with marks in its cells", paged("<tr><td><b>表&#49;</b><br/>")),
    Fault("a page of the web with a script", paged("<script>document.write('<tr><td>x')</script>")),
    told(
        "a page of the web with endless cells",
        paged("<tr>" + "<td colspan=9999>x" * 9),
        "facilities.xls, facilities",
        "a row of more than 16384 cells",
    ),
    told(
        "a page of the web to log in",
        raw(b"<!DOCTYPE html><form><table><tr><td>user</table></form>", "facilities.xls"),
        "facilities.xls, facilities",
        "is a web page (HTML) under an Excel name",
    ),
]
