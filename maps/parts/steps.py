"""How many services homes have within reach, in five steps: who is in which, said and drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maps.page.markup import Html, tag, together
from maps.style import COLOURS, STEPS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from maps.scene import Scene
    from maps.words import Words


def step_of(must_have: int) -> list[int]:
    """Give the step, 0 to 4, of each number of services met; only all of them is step 4.

    Examples
    --------
    >>> step_of(12)
    [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4]
    >>> step_of(2)
    [0, 2, 4]
    """
    last = len(STEPS) - 1
    if must_have < last:
        return np.rint(np.linspace(0, last, must_have + 1)).astype(int).tolist()
    return [met * last // must_have for met in range(must_have + 1)]


def steps_met(scene: Scene, circle_id: str) -> NDArray[np.int64]:
    """Give the step of each home; -1 for homes not connected to streets."""
    return _steps(scene.homes, scene, circle_id)


def _steps(homes: pd.DataFrame, scene: Scene, circle_id: str) -> NDArray[np.int64]:
    """Give the step of each row of a table of homes."""
    met = homes[f"{circle_id}_met"].fillna(0).to_numpy(dtype=int)
    step = np.asarray(step_of(len(scene.measured(circle_id)["must_have"])))[met]
    return np.where(homes["status"] == "connected", step, -1)


def step_labels(words: Words, must_have: int) -> dict[int, str]:
    """Name each step that occurs by the numbers of services it stands for."""
    met = np.asarray(step_of(must_have))
    labels = {}
    for step in np.unique(met).tolist():
        low, high = np.flatnonzero(met == step)[[0, -1]].tolist()
        span = str(low) if low == high else words.say("circle_step", low=low, high=high)
        labels[step] = words.say("circle_step_all", n=must_have) if low == must_have else span
    return labels


def step_shares(scene: Scene, circle_id: str) -> dict[int, float]:
    """Give the share of residents or homes in each step; -1 holds the unconnected."""
    weight = scene.everyone["weight"].fillna(0).to_numpy(dtype=float)
    weight = weight if scene.counts_people else np.ones(len(weight))
    step = _steps(scene.everyone, scene, circle_id)
    total = weight.sum() or 1.0
    return {one: float(weight[step == one].sum() / total) for one in (*range(len(STEPS)), -1)}


def distribution(scene: Scene, words: Words, circle_id: str) -> Html:
    """Draw how the homes share out over the steps."""
    share = step_shares(scene, circle_id)
    label = step_labels(words, len(scene.measured(circle_id)["must_have"]))
    said = ((label[step], words.percent(part)) for step, part in share.items() if step in label)
    parts = [words.say("circle_bar_part", step=step, share=part) for step, part in said]
    colour = {**dict(enumerate(STEPS)), -1: COLOURS["unconnected"]}
    pieces = (
        tag("span", style=f"flex:{part:.4f};background:{colour[step]}")
        for step, part in share.items()
        if part
    )
    keys = (
        tag(
            "li",
            tag("i", style=f"background:{colour[step]}"),
            f"{label[step]}{words.say('colon')}{words.percent(share[step])}",
        )
        for step in label
    )
    spoken = words.say("circle_bar", parts=words.say("comma").join(parts))
    return together(
        tag("div", *pieces, class_="steps", role="img", aria_label=spoken),
        tag("p", words.say("circle_steps"), class_="hint"),
        tag("ul", *keys, class_="steps-key"),
    )
