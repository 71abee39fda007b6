"""Proposed sites and links."""

WORDS: dict[str, tuple[str, str]] = {
    "title_sites": ("建议选址", "proposed sites"),
    "title_links": ("待打通的连接", "missing links"),
    "opening": ("连接", "opening"),
    "openings": ("连接", "openings"),
    "answer_sites": (
        "{who}由 {n} 处新建{what}新增覆盖（步行 {reach} 米内）：{before} → {after}",
        "more {who} within a {reach} m walk by {n} new {what}: {before} → {after} are served",
    ),
    "answer_links": (
        "{who}由 {n} 处{what}新增覆盖（步行 {reach} 米内）：{before} → {after}",
        "more {who} within a {reach} m walk by {n} {what}: {before} → {after} are served",
    ),
    "answer_fewest": (
        "处新建{what}即可：覆盖率 {before} → {after}",
        "new {what} will do: {before} → {after} are served",
    ),
    "answer_least_walking": (
        "为平均步行缩短的距离：{n} 处新建{what}，{reach} 米内覆盖率 {before} → {after}",
        "off the average walk by {n} new {what}; within {reach} m: {before} → {after}",
    ),
    "answer_fairest": (
        "为此后最远的步行距离：{n} 处新建{what}，{reach} 米内覆盖率 {before} → {after}",
        "is then the longest walk, with {n} new {what}; within {reach} m: {before} → {after}",
    ),
    "sure_proven": ("已证明最优：没有更好的选择", "Proven: no other choice is better"),
    "sure_gap": (
        "已证明：距最优不超过 {gap}",
        "Proven: within {gap} of the best there can be",
    ),
    "sure_greedy": (
        "逐个择优，未证明最优",
        "Chosen one by one; not proven to be the best",
    ),
    "proposals": ("建议", "Proposals"),
    "proposals_none": ("没有能新增覆盖的建议。", "Nothing that was tried would serve anyone more."),
    "proposals_heading": ("建议（{n} 处，按建设顺序）", "What to build ({n}, in order)"),
    "proposals_hint": (
        "人数为在前面各项之上新增的，不重复计。点击可在地图上查看。",
        "People gained on top of those before it, so nobody counts twice. Click to see where.",
    ),
    "dot": (" · ", " · "),
    "costs": ("费用 {cost}", "cost {cost}"),
    "builds": ("建 {walk}", "{walk} to build"),
    "per_cost": ("每单位 {n} {who}", "{n} {who} per unit"),
    "against_short": ("注意：", "Mind: "),
    "against_nothing": ("未发现", "nothing found"),
    "fact_what": ("建什么", "What"),
    "fact_where": ("位置", "Where"),
    "fact_share": ("覆盖率", "Share served"),
    "fact_zones": ("惠及", "For whom"),
    "fact_built": ("建设长度", "To build"),
    "fact_per_cost": ("每单位费用", "Per unit of cost"),
    "fact_per_metre": ("每米新增", "Per metre built"),
    "fact_against": ("不利因素", "Against it"),
    "served_already": ("原已覆盖", "Served already"),
    "still_unserved": ("仍未覆盖", "Still unserved"),
    "unservable": ("无法覆盖", "Cannot be served"),
    "ways": ("步行经过的街道", "Streets walked"),
    "existing": ("现有{what}", "{what} that exist"),
    "candidates": ("试过的备选点", "Candidates tried"),
    "unservable_unreachable": ("步行范围内没有备选点", "no candidate within reach"),
    "unservable_barred_only": (
        "只有被排除的备选点能覆盖",
        "only candidates that are ruled out would reach them",
    ),
    "unservable_heading": ("无法覆盖的", "Who cannot be served"),
    "unservable_said": (
        "{amount}，任何备选点都无法覆盖。",
        "No candidate serves {amount}.",
    ),
    "method_most": (
        "问题：给定数量，新增覆盖最多。",
        "The question: with so many new ones, how to serve most.",
    ),
    "method_fewest": (
        "问题：达到目标，数量最少。",
        "The question: how few are enough for the target.",
    ),
    "method_least_walking": (
        "问题：给定数量，步行总距离最短。",
        "The question: with so many new ones, how to make all walks together shortest.",
    ),
    "method_fairest": (
        "问题：给定数量，最远的步行距离最短。",
        "The question: with so many new ones, how to make the longest walk shortest.",
    ),
    "method_links": (
        "问题：打通哪些连接，新增覆盖最多。",
        "The question: which openings serve most.",
    ),
    "method_tried": ("试过备选 {n} 处。", "{n} candidates were tried."),
    "method_gap": (
        "目标值 {value}，理论界限 {bound}，相差 {gap}。",
        "Value {value}, best possible at most {bound}: a gap of {gap}.",
    ),
    "method_greedy": (
        "逐个择优所得：{value}。",
        "Chosen one by one, it would be {value}.",
    ),
    "method_seconds": ("计算用时 {n} 秒。", "Computed in {n} s."),
    "method_order": (
        "每处的人数是在前面各处之上新增的；单独：只建这一处。",
        "Each one's people are gained on top of those before it; alone: if only it is built.",
    ),
    "method_checked": (
        "已按全部建成后重新量算核对，结果一致。",
        "Checked by a full run with all of them built: the figures are equal.",
    ),
}
