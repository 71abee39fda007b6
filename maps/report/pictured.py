"""What a report shows, as values: a picture is asked for here and drawn in `gallery`."""

from __future__ import annotations

from dataclasses import dataclass

PAGE_CM = 16.0
"""How wide text and maps stand on a page of paper."""


@dataclass(frozen=True)
class Plate:
    """The map of one standard, union or circle."""

    standard: str


@dataclass(frozen=True)
class Bar:
    """Shares of one standard on one line: on foot, straight, bounds and target, each 0 to 1."""

    walk: float
    straight: float | None = None
    low: float | None = None
    high: float | None = None
    target: float | None = None


@dataclass(frozen=True)
class Axis:
    """The scale above bars, 0 to 100 %."""


@dataclass(frozen=True)
class Part:
    """A part of a whole, 0 to 1, as a bar in the colour of what is unserved."""

    share: float


@dataclass(frozen=True)
class Steps:
    """The shares of a circle's homes in steps, from few services to all, then the unconnected."""

    shares: tuple[float, ...]


@dataclass(frozen=True)
class Swatch:
    """One sign of a legend, by its name in `gallery.SIGNS`."""

    sign: str


Picture = Plate | Bar | Axis | Part | Steps | Swatch
"""Anything that can be drawn."""
