"""What to do first: gaps and reasons turned into kinds of work, and what was tested already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maps.lexicon import TABLE
from maps.parts import nouns, why
from maps.report.document import Column
from maps.report.figures import marked
from maps.report.gaps import listed
from maps.report.material import metres, nothing, number, said, share
from spatial.openings import OPENINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maps.report.document import Cell, Draft
    from maps.report.gaps import Gap
    from maps.report.material import Answer, Material
    from maps.words import Words

ACTS = {
    "entrance": "gate",
    "detour_wall": "gate",
    "detour_water": "bridge",
    "detour_railway": "crossing",
    "detour_motorway": "crossing",
    "detour_block": "link",
    "island": "link",
    "stairs": "ramp",
    "walker": "ramp",
    "too_far": "site",
    "unconnected": "check",
    "data_end": "extend",
}
"""The kind of work each reason calls for."""

_COMMANDS = {
    "site": "lifecircle site {plan} --standard {standard} --new 3",
    "ramp": "lifecircle compare {plan} scenario.toml",
    "check": "lifecircle run {plan}",
    "extend": "lifecircle run {plan}",
}
_LINKS = "lifecircle links {plan} --standard {standard} --most-people"
_FIRST = 10


def write(draft: Draft, material: Material) -> None:
    """Write what to do first, and what is known of it already."""
    words, scene = draft.words, material.scene
    draft.heading(1, words.say("report_actions"))
    draft.paragraph(words.say("report_actions_lead"))
    every = [gap for key in scene.standards for gap in listed(scene, words, key)]
    first = sorted(every, key=lambda gap: -gap.size)[:_FIRST]
    heads = (("rank", 0.6), ("place", 1.8), ("standard", 1.4), ("unserved", 0.9), ("reason", 1.5))
    columns = [Column(words.say(f"report_{key}"), width) for key, width in heads]
    draft.table(
        "priorities",
        words.say("report_caption_priorities"),
        [*columns, Column(words.say("report_act"), 1.7), Column(words.say("report_command"), 2.7)],
        [_priority(material, words, rank, gap) for rank, gap in enumerate(first, start=1)],
    )
    wide = (("act", 2), ("standard", 1.6), ("concerned", 1), ("command", 3))
    draft.table(
        "acts",
        words.say("report_caption_acts"),
        [Column(words.say(f"report_{key}"), width) for key, width in wide],
        _acts(material, words),
    )
    _answers(draft, material)


def _priority(material: Material, words: Words, rank: int, gap: Gap) -> tuple[Cell, ...]:
    """Write one gap with the work that would help, and how to test it."""
    figures, act = material.scene.measured(gap.standard), ACTS.get(gap.reason or "", "link")
    return (
        number(words, rank),
        said(gap.place),
        said(marked(words, figures)),
        material.count(words, gap.size, "strong"),
        said(words.begun(why.named(words, gap.reason))),
        said(_named(words, act, figures)),
        said(command(material, act, gap.standard), "code"),
    )


def _named(words: Words, act: str, figures: Mapping[str, Any]) -> str:
    """Name a kind of work."""
    what = nouns.one(words, figures.get("category"))
    return words.say(f"report_act_{act}", what=what.lower())


def command(material: Material, act: str, standard: str) -> str:
    """Give the command that tests a kind of work for a standard."""
    plan = (
        material.plan
        if material.plan.isascii() and " " not in material.plan
        else f'"{material.plan}"'
    )
    return _COMMANDS.get(act, _LINKS).format(plan=plan, standard=standard)


def _acts(material: Material, words: Words) -> list[tuple[Cell, ...]]:
    """Add up the reasons by the work they call for, most people first."""
    people: dict[tuple[str, str], float] = {}
    for key in material.scene.standards:
        for reason, count in (material.scene.measured(key).get("unserved") or {}).items():
            pair = (ACTS.get(reason, "link"), key)
            people[pair] = people.get(pair, 0.0) + count
    order = sorted(people.items(), key=lambda one: -one[1])
    return [
        (
            said(_named(words, act, material.scene.measured(key))),
            said(marked(words, material.scene.measured(key))),
            material.count(words, count, "strong"),
            said(command(material, act, key), "code"),
        )
        for (act, key), count in order
    ]


def _answers(draft: Draft, material: Material) -> None:
    """Cite what compare, site and links found about the same data."""
    words = draft.words
    if not material.answers:
        return
    draft.heading(2, words.say("report_answers"))
    for answer in material.answers:
        if not answer.fresh:
            stale = words.say("report_answer_stale", folder=answer.folder, verb=answer.verb)
            draft.paragraph(stale, "note")
        elif answer.verb == "compare":
            _compared(draft, material, answer)
        else:
            _proposed(draft, material, answer)


def _proposed(draft: Draft, material: Material, answer: Answer) -> None:
    """Cite what site or links proposes."""
    words, figures = draft.words, answer.figures
    name = marked(words, figures["standard"])
    before, after = figures["before"], figures["after"]
    draft.paragraph(
        words.say(
            f"report_answer_{answer.verb}",
            n=words.number(len(figures["proposals"])),
            what=nouns.one(words, figures["standard"].get("category")).lower(),
            name=name,
            before=words.percent(before["share"]),
            after=words.percent(after["share"]),
            amount=material.amount(words, after["served"] - before["served"]),
            sure=_sure(words, figures["answer"]),
        )
    )
    heads = (("rank", 0.6), ("what", 2), ("place", 2), ("gained", 1), ("after", 1))
    columns = [Column(words.say(f"report_{key}"), width) for key, width in heads]
    draft.table(
        "proposals",
        words.say("report_caption_proposals", name=name, folder=answer.folder),
        [*columns, Column(words.say("report_built_m")), Column(words.say("report_against"), 1.6)],
        [_proposal(material, words, one) for one in figures["proposals"]],
        about=f"{name} ({answer.folder})",
    )


def _sure(words: Words, answer: Mapping[str, Any]) -> str:
    """Say how good an answer is."""
    if answer.get("proven"):
        return words.say("report_sure_proven")
    if answer.get("gap") is not None:
        return words.say("report_sure_gap", gap=words.percent(answer["gap"]))
    return words.say("report_sure_greedy")


def _proposal(material: Material, words: Words, one: Mapping[str, Any]) -> tuple[Cell, ...]:
    """Write one proposal."""
    kind = str(one["kind"])
    what = words.one_of(*OPENINGS[kind]) if kind in OPENINGS else _kind(words, kind)
    where = one.get("name") or one.get("street")
    return (
        number(words, one["proposal"]),
        said(words.begun(what)),
        said(words.say("gap_near", landmark=where)) if where else nothing(words),
        material.count(words, one["people"], "strong"),
        share(words, one["after"]),
        metres(words, one.get("built_m")),
        said(_against(material, words, one.get("against"))),
    )


def _kind(words: Words, kind: str) -> str:
    """Name a kind of proposal that is no opening."""
    key = f"report_{kind}"
    return words.say(key) if key in TABLE else kind


def _against(material: Material, words: Words, against: str | None) -> str:
    """Say what speaks against a proposal in this language; its results say it in the plan's."""
    known = {text: words.one_of(*pair) for pair in material.against for text in pair}
    parts = [known.get(one, one) for one in (against or "").split("; ") if one]
    return words.say("list_comma").join(parts)


def _compared(draft: Draft, material: Material, answer: Answer) -> None:
    """Cite a comparison: each scenario, each standard, before and after."""
    words = draft.words
    heads = (
        ("scenario", 1.6),
        ("standard", 2),
        ("before", 1),
        ("after", 1),
        ("gained", 1),
        ("lost", 1),
    )
    draft.table(
        "compared",
        words.say("report_caption_compared", folder=answer.folder),
        [Column(words.say(f"report_{key}"), width) for key, width in heads],
        [
            (
                said(scenario["name"]),
                said(marked(words, one)),
                share(words, one["before"]["share"]),
                share(words, one["after"]["share"], "strong"),
                material.count(words, one["gained"]),
                material.count(words, one["lost"]),
            )
            for scenario in answer.figures["scenarios"]
            for one in scenario["standards"].values()
        ],
        about=answer.folder,
    )
