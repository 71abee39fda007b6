"""What stands around a map: credits, base maps, the review number."""

WORDS: dict[str, tuple[str, str]] = {
    "base_credit": ("底图：{credit}（需联网）", "Base map: {credit} (needs the network)"),
    "base_map": ("底图", "Base map"),
    "base_unreachable": (
        "底图暂时无法加载，已改用自带底图；其余内容不受影响。",
        "The base map cannot be reached; the page's own ground is shown. All else is unaffected.",
    ),
    "base_gcj02": (
        "图上要素已转换为 GCJ-02 坐标以与底图套合；量算结果仍以原坐标计。",
        "Drawn in GCJ-02 to fit the base map; figures are measured in the original coordinates.",
    ),
    "review_number": ("审图号：{number}", "Map review number: {number}"),
}
