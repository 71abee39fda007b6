"""What the headings and cells of a planner's own table mean, in Chinese and in English.

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

import numpy as np
import pandas as pd

from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    *("密度", "增长", "率", "比", "岁", "龄", "density", "growth", "change", "rate", "ratio"),
    *("share", "percent", "pct", "age", "per"),
)

MEANINGS: Final[Mapping[str, Meaning]] = MappingProxyType(
    {
        "lon": Meaning(
            "longitude",
            (("经度", "lon", "lng", "long", "longitude"), ("jd", "jingdu")),
            ("经度", "lon", "lng", "longitude"),
        ),
        "lat": Meaning(
            "latitude",
            (("纬度", "lat", "latitude"), ("wd", "weidu")),
            ("纬度", "lat", "latitude"),
        ),
        # A surveyor's X points north: bare x and y are taken as written, and checked on the map.
        "x": Meaning(
            "easting",
            (
                ("x", "x坐标", "坐标x", "xcoord", "xcoordinate", "coordx", "pointx"),
                ("easting", "east", "东坐标", "横坐标"),
            ),
        ),
        "y": Meaning(
            "northing",
            (
                ("y", "y坐标", "坐标y", "ycoord", "ycoordinate", "coordy", "pointy"),
                ("northing", "north", "北坐标", "纵坐标"),
            ),
        ),
        "id": Meaning(
            "identity",
            (
                ("home", "facility"),
                ("id", "编号"),
                ("小区编号", "楼栋编号", "建筑编号", "公园编号", "站点编号", "设施编号"),
                ("uid", "uuid", "编码", "代码", "序号", "osmid", "objectid", "fid", "gid"),
            ),
        ),
        "name": Meaning(
            "name",
            (
                ("name", "名称"),
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
            ),
            ("名称", "name"),
        ),
        "weight": Meaning(
            "number of people",
            (
                (
                    *("weight", "people", "population", "pop", "persons", "residents"),
                    *("inhabitants", "人口", "人数", "人口数", "人口数量", "总人口", "总人数"),
                    *("居住人口", "居住人口数", "居住人数", "常住人口", "常住人口数", "居民数"),
                    *("居民人数", "权重"),
                ),
            ),
            ("人口", "people", "population", "pop", "persons", "residents", "inhabitants"),
            _RATES,
        ),
        "levels": Meaning(
            "number of floors",
            (
                (
                    *("levels", "buildinglevels", "floors", "storeys", "stories"),
                    *("numfloors", "numberoffloors", "numlevels", "nfloors", "floorcount"),
                    *("层数", "楼层数", "建筑层数", "地上层数", "总层数", "总楼层"),
                ),
                ("floor", "level", "storey", "楼层"),
            ),
        ),
        "category": Meaning(
            "category",
            (
                ("category", "类别", "类型"),
                ("设施类别", "设施类型", "poi类型", "poitype", "分类", "业态"),
                ("type", "class", "fclass", "kind", "amenity"),
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

_FOREIGN_DATUMS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "gcj02": ("gcj", "火星", "高德", "amap", "gaode", "腾讯", "tencent"),
        "bd09": ("bd09", "百度", "baidu"),
    }
)

_NOTHING: Final = frozenset(
    (
        *("", "/", "\\", "-", "--", "—", "——", "–", "―", "无", "空", "暂无", "不详", "未知"),
        *("na", "n/a", "nan", "null", "none", "nil", "<na>", "#n/a", "#value!", "******"),
    )
)
"""What people write, in small letters, where there is nothing to write."""

_NO: Final = frozenset(("no", "false", "0", "0.0", "n", "f", "否", "不是", "非"))

_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_a-zA-Z]+")
_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")


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
    plain = [normalised(heading) for heading in headings]
    for rank in words.exact:
        found = [heading for heading, text in zip(headings, plain, strict=True) if text in rank]
        if found:
            return found
    taken = {word for other in MEANINGS.values() for rank in other.exact for word in rank}
    free = [h for h, text in zip(headings, plain, strict=True) if text not in taken]
    return [h for h in free if _holds(h, words.within) and not _holds(h, words.but_not)]


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
        wrong = f"has no column {said!r}"
        raise InputError(wrong, f"its columns are {listed(headings)}")
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
        wrong = f"has no column for the {MEANINGS[meaning].what}"
        option = _option(meaning)
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


def as_text(cells: pd.Series) -> pd.Series:
    """Give cells as text without blanks around; None where there is nothing.

    Whole numbers lose the ``.0`` that spreadsheets give to ids.

    Examples
    --------
    >>> as_text(pd.Series([1001.0, " 任城 ", "/", None])).tolist()
    ['1001', '任城', None, None]
    """
    if pd.api.types.is_float_dtype(cells.dtype):
        cells = cells.astype(object)
    text = cells.astype(str).str.strip().astype(object)
    number = cells.map(lambda cell: isinstance(cell, float) and cell.is_integer()).astype(bool)
    text = text.where(~number, text.str.removesuffix(".0"))
    nothing = cells.isna() | text.str.casefold().isin(_NOTHING)
    return text.where(~nothing, None).astype(object)


def as_number(cells: pd.Series) -> pd.Series:
    """Give cells as float64; NaN where there is nothing or no finite number.

    Text is read with full-width digits and commas between thousands; a comma is never a decimal
    point.

    Examples
    --------
    >>> as_number(pd.Series(["1,250", "１２", " 3.5 ", "12人", "116,58"])).tolist()
    [1250.0, 12.0, 3.5, nan, nan]
    """
    if pd.api.types.is_numeric_dtype(cells.dtype):
        number = cells.astype("float64")
    else:
        text = cells.astype(str).str.normalize("NFKC").str.strip()
        grouped = text.str.fullmatch(_THOUSANDS)
        text = text.where(~grouped, text.str.replace(",", "", regex=False))
        number = pd.to_numeric(text, errors="coerce").astype("float64")
    return number.where(np.isfinite(number))


def as_flag(cells: pd.Series) -> pd.Series:
    """Give cells as bool: False where there is nothing, or the cell says no.

    Anything else says yes, such as 是, 1, T, or the kind of bridge.

    Examples
    --------
    >>> as_flag(pd.Series(["yes", "是", "viaduct", "F", "否", "0", None])).tolist()
    [True, True, True, False, False, False, False]
    """
    text = as_text(cells)
    return text.notna() & ~text.fillna("").str.casefold().isin(_NO)


def _headed(headings: Sequence[str], said: str) -> list[str]:
    """Give the columns headed with a text, to the letter if there are such."""
    same = [heading for heading in headings if heading and heading == said]
    alike = normalised(said)
    return same or [heading for heading in headings if alike and normalised(heading) == alike]


def _holds(heading: str, words: Sequence[str]) -> bool:
    """Say whether a heading holds one of the words: Latin ones whole, Chinese ones anywhere."""
    own = unicodedata.normalize("NFKC", heading)
    latin = {word.casefold() for word in _WORD.findall(own)}
    return any(word in latin if word.isascii() else word in own for word in words)


def _option(meaning: str) -> str:
    """Name the option by which a planner says which column it is."""
    return {"lon": "x", "lat": "y"}.get(meaning, meaning)
