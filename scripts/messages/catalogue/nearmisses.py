"""What is nearly right."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "did you mean {}? its columns are {}": "是否指 {!s}？现有的列：{!s}",
    }
)
