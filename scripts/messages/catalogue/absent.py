"""Files that are not where the plan says."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "is an address on the web, not a file": "是网址，不是文件",
        "download it, and name the file": "请下载后写出文件名",
        "is not there, nor its folder {}": "不存在，文件夹 {!s} 也不存在",
    }
)
