"""Shifted datums that are said, or found."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "datum {} is Baidu's metres, which are not read": "坐标基准 {} 是百度米制坐标，不支持",
        "export degrees (bd09ll), and write datum = 'bd09'": (
            "请导出经纬度（bd09ll），并写 datum = 'bd09'"
        ),
        "datum is {}, but its places lie outside China, where nothing shifts": (
            "datum 为 {}，但位置在中国以外，那里没有偏移"
        ),
        "take datum out, or check the coordinates and their CRS": (
            "请删去 datum，或检查坐标及其坐标系"
        ),
        "defines entities of its own, as no workbook does": "自带实体定义，正常的工作簿不会有",
    }
)
