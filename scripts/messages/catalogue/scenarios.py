"""Files of changes: what shall be added, moved, opened or closed."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "{} has no {}": "{!s} 缺少 {!s}",
        "give the id or the name of the facility": "请写明设施的 id 或名称",
        "give one of {}": "请写以下之一：{!s}",
        "give how many": "请写明数量",
        "add_people adds 0 people": "add_people 增加的人数为 0",
        "do {} is not known": "不认识 do {}",
        "does not say what to do": "没有写明做什么",
        "give do, one of {}": "请写 do，为以下之一：{!s}",
        "do says {}, category says {}": "do 写的是 {!s}，category 写的是 {!s}",
        "category {} is not known": "不认识类别 {}",
        "kind {} is not known": "不认识 kind {}",
        "do says {}, kind says {}": "do 写的是 {!s}，kind 写的是 {!s}",
        "{} is negative ({})": "{!s} 为负数（{}）",
        "{} {} is no number": "{!s} {!s} 不是数字",
        "give a number, 0 or more": "请写 0 或更大的数字",
        "{} does not say where": "{!s} 没有写明位置",
        "give a {}": "请给出{}",
        "give a {}, or its target by name": "请给出{}，或写明目标（target）的名称",
        "{} needs a {}, not a {}": "{!s} 需要{}，而不是{}",
        "draw a {}": "请画一个{}",
        "is {} points in one": "是由 {} 个点合成的一个要素",
        "split them ('Multipart to singleparts' in QGIS)": "请拆开（QGIS 中的“多部件转单部件”）",
        "{} {} means nothing to {}": "{!s} {!s} 对 {!s} 没有意义",
        "holds nothing": "没有任何内容",
        "draw at least one feature": "请至少画一个要素",
        "has several columns that mean the same: {}": "有多列含义相同：{}",
        "{} of its rows cannot be read: {}": "有 {} 行无法读取：{}",
        "correct them, or take them out": "请改正或删去这些行",
        "has an empty shape": "图形为空",
        "draw it, or take the row out": "请画出图形，或删去该行",
        "has coordinates that are not finite": "坐标不是有限数",
        "draw it anew": "请重新绘制",
        "mixes points, lines and areas in one shape": "一个图形中混有点、线、面",
        "make each a row of its own": "请各成一行",
        "has a line without length": "有长度为零的线",
        "has an outline that is not valid ({})": "轮廓无效（{}）",
        "redraw it, or mend it with 'Fix geometries' in QGIS": (
            "请重画，或用 QGIS 的“修正几何图形”修复"
        ),
        "there is no such scenario": "没有这个方案文件",
        "lies {} km outside the study area": "位于研究范围以外 {} 公里",
        "lies in the study area only if longitude and latitude are swapped": (
            "只有对调经度与纬度才落在研究范围内"
        ),
        "check its coordinates and their CRS": "请检查其坐标及坐标系",
        "names no scenario, but other rows do": "没有写方案名，而其他行写了",
        "fill in the scenario, or leave it empty in all rows": "请补上方案名，或所有行都留空",
        "has both [[change]] and [[scenario]]": "同时有 [[change]] 和 [[scenario]]",
        "write each change as [[scenario.change]]": "请把每项变更写成 [[scenario.change]]",
        "holds no change": "没有任何变更",
        "add {} with do = ...": "请加入 {} 并写明 do = ...",
        "has two scenarios called {}": "有两个方案都叫 {}",
        "give each a name of its own": "请各取不同名称",
        "is no table": "不是表",
        "write [[{}]] above it": "请在其上一行写 [[{}]]",
        "{} is an unknown key": "{!s} 是未知的键",
        "{} = {} is no use": "{!s} = {!s} 无法使用",
        "has no {}": "缺少 {!s}",
        "give {} = ...": "请写 {!s} = ...",
        "write {}": "请写{}",
        "says where by {}": "同时用 {} 指明位置",
        "layer means nothing without file": "没有 file 时 layer 没有意义",
        "give do = ...": "请写 do = ...",
        "crs means nothing without a place": "没有位置时 crs 没有意义",
        "file {} is not there": "文件 {} 不存在",
        "check the path; it counts from the folder of the scenario": (
            "请检查路径；路径从方案文件所在文件夹算起"
        ),
        "{} stands for {} features of {}: for each, or for all?": (
            "{} 对应 {} 个要素（{}）：是每个都算，还是合计？"
        ),
        "give the file a column {}": "请在该文件中加入列 {!s}",
        "wkt is no shape": "wkt 不是图形",
        'write for instance "POINT (116.59 35.42)"': '请写例如 "POINT (116.59 35.42)"',
        "geojson is no shape": "geojson 不是图形",
    }
)
