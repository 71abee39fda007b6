"""The answer, how good it is, and why some are left out."""

WORDS: dict[str, tuple[str, str]] = {
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
}
