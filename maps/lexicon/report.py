"""The report on paper."""

WORDS: dict[str, tuple[str, str]] = {
    # sheets of the workbook
    "report_sheet_answers": ("主要结果", "Answers"),
    "report_sheet_definitions": ("定义与依据", "Definitions"),
    "report_sheet_results": ("各口径结果", "Results"),
    "report_sheet_missed": ("未覆盖的构成", "Not served"),
    "report_sheet_reasons": ("未覆盖的原因", "Reasons"),
    "report_sheet_zones": ("各分区", "Zones"),
    "report_sheet_zones_land": ("各分区（含用地）", "Zones with land"),
    "report_sheet_gaps": ("覆盖盲区", "Gaps"),
    "report_sheet_gaps_zoned": ("覆盖盲区（含分区）", "Gaps by zone"),
    "report_sheet_classes": ("组合指标各类", "Classes"),
    "report_sheet_steps": ("生活圈分布", "Circle distribution"),
    "report_sheet_services": ("生活圈设施", "Circle services"),
    "report_sheet_priorities": ("优先处理的盲区", "Priorities"),
    "report_sheet_acts": ("按对策汇总", "Kinds of work"),
    "report_sheet_proposals": ("已检验的建议", "Proposals"),
    "report_sheet_compared": ("方案比较", "Scenarios"),
    "report_sheet_inputs": ("输入文件", "Inputs"),
    "report_sheet_layers": ("图层记录", "Layers"),
    "report_sheet_left_out": ("剔除与修复", "Left out"),
    "report_sheet_laws": ("自检", "Checks"),
    "report_sheet_versions": ("软件版本", "Versions"),
    # title page
    "report_title": ("步行可达性评估报告", "Walking access assessment"),
    "report_kind": ("规划成果附件", "Annex to the plan"),
    "report_fact_place": ("评估范围", "Study area"),
    "report_fact_total": ("统计对象", "What is counted"),
    "report_fact_homes": (
        "{amount}（无人口数据，每处住宅计 1）",
        "{amount} (no figures for people: each home counts one)",
    ),
    "report_fact_walker": ("量算对象", "Measured for"),
    "report_fact_data": ("数据日期", "Date of data"),
    "report_fact_made": ("量算日期", "Measured on"),
    "report_fact_crs": ("坐标系", "Coordinate system"),
    "report_fact_review": ("审图号", "Map review number"),
    "report_fact_author": ("编制单位", "Prepared by"),
    "report_fact_public": ("公开范围", "Edition"),
    "report_blank": ("（待填写）", "(to be filled in)"),
    "report_unknown": ("不详", "unknown"),
    "report_public": (
        "公开版：不含单处住宅，人数取整到十位。",
        "Public edition: no single homes; residents rounded to tens.",
    ),
    "report_contents": ("目录", "Contents"),
    "report_table": ("表", "Table"),
    "report_figure": ("图", "Figure"),
    "report_page": ("第 {n} 页", "Page {n}"),
    "report_none": ("—", "—"),
    # conclusions
    "report_conclusions": ("结论", "Findings"),
    "report_conclusions_lead": (
        (
            "本报告沿实际可步行的街道量算居民到设施的距离，并与文件规定的服务半径（直线）口径并列。"
            "共统计 {amount}。"
        ),
        (
            "Distances from homes to facilities were measured along the streets one can"
            " walk, and stand"
            " beside the service radius (straight line) that the documents ask for."
            " {amount} in all."
        ),
    ),
    "report_caption_answers": ("主要结果", "The answers"),
    "report_caption_chart": ("实际步行、直线与目标", "On foot, by straight line, and the target"),
    "report_standard": ("指标", "Standard"),
    "report_official": ("官方口径", "Official"),
    "report_straight": ("直线", "Straight line"),
    "report_walk": ("实际步行", "On foot"),
    "report_low": ("下限", "Lower bound"),
    "report_high": ("上限", "Upper bound"),
    "report_target": ("目标", "Target"),
    "report_verdict": ("判定", "Verdict"),
    "report_unserved": ("未覆盖", "Not served"),
    "report_land_lacking": ("缺{land}", "no {land}"),
    "report_no_official": ("无此口径", "none"),
    "report_no_target": ("依据未设目标", "no target set"),
    "report_unjudged": ("不判定：缺{land}图层", "not judged: no layer of {land}"),
    "report_met": ("达标", "met"),
    "report_not_met": ("未达标", "not met"),
    "report_own": ("{name}（自定口径，非标准）", "{name} (own definition, no standard)"),
    "report_above": ("> {share}", "> {share}"),
    "report_at_least": ("≥ {share}", "≥ {share}"),
    "report_note_answers": (
        "官方口径：依据文件规定的分子与分母；直线、实际步行：按{who}统计。",
        (
            "Official: numerator and denominator as the document asks; straight line and"
            " on foot: of"
            " {who}."
        ),
    ),
    "report_note_mark": (
        "{mark} 自定或未经确认的口径，不是标准；目标亦然。",
        " {mark} Own or unconfirmed definition and target, no standard.",
    ),
    "report_sentence": (
        (
            "{name}：实际步行覆盖 {walk}{bounds}，直线覆盖 {straight}；"
            "{amount}未覆盖{paper}。{land}{verdict}"
        ),
        (
            "{name}: {walk} are served on foot{bounds}, {straight} by straight line;"
            " {amount} are not"
            " served{paper}. {land}{verdict}"
        ),
    ),
    "report_sentence_bounds": ("（{low} 至 {high}）", " ({low} to {high})"),
    "report_sentence_paper": (
        "，其中 {amount}在服务半径之内",
        ", of them {amount} within the radius",
    ),
    "report_sentence_land": ("官方口径（{land}）{share}。", "Officially (of {land}) {share}. "),
    "report_sentence_target": ("目标 {target}，{verdict}。", "Target {target}: {verdict}."),
    "report_sentence_unjudged": ("{verdict}。", "{verdict}."),
    "report_sentence_nobody": (
        "{name}：范围内没有符合条件的设施，无人覆盖。",
        "{name}: there is no such facility here, so nobody is served.",
    ),
    "report_sentence_empty": (
        "{name}：范围内没有可量算的住宅。",
        "{name}: there are no homes to measure here.",
    ),
    "report_sentence_circle": (
        "{name}：{share} 的{who}步行可达全部 {n} 类必配设施，平均可达 {mean} 类；最缺{scarce}。",
        (
            "{name}: {share} of {who} have all {n} must-have services within reach,"
            " {mean} on average;"
            " scarcest: {scarce}."
        ),
    ),
    "report_legend_walk": ("实际步行覆盖", "served on foot"),
    "report_legend_straight": ("仅直线覆盖", "straight line only"),
    "report_legend_bounds": ("步行下限至上限", "bounds on foot"),
    "report_legend_target": ("目标", "target"),
    "report_service_share": ("{name}（{share}）", "{name} ({share})"),
    "report_bar_alt": (
        "{name}：步行 {walk}，直线 {straight}",
        "{name}: {walk} on foot, {straight} by straight line",
    ),
    "report_axis_alt": ("刻度 0 至 100 %", "scale from 0 to 100 %"),
    # one standard
    "report_definition": ("定义与依据", "Definition and source"),
    "report_caption_definition": ("{name}的定义", "Definition: {name}"),
    "report_item": ("项目", "Item"),
    "report_content": ("内容", "Content"),
    "report_document": ("依据文件", "Document"),
    "report_document_unsure": ("参考（未确认，不是标准）", "Taken from (unconfirmed, no standard)"),
    "report_clause": ("条文", "Clause"),
    "report_of_year": ("{document}（{year} 年）", "{document} ({year})"),
    "report_status": ("核对状态", "Source checked"),
    "report_status_C1": ("已核对", "checked"),
    "report_status_C2": ("上报前请核对条文", "check the clause before submitting"),
    "report_status_U": (
        "未确认的默认值或自定值，不作为标准；上报前请核对条文",
        "unconfirmed default or own value, not a standard; check the clause before submitting",
    ),
    "report_reach": ("服务距离", "Distance"),
    "report_walk_reach": ("{reach}（该步行者 {walk}）", "{reach} (this walker {walk})"),
    "report_size": ("设施规模", "Size of facilities"),
    "report_size_from": ("{low} 平方米以上（含）", "{low} m² or more"),
    "report_size_between": ("{low}（含）至 {high} 平方米", "{low} m² to below {high} m²"),
    "report_size_any": ("不限", "any"),
    "report_geometry": ("文件口径的距离", "Distance the document means"),
    "report_geometry_radius": ("服务半径（直线）", "service radius (straight line)"),
    "report_geometry_network": ("沿街道步行", "walked along streets"),
    "report_origin_edge": ("，自设施边界起算", ", from the facility's edge"),
    "report_origin_entrance": ("，自出入口起算", ", from its entrances"),
    "report_origin_point": ("，自设施点起算", ", from its point"),
    "report_numerator": ("分子（文件）", "Numerator (document)"),
    "report_denominator": ("分母（文件）", "Denominator (document)"),
    "report_counted": ("本报告的分母", "Denominator here"),
    "report_counted_land": ("{land} {area} 公顷", "{land}, {area} ha"),
    "report_counted_weight": ("研究范围内 {amount}", "{amount} in the study area"),
    "report_counted_no_land": (
        "未提供{land}图层，故无官方口径",
        "no layer of {land} was given, hence no official figure",
    ),
    "report_results": ("结果", "Results"),
    "report_caption_results": ("{name}：各口径结果", "{name}: results"),
    "report_measure": ("口径", "Figure"),
    "report_share": ("覆盖率", "Share"),
    "report_numerator_here": ("分子", "Numerator"),
    "report_denominator_here": ("分母", "Denominator"),
    "report_unit": ("单位", "Unit"),
    "report_unit_homes": ("处住宅", "homes"),
    "report_unit_people": ("人", "residents"),
    "report_unit_land": ("公顷", "ha"),
    "report_row_land_straight": ("{land}，直线", "Of {land}, straight line"),
    "report_row_land_network": ("{land}，实际步行", "Of {land}, on foot"),
    "report_row_straight": ("直线（服务半径）", "Straight line (service radius)"),
    "report_row_network": ("实际步行", "On foot"),
    "report_row_low": ("实际步行，下限", "On foot, lower bound"),
    "report_row_high": ("实际步行，上限", "On foot, upper bound"),
    "report_row_usual": ("常人步行", "A usual walker on foot"),
    "report_row_official": ("{row}（官方口径）", "{row} (official)"),
    "report_note_target": ("目标 {target}：{verdict}。", "Target {target}: {verdict}."),
    "report_note_verdict": ("{verdict}。", "{verdict}."),
    "report_bounds_said": (
        (
            "下限只认已给的出入口和真实的道路穿越处，未接入路网的住宅不算覆盖；"
            "上限允许从街道 30 米以内的任何边界进入，并连通 30 米以内的路网断口。"
            "真值在两者之间；上下限相差越大，越需要补充出入口数据。"
        ),
        (
            "The lower bound counts given gates and real crossings only, and no home"
            " without a street;"
            " the upper bound lets one in anywhere within 30 m of a street and closes gaps of up to"
            " 30 m between streets. The truth lies between; the wider apart, the more gates are"
            " missing from the data."
        ),
    ),
    "report_caption_missed": ("{name}：未覆盖的构成", "{name}: who is not served"),
    "report_missed_all": ("未覆盖合计", "Not served, in all"),
    "report_missed_paper": ("其中：在服务半径之内", "Of these, within the service radius"),
    "report_missed_apart": ("其中：未接入路网", "Of these, not connected to streets"),
    "report_missed_edge": (
        "结论可能因数据边缘改变",
        "Answer could change: the data end near by",
    ),
    "report_amount": ("数量", "Number"),
    "report_of_total": ("占总数", "Of all"),
    "report_facilities_said": (
        "符合条件的设施 {n} 处，出入口 {doors} 处{kinds}{other}{closed}。",
        "{n} facilities count, with {doors} entrances{kinds}{other}{closed}.",
    ),
    "report_facilities_kinds": ("（{kinds}）", " ({kinds})"),
    "report_facilities_other": ("；另有 {n} 处规模不符", "; {n} more are of another size"),
    "report_facilities_closed": ("；{n} 处没有出入口", "; {n} have no way in"),
    "report_kind_given": ("已知 {n}", "{n} given"),
    "report_kind_crossing": ("道路穿越 {n}", "{n} where a street crosses the edge"),
    "report_kind_street_side": ("临街 {n}", "{n} along a street"),
    "report_kind_fallback": ("推定 {n}", "{n} assumed"),
    "report_map": ("{name}：覆盖与盲区", "{name}: served and unserved"),
    "report_map_alt": (
        "地图：{name}。{walk} 步行已覆盖，{n} 处盲区按人数编号。",
        "Map: {name}. {walk} are served on foot; {n} gaps are numbered by people.",
    ),
    "report_map_circle": (
        "{name}：可达的必配设施类数",
        "{name}: must-have services within reach",
    ),
    "report_map_circle_alt": (
        "地图：{name}。住宅按步行可达的必配设施类数着色。",
        "Map: {name}. Homes coloured by how many must-have services they can walk to.",
    ),
    "report_map_source": (
        "数据来源：{credit}；数据日期：{date}；坐标系 {crs}；审图号：{review}",
        "Data: {credit}; of {date}; {crs}; map review number: {review}",
    ),
    "report_sign_served": ("已覆盖的住宅", "home served"),
    "report_sign_unserved": ("未覆盖的住宅", "home not served"),
    "report_sign_unconnected": ("未接入路网的住宅", "home not connected to streets"),
    "report_sign_share": ("{span}已覆盖", "{span} served"),
    "report_sign_reached": ("步行可达的街道", "street within reach"),
    "report_sign_street": ("其他街道", "other street"),
    "report_sign_gap": ("覆盖盲区", "gap"),
    "report_sign_number": ("盲区编号，见下表", "number of the gap, as listed"),
    "report_sign_boundary": ("研究范围", "study area"),
    "report_sign_zone": ("分区", "zones"),
    "report_sign_step": ("可达 {n} 类", "{n} within reach"),
    "report_reasons": ("未覆盖的原因", "Why they are not served"),
    "report_caption_reasons": ("{name}：未覆盖的原因", "{name}: why people are not served"),
    "report_reason": ("原因", "Reason"),
    "report_of_unserved": ("占未覆盖", "Of unserved"),
    "report_within_radius": ("其中服务半径内", "Within the radius"),
    "report_reason_total": ("合计", "In all"),
    "report_part": ("构成", "Part"),
    "report_reasons_said": (
        "首要原因是“{reason}”，涉及 {amount}，占未覆盖的 {share}。",
        "Most of all: {reason}, {amount}, {share} of the unserved.",
    ),
    "report_gaps": ("覆盖盲区", "Gaps"),
    "report_caption_zones": ("{name}：各分区（差的在前）", "{name}: by zone, worst first"),
    "report_zone": ("分区", "Zone"),
    "report_total_people": ("人口", "Residents"),
    "report_total_homes": ("住宅", "Homes"),
    "report_zone_land": ("用地直线", "Land, straight"),
    "report_caption_gaps": ("{name}：最大的 {n} 处盲区", "{name}: the {n} largest gaps"),
    "report_caption_gaps_one": ("{name}：唯一的盲区", "{name}: the only gap"),
    "report_rank": ("序号", "No."),
    "report_place": ("位置", "Place"),
    "report_nearest": ("最近设施", "Nearest facility"),
    "report_walk_m": ("步行（米）", "On foot (m)"),
    "report_straight_m": ("直线（米）", "Straight (m)"),
    "report_nameless": ("（无名）", "(no name)"),
    "report_gaps_more": (
        "另有 {n} 处较小的盲区，见 results.gpkg 的 {layer} 图层。",
        "{n} smaller gaps are in layer {layer} of results.gpkg.",
    ),
    "report_gaps_none": ("没有覆盖盲区。", "There are no gaps."),
    # unions and circles
    "report_union_said": (
        "满足其中任何一类即为覆盖。各类的定义与依据如下。",
        "Whoever is served by any of its classes is served. The classes are these.",
    ),
    "report_caption_classes": ("{name}：各类结果", "{name}: its classes"),
    "report_circle_said": (
        (
            "每类设施各有步行距离；一处住宅的必配设施全部可达，生活圈才算完整。"
            "分钟按步速 {speed} 米/秒折算为米。全部必配设施可达：{share}（{served} /"
            " {total}）；平均可达必配设施的 {mean}。"
        ),
        (
            "Each service has its own reach; a circle is complete when all must-have services are"
            " within reach. Minutes stand for metres at {speed} m/s. Complete: {share} ({served} of"
            " {total}); on average {mean} of the must-have services are within reach."
        ),
    ),
    "report_caption_steps": (
        "{name}：按可达的必配设施类数",
        "{name}: by must-have services within reach",
    ),
    "report_steps": ("可达的必配设施类数", "Must-have services within reach"),
    "report_caption_services": ("{name}：各类设施", "{name}: its services"),
    "report_service": ("设施", "Service"),
    "report_must": ("必配", "Must-have"),
    "report_yes": ("是", "yes"),
    "report_no": ("否", "no"),
    "report_reach_m": ("距离（米）", "Reach (m)"),
    "report_facilities": ("设施数", "Facilities"),
    "report_source": ("依据", "Source"),
    "report_check": ("核对", "Checked"),
    "report_check_C1": ("已核对", "yes"),
    "report_check_C2": ("请核对条文", "check the clause"),
    "report_check_U": ("未确认，非标准", "unconfirmed, no standard"),
    "report_absent": ("数据中没有", "not in the data"),
    "report_circle_absent": (
        "数据中没有以下设施，可能是未采集而非真的没有：{names}。",
        "Not in the data, and perhaps unmapped rather than missing: {names}.",
    ),
    # what to do first
    "report_actions": ("先做什么", "What to do first"),
    "report_actions_lead": (
        (
            "下列次序由结果推得：先看涉及人数最多的盲区，再按原因选择对策。人数是原因所涉及的上限，"
            "不等于一项工程的效果；每条都附有检验命令，运行后即得确切的新增覆盖。"
        ),
        (
            "This order follows from the results: the gaps with most people first, and for each the"
            " kind of work its reason calls for. The numbers say whom the reason concerns, not what"
            " one work would bring: the command beside it tells that."
        ),
    ),
    "report_caption_priorities": ("优先处理的盲区", "Gaps to see to first"),
    "report_act": ("对策", "Kind of work"),
    "report_command": ("检验命令", "Command to test it"),
    "report_caption_acts": ("按对策汇总", "By kind of work"),
    "report_concerned": ("涉及", "Concerned"),
    "report_act_gate": ("开设出入口或围墙通道", "Open a gate or a passage in the wall"),
    "report_act_bridge": ("建人行桥", "Build a footbridge"),
    "report_act_crossing": ("建过街、过轨通道", "Build a crossing of the railway or large road"),
    "report_act_link": ("打通断头路或穿过大街区的步道", "Join dead ends; a path through the block"),
    "report_act_ramp": ("增设坡道或电梯", "Add a ramp or a lift"),
    "report_act_site": ("就近新建{what}", "A new {what} near by"),
    "report_act_check": (
        "核对数据：补街道或改住宅位置",
        "Check the data: a street or home misplaced",
    ),
    "report_act_extend": ("扩大数据范围后重算", "Get data beyond the edge, measure again"),
    "report_answers": ("已检验的方案", "What was tested already"),
    "report_answer_stale": (
        "{folder} 中的结果所用数据与本报告不同，未引用；请重新运行 lifecircle {verb}。",
        (
            "The results in {folder} rest on other data than this report, and are not cited: run"
            " lifecircle {verb} again."
        ),
    ),
    "report_answer_site": (
        "新建 {n} 处{what}（{name}）：覆盖率由 {before} 提高到 {after}，新增 {amount}；{sure}。",
        "{n} new {what} ({name}): from {before} to {after} served, {amount} gained; {sure}.",
    ),
    "report_answer_links": (
        "打通 {n} 处连接（{name}）：覆盖率由 {before} 提高到 {after}，新增 {amount}；{sure}。",
        "{n} openings ({name}): from {before} to {after} served, {amount} gained; {sure}.",
    ),
    "report_sure_proven": ("已证明为最优", "proven to be the best choice"),
    "report_sure_gap": ("距最优至多 {gap}", "within {gap} of the best"),
    "report_sure_greedy": ("逐个择优，未证明最优", "chosen one by one, not proven"),
    "report_caption_proposals": ("{name}：建议（{folder}）", "{name}: proposals ({folder})"),
    "report_what": ("措施", "What"),
    "report_gained": ("新增覆盖", "Gained"),
    "report_lost": ("失去覆盖", "Lost"),
    "report_before": ("实施前", "Before"),
    "report_after": ("实施后", "After"),
    "report_built_m": ("新建（米）", "To build (m)"),
    "report_against": ("不利因素", "Against it"),
    "report_scenario": ("方案", "Scenario"),
    "report_caption_compared": ("方案比较（{folder}）", "Scenarios compared ({folder})"),
    "report_site": ("新址", "new site"),
    "report_candidate": ("备选地块", "candidate site"),
    # data, method, limits
    "report_data": ("数据", "Data"),
    "report_inputs_said": (
        "数据来源：{credit}。数据日期：{date}。文件以校验值为准：校验值相同，结果可重现。",
        (
            "Credit: {credit}. Date of data: {date}. Files are known by their checksums:"
            " the same files give the same"
            " results."
        ),
    ),
    "report_caption_inputs": ("输入文件", "Input files"),
    "report_layer": ("图层", "Layer"),
    "report_file": ("文件", "File"),
    "report_bytes": ("字节", "Bytes"),
    "report_date": ("数据日期", "Date of data"),
    "report_checksum": ("SHA-256 校验值", "SHA-256 checksum"),
    "report_caption_layers": ("各图层的记录", "Records of each layer"),
    "report_read": ("读入", "Read"),
    "report_used": ("采用", "Used"),
    "report_repaired": ("修复", "Repaired"),
    "report_dropped": ("剔除", "Left out"),
    "report_caption_left_out": (
        "剔除与修复的原因",
        "Why records were left out or repaired",
    ),
    "report_network_said": (
        (
            "路网：{edges} 段、{nodes} 个节点、{length} 公里，分为 {islands} 个互不连通的部分，"
            "最大的占长度的 {largest}。"
        ),
        (
            "Streets: {edges} segments, {nodes} nodes, {length} km, in {islands} parts that do not"
            " meet; the largest holds {largest} of the length."
        ),
    ),
    "report_layer_osm": ("OpenStreetMap 提取", "OpenStreetMap extract"),
    "report_method": ("方法", "Method"),
    "report_method_walk": (
        "步行距离为三段之和：住宅到街道、沿街道的最短路、街道到出入口；单行道步行双向可通。",
        (
            "A walk is the leg to a street, the shortest way along streets, and the leg"
            " to an entrance;"
            " one-way streets are walked both ways."
        ),
    ),
    "report_method_served": (
        "距离不超过服务距离即为覆盖，比较之前不取整。",
        "Served is who walks no farther than the distance asked; nothing is rounded before that.",
    ),
    "report_method_tie": (
        (
            "住宅接到最近的街道边，而非最近的路口；"
            "接入段不得穿过水域、铁路、快速路或围墙，超过限长即为未接入。"
        ),
        (
            "A home joins its street at the nearest spot, not at a junction; no leg crosses water,"
            " railway, motorway or wall; beyond the limit it is not connected."
        ),
    ),
    "report_method_doors": (
        (
            "公园和绿地从出入口进入：已给的大门；否则道路穿过边界处；否则临街一侧；"
            "否则最近的街道（推定）。"
        ),
        (
            "Parks and green are entered at given gates; else where a way crosses the"
            " edge; else along"
            " a street beside it; else from the nearest street (assumed)."
        ),
    ),
    "report_method_parks": (
        "相接且同名的公园先合并，再判断规模；规模分级为半开区间，“以上”含本数。",
        (
            "Pieces of a park that touch and share a name are joined before their size"
            " is judged; size"
            " classes hold their lower limit and not their upper one."
        ),
    ),
    "report_method_straight": (
        "直线口径自公园边界或设施点起算；对用地先合并服务范围，再裁剪，再相除。",
        (
            "Straight lines run from a park's edge or a facility's point; over land the discs are"
            " joined, cut to the land, then divided."
        ),
    ),
    "report_method_gated": (
        "封闭小区内部道路可进出，不可穿行。",
        "Streets inside a gated compound lead in and out, never through.",
    ),
    "report_method_edge": (
        (
            "设施和街道取到研究范围以外服务距离的 1.5 倍，住宅只计范围以内；"
            "结论可能因数据边缘改变的单独列出。"
        ),
        (
            "Streets and facilities are used to 1.5 times the distance beyond the study area, homes"
            " only inside; whose answer could change where the data end is counted."
        ),
    ),
    "report_method_people": (
        "人口来自所给数据，按住宅分配，总数守恒。",
        "People come from the data given, shared over homes; none are lost.",
    ),
    "report_method_homes": (
        "未提供人口数据，每处住宅计 1；结果是住宅的比例，不是人口的比例。",
        (
            "No figures for people were given: each home counts one, and shares are of"
            " homes, not of"
            " people."
        ),
    ),
    "report_laws": ("自检", "Checks of every run"),
    "report_caption_laws": ("每次量算自动检验的规律", "What must hold, and was checked"),
    "report_law": ("规律", "Law"),
    "report_holds": ("成立", "Holds"),
    "report_law_walk_not_shorter_than_straight_line": (
        "步行距离不短于直线距离",
        "No walk is shorter than the straight line",
    ),
    "report_law_bounds_hold_the_value": (
        "下限 ≤ 结果 ≤ 上限",
        "The value lies between its bounds",
    ),
    "report_law_more_entrances_lengthen_no_walk": (
        "增加出入口不使任何步行变长",
        "More entrances lengthen no walk",
    ),
    "report_law_nobody_gains_by_walking_worse": (
        "走得慢的人不会多到任何设施",
        "Nobody gains by walking worse",
    ),
    "report_law_people_add_up": (
        "已覆盖、未覆盖、未接入之和等于总数",
        "Served, unserved and unconnected add up to all",
    ),
    "report_law_served_on_foot_is_served_straight": (
        "步行覆盖的，直线必覆盖",
        "Who is served on foot is served by straight line",
    ),
    "report_law_order_direction_and_splits_change_nothing": (
        "记录次序、线的方向、线的切分不改变结果",
        "Order of rows, direction and splits of lines change nothing",
    ),
    "report_limits": ("局限", "Limits"),
    "report_limit_edge": (
        "{name}：{amount}（{share}）靠近数据边缘，补全范围外的数据后结论可能改变。",
        (
            "{name}: for {amount} ({share}) the data end near by; with more data their answer could"
            " change."
        ),
    ),
    "report_limit_bounds": (
        "{name}：上下限相差 {points} 个百分点，出入口数据不足。",
        "{name}: the bounds are {points} percentage points apart, for want of entrances.",
    ),
    "report_limit_land": (
        "{name}：未提供{land}图层，官方口径未计算，不能与目标比较。",
        (
            "{name}: without a layer of {land} the official figure was not computed, and"
            " no target is"
            " judged."
        ),
    ),
    "report_limit_status": (
        "{name}：依据转引自二手资料或未经确认，上报前请核对条文原文。",
        (
            "{name}: the source is secondary or unconfirmed; check the clause in print before"
            " submitting."
        ),
    ),
    "report_limit_homes": (
        "以住宅处数代替人口：一栋高层与一处平房同样计 1。",
        "Homes stand for people: a tower counts one, as a cottage does.",
    ),
    "report_limit_date": (
        "数据日期不详，结果只反映数据采集时的情况。",
        "The date of the data is unknown; results show the town as it was mapped.",
    ),
    "report_limit_osm": (
        "部分图层取自 OpenStreetMap，宜用于筛查；上报数据应以规划部门图层为准。",
        (
            "Some layers come from OpenStreetMap: fit for screening; figures that are"
            " submitted should"
            " rest on the planning department's own."
        ),
    ),
    "report_limit_gates": (
        "未提供公园出入口，出入口由道路与边界推得。",
        "No park gates were given: entrances follow from streets and edges.",
    ),
    "report_limit_doors": (
        "出入口的开放时间、坡道、人行道质量和过街等候未计入。",
        "Opening hours, kerbs, the state of pavements and waiting at crossings are not counted.",
    ),
    "report_limit_slots": (
        "设施的容量和服务质量未评价：可达不等于够用。",
        "Whether facilities have room and quality was not judged: reachable is not enough.",
    ),
    "report_versions": ("软件版本", "Versions"),
    "report_caption_versions": ("软件及版本", "Software and versions"),
    "report_software": ("软件", "Software"),
    "report_version": ("版本", "Version"),
}
