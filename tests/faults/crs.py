"""Faults of coordinates: zones, datums of the past, axes, units, lost digits, layers elsewhere."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer

from tests.faults import gtfs, raster
from tests.faults.town import Fault, change_plan
from tests.faults.vector import kml

Change = Callable[[NDArray[np.float64]], Any]
Spoil = Callable[[Path], None]

XIAN_80 = 6_378_140.0, 298.257


# --- Layers in another CRS, or moved --------------------------------------------------------------


def same(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    return xy


def vector(
    old: str,
    code: object = 4326,
    change: Change = same,
    said: object = "",
    suffix: str = "",
) -> Spoil:
    """Save a layer in a CRS, its coordinates changed; the file says `said`, by default the same."""

    def spoil(folder: Path) -> None:
        layer = gpd.read_file(folder / old).to_crs(code)
        layer.geometry = [shapely.transform(shape, change) for shape in layer.geometry]
        layer = layer.set_crs(code if said == "" else said, allow_override=True)
        (folder / old).unlink()
        new = str(Path(old).with_suffix(suffix or ".gpkg"))
        write(layer, folder / new)
        if new != old:
            change_plan(folder, f'"{old}"', f'"{new}"')

    return spoil


def write(layer: gpd.GeoDataFrame, path: Path, **how: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # that nothing is said of the CRS
        layer.to_file(path, **how)


def plus(east: float, north: float = 0.0) -> Change:
    return lambda xy: np.add(xy, (east, north))


def times(factor: float) -> Change:
    return lambda xy: xy * factor


def swapped(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    return xy[:, ::-1]


def swapped_after(change: Change) -> Change:
    return lambda xy: change(xy)[:, ::-1]


def table(
    code: object = 4326, change: Change = same, entry: str = "", heads: str = "经度 纬度"
) -> Spoil:
    """Write the homes in a CRS, their coordinates changed, under some headings, and an entry."""

    def spoil(folder: Path) -> None:
        homes = pd.read_csv(folder / "homes.csv")
        turn = Transformer.from_crs(4326, code, always_xy=True)
        xy = np.column_stack(turn.transform(homes.pop("经度"), homes.pop("纬度")))
        x, y = heads.split()
        homes[x], homes[y] = np.asarray(change(xy)).T
        homes.to_csv(folder / "homes.csv", index=False)
        if entry:
            say(folder, "homes.csv", entry)

    return spoil


def row(number: int, x: object, y: object) -> Spoil:
    """Write other coordinates into a row of the homes."""

    def spoil(folder: Path) -> None:
        homes = pd.read_csv(folder / "homes.csv", dtype=object)
        homes.loc[number - 2, ["经度", "纬度"]] = [x, y]
        homes.to_csv(folder / "homes.csv", index=False)

    return spoil


def say(folder: Path, file: str, entry: str) -> None:
    """Add options to the entry of a file."""
    change_plan(folder, f'"{file}"', f'{{ path = "{file}", {entry} }}')


def then(*spoils: Spoil) -> Spoil:
    def spoil(folder: Path) -> None:
        for one in spoils:
            one(folder)

    return spoil


def saying(file: str, entry: str) -> Spoil:
    return lambda folder: say(folder, file, entry)


def prj(text: str) -> Spoil:
    """Save the parks as a Shapefile with another .prj."""

    def spoil(folder: Path) -> None:
        vector("parks.geojson", 4548, suffix=".shp")(folder)
        (folder / "parks.prj").write_text(text, encoding="utf-8")

    return spoil


def old_datum(name: str, radius: float, flattening: float, shift: str = "") -> str:
    return (
        f'PROJCS["{name}",GEOGCS["GCS",DATUM["D_{name}",SPHEROID["S",{radius},{flattening}]{shift}],'
        'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],'
        'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],'
        'PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",1.0],'
        'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
    )


def _moved_stops(folder: Path, degrees: float) -> None:
    stops = pd.read_csv(folder / "stops.csv")
    stops["经度"] -= degrees
    stops.to_csv(folder / "stops.csv", index=False)


def _parks_as_kml(folder: Path) -> None:
    kml(folder, "parks", PARKS)


def _two_zones(folder: Path) -> None:
    layer = gpd.read_file(folder / STREETS).to_crs(4527)
    half = len(layer) // 2
    layer.loc[layer.index < half, "geometry"] = layer.geometry[:half].translate(-700_000)
    (folder / STREETS).unlink()
    layer.to_file(folder / STREETS)


def drawing(code: int, change: Change = same) -> Spoil:
    """Save the streets as a drawing, which has no CRS."""

    def spoil(folder: Path) -> None:
        layer = gpd.read_file(folder / STREETS).to_crs(code)[["geometry"]]
        layer.geometry = [shapely.transform(shape, change) for shape in layer.geometry]
        write(layer.set_crs(None, allow_override=True), folder / "streets.dxf", driver="DXF")
        change_plan(folder, STREETS, "streets.dxf")

    return spoil


PARKS, STREETS = "parks.geojson", "streets.gpkg"
ESRI_4548 = CRS(4548).to_wkt("WKT1_ESRI")
GCJ = CRS(4326).to_wkt("WKT1_ESRI").replace("WGS_1984", "GCJ_02")
OWN_MERIDIAN = "+proj=tmerc +lon_0=116.5 +x_0=500000 +ellps=GRS80 +units=m"
CITY = ("seven parameters", "CGCS2000")

FAULTS = [
    # the same town in other CRS, read as it is said
    Fault("streets with zone", vector(STREETS, 4527)),
    Fault("streets in a six-degree zone", vector(STREETS, 4498)),
    Fault("streets in UTM", vector(STREETS, 32650)),
    Fault("streets in Web Mercator", vector(STREETS, 3857)),
    Fault("streets in Esri's Web Mercator", vector(STREETS, "ESRI:102100")),
    Fault("parks with heights in their CRS", vector(PARKS, "EPSG:4490+5737")),
    Fault("parks in degrees and heights", vector(PARKS, 4979)),
    Fault(
        "a zone as people write it", table(4527, entry='crs = "国家2000 3度带39带"', heads="X Y")
    ),
    Fault("a code in small letters", table(4548, entry='crs = "epsg:4548"', heads="X Y")),
    Fault("a code alone", table(4548, entry='crs = "4548"', heads="X Y")),
    Fault(
        "a CRS by its name",
        table(4548, entry='crs = "CGCS2000 / 3-degree Gauss-Kruger CM 117E"', heads="X Y"),
    ),
    Fault(
        "a CRS by Esri's name",
        table(4548, entry='crs = "CGCS2000_3_Degree_GK_CM_117E"', heads="X Y"),
    ),
    Fault("a CRS by half its name", table(4490, entry='crs = "国家2000"', heads="X Y")),
    # zones
    Fault(
        "eastings with zone, a CRS without",
        vector(STREETS, 4527, said=4548),
        error=("streets", "begin with zone 39, unlike its CRS EPSG:4548", '"EPSG:4527"'),
    ),
    Fault(
        "eastings with zone, a CRS in six degrees without",
        vector(STREETS, 4498, said=4509),
        error=("streets", "begin with zone 20", '"EPSG:4498"'),
    ),
    Fault(
        "eastings without zone, a CRS with",
        vector(STREETS, 4548, said=4527),
        error=("streets", "lack the number of the zone", "EPSG:4527", '"EPSG:4548"'),
    ),
    Fault(
        "eastings with another zone than the CRS",
        vector(STREETS, 4527, said=4528),
        error=("streets", "begin with zone 39, unlike its CRS EPSG:4528", '"EPSG:4527"'),
    ),
    Fault(
        "eastings with zone, in UTM",
        vector(STREETS, 4527, said=32650),
        error=("begin with zone 39, unlike its CRS EPSG:32650", '"EPSG:4527"'),
    ),
    Fault(
        "eastings with zone, and nothing said",
        vector(STREETS, 4527, said=None),
        error=("streets", "has no CRS", 'say crs = "EPSG:4527", which brings'),
    ),
    Fault(
        "a table with zone, and nothing said",
        table(4527, heads="X Y"),
        error=("homes", "has no CRS", 'say crs = "EPSG:4527"'),
    ),
    Fault(
        "a table with zone under degrees",
        table(4527),
        error=("homes", "are no degrees", 'say crs = "EPSG:4527"'),
    ),
    Fault(
        "a surveyor's table with zone",
        table(4527, swapped, 'crs = "EPSG:4527"', "X Y"),
        error=("homes", "'X' seems to point north", "x = 'Y', y = 'X'"),
    ),
    Fault(
        "a surveyor's table with zone, a CRS without",
        table(4527, swapped, 'crs = "EPSG:4548"', "X Y"),
        error=("homes", "begin with zone 39", '"EPSG:4527"', "x = 'Y', y = 'X'"),
    ),
    # datums of the past
    Fault("Xian 1980", vector(PARKS, 4548, said=2384), error=("parks", "Xian 1980", *CITY)),
    Fault("Xian 1980 in degrees", vector(PARKS, said=4610), error=("parks", "Xian 1980", *CITY)),
    Fault("Beijing 1954", vector(PARKS, 4548, said=2436), error=("Beijing 1954", *CITY)),
    Fault("Beijing 1954 in degrees", vector(PARKS, said=4214), error=("Beijing 1954", *CITY)),
    Fault("Beijing 1954, zone 20", vector(PARKS, 4498, said=21420), error=("Beijing 1954", *CITY)),
    Fault("New Beijing", vector(PARKS, said=4555), error=("New Beijing", *CITY)),
    Fault(
        "a .prj of Xian 1980 without code",
        prj(old_datum("Xian_1980_Jining", *XIAN_80)),
        error=("parks.shp", "Xian_1980", *CITY),
    ),
    Fault(
        "a .prj of Xian 1980 with zeros for parameters",
        prj(old_datum("Xian_1980", *XIAN_80, ",TOWGS84[0,0,0,0,0,0,0]")),
        error=("parks.shp", *CITY),
    ),
    Fault(
        "a .prj of Krassovsky's ellipsoid",
        prj(old_datum("Krasovsky_1940", 6378245.0, 298.3)),
        error=("parks.shp", *CITY),
    ),
    Fault(
        "a .prj of an unknown datum",
        prj(old_datum("Unknown", 6378388.0, 297.0)),
        error=("parks.shp", "does not say how its datum lies", "EPSG"),
    ),
    Fault(
        "a table said to be Xian 1980",
        table(4548, entry='crs = "西安80"', heads="X Y"),
        error=("homes", "西安80", *CITY),
    ),
    Fault(
        "a table said to be Beijing 1954",
        table(4548, entry='crs = "EPSG:2436"', heads="X Y"),
        error=("homes", "Beijing 1954", *CITY),
    ),
    Fault(
        "a datum said for a CRS",
        table(entry='crs = "GCJ02"'),
        error=("homes", "'GCJ02' is a shift", 'datum = "gcj02"'),
    ),
    # axes
    Fault(
        "degrees with the latitude first",
        vector(PARKS, change=swapped, suffix=".geojson"),
        error=("parks", "longitude and latitude are swapped", "Swap X and Y coordinates"),
    ),
    Fault(
        "metres with the northing first",
        vector(STREETS, 4548, swapped),
        error=("streets", "x seems to point north", "Swap X and Y coordinates"),
    ),
    Fault(
        "a table of metres with the northing first",
        table(4548, swapped, 'crs = "EPSG:4548"', "X Y"),
        error=("'X' seems to point north", "x = 'Y', y = 'X'"),
    ),
    Fault(
        "a table of degrees with the latitude first",
        table(4326, swapped),
        error=("homes", "swapped", "swap the headings '经度' and '纬度'"),
    ),
    # units
    Fault(
        "degrees said to be metres",
        vector(PARKS, said=4548),
        error=("parks", "are degrees, but its CRS EPSG:4548 is in metres", '"EPSG:4326"'),
    ),
    Fault(
        "degrees said to be Web Mercator",
        vector(PARKS, said=3857),
        error=("parks", "are degrees, but its CRS EPSG:3857 is in metres", '"EPSG:4326"'),
    ),
    Fault(
        "metres said to be degrees",
        vector(PARKS, 4548, said=4490),
        error=("parks", "are no degrees, but its CRS is EPSG:4490", "say crs"),
    ),
    Fault(
        "Web Mercator said to be degrees",
        vector(PARKS, 3857, said=4326),
        error=("are no degrees", 'say crs = "EPSG:3857"'),
    ),
    Fault(
        "Web Mercator said to be Gauss-Krueger",
        vector(PARKS, 3857, said=4548),
        error=("lie far from where its CRS EPSG:4548 is used", 'say crs = "EPSG:3857"'),
    ),
    Fault(
        "kilometres",
        vector(STREETS, 4548, times(1e-3)),
        error=("lie far from where its CRS EPSG:4548 is used", "write them in metres"),
    ),
    Fault(
        "millimetres",
        vector(STREETS, 4548, times(1e3)),
        error=("streets", "write them in metres"),
    ),
    Fault(
        "millionths of degrees",
        table(4326, lambda xy: (xy * 1e6).round()),
        error=("homes", "are no degrees", "divide them by 1,000,000"),
    ),
    Fault(
        "seconds of degrees",
        table(4326, times(3600)),
        error=("homes", "are no degrees", "divide them by 3,600"),
    ),
    Fault(
        "a city's own grid",
        vector(PARKS, 4548, plus(-495_000, -3_888_000), None),
        error=("parks", "has no CRS", "a city's own grid", "CGCS2000"),
    ),
    Fault(
        "a city's own grid with a .prj of its own",
        prj('LOCAL_CS["Jining",UNIT["metre",1]]'),
        error=("parks", "does not say where on Earth"),
    ),
    Fault(
        "metres from the middle of the Earth", prj(CRS(4978).to_wkt("WKT1_GDAL")), error=("CRS",)
    ),
    # layers that lie elsewhere than the others
    Fault(
        "parks in another zone than they say",
        vector(PARKS, 4548, said=4549),
        error=("parks", "km from the study area as EPSG:4549", "EPSG:4548"),
    ),
    Fault(
        "streets in another zone than they say",
        vector(STREETS, 4548, said=4547),
        error=("streets", "km from the study area as EPSG:4547", 'say crs = "EPSG:4548"'),
    ),
    Fault(
        "homes in another zone than they say",
        table(4548, entry='crs = "EPSG:4546"', heads="X Y"),
        error=("homes", "as EPSG:4546, but there as EPSG:4548", "say crs"),
    ),
    Fault(
        "streets in UTM, said to be Gauss-Krueger",
        vector(STREETS, 32650, said=4548),
        error=("streets", "1.1 km from the study area", "as EPSG:32650", 'else crs = "EPSG:4548"'),
    ),
    Fault(
        "a boundary in another zone than it says",
        vector("boundary.geojson", 4548, said=4549),
        error=("boundary", "as EPSG:4549, but there as EPSG:4548"),
    ),
    Fault(
        "parks without a word about their zone",
        vector(PARKS, 4548, said=None),
        error=("parks", "has no CRS", 'say crs = "EPSG:4548"', "which brings it to"),
    ),
    Fault(
        "streets without a word about their zone",
        vector(STREETS, 4548, said=None),
        error=("streets", "has no CRS", 'say crs = "EPSG:4548"', "which brings it to"),
    ),
    Fault(
        "streets in UTM without a word",
        vector(STREETS, 32650, said=None),
        error=("streets", "has no CRS", 'say crs = "EPSG:32650", which brings'),
    ),
    Fault(
        "degrees without a word",
        vector(PARKS, said=None),
        error=("parks", "has no CRS", 'say crs = "EPSG:4326", which brings'),
    ),
    Fault(
        "a table without a word about its zone",
        table(4548, heads="X Y"),
        error=("homes", "has no CRS", 'say crs = "EPSG:4548", which brings'),
    ),
    Fault(
        "a surveyor's table without a word",
        table(4548, swapped, heads="X Y"),
        error=("homes", "has no CRS", '"EPSG:4548"', "x = 'Y', y = 'X'"),
    ),
    Fault(
        "metres in a GeoJSON",
        vector(PARKS, 4548, said=4326, suffix=".geojson"),
        error=("parks", "are no degrees", 'say crs = "EPSG:4548", which brings'),
    ),
    Fault(
        "parks in UTM, said to be Gauss-Krueger of Web Mercator",
        vector(PARKS, 4548, said=3857),
        error=("parks", "as EPSG:3857, but there as EPSG:4548"),
    ),
    Fault(
        "west for east",
        table(4326, lambda xy: xy * (-1, 1)),
        error=("homes", "but there with the other sign of x", "east is positive"),
    ),
    Fault(
        "longitudes without their hundreds",
        table(4326, plus(-100)),
        error=("homes", "but there with 100 added to x", "in full"),
    ),
    Fault(
        "stops of another city",
        lambda folder: _moved_stops(folder, 5.0),
        error=("bus_stops", "km from the study area", "check its coordinates"),
    ),
    Fault(
        "a plan's CRS of another region",
        lambda folder: change_plan(folder, "[layers]", 'crs = "EPSG:4554"\n\n[layers]'),
        error=("plan.toml", "EPSG:4554", "far from the homes", "use EPSG:4548"),
        first=lambda folder: change_plan(folder, 'language = "en"\n\n', 'language = "en"\n'),
    ),
    Fault("streets in two zones", _two_zones, error=("streets", "several zones, 38 and 39")),
    # drawings and other formats
    Fault(
        "a drawing, of which no file says where it lies",
        drawing(4548),
        error=("streets", "has no CRS", 'say crs = "EPSG:4548", which brings it'),
    ),
    Fault(
        "a drawing with zone",
        drawing(4527),
        error=("streets", "has no CRS", 'say crs = "EPSG:4527", which brings it'),
    ),
    Fault(
        "a drawing of a surveyor",
        drawing(4548, swapped),
        error=("streets", "has no CRS", '"EPSG:4548", and swap them with'),
    ),
    Fault(
        "a drawing from the corner of a city's own grid",
        drawing(4548, plus(-495_000, -3_888_000)),
        error=("streets", "has no CRS", "a city's own grid"),
    ),
    Fault("a Shapefile with Esri's .prj", prj(ESRI_4548)),
    Fault(
        "a Shapefile without .prj",
        vector(PARKS, 4548, said=None, suffix=".shp"),
        error=("parks.shp", "has no CRS", 'say crs = "EPSG:4548", which brings it'),
    ),
    Fault(
        "a Shapefile with the .prj of degrees",
        vector(PARKS, 4548, said=4326, suffix=".shp"),
        error=("parks.shp", "are no degrees", 'say crs = "EPSG:4548", which brings it'),
    ),
    Fault(
        "a FlatGeobuf of another zone",
        vector(PARKS, 4548, said=4547, suffix=".fgb"),
        error=("parks.fgb", "as EPSG:4547, but there as EPSG:4548"),
    ),
    Fault(
        "a KML with the latitude first",
        then(vector(PARKS, change=swapped, suffix=".geojson"), _parks_as_kml),
        error=("parks.kml", "longitude and latitude are swapped", "Swap X and Y"),
    ),
    Fault(
        "a CRS that speaks of a shift",
        prj(GCJ),
        error=("parks.shp", "speaks of gcj02", 'datum = "gcj02"'),
    ),
    Fault(
        "a timetable with the latitude under stop_lon",
        gtfs.fault("", gtfs.swap("stops.txt", "stop_lat,stop_lon", "stop_lon,stop_lat")).spoil,
        first=gtfs.with_feed,
        error=("gtfs", "swapped", "swap the headings 'stop_lon' and 'stop_lat'"),
    ),
    Fault("streets on a meridian of their own", vector(STREETS, OWN_MERIDIAN)),
    Fault(
        "a member crs in metres over degrees",
        vector(PARKS, said=4548, suffix=".geojson"),
        error=("parks", "are degrees, but its CRS EPSG:4548 is in metres"),
    ),
    Fault(
        "a member crs of Xian 1980",
        vector(PARKS, said=4610, suffix=".geojson"),
        error=("parks", "Xian 1980", *CITY),
    ),
    Fault(
        "a KML in metres",
        then(vector(PARKS, 4548, said=4326, suffix=".geojson"), _parks_as_kml),
        error=("parks.kml", "are no degrees", 'say crs = "EPSG:4548", which brings it'),
    ),
    Fault(
        "metres under a datum of degrees",
        table(4548, same, 'datum = "cgcs2000"', "X Y"),
        error=("homes", "are no degrees", 'say crs = "EPSG:4548", which brings it'),
    ),
    Fault(
        "a crs said for degrees that is of metres",
        then(vector(PARKS, suffix=".gpkg"), saying("parks.gpkg", 'crs = "EPSG:4548"')),
        error=("parks", "are degrees, but its CRS EPSG:4548", '"EPSG:4326"'),
    ),
    Fault(
        "a crs said that the file does not need",
        then(vector(PARKS, 4548), saying("parks.gpkg", 'crs = "EPSG:4548"')),
    ),
    Fault(
        "a crs said that makes good what the file says",
        then(vector(PARKS, 4548, said=4549), saying("parks.gpkg", 'crs = "4548"')),
    ),
    Fault(
        "a crs of nonsense",
        table(4548, same, 'crs = "济宁城建坐标系"', "X Y"),
        error=("homes", "济宁城建坐标系", "is not known", "EPSG code"),
    ),
    Fault(
        "a crs of heights",
        table(4548, same, 'crs = "EPSG:5737"', "X Y"),
        error=("homes", "EPSG:5737", "does not say where on Earth"),
    ),
    Fault(
        "a raster in Xian 1980",
        raster.fault("", crs="EPSG:2384").spoil,
        first=raster.with_people,
        error=("people.tif, population", "Xian 1980", *CITY),
    ),
    # one row among many
    Fault(
        "a row at 0, 0", row(5, 0, 0), counted={"homes": {"coordinates are 0, 0 (first: row 5)": 1}}
    ),
    Fault(
        "a row swapped",
        row(5, 35.22, 117.004),
        counted={"homes": {"beyond 180 or 90 degrees (first: row 5)": 1}},
    ),
    Fault(
        "a row in metres",
        row(5, 500250, 3900008),
        counted={"homes": {"beyond 180 or 90 degrees (first: row 5)": 1}},
    ),
    Fault(
        "a row without decimal point",
        row(5, 1170.04, 35.22),
        counted={"homes": {"beyond 180 or 90 degrees (first: row 5)": 1}},
    ),
    Fault(
        "a row that lost its hundreds",
        row(5, 17.004, 35.22),
        counted={"homes": {"lies far from all others (first: row 5)": 1}},
    ),
    Fault(
        "a row with another degree",
        row(5, 117.004, 53.22),
        counted={"homes": {"lies far from all others (first: row 5)": 1}},
    ),
]
