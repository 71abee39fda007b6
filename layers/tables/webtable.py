"""Tables of a web page (HTML), as many systems export them under the name of an Excel file."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from layers.tables.decoding import readings
from layers.tables.grid import Block, Grid
from layers.tables.headings import find_heading
from spatial.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from layers.records import LayerOptions
    from layers.tables.grid import Row

_TOKEN: Final = re.compile(r"<!--|-->|<(/?)([a-zA-Z][\w:]*)([^<>]*)>")
_SPAN: Final = re.compile(r"(col|row)span\s*=\s*[\"']?\s*(\d{1,5})", re.IGNORECASE)
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_HEAD: Final = 4096  # bytes in which a page says its encoding
_TOP: Final = 100  # rows looked at for a heading
_UNSEEN: Final = ("script", "style", "title")
_CELLS: Final = ("td", "th")
_MOST_COLUMNS: Final = 16_384
_MOST_CELLS: Final = 5_000_000


@dataclass
class _Table:
    """Cells of a table on their way from marks to rows."""

    rows: list[Row] = field(default_factory=list)
    merged: list[Block] = field(default_factory=list)
    taken: dict[int, int] = field(default_factory=dict)  # columns, and the row that has them free
    cells: int = 0
    row: list[object] | None = None

    def begin_row(self) -> None:
        """Begin a row; the last one need not have been ended."""
        self.end_row()
        self.row = []

    def put(self, text: str, down: int, across: int) -> None:
        """Put a cell into the row, behind those that reach down into it."""
        if self.row is None:
            self.begin_row()
        row = self.row or []
        top = len(self.rows)
        while self.taken.get(len(row), 0) > top:
            row.append(None)
        left = len(row)
        if left + across > _MOST_COLUMNS:
            wrong = f"has a row of more than {_MOST_COLUMNS} cells"
            raise InputError(wrong, "open it in Excel or WPS, and save it as .xlsx")
        row += [text, *[None] * (across - 1)]
        if down > 1:
            self.taken |= dict.fromkeys(range(left, left + across), top + down)
        if down > 1 or across > 1:
            self.merged.append(Block(top, left, top + down - 1, left + across - 1))
        self.row = row

    def end_row(self) -> None:
        """End the row."""
        if self.row is None:
            return
        self.cells += len(self.row)
        if self.cells > _MOST_CELLS:
            wrong = f"has a table of more than {_MOST_CELLS} cells"
            raise InputError(wrong, "open it in Excel or WPS, and save it as .xlsx")
        self.rows.append(self.row)
        self.row = None


class WebBook:
    """The tables of a page; a workbook whose sheets are called ``table 1`` and so on."""

    def __init__(self, path: Path) -> None:
        """Read the page."""
        content = path.read_bytes()
        own = _CHARSET.search(content[:_HEAD])
        text, self.encoding = next(readings(content, _known(own)))
        self._tables = {f"table {n}": table for n, table in enumerate(_tables(text), 1)}
        self.names = list(self._tables)
        self.hidden: set[str] = set()

    def holds_places(self, options: LayerOptions) -> bool:
        """Say whether any of its tables has a heading for coordinates."""
        return any(find_heading(self.grid(name, _TOP), options) for name in self.names)

    def grid(self, name: str, most: int | None = None) -> Grid:
        """Give the cells of a table, or of its first rows."""
        table = self._tables[name]
        grid = Grid(table.rows[:most], merged=table.merged)
        grid.taken |= {"kind": "a web page (HTML), not Excel", "encoding": self.encoding}
        return grid


def _known(own: re.Match[bytes] | None) -> str | None:
    """Give the encoding that a page names, unless it is one that is tried anyway."""
    name = own[1].decode().lower() if own else ""
    return name if name in {"big5", "shift_jis", "windows-1252", "iso-8859-1"} else None


def _tables(text: str) -> list[_Table]:
    """Find the tables of a page; one within a cell of another is text of that cell."""
    page, before, unseen = _Page(), 0, ""
    for token in _TOKEN.finditer(text):
        closing, tag = bool(token[1]), (token[2] or token[0]).lower()
        if unseen:
            over = tag == "-->" if unseen == "<!--" else closing and tag == unseen
            unseen = "" if over else unseen
        else:
            page.read(text[before : token.start()])
            if tag == "<!--" or (tag in _UNSEEN and not closing):
                unseen = tag
            elif closing:
                page.end(tag)
            else:
                page.begin(tag, token[3] or "")
        before = token.end()
    page.end_table()
    return [table for table in page.tables if table.rows]


@dataclass
class _Page:
    """The tables of a page as far as it is read."""

    tables: list[_Table] = field(default_factory=list)
    depth: int = 0
    cell: list[str] | None = None
    spans: dict[str, int] = field(default_factory=dict)

    def read(self, text: str) -> None:
        """Take the text between two marks."""
        if self.cell is not None and text:
            self.cell.append(text)

    def begin(self, tag: str, given: str) -> None:
        """Begin what a mark begins; a cell or a row ends where the next begins."""
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append(_Table())
        elif tag in _CELLS and self.depth == 1:
            self.end_cell()
            self.cell = []
            self.spans = {way.lower(): max(int(n), 1) for way, n in _SPAN.findall(given)}
        elif tag == "tr" and self.depth == 1:
            self.end_cell()
            self.tables[-1].begin_row()
        else:
            self.read(" ")  # whatever it is, words do not run together

    def end(self, tag: str) -> None:
        """End what a mark ends."""
        if tag == "table" and self.depth > 1:
            self.depth -= 1
        elif tag == "table":
            self.end_table()
        elif tag in _CELLS and self.depth == 1:
            self.end_cell()
        elif tag == "tr" and self.depth == 1:
            self.end_cell()
            self.tables[-1].end_row()

    def end_cell(self) -> None:
        """Put the cell into its row."""
        if self.cell is not None:
            text = " ".join(html.unescape("".join(self.cell)).split())
            self.tables[-1].put(text, self.spans.get("row", 1), self.spans.get("col", 1))
        self.cell = None

    def end_table(self) -> None:
        """End the table, and what is open in it."""
        self.end_cell()
        if self.depth:
            self.tables[-1].end_row()
        self.depth = 0
