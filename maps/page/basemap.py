"""Base maps: tiles of someone else under our drawings, only where the plan asks for them.

Without one a page asks nobody for anything. With one it may ask for images from exactly the hosts
of its tiles, says whose they are, and stays readable where they cannot be reached.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qsl, quote, urlsplit

import numpy as np
import shapely
from pyproj import Transformer

from spatial.datum import wgs84_to_gcj02
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from maps.words import Language

    Both = Mapping[Language, str]

NAMED = ("none", "osm", "tianditu", "tianditu_imagery")
"""What ``[map] base`` may be, beside the address of tiles."""

MOST_ZOOM = 20

_PLACE = re.compile(r"\{([^{}]*)\}")
_WMTS = {"tilematrix": "z", "tilerow": "y", "tilecol": "x"}
_KNOWN = frozenset({"s", "z", "x", "y", "-y", "key"})
_SECRET = frozenset(
    {
        *("tk", "key", "ak", "sk", "token", "apikey", "api_key", "api-key", "apitoken", "appkey"),
        *("access_token", "accesstoken", "access-token", "auth", "authkey", "subscription-key"),
        *("appid", "app_id", "appcode", "app_code", "userkey", "webkey", "map_key", "client_id"),
        *("secret", "client_secret", "password", "pwd", "pass", "sig", "signature", "ticket"),
    }
)
"""Names of parameters that hold a key."""

_TOKEN = re.compile(
    r"(?<![0-9A-Za-z])(?:(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[0-9A-Za-z]{20,}"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
"""What looks like a key wherever it stands: letters and digits mixed, or a UUID."""

_TIANDITU = (
    "https://t{{s}}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
    "&LAYER={layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles"
    "&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={{key}}"
)
_TIANDITU_LAYERS = {"tianditu": ("vec", "cva"), "tianditu_imagery": ("img", "cia")}
_TIANDITU_CREDIT: dict[Language, str] = {
    "zh": "天地图（国家地理信息公共服务平台），审图号{number}",
    "en": "Tianditu (National Platform for Common Geospatial Information), review number {number}",
}
_TIANDITU_NUMBER: dict[Language, str] = {
    "zh": "见 www.tianditu.gov.cn",
    "en": "as on www.tianditu.gov.cn",
}
"""The service renews its number; the plan may say the present one."""
_OSM_TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
_OSM_CREDIT: dict[Language, str] = {
    "zh": "© OpenStreetMap 贡献者",
    "en": "© OpenStreetMap contributors",
}


@dataclass(frozen=True)
class Base:
    """A base map: the addresses of its tiles, and what must be said of them.

    Attributes
    ----------
    tiles
        Templates with ``{z}``, ``{x}``, ``{y}`` and perhaps ``{s}``, the lowest first, in Web
        Mercator.
    credit
        Whose they are, in both languages.
    subdomains
        What stands for ``{s}``.
    max_zoom
        The deepest zoom that has tiles; beyond it they are enlarged.
    datum
        What the tiles are drawn in: ``wgs84`` or ``gcj02``.
    """

    tiles: tuple[str, ...]
    credit: Both
    subdomains: tuple[str, ...] = ()
    max_zoom: int = 18
    datum: Literal["wgs84", "gcj02"] = "wgs84"

    @property
    def hosts(self) -> tuple[str, ...]:
        """The origins that images come from, as a Content-Security-Policy names them.

        Examples
        --------
        >>> Base(("https://{s}.a.example/{z}/{x}/{y}.png?v=1",), {}, ("m", "n")).hosts
        ('https://m.a.example', 'https://n.a.example')
        """
        whole = [
            tile.replace("{s}", one) for tile in self.tiles for one in self.subdomains or ("",)
        ]
        return tuple(dict.fromkeys("://".join(urlsplit(one)[:2]) for one in whole))

    def for_script(self) -> dict[str, Any]:
        """Give what the page's programme needs."""
        return {
            "tiles": list(self.tiles),
            "subdomains": list(self.subdomains),
            "max_zoom": self.max_zoom,
            "datum": self.datum,
        }


