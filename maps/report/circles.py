"""A section for each 15-minute circle: who has everything, what is scarce, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maps import circle
from maps.parts.steps import step_labels, step_shares
from maps.report.document import Cell, Column, Sign
from maps.report.figures import marked, status, title
from maps.report.material import metres, nothing, number, said, share
from maps.report.measured import define, ground_signs, source
from maps.report.pictured import Plate, Steps, Swatch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maps.report.document import Draft
    from maps.report.material import Material
    from maps.words import Words


def write(draft: Draft, material: Material, key: str) -> None:
    """Write the section of one circle."""
    words, figures = draft.words, material.scene.measured(key)
    draft.heading(1, title(words, figures))
    draft.heading(2, words.say("report_definition"))
    define(draft, material, key)
    draft.heading(2, words.say("report_results"))
    draft.paragraph(_answer(material, words, figures))
    _steps(draft, material, key)
    _services(draft, figures)
    missing = [words.pick(one) for one in figures["categories"].values() if not one["facilities"]]
    if missing:
        names = words.say("list_comma").join(missing)
        draft.paragraph(words.say("report_circle_absent", names=names), "note")
    _draw(draft, material, key)


def _answer(material: Material, words: Words, figures: Mapping[str, Any]) -> str:
    """Say what a complete circle is, and who has one."""
    complete = figures["complete"]
    return words.say(
        "report_circle_said",
        speed=f"{figures.get('walk_m_per_s') or 0:.2f}",
        share=words.percent(complete["share"]),
        served=material.count(words, complete["served"]).shown,
        total=material.amount(words, figures["total"]),
        mean=words.percent(figures["mean_share_met"]),
    )


def _steps(draft: Draft, material: Material, key: str) -> None:
    """Show how the homes share out over the numbers of services."""
    words, figures = draft.words, material.scene.measured(key)
    shares, labels = step_shares(material.scene, key), step_labels(words, len(figures["must_have"]))
    name, total = marked(words, figures), figures["total"]
    rows = [
        (
            said(label),
            material.count(words, round(shares[step] * total, 6)),
            share(words, shares[step]),
        )
        for step, label in labels.items()
    ]
    apart = shares[-1]
    rows.append(
        (
            said(words.say("unconnected")),
            material.count(words, round(apart * total, 6)),
            share(words, apart),
        )
    )
    shown = words.say("comma").join(
        f"{label.shown}{words.say('colon')}{part.shown}" for label, _, part in rows
    )
    bar = Steps(tuple(shares.values()))
    signs = [
        Sign(Swatch(f"step-{step}"), words.say("report_sign_step", n=label))
        for step, label in labels.items()
    ]
    draft.chart(
        words.say("report_caption_steps", name=name),
        [Column(words.say("report_steps"))],
        [(Cell(shown, picture=bar),)],
        [*signs, Sign(Swatch("unconnected"), words.say("unconnected"))],
    )
    heads = ("steps", "amount", "share")
    draft.table(
        "steps",
        words.say("report_caption_steps", name=name),
        [Column(words.say(f"report_{head}")) for head in heads],
        rows,
        about=name,
    )


def _services(draft: Draft, figures: Mapping[str, Any]) -> None:
    """Write every service, must-have ones first, the scarcest first."""
    words, name = draft.words, marked(draft.words, figures)
    chosen = [one for must in (True, False) for one in circle.services(figures, must_have=must)]
    heads = [("service", 1.9), ("must", 0.8), ("reach_m", 0.8), ("facilities", 0.8), ("walk", 1)]
    heads += [("straight", 1), ("source", 3), ("check", 1.2)]
    draft.table(
        "services",
        words.say("report_caption_services", name=name),
        [Column(words.say(f"report_{head}"), width) for head, width in heads],
        [_service(words, one, must=key in figures["must_have"]) for key, one in chosen],
        about=name,
    )


def _service(words: Words, one: Mapping[str, Any], *, must: bool) -> tuple[Cell, ...]:
    """Write one service with who asks for it."""
    cited = (one["source"].get("document"), one["source"].get("clause"))
    here = one["facilities"]
    return (
        said(words.pick(one)),
        said(words.say("report_yes" if must else "report_no")),
        metres(words, one["reach_m"]),
        number(words, here),
        share(words, one["share"], "strong") if here else said(words.say("report_absent")),
        share(words, one.get("straight_share")) if here else nothing(words),
        said(words.say("comma").join(str(part) for part in cited if part)),
        said(words.say(f"report_check_{status(one)}")),
    )


def _draw(draft: Draft, material: Material, key: str) -> None:
    """Show the map of a circle."""
    words, figures = draft.words, material.scene.measured(key)
    name = marked(words, figures)
    legend = [
        Sign(Swatch(f"step-{step}"), words.say("report_sign_step", n=label))
        for step, label in step_labels(words, len(figures["must_have"])).items()
    ]
    legend.append(Sign(Swatch("unconnected"), words.say("report_sign_unconnected")))
    draft.figure(
        Plate(key),
        words.say("report_map_circle", name=name),
        words.say("report_map_circle_alt", name=name),
        [*legend, *ground_signs(material, words)],
        source(material, words),
    )
