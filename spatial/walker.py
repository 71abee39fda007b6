"""Who walks: how fast, whether over stairs, and whether slopes count."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from spatial.network import on_step
from spatial.relief import efforts

if TYPE_CHECKING:
    from spatial.network import Network
    from spatial.reach import Stretches
    from spatial.relief import Relief
    from spatial.ties import Ties

MINUTES_S, MINUTES_M = 900.0, 1000.0
USUAL_M_PER_S: Final = MINUTES_M / MINUTES_S
"""The speed at which a reach in metres stands for a time: 15 minutes are 1,000 m (rule 11)."""


@dataclass(frozen=True)
class Walker:
    """Someone who walks no farther than the usual walker: slower, without stairs, uphill.

    A standard's reach in metres stands for the time in which a usual walker gets that far; this
    one gets as far as the speed allows in that time. No standard grants more than its reach, so
    a faster walker gets no farther. The service radius (straight line) is the document's: it does
    not change.

    Attributes
    ----------
    speed_m_per_s
        On the flat. Older people: 0.8.
    stairs
        Whether stairs are walked; a wheelchair takes none.
    relief
        Heights that make slopes longer to walk (`spatial.relief`); None where all is flat.

    Examples
    --------
    >>> Walker(speed_m_per_s=0.8).reach_m(500.0)
    360.0
    >>> Walker(speed_m_per_s=2.0).reach_m(500.0)
    500.0
    """

    speed_m_per_s: float = USUAL_M_PER_S
    stairs: bool = True
    relief: Relief | None = None

    @property
    def usual(self) -> bool:
        """Whether this walker gets as far as the standards take for granted."""
        return self.speed_m_per_s >= USUAL_M_PER_S and self.stairs and self.relief is None

    def reach_m(self, standard_m: float) -> float:
        """Metres this walker gets in the time that a standard's reach stands for."""
        if self.speed_m_per_s >= USUAL_M_PER_S:
            return standard_m
        metres = standard_m * self.speed_m_per_s * MINUTES_S / MINUTES_M
        return min(float(on_step(np.array(metres))), standard_m)

    def on(self, network: Network) -> Network:
        """Give the streets as this walker finds them; to be asked before anything is tied to them.

        Stairs this walker does not take are closed: points are tied to them as for everyone, so
        nobody is moved to a better street. A slope is as long as the flat way that takes as long,
        there and back; where no height is known the street is flat. Asking twice changes nothing.
        """
        closed = network.closed if self.stairs else network.closed | network.steps
        length_m = network.ground_m
        if self.relief is not None:
            length_m = on_step(length_m * np.nan_to_num(efforts(network, self.relief), nan=1.0))
        return replace(network, closed=closed, length_m=length_m)

    def said(self, language: str) -> str:
        """Say in a sentence who was measured, in Chinese (``zh``) or English.

        Examples
        --------
        >>> Walker(0.8, stairs=False).said("en")
        'Walker: 0.8 m/s, no stairs.'
        >>> USUAL.said("zh")
        '步行者：常人步速（15 分钟 1,000 米）。'
        """
        words = _WORDS[language]
        parts = [words["speed"].format(self.speed_m_per_s)]
        if self.speed_m_per_s == USUAL_M_PER_S:
            parts = [words["usual"]]
        elif self.speed_m_per_s > USUAL_M_PER_S:
            parts.append(words["fast"])
        parts += [] if self.stairs else [words["stairs"]]
        parts += [] if self.relief is None else [words["slope"]]
        return words["walker"].format(words["comma"].join(parts))


_WORDS: Final = {
    "zh": {
        "walker": "步行者：{}。",
        "comma": "，",
        "usual": "常人步速（15 分钟 1,000 米）",
        "speed": "步速 {:g} 米/秒",
        "fast": "距离仍以标准为限",
        "stairs": "不走台阶",
        "slope": "坡道按往返用时折算为平路（Tobler）",
    },
    "en": {
        "walker": "Walker: {}.",
        "comma": ", ",
        "usual": "usual speed (15 minutes = 1,000 m)",
        "speed": "{:g} m/s",
        "fast": "no farther than the standards",
        "stairs": "no stairs",
        "slope": "slopes as the flat way that takes as long, there and back (Tobler)",
    },
}

USUAL: Final = Walker()
"""Whom standards are made for."""


def as_usual(stretches: Stretches, ties: Ties) -> tuple[Stretches, Ties]:
    """Give the cut streets, and points tied to them, as a usual walker finds them.

    Flat, and with stairs open; true to some steps of `spatial.network.STEP_M`.
    """
    network = stretches.network
    flat = network.ground_m / network.length_m
    usual = replace(network, length_m=network.ground_m, closed=network.closed & ~network.steps)
    flatter = replace(
        stretches,
        network=usual,
        start_m=on_step(stretches.start_m * flat[stretches.edge]),
        length_m=on_step(stretches.length_m * flat[stretches.edge]),
        door_along_m=on_step(stretches.door_along_m * flat[stretches.door_edge]),
    )
    return flatter, replace(ties, along_m=on_step(ties.along_m * flat[ties.edge]))
