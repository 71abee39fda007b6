"""Records that say again what an earlier one says: drawn twice, pasted twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from layers.records import Shapes


def repeated(shapes: Shapes, columns: pd.DataFrame) -> NDArray[np.bool_]:
    """Say which records have the same shape and the same columns as one before them.

    Shapes are the same whichever vertex they begin with and whichever way they are drawn.

    Examples
    --------
    >>> there, back = shapely.from_wkt(["LINESTRING (0 0, 9 1)", "LINESTRING (9 1, 0 0)"])
    >>> names = pd.DataFrame({"name": ["a", "a", "b"]})
    >>> repeated(np.array([there, back, back]), names).tolist()
    [False, True, False]
    """
    # Boxes are quickly compared, and few records share one.
    box = pd.DataFrame(shapely.bounds(shapes))
    some = np.flatnonzero(box.duplicated(keep=False))
    alike = columns.iloc[some].reset_index(drop=True)
    alike["shape"] = shapely.to_wkb(shapely.normalize(shapes[some]))
    result = np.zeros(len(shapes), dtype=bool)
    result[some] = alike.duplicated()
    return result
