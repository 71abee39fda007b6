"""Units that a table writes apart from its headings: in a row below them, or in a line above."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from layers.meaning import candidates
from layers.tables.grid import blank

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNITS: Final = frozenset(
    (
        *("人", "百人", "千人", "万人", "户", "万户", "个", "座", "栋", "幢", "层", "年", "岁"),
        *("度", "°", "米", "公里", "千米", "元", "万元", "平方米", "平方公里", "公顷", "亩", "%"),
        *("deg", "degree", "degrees", "m", "km", "m2", "km2", "ha", "people", "persons"),
        *("thousand", "thousands", "million", "millions", "十进制度", "decimal degrees"),
    )
)
_NONE: Final = frozenset(("-", "--", "—", "——", "/", "无"))
_ROWS_ABOVE: Final = 3
_BRACKETS: Final = "()[]{}（）【】<>《》 "
_ABOVE: Final = re.compile(
    r"(?:单位|units?) ?[:： ][^:：]*?(百人|千人|十万人|百万人|万人|thousands?|millions?)"
)
_OWN: Final = re.compile(r"[(（\[【/][^)）]*人|万|千人|百人|thousand|million", re.IGNORECASE)


def are_units(row: Sequence[object]) -> bool:
    """Say whether a row holds units and nothing else.

    Examples
    --------
    >>> are_units(["", None, "度", "（万人）"]), are_units(["", 116.5]), are_units(["-", ""])
    (True, False, False)
    """
    told = [_plain(cell) for cell in row if not blank(cell)]
    return not _UNITS.isdisjoint(told) and (_UNITS | _NONE).issuperset(told)


def with_units(columns: Sequence[str], row: Sequence[object]) -> list[str]:
    """Write the unit of each column behind its heading.

    Examples
    --------
    >>> with_units(["名称", "人口", "备注"], ["—", "万人"])
    ['名称', '人口（万人）', '备注']
    """
    told = ["" if blank(cell) else _plain(cell) for cell in row]
    told += [""] * (len(columns) - len(told))
    return [
        f"{heading}（{unit}）" if heading and unit in _UNITS else heading
        for heading, unit in zip(columns, told, strict=False)
    ]


def with_names_above(columns: Sequence[str], above: Sequence[Sequence[object]]) -> list[str]:
    """Write what stands above a heading that is only a unit: 人口 over 人.

    Examples
    --------
    >>> with_names_above(["名称", "万人"], [["小区", "人口"], ["", ""]])
    ['名称', '人口（万人）']
    """

    def named(place: int, text: str) -> str:
        if _plain(text) not in _UNITS:
            return text
        over = [row[place] for row in above[-_ROWS_ABOVE:] if place < len(row)]
        name = next((str(cell).strip() for cell in reversed(over) if not blank(cell)), "")
        return f"{name}（{_plain(text)}）" if name else text

    return [named(place, text) for place, text in enumerate(columns)]


def with_unit_above(columns: Sequence[str], above: Sequence[Sequence[object]]) -> list[str]:
    """Write behind the headings of people what a line above says that one counts: 单位：万人.

    Examples
    --------
    >>> with_unit_above(["名称", "人口"], [["某区人口"], ["单位：万人"]])
    ['名称', '人口（万人）']
    """
    cells = (str(cell).casefold() for row in above for cell in row if isinstance(cell, str))
    unit = next((found[1] for found in map(_ABOVE.search, cells) if found), None)
    if unit is None:
        return list(columns)
    people = set(candidates([text for text in columns if text], "weight"))
    return [
        f"{text}（{unit}）" if text in people and not _OWN.search(text) else text
        for text in columns
    ]


def _plain(cell: object) -> str:
    return unicodedata.normalize("NFKC", str(cell)).strip(_BRACKETS + "\t\n").casefold()
