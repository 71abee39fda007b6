"""What compare, site and links found, as text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layers.categories import CATEGORIES
from scripts.proposing.proposed_tables import UNSERVABLE
from scripts.screen import aligned, part_of
from spatial.openings import OPENINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spatial.siting import Answer

_COMPARED = {
    "zh": ("方案", "指标", "实施前", "实施后", "新增", "失去"),
    "en": ("scenario", "standard", "before", "after", "gained", "lost"),
}
_WORTH = {
    "zh": ("措施", "指标", "单独", "整体中"),
    "en": ("change", "standard", "alone", "in the whole"),
}


def scenario_table(figures: Mapping[str, Any]) -> str:
    """Give the figures of a comparison as text: every scenario, then what its changes are worth."""
    language = figures["language"]
    rows: list[tuple[str, ...]] = [_COMPARED[language]]
    worth: list[tuple[str, ...]] = [_WORTH[language]]
    for scenario in figures["scenarios"]:
        for key, one in scenario["standards"].items():
            sides = [part_of(one[side], total) for side, total in _sides(one)]
            turns = [f"{one[part]:,.0f}" for part in ("gained", "lost")]
            rows.append((scenario["name"], one[language], *sides, *turns))
            worth += [
                (change["name"], one[language], f"{alone:+,.0f}", f"{change['within'][key]:+,.0f}")
                for change in scenario["changes"]
                if (alone := change["alone"][key]) or change["within"][key]
            ]
    return "\n".join([*aligned(rows), "", *aligned(worth), *_walker(figures)])


def _walker(figures: Mapping[str, Any]) -> list[str]:
    """Say who walks, if it is not the usual walker."""
    walker = figures["walker"]
    return [] if walker["usual"] else [walker[figures["language"]]]


_PROPOSED = {
    "zh": ("次序", "类型", "位置", "新增", "单独", "之后", "每单位造价或每米", "不利因素"),
    "en": ("", "what", "where", "gained", "alone", "share after", "per cost or metre", "against"),
}
_SURE = {
    "zh": ("已证明最优", "与最优相差至多 {gap:.2%}", "逐个选取（贪心），未证明"),
    "en": ("proven best", "within {gap:.2%} of the best", "chosen one by one (greedy), no proof"),
}
_NOTHING = ("没有可新增覆盖的建议", "nothing that was tried would bring anyone within reach")
_LEFT = {
    "zh": "任何备选点都无法覆盖：{people:,.0f}（{reasons}）",
    "en": "no candidate can serve {people:,.0f} ({reasons})",
}


_HEARD = {
    "zh": ("{method}：{value:,.0f}，{sure}，{seconds:.1f} 秒", "尚无上界"),
    "en": ("{method}: {value:,.0f}, {sure}, {seconds:.1f} s", "no bound known yet"),
}
_METHODS = {"greedy": "贪心", "swaps": "交换", "halving": "二分"}


def heard(answer: Answer, language: str) -> str:
    """Say an answer while a better one is sought, and how much better that may be."""
    text, unknown = _HEARD[language]
    return text.format(
        method=_METHODS.get(answer.method, answer.method) if language == "zh" else answer.method,
        value=answer.value,
        sure=_SURE[language][1].format(gap=answer.gap) if answer.gap < 1 else unknown,
        seconds=answer.seconds,
    )


def _category(key: str, place: int) -> str:
    """Name a category in Chinese or English; a key nobody named stays as it is."""
    known = CATEGORIES.get(key)
    return key if known is None else (known.zh, known.en)[place]


def proposal_table(figures: Mapping[str, Any]) -> str:
    """Give proposals as text, in the order of building, and how sure the choice is."""
    language, place = figures["language"], 0 if figures["language"] == "zh" else 1
    rows: list[tuple[str, ...]] = [_PROPOSED[language]]
    for one in figures["proposals"]:
        pair = OPENINGS.get(one["kind"])
        per = "-" if one["per_cost"] is None else f"{one['per_cost']:.2f}"
        rows.append(
            (
                str(one["proposal"]),
                pair[place] if pair else one["name"] or _category(one["category"], place),
                one["street"] or "-",
                f"{one['people']:,.0f}",
                f"{one['people_alone']:,.0f}",
                "-" if one["after"] is None else f"{one['after']:.1%}",
                per,
                one["against"] or "-",
            )
        )
    total, answer = figures["total"], figures["answer"]
    said = [f"{figures['standard'][language]}: {part_of(figures['before'], total)}"]
    said += [f"-> {part_of(figures['after'], total)}", _sure(answer, language)]
    said += _value(figures, place)
    if len(rows) == 1:
        rows = [(_NOTHING[place],)]
    return "\n".join(
        [" ".join(said), *aligned(rows), *_unservable(figures, place), *_walker(figures)]
    )


_VALUE = {
    "fairest": ("最远步行 {value:,.0f} 米", "longest walk {value:,.0f} m"),
    "least_walking": ("步行共减少 {value:,.0f} 人·米", "{value:,.0f} people x m less walking"),
}


def _value(figures: Mapping[str, Any], place: int) -> list[str]:
    """Say what the answer is worth where it is no number of people or sites."""
    pair = _VALUE.get(figures["question"])
    return [] if pair is None else [pair[place].format(value=figures["answer"]["value"])]


def _sure(answer: Mapping[str, Any], language: str) -> str:
    proven, within, greedy = _SURE[language]
    if answer["gap"] is None:
        return f"({greedy})"
    return f"({proven if answer['proven'] else within.format(gap=answer['gap'])})"


def _unservable(figures: Mapping[str, Any], place: int) -> list[str]:
    """Say whom nothing that was tried can serve, and why."""
    left = figures["unservable"]
    if not left["homes"]:
        return []
    parts = [f"{UNSERVABLE[key][place]} {people:,.0f}" for key, people in left["reasons"].items()]
    text = _LEFT[figures["language"]]
    return [text.format(people=left["people"], reasons=", ".join(parts))]


def _sides(one: Mapping[str, Any]) -> tuple[tuple[str, float], tuple[str, float]]:
    return ("before", one["total_before"]), ("after", one["total"])
