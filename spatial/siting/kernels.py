"""The loops behind `spatial.siting`, compiled by numba; each has a slow twin in the tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


class Pairs(NamedTuple):
    """What c candidates are worth to the rows they could serve.

    The pairs of candidate ``j`` are ``first[j]`` up to ``first[j + 1]``: ``row`` says whom it
    serves, ``worth`` (above 0) what that is worth if no chosen site is worth more to that row.
    """

    first: Ints
    row: NDArray[np.int32]
    worth: Floats


class Sets(NamedTuple):
    """Sets of items: those of set ``s`` are ``first[s]`` up to ``first[s + 1]``, each once."""

    first: Ints
    item: NDArray[np.int32]


@njit(cache=True)
def same_sets(sets: Sets, items: int) -> Ints:
    """Number the items so that two have one number if and only if they lie in the same sets.

    Each set in turn splits every group that it holds a part of (partition refinement), so the
    answer is exact and takes one pass.
    """
    group = np.zeros(items, np.int64)
    size = np.zeros(items + 1, np.int64)
    hits = np.zeros(items + 1, np.int64)
    split = np.full(items + 1, -1, np.int64)
    parent = np.full(items + 1, -1, np.int64)
    size[0] = items
    groups = 1
    for s in range(len(sets.first) - 1):
        members = sets.item[sets.first[s] : sets.first[s + 1]]
        for i in members:
            hits[group[i]] += 1
        for i in members:
            whole = group[i]
            if hits[whole] < size[whole]:
                if split[whole] < 0:
                    split[whole] = groups
                    parent[groups] = whole
                    groups += 1
                group[i] = split[whole]
        for i in members:
            part = group[i]
            whole = parent[part]
            if size[part] == 0:
                size[part] = hits[whole]
                size[whole] -= hits[whole]
                hits[whole] = 0
                split[whole] = -1
            hits[part] = 0
    return group


@njit(cache=True)
def supersets(sets: Sets, worth: Floats, back: Pairs, price: Floats, *, larger: bool) -> Flags:
    """Mark the sets one can do without, as another set holds all their items.

    Set ``t`` holds set ``s`` if it has every item of it, at no less worth and no higher price.
    With `larger` the holding set is marked, else the one that is held; of two that hold each
    other only the later.

    Parameters
    ----------
    sets, worth
        The items of each set, rising, and what each is worth.
    back
        The same the other way round: the sets of each item.
    price
        (sets,) what each set costs.
    larger
        Which of the two to mark.
    """
    marked = np.zeros(len(price), np.bool_)
    seen = np.zeros(len(price), np.int64)
    stamp = 0
    for s in range(len(price)):
        begin = sets.first[s]
        if begin == sets.first[s + 1] or (larger and marked[s]):
            continue
        stamp, alone = _stamp_holders(s, sets, worth, back, price, seen, stamp + 1)
        if alone:
            continue
        i = sets.item[begin]
        for t in back.row[back.first[i] : back.first[i + 1]]:
            if t != s and seen[t] == stamp:
                mutual = price[t] == price[s] and _same(sets, worth, s, t)
                if larger and (t > s or not mutual):
                    marked[t] = True
                elif not larger and (t < s or not mutual):
                    marked[s] = True
    return marked


@njit(cache=True)
def _stamp_holders(
    s: int, sets: Sets, worth: Floats, back: Pairs, price: Floats, seen: Ints, stamp: int
) -> tuple[int, bool]:
    """Stamp the sets that hold set ``s``, item after item; gives the stamp, and if none does.

    `seen` keeps the last stamp of each set: one that misses an item falls behind for good. Most
    sets are alone after a few items, and the rest of these need not be looked at.
    """
    begin = sets.first[s]
    for a in range(begin, sets.first[s + 1]):
        holders = 0
        i = sets.item[a]
        for b in range(back.first[i], back.first[i + 1]):
            t = back.row[b]
            if (
                (a == begin or seen[t] == stamp)
                and back.worth[b] >= worth[a]
                and price[t] <= price[s]
            ):
                seen[t] = stamp + 1
                holders += 1
        stamp += 1
        if holders <= 1:
            return stamp, True
    return stamp, False


@njit(cache=True)
def _same(sets: Sets, worth: Floats, one: int, other: int) -> bool:
    """Whether two sets have the same items at the same worth."""
    begin, shift = sets.first[one], sets.first[other] - sets.first[one]
    end = sets.first[one + 1]
    if sets.first[other + 1] - shift != end:
        return False
    for a in range(begin, end):
        if worth[a] != worth[a + shift] or sets.item[a] != sets.item[a + shift]:
            return False
    return True


@njit(cache=True)
def gain(pairs: Pairs, best: Floats, j: int) -> float:
    """What candidate ``j`` adds where each row already has something worth `best`."""
    total = 0.0
    for a in range(pairs.first[j], pairs.first[j + 1]):
        total += max(pairs.worth[a] - best[pairs.row[a]], 0.0)
    return total


@njit(cache=True)
def next_best(
    pairs: Pairs, best: Floats, hope: Floats, price: Floats, allowed: Flags
) -> tuple[int, float]:
    """Find the allowed candidate that adds most per price, and what it adds; -1 if none adds.

    `hope` holds what each added when last asked, so at least what it adds now: only those are
    asked again that may still be the best (the lazy greedy method, CELF). It is brought up to
    date.
    """
    while True:
        top, most = -1, 0.0
        for j in range(len(hope)):
            if allowed[j] and hope[j] > most * price[j]:
                top, most = j, (hope[j] / price[j] if price[j] > 0 else np.inf)
        if top < 0:
            return top, 0.0
        fresh = gain(pairs, best, top)
        if fresh >= hope[top]:
            return top, hope[top]
        hope[top] = fresh


@njit(cache=True)
def standing(pairs: Pairs, rows: int, chosen: Ints) -> tuple[Floats, Floats, Ints]:
    """Give for each row the most any chosen site is worth, the next most, and whose the most is.

    Whose is a place in `chosen`, -1 where no site is worth anything.
    """
    best, second = np.zeros(rows), np.zeros(rows)
    whose = np.full(rows, -1, np.int64)
    for k in range(len(chosen)):
        for a in range(pairs.first[chosen[k]], pairs.first[chosen[k] + 1]):
            i, worth = pairs.row[a], pairs.worth[a]
            if worth > best[i]:
                second[i] = best[i]
                best[i] = worth
                whose[i] = k
            elif worth > second[i]:
                second[i] = worth
    return best, second, whose


@njit(cache=True)
def swap_gains(pairs: Pairs, best: Floats, second: Floats, whose: Ints, chosen: int) -> Floats:
    """Give (chosen, c): what is gained by each candidate in the place of each chosen site.

    One pass over the pairs prices all swaps (Resende & Werneck 2007): what the new site adds,
    less what the old one alone gave, and what the new one takes over of that.
    """
    c = len(pairs.first) - 1
    change = np.zeros((chosen, c))
    loss = np.zeros(chosen)
    for i in range(len(best)):
        if whose[i] >= 0:
            loss[whose[i]] += best[i] - second[i]
    for j in range(c):
        added = 0.0
        for a in range(pairs.first[j], pairs.first[j + 1]):
            i = pairs.row[a]
            over = max(pairs.worth[a] - best[i], 0.0)
            added += over
            if whose[i] >= 0:
                change[whose[i], j] += max(pairs.worth[a] - second[i], 0.0) - over
        for k in range(chosen):
            change[k, j] += added - loss[k]
    return change


@njit(cache=True)
def profits(pairs: Pairs, price: Floats, people: Floats, capacity: Floats) -> Floats:
    """What each candidate earns at most, if every row served costs it that row's price.

    A candidate serves the rows that leave it something; where these hold more people than its
    capacity, those first that leave most per person, the last one in part.
    """
    earned = np.zeros(len(capacity))
    for j in range(len(capacity)):
        load, total = 0.0, 0.0
        for a in range(pairs.first[j], pairs.first[j + 1]):
            left = pairs.worth[a] - price[pairs.row[a]]
            if left > 0:
                total += left
                load += people[pairs.row[a]]
        if load > capacity[j]:
            share = shares(pairs, price, people, capacity, j)
            total = 0.0
            for a in range(pairs.first[j], pairs.first[j + 1]):
                if share[a - pairs.first[j]] > 0:
                    left = pairs.worth[a] - price[pairs.row[a]]
                    total += share[a - pairs.first[j]] * left
        earned[j] = total
    return earned


@njit(cache=True)
def shares(pairs: Pairs, price: Floats, people: Floats, capacity: Floats, j: int) -> Floats:
    """Give the share of each of its rows that candidate ``j`` serves at these prices."""
    begin, end = pairs.first[j], pairs.first[j + 1]
    share = np.zeros(end - begin)
    per_person = np.empty(end - begin)
    load = 0.0
    for a in range(begin, end):
        i = pairs.row[a]
        per_person[a - begin] = (pairs.worth[a] - price[i]) / max(people[i], 1e-300)
        if per_person[a - begin] > 0:
            share[a - begin] = 1.0
            load += people[i]
    if load <= capacity[j]:
        return share
    room = capacity[j]
    for k in np.argsort(-per_person):
        size = people[pairs.row[begin + k]]
        if share[k] > 0:
            share[k] = min(1.0, room / size)
            room -= share[k] * size
    return share


@njit(cache=True)
def served_at(
    pairs: Pairs, price: Floats, people: Floats, capacity: Floats, chosen: Floats
) -> Floats:
    """How often each row is served at these prices, if candidates are `chosen` in part."""
    times = np.zeros(len(price))
    for j in range(len(chosen)):
        if chosen[j] > 0:
            share = shares(pairs, price, people, capacity, j)
            for a in range(pairs.first[j], pairs.first[j + 1]):
                times[pairs.row[a]] += chosen[j] * share[a - pairs.first[j]]
    return times
