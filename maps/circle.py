"""The page of the 15-minute circle: how many services each home has within reach, and which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maps import cells
from maps.page import bilingual
from maps.page.bilingual import in_both
from maps.page.canvas import map_page
from maps.page.markup import Html, name, tag, together
from maps.page.payload import data_block
from maps.parts import legend, panel
from maps.parts.smallprint import small_print
from maps.parts.steps import distribution, step_labels, step_of, step_shares
from maps.style import COLOURS, SHARES, for_script
from maps.town import extent, facilities, ground, homes, rows_of, truth, whole_metres
from maps.words import both

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from maps.scene import Scene
    from maps.words import Words


def page(scene: Scene, circle_id: str = "circle_15min", *, index: str | None = "index.html") -> str:
    """Render the page of a circle as a complete, self-contained HTML text.

    Parameters
    ----------
    scene
        The place's results.
    circle_id
        One of `Scene.circles`.
    index
        Relative link to the overview, or None where no such page stands beside this one.

    Raises
    ------
    InputError
        If the circle is not among the results.
    LawError
        If the page would load anything from outside.
    """
    title = both(lambda words: words.pick(scene.measured(circle_id)))

    def beside(words: Words) -> Html:
        header = panel.masthead(scene, words, title[words.language], index)
        return together(header, _panel(scene, words, circle_id))

    def on_map(words: Words) -> Html:
        return panel.overlay(scene, words, _legend(scene, words, circle_id))

    return map_page(
        scene,
        title,
        together(in_both(scene.language, beside), data_block(_data(scene, circle_id))),
        in_both(scene.language, on_map),
        "cells.js" if scene.public else "circle.js",
    )


def sentence(scene: Scene, words: Words, figures: Mapping[str, Any]) -> str:
    """Say what the large number is the share of, and the mean."""
    count = len(figures["must_have"])
    mean = f"{(figures['mean_share_met'] or 0) * count:.1f}"
    return words.say("circle_answer", who=panel.who(scene, words), of=count, mean=mean)


def services(figures: Mapping[str, Any], *, must_have: bool) -> list[tuple[str, Mapping[str, Any]]]:
    """Give the must-have or the optional services, the scarcest first."""
    chosen = [
        one
        for one in figures["categories"].items()
        if (one[0] in figures["must_have"]) == must_have
    ]
    return sorted(chosen, key=lambda one: one[1]["share"] or 0.0)


def _panel(scene: Scene, words: Words, circle_id: str) -> Html:
    """Write the answer, the distribution, the services, and the small print."""
    figures = scene.measured(circle_id)
    optional = services(figures, must_have=False)
    parts = [
        panel.answer(words, figures["complete"]["share"], sentence(scene, words, figures)),
        panel.unusual_walker(scene, words),
        distribution(scene, words, circle_id),
        cells.remark(scene, words),
        absent(words, figures),
        tag("h2", words.say("circle_must")),
        tag("p", words.say("circle_click"), class_="hint"),
        tag(
            "button",
            words.say("circle_overall"),
            type="button",
            class_="overall",
            data_category="",
            aria_pressed="true",
        ),
        _service_list(words, services(figures, must_have=True)),
    ]
    if optional:
        parts += [tag("h2", words.say("circle_optional")), _service_list(words, optional)]
    definition = words.say("definition_circle")
    return panel.panel(words, *parts, small_print(scene, words, figures, definition, {}))


def absent(words: Words, figures: Mapping[str, Any]) -> Html:
    """Say which must-have services the data do not hold at all: perhaps nobody mapped them."""
    missing = [
        words.pick(one)
        for _, one in services(figures, must_have=True)
        if one.get("facilities") == 0
    ]
    if not missing:
        return Html()
    names = words.say("list_comma").join(missing)
    return tag("p", words.say("circle_absent", names=names), class_="missed")


def share_or_absent(words: Words, figures: Mapping[str, Any]) -> str:
    """Say the share of one service, or that the data hold none."""
    if figures.get("facilities") == 0:
        return words.say("circle_absent_short")
    return words.percent(figures["share"])


def _service_list(words: Words, listed: list[tuple[str, Mapping[str, Any]]]) -> Html:
    """Write services as buttons that recolour the map, each with its share as a bar."""
    items = []
    for key, one in listed:
        share, reach_m = share_or_absent(words, one), panel.walk_reach_m(one)
        reach = words.metres(reach_m)
        title = together(name(words.pick(one)), Html(" "), tag("small", reach))
        track = tag(
            "span", tag("span", style=f"width:{100 * (one['share'] or 0):.2f}%"), class_="track"
        )
        spoken = words.say(
            "circle_row", name=words.pick(one), share=share, reach=words.number(reach_m)
        )
        button = tag(
            "button",
            tag("span", title),
            tag("span", share, class_="value"),
            track,
            type="button",
            data_category=key,
            aria_pressed="false",
            aria_label=spoken,
        )
        items.append(tag("li", button))
    return tag("ul", *items, class_="services-list")


def _legend(scene: Scene, words: Words, circle_id: str) -> Html:
    """Write the legend: steps while all services are shown, served or not for one of them."""
    if scene.public:
        return _cell_legend(scene, words)
    labels = step_labels(words, len(scene.measured(circle_id)["must_have"]))
    share = step_shares(scene, circle_id)
    steps = [
        legend.Row(f"step-{step}", legend.step(step), labels[step], words.percent(share[step]))
        for step in sorted(labels, reverse=True)
    ]
    unserved = legend.fill(COLOURS["unserved"], COLOURS["unserved-edge"])
    one = [
        legend.Row("served", legend.fill(COLOURS["served"]), words.say("served")),
        legend.Row("unserved", unserved, words.say("unserved")),
        legend.Row("facilities", legend.symbol(None), words.say("facilities")),
    ]
    apart = legend.Row("unconnected", legend.hatch("#6E6E6E"), words.say("unconnected"))
    return legend.legend(
        words,
        tag("p", words.say("circle_steps"), class_="shares", data_view="overall"),
        legend.rows(steps, "overall"),
        _service_shares(),
        legend.rows(one, "service"),
        legend.rows([apart]),
        legend.ground_rows(words, scene),
    )


def _cell_legend(scene: Scene, words: Words) -> Html:
    """Write the legend of a public page: classes of share, of all services or of one."""
    return legend.legend(
        words,
        tag("div", cells.heading(scene, words, services=True), data_view="overall"),
        tag("div", cells.heading(scene, words), data_view="service"),
        _service_shares(),
        legend.rows(cells.rows(words)),
        legend.rows(
            [legend.Row("facilities", legend.symbol(None), words.say("facilities"))], "service"
        ),
        legend.ground_rows(words, scene),
    )


def _service_shares() -> Html:
    """Make room for the shares of the service that is chosen."""
    return tag(
        "p",
        class_="shares",
        id="service-shares",
        data_view="service",
        aria_live="polite",
        data_live=True,
    )


def _data(scene: Scene, circle_id: str) -> dict[str, Any]:
    """Give the page's programme all it draws."""
    figures = scene.measured(circle_id)
    categories = figures["categories"]
    block, places = facilities(scene, categories)
    block["category"] = places["counts_for"].tolist()
    return {
        "kind": "cells" if scene.public else "circle",
        "words": bilingual.for_script(),
        "style": for_script(),
        "people": scene.counts_people,
        "extent": extent(scene),
        "ground": ground(scene),
        "categories": both(lambda words: {key: words.pick(one) for key, one in categories.items()}),
        "facilities": block,
        "homes": _homes(scene, circle_id),
        "shares": SHARES,
        "step_of": step_of(len(figures["must_have"])),
        "services": [
            _service(scene, key, one, places[places["counts_for"] == key]["facility"])
            for must_have in (True, False)
            for key, one in services(figures, must_have=must_have)
        ],
    }


def _homes(scene: Scene, circle_id: str) -> dict[str, Any]:
    """Give homes with the number of services each has; or cells."""
    if scene.public:
        return cells.block(scene, cells.services_met(scene, circle_id))
    met = scene.homes[f"{circle_id}_met"].fillna(0).to_numpy(dtype=int)
    return {**homes(scene), "met": met}


def _service(
    scene: Scene, key: str, figures: Mapping[str, Any], places: pd.Series
) -> dict[str, Any]:
    """Give how far each home is from one service, and from which facility."""
    table = scene.homes
    served, reach_m = truth(table[f"{key}_served"]), panel.walk_reach_m(figures)
    share = {"share": cells.per_cent(cells.served(scene, key))} if scene.public else {}
    return {
        **share,
        "id": key,
        "name": both(lambda words: words.pick(figures)),
        "shares": both(
            lambda words: legend.both_shares(
                words, figures.get("share"), figures.get("straight_share")
            )
        ),
        "absent": places.empty,
        "must_have": bool(figures["must_have"]),
        "reach_m": reach_m,
        "m": whole_metres(table[f"{key}_m"], served, reach_m),
        "facility": rows_of(table[f"{key}_facility"], places),
    }
