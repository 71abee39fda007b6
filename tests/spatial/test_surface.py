"""The distance to every spot of land, and the area served: by hand, and against homes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import CRS

from layers import sample
from layers.openstreetmap.extract import Extract
from spatial.coverage import Coverage, measure
from spatial.entrances import Entrances, entrances
from spatial.errors import InputError
from spatial.facilities import counted
from spatial.land import land_share
from spatial.network import Network, network_from_streets
from spatial.population import homes_on
from spatial.profiles import standards
from spatial.reach import Stretches, Walks, cut, walks_to
from spatial.surface import (
    STRIP_M,
    Surface,
    area_served,
    grid_over,
    street_parts,
    surface,
    walks_from_spots,
)
from spatial.ties import tie

METRIC = CRS(sample.CRS)
LEG_M = 100.0


@dataclass(frozen=True)
class Town:
    """Streets and facilities, walked."""

    network: Network
    places: np.ndarray
    stretches: Stretches
    walks: Walks

    @classmethod
    def walked(cls, network: Network, places: gpd.GeoDataFrame) -> Town:
        """Walk to all places."""
        doors: Entrances = entrances(network, places)
        stretches = cut(network, doors)
        walks = walks_to(stretches.graph(), np.arange(len(doors)))
        return cls(network, places.geometry.to_numpy(), stretches, walks)

    def metres(self, xy: np.ndarray) -> np.ndarray:
        """Walking metres from spots."""
        ties = tie(self.network, xy, limit_m=LEG_M)
        return walks_from_spots(self.stretches, self.walks, ties, xy, self.places)

    def served(
        self, area: object, reach_m: float, cell_m: float = 10.0
    ) -> tuple[Surface, shapely.MultiPolygon]:
        """Give the surface over an area and what of it is served."""
        found = surface(area, self.network.crs, self.metres, cell_m=cell_m)
        parts = street_parts(self.stretches, self.walks, reach_m, self.places)
        return found, area_served(found, reach_m, *parts, within=area)


def box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    """A box in metres from the town's origin."""
    return shapely.transform(shapely.box(west, south, east, north), lambda xy: xy + sample.ORIGIN)


def point(x: float, y: float) -> shapely.Point:
    return shapely.Point(np.add((x, y), sample.ORIGIN))


def one_street(reach_from: float = 500.0) -> Town:
    """A street 1 km long, and a shop on it."""
    network = network_from_streets(sample.streets([[(0, 0), (1000, 0)]]))
    return Town.walked(network, sample.facilities([(reach_from, 0)], "shop"))


def test_metres_along_one_street_by_hand() -> None:
    """Of a spot x along and y off the street the walk is |x - 500| + |y|, up to 100 m off."""
    found = surface(box(0, -120, 1000, 120), METRIC, one_street().metres)
    assert found.metres.shape == (24, 100)
    x, y = np.meshgrid(np.arange(5, 1000, 10), np.arange(115, -120, -10))
    by_hand = np.where(np.abs(y) <= LEG_M, np.abs(x - 500) + np.abs(y), np.nan)
    np.testing.assert_allclose(found.metres, by_hand, atol=1e-5)
    spots = np.add([[503, 2], [997, -118], [-3, 0], [0, 500]], sample.ORIGIN)
    np.testing.assert_allclose(found.at(spots), [10, np.nan, np.nan, np.nan], atol=1e-5)


def test_area_of_a_diamond() -> None:
    """Within r lies a square on its corner, 2 r² large: by cells on average, finer ones nearer."""
    land = box(380, -120, 620, 120)
    reaches = np.arange(80.5, 90, 1)
    coarse = [one_street().served(land, reach_m)[1].area for reach_m in reaches]
    assert np.mean(coarse / (2 * reaches**2)) == pytest.approx(1, abs=0.01)
    fine = one_street().served(land, 90.5, 1.0)[1].area
    assert fine == pytest.approx(2 * 90.5**2, rel=0.01)


def test_along_a_street_the_area_ends_where_the_reach_ends() -> None:
    """At 303 m no cell ends; the street inside does so to the millimetre."""
    _, area = one_street().served(box(0, -120, 1000, 120), 303)
    street = shapely.LineString([*point(0, 0).coords, *point(1000, 0).coords])
    west, _, east, _ = shapely.intersection(street, area).bounds
    assert (west - sample.ORIGIN[0], east - sample.ORIGIN[0]) == pytest.approx((197, 803), abs=1e-3)
    assert area.is_valid


def two_banks() -> Town:
    """A river between y = 10 and 50, a street on either bank, a bridge at x = 0."""
    banks = sample.streets([[(0, 0), (1000, 0)], [(0, 60), (1000, 60)], [(0, 0), (0, 60)]])
    return Town.walked(network_from_streets(banks), sample.facilities([(500, 0)], "shop"))


