"""Who calls where: the stops at which trips in service let people on or off (GTFS).

``stop_times.txt`` may have tens of millions of rows. It is read in pieces, four of its columns,
and each piece leaves nothing but the stops that it names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from layers.records import unreadable
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

_PIECE: Final = 1_000_000  # rows
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_YEAR: Final = pd.Timedelta(days=366)
_NONE_HERE: Final = "1"  # of pickup_type and drop_off_type: nobody gets on, or off

_STREET: Final = ((0, 0), (3, 3), (5, 5), (11, 11), (700, 711), (713, 799), (800, 800), (900, 999))
"""Route types, from and to, that stop in the street as buses and trams do; 712 is for schools.

The first are GTFS's own (tram, bus, cable tram, trolleybus), the rest its extended ones
(https://developers.google.com/transit/gtfs/reference/extended-route-types).
"""


@dataclass(frozen=True)
class Calls:
    """The stops that trips in service call at.

    Attributes
    ----------
    served
        Ids of the stops where buses or trams call.
    others
        Ids of those where only trains, ferries and the like do.
    taken
        What was taken for what.
    """

    served: frozenset[str]
    others: frozenset[str]
    taken: Mapping[str, str] = field(default_factory=dict)


def calls_of(files: Mapping[str, Path], encoding: str) -> Calls:
    """Find the stops at which trips in service let people on or off.

    Parameters
    ----------
    files
        The files of a feed by name; ``stop_times.txt`` and ``trips.txt`` are among them.
    encoding
        That of its text.

    Raises
    ------
    InputError
        If a file cannot be read or lacks a column.
    """
    feed = _Feed(files, encoding)
    taken: dict[str, str] = {}
    trips = feed.whole("trips.txt", ("trip_id",), ("route_id", "service_id"))
    runs, street = _in_service(feed, trips, taken), _in_street(feed, trips, taken)
    known = pd.Index(trips["trip_id"])
    first = ~known.duplicated()
    known, runs, street = (
        known[first],
        np.append(runs[first], False),
        np.append(street[first], False),
    )
    called: dict[bool, set[str]] = {True: set(), False: set()}
    wanted, may = ("trip_id", "stop_id"), ("pickup_type", "drop_off_type")
    for piece in feed.pieces("stop_times.txt", wanted, may):
        row = known.get_indexer(piece["trip_id"])
        open_to_all = (piece[["pickup_type", "drop_off_type"]] != _NONE_HERE).any(axis=1)
        row[row < 0] = len(known)  # of a trip that is not known, which does not run
        counts = runs[row] & open_to_all.to_numpy()
        for kind, stops in called.items():
            stops.update(piece["stop_id"][counts & (street[row] == kind)].unique())
    return Calls(frozenset(called[True]), frozenset(called[False] - called[True]), taken)


@dataclass(frozen=True)
class _Feed:
    """The files of a feed, read as columns of text without blanks around."""

    files: Mapping[str, Path]
    encoding: str

    def pieces(
        self, name: str, needed: Sequence[str], optional: Sequence[str] = ()
    ) -> Iterator[pd.DataFrame]:
        """Give some columns of a file, some rows at a time; optional ones may be empty."""
        try:
            with pd.read_csv(
                self.files[name],
                usecols=lambda heading: _plain(heading) in {*needed, *optional},
                dtype=str,
                keep_default_na=False,
                encoding=self.encoding,
                encoding_errors="replace",
                skipinitialspace=True,
                chunksize=_PIECE,
            ) as read:
                for piece in read:
                    yield _columns(piece, name, needed, optional)
        except pd.errors.EmptyDataError:
            wrong = f"{name} is empty"
            raise InputError(wrong, "give the whole feed, as its maker publishes it") from None
        except (pd.errors.ParserError, OSError, ValueError) as error:
            reason = unreadable(error).wrong
            wrong = f"{name} {reason}"
            raise InputError(wrong, "give the whole feed, as its maker publishes it") from None

    def whole(self, name: str, needed: Sequence[str], optional: Sequence[str] = ()) -> pd.DataFrame:
        """Give some columns of a file; no rows if the feed lacks it."""
        nothing = pd.DataFrame(columns=[*needed, *optional], dtype=str)
        if name not in self.files:
            return nothing
        return pd.concat([nothing, *self.pieces(name, needed, optional)], ignore_index=True)


def _plain(heading: object) -> str:
    return str(heading).strip().strip('\ufeff"').casefold()


def _columns(
    piece: pd.DataFrame, name: str, needed: Sequence[str], optional: Sequence[str]
) -> pd.DataFrame:
    """Give the columns of a piece under their plain names, blanks around cells cut."""
    piece = piece.rename(columns=_plain)
    lacking = [one for one in needed if one not in piece]
    if lacking:
        wrong = f"{name} has no column {lacking[0]}"
        raise InputError(wrong, "give the whole feed, as its maker publishes it")
    piece = piece.loc[:, ~piece.columns.duplicated()].reindex(
        columns=[*needed, *optional], fill_value=""
    )
    return piece.apply(lambda cells: cells.fillna("").str.strip())


def _in_street(feed: _Feed, trips: pd.DataFrame, taken: dict[str, str]) -> Mask:
    """Tell which trips are by bus or tram; all, if nothing says what they are by."""
    routes = feed.whole("routes.txt", ("route_id",), ("route_type",))
    types = pd.to_numeric(routes["route_type"], errors="coerce")
    if types.isna().all():
        taken["route_type"] = "not said: every trip counts as a bus"
        return np.ones(len(trips), bool)
    street = np.logical_or.reduce([types.between(*span) for span in _STREET])
    by_bus = pd.Series(street, routes["route_id"])
    known = by_bus[~by_bus.index.duplicated()].reindex(trips["route_id"])
    return known.to_numpy() == True  # noqa: E712  neither False nor unknown


def _in_service(feed: _Feed, trips: pd.DataFrame, taken: dict[str, str]) -> Mask:
    """Tell which trips run on some day of the last year of the feed."""
    last = _last_days(feed)
    if last is None:
        taken["service"] = "no calendar: every trip counts"
        return np.ones(len(trips), bool)
    if last.empty:
        return np.zeros(len(trips), bool)
    taken["service"] = f"until {last.max():%Y-%m-%d}"
    living = last.index[last >= last.max() - _YEAR]
    found: Mask = trips["service_id"].isin(living).to_numpy()
    return found


def _last_days(feed: _Feed) -> pd.Series | None:
    """Give the last day on which each service runs that runs at all; None without a calendar."""
    weeks = feed.whole("calendar.txt", ("service_id",), (*_DAYS, "start_date", "end_date"))
    dates = feed.whole("calendar_dates.txt", ("service_id", "date"), ("exception_type",))
    if not {"calendar.txt", "calendar_dates.txt"} & feed.files.keys():
        return None
    dates["date"] = _days(dates["date"])
    dates = dates.dropna(subset="date")
    gone = dates[dates["exception_type"] == "2"].groupby("service_id")["date"].agg(set)
    lasts = [
        (service, _last_of(week, start, end, gone.get(service, set())))
        for service, week, start, end in zip(
            weeks["service_id"],
            (weeks[list(_DAYS)] == "1").to_numpy(),
            _days(weeks["start_date"]),
            _days(weeks["end_date"]),
            strict=True,
        )
    ]
    added = dates.loc[dates["exception_type"] == "1", ["service_id", "date"]]
    every = [*lasts, *added.itertuples(index=False, name=None)]
    table = pd.DataFrame(every, columns=["service", "day"]).dropna()
    return pd.to_datetime(table["day"]).groupby(table["service"]).max()


def _days(cells: pd.Series) -> pd.Series:
    return pd.to_datetime(cells, format="%Y%m%d", errors="coerce")


def _last_of(
    week: Mask, start: pd.Timestamp, end: pd.Timestamp, gone: set[pd.Timestamp]
) -> pd.Timestamp | None:
    """Give the last day from start to end that falls on a day of the week and is not gone."""
    if pd.isna(start) or pd.isna(end) or not week.any():
        return None
    day = end
    while day >= start:
        if week[day.weekday()] and day not in gone:
            return day
        day -= pd.Timedelta(days=1)
    return None
