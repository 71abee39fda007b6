"""The verb init: a commented plan.toml to start from."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from scripts.writing.write import write_whole
from spatial.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

_TEMPLATE = """\
# lifecircle 方案文件 / plan. Paths are relative to this file. 路径相对于本文件。

[place]
name = {name}
{boundary}
# crs = "EPSG:4548"             # default: CGCS2000 3-degree zone in China, else UTM
language = {language}                # "zh" or "en": maps and tables

[layers]
# What is not given here is taken from the OSM extract. 未给出的图层取自 OSM。
{osm}
# streets = "道路.shp"          # tolerance_m joins ends; crossings = true joins lines that cross
# homes = {{ path = "homes.xlsx", x = "经度", y = "纬度", weight = "人口" }}
# parks = "公园.shp"
# park_gates = "公园出入口.geojson"
# green = "绿地.gpkg"
# bus_stops = {{ path = "stops.csv", x = "lon", y = "lat" }}
# facilities = {{ path = "poi.csv", category = "类别" }}
# barriers = "围墙.gpkg"        # water, railways, motorways, walls that no straight leg crosses
# population = "pop.tif"        # people per cell; or areas or points with people: shared over homes
# residential = "居住用地.shp"  # land that the official park share divides by
# built_up = "建成区.shp"       # land that the official bus-stop share divides by
# elevation = "dem.tif"         # heights in metres: slopes make a walk longer
# zones = {{ path = "街道.shp", name = "NAME" }}   # every figure by district

[measure]
standards = ["green_300m", "park_500m", "green_park", "bus_stop_500m", "circle_15min"]
# 'lifecircle standards' lists all there are
# leg_limit_m = 100             # a home farther than this from any street is unconnected
# gates = "closed"              # "open": gated compounds may be walked through
# ways = true                   # the way walked from every home, as lines (large)
# cell_m = 10                   # the land served is measured in squares of this size, metres

# [walker]                      # who walks; default: a usual walker, 15 minutes = 1,000 m
# speed_m_per_s = 0.8           # older people; gets less far in the time of a standard
# stairs = false                # wheelchairs: no street that is stairs is walked
# slope = true                  # needs [layers] elevation; false: given, but not counted

# [data]                        # stands under every map, beside OpenStreetMap's credit
# credit = "济宁市自然资源和规划局"
# date = "2025-12"

# [map]                         # default: no base map, and no page asks for anything
# base = "tianditu"             # or "osm", or an address with {{z}} {{x}} {{y}}
# datum = "gcj02"               # the base map's: what is drawn over it is converted
# review_number = "GS(2026)1234号"   # 审图号, on every page

# [standards.park_500m]         # change a standard, or define one of your own
# reach_m = 500
# area_m2 = [5000, inf]
# [standards.circle_15min.categories.market]
# reach_m = 800
# must_have = true
"""


def init(
    folder: Path,
    *,
    osm: Path | None = None,
    boundary: Path | None = None,
    name: str | None = None,
    language: str | None = None,
    overwrite: bool = False,
) -> Path:
    """Write plan.toml into a folder; gives its path.

    Raises
    ------
    InputError
        If there is a plan already, a named file is missing, or the folder cannot be written to.
    """
    path = folder / "plan.toml"
    for given in (osm, boundary):
        if given is not None and not given.exists():
            raise InputError("there is no such file", "check the path", file=given)
    if path.exists() and not overwrite:
        raise InputError("there is a plan already", "edit it, or choose another folder", file=path)
    text = _TEMPLATE.format(
        name=_quoted(name or folder.resolve().name),
        language=_quoted(language or "zh"),
        boundary=_entry("boundary", boundary, folder, '# boundary = "边界.geojson"'),
        osm=_entry("osm", osm, folder, '# osm = "city.osm.pbf"'),
    )
    write_whole(path, text.encode())
    return path


def _entry(key: str, given: Path | None, folder: Path, otherwise: str) -> str:
    """A line of the plan with a path relative to it, as far as one exists."""
    if given is None:
        return otherwise
    try:
        path = os.path.relpath(given.resolve(), folder.resolve())
    except ValueError:  # on another Windows drive
        path = str(given.resolve())
    return f"{key} = {_quoted(path.replace(os.sep, '/'))}"


def _quoted(text: str) -> str:
    """A TOML string."""
    safe = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(f"\\u{ord(c):04x}" if ord(c) < 32 else c for c in safe) + '"'  # noqa: PLR2004  controls
