"""Every opening that could shorten a walk: gates, gaps, dead ends (断头路), bridges, crossings.

An opening leads from a spot A on a street straight to a spot B on another, or into a polygon that
people walk to. It is worth a look only where the two fields of `spatial.nearness` say so.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from spatial.barriers import KINDS, NO_BARRIERS, UNCROSSED, Barriers
from spatial.entrances import Entrances, anywhere, entrances
from spatial.errors import InputError
from spatial.network import on_step
from spatial.reach import NONE, cut
from spatial.ties import Ties, sorted_by_place, tie_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd
    from numpy.typing import NDArray

    from spatial.nearness import Nearness
    from spatial.network import Network

OPENINGS = {
    "gate": ("新开出入口", "new gate"),
    "compound_gate": ("小区新开出入口", "new gate of a compound"),
    "dead_end": ("打通断头路", "dead end joined to the next street"),
    "wall": ("围墙开口", "opening in a wall"),
    "gap": ("连通相邻道路", "two streets joined"),
    "footbridge": ("人行桥", "footbridge over water"),
    "crossing": ("过街、过轨通道", "crossing of a railway or large road"),
}
"""What each kind of opening is called in Chinese and English."""

_WATER, _WALL = KINDS.index("water"), KINDS.index("wall")
_AT_ONCE = 20_000
_POINT_M = 0.05
"""An opening shorter than this is drawn as a point."""


@dataclass(frozen=True)
class OpeningRule:
    """Which openings are looked for, metres.

    Attributes
    ----------
    gate_m
        How far a street may run from the edge of what a new gate leads into.
    link_m
        The longest link on land.
    bridge_m
        The longest link over water, a railway or a motorway.
    step_m
        Spots along streets are at most this far apart, junctions and ends besides.
    saves_m
        An opening shortens the walk from one of its own ends by at least this: its other side is
        near as the crow flies and far on foot.
    floor_m
        A shorter opening costs as much as one of this length.

    Raises
    ------
    InputError
        If a length is not a number above 0 (`saves_m` may be 0).
    """

    gate_m: float = 30.0
    link_m: float = 60.0
    bridge_m: float = 150.0
    step_m: float = 25.0
    saves_m: float = 30.0
    floor_m: float = 10.0

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        for field in fields(self):
            value = getattr(self, field.name)
            if not (value >= 0 if field.name == "saves_m" else value > 0):
                wrong = f"{field.name} cannot be {value}"
                raise InputError(wrong, "give metres above 0", layer="openings")


@dataclass(frozen=True)
class Openings:
    """Openings that may be built: k straight lines.

    Attributes
    ----------
    kind
        (k,) object, keys of `OPENINGS`.
    a
        Where each begins: on the street from which a facility comes nearer.
    b
        Where it ends: on a street nearer to a facility; untied for one that leads into a facility.
    facility
        (k,) int64, the row of the facility it leads into, or `spatial.reach.NONE`.
    xy_a, xy_b
        (k, 2) its ends, metres.
    built_m
        (k,) metres to build, a multiple of `spatial.network.STEP_M`; those of one edge to another
        that touch are 0.
    arrive_m
        (k,) metres from A to the nearest facility over the opening.
    crosses
        (k,) object, the barrier in between (one of `spatial.barriers.KINDS`), or None.
    """

    kind: NDArray[np.object_]
    a: Ties
    b: Ties
    facility: NDArray[np.int64]
    xy_a: NDArray[np.float64]
    xy_b: NDArray[np.float64]
    built_m: NDArray[np.float64]
    arrive_m: NDArray[np.float64]
    crosses: NDArray[np.object_]

    def __len__(self) -> int:
        """How many openings."""
        return len(self.kind)

    def __getitem__(self, rows: NDArray[np.bool_] | NDArray[np.int64]) -> Openings:
        """Take some of the openings."""
        return Openings(*(getattr(self, field.name)[rows] for field in fields(self)))

    @property
    def leads_in(self) -> NDArray[np.bool_]:
        """(k,) whether each leads into a facility, rather than to another street."""
        return self.facility != NONE

    @property
    def entrances(self) -> Entrances:
        """Those that lead into facilities, as entrances of these."""
        gate = self[self.leads_in]
        ties = replace(gate.a, leg_m=gate.built_m)
        return Entrances(gate.facility, gate.kind, gate.xy_b, ties)

    @property
    def geometry(self) -> NDArray[np.object_]:
        """(k,) the lines to build, from A; a point where there is next to nothing to build."""
        lines = shapely.linestrings(np.stack([self.xy_a, self.xy_b], axis=1))
        return np.where(self.built_m < _POINT_M, shapely.points(self.xy_a), lines)


def _together(parts: list[Openings]) -> Openings:
    """Put several tables of openings into one, in their order (at least one table)."""
    columns = {
        field.name: np.concatenate([getattr(part, field.name) for part in parts])
        for field in fields(Openings)
        if field.name not in ("a", "b")
    }
    return Openings(
        a=_joined([part.a for part in parts]), b=_joined([part.b for part in parts]), **columns
    )


def _joined(parts: list[Ties]) -> Ties:
    names = ("edge", "along_m", "leg_m")
    return Ties(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def openings(
    near: Nearness,
    places: gpd.GeoDataFrame,
    barriers: Barriers = NO_BARRIERS,
    *,
    rule: OpeningRule | None = None,
    footprints: NDArray[np.object_] | None = None,
) -> Openings:
    """Find every opening that could bring someone within reach of a facility, and is not beaten.

    Left out is what surely helps no one (`spatial.nearness`), runs through a home, skips a street
    that lies between (bridges may), or is beaten by another of its kind that costs no more and
    brings the facility at least as near, to the same spot or to one next to it. What is left holds
    the best opening for every place.

    Parameters
    ----------
    near
        The fields of the standard's facilities and of the homes it leaves unserved.
    places
        The facilities; polygons may get new gates.
    barriers
        What may lie between.
    rule
        Which openings to look for.
    footprints
        Outlines of homes.

    Examples
    --------
    A home on a street that ends 20 m short of the one with the bus stop:

    >>> from layers import sample
    >>> from spatial.coverage import measure
    >>> from spatial.facilities import counted
    >>> from spatial.nearness import nearness
    >>> from spatial.network import network_from_streets
    >>> from spatial.population import homes_on
    >>> from spatial.profiles import standards
    >>> lines = [[(0, 0), (800, 0)], [(0, 0), (0, 300), (780, 300), (780, 20)]]
    >>> network = network_from_streets(sample.streets(lines))
    >>> homes = homes_on(network, sample.homes([(770, 30)]))
    >>> bus = standards()["bus_stop_500m"]
    >>> stops = counted(sample.facilities([(780, -10)], "bus_stop"), bus)
    >>> found = openings(nearness(measure(network, homes, [(bus, stops)])[0], homes), stops.places)
    >>> found.kind.tolist(), found.built_m.tolist(), found.arrive_m.tolist()
    (['dead_end'], [20.0], [30.0])
    """
    rule = rule or OpeningRule()
    ground = _ground(near)
    parts = [_gates(ground, places, rule), *_links(ground, barriers, rule)]
    found = _each_once(_together(parts))
    found = _classified(near.network, found, barriers, rule)
    found = found[_clear(ground, found, footprints)]
    found = found[_unbeaten_at_spot(found, rule)]
    found = found[_unbeaten_next_to(near.network, found, rule)]
    return _sorted(found)


@dataclass(frozen=True)
class _Ground:
    """Streets on which an opening may begin or end: on the ground, and walked.

    Attributes
    ----------
    near
        The fields, and the whole network.
    edge, lines
        (g,) those edges, and where they run.
    edge_of
        (n,) one of them at each node, an open one where there is one, or `NONE`.
    """

    near: Nearness
    edge: NDArray[np.int64]
    lines: NDArray[np.object_]
    edge_of: NDArray[np.int64]

    @property
    def network(self) -> Network:
        """The whole network."""
        return self.near.network


def _ground(near: Nearness) -> _Ground:
    network = near.network
    usable = np.flatnonzero(network.on_ground & ~network.closed)
    node = np.concatenate([network.u[usable], network.v[usable]])
    edge = np.concatenate([usable, usable])
    order = np.lexsort((edge, ~network.through[edge], node))
    nodes, first = np.unique(node[order], return_index=True)
    edge_of = np.full(len(network.xy), NONE)
    edge_of[nodes] = edge[order[first]]
    return _Ground(near, usable, network.lines[usable], edge_of)


def _at_nodes(ground: _Ground, ties: Ties) -> Ties:
    """The same spots, those at a node told by one edge of it: an open one where there is one."""
    network = ground.network
    length = network.length_m[ties.edge]
    at_u = ties.along_m == 0
    end = np.flatnonzero(at_u | (ties.along_m == length))
    node = np.where(at_u[end], network.u[ties.edge[end]], network.v[ties.edge[end]])
    told = ground.edge_of[node]
    edge, along = ties.edge.copy(), ties.along_m.copy()
    edge[end] = told
    along[end] = np.where(network.u[told] == node, 0.0, network.length_m[told])
    return Ties(edge, along, ties.leg_m)


# --- gates into facilities ------------------------------------------------------------------


def _gates(ground: _Ground, places: gpd.GeoDataFrame, rule: OpeningRule) -> Openings:
    """Gates in the edge of polygons wherever a street runs beside it, whatever lies between."""
    near, network = ground.near, ground.network
    row = np.flatnonzero(shapely.get_dimensions(places.geometry.to_numpy()) > 0)
    areas = places.iloc[row]
    walked = replace(network, on_ground=network.on_ground & ~network.closed)
    doors = anywhere(walked, areas, within_m=rule.gate_m)
    crossing = entrances(walked, areas)  # as if no gate were given
    doors = Entrances.together([doors, crossing[crossing.kind == "crossing"]])
    doors = replace(doors, facility=row[doors.facility])
    geometry = places.geometry.to_numpy()[doors.facility]
    ties = _at_nodes(ground, tie_to(network, doors.ties.edge, doors.xy))
    spot = network.points_along(ties.edge, ties.along_m)
    built_m = on_step(np.hypot(*(spot - doors.xy).T))
    ok = _saves(near.giving_m(ties), built_m, rule)
    ok &= near.wanting_beyond_m(ties) + built_m <= near.reach_m
    ok[ok] = ~shapely.contains_properly(geometry[ok], shapely.points(spot[ok]))
    k = int(ok.sum())
    return Openings(
        kind=_repeated("gate", k),
        a=replace(ties[ok], leg_m=np.zeros(k)),
        b=_untied(k),
        facility=doors.facility[ok],
        xy_a=spot[ok],
        xy_b=doors.xy[ok],
        built_m=built_m[ok],
        arrive_m=built_m[ok],
        crosses=_repeated(None, k),
    )


# --- links between streets ------------------------------------------------------------------


def _links(ground: _Ground, barriers: Barriers, rule: OpeningRule) -> Iterator[Openings]:
    """Links on land, and longer ones over what takes a bridge or an underpass."""
    spots = spots_along(ground.near, rule.step_m)
    here, there = np.zeros(len(spots.edge)), np.zeros(len(ground.edge))
    yield from _pairs(ground, spots, rule, rule.link_m, (here, there))
    wide = Barriers(*(part[barriers.kind != _WALL] for part in (barriers.shapes, barriers.kind)))
    if rule.bridge_m <= rule.link_m or not len(wide.shapes):
        return
    xy = ground.network.points_along(spots.edge, spots.along_m)
    banks = _to_bank(wide, shapely.points(xy), rule), _to_bank(wide, ground.lines, rule)
    for part in _pairs(ground, spots, rule, rule.bridge_m, banks):
        far = part[part.built_m > rule.link_m]
        yield far[wide.crossed(far.xy_a, far.xy_b) != UNCROSSED]


def _to_bank(
    barriers: Barriers, geometry: NDArray[np.object_], rule: OpeningRule
) -> NDArray[np.float64]:
    """(k,) metres to the nearest barrier; inf where no bridge would be short enough."""
    away = np.full(len(geometry), np.inf)
    (row, _), metres = shapely.STRtree(barriers.shapes).query_nearest(
        geometry, max_distance=rule.bridge_m, return_distance=True, all_matches=False
    )
    away[row] = metres
    return away


def spots_along(near: Nearness, step_m: float) -> Ties:
    """Every junction and end of the streets, spots along long edges, and those of entrances.

    On streets on the ground that are walked; each spot once.
    """
    ground, cut_at = _ground(near), near.stretches
    length = near.network.length_m[ground.edge]
    pieces = np.ceil(length / step_m).astype(np.int64)
    row = np.repeat(np.arange(len(ground.edge)), pieces + 1)
    first = np.repeat(np.cumsum(pieces + 1) - pieces - 1, pieces + 1)
    part = (np.arange(len(row)) - first) / pieces[row]
    door = np.isin(cut_at.door_edge, ground.edge)
    edge = np.concatenate([ground.edge[row], cut_at.door_edge[door]])
    along = np.concatenate([on_step(part * length[row]), cut_at.door_along_m[door]])
    ties = _at_nodes(ground, Ties(edge, along, np.zeros(len(edge))))
    once = np.unique(np.stack([ties.edge, ties.along_m], axis=1), axis=0, return_index=True)[1]
    return ties[np.sort(once)]


def _pairs(
    ground: _Ground,
    spots: Ties,
    rule: OpeningRule,
    within_m: float,
    banks: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> Iterator[Openings]:
    """Links between a spot and the nearest spot on each street within some metres, either way.

    Of two streets that do not meet one end of the shortest link is an end of a street. `banks`
    are the metres from spots and from streets to what is to be bridged.
    """
    near = ground.near
    gives, gains = _edge_bounds(ground)
    here, there = banks
    gaining = (near.gaining_m(spots) > rule.saves_m) & (near.wanting_m(spots) <= near.reach_m)
    giving = near.giving_m(spots) <= near.reach_m
    for forward, from_spot, to_edge in (
        (True, gaining, gives <= near.reach_m),
        (False, giving, gains <= near.reach_m),
    ):
        row = np.flatnonzero(from_spot & np.isfinite(here))
        column = np.flatnonzero(to_edge & np.isfinite(there))
        xy = ground.network.points_along(spots.edge[row], spots.along_m[row])
        tree, order = shapely.STRtree(ground.lines[column]), sorted_by_place(xy)
        for part in np.array_split(order, len(order) // _AT_ONCE + 1):
            one, other = tree.query(
                shapely.points(xy[part]), predicate="dwithin", distance=within_m
            )
            spot, line = row[part[one]], column[other]
            over = here[spot] + there[line] <= within_m
            end = spots[spot[over]]
            facing = _facing(ground, ground.edge[line[over]], end)
            a, b = (end, facing) if forward else (facing, end)
            yield _helpful(near, a, b, rule, within_m)


def _edge_bounds(ground: _Ground) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """At least so far is anywhere on each street from a facility, and from an unserved home."""
    near, parts = ground.near, ground.near.stretches
    out = [np.where(parts.through, end, near.outward[end]) for end in (parts.tail, parts.head)]
    into = [np.where(parts.through, end, near.inward[end]) for end in (parts.tail, parts.head)]
    facility_m = np.minimum(near.metres[out[0]], near.metres[out[1]])
    home_m = np.minimum(near.unserved_m[into[0]], near.unserved_m[into[1]]) - parts.length_m
    bounds = [np.full(len(near.network.u), np.inf) for _ in range(2)]
    np.minimum.at(bounds[0], parts.edge, facility_m)
    np.minimum.at(bounds[1], parts.edge, home_m)
    return bounds[0][ground.edge], bounds[1][ground.edge]


def _facing(ground: _Ground, edge: NDArray[np.int64], ties: Ties) -> Ties:
    """The nearest spot on an edge to each of some spots."""
    network = ground.network
    return _at_nodes(ground, tie_to(network, edge, network.points_along(ties.edge, ties.along_m)))


def _saves(
    before_m: NDArray[np.float64], after_m: NDArray[np.float64], rule: OpeningRule
) -> NDArray[np.bool_]:
    """Whether the walk from an opening's own end becomes so much shorter as to be worth a look."""
    return (after_m < before_m) & (after_m + rule.saves_m <= before_m)


