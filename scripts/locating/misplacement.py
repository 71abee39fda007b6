"""Layers that lie elsewhere than the others, and what their coordinates would have to be.

What is found is told in one line, with what to write; nothing is ever moved without the planner.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

import numpy as np

from layers.coordinates import columns_of, some_coordinates, swapping
from layers.records import crs_name
from spatial.crs import horizontal
from spatial.errors import InputError, UnplacedError
from spatial.misplacement import Supposition, Surroundings, suppositions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

    from scripts.plan import LayerEntry, Plan

    Points = NDArray[np.float64]

_FIRST: Final = ("boundary", "streets", "homes")
"""The layers that say where the others belong, the surest first."""
_TOGETHER_M: Final = 10_000.0
_APART_M: Final = 50_000.0
_SHIFTED_M: Final = 1_000.0
_PROVINCE_M: Final = 200_000.0
_MANY: Final = 5  # places hardly lie together elsewhere by chance


class Layer(Protocol):
    """A layer as read: of a plan, or of candidates."""

    @property
    def places(self) -> gpd.GeoDataFrame:
        """The layer, in the CRS of its file."""

    @property
    def taken(self) -> Mapping[str, str]:
        """What was taken for what."""


AnyLayer = TypeVar("AnyLayer", bound=Layer)


@dataclass(frozen=True)
class _Spots:
    """Some coordinates of a layer, as they stand in its file, and where they lie."""

    reading: Layer
    xy: Points
    lonlat: Points


def reading_or_advice(
    name: str,
    readings: Mapping[str, Layer],
    entries: Mapping[str, LayerEntry],
    read: Callable[[str, LayerEntry], AnyLayer],
) -> AnyLayer:
    """Read a layer; if nothing says where it lies, say which CRS would bring it to the others.

    Parameters
    ----------
    name
        The layer.
    readings
        The layers read so far.
    entries, read
        The files of the plan by layer, and what reads one.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    try:
        return read(name, entries[name])
    except UnplacedError as error:
        others = dict(readings)
        for other in (one for one in _FIRST if one != name and one in entries.keys() - others):
            with suppress(InputError):
                others[other] = read(other, entries[other])
        raise _advised(error, others) from None


def _advised(error: UnplacedError, others: Mapping[str, Layer]) -> InputError:
    """Say which CRS would bring a layer among others, if any does."""
    spots = _all_spots(others)
    xy = error.xy[np.isfinite(error.xy).all(axis=1)]
    if not spots or not len(xy):
        return error
    inner = _together(spots)
    found = suppositions(xy, None, _surroundings(spots, inner)) if inner else []
    if not found:
        return error
    codes = " or ".join(f'"EPSG:{one.epsg}"' for one in found)
    remedy = f"say crs = {codes}, which brings it to {_called(inner, spots)}"
    if found[0].swapped:
        remedy = f"say crs = {codes}, and {swapping(error.columns)}"
    return InputError(error.wrong, remedy, file=error.file, layer=error.layer, row=error.row)


def require_together(plan: Plan, readings: Mapping[str, Layer]) -> None:
    """Refuse a plan of which a layer lies elsewhere than the others.

    Raises
    ------
    InputError
        With how far, and what would bring it there.
    """
    spots = _all_spots(readings)
    inner = _together(spots)
    outer = [name for name in _ordered(spots) if inner and name not in inner]
    faults = [_fault(_entry(plan, name), name, spots, inner) for name in outer]
    if len(outer) == len(inner) == 1:  # either may be wrong
        faults.append(_fault(_entry(plan, inner[0]), inner[0], spots, outer))
    if len(inner) > 2:  # noqa: PLR2004  of two, nobody can say which is shifted
        faults += [_near_fault(plan, name, spots, inner) for name in inner]
    known = [one for one in faults if one is not None]
    if known:
        raise min(known, key=lambda one: not one.cause).error


def require_among(
    name: str, entry: LayerEntry, reading: Layer, others: Mapping[str, Layer]
) -> None:
    """Refuse a layer that lies elsewhere than others, which are right.

    Raises
    ------
    InputError
        With how far, and what would bring it there.
    """
    spots = _all_spots({**others, name: reading})
    inner = [other for other in _together(spots) if other != name]
    if inner and name in spots and not any(_meet(spots, name, other) for other in inner):
        fault = _fault(entry, name, spots, inner)
        if fault is not None:
            raise fault.error


@dataclass(frozen=True)
class _Fault:
    """What is wrong with a layer, and whether a cause is known."""

    error: InputError
    cause: bool


def _fault(
    entry: LayerEntry | None, name: str, spots: Mapping[str, _Spots], inner: list[str]
) -> _Fault | None:
    """Say that a layer lies elsewhere than some others, if it does so for sure, and why."""
    among, own = _surroundings(spots, inner), spots[name]
    if entry is None or not len(among.lonlat):  # from OpenStreetMap: the others are wrong
        return None
    away_m, crs = among.nearest_m(own.lonlat), own.reading.places.crs
    found = suppositions(own.xy, horizontal(crs), among)
    if found:
        wrong, remedy = _told(found, own, f"{away_m / 1000:,.0f}", _called(inner, spots))
        return _Fault(InputError(wrong, remedy, file=entry.path, layer=name), cause=True)
    if away_m <= _APART_M:
        return None
    wrong = f"lies {away_m / 1000:,.0f} km from {_called(inner, spots)}"
    if not np.isfinite(away_m):
        wrong = f"lies nowhere on Earth as {crs_name(crs)}"
    remedy = f"check its coordinates, and whether its CRS is {crs_name(crs)}"
    return _Fault(InputError(wrong, remedy, file=entry.path, layer=name), cause=False)


