"""Which gate, bridge or dead end (断头路) opened serves most people per metre built.

Every opening is valued exactly, alone and in company: what it brings is walked anew from its own
ends, over a field of distances that holds for the whole city.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely
from scipy.sparse.csgraph import dijkstra

from spatial.barriers import NO_BARRIERS
from spatial.entrances import Entrances
from spatial.errors import InputError
from spatial.field import Residents, Starts, WalkField, doorsteps, starts
from spatial.nearness import nearness
from spatial.openings import OpeningRule, Openings, openings
from spatial.reach import NONE, Shortcuts, cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix
    from shapely.geometry.base import BaseGeometry

    from spatial.barriers import Barriers
    from spatial.coverage import Coverage
    from spatial.field import Doorsteps
    from spatial.network import Network
    from spatial.population import Homes

AGAINST = {
    "water": ("跨越水面", "over water"),
    "railway": ("跨越铁路", "over or under a railway"),
    "motorway": ("跨越快速路", "over or under a motorway"),
    "wall": ("须打开围墙", "a wall has to be opened"),
    "private": ("通向封闭小区，须业主同意", "leads into a gated compound, whose owners must agree"),
    "outside": ("超出研究范围", "reaches beyond the study area"),
    "protected": ("位于保护范围内", "in a protected area"),
}
"""What may speak against an opening, in Chinese and English."""

NAMED_M = 150.0
"""A spot on a street without a name is told by the nearest street that has one, this near."""
_AT_ONCE = 64


@dataclass(frozen=True)
class Links:
    """Openings, each valued alone.

    Attributes
    ----------
    openings
        What may be built, best first: by people gained per metre built, then metres saved.
    people, homes
        (k,) brought within reach.
    metres_saved
        (k,) people times metres, over all who reach a facility already.
    cost_m
        (k,) metres built, none below the rule's floor.
    street_a, street_b
        (k,) object: names of the streets at both ends, or None.
    against
        (k,) object: tuples of keys of `AGAINST`.
    """

    openings: Openings
    people: NDArray[np.float64]
    homes: NDArray[np.int64]
    metres_saved: NDArray[np.float64]
    cost_m: NDArray[np.float64]
    street_a: NDArray[np.object_]
    street_b: NDArray[np.object_]
    against: NDArray[np.object_]

    def __len__(self) -> int:
        """How many openings."""
        return len(self.openings)

    @property
    def people_per_m(self) -> NDArray[np.float64]:
        """(k,) people gained per metre built."""
        return self.people / self.cost_m

    def __getitem__(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> Links:
        """Take some of the openings, in the order given."""
        return Links(
            openings=self.openings[rows],
            people=self.people[rows],
            homes=self.homes[rows],
            metres_saved=self.metres_saved[rows],
            cost_m=self.cost_m[rows],
            street_a=self.street_a[rows],
            street_b=self.street_b[rows],
            against=self.against[rows],
        )

    def table(self, places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """Give one row for each opening, with its line or point, in the CRS of `places`.

        Columns kind, built_m, people (gained by it alone), homes, metres_saved, per_m, street_a,
        street_b, facility (id of the one a gate leads into), crosses and against (keys of
        `AGAINST` with semicolons between, or None).
        """
        found = self.openings
        facility = np.full(len(self), None, dtype=object)
        inside = found.leads_in
        facility[inside] = places["facility"].to_numpy()[found.facility[inside]]
        columns = {
            "kind": found.kind,
            "built_m": found.built_m,
            "people": self.people,
            "homes": self.homes,
            "metres_saved": self.metres_saved,
            "per_m": self.people_per_m,
            "street_a": self.street_a,
            "street_b": self.street_b,
            "facility": facility,
            "crosses": found.crosses,
            "against": ["; ".join(keys) or None for keys in self.against],
        }
        return gpd.GeoDataFrame(columns, geometry=found.geometry, crs=places.crs)


@dataclass(frozen=True)
class Site:
    """A new facility to be chosen beside openings.

    Attributes
    ----------
    doors
        Where it is entered.
    cost
        In metres of opening that cost as much, or any unit if no opening is offered beside it.
    inside
        Rows of the homes that stand inside it.
    """

    doors: Entrances
    cost: float
    inside: NDArray[np.int64]


@dataclass(frozen=True)
class Combination:
    """Openings and sites chosen one after the other, n of them: greedy, no proof of the best.

    Attributes
    ----------
    chosen
        (n,) rows of the openings offered; numbers from their count on are sites.
    people, homes, metres_saved
        (n,) what each brings, those before it standing.
    walk_m
        (n + 1, h) metres each home walks: before all, and after each; inf where nothing is reached.
    """

    chosen: NDArray[np.int64]
    people: NDArray[np.float64]
    homes: NDArray[np.int64]
    metres_saved: NDArray[np.float64]
    walk_m: NDArray[np.float64]


def links(
    coverage: Coverage,
    homes: Homes,
    barriers: Barriers = NO_BARRIERS,
    *,
    rule: OpeningRule | None = None,
    footprints: NDArray[np.object_] | None = None,
    area: BaseGeometry | None = None,
    protected: NDArray[np.object_] | None = None,
) -> Links:
    """Find every opening and rank all by people gained per metre built, then by metres saved.

    Parameters
    ----------
    coverage, homes
        A standard measured, and the homes it was measured for.
    barriers
        Water, railways, motorways and walls.
    rule
        Which openings to look for, and the least that one costs.
    footprints
        Outlines of homes, through which nothing is built.
    area, protected
        The study area, and protected areas: openings that leave the one or touch the others are
        kept, and say so.

    Examples
    --------
    A home on a street that ends 20 m short of the one with the bus stop:

    >>> from layers import sample
    >>> from spatial.coverage import measure
    >>> from spatial.facilities import counted
    >>> from spatial.network import network_from_streets
    >>> from spatial.population import homes_on
    >>> from spatial.profiles import standards
    >>> lines = [[(0, 0), (800, 0)], [(0, 0), (0, 300), (780, 300), (780, 20)]]
    >>> network = network_from_streets(sample.streets(lines, name=["Main St", "Blind Alley"]))
    >>> people = homes_on(network, sample.homes([(770, 30)], [120.0]))
    >>> bus = standards()["bus_stop_500m"]
    >>> stops = counted(sample.facilities([(780, -10)], "bus_stop"), bus)
    >>> best = links(measure(network, people, [(bus, stops)])[0], people)
    >>> best.openings.kind[0], best.street_a[0], best.street_b[0]
    ('dead_end', 'Blind Alley', 'Main St')
    >>> best.people[0].item(), best.people_per_m[0].item()
    (120.0, 6.0)
    """
    rule = rule or OpeningRule()
    near = nearness(coverage, homes)
    places = coverage.facilities.places
    found = openings(near, places, barriers, rule=rule, footprints=footprints)
    cost_m = np.maximum(found.built_m, rule.floor_m)
    people, saved, count = _Board(coverage, homes, found).worth(np.arange(len(found)))
    network = near.network
    ranked = Links(
        openings=found,
        people=people,
        homes=count,
        metres_saved=saved,
        cost_m=cost_m,
        street_a=street_names(network, found.xy_a, found.a.edge),
        street_b=street_names(network, found.xy_b, found.b.edge),
        against=_against(found, area, protected),
    )
    return ranked[np.lexsort((-saved, -ranked.people_per_m))]


def together(
    offered: Links,
    coverage: Coverage,
    homes: Homes,
    count: int,
    sites: Sequence[Site] = (),
    *,
    per_cost: bool = True,
) -> Combination:
    """Choose openings and sites one after the other, each time that with most people per cost.

    Of equals that which saves most metres; where `per_cost` is False, cost does not count.

    After each choice all that it may have changed are valued again; of the others the old value
    is still a bound, and they are valued only when it matters. Openings are no submodular set: a
    second one may be worth more once the first stands, so greedy choice proves nothing. It ends
    early once nothing left brings anyone within reach.

    Raises
    ------
    InputError
        If `count` is below 1, or a site costs nothing.
    """
    if count < 1:
        raise InputError(f"{count} were asked for", "ask for 1 or more", layer="links")
    cost = np.array([site.cost for site in sites], dtype=np.float64)
    for row in np.flatnonzero(~(cost > 0)):
        remedy = "give each a cost above 0"
        raise InputError("a site costs nothing", remedy, layer="sites", row=int(row) + 1)
    board = _Board(coverage, homes, offered.openings, sites)
    unknown = np.full(len(sites), np.inf)
    cost = np.concatenate([offered.cost_m, cost])
    race = _Race(board, cost if per_cost else np.ones(len(cost)))
    race.known(
        np.concatenate([offered.people, unknown]), np.concatenate([offered.metres_saved, unknown])
    )
    return race.run(count)


# --- everything laid out on one graph, and shut ---------------------------------------------


class _Board:
    """The streets with every opening and site laid out on them, shut until taken."""

    def __init__(
        self, coverage: Coverage, homes: Homes, offered: Openings, sites: Sequence[Site] = ()
    ) -> None:
        network = coverage.stretches.network
        self.offered, self.link = offered, np.flatnonzero(~offered.leads_in)
        gate = np.flatnonzero(offered.leads_in)
        parts = [
            coverage.doors,
            offered.entrances,
            *(site.doors for site in sites),
            Entrances.at_spots(network, offered.a[self.link]),
            Entrances.at_spots(network, offered.b[self.link]),
        ]
        ends = np.cumsum([len(part) for part in parts])
        stretches = cut(network, Entrances.together(parts))
        self.row_a = stretches.stop_of_entrance[ends[-3] : ends[-2]]
        self.row_b = stretches.stop_of_entrance[ends[-2] :]
        shut = Shortcuts(self.row_a, self.row_b, np.full(len(self.link), np.inf))
        graph = stretches.graph(shut)
        self.matrix: csr_matrix = graph.matrix
        self.arcs = _arcs(graph.matrix, self.row_a, self.row_b)
        self.built_m = offered.built_m[self.link]
        offers = [np.full(len(site.doors), len(offered) + s) for s, site in enumerate(sites)]
        self.door_offer = np.concatenate([gate, *offers]).astype(np.int64)
        self.door_row = graph.stops + np.arange(ends[0], ends[-3])
        inside = [np.full(len(site.inside), len(offered) + s) for s, site in enumerate(sites)]
        none = np.empty(0, dtype=np.int64)
        self.inner_offer = np.concatenate([none, *inside])
        self.inner_home = np.concatenate([none, *(site.inside for site in sites)])
        self.steps: Doorsteps = doorsteps(stretches, graph, homes.ties)
        self.field = WalkField(graph.matrix, graph.stops + np.arange(ends[0]))
        walk_m = np.where(np.isnan(coverage.walk_m), np.inf, coverage.walk_m)
        self.at_home = walk_m == 0
        self.residents = Residents(walk_m, homes.weight)
        self.reach_m = coverage.reach_m
        self.count = len(offered) + len(sites)

    def starts(self, offers: NDArray[np.int64]) -> Starts:
        """Where some offers would begin, as things stand: a link at both of its ends."""
        number = np.full(self.count, NONE)
        number[offers] = np.arange(len(offers))
        metres = self.field.metres
        of_link = number[self.link]
        which = np.concatenate([of_link, of_link, number[self.door_offer]])
        row = np.concatenate([self.row_a, self.row_b, self.door_row])
        start_m = np.concatenate(
            [
                self.built_m + metres[self.row_b],
                self.built_m + metres[self.row_a],
                np.zeros(len(self.door_row)),
            ]
        )
        asked = which != NONE
        inside = number[self.inner_offer]
        at_home = inside != NONE
        return starts(
            which[asked],
            row[asked],
            start_m[asked],
            len(offers),
            (inside[at_home], self.inner_home[at_home]),
        )

    def worth(
        self, offers: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
        """People gained, people-metres saved and homes gained by each of some offers alone."""
        return self.field.worth(self.starts(offers), self.steps, self.residents, self.reach_m)

    def take(self, offer: int) -> NDArray[np.int64]:
        """Build an offer for good; gives the offers whose worth may have grown by it."""
        before = self._ends_m()
        link = np.flatnonzero(self.link == offer)
        arcs = self.arcs[link].ravel()
        length = np.repeat(self.built_m[link], 2)
        doors = self.door_row[self.door_offer == offer]
        self.field.keep((arcs, length), (doors, np.zeros(len(doors))))
        self.matrix.data[arcs] = length
        self.at_home[self.inner_home[self.inner_offer == offer]] = True
        walk_m = np.where(self.at_home, 0.0, self.field.walks(self.steps))
        self.residents = Residents(walk_m, self.residents.weight)
        changed = (self._ends_m() != before).any(axis=1)
        ends = np.concatenate([self.row_a[link], self.row_b[link]])
        return np.union1d(self.link[changed], self._leading_to(ends))

    def _ends_m(self) -> NDArray[np.float64]:
        return self.field.metres[np.stack([self.row_a, self.row_b], axis=1)]

    def _leading_to(self, ends: NDArray[np.int64]) -> NDArray[np.int64]:
        """Offers that would bring a facility nearer to some rows: they and a link there add up."""
        if not len(ends):
            return np.empty(0, dtype=np.int64)
        every = self.starts(np.arange(self.count))
        offer = np.repeat(np.arange(self.count), np.diff(every.first))
        metres = self.field.metres[ends]
        away = dijkstra(self.matrix.T.tocsr(), indices=ends, limit=metres.max())
        nearer = every.metres + away[:, every.row] < metres[:, None]
        return np.unique(offer[nearer.any(axis=0)])


def _arcs(
    matrix: csr_matrix, one: NDArray[np.int64], other: NDArray[np.int64]
) -> NDArray[np.int64]:
    """(k, 2) numbers of the arcs from one row to the other, and back."""
    size = matrix.shape[0]
    key = np.repeat(np.arange(size), np.diff(matrix.indptr)) * size + matrix.indices
    there, back = one * size + other, other * size + one
    return np.searchsorted(key, np.stack([there, back], axis=1))


class _Race:
    """Greedy choice with bounds: what was valued before counts until it must be looked at."""

    def __init__(self, board: _Board, cost: NDArray[np.float64]) -> None:
        self._board, self._cost = board, cost
        k = board.count
        self._people, self._saved = np.full(k, np.inf), np.full(k, np.inf)
        self._homes = np.zeros(k, dtype=np.int64)
        self._fresh, self._left = np.zeros(k, dtype=bool), np.ones(k, dtype=bool)

    def known(self, people: NDArray[np.float64], saved: NDArray[np.float64]) -> None:
        """Take over what each offer is worth alone, or at most."""
        self._people, self._saved = people, saved

    def run(self, count: int) -> Combination:
        """Choose up to so many offers."""
        chosen: list[int] = []
        walk_m = [self._board.residents.walk_m]
        while len(chosen) < count and (best := self._best()) is not None:
            chosen.append(best)
            self._left[best], self._fresh[:] = False, False
            grown = self._board.take(best)
            self._people[grown[self._left[grown]]] = np.inf
            walk_m.append(self._board.residents.walk_m)
        rows = np.array(chosen, dtype=np.int64)
        return Combination(
            rows, self._people[rows], self._homes[rows], self._saved[rows], np.stack(walk_m)
        )

    def _best(self) -> int | None:
        """The offer left with most people per cost, then most metres saved; None if none gains."""
        while True:
            score = np.where(self._left, self._people / self._cost, -1.0)
            least = score[self._fresh & self._left].max(initial=0.0)
            stale = np.flatnonzero(self._left & ~self._fresh & (score >= least) & (score > 0))
            if not len(stale):
                break
            grown = np.isinf(score[stale])
            order = np.argsort(-score[stale], kind="stable")
            self._value(stale[order[: max(_AT_ONCE, int(grown.sum()))]])
        if score.max(initial=0.0) <= 0:
            return None
        return int(np.lexsort((-self._saved, -score))[0])

    def _value(self, offers: NDArray[np.int64]) -> None:
        people, saved, homes = self._board.worth(offers)
        self._people[offers], self._saved[offers], self._homes[offers] = people, saved, homes
        self._fresh[offers] = True


# --- what is said about an opening ----------------------------------------------------------


def street_names(
    network: Network, xy: NDArray[np.float64], edge: NDArray[np.int64]
) -> NDArray[np.object_]:
    """Name of the street at each spot, or of the nearest that has a name; None if none is near."""
    own = np.full(len(edge), None, dtype=object)
    own[edge >= 0] = network.name[edge[edge >= 0]]
    named = np.flatnonzero(network.name != None)  # noqa: E711  element by element
    bare = np.flatnonzero(own == None)  # noqa: E711
    spot, line = shapely.STRtree(network.lines[named]).query_nearest(
        shapely.points(xy[bare]), max_distance=NAMED_M, all_matches=False
    )
    own[bare[spot]] = network.name[named[line]]
    return own


def _against(
    found: Openings,
    area: BaseGeometry | None,
    protected: NDArray[np.object_] | None,
) -> NDArray[np.object_]:
    """(k,) tuples of keys of `AGAINST`."""
    k, lines = len(found), found.geometry
    holds = {key: found.crosses == key for key in ("water", "railway", "motorway", "wall")}
    holds["private"] = found.kind == "compound_gate"
    holds["outside"] = np.zeros(k, dtype=bool)
    holds["protected"] = np.zeros(k, dtype=bool)
    if area is not None:
        shapely.prepare(area)
        holds["outside"] = ~shapely.covers(area, lines)
    if protected is not None and len(protected):
        row, _ = shapely.STRtree(protected).query(lines, predicate="intersects")
        holds["protected"][row] = True
    table = np.stack([holds[key] for key in AGAINST], axis=1).astype(bool)
    keys = np.array(list(AGAINST), dtype=object)
    said = np.empty(k, dtype=object)
    said[:] = [tuple(keys[row]) for row in table]
    return said
