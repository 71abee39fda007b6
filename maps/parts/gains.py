"""Before and after: who gains, who loses, in words, as one bar, and home by home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from maps.page.markup import Html, name, tag, together
from maps.parts import panel
from maps.parts.sources import credit, data_date
from maps.style import COLOURS
from maps.town import homes, whole_metres
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from maps.scene import Scene
    from maps.words import Words

SERVED, UNSERVED, UNCONNECTED, GAINED, LOST, UNSERVABLE = range(6)
"""What became of a home; unservable is who cannot be served by anything that was tried."""


def states(scene: Scene, had: pd.Series, has: pd.Series) -> NDArray[np.uint8]:
    """Give what becomes of each home: `SERVED`, `UNSERVED`, `UNCONNECTED`, `GAINED` or `LOST`.

    A home that streets reach only afterwards gains; it is unconnected only if it stays so.

    Parameters
    ----------
    had, has
        Whether each home is served before and after.
    """
    before, after = had.to_numpy(dtype=bool), has.to_numpy(dtype=bool)
    apart = (scene.homes["status"] != "connected").to_numpy(dtype=bool)
    cases = [before & after, after & ~before, before & ~after, apart]
    return np.select(cases, [SERVED, GAINED, LOST, UNCONNECTED], UNSERVED).astype(np.uint8)


def homes_block(
    scene: Scene, before_m: pd.Series, after_m: pd.Series, reach_m: float
) -> dict[str, Any]:
    """Give homes with their walk before and after, in whole metres, and what became of them."""
    had, has = before_m <= reach_m, after_m <= reach_m
    return {
        **homes(scene),
        "state": states(scene, had, has),
        "before": whole_metres(before_m, had, reach_m),
        "after": whole_metres(after_m, has, reach_m),
    }


def walks(scene: Scene, columns: Iterable[str]) -> list[pd.Series]:
    """Read metres of walks from the homes; nowhere is NaN.

    Raises
    ------
    InputError
        If the homes do not hold one of the columns.
    """
    found = [column_of(scene, column) for column in columns]
    return [walk.astype(float).replace(np.inf, np.nan) for walk in found]


def column_of(scene: Scene, column: str) -> pd.Series:
    """Take a column of the homes.

    Raises
    ------
    InputError
        If there is none of that name.
    """
    if column not in scene.homes:
        remedy = "compute the results again, then draw"
        raise InputError(f"has no column {column!r}", remedy, layer="homes")
    return scene.homes[column]


def turn(words: Words, before: float | None, after: float | None) -> dict[str, str]:
    """Say two shares for a sentence that says ``{before} → {after}``; neither breaks in two."""
    each = {"before": before, "after": after}
    return {key: words.percent(share).replace(" ", "\u00a0") for key, share in each.items()}


def count(words: Words, figure: float, *, people: bool) -> str:
    """Say a bare number as the large one, residents in tens, a few residents as such.

    Examples
    --------
    >>> from maps.words import Words
    >>> [count(Words("en"), n, people=True) for n in (1234, 4, 0)]
    ['1,230', '< 10', '0']
    """
    if people and 0 < figure < 10:  # noqa: PLR2004 - tens are what people are rounded to
        return "< 10"
    return words.rounded(figure, people=people)


def who(scene: Scene, words: Words, figure: float) -> str:
    """Name what the large number counts: residents, homes, or one home."""
    if scene.counts_people:
        return words.say("count_residents")
    return words.say("count_home" if round(figure) == 1 else "count_homes")


def large(sign: str, number: str, sentence: str, css_class: str = "gained") -> Html:
    """Write the answer: one large number with its sign, and the sentence it begins."""
    return tag("p", tag("strong", sign + number), Html(" "), sentence, class_=f"answer {css_class}")


def points(words: Words, before: float | None, after: float | None) -> str:
    """Say by how many percentage points a share changes, with its sign; nothing where unknown.

    Examples
    --------
    >>> from maps.words import Words
    >>> points(Words("en"), 0.633, 0.71), points(Words("en"), 0.5, 0.4)
    ('+7.7 points', '−10.0 points')
    """
    if before is None or after is None or np.isnan(before) or np.isnan(after):
        return ""
    step = round(100 * (after - before), 1)
    sign = "+" if step > 0 else "−" if step < 0 else "±"
    return words.say("points", n=f"{sign}{abs(step):.1f}")


def bar(words: Words, before: float, after: float, target: float | None = None) -> Html:
    """Draw the share before and after as one bar: what stays, what is won or lost, the target."""
    said = words.say("gain_bar", before=words.percent(before), after=words.percent(after))
    low, high = sorted((before, after))
    parts = [_piece("walk", 0, low), _piece("won" if after > before else "gone", low, high - low)]
    parts.append(tag("span", class_="before", style=f"left:{100 * before:.2f}%"))
    if target is not None:
        parts.append(tag("span", class_="target", style=f"left:{100 * target:.2f}%"))
    return tag("div", *parts, class_="bar turn", role="img", aria_label=said)


def _piece(css_class: str, start: float, length: float) -> Html:
    look = f"left:{100 * start:.2f}%;width:{100 * length:.2f}%"
    return tag("span", class_=css_class, style=look)


_MARKS = {
    "before": '<rect y="1" width="18" height="12" fill="var(--quiet-served)"/>'
    '<path d="M17 0v14" stroke="var(--ink)" stroke-width="2"/>',
    "after": '<rect y="1" width="18" height="12" fill="var(--gained)"/>',
    "straight": '<path d="M0 13 12 1M6 13 18 1M0 7l6-6M12 13l6-6" stroke="var(--gained)" '
    'stroke-width="1.6"/>',
    "target": '<path d="M3 1h12L9 7z" fill="var(--gap)"/><path d="M9 6v8" stroke="var(--gap)" '
    'stroke-width="2" stroke-dasharray="2.5 1.5"/>',
    "gained": f'<rect x="1" y="1" width="16" height="12" fill="{COLOURS["gained"]}" '
    f'stroke="{COLOURS["gained-edge"]}"/>',
    "lost": f'<rect x="1" y="1" width="16" height="12" fill="{COLOURS["lost"]}" '
    f'stroke="{COLOURS["lost-edge"]}"/>',
    "nearer": '<path d="M17 7H3M8 2 3 7l5 5" fill="none" stroke="var(--ink)" stroke-width="1.8"/>',
    "farther": '<path d="M1 7h14M10 2l5 5-5 5" fill="none" stroke="var(--ink)" '
    'stroke-width="1.8"/>',
}


def mark(kind: str, label: str, value: str) -> Html:
    """Write one line of figures: a small picture, what it is, how much."""
    picture = Html(
        f'<svg width="18" height="14" viewBox="0 0 18 14" aria-hidden="true">{_MARKS[kind]}</svg>'
    )
    return tag("li", picture, tag("span", label), tag("span", value, class_="value"))


def folds(scene: Scene, words: Words, figures: Mapping[str, Any], method: list[str]) -> Html:
    """Write the small print, folded: what counts as served, how it was computed, which data."""
    walker = panel.walker(scene, words)
    parts = {
        "small_definition": _definition(words, figures),
        "small_computed": together(*(tag("p", line) for line in (*method, walker) if line)),
        "small_data": _data(scene, words),
    }
    each = (
        tag("details", tag("summary", words.say(key)), tag("div", inside))
        for key, inside in parts.items()
    )
    return tag("section", *each, class_="small")


def _definition(words: Words, figures: Mapping[str, Any]) -> Html:
    """Say what counts as served, and who says so if the results do."""
    reach_m, lines = figures.get("reach_m"), []
    if reach_m is not None:
        lines.append(tag("p", words.say("definition", reach=words.number(reach_m))))
    source = figures.get("source") or {}
    cited = [str(source[key]) for key in ("document", "clause", "year") if source.get(key)]
    if cited:
        clause = name(words.say("comma").join(cited))
        lines.append(tag("p", words.say("clause"), words.say("colon"), clause))
        sure = source.get("status", "U")
        check = None if sure == "C1" else "check"
        lines.append(tag("p", words.say(f"status_{sure}"), class_=check))
    return together(*lines)


def _data(scene: Scene, words: Words) -> Html:
    """Say where the data come from, of when they are, and when the page was computed."""
    colon, created = words.say("colon"), str(scene.summary.get("created", ""))[:10]
    version = scene.summary.get("versions", {}).get("lifecircle", "")
    counted = words.say("method_people" if scene.counts_people else "method_homes")
    return together(
        tag("p", words.say("source"), colon, name(credit(scene))),
        tag("p", data_date(scene, words)),
        tag("p", counted),
        tag("p", words.say("page_computed"), colon, f"{created} (lifecircle {version})"),
    )