def _helpful(near: Nearness, a: Ties, b: Ties, rule: OpeningRule, within_m: float) -> Openings:
    """Links from A to B that may bring someone within reach, by the two fields."""
    network = near.network
    xy_a, xy_b = network.points_along(a.edge, a.along_m), network.points_along(b.edge, b.along_m)
    built_m = on_step(np.hypot(*(xy_a - xy_b).T))
    arrive_m = built_m + near.giving_m(b)
    ok = _saves(near.gaining_m(a), arrive_m, rule) & (built_m <= within_m)
    ok &= near.wanting_m(a) + arrive_m <= near.reach_m
    ok &= network.through[a.edge] | network.through[b.edge]
    k = int(ok.sum())
    at_once = np.zeros(k)
    return Openings(
        kind=_repeated("gap", k),
        a=replace(a[ok], leg_m=at_once),
        b=replace(b[ok], leg_m=at_once),
        facility=np.full(k, NONE),
        xy_a=xy_a[ok],
        xy_b=xy_b[ok],
        built_m=built_m[ok],
        arrive_m=arrive_m[ok],
        crosses=_repeated(None, k),
    )


# --- what each one is, and which are left ---------------------------------------------------


def _each_once(found: Openings) -> Openings:
    """The same openings, each once: one is found from both of its ends."""
    ends = [found.a.edge, found.a.along_m, found.b.edge, found.b.along_m, *found.xy_b.T]
    order = np.lexsort(ends)
    same = [(part[order][1:] == part[order][:-1]) for part in ends]
    new = np.concatenate([[True], ~np.all(same, axis=0)])[: len(found)]
    return found[order[new]]


