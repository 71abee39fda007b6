"""Results that are missing or not whole; pages, reports and exports made of them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "holds no results": "没有结果",
        "run 'lifecircle measure' first": "请先运行 lifecircle measure",
        "holds no whole results": "没有完整的结果",
        "does not hold all that trying changes needs": "缺少试改所需的内容",
        "measure again": "请重新测算",
        "measure again, then draw": "请重新测算，再绘图",
        "measure or compare again": "请重新测算或比较",
        "compare again, then draw": "请重新比较，再绘图",
        "compute the results again, then draw": "请重新计算结果，再绘图",
        "no standard was measured": "没有测算任何标准",
        "name standards in the plan, then measure": "请在计划中写明标准，再测算",
        "the results hold no scenario": "结果中没有方案",
        "the results hold no layer 'changes'": "结果中没有图层 changes",
        "the results hold no layer {}": "结果中没有图层 {!s}",
        "run 'lifecircle site' or 'lifecircle links' again": (
            "请重新运行 lifecircle site 或 lifecircle links"
        ),
        "standard {} of scenario {} is not among the results": "结果中没有方案 {1} 的标准 {0}",
        "standard {} is not among the results": "结果中没有标准 {}",
        "unknown language {}": "不认识语言 {}",
        "choose zh or en": "请选 zh 或 en",
        "has no map {}": "没有地图 {}",
        "no format {} is known": "不认识格式 {}",
        "GeoParquet is written by pyarrow, which is not installed": (
            "写 GeoParquet 需要 pyarrow，但没有安装"
        ),
        "install it: pip install 'lifecircle[arrow]'": "请安装：pip install 'lifecircle[arrow]'",
        "{} does not print ({})": "{} 无法打印（{}）",
        "{} printed nothing": "{} 没有打印出内容",
        "open the page and print it": "请打开页面自行打印",
        "{} is not a relative link": "{} 不是相对链接",
        "name a file beside the overview": "请写总览旁边的文件名",
        "a page must need no internet, yet asks for {}": "页面不应依赖网络，却请求了 {}",
        "a page must need no internet, yet {} is not packed": "页面不应依赖网络，而 {} 没有打包",
        "no column to colour by": "没有用于着色的列",
        "name at least one in `values`": "请在 `values` 中至少写一列",
        "the table has no rows, or no CRS": "表没有行，或没有坐标系",
        "give polygons with `set_crs`": "请提供面，并用 `set_crs` 设定坐标系",
        "no column {}": "没有列 {!s}",
        "{} is no colour": "{} 不是颜色",
        "write it as #RRGGBB": "请写成 #RRGGBB",
        "{} kinds of {}, but {} colours": "{1} 有 {0} 种，而颜色只有 {2} 种",
        "give more `colours`, or fewer kinds": "请增加 `colours`，或减少种类",
        "law broken: {}; nothing was written, please report this": (
            "违反必守规则：{}；没有写出任何结果，请反馈此问题"
        ),
        (
            "law broken: {} is not what measuring it from scratch gives; nothing was written, "
            "please report this"
        ): ("违反必守规则：{} 与从头测算的结果不一致；没有写出任何结果，请反馈此问题"),
        (
            "law broken: {} at present is not what was measured; nothing was written, please "
            "report this"
        ): ("违反必守规则：{} 的现状与测算不一致；没有写出任何结果，请反馈此问题"),
        "{}; nothing was written, please report this": "{}；没有写出任何结果，请反馈此问题",
        "only {} is fit to publish: what lies beside it tells of each home": (
            "只有 {} 适合公开：旁边的文件含有每处住宅的信息"
        ),
    }
)
