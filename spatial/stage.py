"""The present with all changes of a scenario laid out, so that any combination can be tried.

Streets are cut once at every spot that any change touches. A trial then opens and shuts
entrances and streets in fields of walks that are already true (`spatial.field`): it costs what it
changes. What it gives equals measuring the changed town from scratch, to the last bit; `afresh`
does that, to compare.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from spatial.coverage import straight_line_m
from spatial.effects import effects, refused
from spatial.entrances import Entrances
from spatial.errors import LawError
from spatial.field import NO_CHANGE, Doorsteps, WalkField, doorsteps, ways_out
from spatial.newstreets import extended
from spatial.offers import new_streets, offer, remaining, renumbered
from spatial.reach import NONE, WalkGraph, cut, sparse_rows, walks_from, walks_to
from spatial.ties import Ties, tie

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from spatial.changes import Change
    from spatial.effects import Effect, Present
    from spatial.network import Network
    from spatial.newstreets import Extended
    from spatial.offers import Offer
    from spatial.reach import Arcs, Stretches, Walks


@dataclass(frozen=True)
class Moved:
    """Homes that may leave by another street.

    Attributes
    ----------
    home
        (k,) rows.
    ties
        (k,) the street they may leave by.
    change
        (k,) the change with which they may.
    instead
        Whether they then leave by it instead of their own, not besides. It may not shorten the
        walk: a closed street helps nobody.
    row, metres
        (k, 2) where that takes them on the graph (`spatial.field.ways_out`).
    own_row, own_m
        (k, 2) where their own street would take them, were it open: to its ends.
    """

    home: NDArray[np.int64]
    ties: Ties
    change: NDArray[np.int64]
    instead: bool
    row: NDArray[np.int64] = field(default_factory=lambda: np.empty((0, 2), dtype=np.int64))
    metres: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 2)))
    own_row: NDArray[np.int64] = field(default_factory=lambda: np.empty((0, 2), dtype=np.int64))
    own_m: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 2)))

    def on(self, on: Collection[int]) -> NDArray[np.bool_]:
        """(k,) which of them do with some of the changes."""
        return np.isin(self.change, list(on))


@dataclass(frozen=True)
class Touch:
    """The edges one change opens, closes, or lets one pass, and every arc along them."""

    opens: NDArray[np.int64]
    closes: NDArray[np.int64]
    passes: NDArray[np.int64]
    arcs: NDArray[np.int64]


@dataclass(frozen=True)
class Stage:
    """The present and all that may change.

    Attributes
    ----------
    present, changes, effects
        What is there, and what each change does.
    extended
        The streets, with the new ones closed.
    xy, weight, ties
        (h, 2), (h,) and (h,): the homes, new ones last with nobody in them, and their streets.
    touches
        The streets each change touches.
    moved
        Homes that closed streets make leave by others, and homes that new ones come nearer to.
    offers
        One per coverage.
    stretches, arcs, place
        The streets cut at all entrances; their arcs; and where each stands in the matrix.
    steps, fields
        Where the homes stand on the graph; and one field of walks per coverage, at present.
    walk_m
        (h,) per coverage: the walks at present; inf where nothing is reached.
    """

    present: Present
    changes: Sequence[Change]
    effects: Sequence[Effect]
    extended: Extended
    xy: NDArray[np.float64]
    weight: NDArray[np.float64]
    ties: Ties
    touches: Sequence[Touch]
    moved: Sequence[Moved]
    offers: Sequence[Offer]
    stretches: Stretches
    arcs: Arcs
    place: NDArray[np.int64]
    graph: WalkGraph
    steps: Doorsteps
    fields: Sequence[WalkField]
    walk_m: Sequence[NDArray[np.float64]]

    def weight_with(self, on: Collection[int]) -> NDArray[np.float64]:
        """(h,) the people in each home with some of the changes."""
        weight = self.weight.copy()
        new = len(self.present.homes.weight)
        for change, effect in enumerate(self.effects):
            if effect.home is not None:
                weight[new] = effect.people if change in on else 0.0
                new += 1
            elif effect.area is not None and change in on:
                inside = shapely.intersects(effect.area, shapely.points(self.xy))
                weight[inside] = _scaled(weight[inside], effect.people)
        return weight

    def walks_with(self, number: int, on: Collection[int]) -> NDArray[np.float64]:
        """(h,) metres walked to the facilities of one coverage with some of the changes.

        inf where nothing is reached.
        """
        home, walk_m = self.difference(number, on)
        walks = self.walk_m[number].copy()
        walks[home] = walk_m
        return walks

    def difference(
        self, number: int, on: Collection[int]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The homes whose walk some of the changes may change, and their walks with them."""
        one, walks = self.offers[number], self.fields[number]
        opens = one.doors_on(on)
        doors = np.flatnonzero(opens != one.doors_on(()))
        rows = self.graph.stops + self._first_door(number) + doors
        start_m = np.where(opens[doors], 0.0, np.inf)
        changed = one.facilities_on(on) != one.facilities_on(())
        home, place = one.inside
        with walks.changed(self._arcs_with(on), (rows, start_m)) as touched:
            found = [_homes_at(self.steps, touched), home[changed[place]]]
            found += [some.home[some.on(on)] for some in self.moved]
            homes = np.unique(np.concatenate(found))
            walk_m = self._left(walks, homes, on)
        walk_m[np.isin(homes, self._at_home(number, on))] = 0.0
        return homes, walk_m

    def straight_with(self, number: int, on: Collection[int]) -> NDArray[np.float64]:
        """(h,) straight metres to the nearest facility with some of the changes; inf if none."""
        one = self.offers[number]
        metres = straight_line_m(self.xy, one.shapes[one.facilities_on(on)])
        return np.nan_to_num(metres, nan=np.inf)

    def shape_of(self, change: int) -> BaseGeometry:
        """Where a change is: as drawn, else where what it names stands."""
        drawn = self.changes[change].geometry
        if drawn is not None:
            return drawn
        effect = self.effects[change]
        places = [self.offers[number].shapes[rows] for number, rows in effect.removes.items()]
        edges = np.concatenate([effect.closes, effect.passes])
        lines = self.present.network.lines[edges]
        return shapely.union_all(np.concatenate([*places, lines]))

    def _first_door(self, number: int) -> int:
        return sum(len(one.doors) for one in self.offers[:number])

    def _at_home(self, number: int, on: Collection[int]) -> NDArray[np.int64]:
        """Homes that stand inside a facility that is there, and on a street."""
        one = self.offers[number]
        home, place = one.inside
        within = home[one.facilities_on(on)[place]]
        return within[self.ties.tied[within]]

    def _left(
        self, walks: WalkField, homes: NDArray[np.int64], on: Collection[int]
    ) -> NDArray[np.float64]:
        """Metres walked from some homes by the streets they leave by with some of the changes."""
        walk_m = np.min(walks.metres[self.steps.row[homes]] + self.steps.metres[homes], axis=1)
        for some in self.moved:
            rows = np.flatnonzero(some.on(on))
            at = np.searchsorted(homes, some.home[rows])
            by_other = (walks.metres[some.row[rows]] + some.metres[rows]).min(axis=1)
            if some.instead:
                by_own = (walks.metres[some.own_row[rows]] + some.own_m[rows]).min(axis=1)
                walk_m[at] = np.maximum(by_other, by_own)
            else:
                np.minimum.at(walk_m, at, by_other)
        return walk_m

    def _arcs_with(self, on: Collection[int]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The arcs of all streets that some changes touch: their places, and how long they are."""
        if not any(len(self.touches[change].arcs) for change in on):
            return NO_CHANGE
        network = self.network_with(on)
        arc = np.unique(np.concatenate([self.touches[change].arcs for change in on]))
        of = self.arcs.stretch[arc]
        edge, length_m = self.stretches.edge[of], self.stretches.length_m[of]
        on_open = arc < 2 * len(self.stretches.edge)
        shut = network.closed[edge] & (length_m > 0) | (on_open & ~network.through[edge])
        return self.place[arc], np.where(shut, np.inf, length_m)

    def network_with(self, on: Collection[int]) -> Network:
        """The streets with some of the changes: those they open, close, and let one pass."""
        network = self.extended.network
        closed, through = network.closed.copy(), network.through.copy()
        for change in on:
            closed[self.touches[change].opens] = False
            through[self.touches[change].passes] = True
        for change in on:
            closed[self.touches[change].closes] = True
        return replace(network, closed=closed, through=through)


def stage(present: Present, changes: Sequence[Change]) -> Stage:
    """Lay out the changes of a scenario on the present.

    Raises
    ------
    InputError
        If a change has nothing to act on.
    LawError
        If the present measured here is not the present that was measured before.
    """
    found = effects(present, changes)
    longer = _extended(present, found)
    _require_joined(changes, found, longer)
    homes = present.homes
    new = [shapely.get_coordinates(e.home)[0] for e in found if e.home is not None]
    new_xy = np.reshape(np.array(new, dtype=np.float64), (-1, 2))
    xy = np.concatenate([homes.xy, new_xy])
    limit_m, barriers = present.leg_limit_m, present.barriers
    old_ties = _joined(homes.ties, tie(present.network, new_xy, limit_m=limit_m, barriers=barriers))
    offers = [offer(present, k, found, longer, xy) for k in range(len(present.coverages))]
    stretches = cut(longer.network, Entrances.together([one.doors for one in offers]))
    arcs = stretches.arcs()
    matrix, order = sparse_rows(arcs.row, arcs.column, arcs.metres, arcs.rows)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    graph = WalkGraph(matrix, stretches.stops, arcs.inner, arcs.inner_row)
    ties = longer.moved(old_ties)
    laid = Stage(
        present=present,
        changes=changes,
        effects=found,
        extended=longer,
        xy=xy,
        weight=np.concatenate([homes.weight, np.zeros(len(new_xy))]),
        ties=ties,
        touches=_touches(found, longer, stretches, arcs),
        moved=_on_graph(
            stretches,
            graph,
            longer,
            ties,
            (
                _instead(present, found, xy, old_ties, longer),
                _nearer(present, found, xy, ties, longer),
            ),
        ),
        offers=offers,
        stretches=stretches,
        arcs=arcs,
        place=place,
        graph=graph,
        steps=doorsteps(stretches, graph, ties),
        fields=[],
        walk_m=[],
    )
    return _with_walks(laid)


def _extended(present: Present, found: Sequence[Effect]) -> Extended:
    """The streets with those that changes add; these as the walker finds them, slopes and all."""
    drawn = [one for effect in found for one in effect.streets]
    mouths = np.concatenate([effect.mouths for effect in found]) if found else None
    longer = extended(present.network, drawn, mouths)
    network = longer.network
    walked_m = present.walker.on(network).length_m
    length_m = np.where(longer.drawn >= 0, walked_m, network.length_m)
    return replace(longer, network=replace(network, length_m=length_m))


def _with_walks(laid: Stage) -> Stage:
    """Walk at present to every offer, and see that these are the walks that were measured."""
    fields: list[WalkField] = []
    walks = []
    first = laid.graph.stops
    for number, one in enumerate(laid.offers):
        open_rows = first + np.flatnonzero(one.doors_on(()))
        like = fields[0] if fields else None
        fields.append(WalkField(laid.graph.matrix, open_rows, like=like))
        walk_m = fields[-1].walks(laid.steps)
        walk_m[laid._at_home(number, ())] = 0.0  # noqa: SLF001  the same module
        walks.append(walk_m)
        first += len(one.doors)
        measured = np.nan_to_num(one.coverage.walk_m, nan=np.inf)
        if not np.array_equal(walk_m[: len(measured)], measured):
            message = f"{one.coverage.standard.id} at present is not what was measured"
            raise LawError(f"law broken: {message}; nothing was written, please report this")
    return replace(laid, fields=fields, walk_m=walks)


def afresh(laid: Stage, number: int, on: Collection[int]) -> NDArray[np.float64]:
    """(h,) metres walked with some of the changes, measured from scratch: the slow way.

    Who lives on a gated street that one may pass from now on walks within the compound as before,
    and through: an opened street lengthens no walk.
    """
    one = laid.offers[number]
    opened = laid.network_with(on)
    network = replace(opened, through=laid.extended.network.through)
    stretches = cut(network, one.doors[one.doors_on(on)])
    walks = walks_to(_passed(stretches, opened.through), np.arange(len(stretches.leg_m)))
    walk_m = np.nan_to_num(walks_from(stretches, walks, laid.ties)[0], nan=np.inf)
    for some in laid.moved:
        rows = np.flatnonzero(some.on(on))
        home = some.home[rows]
        by_other = np.nan_to_num(walks_from(stretches, walks, some.ties[rows])[0], nan=np.inf)
        if some.instead:
            by_own = _by_own_street(laid.extended.network, walks, laid.ties[home])
            walk_m[home] = np.maximum(by_other, by_own)
        else:
            np.minimum.at(walk_m, home, by_other)
    walk_m[laid._at_home(number, on)] = 0.0  # noqa: SLF001  the same module
    return walk_m


def _passed(stretches: Stretches, through: NDArray[np.bool_]) -> WalkGraph:
    """The graph of stretches on which gated edges that are now `through` may be passed, too."""
    arcs = stretches.arcs()
    of = arcs.stretch[: 2 * len(stretches.edge)]
    open_ = through[stretches.edge[of]] & ~stretches.closed[of]
    metres = arcs.metres.copy()
    metres[: len(of)][open_] = stretches.length_m[of][open_]
    there = np.isfinite(metres)
    matrix = sparse_rows(arcs.row[there], arcs.column[there], metres[there], arcs.rows)[0]
    return WalkGraph(matrix, stretches.stops, arcs.inner, arcs.inner_row)


def _by_own_street(network: Network, walks: Walks, ties: Ties) -> NDArray[np.float64]:
    """(k,) metres walked by way of either end of the street that points stand on."""
    through = network.through[ties.edge]
    to_u = walks.at(network.u[ties.edge], through)[0] + ties.along_m
    to_v = walks.at(network.v[ties.edge], through)[0] + network.length_m[ties.edge] - ties.along_m
    return ties.leg_m + np.minimum(to_u, to_v)


def _touches(
    found: Sequence[Effect], longer: Extended, stretches: Stretches, arcs: Arcs
) -> list[Touch]:
    """Look up once which arcs each change touches."""
    last = np.cumsum([0, *(len(effect.streets) for effect in found)])
    stub = np.cumsum([0, *(len(effect.mouths) for effect in found)])
    touches = []
    for number, effect in enumerate(found):
        mine = (longer.drawn >= last[number]) & (longer.drawn < last[number + 1])
        closes, passes = longer.pieces_of(effect.closes), longer.pieces_of(effect.passes)
        closes = np.union1d(closes, longer.stubs[stub[number] : stub[number + 1]])
        mine[closes] = mine[passes] = True
        along = mine[stretches.edge]
        arc = np.flatnonzero((arcs.stretch != NONE) & along[arcs.stretch])
        opens = np.flatnonzero(mine & (longer.drawn >= 0))
        touches.append(Touch(opens, closes, passes, arc))
    return touches


def _on_graph(
    stretches: Stretches,
    graph: WalkGraph,
    longer: Extended,
    ties: Ties,
    moved: Sequence[Moved],
) -> tuple[Moved, ...]:
    """Look up once where moved homes walk to: new streets taken as open, as `Moved.on` tells."""
    network = stretches.network
    open_ = replace(network, closed=network.closed & (longer.drawn < 0))
    every = replace(stretches, network=open_)
    found = []
    for some in moved:
        row, metres = ways_out(every, graph, some.ties)
        own_row, own_m = _to_ends(network, graph, ties[some.home])
        found.append(replace(some, row=row, metres=metres, own_row=own_row, own_m=own_m))
    return tuple(found)


def _to_ends(
    network: Network, graph: WalkGraph, ties: Ties
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """(k, 2) rows at both ends of the streets that points stand on, and metres there, leg included.

    All the way along, past entrances in between: these are lost if the street is closed.
    """
    edge = np.where(ties.tied, ties.edge, 0)
    ends = np.stack([network.u[edge], network.v[edge]], axis=1)
    along = np.stack([ties.along_m, network.length_m[edge] - ties.along_m], axis=1)
    metres = np.where(ties.tied[:, None], ties.leg_m[:, None] + along, np.inf)
    return graph.rows_at(ends, network.through[edge][:, None]), metres


def _homes_at(steps: Doorsteps, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The homes that walk on from any of some rows."""
    first, last = steps.first[rows], steps.first[rows + 1]
    count = last - first
    start = np.repeat(first - np.concatenate([[0], np.cumsum(count)[:-1]]), count)
    return steps.home[start + np.arange(len(start))]


def _instead(
    present: Present,
    found: Sequence[Effect],
    xy: NDArray[np.float64],
    ties: Ties,
    longer: Extended,
) -> Moved:
    """Homes on streets that are closed leave by the nearest that no change closes.

    That may be nearer to a facility than their own, and was there before: nobody gains by it.
    """
    network, edge_of = remaining(present.network, found)
    homes = [np.flatnonzero(np.isin(ties.edge, effect.closes)) for effect in found]
    home = np.concatenate([np.empty(0, np.int64), *homes])
    other = tie(network, xy[home], limit_m=present.leg_limit_m, barriers=present.barriers)
    change = np.repeat(np.arange(len(homes)), [len(some) for some in homes])
    return Moved(home, longer.moved(renumbered(other, edge_of)), change, instead=True)


def _nearer(
    present: Present,
    found: Sequence[Effect],
    xy: NDArray[np.float64],
    ties: Ties,
    longer: Extended,
) -> Moved:
    """Homes to which a new street comes nearer than their own may leave by either.

    So a new street never lengthens a walk, even if it leads elsewhere.
    """
    new, edge_of = new_streets(longer)
    own_m = np.where(ties.tied, np.nan_to_num(ties.leg_m), present.leg_limit_m)
    none = np.empty(0, dtype=np.int64)
    home, parts, change = [none], [Ties(none, np.empty(0), np.empty(0))], [none]
    first = 0
    for number, effect in enumerate(found):
        some = np.flatnonzero(
            (longer.drawn[edge_of] >= first) & (longer.drawn[edge_of] < first + len(effect.streets))
        )
        first += len(effect.streets)
        if len(some):
            street = new.some(some)
            near = _within(street, xy, own_m)
            found_ties = tie(
                street, xy[near], limit_m=present.leg_limit_m, barriers=present.barriers
            )
            better = found_ties.tied & ~(found_ties.leg_m >= own_m[near])
            better |= found_ties.tied & ~ties.tied[near]
            home.append(near[better])
            parts.append(renumbered(found_ties[better], edge_of[some]))
            change.append(np.full(int(better.sum()), number))
    return Moved(np.concatenate(home), _joined(*parts), np.concatenate(change), instead=False)


def _within(
    network: Network, xy: NDArray[np.float64], metres: NDArray[np.float64]
) -> NDArray[np.int64]:
    """The points near enough to a few streets."""
    lines = shapely.multilinestrings(network.lines)
    low, high = np.reshape(lines.bounds, (2, 2))
    farthest = metres.max(initial=0.0)
    about = np.flatnonzero(((xy >= low - farthest) & (xy <= high + farthest)).all(axis=1))
    return about[shapely.dwithin(lines, shapely.points(xy[about]), metres[about])]


def _joined(*parts: Ties) -> Ties:
    return Ties(
        np.concatenate([one.edge for one in parts]),
        np.concatenate([one.along_m for one in parts]),
        np.concatenate([one.leg_m for one in parts]),
    )


def _scaled(weight: NDArray[np.float64], people: float) -> NDArray[np.float64]:
    """So many people in all, shared as those there now are; evenly where nobody is."""
    total = weight.sum()
    return weight * (people / total) if total else np.full(len(weight), people / len(weight))


def _require_joined(changes: Sequence[Change], found: Sequence[Effect], longer: Extended) -> None:
    """Refuse a street that joins none: it leads nowhere."""
    owner = np.repeat(np.arange(len(found)), [len(effect.streets) for effect in found])
    for drawn in np.flatnonzero(longer.joins == 0):
        if not (longer.drawn == drawn).any() or _stands_alone(longer, int(drawn)):
            remedy = "draw its ends onto streets"
            raise refused(changes[owner[drawn]], "joins no street", remedy)


def _stands_alone(longer: Extended, drawn: int) -> bool:
    """Whether a drawn street meets no other street, old or drawn."""
    network, own = longer.network, longer.drawn == drawn
    nodes = np.union1d(network.u[own], network.v[own])
    others = np.concatenate([network.u[~own], network.v[~own]])
    return not np.isin(nodes, others).any()
