"""What the reader works with on the map: the search box, the measuring line, the page of paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maps.page.markup import Html, tag, together

if TYPE_CHECKING:
    from maps.words import Words

_LENS = Html(
    '<svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="8.5" cy="8.5" r="5"/>'
    '<path d="m12.5 12.5 5 5"/></svg>'
)
PAPERS = ("A4", "A3")


def tools(words: Words) -> Html:
    """Write all of them; ``search.js``, ``measuring.js`` and ``printing.js`` bring them to life."""
    return together(_search(words), _measured(), _printing(words))


def _search(words: Words) -> Html:
    """Write the search box, its list, and what a screen reader hears of it."""
    box = tag(
        "input",
        id="search",
        type="search",
        role="combobox",
        autocomplete="off",
        spellcheck="false",
        placeholder=words.say("find"),
        aria_label=words.say("find"),
        aria_autocomplete="list",
        aria_controls="found",
        aria_expanded="false",
    )
    found = tag(
        "ul",
        id="found",
        role="listbox",
        aria_label=words.say("find_found"),
        data_live=True,
        hidden=True,
    )
    count = tag("p", id="found-count", role="status", data_live=True, hidden=True)
    inside = (box, _LENS, found, count)
    label = words.say("find")
    return tag("div", *inside, class_="search", role="search", aria_label=label, hidden=True)


def _measured() -> Html:
    """Write where what was measured is said."""
    return tag("div", id="measured", class_="measured", role="status", data_live=True, hidden=True)


def _printing(words: Words) -> Html:
    """Write the choice of paper, and where the scale of the printed map is said."""
    turns = tuple((turn, words.say(turn)) for turn in ("landscape", "portrait"))
    form = tag(
        "form",
        tag("h2", words.say("print_page")),
        _choice(words.say("print_paper"), "paper", tuple((one, one) for one in PAPERS)),
        _choice(words.say("print_turn"), "turn", turns),
        tag("button", words.say("print_now"), type="submit", class_="first"),
        tag("button", words.say("print_leave"), type="button", data_leave=True),
        id="printing",
        class_="print-bar",
        aria_label=words.say("print_page"),
        hidden=True,
    )
    return together(form, tag("p", id="paper-scale", class_="paper-scale", data_live=True))


def _choice(label: str, name: str, options: tuple[tuple[str, str], ...]) -> Html:
    each = (tag("option", said, value=value) for value, said in options)
    return tag("label", tag("span", label), tag("select", *each, name=name))
