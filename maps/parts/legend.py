"""The legend that is also the switches: a swatch, a word, a figure; the whole row is the switch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maps.page.markup import Html, tag
from maps.parts.zones import has_zones
from maps.style import COLOURS, STEPS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from maps.scene import Scene
    from maps.words import Words

_INK = COLOURS["ink"]


@dataclass(frozen=True)
class Row:
    """One row: the layer it switches, how the layer looks, its word, and a figure or nothing.

    A layer not `shown` at first waits to be switched on.
    """

    layer: str
    swatch: Html
    word: str
    figure: str = ""
    shown: bool = True

    def html(self) -> Html:
        """Write the row."""
        return tag(
            "label",
            tag("input", type="checkbox", checked=self.shown, data_layer=self.layer),
            self.swatch,
            tag("span", self.word),
            tag("span", self.figure, class_="count"),
            class_="switch",
        )


def legend(words: Words, *inside: Html) -> Html:
    """Put rows into the box that stands on the map."""
    body = tag("div", *inside, class_="body")
    summary = tag("summary", words.say("legend"), title=words.say("legend_help"))
    return tag("details", summary, body, id="legend", class_="legend", open=True)


def rows(each: Iterable[Row], view: str | None = None, css_class: str | None = None) -> Html:
    """Write rows; those of a `view` are seen only while the map shows that view."""
    return tag("div", *(row.html() for row in each), data_view=view, class_=css_class)


def _svg(inside: str) -> Html:
    return Html(
        f'<svg width="24" height="14" viewBox="0 0 24 14" aria-hidden="true">{inside}</svg>'
    )


def fill(colour: str, edge: str = "none", dash: str = "none") -> Html:
    """Draw the swatch of an area."""
    look = f'fill="{colour}" stroke="{edge}" stroke-width="1.4" stroke-dasharray="{dash}"'
    return _svg(f'<rect x="3" y="1" width="18" height="12" {look}/>')


def hatch(colour: str) -> Html:
    """Draw the swatch of what is unknown."""
    path = (
        f'<path d="M3 13 15 1M9 13 21 1M3 7l6-6M15 13l6-6" stroke="{colour}" stroke-width="1.4"/>'
    )
    return _svg(f'{path}<rect x="3" y="1" width="18" height="12" fill="none" stroke="{colour}"/>')


def line(colour: str, width: float) -> Html:
    """Draw the swatch of a line."""
    return _svg(
        f'<path d="M1 10 9 4l6 5 8-5" fill="none" stroke="{colour}" stroke-width="{width}"/>'
    )


def gap_badge() -> Html:
    """Draw the swatch of gaps: an outline with a number."""
    edge = f'fill="#fff" stroke="{COLOURS["gap"]}" stroke-width="1.8"'
    look = f'font-size="9" font-weight="700" text-anchor="middle" fill="{_INK}"'
    number = f'<text x="12" y="10.5" {look}>12</text>'
    return _svg(f'<rect x="1" y="1" width="22" height="12" rx="6" {edge}/>{number}')


def numbered(*, hollow: bool = False) -> Html:
    """Draw the swatch of what bears a number: filled where it is new, hollow where it goes."""
    ink = COLOURS["change"]
    disc, ground = (ink, "#fff") if hollow else ("#fff", ink)
    look = f'font-size="9" font-weight="700" text-anchor="middle" fill="{disc}"'
    edge = f'fill="{ground}" stroke="{ink}" stroke-width="1.6"'
    return _svg(f'<circle cx="12" cy="7" r="6.2" {edge}/><text x="12" y="10.2" {look}>1</text>')


def dots(colour: str) -> Html:
    """Draw the swatch of many small spots."""
    each = "".join(f'<circle cx="{x}" cy="{y}" r="1.6"/>' for x, y in ((5, 4), (12, 9), (19, 5)))
    return _svg(f'<g fill="{colour}">{each}</g>')


def entrances(words: Words, kinds: Collection[str]) -> Row:
    """Write the row of entrances: rings; dots along the street, dashed where only assumed."""
    ring = f'r="3.4" fill="#fff" stroke="{_INK}" stroke-width="1.4"'
    looks = {
        "street_side": f'r="2.2" fill="{_INK}"',
        "fallback": f'{ring} stroke-dasharray="2.2 1.8"',
    }
    special = [kind for kind in looks if kind in kinds]
    drawn = [*([ring] if set(kinds) - set(looks) else []), *(looks[kind] for kind in special)]
    step = 24 / (len(drawn) + 1)
    swatch = "".join(
        f'<circle cx="{step * at:.1f}" cy="7" {look}/>' for at, look in enumerate(drawn, start=1)
    )
    each = words.say("comma").join(words.say(f"entrances_{kind}") for kind in special)
    word = words.say("entrances_of", kinds=each) if each else words.say("entrances")
    return Row("entrances", _svg(swatch), word)


def symbol(category: str | None) -> Html:
    """Draw the swatch of facilities: stops are squares, parks discs, all else diamonds."""
    look = f'fill="{COLOURS["facility"]}"'
    shapes = {
        "bus_stop": f'<rect x="6" y="1" width="12" height="12" {look}/>',
        "park": f'<circle cx="12" cy="7" r="6" {look}/>',
    }
    shapes["green"] = shapes["park"]
    diamond = f'<path d="M12 0 19 7l-7 7-7-7z" {look}/>'
    return _svg(shapes.get(category or "", diamond))


def step(number: int) -> Html:
    """Draw the swatch of one of the five steps."""
    return fill(STEPS[number], "#3A3A3A")


def ground_rows(words: Words, scene: Scene) -> Html:
    """Write the rows of the ground: streets; green, water and zones if there are any."""
    present = set(scene.ground["kind"])
    every = [Row("base", _tiles(), words.say("base_map"))] if scene.frame.base else []
    every += [Row("streets", line(COLOURS["street"], 2.5), words.say("streets"))]
    every += [
        Row(kind, fill(COLOURS[kind]), words.say(kind))
        for kind in ("green", "water")
        if kind in present
    ]
    if has_zones(scene):
        every.append(Row("zones", _zone_line(), words.say("zones")))
    return rows(every, css_class="ground")


def _tiles() -> Html:
    """Draw the swatch of a base map: four tiles."""
    corners = ((3, 1), (12.4, 1), (3, 7.4), (12.4, 7.4))
    fills = ("#E3ECD9", "#F7F7F5", "#CFE3EE", "#E3ECD9")
    each = "".join(
        f'<rect x="{x}" y="{y}" width="8.6" height="5.6" fill="{fill}"/>'
        for (x, y), fill in zip(corners, fills, strict=True)
    )
    return _svg(f'<g stroke="#6E6E6E" stroke-width="0.8">{each}</g>')


def _zone_line() -> Html:
    look = f'stroke="{COLOURS["zone"]}" stroke-width="1.6" stroke-dasharray="7 2.5 2 2.5"'
    return _svg(f'<path d="M1 7h23" fill="none" {look}/>')


def shares(words: Words, walk: float | None, straight: float | None) -> Html:
    """Write the share by the network and by straight line."""
    return tag("p", both_shares(words, walk, straight), class_="shares")


def both_shares(words: Words, walk: float | None, straight: float | None) -> str:
    """Say the share by the network and by straight line."""
    return words.say("legend_shares", walk=words.percent(walk), straight=words.percent(straight))
