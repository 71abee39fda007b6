"""What a file holds before it becomes records: a table, its shapes, and what was done to them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pandas as pd

from layers.coordinates import advice, some_coordinates
from layers.meaning import foreign_datum
from layers.records import Records, crs_name, declared_crs
from layers.tables.opening import from_points
from spatial.crs import require_datum
from spatial.errors import InputError, UnplacedError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pyproj import CRS

    from layers.records import LayerOptions, Shapes

    Mask = NDArray[np.bool_]


@dataclass
class Source:
    """One table of a file.

    Attributes
    ----------
    table
        A row for each record, in the order of the file; columns as in the file.
    shapes
        The shape of each row, None where there is none; or None for a table without shapes.
    crs
        What the file says, if it does.
    dropped, repaired
        Masks over the rows by reason.
    missing
        How many records the file speaks of but does not hold, by reason.
    taken
        What was taken for what.
    """

    table: pd.DataFrame
    shapes: Shapes | None
    crs: CRS | None = None
    dropped: dict[str, Mask] = field(default_factory=dict)
    repaired: dict[str, Mask] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)

    def records(self, options: LayerOptions) -> Records:
        """Make records of rows that have shapes, or coordinates in two columns."""
        table = self.table.set_axis(pd.RangeIndex(1, len(self.table) + 1))
        if self.shapes is None:
            return self._counted(from_points(table, options))
        if options.x or options.y:
            wrong = "has shapes of its own, so that x and y say nothing"
            raise InputError(wrong, "take them out")
        crs, said = _crs(self.crs, options, self.shapes)
        records = Records(options, table, self.shapes, crs)
        records.taken["crs"] = said
        return self._counted(records)

    def rows(self, some: Mask) -> Source:
        """Give some of the rows."""

        def only(masks: dict[str, Mask]) -> dict[str, Mask]:
            return {reason: mask[some] for reason, mask in masks.items()}

        shapes = None if self.shapes is None else self.shapes[some]
        dropped, repaired = only(self.dropped), only(self.repaired)
        return replace(
            self, table=self.table[some], shapes=shapes, dropped=dropped, repaired=repaired
        )

    def _counted(self, records: Records) -> Records:
        """Count what the reader of the file repaired and left out."""
        records.taken |= self.taken
        for reason, count in self.missing.items():
            records.dropped[reason] += count
        for reason, changed in self.repaired.items():
            records.repair(changed[records.table.index.to_numpy() - 1], reason)
        for reason, bad in self.dropped.items():
            records.drop(bad[records.table.index.to_numpy() - 1], reason)
        return records


def _crs(own: CRS | None, options: LayerOptions, shapes: Shapes) -> tuple[CRS, str]:
    """Give the CRS of shapes, and how it is told."""
    if own is not None and own.name.casefold().startswith("undefined"):
        own = None  # GeoPackage's way of saying so
    crs = declared_crs(options) if options.crs or own is None else own
    if crs is None:
        wrong = "has no CRS"
        xy = some_coordinates(shapes)
        raise UnplacedError(wrong, advice(xy), xy)
    if not (crs.is_geographic or crs.is_projected):
        wrong = f"its CRS {crs.name!r} does not say where on Earth a place lies"
        xy = some_coordinates(shapes)
        raise UnplacedError(wrong, advice(xy, "say crs = ... with the CRS that it is in"), xy)
    shifted = foreign_datum(crs.name)
    if shifted and options.datum is None:
        wrong = f"its CRS {crs.name!r} speaks of {shifted}"
        raise InputError(wrong, f'say datum = "{shifted}", or datum = "wgs84" if converted')
    require_datum(crs)
    other = f" (the file says {crs_name(own)})" if own is not None and own != crs else ""
    return crs, crs_name(crs) + other