@dataclass(frozen=True)
class Frame:
    """What stands around and under the drawings of a page, apart from the results.

    Attributes
    ----------
    base
        The base map; None asks nobody for anything.
    review_number
        The map review number (审图号) to be shown; None while there is none.
    """

    base: Base | None = None
    review_number: str | None = None

    @property
    def hosts(self) -> tuple[str, ...]:
        """Where a page's images may come from, apart from itself."""
        return self.base.hosts if self.base else ()

    @property
    def is_shifted(self) -> bool:
        """Whether features must be drawn in GCJ-02."""
        return self.base is not None and self.base.datum == "gcj02"

    def without_base(self) -> Frame:
        """Give the same frame with nothing under the drawings."""
        return replace(self, base=None)

    def placed(self, layers: Mapping[str, gpd.GeoDataFrame]) -> dict[str, gpd.GeoDataFrame]:
        """Move layers to where they are to be drawn: over GCJ-02 tiles each vertex is converted.

        To be called once, on layers just read, and only for drawing: lengths and areas in what
        comes back are not those of the ground.
        """
        if not self.is_shifted:
            return dict(layers)
        return {name: _shifted(layer) for name, layer in layers.items()}


BARE = Frame()
"""No base map, no review number."""


def base_of(  # noqa: PLR0913  what a plan may say of a base map
    name: str,
    *,
    key: str | None = None,
    publish_key: bool = False,
    attribution: str | None = None,
    base_review_number: str | None = None,
    subdomains: Sequence[str] = (),
    datum: str | None = None,
    max_zoom: int | None = None,
) -> Base | None:
    """Make the base map that a plan names.

    Parameters
    ----------
    name
        One of `NAMED`, or the address of XYZ or WMTS tiles in Web Mercator.
    key, publish_key
        The service's key, and whether it may stand in pages, where anyone can read it.
    attribution
        Whose the tiles are; needed for an address.
    base_review_number
        The map review number (审图号) of Tianditu's tiles; default: a word where to find it.
    subdomains
        What stands for ``{s}`` in an address.
    datum
        ``wgs84``, ``gcj02`` or ``bd09``; default ``wgs84``.
    max_zoom
        The deepest zoom that has tiles; default 18, OSM 19.

    Raises
    ------
    InputError
        If the address cannot be used, nobody is credited, the tiles are on a grid of their own,
        or a key is missing or would become public unasked.

    Examples
    --------
    >>> base_of("none") is None
    True
    >>> base_of("osm").hosts
    ('https://tile.openstreetmap.org',)
    """
    if name == "none":
        return None
    if name in _TIANDITU_LAYERS:
        tiles = [_TIANDITU.format(layer=layer) for layer in _TIANDITU_LAYERS[name]]
        found = Base(tuple(tiles), _tianditu_credit(base_review_number), tuple("01234567"))
    elif name == "osm":
        found = Base((_OSM_TILES,), _OSM_CREDIT, max_zoom=19)
    else:
        found = _given(name, attribution, tuple(subdomains))
    if attribution:
        found = replace(found, credit={"zh": attribution, "en": attribution})
    found = replace(found, datum=_datum(datum), max_zoom=max_zoom or found.max_zoom)
    return _with_key(found, key, publish_key=publish_key)


def _tianditu_credit(number: str | None) -> dict[Language, str]:
    """Credit Tianditu with the review number of its own map."""
    return {
        language: said.replace("{number}", number or _TIANDITU_NUMBER[language])
        for language, said in _TIANDITU_CREDIT.items()
    }


