"""What is wrong with the data: each kind of fault, what it means, and what to do."""

WORDS: dict[str, tuple[str, str]] = {
    # the page
    "title_check": ("数据体检", "data check-up"),
    "check_fine": (
        "数据可以使用：没有发现需要处理的问题。",
        "The data can be used: nothing needs mending.",
    ),
    "check_stops": (
        "类问题使量算无法进行，必须先处理",
        "kinds of fault stop the measurement and must be mended first",
    ),
    "check_stops_one": (
        "类问题使量算无法进行，必须先处理",
        "kind of fault stops the measurement and must be mended first",
    ),
    "check_serious": (
        "类严重问题会明显影响结果，应先处理",
        "kinds of serious fault would change the results and should be mended first",
    ),
    "check_serious_one": (
        "类严重问题会明显影响结果，应先处理",
        "kind of serious fault would change the results and should be mended first",
    ),
    "check_mind": (
        "类问题请留意；没有严重问题，可以量算",
        "kinds of fault to mind; none is serious, so one can measure",
    ),
    "check_mind_one": (
        "类问题请留意；没有严重问题，可以量算",
        "kind of fault to mind; it is not serious, so one can measure",
    ),
    "check_worst": (
        "最严重的一类涉及{amount}（共 {total}）。",
        "The worst of them touches {amount} of {total}.",
    ),
    "check_found": ("数据问题（按类计）：{counts}", "faults of the data, by kind: {counts}"),
    "check_list": ("问题清单，最严重的在前", "What was found, worst first"),
    "check_hint": (
        "点击一项，查看位置、涉及的人和处理办法。",
        "Click one to see where it is, whom it touches and what to do.",
    ),
    "check_notes": ("仅供了解（{n}）", "Only told ({n})"),
    "check_level_stops": ("无法量算", "stops"),
    "check_level_serious": ("严重", "serious"),
    "check_level_mind": ("留意", "mind"),
    "check_level_note": ("说明", "note"),
    "check_how_many": ("数量", "How many"),
    "check_whom": ("涉及", "Touches"),
    "check_layer": ("图层", "Layer"),
    "check_first": ("例如", "First"),
    "check_to_do": ("怎么办", "What to do"),
    "check_nobody": ("无人", "nobody"),
    "check_nowhere": ("没有可以标在图上的位置。", "It has no place on the map."),
    "check_shown": ("图上显示前 {n} 处。", "The map shows the first {n}."),
    "check_places": ("问题位置", "Faulty places"),
    "check_homes": ("住宅", "Homes"),
    "check_not_read": (
        "有图层无法读取，以下仅为能检查的部分。",
        "Some layers cannot be read; this is what could be looked at.",
    ),
    "check_number": ("序号", "Number"),
    "check_name": ("名称", "Name"),
    "check_head_level": ("程度", "severity"),
    "check_head_what": ("问题", "what"),
    "check_head_layer": ("图层", "layer"),
    "check_head_count": ("数量", "how many"),
    "check_head_people": ("涉及居民", "residents"),
    "check_head_homes": ("涉及住宅", "homes"),
    "check_head_first": ("首例", "first"),
    "check_more_kinds": ("另有 {n} 类，见 {file}", "and {n} more in {file}"),
    "check_layer_plan": ("方案", "Plan"),
    "check_layer_osm": ("OpenStreetMap", "OpenStreetMap"),
    "check_layer_elevation": ("高程", "Elevation"),
    # what cannot be read
    "check_refused": ("无法使用：{wrong}", "Cannot be used: {wrong}"),
    "check_refused_do": ("{remedy}。", "{remedy}."),
    # records
    "check_dropped": ("记录未采用：{reason}", "Records left out: {reason}"),
    "check_dropped_do": (
        "这些记录不参与量算。请在源文件中更正后重试。",
        "They do not count. Correct them in the file, then run again.",
    ),
    "check_repaired": ("记录已修复：{reason}", "Records repaired: {reason}"),
    "check_repaired_do": (
        "已自动修复并采用，无需处理；请抽查是否符合原意。",
        "Mended and used; nothing needs doing, but look at a few.",
    ),
    "check_cut_osm": ("数据边缘处的对象不完整：{reason}", "Cut or broken in the extract: {reason}"),
    "check_cut_osm_do": (
        "如果位于研究范围附近，请换用范围更大的数据。",
        "If they lie near the study area, take a larger extract.",
    ),
    "check_unknown_category": ("无法识别的设施类别", "Categories that are not known"),
    "check_unknown_category_do": (
        "这些设施不参与量算。如果其中有要量算的类别，请改用通用名称（如“幼儿园”“菜市场”）。",
        (
            "They count for nothing. Where one of them should, rename it plainly, such as"
            " 'kindergarten' or 'market'."
        ),
    ),
    "check_encoding": ("文字编码是推断的：{encoding}", "The encoding was guessed: {encoding}"),
    "check_encoding_do": (
        "如果名称显示为乱码，请在方案中写明编码。",
        "If names look garbled, say the encoding in the plan.",
    ),
    "check_taken": ("各列的含义是这样理解的", "What each column was taken for"),
    "check_taken_do": (
        "{taken}。如有不符，请在方案中写明。",
        "{taken}. Where that is wrong, say so in the plan.",
    ),
    "check_empty": ("图层没有任何记录", "The layer holds nothing"),
    "check_empty_do": ("请核对文件是否正确。", "Check that it is the right file."),
    "check_absent": (
        "指标需要、数据中却没有的设施",
        "Asked for by a standard, and not in the data",
    ),
    "check_absent_do": (
        "按现有数据，这些设施的覆盖率为零。请核对是否漏采。",
        "As it is, nobody is served with them. Check whether they were left out of the data.",
    ),
    "check_undated": ("数据日期不明", "Nobody said of when the data are"),
    "check_undated_do": ("请在方案中写明数据日期：{option}。", "Say so in the plan: {option}."),
    "check_old": ("数据较旧：{date}", "The data are old: of {date}"),
    "check_old_do": (
        "距今 {years} 年，请换用较新的数据。",
        "That is {years} years ago; take newer data.",
    ),
    "check_shifted": ("坐标可能有偏移", "Coordinates may be shifted"),
    "check_shifted_do": ("{reason}。", "{reason}."),
    # homes
    "check_far_homes": ("住宅附近没有街道", "Homes far from any street"),
    "check_far_homes_do": (
        "一律按未覆盖计。请补画通往它们的道路，或核对坐标。",
        "They count as unserved. Add the streets that lead there, or check their coordinates.",
    ),
    "check_blocked_water": ("住宅与街道之间隔着水域", "Homes cut off from the street by water"),
    "check_blocked_railway": (
        "住宅与街道之间隔着铁路",
        "Homes cut off from the street by a railway",
    ),
    "check_blocked_motorway": (
        "住宅与街道之间隔着快速路",
        "Homes cut off from the street by a motorway",
    ),
    "check_blocked_wall": ("住宅与街道之间隔着围墙", "Homes cut off from the street by a wall"),
    "check_blocked_water_do": (
        "一律按未覆盖计。请补画桥或街道，或更正水域边界。",
        "They count as unserved. Add the bridge or street, or correct the water's edge.",
    ),
    "check_blocked_railway_do": (
        "一律按未覆盖计。请补画道口、地道或街道。",
        "They count as unserved. Add the crossing or the street.",
    ),
    "check_blocked_motorway_do": (
        "一律按未覆盖计。请补画天桥、地道或辅路。",
        "They count as unserved. Add the crossing or the side street.",
    ),
    "check_blocked_wall_do": (
        "一律按未覆盖计。请补画墙内的街道，或在围墙上留出门。",
        "They count as unserved. Add the street inside, or leave the gate open in the wall.",
    ),
    "check_giants": ("住宅人数异常大", "Homes with far too many people"),
    "check_giants_do": (
        "最大 {most} 人，中位数 {usual} 人。请核对是否多写了零，或误将整个街道当作一处住宅。",
        (
            "Up to {most}, where the middle home has {usual}. Look for a nought too many, or a"
            " whole quarter given as one home."
        ),
    ),
    "check_homes_in_water": ("住宅位于水域中", "Homes in water"),
    "check_homes_in_water_do": (
        "请核对坐标和水域边界；整体偏移可能是坐标系不符。",
        (
            "Check coordinates and the water's edge; if many are moved alike, the coordinate"
            " system is another one."
        ),
    ),
    "check_homes_outside": ("住宅位于研究范围之外", "Homes outside the study area"),
    "check_homes_outside_do": (
        "不计入任何指标。如果不应在外，请核对边界。",
        "They count nowhere. If they should, check the boundary.",
    ),
    "check_tall": ("住宅层数异常多", "Homes with very many floors"),
    "check_tall_do": (
        "按楼面面积分摊人口时，它们会分得过多。请核对层数。",
        "Where people are shared by floor area they get too many. Check the number of floors.",
    ),
    "check_one_each": (
        "没有人口数：每处住宅按一户计",
        "Nobody said how many people: each home counts one",
    ),
    "check_one_each_do": (
        "请为住宅给出人数列，或给出人口栅格。",
        "Give the homes a column of people, or give a raster of population.",
    ),
    "check_no_people": ("住宅没有填写人数", "Homes without a number of people"),
    "check_no_people_do": ("按零人计。请补填人数。", "They count nobody. Fill in the numbers."),
    "check_zero_people": ("住宅人数为零", "Homes with nought people"),
    "check_zero_people_do": (
        "如果确实无人居住则无妨；如果表示“不详”，请补填。",
        "Fine if nobody lives there; if it means unknown, fill it in.",
    ),
    "check_same_homes": ("住宅重复", "Homes given twice"),
    "check_same_homes_do": (
        "其居民被重复计算。请删去重复的记录。",
        "Their people count twice. Take out the copies.",
    ),
    "check_crowded": ("住宅楼面容不下这么多人", "Homes too small for their people"),
    "check_crowded_do": (
        "人均不足 {least} 平方米。请核对人口数，或附近是否缺少住宅。",
        (
            "Less than {least} m² of floor each. Check the population, or whether homes near by"
            " are missing."
        ),
    ),
    "check_people_no_home": ("有人口、没有住宅的单元", "People counted where there is no home"),
    "check_people_no_home_do": (
        "这些人按单元中心计（研究范围共 {all} 人）。请补充住宅。",
        "They stand at the middle of their cell or area ({all} people in all). Add the homes.",
    ),
    "check_people_cut": ("统计单元被研究边界切开", "Counted areas cut by the boundary"),
    "check_people_cut_do": (
        "研究范围共 {all} 人，其中一部分可能属于界外。请一并给出界外的住宅。",
        "Of {all} people some may belong outside. Give the homes beyond the boundary, too.",
    ),
    "check_homes_uncounted": ("没有分到人口的住宅", "Homes that no count gave people to"),
    "check_homes_uncounted_do": ("请核对人口数据的范围。", "Check how far the population reaches."),
    # streets
    "check_island_near": ("街道孤岛，与其他街道只差一小段", "Streets cut off by a small gap"),
    "check_island_near_do": (
        "共 {metres} 米街道，缺口不超过 {gap_m} 米，多半是漏画的连接。请把它接上。",
        (
            "{metres} m of street behind gaps of at most {gap_m} m: most likely links that were"
            " not drawn. Join them."
        ),
    ),
    "check_islands": ("街道孤岛，与其他街道不连通", "Streets cut off from all others"),
    "check_islands_do": (
        "共 {metres} 米街道，那里的居民走不到别处。请补画缺少的道路或桥。",
        (
            "{metres} m of street; who lives there can walk nowhere else. Add the missing street"
            " or bridge."
        ),
    ),
    "check_islands_empty": ("没有住宅的街道孤岛", "Streets cut off, without homes"),
    "check_islands_empty_do": (
        "共 {metres} 米，不影响任何居民。",
        "{metres} m in all; nobody lives there.",
    ),
    "check_missed_ends": ("街道端点差一点没有接上", "Ends that nearly meet another street"),
    "check_missed_ends_do": (
        "缺口不超过 {gap_m} 米，绕行却要远得多。请接上，或在方案中加大容差：{option}。",
        (
            "Gaps of at most {gap_m} m, and a long way round. Join them, or say a larger tolerance"
            " in the plan: {option}."
        ),
    ),
    "check_crossings": ("街道交叉处没有交点", "Streets that cross without a junction"),
    "check_crossings_do": (
        "在那里不能转弯。如果确为路口，请在方案中写 {option}；如果是桥，请标明。",
        (
            "Nobody can turn there. If they are junctions, write {option} in the plan; if bridges,"
            " mark them."
        ),
    ),
    "check_crossings_osm": ("街道交叉处没有交点", "Streets that cross without a junction"),
    "check_crossings_osm_do": (
        "可能是未标明的桥，也可能漏了交点。请在 OpenStreetMap 上更正。",
        "Bridges that nobody marked, or junctions that are missing. Mend them in OpenStreetMap.",
    ),
    "check_private": (
        "住宅只能穿过封闭小区才能走出",
        "Homes that only a gated compound leads out of",
    ),
    "check_private_do": (
        "封闭小区不可穿行，这些住宅哪里也到不了。请核对“私有”标记，或给出门。",
        (
            "Nobody may pass through it, so they reach nothing. Check which streets are private,"
            " or add the gate."
        ),
    ),
    "check_joined_ends": ("街道端点已自动接上", "Ends that were joined"),
    "check_joined_ends_do": (
        "缺口最大 {gap_m} 米，在容差之内，已接上；请抽查。",
        "Gaps of up to {gap_m} m, within the tolerance; look at a few.",
    ),
    # places
    "check_no_entrance": ("没有任何入口的公园或绿地", "Parks and green that nobody can enter"),
    "check_no_entrance_do": (
        "边缘 30 米内没有可到的街道。请补画园路，或给出出入口。",
        "No street within 30 m of the edge leads in. Add its paths, or give its gates.",
    ),
    "check_fallback": ("入口为推定的公园或绿地", "Parks and green entered by assumption"),
    "check_fallback_do": (
        "没有出入口、园路或临街一侧，只好推定由最近的街道进入。请给出出入口。",
        "No gate, path or street side: the nearest street is taken. Give its gates.",
    ),
    "check_far_places": (
        "没有街道通达的站点或设施",
        "Stops and facilities that no street leads to",
    ),
    "check_far_places_do": (
        "走不到，因此不为任何人服务。请核对坐标，或补画道路。",
        "Nobody can walk there, so they serve nobody. Check their coordinates, or add the street.",
    ),
    "check_in_water": ("位于水域中的站点或设施", "Stops and facilities in water"),
    "check_in_water_do": (
        "请核对坐标；整体偏移可能是坐标系不符。",
        "Check their coordinates; if many are moved alike, the coordinate system is another one.",
    ),
    "check_same_places": ("站点或设施重复", "Stops and facilities given twice"),
    "check_same_places_do": (
        "不影响覆盖率，但数量会多计。请删去重复的记录。",
        "Shares stay the same, but they are counted twice. Take out the copies.",
    ),
    "check_parks_overlap": ("不同名称的公园相互重叠", "Parks of different names that overlap"),
    "check_parks_overlap_do": (
        "重叠 {area_m2} 平方米。请更正边界，或使用同一名称。",
        "{area_m2} m² count for both. Correct the outlines, or give them one name.",
    ),
    "check_gates_no_park": ("附近没有公园的出入口", "Gates with no park near by"),
    "check_gates_no_park_do": (
        "30 米内没有公园，因此不起作用。请核对坐标。",
        "No park within 30 m, so they lead nowhere. Check their coordinates.",
    ),
    "check_gates_no_street": ("附近没有街道的公园出入口", "Park gates that no street leads to"),
    "check_gates_no_street_do": ("请补画通往出入口的道路。", "Add the street that leads there."),
    "check_nameless": ("没有名称的记录", "Records without a name"),
    "check_nameless_do": (
        "同一公园的各块按名称合并，无名的不合并，面积可能不足。",
        (
            "Pieces of one park are joined by name; nameless ones stay apart, and may be too small"
            " to count."
        ),
    ),
    # barriers
    "check_over_streets": ("围墙与街道画在一起", "Walls drawn along a street"),
    "check_over_streets_do": (
        "两侧住宅接入街道时可能被挡。请把围墙移开。",
        "Homes beside it may be cut off from the street. Move the wall off it.",
    ),
    "check_crossed": ("街道在地面穿过障碍", "Streets that cross a barrier on the ground"),
    "check_crossed_do": (
        "可以穿行。如果那里没有门或道口，请断开街道；如果是桥，请标明。",
        (
            "One can walk through. If there is no gate or crossing, cut the street; if it is a"
            " bridge, mark it."
        ),
    ),
    "check_wet_streets": ("街道穿过水域，没有标明是桥", "Streets through water that are no bridge"),
    "check_wet_streets_do": (
        "可以穿行。请标明桥，或更正水域边界。",
        "One can walk through. Mark the bridge, or correct the water's edge.",
    ),
    # zones
    "check_zones_overlap": ("分区相互重叠", "Zones that overlap"),
    "check_zones_overlap_do": (
        "重叠处的住宅只计入其中一个。请更正边界。",
        "A home there counts for one of them only. Correct the outlines.",
    ),
    "check_zones_gaps": ("不属于任何分区的住宅", "Homes in no zone"),
    "check_zones_gaps_do": (
        "分区指标不包括它们。请补全分区。",
        "No zone's figure tells of them. Close the gaps between the zones.",
    ),
    "check_zones_people": (
        "分区人口与住宅人口不符",
        "Zones whose people are not those of their homes",
    ),
    "check_zones_people_do": (
        "分区合计 {given} 人，住宅合计 {held} 人。请核对口径。",
        "{given} by the zones, {held} by the homes in them. Check what each of them counts.",
    ),
    # where layers end
    "check_beyond": ("离研究范围过远的记录", "Records far from the study area"),
    "check_beyond_do": ("不参与量算，无需处理。", "They do not count; nothing needs doing."),
    "check_layer_misses": ("整个图层都不在研究范围附近", "The whole layer lies elsewhere"),
    "check_layer_misses_do": (
        "最近的也在 {far_km} 千米之外。请核对文件和坐标系。",
        "The nearest of it is {far_km} km away. Check the file and its coordinate system.",
    ),
    "check_layer_part": (
        "图层只覆盖部分研究范围",
        "The layer covers only a part of the study area",
    ),
    "check_layer_part_do": (
        "图层范围之外的居民必然未覆盖。请补充其余部分。",
        "Who lives beyond it cannot be served. Add the rest.",
    ),
    "check_streets_end": ("住宅靠近数据边缘", "Homes near the end of the data"),
    "check_streets_end_do": (
        "{reach} 米内数据已到头，边界外可能还有设施。请换用范围更大的数据。",
        (
            "The data end within {reach} m of them, and more may lie beyond. Take data of a larger"
            " area."
        ),
    ),
}
