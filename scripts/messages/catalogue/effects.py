"""Changes that find nothing to act on; said with the change before them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "has no place": "没有位置",
        "give it one": "请写明位置",
        "is of the category {}, which no standard counts": "的类别是 {}，没有标准计入它",
        "measure a standard for it; the plan measures {}": "请测算含该类别的标准；计划测算的有：{}",
        "has {} m², and no standard counts a {} of that size": (
            "面积 {} 平方米，没有标准计入这样大小的{}"
        ),
        "draw its outline, of {} m² or more": "请画出其轮廓，面积须达 {} 平方米",
        "finds {} facilities called {}": "找到 {} 处名为 {} 的设施",
        "name one by its id, or draw the removal where it stands": (
            "请用 id 指明其一，或在其位置画出移除"
        ),
        "finds no facility {}": "找不到设施 {}",
        "name one by its id or name": "请用 id 或名称指明",
        "does not say which facility": "没有写明是哪处设施",
        "give its id or name as target": "请用 target 写明其 id 或名称",
        "has no park, gated street or wall with streets on both sides within {} m": (
            "{} 米内没有公园、封闭道路或两侧都有道路的围墙"
        ),
        "move it there, or draw the way as add_street": "请移到那里，或用 add_street 画出道路",
        "has no entrance or gate within {} m": "{} 米内没有出入口或大门",
        "move it there": "请移到那里",
        "has no gated street within {} m": "{} 米内没有封闭道路",
        "move it there, or use add_gate": "请移到那里，或改用 add_gate",
        "finds no street there": "在该处找不到道路",
        "finds no gated street": "找不到封闭道路",
        (
            "draw a line across or along it, or give its name as target; what is missing is drawn "
            "with add_street"
        ): ("请画线横穿或沿着它，或用 target 写明其名称；缺少的道路请用 add_street 画出"),
        "does not say how many people": "没有写明人数",
        "give people = ...": "请写 people = ...",
        "holds no home": "范围内没有住宅",
        "draw it around homes, or use add_people": "请画在有住宅处，或改用 add_people",
        "joins no street": "没有与任何道路相接",
        "draw its ends onto streets": "请把端点画到道路上",
    }
)
