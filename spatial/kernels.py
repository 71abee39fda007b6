"""The few fast loops, compiled by numba; each has a slow twin in the tests.

All lengths are multiples of `spatial.network.STEP_M`, so sums are exact and no answer depends on
the order of steps. A search changes few of many rows: it notes every row it touches with what
stood there before, so that what it costs depends on what it changes, not on how large the city
is, and so that it can be undone.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Metres = NDArray[np.float64]
    Heap = list[tuple[float, int]]

SOURCE = -1
"""Stands where an arc could be named: this row is an open entrance itself."""
UNREACHED = -2
"""Stands there for a row that nothing reaches."""


class Graph(NamedTuple):
    """Arcs by the row they leave: those of row ``r`` are ``first[r]`` up to ``first[r + 1]``.

    Arc ``a`` leads to row ``to[a]`` and is ``metres[a]`` long; inf while it is shut.
    """

    first: Ints
    to: Ints
    metres: Metres


class Backward(NamedTuple):
    """The same arcs by the row they lead to: their numbers, and for each the row it leaves."""

    first: Ints
    arc: Ints
    origin: Ints


class Field(NamedTuple):
    """Metres from every row to the nearest entrance, and the arc that led there."""

    metres: Metres
    via: Ints


class Log(NamedTuple):
    """The rows a search touched, each once, with what stood there before.

    ``now`` holds the number of the search and how many rows it touched; ``mark`` the last search
    that touched a row.
    """

    now: Ints
    mark: Ints
    row: Ints
    metres: Metres
    via: Ints


class Doorsteps(NamedTuple):
    """Where h homes stand: each walks on from up to w rows, so many metres away.

    ``row`` and ``metres`` are (h, w), inf where there is no such way; ``home`` lists the homes at
    row ``r`` from ``first[r]`` up to ``first[r + 1]``.
    """

    row: Ints
    metres: Metres
    first: Ints
    home: Ints


class Starts(NamedTuple):
    """Proposals: proposal ``p`` puts rows ``row[first[p]:first[p + 1]]`` so near to an entrance.

    ``home[home_first[p]:home_first[p + 1]]`` are the homes that would stand inside it.
    """

    first: Ints
    row: Ints
    metres: Metres
    home_first: Ints
    home: Ints


class Residents(NamedTuple):
    """How far each of h homes walks at present (inf where nowhere), and how many people it has."""

    walk_m: Metres
    weight: Metres


@njit(cache=True)
def _begin(log: Log) -> None:
    log.now[0] += 1
    log.now[1] = 0


@njit(cache=True)
def _note(row: int, field: Field, log: Log) -> None:
    if log.mark[row] != log.now[0]:
        place = log.now[1]
        log.mark[row] = log.now[0]
        log.row[place] = row
        log.metres[place] = field.metres[row]
        log.via[place] = field.via[row]
        log.now[1] = place + 1


@njit(cache=True)
def undo(field: Field, log: Log) -> None:
    """Put back what stood there before the search."""
    for place in range(log.now[1]):
        row = log.row[place]
        field.metres[row] = log.metres[place]
        field.via[row] = log.via[place]
    log.now[1] = 0


@njit(cache=True)
def _reach(row: int, metres: float, via: int, field: Field, log: Log, heap: Heap) -> None:
    """Take a way to a row if it is shorter than the one known."""
    if metres < field.metres[row]:
        _note(row, field, log)
        field.metres[row] = metres
        field.via[row] = via
        heappush(heap, (metres, row))


@njit(cache=True)
def _spread(heap: Heap, limit_m: float, graph: Graph, field: Field, log: Log) -> None:
    """Walk on from the rows in the heap wherever that shortens a walk (Dijkstra's search)."""
    while len(heap) > 0:
        metres, row = heappop(heap)
        if metres > field.metres[row]:
            continue
        for arc in range(graph.first[row], graph.first[row + 1]):
            farther = metres + graph.metres[arc]
            if farther <= limit_m:
                _reach(graph.to[arc], farther, arc, field, log, heap)


@njit(cache=True)
def _lose(row: int, field: Field, log: Log, lost: list[int]) -> None:
    _note(row, field, log)
    field.metres[row] = np.inf
    field.via[row] = UNREACHED
    lost.append(row)


@njit(cache=True)
def _forget(graph: Graph, field: Field, log: Log, lost: list[int]) -> None:
    """Lose every row whose walk leads over a lost one."""
    done = 0
    while done < len(lost):
        row = lost[done]
        done += 1
        for arc in range(graph.first[row], graph.first[row + 1]):
            if field.via[graph.to[arc]] == arc:
                _lose(graph.to[arc], field, log, lost)


@njit(cache=True)
def repair(
    graph: Graph,
    back: Backward,
    source_m: Metres,
    field: Field,
    log: Log,
    arcs: tuple[Ints, Metres],
    doors: tuple[Ints, Metres],
) -> None:
    """Give some arcs other lengths and some rows other starts, and make the field true again.

    Rows that walked over what grew longer are lost and reached anew from their neighbours; then
    whatever grew shorter spreads. Changes `graph.metres`, `source_m`, `field`, and notes it in
    `log`. (Ramalingam and Reps 1996, for many changes at once.)
    """
    _begin(log)
    heap = [(0.0, 0) for _ in range(0)]
    lost = [0 for _ in range(0)]
    for k in range(len(arcs[0])):
        arc = arcs[0][k]
        if arcs[1][k] > graph.metres[arc] and field.via[graph.to[arc]] == arc:
            _lose(graph.to[arc], field, log, lost)
        graph.metres[arc] = arcs[1][k]
    for k in range(len(doors[0])):
        row = doors[0][k]
        if doors[1][k] > source_m[row] and field.via[row] == SOURCE:
            _lose(row, field, log, lost)
        source_m[row] = doors[1][k]
    _forget(graph, field, log, lost)
    for row in lost:
        _reach(row, source_m[row], SOURCE, field, log, heap)
        for place in range(back.first[row], back.first[row + 1]):
            arc = back.arc[place]
            metres = field.metres[back.origin[arc]] + graph.metres[arc]
            _reach(row, metres, arc, field, log, heap)
    for arc in arcs[0]:
        metres = field.metres[back.origin[arc]] + graph.metres[arc]
        _reach(graph.to[arc], metres, arc, field, log, heap)
    for row in doors[0]:
        _reach(row, source_m[row], SOURCE, field, log, heap)
    _spread(heap, np.inf, graph, field, log)


@njit(cache=True)
def walk_from(home: int, doorsteps: Doorsteps, field: Field) -> float:
    """Metres walked from a home: the shortest of its ways."""
    best = np.inf
    for k in range(doorsteps.row.shape[1]):
        best = min(best, field.metres[doorsteps.row[home, k]] + doorsteps.metres[home, k])
    return best


@njit(cache=True)
def lay(
    proposal: int, starts: Starts, limit_m: float, graph: Graph, field: Field, log: Log
) -> None:
    """Walk from a proposal as far as that shortens walks."""
    _begin(log)
    heap = [(0.0, 0) for _ in range(0)]
    for k in range(starts.first[proposal], starts.first[proposal + 1]):
        if starts.metres[k] <= limit_m:
            _reach(starts.row[k], starts.metres[k], SOURCE, field, log, heap)
    _spread(heap, limit_m, graph, field, log)


@njit(cache=True)
def _concerned(
    proposal: int, starts: Starts, doorsteps: Doorsteps, log: Log, seen: Ints, found: Ints
) -> int:
    """List the homes inside a proposal or at a row it touched, each once; gives how many.

    Those inside come first, and `seen` holds the proposal's number for all of them.
    """
    count = 0
    for k in range(starts.home_first[proposal], starts.home_first[proposal + 1]):
        home = starts.home[k]
        if seen[home] != proposal:
            seen[home] = proposal
            found[count] = home
            count += 1
    for place in range(log.now[1]):
        row = log.row[place]
        for k in range(doorsteps.first[row], doorsteps.first[row + 1]):
            home = doorsteps.home[k]
            if seen[home] != proposal:
                seen[home] = proposal
                found[count] = home
                count += 1
    return count


@njit(cache=True)
def worth(
    starts: Starts,
    graph: Graph,
    field: Field,
    log: Log,
    doorsteps: Doorsteps,
    residents: Residents,
    reach_m: float,
) -> tuple[Metres, Metres, Ints]:
    """For each proposal alone: people brought within reach, people-metres saved, homes gained.

    Metres are saved only for homes that get somewhere already.
    """
    proposals = len(starts.first) - 1
    people, saved = np.zeros(proposals), np.zeros(proposals)
    homes = np.zeros(proposals, dtype=np.int64)
    seen = np.full(len(residents.weight), -1, dtype=np.int64)
    found = np.empty(len(residents.weight), dtype=np.int64)
    for one in range(proposals):
        lay(one, starts, np.inf, graph, field, log)
        inside = starts.home_first[one + 1] - starts.home_first[one]
        for k in range(_concerned(one, starts, doorsteps, log, seen, found)):
            home = found[k]
            before = residents.walk_m[home]
            after = 0.0 if k < inside else walk_from(home, doorsteps, field)
            if after < before < np.inf:
                saved[one] += residents.weight[home] * (before - after)
            if after <= reach_m < before:
                people[one] += residents.weight[home]
                homes[one] += 1
        undo(field, log)
    return people, saved, homes


@njit(cache=True)
def reach_sets(
    starts: Starts, limit_m: float, graph: Graph, field: Field, log: Log, doorsteps: Doorsteps
) -> tuple[Ints, Ints, Metres]:
    """For each proposal the homes within a limit and their walk; `field` is all unreached.

    Gives offsets (proposals + 1), homes and metres of all pairs, in no order within a proposal.
    """
    proposals, count = len(starts.first) - 1, 0
    offset = np.zeros(proposals + 1, dtype=np.int64)
    home_of, metres_of = np.empty(1024, dtype=np.int64), np.empty(1024)
    seen = np.full(len(doorsteps.row), -1, dtype=np.int64)
    found = np.empty(len(doorsteps.row), dtype=np.int64)
    for one in range(proposals):
        lay(one, starts, limit_m, graph, field, log)
        inside = starts.home_first[one + 1] - starts.home_first[one]
        concerned = _concerned(one, starts, doorsteps, log, seen, found)
        if count + concerned > len(home_of):
            room = 2 * (count + concerned)
            home_of = np.concatenate((home_of[:count], np.empty(room - count, dtype=np.int64)))
            metres_of = np.concatenate((metres_of[:count], np.empty(room - count)))
        for k in range(concerned):
            walk = 0.0 if k < inside else walk_from(found[k], doorsteps, field)
            if walk <= limit_m:
                home_of[count], metres_of[count] = found[k], walk
                count += 1
        offset[one + 1] = count
        undo(field, log)
    return offset, home_of[:count], metres_of[:count]
