"""report.xlsx: every table of the report, numbers as numbers, a sheet for each topic."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from maps.report.document import Paragraph, Points
from maps.words import Words
from scripts.writing.cells import fill, sheet_title
from scripts.writing.sheets import Book

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl import Workbook
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.worksheet.worksheet import Worksheet

    from maps.report.document import Cell, Document, Table

FORMATS = {
    "share": "0.0%",
    "count": "#,##0",
    "metres": "#,##0",
    "hectares": "#,##0.00",
    "number": "#,##0",
}
"""How numbers of each kind are shown; the number in the cell is the whole one."""

_NARROWEST, _WIDEST = 9, 52
_NAVY, _GROUND, _LINE = "1F3A5F", "E9EEF4", "BFC5CC"
_WIDE_LETTERS_FROM = 0x2E80


def report_book(documents: Sequence[Document]) -> Book:
    """Make the workbook of a report; in two languages each text stands in both.

    Parameters
    ----------
    documents
        The same report in one language or two.
    """
    book = Book(documents[0].language)
    _overview(book.pages, documents)
    for topic in dict.fromkeys(table.topic for table in documents[0].tables if table.topic):
        tables = [
            [table for table in document.tables if table.topic == topic] for document in documents
        ]
        _sheet(book.pages, documents, list(zip(*tables, strict=True)), topic)
    return book


def _both(texts: Sequence[str]) -> str:
    """Put a text in two languages into one cell, each on its line, unless they are the same."""
    return "\n".join(dict.fromkeys(texts))


def _overview(book: Workbook, documents: Sequence[Document]) -> None:
    """Write the first sheet: what this is, and the conclusions in words."""
    page = book.create_sheet(_title(documents, "report_conclusions"))
    rows: list[tuple[str, str]] = [(_both([one.title for one in documents]), "")]
    rows += [
        (_both([label for label, _ in facts]), _both([text for _, text in facts]))
        for facts in zip(*(one.facts for one in documents), strict=True)
    ]
    first = [list(_sentences(document)) for document in documents]
    rows += [("", _both(said)) for said in zip_longest(*first, fillvalue="")]
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            _put(page.cell(number, column), text)
    page["A1"].font = Font(bold=True, size=14, color=_NAVY)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 26, 110


def _sentences(document: Document) -> Iterator[str]:
    """Give the conclusions: the paragraphs and points before the first table."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Points):
            yield from block.items
            return


def _title(documents: Sequence[Document], key: str) -> str:
    """Name a sheet in the first language."""
    return Words(documents[0].language).say(key)


def _sheet(
    book: Workbook, documents: Sequence[Document], tables: list[tuple[Table, ...]], topic: str
) -> None:
    """Write all tables of a topic beneath one heading, with the standard each row is of."""
    page = book.create_sheet(
        sheet_title(_title(documents, f"report_sheet_{topic}"), book.sheetnames)
    )
    many = any(table.about for table in tables[0])
    heads = [_both([one.title for one in heads]) for heads in _columns(tables[0])]
    about = _both([Words(one.language).say("report_standard") for one in documents])
    rows: list[list[Any]] = [[*([about] if many else []), *heads]]
    for told in tables:
        name = _both([table.about for table in told])
        for cells in zip(*(table.rows for table in told), strict=True):
            shown = [
                _value(list(cell))
                for cell, column in zip(zip(*cells, strict=True), told[0].columns, strict=True)
                if not _is_drawn(told[0], column)
            ]
            rows.append([*([name] if many else []), *shown])
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            _fill(page.cell(number, column), value, head=number == 1)
    _dress(page)


def _columns(tables: Sequence[Table]) -> Iterator[Sequence[Any]]:
    """Give the columns that hold more than pictures, in every language."""
    for columns in zip(*(table.columns for table in tables), strict=True):
        if not _is_drawn(tables[0], columns[0]):
            yield columns


def _is_drawn(table: Table, column: Any) -> bool:  # noqa: ANN401 - a Column
    at = table.columns.index(column)
    return any(row[at].picture is not None for row in table.rows)


def _value(cells: list[Cell]) -> Cell | str:
    """Give the number in a cell, or its text in every language."""
    first = cells[0]
    return first if first.value is not None else _both([cell.shown for cell in cells])


def _fill(cell: SheetCell, value: Cell | str, *, head: bool) -> None:
    """Write one cell: a number as a number, shown as its kind is; text as text."""
    if isinstance(value, str):
        _put(cell, value)
    else:
        fill(cell, value.value)
        cell.number_format = FORMATS[value.kind]
    if head:
        cell.font = Font(bold=True, color=_NAVY)
        cell.fill = PatternFill("solid", start_color=_GROUND)


def _put(cell: SheetCell, text: str) -> None:
    """Write a text that stays one, whatever it begins with."""
    fill(cell, text)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _dress(page: Worksheet) -> None:
    """Freeze the heading, rule the rows, and make columns as wide as what they hold."""
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"
    line = Border(bottom=Side("thin", color=_LINE))
    for number, column in enumerate(page.iter_cols(), start=1):
        for cell in column:
            cell.border = line
        width = max(_width(cell.value) for cell in column) + 3
        page.column_dimensions[get_column_letter(number)].width = min(
            max(width, _NARROWEST), _WIDEST
        )


def _width(value: object) -> int:
    """Letters a value takes; a Chinese one takes two."""
    lines = str("" if value is None else value).split("\n")
    if isinstance(value, float):
        return len(f"{value:,.0f}")
    return max(sum(2 if ord(one) >= _WIDE_LETTERS_FROM else 1 for one in line) for line in lines)
