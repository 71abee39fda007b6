"""Coordinate reference systems: which one to measure in, and which ones never to.

Coordinates are always x = longitude or easting first, y = latitude or northing second. Make
transformers with ``always_xy=True``: EPSG lists the axes of 4490 and 4548 the other way round.
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Final, NamedTuple

from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from spatial.crs_names import CONVERT, epsg_named
from spatial.errors import InputError


class _Box(NamedTuple):
    """A box of degrees; a place on its edge is inside."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        return self.west <= lon <= self.east and self.south <= lat <= self.north


# EPSG's area of use of CGCS2000 (code 4490, "China - onshore and offshore").
_CHINA: Final = _Box(73.62, 16.70, 134.77, 53.56)
# UTM is defined between these parallels; the poles have projections of their own.
_UTM: Final = _Box(-180.0, -80.0, 180.0, 84.0)

# EPSG numbers the CGCS2000 3-degree zones without prefix from 4534 (central meridian 75 E, which
# is zone 25) to 4554 (135 E, zone 45).
_FIRST_GAUSS_KRUEGER_EPSG: Final = 4534
_FIRST_GAUSS_KRUEGER_ZONE: Final = 25

# Projections of the whole world: a metre on them is a metre on the ground near one line only.
_WORLD_METHODS: Final = (
    "popular visualisation",
    "mercator",
    "equidistant cylindrical",
    "lambert cylindrical equal area",
    "mollweide",
)

_BARE_WORD: Final = re.compile(r"[^\[\]{}:=+]*")

# Datums, and ellipsoids of datums not named, that lie tens of metres off in every city of its own.
_CHINESE: Final = re.compile(r".*(beijing|xi'?an|北京|西安|kras+o[vw]?sky)", re.IGNORECASE)
_UNNAMED: Final = re.compile(r"d?_?(unknown|unnamed|not[ _]specified|undefined)", re.IGNORECASE)
_TODAYS_RADIUS_M: Final = 6_378_137.0
_SAME_RADIUS_M: Final = 1.0

_EXAMPLES: Final = "EPSG:4548 (CGCS2000, central meridian 117 E) or EPSG:32650 (UTM zone 50 N)"


def local_crs(lon: float, lat: float) -> CRS:
    """Give the CRS to measure in around a place, in metres.

    Inside the box that EPSG gives for China (73.62-134.77 E, 16.70-53.56 N; parts of its
    neighbours lie in it too) this is CGCS2000 / 3-degree Gauss-Krueger by central meridian, the
    system of Chinese city plans; elsewhere WGS 84 / UTM. Within its zone lengths are true to
    0.04 % in the former, to 0.1 % in UTM.

    Parameters
    ----------
    lon, lat
        Degrees; the middle of the study area.

    Raises
    ------
    InputError
        If this is no place on Earth, or lies too near a pole for UTM.

    Notes
    -----
    The 3-degree zone is lon / 3 to the nearest integer and its central meridian 3 x zone
    (Chinese practice, and EPSG 4534-4554). The UTM zone is floor((lon + 180) / 6) + 1; the wider
    zones of Norway and Svalbard are not followed, which costs less than 0.15 % of length.

    Examples
    --------
    >>> local_crs(116.59, 35.42).to_epsg()  # Jining
    4548
    >>> local_crs(7.42, 43.74).to_epsg()  # Monaco
    32632
    """
    if not (abs(lon) <= 180 and abs(lat) <= 90):  # noqa: PLR2004 - the whole Earth; False for NaN
        wrong = f"lon {lon:g}, lat {lat:g} is no place on Earth"
        raise InputError(wrong, f"say crs = ..., for instance {_EXAMPLES}")
    if _CHINA.holds(lon, lat):
        zone = math.floor(lon / 3 + 0.5)
        return CRS.from_epsg(_FIRST_GAUSS_KRUEGER_EPSG + zone - _FIRST_GAUSS_KRUEGER_ZONE)
    if not _UTM.holds(lon, lat):
        wrong = f"latitude {lat:g} is too near a pole for UTM"
        raise InputError(wrong, "say crs = ... with a polar CRS in metres")
    zone = math.floor((lon + 180) / 6) % 60 + 1
    return CRS.from_epsg((32600 if lat >= 0 else 32700) + zone)


