"""Files that are missing, empty, of another kind or damaged."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "{} (first: {})": "{}（首个：{}）",
        "no geometry": "没有几何图形",
        "is empty": "为空",
        "give at least one record": "请至少提供一条记录",
    }
)
