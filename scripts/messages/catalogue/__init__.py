"""English templates and their Chinese twins, a module for each topic."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from scripts.messages.catalogue import files

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOPICS: Final = (files,)

MESSAGES: Final[Mapping[str, str]] = MappingProxyType(
    {english: chinese for topic in _TOPICS for english, chinese in topic.TWINS.items()}
)
"""Every message; ``{}`` is a part that varies."""
