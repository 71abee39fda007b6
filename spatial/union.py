"""One figure of several classes: whoever is within the reach of any class is served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from spatial.coverage import Coverage
    from spatial.standards import UnionStandard


@dataclass(frozen=True)
class Union:
    """A union measured for h homes: one coverage per class, each with its own reach.

    Bounds hold home by home, as each class's do: a home that a class serves at least, the union
    serves at least.

    Attributes
    ----------
    standard
        The classes, and who says so.
    classes
        The coverages, in the standard's order.
    """

    standard: UnionStandard
    classes: Sequence[Coverage]

    @property
    def reach_m(self) -> float:
        """The farthest that any class lets one walk."""
        return max(one.reach_m for one in self.classes)

    @property
    def usual_served(self) -> NDArray[np.bool_]:
        """(h,) within reach of a usual walker in any class."""
        return np.any([one.usual_served for one in self.classes], axis=0)

    @property
    def served(self) -> NDArray[np.bool_]:
        """(h,) within the walking reach of any class."""
        return np.any([one.served for one in self.classes], axis=0)

    @property
    def straight_served(self) -> NDArray[np.bool_]:
        """(h,) within the service radius of any class."""
        return np.any([one.straight_served for one in self.classes], axis=0)

    @property
    def low_served(self) -> NDArray[np.bool_]:
        """(h,) served by any class at least."""
        return np.any([one.low_served for one in self.classes], axis=0)

    @property
    def high_served(self) -> NDArray[np.bool_]:
        """(h,) served by any class at most."""
        return np.any([one.high_served for one in self.classes], axis=0)
