"""Every reader with a small sound file of each of its kinds: what the fuzzer breaks."""

from __future__ import annotations

import bz2
import gzip
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import openpyxl
import osmium
import pandas as pd
import pyogrio
import rasterio
import shapely
import xlwt
from pyproj import CRS
from rasterio import Affine

from layers import sample
from layers.candidates import read_candidates
from layers.drawn import read_drawn
from layers.elevation import read_elevation
from layers.openstreetmap.extract import read_extract
from layers.raster import RasterOptions, read_population_raster
from layers.vector import LayerOptions, read_layer
from scripts.comparing.scenario_file import read_scenarios
from scripts.measure import measure
from scripts.plan import load_plan
from scripts.readback import read_results
from scripts.screen import Steps
from spatial.errors import InputError
from tests.faults.town import PLAN, facility_rows, homes, points, read_town, write_book, write_town

METRIC: Final = CRS(sample.CRS)


@dataclass(frozen=True)
class Subject:
    """A kind of file and who reads it.

    Attributes
    ----------
    name
        What it is called in the counts.
    write
        Writes the sound file, and what belongs to it, into an empty folder.
    read
        Reads it from that folder.
    """

    name: str
    write: Callable[[Path], None]
    read: Callable[[Path], object]


def _layer(layer: str, file: str, **options: str) -> Callable[[Path], object]:
    return lambda folder: read_layer(layer, folder / file, LayerOptions(**options))


def _parks() -> gpd.GeoDataFrame:
    shapes = [shapely.box(0, 0, 90, 60), shapely.Point(200, 50).buffer(30, quad_segs=2)]
    parks = sample.facilities(shapes, "park", ["东园", "Park & <b>Ride</b>"])
    return parks[["name", "geometry"]]


def _streets() -> gpd.GeoDataFrame:
    return sample.grid(2, 2, 100.0).drop(columns="refs")


def _saved(layer: Callable[[], gpd.GeoDataFrame], file: str, crs: object = 4548) -> Any:
    def write(folder: Path) -> None:
        layer().to_crs(crs).to_file(folder / file)

    return write


def _packed(write: Callable[[Path], None], file: str) -> Callable[[Path], None]:
    """Write into a zip instead, and nothing beside it."""

    def written(folder: Path) -> None:
        with tempfile.TemporaryDirectory() as other:
            write(Path(other))
            with zipfile.ZipFile(folder / file, "w", zipfile.ZIP_DEFLATED) as packed:
                for path in sorted(Path(other).rglob("*")):
                    packed.write(path, path.relative_to(other))

    return written


def _table(folder: Path, file: str, encoding: str, **how: Any) -> None:
    homes().to_csv(folder / file, index=False, encoding=encoding, lineterminator="\n", **how)


def _tabbed(folder: Path) -> None:
    _table(folder, "homes.xls", "utf-16", sep="\t")


def _page(folder: Path) -> None:
    """A page of the web under an Excel name, as many systems export."""
    table = homes().to_html(index=False)
    (folder / "homes.xls").write_text(f"<html><body>{table}</body></html>", encoding="gb18030")


def _minutes(folder: Path) -> None:
    """Degrees and minutes, quoted names over two lines, decimal commas, a unit in its own row."""
    rows = homes()
    rows["经度"] = [f"{int(one)}°{one % 1 * 60:.5f}′E".replace(".", ",") for one in rows["经度"]]
    rows["小区名称"] = '"' + rows["小区名称"] + '"\n二期'
    units = pd.DataFrame([["", "", "度", "度", "人"]], columns=rows.columns)
    both = pd.concat([units, rows])
    both.to_csv(folder / "homes.csv", index=False, sep=";", lineterminator="\r\n")


def _kml(folder: Path) -> None:
    spots = points([(0, 0), (100, 100)])
    marks = "".join(
        f"<Placemark><name>站{row}</name><ExtendedData><Data name='类别'><value>公交站</value>"
        f"</Data></ExtendedData><Point><coordinates>{spot.经度},{spot.纬度},0</coordinates></Point>"
        "</Placemark>"
        for row, spot in enumerate(spots.itertuples())
    )
    text = '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2">'
    text += f"<Document><Folder><name>公交</name>{marks}</Folder></Document></kml>"
    (folder / "stops.kml").write_text(text, encoding="utf-8")


def _tracks(folder: Path) -> None:
    spots = gpd.GeoDataFrame(
        {"name": ["一站", "二站"]}, geometry=[shapely.Point(117, 35.2)] * 2, crs=4326
    )
    spots.to_file(folder / "stops.gpx", driver="GPX", layer="waypoints")


def _drawing(folder: Path) -> None:
    pyogrio.write_dataframe(_streets()[["geometry"]], folder / "streets.dxf", driver="DXF")


def _exchange(folder: Path) -> None:
    _streets()[["name", "geometry"]].to_file(folder / "streets.mif", driver="MapInfo File")


def _text(folder: Path) -> None:
    homes().to_csv(folder / "homes.txt", index=False, sep="\t", encoding="gbk", decimal=",")


