"""Tables in text (CSV, TSV, TXT), split into cells: encoding, separator, quotation marks.

The separator is the one that makes a heading of the first rows. A quotation mark without its twin
spoils its own row and no other.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from layers.records import unreadable
from layers.seeming import head_of, require, seeming
from layers.tables.decoding import FOREIGN, readings
from layers.tables.grid import Grid
from layers.tables.headings import find_heading
from layers.tables.plain import plain_grid

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from layers.records import LayerOptions

_HEAD: Final = 100_000  # characters looked at to find the separator
_LONGEST: Final = 50  # lines in one cell
_SAMPLE: Final = 200  # lines looked at to tell how many cells a row has
_NOT_TEXT: Final = ("text", "JSON", "data of some other kind", "nothing but zeros", "empty")

_SINGLE: Final = (",", ";", "\t", "|", "，", "；")
_COLUMNS: Final = "\x1f"
_BLANKS: Final = {"runs of spaces": r"[ \t\u3000]{2,}", "spaces": r"[ \t\u3000]+"}
_NAMES: Final = {",": "comma", ";": "semicolon", "\t": "tab", _COLUMNS: "spaces"}

_LEFT: Final = "a quotation mark without its twin left out"
_BROKEN: Final = "a quotation mark without its twin"


_DAMAGED: Final = "\ufffd"
_MARKS: Final = (
    (_DAMAGED, "damaged characters"),
    ("\0", "characters of no text left out"),
    (FOREIGN, "text in another encoding than the rest, read as that"),
)


def read_text(path: Path, options: LayerOptions) -> Grid:
    """Read a table in text.

    Raises
    ------
    InputError
        If it is no text, or in no encoding that can be told.
    """
    content, kind = _content(path)
    if kind == "JSON" and content.rstrip().endswith((b"]", b"}")):
        require(path, "text")
    usual: Grid | None = None
    for text, encoding in readings(content, options.encoding):
        grid = _told(text, options)
        grid.taken["encoding"] = encoding
        if find_heading(grid, options) is not None:
            return grid
        usual = usual or grid
    return usual or Grid([])


def _content(path: Path) -> tuple[bytes, str]:
    """Give the bytes of a file that may be text, and what it seems to be."""
    kind = seeming(head_of(path))
    if kind not in _NOT_TEXT:
        require(path, "text")
    try:
        return path.read_bytes(), kind
    except OSError as error:
        raise unreadable(error) from None


def _told(text: str, options: LayerOptions) -> Grid:
    """Split text at the separator that it names itself, or else that makes a heading."""
    said = re.match(r'"?sep=(.)"?[ ,;\t]*\r?\n', text, re.IGNORECASE)
    if said:  # Excel's own way of naming the separator; its row counts
        grid = _split(text[: said.start()] + "\n" + text[said.end() :], said[1])
        separator = said[1]
    else:
        text, separator = _separated(text, options)
        grid = plain_grid(text, separator, options) or _split(text, separator)
    grid.taken["separator"] = _NAMES.get(separator, separator)
    _clean(grid, text)
    return grid


def _separated(text: str, options: LayerOptions) -> tuple[str, str]:
    """Give text with one character between cells, and that character."""
    head = text[:_HEAD]
    if len(text) > _HEAD:
        head = head[: head.rfind("\n") + 1] or head
    found = _best(head, _SINGLE, options)
    if found:
        return text, found
    for blanks in _BLANKS.values():
        if _best(_spaced(head, blanks), [_COLUMNS], options):
            return _spaced(text, blanks), _COLUMNS
    lines = re.sub(r'"[^"]*"', "", head).splitlines()[:10]
    return text, max(_SINGLE, key=lambda mark: sum(line.count(mark) for line in lines))


def _spaced(text: str, blanks: str) -> str:
    """Make one character of each run of blanks between cells."""
    return re.sub(blanks, _COLUMNS, re.sub(r"(?m)^[ \t\u3000]+|[ \t\u3000]+(?=\r?$)", "", text))


def _best(head: str, separators: Sequence[str], options: LayerOptions) -> str:
    """Give the separator that makes a heading of a row, and most rows as long as that."""
    best, most = "", (0, 0)
    for separator in separators:
        grid = Grid(list(csv.reader(io.StringIO(head, newline=""), delimiter=separator)))
        heading = find_heading(grid, options)
        if heading is not None:
            cells = len(grid.rows[heading.row])
            alike = sum(len(row) == cells for row in grid.rows)
            best, most = max((best, most), (separator, (alike, cells)), key=lambda pair: pair[1])
    return best


def _split(text: str, separator: str) -> Grid:
    """Split text into rows of cells."""
    limit = csv.field_size_limit(max(len(text), 1))
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        rows = list(reader)
        if reader.line_num == len(rows):
            return Grid(list(rows), ragged=True)
        return _line_by_line(text, separator)
    except csv.Error:
        return _line_by_line(text, separator)
    finally:
        csv.field_size_limit(limit)


def _line_by_line(text: str, separator: str) -> Grid:
    """Split text whose quotation marks are doubtful, or hold line breaks.

    A cell may go on in the next lines, but none of these may be a whole row of its own.
    """
    lines = list(io.StringIO(text, newline=""))
    full = _usual(lines, separator)
    grid, place = Grid([], ragged=True), 0
    while place < len(lines):
        cells, used = _cells(lines, place, separator, full)
        if cells is None:
            used, cells = 1, _unquoted(lines[place], separator, full)
            kind, reason = (grid.mended, _LEFT) if len(cells) == full else (grid.lost, _BROKEN)
            kind.setdefault(reason, []).append(len(grid.rows))
        grid.rows.append(cells)
        place += used
    return grid


def _usual(lines: Sequence[str], separator: str) -> int:
    """Give how many cells a row has, as most of the first lines do that stand alone."""
    counts: Counter[int] = Counter()
    for line in lines[:_SAMPLE]:
        with contextlib.suppress(csv.Error):
            counts[len(next(csv.reader([line], delimiter=separator, strict=True), []))] += 1
    return max(counts.most_common(1)[0][0], 2) if counts else 2


def _cells(
    lines: Sequence[str], place: int, separator: str, full: int
) -> tuple[list[str] | None, int]:
    """Split the row that begins at a line, and say how many lines it takes; None if it cannot."""
    for used in range(1, min(_LONGEST, len(lines) - place) + 1):
        try:
            rows = list(csv.reader(lines[place : place + used], delimiter=separator, strict=True))
        except csv.Error as error:
            if "end of data" in str(error):
                continue
            break
        cells = rows[0] if rows else []
        within = (line for cell in cells if "\n" in cell for line in cell.splitlines())
        if any(line.count(separator) >= full - 1 for line in within):
            break
        return cells, used
    return None, 1


def _unquoted(line: str, separator: str, full: int) -> list[str]:
    """Split a line without heed of its quotation marks, or with as much as makes it whole."""
    loose = next(csv.reader([line], delimiter=separator), [])
    if len(loose) == full and line.count('"') % 2 == 0:
        return loose
    return [cell.strip().strip('"') for cell in line.rstrip("\r\n").split(separator)]


def _clean(grid: Grid, text: str) -> None:
    """Count rows whose text was repaired, and take out what no text has."""
    for mark, reason in _MARKS:
        if mark not in text:
            continue
        found = [n for n, row in enumerate(grid.rows) if any(mark in str(cell) for cell in row)]
        if found and mark != _DAMAGED:
            for number in found:
                grid.rows[number] = [str(cell).replace(mark, "") for cell in grid.rows[number]]
        grid.mended[reason] = found
