"""English templates and their Chinese twins, a module for each topic."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from maps.report.leftout import CHINESE
from scripts.messages.catalogue import (
    absent,
    archives,
    coordinates,
    documents,
    drawings,
    effects,
    files,
    openstreetmap,
    planfaults,
    plans,
    proposing,
    rasters,
    references,
    results,
    scenarios,
    steps,
    usage,
    vectors,
    writing,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOPICS: Final = (
    *(
        files,
        absent,
        archives,
        coordinates,
        references,
        documents,
        rasters,
        openstreetmap,
        plans,
        planfaults,
    ),
    *(scenarios, proposing, results, steps, usage, vectors, drawings, writing),
)
_CHANGES: Final = {f"{{}} {{}} {wrong}": f"{{}} {{}} {zh}" for wrong, zh in effects.TWINS.items()}
"""What is wrong with a change follows what it does and its name."""

MESSAGES: Final[Mapping[str, str]] = MappingProxyType(
    {english: zh for topic in _TOPICS for english, zh in topic.TWINS.items()}
    | dict(effects.TWINS)
    | _CHANGES
    | CHINESE
)
"""Every message; ``{}`` is a part that varies. Reasons why records are left out come from the
report, which tells them, too.
"""
