"""Esri ASCII rasters, looked through before they are read.

GDAL takes what is no number for 0, and stops when it has as many numbers as it wants; nobody would
know.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from spatial.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

_PIECE: Final = 16_000_000
_HEAD_LINES: Final = 12
_KEY: Final = re.compile(rb"\s*([A-Za-z_]+)\s+(\S+)\s*")
_PLAIN: Final = b"0123456789.,+-eE \t\r\n\v\f"
_WORD: Final = re.compile(rb"[^\s]*[^\s0-9.,+eE-][^\s]*")
_NO_NUMBER: Final = frozenset((b"nan", b"inf"))
_BLANKS: Final = np.isin(np.arange(256), list(b" \t\r\n\v\f"))


def refuse_broken(path: Path) -> None:
    """Refuse a raster whose cells are not all numbers, or not as many as its head says.

    Raises
    ------
    InputError
        If a cell holds a word, or there are more or fewer cells than rows times columns.
    """
    head, start, line = _head(path)
    count, before = 0, True
    with path.open("rb") as file:
        file.seek(start)
        while piece := file.read(_PIECE) + file.readline():  # no cell is cut in two
            _refuse_words(piece, line)
            line += piece.count(b"\n")
            blank = np.concatenate([[before], _BLANKS[np.frombuffer(piece, np.uint8)]])
            count += int((blank[:-1] & ~blank[1:]).sum())
            before = bool(blank[-1])
    columns, rows = head.get("ncols", 0), head.get("nrows", 0)
    if columns > 0 and rows > 0 and count != columns * rows:
        wrong = f"holds {count} cells, where its head says {columns} x {rows}"
        raise InputError(wrong, "save it anew from the program that made it")


def _head(path: Path) -> tuple[dict[str, int], int, int]:
    """Give the whole numbers of the head, where the cells begin, and in which line."""
    found: dict[str, int] = {}
    start = 0
    with path.open("rb") as file:
        for line in range(1, _HEAD_LINES):
            text = file.readline(1000)
            key = _KEY.fullmatch(text)
            if key is None:
                return found, start, line
            start += len(text)
            if key[2].isdigit():
                found[key[1].decode().lower()] = int(key[2])
    return found, start, _HEAD_LINES


def _refuse_words(piece: bytes, line: int) -> None:
    """Refuse cells that hold a word; "nan" is none."""
    if not piece.translate(None, _PLAIN):
        return
    for word in _WORD.finditer(piece):
        if word[0].lstrip(b"+-").lower() not in _NO_NUMBER:
            row = line + piece.count(b"\n", 0, word.start())
            wrong = f"line {row} holds {word[0][:40].decode(errors='replace')!r} for a number"
            raise InputError(wrong, "write its no-data value there")
