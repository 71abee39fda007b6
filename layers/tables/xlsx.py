"""Excel workbooks (.xlsx, .xlsm), read from their XML a row at a time.

Only cells that hold something cost memory, whatever the sheet is formatted to; formulas count as
the value that Excel kept of them; no entity is resolved, and no archive may swell.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import posixpath
import re
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, Final, Self
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from layers.records import unreadable
from layers.tables.grid import Block, Grid
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path
    from types import TracebackType

    from layers.tables.grid import Row

MOST_BYTES: Final = 2 * 1024**3
"""The most a part of a workbook may unpack to: a full sheet of twenty columns."""
MOST_CELLS: Final = 21_000_000
_SMALL: Final = 64 * 1024**2
_MOST_TIMES: Final = 400
_PIECE: Final = 1 << 20
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_FAULTS: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, IndexError),
    *(expat.ExpatError, NotImplementedError, RuntimeError, OverflowError, TypeError),
)
_EMPTY_CELLS: Final = re.compile(rb'<c r="[A-Z]+\d+"[^<>]*(?:/>|></c>)')
_EMPTY_ROWS: Final = re.compile(rb'<row r="\d+"[^<>]*(?:/>|>\s*</row>)')
_ROOT: Final = re.compile(rb"<(\w+:)?(?:worksheet|sst|styleSheet|workbook|Relationships)[\s>]")
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_EPOCH: Final = dt.datetime(1899, 12, 30)  # noqa: DTZ001  Excel's days have no zone
_MAC_EPOCH: Final = dt.datetime(1904, 1, 1)  # noqa: DTZ001


class _EnoughError(Exception):
    """Raised to stop reading a part of which enough is known."""


class XlsxBook:
    """A workbook: its sheets by name.

    Raises
    ------
    InputError
        If it cannot be read, or unpacks to more than a planner's workbook holds.
    """

    def __init__(self, path: Path) -> None:
        """Open the archive, and read what sheets there are."""
        with contextlib.ExitStack() as held:
            try:
                self._size = path.stat().st_size
                self._archive = held.enter_context(zipfile.ZipFile(path))
                self._members = {name.lower(): name for name in self._archive.namelist()}
                self._read_names()
            except _FAULTS as error:
                raise unreadable(error) from None
            held.pop_all()  # sound: open until the workbook is closed
        self._strings: list[str] | None = None
        self._dates: set[str] | None = None

    def __enter__(self) -> Self:
        """Give the workbook itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the archive."""
        self._archive.close()

    def grid(self, name: str, most: int | None = None) -> Grid:
        """Give the cells of a sheet, or of its first rows."""
        try:
            if self._strings is None:
                self._strings = _shared_strings(self._pieces("xl/sharedStrings.xml"))
            if self._dates is None:
                self._dates = _date_styles(self._pieces("xl/styles.xml"))
            sheet = _Sheet(self._strings, self._dates, self._epoch, most)
            _parse(self._pieces(self._parts[name], must=True), sheet.start, sheet.end, sheet.text)
        except _FAULTS as error:
            raise unreadable(error) from None
        grid = Grid(sheet.rows, merged=sheet.merged)
        grid.say_hidden(sheet.hidden)
        return grid

    def _read_names(self) -> None:
        """Read the names of the sheets, which are hidden, and where they are kept."""
        targets: dict[str, str] = {}
        sheets: list[tuple[str, str, str]] = []
        self._epoch = _EPOCH

        def related(tag: str, given: dict[str, str]) -> None:
            if tag == "Relationship" and given.get("Type", "").endswith("/worksheet"):
                targets[given["Id"]] = given["Target"]

        def listed(tag: str, given: dict[str, str]) -> None:
            if tag == "sheet":
                known = next((text for key, text in given.items() if key.endswith(":id")), "")
                sheets.append((given["name"], known, given.get("state", "visible")))
            elif tag == "workbookPr" and given.get("date1904") in {"1", "true"}:
                self._epoch = _MAC_EPOCH

        _parse(self._pieces("xl/_rels/workbook.xml.rels", must=True), related)
        _parse(self._pieces("xl/workbook.xml", must=True), listed)
        self._parts = {
            name: posixpath.normpath(posixpath.join("/xl", targets[key])).lstrip("/")
            for name, key, _ in sheets
            if key in targets
        }
        self.names = list(self._parts)
        self.hidden = {name for name, _, state in sheets if state != "visible"}
        if not self.names:
            wrong = "holds no sheet"
            raise InputError(wrong, "save it anew from the program that made it")

    def _pieces(self, part: str, *, must: bool = False) -> Generator[bytes]:
        """Unpack a part of the workbook, piece by piece."""
        name = self._members.get(part.lower())
        if name is None:
            if must:
                wrong = f"cannot be read (it has no part {part})"
                raise InputError(wrong, "save it anew from the program that made it")
            return
        size = self._archive.getinfo(name).file_size
        if size > MOST_BYTES or (size > _SMALL and size > _MOST_TIMES * self._size):
            wrong = f"swells to {size / 1024**2:.0f} MB when unpacked"
            raise InputError(wrong, "do not use it; ask who sent it")
        with self._archive.open(name) as packed:
            yield from _read(packed)


def _read(packed: IO[bytes]) -> Iterator[bytes]:
    """Read in pieces that end with an element, without a prefix to the names of elements.

    Cells and rows that are formatted but hold nothing are left out: there may be millions.
    """
    kept, prefix = b"", b""
    while piece := packed.read(_PIECE):
        piece = kept + piece
        if not prefix:
            root = _ROOT.search(piece)
            prefix = (root[1] or b"") + b"<" if root else b"<"
        cut = piece.rfind(b">") + 1 or len(piece)
        kept, piece = piece[cut:], piece[:cut]
        if prefix != b"<":
            name = prefix[:-1]
            piece = piece.replace(b"<" + name, b"<").replace(b"</" + name, b"</")
        yield _EMPTY_ROWS.sub(b"", _EMPTY_CELLS.sub(b"", piece))
    yield kept


def _parse(
    pieces: Generator[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Go through XML, unless it defines entities."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_entities
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    any_piece = False
    with contextlib.suppress(_EnoughError), contextlib.closing(pieces):
        for piece in pieces:
            any_piece = True
            parser.Parse(piece, False)  # noqa: FBT003  expat takes no names
        if any_piece:
            parser.Parse(b"", True)  # noqa: FBT003


def _refuse_entities(*_: object) -> None:
    wrong = "defines entities of its own, as no workbook does"
    raise InputError(wrong, "do not use it; ask who sent it")


def _shared_strings(pieces: Generator[bytes]) -> list[str]:
    """Read the texts that cells refer to by number; a guide to pronunciation is no part of them."""
    strings: list[str] = []
    held: list[str] = []
    inside = {"t": False, "rPh": False}

    def start(tag: str, _: dict[str, str]) -> None:
        if tag in inside:
            inside[tag] = True
        elif tag == "si":
            held.clear()

    def end(tag: str) -> None:
        if tag in inside:
            inside[tag] = False
        elif tag == "si":
            strings.append(_unescaped("".join(held)))

    def text(piece: str) -> None:
        if inside["t"] and not inside["rPh"]:
            held.append(piece)

    _parse(pieces, start, end, text)
    return strings


def _unescaped(text: str) -> str:
    """Give the characters that a workbook writes by number."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _date_styles(pieces: Generator[bytes]) -> set[str]:
    """Give the numbers of styles that show a number as a date."""
    formats = {str(number): text for number, text in BUILTIN_FORMATS.items()}
    styles: list[str] = []
    inside = {"cellXfs": False}

    def start(tag: str, given: dict[str, str]) -> None:
        if tag == "numFmt":
            formats[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif tag in inside:
            inside[tag] = True
        elif tag == "xf" and inside["cellXfs"]:
            styles.append(given.get("numFmtId", "0"))

    def end(tag: str) -> None:
        if tag in inside:
            inside[tag] = False

    _parse(pieces, start, end)
    return {str(place) for place, key in enumerate(styles) if is_date_format(formats.get(key, ""))}


class _Sheet:
    """A sheet on its way from XML to rows of cells."""

    def __init__(
        self, strings: list[str], dates: set[str], epoch: dt.datetime, most: int | None
    ) -> None:
        """Begin with no row; `most` rows are enough."""
        self.rows: list[Row] = []
        self.merged: list[Block] = []
        self.hidden, self._is_hidden = 0, False
        self._strings, self._dates, self._epoch = strings, dates, epoch
        self._most = most or _MOST_ROWS
        self._row: list[object] = []
        self._given: dict[str, str] = {}
        self._number = self._column = self._cells = 0
        self._reading = ""
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._columns: dict[str, int] = {}

    def start(self, tag: str, given: dict[str, str]) -> None:
        """Begin a row, a cell or a part of one."""
        if tag == "c":
            self._given, self._value, self._formula = given, [], None
            place = given.get("r")
            self._column = self._column + 1 if place is None else self._column_of(place)
        elif tag in {"v", "t"}:
            self._reading = self._reading or tag
        elif tag == "f":
            self._formula, self._reading = [], tag
        elif tag == "row":
            self._number = int(given.get("r", self._number + 1))
            self._row, self._column = [], -1
            self._is_hidden = given.get("hidden") in {"1", "true"}
            if not 1 <= self._number <= _MOST_ROWS:
                wrong = f"row {self._number} is none"
                raise ValueError(wrong)
            if self._number > self._most:
                raise _EnoughError
        elif tag == "rPh":
            self._reading = tag
        elif tag == "mergeCell":
            self.merged.append(self._block(given["ref"]))

    def text(self, piece: str) -> None:
        """Take the text of a value or a formula."""
        if self._reading in {"v", "t"}:
            self._value.append(piece)
        elif self._reading == "f" and self._formula is not None:
            self._formula.append(piece)

    def end(self, tag: str) -> None:
        """End a cell or a row."""
        if tag == self._reading:
            self._reading = ""
        elif tag == "c":
            self._put()
        elif tag == "row" and self._row:
            while len(self.rows) < self._number:
                self.rows.append(())
            if self.rows[self._number - 1]:
                wrong = f"row {self._number} stands twice"
                raise ValueError(wrong)
            self.rows[self._number - 1] = self._row
            self.hidden += self._is_hidden

    def _put(self) -> None:
        """Put a cell in its row, if it holds something."""
        text = "".join(self._value)
        value = self._read(text) if text else None
        if value is None:
            if self._formula is None:
                return
            value = "=" + "".join(self._formula)
        self._cells += 1
        if self._cells > MOST_CELLS:
            wrong = f"it holds more than {MOST_CELLS} cells"
            raise ValueError(wrong)
        row, column = self._row, self._column
        if column >= len(row):
            row.extend([None] * (column + 1 - len(row)))
        row[column] = value

    def _read(self, text: str) -> object:
        """Give what a cell holds: text, a number, a date, or true or false; an error as text."""
        kind = self._given.get("t", "n")
        if kind == "s":
            return self._strings[int(text)]
        if kind == "b":
            return text.strip() not in {"0", "false"}
        if kind != "n":
            return _unescaped(text)
        number = _number(text)
        if isinstance(number, str) or self._given.get("s") not in self._dates:
            return number
        return _date(number, self._epoch)

    def _column_of(self, place: str) -> int:
        """Give the number of a column, from 0, of a place such as AB12."""
        letters = place.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            column = 0
            for letter in letters:
                column = column * 26 + ord(letter) - 64
            if not 1 <= column <= _MOST_COLUMNS:
                wrong = f"there is no cell {place[:20]}"
                raise ValueError(wrong)
            self._columns[letters] = column
        return column - 1

    def _block(self, place: str) -> Block:
        """Give the block that a reference such as A1:B3 means."""
        first, _, last = place.replace("$", "").partition(":")
        corners = [first, last or first]
        rows = [int(re.sub("[^0-9]", "", corner)) - 1 for corner in corners]
        columns = [self._column_of(corner) for corner in corners]
        return Block(rows[0], columns[0], rows[1], columns[1])


def _number(text: str) -> float | str:
    """Give a number; the text itself if it is none: one bad cell is not a bad workbook."""
    try:
        return int(text) if text.isdecimal() else float(text)
    except ValueError:
        return text


def _date(days: float, epoch: dt.datetime) -> object:
    """Give the date that a number of days means; the number itself if there is none."""
    try:
        return epoch + dt.timedelta(days=days)
    except (OverflowError, ValueError):
        return days
