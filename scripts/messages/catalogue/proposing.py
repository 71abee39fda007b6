"""Questions that are asked of candidates: where to build, what to open."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "holds no candidate of {} m² or more near the study area": (
            "研究范围附近没有 {} 平方米或以上的候选用地"
        ),
        "lower the size, or check where they lie": "请降低面积要求，或检查其位置",
        "must be built, and is {}": "标为必建，却{}",
        "take one of the two back": "请取消其中一项",
        "{} does not go with --question {}": "{} 不能与 --question {} 同用",
        "take one of them out": "请删去其一",
        "no street stands within reach of a home that lacks {}": "缺少 {} 的住宅可达范围内没有道路",
        "nobody can be gained, or give candidates": "无人可新增覆盖；或请提供候选点",
        "{} candidates have no cost, and there is a budget": "{} 个候选点没有造价，却设了预算",
        "give each a cost": "请为每个写明造价",
        "there is no zone {} to favour": "没有可优先的分区 {}",
        "the plan's zones are: {}": "计划中的分区有：{}",
        "{} has no cost above 0": "{} 没有大于 0 的造价",
        "give it in metres of opening": "请以打通的米数写明",
        "{} were asked for": "要求的数目为 {}",
        "ask for 1 or more": "请写 1 或更多",
        "a site costs nothing": "有选址造价为零",
        "give each a cost above 0": "请为每个写明大于 0 的造价",
        "give metres above 0": "请写大于 0 的米数",
        "have no costs": "没有造价",
        "give cost, or a number of sites": "请写造价，或选址数目",
        "neither a number of sites nor a budget is given": "既没有选址数目也没有预算",
        "give new or budget": "请写 new 或 budget",
        "{} new sites cannot be placed": "无法新建 {} 处",
        "{} is no budget": "{} 不是预算",
        "give 0 or more": "请写 0 或更大的数",
        "{} sites must be built, but only {} may be": "有 {} 处必建，但最多只能建 {} 处",
        "ask for more sites, or let go of some that must be": "请增加数目，或取消部分必建",
        "the sites that must be built cost {}, the budget is {}": "必建各处造价 {}，而预算为 {}",
        "raise the budget, or let go of some that must be": "请提高预算，或取消部分必建",
        "must be built, but stands less than {} m from row {}, which must be built too": (
            "标为必建，但距同样必建的第 {1} 行不足 {0} 米"
        ),
        "lower the spacing, or let go of one of them": "请减小间距，或取消其一",
        "at most {} of people can be served: no candidate lies within {} m of {} homes with {}": (
            "最多只能覆盖 {0} 的人：有 {2} 处住宅（{3}）在 {1} 米内没有候选点"
        ),
        "ask for a smaller share, or give candidates near them": "请降低比例，或在其附近提供候选点",
        "all candidates together can serve {} people, but {} are to be served": (
            "全部候选点共可服务 {} 人，而要求服务 {} 人"
        ),
        "give more capacity, or ask for a smaller share": "请增加容量，或降低比例",
        "have capacities, which this question does not count": "带有容量，而这一问题不计容量",
        "leave capacity out, or ask for most people or fewest sites": (
            "请去掉容量，或改问覆盖人数最多或选址最少"
        ),
        "{} has {} values for {} {}": "{0!s} 有 {1} 个值，而{3}有 {2} 个",
        "give one each": "请一一对应",
        "holds no candidate": "没有候选点",
        "give at least one": "请至少提供一个",
        "catchments name homes that have no weight": "服务范围中有没有人数的住宅",
        "{} is no {}": "{} 不是有效的{}",
        "homes were looked for within {} m, but the reach is {} m": (
            "只在 {} 米内查找住宅，而服务距离为 {} 米"
        ),
        "look at least as far as the reach": "查找距离请不小于服务距离",
        "must be built and is barred": "既标为必建又标为禁用",
        "choose one of the two": "请只保留其一",
        "have no coordinates": "没有坐标",
        "give xy, or no spacing": "请给出 xy，或不设间距",
        "no choice of {} {}brings all {} homes that some candidate reaches within {} m": (
            "{1}没有任何{0}的选择能让有候选点可达的 {2} 处住宅都在 {3} 米内"
        ),
        "give more sites or budget, or look farther; fewest_sites tells how many it takes": (
            "请增加数目或预算，或放宽距离；fewest_sites 会给出所需数目"
        ),
        (
            "no choice of sites was found that serves {} more people: spacing, capacity or time "
            "do not allow it"
        ): ("没有找到能再服务 {} 人的选择：间距、容量或时间不允许"),
        "ask for a smaller share, or for less spacing, more capacity or more time": (
            "请降低比例，或减小间距、增加容量或时间"
        ),
        "{} is no share of people": "{} 不是人口比例",
        "give one above 0, up to 1": "请写大于 0、不超过 1 的数",
    }
)
