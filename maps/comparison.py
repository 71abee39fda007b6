"""The page of a scenario: before and after under a swipe, who gains, who loses, and by what."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from maps import sidebyside
from maps.page import bilingual
from maps.page.basemap import BARE
from maps.page.bilingual import in_both
from maps.page.canvas import map_page
from maps.page.markup import Html, tag, together
from maps.page.payload import data_block
from maps.parts import gains, legend, nouns, numbered, panel
from maps.parts.verdict import official, verdict
from maps.scene import Scene, scene_of
from maps.style import COLOURS, for_script
from maps.town import extent, facilities, ground, homes, truth
from maps.words import both
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import geopandas as gpd

    from maps.page.basemap import Frame
    from maps.words import Words

_REMEDY = "compare again, then draw"
_GOES = ("remove_", "close_")
_OF_CATEGORY = ("add_facility", "move_facility", "remove_facility")
_FILES = ("gains.css", "swipe.css", "numbered.js", "difference.js", "swipe.js", "comparison.js")


@dataclass(frozen=True)
class Compared:
    """What `compare` leaves: a place as it is, and every scenario's walks beside the present ones.

    Attributes
    ----------
    scene
        The place; its summary holds ``scenarios``. For scenario s = 1, 2, ... its homes have
        ``<id>_m`` and ``<id>_m_<s>``; of a standard without a reach of its own (a circle, a union)
        ``<id>_served`` and ``<id>_served_<s>``; where people change, ``weight_<s>``, null for homes
        that are not there. Its zones have ``<id>_share`` and ``<id>_share_<s>``.
    changes
        The measures, any geometry or none: ``scenario``, ``change``, and, if known, ``target``,
        the id of the facility that is moved or removed.
    """

    scene: Scene
    changes: gpd.GeoDataFrame

    def __post_init__(self) -> None:
        """Refuse results without scenarios.

        Raises
        ------
        InputError
            If there are none.
        """
        if not self.scenarios:
            raise InputError("the results hold no scenario", _REMEDY)

    @property
    def scenarios(self) -> list[Mapping[str, Any]]:
        """The scenarios' figures, in the order of their numbers."""
        return list(self.scene.summary.get("scenarios", ()))

    def figures(self, standard_id: str, scenario: int) -> Mapping[str, Any]:
        """Give what one scenario does to one standard.

        Raises
        ------
        InputError
            If it was not compared.
        """
        listed = self.scenarios
        one = listed[scenario - 1]["standards"] if 1 <= scenario <= len(listed) else {}
        if standard_id not in one:
            wrong = f"standard {standard_id!r} of scenario {scenario} is not among the results"
            raise InputError(wrong, _REMEDY)
        figures: Mapping[str, Any] = one[standard_id]
        return figures


def compared(
    summary: Mapping[str, Any],
    layers: Mapping[str, gpd.GeoDataFrame],
    language: Literal["zh", "en"],
    frame: Frame = BARE,
) -> Compared:
    """Gather what `compare` left: its summary and the layers of its ``results.gpkg``, by name.

    Raises
    ------
    InputError
        If something is missing, or a layer has no metric CRS.
    """
    if "changes" not in layers:
        raise InputError("the results hold no layer 'changes'", _REMEDY)
    return Compared(scene_of(summary, layers, language, frame), layers["changes"])


def pages(found: Compared) -> Iterator[tuple[str, str]]:
    """Render every page, one by one, as (file name, text); the overview, ``index.html``, first."""
    yield "index.html", sidebyside.page(found.scene, found.scenarios)
    for number, scenario in enumerate(found.scenarios, start=1):
        for key in scenario["standards"]:
            yield sidebyside.file_of(key, number), page(found, key, number)


def page(
    found: Compared, standard_id: str, scenario: int = 1, *, index: str | None = "index.html"
) -> str:
    """Render what one scenario does to one standard as a complete, self-contained HTML text.

    Parameters
    ----------
    found
        What `compare` left.
    standard_id
        A standard that was compared.
    scenario
        The scenario's number, from 1.
    index
        Relative link to the overview of all scenarios; None where this page stands alone. Else
        the other pages are taken to stand beside it under the names of `sidebyside.file_of`.

    Raises
    ------
    InputError
        If it was not compared.
    LawError
        If the page would load anything from outside.
    """
    scene = found.scene
    figures = found.figures(standard_id, scenario)
    title = both(lambda words: _title(found, words, standard_id, scenario))
    mine = found.changes[found.changes["scenario"] == scenario].sort_values("change")
    data = data_block(_data(found, standard_id, scenario, mine))

    def beside(words: Words) -> Html:
        header = panel.masthead(scene, words, title[words.language], index)
        inside = _panel(found, words, standard_id, scenario, beside=index is not None)
        return together(header, inside)

    def on_map(words: Words) -> Html:
        drawn = _legend(scene, words, figures, mine)
        return together(panel.overlay(scene, words, drawn), _swipe(words))

    left, right = in_both(scene.language, beside), in_both(scene.language, on_map)
    return map_page(scene, title, together(left, data), right, *_FILES)


