"""Cells of many in the place of single homes: what public pages draw, and how they say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from maps.page.markup import Html, tag
from maps.page.quantise import areas, spots
from maps.parts import legend
from maps.style import SHARES
from spatial.crowds import SIDE_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maps.scene import Scene
    from maps.words import Words

UNKNOWN = 255
"""Stands for the share of a cell that streets do not reach."""


def block(scene: Scene, share: NDArray[np.float64]) -> dict[str, Any]:
    """Give the cells of a public scene to the page's programme.

    Parameters
    ----------
    share
        (cells,) what is drawn of each, 0 to 1.
    """
    squares = scene.homes.geometry
    apart = (scene.homes["status"] != "connected").to_numpy()
    return {
        **spots(squares),
        "outlines": areas(squares),
        "share": np.where(apart, UNKNOWN, per_cent(share)).astype(np.uint8),
        "people": scene.homes["weight"].to_numpy(dtype=int),
        "side": np.array(_sides(scene), dtype=int),
    }


def _sides(scene: Scene) -> list[int]:
    """Give how wide each cell is, metres; over shifted tiles to the nearest width of the grid."""
    side = np.sqrt(scene.homes.geometry.area.to_numpy()) / SIDE_M
    return [int(SIDE_M * 2 ** round(float(one))) for one in np.log2(np.maximum(side, 1))]


def per_cent(share: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Give shares as whole per cent."""
    return np.rint(100 * np.nan_to_num(share)).astype(np.uint8)


def served(scene: Scene, key: str) -> NDArray[np.float64]:
    """Give the share of each cell that one measured id serves."""
    return scene.homes[f"{key}_share"].to_numpy(dtype=float)


def services_met(scene: Scene, circle_id: str) -> NDArray[np.float64]:
    """Give the share of a circle's must-have services that people in each cell have on average."""
    count = len(scene.measured(circle_id)["must_have"]) or 1
    return scene.homes[f"{circle_id}_mean"].to_numpy(dtype=float) / count


def rows(words: Words) -> list[legend.Row]:
    """Write the legend's rows for cells: five classes of share, and cells no street reaches."""
    step = 100 // len(SHARES)
    each = [
        legend.Row(
            f"share-{number}",
            legend.fill(colour, "#6E6E6E"),
            words.say("share_class", low=number * step, high=(number + 1) * step),
        )
        for number, colour in enumerate(SHARES)
    ]
    apart = legend.Row("unconnected", legend.hatch("#6E6E6E"), words.say("unconnected"))
    return [*reversed(each), apart]


def heading(scene: Scene, words: Words, *, services: bool = False) -> Html:
    """Say what the classes are shares of."""
    who = words.say("residents" if scene.counts_people else "homes")
    key = "share_heading_services" if services else "share_heading"
    return tag("p", words.say(key, who=who), class_="shares")


def remark(scene: Scene, words: Words) -> Html:
    """Say what a public page leaves out; nothing on others."""
    if scene.public is None:
        return Html()
    sides = sorted(set(_sides(scene)))
    wide = " – ".join(words.number(one) for one in dict.fromkeys((*sides[:1], *sides[-1:])))
    said = [
        words.say(
            "public_said",
            least=_exactly(scene, words, scene.public.least),
            wide=wide or words.number(SIDE_M),
        )
    ]
    if scene.public.left:
        said.append(words.say("public_left", amount=few_or_tens(scene, words)))
    return tag("p", (" " if words.language == "en" else "").join(said), class_="hint public")


def few_or_tens(scene: Scene, words: Words) -> str:
    """Say how many stand in no cell: fewer than the least, or tens."""
    assert scene.public is not None  # noqa: S101  only public scenes have a remainder
    left = scene.public.left
    if left < scene.public.least:
        return words.say("public_few", amount=_exactly(scene, words, scene.public.least))
    return words.amount(round(left / 10) * 10, people=scene.counts_people)


def _exactly(scene: Scene, words: Words, count: int) -> str:
    """Say how many residents or homes, to the last one."""
    key = "residents_many" if scene.counts_people else "homes_many"
    return words.say(key, n=words.number(count))
