"""What plan.toml says: its tables, its standards, its base map."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "there is no such plan": "没有这个计划文件",
        "make one with 'lifecircle init'": "请用 lifecircle init 生成一个",
        "is no valid TOML: {}": "不是有效的 TOML：{}",
        "correct that line": "请改正该行",
        "take the entry out": "请删去该项",
        "[measure] standards is empty": "[measure] standards 为空",
        "name at least one standard": "请至少写一个标准",
        "[walker] slope needs heights": "[walker] slope 需要高程",
        'name a raster: elevation = "..." under [layers]': (
            '请在 [layers] 下写明栅格：elevation = "..."'
        ),
        "[layers] homes and population both give people": (
            "[layers] homes 与 population 都给出了人数"
        ),
        "take one out, or the homes' column of people": "请删去其一，或去掉住宅的人数列",
        "[layers] gives neither {} nor osm": "[layers] 既没有 {!s} 也没有 osm",
        "name a file: {} = ... or osm = ...": "请写明文件：{!s} = ... 或 osm = ...",
        "name a file that does: {} = ... under [layers]": (
            "请在 [layers] 下写明含有它的文件：{!s} = ..."
        ),
        "no home lies inside the boundary": "研究范围内没有住宅",
        "{} needs the layer {} ({})": "{!s} 需要图层 {!s}（{}）",
        "name its file under [layers], or take {} out of [measure]": (
            "请在 [layers] 下写明其文件，或从 [measure] 中删去 {}"
        ),
        "[standards] {} asks for an unknown category '{}'": "[standards] {!s} 要求未知类别“{!s}”",
        "choose from {}": "请从以下选择：{!s}",
        "[standards] '{}' means two different things": "[standards]“{}”有两种不同含义",
        "give one another id{}": "请给其中一个换个 id{}",
        "[{}] {} must be a table": "[{!s}] {!s} 必须是表",
        "correct it in the plan's [standards] table": "请在计划的 [standards] 表中改正",
        "[standards] {} must be a table": "[standards] {} 必须是表",
        "[standards] '{}' is no id": "[standards]“{}”不能作为 id",
        "use up to 60 letters, digits and underscores": "请用不超过 60 个字母、数字和下划线",
        "[standards] '{}' is a column of the results": "[standards]“{}”与结果中的列重名",
        "give it another id": "请换一个 id",
        "[{}] is a union of nothing": "[{}] 没有并入任何内容",
        "give it [classes], or name standards in services = [...]": (
            "请给出 [classes]，或在 services = [...] 中写明标准"
        ),
        "[{}] categories is empty": "[{}] categories 为空",
        "name at least one category": "请至少写一个类别",
        "[{}] {} must be {}": "[{!s}] {!s} 必须是{}",
        "[{}] {} names '{}', which is no standard of one service": (
            "[{}] {} 中的“{}”不是单项服务的标准"
        ),
        "name one with a reach_m of its own, or set this union to false": (
            "请写自身带 reach_m 的标准，或把这一并集设为 false"
        ),
        "[{}] has an unknown key '{}'": "[{!s}] 有未知的键“{!s}”",
        "known keys are {}": "可用的键：{!s}",
        "[measure] standards names an unknown standard '{}'": (
            "[measure] standards 中的“{!s}”不是已知标准"
        ),
        "choose from {}, or define it under [standards]": (
            "请从以下选择：{!s}；或在 [standards] 下定义它"
        ),
        "[map] base {} is no base map": "[map] base {} 不是底图",
        "say {}, or an http(s) address with {{z}} {{x}} {{y}}": (
            "请写 {}，或含 {{z}} {{x}} {{y}} 的 http(s) 地址"
        ),
        "[map] base has an unknown place {{{}}}": "[map] base 中的占位符 {{{}}} 无法识别",
        "use {{z}} {{x}} {{y}}, {{s}}, {{key}}, or {{TileMatrix}} {{TileRow}} {{TileCol}}": (
            "请用 {{z}} {{x}} {{y}}、{{s}}、{{key}}，或 {{TileMatrix}} {{TileRow}} {{TileCol}}"
        ),
        "[map] base does not say where zoom, column and row stand": (
            "[map] base 没有写明级别、列、行的位置"
        ),
        "write {{z}}, {{x}} and {{y}} into the address": "请在地址中写入 {{z}}、{{x}}、{{y}}",
        "[map] subdomains and the place {{s}} in base go together": (
            "[map] subdomains 与 base 中的 {{s}} 须同时出现"
        ),
        'say subdomains = ["a", "b"] and {{s}}, or neither': (
            '请同时写 subdomains = ["a", "b"] 和 {{s}}，或都不写'
        ),
        "[map] base has braces that do not match": "[map] base 中的花括号不成对",
        "correct the address": "请改正地址",
        "[map] base has a host that is none": "[map] base 的主机名无效",
        "[map] base is an address, and nobody is credited for the tiles": (
            "[map] base 是地址，却没有注明图源"
        ),
        'say whose they are: attribution = "..."': '请注明图源：attribution = "..."',
        "[map] datum bd09: Baidu's tiles lie on a grid of their own": (
            "[map] datum bd09：百度瓦片采用自己的网格"
        ),
        "nests brackets without end": "括号嵌套太深",
        "write it anew, or correct that line": "请重写，或更正该行",
        "choose a base map in wgs84 or gcj02": "请选用 wgs84 或 gcj02 的底图",
        "[map] datum {} is unknown": "[map] datum {} 无法识别",
        "say wgs84 or gcj02": "请写 wgs84 或 gcj02",
        "the base map's key would stand in every page, where anyone can read and use it": (
            "底图密钥会写入每个页面，任何人都能读取并使用"
        ),
        "this base map needs a key, and none is given": "此底图需要密钥，但没有给出",
        "set LIFECIRCLE_TIANDITU_KEY (or [map] key), or choose another base": (
            "请设置 LIFECIRCLE_TIANDITU_KEY（或 [map] key），或换一个底图"
        ),
        (
            "limit the key to your site, then say publish_key = true under [map] or "
            "--publish-key; or choose a base without key"
        ): (
            "请先把密钥限定于您的网站，再在 [map] 下写 publish_key = true 或用 "
            "--publish-key；或改用无需密钥的底图"
        ),
        "there is a plan already": "这里已有计划文件",
        "edit it, or choose another folder": "请编辑它，或另选文件夹",
        "the plan measures no single service {}": "计划没有测算单项服务 {}",
        "choose one of {}, or add it to [measure] standards": (
            "请从以下选择：{}；或把它加入 [measure] standards"
        ),
        "choose one of {}": "请从以下选择：{!s}",
        "holds no street of any length": "没有任何有长度的道路",
        "check that it covers the study area": "请确认它覆盖研究范围",
        "holds no land inside the boundary": "在研究范围内没有用地",
        "holds no land": "没有用地",
        "check that both cover the same place, and their CRS": (
            "请确认两者覆盖同一地方，并检查坐标系"
        ),
        "{} is no number of people": "{} 不是人数",
        "overlaps row {} by {} of the smaller of the two, so that people would count twice": (
            "与第 {} 行重叠，达两者中较小者的 {}，人口会重复计算"
        ),
        "give areas side by side": "请提供互不重叠的面",
        "a cell cannot be {} m wide": "网格宽度不能是 {} 米",
        "give a width above 0": "请给大于 0 的宽度",
        "the study area is empty": "研究范围为空",
        "check the boundary": "请检查边界",
    }
)