def _classified(
    network: Network, found: Openings, barriers: Barriers, rule: OpeningRule
) -> Openings:
    """Say what each opening crosses and is; those too long for what they are go."""
    crossed = barriers.crossed(found.xy_a, _just_inside(found))
    crosses = np.array([*KINDS, None], dtype=object)[crossed]
    bridging = (crossed != UNCROSSED) & (crossed != _WALL)
    kind = np.where(crossed == _WALL, "wall", "gap").astype(object)
    kind[_dead_end(network, found.a) | _dead_end(network, found.b)] = "dead_end"
    shut = ~network.through[found.a.edge] | ~network.through[found.b.edge]
    kind[shut] = "compound_gate"
    kind[found.leads_in] = "gate"
    kind[bridging] = np.where(crossed[bridging] == _WATER, "footbridge", "crossing")
    fits = (found.built_m <= rule.link_m) | bridging
    return replace(found, kind=kind, crosses=crosses)[fits]


def _just_inside(found: Openings) -> NDArray[np.float64]:
    """(k, 2) the far ends; of gates a metre farther in, so that a wall on the edge is crossed."""
    run = found.xy_b - found.xy_a
    length = np.hypot(*run.T)
    step = np.where(found.leads_in & (length > 0), 1.0, 0.0) / np.where(length > 0, length, 1.0)
    ends: NDArray[np.float64] = found.xy_b + run * step[:, None]
    return ends


