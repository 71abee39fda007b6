"""Words typed on the command line, and how a command ends."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "there is no option {}": "没有选项 {}",
        "did you mean {}?": "是否指 {!s}？",
        "the option {} needs a value": "选项 {} 需要一个值",
        "the option {} takes no value": "选项 {} 不带值",
        "write {} and the value behind it": "请在 {} 后写上值",
        "there is no command '{}'": "没有命令“{}”",
        "'{}' is one word too many": "多出了“{}”",
        "put a path with spaces in quotes; the command is: {}": (
            "含空格的路径请加引号；命令的写法：{!s}"
        ),
        "see '{} --help'": "请看 {!s} --help",
        "the option {} is missing": "缺少选项 {}",
        "give it one of {}": "请写以下之一：{!s}",
        "{} is missing": "缺少 {!s}",
        "the command is: {}": "命令的写法：{!s}",
        "{} cannot be '{}'": "{!s} 不能是“{!s}”",
        "did you mean {}? choose one of {}": "是否指 {!s}？请从以下选择：{!s}",
        "give a whole number{}": "请写{}整数",
        "give a number{}": "请写{}数字",
        "{} is a folder: '{}'": "{!s} 是文件夹：“{!s}”",
        "{} is a file: '{}'": "{!s} 是文件：“{!s}”",
        "name a folder": "请写文件夹",
        "{} cannot be used: {}": "{!s} 无法使用：{}",
        "stopped; nothing was left half-written": "已停止；没有留下写到一半的文件",
        "cannot be used ({})": "无法使用（{}）",
        "check that it is there, free and allowed": "请确认它存在、未被占用且有权限",
        "these data need more memory than there is": "内存不足以处理这些数据",
        "take a smaller area, or close other programs (details: {})": (
            "请缩小范围，或关闭其他程序（详情：{!s}）"
        ),
        "something in the files is nested too deeply to be read": "文件中有内容嵌套过深，无法读取",
        "save them anew from the program that made them (details: {})": (
            "请用生成它们的软件重新保存（详情：{!s}）"
        ),
        "an error of lifecircle itself, not of your data ({}: {})": (
            "lifecircle 自身出错，与您的数据无关（{!s}：{!s}）"
        ),
        "please report it with the file {}": "请附上文件 {!s} 反馈此问题",
    }
)
