"""Proposals in words: the answer, how sure it is, each one's card, and who cannot be served."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from maps.lexicon import TABLE
from maps.page.markup import Html, name, tag, together
from maps.parts import gains, nouns, numbered, why
from spatial.openings import OPENINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maps.scene import Scene
    from maps.words import Words

_LINKS = "links"


def title(words: Words, summary: Mapping[str, Any]) -> str:
    """Name the page: what is asked, and by which standard."""
    asked = words.say("title_links" if summary["question"] == _LINKS else "title_sites")
    return words.say("compare_title", standard=words.pick(summary["standard"]), scenario=asked)


def answer(scene: Scene, words: Words) -> Html:
    """Say what the proposals do together: one large number, and the sentence it begins."""
    summary = scene.summary
    count, question = len(summary["order"]), summary["question"]
    gained = max(summary["after"]["served"] - summary["before"]["served"], 0.0)
    shares = gains.turn(words, summary["before"]["share"], summary["after"]["share"])
    what = _built(words, summary, count)
    reach = words.number(summary["standard"]["reach_m"])
    if question == "fewest":
        return gains.large("", str(count), words.say("answer_fewest", what=what, **shares))
    if question == "least_walking":
        said = words.say("answer_least_walking", n=count, what=what, reach=reach, **shares)
        return gains.large("−", words.metres(_saved(summary)), said)
    if question == "fairest" and summary["answer"].get("value") is not None:
        said = words.say("answer_fairest", n=count, what=what, reach=reach, **shares)
        return gains.large("", words.metres(summary["answer"]["value"]), said)
    who = gains.who(scene, words, gained)
    said = words.say(f"answer_{_kind(summary)}", who=who, n=count, what=what, reach=reach, **shares)
    return gains.large("+", gains.count(words, gained, people=scene.counts_people), said)


def _kind(summary: Mapping[str, Any]) -> str:
    return "links" if summary["question"] == _LINKS else "sites"


def _built(words: Words, summary: Mapping[str, Any], count: int) -> str:
    """Name what is built, one or several."""
    if summary["question"] == _LINKS:
        return words.say("opening" if count == 1 else "openings")
    noun = nouns.one if count == 1 or words.language == "zh" else nouns.many
    return noun(words, summary["standard"].get("category")).lower()


def _saved(summary: Mapping[str, Any]) -> float:
    """Give the metres by which the mean walk is shorter."""
    saved = sum(one.get("metres_saved") or 0.0 for one in summary["proposals"])
    return saved / (summary["total"] or 1.0)


def sureness(words: Words, found: Mapping[str, Any]) -> Html:
    """Say whether anything better can exist: proven, within a gap, or not known.

    Examples
    --------
    >>> from maps.words import Words
    >>> sureness(Words("en"), {"proven": True, "gap": 0.0})
    '<p class="sure"><span class="tag tag-target_met">Proven: no other choice is better</span></p>'
    """
    gap = found.get("gap")
    if found.get("proven") and not gap:
        key, css_class, values = "sure_proven", "tag-target_met", {}
    elif gap is not None and not math.isnan(gap):
        key, css_class, values = "sure_gap", "tag-target_met", {"gap": words.percent(gap)}
    else:
        key, css_class, values = "sure_greedy", "tag-unconnected", {}
    return tag("p", tag("span", words.say(key, **values), class_=f"tag {css_class}"), class_="sure")


def card(
    scene: Scene, words: Words, row: Mapping[Any, Any], walk_m: float | None
) -> tuple[Html, Html]:
    """Write one proposal: its row in the list, and the card it opens.

    Parameters
    ----------
    row
        ``proposal``, ``kind``, ``people``, ``before``, ``after``; and, where known, ``name``,
        ``category``, ``street``, ``people_alone``, ``homes``, ``zones``, ``built_m``, ``cost``,
        ``per_cost`` and ``against``.
    walk_m
        The walk of the middle home gained.
    """
    rank, what = int(row["proposal"]), kind(words, row)
    called = _text(row, "name") or what
    street, against = _text(row, "street"), _text(row, "against")
    people = scene.counts_people
    number = "+" + gains.count(words, float(row["people"]), people=people)
    place = words.say("gap_near", landmark=street) if street else ""
    said = [what if called != what else "", place, _price(scene, words, row)]
    lines = [
        tag("span", words.say("dot").join(filter(None, said)), class_="why"),
        gains.bar(words, float(row["before"]), float(row["after"])),
        tag("span", _shares(words, row), class_="why"),
    ]
    if against:
        lines.append(tag("span", words.say("against_short"), name(against), class_="why against"))
    facts = _facts(scene, words, row, walk_m)
    detail = numbered.detail(rank, called, _amount(scene, words, row), facts)
    return numbered.item(rank, called, number, *lines), detail


def kind(words: Words, row: Mapping[Any, Any]) -> str:
    """Name what a proposal is: a kind of opening, else something new of its category.

    Examples
    --------
    >>> from maps.words import Words
    >>> kind(Words("en"), {"kind": "gate"}), kind(Words("en"), {"kind": "site", "category": "park"})
    ('New gate', 'New park')
    """
    pair = OPENINGS.get(str(row["kind"]))
    if pair:
        return words.begun(words.one_of(*pair))
    what = nouns.one(words, _text(row, "category")).lower()
    return words.say("do_add_facility", what=what)


def _text(row: Mapping[Any, Any], key: str) -> str | None:
    value = row.get(key)
    return value.strip() or None if isinstance(value, str) else None


def _number(row: Mapping[Any, Any], key: str) -> float | None:
    value = row.get(key)
    known = isinstance(value, int | float) and not math.isnan(value)
    return float(value) if known and value is not None else None


def _price(scene: Scene, words: Words, row: Mapping[Any, Any]) -> str:
    """Say what it costs, and how many it serves for that; else how much is built."""
    cost, per_cost, built_m = (_number(row, key) for key in ("cost", "per_cost", "built_m"))
    if cost is None:
        return words.say("builds", walk=words.metres(built_m)) if built_m else ""
    said = words.say("costs", cost=_plain(cost))
    if per_cost is None:
        return said
    who = gains.who(scene, words, 2)
    return said + words.say("comma") + words.say("per_cost", n=_plain(per_cost), who=who)


def _plain(figure: float) -> str:
    """Say a figure with as many decimals as it deserves.

    Examples
    --------
    >>> _plain(0.01234), _plain(3.456), _plain(123456.7)
    ('0.012', '3.5', '123,457')
    """
    if abs(figure) >= 100 or figure == int(figure):  # noqa: PLR2004 - decimals would be noise
        return f"{figure:,.0f}"
    decimals = max(1 - math.floor(math.log10(abs(figure))), 0)
    return f"{figure:.{decimals}f}"


def _amount(scene: Scene, words: Words, row: Mapping[Any, Any]) -> Html:
    """Say large for how many it is."""
    amount = words.amount(float(row["people"]), people=scene.counts_people)
    return tag("p", tag("strong", f"+{amount}"), class_="card-figure gained")


def _facts(scene: Scene, words: Words, row: Mapping[Any, Any], walk_m: float | None) -> Html:
    """Write what else is known of a proposal."""
    keys = ("homes", "built_m", "cost", "per_cost")
    homes, built, cost, per_cost = (_number(row, key) for key in keys)
    per = "fact_per_metre" if cost is None and built else "fact_per_cost"
    pairs = [
        (words.say("fact_what"), kind(words, row)),
        (words.say("fact_where"), _text(row, "street")),
        (words.say("fact_share"), _shares(words, row)),
        (words.say("fact_zones"), _text(row, "zones")),
        (words.say("fact_alone"), _alone(scene, words, row)),
        (words.say("card_homes"), words.number(homes) if homes and scene.counts_people else None),
        (words.say("card_median_walk"), words.metres(walk_m) if walk_m is not None else None),
        (words.say("fact_built"), words.metres(built) if built else None),
        (words.say("fact_cost"), None if cost is None else _plain(cost)),
        (words.say(per), None if per_cost is None else _plain(per_cost)),
        (words.say("fact_against"), _text(row, "against") or words.say("against_nothing")),
    ]
    return numbered.facts(pairs)


def _shares(words: Words, row: Mapping[Any, Any]) -> str:
    """Say the share before this proposal and with it."""
    return " → ".join(words.percent(float(row[key])) for key in ("before", "after"))


def _alone(scene: Scene, words: Words, row: Mapping[Any, Any]) -> str | None:
    """Say how many it would gain without the others, where that differs."""
    alone = _number(row, "people_alone")
    if alone is None or round(alone) == round(float(row["people"])):
        return None
    return "+" + gains.count(words, alone, people=scene.counts_people)


def reason(words: Words, key: object) -> str:
    """Say why no candidate serves a home; a reason without words of its own as it stands."""
    own = f"unservable_{key}"
    return why.named(words, key) or (words.say(own) if own in TABLE else str(key))


def unservable(scene: Scene, words: Words) -> Html:
    """Say whom no candidate can serve, and why; nothing where there is nobody."""
    found = scene.summary.get("unservable") or {}
    left = found.get("people") or 0.0
    if not left:
        return Html()
    people = scene.counts_people
    items = [
        tag("li", tag("span", name(words.begun(reason(words, key)))), tag("b", amount))
        for key, n in sorted((found.get("reasons") or {}).items(), key=lambda one: -one[1])
        for amount in (words.amount(n, people=people),)
    ]
    return together(
        tag("h2", words.say("unservable_heading")),
        tag("p", words.say("unservable_said", amount=words.amount(left, people=people))),
        tag("ul", *items, class_="reasons"),
    )


def method(scene: Scene, words: Words) -> list[str]:
    """Say how the proposals were found and checked."""
    summary = scene.summary
    found, number = summary["answer"], words.number
    lines = [
        words.say(f"method_{summary['question']}"),
        words.say("method_tried", n=number(summary["candidates"])),
    ]
    gap, value, bound = (found.get(key) for key in ("gap", "value", "bound"))
    if None not in (gap, value, bound):
        said = {"value": number(value), "bound": number(bound), "gap": words.percent(gap)}
        lines.append(words.say("method_gap", **said))
    if found.get("greedy_value") is not None:
        lines.append(words.say("method_greedy", value=number(found["greedy_value"])))
    if found.get("seconds") is not None:
        lines.append(words.say("method_seconds", n=f"{found['seconds']:.1f}"))
    lines += [words.say("method_order"), words.say("method_walk")]
    if (summary.get("checked") or {}).get("equal"):
        lines.append(words.say("method_checked"))
    return lines