def _title(found: Compared, words: Words, standard_id: str, scenario: int) -> str:
    """Name the page: the standard, and the scenario."""
    standard = words.pick(found.figures(standard_id, scenario))
    plan = str(found.scenarios[scenario - 1]["name"])
    return words.say("compare_title", scenario=plan, standard=standard)


def _panel(found: Compared, words: Words, standard_id: str, scenario: int, *, beside: bool) -> Html:
    """Write the answer, the bar, who gains and loses, by which measures, and other scenarios."""
    scene, figures = found.scene, found.figures(standard_id, scenario)
    changes = found.scenarios[scenario - 1]["changes"]
    linked = sidebyside.file_of if beside else None
    return panel.panel(
        words,
        _answer(scene, words, figures),
        panel.unusual_walker(scene, words),
        _bar(words, figures),
        _marks(words, figures),
        _who(scene, words, figures),
        _changes(scene, words, standard_id, figures, changes),
        sidebyside.scenarios(scene, words, found.scenarios, standard_id, scenario, linked),
        sidebyside.standards(
            scene, words, found.scenarios[scenario - 1], standard_id, scenario, linked
        ),
        sidebyside.zones(scene, words, standard_id, scenario),
        gains.folds(scene, words, figures, [words.say(one) for one in _METHOD]),
    )


_METHOD = ("method_walk", "method_twice", "method_alone", "method_within")


def _answer(scene: Scene, words: Words, figures: Mapping[str, Any]) -> Html:
    """Say how many gain, or how many lose if those are more, and the share before and after."""
    gained, lost = figures["gained"], figures["lost"]
    if not gained and not lost:
        number = words.percent(figures["after"]["share"])
        return gains.large("", number, words.say("change_none"), "same")
    key, sign, n = ("gain", "+", gained) if gained >= lost else ("loss", "−", lost)
    number = gains.count(words, n, people=scene.counts_people)
    said = _sentence(words, figures, key, gains.who(scene, words, n))
    return gains.large(sign, number, said, "gained" if key == "gain" else "lost")


def _sentence(words: Words, figures: Mapping[str, Any], key: str, who: str) -> str:
    """Say what those who gain or lose have or have no longer, and the shares."""
    values = gains.turn(words, figures["before"]["share"], figures["after"]["share"])
    reach_m, category = figures.get("reach_m"), figures.get("category")
    if reach_m is None:
        return words.say(f"answer_{key}_whole", who=who, what=words.pick(figures), **values)
    values["reach"] = words.number(reach_m)
    if nouns.has_noun(category):
        what = nouns.some(words, str(category))
        return words.say(f"answer_{key}", who=who, what=what, **values)
    return words.say(f"answer_{key}_any", who=who, what=words.pick(figures), **values)


def _bar(words: Words, figures: Mapping[str, Any]) -> Html:
    before, after = (figures[key]["share"] or 0.0 for key in ("before", "after"))
    return gains.bar(words, before, after, figures.get("target_share"))


def _marks(words: Words, figures: Mapping[str, Any]) -> Html:
    """Write the shares on foot and straight, before and after, and the target with its verdict."""
    before, after = (figures[key]["share"] for key in ("before", "after"))
    straight = figures.get("straight")
    step = gains.points(words, before, after)
    items = [
        gains.mark("before", words.say("before"), words.percent(before)),
        gains.mark("after", words.say("after_by", points=step), words.percent(after)),
    ]
    if straight:
        pair = [words.percent(straight[key]["share"]) for key in ("before", "after")]
        items.append(gains.mark("straight", words.say("straight"), " → ".join(pair)))
    if figures.get("target_share") is not None:
        label = together(words.say("target"), Html(" "), _verdict(words, figures))
        items.append(gains.mark("target", label, words.percent(figures["target_share"])))
    return tag("ul", *items, class_="marks")


def _verdict(words: Words, figures: Mapping[str, Any]) -> Html:
    """Say whether the target is met afterwards, where it is about a figure that was compared."""
    asked = official({**figures, "land": None})
    judged = {"network": figures["after"], "straight": (figures.get("straight") or {}).get("after")}
    share = (judged.get(str(asked)) or {}).get("share")
    met = verdict(figures, share) or "target_unjudged"
    return tag("span", words.say(met), class_=f"tag tag-{met}")


