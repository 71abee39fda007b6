"""Time and gap of siting on a real city: 5,000 candidates, 50,000 homes, 20 sites.

Usage: python tests/benchmarks/siting.py CITY.osm.pbf [seconds per question]

Candidates and homes stand at random spots along the streets, the same every time. Asked of the
whole city, of a window 12 km wide, and of one 6 km wide, where catchments overlap heavily; each
within 500 m and 1,000 m. Compared with spopt where that is installed.
"""

from __future__ import annotations

import importlib.util
import resource
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from layers.openstreetmap.extract import read_extract
from spatial.catchments import Catchments
from spatial.entrances import Entrances
from spatial.network import Network, network_from_streets
from spatial.reach import cut, stretch_at
from spatial.siting import Siting, fairest, fewest_sites, least_walking, most_people
from spatial.ties import Ties

CANDIDATES, HOMES, NEW = 5_000, 50_000, 20
AT_ONCE = 50
QUESTIONS = {
    "most": lambda town, limit_s: most_people(town, new=NEW, time_limit_s=limit_s),
    "least_walking": lambda town, limit_s: least_walking(town, new=NEW, time_limit_s=limit_s),
    "fewest": lambda town, limit_s: fewest_sites(town, time_limit_s=limit_s),
    "fairest": lambda town, limit_s: fairest(
        town,
        new=round(1.2 * fewest_sites(town, time_limit_s=limit_s, gap=0.1).value),
        time_limit_s=limit_s,
    ),
}


@dataclass(frozen=True)
class Window:
    """Streets whose middle lies within so many metres, east and north, of the city's middle."""

    name: str
    half_m: float


WINDOWS = (Window("city", np.inf), Window("12 km", 6_000.0), Window("6 km", 3_000.0))


def town(network: Network, window: Window, limit_m: float) -> Siting:
    """Give homes and candidates at random spots along the streets, and who reaches whom."""
    dice = np.random.default_rng(1)
    middle = (network.xy[network.u] + network.xy[network.v]) / 2
    near = (np.abs(middle - np.median(middle, axis=0)) < window.half_m).all(axis=1)
    edges = np.flatnonzero(near & (network.island[network.u] == 0))
    candidates, homes = (spots(network, edges, n, dice) for n in (CANDIDATES, HOMES))
    catchments = catchments_of(network, candidates, homes, limit_m)
    return Siting(catchments, dice.integers(1, 60, HOMES).astype(np.float64), limit_m)


def spots(
    network: Network, edges: NDArray[np.int64], count: int, dice: np.random.Generator
) -> Ties:
    """Give random spots, as many on a metre of street everywhere."""
    length_m = network.length_m[edges]
    edge = dice.choice(edges, count, p=length_m / length_m.sum())
    along_m = np.floor(dice.random(count) * network.length_m[edge])
    return Ties(edge, along_m, np.zeros(count))


def catchments_of(network: Network, candidates: Ties, homes: Ties, limit_m: float) -> Catchments:
    """Search from each candidate as far as the limit."""
    stretches = cut(network, Entrances.at_spots(network, candidates))
    graph = stretches.graph()
    stretch, into_m = stretch_at(stretches, homes.edge, homes.along_m)
    tail, head = stretches.tail[stretch], stretches.head[stretch]
    left_m = stretches.length_m[stretch] - into_m
    count, home, walk_m = [], [], []
    for part in np.array_split(np.arange(CANDIDATES), CANDIDATES // AT_ONCE):
        metres = dijkstra(graph.matrix, indices=graph.stops + part, limit=limit_m)
        walk = np.minimum(metres[:, tail] + into_m, metres[:, head] + left_m)
        row, column = np.nonzero(walk <= limit_m)
        count.append(np.bincount(row, minlength=len(part)))
        home.append(column)
        walk_m.append(walk[row, column])
    first = np.concatenate([[0], np.cumsum(np.concatenate(count))])
    return Catchments(first, np.concatenate(home), np.concatenate(walk_m), limit_m)


def spopt_value(place: Siting, limit_s: float) -> float | None:
    """The people that spopt's maximal covering serves, with HiGHS; None where it is not there."""
    if importlib.util.find_spec("spopt") is None:
        return None
    import pulp  # noqa: PLC0415  not a dependency
    from spopt.locate import MCLP  # noqa: PLC0415

    near = place.catchments
    metres = np.full((HOMES, CANDIDATES), 2 * near.limit_m)
    metres[near.home, np.repeat(np.arange(CANDIDATES), np.diff(near.first))] = near.walk_m
    asked = MCLP.from_cost_matrix(metres, place.weight, place.reach_m, p_facilities=NEW)
    solved = asked.solve(pulp.HiGHS(msg=False, timeLimit=limit_s))
    return float(pulp.value(solved.problem.objective))


def main(city: Path, limit_s: float) -> None:
    """Ask every question of every window."""
    streets = read_extract(city).readings["streets"].places
    network = network_from_streets(streets.to_crs(streets.estimate_utm_crs()))
    say(f"{len(network.xy)} nodes, {CANDIDATES} candidates, {HOMES} homes")
    for window in WINDOWS:
        for limit_m in (500.0, 1000.0):
            place = town(network, window, limit_m)
            say(f"{window.name}, {limit_m:g} m: {len(place.catchments.home)} pairs")
            for name, ask in QUESTIONS.items():
                answer = ask(place, limit_s)
                say(
                    f"  {name:13} {answer.value:>14.1f}  greedy {answer.greedy_value:>14.1f}  "
                    f"gap {answer.gap:7.3%}  {answer.seconds:5.1f} s  {answer.method}"
                )
            began = perf_counter()
            theirs = spopt_value(place, limit_s)
            if theirs is not None:
                say(f"  spopt, most   {theirs:>14.1f}  {perf_counter() - began:5.1f} s")
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    say(f"at most {peak_mb} MB")


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 60.0)
