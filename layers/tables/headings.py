"""The row that heads the columns of a table, or the two rows that do so together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from layers.meaning import JOINT, candidates, normalised
from layers.tables.grid import Block, blank
from layers.tables.pairs import any_pair
from layers.tables.units import are_units, with_names_above, with_unit_above, with_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.records import LayerOptions
    from layers.tables.grid import Grid

_WITHIN: Final = 30  # filled rows; titles and notes stand above a heading, not pages of them
_LONGEST: Final = 60  # characters of a heading that is no cell
MOST_COLUMNS: Final = 2000
"""The most columns of a table; a file of more is no planner's."""
_PLACES: Final = (("lon", "lat"), ("x", "y"))


@dataclass(frozen=True)
class Heading:
    """The row (from 0) above the records, and the heading of each column, "" where it has none."""

    row: int
    columns: list[str]
    joint: bool = False  # two rows make it


def find_heading(grid: Grid, options: LayerOptions) -> Heading | None:
    """Find the row that heads the columns: titles may stand above it.

    It is the first row that names the coordinates, alone or with the row above. A column that
    two rows head is headed with both, ``"坐标 | 经度"``.
    """
    filled = [n for n, row in enumerate(grid.rows[: 5 * _WITHIN]) if not all(map(blank, row))]
    for number in filled[:_WITHIN]:
        if _is_endless(grid.rows[number]):
            continue
        own = _texts(grid.rows[number])
        joint = _with_row_above(grid, number)
        for columns in (joint, own):
            if columns and _names_places(columns, options, _below(grid, number)):
                return _with_units(grid, Heading(number, columns, joint=columns is joint))
    return None


def _with_units(grid: Grid, heading: Heading) -> Heading:
    """Take the units that stand in a row below the headings, or above them, to the headings."""
    row, columns = heading.row, heading.columns
    if row + 1 < len(grid.rows) and are_units(grid.rows[row + 1]):
        return Heading(row + 1, with_units(columns, grid.rows[row + 1]), joint=True)
    above = grid.rows[:row]
    return replace(heading, columns=with_unit_above(with_names_above(columns, above), above))


def first_row(grid: Grid) -> Heading:
    """Give the first row that holds anything, where none names the coordinates."""
    for number, row in enumerate(grid.rows):
        if not all(map(blank, row)):
            return Heading(number, _texts(row))
    return Heading(0, [])


def _names_places(columns: Sequence[str], options: LayerOptions, below: Sequence[object]) -> bool:
    """Say whether headings name the columns of coordinates."""
    if options.x is not None and options.y is not None:
        plain = {normalised(part) for text in columns for part in (text, text.rpartition(JOINT)[2])}
        return {normalised(options.x), normalised(options.y)} <= plain
    named = [text for text in columns if text]
    pairs = [[candidates(named, meaning) for meaning in pair] for pair in _PLACES]
    if any(x and y and x != y for x, y in pairs):
        return True
    spots = set(candidates([text for text in named if len(text) <= _LONGEST], "spot"))
    return any_pair(cell for text, cell in zip(columns, below, strict=False) if text in spots)


def _below(grid: Grid, number: int) -> Sequence[object]:
    """Give the next row that holds anything."""
    rows = (row for row in grid.rows[number + 1 : number + _WITHIN] if not all(map(blank, row)))
    return next(rows, ())


def _with_row_above(grid: Grid, number: int) -> list[str] | None:
    """Join headings with those in the row above, if that heads columns, too, and is no title."""
    if number == 0:
        return None
    lower = _texts(grid.rows[number])
    upper = _texts(grid.rows[number - 1])
    width = max(len(lower), len(upper))
    lower += [""] * (width - len(lower))
    upper += [""] * (width - len(upper))
    wide = [block for block in grid.merged if block.top <= number - 1 <= block.bottom]
    fills = any(high and not low for high, low in zip(upper, lower, strict=True))
    groups = any(
        _heads_several(block, lower) and upper[block.left] for block in wide if block.left < width
    )
    several = sum(map(bool, upper)) > 1
    twice = several and len(set(filter(None, lower))) < sum(map(bool, lower))
    if not ((fills and sum(map(bool, lower)) > 1) or groups or twice):
        return None
    return _joined(_spread(upper, lower, wide), lower)


def _heads_several(block: Block, lower: Sequence[str]) -> bool:
    """Say whether a merged cell stands above several headings, but not above all of them."""
    under = sum(map(bool, lower[block.left : block.right + 1]))
    return block.top == block.bottom and 1 < under < sum(map(bool, lower))


def _spread(upper: Sequence[str], lower: Sequence[str], wide: Sequence[Block]) -> list[str]:
    """Write the upper heading over each of the columns that it heads."""
    spread = list(upper)
    if wide:
        for block in wide:
            for place in range(block.left, min(block.right + 1, len(spread))):
                spread[place] = upper[block.left]
        return spread
    for place in range(1, len(spread)):
        heads_more = lower[place - 1] and spread[place - 1]
        if not spread[place] and lower[place] and heads_more:
            spread[place] = spread[place - 1]
    return spread


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Join the headings of two rows."""
    return [
        JOINT.join(dict.fromkeys(text for text in pair if text))
        for pair in zip(upper, lower, strict=True)
    ]


def _is_endless(row: Sequence[object]) -> bool:
    """Say whether a row has more cells than any heading, most likely split at a wrong mark."""
    return len(row) > MOST_COLUMNS and len(row) - row.count(None) - row.count("") > MOST_COLUMNS


def _texts(row: Sequence[object]) -> list[str]:
    """Give the headings of a row in one line each."""
    return ["" if blank(cell) else " ".join(str(cell).split()) for cell in row]