def test_a_river_without_a_bridge_is_not_jumped() -> None:
    """The far bank is 60 m away, and 500 + 60 + 500 m on foot."""
    north = box(-100, 50, 1100, 160)
    found, area = two_banks().served(box(-100, -100, 1100, 160), 300)
    assert area.area > 0
    assert not area.intersects(north)
    across = found.at(np.add([[505, 65]], sample.ORIGIN))
    np.testing.assert_allclose(across, [505 + 60 + 500 + 5], atol=1e-5)


def test_over_the_bridge_the_reach_goes_on() -> None:
    """1,200 m lead over the bridge and 640 m back along the far bank."""
    _, area = two_banks().served(box(-100, -100, 1100, 160), 1200)
    far = shapely.LineString([*point(0, 60).coords, *point(1000, 60).coords])
    assert shapely.intersection(far, area).length == pytest.approx(640, abs=1e-3)


def test_cells_are_cut_to_the_land_and_bridges_are_not() -> None:
    town, whole, river = two_banks(), box(-100, -100, 1100, 160), box(-100, 10, 1100, 50)
    land = whole.difference(river)
    found = surface(land, METRIC, town.metres)
    parts = street_parts(town.stretches, town.walks, 1200, town.places)
    area = area_served(found, 1200, *parts, land=land, within=whole)
    wet = shapely.intersection(area, river)
    assert wet.area == pytest.approx(40 * 2 * STRIP_M, rel=1e-6)
    assert wet.covers(shapely.LineString([*point(0, 10).coords, *point(0, 50).coords]))


def test_no_part_of_a_street_beyond_reach_lies_inside() -> None:
    """A tunnel runs through the served street's cells, from far away to far away."""
    lines = [[(0, 0), (1000, 0)], [(480, -900), (503, 2), (520, 900)]]
    tunnel = sample.streets(lines, tunnel=[False, True])
    town = Town.walked(network_from_streets(tunnel), sample.facilities([(400, 0)], "shop"))
    _, area = town.served(box(0, -120, 1000, 120), 300)
    under = shapely.LineString([point(*spot).coords[0] for spot in lines[1]])
    assert shapely.intersection(under, area).length < 1e-6
    street = shapely.LineString([*point(100, 0).coords, *point(700, 0).coords])
    lost = 600 - shapely.intersection(street, area).length
    assert lost == pytest.approx(2 * STRIP_M, rel=0.01)


def test_nothing_served_is_an_empty_area() -> None:
    network = network_from_streets(sample.streets([[(0, 0), (1000, 0)]]))
    town = Town.walked(network, sample.facilities([], "shop"))
    found, area = town.served(box(0, -100, 1000, 100), 500)
    assert np.isnan(found.metres).all()
    assert area.is_empty
    assert area.geom_type == "MultiPolygon"


def covered(town: gpd.GeoDataFrame, places: gpd.GeoDataFrame, xy: np.ndarray) -> Coverage:
    """Homes measured as in every run."""
    network = network_from_streets(town)
    homes = homes_on(network, sample.homes(list(xy - sample.ORIGIN)), leg_limit_m=LEG_M)
    standard = replace(
        standards()["park_500m"], category="park", reach_m=330.0, area_m2=(0.0, np.inf)
    )
    return measure(network, homes, [(standard, counted(places, standard))])[0]


@pytest.mark.parametrize("block_m", [80.0, 97.0])
def test_a_home_is_served_if_and_only_if_its_spot_is(block_m: float) -> None:
    """A home in every cell of a town of odd streets, a park and a pocket park.

    With blocks of 80 m streets run along the edges of cells, with 97 m anywhere.
    """
    streets = sample.grid(9, 9, block_m).drop(index=[3, 14])
    shapes = [
        shapely.box(230, 210, 420, 330),
        shapely.box(10.5, 10.5, 40, 60),
        shapely.Point(700, 650).buffer(30),
    ]
    places = sample.facilities(shapes, "park")
    area = box(-120, -120, 900, 900)
    grid = grid_over(area, METRIC)
    found = covered(streets, places, grid.xy)
    town = Town.walked(network_from_streets(streets), places)
    spots, outline = town.served(area, 330.0)
    metres = spots.at(grid.xy)
    np.testing.assert_array_equal(metres, found.walk_m)
    assert 0.2 < found.served.mean() < 0.8
    assert (found.walk_m == 0).sum() > 100
    inside = shapely.contains(outline, shapely.points(grid.xy))
    np.testing.assert_array_equal(inside, found.served)


