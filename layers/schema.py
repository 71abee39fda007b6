"""What each layer promises to hold, and the count of what was read, repaired and dropped."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from layers.marks import no_marks

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd


@dataclass(frozen=True)
class Tally:
    """How many records a layer had and what became of each; `read == used + dropped`.

    Attributes
    ----------
    read, used, dropped
        Records found, kept, left out. Pieces merged into one count as dropped, with a reason.
    repaired
        Records changed and kept.
    reasons
        How many records were dropped or repaired for each reason, in words.
    """

    read: int = 0
    used: int = 0
    repaired: int = 0
    dropped: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def count(
        cls, used: int, *, dropped: Mapping[str, int], repaired: Mapping[str, int] | None = None
    ) -> Tally:
        """Add up what was used, dropped and repaired, by reason.

        Examples
        --------
        >>> Tally.count(3, dropped={"empty geometry": 2})
        Tally(read=5, used=3, repaired=0, dropped=2, reasons={'empty geometry': 2})
        """
        repaired = repaired or {}
        lost = sum(dropped.values())
        reasons = Counter(dropped) + Counter(repaired)
        return cls(used + lost, used, sum(repaired.values()), lost, dict(reasons))

    def mended(self, reasons: Mapping[str, int]) -> Tally:
        """Give the tally after more of the used records were repaired, by reason.

        Examples
        --------
        >>> Tally.count(3, dropped={}).mended({"end joined": 2})
        Tally(read=3, used=3, repaired=2, dropped=0, reasons={'end joined': 2})
        """
        told = Counter(self.reasons) + Counter(reasons)
        return replace(self, repaired=self.repaired + sum(reasons.values()), reasons=dict(told))

    def without(self, count: int, reason: str) -> Tally:
        """Give the tally after `count` more of the used records were left out for a reason.

        Examples
        --------
        >>> Tally.count(3, dropped={}).without(1, "outside the study area")
        Tally(read=3, used=2, repaired=0, dropped=1, reasons={'outside the study area': 1})
        """
        if not count:
            return self
        reasons = Counter(self.reasons) + Counter({reason: count})
        return replace(
            self, used=self.used - count, dropped=self.dropped + count, reasons=dict(reasons)
        )

    def with_repairs(self, repairs: Mapping[str, int]) -> Tally:
        """Give the tally after some of the used records were changed, too, by reason.

        Examples
        --------
        >>> Tally.count(3, dropped={}).with_repairs({"end joined": 2})
        Tally(read=3, used=3, repaired=2, dropped=0, reasons={'end joined': 2})
        """
        reasons = Counter(self.reasons) + Counter(repairs)
        repaired = self.repaired + sum(repairs.values())
        return replace(self, repaired=repaired, reasons=dict(reasons))


@dataclass(frozen=True)
class Reading:
    """A layer as read: the places that keep the schema's promise, and the tally.

    Attributes
    ----------
    places
        The layer; its columns are listed in `COLUMNS` under the layer's name. Has a CRS.
    tally
        What was read, used, repaired, dropped.
    taken
        What was taken for what where the file left a choice: a column by its meaning, a sheet, an
        encoding, a CRS. Empty where there was none.
    marks
        Where the records stand that were dropped or repaired (`layers.marks.Marks.table`), in
        the CRS of the places as read; at most 10,000.
    """

    places: gpd.GeoDataFrame
    tally: Tally
    taken: Mapping[str, str] = field(default_factory=dict)
    marks: gpd.GeoDataFrame = field(default_factory=no_marks)


MOST_PEOPLE = 1e10
"""More than live on Earth: such a number is a mistake."""

MOST_LEVELS = 200
"""A home of more floors does not exist: such a number is a mistake, and counts as unknown."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "streets": ("name", "bridge", "tunnel", "private", "steps", "refs"),
    "homes": ("home", "name", "weight", "levels"),
    "population": ("people",),
    "parks": ("facility", "name", "category"),
    "green": ("facility", "name", "category"),
    "bus_stops": ("facility", "name", "category"),
    "facilities": ("facility", "name", "category"),
    "park_gates": ("name",),
    "water": ("name",),
    "barriers": ("name", "kind"),
    "zones": ("name",),
    "residential": ("name",),
    "built_up": ("name",),
    "built_up_construction": ("name",),
    "boundary": ("name",),
}
"""The columns, besides ``geometry``, that every reader of a layer gives.

``refs`` holds one int64 array per line, the identity of each vertex: lines meet where these are
equal. It is None where only coordinates tell. ``steps`` is True on stairs that a wheelchair cannot
take. ``home`` and ``facility`` are unique text ids.
``weight`` and ``levels`` (floors) are NaN where the layer does not give them; ``people`` is 0 or
more. ``category`` is a key of ``categories.toml``.
"""
