"""Stops of a timetable (GTFS): those where buses and trams in service let people on or off.

A record is a row of ``stops.txt``. Of it stays where a passenger gets on or off: platforms, or,
where their station has them, its entrances. A stop is in service if a trip calls there that runs
on at least one day and lets people on or off; the year before the last day of the feed counts.
Names of files and fields: https://gtfs.org/documentation/schedule/reference/.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from layers.cells import as_text
from layers.datum import SHIFTED, SPOKEN, datum_of, unshifted
from layers.files.absent import not_there
from layers.files.archives import unpacked
from layers.meaning import listed
from layers.numerals import numbers
from layers.records import LayerOptions, Records
from layers.schema import Reading, Tally
from layers.sifting import POINT, sift
from layers.tables.delimited import read_text
from layers.tables.grid import blanks
from layers.timetable import Calls, calls_of
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

PLATFORM, STATION, ENTRANCE, NODE, BOARDING_AREA = range(5)
"""Values of ``location_type``."""

_PARTS: Final = {
    STATION: "a station: its platforms or entrances count",
    NODE: "a place to pass in a station",
    BOARDING_AREA: "a part of a platform",
}
_BORROWED: Final = "without coordinates: placed where its station is"
_NO_CALL: Final = "no trip in service stops there"
_OTHER: Final = "no bus or tram stops there"
_NEEDED: Final = ("stops.txt", "stop_times.txt", "trips.txt")
_OPTIONS: Final = ("datum", "encoding")
_FIELDS: Final = ("stop_id", "stop_lat", "stop_lon")


def read_gtfs(path: Path, options: LayerOptions | None = None) -> Reading:
    """Read the stops of a feed that are in service.

    Parameters
    ----------
    path
        A zip archive, or a folder with its files.
    options
        `datum` and `encoding` may be said.

    Returns
    -------
    Reading
        Points with the columns of ``bus_stops``, in WGS 84.

    Raises
    ------
    InputError
        If it is no feed, a file or field of it is missing, or no stop of it is in service.
    """
    options = options or LayerOptions()
    try:
        _refuse_idle(options)
        if not path.exists():
            raise not_there(path)
        with _files(path) as files:
            records = _records(files, options)
            calls = calls_of(files, str(records.taken["encoding"]))
        borrowed = _place(records)
        _keep_stops(records, calls)
        records.repair(borrowed[records.table.index], _BORROWED)
        records.taken |= calls.taken
        return _reading(records)
    except InputError as error:
        raise InputError(
            error.wrong, error.remedy, file=path, layer="gtfs", row=error.row
        ) from None


def _refuse_idle(options: LayerOptions) -> None:
    """Refuse options that say nothing about a feed: its columns have fixed names."""
    for one in fields(options):
        if one.name not in _OPTIONS and getattr(options, one.name) is not None:
            wrong = f"option {one.name} says nothing about a timetable"
            raise InputError(wrong, "take it out")


@contextmanager
def _files(path: Path) -> Iterator[Mapping[str, Path]]:
    """Give the files of a feed by their names in small letters."""
    if path.is_dir():
        yield _required({file.name.casefold(): file for file in sorted(path.iterdir())})
        return
    with unpacked(path, {".txt"}) as members:
        own = {PurePosixPath(one.name): one.file for one in members}
        stops = [name for name in own if name.name.casefold() == "stops.txt"]
        if len(stops) > 1:
            wrong = f"holds several feeds: {listed([str(name.parent) for name in stops])}"
            raise InputError(wrong, "pack one feed in one archive")
        folder = stops[0].parent if stops else PurePosixPath()
        yield _required({n.name.casefold(): file for n, file in own.items() if n.parent == folder})


def _required(files: Mapping[str, Path]) -> Mapping[str, Path]:
    """Give the files if those are there that say which stops are in service."""
    missing = [name for name in _NEEDED if name not in files]
    if missing == list(_NEEDED):
        wrong = "is no timetable (GTFS): it holds no stops.txt"
        raise InputError(wrong, "name a feed, or give its stops as bus_stops = ...")
    if missing:
        wrong = f"holds no {missing[0]}, so that nothing says which stops are in service"
        raise InputError(wrong, "give the whole feed, or all its stops as bus_stops = ...")
    return files


def _records(files: Mapping[str, Path], options: LayerOptions) -> Records:
    """Give the rows of stops.txt, not yet placed."""
    grid = read_text(files["stops.txt"], options)
    heading = [str(cell or "").strip().casefold() for cell in (grid.rows or [[]])[0]]
    lacking = [name for name in _FIELDS if name not in heading]
    if lacking:
        wrong = f"stops.txt has no column {lacking[0]}"
        raise InputError(wrong, "give the whole feed, as its maker publishes it")
    table, _ = grid.below(0, len(heading))
    table.columns = pd.Index(heading)
    table = table.loc[:, ~table.columns.duplicated()]
    table = table.apply(as_text)
    records = Records(options, table, np.full(len(table), None, object), CRS(4326), above=1)
    records.taken |= {"x": "stop_lon", "y": "stop_lat", "encoding": grid.taken["encoding"]}
    for reason, rows in grid.lost.items():
        records.drop(records.table.index.isin(rows), reason, tell=True)
    for reason, rows in grid.mended.items():
        records.repair(records.table.index.isin(rows), reason)
    records.drop(blanks(records.table).all(axis=1), "empty row")
    records.drop(records.table["stop_id"].isna(), "no stop_id", tell=True)
    records.drop(records.table["stop_id"].duplicated(), "stop_id given before", tell=True)
    return records


def _place(records: Records) -> pd.Series:
    """Give each stop its point; say which lie where their station does, for want of coordinates."""
    table = records.table
    xy = pd.DataFrame({axis: numbers(table[f"stop_{axis}"]) for axis in ("lon", "lat")})
    known = xy.notna().all(axis=1).to_numpy()
    of_parent = xy.set_axis(table["stop_id"]).reindex(_column(table, "parent_station"))
    found = of_parent.notna().all(axis=1).to_numpy() & ~known
    xy[found] = of_parent.to_numpy()[found]
    known = known | found
    shapes = records.shapes.copy()
    shapes[known] = shapely.points(xy.to_numpy(np.float64)[known])
    datum = datum_of(records.options.datum) if records.options.datum else None
    if datum in SHIFTED:
        shapes[known] = unshifted(shapes[known], records.crs, datum)
        records.taken["datum"] = f"{SPOKEN[datum]}, brought to WGS 84"
    records.shapes = shapes
    return pd.Series(found, table.index)


def _column(table: pd.DataFrame, name: str) -> pd.Series:
    """A column of text; empty if the file lacks it, as it may."""
    return table[name] if name in table else pd.Series(None, table.index, dtype=object)


def _keep_stops(records: Records, calls: Calls) -> None:
    """Keep the points at which people get on and off, and say why others go."""
    kind = numbers(_column(records.table, "location_type")).fillna(PLATFORM)
    records.drop(~kind.isin(range(5)), "location_type is none of 0 to 4", tell=True)
    kind = kind[records.table.index].astype(int)
    number, station = records.table["stop_id"], _column(records.table, "parent_station")
    called = number.isin(calls.served)
    live = station[called & (kind == PLATFORM)].dropna()
    doors = (kind == ENTRANCE) & station.isin(live)
    by_doors = (kind == PLATFORM) & called & station.isin(station[doors])
    reasons = [
        *((what, (kind == value) & ~called) for value, what in _PARTS.items()),
        ("an entrance of a station that is not in service", (kind == ENTRANCE) & ~doors),
        ("its station is entered by its entrances", by_doors),
        (_OTHER, (kind == PLATFORM) & ~called & number.isin(calls.others)),
        (_NO_CALL, (kind == PLATFORM) & ~called & ~number.isin(calls.others)),
    ]
    for reason, bad in reasons:
        records.drop(bad[records.table.index], reason)
    records.drop(shapely.is_missing(records.shapes), "no coordinates", tell=True)
    if not len(records.table):
        wrong = f"holds no stop of a bus or tram in service ({_most(records)})"
        raise InputError(wrong, "check calendar.txt, trips.txt and stop_times.txt of the feed")
    sift(records, (POINT,), "bus_stops")


def _most(records: Records) -> str:
    """The commonest reason for which stops were left out."""
    return max(records.dropped, key=records.dropped.__getitem__, default="stops.txt is empty")


def _reading(records: Records) -> Reading:
    """Give the layer and what became of its records."""
    columns = {
        "facility": records.table["stop_id"].to_numpy(),
        "name": _column(records.table, "stop_name").to_numpy(),
        "category": "bus_stop",
    }
    places = gpd.GeoDataFrame(columns, geometry=records.shapes, crs=records.crs)
    tally = Tally.count(len(places), dropped=records.dropped, repaired=records.repaired)
    return Reading(places, tally, records.taken, records.marks.table(records.crs, records.above))
