"""Why people are not served: a table of reasons with a bar for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maps.parts import why
from maps.report.document import Cell, Column
from maps.report.figures import marked
from maps.report.material import said, share
from maps.report.pictured import Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maps.report.document import Draft
    from maps.report.material import Material


def write(draft: Draft, material: Material, figures: Mapping[str, Any]) -> None:
    """Write the reasons, most people first, and say the first one in words."""
    words, found = draft.words, _largest_first(figures.get("unserved") or {})
    total = sum(found.values())
    if not total:
        draft.paragraph(words.say("missed_nobody"))
        return
    first, most = next(iter(found.items()))
    draft.paragraph(
        words.say(
            "report_reasons_said",
            reason=why.named(words, first),
            amount=material.amount(words, most),
            share=words.percent(most / total),
        ),
        "lead",
    )
    inside = figures.get("straight_minus_network") or {}
    rows = [
        _row(
            draft, material, words.begun(why.named(words, key)), count, inside.get(key, 0.0), total
        )
        for key, count in found.items()
    ]
    rows.append(_sum(draft, material, total, sum(inside.values())))
    heads = (("reason", 2.6), ("unserved", 1), ("of_unserved", 1), ("within_radius", 1.2))
    columns = [Column(words.say(f"report_{key}"), width) for key, width in heads]
    draft.table(
        "reasons",
        words.say("report_caption_reasons", name=marked(words, figures)),
        [*columns, Column(words.say("report_part"), 2.3)],
        rows,
        about=marked(words, figures),
    )


def _largest_first(people: Mapping[str, float]) -> dict[str, float]:
    return dict(sorted(people.items(), key=lambda one: -one[1]))


def _row(
    draft: Draft, material: Material, reason: str, count: float, inside: float, total: float
) -> tuple[Cell, ...]:
    """Write one reason."""
    words, part = draft.words, count / total
    return (
        said(reason),
        material.count(words, count),
        share(words, part),
        material.count(words, inside),
        Cell(words.percent(part), picture=Part(part)),
    )


def _sum(draft: Draft, material: Material, total: float, inside: float) -> tuple[Cell, ...]:
    words = draft.words
    return (
        said(words.say("report_reason_total"), "strong"),
        material.count(words, total, "strong"),
        share(words, 1.0, "strong"),
        material.count(words, inside, "strong"),
        said(""),
    )
