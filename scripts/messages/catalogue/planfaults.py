"""Faults of plan.toml itself: what is no TOML, unknown keys, values of the wrong kind."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "{} is empty": "{!s} 为空",
        "name a file, or take the line out": "请写明文件，或删去该行",
        "{} has a backslash in quotes, which stands for something else": (
            "{!s} 的引号中有反斜杠，会被当作转义符"
        ),
        "has a backslash in quotes, which stands for something else": (
            "引号中有反斜杠，会被当作转义符"
        ),
        "write / in paths, or put the path in single quotes": "路径请用 /，或把路径放在单引号中",
        "it belongs under [{}]": "它应写在 [{!s}] 下",
        "{}: must be {}, not {}": "{!s}：必须是{}，而不是 {!s}",
        "correct it": "请改正",
        "[{}] has no {}": "[{!s}] 缺少 {!s}",
        "give it: {} = ...": "请补上：{!s} = ...",
        'write for instance {} = "{}"': '请写例如 {!s} = "{!s}"',
        'put it in quotes: {} = "{}"': '请加引号：{!s} = "{!s}"',
        'write {} = ["{}"]': '请写 {!s} = ["{!s}"]',
        "give one text": "请写一个文字",
        "write the number alone: {} = {}": "请只写数字：{!s} = {!s}",
        "is data, not a plan": "是数据文件，不是计划",
        "name the plan.toml that lists it under [layers]": "请写在 [layers] 中列出它的 plan.toml",
        "put text and paths in quotes, and give numbers without a unit": (
            "文字和路径请加引号，数字不带单位"
        ),
        "gives {} twice": "{!s} 写了两次",
        "has the full-width sign {}": "含有全角符号 {!s}",
        'write signs half-width: " = , [ ] {{ }}': '请改用半角符号：" = , [ ] {{ }}',
        "write keys in English, as 'lifecircle init' does": (
            "键名请用英文，写法见 lifecircle init 生成的文件"
        ),
        "has the key {}": "键名是 {!s}",
        "{} = {} is not understood": "看不懂 {!s} = {!s}",
        "has more behind the value than it may: {}": "值的后面还有多余内容：{!s}",
        "put text in quotes, numbers without a unit, and one key on each line": (
            "文字请加引号，数字不带单位，每行只写一个键"
        ),
        "write true or false, in small letters": "请写小写的 true 或 false",
        "has a quote, bracket or brace that is never closed": "有引号或括号没有闭合",
        "close it": "请补上",
        "has no = after the key: {}": "键名后面没有等号：{!s}",
        "write key = value": "请写成 键 = 值",
        "check that it is a file one may read": "请确认它是可读取的文件",
        "did you mean {}? choose from {}, or define it under [standards]": (
            "是否指 {!s}？请从以下选择：{!s}；或在 [standards] 下定义它"
        ),
        "did you mean {}? known keys are {}": "是否指 {!s}？可用的键：{!s}",
    }
)
