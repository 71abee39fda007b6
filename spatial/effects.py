"""What each change of a scenario does to streets, facilities, gates and people there are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from spatial.barriers import UNCROSSED
from spatial.entrances import GATE_M
from spatial.errors import InputError
from spatial.newstreets import JOIN_M, Drawn
from spatial.ties import tie_to
from spatial.walker import USUAL, Walker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from spatial.barriers import Barriers
    from spatial.changes import Change
    from spatial.coverage import Coverage
    from spatial.network import Network
    from spatial.population import Homes

COUNTS_AS: Mapping[str, tuple[str, ...]] = {"park": ("park", "green")}
"""A new park is new green too, where a change does not say what it counts as."""
MEANT_M = 50.0
"""A facility to be moved or removed lies this near to where it was pointed at."""
ALONG_M = 5.0
"""A line drawn along a street, or a gate marked beside another, is this near to it."""
_AREA = 2
_NONE = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Present:
    """What is there: streets, homes, and every standard measured on them.

    Attributes
    ----------
    network, homes
        As measured.
    coverages
        One per measured id.
    barriers, leg_limit_m
        What no leg crosses, and how long one may be, metres.
    walker
        Who walks.
    """

    network: Network
    homes: Homes
    coverages: Sequence[Coverage]
    barriers: Barriers
    leg_limit_m: float
    walker: Walker = USUAL


@dataclass(frozen=True)
class Effect:
    """What one change does.

    Attributes
    ----------
    streets
        Streets it adds.
    closes, passes
        Present edges it closes, or that one may pass from then on (rule 6).
    place, categories
        A facility it adds, and the categories this counts for.
    removes
        Present facilities it takes away: rows by the number of the coverage.
    gate, shuts
        Where it opens a gate of a park or green, or shuts the entrances near by.
    mouths
        (k, 2) gated edges it shuts where they begin, and the node of the open street there.
    home, people
        A new home; or with `area` the people who live there in all.
    """

    streets: tuple[Drawn, ...] = ()
    closes: NDArray[np.int64] = field(default_factory=lambda: _NONE)
    passes: NDArray[np.int64] = field(default_factory=lambda: _NONE)
    place: BaseGeometry | None = None
    categories: tuple[str, ...] = ()
    removes: Mapping[int, NDArray[np.int64]] = field(default_factory=dict)
    gate: shapely.Point | None = None
    shuts: shapely.Point | None = None
    mouths: NDArray[np.int64] = field(default_factory=lambda: _NONE.reshape(0, 2))
    home: shapely.Point | None = None
    area: BaseGeometry | None = None
    people: float = 0.0


def effects(present: Present, changes: Sequence[Change]) -> list[Effect]:
    """Find out what each of some changes does.

    Raises
    ------
    InputError
        If a change has nothing to act on: no such facility, no street or gate where it points.
    """
    return [_EFFECT[change.do](present, change, changes) for change in changes]


def refused(change: Change, wrong: str, remedy: str) -> InputError:
    """Say what is wrong with a change, and where it was given."""
    return InputError(f"{change.do} {change.name!r} {wrong}", remedy, file=change.where or None)


def _shape(change: Change) -> BaseGeometry:
    if change.geometry is None:
        raise refused(change, "has no place", "give it one")
    return change.geometry


def _point(change: Change) -> shapely.Point:
    return shapely.centroid(_shape(change))


def _add_facility(present: Present, change: Change, _: Sequence[Change]) -> Effect:
    category = change.category or ""
    categories = change.counts_as or COUNTS_AS.get(category, (category,))
    asked = [one.standard for one in present.coverages if one.standard.category in categories]
    if not asked:
        known = ", ".join(sorted({one.standard.category for one in present.coverages}))
        remedy = f"measure a standard for it; the plan measures {known}"
        raise refused(change, f"is of the category {category!r}, which no standard counts", remedy)
    area_m2 = _shape(change).area
    if not any(low <= area_m2 < high for low, high in (one.area_m2 for one in asked)):
        least = min(one.area_m2[0] for one in asked)
        wrong = f"has {area_m2:,.0f} m², and no standard counts a {category} of that size"
        raise refused(change, wrong, f"draw its outline, of {least:,.0f} m² or more")
    return Effect(place=_shape(change), categories=categories)


def _remove_facility(present: Present, change: Change, _: Sequence[Change]) -> Effect:
    removes = {}
    for number, one in enumerate(present.coverages):
        places = one.facilities.places
        rows = np.arange(len(places)) if _of_category(change, one) else _NONE
        if change.target is not None:
            named = (places["facility"] == change.target) | (places["name"] == change.target)
            rows = np.intersect1d(rows, np.flatnonzero(named))
        if change.geometry is not None and change.do == "remove_facility":
            rows = _pointed_at(change, one, rows)
        if len(rows) > 1:
            remedy = "name one by its id, or draw the removal where it stands"
            raise refused(change, f"finds {len(rows)} facilities called {change.target!r}", remedy)
        if len(rows):
            removes[number] = rows
    if not removes:
        meant = repr(change.target) if change.target is not None else f"within {MEANT_M:g} m"
        raise refused(change, f"finds no facility {meant}", "name one by its id or name")
    return Effect(removes=removes)


def _of_category(change: Change, one: Coverage) -> bool:
    meant = COUNTS_AS.get(change.category or "", (change.category,))
    return change.category is None or one.standard.category in meant


def _pointed_at(change: Change, one: Coverage, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Of some facilities the nearest to where a change points."""
    shapes = one.facilities.places.geometry.to_numpy()[rows]
    metres = shapely.distance(shapes, _shape(change))
    nearest = np.argsort(metres, kind="stable")[:1]
    return rows[nearest[metres[nearest] <= MEANT_M]]


