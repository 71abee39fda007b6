"""Files that are not where the plan says."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "is not there, nor its folder {}": "不存在，文件夹 {!s} 也不存在",
    }
)