def _dead_end(network: Network, ties: Ties) -> NDArray[np.bool_]:
    """(k,) whether each spot is where a street ends."""
    walked = ~network.closed
    degree = np.bincount(
        np.concatenate([network.u[walked], network.v[walked]]), minlength=len(network.xy)
    )
    at_u, at_v = ties.along_m == 0, ties.along_m == network.length_m[ties.edge]
    alone_u, alone_v = degree[network.u[ties.edge]] == 1, degree[network.v[ties.edge]] == 1
    return ties.tied & ((at_u & alone_u) | (at_v & alone_v))


def _clear(
    ground: _Ground, found: Openings, footprints: NDArray[np.object_] | None
) -> NDArray[np.bool_]:
    """(k,) whether an opening runs through no home and, but for bridges, skips no street."""
    clear = np.ones(len(found), dtype=bool)
    on_land = np.flatnonzero(~np.isin(found.kind, ("footbridge", "crossing")))
    on_land = on_land[found.built_m[on_land] > _POINT_M]
    start, end = found.xy_a[on_land], found.xy_b[on_land]
    part = (end - start) * 0.01
    between = shapely.linestrings(np.stack([start + part, end - part], axis=1))
    row, _ = shapely.STRtree(ground.lines).query(between, predicate="intersects")
    clear[on_land[row]] = False
    if footprints is not None and len(footprints):
        left = np.flatnonzero(clear)
        lines = shapely.linestrings(np.stack([found.xy_a, found.xy_b], axis=1)[left])
        row, home = shapely.STRtree(footprints).query(lines, predicate="intersects")
        through = ~shapely.touches(lines[row], footprints[home])
        clear[left[row[through]]] = False
    return clear


