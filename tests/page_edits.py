"""Edits tried in a page, and in Python: both must walk the same metres, home by home."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from layers.categories import counts_for
from maps.page.payload import data_block
from maps.page.vendored import own
from maps.walkways import PROGRAMME, walk_block
from spatial.effects import effects
from spatial.stage import stage
from tests.random_changes import random_changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from maps.scene import Scene
    from spatial.changes import Change
    from spatial.effects import Present

VERBS = (
    *("add_facility", "add_facility", "move_facility", "remove_facility", "close_street"),
    *("open_street", "open_gate", "add_gate", "close_gate"),
)
"""What a page can try."""
LIMIT_M = 2000.0
NEAR_M = 1e-4
"""Spots that libraries compute differ by rounding, which moves a door by a step or two."""

_TRY = """(changes) => {
    const { plan } = window;
    const told = plan.lay(changes);
    const walks = plan.services.map((_, k) => {
        plan.walk_m(k, 0);
        return Array.from(plan.services[k].walks, (m) => (m === Infinity ? -1 : m));
    });
    return { told, walks };
}"""


def bare_page(scene: Scene) -> str:
    """A page that holds nothing but the town and the programme that measures it."""
    scripts = "".join(f"<script>{own(name)}</script>" for name in ("unpack.js", *PROGRAMME))
    data = data_block({"walk": walk_block(scene)})
    return f"<!DOCTYPE html><meta charset=utf-8>{data}{scripts}"


BEGIN = """async () => {
    const data = await lifecircle.unpack();
    window.plan = new lifecircle.Plan(data.walk);
}"""


def on_the_map(present: Present, changes: Sequence[Change]) -> tuple[list[Change], list[Any]]:
    """The same changes with places given in degrees: for Python, and as a page takes them."""
    crs = present.network.crs
    drawn = gpd.GeoSeries([one.geometry for one in changes], crs=crs).to_crs(4326)
    back = drawn.to_crs(crs)
    moved = [
        replace(one, geometry=shape, counts_as=_counts(one))
        for one, shape in zip(changes, back, strict=True)
    ]
    told = [_told(one, shape) for one, shape in zip(changes, drawn, strict=True)]
    return moved, told


def _counts(change: Change) -> tuple[str, ...]:
    return counts_for(str(change.category)) if change.do == "add_facility" else ()


def _told(change: Change, shape: Any) -> dict[str, Any]:
    geometry = None if shape is None else json.loads(shapely.to_geojson(shape))
    if geometry is not None:  # shapely writes fewer digits than a number has
        geometry = shapely.geometry.mapping(shape)
    keys = ("do", "name", "category", "target")
    return {key: getattr(change, key) for key in keys} | {"geometry": geometry}


def unlike(page: Any, present: Present, changes: Sequence[Change]) -> list[str]:
    """Where the page and Python differ, in words; nothing where they agree."""
    python, told = on_the_map(present, changes)
    found = page.evaluate(_TRY, told)
    laid = stage(present, python)
    wrong = [f"refused: {one}" for one in found["told"] if one]
    on = range(len(changes))
    for number, one in enumerate(present.coverages):
        walks = laid.walks_with(number, on)
        there = np.array(found["walks"][number])
        wrong += _differences(one.standard.id, one.reach_m, walks, there)
    return wrong


def _differences(
    key: str, reach_m: float, walks: NDArray[np.float64], there: NDArray[np.float64]
) -> list[str]:
    there = np.where(there < 0, np.inf, there)
    walks = np.where(walks > LIMIT_M, np.inf, walks)
    with np.errstate(invalid="ignore"):
        far = ~((np.abs(walks - there) <= NEAR_M) | (walks == there))
    far &= ~(np.minimum(walks, there) > LIMIT_M - NEAR_M)
    served = (walks <= reach_m) != (there <= reach_m)
    return [
        f"{key}: home {home} walks {walks[home]} in Python, {there[home]} in the page"
        for home in np.flatnonzero(far | served)
    ]


def random_sets(
    rng: np.random.Generator, present: Present, edits: int, most: int = 4
) -> list[list[Change]]:
    """So many random edits in all, tried in sets of one to `most`.

    Gates through a compound's wall are left out: they build a street, which pages cannot.
    """
    sets: list[list[Change]] = []
    while (left := edits - sum(map(len, sets))) > 0:
        some = random_changes(rng, present, min(int(rng.integers(1, most + 1)), left), VERBS)
        some = [one for one in some if not effects(present, [one])[0].streets]
        sets += [some] if some else []
    return sets
