"""Results as a notebook shows them: the answer, a table, and a whole page in a frame of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maps.page.markup import Html, name, tag, together

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from maps.words import Words

_HEIGHT_PX = 640
_FONT = "font-family:'Noto Sans SC','Microsoft YaHei','PingFang SC','Segoe UI',system-ui,sans-serif"
_CELL = "padding:4px 10px;text-align:{side};border-bottom:1px solid #8A8A85"
_ALLOWED = "allow-scripts allow-downloads allow-modals"
"""What a page may do inside a notebook: run, save a file, print; nothing of the notebook's own."""


def framed(page: str, title: str, height_px: int = _HEIGHT_PX) -> Html:
    """Put a whole self-contained page into a frame: it reaches nothing, neither web nor notebook.

    Examples
    --------
    >>> framed('<p title="a">&</p>', "Map", 300).partition("srcdoc=")[2]
    '"&lt;p title=&quot;a&quot;&gt;&amp;&lt;/p&gt;"></iframe>'
    """
    look = f"width:100%;height:{height_px}px;border:1px solid #D9D9D4;background:#FFFFFF"
    return tag("iframe", title=title, sandbox=_ALLOWED, style=look, srcdoc=page)


def answer(figures: Mapping[str, Any], words: Words, frame: Html) -> Html:
    """Write what a summary says: its place, a line for each figure, and a page in a frame."""
    headings, rows = _told(figures, words)
    head = tag("p", tag("strong", name(str(figures["place"]))), style="margin:0;font-size:1.25em")
    credit = tag("p", str(figures["data"]["credit"]), style="margin:4px 0;font-size:.85em")
    return tag("div", head, _table(headings, rows), frame, credit, style=_FONT)


def _told(figures: Mapping[str, Any], words: Words) -> tuple[list[str], list[list[str]]]:
    """Say the figures: headings, then rows."""
    if "scenarios" in figures:
        return _compared(figures, words)
    if "proposals" in figures:
        return _proposed(figures, words)
    return _measured(figures, words)


def _measured(figures: Mapping[str, Any], words: Words) -> tuple[list[str], list[list[str]]]:
    """Every standard: on foot, by straight line, the target, and who is left out."""
    keys = ("side_standard", "walking", "straight", "target", "notebook_missed")
    people = figures["unit"] == "people"
    rows = []
    for one in figures["standards"].values():
        part = one.get("complete") or one["network"]
        target = one.get("target_share")
        rows.append(
            [
                words.pick(one),
                words.percent(part["share"]),
                words.percent(one["straight"]["share"]) if "straight" in one else "",
                "" if target is None else words.percent(target),
                words.amount(one["total"] - part["served"], people=people),
            ]
        )
    return [words.say(key) for key in keys], rows


def _compared(figures: Mapping[str, Any], words: Words) -> tuple[list[str], list[list[str]]]:
    """Every scenario and standard: before, after, gained, lost."""
    keys = ("side_scenario", "side_standard", "before", "after", "side_gained", "side_lost")
    people = figures["unit"] == "people"
    rows = [
        [
            str(scenario["name"]),
            words.pick(one),
            *(words.percent(one[side]["share"]) for side in ("before", "after")),
            *(words.amount(one[side], people=people) for side in ("gained", "lost")),
        ]
        for scenario in figures["scenarios"]
        for one in scenario["standards"].values()
    ]
    return [words.say(key) for key in keys], rows


def _proposed(figures: Mapping[str, Any], words: Words) -> tuple[list[str], list[list[str]]]:
    """Every proposal in the order of building: where, whom it brings within reach, the share."""
    keys = ("proposals", "fact_where", "side_gained", "after")
    people = figures["unit"] == "people"
    rows = [
        [
            str(one["proposal"]),
            str(one["name"] or one["street"] or ""),
            words.amount(one["people"], people=people),
            words.percent(one["after"]),
        ]
        for one in figures["proposals"]
    ]
    return [words.say(key) for key in keys], rows


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Html:
    """Write a table: the first column to the left, figures to the right."""
    body = [tag("tr", *_cells("td", row)) for row in rows]
    head = tag("thead", tag("tr", *_cells("th", headings)))
    look = "border-collapse:collapse;margin:8px 0 12px;font-variant-numeric:tabular-nums"
    return tag("table", head, tag("tbody", together(*body)), style=look)


def _cells(element: str, row: Sequence[str]) -> list[Html]:
    sides = ["left", *["right"] * (len(row) - 1)]
    return [
        tag(element, cell, style=_CELL.format(side=side))
        for cell, side in zip(row, sides, strict=True)
    ]
