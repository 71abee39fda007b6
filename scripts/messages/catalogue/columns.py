"""Columns of tables that are found, or are not."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "has no column for the {}: {} is a density, a share or the like": (
            "没有表示{}的列：{} 是密度、比例一类的数"
        ),
        "give a number for each; its columns are {}": "请给出每条记录的数目；现有的列：{!s}",
        "{} cannot be {}": "{!s} 不能是 {!s}",
        "column {} speaks of {}, but datum says {}": "列 {} 指明为 {}，而 datum 写的是 {}",
        "correct datum, or name the columns with x = ... and y = ...": (
            "请改正 datum，或用 x = ... 和 y = ... 指明列"
        ),
        "has several columns for the longitude and latitude: {}": "有多列都像是经度和纬度：{!s}",
        "say which, for instance x = {}, y = {}": "请指明用哪两列，例如 x = {!s}，y = {!s}",
        "column {} does not say which of its two numbers is the longitude": (
            "列 {} 没有写明两个数中哪个是经度"
        ),
        "head it lonlat or latlon, or give each a column of its own": (
            "请把标题写成 lonlat 或 latlon，或分成两列"
        ),
        "seems to be an export of {}, whose coordinates are {}": (
            "像是从 {} 导出的数据，其坐标为 {}"
        ),
        'say datum = "{}", or datum = "wgs84" if converted': (
            '请写 datum = "{!s}"；若已转换，请写 datum = "wgs84"'
        ),
        "column {} holds shapes as text (WKT or WKB) other than points": (
            "列 {} 以文本（WKT 或 WKB）存放点以外的图形"
        ),
        "save them as GeoPackage or GeoJSON": "请存为 GeoPackage 或 GeoJSON",
        "holds points in several CRS: {}": "点的坐标系不止一个：{!s}",
        "save them in one": "请统一为一个坐标系",
        "columns {} and {} speak of {}": "列 {} 与 {} 指明为 {}",
    }
)
