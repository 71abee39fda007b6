"""Where the records stand that a layer left out or repaired, so that a map can show them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray
    from pyproj import CRS

MOST_MARKS: Final = 10_000
"""Marks kept of one layer: nobody looks at more on a map; the tally counts them all."""

_COLUMNS: Final = ("record", "place", "reason", "kept")
_FARTHEST: Final = 1e9  # metres or degrees: no CRS reaches so far, and none can convert more


def no_marks() -> gpd.GeoDataFrame:
    """Give the marks of a layer of which nothing was left out or repaired."""
    return Marks().table(None)


@dataclass
class Marks:
    """Records marked one reason after another.

    Of each reason the first `MOST_MARKS` records are held, so that a layer of which every record
    is at fault costs little.
    """

    held: list[pd.DataFrame] = field(default_factory=list)

    def add(
        self, record: NDArray[np.int64], shapes: NDArray[np.object_], reason: str, *, kept: bool
    ) -> None:
        """Mark records, each where its shape stands."""
        if not len(record):
            return
        some = slice(0, MOST_MARKS)
        columns = {"record": record[some], "reason": reason, "kept": kept}
        self.held.append(pd.DataFrame(columns).assign(spot=_spots(shapes[some])))

    def table(self, crs: CRS | None, above: int | None = None) -> gpd.GeoDataFrame:
        """Give at most `MOST_MARKS` marks in the order of records, some of every reason.

        Parameters
        ----------
        crs
            The CRS of the layer; marks are in it.
        above
            As in `layers.records.Records`.

        Returns
        -------
        geopandas.GeoDataFrame
            record (its number in the file, from 1), place (such as ``"row 12"``), reason (as in
            the tally), kept (repaired, not left out), and a point or None.
        """
        import geopandas as gpd  # noqa: PLC0415  heavy

        if not self.held:
            nothing = {name: pd.Series(dtype=object) for name in _COLUMNS}
            return gpd.GeoDataFrame(nothing, geometry=gpd.GeoSeries([]), crs=crs)
        marks = pd.concat(self.held, ignore_index=True)
        turn = marks.groupby("reason").cumcount().sort_values(kind="stable")
        marks = marks.loc[turn.index[:MOST_MARKS]].sort_values("record", kind="stable")
        marks["place"] = placed(marks["record"], above)
        spots = gpd.GeoSeries(marks["spot"].to_numpy(dtype=object), crs=crs)
        return gpd.GeoDataFrame(marks[[*_COLUMNS]].reset_index(drop=True), geometry=spots, crs=crs)


def placed(record: pd.Series, above: int | None) -> pd.Series:
    """Say where records stand, as the program that shows the file says it.

    Examples
    --------
    >>> placed(pd.Series([1, 2]), above=None).tolist(), placed(pd.Series([1]), above=3).tolist()
    (['feature 1', 'feature 2'], ['row 4'])
    """
    if above is None:
        return "feature " + record.astype(str)
    return "row " + (record + above).astype(str)


def _spots(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Give the first vertex of each shape: it stands on what was drawn, however broken that is."""
    xy, owner = shapely.get_coordinates(shapes, return_index=True)
    known = (np.abs(xy) < _FARTHEST).all(axis=1)
    owners, first = np.unique(owner[known], return_index=True)
    spots = np.full(len(shapes), None, dtype=object)
    spots[owners] = shapely.points(xy[known][first])
    return spots
