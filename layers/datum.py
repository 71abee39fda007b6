"""What degrees refer to: WGS 84 and CGCS2000, or the shifted GCJ-02 and BD-09 of Chinese maps.

CGCS2000 and WGS 84 differ by centimetres and are taken for the same. GCJ-02 and BD-09 lie some
hundred metres off; places are brought to WGS 84 only where the planner says `datum`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from pyproj import CRS, Transformer

from layers.meaning import normalised
from spatial.datum import bd09_to_wgs84, gcj02_to_wgs84, is_shifted
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    Shapes = NDArray[np.object_]

_WORDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "wgs84": ("wgs84", "wgs1984", "epsg4326", "gps", "世界大地坐标"),
        "cgcs2000": ("cgcs2000", "epsg4490", "国家2000", "2000国家大地坐标系", "大地2000"),
        "gcj02": ("gcj02", "gcj", "gcj02ll", "火星坐标", "火星坐标系", "火星", "国测局坐标"),
        "bd09": ("bd09", "bd09ll", "百度坐标", "百度坐标系", "百度", "baidu"),
    }
)
_MAKERS: Final = ("高德", "高德坐标", "amap", "gaode", "腾讯", "腾讯坐标", "tencent")
"""Map services in China whose degrees are GCJ-02."""

_TO_WGS84: Final[Mapping[str, Callable[..., tuple[NDArray[np.float64], NDArray[np.float64]]]]] = (
    MappingProxyType({"gcj02": gcj02_to_wgs84, "bd09": bd09_to_wgs84})
)
SHIFTED: Final = frozenset(_TO_WGS84)
DATUMS: Final = MappingProxyType(
    {"wgs84": 4326, "cgcs2000": 4490, **dict.fromkeys(sorted(SHIFTED), 4326)}
)
"""The EPSG code of the degrees that each datum is given, once unshifted, in."""
SPOKEN: Final = MappingProxyType({"gcj02": "GCJ-02", "bd09": "BD-09"})


def datum_of(said: str) -> str:
    """Give the datum that a planner's word means: a key of `DATUMS`.

    Raises
    ------
    InputError
        If it means none, or Baidu's metres.

    Examples
    --------
    >>> datum_of("GCJ-02"), datum_of("高德"), datum_of("BD09LL"), datum_of("WGS 84")
    ('gcj02', 'gcj02', 'bd09', 'wgs84')
    """
    word = normalised(said)
    if word in _MAKERS:
        return "gcj02"
    for datum, words in _WORDS.items():
        if word in words:
            return datum
    if word == "bd09mc":
        wrong = f"datum {said!r} is Baidu's metres, which are not read"
        raise InputError(wrong, "export degrees (bd09ll), and write datum = 'bd09'")
    wrong = f"datum {said!r} is not known"
    raise InputError(wrong, f"write one of {', '.join(DATUMS)}")


def unshifted(shapes: Shapes, crs: CRS, datum: str) -> Shapes:
    """Bring places of a shifted datum to WGS 84.

    Parameters
    ----------
    shapes
        (n,) object.
    crs
        What their coordinates are in, which takes them for WGS 84.
    datum
        A key of `SHIFTED`.

    Returns
    -------
    (n,) object
        In longitude and latitude, EPSG:4326. What lies outside China is left where it is.

    Raises
    ------
    InputError
        If none of them lies in China, where alone the shift is defined.
    """
    xy = shapely.get_coordinates(shapes)
    if not crs.is_geographic:
        x, y = Transformer.from_crs(crs, CRS(DATUMS[datum]), always_xy=True).transform(*xy.T)
        xy = np.column_stack([x, y])
    known = np.isfinite(xy).all(axis=1)
    known[known] = is_shifted(*xy[known].T)
    if len(xy) and not known.any():
        wrong = f"datum is {SPOKEN[datum]}, but its places lie outside China, where nothing shifts"
        raise InputError(wrong, "take datum out, or check the coordinates and their CRS")
    xy[known] = np.column_stack(_TO_WGS84[datum](*xy[known].T))
    found: Shapes = shapely.set_coordinates(shapes.copy(), xy)
    return found
