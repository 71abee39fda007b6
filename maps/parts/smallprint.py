"""The small print, folded: definition and clause, data and dates, how measured, what left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maps.lexicon import TABLE
from maps.page.markup import Html, name, tag, together
from maps.parts.panel import walker
from maps.parts.sources import credit, data_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maps.scene import Scene
    from maps.words import Words


def small_print(
    scene: Scene,
    words: Words,
    figures: Mapping[str, Any],
    definition: str,
    kinds: Mapping[str, int],
) -> Html:
    """Write the four folded parts; `kinds` counts entrances by kind."""
    folds = (
        ("small_definition", _definition(words, figures, definition)),
        ("small_data", _data(scene, words)),
        ("small_method", _method(scene, words, figures, kinds)),
        ("small_left_out", _left_out(scene, words, figures)),
    )
    each = (
        tag("details", tag("summary", words.say(key)), tag("div", inside)) for key, inside in folds
    )
    return tag("section", *each, class_="small")


def _definition(words: Words, figures: Mapping[str, Any], definition: str) -> Html:
    """Say what counts as served, who says so, and how sure that is; each service for itself."""
    lines = [tag("p", definition)]
    speed = figures.get("walk_m_per_s")
    if speed is not None:
        lines.append(tag("p", words.say("circle_speed", speed=f"{speed:.2f}")))
    source = figures["source"]
    colon = words.say("colon")
    lines.append(tag("p", words.say("clause"), colon, name(_cited(words, source))))
    status = source.get("status", "U")
    css_class = None if status == "C1" else "check"
    lines.append(tag("p", words.say(f"status_{status}"), class_=css_class))
    services = (_service(words, one) for one in figures.get("categories", {}).values())
    return together(*lines, tag("ul", *services))


def _cited(words: Words, source: Mapping[str, Any]) -> str:
    """Cite document, clause and year."""
    parts = (source.get("document"), source.get("clause"), source.get("year"))
    return words.say("comma").join(str(part) for part in parts if part)


def _service(words: Words, figures: Mapping[str, Any]) -> Html:
    """Cite what one service of a circle rests on, with a mark where that is to be checked."""
    source = figures["source"]
    said = words.say(
        "clause_of_service",
        name=words.pick(figures),
        reach=words.metres(figures["reach_m"]),
        source=_cited(words, source),
    )
    mark = words.say("clause_check") if source.get("status") != "C1" else ""
    return tag("li", name(said), Html(" ") if mark else "", tag("span", mark, class_="check"))


def _data(scene: Scene, words: Words) -> Html:
    """Say where the data come from, of when they are, and when they were measured."""
    colon = words.say("colon")
    area = scene.summary.get("study_area_km2")
    lines = [
        tag("p", words.say("source"), colon, name(credit(scene))),
        tag("p", data_date(scene, words)),
    ]
    if area is not None:
        size = words.say("square_kilometres", n=f"{area:,.1f}")
        lines.append(tag("p", words.say("study_area"), colon, size))
    created = str(scene.summary.get("created", ""))[:10]
    version = scene.summary.get("versions", {}).get("lifecircle", "")
    lines.append(tag("p", words.say("page_made"), colon, f"{created} (lifecircle {version})"))
    return together(*lines)


def _method(
    scene: Scene, words: Words, figures: Mapping[str, Any], kinds: Mapping[str, int]
) -> Html:
    """Say how distances, entrances, bounds and residents were taken."""
    lines = [words.say("method_walk"), words.say("method_straight"), walker(scene, words)]
    if kinds:
        each = (
            words.say(
                "method_kind", kind=words.say(f"kind_{kind.replace(' ', '_')}"), n=words.number(n)
            )
            for kind, n in kinds.items()
        )
        lines.append(words.say("method_entrances", kinds=words.say("comma").join(each)))
    if figures.get("network", {}).get("low") is not None:
        lines += [words.say("method_low"), words.say("method_high")]
    lines.append(words.say("method_people" if scene.counts_people else "method_homes"))
    return together(*(tag("p", line) for line in lines if line))


def _left_out(scene: Scene, words: Words, figures: Mapping[str, Any]) -> Html:
    """Count what no figure rests on, and what figures may change."""
    people = scene.counts_people
    items = [
        words.say(key, amount=words.amount(figures.get(field) or 0, people=people))
        for key, field in (("left_unconnected", "unconnected"), ("left_edge", "edge_uncertain"))
    ]
    for layer, tally in scene.summary.get("layers", {}).items():
        if not tally["read"]:
            continue
        known = f"layer_{layer}"
        said = words.say(known) if known in TABLE else layer
        counts = {key: words.number(tally[key]) for key in ("read", "used", "dropped", "repaired")}
        items.append(words.say("left_layer", layer=said, **counts))
    return tag("ul", *(tag("li", item) for item in items))
