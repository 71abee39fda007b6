"""The sites that make the longest walk as short as can be (p-centre)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from spatial.errors import InputError
from spatial.siting.bounding import bound
from spatial.siting.covering import needed, people_within
from spatial.siting.highs import LARGEST, all_rows, choice, most_worth, solve
from spatial.siting.swapping import greedy, shaken, swapped

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spatial.catchments import Catchments
    from spatial.siting.covering import Table
    from spatial.siting.limits import Limits
    from spatial.siting.quest import Quest

_SHAKES = 15
_TIE_PAIRS = 100_000
"""Among equally fair choices the one with least walking is sought in tables up to this size."""


@dataclass(frozen=True)
class Farthest:
    """Homes of which the one that walks farthest counts.

    Attributes
    ----------
    catchments
        Which homes lie near which candidates.
    present_m
        (h,) the walk to the nearest facility there is, inf where there is none.
    counted
        (h,) bool, the homes that count: those that someone may reach.
    limits
        What a choice keeps to.
    """

    catchments: Catchments
    present_m: NDArray[np.float64]
    counted: NDArray[np.bool_]
    limits: Limits

    def table(self, walk_m: float) -> Table:
        """Whom each candidate brings within so many metres, of those who walk farther today."""
        ones = np.ones(len(self.present_m))
        far = self.counted & (self.present_m > walk_m)
        return people_within(self.catchments, ones, ones, walk_m, far, self.limits.usable)

    def far(self, walk_m: float) -> int:
        """How many homes must be brought within so many metres."""
        return int((self.counted & (self.present_m > walk_m)).sum())

    def longest_m(self, sites: NDArray[np.int64]) -> float:
        """The longest walk of any home that counts."""
        walk_m = walks_after(self.catchments, self.present_m, sites)[self.counted]
        return float(walk_m.max(initial=0.0))

    def steps_m(self) -> NDArray[np.float64]:
        """All that the longest walk can be, rising."""
        usable = np.repeat(self.limits.usable, np.diff(self.catchments.first))
        near = usable & self.counted[self.catchments.home]
        nearest = np.minimum(self.present_m, self.nearest_m())[self.counted]
        every = np.concatenate([self.catchments.walk_m[near], self.present_m[self.counted], [0.0]])
        return np.unique(every[np.isfinite(every) & (every >= nearest.max(initial=0.0))])

    def nearest_m(self) -> NDArray[np.float64]:
        """(h,) the walk if every usable candidate were built."""
        every = np.full(len(self.present_m), np.inf)
        return walks_after(self.catchments, every, np.flatnonzero(self.limits.usable))


def walks_after(
    catchments: Catchments, present_m: NDArray[np.float64], sites: NDArray[np.int64]
) -> NDArray[np.float64]:
    """(h,) metres each home walks to the nearest facility once some sites are built."""
    chosen = np.zeros(len(catchments), dtype=np.bool_)
    chosen[sites] = True
    take = np.repeat(chosen, np.diff(catchments.first))
    walk_m = present_m.copy()
    np.minimum.at(walk_m, catchments.home[take], catchments.walk_m[take])
    return walk_m


@dataclass(frozen=True)
class _Within:
    """Whether sites can bring every home within some metres.

    Attributes
    ----------
    sites
        Sites that do, or None where none were found.
    impossible
        Whether it is proven that none do.
    """

    sites: NDArray[np.int64] | None
    impossible: bool = False


def fairest(farthest: Farthest, saved: Table, quest: Quest) -> None:
    """Halve the range of possible longest walks until one is possible and none below it.

    Parameters
    ----------
    farthest
        Whose walks count, and what a choice keeps to.
    saved
        Metres saved by each candidate, to choose among equally fair answers.
    quest
        Where answers and bounds go.

    Raises
    ------
    InputError
        If no choice within the limits reaches every home that some candidate reaches.
    """
    steps_m = farthest.steps_m()
    found = _within(farthest, steps_m[-1], quest)
    if found.sites is None:
        raise _not_all(farthest, steps_m[-1], found)
    quest.found(found.sites, farthest.longest_m(found.sites), "greedy")
    given_up, impossible, high = -1, -1, int(np.searchsorted(steps_m, quest.value))
    while high - given_up > 1 and quest.left_s > 0:
        middle = (given_up + high) // 2
        found = _within(farthest, steps_m[middle], quest)
        if found.sites is not None:
            quest.found(found.sites, farthest.longest_m(found.sites), "halving")
            high = int(np.searchsorted(steps_m, quest.value))
        else:
            given_up = middle
            impossible = middle if found.impossible else impossible
    quest.proved(float(steps_m[impossible + 1]))
    _less_walking(farthest, saved, quest)


def _not_all(farthest: Farthest, walk_m: float, found: _Within) -> InputError:
    """Say that some home stays out of everyone's reach."""
    homes, limits = farthest.far(walk_m), farthest.limits
    known = "" if found.impossible else "was found that "
    most = f"at most {limits.new} sites" if limits.new < len(limits.cost) else "the budget"
    return InputError(
        f"no choice of {most} {known}brings all {homes} homes that some candidate reaches within "
        f"{walk_m:g} m",
        "give more sites or budget, or look farther; fewest_sites tells how many it takes",
    )


def _within(farthest: Farthest, walk_m: float, quest: Quest) -> _Within:
    """Look for sites that bring every home within so many metres."""
    table, limits = farthest.table(walk_m), farthest.limits
    must = np.flatnonzero(limits.must)
    enough = farthest.far(walk_m) - 0.5  # homes are counted: whole numbers
    if table.people.sum() < enough:
        return _Within(None, impossible=True)
    if table.value(must) >= enough:
        return _Within(must)
    alike = limits.spacing_m <= 0 and not len(must)
    table = needed(table, limits.cost if alike else None).counted()
    enough = table.rows - 0.5
    sites = shaken(
        table,
        limits,
        swapped(table, limits, greedy(table, limits)),
        rounds=_SHAKES,
        go_on=lambda value: value < enough and quest.left_s > 0,
    )
    if table.value(sites) >= enough:
        return _Within(sites)
    proven = bound(
        table,
        limits,
        np.full(table.candidates, np.inf),
        enough,
        lambda most: most >= enough and quest.left_s > 0,
    )
    if proven.value < enough:
        return _Within(None, impossible=True)
    return _decided(table, limits, quest)


def _decided(table: Table, limits: Limits, quest: Quest) -> _Within:
    """Let HiGHS decide whether every row can be served, in half of the time left."""
    if len(table.pairs.row) > LARGEST:
        return _Within(None)
    solved = solve(choice(limits).with_rows(*all_rows(table)), seconds=quest.left_s / 2)
    return _Within(solved.chosen, impossible=solved.bound == -np.inf)


def _less_walking(farthest: Farthest, saved: Table, quest: Quest) -> None:
    """Among choices that are as fair, take the one that saves most walking, if that is cheap."""
    if quest.sites is None or len(saved.pairs.row) > _TIE_PAIRS or quest.left_s <= 0:
        return
    rows = all_rows(needed(farthest.table(quest.value), None))
    model = most_worth(saved, farthest.limits).with_rows(*rows)
    solved = solve(model, seconds=quest.left_s / 2)
    if solved.chosen is None or farthest.longest_m(solved.chosen) > quest.value:
        return
    if saved.value(solved.chosen) > saved.value(quest.sites):
        quest.sites = solved.chosen
