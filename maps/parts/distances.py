"""How far everyone walks: residents or homes by walking distance, the reach marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maps.page.markup import Html, tag, together
from maps.parts import chart, panel
from maps.style import COLOURS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maps.scene import Scene
    from maps.words import Words

_WITHIN = 5
"""Columns up to the reach; as wide ones go on to `_TIMES` the reach."""
_TIMES = 3
_BASE_Y, _TOP_Y, _HIGH = 88.0, 16.0, 106
_FARTHER, _CUT_OFF, _WIDER = 15.7, 19.0, 1.6
"""Where two columns stand apart, in widths of a column, and how wide they are."""
_UNITS = _CUT_OFF + _WIDER


@dataclass(frozen=True)
class Walks:
    """Residents, or homes, by how far they walk.

    Attributes
    ----------
    reach_m
        What is in reach.
    count
        (15,) how many walk up to each fifth of the reach, to three times the reach.
    farther, cut_off
        How many walk farther than that, and how many have no way at all.
    median_m
        What half of them walk at most; infinite where half of them have no way.
    """

    reach_m: float
    count: NDArray[np.float64]
    farther: float
    cut_off: float
    median_m: float

    @property
    def total(self) -> float:
        """All of them."""
        return float(self.count.sum()) + self.farther + self.cut_off

    def shares(self) -> list[float]:
        """Give the shares up to once, twice, three times the reach, farther, and without a way."""
        parts = [*self.count.reshape(_TIMES, _WITHIN).sum(axis=1), self.farther, self.cut_off]
        return [float(part) / self.total for part in parts]


def walks(scene: Scene, standard_id: str) -> Walks | None:
    """Count by walking distance; None where no distances, or nobody, are among the results."""
    column = scene.everyone.get(f"{standard_id}_m")
    weight = scene.everyone["weight"].fillna(0).to_numpy(dtype=float)
    weight = weight if scene.counts_people else np.ones(len(weight))
    if column is None or not weight.sum():
        return None
    metres = column.fillna(np.inf).to_numpy(dtype=float)
    reach_m = panel.walk_reach_m(scene.measured(standard_id))
    edges = _edges(reach_m)
    column_of = np.searchsorted(edges, metres)  # the first edge not below: at the reach is within
    column_of[np.isinf(metres)] = len(edges) + 1
    count = np.bincount(column_of, weights=weight, minlength=len(edges) + 2).astype(float)
    order = np.argsort(metres)
    middle = np.searchsorted(np.cumsum(weight[order]), weight.sum() / 2)
    median_m = float(metres[order][min(middle, len(order) - 1)])
    return Walks(reach_m, count[: len(edges)], float(count[-2]), float(count[-1]), median_m)


def _edges(reach_m: float) -> NDArray[np.float64]:
    """Give where each column ends, metres; the fifth ends at the reach itself, to the last bit."""
    within = np.linspace(0, reach_m, _WITHIN + 1)[1:]
    beyond = np.linspace(reach_m, _TIMES * reach_m, (_TIMES - 1) * _WITHIN + 1)[1:]
    return np.concatenate([within, beyond])


def histogram(scene: Scene, words: Words, standard_id: str) -> Html:
    """Draw how many walk how far; nothing where the results do not say."""
    found = walks(scene, standard_id)
    if found is None:
        return Html()
    who = panel.who(scene, words)
    half = words.say("index_half_cut_off", who=who)
    if np.isfinite(found.median_m):
        half = words.say("index_half", who=who, walk=words.metres(found.median_m))
    marks = [
        *_columns(found),
        chart.rule((0, 1), (_BASE_Y, _BASE_Y), "base"),
        *_scale(words, found),
    ]
    picture = chart.drawing(_HIGH, *marks, css_class="walks", said=_spoken(words, found))
    return together(tag("h3", half), picture)


def _columns(found: Walks) -> list[Html]:
    """Draw the columns: within reach, beyond it, farther, and without a way."""
    tallest = max(found.count.max(), found.farther, found.cut_off)
    starts = [*range(len(found.count)), _FARTHER, _CUT_OFF]
    wide = [1.0] * len(found.count) + [_WIDER, _WIDER]
    fills = [COLOURS["served"]] * _WITHIN + [COLOURS["unserved"]] * (len(found.count) - _WITHIN + 1)
    edges = [None] * _WITHIN + [COLOURS["unserved-edge"]] * (len(found.count) - _WITHIN + 1)
    return [
        chart.box(
            ((start + 0.06) / _UNITS, (start + width - 0.06) / _UNITS),
            (_BASE_Y - (_BASE_Y - _TOP_Y) * many / tallest, _BASE_Y),
            fill,
            edge,
        )
        for start, width, many, fill, edge in zip(
            starts,
            wide,
            (*found.count, found.farther, found.cut_off),
            (*fills, chart.striped("apart")),
            (*edges, "#6E6E6E"),
            strict=True,
        )
    ]


def _scale(words: Words, found: Walks) -> list[Html]:
    """Mark the reach, and write what lies where."""
    reach, last = _WITHIN / _UNITS, _WITHIN * _TIMES / _UNITS
    texts = [
        chart.rule((reach, reach), (4, _BASE_Y), "reach"),
        chart.label(words.metres(found.reach_m), reach + 0.012, 11, anchor="start", css_class="at"),
        chart.label("0", 0, 102, anchor="start"),
        chart.label(
            words.metres(_TIMES * found.reach_m), last, 102, anchor="end", css_class="last"
        ),
    ]
    if found.farther:
        texts.append(chart.label(words.say("index_farther"), (_FARTHER + _WIDER / 2) / _UNITS, 102))
    if found.cut_off:
        texts.append(chart.label(words.say("index_cut_off"), 1, 102, anchor="end"))
    return texts


def _spoken(words: Words, found: Walks) -> str:
    """Say the chart in words."""
    once, twice, thrice = (words.number(times * found.reach_m) for times in (1, 2, _TIMES))
    spans = [
        words.say("index_up_to", to=once),
        words.say("index_from_to", low=once, high=twice),
        words.say("index_from_to", low=twice, high=thrice),
        words.say("index_farther"),
        words.say("index_cut_off"),
    ]
    parts = [
        words.say("index_part", span=span, share=words.percent(share))
        for span, share in zip(spans, found.shares(), strict=True)
    ]
    return words.say("index_walks", parts=words.say("comma").join(parts))
