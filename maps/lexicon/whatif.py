"""Trying changes in the page: tools, hints, candidates, files, what has no effect and why."""

WORDS: dict[str, tuple[str, str]] = {
    # the page
    "whatif_title": ("动手试方案", "Try a change"),
    "whatif_question": ("看哪项指标", "Which question"),
    "whatif_has": (
        "的{who}步行 {reach} 米内有{what}。选地图上方的工具，试一个改动。",
        "of {who} have {what} within a {reach} m walk. Choose a tool above the map and try.",
    ),
    "whatif_has_any": (
        "的{who}步行 {reach} 米内可达「{what}」。选地图上方的工具，试一个改动。",
        "of {who} are within a {reach} m walk ({what}). Choose a tool above the map and try.",
    ),
    "whatif_has_whole": (
        "的{who}达到「{what}」。选地图上方的工具，试一个改动。",
        "of {who} have it all ({what}). Choose a tool above the map and try.",
    ),
    "whatif_now": ("现方案", "Now"),
    "whatif_all": ("全部指标", "All standards"),
    "whatif_computing": ("正在计算……", "Computing…"),
    "whatif_asleep": ("在上面选它再算", "choose it above to compute it"),
    "whatif_zones": ("各分区（变化大的在前）", "By zone (largest change first)"),
    "whatif_reach": ("步行距离", "How far one walks"),
    "whatif_reach_service": ("哪类设施", "To which service"),
    "whatif_own_reach": ("恢复 {reach} 米", "Back to {reach} m"),
    "whatif_m2": ("{n} 平方米", "{n} m²"),
    # tools
    "whatif_tools": ("工具", "Tools"),
    "whatif_tool_look": ("查看", "Look"),
    "whatif_tool_area": ("建公园", "Add park"),
    "whatif_tool_bus_stop": ("加站点", "Add stop"),
    "whatif_tool_other": ("加设施", "Add other"),
    "whatif_tool_move": ("迁移", "Move"),
    "whatif_tool_remove": ("移除", "Remove"),
    "whatif_tool_close_street": ("封路", "Close street"),
    "whatif_tool_open": ("打开小区", "Open gated"),
    "whatif_tool_add_gate": ("加出入口", "Add gate"),
    "whatif_tool_close_gate": ("关出入口", "Close gate"),
    "whatif_what": ("类别", "Kind"),
    "whatif_form": ("形状", "Shape"),
    "whatif_form_square": ("方形", "Square"),
    "whatif_form_circle": ("圆形", "Circle"),
    "whatif_form_outline": ("自己画", "Draw it"),
    "whatif_size": ("面积（平方米）", "Size in m²"),
    "whatif_open_street": ("这条内部道路", "this street"),
    "whatif_open_compound": ("整个小区", "the whole compound"),
    "whatif_back": ("退一个角", "Last corner back"),
    "whatif_finish": ("完成", "Finish"),
    "whatif_cancel": ("取消", "Cancel"),
    # hints
    "whatif_hint_look": (
        "点住宅或任意一处，看它怎么走；选上方的工具，试一个改动。",
        "Click a home or any spot to see its walk; choose a tool above to try a change.",
    ),
    "whatif_hint_area": (
        "在地图上移动，人数随之变化；点一下放下公园，之后可拖动它和它的角。",
        "Move over the map and watch the figures; click to place it, then drag it or its corners.",
    ),
    "whatif_hint_outline": (
        "逐个点出各角；再点第一个角或按「完成」收口。",
        "Click the corners one by one; click the first one again, or Finish, to close it.",
    ),
    "whatif_hint_bus_stop": (
        "在地图上移动，人数随之变化；点一下放下站点。",
        "Move over the map and watch the figures; click to place the stop.",
    ),
    "whatif_hint_other": (
        "在地图上移动，人数随之变化；点一下放下设施。",
        "Move over the map and watch the figures; click to place it.",
    ),
    "whatif_hint_move": (
        "按住一处设施拖到新位置；或点它一下，再点新位置。",
        "Drag a facility to its new place; or click it, then click the new place.",
    ),
    "whatif_hint_remove": ("点要移除的设施。", "Click the facility that goes."),
    "whatif_hint_close_street": ("点要封闭的道路。", "Click the street to close."),
    "whatif_hint_open": (
        "点要打开的封闭小区内的道路。",
        "Click a street inside the gated compound that is to be opened.",
    ),
    "whatif_hint_add_gate": (
        "沿公园边移动，人数随之变化；点一下加出入口。",
        "Move along the edge of a park and watch the figures; click to add a gate.",
    ),
    "whatif_hint_close_gate": ("点要关闭的出入口。", "Click the gate to close."),
    "whatif_hint_carry": (
        "移动鼠标，或用方向键移动地图；点一下或按回车放下，Esc 取消。",
        "Move the pointer, or the map by arrow keys; click or Enter puts it down, Escape cancels.",
    ),
    "whatif_hint_placed": (
        "已放下。可拖动它，拖角改形状；在列表里起名或删除。",
        "Done. Drag it to move it, drag its corners to reshape it; name or remove it in the list.",
    ),
    "whatif_none_facility": ("这里没有设施。", "There is no facility here."),
    "whatif_none_street": ("附近没有道路。", "There is no street near."),
    "whatif_none_gated": ("附近没有封闭小区的道路。", "There is no gated street near."),
    "whatif_none_gate": ("附近没有出入口。", "There is no gate near."),
    "whatif_few_corners": ("至少要三个角。", "An outline needs three corners at least."),
    "whatif_crosses": ("轮廓自相交叉。", "The outline crosses itself."),
    # what a change does
    "whatif_do_add_facility": ("新建{what}", "New {what}"),
    "whatif_do_move_facility": ("迁移{what}", "Move a {what}"),
    "whatif_do_remove_facility": ("移除{what}", "Remove a {what}"),
    "whatif_do_add_gate": ("新增出入口", "New gate"),
    "whatif_do_close_gate": ("关闭出入口", "Close a gate"),
    "whatif_do_close_street": ("封闭道路", "Close a street"),
    "whatif_do_open_street": ("打通内部道路", "Open a gated street"),
    "whatif_do_open_gate": ("打开小区", "Open a compound"),
    "whatif_do_add_street": ("新建道路", "New street"),
    "whatif_do_add_people": ("新增居民", "New residents"),
    "whatif_do_set_people": ("调整居民数", "Another number of residents"),
    # why it has no effect
    "whatif_refused_category": (
        "没有指标计算这类设施，所以没有效果。",
        "No standard counts such a facility, so this has no effect.",
    ),
    "whatif_refused_size": (
        "面积 {area}，不在指标要求的范围内（至少 {least}），所以没有效果。",
        "{area} is not a size that a standard counts ({least} at least), so this has no effect.",
    ),
    "whatif_refused_facility": (
        "找不到这处设施，所以没有效果。",
        "This facility is not found, so this has no effect.",
    ),
    "whatif_refused_gate": (
        "{metres}以内没有公园边界或出入口，所以没有效果。",
        "No park's edge or gate lies within {metres}, so this has no effect.",
    ),
    "whatif_refused_street": (
        "这里没有道路，所以没有效果。",
        "No street lies here, so this has no effect.",
    ),
    "whatif_refused_gated": (
        "这里没有封闭的道路，所以没有效果。",
        "No gated street lies here, so this has no effect.",
    ),
    "whatif_refused_place": (
        "没有画出位置，所以没有效果。",
        "It has no place, so this has no effect.",
    ),
    "whatif_refused_file": (
        "读不懂这个文件：应为本页或 lifecircle 的方案文件（GeoJSON）。",
        "This file cannot be read: give a scenario as GeoJSON, as this page saves it.",
    ),
    "whatif_refused_verb": (
        "文件里有本页不能试的改动（{do}）：请用 lifecircle compare。",
        "The file holds a change this page cannot try ({do}): use lifecircle compare.",
    ),
    # the list of changes
    "whatif_changes": ("改动", "Your changes"),
    "whatif_no_changes": (
        "还没有改动。选地图上方的工具，例如「建公园」。",
        "None yet. Choose a tool above the map, for instance Add park.",
    ),
    "whatif_show": ("在地图上看：{name}", "Show on the map: {name}"),
    "whatif_move": ("移动：{name}", "Move: {name}"),
    "whatif_remove": ("删除：{name}", "Remove: {name}"),
    "whatif_name": ("改动 {n} 的名称", "Name of change {n}"),
    "whatif_cost": ("改动 {n} 的费用", "Cost of change {n}"),
    "whatif_undo": ("撤销", "Undo"),
    "whatif_redo": ("重做", "Redo"),
    "whatif_reset": ("全部清除", "Start again"),
    # candidates
    "whatif_candidates": ("备选方案", "Candidates"),
    "whatif_keep": ("存为备选", "Keep as candidate"),
    "whatif_candidate": ("备选 {n}", "Candidate {n}"),
    "whatif_candidate_name": ("备选方案名称", "Name of the candidate"),
    "whatif_no_candidates": (
        "把现在的改动存为备选，再试别的，并排比较。",
        "Keep the present changes, try others, and compare them side by side.",
    ),
    "whatif_back_to": ("回到：{name}", "Back to: {name}"),
    "whatif_csv": ("导出表格（CSV）", "Save the table (CSV)"),
    # files
    "whatif_files": ("文件", "Files"),
    "whatif_save": ("保存方案", "Save scenario"),
    "whatif_open": ("打开方案", "Open scenario"),
    "whatif_file": ("方案", "scenario"),
    "whatif_opened": ("已打开 {n} 项改动。", "Opened: {n} changes."),
    "whatif_files_hint": (
        "保存的文件可直接交给 lifecircle compare，也可在 QGIS 里打开。",
        "lifecircle compare reads the file as it is; so does QGIS.",
    ),
    # card
    "whatif_spot": ("这一处", "This spot"),
    "whatif_far": ("2,000 米内走不到", "Not within a 2,000 m walk"),
    "whatif_leg": ("其中到最近道路", "Of this, to the nearest street"),
    "whatif_new": ("新设施", "newly added"),
    "whatif_why": ("原来未覆盖的原因", "Why it was unserved before"),
    # legend
    "whatif_legend_changes": ("改动", "Changes"),
    "whatif_legend_reach": ("新设施可达的街道", "Streets within reach of what is new"),
    # small print
    "whatif_what_it_is": ("这一页算的是什么", "What this page computes"),
    "whatif_same_rules": (
        "规则与已量算的结果完全相同：沿道路步行，到出入口为止。",
        "The rules are those of the measured figures: on foot along streets, to an entrance.",
    ),
    "whatif_before_is": (
        "「实施前」就是已量算的数字。",
        "“Before” is what was measured.",
    ),
    "whatif_entrances": (
        "画出的公园由道路穿越或临街处进入，也可自己加出入口；圆环是找到的出入口。",
        "A park one draws is entered where streets cross or touch its edge (rings), or by gates.",
    ),
    "whatif_limits": (
        "超过 2,000 米的步行不再追踪。",
        "Walks beyond 2,000 m are not followed.",
    ),
    "whatif_cannot": (
        "新建道路、桥梁和新增居民在这里不能试，请用 lifecircle compare。",
        "New streets, bridges and residents cannot be tried here: use lifecircle compare.",
    ),
    "whatif_stays": (
        "一切都在本机计算，不联网；关闭标签页前请保存。",
        "Everything is computed on this machine, without a network; save before closing the tab.",
    ),
    "whatif_keys": ("只用键盘", "By keyboard alone"),
    "whatif_keys_pointer": (
        "选好工具后，方向键移动地图，中间的十字就是指针，回车放下。",
        "Choose a tool; arrow keys move the map under the cross, the pointer; Enter places.",
    ),
    "whatif_keys_more": (
        "Delete 删除所选，Esc 取消，Ctrl+Z 撤销，Ctrl+Y 重做。",
        "Delete removes what is chosen, Escape cancels, Ctrl+Z undoes, Ctrl+Y does it again.",
    ),
}
