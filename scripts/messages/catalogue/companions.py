"""Files that belong to another: the one to name instead."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "name the .shp beside it": "请写旁边的 .shp 文件",
        "name the .tab beside it": "请写旁边的 .tab 文件",
        "name the file that it shows": "请写它所显示的数据文件",
    }
)
