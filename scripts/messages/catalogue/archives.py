"""Zip archives that are not safe to unpack."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "do not use it; ask who sent it": "请不要使用它；请向提供者核实",
        "pack the file itself": "请打包文件本身",
        "swells to {} times its size when unpacked": "解压后膨胀到 {} 倍大小",
        "holds {} GB, more than {} GB": "内含 {} GB，超过 {} GB",
        "holds more than it says, and swells when unpacked": "实际内容多于所声明的，解压时会膨胀",
        "holds two files of one name: {}": "有两个同名文件：{!s}",
        "holds a path that leads out of it: {}": "含有指向压缩包之外的路径：{!s}",
        "holds a link instead of a file: {}": "含有链接而不是文件：{!s}",
        "holds {} files, more than {}": "含有 {} 个文件，超过 {} 个",
        "is locked with a password": "有密码保护",
        "unpack it, and name the file in it": "请先解压，再写出其中的文件名",
        "lies on both sides of the 180th meridian": "跨越 180 度经线",
        "save it in a CRS in metres of the place": "请另存为当地以米为单位的坐标系",
        "coordinates such as {}, {} are no metres": "坐标如 {}, {} 不是以米为单位",
        "save it anew, or say crs = ... with the CRS that they are in": (
            "请重新保存，或用 crs = ... 写明其坐标系"
        ),
    }
)
