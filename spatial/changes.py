"""Changes (措施) of places, gates, streets and people, and the scenarios (方案) they make up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

VERBS = (
    "add_facility",
    "move_facility",
    "remove_facility",
    "add_gate",
    "open_gate",
    "close_gate",
    "add_street",
    "open_street",
    "close_street",
    "add_people",
    "set_people",
)
"""What a change may do."""

STREET_KINDS = ("street", "bridge")
"""A new street joins the streets it crosses; a bridge (or tunnel) only those at its ends."""


@dataclass(frozen=True)
class Change:
    """One measure of a scenario (措施).

    Attributes
    ----------
    do
        One of `VERBS`.
    name
        What tables and maps call it.
    geometry
        Where, in the study's metric CRS: of a new or moved facility its point or polygon, of a
        gate a point, of a street its line, of people a point or polygon. None where `target`
        says which.
    category, counts_as
        Of a facility: ``park``, ``green``, ``bus_stop`` or another category; and all the
        categories it counts for, itself among them. Default: a park is green too, all else is
        what it is.
    target
        Id or name of the facility to move or remove, or name of the street to open or close.
    people
        Residents (or homes, where homes are counted) that come to live there, or that live
        there in all.
    kind
        Of a new street, one of `STREET_KINDS`.
    cost
        In any unit, the same for all changes; None where nobody said.
    where
        File and row it came from, for messages.
    """

    do: str
    name: str
    geometry: BaseGeometry | None = None
    category: str | None = None
    counts_as: tuple[str, ...] = ()
    target: str | None = None
    people: float | None = None
    kind: str = "street"
    cost: float | None = None
    where: str = ""


@dataclass(frozen=True)
class Scenario:
    """Several changes that belong together."""

    name: str
    changes: tuple[Change, ...]
