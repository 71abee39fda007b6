"""What must always be read beside a map: whose data, of when, whose base map, which review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maps.page.markup import Html, name, tag, together

if TYPE_CHECKING:
    from maps.scene import Scene
    from maps.words import Words


def data_date(scene: Scene, words: Words) -> str:
    """Say of when the data are."""
    date = scene.summary.get("data", {}).get("date")
    if not date:
        return words.say("data_date_unknown")
    return words.say("data_date", date=str(date)[:10])


def credit(scene: Scene) -> str:
    """Give the credit the data ask for."""
    return str(scene.summary.get("data", {}).get("credit") or "")


def on_map(scene: Scene, words: Words) -> Html:
    """Write the line in the corner of a map; and, hidden, what to say of a base map not reached."""
    whose = words.say("comma").join(filter(None, (credit(scene), data_date(scene, words))))
    parts = [tag("span", name(whose), class_="credit"), review(scene, words)]
    base = scene.frame.base
    if base is None:
        return tag("div", *parts, class_="source")
    said = words.say("base_credit", credit=base.credit[words.language])
    parts.append(tag("span", name(said), class_="base-credit"))
    if scene.frame.is_shifted:
        parts.append(tag("span", words.say("base_gcj02"), class_="base-datum"))
    unreachable = tag(
        "p", words.say("base_unreachable"), id="base-unreachable", role="status", hidden=True
    )
    return together(tag("div", *parts, class_="source"), unreachable)


def review(scene: Scene, words: Words) -> Html:
    """Write the map review number, if there is one."""
    number = scene.frame.review_number
    if not number:
        return Html()
    return tag("span", name(words.say("review_number", number=number)), class_="review")


def at_the_foot(scene: Scene, words: Words) -> Html:
    """Write the foot of a page without a large map: credit, date, review number."""
    return tag(
        "footer",
        tag("p", words.say("source"), words.say("colon"), name(credit(scene))),
        tag("p", data_date(scene, words)),
        tag("p", review(scene, words)) if scene.frame.review_number else Html(),
    )
