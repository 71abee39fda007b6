"""The what-if page: one tries changes on the map, and sees at once who is served."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maps.page import bilingual
from maps.page.bilingual import in_both
from maps.page.canvas import map_page
from maps.page.markup import Html, tag, together
from maps.page.payload import data_block
from maps.page.quantise import spots
from maps.parts import legend, nouns, panel, why
from maps.parts.workbench import boxes, tool_bar
from maps.parts.zones import has_zones
from maps.style import COLOURS, for_script
from maps.town import extent, facilities, ground, homes
from maps.walkways import PROGRAMME
from maps.words import both

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maps.scene import Scene
    from maps.words import Words

_STYLES = ("gains.css", "whatif/whatif.css")
_PARTS = (
    *("history", "shapes", "csv", "trial", "classes", "streets", "glass", "told", "overlay"),
    *("stage", "placing", "carry", "tools", "hands", "bar", "results", "reach", "changes"),
    *("candidates", "files", "card", "desk", "panel", "whatif"),
)
"""The files of ``assets/whatif``, in the order in which they are to be read."""

_SMALL_PRINT = {
    "whatif_what_it_is": (
        *("whatif_same_rules", "whatif_before_is", "whatif_entrances"),
        *("whatif_limits", "whatif_cannot", "whatif_stays"),
    ),
    "whatif_keys": ("whatif_keys_pointer", "whatif_keys_more"),
}


def page(scene: Scene, walk: Mapping[str, Any], *, index: str | None = "index.html") -> str:
    """Render the page on which changes are tried as a complete, self-contained HTML text.

    Parameters
    ----------
    scene
        The place's results.
    walk
        The walking network and all that is measured on it, as `maps.walkways.walk_block` gives it
        for the same scene.
    index
        Relative link to the overview, or None where no such page stands beside this one.

    Raises
    ------
    LawError
        If the page would load anything from outside.
    """
    title = both(lambda words: words.say("whatif_title"))

    def beside(words: Words) -> Html:
        header = panel.masthead(scene, words, title[words.language], index)
        inside = (panel.unusual_walker(scene, words), *boxes(words, zones=has_zones(scene)))
        return together(header, panel.panel(words, *inside, _small_print(words)))

    def on_map(words: Words) -> Html:
        return together(tool_bar(words), panel.overlay(scene, words, _legend(scene, words)))

    return map_page(
        scene,
        title,
        together(in_both(scene.language, beside), data_block(_data(scene, walk))),
        in_both(scene.language, on_map),
        *_STYLES,
        *PROGRAMME,
        *(f"whatif/{name}.js" for name in _PARTS),
    )


def _small_print(words: Words) -> Html:
    """Say what the page computes, what it cannot, and how to use it without a mouse."""
    each = (
        tag(
            "details",
            tag("summary", words.say(key)),
            tag("div", *(tag("p", words.say(line)) for line in lines)),
            open=key == "whatif_what_it_is",
        )
        for key, lines in _SMALL_PRINT.items()
    )
    return tag("section", *each, class_="small")


def _legend(scene: Scene, words: Words) -> Html:
    """Write the legend: whoever gains or loses is strong, all others are quiet."""
    rows = [
        legend.Row(
            "gained", legend.fill(COLOURS["gained"], COLOURS["gained-edge"]), words.say("gained")
        ),
        legend.Row("lost", legend.fill(COLOURS["lost"], COLOURS["lost-edge"]), words.say("lost")),
        legend.Row("served", legend.fill(COLOURS["quiet-served"]), words.say("served_both")),
        legend.Row(
            "unserved",
            legend.fill(COLOURS["quiet-unserved"], COLOURS["quiet-unserved-edge"]),
            words.say("served_neither"),
        ),
        legend.Row("unconnected", legend.hatch("#6E6E6E"), words.say("unconnected")),
        legend.Row("reach", legend.line(COLOURS["served"], 2.5), words.say("whatif_legend_reach")),
        legend.Row("changes", legend.numbered(), words.say("whatif_legend_changes")),
        legend.Row("facilities", legend.symbol(None), words.say("facilities")),
        legend.entrances(words, {"crossing", "street_side", "fallback"}),
    ]
    return legend.legend(words, legend.rows(rows), legend.ground_rows(words, scene))


def _data(scene: Scene, walk: Mapping[str, Any]) -> dict[str, Any]:
    """Give the page's programme all it draws, and the network it computes on."""
    services = dict(_services(scene))
    block, table = facilities(scene, services)
    return {
        "kind": "whatif",
        "place": scene.place,
        "stamp": f"{scene.place} {scene.summary.get('created', '')}",
        "words": bilingual.for_script(),
        "style": for_script(),
        "people": scene.counts_people,
        "reasons": both(why.every),
        "nouns": _nouns(),
        "categories": both(lambda words: _categories(words, services)),
        "extent": extent(scene),
        "ground": ground(scene),
        "facilities": {**block, "counts_for": table["counts_for"].tolist()},
        "entrances": _entrances(scene),
        "homes": homes(scene),
        "why": _reasons(scene, services),
        "walk": walk,
    }


def _services(scene: Scene) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give everything one walks to that was measured: its id and its figures."""
    for key, figures in scene.summary["standards"].items():
        parts = figures.get("categories") or figures.get("classes")
        yield from parts.items() if parts else ((key, figures),)


def _nouns() -> dict[str, dict[Any, str]]:
    """Give the nouns that stand in sentences, with their article."""
    known = ("bus_stop", "park", "green")
    return {one: both(lambda words, one=one: nouns.some(words, one)) for one in known}  # type: ignore[misc]


def _categories(words: Words, services: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Name every category of facility: by its noun, else by the service it is."""
    named = {key: words.pick(one) for key, one in services.items()}
    return named | {one: nouns.one(words, one) for one in ("bus_stop", "park", "green")}


def _entrances(scene: Scene) -> dict[str, Any]:
    """Give the entrances by what they count for; a facility that is a point is its own."""
    found = {}
    for key, doors in scene.entrances.groupby("standard"):
        areal = scene.facilities.loc[scene.facilities.geom_type != "Point", "facility"]
        shown = doors[doors["facility"].isin(areal)]
        if len(shown):
            kinds = shown["kind"].str.replace(" ", "_").tolist()
            found[str(key)] = {**spots(shown.geometry), "kind": kinds}
    return found


def _reasons(scene: Scene, services: Mapping[str, object]) -> dict[str, Any]:
    """Give why each home was unserved, where the results hold it."""
    return {
        key: why.rows(scene.homes[f"{key}_reason"])
        for key in services
        if f"{key}_reason" in scene.homes
    }
