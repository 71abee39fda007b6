"""Excel workbooks and the cells of tables."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "numbers of {} such as {} have two readings": "{}列的数如 {} 有两种读法",
        "write them without a mark between thousands": "请去掉千位分隔符",
        "save it without one": "请保存为没有密码的文件",
        "is {} under an Excel name": "名为 Excel，实为{}",
        "open it in Excel or WPS, and save it as .xlsx": "请用 Excel 或 WPS 打开，并另存为 .xlsx",
        "holds places only in hidden sheets: {}": "只有隐藏的工作表含有坐标：{!s}",
        "say which, for instance sheet = {}": "请指明用哪一个，例如 sheet = {}",
        "has a table of more than {} cells": "有一个表超过 {} 个单元格",
        "has a row of more than {} cells": "有一行超过 {} 个单元格",
        "holds no sheet": "没有工作表",
        "defines entities of its own, as no workbook does": "自带实体定义，正常的工作簿不会有",
        "swells to {} MB when unpacked": "解压后膨胀到 {} MB",
        "cannot be read (it has no part {})": "无法读取（缺少部分 {!s}）",
    }
)
