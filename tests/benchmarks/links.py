"""How long it takes to find and rank every opening of a whole city.

On the extract of a real city, or on a made-up one of the same size, homes are laid at random along
the streets; facilities are made-up stops, or the extract's parks.

    python tests/benchmarks/links.py [CITY.osm.pbf] [--homes 200000] [--stops 800] [--parks]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from layers import sample
from layers.openstreetmap.extract import read_extract
from spatial.barriers import NO_BARRIERS, barriers_from
from spatial.coverage import measure
from spatial.crs import local_crs
from spatial.facilities import counted, dissolved
from spatial.links import links, together
from spatial.nearness import nearness
from spatial.network import network_from_streets
from spatial.openings import OpeningRule, openings
from spatial.population import homes_on
from spatial.profiles import standards
from tests.link_towns import broken_grid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spatial.barriers import Barriers


def city(path: Path | None) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, Barriers]:
    """Streets, parks and barriers of an extract, or of a chessboard with 90,000 corners."""
    if path is None:
        lines = broken_grid(np.random.default_rng(0), 300, 300, 60.0, missing=0.4)
        return sample.streets(lines), sample.facilities([], "park"), NO_BARRIERS
    read = {name: one.places for name, one in read_extract(path).readings.items()}
    west, south, east, north = read["streets"].total_bounds
    crs = local_crs((west + east) / 2, (south + north) / 2)
    barriers = barriers_from(read["barriers"].to_crs(crs))
    return read["streets"].to_crs(crs), dissolved(read["parks"].to_crs(crs)), barriers


def along(lines: NDArray[np.object_], count: int, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Homes on random spots of random streets, up to 20 m off, of 1 to 9 people."""
    length = shapely.length(lines)
    row = rng.choice(len(lines), count, p=length / length.sum())
    xy = shapely.get_coordinates(
        shapely.line_interpolate_point(lines[row], rng.random(count), normalized=True)
    )
    people = rng.integers(1, 10, count).astype(float)
    return sample.homes((xy + rng.uniform(-14, 14, (count, 2)) - sample.ORIGIN).tolist(), people)


def asked() -> argparse.Namespace:
    """What is wanted on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("extract", nargs="?", type=Path)
    parser.add_argument("--homes", type=int, default=200_000)
    parser.add_argument("--stops", type=int, default=800)
    parser.add_argument("--parks", action="store_true", help="walk to parks, not to stops")
    return parser.parse_args()


def main() -> None:
    """Time every step, and print the best."""
    want, rng = asked(), np.random.default_rng(7)
    streets, parks, barriers = city(want.extract)
    network = network_from_streets(streets)
    lines = network.lines
    homes = along(lines, want.homes, rng).set_crs(network.crs, allow_override=True)
    standard = standards()["park_500m" if want.parks else "bus_stop_500m"]
    places = parks
    if not want.parks:
        spots = along(lines, want.stops, rng).geometry
        xy = shapely.get_coordinates(spots) - sample.ORIGIN
        places = sample.facilities([tuple(spot) for spot in xy], "bus_stop")
        places = places.set_crs(network.crs, allow_override=True)
    people = homes_on(network, homes, barriers=barriers)
    found = measure(network, people, [(standard, counted(places, standard))], barriers=barriers)[0]
    size = f"{len(network.xy):,} nodes, {len(people.xy):,} homes"
    sys.stdout.write(f"{size}, {found.served.mean():.1%} served\n")
    links(found, people, barriers, rule=OpeningRule(link_m=1.0, bridge_m=1.0, gate_m=1.0))

    def timed(what: str, begin: float) -> None:
        sys.stdout.write(f"{what:>10} {perf_counter() - begin:6.2f} s\n")

    begin = perf_counter()
    near = nearness(found, people)
    timed("fields", begin)
    begin = perf_counter()
    every = openings(near, found.facilities.places, barriers)
    timed("openings", begin)
    begin = perf_counter()
    ranked = links(found, people, barriers)
    timed("all links", begin)
    begin = perf_counter()
    chosen = together(ranked, found, people, 10)
    timed("best ten", begin)
    sys.stdout.write(f"{len(every):,} openings: {dict(Counter(every.kind))}\n")
    sys.stdout.write(f"people gained by the best ten, one after the other: {chosen.people}\n")


if __name__ == "__main__":
    main()