def _unbeaten_at_spot(found: Openings, rule: OpeningRule) -> NDArray[np.bool_]:
    """(k,) whether no other of its kind at the same spot is as cheap and leads as near.

    What an opening changes follows from its spot A and `arrive_m` alone.
    """
    cost = np.maximum(found.built_m, rule.floor_m)
    spot, kind = _spot_number(found.a), np.unique(found.kind.astype(str), return_inverse=True)[1]
    order = np.lexsort((found.built_m, found.arrive_m, cost, kind, spot))
    group = np.stack([spot, kind], axis=1)[order]
    new = np.concatenate([[True], (group[1:] != group[:-1]).any(axis=1)])[: len(found)]
    arrive_m = found.arrive_m[order]
    apart = (1.0 + arrive_m.max(initial=0.0)) * np.cumsum(new)
    least = np.minimum.accumulate(arrive_m - apart)
    better = np.concatenate([[True], least[1:] < least[:-1]])[: len(found)]
    keep = np.zeros(len(found), dtype=bool)
    keep[order[new | better]] = True
    return keep


def _spot_number(ties: Ties) -> NDArray[np.int64]:
    """(k,) numbers from 0, the same for the same spot."""
    table = np.stack([ties.edge.astype(np.float64), ties.along_m], axis=1)
    return np.unique(table, axis=0, return_inverse=True)[1].reshape(-1)


