"""Reference systems one cannot measure in; said with their name before them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "{} is in degrees": "{}以度为单位",
        "{} is in {}, not in metres": "{}以 {} 为单位，而不是米",
        "{} is no projected CRS": "{}不是投影坐标系",
        "{} stretches lengths away from the equator": "{}在远离赤道处会拉长距离",
        (
            "law broken: the proposals are not what measuring them from scratch gives; nothing "
            "was written, please report this"
        ): ("违反必守规则：选址与从头测算的结果不一致；没有写出任何结果，请反馈此问题"),
        "is a MapInfo table that holds no data itself, but names other files": (
            "是本身不含数据、只引用其他文件的 MapInfo 表"
        ),
        "holds no layer": "没有图层",
        "save it as a table of its own": "请另存为独立的表",
        "give a number without quotes or unit": "请写不带引号和单位的数字",
        "write true or false without quotes": "请写不带引号的 true 或 false",
        "give such a number": "请写这样的数",
        "write the keys beneath their own [table], as 'lifecircle init' does": (
            "请把各键写在各自的 [表] 之下，写法见 lifecircle init 生成的文件"
        ),
        "did you mean {}? 'lifecircle standards' lists them all": (
            "是否指 {!s}？全部标准见 lifecircle standards"
        ),
    }
)
