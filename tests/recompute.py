"""An outsider's check: every walking distance anew, from results.gpkg alone.

Shares no code with the program. Reads the layers `streets`, `entrances` and `homes`, splits the
streets at every spot where something is tied, and lets networkx walk. Run it on any result:

    python tests/recompute.py results/results.gpkg
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import networkx as nx

Spot = tuple[str, int]


def tied_spot(street: object, point: object) -> tuple[float, float]:
    """Metres along a street to the spot nearest a point, and from there to the point."""
    along = street.project(point)
    return along, street.interpolate(along).distance(point)


def walking_graph(
    streets: gpd.GeoDataFrame, tied: dict[Spot, tuple[int, float, float]]
) -> nx.DiGraph:
    """Streets split at every tied spot, in three layers: out of a compound, open, into one.

    Streets one may not pass lie in the outer layers, the others in the middle one; a walk goes
    down through the layers and never up, from a door above to a home below. A slope is longer than
    it is on the map, evenly along an edge; nobody walks along a closed one.
    """
    stops = defaultdict(list)
    graph = nx.DiGraph()
    for spot, (edge, along, leg) in tied.items():
        foot = ("foot", *spot)
        stops[edge].append((along, foot))
        ends = (spot, (0, foot)) if spot[0] == "door" else ((2, foot), spot)
        graph.add_edge(*ends, m=leg)
    for row in streets.itertuples():
        stations = [(0.0, row.u), *sorted(stops[row.edge]), (row.ground_m, row.v)]
        effort = row.length_m / row.ground_m
        for (start, one), (end, other) in pairwise(stations):
            metres = max(end - start, 0.0) * effort
            shut = row.closed and metres > 1e-5
            for layer in () if shut else (1,) if row.through else (0, 2):
                graph.add_edge((layer, one), (layer, other), m=metres)
                graph.add_edge((layer, other), (layer, one), m=metres)
            for stop in (one, other):
                graph.add_edge((0, stop), (1, stop), m=0.0)
                graph.add_edge((1, stop), (2, stop), m=0.0)
    return graph


def walks(folder: Path) -> dict[str, list[tuple[str, float, float]]]:
    """For each measured id: home, metres as written, metres walked by networkx."""
    read = {
        name: gpd.read_file(folder, layer=name)
        for name in ("homes", "streets", "entrances", "facilities")
    }
    homes, streets, doors = read["homes"], read["streets"], read["entrances"]
    line = dict(zip(streets["edge"], streets.geometry, strict=True))
    tied: dict[Spot, tuple[int, float, float]] = {}
    for kind, table in (("home", homes[homes["edge"].notna()]), ("door", doors)):
        for row in table.itertuples():
            along, leg = tied_spot(line[int(row.edge)], row.geometry)
            assert abs(leg - row.leg_m) < 1e-3, f"leg of {kind} {row.Index}"
            tied[(kind, row.Index)] = (int(row.edge), along, leg)
    graph = walking_graph(streets, tied)
    found = {}
    for key, own in doors.groupby("standard"):
        sources = {("door", i) for i in own.index}
        metres = nx.multi_source_dijkstra_path_length(graph, sources, weight="m")
        inside = _inside(homes, read["facilities"], str(key))
        walked = [0.0 if i in inside else metres.get(("home", i), math.nan) for i in homes.index]
        found[str(key)] = list(zip(homes["home"], homes[f"{key}_m"], walked, strict=True))
    return found


def _inside(homes: gpd.GeoDataFrame, places: gpd.GeoDataFrame, key: str) -> set[int]:
    """Connected homes that stand inside a facility of this id."""
    counts = places["standards"].str.split(",").map(lambda ids: key in ids)
    grounds = places[counts & places.geom_type.str.endswith("Polygon")]
    at = homes[homes["status"] == "connected"]
    return set(gpd.sjoin(at, grounds[["geometry"]], predicate="intersects").index)


def differences(folder: Path) -> list[str]:
    """Every home whose distance differs by more than a millimetre, in words."""
    wrong = []
    for key, rows in walks(folder).items():
        for home, written, walked in rows:
            both = [math.isnan(value) for value in (written, walked)]
            if both[0] != both[1] or (not both[0] and abs(written - walked) > 1e-3):
                wrong.append(f"{key}: home {home}: written {written}, walked {walked}")
    return wrong


if __name__ == "__main__":
    faults = differences(Path(sys.argv[1]))
    print("\n".join(faults) or "every distance is as written")  # noqa: T201  it is a command
    sys.exit(bool(faults))
