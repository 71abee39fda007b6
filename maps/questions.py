"""The questions of a place, one for each standard: how far each home is from what, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from maps.page.payload import UNKNOWN
from maps.parts import panel, why
from maps.parts.steps import step_of
from maps.town import rows_of, truth, whole_metres
from maps.words import both

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maps.scene import Scene


def asked(scene: Scene) -> list[str]:
    """Give the ids of all that is asked about a place: standards, unions, circles."""
    return [*scene.standards, *scene.unions, *scene.circles]


def counting(scene: Scene, question: str) -> list[str]:
    """Give the ids whose facilities count for a question: its own, or those of its classes.

    Those of a circle are too many to tell apart on one map.
    """
    figures = scene.measured(question)
    return [] if "must_have" in figures else list(figures.get("classes", (question,)))


def answers(scene: Scene, question: str, places: pd.Series) -> dict[str, Any]:
    """Give every home's answer to one question, to the page's programme.

    Parameters
    ----------
    places
        The facilities of the page, by their ids: homes tell their rows.
    """
    figures = scene.measured(question)
    block: dict[str, Any] = {"id": question, "title": both(lambda words: words.pick(figures))}
    if "must_have" in figures:
        met = scene.homes[f"{question}_met"].fillna(0).to_numpy(dtype=np.uint8)
        of = len(figures["must_have"])
        return {**block, "met": met, "of": of, "step_of": step_of(of)}
    if "classes" in figures:
        return {**block, **_union(scene, question, figures["classes"], places)}
    return {**block, **_plain(scene, question, panel.walk_reach_m(figures), places)}


def _plain(scene: Scene, key: str, reach_m: float, places: pd.Series) -> dict[str, Any]:
    """Give the walks of one standard, or of one class of a union."""
    table = scene.homes
    served = truth(table[f"{key}_served"])
    reason = table.get(f"{key}_reason", pd.Series(index=table.index, dtype=object))
    return {
        "served": served.to_numpy(dtype=bool),
        "m": whole_metres(table[f"{key}_m"], served, reach_m),
        "facility": rows_of(table[f"{key}_facility"], places),
        "why": why.rows(reason),
    }


def _union(
    scene: Scene, key: str, classes: Mapping[str, Mapping[str, Any]], places: pd.Series
) -> dict[str, Any]:
    """Give the walks of a union: of the nearest class that serves a home, else the nearest.

    Results that hold no walks of the classes tell only who is served.
    """
    served = truth(scene.homes[f"{key}_served"]).to_numpy(dtype=bool)
    measured = [
        _plain(scene, one, panel.walk_reach_m(figures), places)
        for one, figures in classes.items()
        if f"{one}_m" in scene.homes
    ]
    if not measured:
        unknown = np.full(len(scene.homes), UNKNOWN, dtype=np.int32)
        return {"served": served, "m": unknown, "facility": unknown, "why": unknown}
    walk = np.stack([one["m"] for one in measured]).astype(float)
    walk[walk == UNKNOWN] = np.inf
    serves = np.stack([one["served"] for one in measured])
    best = np.where(serves.any(axis=0), np.where(serves, walk, np.inf), walk).argmin(axis=0)
    home = np.arange(len(served))
    chosen = {key: np.stack([one[key] for one in measured]) for key in ("m", "facility", "why")}
    return {"served": served, **{key: rows[best, home] for key, rows in chosen.items()}}
