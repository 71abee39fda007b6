"""Made-up towns with something missing, and the slow way to measure what an opening brings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from layers import sample
from spatial.barriers import NO_BARRIERS, Barriers
from spatial.coverage import Coverage, measure
from spatial.entrances import Entrances
from spatial.facilities import counted
from spatial.network import network_from_streets
from spatial.openings import Openings
from spatial.population import Homes, homes_on
from spatial.reach import Shortcuts, cut, walks_from, walks_to
from spatial.standards import ServiceStandard, Source

SOURCE = Source("test", "-", None, "U")
Line = list[tuple[float, float]]


@dataclass(frozen=True)
class Town:
    """A town measured for one standard."""

    homes: Homes
    coverage: Coverage
    barriers: Barriers

    @property
    def before_m(self) -> np.ndarray:
        """What each home walks; inf where nothing is reached."""
        return np.where(np.isnan(self.coverage.walk_m), np.inf, self.coverage.walk_m)


def town(  # noqa: PLR0913  a town has many things in it
    lines: list[Line],
    homes: list[tuple[float, float]],
    *,
    stops: list[tuple[float, float]] | None = None,
    parks: list[shapely.Polygon] | None = None,
    gates: list[tuple[float, float]] | None = None,
    walls: list[tuple[str, Line]] | None = None,
    weights: list[float] | None = None,
    reach_m: float = 500.0,
    **columns: object,
) -> Town:
    """Measure a town of bus stops, or of parks, metres from its origin."""
    network = network_from_streets(sample.streets(lines, **columns), tolerance_m=0.001)
    category = "park" if parks is not None else "bus_stop"
    places = sample.facilities(stops if parks is None else parks, category)  # type: ignore[arg-type]
    standard = ServiceStandard(category, category, category, category, reach_m, SOURCE, (0, np.inf))
    barriers = sample.barriers(walls) if walls else NO_BARRIERS
    people = homes_on(network, sample.homes(homes, weights), barriers=barriers)
    spots = np.add(gates, sample.ORIGIN) if gates else None
    demand = [(standard, counted(places, standard))]
    found = measure(network, people, demand, gates=spots, barriers=barriers)[0]
    return Town(people, found, barriers)


def walks_with(one: Town, opening: Openings) -> np.ndarray:
    """Measure everything again with some openings built, nothing taken over but the streets."""
    network, doors = one.coverage.stretches.network, one.coverage.doors
    gate, link = opening[opening.leads_in], opening[~opening.leads_in]
    new = Entrances(gate.facility, gate.kind, gate.xy_b, gate.a)
    new.ties.leg_m[:] = gate.built_m
    ends = [Entrances.at_spots(network, ties) for ties in (link.a, link.b)]
    stretches = cut(network, Entrances.together([doors, new, *ends]))
    opened = len(doors) + len(new)
    row = stretches.stop_of_entrance[opened:]
    ways = Shortcuts(row[: len(link)], row[len(link) :], link.built_m)
    graph = stretches.graph(ways)
    metres, _ = walks_from(stretches, walks_to(graph, np.arange(opened)), one.homes.ties)
    return np.where(one.coverage.walk_m == 0, 0.0, np.where(np.isnan(metres), np.inf, metres))


def gained(one: Town, after_m: np.ndarray, before_m: np.ndarray) -> tuple[float, float, int]:
    """People and homes brought within reach, and people-metres saved."""
    new = (after_m <= one.coverage.reach_m) & (before_m > one.coverage.reach_m)
    there = np.isfinite(before_m)
    saved = (one.homes.weight[there] * (before_m[there] - after_m[there])).sum()
    return float(one.homes.weight[new].sum()), float(saved), int(new.sum())


def broken_grid(
    rng: np.random.Generator, columns: int, rows: int, block_m: float, missing: float
) -> list[Line]:
    """A chessboard town from which some streets between two corners are missing or cut short."""
    lines: list[Line] = []
    for x in range(columns + 1):
        for y in range(rows + 1):
            for right, up in ((1, 0), (0, 1)):
                if x + right > columns or y + up > rows:
                    continue
                begin = (x * block_m, y * block_m)
                luck = rng.random()
                part = 1.0 if luck > missing else float(rng.uniform(0.3, 0.9))
                if luck < missing / 3:
                    continue
                end = (begin[0] + right * block_m * part, begin[1] + up * block_m * part)
                lines.append([begin, end])
    return lines


def random_town(
    seed: int,
    *,
    size: int = 5,
    block_m: float = 58.0,
    reach_m: float = 250.0,
    compounds: float = 0.15,
    mixed: bool = False,
) -> Town:
    """A broken chessboard with a walled park or a bus stop, a river, and compounds.

    The same town if `mixed`, its streets told in another order, and from their other ends.
    """
    rng = np.random.default_rng(seed)
    lines = broken_grid(rng, size, size, block_m, missing=0.45)
    side = size * block_m
    private = [bool(rng.random() < compounds) for _ in lines]
    if mixed:
        order = np.random.default_rng(seed).permutation(len(lines))
        lines, private = [lines[row][::-1] for row in order], [private[row] for row in order]
    homes = [(float(x), float(y)) for x, y in rng.uniform(0, side, (25, 2))]
    weights = [float(w) for w in rng.integers(1, 50, 25)]
    x = float(rng.uniform(0.3, 0.7)) * side
    walls: list[tuple[str, Line]] = [
        (str(rng.choice(["water", "railway", "wall"])), [(x, -20), (x + 10, side * 0.7)])
    ]
    if seed % 2:
        corner = rng.uniform(0, side - 80, 2)
        park = shapely.box(*corner, *(corner + rng.uniform(30, 80, 2)))
        edge = shapely.get_coordinates(park.exterior)
        walls.append(("wall", [(float(a), float(b)) for a, b in edge[:4]]))
        return town(
            lines,
            homes,
            parks=[park],
            walls=walls,
            weights=weights,
            reach_m=reach_m,
            private=private,
        )
    stop = tuple(float(c) for c in rng.uniform(0, side, 2))
    return town(
        lines,
        homes,
        stops=[stop],  # type: ignore[list-item]
        walls=walls,
        weights=weights,
        reach_m=reach_m,
        private=private,
    )
