"""What one works with on the what-if page: the tool bar over the map, and the boxes beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maps.page.markup import Html, tag, together

if TYPE_CHECKING:
    from maps.words import Words

_ICONS = {
    "look": '<path d="M5 2.5 16 10l-5 1.2 2.6 5-2 1-2.5-5L5 15.5z" fill="currentColor"/>',
    "area": '<path d="M2 16.5h16M10 16V9" stroke-width="2"/>'
    '<circle cx="10" cy="6.5" r="4.5" fill="currentColor"/>',
    "bus_stop": '<rect x="3.5" y="3" width="13" height="11" rx="2"/><path d="M3.5 9h13M6 14v3'
    'M14 14v3"/>',
    "other": '<path d="M10 3v14M3 10h14" stroke-width="2.2"/>',
    "move": '<path d="M10 2v16M2 10h16M7.5 4.5 10 2l2.5 2.5M7.5 15.5 10 18l2.5-2.5M4.5 7.5 2 10'
    'l2.5 2.5M15.5 7.5 18 10l-2.5 2.5"/>',
    "remove": '<path d="m4 4 12 12M16 4 4 16" stroke-width="2.2"/>',
    "close_street": '<circle cx="10" cy="10" r="7.5"/><path d="M5.5 10h9" stroke-width="3"/>',
    "open": '<path d="M4.5 9h11v8h-11zM7 9V6a3 3 0 0 1 5.8-1"/>',
    "add_gate": '<path d="M3 17V4h8v13M1.5 17h11M15 6v8M11.5 10h7"/>',
    "close_gate": '<path d="M3 17V4h8v13M1.5 17h11M13.5 8l4 4M17.5 8l-4 4"/>',
}
"""Our own small pictures, 20 by 20, one for each tool."""

_FORMS = ("square", "circle", "outline")


def tool_bar(words: Words) -> Html:
    """Write the tools, and below them what the chosen one may be told."""
    buttons = (
        tag(
            "button",
            _icon(inside),
            tag("span", words.say(f"whatif_tool_{name}")),
            type="button",
            data_tool=name,
            aria_pressed="false",
        )
        for name, inside in _ICONS.items()
    )
    bar = tag(
        "div", *buttons, id="trial-tools", role="toolbar", aria_label=words.say("whatif_tools")
    )
    hint = tag("p", id="trial-hint", role="status", data_live=True)
    return together(bar, hint, _options(words))


def _icon(inside: str) -> Html:
    look = 'fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"'
    return Html(
        f'<svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" {look}>{inside}</svg>'
    )


def _options(words: Words) -> Html:
    """Write what single tools may be told."""
    size = tag("input", type="number", min="100", step="100", value="10000", data_option="area_m2")
    parts = (
        _part("area outline", _choice(words.say("whatif_what"), "what")),
        _part("area outline", _radios(words.say("whatif_form"), "form", _forms(words))),
        _part("area-ready", tag("label", words.say("whatif_size"), size)),
        _part("other", _choice(words.say("whatif_what"), "other")),
        _part("open", _radios(words.say("whatif_tool_open"), "gated", _gated(words))),
        _part("outline", _action(words, "back"), _action(words, "finish")),
        _part(" ".join(name for name in _ICONS if name != "look"), _action(words, "cancel")),
    )
    return tag("div", *parts, id="trial-options")


def _part(tools: str, *inside: Html) -> Html:
    """Write what is seen only while one of some tools is in hand."""
    return tag("div", *inside, data_for=tools, hidden=True)


def _choice(label: str, option: str) -> Html:
    return tag("label", label, tag("select", data_option=option, data_live=True))


def _radios(label: str, option: str, choices: dict[str, str]) -> Html:
    """Write a choice of a few as buttons of which one is pressed."""
    each = (
        tag(
            "label",
            tag(
                "input", type="radio", name=option, value=value, checked=not at, data_option=option
            ),
            tag("span", word),
        )
        for at, (value, word) in enumerate(choices.items())
    )
    return tag("fieldset", *each, class_="radios", aria_label=label)


def _forms(words: Words) -> dict[str, str]:
    return {form: words.say(f"whatif_form_{form}") for form in _FORMS}


def _gated(words: Words) -> dict[str, str]:
    return {one: words.say(f"whatif_open_{one}") for one in ("street", "compound")}


def _action(words: Words, name: str) -> Html:
    return tag("button", words.say(f"whatif_{name}"), type="button", data_act=name)


def boxes(words: Words, *, zones: bool) -> tuple[Html, ...]:
    """Write the panel's boxes, which the page's programme fills."""
    answer = (
        _question(words),
        tag("p", id="answer", class_="answer", data_live=True),
        tag("div", id="turn-bar", class_="bar turn", role="img", data_live=True),
        tag("dl", id="turn", class_="turn-words", data_live=True),
    )
    return (
        tag("div", *answer, class_="in-sight"),
        tag("p", id="heard", class_="heard", role="status", data_live=True),
        _reach(words),
        tag("h2", words.say("whatif_all")),
        _table("standards"),
        tag("h2", words.say("whatif_changes")),
        _steps(words),
        tag("ol", id="changes", class_="changes", data_live=True),
        tag("h2", words.say("whatif_candidates")),
        _candidates(words),
        _by_zone(words, shown=zones),
        tag("h2", words.say("whatif_files")),
        _files(words),
    )


def _question(words: Words) -> Html:
    choice = tag("select", id="question", data_live=True)
    return tag("label", tag("span", words.say("whatif_question")), choice, class_="ask")


def _reach(words: Words) -> Html:
    """Write the slider of the walking distance."""
    label = words.say("whatif_reach")
    slider = tag(
        "input", type="range", id="reach", min="100", max="2000", step="10", aria_label=label
    )
    service = words.say("whatif_reach_service")
    return tag(
        "div",
        tag("span", label),
        tag("output", id="reach-now", for_="reach", data_live=True),
        slider,
        tag("select", id="reach-service", aria_label=service, data_live=True),
        tag("button", type="button", id="reach-own", data_live=True, hidden=True),
        class_="reach",
    )


def _table(name: str) -> Html:
    table = tag("table", id=name, data_live=True)
    return tag("div", table, class_="zones figures")


def _steps(words: Words) -> Html:
    each = (
        tag("button", words.say(f"whatif_{name}"), type="button", id=name)
        for name in ("undo", "redo", "reset")
    )
    return tag("div", *each, class_="row")


def _candidates(words: Words) -> Html:
    keep = tag("button", words.say("whatif_keep"), type="button", id="keep", class_="main")
    csv = tag("button", words.say("whatif_csv"), type="button", id="csv")
    table = tag("div", id="candidates", class_="zones side", data_live=True)
    return together(tag("div", keep, csv, class_="row"), table)


def _by_zone(words: Words, *, shown: bool) -> Html:
    inside = tag("div", tag("table", id="zones", data_live=True), class_="scrolled")
    summary = tag("summary", words.say("whatif_zones"))
    return tag("details", summary, inside, class_="zones", hidden=not shown)


def _files(words: Words) -> Html:
    save = tag("button", words.say("whatif_save"), type="button", id="save")
    field = tag("input", type="file", id="open", accept=".geojson,.json")
    choose = tag("label", words.say("whatif_open"), field, class_="file")
    hint = tag("p", words.say("whatif_files_hint"), class_="hint")
    return together(tag("div", save, choose, class_="row"), hint)
