"""Whether the layers lie where the streets are, or shifted as Chinese map services shift them.

Only a planner's own files are asked about: what comes from OpenStreetMap is in WGS 84. What the
planner says (`datum`) is believed, but a shift that was taken off twice is not.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from layers.datum import SHIFTED, SPOKEN, datum_of
from spatial.errors import InputError
from spatial.placing import FARTHEST_M, StreetPattern, placing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.schema import Reading
    from scripts.plan import LayerEntry, Plan
    from spatial.placing import Placing

_LOOKED_AT: Final = ("homes", "bus_stops", "gtfs", "facilities", "park_gates", "parks", "green")
_AVOIDING: Final = frozenset(("homes", "parks", "green"))
_UNDECLARED: Final = ("gcj02", "bd09", "gcj02 undone")
_DECLARED: Final = MappingProxyType(
    {"gcj02": ("gcj02 undone", "bd09 as gcj02"), "bd09": ("bd09 undone", "gcj02 as bd09")}
)
_MOST_STREETS: Final = 400_000  # a sample of a very large network says as much


@dataclass(frozen=True)
class Misplaced:
    """A layer that fits the streets better after a known shift.

    Attributes
    ----------
    layer
        Its name; ``streets`` where all the others agree against them.
    declared
        The datum that the plan says, if any.
    placing
        The evidence.
    """

    layer: str
    declared: str | None
    placing: Placing

    @property
    def is_undone(self) -> bool:
        """Whether a shift seems to have been taken off that was not there."""
        return str(self.placing.shift).endswith("undone")

    def fault(self, plan: Plan) -> InputError:
        """Give the line that says so, and what to write."""
        wrong, remedy = self._told()
        entry = plan.layers.get(self.layer)
        path = plan.path if entry is None else entry.path
        return InputError(wrong, remedy, file=path, layer=self.layer)

    def _told(self) -> tuple[str, str]:
        """Say what seems to have happened, and what to write."""
        found, shift = self.placing, str(self.placing.shift)
        datum = shift.split(maxsplit=1)[0]
        name = SPOKEN[datum]
        seen = _evidence(found)
        right = f'write datum = "{datum}" in its entry; datum = "wgs84" if it is right'
        if self.layer == "streets":
            return f"seem to be in {name}: other layers fit them once moved ({seen})", right
        if shift in SHIFTED:
            return f"seems to be in {name}: it fits the streets once moved ({seen})", right
        if not self.is_undone:
            return f"fits the streets as {name}, not as the datum that is said ({seen})", right
        if self.declared is None:
            wrong = f"seems to have been brought from {name} to WGS 84 twice ({seen})"
            return wrong, 'take the file as it was before; datum = "wgs84" if it is right'
        wrong = f"fits the streets as it stands in the file: it is in {name} no more ({seen})"
        return wrong, 'write datum = "wgs84" in its entry'


def _evidence(found: Placing) -> str:
    """Say by what a shift was told."""
    (before, after), (crossed, uncrossed) = found.median_m, found.crossed
    moved = f"moved by {found.moved_m:.0f} m"
    if crossed > uncrossed:
        return f"streets cross {crossed:.0%} of {found.places} as read, {uncrossed:.0%} {moved}"
    if before > FARTHEST_M:
        return f"{found.places} lie amid no streets as read, {after:.0f} m from one {moved}"
    return f"{found.places} lie {before:.0f} m from a street in the median, {after:.0f} m {moved}"


def misplaced(plan: Plan, readings: Mapping[str, Reading]) -> list[Misplaced]:
    """Find the layers that fit the streets better after a known shift, and say which shift."""
    own = {name: plan.layers[name] for name in _LOOKED_AT if name in plan.layers}
    streets = readings.get("streets")
    if streets is None or (not own and "streets" not in plan.layers):
        return []
    pattern = _pattern(streets)
    found = []
    for name in _LOOKED_AT:
        shifts = _shifts(plan.layers.get(name), own_streets="streets" in plan.layers)
        if name not in readings or not shifts:
            continue
        shapes = readings[name].places.geometry.to_crs(4326).to_numpy()
        one = placing(shapes, pattern, shifts, seeking=name not in _AVOIDING)
        if one is not None and one.shift:
            found.append(Misplaced(name, _declared(plan.layers.get(name)), one))
    return _blamed(plan, found)


def require_placed(plan: Plan, readings: Mapping[str, Reading]) -> None:
    """Refuse a plan of which a layer fits the streets better after a known shift.

    Raises
    ------
    InputError
        With the evidence, and what to write into the plan.
    """
    found = misplaced(plan, readings)
    if found:
        raise max(found, key=lambda one: one.placing.surprise[1]).fault(plan)


def _pattern(streets: Reading) -> StreetPattern:
    lines = streets.places.geometry.to_crs(4326).to_numpy()
    return StreetPattern(lines[:: 1 + len(lines) // _MOST_STREETS])


def _declared(entry: LayerEntry | None) -> str | None:
    """The datum that the plan says of a layer."""
    return datum_of(entry.datum) if entry is not None and entry.datum else None


def _shifts(entry: LayerEntry | None, *, own_streets: bool) -> tuple[str, ...]:
    """The shifts that a layer may have; what the planner calls right has none."""
    if entry is None:  # from OpenStreetMap, so that only the streets can be shifted
        return ("gcj02 undone", "bd09 undone") if own_streets else ()
    declared = _declared(entry)
    if declared is None:
        return (*_UNDECLARED, *(("bd09 undone",) if own_streets else ()))
    return _DECLARED.get(declared, ())


def _blamed(plan: Plan, found: list[Misplaced]) -> list[Misplaced]:
    """Blame the streets, if they are the planner's and several layers fit them shifted alike."""
    entry = plan.layers.get("streets")
    if entry is None or entry.datum is not None:
        return found
    undone = [one for one in found if one.declared is None and one.is_undone]
    if not undone:
        return found
    shift, count = Counter(one.placing.shift for one in undone).most_common(1)[0]
    alike = [one for one in undone if one.placing.shift == shift]
    if count == 1 and alike[0].layer in plan.layers:
        return found
    strongest = max(alike, key=lambda one: one.placing.surprise[1])
    others = [one for one in found if one not in alike]
    return [Misplaced("streets", None, strongest.placing), *others]
