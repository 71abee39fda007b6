"""All facilities of one kind that are or may be there, and the entrances they are or may have."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from spatial.coverage import entered_as_green, entrance_rule
from spatial.effects import ALONG_M
from spatial.entrances import GATE_M, EntranceRule, Entrances, entrances
from spatial.ties import tie

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from spatial.coverage import Coverage
    from spatial.effects import Effect, Present
    from spatial.network import Network
    from spatial.newstreets import Extended
    from spatial.standards import ServiceStandard
    from spatial.ties import Ties

ALWAYS = -1
"""Stands where a change could be named."""
_AREA = 2


@dataclass(frozen=True)
class Offer:
    """What one measured id may be walked to, with any of the changes.

    Attributes
    ----------
    coverage
        As measured at present.
    shapes, added_by
        (f,) facilities, the present ones first, and the change that adds each, or `ALWAYS`.
    removed_by
        Rows of facilities that a change takes away.
    doors
        (d,) entrances, tied to the extended network.
    gate_of, street_of
        (d,) the change that opens an entrance, and that builds the street it is entered from, or
        `ALWAYS`.
    shut_by
        Rows of entrances that a change shuts.
    inside
        Pairs (home, facility) of homes that stand inside a facility.
    """

    coverage: Coverage
    shapes: NDArray[np.object_]
    added_by: NDArray[np.int64]
    removed_by: Mapping[int, NDArray[np.int64]]
    doors: Entrances
    gate_of: NDArray[np.int64]
    street_of: NDArray[np.int64]
    shut_by: Mapping[int, NDArray[np.int64]]
    inside: tuple[NDArray[np.int64], NDArray[np.int64]]

    def facilities_on(self, on: Collection[int]) -> NDArray[np.bool_]:
        """(f,) which facilities stand with some of the changes."""
        stand = _among(self.added_by, on)
        for change in set(on) & set(self.removed_by):
            stand[self.removed_by[change]] = False
        return stand

    def doors_on(self, on: Collection[int]) -> NDArray[np.bool_]:
        """(d,) which entrances are open with some of the changes."""
        stands = self.facilities_on(on)[self.doors.facility]
        needs = (self.gate_of, self.street_of)
        open_ = stands & np.all([_among(change, on) for change in needs], axis=0)
        for change in set(on) & set(self.shut_by):
            open_[self.shut_by[change]] = False
        return open_


def _among(change: NDArray[np.int64], on: Collection[int]) -> NDArray[np.bool_]:
    return np.isin(change, [ALWAYS, *on])


def offer(
    present: Present,
    number: int,
    found: Sequence[Effect],
    extended: Extended,
    homes_xy: NDArray[np.float64],
) -> Offer:
    """Lay out what one coverage may be walked to.

    Entrances that are there stay, and new ones come besides, so that no change that adds anything
    lengthens a walk (rule 14): a new facility is entered as rule 5 says; a new gate is one more
    entrance, whatever the others are; a new street leads into what it touches. Nor does anyone
    gain by what is taken away: an entrance on a closed street is lost, and no other is found.
    """
    one = present.coverages[number]
    standard = one.standard
    changes = [c for c, effect in enumerate(found) if _counts(effect, standard)]
    new = np.array([found[c].place for c in changes], dtype=object)
    shapes = np.concatenate([one.facilities.places.geometry.to_numpy(), new])
    kept = len(shapes) - len(new)
    added_by = np.concatenate([np.full(kept, ALWAYS), np.array(changes, dtype=np.int64)])
    rule = entrance_rule(standard, present.leg_limit_m)
    parts = [
        _part(one.doors, extended),
        _part(
            _doors(present, present.network, shapes, np.arange(kept, len(shapes)), rule), extended
        ),
        *_gates(present, found, shapes, standard, extended),
        _besides(present, extended, one, shapes, rule),
    ]
    doors = Entrances.together([part.doors for part in parts])
    return Offer(
        one,
        shapes,
        added_by,
        {c: e.removes[number] for c, e in enumerate(found) if number in e.removes},
        doors,
        np.concatenate([np.full(len(part.doors), part.gate_of) for part in parts]),
        _street_of(found, extended, doors),
        _shut(found, doors),
        _inside(homes_xy, shapes),
    )


def _street_of(found: Sequence[Effect], extended: Extended, doors: Entrances) -> NDArray[np.int64]:
    """The change that builds the street of each entrance, or `ALWAYS`: even at its very end."""
    count = [len(effect.streets) for effect in found]
    builder = np.append(np.repeat(np.arange(len(found)), count), ALWAYS)
    return builder[extended.drawn[doors.ties.edge]]


@dataclass(frozen=True)
class _Part:
    """Entrances that open on the same terms, tied to the extended network."""

    doors: Entrances
    gate_of: int = ALWAYS


def _part(doors: Entrances, extended: Extended, **terms: int) -> _Part:
    return _Part(replace(doors, ties=extended.moved(doors.ties)), **terms)


def _counts(effect: Effect, standard: ServiceStandard) -> bool:
    """Whether a change adds something that counts for a standard: of its category and size."""
    if effect.place is None or standard.category not in effect.categories:
        return False
    low, high = standard.area_m2
    return bool(low <= effect.place.area < high)


def _doors(
    present: Present,
    network: Network,
    shapes: NDArray[np.object_],
    rows: NDArray[np.int64],
    rule: EntranceRule,
) -> Entrances:
    """Where some of the facilities are entered from the streets of a network."""
    places = gpd.GeoDataFrame(geometry=shapes[rows], crs=network.crs)
    found = entrances(network, places, rule, barriers=present.barriers)
    return replace(found, facility=rows[found.facility])


def _gates(
    present: Present,
    found: Sequence[Effect],
    shapes: NDArray[np.object_],
    standard: ServiceStandard,
    extended: Extended,
) -> list[_Part]:
    """New gates, each in the edge of the nearest park or green, from old and new streets."""
    areas = np.flatnonzero(shapely.get_dimensions(shapes) == _AREA)
    parts = []
    for change, effect in enumerate(found):
        if effect.gate is None or not len(areas) or not entered_as_green(standard):
            continue
        metres = shapely.distance(shapes[areas], effect.gate)
        if metres.min() <= GATE_M:
            row = areas[[np.argmin(metres)]]
            onto = shapely.get_coordinates(shapely.shortest_line(shapes[row], effect.gate))[:1]
            parts.append(
                _part(_gate(present, present.network, row, onto), extended, gate_of=change)
            )
            new, edge_of = new_streets(extended)
            if len(edge_of):
                door = _renumbered(_gate(present, new, row, onto), edge_of)
                parts.append(_Part(door, gate_of=change))
    return parts


def _gate(
    present: Present, network: Network, row: NDArray[np.int64], xy: NDArray[np.float64]
) -> Entrances:
    ties = tie(network, xy, limit_m=present.leg_limit_m)
    doors = Entrances(row, np.array(["given"], dtype=object), xy, ties)
    return doors[ties.tied]


def remaining(network: Network, found: Sequence[Effect]) -> tuple[Network, NDArray[np.int64]]:
    """The present streets that no change closes, and their edges in the whole."""
    closes = np.concatenate([np.empty(0, np.int64), *(effect.closes for effect in found)])
    edge_of = np.setdiff1d(np.arange(len(network.u)), closes)
    return network.some(edge_of), edge_of


def new_streets(extended: Extended) -> tuple[Network, NDArray[np.int64]]:
    """The drawn streets alone, and their edges in the whole."""
    edge_of = np.flatnonzero(extended.drawn >= 0)
    return extended.network.some(edge_of), edge_of


def _renumbered(doors: Entrances, edge_of: NDArray[np.int64]) -> Entrances:
    return replace(doors, ties=renumbered(doors.ties, edge_of))


def renumbered(ties: Ties, edge_of: NDArray[np.int64]) -> Ties:
    """Ties to part of a network as ties to the whole."""
    return replace(ties, edge=np.where(ties.tied, edge_of[ties.edge], -1))


def _besides(
    present: Present,
    extended: Extended,
    one: Coverage,
    shapes: NDArray[np.object_],
    rule: EntranceRule,
) -> _Part:
    """More ways in from new streets.

    Where one meets a park whose gates nobody knows; and for a point, one nearer than the street
    it is entered from.
    """
    new, edge_of = new_streets(extended)
    if not len(edge_of) or not len(shapes):
        return _Part(Entrances.together([]))
    gated = one.doors.facility[one.doors.kind == "given"]
    is_area = shapely.get_dimensions(shapes) == _AREA
    rows = np.setdiff1d(np.arange(len(shapes)), gated[is_area[gated]])
    doors = _doors(present, new, shapes, rows, replace(rule, fallback_m=rule.street_side_m))
    leg_m = np.full(len(shapes), np.inf)
    np.minimum.at(leg_m, one.doors.facility, one.doors.ties.leg_m)
    nearer = doors.ties.leg_m < leg_m[doors.facility]
    return _Part(_renumbered(doors[is_area[doors.facility] | nearer], edge_of))


def _shut(found: Sequence[Effect], doors: Entrances) -> dict[int, NDArray[np.int64]]:
    """The entrances each change shuts: those beside the spot it names."""
    shut = {}
    for change, effect in enumerate(found):
        if effect.shuts is not None and len(doors):
            metres = np.hypot(*(doors.xy - shapely.get_coordinates(effect.shuts)).T)
            shut[change] = np.flatnonzero(metres <= ALONG_M)
    return shut


def _inside(
    xy: NDArray[np.float64], shapes: NDArray[np.object_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    areas = np.flatnonzero(shapely.get_dimensions(shapes) == _AREA)
    home, place = shapely.STRtree(shapes[areas]).query(shapely.points(xy), predicate="intersects")
    return home, areas[place]
