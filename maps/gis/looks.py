"""Rules by which QGIS draws results: the colours of the pages, each with a shape of its own."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from maps.gis import qml
from maps.parts.steps import step_labels, step_of
from maps.style import COLOURS, STEPS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from maps.words import Words

_HOME_M, _HOME_MM = 18.0, 2.6
_FAR = 10_000
_POINT, _LINE, _AREA = (
    "area($geometry) IS NULL AND length($geometry) IS NULL",
    "length($geometry) > 0",
    "area($geometry) > 0",
)
_SHARES = (0.2, 0.4, 0.6, 0.8)


def _home(colour: str, edge: str = "", shape: str = "circle") -> qml.Symbol:
    """A home: its disc as large as a house, within limits."""
    return qml.marker(
        COLOURS[colour],
        edge=COLOURS[edge or colour],
        shape=shape,
        size_mm=_HOME_MM,
        ground_m=_HOME_M,
        edge_mm=0.15,
    )


def _apart(words: Words) -> qml.Rule:
    """Homes without a street: crosses, so that not colour alone tells them."""
    cross = _home("unconnected", shape="cross2")
    return qml.Rule(words.say("unconnected"), cross, "\"status\" = 'unconnected'")


def state_rules(words: Words, served: str) -> list[qml.Rule]:
    """Homes that a column says are served, homes that are not, and those without a street."""
    connected = "\"status\" = 'connected' AND "
    column = qml.column(served)
    return [
        _apart(words),
        qml.Rule(words.say("served"), _home("served"), f"{connected}{column}"),
        qml.Rule(
            words.say("unserved"),
            _home("unserved", "unserved-edge"),
            f"{connected}NOT coalesce({column}, false)",
        ),
    ]


def circle_rules(words: Words, key: str, must_have: int) -> list[qml.Rule]:
    """Homes in steps, by how many must-have services lie within their reach."""
    met, rules = qml.column(f"{key}_met"), [_apart(words)]
    steps = step_of(must_have)
    for step, label in step_labels(words, must_have).items():
        low = steps.index(step)
        high = low + steps.count(step) - 1
        when = f"\"status\" = 'connected' AND {met} >= {low} AND {met} <= {high}"
        disc = qml.marker(
            STEPS[step], edge=COLOURS["ink-soft"], size_mm=_HOME_MM, ground_m=_HOME_M, edge_mm=0.1
        )
        rules.append(qml.Rule(label, disc, when))
    return rules


def compared_rules(
    words: Words, columns: Collection[str], key: str, reach_m: float | None, number: int
) -> list[qml.Rule]:
    """Homes by what one scenario (or all proposals) changes: gained, lost, served, unserved.

    A standard of several services has no one walk: `columns` then say who is served.
    """
    if f"{key}_m" in columns:
        before, after = (
            f"coalesce({qml.column(f'{key}_m{end}')} <= {reach_m!r}, false)"
            for end in ("", f"_{number}")
        )
    else:
        before, after = (
            f"coalesce({qml.column(f'{key}_served{end}')} = 1, false)" for end in ("", f"_{number}")
        )
    quiet = "quiet-unserved"
    drawn = (
        ("served_neither", quiet, f"{quiet}-edge", f"NOT {before} AND NOT {after}"),
        ("served_both", "quiet-served", "", f"{before} AND {after}"),
        ("lost", "lost", "lost-edge", f"{before} AND NOT {after}"),
        ("gained", "gained", "gained-edge", f"NOT {before} AND {after}"),
    )
    return [
        qml.Rule(words.say(label), _home(colour, edge), when) for label, colour, edge, when in drawn
    ]


def share_rules(words: Words, share: str) -> list[qml.Rule]:
    """Zones by share served, in five steps; a zone where nobody lives is hatched."""
    column = qml.column(share)
    empty = qml.fill(COLOURS["unconnected"], edge=COLOURS["zone"], hatch="b_diagonal")
    rules = [qml.Rule(words.say("qgis_nobody"), empty, f"{column} IS NULL")]
    bounds = (0.0, *_SHARES, 1.0)
    for step, (low, high) in enumerate(pairwise(bounds)):
        last = step == len(_SHARES)
        when = f"{column} >= {low:g} AND {column} {'<=' if last else '<'} {high:g}"
        look = qml.fill(STEPS[step], edge=COLOURS["zone"], edge_mm=0.3, alpha=0.45)
        rules.append(qml.Rule(f"{100 * low:.0f}–{100 * high:.0f} %", look, when))
    return rules


def share_label(name: str, share: str) -> qml.Label:
    """Write a zone's name and share."""
    per_cent = f"format_number(100 * {qml.column(share)}, 1)"
    says = f"concat({qml.column(name)}, coalesce('\\n' || {per_cent} || ' %', ''))"
    return qml.Label(says, 9, widest=200_000)


def street_rules(words: Words) -> list[qml.Rule]:
    """Streets: those one may pass, stairs dotted, those one may not pass dashed."""
    wide = qml.line(COLOURS["street"], 0.5)
    stairs = qml.line(COLOURS["unconnected"], 0.5, dash="dot")
    gated = qml.line(COLOURS["unconnected"], 0.4, dash="dash")
    return [
        qml.Rule(words.say("qgis_streets"), wide, '"through" AND NOT "closed" AND NOT "steps"'),
        qml.Rule(words.say("qgis_stairs"), stairs, '"through" AND NOT "closed" AND "steps"'),
        qml.Rule(words.say("qgis_gated"), gated, '"closed" OR NOT "through"'),
    ]


