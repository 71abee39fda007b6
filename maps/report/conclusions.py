"""The first page: the answers, a chart of them, and a sentence for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maps.report.document import Cell, Column, Sign
from maps.report.figures import (
    MARK,
    circle_in_a_sentence,
    in_a_sentence,
    judgement,
    marked,
    official_share,
    status,
    target,
    unserved,
)
from maps.report.material import nothing, said, share
from maps.report.pictured import Axis, Bar, Swatch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maps.report.document import Draft
    from maps.report.material import Material
    from maps.words import Words

_SIGNS = ("walk", "straight", "bounds", "target")


def write(draft: Draft, material: Material) -> None:
    """Write the conclusions."""
    words, scene = draft.words, material.scene
    draft.heading(1, words.say("report_conclusions"))
    total = material.amount(words, float(material.summary.get("total", 0.0)))
    draft.paragraph(words.say("report_conclusions_lead", amount=total))
    measured = {key: scene.measured(key) for key in (*scene.standards, *scene.unions)}
    circles = {key: scene.measured(key) for key in scene.circles}
    sentences = [in_a_sentence(material, words, one) for one in measured.values()]
    sentences += [circle_in_a_sentence(material, words, one) for one in circles.values()]
    draft.points(sentences)
    rows = [_answer(material, words, one) for one in measured.values()]
    rows += [_circle(material, words, one) for one in circles.values()]
    heads = ("standard", "official", "straight", "walk", "low", "high", "target", "verdict")
    wide = (2.5, 1.5, 1.05, 1.15, 1.05, 1.05, 1.05, 1.6)
    columns = [Column(words.say(f"report_{key}"), w) for key, w in zip(heads, wide, strict=True)]
    draft.table(
        "answers",
        words.say("report_caption_answers"),
        [*columns, Column(words.say("report_unserved"), 1.1)],
        rows,
        note=_note(material, words, [*measured.values(), *circles.values()]),
    )
    _chart(draft, {**measured, **circles})


def _note(material: Material, words: Words, figures: Iterable[Mapping[str, Any]]) -> str:
    """Say what the columns hold, and what the mark means where it stands."""
    said_so = words.say("report_note_answers", who=material.who(words))
    if any(status(one) == "U" for one in figures):
        said_so += words.say("report_note_mark", mark=MARK)
    return said_so


def _answer(material: Material, words: Words, figures: Mapping[str, Any]) -> tuple[Cell, ...]:
    """Write one standard's answers."""
    network = figures["network"]
    return (
        said(marked(words, figures)),
        official_share(words, figures),
        share(words, figures["straight"]["share"]),
        share(words, network["share"], "strong"),
        share(words, network.get("low")),
        share(words, network.get("high")),
        target(words, figures),
        judgement(words, figures),
        material.count(words, unserved(figures)),
    )


def _circle(material: Material, words: Words, figures: Mapping[str, Any]) -> tuple[Cell, ...]:
    """Write a circle's answers: who has all must-have services within reach."""
    complete = figures["complete"]
    return (
        said(marked(words, figures)),
        said(words.say("report_no_official")),
        nothing(words),
        share(words, complete["share"], "strong"),
        nothing(words),
        nothing(words),
        target(words, figures),
        said(words.say("report_no_target")),
        material.count(words, figures["total"] - complete["served"]),
    )


def _chart(draft: Draft, measured: Mapping[str, Mapping[str, Any]]) -> None:
    """Draw all shares on one scale: a chart whose words are words of the document."""
    words = draft.words
    columns = (
        Column(words.say("report_standard"), 2.4),
        Column(words.say("report_axis_alt"), 6, Axis()),
    )
    rows = [(said(marked(words, one)), bar(words, one)) for one in measured.values()]
    signs = [Sign(Swatch(f"bar-{key}"), words.say(f"report_legend_{key}")) for key in _SIGNS]
    draft.chart(words.say("report_caption_chart"), columns, rows, signs)


def bar(words: Words, figures: Mapping[str, Any]) -> Cell:
    """Draw one standard's shares as a cell."""
    name = marked(words, figures)
    if "complete" in figures:
        part = figures["complete"]["share"] or 0.0
        return Cell(f"{name}{words.say('colon')}{words.percent(part)}", picture=Bar(part))
    walk, straight = figures["network"]["share"] or 0.0, figures["straight"]["share"] or 0.0
    low, high = (figures["network"].get(key) for key in ("low", "high"))
    shown = words.say(
        "report_bar_alt",
        name=name,
        walk=words.percent(walk),
        straight=words.percent(straight),
    )
    return Cell(shown, picture=Bar(walk, straight, low, high, figures.get("target_share")))
