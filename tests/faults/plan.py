"""Faults of plan.toml itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.faults.town import Fault, change_plan


def _said(old: str, new: str) -> Callable[[Path], None]:
    """Write something else into the plan."""
    return lambda folder: change_plan(folder, old, new)


def _encoded(encoding: str, end: str = "\n") -> Callable[[Path], None]:
    """Save the plan as another editor does."""

    def spoil(folder: Path) -> None:
        path = folder / "plan.toml"
        text = path.read_text(encoding="utf-8").replace("\n", end)
        path.write_bytes(text.encode(encoding))

    return spoil


def _empty(folder: Path) -> None:
    (folder / "plan.toml").write_bytes(b"")


def _a_folder(folder: Path) -> None:
    (folder / "plan.toml").unlink()
    (folder / "plan.toml").mkdir()


STANDARDS = 'standards = ["green_300m", "park_500m", "bus_stop_500m"]'
LEGS = f"{STANDARDS}\nleg_limit_m = "

FAULTS = [
    # keys
    Fault(
        "unknown key",
        _said("[measure]", "[measure]\nstandard = 3"),
        error=("plan.toml", "line 19", "[measure] standard", "did you mean standards?"),
    ),
    Fault(
        "unknown table",
        _said("[layers]", "[layer]"),
        error=("plan.toml", "line 6", "[layer] is an unknown key", "did you mean layers?"),
    ),
    Fault(
        "layer without its plural",
        _said("parks =", "park ="),
        error=("line 9", "[layers] park is an unknown key", "did you mean parks?"),
    ),
    Fault(
        "layer in capitals",
        _said("homes =", "Homes ="),
        error=("line 8", "[layers] Homes is an unknown key", "did you mean homes?"),
    ),
    Fault(
        "boundary among the layers",
        _said("[layers]", '[layers]\nboundary = "boundary.geojson"'),
        error=("line 7", "[layers] boundary is an unknown key", "it belongs under [place]"),
    ),
    Fault(
        "standards under place",
        _said('language = "en"', f'language = "en"\n{STANDARDS}'),
        error=("line 5", "[place] standards is an unknown key", "it belongs under [measure]"),
    ),
    Fault(
        "language above all tables",
        _said("[place]", 'language = "en"\n[place]'),
        error=("line 1", "[language] is an unknown key", "it belongs under [place]"),
    ),
    Fault(
        "misspelt option of a layer",
        _said('"homes.csv"', '{ path = "homes.csv", weigth = "人口" }'),
        error=("line 8", "[layers.homes] weigth", "did you mean weight?"),
    ),
    Fault(
        "layer without a path",
        _said('"homes.csv"', '{ weight = "人口" }'),
        error=("line 8", "[layers.homes] has no path", "path = ..."),
    ),
    Fault(
        "key in Chinese",
        _said("streets =", "道路 ="),
        error=("line 7", "has the key 道路", "in English"),
    ),
    Fault(
        "key twice",
        _said('homes = "homes.csv"', 'homes = "homes.csv"\nhomes = "homes.csv"'),
        error=("plan.toml", "gives homes", "twice", "keep one"),
    ),
    Fault(
        "table twice",
        _said("[measure]", '[layers]\ngreen = "parks.geojson"\n[measure]'),
        error=("line 18", "gives [layers] twice", "keep one"),
    ),
    # values
    Fault(
        "number with a unit",
        _said(STANDARDS, f"{LEGS}100m"),
        error=("line 20", "more behind the value", "without a unit"),
    ),
    Fault(
        "number in words",
        _said(STANDARDS, f'{LEGS}"hundert"'),
        error=("line 20", "[measure] leg_limit_m: must be a number, not 'hundert'"),
    ),
    Fault(
        "number with a unit in quotes",
        _said(STANDARDS, f'{LEGS}"100 m"'),
        error=("line 20", "must be a number", "write the number alone: leg_limit_m = 100"),
    ),
    Fault(
        "number below 0",
        _said(STANDARDS, f"{LEGS}-5"),
        error=("line 20", "leg_limit_m: must be above 0, not -5"),
    ),
    Fault(
        "number beyond reason",
        _said(STANDARDS, f"{LEGS}100000"),
        error=("line 20", "leg_limit_m: must be 1000 or less, not 100000"),
    ),
    Fault(
        "no number at all", _said(STANDARDS, f"{LEGS}nan"), error=("line 20", "leg_limit_m", "nan")
    ),
    Fault(
        "True as Python writes it",
        _said(STANDARDS, f"{STANDARDS}\nways = True"),
        error=("line 20", "ways = True is not understood", "small letters"),
    ),
    Fault(
        "one standard without brackets",
        _said(STANDARDS, 'standards = "park_500m"'),
        error=("line 19", "[measure] standards: must be a list", 'standards = ["park_500m"]'),
    ),
    Fault(
        "no standard",
        _said(STANDARDS, "standards = []"),
        error=("plan.toml", "[measure] standards is empty", "at least one"),
    ),
    Fault(
        "unknown standard",
        _said('"park_500m"', '"park_500"'),
        error=("plan.toml", "unknown standard 'park_500'", "did you mean park_500m?"),
    ),
    Fault(
        "standard in capitals",
        _said('"park_500m"', '"Park_500M"'),
        error=("plan.toml", "unknown standard 'Park_500M'", "did you mean park_500m?"),
    ),
    Fault(
        "language that is none",
        _said('language = "en"', 'language = "ch"'),
        error=("line 4", '[place] language: must be one of "zh", "en", not \'ch\''),
    ),
    Fault(
        "crs as a number",
        _said('language = "en"', 'language = "en"\ncrs = 4548'),
        error=("line 5", "[place] crs: must be text", 'put it in quotes: crs = "4548"'),
    ),
    Fault(
        "crs that is none",
        _said('language = "en"', 'language = "en"\ncrs = "CGCS-3000"'),
        error=("plan.toml", "crs 'CGCS-3000' is not known", "EPSG"),
    ),
    Fault(
        "crs in degrees",
        _said('language = "en"', 'language = "en"\ncrs = "EPSG:4326"'),
        error=("plan.toml", "4326"),
    ),
    Fault(
        "date without quotes",
        _said("[measure]", "[data]\ndate = 2024-05-01\n[measure]"),
        error=("line 19", "[data] date: must be text", 'date = "2024-05-01"'),
    ),
    Fault(
        "several faults at once",
        _said('language = "en"', "language = 3\nnam = 4"),
        error=("plan.toml", "(and 1 more)"),
    ),
    # paths
    Fault(
        "path without quotes",
        _said('"homes.csv"', "homes.csv"),
        error=("line 8", "homes = homes.csv is not understood", "in quotes"),
    ),
    Fault(
        "path in Chinese quotes",
        _said('"homes.csv"', "“homes.csv”"),
        error=("line 8", "full-width sign “", "half-width"),
    ),
    Fault(
        "full-width comma in a list",
        _said('"green_300m", ', '"green_300m"，'),
        error=("line 19", "full-width sign ，"),
    ),
    Fault(
        "quote that is not closed",
        _said('"homes.csv"', '"homes.csv'),
        error=("line 8", "never closed", "close it"),
    ),
    Fault(
        "bracket that is not closed",
        _said('"bus_stop_500m"]', '"bus_stop_500m"'),
        error=("plan.toml", "never closed"),
    ),
    Fault(
        "backslash that is no escape",
        _said('"homes.csv"', '"data\\homes.csv"'),
        error=("line 8", "backslash", "write / in paths"),
    ),
    Fault(
        "backslash that is a tab",
        _said('"homes.csv"', '"data\\town.csv"'),
        error=("line 8", "[layers] homes has a backslash", "write / in paths"),
    ),
    Fault(
        "path that is empty",
        _said('"homes.csv"', '""'),
        error=("line 8", "[layers] homes is empty", "name a file"),
    ),
    Fault(
        "file that is not there",
        _said('"homes.csv"', '"hoems.csv"'),
        error=("hoems.csv", "homes", "did you mean homes.csv?"),
    ),
    Fault(
        "file in other capitals",
        _said('"stops.csv"', '"Stops.CSV"'),
        error=("Stops.CSV", "bus_stops", "did you mean stops.csv?"),
    ),
    Fault(
        "file of another kind",
        _said('"gates.geojson"', '"gates.shp"'),
        error=("gates.shp", "park_gates", "did you mean gates.geojson?"),
    ),
    Fault(
        "file in a folder that is not there",
        _said('"gates.geojson"', '"数据/gates.geojson"'),
        error=("gates.geojson", "park_gates", "nor its folder 数据"),
    ),
    Fault("no = after a key", _said("homes =", "homes"), error=("line 8", "has no = after")),
    Fault("colon for =", _said("homes =", "homes:"), error=("line 8", "has no = after")),
    # tables
    Fault(
        "layers that are a list",
        _said("[layers]", "[[layers]]"),
        error=("plan.toml", "[layers]: must be a table"),
    ),
    Fault(
        "home that is a number",
        _said('"homes.csv"', "7"),
        error=("line 8", "[layers] homes: must be a path in quotes"),
    ),
    Fault(
        "no homes",
        _said("homes =", "# homes ="),
        error=("plan.toml", "neither homes nor osm"),
    ),
    Fault(
        "no streets",
        _said("streets =", "# streets ="),
        error=("plan.toml", "neither streets nor osm"),
    ),
    Fault(
        "standard without its layer",
        _said("bus_stops =", "# bus_stops ="),
        error=("plan.toml", "bus_stop_500m needs the layer bus_stops"),
    ),
    Fault(
        "slopes without heights",
        _said("[measure]", "[walker]\nslope = true\n[measure]"),
        error=("plan.toml", "[walker] slope needs heights"),
    ),
    Fault(
        "own standard with a misspelt key",
        _said("[measure]", "[standards.park_500m]\nreach = 400\n[measure]"),
        error=("plan.toml", "unknown key 'reach'", "did you mean reach_m?"),
    ),
    Fault(
        "own standard beyond sense",
        _said("[measure]", "[standards.park_500m]\nreach_m = -400\n[measure]"),
        error=("plan.toml", "[standards.park_500m] reach_m must be a number above 0"),
    ),
    # the file
    Fault("saved in GBK", _encoded("gbk"), error=("plan.toml", "save it as UTF-8")),
    Fault("saved in UTF-16", _encoded("utf-16"), error=("plan.toml", "save it as UTF-8")),
    Fault("saved with a byte order mark", _encoded("utf-8-sig")),
    Fault("saved with line ends of Windows", _encoded("utf-8", "\r\n")),
    Fault("empty", _empty, error=("plan.toml", "neither")),
    Fault("a folder", _a_folder, error=("plan.toml", "cannot be read")),
]
