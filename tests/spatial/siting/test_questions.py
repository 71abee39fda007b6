"""The four questions of siting: equal to trying every choice, true to their laws, and clear."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from spatial.catchments import Catchments
from spatial.errors import InputError
from spatial.siting import (
    Answer,
    Siting,
    fairest,
    fewest_sites,
    least_walking,
    most_people,
    people_gained,
)

INSTANCES = 500
LIMIT_M = 1000.0


def catchments(walk_m: NDArray[np.float64]) -> Catchments:
    """Give the catchments of a full (c, h) matrix of walks; inf or beyond the limit: no pair."""
    near = walk_m <= LIMIT_M
    first = np.concatenate([[0], np.cumsum(near.sum(axis=1))])
    return Catchments(first, np.nonzero(near)[1], walk_m[near], LIMIT_M)


def full(near: Catchments, homes: int) -> NDArray[np.float64]:
    """Give the (c, h) matrix back."""
    walk_m = np.full((len(near), homes), np.inf)
    walk_m[np.repeat(np.arange(len(near)), np.diff(near.first)), near.home] = near.walk_m
    return walk_m


def random_town(seed: int, *, limited: bool = True) -> Siting:
    """Give a small town: a few homes and candidates on a plane, and now and then every limit."""
    dice = np.random.default_rng(seed)
    homes, sites = int(dice.integers(1, 12)), int(dice.integers(1, 8))
    width_m = dice.choice([700.0, 1500.0, 3000.0])
    home_xy, site_xy = dice.random((homes, 2)) * width_m, dice.random((sites, 2)) * width_m
    walk_m = np.abs(site_xy[:, None] - home_xy[None]).sum(axis=2)
    if dice.random() < 0.3:
        walk_m = np.round(walk_m / 200) * 200  # many walks of one length
    town = Siting(catchments(walk_m), dice.integers(0, 9, homes).astype(float), 500.0)
    if not limited:
        return town
    often = dice.random(6) < 0.4
    barred = dice.random(sites) < 0.2
    return replace(
        town,
        present_m=np.where(dice.random(homes) < 0.5, np.inf, dice.random(homes) * 1500)
        if often[0]
        else None,
        factor=dice.choice([1.0, 2.5], homes) if often[1] else None,
        cost=dice.integers(1, 6, sites).astype(float),
        xy=site_xy,
        spacing_m=400.0 if often[2] else 0.0,
        barred=barred if often[3] else None,
        must=(np.arange(sites) == dice.integers(sites)) & ~barred if often[4] else None,
    )


def choices(
    town: Siting, new: int | None = None, budget: float | None = None
) -> list[NDArray[np.int64]]:
    """Every choice of sites that keeps to the limits."""
    c = len(town.catchments)
    every = chain.from_iterable(combinations(range(c), k) for k in range(c + 1))
    return [np.array(some, int) for some in every if allowed(town, some, new, budget)]


def allowed(town: Siting, some: tuple[int, ...], new: int | None, budget: float | None) -> bool:
    if new is not None and len(some) > new:
        return False
    if budget is not None and town.cost is not None and sum(town.cost[list(some)]) > budget:
        return False
    if town.barred is not None and town.barred[list(some)].any():
        return False
    if town.must is not None and not set(np.flatnonzero(town.must)) <= set(some):
        return False
    if town.spacing_m > 0 and town.xy is not None:
        return all(
            np.hypot(*(town.xy[a] - town.xy[b])) >= town.spacing_m for a, b in combinations(some, 2)
        )
    return True


def today(town: Siting) -> NDArray[np.float64]:
    return np.full(len(town.weight), np.inf) if town.present_m is None else town.present_m


def walks(town: Siting, sites: NDArray[np.int64]) -> NDArray[np.float64]:
    table = full(town.catchments, len(town.weight))
    return np.vstack([today(town)[None], table[sites]]).min(axis=0)


def people(town: Siting, sites: NDArray[np.int64]) -> float:
    """The people brought within reach, counted the slow way."""
    factor = np.ones(len(town.weight)) if town.factor is None else town.factor
    now = (walks(town, sites) <= town.reach_m) & ~(today(town) <= town.reach_m)
    return float((town.weight * factor)[now].sum())


def metres(town: Siting, sites: NDArray[np.int64]) -> float:
    factor = np.ones(len(town.weight)) if town.factor is None else town.factor
    saved = np.minimum(today(town), LIMIT_M) - np.minimum(walks(town, sites), LIMIT_M)
    return float((town.weight * factor * saved).sum())


def ask_for(town: Siting, seed: int) -> dict[str, float]:
    """A number of sites, a budget, or both; enough for what must be."""
    dice = np.random.default_rng(seed + 10**6)
    asked: dict[str, float] = {"new": int(dice.integers(1, 4))}
    if town.cost is not None and dice.random() < 0.4:
        asked["budget"] = float(dice.integers(5, 12))
        if dice.random() < 0.5:
            del asked["new"]
    return asked


def keeps(town: Siting, answer: Answer, asked: dict[str, float]) -> bool:
    some = tuple(int(site) for site in answer.sites)
    return allowed(town, some, asked.get("new"), asked.get("budget"))


@pytest.mark.parametrize("part", range(10))
def test_most_people_equals_every_choice_tried(part: int) -> None:
    for seed in range(part, INSTANCES, 10):
        town = random_town(seed)
        asked = ask_for(town, seed)
        best = max(people(town, some) for some in choices(town, **asked))
        answer = most_people(town, **asked)
        assert answer.proven, seed
        assert answer.value == pytest.approx(best), seed
        assert people(town, answer.sites) == pytest.approx(best), seed
        assert answer.gains.sum() == pytest.approx(best), seed
        assert keeps(town, answer, asked), seed


@pytest.mark.parametrize("part", range(10))
def test_least_walking_equals_every_choice_tried(part: int) -> None:
    for seed in range(part, INSTANCES, 10):
        town = random_town(seed)
        asked = ask_for(town, seed)
        best = max(metres(town, some) for some in choices(town, **asked))
        answer = least_walking(town, **asked)
        assert answer.proven, seed
        assert answer.value == pytest.approx(best), seed
        assert metres(town, answer.sites) == pytest.approx(best), seed
        assert keeps(town, answer, asked), seed


@pytest.mark.parametrize("part", range(10))
def test_fewest_sites_equals_every_choice_tried(part: int) -> None:
    for seed in range(part, INSTANCES, 10):
        town = replace(random_town(seed), factor=None)
        share = [1.0, 0.9, 0.6][seed % 3]
        price = town.cost if seed % 2 and town.cost is not None else np.ones(len(town.catchments))
        target = wanted(town, share)
        enough = [some for some in choices(town) if people(town, some) >= target - 1e-9]
        if not enough:
            with pytest.raises(InputError):
                fewest_sites(town, share=share, cheapest=bool(seed % 2))
            continue
        best = min(price[some].sum() for some in enough)
        answer = fewest_sites(town, share=share, cheapest=bool(seed % 2))
        assert answer.proven, seed
        assert answer.value == pytest.approx(best), seed
        assert people(town, answer.sites) >= target - 1e-9, seed
        assert keeps(town, answer, {}), seed


def wanted(town: Siting, share: float) -> float:
    """People to be gained for a share."""
    usable = np.ones(len(town.catchments), bool) if town.barred is None else ~town.barred
    served = town.weight[today(town) <= town.reach_m].sum()
    every = people(town, np.flatnonzero(usable))
    return every if share == 1 else share * town.weight.sum() - served


@pytest.mark.parametrize("part", range(10))
def test_fairest_equals_every_choice_tried(part: int) -> None:
    for seed in range(part, INSTANCES, 10):
        town = random_town(seed)
        asked = ask_for(town, seed)
        usable = np.ones(len(town.catchments), bool) if town.barred is None else ~town.barred
        counted = (town.weight > 0) & np.isfinite(walks(town, np.flatnonzero(usable)))
        longest = [walks(town, some)[counted].max(initial=0) for some in choices(town, **asked)]
        if np.isinf(min(longest)):
            with pytest.raises(InputError, match="brings all"):
                fairest(town, **asked)
            continue
        answer = fairest(town, **asked)
        assert answer.proven, seed
        assert answer.value == min(longest), seed
        assert walks(town, answer.sites)[counted].max(initial=0) == min(longest), seed
        assert keeps(town, answer, asked), seed


def served_by(town: Siting, sites: NDArray[np.int64]) -> float:
    """The most people that sites of some capacity can serve, by a linear programme of all pairs."""
    assert town.capacity is not None
    near = full(town.catchments, len(town.weight))[sites] <= town.reach_m
    near &= ~(today(town) <= town.reach_m)
    site, home = np.nonzero(near)
    if not len(site):
        return 0.0
    factor = np.ones(len(town.weight)) if town.factor is None else town.factor
    of_site = (np.arange(len(sites))[:, None] == site).astype(float)
    of_home = (np.arange(len(town.weight))[:, None] == home).astype(float)
    most = np.concatenate([np.minimum(town.capacity[sites], 1e6), town.weight])
    solved = linprog(-factor[home], np.vstack([of_site, of_home]), most)
    return float(-solved.fun)


def crowded_town(seed: int) -> Siting:
    dice = np.random.default_rng(seed)
    town = random_town(seed)
    capacity = dice.choice([3.0, 8.0, 20.0, np.inf], len(town.catchments))
    return replace(town, capacity=capacity)


@pytest.mark.parametrize("seed", range(60))
def test_capacities_equal_every_choice_tried(seed: int) -> None:
    town = crowded_town(seed)
    asked = {"new": 2}
    best = max(served_by(town, some) for some in choices(town, **asked))
    answer = most_people(town, **asked)
    assert answer.proven
    assert answer.value == pytest.approx(best)
    assert served_by(town, answer.sites) == pytest.approx(best)
    assert keeps(town, answer, asked)


@pytest.mark.parametrize("seed", range(60))
def test_fewest_with_capacities_equals_every_choice_tried(seed: int) -> None:
    town = replace(crowded_town(seed), factor=None)
    target = wanted(town, 0.6)
    enough = [some for some in choices(town) if served_by(town, some) >= target - 1e-6]
    if not enough:
        with pytest.raises(InputError):
            fewest_sites(town, share=0.6)
        return
    answer = fewest_sites(town, share=0.6)
    assert answer.proven
    assert answer.value == min(len(some) for some in enough)
    assert served_by(town, answer.sites) >= target - 1e-6


seeds = st.integers(0, 10**6)


@given(seeds, st.integers(1, 3))
@settings(max_examples=40, deadline=None)
def test_one_site_more_never_serves_fewer(seed: int, new: int) -> None:
    town = random_town(seed, limited=False)
    for ask in (most_people, least_walking):
        assert ask(town, new=new + 1).value >= ask(town, new=new).value - 1e-6


@given(seeds)
@settings(max_examples=40, deadline=None)
def test_a_larger_share_never_takes_fewer_sites(seed: int) -> None:
    town = random_town(seed, limited=False)
    most = town.weight[people_reached(town)].sum() / max(town.weight.sum(), 1)
    shares = [share for share in (0.3, 0.6, 0.9) if share <= most]
    counts = [fewest_sites(town, share=share).value for share in [*shares, 1.0]]
    assert counts == sorted(counts)


def people_reached(town: Siting) -> NDArray[np.bool_]:
    return (full(town.catchments, len(town.weight)) <= town.reach_m).any(axis=0)


@given(seeds, st.sampled_from([0.25, 3.0, 1e6]))
@settings(max_examples=40, deadline=None)
def test_counting_people_in_other_units_changes_no_site(seed: int, unit: float) -> None:
    town = random_town(seed, limited=False)
    more = replace(town, weight=town.weight * unit)
    for ask in (most_people, least_walking):
        assert ask(more, new=2).value == pytest.approx(ask(town, new=2).value * unit)


@given(seeds)
@settings(max_examples=40, deadline=None)
def test_a_home_told_as_two_changes_nothing(seed: int) -> None:
    town = random_town(seed, limited=False)
    walk_m = full(town.catchments, len(town.weight))
    halves = np.concatenate([town.weight / 4, town.weight * 3 / 4])
    told = Siting(catchments(np.hstack([walk_m, walk_m])), halves, town.reach_m)
    for ask in (most_people, least_walking):
        assert ask(told, new=2).value == pytest.approx(ask(town, new=2).value)
    assert fewest_sites(told).value == fewest_sites(town).value


@given(seeds)
@settings(max_examples=30, deadline=None)
def test_stopped_at_once_an_answer_still_has_a_true_bound(seed: int) -> None:
    town = random_town(seed)
    hasty = most_people(town, new=2 + len(town.catchments) // 2, time_limit_s=0)
    best = most_people(town, new=2 + len(town.catchments) // 2).value
    assert hasty.value <= best + 1e-9 <= hasty.bound + 2e-9
    assert hasty.proven == (hasty.gap == 0)


@given(seeds)
@settings(max_examples=30, deadline=None)
def test_each_next_site_adds_no_more_than_the_one_before(seed: int) -> None:
    answer = fewest_sites(random_town(seed, limited=False))
    assert (np.diff(answer.gains) <= 1e-9).all()


# A street with a home every 300 m, a candidate at each: 500 m reach the neighbours too.
STREET = np.abs(np.arange(7)[:, None] - np.arange(7)) * 300.0
PEOPLE = np.array([10.0, 20, 30, 40, 50, 60, 70])


def street(**more: object) -> Siting:
    return replace(Siting(catchments(STREET), PEOPLE, 500.0), **more)  # type: ignore[arg-type]


def test_two_sites_on_a_street() -> None:
    answer = most_people(street(), new=2)
    assert answer.sites.tolist() == [5, 2]  # homes 4, 5, 6 and then 1, 2, 3
    assert answer.gains.tolist() == [180.0, 90.0]
    assert answer.value == answer.bound == 270
    assert answer.proven


def test_three_sites_serve_the_whole_street() -> None:
    assert fewest_sites(street()).sites.size == 3
    assert fewest_sites(street(), share=0.6).sites.tolist() == [5]  # 180 of 280
    answer = fewest_sites(street(cost=np.array([1, 9, 1, 9, 1, 9, 1.0])), cheapest=True)
    assert sorted(answer.sites.tolist()) == [0, 2, 4, 6]
    assert answer.value == 4


def test_who_is_served_today_gains_nothing() -> None:
    here = np.where(np.arange(7) > 3, 100.0, np.inf)
    answer = most_people(street(present_m=here), new=1)
    assert (answer.sites.tolist(), answer.value) == ([2], 90.0)


def test_a_factor_brings_the_site_to_those_worst_off() -> None:
    worst = np.where(np.arange(7) < 2, 10.0, 1.0)
    answer = most_people(street(factor=worst), new=1)
    assert (answer.sites.tolist(), answer.value) == ([1], 330.0)
    assert people_gained(street(factor=worst), answer.sites).tolist() == [60.0]


def test_spacing_budget_must_and_barred() -> None:
    place = np.stack([np.arange(7) * 300.0, np.zeros(7)], axis=1)
    apart = most_people(street(xy=place, spacing_m=1300.0), new=2)
    assert sorted(apart.sites.tolist()) == [0, 5]  # 210; 1 and 6 serve 190
    cost = np.array([1.0, 1, 1, 1, 1, 5, 1])
    assert most_people(street(cost=cost), budget=4).value == 280
    must = np.arange(7) == 0
    assert sorted(most_people(street(must=must), new=2).sites.tolist()) == [0, 5]
    assert most_people(street(barred=np.arange(7) == 5), new=1).sites.tolist() == [4]


def test_least_walking_on_a_street() -> None:
    # At 5: 70 people save 700 m, 60 save 1000, 50 save 700, 40 save 400, 30 save 100.
    answer = least_walking(street(), new=1)
    assert answer.sites.tolist() == [5]
    assert answer.value == 70 * 700 + 60 * 1000 + 50 * 700 + 40 * 400 + 30 * 100


def test_the_fairest_site_stands_in_the_middle() -> None:
    answer = fairest(street(), new=1)
    assert (answer.sites.tolist(), answer.value) == ([3], 900.0)
    here = np.where(np.arange(7) == 0, 0.0, np.inf)
    answer = fairest(street(present_m=here), new=1)
    assert answer.value == 900.0
    assert answer.sites.tolist() == [4]  # as fair as 3, and less walking


def test_unreachable_homes_are_listed() -> None:
    barred = np.arange(7) > 3
    answer = fewest_sites(street(barred=barred))
    assert np.flatnonzero(answer.unreachable).tolist() == [5, 6]
    assert np.flatnonzero(answer.barred_only).tolist() == [5, 6]
    far = Siting(catchments(STREET[:2]), PEOPLE, 500.0)
    answer = most_people(far, new=1)
    assert np.flatnonzero(answer.unreachable).tolist() == [3, 4, 5, 6]
    assert not answer.barred_only.any()


def test_answers_are_heard_from_the_greedy_one_on() -> None:
    heard: list[Answer] = []
    answer = most_people(random_town(3), new=2, heard=heard.append)
    assert heard[0].method == "greedy"
    assert heard[0].value == answer.greedy_value
    assert [each.value for each in heard] == sorted(each.value for each in heard)
    assert all(0 <= each.gap <= 1 for each in heard)


def test_nobody_to_serve_is_proven_too() -> None:
    answer = most_people(street(present_m=np.zeros(7)), new=3)
    assert (answer.sites.tolist(), answer.value, answer.proven) == ([], 0.0, True)
    assert fewest_sites(street(present_m=np.zeros(7))).value == 0
    assert fairest(street(weight=np.zeros(7)), new=1).value == 0


@pytest.mark.parametrize(
    ("more", "asked", "said"),
    [
        ({}, {}, "neither a number of sites nor a budget"),
        ({}, {"new": 0}, "0 new sites"),
        ({}, {"budget": 3}, "have no costs"),
        ({"must": np.arange(7) < 3}, {"new": 2}, "3 sites must be built, but only 2 may be"),
        (
            {"must": np.arange(7) < 3, "cost": np.full(7, 2.0)},
            {"budget": 5},
            "cost 6, the budget is 5",
        ),
        (
            {"must": np.arange(7) < 2, "xy": np.zeros((7, 2)), "spacing_m": 1.0},
            {"new": 3},
            "row 1: must be built, but stands less than 1 m from row 2",
        ),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    more: dict[str, object], asked: dict[str, float], said: str
) -> None:
    with pytest.raises(InputError, match=said) as error:
        most_people(street(**more), **asked)  # type: ignore[arg-type]
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"must": np.ones(7, bool), "barred": np.ones(7, bool)}, "must be built and is barred"),
        ({"weight": np.array([1, -1.0, 1, 1, 1, 1, 1])}, "homes, row 2: -1 is no weight"),
        ({"cost": np.ones(3)}, "cost has 3 values for 7 candidates"),
        ({"spacing_m": 5.0}, "have no coordinates"),
        ({"reach_m": 2000.0}, "looked for within 1000 m"),
    ],
)
def test_what_cannot_be_meant_is_refused(more: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        street(**more)


def test_shares_out_of_reach_say_who_cannot_be_served() -> None:
    far = Siting(catchments(STREET[:2]), PEOPLE, 500.0)
    with pytest.raises(InputError, match=r"at most 21\.4% .* of 4 homes with 220"):
        fewest_sites(far, share=0.5)
    with pytest.raises(InputError, match="together can serve 70 people, but 280"):
        fewest_sites(street(capacity=np.full(7, 10.0)))
    with pytest.raises(InputError, match="at most 1 sites brings all 7 homes"):
        fairest(Siting(catchments(STREET * 2), PEOPLE, 500.0), new=1)
    place = np.stack([np.arange(7) * 300.0, np.zeros(7)], axis=1)
    with pytest.raises(InputError, match="no choice of sites was found"):
        fewest_sites(street(xy=place, spacing_m=2000.0))
    with pytest.raises(InputError, match="which this question does not count"):
        fairest(street(capacity=np.ones(7)), new=1)
