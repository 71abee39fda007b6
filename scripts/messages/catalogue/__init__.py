"""English templates and their Chinese twins, a module for each topic."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from maps.report.leftout import CHINESE
from scripts.messages.catalogue.effects import TWINS as OF_CHANGES

if TYPE_CHECKING:
    from collections.abc import Mapping


def _gathered() -> dict[str, str]:
    """Put the ``TWINS`` of all topics into one table; what stands in two must be the same."""
    table = dict(CHINESE)
    for topic in sorted(module.name for module in iter_modules(__path__)):
        twins = getattr(import_module(f"{__name__}.{topic}"), "TWINS", {})
        other = [english for english in twins.keys() & table if twins[english] != table[english]]
        if other:
            message = f"{topic} says otherwise: {sorted(other)}"
            raise ValueError(message)
        table |= twins
    return table | {f"{{}} {{}} {wrong}": f"{{}} {{}} {zh}" for wrong, zh in OF_CHANGES.items()}


MESSAGES: Final[Mapping[str, str]] = MappingProxyType(_gathered())
"""Every message; ``{}`` is a part that varies. What is wrong with a change follows what it does and
its name. The reasons why records are left out are those of the report, which tells them, too.
"""
