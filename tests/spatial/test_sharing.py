"""People of cells, areas and points come into homes, and not one is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS
from shapely import Point, box

from layers import sample
from layers.schema import COLUMNS
from spatial.cells import PopulationCells
from spatial.errors import InputError
from spatial.sharing import Sharing, cut_people, shared

if TYPE_CHECKING:
    from collections.abc import Sequence

X, Y = sample.ORIGIN


def homes(*places: object, levels: Sequence[float] | None = None) -> gpd.GeoDataFrame:
    """Homes at (x, y) or with an outline, metres from the town's origin."""
    shapes = [place if hasattr(place, "geom_type") else Point(place) for place in places]
    layer = sample.homes([(0, 0)] * len(shapes))
    layer = layer.set_geometry([moved(shape) for shape in shapes], crs=sample.CRS)
    return layer if levels is None else layer.assign(levels=np.array(levels, float))


def moved(shape: Any) -> Any:
    return shapely.transform(shape, lambda xy: xy + sample.ORIGIN)


def counted(*shapes: Any, people: Sequence[float], crs: str = sample.CRS) -> gpd.GeoDataFrame:
    """Make a population layer of areas or points."""
    geometry = [moved(shape) for shape in shapes]
    return gpd.GeoDataFrame({"people": np.array(people, float)}, geometry=geometry, crs=crs)


def grid(people: object) -> PopulationCells:
    """Cells of 100 m, their south-west corner at the town's origin."""
    table = np.array(people, float)
    affine = (100.0, 0.0, X, 0.0, -100.0, Y + 100 * len(table))
    return PopulationCells(table, affine, CRS(sample.CRS))


def weights(sharing: Sharing) -> dict[str, float]:
    return dict(zip(sharing.homes["home"], sharing.homes["weight"].round(9), strict=True))


def refused(words: str, *args: Any, **options: Any) -> None:
    with pytest.raises(InputError, match=words) as caught:
        shared(*args, **options)
    assert "\n" not in str(caught.value)


# --- How people are split ------------------------------------------------------------------------

BLOCK = box(0, 0, 100, 100)


def block_of_three() -> gpd.GeoDataFrame:
    """100 m² with 6 floors, 300 m² with 1, 100 m² of which nobody knows the floors."""
    shapes = [box(0, 0, 10, 10), box(20, 0, 50, 10), box(60, 0, 70, 10)]
    return homes(*shapes, levels=[6, 1, np.nan])


@pytest.mark.parametrize(
    ("how", "people", "levels_assumed"),
    [
        ("floor_area", [600, 300, 100], 1),
        ("footprint", [200, 600, 200], 0),
        ("even", [1000 / 3, 1000 / 3, 1000 / 3], 0),
    ],
)
def test_by_size(how: Any, people: list[float], levels_assumed: int) -> None:
    sharing = shared(block_of_three(), counted(BLOCK, people=[1000]), how=how)
    np.testing.assert_allclose(sharing.homes["weight"], people, rtol=1e-12)
    assert sharing.levels_assumed == levels_assumed
    assert sharing.footprints_assumed == sharing.centres == 0
    assert sharing.given == 1000


def test_a_footprint_that_is_not_known_is_the_usual_one() -> None:
    """Footprints 100, 300 and 400 m²: the point counts as 300, so that 1,100 m² hold 1,100."""
    shapes = [box(0, 0, 10, 10), box(20, 0, 50, 10), box(60, 0, 80, 20), (90, 90)]
    sharing = shared(homes(*shapes), counted(BLOCK, people=[1100]), how="footprint")
    np.testing.assert_allclose(sharing.homes["weight"], [100, 300, 400, 300])
    assert sharing.footprints_assumed == 1


def test_points_alone_share_by_floors() -> None:
    sharing = shared(homes((10, 10), (20, 20), levels=[3, 1]), counted(BLOCK, people=[40]))
    assert sharing.homes["weight"].tolist() == [30, 10]
    assert sharing.footprints_assumed == 2