def _unbeaten_next_to(network: Network, found: Openings, rule: OpeningRule) -> NDArray[np.bool_]:
    """(k,) whether none of its kind at the next spot is as cheap and, walked to, leads as near."""
    spot = _spot_number(found.a)
    spots = found.a[np.unique(spot, return_index=True)[1]]
    one, other, metres = _neighbours(network, spots)
    order = np.argsort(spot, kind="stable")
    first = np.concatenate([[0], np.cumsum(np.bincount(spot, minlength=len(spots.edge)))])
    pair, mine = _expanded(first, one)
    again, theirs = _expanded(first, other[pair])
    mine, theirs, metres = order[mine[again]], order[theirs], metres[pair[again]]
    cost = np.maximum(found.built_m, rule.floor_m)
    beaten = (
        (found.kind[mine] == found.kind[theirs])
        & (cost[theirs] <= cost[mine])
        & (found.arrive_m[theirs] + metres <= found.arrive_m[mine])
    )
    keep = np.ones(len(found), dtype=bool)
    keep[mine[beaten]] = False
    return keep


def _expanded(
    first: NDArray[np.int64], row: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every place from ``first[r]`` up to ``first[r + 1]`` for each of some rows r.

    Gives for each place which of `row` it belongs to, and the place.
    """
    count = first[row + 1] - first[row]
    which = np.repeat(np.arange(len(row)), count)
    begin = np.repeat(first[row] - np.cumsum(count) + count, count)
    return which, begin + np.arange(len(which))


def _neighbours(
    network: Network, spots: Ties
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Pairs of spots with nothing between them on one edge, or round one node, and metres apart.

    Over streets that one may pass only.
    """
    stretches = cut(network, Entrances.at_spots(network, spots))
    n = len(network.xy)
    stop = np.concatenate([stretches.tail, stretches.head])
    across = np.concatenate([stretches.head, stretches.tail])
    metres = np.concatenate([stretches.length_m, stretches.length_m])
    open_to = np.concatenate([stretches.through & ~stretches.closed] * 2)
    stop, across, metres = stop[open_to], across[open_to], metres[open_to]
    direct = (stop >= n) & (across >= n) & (metres > 0)
    one, other, apart = stop[direct] - n, across[direct] - n, metres[direct]
    by_node = (stop < n) & (across >= n)
    order = np.argsort(stop[by_node], kind="stable")
    node, spot, leg = (part[by_node][order] for part in (stop, across - n, metres))
    first = np.concatenate([[0], np.cumsum(np.bincount(node, minlength=n))]).astype(np.int64)
    mine, place = _expanded(first, node)
    real = leg[mine] + leg[place] > 0
    mine, place = mine[real], place[real]
    return (
        np.concatenate([one, spot[mine]]),
        np.concatenate([other, spot[place]]),
        np.concatenate([apart, leg[mine] + leg[place]]),
    )


def _sorted(found: Openings) -> Openings:
    """Put openings in an order that depends on where they are alone."""
    return found[np.lexsort((*found.xy_b.T[::-1], *found.xy_a.T[::-1]))]


def _untied(count: int) -> Ties:
    return Ties(np.full(count, NONE), np.zeros(count), np.full(count, np.nan))


def _repeated(value: str | None, count: int) -> NDArray[np.object_]:
    return np.full(count, value, dtype=object)
