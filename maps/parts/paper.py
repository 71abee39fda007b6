"""Paper and reality: the official share of every standard beside the one on foot, in one chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maps.page.markup import Html, name, tag, together
from maps.parts import chart, nouns, panel
from maps.parts.verdict import official, shares, verdict
from maps.style import COLOURS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maps.scene import Scene
    from maps.words import Words

_TOLD = 0.005
"""From what share of all on, being counted on paper alone is the headline."""
_LABELLED = 0.02
_BAR_Y = (17.0, 35.0)
_MIDDLE_Y = 26.0
_HIGH = 46


@dataclass(frozen=True)
class Line:
    """One standard's line of the chart; shares from 0 to 1, None where there is no such figure.

    `basis` says in words what `paper` is a share of; `left` counts who is not served.
    """

    key: str
    title: str
    paper: float | None
    basis: str
    walk: float | None
    low: float | None
    high: float | None
    target: float | None
    met: str | None
    left: float


def lines(scene: Scene, words: Words) -> list[Line]:
    """Give each standard, then each union, then each circle its line."""
    plain = [_line(words, key, scene.measured(key)) for key in (*scene.standards, *scene.unions)]
    return plain + [_circle(words, key, scene.measured(key)) for key in scene.circles]


def _line(words: Words, key: str, figures: Mapping[str, Any]) -> Line:
    judged, all_shares, network = official(figures), shares(figures), figures["network"]
    on_paper = judged if judged is not None and judged.startswith("land_") else "straight"
    basis = words.say("straight")
    if on_paper != "straight":
        land = words.say(f"land_of_{figures['land']['of']}")
        basis = words.begun(words.say(on_paper, land=land))
    target = figures.get("target_share")
    met = verdict(figures, all_shares[judged]) if judged else None
    return Line(
        key=key,
        title=words.pick(figures),
        paper=all_shares[on_paper],
        basis=basis,
        walk=network["share"],
        low=network.get("low"),
        high=network.get("high"),
        target=target,
        met="target_unjudged" if judged is None and target is not None else met,
        left=figures["total"] - network["served"],
    )


def _circle(words: Words, key: str, figures: Mapping[str, Any]) -> Line:
    """Give a circle its line: all services within reach; no document has such a figure."""
    complete, nothing = figures["complete"], (None, None, None, None)
    left = figures["total"] - complete["served"]
    title = words.say("index_all_services", title=words.pick(figures))
    return Line(key, title, None, "", complete["share"], *nothing, left)


def headline(scene: Scene, words: Words) -> Html:
    """Say the most important thing: where most are served on paper alone, else who is worst off."""
    keys = [key for key in (*scene.standards, *scene.unions) if scene.measured(key)["total"]]
    if not keys:
        return Html()
    only = {key: _on_paper_only(scene.measured(key)) for key in keys}
    widest = max(keys, key=lambda key: only[key])
    if only[widest] > _TOLD * scene.measured(widest)["total"]:
        return _said(words, scene.measured(widest), _counted(scene, words, widest, only[widest]))
    worst = min(keys, key=lambda key: scene.measured(key)["network"]["share"])
    figures = scene.measured(worst)
    left = words.amount(figures["total"] - figures["network"]["served"], people=scene.counts_people)
    return _said(words, figures, words.say("index_level", amount=left))


def _on_paper_only(figures: Mapping[str, Any]) -> float:
    """Count who lies inside the radius, but cannot walk there."""
    return float(figures["straight"]["served"] - figures["network"]["served"])


def _counted(scene: Scene, words: Words, key: str, count: float) -> str:
    """Say how many are counted on paper alone, and what they cannot walk to."""
    figures = scene.measured(key)
    amount = words.amount(count, people=scene.counts_people)
    category, reach = figures.get("category"), words.number(panel.walk_reach_m(figures))
    if nouns.has_noun(category):
        what = nouns.some(words, str(category))
        return words.say("index_only_paper", amount=amount, reach=reach, what=what)
    return words.say("index_only_paper_any", amount=amount)


def _said(words: Words, figures: Mapping[str, Any], sentence: str) -> Html:
    """Write two large numbers, of what, and the sentence that says whom it concerns."""
    one = _line(words, "", figures)
    paper = tag("strong", words.percent(one.paper), class_="paper")
    real = tag("strong", words.percent(one.walk), class_="real")
    return tag(
        "section",
        tag("p", name(one.title), class_="about"),
        tag(
            "p",
            tag("span", words.say("index_on_paper"), Html(" "), paper),
            words.say("comma"),
            tag("span", words.say("index_on_foot"), Html(" "), real),
            class_="figures",
        ),
        tag("p", sentence, class_="meaning"),
        class_="headline",
    )


def table(scene: Scene, words: Words, links: Mapping[str, str]) -> Html:
    """Draw the chart as a table: bars for the eye, and every figure as text beside its bar."""
    shown = lines(scene, words)
    heads = _heads(scene, words)
    head = [tag("th", words.say("index_head_standard"), scope="col"), tag("td")]
    head += [tag("th", one, scope="col") for one in heads.values()]
    rows = (_row(scene, words, one, links.get(one.key)) for one in shown)
    return tag(
        "section",
        _key(words, any_target=any(one.target is not None for one in shown)),
        tag(
            "table",
            tag("thead", tag("tr", *head)),
            tag("tbody", *rows),
            tag("tfoot", tag("tr", tag("td"), tag("td", _axis(words)), tag("td", colspan=3))),
            aria_label=words.say("index_chart"),
        ),
        class_="chart",
    )


def _heads(scene: Scene, words: Words) -> dict[str, str]:
    """Name the columns of figures."""
    left = "index_head_left_people" if scene.counts_people else "index_head_left_homes"
    keys = {"paper": "index_head_paper", "real": "index_head_real", "left": left}
    return {kind: words.say(key) for kind, key in keys.items()}


def _row(scene: Scene, words: Words, one: Line, link: str | None) -> Html:
    """Write one line: its name and target, its bar, its figures."""
    title = tag("a", name(one.title), href=link) if link else name(one.title)
    aim = Html()
    if one.target is not None:
        mark = tag("span", words.say(one.met), class_=f"tag tag-{one.met}") if one.met else Html()
        said = words.say("index_target", share=words.percent(one.target))
        aim = tag("small", said, Html(" "), mark)
    span = Html()
    if one.low is not None and one.high is not None:
        span = tag("small", f"{words.percent(one.low)} – {words.percent(one.high)}")
    figures = {
        "paper": together(words.percent(one.paper), tag("small", one.basis)) if one.basis else "–",
        "real": together(words.percent(one.walk), span),
        "left": words.rounded(one.left, people=scene.counts_people),
    }
    heads = _heads(scene, words)
    return tag(
        "tr",
        tag("th", title, aim, scope="row"),
        tag("td", _bar(words, one), class_="drawn"),
        *(_cell(heads[kind], kind, figure) for kind, figure in figures.items()),
    )


def _cell(heading: str, kind: str, said: str) -> Html:
    """Write one figure; its heading goes along, for narrow screens that have no head row."""
    return tag("td", tag("span", heading, class_="head", aria_hidden="true"), said, class_=kind)


def _bar(words: Words, one: Line) -> Html:
    """Draw what is reached on foot, what only the paper counts, the bounds and the target."""
    walk, paper = one.walk or 0.0, one.paper or 0.0
    marks = [
        chart.box((0, 1), _BAR_Y, "#ECECE8"),
        chart.box((walk, paper), _BAR_Y, chart.striped("paper")),
        chart.box((0, walk), _BAR_Y, COLOURS["served"]),
        _difference(words, walk, paper),
    ]
    if one.low is not None and one.high is not None:
        marks += [_whisker(one.low, one.high, "halo"), _whisker(one.low, one.high, "whisker")]
    if one.paper is not None:
        marks.append(chart.rule((paper, paper), (12, 40), "official"))
    if one.target is not None:
        marks.append(_target(one.target))
    return chart.drawing(_HIGH, *marks, css_class="paper-bar")


def _difference(words: Words, walk: float, paper: float) -> Html:
    """Say above the bar how many points the paper is ahead: of the shares as they are shown."""
    if paper - walk < _LABELLED:
        return Html()
    points = round(100 * paper, 1) - round(100 * walk, 1)
    middle, edge = (walk + paper) / 2, 0.12
    anchor = "end" if middle > 1 - edge else "start" if middle < edge else "middle"
    at = {"end": paper, "start": walk, "middle": middle}[anchor]
    said = words.say("index_points", n=f"{points:.1f}")
    return chart.label(said, at, 11, anchor=anchor, css_class="points")


def _whisker(low: float, high: float, css_class: str) -> Html:
    """Draw the bounds: a line with a stop at either end."""
    stops = [chart.rule((at, at), (21, 31), css_class) for at in (low, high)]
    return together(chart.rule((low, high), (_MIDDLE_Y, _MIDDLE_Y), css_class), *stops)


def _target(share: float) -> Html:
    """Draw the target: a dashed line on a small triangle."""
    line = chart.rule((share, share), (15, 36), "target")
    corner = tag("path", d="M0 36 6 45H-6z", fill=COLOURS["gap"])
    return together(line, tag("svg", corner, x=chart.along(share), overflow="visible"))


def _axis(words: Words) -> Html:
    """Write the ends and the middle of the scale."""
    ends = {0.0: "start", 0.5: "middle", 1.0: "end"}
    texts = [
        chart.label(words.say("percent", n=f"{100 * at:.0f}"), at, 12, anchor=anchor)
        for at, anchor in ends.items()
    ]
    return chart.drawing(16, *texts, css_class="axis")


_SWATCHES = {
    "real": chart.box((0, 1), (2, 14), COLOURS["served"]),
    "only": together(
        chart.box((0, 1), (2, 14), chart.striped("paper")),
        chart.rule((0.92, 0.92), (0, 16), "official"),
    ),
    "bounds": together(
        chart.rule((0.05, 0.95), (8, 8), "whisker"),
        chart.rule((0.05, 0.05), (3, 13), "whisker"),
        chart.rule((0.95, 0.95), (3, 13), "whisker"),
    ),
    "target": together(
        chart.rule((0.5, 0.5), (0, 8), "target"),
        Html(f'<path d="M11 7 17 16H5z" fill="{COLOURS["gap"]}"></path>'),
    ),
}


def _key(words: Words, *, any_target: bool) -> Html:
    """Write what the marks mean; of a target only where there is one."""
    items = (
        tag(
            "li",
            tag("svg", picture, width=22, height=16, aria_hidden="true"),
            words.say(f"index_key_{kind}"),
        )
        for kind, picture in _SWATCHES.items()
        if any_target or kind != "target"
    )
    return tag("ul", *items, class_="key")
