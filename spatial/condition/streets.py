"""What is wrong with streets: parts cut off, ends that miss, crossings without a junction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from spatial.condition.fault import Fault, Severity, milder, touching
from spatial.condition.walking import far_apart, homes_near
from spatial.islands import BRIDGED_M, gaps_between
from spatial.ties import tie_to

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spatial.barriers import Barriers
    from spatial.network import Network
    from spatial.population import Homes

    Ints = NDArray[np.int64]
    Metres = NDArray[np.float64]
    Shapes = NDArray[np.object_]

MISSED_M: Final = 5.0
"""An end so near another street may have been meant to meet it."""
SHORT_M: Final = 60.0
"""Where the walk around a gap is no longer than this, closing it changes little."""
AROUND_M: Final = 100.0
"""Homes within such a walk of a faulty place are said to be touched by it."""
_SOME: Final = 3
"""So many crossings without a junction may be bridges that nobody marked."""
_EVERYWHERE: Final = 0.02
"""Of all streets: so many crossings say that the layer was drawn without junctions."""


def islands(network: Network, homes: Homes) -> list[Fault]:
    """Find parts of the network that nothing joins to the largest one (rule 9).

    Three kinds: ``island_near`` (with homes, and a gap that may be a missing link), ``islands``
    (with homes) and ``islands_empty``.
    """
    people = people_of_islands(network, homes)
    gap_m, link = _gaps_to_others(network, len(people))
    length_m = network.island_lengths_m()
    lesser, held = np.arange(len(people)) > 0, people > 0
    near = gap_m <= MISSED_M
    return [
        *_parts("island_near", network, np.flatnonzero(lesser & held & near), people, gap_m, link),
        *_parts("islands", network, np.flatnonzero(lesser & held & ~near), people, gap_m, link),
        *_empty_parts(network, lesser & ~held, length_m),
    ]


def people_of_islands(network: Network, homes: Homes) -> Metres:
    """Add up the people whose home stands on each part of the network, longest part first."""
    tied = homes.ties.tied
    island = network.island[network.u[homes.ties.edge[tied]]]
    count = int(network.island.max(initial=0)) + 1
    return np.bincount(island, weights=homes.weight[tied], minlength=count).astype(np.float64)


def _gaps_to_others(network: Network, count: int) -> tuple[Metres, Shapes]:
    """How far each part is from any other, infinite beyond `BRIDGED_M`; and that gap as a line."""
    gaps = gaps_between(network, within_m=BRIDGED_M)
    here, there = network.island[gaps.node], network.island[network.u[gaps.spots.edge]]
    part, row = np.concatenate([here, there]), np.tile(np.arange(len(here)), 2)
    order = np.lexsort((row, gaps.spots.leg_m[row], part))
    parts, first = np.unique(part[order], return_index=True)
    best = row[order[first]]
    gap_m, link = np.full(count, np.inf), np.full(count, None, dtype=object)
    gap_m[parts] = gaps.spots.leg_m[best]
    spots = gaps.spots[best]
    ends = [network.xy[gaps.node[best]], network.points_along(spots.edge, spots.along_m)]
    link[parts] = shapely.linestrings(np.stack(ends, axis=1))
    return gap_m, link


def _parts(
    kind: str, network: Network, part: Ints, people: Metres, gap_m: Metres, link: Shapes
) -> list[Fault]:
    """Tell of parts with homes, those with most people first; a small gap stands for its part."""
    if not len(part):
        return []
    part = part[np.argsort(-people[part], kind="stable")]
    touched = float(people[part].sum())
    known = np.isfinite(gap_m[part])
    values = {"metres": float(network.island_lengths_m()[part].sum())}
    if kind == "island_near":
        values["gap_m"] = float(gap_m[part].max())
    elif known.any():
        values["gap_m"] = float(gap_m[part][known].min())
    shapes = link[part] if kind == "island_near" else _drawn(network, part)
    names = _names_of(network, part)
    severity: Severity = "serious" if touched >= 0.01 * people.sum() else "mind"
    return [
        Fault(kind, "streets", severity, len(part), touched, shapes, names, people[part], values)
    ]


def _empty_parts(network: Network, which: NDArray[np.bool_], length_m: Metres) -> list[Fault]:
    """Tell of parts where nobody lives, the longest first."""
    part = np.flatnonzero(which)
    if not len(part):
        return []
    values = {"metres": float(length_m[part].sum())}
    return [
        Fault(
            "islands_empty",
            "streets",
            "note",
            len(part),
            0.0,
            _drawn(network, part),
            _names_of(network, part),
            values=values,
        )
    ]


def _drawn(network: Network, part: Ints) -> Shapes:
    """Draw each of some parts of the network as one line of many pieces."""
    row = np.full(int(network.island.max()) + 1, -1)
    row[part] = np.arange(len(part))
    of_edge = row[network.island[network.u]]
    mine = np.flatnonzero(of_edge >= 0)
    mine = mine[np.argsort(of_edge[mine], kind="stable")]
    return np.asarray(
        shapely.multilinestrings(network.lines[mine], indices=of_edge[mine]), dtype=object
    )


def _names_of(network: Network, part: Ints) -> Shapes:
    """The first street name in each of some parts, or None."""
    names = np.full(int(network.island.max()) + 1, None, dtype=object)
    named = np.flatnonzero(network.name != None)[::-1]  # noqa: E711  element by element
    names[network.island[network.u[named]]] = network.name[named]
    return names[part]


def missed_ends(network: Network, homes: Homes, barriers: Barriers, *, own: bool) -> list[Fault]:
    """Find dead ends that nearly meet another street of the same part, where that matters.

    It matters where the walk around is longer than `SHORT_M` and no barrier lies between. Ends
    that nearly meet another part of the network are told by `islands`.
    """
    node, edge = _dead_ends(network)
    ground = np.flatnonzero(network.on_ground)
    which, line = shapely.STRtree(network.lines[ground]).query(
        shapely.points(network.xy[node]), predicate="dwithin", distance=MISSED_M
    )
    line = ground[line]
    other = (line != edge[which]) & (network.island[network.u[line]] == network.island[node[which]])
    which, line = which[other], line[other]
    spots = tie_to(network, line, network.xy[node[which]])
    at_end = np.where(network.u[edge[which]] == node[which], 0.0, network.length_m[edge[which]])
    far = far_apart(network, (edge[which], at_end), (line, spots.along_m), beyond_m=SHORT_M)
    there = network.points_along(line, spots.along_m)
    far &= barriers.crossed(network.xy[node[which]], there) < 0
    best = _nearest_of_each(which, spots.leg_m, far)
    ends = np.stack([network.xy[node[which[best]]], there[best]], axis=1)
    _, once = np.unique(np.round(ends.mean(axis=1), 1), axis=0, return_index=True)
    best, ends = best[once], ends[once]
    order = np.argsort(spots.leg_m[best], kind="stable")
    return _told(
        "missed_ends",
        homes,
        homes_near(network, homes, node[which[best[order]]], within_m=AROUND_M),
        shapely.linestrings(ends[order]),
        network.name[line[best[order]]],
        most="mind" if own else "note",
        values={"gap_m": float(spots.leg_m[best].max(initial=0.0))},
    )


def _dead_ends(network: Network) -> tuple[Ints, Ints]:
    """Nodes at which one edge on the ground ends and no other, and that edge."""
    ends = np.concatenate([network.u, network.v])
    edge = np.tile(np.arange(len(network.u)), 2)
    alone = np.bincount(ends, minlength=len(network.xy))[ends] == 1
    alone &= network.on_ground[edge]
    return ends[alone], edge[alone]


def _nearest_of_each(which: Ints, leg_m: Metres, allowed: NDArray[np.bool_]) -> Ints:
    """The row of the smallest leg for each that has an allowed one."""
    row = np.flatnonzero(allowed)
    order = row[np.lexsort((leg_m[row], which[row]))]
    return order[np.unique(which[order], return_index=True)[1]]


def crossings(network: Network, homes: Homes, *, own: bool, lines: int) -> list[Fault]:
    """Find streets on the ground that cross without a junction, where that matters.

    Parameters
    ----------
    own
        Whether the streets are a planner's own lines, which can be joined where they cross.
    lines
        How many streets were drawn.
    """
    ground = np.flatnonzero(network.on_ground)
    shapes = network.lines[ground]
    one, other = shapely.STRtree(shapes).query(shapes, predicate="crosses")
    one, other = one[one < other], other[one < other]
    at = shapely.intersection(shapes[one], shapes[other])
    spot = shapely.get_type_id(at) == shapely.GeometryType.POINT
    one, other, at = ground[one[spot]], ground[other[spot]], at[spot]
    xy = shapely.get_coordinates(at)
    here, there = tie_to(network, one, xy), tie_to(network, other, xy)
    far = far_apart(network, (one, here.along_m), (other, there.along_m), beyond_m=SHORT_M)
    one, at = one[far], at[far]
    worst: Severity = "mind" if len(at) > _SOME else "note"
    if own and len(at) > max(_SOME, _EVERYWHERE * lines):
        worst = "serious"
    kind = "crossings" if own else "crossings_osm"
    most: Severity = worst if own else "note"
    near = homes_near(network, homes, network.u[one], within_m=AROUND_M)
    return _told(kind, homes, near, at, network.name[one], most=most)


def private_pockets(network: Network, homes: Homes) -> list[Fault]:
    """Find homes that one can only leave through a gated compound, which nobody may pass."""
    passable = network.through & ~network.closed
    public, pocket = _parts_of(network, passable)
    gated, of_gated = _parts_of(network, ~passable)
    length = np.bincount(public[network.u[passable]], network.ground_m[passable], pocket)
    touches = np.zeros(of_gated, dtype=bool)
    main = np.zeros(pocket, dtype=bool)
    for island in np.unique(network.island[network.u[~passable]]):
        nodes = np.unique(public[network.island == island])
        main[nodes[np.argmax(length[nodes])]] = True
    touches[gated[main[public]]] = True
    edge = homes.ties.edge
    inside = homes.ties.tied & np.isin(network.island[network.u[edge]], _gated_islands(network))
    open_street = passable[edge]
    cut = np.where(open_street, ~main[public[network.u[edge]]], ~touches[gated[network.u[edge]]])
    row = np.flatnonzero(inside & cut & (homes.weight > 0))
    if not len(row):
        return []
    row = row[np.argsort(-homes.weight[row], kind="stable")]
    people = float(homes.weight[row].sum())
    names = np.where(homes.name[row] == None, homes.id[row], homes.name[row])  # noqa: E711
    shapes = shapely.points(homes.xy[row])
    severity = touching(people, homes)
    return [
        Fault("private", "streets", severity, len(row), people, shapes, names, homes.weight[row])
    ]


def _gated_islands(network: Network) -> Ints:
    return np.unique(network.island[network.u[~network.through | network.closed]])


def _parts_of(network: Network, which: NDArray[np.bool_]) -> tuple[Ints, int]:
    """Label the nodes by the parts that some of the edges make; and how many parts there are."""
    n = len(network.xy)
    ends = (network.u[which], network.v[which])
    joined = coo_array((np.ones(int(which.sum())), ends), shape=(n, n))
    count, label = connected_components(joined, directed=False)
    return label.astype(np.int64), int(count)


def joined_ends(network: Network) -> list[Fault]:
    """Tell of ends that were drawn apart and joined within the tolerance."""
    joins = network.joins
    if not len(joins.kind):
        return []
    order = np.argsort(-joins.gap_m, kind="stable")
    names = np.full(len(order), None, dtype=object)
    shapes = shapely.points(joins.xy[order])
    values = {"gap_m": float(joins.gap_m.max())}
    count = len(joins.kind)
    return [Fault("joined_ends", "streets", "note", count, None, shapes, names, None, values)]


def _told(
    kind: str,
    homes: Homes,
    near: NDArray[np.bool_],
    shapes: Shapes,
    names: Shapes,
    *,
    most: Severity,
    values: dict[str, float] | None = None,
) -> list[Fault]:
    """Tell of faulty places, and of the homes near them."""
    if not len(shapes):
        return []
    people = homes.people(near)
    severity = milder(touching(people, homes), most)
    return [
        Fault(kind, "streets", severity, len(shapes), people, shapes, names, None, values or {})
    ]