def require_metric(crs: CRS | None) -> CRS:
    """Give the CRS back if walking distances can be measured in it.

    Raises
    ------
    InputError
        If there is no CRS, or it is in degrees, in feet or kilometres, or a projection of the
        whole world such as Web Mercator (EPSG:3857, 900913, 3785), in which lengths at Jining
        come out 23 % too long. The message says which CRS to use instead.

    Examples
    --------
    >>> require_metric(CRS("EPSG:4548")).name
    'CGCS2000 / 3-degree Gauss-Kruger CM 117E'
    """
    if crs is None:
        wrong, remedy = "has no CRS", f"say crs = ..., for instance {_EXAMPLES}"
        raise InputError(wrong, remedy)
    flat = horizontal(crs)
    unfit = _unfit(flat)
    if unfit:
        wrong, remedy = f"{_label(crs)} {unfit}", f"use {_instead(flat)}"
        raise InputError(wrong, remedy)
    return crs


def crs_from_text(text: str) -> CRS:
    """Read a CRS as a plan or an option gives it.

    Parameters
    ----------
    text
        ``"EPSG:4548"``, ``"4548"``, a URN, WKT, a PROJ string, EPSG's full name, ``"WGS84"`` or
        ``"CGCS2000"``. Other bare words are not completed.

    Raises
    ------
    InputError
        If the text is no known CRS, one that places nothing on a map (heights, a local grid), or
        one of a datum that only a city's own parameters lead away from.

    Examples
    --------
    >>> crs_from_text("4548") == crs_from_text("EPSG:4548")
    True
    """
    text = text.strip()
    unknown = f"crs {text!r} is not known"
    remedy = f"write an EPSG code, for instance {_EXAMPLES}"
    epsg = epsg_named(text)
    try:
        crs = CRS.from_user_input(text if epsg is None else f"EPSG:{epsg}")
    except CRSError:
        raise InputError(unknown, remedy) from None
    if epsg is None and _BARE_WORD.fullmatch(text) and _letters(crs.name) != _letters(text):
        raise InputError(unknown, remedy)
    flat = horizontal(crs)
    if not (flat.is_geographic or flat.is_projected):
        wrong = f"crs {text!r} does not say where on Earth a place lies"
        raise InputError(wrong, remedy)
    return require_datum(crs)


def _letters(name: str) -> str:
    """The letters and numbers of a name, as Esri and EPSG write the same one differently."""
    return "".join(sign for sign in name.casefold() if sign.isalnum()).replace("gausskruger", "gk")


def require_datum(crs: CRS) -> CRS:
    """Give a CRS back if it is known how its datum lies to those of today.

    Beijing 1954 and Xian 1980 lie tens of metres off CGCS2000, otherwise in every city. PROJ takes
    them for the same without a word, so they are refused unless the CRS brings parameters.

    Raises
    ------
    InputError
        If it is of such a datum, or of one that is not named on an ellipsoid of the past.

    Examples
    --------
    >>> require_datum(CRS(4548)).to_epsg()
    4548
    >>> require_datum(CRS(2384))
    Traceback (most recent call last):
    spatial.errors.InputError: CRS EPSG:2384 (Xian 1980 / 3-degree Gauss-Kruger CM 117E) is tied ...
    """
    try:
        _to_degrees(crs)
    except ProjError:
        wrong = f"{_label(crs)} cannot be turned into degrees"
        raise InputError(wrong, "say crs = ... with an EPSG code") from None
    flat = horizontal(crs)
    if flat.geodetic_crs is None or flat.geodetic_crs.datum is None or _has_parameters(crs):
        return crs
    datum = flat.geodetic_crs.datum.name
    if _CHINESE.match(f"{flat.geodetic_crs.name} {datum}") and "pulkovo" not in datum.casefold():
        wrong = f"{_label(crs)} is tied to CGCS2000 only by a city's own parameters"
        raise InputError(wrong, CONVERT)
    ellipsoid = flat.ellipsoid
    if ellipsoid is None or not ellipsoid.inverse_flattening or not _UNNAMED.match(datum):
        return crs
    if abs(ellipsoid.semi_major_metre - _TODAYS_RADIUS_M) > _SAME_RADIUS_M:
        wrong = f"{_label(crs)} does not say how its datum lies to that of today"
        raise InputError(wrong, "say crs = ... with an EPSG code, or convert it to CGCS2000")
    return crs


