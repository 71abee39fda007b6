"""One thing that is wrong with the data: how bad, how often, where, and whom it touches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from spatial.population import Homes

Severity = Literal["stops", "serious", "mind", "note"]

SEVERITIES: Final[tuple[Severity, ...]] = ("stops", "serious", "mind", "note")
"""Nothing can be measured; results would be wrong for many; look at it; only told."""

MANY: Final = 0.01
"""Of all people: a fault that touches so many is serious."""

Value = str | float | Mapping[str, str]
"""What fills a sentence: a text, a figure, or a text in each language (zh, en)."""


def nowhere() -> NDArray[np.object_]:
    """Give no places at all."""
    return np.empty(0, dtype=object)


@dataclass(frozen=True)
class Fault:
    """One kind of fault in one layer.

    Attributes
    ----------
    kind
        What it is: a key that the words of a page know.
    layer
        The layer it is in.
    severity
        One of `SEVERITIES`.
    count
        How many there are.
    people
        Whom it touches, in the unit of the homes; None where that cannot be said.
    shapes
        (k,) where: points, lines or areas in the study's CRS, metres; worst first. May be fewer
        than `count`, and None where a record has no place.
    names
        (k,) object: what stands there, or None.
    each
        (k,) people that each of them touches; NaN where unknown.
    values
        What fills the sentences, by name.
    """

    kind: str
    layer: str
    severity: Severity
    count: int
    people: float | None = None
    shapes: NDArray[np.object_] = field(default_factory=nowhere)
    names: NDArray[np.object_] = field(default_factory=nowhere)
    each: NDArray[np.float64] | None = None
    values: Mapping[str, Value] = field(default_factory=dict)


def touching(people: float, homes: Homes) -> Severity:
    """Judge a fault by the share of all people it touches: nobody's is only a note."""
    if people <= 0:
        return "note"
    return "serious" if people >= MANY * homes.weight.sum() else "mind"


def milder(severity: Severity, least: Severity) -> Severity:
    """Give the milder of two severities.

    Examples
    --------
    >>> milder("serious", "mind"), milder("note", "mind")
    ('mind', 'note')
    """
    return max(severity, least, key=SEVERITIES.index)


def worst_first(faults: list[Fault]) -> list[Fault]:
    """Sort faults by severity, then people, then how many."""
    return sorted(
        faults,
        key=lambda one: (
            SEVERITIES.index(one.severity),
            -(one.people or 0.0),
            -one.count,
            one.layer,
            one.kind,
        ),
    )
