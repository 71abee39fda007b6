"""What the reader works with on the map: search, measuring, whole screen, paper, the way walked."""

WORDS: dict[str, tuple[str, str]] = {
    # search
    "find": ("搜索名称", "Search by name"),
    "find_found": ("搜索结果", "What was found"),
    "find_count": ("找到 {n} 项", "{n} found"),
    "find_nothing": ("没有这个名称", "Nothing of that name"),
    "find_zone": ("分区", "zone"),
    "find_facility": ("设施", "facility"),
    "find_street": ("街道", "street"),
    "find_home": ("住宅", "home"),
    # measuring
    "measure": ("量距离和面积", "Measure distance and area"),
    "measure_begin": ("点击地图开始量算", "Click on the map to begin"),
    "measure_length": ("长度 {walk}", "Length {walk}"),
    "measure_area": ("面积 {area}", "Area {area}"),
    "measure_hint": (
        "双击或回车结束，点起点闭合，退格撤回一点，空格取地图中心，Esc 退出",
        "Double click or Enter ends, first point closes, Backspace undoes, Space adds, Esc leaves",
    ),
    "measure_again": ("再点击重新开始，Esc 退出", "Click to begin anew, Esc leaves"),
    "square_metres": ("{n} 平方米", "{n} m²"),
    "hectares": ("{n} 公顷", "{n} ha"),
    # whole screen
    "full_screen": ("全屏显示地图", "The map on the whole screen"),
    # a place that is no home
    "spot": ("此处", "This spot"),
    "spot_apart": ("附近没有可以接入的街道。", "There is no street near it that leads anywhere."),
    "spot_leg": ("其中到街道", "Of this, to the street"),
    # paper
    "print_page": ("打印或存为 PDF", "Print or save as PDF"),
    "print_paper": ("纸张", "Paper"),
    "print_turn": ("方向", "Direction"),
    "landscape": ("横向", "Landscape"),
    "portrait": ("纵向", "Portrait"),
    "print_now": ("打印", "Print"),
    "print_leave": ("返回地图", "Back to the map"),
    "print_scale": (
        "比例尺约 1:{n}（{paper} 纸）",
        "Scale about 1:{n} (on {paper})",
    ),
}
