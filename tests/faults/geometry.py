"""Shapes as they are drawn: crossed, empty, curved, doubled, torn, or in the wrong place."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from layers import sample
from tests.faults.town import Fault, change_layer, change_plan, places

Shape = BaseGeometry
STREETS, PARKS, HOMES = "streets.gpkg", "parks.geojson", "homes.csv"
ZONES, WATER, WALLS, GATES = "zones.gpkg", "water.geojson", "walls.geojson", "gates.geojson"
EDGE = "boundary.geojson"
AT = np.asarray(sample.ORIGIN)


def here(shape: Shape) -> Shape:
    """A shape given in metres from the town's origin, in the town's CRS."""
    return shapely.transform(shape, lambda xy: xy + AT)


def more(file: str, *shapes: Shape | None, name: str = "新") -> Callable[[Path], None]:
    """Add records to a layer."""

    def add(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        moved = [None if shape is None else here(shape) for shape in shapes]
        names = [f"{name}{row + 1}" for row in range(len(moved))]
        fresh = gpd.GeoDataFrame({"name": names}, geometry=moved, crs=sample.CRS).to_crs(layer.crs)
        known = [column for column in fresh.columns if column in layer.columns]
        return pd.concat([layer, fresh[known]], ignore_index=True)

    return lambda folder: change_layer(folder / file, add)


def turned(file: str, turn: Callable[[Any], Any], rows: Sequence[int] | None = None) -> Any:
    """Change the shapes of some records, or of all."""

    def change(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        shapes = layer.geometry.to_numpy().copy()
        for row in range(len(shapes)) if rows is None else rows:
            shapes[row] = turn(shapes[row])
        return layer.set_geometry(gpd.GeoSeries(shapes, crs=layer.crs))

    return lambda folder: change_layer(folder / file, change)


def drawn(file: str, shapes: Sequence[Shape], names: Sequence[str] | None = None) -> Any:
    """Another layer instead."""

    def write(folder: Path) -> None:
        crs = gpd.read_file(folder / file).crs
        (folder / file).unlink()
        told = list(names or [f"{row + 1}" for row in range(len(shapes))])
        places(list(shapes), told, crs).to_file(folder / file)

    return write


def text(file: str, change: Callable[[dict[str, Any]], Any]) -> Callable[[Path], None]:
    """Change GeoJSON as text, as no library would write it."""

    def write(folder: Path) -> None:
        content = json.loads((folder / file).read_text(encoding="utf-8"))
        change(content["features"])
        (folder / file).write_text(json.dumps(content), encoding="utf-8")

    return write


def of_areas(shapes: Sequence[Shape]) -> Callable[[Path], None]:
    """Homes as areas instead of points, with their people."""

    def write(folder: Path) -> None:
        (folder / HOMES).unlink()
        layer = places(list(shapes), [f"{row}" for row in range(len(shapes))])
        layer.assign(人口=10).to_file(folder / "homes.gpkg")
        change_plan(folder, f'"{HOMES}"', '"homes.gpkg"')

    return write


def with_blocks(folder: Path) -> None:
    """Homes as twenty areas."""
    of_areas(OUTLINES)(folder)


def doubled(shape: Any) -> Any:
    """Every vertex twice."""
    return type(shape)(np.repeat(shapely.get_coordinates(shape), 2, axis=0))


def bow(x: float, y: float, size: float = 40) -> Shape:
    """A bow tie: two triangles of a quarter of the square each."""
    return shapely.Polygon([(x, y), (x + size, y + size), (x + size, y), (x, y + size)])


def endless(x: float) -> Shape:
    """A line to nowhere, of which shapely warns."""
    with np.errstate(invalid="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return shapely.LineString([(x, 0), (1, 1)])


def one_home_lost(folder: Path) -> None:
    with_blocks(folder)
    more("homes.gpkg", None)(folder)


def nan_in(features: Any) -> None:
    features[1]["geometry"]["coordinates"][0][1] = [float("nan"), 35.2]


def collected(features: Any) -> None:
    for one in features:
        one["geometry"] = {"type": "GeometryCollection", "geometries": [one["geometry"]]}


def far_corner(features: Any) -> None:
    features[1]["geometry"]["coordinates"][0][2][0] /= 1000


def unclosed(features: Any) -> None:
    features[1]["geometry"]["coordinates"][0].pop()


LINE, BOX, POINT = shapely.LineString, shapely.box, shapely.Point
OUTLINES = [
    BOX(x + 10, y + 8, x + 40, y + 30) for x in range(0, 500, 100) for y in range(0, 400, 100)
]
STREET = LINE([(600, 400), (700, 400)])


def dropped(layer: str, reason: str, count: int = 1, **expected: Any) -> dict[str, Any]:
    return {"counted": {layer: {reason: count}}, "same": True} | expected


def mended(layer: str, reason: str, count: int = 1, **expected: Any) -> dict[str, Any]:
    return {"counted": {layer: {reason: count}}, "same": False} | expected


FAULTS: list[Fault] = [
    # Nothing changes.
    Fault("streets with heights", turned(STREETS, lambda line: shapely.force_3d(line, 5))),
    Fault("parks with heights", turned(PARKS, lambda area: shapely.force_3d(area, 5))),
    Fault(
        "streets of one part each", turned(STREETS, lambda line: shapely.MultiLineString([line]))
    ),
    Fault("parks of one part each", turned(PARKS, lambda area: shapely.MultiPolygon([area]))),
    Fault("gates of one part each", turned(GATES, lambda spot: shapely.MultiPoint([spot]))),
    Fault("streets the other way round", turned(STREETS, shapely.reverse)),
    Fault("parks the other way round", turned(PARKS, shapely.reverse)),
    Fault(
        "streets cut at every 30 m",
        turned(STREETS, lambda line: shapely.segmentize(line, 30)),
        same=False,
        used={"streets": 12},
    ),
    Fault("parks as collections of one", text(PARKS, collected)),
    Fault("zones drawn as lines around", turned(ZONES, lambda area: LINE(area.exterior.coords))),
    Fault(
        "a boundary of two halves", drawn(EDGE, [BOX(-50, -50, 300, 450), BOX(300, -50, 650, 450)])
    ),
    # Left out and counted, the same town.
    Fault("a street without a shape", more(STREETS, None), **dropped("streets", "no geometry")),
    Fault("a street that is empty", more(STREETS, LINE()), **dropped("streets", "no geometry")),
    Fault(
        "a street without length",
        more(STREETS, LINE([(50, 50), (50, 50)])),
        **dropped("streets", "line without length"),
    ),
    Fault(
        "a street that is a point",
        more(STREETS, POINT(50, 50)),
        **dropped("streets", "points where lines are needed"),
    ),
    Fault(
        "a street that is an area",
        more(STREETS, BOX(20, 20, 40, 40)),
        **dropped("streets", "polygons where lines are needed"),
    ),
    Fault("a street twice", more(STREETS, LINE([(0, 0), (0, 400)]), name="1号路"), same=False),
    Fault("a park without a shape", more(PARKS, None), **dropped("parks", "no geometry")),
    Fault(
        "a park that is a point",
        more(PARKS, POINT(550, 350)),
        **dropped("parks", "points where polygons are needed"),
    ),
    Fault(
        "a park that has no width",
        more(PARKS, shapely.Polygon([(0, 0), (50, 0), (0, 0)])),
        **dropped("parks", ""),
    ),
    Fault(
        "a stop that is an area",
        more(GATES, BOX(0, 0, 9, 9)),
        **dropped("park_gates", "polygons where points are needed"),
    ),
    Fault("a wall without a shape", more(WALLS, None), **dropped("barriers", "no geometry")),
    Fault("water without a shape", more(WATER, None), **dropped("water", "no geometry")),
    Fault("a zone without a shape", more(ZONES, None), **dropped("zones", "no geometry")),
    Fault("a place in a park that is not a number", text(PARKS, nan_in), same=False),
    Fault(
        "no number of a street",
        more(STREETS, endless(np.nan)),
        **dropped("streets", "not finite"),
    ),
    Fault(
        "an endless street",
        more(STREETS, endless(np.inf)),
        **dropped("streets", "not finite"),
    ),
    Fault(
        "a street of 1e300 metres",
        more(STREETS, LINE([(0, 0), (1e300, 1)])),
        counted={"streets": {"": 1}},
        same=True,
    ),
    Fault(
        "a home without a shape among areas",
        one_home_lost,
        counted={"homes": {"no geometry": 1}},
        same=False,
        used={"homes": 20},
    ),
    Fault(
        "a park no larger than a grain",
        more(PARKS, BOX(600, 400, 600.01, 400.01)),
        **dropped("parks", "smaller than 1 m² (first: feature 3)"),
    ),
    Fault(
        "a park with a corner at the wrong end of the world",
        text(PARKS, far_corner),
        counted={"parks": {"a corner lies far from the others (first: feature 2)": 1}},
        same=False,
        used={"parks": 1},
    ),
    Fault(
        "streets as exports of OpenStreetMap class them",
        lambda folder: change_layer(
            folder / STREETS,
            lambda layer: layer.assign(fclass=["residential"] * 11 + ["motorway"]),
        ),
        counted={"streets": {"motorway, trunk or motor road": 1}},
        used={"streets": 11},
    ),
    Fault(
        "streets classed in words of their own",
        lambda folder: change_layer(
            folder / STREETS, lambda layer: layer.assign(highway=["支路"] * 12)
        ),
    ),
    # Mended and counted.
    Fault(
        "a park that crosses itself",
        drawn(PARKS, [BOX(510, 110, 590, 190), bow(310, 310)]),
        **mended("parks", "invalid polygon repaired"),
    ),
    Fault(
        "a zone that crosses itself",
        more(ZONES, bow(600, 400)),
        **mended("zones", "invalid polygon repaired"),
    ),
    Fault("a ring that is not closed", text(PARKS, unclosed), same=True),
    Fault("vertices twice", turned(STREETS, doubled), counted={"streets": {"": 12}}, same=True),
    Fault(
        "a street that misses by 20 cm",
        more(STREETS, LINE([(600.2, 400), (700, 400)])),
        **mended("streets", "end joined to the end"),
    ),
    Fault(
        "a street that misses a street by 30 cm",
        more(STREETS, LINE([(600.3, 350), (700, 350)])),
        **mended("streets", "end joined to the middle"),
    ),
    Fault(
        "a street that misses by 60 cm",
        more(STREETS, LINE([(600.6, 350), (700, 350)])),
        counted={"streets": {"joined": 0}},
        same=False,
    ),
    Fault(
        "a street that misses by 3 m, tolerance 5 m",
        lambda folder: (
            more(STREETS, LINE([(603, 350), (700, 350)]))(folder),
            change_plan(
                folder, f'streets = "{STREETS}"', f'streets = {{path="{STREETS}", tolerance_m=5}}'
            ),
        ),
        **mended("streets", "end joined to the middle"),
    ),
    Fault(
        "a loop",
        more(STREETS, LINE([(600, 400), (650, 450), (700, 400), (600, 400)])),
        counted={"streets": {"": 0}},
        same=False,
        used={"streets": 13},
    ),
    Fault(
        "a parallel street",
        more(STREETS, LINE([(600, 400), (650, 430), (600, 300)])),
        counted={"streets": {"": 0}},
        same=False,
        used={"streets": 13},
    ),
    Fault(
        "streets and more in one collection",
        more(STREETS, shapely.GeometryCollection([STREET, POINT(0, 0)])),
        **mended("streets", "", used={"streets": 13}),
    ),
    Fault(
        "a street of two parts",
        more(
            STREETS, shapely.MultiLineString([[(600, 400), (700, 400)], [(600, 300), (700, 300)]])
        ),
        counted={"streets": {"": 0}},
        same=False,
    ),
    # Refused.
    Fault(
        "streets that are all areas",
        turned(STREETS, lambda line: line.buffer(2)),
        error=("streets.gpkg, streets", "holds only polygons, but streets must be lines"),
    ),
    Fault(
        "parks that are all points",
        turned(PARKS, lambda area: area.centroid),
        error=("parks.geojson, parks", "holds only points, but parks must be"),
    ),
    Fault(
        "a boundary that is a point",
        drawn(EDGE, [POINT(0, 0)]),
        error=("boundary.geojson, boundary", "polygons"),
    ),
    Fault(
        "zones that are points",
        turned(ZONES, lambda area: area.centroid),
        error=("zones.gpkg, zones", "polygons"),
    ),
    Fault(
        "no street at all",
        lambda folder: change_layer(folder / STREETS, lambda layer: layer[:0]),
        error=("streets.gpkg, streets",),
    ),
    Fault(
        "streets all without shapes",
        turned(STREETS, lambda _: None),
        error=("streets.gpkg, streets",),
    ),
    Fault(
        "homes all without shapes",
        lambda folder: (with_blocks(folder), turned("homes.gpkg", lambda _: None)(folder)),
        error=("homes.gpkg, homes",),
    ),
]
