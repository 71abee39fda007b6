"""What is known when sites are sought: homes, candidates, and what binds the choice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from spatial.errors import InputError
from spatial.siting.covering import people_within
from spatial.siting.limits import Limits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spatial.catchments import Catchments
    from spatial.siting.covering import Table

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Siting:
    """What is known when sites are sought: h homes, c candidates, and what binds the choice.

    Attributes
    ----------
    catchments
        Which homes lie near which candidates; looked for at least as far as `reach_m`.
    weight
        (h,) people in each home.
    reach_m
        Served is who walks no farther, metres.
    present_m
        (h,) the walk to the nearest facility there is, inf where there is none. Default: none is.
    factor
        (h,) how much people there count, such as 2 in a district that is worst off; for
        `most_people` and `least_walking`. Default: 1.
    cost
        (c,) of each candidate, 0 or more, in any unit.
    capacity
        (c,) people each candidate can serve, inf for any number; for `most_people` and
        `fewest_sites`. People of a home may go to several sites within reach.
    xy, spacing_m
        (c, 2) metres, and how far apart new sites are at least, straight.
    must, barred
        (c,) bool: candidates that are built in any case; that are not to be built.

    Raises
    ------
    InputError
        If lengths differ, a number is missing or negative, or a candidate must be and is barred.
    """

    catchments: Catchments
    weight: Numbers
    reach_m: float
    present_m: Numbers | None = None
    factor: Numbers | None = None
    cost: Numbers | None = None
    capacity: Numbers | None = None
    xy: Numbers | None = None
    spacing_m: float = 0.0
    must: Flags | None = None
    barred: Flags | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        _check_lengths(self)
        _check_numbers(self)
        _check_places(self)

    @cached_property
    def walk_m(self) -> Numbers:
        """(h,) the walk today, inf where there is none."""
        none = np.full(len(self.weight), np.inf)
        return (
            none
            if self.present_m is None
            else np.where(np.isnan(self.present_m), np.inf, self.present_m)
        )

    @cached_property
    def counts(self) -> Numbers:
        """(h,) how much people count."""
        return np.ones(len(self.weight)) if self.factor is None else self.factor

    @cached_property
    def usable(self) -> Flags:
        """(c,) the candidates that may be built."""
        every = np.ones(len(self.catchments), dtype=np.bool_)
        return every if self.barred is None else ~self.barred

    @cached_property
    def unserved(self) -> Flags:
        """(h,) homes with people that are out of reach today."""
        return (self.weight > 0) & (self.walk_m > self.reach_m)

    def table(self, counts: Numbers) -> Table:
        """Whom each candidate would serve."""
        return people_within(
            self.catchments,
            self.weight,
            counts,
            self.reach_m,
            self.unserved,
            self.usable,
            apart=self.capacity is not None,
        )

    def reached(self, among: Flags, within_m: float) -> Flags:
        """(h,) homes that one of some candidates reaches."""
        near = np.repeat(among, np.diff(self.catchments.first))
        near &= self.catchments.walk_m <= within_m
        reached = np.zeros(len(self.weight), dtype=np.bool_)
        reached[self.catchments.home[near]] = True
        return reached


NO_COST = InputError("have no costs", "give cost, or a number of sites", layer="candidates")


def limits_of(town: Siting, new: int | None, budget: float | None) -> Limits:
    """Put the limits of a choice together.

    Raises
    ------
    InputError
        If there are none, or sites that must be built break them already.
    """
    c = len(town.catchments)
    if new is None and budget is None:
        raise InputError("neither a number of sites nor a budget is given", "give new or budget")
    if new is not None and new < 1:
        raise InputError(f"{new} new sites cannot be placed", "ask for 1 or more")
    if budget is not None and town.cost is None:
        raise NO_COST
    if budget is not None and not budget >= 0:
        raise InputError(f"{budget:g} is no budget", "give 0 or more")
    limits = Limits(
        new=c if new is None else min(new, c),
        budget=np.inf if budget is None else budget,
        cost=np.zeros(c) if town.cost is None else town.cost,
        usable=town.usable,
        must=np.zeros(c, dtype=np.bool_) if town.must is None else town.must,
        xy=town.xy,
        spacing_m=town.spacing_m,
    )
    _check_must(limits)
    return limits


def _check_must(limits: Limits) -> None:
    """Refuse sites that must be built and cannot be, all of them."""
    must = np.flatnonzero(limits.must)
    if len(must) > limits.new:
        raise InputError(
            f"{len(must)} sites must be built, but only {limits.new} may be",
            "ask for more sites, or let go of some that must be",
            layer="candidates",
        )
    cost = limits.cost[must].sum()
    if cost > limits.ceiling:
        raise InputError(
            f"the sites that must be built cost {cost:g}, the budget is {limits.budget:g}",
            "raise the budget, or let go of some that must be",
            layer="candidates",
        )
    clash = limits.clashes[must][:, must].tocoo()
    if clash.nnz:
        one, other = must[clash.coords[0][0]], must[clash.coords[1][0]]
        raise InputError(
            f"must be built, but stands less than {limits.spacing_m:g} m from row {other + 1}, "
            "which must be built too",
            "lower the spacing, or let go of one of them",
            layer="candidates",
            row=int(one) + 1,
        )


def people_wanted(town: Siting, table: Table, share: float) -> float:
    """People to be gained so that a share of all is served.

    Raises
    ------
    InputError
        If candidates cannot reach, or take in, as many.
    """
    total, reachable = town.weight.sum(), table.people.sum()
    served = town.weight[town.walk_m <= town.reach_m].sum()
    target = reachable if share >= 1 else max(share * total - served, 0.0)
    if target > reachable * (1 + 1e-9):
        out = town.unserved & ~town.reached(town.usable, town.reach_m)
        raise InputError(
            f"at most {(served + reachable) / total:.1%} of people can be served: no candidate "
            f"lies within {town.reach_m:g} m of {out.sum()} homes with {town.weight[out].sum():g}",
            "ask for a smaller share, or give candidates near them",
            layer="candidates",
        )
    room = np.inf if town.capacity is None else town.capacity[town.usable].sum()
    if room < target * (1 - 1e-9):
        raise InputError(
            f"all candidates together can serve {room:g} people, but {target:g} are to be served",
            "give more capacity, or ask for a smaller share",
            layer="candidates",
        )
    return float(target)


def refuse_capacity(town: Siting) -> None:
    """Two of the questions let everyone walk to the nearest site, however crowded."""
    if town.capacity is not None:
        raise InputError(
            "have capacities, which this question does not count",
            "leave capacity out, or ask for most people or fewest sites",
            layer="candidates",
        )


def _check_lengths(town: Siting) -> None:
    """Every array has a number for each home, or for each candidate."""
    homes = ("weight", "present_m", "factor")
    candidates = ("cost", "capacity", "xy", "must", "barred")
    for names, count, layer in (
        (homes, len(town.weight), "homes"),
        (candidates, len(town.catchments), "candidates"),
    ):
        for name in names:
            array = getattr(town, name)
            if array is not None and len(array) != count:
                wrong = f"{name} has {len(array)} values for {count} {layer}"
                raise InputError(wrong, "give one each", layer=layer)
    if not len(town.catchments):
        raise InputError("holds no candidate", "give at least one", layer="candidates")
    if town.catchments.home.max(initial=-1) >= len(town.weight):
        raise InputError("catchments name homes that have no weight", "give one each")


def _check_numbers(town: Siting) -> None:
    """No amount is negative or missing, and catchments reach as far as is asked."""
    for name, layer in (
        ("weight", "homes"),
        ("factor", "homes"),
        ("cost", "candidates"),
        ("capacity", "candidates"),
    ):
        array = getattr(town, name)
        if array is None:
            continue
        bad = np.flatnonzero(~(array >= 0) | (np.isinf(array) & (name != "capacity")))
        if len(bad):
            wrong = f"{array[bad[0]]:g} is no {name}"
            raise InputError(wrong, "give 0 or more", layer=layer, row=int(bad[0]) + 1)
    if not 0 <= town.reach_m <= town.catchments.limit_m:
        raise InputError(
            f"homes were looked for within {town.catchments.limit_m:g} m, but the reach is "
            f"{town.reach_m:g} m",
            "look at least as far as the reach",
        )


def _check_places(town: Siting) -> None:
    """A candidate is not both set and barred; spacing needs to know where they stand."""
    if town.must is not None and (town.must & ~town.usable).any():
        row = int(np.flatnonzero(town.must & ~town.usable)[0]) + 1
        wrong, remedy = "must be built and is barred", "choose one of the two"
        raise InputError(wrong, remedy, layer="candidates", row=row)
    if town.spacing_m > 0 and town.xy is None:
        raise InputError("have no coordinates", "give xy, or no spacing", layer="candidates")
