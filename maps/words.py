"""Every word a page says, in Chinese and in English, in one table."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Language = Literal["zh", "en"]

TABLE: dict[str, tuple[str, str]] = {
    # who and what is counted
    "residents": ("居民", "residents"),
    "homes": ("住宅", "homes"),
    "residents_many": ("{n} 人", "{n} residents"),
    "residents_few": ("不足 10 人", "fewer than 10 residents"),
    "homes_one": ("{n} 处住宅", "{n} home"),
    "homes_many": ("{n} 处住宅", "{n} homes"),
    "percent": ("{n} %", "{n} %"),
    "metres": ("{n} 米", "{n} m"),
    "kilometres": ("{n} 公里", "{n} km"),
    "square_kilometres": ("{n} 平方公里", "{n} km²"),
    "unknown_share": ("无数据", "no data"),
    "colon": ("：", ": "),
    "comma": ("，", ", "),
    "list_comma": ("、", ", "),
    "semicolon": ("；", "; "),
    # the answer
    "answer": (
        "的{who}步行 {reach} 米内有{what}",
        "of {who} have {what} within a {reach} m walk",
    ),
    "answer_any": (
        "的{who}步行 {reach} 米内可达「{what}」",
        "of {who} are within a {reach} m walk: {what}",
    ),
    "answer_union": (
        "的{who}步行可达其中至少一类",
        "of {who} reach at least one of its classes on foot",
    ),
    "answer_empty": (
        "研究范围内没有可量算的住宅",
        "There are no homes to measure in the study area",
    ),
    "walking": ("实际步行可达", "On foot, along streets"),
    "straight": ("直线（服务半径）", "Straight line (service radius)"),
    "target": ("目标", "Target"),
    "bounds": ("上下限", "Lower to upper bound"),
    "target_met": ("达标", "met"),
    "target_not_met": ("未达标", "not met"),
    "target_unjudged": ("缺用地数据，不判定", "not judged: no land given"),
    "land_official": ("官方口径：{land}", "Official: {land}"),
    "land_straight": ("{land}（直线）", "{land} (straight)"),
    "land_network": ("{land}（步行可达）", "{land} (on foot)"),
    "land_of_residential": ("居住用地", "residential land"),
    "land_of_built_up": ("建成区", "built-up area"),
    "land_of_built_up_construction": ("建成区建设用地", "built-up construction land"),
    "share_bar": (
        "覆盖率：步行 {walk}，直线 {straight}",
        "Share served: {walk} on foot, {straight} by straight line",
    ),
    "missed": ("未覆盖：{amount}。", "Not served: {amount}."),
    "missed_paper": (
        "其中 {amount}虽在服务半径内，实际却走不到。",
        "Of these, {amount} inside the service radius, where the walk is too long.",
    ),
    "missed_nobody": ("全部覆盖。", "Nobody is left out."),
    "no_facilities": (
        "范围内没有符合条件的设施，因此无人覆盖。",
        "There is no such facility here, so nobody is served.",
    ),
    # why
    "why_heading": (
        "官方口径与实际之差的原因",
        "Why the official and the real figure differ",
    ),
    "why_unserved": ("未覆盖的原因", "Why they are not served"),
    "why_outside": (
        "服务半径以外另有 {amount}：{parts}。",
        "Beyond the service radius as well: {amount} ({parts}).",
    ),
    "why_part": ("{reason} {amount}", "{reason}, {amount}"),
    # zones
    "zones": ("分区界线", "Zones"),
    "zones_heading": ("各分区（{n} 个，差的在前）", "By zone ({n}, worst first)"),
    "zone": ("分区", "Zone"),
    "zone_people": ("居民", "Residents"),
    "zone_homes": ("住宅", "Homes"),
    "zone_network": ("步行", "On foot"),
    "zone_straight": ("直线", "Straight"),
    "zone_land_straight": ("用地直线", "Land, straight"),
    "zone_land_network": ("用地步行", "Land, on foot"),
    # what one walks to
    "what_bus_stop": ("公交站", "a bus stop"),
    "what_park": ("公园", "a park"),
    "what_green": ("绿地", "green space"),
    "one_bus_stop": ("公交站", "Bus stop"),
    "one_park": ("公园", "Park"),
    "one_green": ("绿地", "Green space"),
    "one_facility": ("设施", "Facility"),
    "one_home": ("住宅", "Home"),
    # gaps
    "gaps_heading": ("覆盖盲区：先看这 {n} 处", "Where not: the {n} worst gaps"),
    "gaps_heading_one": ("覆盖盲区：只有这 1 处", "Where not: the only gap"),
    "gaps_none": ("没有覆盖盲区。", "There are no gaps."),
    "gap_near": ("{landmark}附近", "Around {landmark}"),
    "gap_nameless": ("第 {n} 处盲区", "Gap {n}"),
    "gap_title": ("覆盖盲区第 {n} 处", "Gap {n}"),
    "gap_because": ("{reason}。{far}", "{reason}. {far}"),
    "gap_walk": (
        "最近的{what}步行 {walk}，直线 {straight}。",
        "Nearest {what}: {walk} on foot, {straight} straight.",
    ),
    "gap_cut_off": (
        "最近的{what}直线 {straight}，但无路可通。",
        "Nearest {what}: {straight} straight, but no way on foot.",
    ),
    # legend
    "legend": ("图例", "Legend"),
    "legend_help": ("点击可显示或隐藏图层", "Click to show or hide"),
    "legend_shares": ("步行 {walk} · 直线 {straight}", "On foot {walk} · straight {straight}"),
    "served": ("已覆盖", "Served"),
    "unserved": ("未覆盖", "Unserved"),
    "unconnected": ("未接入路网", "Not connected to streets"),
    "reach": ("可达范围内的街道", "Streets within reach"),
    "area": ("步行可达范围", "Land within reach"),
    "streets": ("街道", "Streets"),
    "facilities": ("设施", "Facilities"),
    "facilities_bus_stop": ("公交站", "Bus stops"),
    "facilities_park": ("公园", "Parks"),
    "facilities_green": ("绿地", "Green spaces"),
    "entrances": ("出入口", "Entrances"),
    "entrances_of": ("出入口（{kinds}）", "Entrances ({kinds})"),
    "entrances_street_side": ("点为临街", "dots: street side"),
    "entrances_fallback": ("虚圈为推定", "dashed: fallback"),
    "gaps": ("覆盖盲区", "Gaps"),
    "green": ("其他绿地", "Other green"),
    "water": ("水域", "Water"),
    # entrances
    "kind_given": ("已知出入口", "a given entrance"),
    "kind_crossing": ("道路穿越处", "a street that crosses its edge"),
    "kind_street_side": ("临街一侧", "its street side"),
    "kind_fallback": ("推定出入口", "a fallback: the nearest street"),
    "kind_point": ("设施所在点", "the place itself"),
    # card
    "card_close": ("关闭", "Close"),
    "card_walk": ("步行 {walk}", "{walk} on foot"),
    "card_inside": ("就在其中", "Right inside"),
    "card_unreachable": ("步行无法到达", "No way on foot"),
    "card_none": ("没有可到的设施", "No facility to walk to"),
    "card_to": ("最近设施", "Nearest"),
    "card_by": ("由此进入", "Entered by"),
    "card_straight": ("直线距离", "Straight line"),
    "card_detour": ("绕行", "Detour"),
    "card_times": ("直线的 {n} 倍", "{n} × the straight line"),
    "card_weight": ("居民", "Residents"),
    "card_homes": ("住宅", "Homes"),
    "card_id": ("编号", "Id"),
    "card_median_walk": ("步行中位数", "Median walk"),
    "card_why": ("未覆盖原因", "Why not"),
    "card_why_most": ("主要原因", "Main reason"),
    "card_in_radius": (
        "在 {reach} 米服务半径之内，实际却走不到。",
        "Inside the {reach} m radius, yet too far on foot.",
    ),
    "card_uncertain": (
        "靠近数据边缘，数据更全时结论可能改变。",
        "Near the edge of the data: more data could change this.",
    ),
    "card_unconnected": (
        "附近没有可以接入的街道，因此不计为已覆盖。",
        "No street it can be tied to, so it does not count as served.",
    ),
    "card_met": ("可达（{n}）", "Within reach ({n})"),
    "card_missing": ("缺少（{n}）", "Missing ({n})"),
    "card_optional": ("选配设施", "Optional"),
    "card_met_of": ("{n} / {of} 类必配设施可达", "{n} of {of} must-have services"),
    "card_nowhere": ("走不到", "no way"),
    # circle
    "circle_answer": (
        "的{who}步行可达全部 {of} 类必配设施；平均可达 {mean} 类",
        "of {who} have all {of} must-have services within reach; on average {mean} of {of}",
    ),
    "circle_steps": ("可达的必配设施类数", "Must-have services within reach"),
    "circle_step_all": ("全部 {n}", "all {n}"),
    "circle_step": ("{low}–{high}", "{low}–{high}"),
    "circle_bar": ("按可达类数分布：{parts}", "Distribution: {parts}"),
    "circle_bar_part": ("{step} 类 {share}", "{step}: {share}"),
    "circle_must": ("必配设施", "Must-have services"),
    "circle_optional": ("选配设施", "Optional services"),
    "circle_click": (
        "点击一类，地图显示谁走得到、谁走不到。",
        "Click one to see who has it and who has not.",
    ),
    "circle_overall": ("总体", "All together"),
    "circle_absent": (
        "数据中没有：{names}。可能未采集，未必真的没有。",
        "Not in the data: {names}. They may be unmapped rather than missing.",
    ),
    "circle_absent_short": ("数据中没有", "not in the data"),
    "circle_scarcest": ("最缺的", "Scarcest"),
    "circle_row": (
        "{name}：{share}，{reach} 米内",
        "{name}: {share} within {reach} m",
    ),
    # small print
    "data_date": ("数据日期 {date}", "Data of {date}"),
    "data_date_unknown": ("数据日期不详", "Date of data unknown"),
    "small_definition": ("定义与依据", "Definition and clause"),
    "small_data": ("数据与日期", "Data and dates"),
    "small_method": ("怎样量算", "How it was measured"),
    "small_left_out": ("未计入的", "What was left out"),
    "definition": (
        "沿可步行的街道，从住宅到设施出入口不超过 {reach} 米，即为已覆盖。",
        "Served: no more than {reach} m along walkable streets from the home to an entrance.",
    ),
    "definition_circle": (
        "每类设施各有步行距离；一处住宅的必配设施全部可达，生活圈才算完整。",
        "Each service has its own reach; a circle is complete when all must-have ones are within.",
    ),
    "clause": ("依据", "Source"),
    "clause_of_service": ("{name}，{reach}：{source}。", "{name}, {reach}: {source}."),
    "clause_check": ("请核对", "check"),
    "circle_speed": (
        "分钟按步速 {speed} 米/秒折算为米。",
        "Minutes stand for metres at {speed} m/s.",
    ),
    "status_C1": ("已见条文原文。", "The text of the rule was seen."),
    "status_C2": (
        "转引自二手资料，上报前请核对条文。",
        "From a secondary source: check the clause before submitting.",
    ),
    "status_U": (
        "来源未经证实，上报前请核对条文。",
        "Unconfirmed: check the clause before submitting.",
    ),
    "source": ("数据来源", "Data source"),
    "study_area": ("研究范围", "Study area"),
    "page_made": ("量算日期", "Measured"),
    "method_walk": (
        "距离为三段之和：住宅到街道、沿街道的最短路、街道到出入口。单行道步行不受限。",
        "Leg to a street, way along streets, leg to an entrance. One-way streets go both ways.",
    ),
    "method_straight": (
        "直线距离量到设施点，公园和绿地量到边界。",
        "The straight line runs to the facility's point, or to the edge of a park.",
    ),
    "method_entrances": ("出入口：{kinds}。", "Entrances: {kinds}."),
    "method_kind": ("{kind} {n} 处", "{n} × {kind}"),
    "method_low": (
        "下限：只认已给的出入口和真实的道路穿越处。",
        "Lower bound: only given gates and real crossings count.",
    ),
    "method_high": (
        "上限：凡街道 30 米以内的边界均可进入，路网孤岛间 30 米以内的断口视为连通。",
        "Upper bound: parks entered anywhere within 30 m of a street; gaps up to 30 m closed.",
    ),
    "method_homes": (
        "没有人口数据，每处住宅计 1。",
        "There are no figures for people: every home counts one.",
    ),
    "method_people": ("人数取整到十位。", "People are rounded to tens."),
    "left_layer": (
        "{layer}：读取 {read}，采用 {used}，略去 {dropped}，修复 {repaired}。",
        "{layer}: {read} read, {used} used, {dropped} left out, {repaired} repaired.",
    ),
    "left_unconnected": (
        "未接入路网：{amount}（计入总数，不算已覆盖）。",
        "Not connected to streets: {amount} (in the total, never served).",
    ),
    "left_edge": (
        "靠近数据边缘、结论可能改变：{amount}。",
        "Near the edge of the data, where the answer could change: {amount}.",
    ),
    "layer_streets": ("街道", "Streets"),
    "layer_homes": ("住宅", "Homes"),
    "layer_parks": ("公园", "Parks"),
    "layer_green": ("绿地", "Green space"),
    "layer_bus_stops": ("公交站", "Bus stops"),
    "layer_facilities": ("设施", "Facilities"),
    "layer_park_gates": ("公园出入口", "Park gates"),
    "layer_water": ("水域", "Water"),
    "layer_boundary": ("研究范围", "Study area"),
    "layer_barriers": ("阻隔（铁路、围墙等）", "Barriers (railways, walls ...)"),
    "layer_zones": ("分区", "Zones"),
    "layer_residential": ("居住用地", "Residential land"),
    "layer_built_up": ("建成区", "Built-up area"),
    "layer_built_up_construction": ("建成区建设用地", "Built-up construction land"),
    "layer_population": ("人口", "Population"),
    "layer_elevation": ("高程", "Heights of the ground"),
    # before and after
    "count_residents": ("名居民", "residents"),
    "count_home": ("处住宅", "home"),
    "count_homes": ("处住宅", "homes"),
    "points": ("{n} 个百分点", "{n} points"),
    "gain_bar": ("覆盖率：{before} → {after}", "Share served: {before} → {after}"),
    "before": ("实施前", "Before"),
    "after": ("实施后", "After"),
    "after_by": ("实施后（{points}）", "After ({points})"),
    "difference": ("变化", "Change"),
    "gained": ("新增覆盖", "Newly served"),
    "lost": ("不再覆盖", "No longer served"),
    "served_both": ("前后均已覆盖", "Served before and after"),
    "served_neither": ("前后均未覆盖", "Unserved before and after"),
    "answer_gain": (
        "{who}步行 {reach} 米内新有{what}：覆盖率 {before} → {after}",
        "{who} gain {what} within a {reach} m walk: {before} → {after} are served",
    ),
    "answer_gain_any": (
        "{who}步行 {reach} 米内新达「{what}」：覆盖率 {before} → {after}",
        "{who} come within a {reach} m walk ({what}): {before} → {after} are served",
    ),
    "answer_loss": (
        "{who}步行 {reach} 米内不再有{what}：覆盖率 {before} → {after}",
        "{who} no longer have {what} within a {reach} m walk: {before} → {after} are served",
    ),
    "answer_loss_any": (
        "{who}步行 {reach} 米内不再可达「{what}」：覆盖率 {before} → {after}",
        "{who} no longer are within a {reach} m walk ({what}): {before} → {after} are served",
    ),
    "answer_gain_whole": (
        "{who}新达「{what}」：覆盖率 {before} → {after}",
        "{who} gain it all ({what}): {before} → {after} are served",
    ),
    "answer_loss_whole": (
        "{who}不再达到「{what}」：覆盖率 {before} → {after}",
        "{who} no longer have it all ({what}): {before} → {after} are served",
    ),
    "change_none": (
        "已覆盖，与实施前相同：无人新增，无人失去",
        "are served, as before: nobody gains, nobody loses",
    ),
    "who_heading": ("谁受益，谁受损", "Who gains, who loses"),
    "who_gained": ("新增覆盖", "Newly served"),
    "who_lost": ("不再覆盖", "No longer served"),
    "who_nearer": ("步行更近", "Shorter walk"),
    "who_farther": ("步行更远", "Longer walk"),
    "who_saved": (
        "全体平均少走 {walk}。",
        "Over all, a walk is {walk} shorter on average.",
    ),
    # scenarios
    "compare_title": ("{standard}：{scenario}", "{standard}: {scenario}"),
    "changes_heading": ("各项措施（{n} 项）", "The measures ({n})"),
    "changes_one": ("措施", "The measure"),
    "changes_hint": (
        "单独：只做这一项。整体中：其余都做，唯独不做这一项会少多少。",
        "Alone: only this one is done. In the whole: what is lost if only this one is left out.",
    ),
    "changes_new": ("新增或改动", "New or changed"),
    "changes_gone": ("取消或关闭", "Removed or closed"),
    "changes_shared": (
        "另有 {amount}由几项措施共同覆盖，缺任何一项都不受影响；每人只计一次。",
        "Another {amount} are served by several at once, whichever is left out; counted once.",
    ),
    "changes_joint": (
        "有的措施要合在一起才有效：各项之和比整体多 {amount}。",
        "Some measures only work together: the single figures exceed the whole by {amount}.",
    ),
    "worth": ("单独 {alone} · 整体中 {within}", "alone {alone} · in the whole {within}"),
    "fact_does": ("措施", "Measure"),
    "fact_alone": ("单独实施", "Alone"),
    "fact_within": ("整体中", "In the whole"),
    "fact_cost": ("费用", "Cost"),
    "do_add_facility": ("新建{what}", "New {what}"),
    "do_move_facility": ("迁移{what}", "Move a {what}"),
    "do_remove_facility": ("取消{what}", "Remove a {what}"),
    "do_add_gate": ("新增出入口", "New gate"),
    "do_open_gate": ("开放出入口", "Open a gate"),
    "do_close_gate": ("关闭出入口", "Close a gate"),
    "do_add_street": ("新建道路", "New street"),
    "do_add_bridge": ("新建桥梁或通道", "New bridge or tunnel"),
    "do_open_street": ("打通道路", "Open a street"),
    "do_close_street": ("封闭道路", "Close a street"),
    "do_add_people": ("新增居民", "New residents"),
    "do_set_people": ("调整居民数", "Another number of residents"),
    "swipe_label": (
        "分界线：左为实施前，右为实施后；左右方向键移动",
        "Divider: before on the left, after on the right; left and right arrows move it",
    ),
    "side_scenarios": ("方案比较", "Scenarios side by side"),
    "side_standards": ("同一方案的其他指标", "The same scenario by other standards"),
    "side_scenario": ("方案", "Scenario"),
    "side_standard": ("指标", "Standard"),
    "side_gained": ("新增", "Gained"),
    "side_lost": ("失去", "Lost"),
    "side_title": ("方案比较", "Scenarios compared"),
    "side_lead": (
        "每个方案实施前后，谁新增步行覆盖，谁失去覆盖；点方案看地图。",
        "Who gains a walk within reach, and who loses it; each scenario leads to its map.",
    ),
    "zones_changed": ("各分区（{n} 个，变化大的在前）", "By zone ({n}, largest change first)"),
    "small_computed": ("怎样计算", "How it was computed"),
    "page_computed": ("计算日期", "Computed"),
    "method_twice": (
        "实施前后按同一方法量算，路网随措施改动。",
        "Before and after are measured in the same way, on streets as the measures leave them.",
    ),
    "method_alone": (
        "单独：在现状上只做一项，新增覆盖多少。",
        "Alone: people gained if one measure is added to what is there.",
    ),
    "method_within": (
        "整体中：全部措施都做时，去掉一项会失去多少，因此重叠部分不重复计。",
        "In the whole: people lost if one is left out of all, so overlaps never count twice.",
    ),
    "card_before": ("实施前步行", "Walk before"),
    "card_after": ("实施后步行", "Walk after"),
    "card_saved": ("{walk}，近了", "{walk} less"),
    "card_longer": ("{walk}，远了", "{walk} more"),
    # proposals
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
    "against_short": ("注意：{what}", "Mind: {what}"),
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
    # the frame
    "north": ("北", "N"),
    "north_up": ("上方为北", "North is up"),
    "map_label": (
        "地图：方向键移动，加减键缩放，回车查看中间的住宅",
        "Map: arrows move it, plus and minus zoom, Enter tells of the home in the middle",
    ),
    "zoom_in": ("放大", "Zoom in"),
    "zoom_out": ("缩小", "Zoom out"),
    "whole_map": ("显示全部", "Show all"),
    "drawer": ("展开或收起说明", "Open or close the drawer"),
    "overview": ("总览", "Overview"),
    "panel_label": ("说明", "Explanation"),
    "script_needed": (
        "地图需要启用脚本才能显示；文字说明仍可阅读。",
        "The map needs scripts to be enabled; the text can be read without.",
    ),
    # index
    "index_title": ("谁能走到什么", "Who can walk to what"),
    "index_lead": (
        "沿实际街道量算的步行可达，与直线服务半径对照。",
        "Measured along real streets, beside the straight-line service radius.",
    ),
    "index_straight": ("直线 {share}", "Straight line {share}"),
    "index_target": ("目标 {share}", "Target {share}"),
    "index_gaps": ("最大的盲区", "Worst gaps"),
    "index_open": ("打开地图", "Open the map"),
    "index_bounds": ("上下限 {low} – {high}", "Bounds {low} – {high}"),
    "index_land": ("官方口径（用地） {share}", "Official, of land {share}"),
    "index_zones": ("最差的分区", "Worst zones"),
    "index_classes": ("各类", "Its classes"),
    "index_missed": ("未覆盖 {amount}", "{amount} unserved"),
    "index_sketch": ("示意图：蓝为已覆盖，橙为未覆盖", "Sketch: blue served, orange unserved"),
    "index_sketch_circle": (
        "示意图：颜色越深，可达的必配设施越多",
        "Sketch: the darker, the more services within reach",
    ),
    "index_total": ("共 {amount}", "{amount} in all"),
}
"""Key: Chinese, English. Braces are places for values; what fills them is never read again."""

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Words:
    """The words of one language.

    Examples
    --------
    >>> Words("en").say("metres", n="500")
    '500 m'
    """

    language: Language

    def say(self, key: str, **values: object) -> str:
        """Say one entry of the table, its places filled."""
        sentence = TABLE[key][0 if self.language == "zh" else 1]
        return _PLACE.sub(lambda place: str(values[place[1]]), sentence)

    def all(self) -> dict[str, str]:
        """Give every entry, for the page's own JavaScript."""
        column = 0 if self.language == "zh" else 1
        return {key: entry[column] for key, entry in TABLE.items()}

    def pick(self, named: Mapping[str, object]) -> str:
        """Take the name in this language of something that has ``zh`` and ``en``."""
        return str(named.get(self.language) or named.get("en") or named.get("zh") or "")

    def one_of(self, zh: str, en: str) -> str:
        """Take the one in this language of a pair of words from elsewhere."""
        return zh if self.language == "zh" else en

    def begun(self, phrase: str) -> str:
        """Begin a line or sentence with a phrase: in English with a capital.

        Examples
        --------
        >>> Words("en").begun("no way in")
        'No way in'
        """
        return phrase[:1].upper() + phrase[1:]

    def percent(self, share: float | None) -> str:
        """Say a share, 0 to 1, with one decimal, never rounded up to all or down to nothing.

        Examples
        --------
        >>> [Words("en").percent(share) for share in (0.6084, 0.99996, 1, 0.0001, None)]
        ['60.8 %', '99.9 %', '100.0 %', '0.1 %', 'no data']
        """
        if share is None or math.isnan(share):
            return self.say("unknown_share")
        figure = round(100 * share, 1)
        if 0 < share < 1:
            figure = min(max(figure, 0.1), 99.9)
        return self.say("percent", n=f"{figure:.1f}")

    def metres(self, distance: float) -> str:
        """Say a distance in whole metres.

        Examples
        --------
        >>> Words("en").metres(1234.5)
        '1,234 m'
        """
        return self.say("metres", n=f"{distance:,.0f}")

    def number(self, figure: float) -> str:
        """Say a whole number with separators."""
        return f"{figure:,.0f}"

    def amount(self, count: float, *, people: bool) -> str:
        """Say how many homes, or how many residents, rounded to tens.

        Examples
        --------
        >>> Words("en").amount(1234, people=True), Words("en").amount(1, people=False)
        ('1,230 residents', '1 home')
        """
        if not people:
            key = "homes_one" if round(count) == 1 else "homes_many"
            return self.say(key, n=self.number(count))
        if 0 < count < 10:  # noqa: PLR2004 - tens are what people are rounded to
            return self.say("residents_few")
        return self.say("residents_many", n=self.rounded(count, people=True))

    def rounded(self, count: float, *, people: bool) -> str:
        """Say the bare figure of homes, or of residents in tens, where a heading names them.

        Examples
        --------
        >>> Words("en").rounded(1234, people=True), Words("en").rounded(1234, people=False)
        ('1,230', '1,234')
        """
        return self.number(math.floor(count / 10 + 0.5) * 10 if people else count)
