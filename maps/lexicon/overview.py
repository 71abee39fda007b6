"""The index page."""

WORDS: dict[str, tuple[str, str]] = {
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
