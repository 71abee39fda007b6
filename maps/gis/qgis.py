"""Results as QGIS shows them: which look each layer of a results.gpkg gets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maps.gis import qml
from maps.gis.fields import meaning, measured_ids
from maps.gis.looks import (
    barrier_rules,
    change_rules,
    circle_rules,
    compared_rules,
    entrance_rules,
    facility_rules,
    gap_label,
    ground_rules,
    proposal_label,
    share_label,
    share_rules,
    state_rules,
    street_rules,
)
from maps.style import COLOURS
from maps.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Literal

    import geopandas as gpd

_NEAR, _TOWN = 5_000, 25_000
_NAME_LETTERS = 30
"""What the table of styles has room for."""


@dataclass(frozen=True)
class Style:
    """A look with its name, for one layer; the first of a layer is the one it opens in."""

    layer: str
    name: str
    look: qml.Look
    first: bool


@dataclass(frozen=True)
class _Results:
    """What styles are made from.

    `categories` says what facilities are called, by category.
    """

    figures: Mapping[str, Any]
    layers: Mapping[str, gpd.GeoDataFrame]
    words: Words
    categories: Mapping[str, str]

    @property
    def named(self) -> dict[str, Mapping[str, Any]]:
        return measured_ids(self.figures)


def styles(
    figures: Mapping[str, Any],
    layers: Mapping[str, gpd.GeoDataFrame],
    language: Literal["zh", "en"],
    categories: Mapping[str, str],
) -> list[Style]:
    """Give every style of every layer; where a layer has several, the first is the default.

    Parameters
    ----------
    figures, layers
        A summary and the layers that belong to it, of measure, compare, site or links.
    language
        Of names and legends.
    categories
        What facilities are called, by category.
    """
    results = _Results(figures, layers, Words(language), categories)
    return [style for name in layers for style in _of_layer(results, name)]


def _of_layer(results: _Results, layer: str) -> Iterator[Style]:
    """Give the styles of one layer under names of their own."""
    named = results.named
    columns = [c for c in results.layers[layer].columns if c != "geometry"]
    said = {column: meaning(column, named, results.words) for column in columns}
    names = {column: name for column, name in said.items() if name}
    taken: set[str] = set()
    for title, look in _looks(results, layer):
        name = _free_name(title, taken)
        look_named = qml.Look(look.rules, look.label, look.widest, names)
        yield Style(layer, name, look_named, first=len(taken) == 1)


def _free_name(title: str, taken: set[str]) -> str:
    """Cut a name to what fits, unlike those before it; and take it."""
    name, number = title[:_NAME_LETTERS], 1
    while name in taken:
        number += 1
        name = f"{title[: _NAME_LETTERS - len(str(number)) - 1]} {number}"
    taken.add(name)
    return name


def _looks(results: _Results, layer: str) -> Iterator[tuple[str, qml.Look]]:
    """Give each look of a layer, with what it shows."""
    words = results.words
    if layer == "homes":
        yield from _homes(results)
    elif layer == "zones":
        yield from _zones(results)
    elif layer in _PLAIN:
        yield layer, _PLAIN[layer](results)
    else:
        for end, look in _ENDING.items():
            key = layer.removesuffix(end)
            if key != layer and key in results.named:
                yield words.pick(results.named[key]), look(results)
                return


def _homes(results: _Results) -> Iterator[tuple[str, qml.Look]]:
    """Homes: by each standard; where there is a before and after, by who gains and loses."""
    words, columns = results.words, results.layers["homes"].columns
    if "scenarios" in results.figures:
        for number, scenario in enumerate(results.figures["scenarios"], start=1):
            for key, one in scenario["standards"].items():
                title = words.pick(one)
                if len(results.figures["scenarios"]) > 1:
                    title = f"{scenario['name']}{words.say('colon')}{title}"
                yield title, qml.Look(compared_rules(words, columns, key, one["reach_m"], number))
        return
    if "standard" in results.figures:
        one = results.figures["standard"]
        yield (
            words.pick(one),
            qml.Look(compared_rules(words, columns, one["id"], one["reach_m"], 1)),
        )
        return
    for key, one in results.named.items():
        if f"{key}_met" in columns:
            yield words.pick(one), qml.Look(circle_rules(words, key, len(one["must_have"])))
        elif f"{key}_served" in columns:
            yield words.pick(one), qml.Look(state_rules(words, f"{key}_served"))


def _zones(results: _Results) -> Iterator[tuple[str, qml.Look]]:
    """Zones: by the share served of each standard; after a change, before it too."""
    words, columns = results.words, results.layers["zones"].columns
    for key, one in results.named.items():
        for end in ("share", "share_1", "complete_share"):
            share = f"{key}_{end}"
            if share in columns:
                title = words.pick(one)
                title += f" ({words.say('after')})" if end == "share_1" else ""
                name = next(c for c in ("zone", "name") if c in columns)
                yield title, qml.Look(share_rules(words, share), share_label(name, share))


def _streets(results: _Results) -> qml.Look:
    name = qml.Label(qml.column("name"), 7.5, COLOURS["ink-soft"], widest=_NEAR, place="along")
    return qml.Look(street_rules(results.words), name)


def _nodes(results: _Results) -> qml.Look:
    dot = qml.marker(COLOURS["street"], size_mm=0.8)
    return qml.Look([qml.Rule(results.words.say("qgis_nodes"), dot)], widest=2_500)


def _footprints(results: _Results) -> qml.Look:
    house = qml.fill(COLOURS["hairline"], edge=COLOURS["unconnected"], edge_mm=0.1)
    return qml.Look([qml.Rule(results.words.say("qgis_footprints"), house)], widest=_TOWN)


def _entrances(results: _Results) -> qml.Look:
    return qml.Look(entrance_rules(results.words), widest=15_000)


def _facilities(results: _Results) -> qml.Look:
    places = results.layers["facilities"]
    kinds = [str(kind) for kind in dict.fromkeys(places["category"])]
    named = {kind: results.categories.get(kind, kind) for kind in kinds}
    label = qml.Label(qml.column("name"), 8, COLOURS["facility-edge"], _NEAR, "beside")
    return qml.Look(facility_rules(results.words, named), label)


def _ground(results: _Results) -> qml.Look:
    return qml.Look(ground_rules(results.words))


def _barriers(results: _Results) -> qml.Look:
    return qml.Look(barrier_rules(results.words))


def _reached(results: _Results) -> qml.Look:
    within = qml.line(COLOURS["served"], 0.6, alpha=0.7)
    return qml.Look([qml.Rule(results.words.say("reach"), within)], widest=60_000)


def _area(results: _Results) -> qml.Look:
    look = qml.fill(COLOURS["area"], edge=COLOURS["area-edge"], alpha=0.6)
    return qml.Look([qml.Rule(results.words.say("qgis_area"), look)])


def _gaps(results: _Results) -> qml.Look:
    outline = qml.fill(COLOURS["gap"] + "1A", edge=COLOURS["gap"], edge_mm=0.6)
    people = results.figures.get("unit") == "people"
    rule = qml.Rule(results.words.say("qgis_gap"), outline)
    return qml.Look([rule], gap_label(results.words, people=people))


def _ways(results: _Results) -> qml.Look:
    walk = qml.line(COLOURS["ink"], 0.4, dash="dash")
    return qml.Look([qml.Rule(results.words.say("qgis_way"), walk)], widest=_TOWN)


def _uncovered(results: _Results) -> qml.Look:
    land = qml.fill(COLOURS["unserved"], edge=COLOURS["unserved-edge"], hatch="b_diagonal")
    return qml.Look([qml.Rule(results.words.say("qgis_uncovered"), land)])


def _changes(results: _Results) -> qml.Look:
    number = qml.Label(qml.column("change"), 9, COLOURS["change"], place="beside")
    return qml.Look(change_rules(results.words.say("qgis_changes")), number)


def _proposals(results: _Results) -> qml.Look:
    people = results.figures.get("unit") == "people"
    rules = change_rules(results.words.say("proposals"))
    return qml.Look(rules, proposal_label(results.words, people=people))


def _concerned(results: _Results) -> qml.Look:
    home = qml.marker(COLOURS["gained"], edge=COLOURS["gained-edge"], size_mm=2.4, ground_m=14)
    return qml.Look([qml.Rule(results.words.say("gained"), home)])


def _candidates(results: _Results) -> qml.Look:
    return qml.Look(change_rules(results.words.say("candidates"), "candidate"), widest=60_000)


_PLAIN = {
    "streets": _streets,
    "nodes": _nodes,
    "footprints": _footprints,
    "entrances": _entrances,
    "facilities": _facilities,
    "ground": _ground,
    "barriers": _barriers,
    "changes": _changes,
    "proposals": _proposals,
    "proposal_homes": _concerned,
    "proposal_ways": _ways,
    "candidates": _candidates,
}
_ENDING = {
    "_gap_ways": _ways,
    "_land_uncovered": _uncovered,
    "_streets": _reached,
    "_gaps": _gaps,
    "_ways": _ways,
    "_area": _area,
}
