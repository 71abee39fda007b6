"""What is reported: a place's results, what was asked of them since, and how figures are told."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maps.report.document import Cell
from spatial.links import AGAINST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maps.report.document import Tone
    from maps.scene import Scene
    from maps.words import Words

SQUARE_METRES = 10_000
"""In a hectare."""

_TENS = 10


@dataclass(frozen=True)
class Answer:
    """What compare, site or links found about the same data.

    Attributes
    ----------
    verb
        ``compare``, ``site`` or ``links``.
    folder
        The name of the folder it lies in.
    figures
        The content of its summary.json.
    fresh
        Whether its inputs are, byte for byte, those of the results reported.
    """

    verb: str
    folder: str
    figures: Mapping[str, Any]
    fresh: bool


@dataclass(frozen=True)
class Material:
    """All a report is made from.

    Attributes
    ----------
    scene
        The place's results.
    plan
        The name of the plan's file, as it is typed in a command.
    answers
        What was found by compare, site and links.
    against
        What answers say against a proposal, in Chinese and English.
    """

    scene: Scene
    plan: str
    answers: tuple[Answer, ...] = ()
    against: tuple[tuple[str, str], ...] = tuple(AGAINST.values())

    @property
    def summary(self) -> Mapping[str, Any]:
        """The content of summary.json."""
        return self.scene.summary

    @property
    def public(self) -> bool:
        """Whether single homes and exact numbers of residents must not be told."""
        return self.scene.public is not None

    @property
    def review_number(self) -> str | None:
        """The map review number, if there is one."""
        return self.scene.frame.review_number

    @property
    def credit(self) -> str:
        """The credit the data ask for."""
        return str(self.summary.get("data", {}).get("credit") or "")

    def data_date(self, words: Words) -> str:
        """Say of when the data are."""
        date = self.summary.get("data", {}).get("date")
        return str(date)[:10] if date else words.say("report_unknown")

    def walker(self, words: Words) -> str:
        """Say who was measured; nothing where the results do not."""
        return str(self.summary.get("walker", {}).get(words.language, ""))

    def who(self, words: Words) -> str:
        """Name what is counted."""
        return words.say("residents" if self.scene.counts_people else "homes")

    def amount(self, words: Words, count: float) -> str:
        """Say how many residents or homes; residents exactly, but in tens where all may read."""
        people = self.scene.counts_people
        if self.public or not people:
            return words.amount(count, people=people)
        return words.say("residents_many", n=words.number(count))

    def count(self, words: Words, count: float | None, tone: Tone = "") -> Cell:
        """Give a number of residents or homes as a cell."""
        if count is None:
            return nothing(words)
        in_tens = self.public and self.scene.counts_people
        if in_tens and 0 < count < _TENS:
            return Cell(words.say("public_few", amount=_TENS), tone=tone)
        value = math.floor(count / 10 + 0.5) * 10 if in_tens else count
        return Cell(words.number(value), float(value), "count", tone)


def share(words: Words, part: float | None, tone: Tone = "") -> Cell:
    """Give a share, 0 to 1, as a cell."""
    if part is None or math.isnan(part):
        return nothing(words)
    return Cell(words.percent(part), float(part), "share", tone)


def metres(words: Words, distance: float | None) -> Cell:
    """Give a distance as a cell, the unit in the heading."""
    if distance is None or math.isnan(distance):
        return nothing(words)
    return Cell(words.number(distance), float(distance), "metres")


def hectares(words: Words, area_m2: float | None) -> Cell:
    """Give an area as a cell in hectares, the unit in the heading."""
    if area_m2 is None:
        return nothing(words)
    size = area_m2 / SQUARE_METRES
    return Cell(f"{size:,.2f}", size, "hectares")


def number(words: Words, figure: float) -> Cell:
    """Give a whole number as a cell."""
    return Cell(words.number(figure), float(figure), "number")


def said(text: object, tone: Tone = "") -> Cell:
    """Give a text as a cell."""
    return Cell("" if text is None else str(text), tone=tone)


def nothing(words: Words) -> Cell:
    """Give the cell where there is no figure."""
    return Cell(words.say("report_none"))