def inside_area_of_use(crs: CRS, x: float, y: float) -> bool:
    """Say whether coordinates lie where their CRS is made for; none does if nobody knows where.

    Examples
    --------
    >>> inside_area_of_use(CRS(4548), 462764, 3920713), inside_area_of_use(CRS(4548), 116.6, 35.4)
    (True, False)
    """
    return near_area_of_use(crs, *degrees_of(crs, x, y), most_degrees=0.0)


def near_area_of_use(crs: CRS, lon: float, lat: float, *, most_degrees: float = 3.0) -> bool:
    """Say whether a place lies where a CRS is made for, or not far beyond.

    Examples
    --------
    >>> near_area_of_use(CRS(4548), 116.6, 35.4), near_area_of_use(CRS(4548), 7.4, 43.7)
    (True, False)
    """
    area = crs.area_of_use
    if area is None or not (math.isfinite(lon) and math.isfinite(lat)):
        return False
    width = (area.east - area.west) % 360 or 360.0
    across = (lon - area.west + most_degrees) % 360
    within = area.south - most_degrees <= lat <= area.north + most_degrees
    return within and across <= width + 2 * most_degrees


def require_near(crs: CRS, lon: float, lat: float) -> CRS:
    """Give a CRS back if it is made for a place, or for one not far away.

    Far from there lengths are wrong: 12 degrees off a central meridian by 1.5 %.

    Raises
    ------
    InputError
        If the place lies more than three degrees beyond. The message says which CRS to use.

    Examples
    --------
    >>> require_near(CRS(4548), 116.59, 35.42).to_epsg()
    4548
    >>> require_near(CRS(4554), 116.59, 35.42)
    Traceback (most recent call last):
    spatial.errors.InputError: CRS EPSG:4554 (...) is made for places far from the homes; use ...
    """
    flat = horizontal(crs)
    if flat.area_of_use is None or near_area_of_use(flat, lon, lat):
        return crs
    wrong = f"{_label(crs)} is made for places far from the homes"
    local = local_crs(lon, lat)
    remedy = f"use EPSG:{local.to_epsg()} ({local.name})"
    raise InputError(wrong, remedy)


def degrees_of(crs: CRS, x: float, y: float) -> tuple[float, float]:
    """Give longitude and latitude of coordinates; infinite where there are none."""
    try:
        lon, lat = _to_degrees(crs).transform(x, y)
    except ProjError:  # a CRS of nowhere on Earth, or one whose figures make no sense
        return math.inf, math.inf
    return float(lon), float(lat)


@cache
def _to_degrees(crs: CRS) -> Transformer:
    """Make the projection to degrees once, not for each layer."""
    return Transformer.from_crs(crs, "EPSG:4326", always_xy=True)


def _has_parameters(crs: CRS) -> bool:
    """Whether a CRS brings parameters to WGS 84; zeros are written where nobody knew them."""
    shift = crs.coordinate_operation.towgs84 if crs.is_bound and crs.coordinate_operation else []
    return any(shift)


def horizontal(crs: CRS) -> CRS:
    """Take heights and datum shifts off a CRS."""
    if crs.is_bound and crs.source_crs is not None:
        return horizontal(crs.source_crs)
    if crs.is_compound:
        return horizontal(crs.sub_crs_list[0])
    return crs


def _unfit(crs: CRS) -> str | None:
    """Say why one cannot measure in a CRS, if so."""
    if crs.is_geographic:
        return "is in degrees"
    if not crs.is_projected:
        return "is no projected CRS"
    units = {axis.unit_name for axis in crs.axis_info[:2]}
    if units != {"metre"}:
        return f"is in {', '.join(sorted(units))}, not in metres"
    method = crs.coordinate_operation.method_name if crs.coordinate_operation else ""
    if method.casefold().startswith(_WORLD_METHODS):
        return "stretches lengths away from the equator"
    return None


def _instead(crs: CRS) -> str:
    """Name a CRS to use instead: the local one if the area of use is small enough to tell it."""
    area = crs.area_of_use
    if area is None or not 0 < area.east - area.west < 10:  # noqa: PLR2004 - degrees, about a region
        return f"a local CRS in metres, for instance {_EXAMPLES}"
    local = local_crs((area.west + area.east) / 2, (area.south + area.north) / 2)
    return f"EPSG:{local.to_epsg()} ({local.name})"


def _label(crs: CRS) -> str:
    """Name a CRS; its code only if it has one, as looking for the one that fits takes seconds."""
    said = crs.to_json_dict().get("id")
    if said is None:
        return f"CRS {crs.name!r}"
    return f"CRS {said['authority']}:{said['code']} ({crs.name})"
