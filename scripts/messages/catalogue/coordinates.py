"""Where on Earth the data lie: reference systems, swapped axes, shifted datums."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "has no CRS": "没有坐标系",
        "its CRS is not known": "坐标系无法识别",
        "say crs = ...": "请写明 crs = ...",
        'say crs = "EPSG:4326" if degrees, else for instance "EPSG:4548"': (
            '经纬度请写 crs = "EPSG:4326"，投影坐标请写例如 "EPSG:4548"'
        ),
        'say crs = "EPSG:4326" if degrees, else for instance "ESRI:54009"': (
            '经纬度请写 crs = "EPSG:4326"，否则请写例如 "ESRI:54009"'
        ),
        "its CRS {} does not say where on Earth a place lies": "其坐标系 {} 不能确定地理位置",
        "crs {} is not known": "不认识坐标系 {}",
        "crs {} does not say where on Earth a place lies": "坐标系 {} 不能确定地理位置",
        "write an EPSG code, for instance {}": "请写 EPSG 代码，例如 {}",
        "use {}": "请用{}",
        "lon {}, lat {} is no place on Earth": "经度 {}、纬度 {} 在地球上不存在",
        "latitude {} is too near a pole for UTM": "纬度 {} 离极点太近，不适用 UTM",
        "say crs = ..., for instance {}": "请写明 crs = ...，例如 {}",
        "say crs = ... with a polar CRS in metres": "请用 crs = ... 写明以米为单位的极地坐标系",
        "coordinates such as {}, {} are no degrees, but its CRS is {}": (
            "坐标如 {}, {} 不是经纬度，而其坐标系是 {}"
        ),
        "coordinates such as {}, {} are no degrees unless longitude and latitude are swapped": (
            "坐标如 {}, {} 不是经纬度，除非经度与纬度写反了"
        ),
        "x is the longitude, y the latitude": "x 是经度，y 是纬度，请对调",
        "say crs = ... with the CRS in metres that they are in": (
            "请用 crs = ... 写明它们所用的以米为单位的坐标系"
        ),
        "{} seems to point north, as a surveyor's X does": "{} 似乎指向北方（测量坐标的 X）",
        "swap them: x = {}, y = {}": "请对调：x = {}，y = {}",
        "x is {} and y is {}": "x 写成了 {}，y 写成了 {}",
        "swap them: x is the longitude, y the latitude": "请对调：x 是经度，y 是纬度",
        "columns {} and {} hold degrees, but crs {} is in metres": (
            "列 {} 与 {} 是经纬度，而坐标系 {} 以米为单位"
        ),
        "has no CRS: nothing says what {} and {} count": "没有坐标系：无从得知 {} 与 {} 的单位",
        "take crs out, or name other columns with x = ... and y = ...": (
            "请删去 crs，或用 x = ... 和 y = ... 指明其他列"
        ),
        "datum {} is not known": "不认识坐标基准 {}",
        "write one of {}": "请写以下之一：{!s}",
        "coordinates such as {}, {} lie nowhere near the study area": "坐标如 {}, {} 远离研究范围",
        "check the coordinates and their CRS": "请检查坐标及其坐标系",
        "has coordinates such as {}, {}, which are no degrees, in {}": (
            "坐标如 {}, {} 不是经纬度，而坐标系为 {}"
        ),
        "has longitude and latitude swapped: {} is the longitude, not {}": (
            "经度与纬度写反了：经度是 {}，不是 {}"
        ),
        "write the longitude first": "请把经度写在前面",
        'give the CRS that they are in, for instance "EPSG:4548"': (
            '请写明它们的坐标系，例如 "EPSG:4548"'
        ),
        "{} cannot be turned into degrees": "{} 无法转换为经纬度",
        "say crs = ... with an EPSG code": "请用 crs = ... 写明 EPSG 代码",
        "is in another CRS than the land": "与用地图层的坐标系不同",
        "give both in one CRS": "请统一两者的坐标系",
        "is not in a metric CRS": "不在以米为单位的坐标系中",
    }
)
