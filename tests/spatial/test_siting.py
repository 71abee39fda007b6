"""The four questions of siting: equal to trying every choice, true to their laws, and clear."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from spatial.catchments import Catchments
from spatial.errors import InputError
from spatial.siting import (
    Answer,
    Siting,
    fairest,
    fewest_sites,
    least_walking,
    most_people,
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
