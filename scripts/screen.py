"""What is printed: the steps as they pass, and the table of figures."""

from __future__ import annotations

import sys
import unicodedata
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from scripts.messages import translated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scripts.messages import Language

_HEADINGS = {
    "zh": ("指标", "半径", "设施", "步行（上下限）", "直线", "未接入", "边缘存疑"),
    "en": (
        "standard",
        "reach",
        "facilities",
        "on foot (bounds)",
        "straight line",
        "unconnected",
        "edge",
    ),
}
_MEAN = {
    "zh": "{name}：平均满足 {of} 项必配设施中的 {met:.1f} 项",
    "en": "{name}: on average {met:.1f} of {of} must-have services within reach",
}
_CUT = {
    "zh": "注意：{total:,.0f} 人中有 {people:,.0f} 人来自伸出研究范围的统计单元，请给出 boundary",
    "en": "mind: {people:,.0f} of {total:,.0f} people come from cells or areas that reach beyond"
    " the study area; give a boundary",
}
_MUCH = 0.05
_BAR = 24
_NONE = {"zh": "数据中没有：{names}", "en": "none in the data: {names}"}


class Steps:
    """A progress bar on a terminal: which step of how many is being done.

    Parameters
    ----------
    count
        How many steps there will be.
    quiet
        Show and say nothing.
    language
        Of what is shown; given in English.
    """

    def __init__(self, count: int = 1, *, quiet: bool = False, language: Language = "en") -> None:
        self._count, self._done, self._quiet = count, 0, quiet
        self._language: Language = language
        self._shown = not quiet and sys.stderr.isatty()

    def say(self, text: str) -> None:
        """Print a line, unless quiet; a table of several lines is printed as it is."""
        if not self._quiet:
            click.echo(text if "\n" in text else translated(text, self._language))

    @contextmanager
    def step(self, doing: str) -> Iterator[None]:
        """Show what is being done, and how far that is."""
        doing = translated(doing, self._language)
        self._bar(doing)
        yield
        self._done += 1
        self._bar(doing)
        if self._done == self._count and self._shown:
            click.echo("\r\033[K", err=True, nl=False)

    def _bar(self, doing: str) -> None:
        if self._shown:
            full = round(_BAR * self._done / self._count)
            bar = "█" * full + "░" * (_BAR - full)
            click.echo(f"\r\033[K{bar} {doing}", err=True, nl=False)


def table(figures: Mapping[str, Any]) -> str:
    """Give the figures of a summary as a table of text."""
    language = figures["language"]
    rows: list[tuple[str, ...]] = [_HEADINGS[language]]
    for one in figures["standards"].values():
        circle = "categories" in one
        rows.append(_circle_row(one, language) if circle else _row(one, language))
    return "\n".join([*aligned(rows), *_notes(figures)])


def _notes(figures: Mapping[str, Any]) -> list[str]:
    """What a reader of the table must know: circles in parts, and services the data do not hold."""
    language, notes = figures["language"], []
    if not figures["walker"]["usual"]:
        notes.append(figures["walker"][language])
    people = figures.get("population")
    if people and people["cut"] > _MUCH * figures["total"]:
        notes.append(_CUT[language].format(people=people["cut"], total=figures["total"]))
    for one in figures["standards"].values():
        services = one.get("categories", {}).values()
        none = [service[language] for service in services if not service["facilities"]]
        if one.get("mean_share_met") is not None:
            met = one["mean_share_met"] * len(one["must_have"])
            notes.append(
                _MEAN[language].format(name=one[language], met=met, of=len(one["must_have"]))
            )
        if none:
            notes.append(_NONE[language].format(names=", ".join(none)))
    return notes


def _row(one: Mapping[str, Any], language: str) -> tuple[str, ...]:
    total = one["total"]
    return (
        one[language],
        _reach(one),
        f"{one['facilities']}",
        part_of(one["network"], total) + _bounds(one["network"]),
        part_of(one["straight"], total),
        f"{one['unconnected']:,.0f}",
        f"{one['edge_uncertain']:,.0f}",
    )


def _reach(one: Mapping[str, Any]) -> str:
    """The reach; where the walker gets less far, that before it: ``360/500 m``."""
    slower = f"{one['walk_reach_m']:g}/" if "walk_reach_m" in one else ""
    return f"{slower}{one['reach_m']:g} m"


def _bounds(part: Mapping[str, Any]) -> str:
    if part["low"] is None or part["high"] is None:
        return ""
    return f" ({100 * part['low']:.1f}-{100 * part['high']:.1f})"


def _circle_row(one: Mapping[str, Any], language: str) -> tuple[str, ...]:
    facilities = sum(service["facilities"] for service in one["categories"].values())
    return (
        one[language],
        f"{len(one['must_have'])} x",
        f"{facilities}",
        part_of(one["complete"], one["total"]),
        "-",
        f"{one['unconnected']:,.0f}",
        f"{one['edge_uncertain']:,.0f}",
    )


def part_of(part: Mapping[str, Any], total: float) -> str:
    """Say how many of a total, and their share."""
    share = "-" if part["share"] is None else f"{part['share']:.1%}"
    return f"{part['served']:,.0f} / {total:,.0f} = {share}"


def aligned(rows: list[tuple[str, ...]]) -> list[str]:
    """Columns as wide as their widest cell: the first to the left, numbers to the right."""
    widths = [max(map(columns_of, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        pads = [" " * (wide - columns_of(cell)) for cell, wide in zip(row, widths, strict=True)]
        cells = [row[0] + pads[0]] + [
            pad + cell for cell, pad in zip(row[1:], pads[1:], strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return lines


def columns_of(text: str) -> int:
    """Columns a text takes on a terminal; wide letters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