@pytest.mark.parametrize("levels", [0, -3, np.inf])
def test_impossible_floors_count_one(levels: float) -> None:
    sharing = shared(homes((10, 10), (20, 20), levels=[levels, 1]), counted(BLOCK, people=[40]))
    assert sharing.homes["weight"].tolist() == [20, 20]


def test_the_layer_given_is_not_changed() -> None:
    layer = block_of_three()
    before = layer.copy()
    shared(layer, counted(BLOCK, BLOCK.buffer(9) - BLOCK.buffer(5), people=[1, 7]))
    pd.testing.assert_frame_equal(layer, before)


# --- Cells ---------------------------------------------------------------------------------------


def test_cells() -> None:
    """Six cells: two homes share 30, one has 7, 5 stand alone; nodata and 0 have nobody."""
    people = [[30, np.nan, 5], [0, 7, 0]]
    town = homes((10, 110), (90, 190), (150, 50), (150, 150), (50, 50), (999, 999))
    sharing = shared(town, grid(people))
    assert weights(sharing) == {"1": 15, "2": 15, "3": 7, "4": 0, "5": 0, "6": 0, "cell:1,3": 5}
    assert sharing.source.tolist() == [0, 0, 4, -1, 3, -1, 2]
    assert sharing.homes.geometry.iloc[-1].equals_exact(moved(Point(250, 150)), 1e-6)
    assert (sharing.given, sharing.sources, sharing.centres) == (42, 3, 1)
    assert sharing.report(np.ones(7, bool)) == {
        "kind": "cell",
        "given": 42,
        "shared": 37,
        "at_centres": 5,
        "outside": 0,
        "sources": 3,
        "centres": 1,
        "homes_without_people": 3,
        "levels_assumed": 3,
        "footprints_assumed": 3,
        "overlaps": 0,
        "limit_m": None,
    }


def test_the_report_says_who_is_outside() -> None:
    sharing = shared(homes((10, 10), (110, 10)), grid([[1, 2, 4, 8]]))
    report = sharing.report(np.array([True, False, True, False]))
    people = {key: report[key] for key in ("given", "shared", "at_centres", "outside", "centres")}
    assert people == {"given": 15, "shared": 1, "at_centres": 4, "outside": 10, "centres": 1}


@pytest.mark.parametrize("kind", ["cell", "area", "point"])
def test_people_of_cells_cut_by_the_edge_of_the_study_area(kind: str) -> None:
    """The study area ends at 150 m: the second cell's 20 are all in the home at 110 m."""
    squares = [box(x, 0, x + 100, 100) for x in (0, 100, 200)]
    spots = squares if kind == "area" else [square.centroid for square in squares]
    people = [10.0, 20.0, 40.0]
    counts = grid([people]) if kind == "cell" else counted(*spots, people=people)
    sharing = shared(homes((10, 10), (110, 10), (210, 10)), counts)
    inside = np.array([True, True, False])
    cut = cut_people(sharing, counts, moved(box(-1, -1, 150, 101)), inside)
    assert cut == (0 if kind == "point" else 20)


def test_cells_keep_their_number_in_the_file() -> None:
    part = PopulationCells(np.array([[5.0]]), (100, 0, X, 0, -100, Y), CRS(sample.CRS), (40, 7))
    sharing = shared(homes((10, 10)), part)
    assert weights(sharing) == {"1": 0, "cell:41,8": 5}


def test_a_home_on_the_edge_of_two_cells_is_of_one() -> None:
    sharing = shared(homes((100, 50), (50, 100)), grid([[1, 2], [4, 8]]))
    assert weights(sharing) == {"1": 8, "2": 4, "cell:1,1": 1, "cell:1,2": 2}


