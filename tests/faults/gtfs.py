"""Timetables as operators publish them: parts missing, stops out of service, stations, odd text."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from spatial.datum import wgs84_to_gcj02
from tests.faults.town import STOPS, Fault, change_plan, points

Texts = dict[str, str]
DAYS = "monday,tuesday,wednesday,thursday,friday,saturday,sunday"
EVERY_DAY = "1,1,1,1,1,1,1"
SPOTS = list(points(STOPS).itertuples(index=False, name=None))


def feed() -> Texts:
    """The stops of the town: six of them on one line that runs every day of a year."""
    rows = "".join(f"s{i},{i}站,{y},{x},,\n" for i, (x, y) in enumerate(SPOTS))
    calls = "".join(f"t,08:0{i}:00,08:0{i}:00,s{i},{i},0,0\n" for i in range(len(SPOTS)))
    head = "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type\n"
    return {
        "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\n1,公交,http://x,Asia/Shanghai\n",
        "stops.txt": f"stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n{rows}",
        "routes.txt": "route_id,route_short_name,route_type\nr,1路,3\nm,地铁,1\n",
        "trips.txt": "route_id,service_id,trip_id\nr,w,t\nr,none,u\nm,w,v\n",
        "stop_times.txt": head + calls,
        "calendar.txt": f"service_id,{DAYS},start_date,end_date\nw,{EVERY_DAY},20260101,20261231\n"
        "none,0,0,0,0,0,0,0,20260101,20261231\n",
    }


def pack(folder: Path, texts: Texts, encoding: str = "utf-8", under: str = "") -> None:
    """Write a feed."""
    with zipfile.ZipFile(folder / "feed.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in texts.items():
            packed.writestr(under + name, text.encode(encoding))


def with_feed(folder: Path) -> None:
    """Let the stops of the town come from a timetable."""
    change_plan(folder, 'bus_stops = "stops.csv"', 'gtfs = "feed.zip"')
    pack(folder, feed())


def fault(name: str, change: Callable[[Texts], Any], **expected: Any) -> Fault:
    """A feed with its texts changed."""

    def spoil(folder: Path) -> None:
        texts = feed()
        change(texts)
        pack(folder, texts)

    return Fault(name, spoil, first=with_feed, **expected)


def swap(file: str, old: str, new: str, count: int = -1) -> Callable[[Texts], None]:
    """Replace text in a file of the feed."""

    def change(texts: Texts) -> None:
        assert old in texts[file], old
        texts[file] = texts[file].replace(old, new, count)

    return change


def add(file: str, rows: str) -> Callable[[Texts], None]:
    """Add rows to a file of the feed."""

    def change(texts: Texts) -> None:
        texts[file] = texts.get(file, "") + rows

    return change


def both(*changes: Callable[[Texts], Any]) -> Callable[[Texts], None]:
    def change(texts: Texts) -> None:
        for one in changes:
            one(texts)

    return change


def gone(file: str) -> Callable[[Texts], Any]:
    return lambda texts: texts.pop(file)


def row(i: int, *, kind: str = "", parent: str = "", lat: str | None = None) -> str:
    """A row of stops.txt as the clean feed has it, with some of it changed."""
    x, y = SPOTS[i]
    return f"s{i},{i}站,{y if lat is None else lat},{x},{kind},{parent}\n"


def shifted(texts: Texts) -> None:
    for x, y in SPOTS:
        east, north = wgs84_to_gcj02(x, y)
        texts["stops.txt"] = texts["stops.txt"].replace(f"{y},{x}", f"{north},{east}")


def as_folder(folder: Path) -> None:
    (folder / "feed").mkdir()
    for name, text in feed().items():
        (folder / "feed" / name).write_text(text, encoding="utf-8")
    change_plan(folder, '"feed.zip"', '"feed"')


def written(**how: Any) -> Callable[[Path], None]:
    return lambda folder: pack(folder, feed(), **how)


def planned(entry: str, **how: Any) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        texts = feed()
        if how.pop("shift", False):
            shifted(texts)
        pack(folder, texts, **how)
        change_plan(folder, '"feed.zip"', entry)

    return spoil


def beside_stops(folder: Path) -> None:
    change_plan(folder, 'gtfs = "feed.zip"', 'gtfs = "feed.zip"\nbus_stops = "stops.csv"')


def two_feeds(folder: Path) -> None:
    with zipfile.ZipFile(folder / "feed.zip", "w") as packed:
        for under in ("a/", "b/"):
            for name, text in feed().items():
                packed.writestr(under + name, text)


def climbing(folder: Path) -> None:
    with zipfile.ZipFile(folder / "feed.zip", "a") as packed:
        packed.writestr("../stops.txt", "stop_id\n")


def cut(folder: Path) -> None:
    content = (folder / "feed.zip").read_bytes()
    (folder / "feed.zip").write_bytes(content[: len(content) // 2])


def in_other_order(texts: Texts) -> None:
    rows = [line.split(",") for line in texts["stops.txt"].splitlines()]
    texts["stops.txt"] = "".join(",".join([*reversed(cells), "x"]) + "\n" for cells in rows)


def quoted(texts: Texts) -> None:
    for name, text in texts.items():
        cells = [[f'"{cell}"' for cell in line.split(",")] for line in text.splitlines()]
        texts[name] = "\r\n".join(",".join(line) for line in cells)


STOP, CALLS, TRIPS, WEEKS = "stops.txt", "stop_times.txt", "trips.txt", "calendar.txt"
IDLE = "no trip in service stops there"
STATION = f"P,总站,{SPOTS[0][1]},{SPOTS[0][0]},1,\n"
ELSEWHERE = f"s9,远站,{SPOTS[0][1]},{SPOTS[0][0]},,\n"
DOOR = f"E,A口,{SPOTS[1][1]},{SPOTS[1][0]},2,P\n"
LIFT = "N,电梯,,,3,P\n"

FAULTS: list[Fault] = [
    # Written otherwise, the same feed.
    Fault("a folder instead of an archive", as_folder, first=with_feed),
    Fault("in a folder of the archive", written(under="gtfs/2026/"), first=with_feed),
    Fault("with a mark of order", written(encoding="utf-8-sig"), first=with_feed),
    Fault("in GBK", written(encoding="gbk"), first=with_feed),
    Fault(
        "in GBK, said",
        planned('{path="feed.zip", encoding="gbk"}', encoding="gbk"),
        first=with_feed,
    ),
    fault("all cells quoted, CRLF", quoted),
    fault("columns in another order, and more", in_other_order),
    fault("headings in capitals", swap(STOP, "stop_id,stop_name", "STOP_ID,Stop_Name")),
    fault(
        "blanks after commas",
        lambda texts: [swap(f, ",", ", ")(texts) for f in (STOP, CALLS, TRIPS, WEEKS)],
    ),
    fault("rows of the Mac in the archive", add("__MACOSX/._stops.txt", "junk")),
    fault("more files", add("shapes.txt", "shape_id\n")),
    fault("file names in capitals", lambda texts: texts.update({"STOPS.TXT": texts.pop(STOP)})),
    fault("no agency", gone("agency.txt")),
    fault("empty rows at the end", add(STOP, ",,,,,\n\n\n")),
    fault(
        "days by date alone",
        both(
            gone(WEEKS), add("calendar_dates.txt", "service_id,date,exception_type\nw,20260501,1\n")
        ),
    ),
    fault(
        "a week of nothing, with dates",
        both(
            swap(WEEKS, f"w,{EVERY_DAY}", "w,0,0,0,0,0,0,0"),
            add("calendar_dates.txt", "service_id,date,exception_type\nw,20260501,1\n"),
        ),
    ),
    fault("no calendar at all", gone(WEEKS)),
    fault("no routes", gone("routes.txt")),
    fault("no types of pickup", swap(CALLS, ",pickup_type,drop_off_type", ",x,y")),
    fault("times after midnight", swap(CALLS, "08:05:00", "25:05:00")),
    fault("only set down at the last stop", swap(CALLS, "s5,5,0,0", "s5,5,1,0")),
    fault("trolleybuses", swap("routes.txt", "1路,3", "1路,11")),
    fault("trams", swap("routes.txt", "1路,3", "1路,0")),
    fault("buses of the extended types", swap("routes.txt", "1路,3", "1路,704")),
    fault("calls of unknown stops and trips", add(CALLS, "t,,,zz,9,0,0\nqq,,,s0,1,0,0\n")),
    Fault(
        "beside the planner's own stops",
        beside_stops,
        first=with_feed,
        same=False,
        used={"gtfs": 6, "bus_stops": 6},
    ),
    Fault("GCJ-02, said", planned('{path="feed.zip", datum="gcj02"}', shift=True), first=with_feed),
    # Counted.
    fault(
        "a stop that no trip calls at", add(STOP, ELSEWHERE), counted={"gtfs": {IDLE: 1}}, same=True
    ),
    fault(
        "a stop of a service that never runs",
        both(add(STOP, ELSEWHERE), add(CALLS, "u,,,s9,1,0,0\n")),
        counted={"gtfs": {IDLE: 1}},
        same=True,
    ),
    fault(
        "a service all of whose days are taken out",
        both(
            add(STOP, ELSEWHERE),
            swap(
                WEEKS,
                "none,0,0,0,0,0,0,0,20260101,20261231",
                "none,1,1,1,1,1,1,1,20261001,20261002",
            ),
            add(
                "calendar_dates.txt",
                "service_id,date,exception_type\nnone,20261001,2\nnone,20261002,2\n",
            ),
            add(CALLS, "u,,,s9,1,0,0\n"),
        ),
        counted={"gtfs": {IDLE: 1}},
        same=True,
    ),
    fault(
        "a service that ended years ago",
        both(
            add(STOP, ELSEWHERE),
            swap(
                WEEKS,
                "none,0,0,0,0,0,0,0,20260101,20261231",
                "none,1,1,1,1,1,1,1,20190101,20191231",
            ),
            add(CALLS, "u,,,s9,1,0,0\n"),
        ),
        counted={"gtfs": {IDLE: 1}},
        same=True,
    ),
    fault(
        "a stop where nobody gets on or off",
        both(add(STOP, ELSEWHERE), add(CALLS, "t,,,s9,1,1,1\n")),
        counted={"gtfs": {IDLE: 1}},
        same=True,
    ),
    fault(
        "a stop of the metro",
        both(add(STOP, ELSEWHERE), add(CALLS, "v,,,s9,1,0,0\n")),
        counted={"gtfs": {"no bus or tram stops there": 1}},
        same=True,
    ),
    fault(
        "a station",
        both(add(STOP, STATION), swap(STOP, row(0), row(0, kind="0", parent="P"))),
        counted={"gtfs": {"its platforms or entrances count": 1}},
        same=True,
    ),
    fault(
        "a platform without coordinates",
        both(add(STOP, STATION), swap(STOP, row(0), "s0,0站,,,0,P\n")),
        counted={"gtfs": {"placed where its station is": 1, "its platforms or entrances count": 1}},
        same=True,
    ),
    fault(
        "an entrance of a station",
        both(add(STOP, STATION + DOOR + LIFT), swap(STOP, row(0), row(0, parent="P"))),
        counted={
            "gtfs": {
                "by its entrances": 1,
                "its platforms or entrances count": 1,
                "a place to pass": 1,
            }
        },
        used={"gtfs": 6},
    ),
    fault(
        "an entrance of a station out of service",
        add(STOP, STATION + DOOR),
        counted={"gtfs": {"not in service": 1, "its platforms or entrances count": 1}},
        same=True,
    ),
    fault(
        "a boarding area",
        add(STOP, "b,B区,,,4,s0\n"),
        counted={"gtfs": {"a part of a platform": 1}},
        same=True,
    ),
    fault(
        "no coordinates anywhere",
        both(add(STOP, "s9,远站,,,,\n"), add(CALLS, "t,,,s9,7,0,0\n")),
        counted={"gtfs": {"no coordinates (first: row 8)": 1}},
        same=True,
    ),
    fault(
        "coordinates 0, 0",
        both(add(STOP, "s9,远站,0,0,,\n"), add(CALLS, "t,,,s9,7,0,0\n")),
        counted={"gtfs": {"coordinates are 0, 0": 1}},
        same=True,
    ),
    fault(
        "coordinates in words",
        both(add(STOP, "s9,远站,北,东,,\n"), add(CALLS, "t,,,s9,7,0,0\n")),
        counted={"gtfs": {"no coordinates": 1}},
        same=True,
    ),
    fault(
        "coordinates off the Earth",
        both(add(STOP, "s9,远站,135.2,416.5,,\n"), add(CALLS, "t,,,s9,7,0,0\n")),
        counted={"gtfs": {"beyond 180 or 90": 1}},
        same=True,
    ),
    fault(
        "an id twice",
        add(STOP, row(0)),
        counted={"gtfs": {"stop_id given before (first: row 8)": 1}},
        same=True,
    ),
    fault(
        "no id",
        add(STOP, ELSEWHERE.replace("s9", "")),
        counted={"gtfs": {"no stop_id": 1}},
        same=True,
    ),
    fault(
        "an unknown kind of place",
        add(STOP, ELSEWHERE.replace(",,\n", ",7,\n")),
        counted={"gtfs": {"none of 0 to 4": 1}},
        same=True,
    ),
    # Refused.
    fault(
        "no calls", gone(CALLS), error=("feed.zip, gtfs", "holds no stop_times.txt", "bus_stops = ")
    ),
    fault("no trips", gone(TRIPS), error=("holds no trips.txt",)),
    fault("no stops", gone(STOP), error=("holds no stops.txt",)),
    fault(
        "something else",
        lambda texts: [texts.pop(f) for f in (STOP, CALLS, TRIPS)],
        error=("is no timetable (GTFS)",),
    ),
    fault(
        "stops without latitude",
        swap(STOP, "stop_lat", "lat"),
        error=("stops.txt has no column stop_lat",),
    ),
    fault(
        "calls without trips",
        swap(CALLS, "trip_id", "trip"),
        error=("stop_times.txt has no column trip_id",),
    ),
    fault(
        "an empty table of calls",
        lambda texts: texts.update({CALLS: ""}),
        error=("stop_times.txt is empty",),
    ),
    fault(
        "nothing in service",
        swap(WEEKS, EVERY_DAY, "0,0,0,0,0,0,0"),
        error=("no stop of a bus or tram in service", IDLE),
    ),
    fault(
        "only the metro",
        swap("routes.txt", "1路,3", "1路,1"),
        error=("no bus or tram stops there",),
    ),
    fault(
        "no stop at all",
        swap(STOP, feed()[STOP].partition("\n")[2], ""),
        error=("stops.txt is empty",),
    ),
    fault(
        "longitude and latitude swapped",
        swap(STOP, "stop_lat,stop_lon", "stop_lon,stop_lat"),
        error=("swapped",),
    ),
    fault(
        "GCJ-02, not said",
        shifted,
        error=("feed.zip, gtfs", "seems to be in GCJ-02", 'datum = "gcj02"'),
    ),
    Fault(
        "an option that says nothing",
        planned('{path="feed.zip", x="lon"}'),
        first=with_feed,
        error=("option x says nothing about a timetable",),
    ),
    Fault(
        "two feeds in one archive",
        two_feeds,
        first=with_feed,
        error=("holds several feeds", "'a'", "'b'"),
    ),
    Fault("a path that leads out", climbing, first=with_feed, error=("leads out of it",)),
    Fault(
        "an archive cut in two", cut, first=with_feed, error=("feed.zip, gtfs", "cannot be read")
    ),
    Fault(
        "not there",
        lambda folder: (folder / "feed.zip").unlink(),
        first=with_feed,
        error=("is not there",),
    ),
]
