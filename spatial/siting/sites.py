"""Candidate sites (备选点) laid out on the streets: how one enters them, and whom they reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from spatial.barriers import NO_BARRIERS
from spatial.coverage import entrance_rule
from spatial.entrances import Entrances, entrances
from spatial.field import Starts, WalkField, catchments, doorsteps, starts
from spatial.reach import cut

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from spatial.barriers import Barriers
    from spatial.catchments import Catchments
    from spatial.coverage import Coverage
    from spatial.field import Doorsteps
    from spatial.network import Network
    from spatial.population import Homes

MOST_SPOTS = 5_000
"""So many spots are proposed at most; in a large city they stand farther apart."""
APART_M = 25.0
"""Proposed spots are about this far apart, or farther."""
_AREA = 2


def spots_in_gaps(
    coverage: Coverage, homes: Homes, *, most: int = MOST_SPOTS
) -> NDArray[np.object_]:
    """Propose spots on public streets from which a home without service is within reach.

    Parameters
    ----------
    coverage, homes
        A standard measured, and the homes it was measured for.
    most
        How many to propose at most: where there are more, one is kept per square, and the squares
        grow.

    Returns
    -------
    array
        Points at junctions and along streets on the ground that all may pass, by coordinates.
    """
    network = coverage.stretches.network
    unserved = ~coverage.served & homes.ties.tied & (homes.weight > 0)
    xy, is_node = _street_spots(network)
    if not unserved.any() or not len(xy):
        return np.empty(0, dtype=object)
    near = cKDTree(homes.xy[unserved]).query(xy, distance_upper_bound=coverage.reach_m)[0]
    within = np.isfinite(near)
    xy, is_node = xy[within], is_node[within]
    side_m = APART_M
    while True:
        row = _one_per_square(xy, is_node, side_m)
        if len(row) <= most:
            return np.asarray(shapely.points(xy[row]), dtype=object)
        side_m *= 1.25


def propose(
    coverage: Coverage,
    homes: Homes,
    *,
    barriers: Barriers = NO_BARRIERS,
    leg_limit_m: float = 100.0,
    spoiled: Callable[[NDArray[np.object_]], NDArray[np.bool_]] | None = None,
    most: int = MOST_SPOTS,
) -> Sites:
    """Propose sites in the gaps, such that whoever any public street could serve is reached.

    Spots along streets (`spots_in_gaps`), thinned to about `most`; then, before the doors of homes
    that these do not reach, more. Homes that are reached by none stand on no public street, or
    where one should not build.

    Parameters
    ----------
    coverage, homes, barriers, leg_limit_m
        As for `lay_out`.
    spoiled
        Says of points which of them are no place to build.
    most
        As for `spots_in_gaps`.
    """
    network = coverage.stretches.network
    ties = homes.ties
    edge = np.maximum(ties.edge, 0)
    public = ties.tied & network.on_ground[edge] & network.through[edge] & ~network.closed[edge]
    door = network.points_along(edge, ties.along_m)
    spots = _unspoiled(spots_in_gaps(coverage, homes, most=most), spoiled)
    left = public & ~coverage.served & (homes.weight > 0)
    if spoiled is not None:
        left[left] = ~spoiled(shapely.points(door[left]))
    while True:
        places = gpd.GeoSeries(spots, crs=network.crs)
        sites = lay_out(places, coverage, homes, barriers=barriers, leg_limit_m=leg_limit_m)
        left[sites.catchments(coverage.reach_m).home] = False
        if not left.any():
            return sites
        home = np.flatnonzero(left)
        home = home[
            _one_per_square(door[home], np.zeros(len(home), dtype=bool), coverage.reach_m / 2)
        ]
        left[home] = False
        spots = np.concatenate([spots, np.asarray(shapely.points(door[home]), dtype=object)])


def _unspoiled(
    spots: NDArray[np.object_],
    spoiled: Callable[[NDArray[np.object_]], NDArray[np.bool_]] | None,
) -> NDArray[np.object_]:
    return spots if spoiled is None or not len(spots) else spots[~spoiled(spots)]


def _street_spots(network: Network) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Junctions and spots between them on open public streets; which of them are junctions."""
    public = np.flatnonzero(network.on_ground & network.through & ~network.closed)
    lines = network.lines[public]
    lines = shapely.segmentize(lines[shapely.length(lines) > 0], APART_M)
    between = shapely.get_coordinates(lines)
    nodes = network.xy[np.union1d(network.u[public], network.v[public])]
    is_node = np.repeat([True, False], [len(nodes), len(between)])
    return np.concatenate([nodes, between]), is_node


def _one_per_square(
    xy: NDArray[np.float64], is_node: NDArray[np.bool_], side_m: float
) -> NDArray[np.int64]:
    """Of the spots in each square the junction nearest to its middle, else the nearest spot."""
    square = np.floor(xy / side_m)
    off = np.hypot(*(xy - (square + 0.5) * side_m).T)
    table = pd.DataFrame({"x": square[:, 0], "y": square[:, 1], "node": ~is_node, "off": off})
    first = table.sort_values(["x", "y", "node", "off"]).drop_duplicates(["x", "y"])
    return first.index.to_numpy(np.int64)