def _given(address: str, attribution: str | None, subdomains: tuple[str, ...]) -> Base:
    """Read the address of tiles: XYZ, or WMTS with the names of its own."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        names = ", ".join(NAMED)
        shown = re.sub("//[^/]*@", "//", address.partition("?")[0])[:80]  # no key, no password
        wrong = f"[map] base {shown!r} is no base map"
        raise InputError(wrong, f"say {names}, or an http(s) address with {{z}} {{x}} {{y}}")
    tiles = _PLACE.sub(lambda one: f"{{{_WMTS.get(one[1].lower(), one[1])}}}", address)
    places = set(_PLACE.findall(tiles))
    if set("{}") & set(_PLACE.sub("", tiles)):
        raise InputError("[map] base has braces that do not match", "correct the address")
    if unknown := sorted(places - _KNOWN):
        wrong = f"[map] base has an unknown place {{{unknown[0]}}}"
        raise InputError(wrong, "use {z} {x} {y}, {s}, {key}, or {TileMatrix} {TileRow} {TileCol}")
    if not ({"z", "x"} <= places and places & {"y", "-y"}):
        wrong = "[map] base does not say where zoom, column and row stand"
        raise InputError(wrong, "write {z}, {x} and {y} into the address")
    if ("s" in places) != bool(subdomains):
        wrong = "[map] subdomains and the place {s} in base go together"
        raise InputError(wrong, 'say subdomains = ["a", "b"] and {s}, or neither')
    if not _is_plain(parts.netloc.replace("{s}", "s")) or not all(map(_is_plain, subdomains)):
        raise InputError("[map] base has a host that is none", "correct the address")
    if not attribution:
        wrong = "[map] base is an address, and nobody is credited for the tiles"
        raise InputError(wrong, 'say whose they are: attribution = "..."')
    return Base((tiles,), {}, subdomains)


def _is_plain(host: str) -> bool:
    """Whether a host and port hold nothing but letters, digits, dots, hyphens and a colon."""
    return re.fullmatch(r"[\w.-]+(:\d+)?", host, re.ASCII) is not None


def _datum(datum: str | None) -> Literal["wgs84", "gcj02"]:
    if datum == "bd09":
        wrong = "[map] datum bd09: Baidu's tiles lie on a grid of their own"
        raise InputError(wrong, "choose a base map in wgs84 or gcj02")
    if datum not in (None, "wgs84", "gcj02"):
        raise InputError(f"[map] datum {datum!r} is unknown", "say wgs84 or gcj02")
    return "gcj02" if datum == "gcj02" else "wgs84"


def _with_key(base: Base, key: str | None, *, publish_key: bool) -> Base:
    """Put the key in, if whoever publishes the page has said that it may be read there."""
    wants = any("{key}" in tile for tile in base.tiles)
    if wants and not key:
        wrong = "this base map needs a key, and none is given"
        raise InputError(
            wrong, "set LIFECIRCLE_TIANDITU_KEY (or [map] key), or choose another base"
        )
    if (wants or _holds_key(base)) and not publish_key:
        wrong = "the base map's key would stand in every page, where anyone can read and use it"
        remedy = "limit the key to your site, then say publish_key = true under [map]"
        raise InputError(wrong, f"{remedy} or --publish-key; or choose a base without key")
    put_in = quote(key or "", safe="")
    return replace(base, tiles=tuple(one.replace("{key}", put_in) for one in base.tiles))


def _holds_key(base: Base) -> bool:
    """Whether an address was given with its key, or a password, written into it.

    Examples
    --------
    >>> _holds_key(Base(("https://a.cn/{z}/{x}/{y}.png?style=6",), {}))
    False
    >>> _holds_key(Base(("https://a.cn/5f0e8a1b2c3d4e5f6a7b8c9d/{z}/{x}/{y}.png",), {}))
    True
    """
    parts = [urlsplit(one) for one in base.tiles]
    named = {name.lower() for one in parts for name, value in parse_qsl(one.query) if value}
    if named & _SECRET or any("@" in one.netloc for one in parts):
        return True
    return any(_TOKEN.search(f"{one.path}?{one.query}") for one in parts)


def _shifted(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Convert each vertex of a layer from WGS 84 to GCJ-02, kept in the layer's CRS."""
    if "geometry" not in layer or layer.crs is None:
        return layer
    there = Transformer.from_crs(layer.crs, 4326, always_xy=True)
    back = Transformer.from_crs(4326, layer.crs, always_xy=True)

    def moved(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(back.transform(*wgs84_to_gcj02(*there.transform(*xy.T))))

    return layer.set_geometry(shapely.transform(layer.geometry.array, moved), crs=layer.crs)
