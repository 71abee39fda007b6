"""Words and short phrases that stand in messages as their parts."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

LAYERS: Final = MappingProxyType(
    {
        "osm": "OSM 数据",
        "streets": "道路",
        "homes": "住宅",
        "population": "人口",
        "parks": "公园",
        "park_gates": "公园出入口",
        "green": "绿地",
        "bus_stops": "公交站点",
        "gtfs": "公交时刻表",
        "facilities": "设施",
        "residential": "居住用地",
        "built_up": "建成区",
        "built_up_construction": "建成区建设用地",
        "barriers": "阻隔",
        "water": "水域",
        "zones": "分区",
        "elevation": "高程",
        "boundary": "研究范围",
        "candidates": "候选点",
        "protected": "保护区",
        "changes": "变更",
    }
)
"""The layers of a plan."""

PHRASES: Final = MappingProxyType(
    {
        "row {}": "第 {} 行",
        "feature {}": "要素 {}",
        "longitude": "经度",
        "latitude": "纬度",
    }
)
