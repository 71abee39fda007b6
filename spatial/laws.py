"""What must hold on every run (rule 14), on the planner's own data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from spatial.errors import LawError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spatial.coverage import Coverage
    from spatial.population import Homes

EXACT_M = 1e-3
"""Distances are exact to this."""


def laws(homes: Homes, coverages: Sequence[Coverage]) -> dict[str, bool]:
    """Check the laws that can be checked on results alone; each name says what holds."""
    return {
        "walk_not_shorter_than_straight_line": all(map(_walk_not_shorter, coverages)),
        "bounds_hold_the_value": all(map(_bounds_hold, coverages)),
        "more_entrances_lengthen_no_walk": all(map(_more_entrances_shorten, coverages)),
        "nobody_gains_by_walking_worse": all(map(_nobody_gains, coverages)),
        "people_add_up": all(_people_add_up(homes, one) for one in coverages),
        "served_on_foot_is_served_straight": all(
            bool((one.straight_m[one.served] <= one.standard.reach_m + EXACT_M).all())
            for one in coverages
        ),
    }


def require(found: Mapping[str, bool]) -> None:
    """Stop where a law is broken.

    Raises
    ------
    LawError
        Naming every law that does not hold.
    """
    broken = [name for name, holds in found.items() if not holds]
    if broken:
        message = f"law broken: {', '.join(broken)}; nothing was written, please report this"
        raise LawError(message)


def _walk_not_shorter(one: Coverage) -> bool:
    both = ~np.isnan(one.walk_m)
    return bool((one.walk_m[both] >= one.straight_m[both] - EXACT_M).all())


def _bounds_hold(one: Coverage) -> bool:
    """Lower bound, value and upper bound serve ever more homes: nobody drops out."""
    return bool((~one.low_served | one.served).all() and (~one.served | one.high_served).all())


def _more_entrances_shorten(one: Coverage) -> bool:
    """From gates alone, to all entrances, to any street beside a park: no walk gets longer."""
    low, value, high = (
        np.nan_to_num(metres, nan=np.inf) for metres in (one.low_m, one.walk_m, one.high_m)
    )
    return bool((low >= value).all() and (value >= high).all())


def _nobody_gains(one: Coverage) -> bool:
    """Slower, without stairs, uphill: no walk gets shorter, and nobody is gained."""
    usual, walk = (np.nan_to_num(metres, nan=np.inf) for metres in (one.usual_m, one.walk_m))
    served = one.usual_m <= one.standard.reach_m + EXACT_M
    return bool((usual <= walk + EXACT_M).all() and (~one.served | served).all())


def _people_add_up(homes: Homes, one: Coverage) -> bool:
    """An unconnected home counted as served would be counted twice."""
    connected = homes.ties.tied
    parts = [one.served, ~one.served & connected, ~connected]
    total = float(homes.weight.sum())
    return abs(sum(map(homes.people, parts)) - total) <= 1e-9 * max(total, 1.0)