def _parquet(folder: Path) -> None:
    _parks().to_parquet(folder / "parks.parquet")


_NODES: Final = ((1, 117.0, 35.22), (2, 117.001, 35.22), (3, 117.001, 35.221), (4, 117.0, 35.221))


def _osm_text() -> str:
    nodes = "".join(f'<node id="{n}" lon="{x}" lat="{y}"/>' for n, x, y in _NODES)
    ring = "".join(f'<nd ref="{n}"/>' for n in (1, 2, 3, 4, 1))
    return (
        f'<?xml version="1.0"?><osm version="0.6">{nodes}'
        '<node id="9" lon="117.0005" lat="35.2205"><tag k="highway" v="bus_stop"/></node>'
        '<way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/>'
        f'<tag k="name" v="文化路"/></way><way id="2">{ring}<tag k="leisure" v="park"/></way>'
        '<relation id="1"><member type="way" ref="2" role="outer"/>'
        '<tag k="type" v="multipolygon"/><tag k="landuse" v="grass"/></relation></osm>'
    )


def _osm(folder: Path, file: str, pack: Callable[[bytes], bytes] = bytes) -> None:
    (folder / file).write_bytes(pack(_osm_text().encode()))


def _pbf(folder: Path) -> None:
    _osm(folder, "town.osm")
    with osmium.SimpleWriter(str(folder / "town.osm.pbf")) as writer:
        for thing in osmium.FileProcessor(str(folder / "town.osm")):
            writer.add(thing)
    (folder / "town.osm").unlink()


def _raster(folder: Path) -> None:
    profile = {"driver": "GTiff", "count": 1, "dtype": "float32", "width": 9, "height": 7}
    place = {"crs": "EPSG:4548", "transform": Affine(100, 0, 500_000, 0, -100, 3_900_700)}
    with rasterio.open(folder / "pop.tif", "w", **profile, **place, nodata=-99999.0) as out:
        out.write(np.arange(63, dtype="float32").reshape(1, 7, 9))


_FEED: Final = {
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\n1,公交,http://x.cn,Asia/Shanghai",
    "stops.txt": "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n"
    "A,东站,35.22,117.0,0,\nB,西站,35.22,117.01,0,P\nP,站,35.22,117.01,1,\n",
    "routes.txt": "route_id,route_short_name,route_type\nR,1路,3\n",
    "trips.txt": "route_id,service_id,trip_id\nR,S,T\n",
    "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
    "T,08:00:00,08:00:00,A,1\nT,25:10:00,25:10:00,B,2\n",
    "calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,"
    "start_date,end_date\nS,1,1,1,1,1,0,0,20260101,20261231\n",
}


def _feed(folder: Path) -> None:
    with zipfile.ZipFile(folder / "feed.zip", "w", zipfile.ZIP_DEFLATED) as feed:
        for name, text in _FEED.items():
            feed.writestr(name, text)


def _read_feed(folder: Path) -> object:
    from layers.gtfs import read_gtfs  # noqa: PLC0415

    return read_gtfs(folder / "feed.zip", LayerOptions())


def _scenario(folder: Path) -> None:
    text = 'name = "方案"\n[[change]]\ndo = "add_facility"\ncategory = "park"\n'
    (folder / "scenario.toml").write_text(f"{text}at = [117.0, 35.22]\n", encoding="utf-8")


def _drawn(folder: Path) -> None:
    said = {"do": ["add_facility"], "category": ["park"], "name": ["新园"]}
    place = gpd.GeoDataFrame(said, geometry=[shapely.box(0, 0, 50, 50)], crs=None)
    place = place.set_geometry(place.translate(*sample.ORIGIN)).set_crs(sample.CRS)
    place.to_file(folder / "drawn.gpkg", layer="方案")


def _candidates(folder: Path) -> None:
    table = points([(0, 0), (50, 50)]).assign(名称=["甲", "乙"], cost=[3, 4.5], capacity=[100, ""])
    table.to_csv(folder / "sites.csv", index=False)


def _results(folder: Path) -> None:
    (folder / "summary.json").write_text('{"place": "镇", "standards": {}}', encoding="utf-8")
    _streets().to_file(folder / "results.gpkg", layer="streets")


def _sheet(folder: Path) -> None:
    write_book(folder / "poi.xlsx", facility_rows())


def _merged_sheet(folder: Path) -> None:
    book = openpyxl.Workbook()
    spots = points([(0, 0), (90, 40)])
    book.active.append(["任城区小区"])
    book.active.append(["名称", "坐标", None, "人口"])
    book.active.append([None, "经度", "纬度", None])
    for row, spot in enumerate(spots.itertuples(index=False)):
        book.active.append([f"{row}号院", f"{spot.经度}", spot.纬度, "1,200"])
    book.active.merge_cells("B2:C2")
    book.save(folder / "homes.xlsx")


