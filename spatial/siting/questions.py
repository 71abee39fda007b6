"""Where the next facilities serve most people, and how good any other choice could be (选址).

Four questions, a function each: `most_people`, `fewest_sites`, `least_walking`, `fairest`. What
is there already stays. Every answer comes with a bound that no other choice exceeds, and so with
its gap; where value and bound meet, it is proven best.

Examples
--------
Five homes along a street, a candidate at each of three of them, 500 m is near enough:

>>> import numpy as np
>>> from spatial.catchments import Catchments
>>> near = Catchments(
...     first=np.array([0, 2, 5, 7]),
...     home=np.array([0, 1, 1, 2, 3, 3, 4]),
...     walk_m=np.array([100.0, 400, 300, 0, 300, 400, 100]),
...     limit_m=500.0,
... )
>>> town = Siting(near, weight=np.array([10.0, 20, 30, 20, 10]), reach_m=500.0)
>>> answer = most_people(town, new=1)
>>> answer.sites, answer.value, answer.gap, answer.proven
(array([1]), 70.0, 0.0, True)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np

from spatial.errors import InputError
from spatial.siting.candidates import NO_COST, Siting, limits_of, people_wanted, refuse_capacity
from spatial.siting.capacity import Crowded
from spatial.siting.covering import metres_saved
from spatial.siting.farthest import Farthest
from spatial.siting.farthest import fairest as shorten_the_longest
from spatial.siting.fewest import Wanted, fewest
from spatial.siting.proving import maximise, maximise_served
from spatial.siting.quest import Quest
from spatial.siting.swapping import gains_of, in_order

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]

Question = Literal["most", "fewest", "least_walking", "fairest"]


@dataclass(frozen=True)
class Answer:
    """Sites, what they are worth, and how much better any others might be.

    Attributes
    ----------
    question
        Which of the four was asked.
    sites
        (k,) candidates in order of building: each adds most, given those before it.
    gains
        (k,) what each adds, given those before it: people (times factor), for `least_walking`
        people times metres.
    value
        People gained (``"most"``), sites or their cost (``"fewest"``), people times metres saved
        (``"least_walking"``), or the longest walk in metres (``"fairest"``).
    bound
        No choice is better than this.
    gap
        By which part, 0 to 1, another choice might be better at most.
    proven
        Whether none is.
    seconds
        How long it took.
    greedy_value
        What the first answer was worth.
    method
        How the sites were found: ``"greedy"``, ``"swaps"``, ``"halving"`` or ``"HiGHS"``.
    unreachable
        (h,) bool, homes with people that nothing reaches, neither today nor from any candidate
        that may be built.
    barred_only
        (h,) bool, those of them that a barred candidate would reach.
    """

    question: Question
    sites: NDArray[np.int64]
    gains: Numbers
    value: float
    bound: float
    gap: float
    proven: bool
    seconds: float
    greedy_value: float
    method: str
    unreachable: Flags
    barred_only: Flags

    def summary(self) -> dict[str, float | bool | str]:
        """What is known of the answer, without the sites themselves."""
        names = ("value", "bound", "gap", "proven", "seconds", "greedy_value", "method")
        return {name: getattr(self, name) for name in names}


def most_people(
    town: Siting,
    *,
    new: int | None = None,
    budget: float | None = None,
    time_limit_s: float = 60.0,
    gap: float = 0.0,
    heard: Callable[[Answer], None] | None = None,
) -> Answer:
    """Find the sites that bring most people within reach (maximal covering).

    Church & ReVelle (1974). Homes within reach today count as served already and gain nothing.
    With capacities people are assigned to sites within reach, in parts if need be.

    Parameters
    ----------
    town
        Homes and candidates.
    new, budget
        At most so many sites; at most such costs. One of them is given, or both.
    time_limit_s
        Afterwards the best answer so far is given, with its gap.
    gap
        A gap (0 to 1) that is small enough to stop.
    heard
        Called with each better answer as it is found, the greedy one at once.

    Raises
    ------
    InputError
        If sites that must be built exceed number, budget or spacing.

    Examples
    --------
    Two candidates, the first reaches homes 0 and 1, the second home 2; home 0 is served today:

    >>> from spatial.catchments import Catchments
    >>> near = Catchments(np.array([0, 2, 3]), np.array([0, 1, 2]), np.full(3, 200.0), 500.0)
    >>> today = np.array([300.0, np.inf, np.inf])
    >>> town = Siting(near, np.array([50.0, 10, 20]), 500.0, present_m=today)
    >>> answer = most_people(town, new=1)
    >>> answer.sites, answer.value
    (array([1]), 20.0)
    """
    limits = limits_of(town, new, budget)
    table = town.table(town.counts)
    if town.capacity is None:
        report = _Report(town, "most", partial(in_order, table), town.reach_m)
        quest = report.quest(time_limit_s, gap, heard)
        maximise(table, limits, quest)
    else:
        crowded = Crowded(table, limits, town.capacity)
        report = _Report(town, "most", crowded.in_order, town.reach_m)
        quest = report.quest(time_limit_s, gap, heard)
        maximise_served(crowded, quest)
    return report.answer(quest)


def fewest_sites(
    town: Siting,
    *,
    share: float = 1.0,
    cheapest: bool = False,
    time_limit_s: float = 60.0,
    gap: float = 0.0,
    heard: Callable[[Answer], None] | None = None,
) -> Answer:
    """Find the fewest sites with which a share of all people is within reach (set covering).

    Toregas, Swain, ReVelle & Bergman (1971); with a share below 1, partial covering. Factors are
    not counted: a share is one of people.

    Parameters
    ----------
    town
        Homes and candidates.
    share
        Of all people, those served today among them; 1: everyone whom any candidate can reach.
        Homes that none can reach are listed in the answer (`Answer.unreachable`).
    cheapest
        Whether costs are added up instead of sites.
    time_limit_s, gap, heard
        As for `most_people`.

    Raises
    ------
    InputError
        If the share is out of reach, be it for distance, capacity or spacing.

    Examples
    --------
    Four homes in a row; the middle candidate reaches two, the outer ones two each:

    >>> from spatial.catchments import Catchments
    >>> home = np.array([0, 1, 1, 2, 2, 3])
    >>> near = Catchments(np.array([0, 2, 4, 6]), home, np.full(6, 200.0), 500.0)
    >>> town = Siting(near, np.array([1.0, 6, 5, 2]), 500.0)
    >>> fewest_sites(town).sites
    array([0, 2])
    >>> fewest_sites(town, share=0.75).sites
    array([1])
    """
    if not 0 < share <= 1:
        raise InputError(f"{share:g} is no share of people", "give one above 0, up to 1")
    if cheapest and town.cost is None:
        raise NO_COST
    table, price = town.table(np.ones(len(town.weight))), np.ones(len(town.catchments))
    if cheapest and town.cost is not None:
        price = town.cost
    limits = limits_of(town, len(town.catchments), None)
    target = people_wanted(town, table, share)
    wanted = Wanted(table, limits, price, target, town.capacity)
    report = _Report(town, "fewest", wanted.in_order, town.reach_m)
    quest = report.quest(time_limit_s, gap, heard, least=True)
    fewest(wanted, quest)
    return report.answer(quest)


def least_walking(
    town: Siting,
    *,
    new: int | None = None,
    budget: float | None = None,
    time_limit_s: float = 60.0,
    gap: float = 0.0,
    heard: Callable[[Answer], None] | None = None,
) -> Answer:
    """Find the sites that save most walking: people times metres, all together (p-median).

    Hakimi (1964). Walks count up to the limit of the catchments: who walks farther today, or
    reaches nothing, counts as walking just that far; so a limit well beyond the reach is wise.

    Parameters
    ----------
    town
        Homes and candidates; `Siting.reach_m` plays no part.
    new, budget, time_limit_s, gap, heard
        As for `most_people`.

    Raises
    ------
    InputError
        If sites that must be built exceed number, budget or spacing; if capacities are given.

    Examples
    --------
    Two people walk 400 m less if the site is near them, one person 450 m less:

    >>> from spatial.catchments import Catchments
    >>> near = Catchments(np.array([0, 1, 2]), np.array([0, 1]), np.array([100.0, 50]), 500.0)
    >>> answer = least_walking(Siting(near, np.array([2.0, 1]), 300.0), new=1)
    >>> answer.sites, answer.value
    (array([0]), 800.0)
    """
    refuse_capacity(town)
    limits = limits_of(town, new, budget)
    table = metres_saved(town.catchments, town.weight, town.counts, town.walk_m, town.usable)
    report = _Report(town, "least_walking", partial(in_order, table), town.catchments.limit_m)
    quest = report.quest(time_limit_s, gap, heard)
    maximise(table, limits, quest)
    return report.answer(quest)


def fairest(
    town: Siting,
    *,
    new: int | None = None,
    budget: float | None = None,
    time_limit_s: float = 60.0,
    gap: float = 0.0,
    heard: Callable[[Answer], None] | None = None,
) -> Answer:
    """Find the sites with which the longest walk is shortest (p-centre).

    Hakimi (1964), by halving the range of distances (Minieka 1970). The homes counted are those
    with people that have a facility today, however far, or that a candidate reaches within the
    limit of the catchments. In small tables the least walking decides between equals.

    Parameters
    ----------
    town
        Homes and candidates; `Siting.reach_m` plays no part, nor do factors.
    new, budget, time_limit_s, gap, heard
        As for `most_people`.

    Raises
    ------
    InputError
        If no choice reaches every home that some candidate reaches; if capacities are given.

    Examples
    --------
    Three homes; candidate 0 stands at the first, candidate 1 in the middle:

    >>> from spatial.catchments import Catchments
    >>> walk_m = np.array([0.0, 400, 800, 400, 0, 400])
    >>> near = Catchments(np.array([0, 3, 6]), np.array([0, 1, 2, 0, 1, 2]), walk_m, 1000.0)
    >>> answer = fairest(Siting(near, np.array([9.0, 1, 1]), 500.0), new=1)
    >>> answer.sites, answer.value
    (array([1]), 400.0)
    """
    refuse_capacity(town)
    limits = limits_of(town, new, budget)
    reached = town.reached(town.usable, town.catchments.limit_m)
    counted = (town.weight > 0) & (reached | np.isfinite(town.walk_m))
    farthest = Farthest(town.catchments, town.walk_m, counted, limits)
    table = town.table(np.ones(len(town.weight)))
    saved = metres_saved(
        town.catchments, town.weight, np.ones(len(town.weight)), town.walk_m, town.usable
    )
    report = _Report(town, "fairest", partial(in_order, table), town.catchments.limit_m)
    quest = report.quest(time_limit_s, gap, heard, least=True)
    shorten_the_longest(farthest, saved, quest)
    return report.answer(quest)


def people_gained(town: Siting, sites: NDArray[np.int64]) -> Numbers:
    """People that each of some sites brings within reach, given those before it; (k,).

    Capacities and factors are not counted. Distances are those of the catchments.
    """
    return gains_of(town.table(np.ones(len(town.weight))), sites)


@dataclass(frozen=True)
class _Report:
    """Turns what a quest found into an answer.

    Attributes
    ----------
    town, question
        What was asked.
    order
        Puts sites in order of building; gives what each adds, given those before it.
    within_m
        Farther from every candidate than this, a home is unreachable.
    """

    town: Siting
    question: Question
    order: Callable[[NDArray[np.int64]], tuple[NDArray[np.int64], Numbers]]
    within_m: float

    def quest(
        self,
        limit_s: float,
        gap: float,
        heard: Callable[[Answer], None] | None,
        *,
        least: bool = False,
    ) -> Quest:
        """Begin to look for an answer."""
        tell = None if heard is None else (lambda quest: heard(self.answer(quest)))
        return Quest(limit_s, gap, least=least, heard=tell)

    def answer(self, quest: Quest) -> Answer:
        """Say what is known so far."""
        town = self.town
        chosen = np.empty(0, dtype=np.int64) if quest.sites is None else quest.sites
        sites, gains = self.order(chosen)
        nothing = (town.weight > 0) & ~(town.walk_m <= self.within_m)
        if self.question == "fairest":
            nothing &= np.isinf(town.walk_m)
        unreachable = nothing & ~town.reached(town.usable, self.within_m)
        return Answer(
            question=self.question,
            sites=sites,
            gains=gains,
            value=quest.value,
            bound=quest.bound,
            gap=quest.gap,
            proven=quest.gap == 0.0,
            seconds=quest.seconds,
            greedy_value=quest.greedy_value,
            method=quest.method,
            unreachable=unreachable,
            barred_only=unreachable & town.reached(~town.usable, self.within_m),
        )
