"""Names that people write for a CRS, in Chinese and English, where they are clear.

PROJ completes names: "beijing" becomes "New Beijing", a datum tens of metres away from what is
meant. So only what is clear is taken here, and the full names that EPSG and Esri give.
"""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import Final

from spatial.errors import InputError
from spatial.gauss import epsg_by_meridian, epsg_with_zone

CONVERT: Final = (
    "convert it to CGCS2000 with the city's seven parameters, then give the CRS of the result"
)
"""What to do with coordinates of a datum that only a city's surveyors can leave."""

_CODE: Final = re.compile(r"(?:(?:\+?init=)?epsg[\s:_-]*)?(\d{4,6})")
_BLANK: Final = re.compile(r"[\s_\-/,;:()（）°、，]+")
_WGS84: Final = r"(?:gcs)?wgs(?:19)?84"
_CGCS2000: Final = (
    r"(?:gcs)?(?:cgcs2000|chinageodeticcoordinatesystem2000|(?:中国|国家)?(?:中国|国家|大地)(?:坐标系?)?2000|"
    r"2000(?:中国|国家)?大地)(?:国家)?(?:大地)?(?:坐标)?系?"
)
_DEGREES: Final = MappingProxyType(
    {re.compile(_WGS84 + "(?:坐标系)?"): 4326, re.compile(_CGCS2000): 4490}
)
_UTM: Final = re.compile(rf"(?:{_WGS84})?utm(?:zone)?(\d\d?)([ns])")
_GAUSS: Final = re.compile(
    rf"(?:{_CGCS2000})?(?P<width>[36三六])(?:degree|deg|度)(?:分?带)?"
    r"(?:gk|gausskr[uü]e?ger|高斯(?:克吕格)?(?:投影)?)?"
    r"(?:(?:cm|中央(?:经线|子午线))(?P<meridian>\d{2,3})e?度?|(?:zone|第)?(?P<zone>\d\d)带?)"
)
_SHIFTED: Final = MappingProxyType(
    {
        "gcj02": ("gcj02", "gcj", "火星坐标", "火星坐标系", "高德", "高德坐标", "国测局坐标"),
        "bd09": ("bd09", "bd09ll", "百度", "百度坐标", "百度坐标系"),
    }
)
_LOCAL: Final = re.compile(r"(?P<xian>西安(?:19)?80|xi'?an(?:19)?80)|(?:北京|beijing)(?:19)?54")


def epsg_named(text: str) -> int | None:
    """Give the EPSG code of a code or a name as people write it; None if it is not clear.

    Raises
    ------
    InputError
        If the name is that of a datum that no CRS stands for.

    Examples
    --------
    >>> epsg_named("epsg：4548"), epsg_named("国家2000"), epsg_named("CGCS2000 3度带 中央经线117")
    (4548, 4490, 4548)
    >>> epsg_named("CGCS2000_3_Degree_GK_Zone_39"), epsg_named("UTM 50N"), epsg_named("beijing")
    (4527, 32650, None)
    """
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    code = _CODE.fullmatch(plain)
    if code:
        return int(code[1])
    word = _BLANK.sub("", plain)
    for names, epsg in _DEGREES.items():
        if names.fullmatch(word):
            return epsg
    _refuse_datums(text, word)
    utm = _UTM.fullmatch(word)
    if utm and 1 <= int(utm[1]) <= 60:  # noqa: PLR2004  zones around the world
        return (32600 if utm[2] == "n" else 32700) + int(utm[1])
    gauss = _GAUSS.fullmatch(word)
    return _gauss(gauss) if gauss else None


def _gauss(found: re.Match[str]) -> int | None:
    """Give the code of a zone, or of a central meridian; Esri says which has the number before."""
    wide = found["width"] in "6六"
    if found["meridian"]:
        return epsg_by_meridian(int(found["meridian"]), wide=wide)
    zone = int(found["zone"])
    fits = 13 <= zone <= 23 if wide else 25 <= zone <= 45  # noqa: PLR2004  zones of China
    return epsg_with_zone(zone) if fits else None


def _refuse_datums(text: str, word: str) -> None:
    """Refuse names of datums of which a CRS cannot be made."""
    for datum, names in _SHIFTED.items():
        if word in names:
            wrong = f"crs {text!r} is a shift of map services, no CRS"
            raise InputError(wrong, f'write datum = "{datum}" in its place')
    if _LOCAL.match(word):
        wrong = f"crs {text!r} is tied to CGCS2000 only by a city's own parameters"
        raise InputError(wrong, CONVERT)
