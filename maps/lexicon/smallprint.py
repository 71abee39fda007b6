"""Definitions, data, and how it was measured."""

WORDS: dict[str, tuple[str, str]] = {
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
    "layer_gtfs": ("公交时刻表中的站点", "Stops of the timetable"),
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
}
