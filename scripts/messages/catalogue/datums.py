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
        "seem to be in {}: other layers fit them once moved ({})": (
            "似为 {}：其他图层偏移后与之吻合（{}）"
        ),
        "seems to be in {}: it fits the streets once moved ({})": (
            "似为 {}：偏移后与道路吻合（{}）"
        ),
        "fits the streets as {}, not as the datum that is said ({})": (
            "按 {} 才与道路吻合，与所写的 datum 不符（{}）"
        ),
        "seems to have been brought from {} to WGS 84 twice ({})": (
            "似乎已由 {} 向 WGS 84 转换了两次（{}）"
        ),
        "fits the streets as it stands in the file: it is in {} no more ({})": (
            "文件中的坐标与道路已吻合：不再是 {}（{}）"
        ),
        "streets cross {} of {} as read, {} moved by {} m": (
            "{1} 个位置中有 {0} 被道路穿过，移动 {3} 米后为 {2}"
        ),
        "{} lie {} m from a street in the median, {} m moved by {} m": (
            "{0} 个位置到道路的中位距离为 {1} 米，移动 {3} 米后为 {2} 米"
        ),
        "{} lie amid no streets as read, {} m from one moved by {} m": (
            "{0} 个位置按原坐标远离道路，移动 {2} 米后距道路 {1} 米"
        ),
        "write datum = {} in its entry; datum = {} if it is right": (
            "请在该图层写 datum = {}；如坐标无误，写 datum = {}"
        ),
        "take the file as it was before; datum = {} if it is right": (
            "请改用转换前的文件；如坐标无误，写 datum = {}"
        ),
        "write datum = {} in its entry": "请在该图层写 datum = {}",
    }
)