def test_streets_inside_a_park_are_within_reach() -> None:
    """The path through a park 1 km long; its middle is 500 m from either gate."""
    path = sample.streets([[(0, 0), (1400, 0)]])
    park = sample.facilities([shapely.box(200, -50, 1200, 50)], "park")
    town = Town.walked(network_from_streets(path), park)
    reached, beyond = street_parts(town.stretches, town.walks, 100.0, town.places)
    assert shapely.length(shapely.union_all(reached)) == pytest.approx(1200)
    assert shapely.length(shapely.union_all(beyond)) == pytest.approx(200)
    _, area = town.served(box(0, -100, 1400, 100), 100)
    assert area.covers(box(200, -50, 1200, 50))


def spots_on(lines: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """(count, 2) random spots, as many on each line as it is long."""
    length = shapely.length(lines)
    line = rng.choice(len(lines), count, p=length / length.sum())
    spots = shapely.line_interpolate_point(lines[line], rng.uniform(0, length[line]))
    return shapely.get_coordinates(spots)


@pytest.mark.parametrize("reach_m", [300.0, 500.0])
def test_ten_thousand_spots_on_streets_of_a_real_city(
    monaco: Extract, monaco_network: Network, reach_m: float
) -> None:
    parks = monaco.readings["parks"].places.to_crs(monaco_network.crs)
    town = Town.walked(monaco_network, parks[parks.area >= 2000].reset_index(drop=True))
    area = shapely.convex_hull(shapely.multipoints(monaco_network.xy))
    _, outline = town.served(area, reach_m)
    xy = spots_on(monaco_network.lines, 10_000, np.random.default_rng(5))
    within = town.metres(xy) <= reach_m
    shapely.prepare(outline)
    inside = shapely.contains(outline, shapely.points(xy))
    assert 2000 < within.sum() < 8000
    assert not inside[~within].any()
    assert inside[within].mean() >= 0.995
    beyond = street_parts(town.stretches, town.walks, reach_m, town.places)[1]
    assert shapely.intersection(shapely.multilinestrings(beyond), outline).length < 1e-3
    assert outline.is_valid


def test_both_parts_make_up_the_streets(monaco: Extract, monaco_network: Network) -> None:
    stops = monaco.readings["bus_stops"].places.to_crs(monaco_network.crs)
    town = Town.walked(monaco_network, stops.iloc[:20].reset_index(drop=True))
    reached, beyond = street_parts(town.stretches, town.walks, 250.0, town.places)
    both = shapely.length(reached).sum() + shapely.length(beyond).sum()
    assert both == pytest.approx(monaco_network.length_m.sum(), abs=0.01)
    assert 0.2 < shapely.length(reached).sum() / both < 0.8


def test_a_longer_reach_never_loses_land(monaco: Extract, monaco_network: Network) -> None:
    parks = monaco.readings["parks"].places.to_crs(monaco_network.crs)
    town = Town.walked(monaco_network, parks.reset_index(drop=True))
    area = shapely.convex_hull(shapely.multipoints(monaco_network.xy))
    near, far = town.served(area, 300)[1], town.served(area, 400)[1]
    assert shapely.difference(near, far).area < 2e-4 * near.area  # strips of other streets
    whole = gpd.GeoDataFrame(geometry=[area], crs=monaco_network.crs)
    share = land_share(whole, near)
    assert share.covered_m2 == pytest.approx(near.area)
    assert 0 < share.share < 1


def test_cells_lie_at_multiples_of_their_width_wherever_the_area_begins() -> None:
    grid = grid_over(shapely.box(13, 27, 38, 41), METRIC)
    assert (grid.x0, grid.y0, grid.held.shape) == (10, 50, (3, 3))
    assert shapely.contains_xy(shapely.box(13, 27, 38, 41), grid.xy).all()
    assert [15.0, 35.0] in grid.xy.tolist()


def test_a_cell_is_measured_inside_the_area() -> None:
    """Of an L of land only the cells it touches are held, each measured on land."""
    ell = shapely.from_wkt("POLYGON ((0 0, 2500 0, 2500 3, 3 3, 3 2500, 0 2500, 0 0))")
    grid = grid_over(ell, METRIC)
    assert grid.held.sum() == len(grid.xy) == 499
    assert shapely.intersects_xy(ell, *grid.xy.T).all()
    laid_out = grid.surface(np.arange(499.0))
    np.testing.assert_array_equal(laid_out.at(grid.xy), np.arange(499.0))


@pytest.mark.parametrize(
    ("area", "crs", "cell_m", "message"),
    [
        (shapely.box(0, 0, 1, 1), CRS(4326), 10, "in degrees"),
        (shapely.box(0, 0, 1, 1), CRS(3857), 10, "stretches"),
        (shapely.box(0, 0, 1, 1), METRIC, 0, "0 m wide"),
        (shapely.Polygon(), METRIC, 10, "area is empty"),
    ],
)
def test_what_cannot_be_measured_is_refused(
    area: shapely.Polygon, crs: CRS, cell_m: float, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        grid_over(area, crs, cell_m=cell_m)