@dataclass(frozen=True)
class Sites:
    """Candidates laid out beside the facilities there are.

    Attributes
    ----------
    places
        c candidates: points or polygons in the network's CRS.
    doors
        Their entrances; `facility` is the candidate.
    coverage, homes
        The present.
    matrix, proposals, steps, first_row
        The graph, and where candidates and homes stand on it; the row of the first door.
    """

    places: gpd.GeoSeries
    doors: Entrances
    coverage: Coverage
    homes: Homes
    matrix: csr_matrix
    proposals: Starts
    steps: Doorsteps
    first_row: int

    def inside(self, candidate: int) -> NDArray[np.int64]:
        """Rows of the homes that stand inside a candidate."""
        first, last = self.proposals.home_first[candidate : candidate + 2]
        return self.proposals.home[first:last]

    @property
    def without_entrance(self) -> NDArray[np.bool_]:
        """(c,) candidates that no street leads into."""
        return np.bincount(self.doors.facility, minlength=len(self.places)) == 0

    def catchments(self, limit_m: float) -> Catchments:
        """Search from every candidate as far as `limit_m`."""
        return catchments(self.matrix, self.proposals, self.steps, limit_m)

    def gained_alone(self) -> NDArray[np.float64]:
        """(c,) people whom each candidate alone would bring within reach."""
        near = self.catchments(self.coverage.reach_m)
        candidate = np.repeat(np.arange(len(self.places)), np.diff(near.first))
        unserved = np.where(self.coverage.served, 0.0, self.homes.weight)
        gained = np.bincount(candidate, unserved[near.home], minlength=len(self.places))
        return gained.astype(np.float64)

    def walks_after(self, order: NDArray[np.int64]) -> NDArray[np.float64]:
        """(n + 1, h) metres walked at present, and after each of n candidates is built in turn."""
        field, walks = self._field(), [self._present_m()]
        inside = walks[0] == 0
        for site in order:
            rows = self.first_row + np.flatnonzero(self.doors.facility == site)
            field.keep(doors=(rows, np.zeros(len(rows))))
            inside[self.inside(site)] = True
            walks.append(np.where(inside, 0.0, field.walks(self.steps)))
        return np.stack(walks)

    def _present_m(self) -> NDArray[np.float64]:
        return np.nan_to_num(self.coverage.walk_m, nan=np.inf)

    def _field(self) -> WalkField:
        there = len(self.coverage.doors)
        return WalkField(self.matrix, self.first_row - there + np.arange(there))


def lay_out(
    places: gpd.GeoSeries,
    coverage: Coverage,
    homes: Homes,
    *,
    barriers: Barriers = NO_BARRIERS,
    leg_limit_m: float = 100.0,
) -> Sites:
    """Lay candidates out on the streets a standard was measured on.

    A point is entered where it stands, a polygon where the streets allow (rule 5), as a facility
    that is there would be.

    Examples
    --------
    A chessboard town without a park; one candidate stands in each half:

    >>> from layers import sample
    >>> from spatial import coverage, facilities, population
    >>> from spatial.network import network_from_streets
    >>> from spatial.profiles import chosen
    >>> from spatial.siting import Siting, most_people
    >>> network = network_from_streets(sample.grid(10, 2, 100.0))
    >>> homes = population.homes_on(network, sample.homes([(x, 50) for x in range(0, 1001, 100)]))
    >>> park = chosen(["park_500m"], {})[0]
    >>> none = facilities.counted(sample.facilities([], "park"), park)
    >>> today = coverage.measure(network, homes, [(park, none)])[0]
    >>> land = sample.facilities([shapely.box(110, 10, 190, 90), (900, 100)], "park").geometry
    >>> sites = lay_out(land, today, homes)
    >>> answer = most_people(Siting(sites.catchments(500.0), homes.weight, 500.0), new=1)
    >>> answer.sites.tolist(), answer.value, answer.proven
    ([0], 7.0, True)
    """
    places = places.reset_index(drop=True)
    network = coverage.stretches.network
    rule = entrance_rule(coverage.standard, leg_limit_m)
    table = gpd.GeoDataFrame(geometry=places, crs=network.crs)
    doors = entrances(network, table, rule, barriers=barriers)
    stretches = cut(network, Entrances.together([coverage.doors, doors]))
    graph = stretches.graph()
    first_row = graph.stops + len(coverage.doors)
    rows = first_row + np.arange(len(doors))
    proposals = starts(
        doors.facility, rows, np.zeros(len(rows)), len(places), _inside(homes, places.to_numpy())
    )
    steps = doorsteps(stretches, graph, homes.ties)
    return Sites(places, doors, coverage, homes, graph.matrix, proposals, steps, first_row)


def _inside(
    homes: Homes, shapes: NDArray[np.object_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of a candidate and a home, on a street, that stands inside it."""
    areas = np.flatnonzero(shapely.get_dimensions(shapes) == _AREA)
    home, area = shapely.STRtree(shapes[areas]).query(
        shapely.points(homes.xy), predicate="intersects"
    )
    tied = homes.ties.tied[home]
    return areas[area[tied]], home[tied]
