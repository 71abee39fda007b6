"""What can be measured: every standard with its thresholds, its definition and who says so."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING

from scripts.plan import plan_document
from scripts.screen import columns_of
from spatial.errors import InputError
from spatial.profiles import standards
from spatial.standards import (
    DENOMINATORS,
    CircleStandard,
    ServiceStandard,
    UnionStandard,
    checked_note,
    statuses,
)

if TYPE_CHECKING:
    from pathlib import Path

    from spatial.standards import Source, Standard

_HEADINGS = {
    "zh": ("id", "半径", "规模", "几何", "分母", "目标", "依据状态"),
    "en": ("id", "reach", "size", "geometry", "share of", "target", "status of the source"),
}
_GEOMETRY = {
    "zh": {"radius": "服务半径", "network": "步行路网"},
    "en": {"radius": "radius", "network": "network"},
}
_ORIGIN = {
    "zh": {"edge": "自边界", "entrance": "自出入口", "point": "自点位"},
    "en": {"edge": "from edge", "entrance": "from entrance", "point": "from point"},
}
_OWN = {"zh": "plan.toml 中定义或修改的：", "en": "defined or changed in plan.toml:"}
_ANY = {"zh": "有其一即可", "en": "any of"}
_MUST = {"zh": "{} 项必配", "en": "{} must-have"}
_OPTIONAL = {"zh": "（选配）", "en": " (optional)"}
_COMMA = {"zh": "，", "en": ", "}
_COLON = {"zh": "：", "en": ": "}
_HECTARE = 10_000
_SPACES = "    "

_Line = tuple[str, ...] | str
"""A row of the table, or a line of its own beneath one."""


def standards_table(plan: Path | None, language: str) -> str:
    """Give every standard as an aligned table in one language, a plan's own ones at the end.

    Parameters
    ----------
    plan
        A plan.toml whose [standards] are listed, too, or None.
    language
        "zh" or "en".

    Raises
    ------
    InputError
        If the plan cannot be read or a standard in it is wrong.
    """
    own = {} if plan is None else plan_document(plan).standards
    try:
        known = standards(own)
    except InputError as error:
        raise InputError(error.wrong, error.remedy, file=plan) from error
    lines: list[_Line] = [_HEADINGS[language]]
    for key in known:
        if key not in own:
            lines += _record(known[key], language)
    if own:
        lines.append(f"\n{_OWN[language]}")
    for key in own:
        lines += _record(known[key], language) if key in known else []
    return "\n".join(_laid_out(lines))


def _record(standard: Standard, language: str) -> list[_Line]:
    """One standard: its row, its words and source, and what it is made of."""
    share_of = DENOMINATORS[standard.denominator][language == "en"]
    geometry = _GEOMETRY[language][standard.geometry]
    origin = _ORIGIN[language][standard.origin]
    row = (
        standard.id,
        *_reach_and_size(standard, language),
        f"{geometry}{_COMMA[language]}{origin}",
        share_of,
        _target(standard),
        _status(statuses(standard), language),
    )
    name = standard.en if language == "en" else standard.zh
    beneath: list[_Line] = [
        f"{_SPACES}{name}",
        f"{_SPACES}{_definition(standard, language)}",
        f"{_SPACES}{_source(standard.source, language)}",
    ]
    return [row, *beneath, *_parts(standard, language)]


def _parts(standard: Standard, language: str) -> list[_Line]:
    """The classes of a union, a row each; the services of a circle by their reach."""
    if isinstance(standard, UnionStandard):
        return [line for one in standard.services for line in _class(one, standard, language)]
    if isinstance(standard, CircleStandard):
        return _services(standard, language)
    return []


def _class(one: ServiceStandard, union: UnionStandard, language: str) -> list[_Line]:
    reach, size = _reach_and_size(one, language)
    name = one.en if language == "en" else one.zh
    row = (f"  {one.id}", reach, size, "", "", "", _status((one.source.status,), language))
    own, whole = _source(one.source, language), _source(union.source, language)
    return [row, f"{_SPACES}  {name}" + (f"  [{own}]" if own != whole else "")]


def _services(circle: CircleStandard, language: str) -> list[_Line]:
    """A line for each reach and status: what must be there, then what may be."""

    def kind(one: ServiceStandard) -> tuple[float, str, bool]:
        return one.reach_m, one.source.status, one.id not in circle.must_have

    lines: list[_Line] = []
    between = ", " if language == "en" else "、"
    for (reach_m, status, optional), some in groupby(sorted(circle.services, key=kind), kind):
        names = between.join(one.en if language == "en" else one.zh for one in some)
        label = f"{reach_m:g} m{_OPTIONAL[language] if optional else ''}{_COLON[language]}"
        lines.append(f"{_SPACES}  {label}{names}  [{_status((status,), language)}]")
    return lines


def _reach_and_size(standard: Standard, language: str) -> tuple[str, str]:
    if isinstance(standard, ServiceStandard):
        return f"{standard.reach_m:g} m", _size(standard.area_m2, language)
    reach = [one.reach_m for one in standard.services]
    low, high = min(reach), max(reach)
    span = f"{high:g} m" if low == high else f"{low:g}–{high:g} m"
    if isinstance(standard, UnionStandard):
        return span, _ANY[language]
    return span, _MUST[language].format(len(standard.must_have))


def _size(area_m2: tuple[float, float], language: str) -> str:
    """[from, below) in words; hectares from one hectare on.

    Examples
    --------
    >>> _size((5000, math.inf), "en"), _size((200000, 500000), "en"), _size((0, 400), "zh")
    ('≥ 5000 m²', '20–50 ha', '< 400 m²')
    """
    low, high = area_m2
    if low == 0 and math.isinf(high):
        return "-"
    hectares = low >= _HECTARE or (low == 0 and high >= _HECTARE)
    unit = ("ha" if language == "en" else "公顷") if hectares else "m²"
    per = _HECTARE if hectares else 1
    if math.isinf(high):
        return f"≥ {low / per:.10g} {unit}"
    if low == 0:
        return f"< {high / per:.10g} {unit}"
    return f"{low / per:.10g}–{high / per:.10g} {unit}"


def _target(standard: Standard) -> str:
    if standard.target_share is None:
        return "-"
    return f"{'>' if standard.target_strict else '≥'} {standard.target_share * 100:.10g} %"


def _status(found: tuple[str, ...], language: str) -> str:
    """The statuses, and what must be said about the least sure of them."""
    note = checked_note(found[-1], language)
    return "/".join(found) + (f"{_COLON[language]}{note}" if note else "")


def _definition(standard: Standard, language: str) -> str:
    if language == "en":
        return f"{standard.numerator_en} ÷ {standard.denominator_en}"
    return f"{standard.numerator_zh} ÷ {standard.denominator_zh}"


def _source(source: Source, language: str) -> str:
    parts = (source.document, source.clause, str(source.year or "-"))
    return _COMMA[language].join(part for part in parts if part != "-")


def _laid_out(lines: list[_Line]) -> list[str]:
    """Rows with columns as wide as their widest cell, the last one ragged."""
    rows = [line for line in lines if not isinstance(line, str)]
    widths = [max(map(columns_of, column)) for column in zip(*rows, strict=True)][:-1]
    return [line if isinstance(line, str) else _row(line, widths) for line in lines]


def _row(cells: tuple[str, ...], widths: list[int]) -> str:
    padded = [
        cell + " " * (wide - columns_of(cell))
        for cell, wide in zip(cells[:-1], widths, strict=True)
    ]
    return "  ".join([*padded, cells[-1]]).rstrip()
