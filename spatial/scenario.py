"""Scenarios (方案): before and after, who gains, who loses, and what each change is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from spatial.changes import Change, Scenario
from spatial.effects import Present
from spatial.stage import afresh, stage
from spatial.standards import CircleStandard, UnionStandard

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from spatial.stage import Stage
    from spatial.standards import ServiceStandard, Standard


__all__ = [
    "Change",
    "Difference",
    "Present",
    "Scenario",
    "Side",
    "compare",
    "differences",
    "equal_afresh",
]


@dataclass(frozen=True)
class Side:
    """One standard on one side of a comparison, for h homes.

    Attributes
    ----------
    weight
        (h,) people in each home.
    served, straight
        (h,) bool, on foot and by straight line.
    walk_m
        (h,) metres on foot to the nearest facility, inf where none is reached; None for a
        standard of several services.
    """

    weight: NDArray[np.float64]
    served: NDArray[np.bool_]
    straight: NDArray[np.bool_]
    walk_m: NDArray[np.float64] | None

    @property
    def people(self) -> float:
        """Served on foot."""
        return float(self.weight @ self.served)

    @property
    def straight_people(self) -> float:
        """Served by straight line."""
        return float(self.weight @ self.straight)

    @property
    def total(self) -> float:
        """All."""
        return float(self.weight.sum())


@dataclass(frozen=True)
class Difference:
    """What a scenario does to one standard.

    Attributes
    ----------
    standard
        Which one.
    before, after
        Both sides, of the same homes; those that only the scenario builds have nobody before.
    alone
        (c,) for each change the people served more if only this one were made.
    within
        (c,) the people served fewer if this one alone were left out of the whole. Changes that
        serve the same people have less of this than alone; changes that need one another, more.
    """

    standard: Standard
    before: Side
    after: Side
    alone: NDArray[np.float64]
    within: NDArray[np.float64]

    @property
    def gains(self) -> NDArray[np.bool_]:
        """(h,) homes served after, not before."""
        return self.after.served & ~self.before.served

    @property
    def loses(self) -> NDArray[np.bool_]:
        """(h,) homes served before, not after."""
        return self.before.served & ~self.after.served

    @property
    def shorter_m(self) -> NDArray[np.float64]:
        """(h,) metres by which each walk gets shorter, negative if longer; 0 from or to nowhere."""
        before, after = self.before.walk_m, self.after.walk_m
        if before is None or after is None:
            return np.zeros(len(self.gains))
        both = np.isfinite(before) & np.isfinite(after)
        return np.where(both, np.where(both, before, 0.0) - np.where(both, after, 0.0), 0.0)

    @property
    def staying(self) -> NDArray[np.float64]:
        """(h,) people in each home both before and after the scenario."""
        return np.minimum(self.before.weight, self.after.weight)

    def people(self, which: NDArray[np.bool_]) -> float:
        """People in some homes both before and after the scenario."""
        return float(self.staying @ which)

    @property
    def settled(self) -> float:
        """People more (or fewer) within reach because more live there, not because they gain."""
        turned = self.people(self.gains) - self.people(self.loses)
        return self.after.people - self.before.people - turned


def compare(
    present: Present, scenario: Scenario, standards: Sequence[Standard]
) -> list[Difference]:
    """Compare the present with a scenario, and value each of its changes alone and in the whole.

    Parameters
    ----------
    present
        What is there, measured.
    scenario
        What changes.
    standards
        What was measured: every service of theirs is one of the present's coverages.

    Returns
    -------
    list
        One difference for each standard.

    Raises
    ------
    InputError
        If a change has nothing to act on.

    Examples
    --------
    A chessboard town whose only park lies in its south-west corner gets another; and a house of
    30 people is built beside the first:

    >>> import shapely
    >>> from layers import sample
    >>> from spatial import coverage, facilities, population
    >>> from spatial.barriers import NO_BARRIERS
    >>> from spatial.network import network_from_streets
    >>> from spatial.profiles import chosen
    >>> network = network_from_streets(sample.grid(10, 10, 100.0))
    >>> houses = sample.homes([(x, 50) for x in range(0, 1001, 100)], [10.0] * 11)
    >>> homes = population.homes_on(network, houses)
    >>> parks = sample.facilities([shapely.box(10, 10, 90, 90)], "park")
    >>> park = chosen(["park_500m"], {})[0]
    >>> found = coverage.measure(network, homes, [(park, facilities.counted(parks, park))])
    >>> present = Present(network, homes, found, NO_BARRIERS, 100.0)
    >>> shapes = sample.facilities([shapely.box(710, 10, 790, 90), (0, 150)], "park").geometry
    >>> pocket = Change("add_facility", "pocket park", geometry=shapes[0], category="park")
    >>> estate = Change("add_people", "estate", geometry=shapes[1], people=30.0)
    >>> one = compare(present, Scenario("both", (pocket, estate)), [park])[0]
    >>> one.before.people, one.after.people, one.people(one.gains), one.settled
    (60.0, 140.0, 50.0, 30.0)
    >>> one.alone.tolist(), one.within.tolist()
    ([50.0, 30.0], [50.0, 30.0])
    """
    return differences(stage(present, scenario.changes), standards)


def differences(laid: Stage, standards: Sequence[Standard]) -> list[Difference]:
    """Compare as `compare` does, once the changes are laid out (`spatial.stage.stage`)."""
    everything = range(len(laid.changes))
    sides = {on: _trial(laid, on) for on in ((), tuple(everything))}
    before, after = sides[()], sides[tuple(everything)]
    alone = [_trial(laid, (one,)) for one in everything]
    without = [_trial(laid, [k for k in everything if k != one]) for one in everything]
    found = []
    for standard in standards:
        now, then = before.side(standard), after.side(standard)
        found.append(
            Difference(
                standard,
                now,
                then,
                np.array([one.people(standard) for one in alone]) - now.people,
                then.people - np.array([one.people(standard) for one in without]),
            )
        )
    return found


def equal_afresh(laid: Stage) -> bool:
    """Whether the walks with all changes equal those measured from scratch, to the last bit."""
    everything = range(len(laid.changes))
    return all(
        np.array_equal(laid.walks_with(number, everything), afresh(laid, number, everything))
        for number in range(len(laid.offers))
    )


@dataclass(frozen=True)
class _Trial:
    """Some changes tried: the people, and the walks to every service."""

    laid: Stage
    on: Collection[int]
    weight: NDArray[np.float64]
    walk_m: Mapping[str, NDArray[np.float64]]

    def side(self, standard: Standard) -> Side:
        served = _served(standard, self._on_foot)
        alone = self.walk_m.get(standard.id)
        return Side(self.weight, served, _served(standard, self._straight), alone)

    def people(self, standard: Standard) -> float:
        return float(self.weight @ _served(standard, self._on_foot))

    def _on_foot(self, service: ServiceStandard) -> NDArray[np.bool_]:
        number = _number(self.laid, service)
        return self.walk_m[service.id] <= self.laid.offers[number].coverage.reach_m

    def _straight(self, service: ServiceStandard) -> NDArray[np.bool_]:
        return self.laid.straight_with(_number(self.laid, service), self.on) <= service.reach_m


def _trial(laid: Stage, on: Collection[int]) -> _Trial:
    ids = [one.coverage.standard.id for one in laid.offers]
    walks = {key: laid.walks_with(number, on) for number, key in enumerate(ids)}
    return _Trial(laid, on, laid.weight_with(on), walks)


def _number(laid: Stage, service: ServiceStandard) -> int:
    return [one.coverage.standard.id for one in laid.offers].index(service.id)


def _served(
    standard: Standard, within: Callable[[ServiceStandard], NDArray[np.bool_]]
) -> NDArray[np.bool_]:
    """Whom a standard serves: any class of a union, every must-have service of a circle."""
    if isinstance(standard, CircleStandard):
        must = [one for one in standard.services if one.id in standard.must_have]
        return np.all([within(one) for one in must or standard.services], axis=0)
    if isinstance(standard, UnionStandard):
        return np.any([within(one) for one in standard.services], axis=0)
    return within(standard)