def entrance_rules(words: Words) -> list[qml.Rule]:
    """Entrances: rings; a dot on the street side, an open square where only assumed."""
    ink, paper = COLOURS["entrance"], "#FFFFFF"
    looks = {
        "given": ("kind_given", qml.marker(paper, edge=ink, size_mm=2.0, edge_mm=0.5)),
        "crossing": ("kind_crossing", qml.marker(paper, edge=ink, size_mm=2.0, edge_mm=0.3)),
        "street side": ("kind_street_side", qml.marker(ink, size_mm=1.2)),
        "fallback": (
            "kind_fallback",
            qml.marker(paper, edge=ink, shape="square", size_mm=1.8, edge_mm=0.3),
        ),
        "spot": ("kind_point", qml.marker(ink, shape="diamond", size_mm=1.4)),
    }
    rules = [
        qml.Rule(words.begun(words.say(said)), look, f'"kind" = {qml.text(kind)}')
        for kind, (said, look) in looks.items()
    ]
    other = qml.marker(ink, shape="diamond", size_mm=1.4)
    return [*rules, qml.Rule(words.begun(words.say("kind_point")), other, "ELSE")]


def facility_rules(words: Words, categories: Mapping[str, str]) -> list[qml.Rule]:
    """Facilities: areas filled; points as discs, from near with a letter for the category."""
    green, edge = COLOURS["facility"], COLOURS["facility-edge"]
    far = qml.marker(green, edge=edge, size_mm=1.4)
    rules = [
        qml.Rule(words.say("facilities"), far, _POINT, nearest=_FAR),
    ]
    letters = _letters(categories)
    for category, name in categories.items():
        of_kind = f'"category" = {qml.text(category)}'
        area = qml.fill(green, edge=edge, edge_mm=0.3, alpha=0.5)
        disc = qml.lettered(letters[category], green, edge)
        rules.append(qml.Rule(name, area, f"{of_kind} AND {_AREA}"))
        rules.append(qml.Rule(name, disc, f"{of_kind} AND {_POINT}", widest=_FAR))
    return rules


def _letters(categories: Mapping[str, str]) -> dict[str, str]:
    """Give each category a Chinese character or two letters of its name, its own if possible.

    >>> _letters({"market": "菜市场", "shop": "菜店", "park": "Park", "post": "Post", "pay": "Pay"})
    {'market': '菜', 'shop': '店', 'park': 'Pa', 'post': 'Po', 'pay': 'Py'}
    """
    found: dict[str, str] = {}
    for category, name in categories.items():
        plain = [letter for letter in name if letter.isalnum()] or ["?"]
        wide = [letter for letter in plain if ord(letter) > 0x2E80]  # noqa: PLR2004 CJK begins
        offered = wide or [plain[0] + letter for letter in plain[1:]] or plain
        free = [letter for letter in offered if letter not in found.values()]
        found[category] = (free or offered)[0]
    return found


def ground_rules(words: Words) -> list[qml.Rule]:
    """Water, green, the study area; and where the data end."""
    looks = {
        "water": qml.fill(COLOURS["water"]),
        "green": qml.fill(COLOURS["green"]),
        "boundary": qml.fill("#FFFFFF", edge=COLOURS["boundary"], dash="dash", hatch="no"),
        "extent": qml.fill("#FFFFFF", edge=COLOURS["hairline"], dash="dot", hatch="no"),
    }
    return [
        qml.Rule(words.say(f"qgis_{kind}"), looks[kind], f"\"kind\" = '{kind}'")
        for kind in ("green", "water", "extent", "boundary")
    ]


def barrier_rules(words: Words) -> list[qml.Rule]:
    """What no straight leg crosses: water, railways, motorways, walls."""
    looks = {
        "water": (qml.fill(COLOURS["water"], edge=COLOURS["area-edge"]), _AREA),
        "railway": (qml.line(COLOURS["boundary"], 0.7, dash="dash"), _LINE),
        "motorway": (qml.line(COLOURS["boundary"], 0.7), _LINE),
        "wall": (qml.line(COLOURS["ink"], 0.4, dash="dot"), _LINE),
    }
    bank = qml.line(COLOURS["area-edge"], 0.5)
    drawn = [*looks.items(), ("water", (bank, _LINE))]
    return [
        qml.Rule(words.say(f"qgis_{kind}"), look, f"\"kind\" = '{kind}' AND {shape}")
        for kind, (look, shape) in drawn
    ]


def gap_label(words: Words, *, people: bool) -> qml.Label:
    """Write how many people, in tens, or homes a gap holds."""
    count = 'round("people", -1)' if people else '"people"'
    return qml.Label(_counted(words, count, people=people), 9, COLOURS["gap"], widest=60_000)


def proposal_label(words: Words, *, people: bool) -> qml.Label:
    """Write a proposal's number, and how many people it brings within reach."""
    count = 'round("people", -1)' if people else '"people"'
    says = f"concat(\"proposal\", '. +', {_counted(words, count, people=people)})"
    return qml.Label(says, 9, COLOURS["change"], place="beside")


def _counted(words: Words, count: str, *, people: bool) -> str:
    """Write an expression for a number of people or homes."""
    key = "residents_many" if people else "homes_many"
    before, _, after = words.say(key, n="\n").partition("\n")
    parts = (qml.text(before), f"format_number({count}, 0)", qml.text(after))
    return f"concat({', '.join(parts)})"


def change_rules(label: str, colour: str = "change") -> list[qml.Rule]:
    """Draw what changes or is proposed: a spot, a line or an area, one colour."""
    ink = COLOURS[colour]
    small = colour == "candidate"
    return [
        qml.Rule(label, qml.fill(ink, edge=ink, edge_mm=0.4, alpha=0.5), _AREA),
        qml.Rule(label, qml.line(ink, 0.5 if small else 1.0), _LINE),
        qml.Rule(label, qml.marker(ink, edge="#FFFFFF", size_mm=1.4 if small else 4), _POINT),
    ]
