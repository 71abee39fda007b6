"""Records on their way from a planner's file to a layer, and what the planner says of the file."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from pyproj import CRS

from layers.datum import DATUMS
from layers.marks import Marks, placed
from layers.meaning import MEANINGS, column, listed
from spatial.crs import crs_from_text
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Shapes = NDArray[np.object_]


@dataclass(frozen=True)
class LayerOptions:
    """What a planner says about a file where meaning alone does not tell.

    Attributes
    ----------
    layer
        The table inside a GeoPackage.
    sheet
        The sheet of an Excel workbook.
    x, y
        The columns of longitude or easting, and of latitude or northing, in a table of points.
    crs
        The CRS of the coordinates, as `spatial.crs.crs_from_text` reads it. It overrides what
        the file says.
    encoding
        The encoding of the text in a CSV file, a Shapefile or a GeoJSON file.
    name, id, category, weight, levels
        The columns of the name, the identity, the category (facilities), the number of people
        (homes, population) and of floors (homes).
    datum
        What degrees refer to: ``"wgs84"``, ``"cgcs2000"``, ``"gcj02"`` or ``"bd09"``
        (`layers.datum`). Places in the last two are brought to WGS 84.
    """

    layer: str | None = None
    sheet: str | None = None
    x: str | None = None
    y: str | None = None
    crs: str | None = None
    encoding: str | None = None
    name: str | None = None
    id: str | None = None
    category: str | None = None
    weight: str | None = None
    levels: str | None = None
    datum: str | None = None


@dataclass
class Records:
    """Records on their way from a file to a layer.

    `table` (columns as in the file), `built` (columns of the layer) and `shapes` have a row for
    each record still in use; the index counts the records of the file from 1.
    """

    options: LayerOptions
    table: pd.DataFrame
    shapes: Shapes
    crs: CRS
    above: int | None = None  # rows of a spreadsheet above record 1; None: no spreadsheet
    dropped: Counter[str] = field(default_factory=Counter)
    repaired: Counter[str] = field(default_factory=Counter)
    marks: Marks = field(default_factory=Marks)
    taken: dict[str, str] = field(default_factory=dict)
    built: pd.DataFrame = field(init=False)

    def __post_init__(self) -> None:
        """Begin with no column of the layer."""
        self.built = pd.DataFrame(index=self.table.index)

    def drop(self, bad: ArrayLike, reason: str, *, tell: bool = False) -> None:
        """Leave records out for a reason; `tell` adds where the first of them stands."""
        mask = np.asarray(bad, dtype=bool)
        if not mask.any():
            return
        if tell:
            reason = f"{reason} (first: {self.place(int(self.table.index[mask][0]))})"
        self.dropped[reason] += int(mask.sum())
        self._mark(mask, reason, kept=False)
        self.table, self.built = self.table[~mask], self.built[~mask]
        self.shapes = self.shapes[~mask]

    def repair(self, changed: ArrayLike, reason: str) -> None:
        """Count records as changed and kept."""
        mask = np.asarray(changed, dtype=bool)
        if mask.any():
            self.repaired[reason] += int(mask.sum())
        if len(mask) == len(self.table):  # else the reader knows how many, not which
            self._mark(mask, reason, kept=True)

    def place(self, record: int) -> str:
        """Say where a record stands, as the program that shows the file says it."""
        return str(placed(pd.Series([record]), self.above)[0])

    def _mark(self, mask: NDArray[np.bool_], reason: str, *, kept: bool) -> None:
        """Remember where records stand that were dropped or repaired."""
        record = self.table.index.to_numpy()[mask]
        self.marks.add(record, self.shapes[mask], reason, kept=kept)

    def column(self, meaning: str) -> pd.Series | None:
        """Give the column with a meaning, and remember what was taken for it."""
        said = getattr(self.options, meaning, None)
        headings = list(self.table.columns)
        if said is None:
            used = {self.taken[other] for other in MEANINGS.keys() & self.taken}
            headings = [heading for heading in headings if heading not in used]
        heading = column(headings, meaning, said)
        if heading is None:
            return None
        self.taken[meaning] = heading
        return self.table[heading]


def declared_crs(options: LayerOptions) -> CRS | None:
    """Give the CRS that the options declare, if any."""
    if options.crs is not None:
        return crs_from_text(options.crs)
    return CRS(DATUMS[options.datum]) if options.datum else None


def crs_name(crs: CRS) -> str:
    """Give a CRS's code, or else its name."""
    authority = crs.to_authority()
    return ":".join(authority) if authority else crs.name


_QUERY: Final = re.compile(r"^sqlite3_\w+\(.*\) failed: ")
"""What SQLite was asked for when it found a file broken; of no use to a planner."""


def unreadable(error: Exception) -> InputError:
    """Make one line of what a reader says of a file it cannot read."""
    reason = str(error).split(";")[0].strip() or type(error).__name__
    reason = _QUERY.sub("", reason)
    return InputError(f"cannot be read ({reason})", "save it anew from the program that made it")


def only_one(names: Sequence[str], fitting: Sequence[str], what: str) -> str:
    """Choose the only table of a file, or the only one whose name fits."""
    for choice in (names, fitting):
        if len(choice) == 1:
            return choice[0]
    wrong = f"holds several {what}s: {listed(names)}" if names else f"holds no {what}"
    raise InputError(wrong, f"say which with {what} = ..." if names else "save it anew")