def _near_fault(
    plan: Plan, name: str, spots: Mapping[str, _Spots], inner: list[str]
) -> _Fault | None:
    """Say that a layer lies beside the others, and on them in another CRS: UTM is 1.6 km off.

    A few places may well lie there, and what the planner says of the CRS is believed.
    """
    entry, own = _entry(plan, name), spots[name]
    if entry is None or entry.crs is not None or len(own.xy) < _MANY:
        return None
    others = [other for other in inner if other != name]
    among, crs = _surroundings(spots, others), own.reading.places.crs
    away_m = among.nearest_m(own.lonlat)
    found = suppositions(own.xy, horizontal(crs), among) if away_m > _SHIFTED_M else []
    if not found or found[0].epsg is None or found[0].swapped:
        return None
    km, said = f"{away_m / 1000:,.1f}", crs_name(crs)
    codes = " or ".join(f"EPSG:{one.epsg}" for one in found)
    wrong = f"lies {km} km from {_called(others, spots)} as {said}, but there as {codes}"
    remedy = f'say crs = "EPSG:{found[0].epsg}" if that is right, else crs = "{said}"'
    return _Fault(InputError(wrong, remedy, file=entry.path, layer=name), cause=True)


def _entry(plan: Plan, name: str) -> LayerEntry | None:
    """What the plan says of a layer; None of one from the extract."""
    return plan.place.boundary if name == "boundary" else plan.layers.get(name)


def _called(inner: list[str], spots: Mapping[str, _Spots]) -> str:
    """Say what layers that lie together are: the study area, or some of them by name."""
    says_where = "boundary" if "boundary" in spots else "homes"
    return "the study area" if says_where in inner else " and ".join(inner[:2])


def _told(found: list[Supposition], own: _Spots, km: str, there: str) -> tuple[str, str]:
    """Say what would bring a layer among the others, and what to do."""
    first = found[0]
    said = crs_name(own.reading.places.crs)
    swap = swapping(columns_of(own.reading.taken))
    if first.longitudes == "sign":
        wrong = f"lies {km} km from {there}, but there with the other sign of x"
        return wrong, "give its longitudes their sign: east is positive, west negative"
    if first.longitudes:
        wrong = f"lies {km} km from {there}, but there with 100 added to x"
        return wrong, "write its longitudes in full"
    if first.epsg is None:
        wrong = f"lies {km} km from {there}, but there with x and y swapped"
        return wrong, swap
    codes = " or ".join(f"EPSG:{one.epsg}" for one in found)
    if first.swapped:
        wrong = f"lies {km} km from {there} as {said}, but there as {codes} swapped"
        return wrong, f'say crs = "EPSG:{first.epsg}", and {swap}'
    wrong = f"lies {km} km from {there} as {said}, but there as {codes}"
    return wrong, f'say crs = "EPSG:{first.epsg}" if that is right'


def _all_spots(readings: Mapping[str, Layer]) -> dict[str, _Spots]:
    """Take some coordinates of each layer that has any."""
    found = {}
    for name, reading in readings.items():
        if not len(reading.places):
            continue
        xy = some_coordinates(reading.places.geometry.to_numpy())
        found[name] = _Spots(reading, xy, _lonlat(xy, reading))
    return found


def _lonlat(xy: Points, reading: Layer) -> Points:
    """Longitude and latitude of coordinates of a layer; infinite where there are none."""
    from geopandas import points_from_xy  # noqa: PLC0415  heavy

    spots = points_from_xy(*xy.T, crs=reading.places.crs).to_crs(4326)
    return np.column_stack([spots.x, spots.y])


def _ordered(spots: Mapping[str, _Spots]) -> list[str]:
    """The layers, the surest first."""
    first = [name for name in _FIRST if name in spots]
    return [*first, *(name for name in spots if name not in first)]


def _together(spots: Mapping[str, _Spots]) -> list[str]:
    """The most layers that lie together; of as many, those with the surest.

    A layer of a whole province meets those that lie elsewhere in it, and says nothing of them.
    """
    best: list[str] = []
    for name in _ordered(spots):
        if name not in _FIRST and _surroundings(spots, [name]).width_m > _PROVINCE_M:
            continue
        group = [other for other in _ordered(spots) if _meet(spots, name, other)]
        best = max(best, group, key=len)
        if len(best) == len(spots):
            break
    return best


def _meet(spots: Mapping[str, _Spots], one: str, other: str) -> bool:
    """Whether two layers lie together; a layer that lies nowhere meets none."""
    return any(
        np.isfinite(spots[inner].lonlat).any()
        and _surroundings(spots, [inner]).nearest_m(spots[outer].lonlat) <= _TOGETHER_M
        for inner, outer in ((one, other), (other, one))
    )


def _surroundings(spots: Mapping[str, _Spots], names: list[str]) -> Surroundings:
    """Where layers lie; of several the surest say it."""
    names = [name for name in names if name in _FIRST] or names
    lonlat = np.concatenate([spots[name].lonlat for name in names])
    return Surroundings(lonlat[np.isfinite(lonlat).all(axis=1)])
