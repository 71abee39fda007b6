"""What a straight leg may not cross: water, railways, motorways, walls (rule 4)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

KINDS = ("water", "railway", "motorway", "wall")
"""What a barrier may be; a leg that crosses several is said to cross the first of these."""

UNCROSSED = -1


@dataclass(frozen=True)
class Barriers:
    """Lines and areas that no leg crosses.

    Attributes
    ----------
    shapes
        (b,) lines and polygons, metres.
    kind
        (b,) int64, rows of `KINDS`.
    """

    shapes: NDArray[np.object_]
    kind: NDArray[np.int64]

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.shapes)

    def crossed(self, start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.int64]:
        """Which kind of barrier each of k straight legs crosses, or `UNCROSSED`.

        A leg that only touches a barrier with its end (a street on a quay) crosses nothing; one
        that lies in water does.

        Parameters
        ----------
        start, end
            (k, 2) metres.
        """
        legs = shapely.linestrings(np.stack([start, end], axis=1))
        leg, shape = self._tree.query(legs, predicate="intersects")
        real = ~shapely.touches(legs[leg], self.shapes[shape])
        first = np.full(len(legs), len(KINDS))
        np.minimum.at(first, leg[real], self.kind[shape[real]])
        return np.where(first == len(KINDS), UNCROSSED, first)


def barriers_from(layer: gpd.GeoDataFrame) -> Barriers:
    """Make barriers of a layer in a metric CRS with the column kind, one of `KINDS`."""
    kind = layer["kind"].map({name: row for row, name in enumerate(KINDS)}).to_numpy(np.int64)
    return Barriers(layer.geometry.to_numpy(), kind)


NO_BARRIERS = Barriers(np.empty(0, dtype=object), np.empty(0, dtype=np.int64))
"""An open plain."""