def _move_facility(present: Present, change: Change, _: Sequence[Change]) -> Effect:
    if change.target is None:
        raise refused(change, "does not say which facility", "give its id or name as target")
    removes = _remove_facility(present, change, ()).removes
    categories = tuple(sorted({present.coverages[n].standard.category for n in removes}))
    return Effect(place=_shape(change), categories=categories, removes=removes)


def _add_gate(present: Present, change: Change, changes: Sequence[Change]) -> Effect:
    """A gate of a park or green near by; else one between a street and the compound beside it."""
    gate = _point(change)
    added = [one.geometry for one in changes if one.do in ("add_facility", "move_facility")]
    shapes = [one.facilities.places.geometry.to_numpy() for one in present.coverages]
    every = np.concatenate([np.array(added, dtype=object), *shapes])
    areas = every[shapely.get_dimensions(every) == _AREA]
    if len(areas) and shapely.distance(areas, gate).min() <= GATE_M:
        return Effect(gate=gate)
    return Effect(streets=(Drawn(_through_the_wall(present, change, gate), change.name),))


def _through_the_wall(present: Present, change: Change, gate: shapely.Point) -> shapely.LineString:
    """The way a gate opens: from the nearest street to the nearest one shut off from it."""
    network = present.network
    near = np.flatnonzero(shapely.dwithin(network.lines, gate, GATE_M))
    spots = tie_to(network, near, np.repeat(shapely.get_coordinates(gate), len(near), axis=0))
    order = np.argsort(spots.leg_m, kind="stable")
    xy = network.points_along(near[order], spots.along_m[order])
    if len(near):
        start = np.repeat(xy[:1], len(xy), axis=0)
        private = ~network.through[near[order]]
        beyond = (private != private[0]) | (present.barriers.crossed(start, xy) != UNCROSSED)
        if beyond.any():
            return shapely.LineString([xy[0], xy[np.argmax(beyond)]])
    wrong = f"has no park, gated street or wall with streets on both sides within {GATE_M:g} m"
    raise refused(change, wrong, "move it there, or draw the way as add_street")


def _close_gate(present: Present, change: Change, _: Sequence[Change]) -> Effect:
    """The entrances near by; else the streets that lead into a compound there."""
    gate = _point(change)
    doors = [one.doors.xy for one in present.coverages]
    xy = np.concatenate([np.empty((0, 2)), *doors])
    metres = np.hypot(*(xy - shapely.get_coordinates(gate)).T)
    if len(metres) and metres.min() <= GATE_M:
        return Effect(shuts=shapely.Point(xy[np.argmin(metres)]))
    network = present.network
    mouth = _mouths(network)
    apart = np.hypot(*(network.xy[mouth] - shapely.get_coordinates(gate)).T)
    if not len(apart) or apart.min() > GATE_M:
        raise refused(change, f"has no entrance or gate within {GATE_M:g} m", "move it there")
    node = mouth[np.argmin(apart)]
    shut = np.flatnonzero(~network.through & ((network.u == node) | (network.v == node)))
    return Effect(mouths=np.stack([shut, np.full(len(shut), node)], axis=1))