@pytest.mark.parametrize("crs", ["EPSG:4326", "ESRI:54009", "EPSG:32650"])
def test_cells_in_a_crs_of_their_own(crs: str) -> None:
    """A home in each of four cells of another CRS, at its centre."""
    size = 0.001 if crs == "EPSG:4326" else 100.0
    west, north = gpd.GeoSeries([Point(X, Y)], crs=sample.CRS).to_crs(crs).iloc[0].coords[0]
    cells = PopulationCells(
        np.array([[1.0, 2], [3, 4]]), (size, 0, west, 0, -size, north), CRS(crs)
    )
    town = sample.homes([(0, 0)] * 4)
    centres = cells.centres(np.arange(4), CRS(sample.CRS))
    sharing = shared(town.set_geometry(shapely.points(centres), crs=sample.CRS), cells)
    assert sharing.homes["weight"].tolist() == [1, 2, 3, 4]
    assert sharing.centres == 0


@pytest.mark.parametrize("counts", [grid([[1, 0, 2]]), counted(box(0, 0, 9, 9), people=[3])])
def test_no_homes_at_all(counts: Any) -> None:
    """Who has no homes has those at the centres of cells or areas."""
    none = sample.homes([]).astype({"home": object, "name": object})
    sharing = shared(none, counts)
    assert sharing.homes["weight"].sum() == 3
    assert sharing.centres == len(sharing.homes)
    assert sharing.homes.crs == sample.CRS


def test_nobody_anywhere() -> None:
    sharing = shared(homes((10, 10)), grid([[0, np.nan]]))
    assert weights(sharing) == {"1": 0}
    assert (sharing.given, sharing.sources, sharing.centres) == (0, 0, 0)


def test_an_id_that_is_taken() -> None:
    town = homes((10, 10)).assign(home="cell:1,2")
    assert weights(shared(town, grid([[1, 2]]))) == {"cell:1,2": 1, "cell:1,2 (population)": 2}


# --- Areas ---------------------------------------------------------------------------------------

EAST, NORTH = box(100, 0, 200, 100), box(0, 100, 100, 200)


def test_areas() -> None:
    areas = counted(BLOCK, EAST, NORTH, people=[90, 20, 3])
    sharing = shared(homes((10, 10), (20, 20), (50, 150), (500, 500)), areas)
    assert weights(sharing) == {"1": 45, "2": 45, "3": 3, "4": 0, "area:2": 20}
    assert sharing.homes.geometry.iloc[-1] == moved(Point(150, 50))
    assert sharing.source.tolist() == [0, 0, 2, -1, 1]


def test_an_area_is_entered_where_the_home_has_its_point() -> None:
    """A long home mostly in the east."""
    sharing = shared(homes(box(90, 0, 200, 10)), counted(BLOCK, EAST, people=[90, 20]))
    assert weights(sharing) == {"1": 20, "area:1": 90}


def test_the_centre_of_a_bent_area_lies_in_it() -> None:
    ell = box(0, 0, 300, 300).difference(box(20, 20, 300, 300))
    sharing = shared(homes((250, 250)), counted(ell, people=[8]))
    assert moved(ell).covers(sharing.homes.geometry.iloc[-1])


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 2, 0]])
def test_on_the_border_the_western_then_the_southern_area_counts(order: list[int]) -> None:
    areas = counted(BLOCK, EAST, NORTH, people=[1, 2, 4]).iloc[order].reset_index(drop=True)
    sharing = shared(homes((100, 50), (100, 100), (50, 100)), areas)
    np.testing.assert_allclose(sharing.homes["weight"][:3], [1 / 3, 1 / 3, 1 / 3])
    assert sharing.centres == 2


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
def test_west_goes_before_south(order: list[int]) -> None:
    areas = counted(EAST, NORTH, people=[2, 4]).iloc[order].reset_index(drop=True)
    assert shared(homes((100, 100)), areas).homes["weight"].iloc[0] == 4


