"""Extracts of OpenStreetMap, and what is fetched from its servers."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "check the path of osm = ...": "请检查 osm = ... 的路径",
        "is no file of OpenStreetMap data, as far as its name tells": (
            "从文件名看不是 OpenStreetMap 数据"
        ),
        "give a .osm.pbf, .osm, .osm.gz or .osm.bz2": (
            "请提供 .osm.pbf、.osm、.osm.gz 或 .osm.bz2 文件"
        ),
        "cannot be read as OpenStreetMap data ({})": "无法作为 OpenStreetMap 数据读取（{}）",
        "cannot be read as OpenStreetMap data (it seems to be {})": (
            "无法作为 OpenStreetMap 数据读取（看来是{}）"
        ),
        "download it again, or name the right file": "请重新下载，或写出正确的文件",
        "holds more than {} MB of OpenStreetMap data": "所含 OpenStreetMap 数据超过 {} MB",
        "cut your city out of it, as .osm.pbf (osmium extract)": (
            "请从中裁出本市，存为 .osm.pbf（osmium extract）"
        ),
        "is a history, no map of one day": "是历史数据，不是某一天的地图",
        "is a list of changes, no map (osmChange)": "是变更清单，不是地图（osmChange）",
        "give an extract instead: .osm.pbf or .osm": "请改用提取的数据：.osm.pbf 或 .osm",
        "is only a part of what was asked for (the server said: {})": (
            "只是所请求数据的一部分（服务器称：{}）"
        ),
        "ask for a smaller area, or take an extract": "请缩小请求范围，或改用离线数据",
        "holds objects that were deleted in an editor, and not yet uploaded": (
            "含有在编辑器中已删除但尚未上传的对象"
        ),
        "purge them in the editor (JOSM), and save it again": "请在编辑器（JOSM）中清除后重新保存",
        "holds objects that are deleted": "含有已删除的对象",
        "holds node {} twice, in two places": "节点 {} 出现两次，位置不同",
        "sort it first (osmium sort)": "请先排序（osmium sort）",
        "download it again: it is cut off, damaged, or another kind of file": (
            "请重新下载：文件不完整、已损坏或不是这种文件"
        ),
        "give an extract of one day, without history, and sorted (osmium sort)": (
            "请提供某一天的、不含历史并已排序的数据（osmium sort）"
        ),
        "holds no street at all": "一条道路也没有",
        "give an extract that covers your city": "请提供覆盖本市的数据",
        "holds no street one may walk on (of {} ways)": "没有可步行的道路（共 {} 条）",
        "has {} streets, and not the nodes they run through": "有 {} 条道路，却缺少其经过的节点",
        "make the extract with complete ways, and sorted (osmium extract, osmium sort)": (
            "请按完整道路裁切并排序（osmium extract、osmium sort）"
        ),
        "OpenStreetMap knows no outline of a place called {}": (
            "OpenStreetMap 中没有名为 {} 的地方边界"
        ),
        "write its name in full, as OpenStreetMap has it, or give a boundary file": (
            "请按 OpenStreetMap 的写法写全名，或提供边界文件"
        ),
        "the area to fetch is no valid polygon": "要下载的范围不是有效的多边形",
        "give one polygon that does not cross itself": "请提供一个不自相交的多边形",
        "{} km² are too much to ask a public server for": "{} 平方公里太大，不宜向公共服务器请求",
        "take an extract (osm = ...), or an area up to {} km²": (
            "请改用离线数据（osm = ...），或不超过 {} 平方公里的范围"
        ),
        "OpenStreetMap has no street in this area": "OpenStreetMap 在此范围内没有道路",
        "check the boundary or the place's name": "请检查边界或地名",
        "{} sends more than {} MB": "{} 发送的数据超过 {} MB",
        "take an extract (osm = ...), or a smaller area": (
            "请改用离线数据（osm = ...），或缩小范围"
        ),
        "{} takes more than {} s to answer": "{} 超过 {} 秒仍未答完",
        "{} is too busy (it answers {})": "{} 太忙（返回 {}）",
        "{} is too busy (it answers {} {})": "{} 太忙（返回 {} {}）",
        "{} refuses to answer ({} {})": "{} 拒绝回应（{} {}）",
        "{} does not answer as a server of OpenStreetMap data does": (
            "{} 的回应不像 OpenStreetMap 数据服务器"
        ),
        "{} gave a part of the data only, saying: {}": "{} 只返回了部分数据，并称：{}",
        "check its address": "请检查其地址",
        "{} cannot be reached ({})": "无法连接 {}（{}）",
        "check the connection, {}": "请检查网络连接；{}",
        "{} is no address of a server": "{} 不是服务器地址",
        "write https://... or http://...": "请写 https://... 或 http://...",
        "try again later, name another server (--nominatim-url), or give a boundary file": (
            "请稍后再试，或换一个服务器（--nominatim-url），或提供边界文件"
        ),
        "try again later, name another server (--overpass-url), or take an extract (osm = ...)": (
            "请稍后再试，或换一个服务器（--overpass-url），或改用离线数据（osm = ...）"
        ),
        "gives every layer already, nothing is left to fetch": "已给出全部图层，无需下载",
        "take out the lines of [layers] that shall come from OpenStreetMap": (
            "请删去 [layers] 中要从 OpenStreetMap 取得的行"
        ),
        "[place] has neither a name nor a boundary": "[place] 既没有 name 也没有 boundary",
        "write name = ... as OpenStreetMap knows the place, or boundary = ...": (
            "请写 name = ...（按 OpenStreetMap 的写法）或 boundary = ..."
        ),
    }
)