def _who(scene: Scene, words: Words, figures: Mapping[str, Any]) -> Html:
    """Say how many gain, lose, walk less far and farther; nothing of what concerns nobody."""
    people = scene.counts_people
    items = [
        gains.mark(key, words.say(f"who_{key}"), words.amount(figures[key], people=people))
        for key in ("gained", "lost", "nearer", "farther")
        if figures.get(key)
    ]
    parts = [tag("h2", words.say("who_heading")), tag("ul", *items, class_="marks")]
    less = (figures.get("metres_saved") or 0.0) / (figures["total"] or 1.0)
    if less >= 1:
        parts.append(tag("p", words.say("who_saved", walk=words.metres(less)), class_="hint"))
    return together(*parts) if items else Html()


def _changes(
    scene: Scene,
    words: Words,
    standard_id: str,
    figures: Mapping[str, Any],
    changes: list[Mapping[str, Any]],
) -> Html:
    """List the measures with what each is worth alone, and what would be lost without it."""
    worth = [
        tuple(float((one.get(key) or {}).get(standard_id) or 0) for key in ("alone", "within"))
        for one in changes
    ]
    most = max((abs(n) for pair in worth for n in pair), default=0.0) or 1.0
    items = [
        tag("li", *_change(scene, words, one, pair, most))
        for one, pair in zip(changes, worth, strict=True)
    ]
    several = len(changes) > 1
    return together(
        tag("h2", words.say("changes_heading" if several else "changes_one", n=len(changes))),
        tag("p", words.say("changes_hint"), class_="hint") if several else Html(),
        tag("ol", *items, class_="gaps numbered"),
        _together(scene, words, figures, sum(pair[1] for pair in worth)) if several else Html(),
    )


def _change(
    scene: Scene, words: Words, change: Mapping[str, Any], worth: tuple[float, ...], most: float
) -> tuple[Html, Html]:
    """Write one measure: its row in the list, and the card it opens."""
    title, number = str(change.get("name") or done(words, change)), int(change["change"])
    both = {
        key: _signed(scene, words, n) for key, n in zip(("alone", "within"), worth, strict=True)
    }
    lines = (
        tag("span", done(words, change), class_="why"),
        _track(*(n / most for n in worth)),
        tag("span", words.say("worth", **both), class_="why"),
    )
    cost = change.get("cost")
    known = cost is not None and not math.isnan(cost)
    facts = [
        (words.say("fact_does"), done(words, change)),
        (words.say("fact_alone"), both["alone"]),
        (words.say("fact_within"), both["within"]),
        (words.say("fact_cost"), f"{cost:,.10g}" if known else None),
    ]
    row = numbered.item(number, title, both["alone"], *lines, goes=goes(change["do"]))
    return row, numbered.detail(number, title, numbered.facts(facts))


def _together(scene: Scene, words: Words, figures: Mapping[str, Any], single: float) -> Html:
    """Say what no single measure decides, so that the parts add up to the whole."""
    rest = figures["after"]["served"] - figures["before"]["served"] - single
    if abs(rest) < 1:
        return Html()
    amount = words.amount(abs(rest), people=scene.counts_people)
    key = "changes_shared" if rest > 0 else "changes_joint"
    return tag("p", words.say(key, amount=amount), class_="hint shared")


def _signed(scene: Scene, words: Words, figure: float) -> str:
    """Say a bare number with its sign."""
    sign = "+" if figure > 0 else "−" if figure < 0 else "±"
    return sign + gains.count(words, abs(figure), people=scene.counts_people)


def _track(alone: float, within: float) -> Html:
    """Draw both worths as one bar: alone pale, in the whole full."""
    each = (("alone", alone), ("within", within))
    parts = (
        tag("i", class_=f"{key} less" if part < 0 else key, style=f"width:{100 * abs(part):.2f}%")
        for key, part in each
    )
    return tag("span", *parts, class_="track")


def goes(do: str) -> bool:
    """Whether a measure takes something away.

    Examples
    --------
    >>> goes("close_street"), goes("add_gate")
    (True, False)
    """
    return do.startswith(_GOES)


