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
    dict(LAYERS)
    | {
        "row {}": "第 {} 行",
        "feature {}": "第 {} 条",
        "change {}": "第 {} 项变更",
        "scenario {}": "第 {} 个方案",
        "longitude": "经度",
        "latitude": "纬度",
        "easting": "东坐标",
        "northing": "北坐标",
        "name": "名称",
        "identity": "编号",
        "category": "类别",
        "number of people": "人数",
        "number of floors": "层数",
        "number of zones": "分区数",
        "layer": "图层",
        "sheet": "工作表",
        "point": "点",
        "line": "线",
        "polygon": "面",
        "points": "点",
        "lines": "线",
        "polygons": "面",
        "people": "人口",
        "heights": "高程",
        "weight": "人数",
        "factor": "倍数",
        "cost": "造价",
        "capacity": "容量",
        "street": "道路",
        "park": "公园",
        "people per km²": "人/平方公里",
        "line {}": "第 {} 行",
        "text in quotes": "加引号的文字",
        "a path in quotes": "加引号的路径",
        "a path in quotes, or a table with path = ...": "加引号的路径，或含 path = ... 的表",
        "a whole number": "整数",
        "a number": "数字",
        "a list in brackets": "方括号中的列表",
        "a table": "表",
        "above {}": "大于 {} 的数",
        "below {}": "小于 {} 的数",
        "{} or more": "不小于 {} 的数",
        "{} or less": "不大于 {} 的数",
        " above {}": "大于 {} 的",
        ", {} or more": "不小于 {} 的",
        " from {} to {}": " {} 至 {} 之间的",
        " above {} to {}": "大于 {}、不超过 {} 的",
        "a text": "文字",
        "a number above 0": "大于 0 的数字",
        "true or false": "true 或 false",
        "a table of tables": "由表组成的表",
        "was found that ": "",
        "at most {} sites": "至多 {} 处",
        "the budget": "预算内",
        "one of {}": "以下之一：{}",
        "a list of ids such as {}": "id 的列表，例如 {}",
        "a list that names no id twice": "不重复的 id 列表",
    }
)
"""Parts as they stand in a message."""
