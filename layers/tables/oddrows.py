"""Rows of a table that are no records: totals, headings once more, cells that slipped sideways."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from layers.meaning import candidates, normalised
from layers.tables.grid import blank, blanks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from layers.tables.grid import Block
    from layers.tables.points import Located

    Mask = NDArray[np.bool_]

_TOTALS: Final = frozenset(
    (
        *(
            "合计",
            "总计",
            "小计",
            "共计",
            "累计",
            "总和",
            "汇总",
            "平均",
            "均值",
            "平均值",
            "合计数",
        ),
        *(
            "total",
            "totals",
            "grandtotal",
            "subtotal",
            "sum",
            "average",
            "mean",
            "合计总计",
            "總計",
        ),
    )
)
_ENDS_OF_TOTALS: Final = ("合计", "总计", "小计", "共计", "總計", "合計")
_LONG: Final = 200  # characters: no total, but a note or worse
_LAST: Final = 5  # filled rows at the end, where a total may stand with coordinates of its own


def empty(table: pd.DataFrame, located: Located) -> Mask:
    """Say which rows hold nothing."""
    found = np.zeros(len(table), dtype=bool)
    unknown = np.flatnonzero(np.isnan(located.xy[:, 0]))
    found[unknown] = blanks(table.iloc[unknown]).all(axis=1)
    return found


def totals(table: pd.DataFrame, located: Located) -> Mask:
    """Say which rows add others up: the first words in them are 合计, total or the like."""
    found = np.zeros(len(table), dtype=bool)
    suspect = np.isnan(located.xy[:, 0])
    suspect[-_LAST:] = True
    rows = np.flatnonzero(suspect)
    for row, cells in zip(rows, table.iloc[rows].to_numpy(dtype=object), strict=True):
        words = (normalised(_bracketed(cell)) for cell in cells if isinstance(cell, str))
        first = next((word for word in words if word and not word.isdecimal()), "")
        found[row] = first in _TOTALS or first.endswith(_ENDS_OF_TOTALS)
    return found


def _bracketed(text: str) -> str:
    """Give a text without what stands in brackets: 合计（人） is 合计."""
    return re.sub(r"[(（\[【].*?[)）\]】]", "", text) if len(text) < _LONG else ""


def headings_again(table: pd.DataFrame, located: Located) -> Mask:
    """Say which rows head the columns once more, in the same words or in another language."""
    found = np.zeros(len(table), dtype=bool)
    rows = np.flatnonzero(np.isnan(located.xy[:, 0]))
    if located.x == located.y:
        found[rows] = table[located.x].iloc[rows].astype(str).str.strip() == located.x
        return found
    pairs = table[[located.x, located.y]].iloc[rows].to_numpy(dtype=object)
    told: dict[tuple[str, str], bool] = {}
    for row, (x, y) in zip(rows, pairs, strict=True):
        if isinstance(x, str) and isinstance(y, str):
            key = (x, y)
            if key not in told:
                told[key] = _head(x, "lon", "x") and _head(y, "lat", "y")
            found[row] = told[key]
    return found


def _head(cell: str, *meanings: str) -> bool:
    return any(candidates([cell], meaning) for meaning in meanings)


def slipped(count: NDArray[np.int64], width: int, rows: Sequence[Sequence[object]]) -> Mask:
    """Say which rows hold more than their heading: a separator too many moved their cells."""
    found = np.zeros(len(count), dtype=bool)
    for row in np.flatnonzero(count > width).tolist():
        found[row] = not all(map(blank, rows[row][width:]))
    return found


def shorter(count: NDArray[np.int64], named: int, located: Located) -> tuple[Mask, Mask]:
    """Say which rows lack cells, and which of them lie among the whole rows all the same.

    A row that lost a cell on its left has its coordinates elsewhere; one that merely ends early
    has them where they belong.
    """
    short = (count < named) & (count > 0)
    known = np.isfinite(located.xy).all(axis=1)
    whole = located.xy[known & ~short]
    if not len(whole):
        return short, short & known
    low, high = whole.min(axis=0), whole.max(axis=0)
    room = np.maximum(high - low, 1.0 if located.crs.is_geographic else 1e5)
    near = ((located.xy >= low - room) & (located.xy <= high + room)).all(axis=1)
    return short, short & known & near


def spread_merged(table: pd.DataFrame, merged: Sequence[Block], above: int) -> None:
    """Write the text of cells merged down a column into each of its rows, never a number.

    A street that is written once for ten compounds is that of each; their people are not.
    """
    height, width = table.shape
    for block in merged:
        top, bottom = block.top - above, min(block.bottom - above, height - 1)
        if top < 0 or block.left >= width or bottom <= top:
            continue
        cell = table.iloc[top, block.left]
        if isinstance(cell, str) and pd.isna(pd.to_numeric(cell, errors="coerce")):
            table.iloc[top + 1 : bottom + 1, block.left] = cell