def done(words: Words, change: Mapping[str, Any]) -> str:
    """Say what a measure does.

    Examples
    --------
    >>> from maps.words import Words
    >>> done(Words("en"), {"do": "add_facility", "category": "park"})
    'New park'
    """
    do = str(change["do"])
    if do in _OF_CATEGORY:
        return words.say(f"do_{do}", what=nouns.one(words, change.get("category")).lower())
    bridge = do == "add_street" and change.get("kind") == "bridge"
    return words.say("do_add_bridge" if bridge else f"do_{do}")


def _swipe(words: Words) -> Html:
    """Write the divider over the map: left before, right after; moved by mouse and keyboard."""
    handle = tag(
        "div",
        Html("⇔"),
        class_="handle",
        role="slider",
        tabindex="0",
        aria_label=words.say("swipe_label"),
        aria_orientation="horizontal",
        aria_valuemin="0",
        aria_valuemax="100",
        aria_valuenow="50",
    )
    sides = (tag("span", words.say(key), class_=f"side {key}") for key in ("before", "after"))
    return tag("div", tag("div", *sides, handle, class_="divider"), id="swipe", class_="swipe")


def _legend(
    scene: Scene, words: Words, figures: Mapping[str, Any], changes: gpd.GeoDataFrame
) -> Html:
    """Write the legend: what changes is strong, all else is quiet."""
    people = scene.counts_people
    won, gone = (words.amount(figures[key], people=people) for key in ("gained", "lost"))
    rows = [
        legend.Row(
            "gained",
            legend.fill(COLOURS["gained"], COLOURS["gained-edge"]),
            words.say("gained"),
            won,
        ),
        legend.Row(
            "lost", legend.fill(COLOURS["lost"], COLOURS["lost-edge"]), words.say("lost"), gone
        ),
        legend.Row("served", legend.fill(COLOURS["quiet-served"]), words.say("served_both")),
        legend.Row(
            "unserved",
            legend.fill(COLOURS["quiet-unserved"], COLOURS["quiet-unserved-edge"]),
            words.say("served_neither"),
        ),
        legend.Row("unconnected", legend.hatch("#6E6E6E"), words.say("unconnected")),
        legend.Row("changes", legend.numbered(), words.say("changes_new")),
    ]
    if any(goes(do) for do in changes["do"]):
        rows.append(
            legend.Row("changes-gone", legend.numbered(hollow=True), words.say("changes_gone"))
        )
    category = figures.get("category")
    rows.append(legend.Row("facilities", legend.symbol(category), nouns.many(words, category)))
    return legend.legend(words, legend.rows(rows), legend.ground_rows(words, scene))


def _data(
    found: Compared, standard_id: str, scenario: int, changes: gpd.GeoDataFrame
) -> dict[str, Any]:
    """Give the page's programme all it draws."""
    scene, figures = _there(found.scene, scenario), found.figures(standard_id, scenario)
    block, places = facilities(scene, [standard_id])
    label = both(lambda words: nouns.one(words, figures.get("category")))
    targets = set(changes["target"].dropna().astype(str)) if "target" in changes else set()
    gone = [row for row, one in enumerate(places["facility"].astype(str)) if one in targets]
    return {
        "kind": "comparison",
        "words": bilingual.for_script(),
        "style": for_script(),
        "people": scene.counts_people,
        "extent": extent(scene),
        "ground": ground(scene),
        "categories": {key: dict.fromkeys(block["category"], word) for key, word in label.items()},
        "facilities": block,
        "gone": gone,
        "homes": _homes(scene, standard_id, scenario, figures.get("reach_m")),
        "numbered": numbered.block(changes, goes=[goes(do) for do in changes["do"]]),
    }


def _homes(scene: Scene, standard_id: str, scenario: int, reach_m: float | None) -> dict[str, Any]:
    """Give homes with their walks before and after; only whether served where there is no reach."""
    ends = ("", f"_{scenario}")
    if reach_m is None:
        had, has = (truth(gains.column_of(scene, f"{standard_id}_served{end}")) for end in ends)
        block = {**homes(scene), "state": gains.states(scene, had, has)}
    else:
        before, after = gains.walks(scene, [f"{standard_id}_m{end}" for end in ends])
        block = gains.homes_block(scene, before, after, reach_m)
    weight = f"weight_{scenario}"
    if weight in scene.homes and scene.counts_people:
        block["weight_after"] = scene.homes[weight].fillna(0).round(1).to_numpy(dtype=float)
    return block


def _there(scene: Scene, scenario: int) -> Scene:
    """Leave out homes that are neither there today nor in a scenario."""
    weight = f"weight_{scenario}"
    if weight not in scene.homes:
        return scene
    there = scene.homes[["weight", weight]].notna().any(axis=1)
    return replace(scene, homes=scene.homes[there].reset_index(drop=True))
