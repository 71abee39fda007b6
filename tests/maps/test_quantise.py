"""Places as integer steps: added up again, they are where they were."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from maps.page.quantise import Block, areas, lines, spots


def added_up(block: Block) -> list[tuple[int, int]]:
    """What the page's programme does."""
    steps = block["xy"].reshape(-1, 2)
    return [tuple(row) for row in np.cumsum(steps, axis=0).tolist()]


def test_points_add_up_to_micro_degrees() -> None:
    places = gpd.GeoSeries.from_xy([7.4, 7.5, 7.45], [43.7, 43.6, 43.75], crs=4326)
    expected = [(7_400_000, 43_700_000), (7_500_000, 43_600_000), (7_450_000, 43_750_000)]
    assert added_up(spots(places)) == expected


def test_metres_come_back_within_a_tenth() -> None:
    xy = np.array([[500_123.4, 3_900_567.8], [501_000.0, 3_901_000.0]])
    places = gpd.GeoSeries(shapely.points(xy), crs="EPSG:4548")
    degrees = np.asarray(added_up(spots(places))) / 1e6
    back = gpd.GeoSeries.from_xy(*degrees.T, crs=4326).to_crs("EPSG:4548")
    assert np.abs(shapely.get_coordinates(back) - xy).max() < 0.1


def test_pieces_of_a_line_keep_their_row() -> None:
    two = shapely.MultiLineString([[(0, 0), (1, 0)], [(0, 1), (1, 1), (2, 1)]])
    one = shapely.LineString([(5, 5), (6, 6)])
    block = lines(gpd.GeoSeries([two, one], crs=4326))
    assert (block["n"].tolist(), block["of"].tolist()) == ([2, 3, 2], [0, 0, 1])


def test_rings_turn_so_that_holes_stay_open_and_are_not_closed_twice() -> None:
    square = shapely.box(0, 0, 3, 3)
    donut = shapely.difference(square, shapely.box(1, 1, 2, 2))
    block = areas(gpd.GeoSeries([donut, shapely.Point(9, 9), square.reverse()], crs=4326))
    assert (block["n"].tolist(), block["of"].tolist()) == ([4, 4, 4], [0, 0, 2])
    corners = np.asarray(added_up(block)).reshape(3, 4, 2)
    turn = [shapely.LinearRing(ring).is_ccw for ring in corners]
    assert turn == [True, False, True]


@pytest.mark.parametrize("encode", [spots, lines, areas])
def test_nothing_gives_nothing(encode: object) -> None:
    block = encode(gpd.GeoSeries([], crs="EPSG:4548"))  # type: ignore[operator]
    assert block["xy"].tolist() == []