def _mouths(network: Network) -> NDArray[np.int64]:
    """Nodes where a gated street meets an open one."""
    private = ~network.through
    inner = np.concatenate([network.u[private], network.v[private]])
    outer = np.concatenate([network.u[~private], network.v[~private]])
    return np.intersect1d(inner, outer)


def _open_gate(present: Present, change: Change, _: Sequence[Change]) -> Effect:
    """A gated compound opened to all: every street joined to the nearest gated one."""
    network = present.network
    private = np.flatnonzero(~network.through)
    if len(private):
        metres = shapely.distance(network.lines[private], _shape(change))
        if metres.min() <= GATE_M:
            return Effect(passes=_compound(network, private, int(np.argmin(metres))))
    wrong = f"has no gated street within {GATE_M:g} m"
    raise refused(change, wrong, "move it there, or use add_gate")


def _compound(network: Network, private: NDArray[np.int64], which: int) -> NDArray[np.int64]:
    """The gated edges that hang together with one of them."""
    u, v = network.u[private], network.v[private]
    n = len(network.xy)
    part = connected_components(coo_matrix((np.ones(len(u)), (u, v)), shape=(n, n)), directed=False)
    return private[part[1][u] == part[1][u[which]]]


def _add_street(_present: Present, change: Change, _: Sequence[Change]) -> Effect:
    lines = shapely.get_parts(shapely.line_merge(_shape(change)))
    bridge = change.kind == "bridge"
    return Effect(streets=tuple(Drawn(line, change.name, bridge=bridge) for line in lines))


def _close_street(present: Present, change: Change, _: Sequence[Change]) -> Effect:
    return Effect(closes=_meant(present.network, change, np.arange(len(present.network.u))))


def _open_street(present: Present, change: Change, _: Sequence[Change]) -> Effect:
    private = np.flatnonzero(~present.network.through)
    return Effect(passes=_meant(present.network, change, private))


def _meant(network: Network, change: Change, edges: NDArray[np.int64]) -> NDArray[np.int64]:
    """The edges a change names, points at, crosses or runs along."""
    if change.target is not None:
        found = edges[network.name[edges] == change.target]
    elif shapely.get_dimensions(_shape(change)) == 0:
        metres = shapely.distance(network.lines[edges], change.geometry)
        near = metres.size and metres.min() <= JOIN_M
        found = edges[[np.argmin(metres)]] if near else _NONE
    else:
        lines = network.lines[edges]
        crossed = shapely.crosses(lines, change.geometry) & network.on_ground[edges]
        along = shapely.covers(shapely.buffer(change.geometry, ALONG_M), lines)
        found = edges[crossed | along]
    if not len(found):
        wrong = "finds no street there" if change.do == "close_street" else "finds no gated street"
        remedy = "draw a line across or along it, or give its name as target"
        raise refused(change, wrong, f"{remedy}; what is missing is drawn with add_street")
    return found


def _add_people(_present: Present, change: Change, _: Sequence[Change]) -> Effect:
    if change.people is None:
        raise refused(change, "does not say how many people", "give people = ...")
    return Effect(home=shapely.point_on_surface(_shape(change)), people=change.people)


def _set_people(present: Present, change: Change, _: Sequence[Change]) -> Effect:
    if change.people is None:
        raise refused(change, "does not say how many people", "give people = ...")
    area = _shape(change)
    if not shapely.intersects(area, shapely.points(present.homes.xy)).any():
        raise refused(change, "holds no home", "draw it around homes, or use add_people")
    return Effect(area=area, people=change.people)


_EFFECT: Mapping[str, Callable[[Present, Change, Sequence[Change]], Effect]] = {
    "add_facility": _add_facility,
    "move_facility": _move_facility,
    "remove_facility": _remove_facility,
    "add_gate": _add_gate,
    "open_gate": _open_gate,
    "close_gate": _close_gate,
    "add_street": _add_street,
    "open_street": _open_street,
    "close_street": _close_street,
    "add_people": _add_people,
    "set_people": _set_people,
}