def test_areas_of_another_crs() -> None:
    areas = counted(BLOCK, EAST, people=[90, 20]).to_crs(4326)
    assert weights(shared(homes((10, 10)), areas)) == {"1": 90, "area:2": 20}


def test_a_little_overlap_is_counted() -> None:
    areas = counted(BLOCK, box(95, 0, 200, 100), people=[1, 2])
    sharing = shared(homes((97, 50), (150, 50)), areas)
    assert sharing.overlaps == 1
    assert weights(sharing) == {"1": 1, "2": 2}


def test_areas_that_only_touch_do_not_overlap() -> None:
    assert shared(homes((9, 9)), counted(BLOCK, EAST, NORTH, people=[1, 2, 3])).overlaps == 0


def test_areas_within_areas_would_count_twice() -> None:
    areas = counted(EAST, BLOCK, box(0, 0, 300, 300), people=[1, 2, 3])
    words = r"population, row [12]: overlaps row 3 by 100% of the smaller .*; give areas side by"
    refused(words, homes((9, 9)), areas)


def test_no_areas_at_all() -> None:
    sharing = shared(homes((9, 9)), counted(BLOCK, people=[1]).iloc[:0])
    assert weights(sharing) == {"1": 0}
    assert sharing.given == 0


# --- Points --------------------------------------------------------------------------------------


def test_points() -> None:
    """Points 100 m apart, so the limit is 100 m: home 4 is too far off; point 3 has no home."""
    points = counted(Point(0, 0), Point(100, 0), Point(0, 100), people=[6, 10, 5])
    sharing = shared(homes((10, 10), (20, 0), (90, 0), (350, 0)), points)
    assert weights(sharing) == {"1": 3, "2": 3, "3": 10, "4": 0, "point:3": 5}
    assert sharing.homes.geometry.iloc[-1] == moved(Point(0, 100))
    assert sharing.limit_m == pytest.approx(100)


def test_a_limit_may_be_said() -> None:
    points = counted(Point(0, 0), Point(100, 0), people=[6, 10])
    sharing = shared(homes((100, 250)), points, limit_m=250)
    assert weights(sharing) == {"1": 10, "point:1": 6}
    sharing = shared(homes((100, 250)), points, limit_m=249)
    assert weights(sharing) == {"1": 0, "point:1": 6, "point:2": 10}


def test_one_point_has_all_homes() -> None:
    sharing = shared(homes((0, 0), (9000, 0)), counted(Point(0, 0), people=[6]))
    assert weights(sharing) == {"1": 3, "2": 3}
    assert sharing.limit_m is None


def test_points_at_one_spot_count_as_one() -> None:
    points = counted(Point(0, 0), Point(0, 0), Point(100, 0), people=[6, 7, 10])
    assert weights(shared(homes((10, 0)), points)) == {"1": 13, "point:3": 10}


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 0, 2]])
def test_as_near_to_two_points_the_western_then_the_southern_counts(order: list[int]) -> None:
    spots = [Point(0, 0), Point(100, 0), Point(0, 100)]
    points = counted(*spots, people=[1, 2, 4]).iloc[order].reset_index(drop=True)
    sharing = shared(homes((50, 50), (50, 0), (0, 50)), points)
    np.testing.assert_allclose(sharing.homes["weight"][:3], [1 / 3, 1 / 3, 1 / 3])


# --- What is refused -----------------------------------------------------------------------------


def test_counts_that_are_none() -> None:
    for people in (-1.0, np.nan, np.inf):
        words = f"population, row 2: {people:g} is no number of people; take it out"
        refused(words, homes((9, 9)), counted(BLOCK, EAST, people=[1, people]))
    refused("-1 is no number of people", homes((9, 9)), grid([[-1]]))
    refused("inf is no number of people", homes((9, 9)), grid([[np.inf]]))


