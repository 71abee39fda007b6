"""Standards: which facility within how many metres, and who says so."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Geometry = Literal["radius", "network"]
Origin = Literal["edge", "entrance", "point"]
Denominator = Literal["residential", "built_up", "built_up_construction", "people", "homes"]

DENOMINATORS: dict[str, tuple[str, str]] = {
    "residential": ("居住用地面积", "residential land"),
    "built_up": ("建成区面积", "built-up area"),
    "built_up_construction": ("建成区建设用地面积", "construction land of the built-up area"),
    "people": ("人口", "people"),
    "homes": ("住宅", "homes"),
}
"""What a share may be a share of, in Chinese and in English."""

STATUSES = ("C1", "C2", "U")
"""How sure a source is, the surest first."""

_NOTES = {
    "C1": {"zh": "", "en": ""},
    "C2": {"zh": "上报前请核对条文", "en": "check the clause before submitting"},
    "U": {
        "zh": "未确认，可修改的默认值；上报前请核对条文",
        "en": "unconfirmed, an editable default; check the clause before submitting",
    },
}


@dataclass(frozen=True)
class Source:
    """Who says so: document, clause, year, and how sure that is.

    `status` is C1 (text of the rule seen), C2 (secondary source: check the clause before
    submitting) or U (unconfirmed: an editable default, not a standard).
    """

    document: str
    clause: str
    year: int | None
    status: str


@dataclass(frozen=True, kw_only=True)
class Definition:
    """What the figure that a document asks for is a share of, and how it is drawn.

    Attributes
    ----------
    geometry
        The figure the document asks for: straight-line "radius" or walking "network". The
        other one is given beside it all the same.
    origin
        Where metres start: at the "edge" of a place, at its "entrance" or at a "point".
    denominator
        What is divided by: a layer of land, or people or homes.
    numerator_zh, numerator_en, denominator_zh, denominator_en
        The same in the document's words.
    target_share
        What the source asks for, 0 to 1, or None.
    target_strict
        Whether the share must be above the target, not just reach it.
    """

    geometry: Geometry = "network"
    origin: Origin = "entrance"
    denominator: Denominator = "people"
    numerator_zh: str = ""
    numerator_en: str = ""
    denominator_zh: str = ""
    denominator_en: str = ""
    target_share: float | None = None
    target_strict: bool = False

    def meets(self, share: float) -> bool | None:
        """Whether a share meets the target; None where there is none. Nothing is rounded.

        Examples
        --------
        >>> Definition(target_share=0.9).meets(0.9)
        True
        >>> Definition(target_share=0.9, target_strict=True).meets(0.9)
        False
        """
        if self.target_share is None:
            return None
        return share > self.target_share if self.target_strict else share >= self.target_share


@dataclass(frozen=True)
class ServiceStandard(Definition):
    """Facilities of one category within reach.

    Attributes
    ----------
    id, zh, en
        Its name in results, in Chinese and in English.
    category
        What one walks to, a key of ``layers/categories.toml``.
    reach_m
        Metres; exactly this far is served.
    source
        Who says so.
    area_m2
        Half-open size class [from, below) of the polygons that count, square metres.
    """

    id: str
    zh: str
    en: str
    category: str
    reach_m: float
    source: Source
    area_m2: tuple[float, float] = (0.0, math.inf)

    @property
    def services(self) -> tuple[ServiceStandard, ...]:
        """The services to measure: itself, as a union or a circle has many."""
        return (self,)


@dataclass(frozen=True)
class UnionStandard(Definition):
    """One figure made of several classes: a home is served if any class serves it.

    Each class has a reach of its own, such as large parks within 500 m and small ones within
    300 m. Areas served are united before anything is divided: overlaps count once.

    Attributes
    ----------
    services
        The classes; an id is ``<union id>_<class>``, or that of a standard the union refers to.
    """

    id: str
    zh: str
    en: str
    services: tuple[ServiceStandard, ...]
    source: Source


@dataclass(frozen=True)
class CircleStandard(Definition):
    """Many services from one home, each within its own reach.

    Attributes
    ----------
    services
        One standard per row; its id is the row's key, and so is its category unless the row
        says another.
    must_have
        The ids of the services a home must have for its circle to be complete.
    walk_m_per_s
        The speed at which the reach in metres stands for minutes.
    """

    id: str
    zh: str
    en: str
    services: tuple[ServiceStandard, ...]
    must_have: tuple[str, ...]
    source: Source
    walk_m_per_s: float


Standard = ServiceStandard | UnionStandard | CircleStandard


def statuses(standard: Standard) -> tuple[str, ...]:
    """Each status among a standard and its services, the surest first.

    Examples
    --------
    >>> from spatial.profiles import standards
    >>> statuses(standards()["eco_garden_city_2022"])
    ('C2', 'U')
    """
    every = {standard.source.status, *(one.source.status for one in standard.services)}
    return tuple(status for status in STATUSES if status in every)


def checked_note(status: str, language: str) -> str:
    """What must stand beside a figure whose source has this status; nothing for C1.

    For a union or circle give the last of its `statuses`, the least sure.

    Examples
    --------
    >>> checked_note("C2", "en")
    'check the clause before submitting'
    """
    return _NOTES[status][language]
