"""Stops of a timetable against a slow reader that walks the feed row by row."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers import timetable
from layers.gtfs import read_gtfs
from spatial.errors import InputError

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Rows = list[dict[str, Any]]
FIELDS = {
    "stops": "stop_id stop_name stop_lat stop_lon location_type parent_station",
    "routes": "route_id route_type",
    "trips": "trip_id route_id service_id",
    "stop_times": "trip_id stop_id pickup_type drop_off_type",
    "calendar": f"service_id {' '.join(DAYS)} start_date end_date",
    "calendar_dates": "service_id date exception_type",
}


def write(folder: Path, feed: dict[str, Rows]) -> Path:
    path = folder / "feed.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name, rows in feed.items():
            text = io.StringIO()
            table = csv.DictWriter(text, FIELDS[name].split())
            table.writeheader()
            table.writerows(rows)
            packed.writestr(f"{name}.txt", text.getvalue())
    return path


def day(number: int) -> str:
    return f"{dt.date(2026, 1, 1) + dt.timedelta(number):%Y%m%d}"


def dates_of(service: str, feed: dict[str, Rows]) -> set[str]:
    """Every date on which a service runs."""
    found = set()
    for week in feed["calendar"]:
        for number in range(-400, 400):
            date = dt.date(2026, 1, 1) + dt.timedelta(number)
            written = f"{date:%Y%m%d}"
            inside = week["start_date"] <= written <= week["end_date"]
            if week["service_id"] == service and inside and week[DAYS[date.weekday()]] == "1":
                found.add(written)
    for row in feed["calendar_dates"]:
        if row["service_id"] == service and row["exception_type"] == "2":
            found.discard(row["date"])
    for row in feed["calendar_dates"]:
        if row["service_id"] == service and row["exception_type"] == "1":
            found.add(row["date"])
    return found


def slowly(feed: dict[str, Rows]) -> set[str]:
    """The ids of the stops that count, found row by row."""
    running = {row["service_id"] for row in feed["calendar"] if dates_of(row["service_id"], feed)}
    running |= {"x"} if dates_of("x", feed) else set()
    street = {row["route_id"] for row in feed["routes"] if row["route_type"] in ("0", "3", "704")}
    trips = {
        row["trip_id"]
        for row in feed["trips"]
        if row["service_id"] in running and row["route_id"] in street
    }
    served = {
        row["stop_id"]
        for row in feed["stop_times"]
        if row["trip_id"] in trips and not row["pickup_type"] == row["drop_off_type"] == "1"
    }
    platforms = {row["stop_id"]: row for row in feed["stops"] if row["location_type"] in ("", "0")}
    live = {platforms[stop]["parent_station"] for stop in served & platforms.keys()} - {""}
    doors = {
        row["stop_id"]: row["parent_station"]
        for row in feed["stops"]
        if row["location_type"] == "2" and row["parent_station"] in live
    }
    by_doors = {
        stop for stop, row in platforms.items() if row["parent_station"] in set(doors.values())
    }
    return (served & platforms.keys()) - by_doors | doors.keys()


@st.composite
def feeds(draw: Any) -> dict[str, Rows]:
    """Small feeds with a bit of everything."""
    one_of = lambda *values: draw(st.sampled_from(values))  # noqa: E731
    number = lambda least, most: draw(st.integers(least, most))  # noqa: E731
    stops = [
        {
            "stop_id": f"s{i}",
            "stop_lat": 35.2 + i / 1000,
            "stop_lon": 117.0,
            "location_type": "1" if i < 2 else one_of("", "0", "2", "0"),
            "parent_station": "" if i < 2 else one_of("", "s0", "s1"),
        }
        for i in range(number(2, 9))
    ]
    services = [f"w{i}" for i in range(number(1, 3))]
    first = [number(0, 60) for _ in services]
    calendar = [
        {"service_id": service, "start_date": day(start), "end_date": day(start + number(-1, 9))}
        | dict(
            zip(DAYS, draw(st.lists(st.sampled_from("01"), min_size=7, max_size=7)), strict=True)
        )
        for service, start in zip(services, first, strict=True)
    ]
    dates = [
        {
            "service_id": one_of(*services, "x"),
            "date": day(number(0, 69)),
            "exception_type": one_of("1", "2", "2"),
        }
        for _ in range(number(0, 6))
    ]
    told = {(row["service_id"], row["date"]): row for row in dates}  # a date is told of once
    routes = [{"route_id": f"r{i}", "route_type": one_of("3", "0", "1", "704")} for i in range(3)]
    trips = [
        {
            "trip_id": f"t{i}",
            "route_id": one_of("r0", "r1", "r2", "r9"),
            "service_id": one_of(*services, "x"),
        }
        for i in range(number(1, 5))
    ]
    calls = [
        {
            "trip_id": f"t{number(0, 5)}",
            "stop_id": f"s{number(2, 9)}",
            "pickup_type": one_of("", "0", "1"),
            "drop_off_type": one_of("", "0", "1"),
        }
        for _ in range(number(1, 12))
    ]
    return {
        "stops": stops,
        "routes": routes,
        "trips": trips,
        "stop_times": calls,
        "calendar": calendar,
        "calendar_dates": list(told.values()),
    }


@settings(max_examples=80, deadline=None)
@given(feed=feeds())
def test_the_stops_that_count_are_those_of_the_slow_reader(feed: dict[str, Rows]) -> None:
    expected = slowly(feed)
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), feed)
        if not expected:
            with pytest.raises(InputError, match="no stop of a bus or tram in service"):
                read_gtfs(path)
            return
        reading = read_gtfs(path)
    assert set(reading.places["facility"]) == expected
    assert reading.tally.read == len(feed["stops"])
    assert reading.tally.read == reading.tally.used + reading.tally.dropped
    assert len(reading.marks) == reading.tally.dropped + reading.tally.repaired


def test_large_tables_are_read_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stops = [{"stop_id": f"s{i}", "stop_lat": 35.2, "stop_lon": 117 + i / 1e4} for i in range(50)]
    feed: dict[str, Rows] = {
        "stops": stops,
        "trips": [{"trip_id": f"t{i}", "route_id": "r", "service_id": "w"} for i in range(20)],
        "stop_times": [
            {"trip_id": f"t{i % 20}", "stop_id": f"s{i % 49}"} for i in np.arange(1000).tolist()
        ],
    }
    path = write(tmp_path, feed)
    whole = read_gtfs(path)
    assert (whole.tally.used, whole.tally.reasons) == (49, {"no trip in service stops there": 1})
    monkeypatch.setattr(timetable, "_PIECE", 7)
    pd.testing.assert_frame_equal(read_gtfs(path).places, whole.places)
    assert whole.taken["route_type"] == "not said: every trip counts as a bus"
    assert whole.taken["service"] == "no calendar: every trip counts"
