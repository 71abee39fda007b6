"""Long tables in plain text: every line a row of as many cells, no quotation marks.

Most long tables are such. pandas splits them several times as fast as the reader of all the
others, and numbers come as numbers; what comes out is the same.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from layers.meaning import candidates, normalised
from layers.tables.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from layers.records import LayerOptions
    from layers.tables.grid import Row

LONG: Final = 1_000_000
"""Characters of a text that is worth the while."""

_HEAD: Final = 200  # lines split one by one, to find the heading
_NOT_PLAIN: Final = ('"', "\0", "\ufffd", "\ufdd0", "\r")
_NUMBERS: Final = ("lon", "lat", "x", "y", "weight", "levels")


def plain_grid(text: str, separator: str, options: LayerOptions) -> Grid | None:
    """Give a long plain text as a grid; None if it is short or not plain.

    Parameters
    ----------
    text
        The whole text.
    separator
        One character.
    options
        They may name columns of numbers.
    """
    if len(text) < LONG or len(separator.encode()) > 1:
        return None
    text = text.replace("\r\n", "\n").rstrip("\n")
    if any(mark in text for mark in _NOT_PLAIN):
        return None
    content = text.encode()
    alike = _alike_from(content, separator.encode())
    head = text.split("\n", _HEAD)[:_HEAD]
    if alike >= len(head) - 1:
        return None
    return _PlainGrid(_rows(head, separator), content, separator, alike, options)


def _rows(lines: Sequence[str], separator: str) -> list[Row]:
    return [line.split(separator) if line else [] for line in lines]


def _alike_from(content: bytes, separator: bytes) -> int:
    """Give the line (from 0) from which on all lines have as many cells as the last."""
    letters = np.frombuffer(content, np.uint8)
    ends = np.append(np.flatnonzero(letters == ord("\n")), len(letters))
    marks = np.flatnonzero(letters == ord(separator))
    count = np.diff(np.searchsorted(marks, ends), prepend=0)
    other = np.flatnonzero(count != count[-1])
    if not count[-1]:
        return len(ends)
    return int(other[-1]) + 1 if len(other) else 0


class _PlainGrid(Grid):
    """The first rows of a plain text, split; those below a heading are split when asked for."""

    def __init__(
        self,
        rows: list[Row],
        content: bytes,
        separator: str,
        alike: int,
        options: LayerOptions,
    ) -> None:
        super().__init__(rows)
        self._content, self._separator, self._alike = content, separator, alike
        self._options = options

    def below(self, heading: int, width: int) -> tuple[pd.DataFrame, NDArray[np.int64]]:
        """Give the cells below a row, as `Grid.below` does; columns of numbers as numbers."""
        columns = self.rows[heading]
        if heading < self._alike or len(columns) != width:
            lines = self._content.decode().split("\n")
            self.rows = _rows(lines, self._separator)
            self.ragged = True
            return super().below(heading, width)
        table = self._split(heading + 1, range(width), None)
        numbers = self._numbers(heading)
        others = [
            place
            for place in range(width)
            if place not in numbers and pd.api.types.is_numeric_dtype(table[place].dtype)
        ]
        if others:  # ids such as 007, which are no numbers
            table[others] = self._split(heading + 1, others, str)
        filled = np.flatnonzero(table.notna().any(axis=1))
        table = table.iloc[: filled[-1] + 1 if len(filled) else 0]
        count = np.full(len(table), width, dtype=np.int64)
        return table.set_axis(pd.RangeIndex(1, len(table) + 1)), count

    def _split(self, skipped: int, columns: Sequence[int], kind: type | None) -> pd.DataFrame:
        """Split some columns below so many lines; `kind` None: as what they look like."""
        return pd.read_csv(
            io.BytesIO(self._content),
            sep=self._separator,
            header=None,
            names=range(len(self.rows[skipped - 1])),
            usecols=list(columns),
            skiprows=skipped,
            dtype=kind,
            na_values=[""],
            keep_default_na=False,
            skip_blank_lines=False,
            quoting=csv.QUOTE_NONE,
            low_memory=False,
        )

    def _numbers(self, heading: int) -> set[int]:
        """Give the columns that hold numbers if their headings are right."""
        texts = [str(cell) for cell in self.rows[heading]]
        named = {text for meaning in _NUMBERS for text in candidates(texts, meaning)}
        said = (self._options.x, self._options.y, self._options.weight, self._options.levels)
        alike = {normalised(text) for text in said if text}
        return {
            place for place, text in enumerate(texts) if text in named or normalised(text) in alike
        }
