"""Several scenarios, or several standards, side by side: small tables that lead to the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from maps.page.bilingual import in_both, switch
from maps.page.frame import Page, Verbatim
from maps.page.markup import Html, name, tag, together
from maps.page.vendored import own
from maps.parts import gains, sources
from maps.style import css_variables
from maps.words import both

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from maps.scene import Scene
    from maps.words import Words

    Linked = Callable[[str, int], str]


def file_of(standard_id: str, scenario: int) -> str:
    """Name the file of the page of one standard in one scenario.

    Examples
    --------
    >>> file_of("park_500m", 2)
    'park_500m_2.html'
    """
    return f"{standard_id}_{scenario}.html"


def scenarios(
    scene: Scene,
    words: Words,
    listed: list[Mapping[str, Any]],
    standard_id: str,
    current: int,
    linked: Linked | None,
) -> Html:
    """Set all scenarios side by side for one standard; nothing where there is only one."""
    if len(listed) < 2:  # noqa: PLR2004 - one alone has nothing beside it
        return Html()
    body = []
    for number, one in enumerate(listed, start=1):
        if standard_id not in one["standards"]:
            continue
        figures, here = one["standards"][standard_id], number == current
        link = linked(standard_id, number) if linked and not here else None
        title = _title(str(one["name"]), link, here=here)
        body.append(_row(scene, words, title, figures, here=here))
    heading = tag("h2", words.say("side_scenarios"))
    return together(heading, _table(words, "side_scenario", body))


def standards(
    scene: Scene,
    words: Words,
    scenario: Mapping[str, Any],
    standard_id: str,
    number: int,
    linked: Linked | None,
) -> Html:
    """Say what the same scenario does to the other standards; nothing where there are none."""
    others = {key: one for key, one in scenario["standards"].items() if key != standard_id}
    if not others:
        return Html()
    body = [
        _row(scene, words, _title(words.pick(one), linked and linked(key, number)), one)
        for key, one in others.items()
    ]
    heading = tag("h2", words.say("side_standards"))
    return together(heading, _table(words, "side_standard", body))


def _title(words: str, link: str | None, *, here: bool = False) -> Html:
    """Write what a row is about, and the way to its page."""
    if link:
        return tag("a", name(words), href=link)
    return tag("span", name(words), aria_current="page" if here else None)


def _row(
    scene: Scene, words: Words, title: Html, figures: Mapping[str, Any], *, here: bool = False
) -> Html:
    """Write before, after, gained and lost of one scenario and standard."""
    shares = [words.percent(figures[key]["share"]) for key in ("before", "after")]
    people = scene.counts_people
    won, gone = (gains.count(words, figures[key], people=people) for key in ("gained", "lost"))
    cells = (
        tag("th", title, scope="row"),
        tag("td", shares[0]),
        tag("td", tag("b", shares[1])),
        tag("td", f"+{won}" if figures["gained"] else "0", class_="won"),
        tag("td", f"−{gone}" if figures["lost"] else "0", class_="gone"),
    )
    return tag("tr", *cells, class_="here" if here else None)


def _table(words: Words, first: str, body: Iterable[Html]) -> Html:
    heads = (first, "before", "after", "side_gained", "side_lost")
    head = tag("tr", *(tag("th", words.say(key), scope="col") for key in heads))
    table = tag("table", tag("thead", head), tag("tbody", *body))
    return tag("div", tag("div", table, class_="scrolled"), class_="zones side")


def zones(scene: Scene, words: Words, standard_id: str, scenario: int) -> Html:
    """Write every zone's share before and after, those that change most first, folded."""
    before, after = f"{standard_id}_share", f"{standard_id}_share_{scenario}"
    if scene.zones is None or not {before, after} <= set(scene.zones.columns):
        return Html()
    table = pd.DataFrame(scene.zones.drop(columns="geometry"))
    table = table[table[before].notna() | table[after].notna()].astype(
        {before: float, after: float}
    )
    step = (table[after] - table[before]).fillna(0)
    table = table.iloc[step.abs().argsort(kind="stable").to_numpy()[::-1]]
    if table.empty:
        return Html()
    heads = ("zone", "before", "after", "difference")
    head = tag("tr", *(tag("th", words.say(key), scope="col") for key in heads))
    body = (
        tag(
            "tr",
            tag("th", name(str(zone)), scope="row"),
            tag("td", words.percent(had)),
            tag("td", words.percent(has)),
            tag("td", gains.points(words, had, has)),
        )
        for zone, had, has in zip(table["zone"], table[before], table[after], strict=True)
    )
    return tag(
        "details",
        tag("summary", words.say("zones_changed", n=len(table))),
        tag("div", tag("table", tag("thead", head), tag("tbody", *body)), class_="scrolled"),
        class_="zones",
        open=True,
    )


def page(scene: Scene, listed: list[Mapping[str, Any]]) -> str:
    """Render the overview: for every standard, the scenarios side by side, each with its link.

    Raises
    ------
    LawError
        If the page would load anything from outside.
    """
    titles = both(lambda words: f"{scene.place} · {words.say('side_title')}")
    document = Page(titles, scene.language, "index")
    style = "".join(own(one) for one in ("frame.css", "panel.css", "index.css", "gains.css"))
    document.header.add_child(Verbatim(f"<style>{css_variables()}{style}</style>"), name="style")
    inside = in_both(scene.language, lambda words: _inside(scene, words, listed))
    document.html.add_child(Verbatim(inside), name="words")
    return document.render()


def _inside(scene: Scene, words: Words, listed: list[Mapping[str, Any]]) -> Html:
    """Write the overview: what it is, a card for each standard, the credit."""
    keys = dict.fromkeys(key for one in listed for key in one["standards"])
    head = tag(
        "header",
        tag("div", switch(words), class_="corner"),
        tag("h1", name(scene.place), Html(" · "), words.say("side_title"), class_="name"),
        tag("p", words.say("side_lead")),
        tag("p", sources.data_date(scene, words), class_="facts-line"),
    )
    cards = (_card(scene, words, listed, key) for key in keys)
    return together(head, tag("main", *cards, class_="wide"), sources.at_the_foot(scene, words))


def _card(scene: Scene, words: Words, listed: list[Mapping[str, Any]], key: str) -> Html:
    """Write one standard with what each scenario makes of it, as bars and figures."""
    rows, title = [], ""
    for number, one in enumerate(listed, start=1):
        if key not in one["standards"]:
            continue
        figures = one["standards"][key]
        title = words.pick(figures)
        before, after = (figures[when]["share"] or 0.0 for when in ("before", "after"))
        row = _row(scene, words, _title(str(one["name"]), file_of(key, number)), figures)
        drawn = gains.bar(words, before, after, figures.get("target_share"))
        rows += [row, tag("tr", tag("td", drawn, colspan="5"), class_="drawn")]
    table = _table(words, "side_scenario", rows)
    inside = tag("div", tag("h2", name(title)), table, class_="text")
    return tag("article", inside, class_="question")