def _old_sheet(folder: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("小区")
    sheet.write_merge(0, 0, 0, 4, "任城区小区")
    for row, cells in enumerate([list(homes().columns), *homes().to_numpy().tolist()]):
        for place, cell in enumerate(cells):
            sheet.write(row + 1, place, cell)
    book.save(str(folder / "homes.xls"))


def _plan(folder: Path) -> None:
    (folder / "plan.toml").write_text(PLAN, encoding="utf-8")


def _measured(folder: Path) -> object:
    """Measure a town; what was written must be whole, or absent."""
    out = folder / "results"
    try:
        measure(folder / "plan.toml", out, None, Steps(quiet=True))
    except InputError:
        assert not list(out.glob("*")), "refused, and yet something was written"
        raise
    return read_results(out).all_layers()


SUBJECTS: Final = (
    Subject("gpkg polygons", _saved(_parks, "p.gpkg"), _layer("parks", "p.gpkg")),
    Subject("gpkg lines", _saved(_streets, "s.gpkg"), _layer("streets", "s.gpkg")),
    Subject("geojson", _saved(_parks, "p.geojson", 4326), _layer("parks", "p.geojson")),
    Subject("shapefile", _saved(_parks, "p.shp"), _layer("parks", "p.shp")),
    Subject(
        "shapefile, gbk",
        lambda folder: _parks().to_file(folder / "p.shp", encoding="gbk"),
        _layer("parks", "p.shp"),
    ),
    Subject("zip", _packed(_saved(_streets, "s.shp"), "s.zip"), _layer("streets", "s.zip")),
    Subject("kml", _kml, _layer("bus_stops", "stops.kml")),
    Subject("kmz", _packed(_kml, "stops.kmz"), _layer("bus_stops", "stops.kmz")),
    Subject("flatgeobuf", _saved(_parks, "p.fgb"), _layer("parks", "p.fgb")),
    Subject("geodatabase", _saved(_parks, "p.gdb"), _layer("parks", "p.gdb")),
    Subject("geoparquet", _parquet, _layer("parks", "parks.parquet")),
    Subject("gpx", _tracks, _layer("bus_stops", "stops.gpx")),
    Subject("dxf", _drawing, _layer("streets", "streets.dxf", crs="EPSG:4548")),
    Subject("mapinfo", _exchange, _layer("streets", "streets.mif")),
    Subject("text, decimal comma", _text, _layer("homes", "homes.txt")),
    Subject("csv", lambda f: _table(f, "h.csv", "utf-8"), _layer("homes", "h.csv")),
    Subject("csv, gbk", lambda f: _table(f, "h.csv", "gbk"), _layer("homes", "h.csv")),
    Subject(
        "csv, utf-16", lambda f: _table(f, "h.csv", "utf-16", sep=";"), _layer("homes", "h.csv")
    ),
    Subject("xlsx", _sheet, _layer("facilities", "poi.xlsx")),
    Subject("xlsx, merged", _merged_sheet, _layer("homes", "homes.xlsx")),
    Subject("xls", _old_sheet, _layer("homes", "homes.xls")),
    Subject("xls, a page", _page, _layer("homes", "homes.xls")),
    Subject("csv, tabs in .xls", _tabbed, _layer("homes", "homes.xls")),
    Subject("csv, minutes", _minutes, _layer("homes", "homes.csv")),
    Subject("osm xml", lambda f: _osm(f, "t.osm"), lambda f: read_extract(f / "t.osm")),
    Subject(
        "osm gz",
        lambda f: _osm(f, "t.osm.gz", lambda data: gzip.compress(data, mtime=0)),
        lambda f: read_extract(f / "t.osm.gz"),
    ),
    Subject(
        "osm bz2",
        lambda f: _osm(f, "t.osm.bz2", bz2.compress),
        lambda f: read_extract(f / "t.osm.bz2"),
    ),
    Subject("osm pbf", _pbf, lambda f: read_extract(f / "town.osm.pbf")),
    Subject(
        "population raster",
        _raster,
        lambda f: read_population_raster(f / "pop.tif", RasterOptions()),
    ),
    Subject("elevation", _raster, lambda f: read_elevation(f / "pop.tif")),
    Subject("gtfs", _feed, _read_feed),
    Subject("scenario", _scenario, lambda f: read_scenarios(f / "scenario.toml", METRIC)),
    Subject("drawn", _drawn, lambda f: read_drawn(f / "drawn.gpkg", METRIC)),
    Subject("candidates", _candidates, lambda f: read_candidates(f / "sites.csv")),
    Subject("plan", _plan, lambda f: load_plan(f / "plan.toml")),
    Subject("results", _results, lambda f: read_results(f).all_layers()),
    Subject("town", write_town, read_town),
    Subject("measure", write_town, _measured),
)
"""The last two read and measure a whole town as the commands do."""


def sound(subject: Subject, folder: Path) -> Subject:
    """Write the sound file once; the subject then copies it."""
    subject.write(folder)

    def copy(into: Path) -> None:
        shutil.copytree(folder, into, dirs_exist_ok=True)

    return replace(subject, write=copy)
