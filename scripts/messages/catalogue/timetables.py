"""Timetables (GTFS)."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "option {} says nothing about a timetable": "选项 {!s} 对时刻表没有意义",
        "holds several feeds: {}": "含有多个时刻表：{!s}",
        "pack one feed in one archive": "请每个压缩包只放一个时刻表",
        "is no timetable (GTFS): it holds no stops.txt": "不是时刻表（GTFS）：没有 stops.txt",
        "name a feed, or give its stops as bus_stops = ...": (
            "请指定 GTFS 文件，或用 bus_stops = ... 给出站点"
        ),
        "holds no {}, so that nothing says which stops are in service": (
            "缺少 {!s}，无从得知哪些站点在运营"
        ),
        "give the whole feed, or all its stops as bus_stops = ...": (
            "请提供完整的时刻表，或用 bus_stops = ... 给出全部站点"
        ),
        "stops.txt has no column {}": "stops.txt 没有列 {!s}",
        "{} has no column {}": "{!s} 没有列 {!s}",
        "{} is empty": "{!s} 为空",
        "{} cannot be read ({})": "{!s} 无法读取（{!s}）",
        "give the whole feed, as its maker publishes it": "请提供发布方的完整时刻表",
        "holds no stop of a bus or tram in service ({})": "没有运营中的公交或有轨电车站点（{}）",
        "check calendar.txt, trips.txt and stop_times.txt of the feed": (
            "请检查时刻表中的 calendar.txt、trips.txt 和 stop_times.txt"
        ),
        "a station: its platforms or entrances count": "车站：以其站台或出入口计",
        "a place to pass in a station": "站内通道节点",
        "a part of a platform": "站台的一部分",
        "an entrance of a station that is not in service": "停运车站的出入口",
        "its station is entered by its entrances": "经所属车站的出入口进入",
        "no trip in service stops there": "没有运营班次停靠",
        "no bus or tram stops there": "没有公交或有轨电车停靠",
        "location_type is none of 0 to 4": "location_type 不是 0 至 4",
        "no stop_id": "没有 stop_id",
        "stop_id given before": "stop_id 重复",
        "without coordinates: placed where its station is": "没有坐标：取所属车站的位置",
        "no coordinates": "没有坐标",
        "stops.txt is empty": "stops.txt 为空",
    }
)
