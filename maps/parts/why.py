"""Why homes are unserved, in words: the gap between the official figure and the real one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from maps.page.markup import Html, tag, together
from spatial.reasons import REASONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from maps.scene import Scene
    from maps.words import Words

_KEYS = tuple(REASONS)


def named(words: Words, reason: object) -> str:
    """Say a reason, one of `spatial.reasons.REASONS`; nothing where none is known.

    Examples
    --------
    >>> from maps.words import Words
    >>> named(Words("en"), "island"), named(Words("zh"), None)
    ('streets that lead to no facility', '')
    """
    pair = REASONS.get(reason) if isinstance(reason, str) else None
    return words.one_of(*pair) if pair else ""


def every(words: Words) -> list[str]:
    """Give all reasons in words; `rows` counts in this list."""
    return [named(words, key) for key in _KEYS]


def rows(reasons: pd.Series) -> NDArray[np.int32]:
    """Give each reason as its row in `every`; -1 where there is none."""
    at = {key: row for row, key in enumerate(_KEYS)}
    found = reasons.map(at).fillna(-1)
    return np.asarray(found, dtype=np.int32)


def differences(scene: Scene, words: Words, figures: Mapping[str, Any]) -> Html:
    """Write why fewer are served on foot than by straight line, largest first; then the rest.

    Both lists together are all who are unserved.
    """
    unserved, inside = (figures.get(key) or {} for key in ("unserved", "straight_minus_network"))
    outside = {key: n - inside.get(key, 0.0) for key, n in unserved.items()}
    outside = {key: n for key, n in outside.items() if n > 0}
    parts = []
    if inside:
        parts += [tag("h2", words.say("why_heading")), _list(scene, words, inside)]
    if outside and inside:
        parts.append(tag("p", _elsewhere(scene, words, outside), class_="hint"))
    elif outside:
        parts += [tag("h2", words.say("why_unserved")), _list(scene, words, outside)]
    return together(*parts)


def _largest_first(people: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(people.items(), key=lambda one: -one[1])


def _list(scene: Scene, words: Words, people: Mapping[str, float]) -> Html:
    """Write reasons, each with how many and a bar as long as its part."""
    total = sum(people.values()) or 1.0
    items = (
        tag(
            "li",
            tag("i", style=f"width:{100 * n / total:.2f}%"),
            tag("span", words.begun(named(words, key))),
            tag("b", words.amount(n, people=scene.counts_people)),
        )
        for key, n in _largest_first(people)
    )
    return tag("ul", *items, class_="reasons")


def _elsewhere(scene: Scene, words: Words, people: Mapping[str, float]) -> str:
    """Say who is unserved beyond the radius as well, and why."""
    said = [
        words.say(
            "why_part",
            reason=named(words, key),
            amount=words.amount(n, people=scene.counts_people),
        )
        for key, n in _largest_first(people)
    ]
    if len(people) == 1:
        said = [named(words, key) for key in people]
    total = words.amount(sum(people.values()), people=scene.counts_people)
    return words.say("why_outside", amount=total, parts=words.say("semicolon").join(said))
