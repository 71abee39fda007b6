"""One line for each of the planner's layers of which records were left out or repaired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scripts.checking.tallied import ELSEWHERE, JOINED
from scripts.messages import translated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layers.schema import Reading, Tally
    from scripts.messages import Language
    from scripts.study import Study

_MOST: Final = 3
"""Reasons told in a line; all of them stand in the summary and in the check."""
_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "dropped": "{count} of {all} records left out: {reasons}",
        "repaired": "{count} of {all} records repaired: {reasons}",
        "one": "{reason}",
        "many": "{count} x {reason}",
        "more": "and {count} more reasons",
        "file": "{file}: {said}",
        "comma": "; ",
    },
    "zh": {
        "dropped": "{all} 条记录中有 {count} 条未采用：{reasons}",
        "repaired": "{all} 条记录中有 {count} 条已修复：{reasons}",
        "one": "{reason}",
        "many": "{reason} {count} 条",
        "more": "另有 {count} 种原因",
        "file": "{file}：{said}",
        "comma": "；",
    },
}


def told_layers(study: Study) -> Iterator[str]:
    """Say for each layer what was left out and repaired, in the language of the plan.

    What lies beyond the study area, and layers from an extract, are no faults of a planner's file:
    they stand in the summary.
    """
    language = study.plan.place.language
    for layer, tally in study.tallies.items():
        path = study.files.get(layer)
        reasons = {why: count for why, count in tally.reasons.items() if why not in ELSEWHERE}
        if path is None or not reasons:
            continue
        repaired = _repaired(study.readings.get(layer), reasons)
        parts = [
            _said(kind, some, tally, language)
            for kind, some in (
                ("dropped", {why: n for why, n in reasons.items() if why not in repaired}),
                ("repaired", {why: n for why, n in reasons.items() if why in repaired}),
            )
            if some
        ]
        words = _WORDS[language]
        yield words["file"].format(file=path.name, said=words["comma"].join(parts))


def _repaired(reading: Reading | None, reasons: Mapping[str, int]) -> set[str]:
    """Tell which reasons are repairs."""
    found = {why for why in reasons if JOINED.search(why)}
    if reading is not None and len(reading.marks):
        marks = reading.marks
        found |= set(marks.loc[marks["kept"].astype(bool), "reason"])
    return found


def _said(kind: str, reasons: Mapping[str, int], tally: Tally, language: Language) -> str:
    """Say how many records something was done with, and why."""
    words = _WORDS[language]
    worst = sorted(reasons.items(), key=lambda one: -one[1])
    key = "one" if len(worst) == 1 else "many"
    each = [
        words[key].format(reason=translated(why, language), count=f"{count:,}")
        for why, count in worst[:_MOST]
    ]
    if len(worst) > _MOST:
        each.append(words["more"].format(count=len(worst) - _MOST))
    count = f"{sum(reasons.values()):,}"
    return words[kind].format(count=count, all=f"{tally.read:,}", reasons=words["comma"].join(each))
