"""What is said of one standard's figures alike wherever they stand: name, target, verdict, land."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maps.parts.verdict import official, shares, verdict
from maps.report.material import nothing, said, share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maps.report.document import Cell, Tone
    from maps.report.material import Material
    from maps.words import Words

LAND = ("residential", "built_up", "built_up_construction")
"""Denominators that are land."""


def status(figures: Mapping[str, Any]) -> str:
    """Give how sure the source is: C1, C2 or U."""
    return str(figures.get("source", {}).get("status", "U"))


MARK = "※"
"""Beside the name of what is no standard: an own definition, or one that nobody confirmed."""


def title(words: Words, figures: Mapping[str, Any]) -> str:
    """Name a standard in a heading; what rests on no confirmed source is not called a standard."""
    name = words.pick(figures)
    return words.say("report_own", name=name) if status(figures) == "U" else name


def marked(words: Words, figures: Mapping[str, Any]) -> str:
    """Name a standard in a table or sentence; a mark stands for what `title` says in full."""
    return words.pick(figures) + (MARK if status(figures) == "U" else "")


def land_name(words: Words, figures: Mapping[str, Any]) -> str:
    """Name the land the document divides by; empty where it does not divide by land."""
    divisor = figures.get("denominator")
    return words.say(f"land_of_{divisor}") if divisor in LAND else ""


def target(words: Words, figures: Mapping[str, Any]) -> Cell:
    """Give the target as a cell."""
    asked = figures.get("target_share")
    if asked is None:
        return nothing(words)
    key = "report_above" if figures.get("target_strict") else "report_at_least"
    plain = share(words, asked)
    return type(plain)(words.say(key, share=plain.shown), plain.value, plain.kind)


def official_share(words: Words, figures: Mapping[str, Any]) -> Cell:
    """Give the figure the document asks for, or why there is none."""
    judged = official(figures)
    if judged is not None:
        return share(words, shares(figures)[judged])
    return said(words.say("report_land_lacking", land=land_name(words, figures)))


def judgement(words: Words, figures: Mapping[str, Any]) -> Cell:
    """Say whether the target is met, or why that is not judged."""
    if figures.get("target_share") is None:
        return said(words.say("report_no_target"))
    judged = official(figures)
    met = verdict(figures, shares(figures)[judged]) if judged else None
    if met is None:
        return said(words.say("report_unjudged", land=land_name(words, figures)))
    tone: Tone = "good" if met == "target_met" else "bad"
    text = words.say("report_met" if met == "target_met" else "report_not_met")
    if status(figures) == "U":
        text += MARK
    return said(text, tone)


def unserved(figures: Mapping[str, Any]) -> float:
    """Count who is not served."""
    return float(figures["total"]) - float(figures["network"]["served"])


def on_paper_only(figures: Mapping[str, Any]) -> float:
    """Count who is inside the radius, yet not served on foot."""
    return float(figures["straight"]["served"]) - float(figures["network"]["served"])


def in_a_sentence(material: Material, words: Words, figures: Mapping[str, Any]) -> str:
    """Say a standard's result in one or two sentences."""
    name = marked(words, figures)
    if not figures["total"]:
        return words.say("report_sentence_empty", name=name)
    if not figures.get("facilities", 1):
        return words.say("report_sentence_nobody", name=name)
    network, paper = figures["network"], on_paper_only(figures)
    low, high = network.get("low"), network.get("high")
    bounds = "" if low is None or high is None else _bounds(words, low, high)
    on_paper = material.amount(words, paper) if paper > 0 else ""
    return words.say(
        "report_sentence",
        name=name,
        walk=words.percent(network["share"]),
        bounds=bounds,
        straight=words.percent(figures["straight"]["share"]),
        amount=material.amount(words, unserved(figures)),
        paper=words.say("report_sentence_paper", amount=on_paper) if on_paper else "",
        land=_of_land(words, figures),
        verdict=_against_target(words, figures),
    )


def _bounds(words: Words, low: float, high: float) -> str:
    return words.say("report_sentence_bounds", low=words.percent(low), high=words.percent(high))


def _of_land(words: Words, figures: Mapping[str, Any]) -> str:
    """Say the official share of land, if it was measured."""
    judged = official(figures)
    if judged is None or not judged.startswith("land_"):
        return ""
    part = words.percent(shares(figures)[judged])
    return words.say("report_sentence_land", land=land_name(words, figures), share=part)


def _against_target(words: Words, figures: Mapping[str, Any]) -> str:
    """Say the target and whether it is met."""
    verdict_said = words.begun(judgement(words, figures).shown)
    if figures.get("target_share") is None:
        return words.say("report_sentence_unjudged", verdict=verdict_said)
    asked = target(words, figures).shown
    said_so = judgement(words, figures).shown
    return words.say("report_sentence_target", target=asked, verdict=said_so)


def circle_in_a_sentence(material: Material, words: Words, figures: Mapping[str, Any]) -> str:
    """Say a circle's result in one sentence."""
    name, must = marked(words, figures), figures["must_have"]
    if not figures["total"]:
        return words.say("report_sentence_empty", name=name)
    each = [figures["categories"][key] for key in must]
    scarcest = sorted(each, key=lambda one: one["share"] or 0.0)[:3]
    said_so = [
        words.say("report_service_share", name=words.pick(one), share=words.percent(one["share"]))
        for one in scarcest
    ]
    return words.say(
        "report_sentence_circle",
        name=name,
        share=words.percent(figures["complete"]["share"]),
        who=material.who(words),
        n=len(must),
        mean=f"{len(must) * (figures['mean_share_met'] or 0):.1f}",
        scarce=words.say("list_comma").join(said_so),
    )
