"""What is wrong with parks, stops and facilities: no way in, in water, twice, off the streets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

from spatial.condition.fault import Fault, Severity, milder, touching
from spatial.condition.likeness import alike
from spatial.entrances import GATE_M, EntranceRule, entrances
from spatial.population import home_points
from spatial.ties import tie

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

    from spatial.barriers import Barriers
    from spatial.network import Network
    from spatial.population import Homes

    Rows = NDArray[np.int64]
    Shapes = NDArray[np.object_]

LAYER_OF: Final = {"park": "parks", "green": "green", "bus_stop": "bus_stops"}
OVERLAP: Final = 0.1
"""Of the smaller park: more is no inaccuracy of drawing."""
SAME_NAME_M: Final = 30.0
SAME_STOP_M: Final = 10.0
"""Stops of one name stand on both sides of a street; nearer than this they are one."""
SAME_PLACE_M: Final = 1.0
_GREEN: Final = ("park", "green")


@dataclass(frozen=True)
class Seen:
    """Facilities, and the homes they are meant for.

    Attributes
    ----------
    places
        facility, name, category; metres; rows from 0.
    homes
        The homes.
    reach_m
        How far each category reaches, by its key; one that is not there is asked for by nobody.
    """

    places: gpd.GeoDataFrame
    homes: Homes
    reach_m: Mapping[str, float]

    def people(self, row: Rows) -> NDArray[np.float64]:
        """Count the people who live within reach of each of some places, by straight line."""
        count = np.zeros(len(row))
        shapes, category = self.places.geometry.to_numpy(), self.places["category"].to_numpy()
        tree = shapely.STRtree(shapely.points(self.homes.xy))
        for kind, reach in self.reach_m.items():
            mine = np.flatnonzero(category[row] == kind)
            which, home = tree.query(shapes[row[mine]], predicate="dwithin", distance=reach)
            count += np.bincount(mine[which], self.homes.weight[home], len(row))
        return count

    def anyone(self, row: Rows) -> float:
        """Count the people within reach of any of some places, each once."""
        near = np.zeros(len(self.homes.xy), dtype=bool)
        shapes, category = self.places.geometry.to_numpy(), self.places["category"].to_numpy()
        tree = shapely.STRtree(shapely.points(self.homes.xy))
        for kind, reach in self.reach_m.items():
            mine = row[category[row] == kind]
            near[tree.query(shapes[mine], predicate="dwithin", distance=reach)[1]] = True
        return self.homes.people(near)

    def told(
        self, kind: str, row: Rows, most: Severity, layer: str | None = None, *, all_: bool = False
    ) -> list[Fault]:
        """Tell of some places by layer, those that matter to most people first.

        Places within reach of nobody are left out, unless `all_` are wanted.
        """
        found = []
        category = self.places["category"].to_numpy()[row]
        layers = np.array([layer or LAYER_OF.get(one, "facilities") for one in category])
        for name in np.unique(layers):
            mine = row[layers == name]
            each = self.people(mine)
            mine, each = (mine, each) if all_ else (mine[each > 0], each[each > 0])
            if not len(mine):
                continue
            order = np.argsort(-each, kind="stable")
            mine, each = mine[order], each[order]
            people = self.anyone(mine)
            shapes = self.places.geometry.to_numpy()[mine]
            severity = milder(touching(people, self.homes), most)
            found.append(
                Fault(kind, str(name), severity, len(mine), people, shapes, self.names(mine), each)
            )
        return found

    def names(self, row: Rows) -> NDArray[np.object_]:
        """Name some places, those without a name by their id."""
        table = self.places[["name", "facility"]].iloc[row]
        return table["name"].where(table["name"].notna(), table["facility"]).to_numpy(dtype=object)


def ways_in(
    seen: Seen,
    network: Network,
    barriers: Barriers,
    gates: NDArray[np.float64],
    leg_limit_m: float,
) -> list[Fault]:
    """Find parks that one enters nowhere or only by assumption, and what no street leads to."""
    places = seen.places
    green = places["category"].isin(_GREEN).to_numpy()
    flat = shapely.get_dimensions(places.geometry.to_numpy()) > 0
    rule = EntranceRule(leg_limit_m=leg_limit_m)
    doors = entrances(network, places, rule, gates=gates, barriers=barriers)
    entered = np.isin(np.arange(len(places)), doors.facility)
    real = np.isin(np.arange(len(places)), doors.facility[doors.kind != "fallback"])
    park = (places["category"] == "park").to_numpy()
    none, assumed = flat & green & ~entered, flat & green & entered & ~real
    return [
        *seen.told("no_entrance", np.flatnonzero(none & park), "mind"),
        *seen.told("no_entrance", np.flatnonzero(none & ~park), "note"),
        *seen.told("fallback", np.flatnonzero(assumed & park), "mind"),
        *seen.told("fallback", np.flatnonzero(assumed & ~park), "note"),
        *seen.told("far_places", np.flatnonzero(~green & ~entered), "mind"),
    ]


def in_water(seen: Seen, water: Shapes) -> list[Fault]:
    """Find stops and facilities that lie in water; parks may hold a lake."""
    points = home_points(seen.places.geometry.to_numpy())
    wet = np.unique(shapely.STRtree(water).query(points, predicate="within")[0])
    wet = wet[~seen.places["category"].isin(_GREEN).to_numpy()[wet]]
    return seen.told("in_water", wet, "mind", all_=True)


def twice(seen: Seen, *, own: frozenset[str]) -> list[Fault]:
    """Find stops and facilities given twice: of one name near each other, or at one place."""
    places = seen.places.reset_index(drop=True)
    points = home_points(places.geometry.to_numpy())
    xy = shapely.get_coordinates(points)
    label = pd.MultiIndex.from_arrays([places["category"], places["name"].fillna("")])
    code = pd.factorize(label)[0]
    more = alike(xy, code, SAME_PLACE_M)
    category, named = places["category"], places["name"].notna()
    stops = (category == "bus_stop").to_numpy()
    for mine, within_m in ((stops, SAME_STOP_M), (~stops, SAME_NAME_M)):
        row = np.flatnonzero(mine & named.to_numpy() & ~category.isin(_GREEN).to_numpy())
        more[row[alike(xy[row], code[row], within_m)]] = True
    layer = category.map(LAYER_OF).fillna("facilities")
    ours = layer.isin(own).to_numpy()
    found = [
        *seen.told("same_places", np.flatnonzero(more & ours), "mind", all_=True),
        *seen.told("same_places", np.flatnonzero(more & ~ours), "note", all_=True),
    ]
    return [replace(one, people=None, each=None) for one in found]  # nobody walks farther for it


def overlapping(seen: Seen, *, own: bool) -> list[Fault]:
    """Find parks of different names that overlap: the land counts for both."""
    row = np.flatnonzero((seen.places["category"] == "park").to_numpy())
    shapes = seen.places.geometry.to_numpy()[row]
    name = seen.places["name"].fillna("").to_numpy(dtype=object)[row]
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pair = (one < other) & (name[one] != name[other])
    one, other = one[pair], other[pair]
    both = shapely.intersection(shapes[one], shapes[other])
    size = np.minimum(shapely.area(shapes[one]), shapely.area(shapes[other]))
    much = shapely.area(both) >= OVERLAP * np.maximum(size, 1e-9)
    one, other, both = one[much], other[much], both[much]
    if not len(one):
        return []
    order = np.argsort(-shapely.area(both), kind="stable")
    first, second = seen.names(row[one[order]]), seen.names(row[other[order]])
    names = first + " / " + second
    people = seen.anyone(np.unique(row[np.concatenate([one, other])]))
    values = {"area_m2": float(shapely.area(both).sum())}
    severity: Severity = "mind" if own else "note"
    return [
        Fault(
            "parks_overlap", "parks", severity, len(both), people, both[order], names, None, values
        )
    ]


def stray_gates(
    gates: gpd.GeoDataFrame, parks: Shapes, network: Network, leg_limit_m: float
) -> list[Fault]:
    """Find gates that lie at no park or at no street: they lead nowhere."""
    points = gates.geometry.to_numpy()
    xy = shapely.get_coordinates(points)
    at_park = np.zeros(len(points), dtype=bool)
    near = shapely.STRtree(parks).query(points, predicate="dwithin", distance=GATE_M)[0]
    at_park[near] = True
    at_street = tie(network, xy, limit_m=leg_limit_m).tied
    names = gates["name"].to_numpy(dtype=object)
    found = []
    for kind, astray in (("gates_no_park", ~at_park), ("gates_no_street", at_park & ~at_street)):
        row = np.flatnonzero(astray)
        if len(row):
            fault = Fault(kind, "park_gates", "mind", len(row), None, points[row], names[row])
            found.append(fault)
    return found


def nameless(layer: str, places: gpd.GeoDataFrame) -> list[Fault]:
    """Find records without a name: pieces of one park are joined by their name alone."""
    row = np.flatnonzero(places["name"].isna().to_numpy())
    if not len(row):
        return []
    shapes = places.geometry.to_numpy()[row]
    names = np.full(len(row), None, dtype=object)
    if "facility" in places:
        names = places["facility"].to_numpy(dtype=object)[row]
    return [Fault("nameless", layer, "note", len(row), None, shapes, names)]
