"""The 15-minute circle: which services lie within their reach of each home (rule 11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from spatial.coverage import Coverage
    from spatial.standards import CircleStandard


@dataclass(frozen=True)
class Circle:
    """A circle measured for h homes: one coverage per service.

    Attributes
    ----------
    standard
        The services and which of them are must-have.
    services
        The coverages, in the standard's order.
    """

    standard: CircleStandard
    services: Sequence[Coverage]

    @property
    def must_have(self) -> list[Coverage]:
        """The services a complete circle has."""
        return [one for one in self.services if one.standard.id in self.standard.must_have]

    @property
    def met(self) -> NDArray[np.int64]:
        """(h,) how many must-have services lie within reach."""
        served = [one.served for one in self.must_have]
        return np.sum(served, axis=0, dtype=np.int64) if served else _none(self.services)

    @property
    def complete(self) -> NDArray[np.bool_]:
        """(h,) whether all must-have services lie within reach."""
        return self.met == len(self.must_have)


def _none(services: Sequence[Coverage]) -> NDArray[np.int64]:
    return np.zeros(len(services[0].walk_m) if services else 0, dtype=np.int64)
