"""The page of the data check-up: what must be mended first, whom it touches, and where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import shapely

from maps.page import bilingual
from maps.page.bilingual import in_both
from maps.page.canvas import map_page
from maps.page.markup import Html, name, tag, together
from maps.page.payload import data_block
from maps.page.quantise import by_place, spots
from maps.parts import faults as told
from maps.parts import legend, numbered, panel
from maps.style import COLOURS, for_script
from maps.town import extent, ground
from maps.words import both
from spatial.condition.fault import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maps.scene import Scene
    from maps.words import Words
    from spatial.condition.fault import Fault

MOST: Final = 2000
"""Places of one kind of fault that a map shows: more would hide the others."""
INK: Final = {
    "stops": COLOURS["gap"],
    "serious": COLOURS["gap"],
    "mind": COLOURS["unserved"],
    "note": COLOURS["candidate"],
}
_WIDE: Final = ("streets_end", "layer_part")
"""Kinds whose outline is as large as the town: drawn while they are chosen, not before."""
_SOMEWHERE: Final = [73.0, 18.0, 135.0, 54.0]
"""What a map shows of which nothing is known: west, south, east, north."""


def page(scene: Scene, faults: Sequence[Fault], *, index: str | None = None) -> str:
    """Render what is wrong with the data as a complete, self-contained HTML text.

    Parameters
    ----------
    scene
        The place, as far as it could be read; layers may be empty.
    faults
        What was found, worst first; places in the CRS of the scene.
    index
        Relative link to an overview, or None where no such page stands beside this one.

    Raises
    ------
    LawError
        If the page would load anything from outside.
    """
    title = both(lambda words: words.begun(words.say("title_check")))

    def beside(words: Words) -> Html:
        header = panel.masthead(scene, words, title[words.language], index)
        return together(header, _panel(scene, words, faults))

    def on_map(words: Words) -> Html:
        return panel.overlay(scene, words, _legend(scene, words, faults))

    left, right = in_both(scene.language, beside), in_both(scene.language, on_map)
    block = data_block(_data(scene, faults))
    return map_page(scene, title, together(left, block), right, "check.css", "check.js")


def _panel(scene: Scene, words: Words, faults: Sequence[Fault]) -> Html:
    """Write the answer, then the list: what must be mended first is first."""
    numbers = dict(zip(map(id, faults), range(1, len(faults) + 1), strict=True))
    worse = [one for one in faults if one.severity != "note"]
    notes = [one for one in faults if one.severity == "note"]
    items = [_item(scene, words, numbers[id(one)], one) for one in worse]
    more = [_item(scene, words, numbers[id(one)], one) for one in notes]
    parts = [_answer(scene, words, faults)]
    if items:
        parts += [
            tag("h2", words.say("check_list")),
            tag("p", words.say("check_hint"), class_="hint"),
            tag("ol", *items, class_="gaps numbered faults"),
        ]
    if more:
        summary = tag("summary", words.say("check_notes", n=len(more)))
        listed = tag("ol", *more, class_="gaps numbered faults")
        parts.append(tag("details", summary, listed, class_="told", open=not items))
    return panel.panel(words, *parts)


def _answer(scene: Scene, words: Words, faults: Sequence[Fault]) -> Html:
    """Say in one sentence whether the data can be used, and what must be mended first."""
    worst = faults[0].severity if faults else "note"
    if worst == "note":
        return tag("p", words.say("check_fine"), class_="answer served")
    mine = [one for one in faults if one.severity == worst]
    key = f"check_{worst}_one" if len(mine) == 1 else f"check_{worst}"
    number = tag("strong", str(len(mine)))
    parts = [tag("p", number, Html(" "), words.say(key), class_=f"answer {worst}")]
    touched = max((one.people or 0.0 for one in mine), default=0.0)
    if touched and worst != "mind":
        people = scene.counts_people
        amount = words.amount(touched, people=people)
        total = words.amount(float(scene.summary.get("total", 0)), people=people)
        said = words.say("check_worst", amount=amount, total=total)
        parts.append(tag("p", said, class_="missed"))
    if worst == "stops":
        parts.append(tag("p", words.say("check_not_read"), class_="hint"))
    return together(*parts)


def _item(scene: Scene, words: Words, number: int, fault: Fault) -> Html:
    """Write one kind of fault: a button that shows it, and what its card says."""
    title, first = told.title(words, fault), told.examples(words, fault, 1)
    facts = [told.layer(words, fault), f"{fault.count:,}", *first]
    button = tag(
        "button",
        tag("span", str(number), class_=f"rank {fault.severity}"),
        tag("bdi", title, class_="where"),
        tag("span", told.whom(words, fault, people=scene.counts_people), class_="size"),
        tag("span", *_dotted(words, facts), class_="why"),
        type="button",
        data_fault=number - 1,
    )
    return tag("li", button, _detail(scene, words, number, fault))


def _dotted(words: Words, parts: Sequence[str]) -> list[Html]:
    """Write parts with dots between them, each kept from turning the direction of the others."""
    dot = Html(words.say("dot"))
    each = [name(part) for part in parts]
    return [piece for part in each for piece in (dot, part)][1:]


def _detail(scene: Scene, words: Words, number: int, fault: Fault) -> Html:
    """Write what the card of a fault says; it waits in the list until it is opened."""
    first = words.say("comma").join(told.examples(words, fault))
    inside = [
        tag("p", tag("span", told.level(words, fault), class_=f"tag level-{fault.severity}")),
        numbered.facts(
            [
                (words.say("check_how_many"), f"{fault.count:,}"),
                (words.say("check_whom"), told.whom(words, fault, people=scene.counts_people)),
                (words.say("check_layer"), told.layer(words, fault)),
                (words.say("check_first"), first),
            ]
        ),
        tag(
            "p",
            tag("b", words.say("check_to_do")),
            words.say("colon"),
            name(told.remedy(words, fault)),
        ),
    ]
    placed = int(np.sum([one is not None for one in fault.shapes]))
    if not placed:
        inside.append(tag("p", words.say("check_nowhere"), class_="remark"))
    elif placed > MOST:
        inside.append(tag("p", words.say("check_shown", n=words.number(MOST)), class_="remark"))
    return numbered.detail(number, told.title(words, fault), *inside)


def _legend(scene: Scene, words: Words, faults: Sequence[Fault]) -> Html:
    """Write the legend: places by severity, and the quiet ground."""
    present = [one for one in SEVERITIES if any(_placed(fault, one) for fault in faults)]
    quiet = {"note"} if set(present) - {"note"} else set()
    rows = [
        legend.Row(
            one, legend.dots(INK[one]), words.say(f"check_level_{one}"), shown=one not in quiet
        )
        for one in present
    ]
    rows.append(legend.Row("homes", legend.dots(COLOURS["quiet-served"]), words.say("check_homes")))
    heading = tag("p", words.say("check_places"), class_="shares")
    return legend.legend(words, heading, legend.rows(rows), legend.ground_rows(words, scene))


def _placed(fault: Fault, severity: str) -> bool:
    return fault.severity == severity and any(one is not None for one in fault.shapes)


def _data(scene: Scene, faults: Sequence[Fault]) -> dict[str, Any]:
    """Give the page's programme all it draws."""
    table = _places(scene, faults)
    homes = scene.homes.geometry.iloc[by_place(scene.homes.geometry)]
    shown = extent(scene) if len(scene.homes) or len(scene.streets) else _bounds(table)
    return {
        "kind": "check",
        "words": bilingual.for_script(),
        "style": {**for_script(), "severity": INK},
        "people": scene.counts_people,
        "extent": shown,
        "ground": ground(scene),
        "homes": {**spots(homes), "name": {}},
        "faults": [{"severity": one.severity, "wide": one.kind in _WIDE} for one in faults],
        "places": {
            **numbered.block(table),
            "fault": table["fault"].to_numpy(dtype=np.int32),
            "name": both(lambda words: [told.name(words, one) or "" for one in table["called"]]),
        },
    }


def _places(scene: Scene, faults: Sequence[Fault]) -> gpd.GeoDataFrame:
    """Put the first places of every fault into one table: fault (its row), called, geometry."""
    rows, called, shapes = [], [], []
    for row, fault in enumerate(faults):
        there = [at for at, one in enumerate(fault.shapes) if one is not None][:MOST]
        rows += [row] * len(there)
        called += [fault.names[at] if at < len(fault.names) else None for at in there]
        shapes += [fault.shapes[at] for at in there]
    columns = {"fault": np.array(rows, dtype=np.int32)}
    table = gpd.GeoDataFrame(
        columns, geometry=np.array(shapes, dtype=object), crs=scene.streets.crs
    )
    return table.assign(called=np.array([*called, None], dtype=object)[:-1])


def _bounds(table: gpd.GeoDataFrame) -> list[float]:
    """Give what to show where neither homes nor streets tell: the faulty places."""
    shapes = table.geometry[~shapely.is_empty(table.geometry.to_numpy())]
    if not len(shapes):
        return _SOMEWHERE
    bounds: list[float] = np.round(shapes.to_crs(4326).total_bounds, 6).tolist()
    return bounds
