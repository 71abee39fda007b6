"""Anything a designer might do, anywhere in a city: for tests and benchmarks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from spatial.changes import Change
from spatial.effects import effects
from spatial.errors import InputError
from spatial.stage import stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from spatial.effects import Present

OFTEN = ("add_street", "close_street", "add_street", "close_street")
SELDOM = (
    *("add_facility", "remove_facility", "move_facility", "add_gate", "close_gate"),
    *("open_gate", "open_street", "add_people", "set_people"),
)


def random_changes(
    rng: np.random.Generator,
    present: Present,
    count: int,
    verbs: Sequence[str] = (*OFTEN, *SELDOM),
) -> list[Change]:
    """Changes that each have something to act on."""
    found: list[Change] = []
    while len(found) < count:
        change = _random_change(rng, present, verbs)
        try:
            if change.do == "add_street":
                stage(replace(present, coverages=[]), [change])
            effects(present, [change])
        except InputError:
            continue
        found.append(change)
    return found


def _random_change(rng: np.random.Generator, present: Present, verbs: Sequence[str]) -> Change:
    one = present.coverages[rng.integers(len(present.coverages))]
    places = one.facilities.places
    category, do = one.standard.category, str(rng.choice(list(verbs)))
    known = do in ("remove_facility", "move_facility") and len(places)
    return Change(
        do,
        f"{do} {rng.integers(10**6)}",
        _shape(rng, present, do, green=category in ("park", "green")),
        category=category if "facility" in do else None,
        target=places["facility"].iloc[rng.integers(len(places))] if known else None,
        people=float(rng.integers(1, 500)),
        kind=str(rng.choice(["street", "bridge"])),
    )


def _shape(
    rng: np.random.Generator, present: Present, do: str, *, green: bool
) -> BaseGeometry | None:
    network, homes = present.network, present.homes
    spot = network.xy[rng.integers(len(network.xy))] + rng.normal(0, 20, 2)
    if do == "remove_facility":
        return None
    if do == "add_street":
        end = spot + rng.normal(0, 60, 2)
        return shapely.LineString([spot, (spot + end) / 2 + rng.normal(0, 30, 2), end])
    if do == "set_people":
        return shapely.buffer(shapely.Point(homes.xy[rng.integers(len(homes.xy))]), 80)
    if green and do in ("add_facility", "move_facility"):
        return shapely.box(*(spot - 60), *(spot + rng.uniform(20, 60, 2)))
    return shapely.Point(spot)