def test_points_and_areas_together() -> None:
    counts = counted(BLOCK, Point(0, 0), people=[1, 2])
    refused("population: mixes points and areas; give either", homes((9, 9)), counts)


def test_degrees_are_no_metres() -> None:
    refused("is in degrees", homes((9, 9)).to_crs(4326), counted(BLOCK, people=[1]))


# --- Laws ----------------------------------------------------------------------------------------

SPOT = st.tuples(st.integers(0, 60), st.integers(0, 60))  # times 10 m: often on an edge
PEOPLE = st.one_of(st.just(0.0), st.floats(1e-3, 1e6))


@st.composite
def towns(draw: st.DrawFn) -> tuple[gpd.GeoDataFrame, Any]:
    """Draw homes of any size, and 6 x 6 cells, areas or points of people."""
    spots = draw(st.lists(SPOT, min_size=1, max_size=15))
    sides = draw(st.lists(st.integers(0, 9), min_size=len(spots), max_size=len(spots)))
    corners = [(10.0 * x, 10.0 * y) for x, y in spots]
    shapes = [
        box(x - side, y - side, x + side, y + side) if side else Point(x, y)
        for (x, y), side in zip(corners, sides, strict=True)
    ]
    levels = draw(
        st.lists(st.sampled_from([np.nan, 1, 2.5, 33]), min_size=len(spots), max_size=len(spots))
    )
    people = np.reshape(draw(st.lists(PEOPLE, min_size=36, max_size=36)), (6, 6))
    kind = draw(st.sampled_from(["cell", "area", "point"]))
    if kind == "cell":
        return homes(*shapes, levels=levels), grid(people)
    squares = [box(x, y, x + 100, y + 100) for y in range(0, 600, 100) for x in range(0, 600, 100)]
    spots = squares if kind == "area" else [square.centroid for square in squares]
    return homes(*shapes, levels=levels), counted(*spots, people=people.ravel().tolist())


@given(town=towns(), how=st.sampled_from(["floor_area", "footprint", "even"]))
@settings(max_examples=60, deadline=None)
def test_nobody_is_lost(town: tuple[gpd.GeoDataFrame, Any], how: Any) -> None:
    layer, counts = town
    sharing = shared(layer, counts, how=how)
    cells = isinstance(counts, PopulationCells)
    people = counts.people.ravel() if cells else counts["people"].to_numpy()
    weight = sharing.homes["weight"].to_numpy()
    assert weight.sum() == pytest.approx(people.sum(), rel=1e-9)
    assert (weight >= 0).all()
    some = sharing.source >= 0
    each = np.bincount(sharing.source[some], weights=weight[some], minlength=36)
    np.testing.assert_allclose(each, people, rtol=1e-9)
    assert sharing.homes["home"].is_unique
    assert tuple(sharing.homes.columns) == (*COLUMNS["homes"], "geometry")
    assert sharing.homes.crs == layer.crs
    report = sharing.report(np.arange(len(weight)) % 2 == 0)
    parts = [report[key] for key in ("shared", "at_centres", "outside")]
    assert sum(parts) == pytest.approx(report["given"], rel=1e-9)


@given(town=towns(), seed=st.integers(0, 999))
@settings(max_examples=40, deadline=None)
def test_the_order_of_rows_changes_nothing(town: tuple[gpd.GeoDataFrame, Any], seed: int) -> None:
    layer, counts = town
    shuffle = np.random.default_rng(seed).permutation
    mixed = layer.iloc[shuffle(len(layer))].reset_index(drop=True)
    others = counts
    if not isinstance(counts, PopulationCells):
        others = counts.iloc[shuffle(len(counts))].reset_index(drop=True)
    before, after = shared(layer, counts), shared(mixed, others)
    ids = layer["home"]
    one, two = (sharing.homes.set_index("home")["weight"] for sharing in (before, after))
    np.testing.assert_allclose(one[ids], two[ids], rtol=1e-12)
    assert before.centres == after.centres
