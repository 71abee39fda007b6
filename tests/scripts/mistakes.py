"""Mistakes that planners make, planted one by one: the files, and what is done with them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from layers.records import LayerOptions
from layers.vector import read_layer
from scripts.plan import load_plan

Contents = Mapping[str, str | bytes]


@dataclass(frozen=True)
class Mistake:
    """One mistake; `make` raises the error, with the folder as the working folder."""

    make: Callable[[], object]
    files: Contents = field(default_factory=dict)


def plan(text: str) -> Mistake:
    """A mistake in plan.toml."""
    return Mistake(lambda: load_plan(Path("plan.toml")), {"plan.toml": text})


def table(text: str | bytes, layer: str = "homes", **options: str) -> Mistake:
    """A mistake in a table of points, or in what is said about it."""
    return _layer(layer, "t.csv", text, options)


def shapes(layer: str, *geometries: object, **options: str) -> Mistake:
    """A mistake in a GeoJSON file of some shapes."""
    features = [
        {"type": "Feature", "properties": {"name": "甲"}, "geometry": one} for one in geometries
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    return _layer(layer, "s.geojson", text, options)


def file(layer: str, name: str, content: str | bytes = "", **options: str) -> Mistake:
    """A mistake in a file of any kind."""
    return _layer(layer, name, content, options)


def _layer(layer: str, name: str, content: str | bytes, options: Mapping[str, str]) -> Mistake:
    wish = LayerOptions(**options)
    return Mistake(lambda: read_layer(layer, Path(name), wish), {name: content})


def point(x: float, y: float) -> dict[str, object]:
    """A point, as GeoJSON has it."""
    return {"type": "Point", "coordinates": [x, y]}


def line(*spots: tuple[float, float]) -> dict[str, object]:
    """A line, as GeoJSON has it."""
    return {"type": "LineString", "coordinates": [list(spot) for spot in spots]}


MEASURE = "[measure]\n"
HOMES = "经度,纬度,人口\n116.58,35.41,10\n"

MISTAKES: dict[str, Mistake] = {
    # keys of the plan
    "table misspelt": plan("[plase]\n"),
    "layer misspelt": plan('[layers]\npark = "parks.shp"\n'),
    "key in another table": plan('[layers]\nlanguage = "zh"\n'),
    "key like no other": plan("[walker]\ncolour = 3\n"),
    "option misspelt": plan('[layers]\nhomes = { path = "h.csv", weigth = "人口" }\n'),
    "layer without path": plan('[layers]\nhomes = { weight = "人口" }\n'),
    "key in Chinese": plan('[layers]\n道路 = "streets.gpkg"\n'),
    "key twice": plan('[layers]\nhomes = "a.csv"\nhomes = "b.csv"\n[measure]\n'),
    "table twice": plan("[layers]\n[layers]\n"),
    # values in the plan
    "number in words": plan(f'{MEASURE}leg_limit_m = "hundert"\n'),
    "number with unit": plan(f'{MEASURE}leg_limit_m = "100米"\n'),
    "number too large": plan(f"{MEASURE}leg_limit_m = 5000\n"),
    "number not above 0": plan(f"{MEASURE}leg_limit_m = 0\n"),
    "truth in words": plan(f'{MEASURE}ways = "maybe"\n'),
    "truth in capitals": plan(f"{MEASURE}ways = True\n"),
    "text as number": plan("[place]\ncrs = 4548\n"),
    "date without quotes": plan("[data]\ndate = 2024-05-01\n"),
    "other language": plan('[place]\nlanguage = "cn"\n'),
    "one standard without list": plan(f'{MEASURE}standards = "park_500m"\n'),
    "standard misspelt": plan(f'{MEASURE}standards = ["bus_stop_500"]\n'),
    "no standard": plan(f"{MEASURE}standards = []\n"),
    "two faults": plan("[place]\nname = 3\nlanguage = 4\n"),
    "unknown crs": plan('[place]\ncrs = "EPSG:99999"\n'),
    "crs in degrees": plan('[place]\ncrs = "EPSG:4326"\n'),
    "slope without heights": plan("[walker]\nslope = true\n"),
    "own key misspelt": plan("[standards.park_500m]\nreach = 400\n"),
    "own reach negative": plan("[standards.park_500m]\nreach_m = -1\n"),
    # how the plan is written
    "path without quotes": plan("[layers]\nparks = parks.shp\n"),
    "Chinese quotes": plan("[layers]\nparks = “parks.shp”\n"),
    "quote not closed": plan('[layers]\nparks = "parks.shp\n'),
    "backslashes": plan('[layers]\nparks = "D:\\data\\parks.shp"\n'),
    "backslash taken for a tab": plan('[layers]\nparks = "data\\tree.shp"\n'),
    "colon": plan('[layers]\nparks: "parks.shp"\n'),
    "empty path": plan('[layers]\nparks = ""\n'),
    "bracket not closed": plan("[layers\n"),
    "saved in GBK": Mistake(
        lambda: load_plan(Path("plan.toml")), {"plan.toml": '[place]\nname = "济宁"'.encode("gbk")}
    ),
    "no plan": Mistake(lambda: load_plan(Path("plna.toml")), {"plan.toml": ""}),
    "data for a plan": Mistake(lambda: load_plan(Path("homes.shp")), {"homes.shp": b"\xff\x00"}),
    # files
    "file not there": Mistake(
        lambda: read_layer("homes", Path("homes.xlsx"), None), {"homes.csv": HOMES}
    ),
    "folder not there": Mistake(lambda: read_layer("homes", Path("数据/homes.csv"), None)),
    "a folder": Mistake(lambda: read_layer("homes", Path(), None)),
    "empty file": file("homes", "t.csv"),
    # tables
    "no coordinates": table("小区,人口\n甲,10\n"),
    "one coordinate column": table(HOMES, x="经度"),
    "column not there": table(HOMES, weight="居民"),
    "column nearly there": table(HOMES, weight="人口数"),
    "two columns of people": table("经度,纬度,人口,居住人口\n116.58,35.41,10,12\n"),
    "x and y without crs": table("x,y,人口\n500000,3920000,10\n"),
    "degrees in a metric crs": table(HOMES, crs="EPSG:4548"),
    "swapped columns": table(HOMES, x="纬度", y="经度"),
    "swapped values": table("经度,纬度,人口\n35.41,116.58,10\n"),
    "metres for degrees": table("经度,纬度,人口\n500000,3920000,10\n"),
    "all people in words": table("经度,纬度,人口\n116.58,35.41,十人\n"),
    "no rows": table("经度,纬度,人口\n"),
    "unknown encoding": table(HOMES, encoding="utf-9"),
    "wrong encoding": table("经度,纬度,名称\n116.58,35.41,济宁\n".encode("gbk"), encoding="utf-8"),
    "unknown crs of a table": table(HOMES, crs="济宁"),
    "unknown datum": table(HOMES, datum="xian80"),
    "option that means nothing": table(HOMES, sheet="表1"),
    "no category": table("经度,纬度\n116.58,35.41\n", layer="facilities"),
    # shapes
    "lines for parks": shapes("parks", line((116.58, 35.41), (116.59, 35.41))),
    "points for streets": shapes("streets", point(116.58, 35.41)),
    "areas and points of people": shapes("population", point(116.58, 35.41), line((0, 0), (1, 1))),
    "no feature": shapes("streets"),
    "swapped shapes": shapes("streets", line((35.41, 116.58), (35.42, 116.58))),
    "metres in GeoJSON": shapes("streets", line((500000, 3920000), (500100, 3920000))),
    "x of shapes": shapes("streets", line((116.5, 35.4), (116.6, 35.4)), x="经度", y="纬度"),
    "broken JSON": file("streets", "s.geojson", '{"type": "FeatureCollection", '),
    "page for GeoJSON": file("streets", "s.geojson", "<html><body>404</body></html>"),
}
