"""What is being done, and what was done."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "reading layers": "读取图层",
        "measuring": "测算",
        "looking for faults": "检查数据",
        "measuring the present": "测算现状",
        "measuring the scenarios": "测算方案",
        "writing results": "写出结果",
        "writing {}": "写出 {}",
        "drawing maps": "绘制地图",
        "seeking sites": "寻找选址",
        "seeking openings": "寻找可打通处",
        "reading results": "读取结果",
        "writing the report": "撰写报告",
        "looking up {}": "查找 {}",
        "asking OpenStreetMap for its streets and places": "向 OpenStreetMap 请求道路与场所",
        "study area: {}": "研究范围：{}",
        "maps: {}": "地图：{}",
        "map: {}": "地图：{}",
        "{}: edit it, then run: lifecircle run {}": "{}：请编辑它，然后运行：lifecircle run {}",
    }
)
