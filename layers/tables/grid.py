"""Cells of a table as the program shows them, before anyone knows which row heads them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Row = Sequence[object]


class Block(NamedTuple):
    """Cells merged into one; counted from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Grid:
    """Rows of cells; the first is row 1 of the file.

    Attributes
    ----------
    rows
        Cells of each row, as many as it has.
    ragged
        Whether a cell too many or too few moves those after it, as in text.
    merged
        Blocks of cells that show as one.
    lost, mended
        Rows (from 0) that cannot be used as they are, or were repaired, by reason.
    taken
        What was taken for what.
    """

    rows: list[Row]
    ragged: bool = False
    merged: Sequence[Block] = ()
    lost: dict[str, list[int]] = field(default_factory=dict)
    mended: dict[str, list[int]] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Cut the empty rows at the end."""
        while self.rows and all(map(blank, self.rows[-1])):
            self.rows.pop()

    def say_hidden(self, rows: int) -> None:
        """Say that rows which a filter or a person hides are read like all others."""
        if rows:
            self.taken["hidden rows"] = f"{rows}, read like the others"

    def below(self, heading: int, width: int) -> tuple[pd.DataFrame, NDArray[np.int64]]:
        """Give the cells below a row, and how many cells each row has.

        Rows are filled up with None, or cut, to `width` cells; the index counts from 1.
        """
        rows = self.rows[heading + 1 :]
        count = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
        for number in np.flatnonzero(count != width):  # few: most rows have what the heading has
            row = list(rows[number][:width])
            rows[number] = row + [None] * (width - len(row))
        cells = np.fromiter(itertools.chain.from_iterable(rows), object, len(rows) * width)
        table = pd.DataFrame(cells.reshape(len(rows), width), dtype=object)
        return table.set_axis(pd.RangeIndex(1, len(rows) + 1)), count


def blank(cell: object) -> bool:
    """Say whether a cell holds nothing that one can see.

    Examples
    --------
    >>> blank(None), blank("　 "), blank(0)
    (True, True, False)
    """
    return cell is None or (isinstance(cell, str) and not cell.strip(" \t\r\n\0\u3000\u00a0\ufeff"))


def blanks(table: pd.DataFrame) -> NDArray[np.bool_]:
    """Say which cells of a table are blank."""
    cells = table.to_numpy(dtype=object).ravel()
    found = np.fromiter(map(blank, cells), bool, len(cells)) | pd.isna(cells)
    return found.reshape(table.shape)
