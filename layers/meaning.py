"""What the headings of a planner's own table mean, in Chinese and in English.

A column is found by what its heading says. Case, spaces, punctuation and full-width forms do not
count. A heading that says just the word goes before one that only holds it among others, and
where two columns would do the planner is asked: a wrong guess would be a wrong map.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from spatial.errors import InputError
from spatial.spelling import meant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

JOINT: Final = " | "
"""Joins the headings of a column that two rows head: ``坐标 | 经度``."""

_LISTED: Final = 20  # columns named in a message; a line with hundreds helps nobody


@dataclass(frozen=True)
class Meaning:
    """How people head one kind of column.

    Attributes
    ----------
    what
        The meaning in words, for messages.
    exact
        Whole headings, normalised, in ranks: a lower rank is only looked at when no column is
        headed with a word of a higher one.
    within
        Words that mean the same inside a longer heading. Latin ones must stand as a word of their
        own (``POP_2020`` holds ``pop``, ``popular`` does not), Chinese ones may stand anywhere.
    but_not
        Words that turn the meaning of `within` into another: a density is no head count.
    """

    what: str
    exact: tuple[tuple[str, ...], ...]
    within: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()


_RATES: Final = (
    *("密度", "增长", "率", "比", "岁", "龄", "均", "每", "公里", "公顷", "亩", "指数", "系数"),
    *("density", "growth", "change", "rate", "ratio", "share", "percent", "pct", "age", "per"),
    *("km", "sqkm", "hectare", "ha", "index", "score"),
)
_ABOUT: Final = (
    *("编号", "编码", "代码", "来源", "年份", "日期", "备注", "说明", "类型", "类别"),
    *("id", "code", "source", "year", "date", "note", "type"),
)
"""Words of a heading that tells something about the people, not how many they are."""

MEANINGS: Final[Mapping[str, Meaning]] = MappingProxyType(
    {
        "lon": Meaning(
            "longitude",
            (
                ("经度", "東經", "东经", "經度", "経度", "lon", "lng", "long", "longitude"),
                ("jd", "jingdu", "经度x", "x经度", "longtitude", "longitute", "longitud"),
            ),
            ("经度", "东经", "經度", "経度", "lon", "lng", "longitude", "jingdu"),
        ),
        "lat": Meaning(
            "latitude",
            (
                ("纬度", "北緯", "北纬", "緯度", "lat", "latitude"),
                ("wd", "weidu", "纬度y", "y纬度", "lantitude", "latitute", "latitud"),
            ),
            ("纬度", "北纬", "緯度", "lat", "latitude", "weidu"),
        ),
        # A surveyor's X points north: bare x and y are taken as written, and checked on the map.
        "x": Meaning(
            "easting",
            (
                ("x", "x坐标", "坐标x", "xcoord", "xcoordinate", "coordx", "pointx"),
                ("easting", "east", "东坐标", "东向坐标", "横坐标", "横坐标y", "y横坐标"),
                ("centerx", "centrex", "centroidx", "xcenter", "xcentroid", "xzuobiao", "x值"),
            ),
        ),
        "y": Meaning(
            "northing",
            (
                ("y", "y坐标", "坐标y", "ycoord", "ycoordinate", "coordy", "pointy"),
                ("northing", "north", "北坐标", "北向坐标", "纵坐标", "纵坐标x", "x纵坐标"),
                ("centery", "centrey", "centroidy", "ycenter", "ycentroid", "yzuobiao", "y值"),
            ),
        ),
        "spot": Meaning(
            "longitude and latitude",
            (
                (
                    *(
                        "经纬度",
                        "经纬度坐标",
                        "坐标经纬度",
                        "lonlat",
                        "lnglat",
                        "lnglats",
                        "lonlats",
                    ),
                    *("latlon", "latlng", "latlong", "纬经度", "经度纬度", "纬度经度", "经纬坐标"),
                ),
                (
                    *("坐标", "坐标点", "地理坐标", "位置坐标", "坐标位置", "点坐标", "zuobiao"),
                    *("location", "coordinates", "coordinate", "coords", "coord", "xy", "gps"),
                    *("wkt", "wktgeom", "geom", "thegeom", "geometry", "point", "位置", "定位"),
                ),
            ),
            ("经纬度", "坐标", "lonlat", "lnglat", "location", "coordinates", "wkt"),
        ),
        "id": Meaning(
            "identity",
            (
                ("home", "facility"),
                ("id", "编号", "編號"),
                ("小区编号", "楼栋编号", "建筑编号", "公园编号", "站点编号", "设施编号"),
                ("uid", "uuid", "编码", "代码", "序号", "osmid", "objectid", "fid", "gid"),
                ("bianhao", "xuhao", "no"),
            ),
        ),
        "name": Meaning(
            "name",
            (
                ("name", "名称", "名稱"),
                (
                    "小区名称",
                    "公园名称",
                    "绿地名称",
                    "站点名称",
                    "设施名称",
                    "道路名称",
                    "河流名称",
                ),
                (
                    "名字",
                    "小区名",
                    "站名",
                    "站点名",
                    "路名",
                    "小区",
                    "楼盘",
                    "公园",
                    "站点",
                    "mc",
                    "title",
                ),
                ("mingcheng", "mingzi", "xiaoqu", "xqmc", "地名", "label"),
            ),
            ("名称", "名稱", "name"),
        ),
        "weight": Meaning(
            "number of people",
            (
                (
                    *("weight", "people", "population", "pop", "persons", "residents"),
                    *("inhabitants", "人口", "人数", "人口数", "人口数量", "总人口", "总人数"),
                    *("居住人口", "居住人口数", "居住人数", "常住人口", "常住人口数", "居民数"),
                    *("居民人数", "权重", "户籍人口", "流动人口", "resident", "poptotal", "totpop"),
                    *("renkou", "renkoushu", "popu", "popn", "headcount", "人口总数", "人口规模"),
                ),
            ),
            (
                *("人口", "people", "population", "pop", "persons", "residents", "inhabitants"),
                *("resident", "renkou"),
            ),
            (*_RATES, *_ABOUT),
        ),
        "levels": Meaning(
            "number of floors",
            (
                (
                    *("levels", "buildinglevels", "floors", "storeys", "stories"),
                    *("numfloors", "numberoffloors", "numlevels", "nfloors", "floorcount"),
                    *("层数", "楼层数", "建筑层数", "地上层数", "总层数", "总楼层"),
                ),
                ("floor", "level", "storey", "楼层", "层", "cengshu", "floornum", "地上楼层"),
            ),
        ),
        "category": Meaning(
            "category",
            (
                ("category", "类别", "类型", "類別", "類型"),
                ("设施类别", "设施类型", "poi类型", "poitype", "分类", "业态"),
                ("type", "class", "fclass", "kind", "amenity", "种类", "设施种类"),
                ("leibie", "leixing", "大类", "中类", "小类"),
            ),
            ("类别", "类型", "category", "type"),
        ),
        "private": Meaning("private", (("private", "封闭", "小区内部"),)),
        "bridge": Meaning("bridge", (("bridge", "桥", "桥梁", "是否桥梁", "isbridge"),)),
        "steps": Meaning("stairs", (("steps", "stairs", "台阶", "楼梯", "是否台阶", "issteps"),)),
        "tunnel": Meaning("tunnel", (("tunnel", "隧道", "是否隧道", "istunnel"),)),
    }
)
"""What a column can mean. The words are normalised: small letters, no spaces or punctuation."""

_LAYER_NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "streets": ("streets", "roads", "edges", "道路", "街道", "路网", "步行道"),
        "homes": ("homes", "buildings", "小区", "住宅", "居住小区", "建筑"),
        "population": ("population", "people", "pop", "人口", "人口网格", "人口分布"),
        "parks": ("parks", "park", "公园", "公园绿地"),
        "green": ("green", "greenspace", "绿地"),
        "bus_stops": ("busstops", "stops", "公交站", "公交站点", "站点"),
        "facilities": ("facilities", "poi", "pois", "设施", "公共服务设施"),
        "park_gates": ("parkgates", "gates", "公园出入口", "公园入口"),
        "boundary": ("boundary", "边界", "范围", "研究范围"),
        "water": ("water", "水系", "水域", "水体"),
    }
)

_PLAIN_DATUMS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "wgs84": ("wgs", "84坐标", "84经", "84纬", "gps"),
        "cgcs2000": ("cgcs", "国家2000", "2000国家", "大地2000", "2000坐标"),
    }
)

_FOREIGN_DATUMS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "gcj02": ("gcj", "火星", "高德", "amap", "gaode", "腾讯", "tencent"),
        "bd09": ("bd09", "bdlon", "bdlng", "bdlat", "百度", "baidu"),
    }
)

_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_a-zA-Z]+")
_BRACKETS: Final = re.compile(r"[(\[{【〔<《][^)\]}】〕>》]*[)\]}】〕>》]?")
_UNIT: Final = re.compile(r"[/_:· -](m|米|°|度|deg|degrees?|dd|人|层|个)$", re.IGNORECASE)


def candidates(headings: Sequence[str], meaning: str) -> list[str]:
    """Give the columns that may have a meaning: none, the one, or several equally likely.

    Parameters
    ----------
    headings
        The headings as they stand in the file.
    meaning
        A key of `MEANINGS`.

    Examples
    --------
    >>> candidates(["小区名称", "经度 ", "总人口(人)", "人口密度"], "weight")
    ['总人口(人)']
    >>> candidates(["户籍人口", "流动人口"], "weight")
    ['户籍人口', '流动人口']
    """
    words = MEANINGS[meaning]
    plain = [_forms(heading) for heading in headings]
    fits = [not _holds(heading, words.but_not) for heading in headings]
    for rank in words.exact:
        told = zip(headings, plain, fits, strict=True)
        found = [heading for heading, forms, fit in told if fit and not forms.isdisjoint(rank)]
        if found:
            return found
    taken = {word for other in MEANINGS.values() for rank in other.exact for word in rank}
    free = [
        heading
        for heading, forms, fit in zip(headings, plain, fits, strict=True)
        if fit and forms.isdisjoint(taken)
    ]
    return [heading for heading in free if _holds(heading, words.within)]


def column(headings: Sequence[str], meaning: str, said: str | None = None) -> str | None:
    """Find the column with a meaning, or the one that the planner named.

    Parameters
    ----------
    headings
        The headings as they stand in the file.
    meaning
        A key of `MEANINGS`.
    said
        The heading that an option names; it overrides the meaning, and must be there.

    Returns
    -------
    str or None
        The heading, or None where no column has this meaning.

    Raises
    ------
    InputError
        If the column named is not there, or several columns would do.

    Examples
    --------
    >>> column(["Name", "LNG", "LAT"], "lon")
    'LNG'
    """
    found = candidates(headings, meaning) if said is None else _headed(headings, said)
    what = MEANINGS[meaning].what
    if said is not None and not found:
        wrong, near = f"has no column {said!r}", meant(said, headings)
        remedy = f"its columns are {listed(headings)}"
        raise InputError(wrong, f"did you mean {near!r}? {remedy}" if near else remedy)
    if len(found) == 1:
        return found[0]
    if len(set(found)) < len(found):
        wrong = f"has {len(found)} columns headed {found[0]!r}"
        raise InputError(wrong, "give each a heading of its own")
    if found:
        wrong = f"has several columns for the {what}: {listed(found)}"
        raise InputError(wrong, f"say which, for instance {_option(meaning)} = {found[0]!r}")
    return None


def required_column(headings: Sequence[str], meaning: str, said: str | None = None) -> str:
    """Find a column like `column`, and raise if there is none."""
    found = column(headings, meaning, said)
    if found is None:
        what, option = MEANINGS[meaning].what, _option(meaning)
        rates = [h for h in headings if _holds(h, MEANINGS[meaning].within)]
        if rates and MEANINGS[meaning].but_not:
            wrong = f"has no column for the {what}: {rates[0]!r} is a density, a share or the like"
            raise InputError(wrong, f"give a number for each; its columns are {listed(headings)}")
        wrong = f"has no column for the {what}"
        raise InputError(wrong, f"name it with {option} = ...; its columns are {listed(headings)}")
    return found


def layer_candidates(names: Sequence[str], layer: str) -> list[str]:
    """Give the tables of a file whose name says that they hold a layer.

    Examples
    --------
    >>> layer_candidates(["Roads", "小区"], "homes")
    ['小区']
    """
    words = _LAYER_NAMES.get(layer, (normalised(layer),))
    same = [name for name in names if normalised(name) == normalised(layer)]
    return same or [name for name in names if normalised(name) in words]


def foreign_datum(heading: str) -> str | None:
    """Give the shifted Chinese datum that a heading speaks of, if any.

    Examples
    --------
    >>> foreign_datum("经度_GCJ02"), foreign_datum("百度经度"), foreign_datum("经度")
    ('gcj02', 'bd09', None)
    """
    text = normalised(heading)
    for datum, words in _FOREIGN_DATUMS.items():
        if any(word in text for word in words):
            return datum
    return None


def spoken_datum(heading: str) -> str | None:
    """Give the datum that a heading speaks of, if any.

    Examples
    --------
    >>> spoken_datum("lon_WGS84"), spoken_datum("CGCS2000经度"), spoken_datum("bd_lng")
    ('wgs84', 'cgcs2000', 'bd09')
    """
    text = normalised(heading)
    plain = (datum for datum, words in _PLAIN_DATUMS.items() if any(word in text for word in words))
    return foreign_datum(heading) or next(plain, None)


def normalised(heading: str) -> str:
    """Give a heading in half-width small letters, without spaces and punctuation.

    Examples
    --------
    >>> normalised("Ｘ 坐标（m）"), normalised("POINT_X")
    ('x坐标m', 'pointx')
    """
    text = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(character for character in text if character.isalnum())


def listed(names: Sequence[str]) -> str:
    """Name some columns or tables in a message."""
    names = [name for name in names if name]
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return (", ".join(repr(name) for name in names[:_LISTED]) or "none") + more


def _headed(headings: Sequence[str], said: str) -> list[str]:
    """Give the columns headed with a text, to the letter if there are such."""
    same = [heading for heading in headings if heading and heading == said]
    alike = normalised(said)
    if same or not alike:
        return same
    whole = [heading for heading in headings if normalised(heading) == alike]
    return whole or [heading for heading in headings if alike in _forms(heading)]


def _forms(heading: str) -> frozenset[str]:
    """Give what a heading says: all of it, and without units and the heading above it."""
    parts = {heading, heading.rpartition(JOINT)[2]}
    parts |= {_BRACKETS.sub("", unicodedata.normalize("NFKC", part)) for part in parts}
    parts |= {_UNIT.sub("", part.strip()) for part in parts}
    return frozenset(normalised(part) for part in parts) - {""}


def _holds(heading: str, words: Sequence[str]) -> bool:
    """Say whether a heading holds one of the words: Latin ones whole, Chinese ones anywhere."""
    own = unicodedata.normalize("NFKC", heading)
    latin = {word.casefold() for word in _WORD.findall(own)}
    return any(word in latin if word.isascii() else word in own for word in words)


def _option(meaning: str) -> str:
    """Name the option by which a planner says which column it is."""
    return {"lon": "x", "lat": "y", "spot": "x"}.get(meaning, meaning)
