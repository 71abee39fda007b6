"""Excel workbooks, opened as what they are, and the sheet that holds the layer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from layers.meaning import layer_candidates, listed, normalised
from layers.records import only_one
from layers.seeming import head_of, require, seeming
from layers.tables.delimited import read_text
from layers.tables.headings import find_heading
from layers.tables.webtable import WebBook
from layers.tables.xls import XlsBook
from layers.tables.xlsx import XlsxBook
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from layers.records import LayerOptions
    from layers.tables.grid import Grid

    _Book = XlsxBook | XlsBook | WebBook

_HEAD: Final = 100  # rows read to tell whether a sheet holds places
_OLD: Final = "an old Excel or Word file"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_PAGE: Final = "a web page (HTML)"
_MAILED: Final = b"MIME-Version:"  # a page that Excel saved with its pictures in one file
_TABLE: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:table|style|meta|body|div)\b", re.IGNORECASE)
_SPREADSHEET_XML: Final = re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet")


def read_workbook(path: Path, layer: str, options: LayerOptions) -> Grid:
    """Read the sheet of a workbook that holds a layer.

    Systems export web pages and text under Excel's endings: text and tables of pages are read.

    Raises
    ------
    InputError
        If it cannot be read, is locked, or holds several sheets of places.
    """
    kind = seeming(head_of(path))
    if kind == "text" and not head_of(path).startswith(_MAILED):
        grid = read_text(path, options)
        grid.taken["kind"] = "text, not Excel"
        return grid
    if kind == _OLD:
        return _chosen(_old(path), layer, options)
    if kind == _PAGE or _TABLE.match(head_of(path)):
        page = WebBook(path)
        if page.holds_places(options):
            return _chosen(page, layer, options)
    _refuse_other(path, kind)
    with XlsxBook(path) as book:
        return _chosen(book, layer, options)


def _old(path: Path) -> XlsBook:
    """Open an old workbook, or say why not."""
    if _LOCKED in path.read_bytes():
        wrong = "is locked with a password"
        raise InputError(wrong, "save it without one")
    return XlsBook(path)


def _refuse_other(path: Path, kind: str) -> None:
    """Refuse what is no workbook under its ending."""
    head = head_of(path)
    page = kind == _PAGE or head.startswith(_MAILED) or _TABLE.match(head)
    if page or _SPREADSHEET_XML.search(head):
        what = _PAGE if page else "Excel 2003 XML"
        wrong = f"is {what} under an Excel name"
        raise InputError(wrong, "open it in Excel or WPS, and save it as .xlsx")
    require(path, "an Excel workbook", "a zip archive")


def _chosen(book: _Book, layer: str, options: LayerOptions) -> Grid:
    """Read the sheet that is named, or the only one that may be meant."""
    shown = [name for name in book.names if name not in book.hidden] or book.names
    name = (
        _named(book.names, options.sheet) if options.sheet else _sheet(book, shown, layer, options)
    )
    grid = book.grid(name)
    _refuse_hidden(book, grid, options)
    grid.taken["sheet"] = name
    return grid


def _named(names: Sequence[str], said: str) -> str:
    """Give the sheet that the planner names."""
    fitting = [name for name in names if normalised(name) == normalised(said)]
    if said not in names and len(fitting) != 1:
        wrong = f"has no sheet {said!r}"
        raise InputError(wrong, f"its sheets are {listed(names)}")
    return said if said in names else fitting[0]


def _sheet(book: _Book, shown: Sequence[str], layer: str, options: LayerOptions) -> str:
    """Choose a sheet: one of those that hold something, then that hold places."""
    if len(shown) == 1:
        return shown[0]
    heads = {name: book.grid(name, most=_HEAD) for name in shown}
    names = [name for name, grid in heads.items() if grid.rows] or list(shown)
    if len(names) > 1:
        places = [name for name in names if find_heading(heads[name], options) is not None]
        names = places or names
    return only_one(names, layer_candidates(names, layer), "sheet")


def _refuse_hidden(book: _Book, grid: Grid, options: LayerOptions) -> None:
    """Refuse a sheet without places if one that is hidden has them."""
    if not book.hidden or options.sheet or find_heading(grid, options) is not None:
        return
    heads = {name: book.grid(name, most=_HEAD) for name in book.names if name in book.hidden}
    places = [name for name, head in heads.items() if find_heading(head, options) is not None]
    if places:
        wrong = f"holds places only in hidden sheets: {listed(places)}"
        raise InputError(wrong, f"say which, for instance sheet = {places[0]!r}")
