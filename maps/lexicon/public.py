"""Public pages: cells of many in the place of single homes."""

WORDS: dict[str, tuple[str, str]] = {
    "share_class": ("{low}–{high} %", "{low}–{high} %"),
    "share_heading": ("每格{who}中已覆盖的比例", "Share of {who} served, by cell"),
    "share_heading_services": (
        "每格{who}可达必配设施的平均比例",
        "Must-have services in reach of {who}, by cell",
    ),
    "cell_title": ("{n} 米方格", "Cell of {n} m"),
    "cell_share": ("约 {n} %", "about {n} %"),
    "cell_served": ("已覆盖", "served"),
    "cell_services": ("必配设施可达", "must-have services in reach"),
    "public_said": (
        "公开版：住宅合并为不少于 {least} 的方格（边长 {wide} 米），不含单处住宅的资料。",
        "Public edition: cells of at least {least}, {wide} m wide; no single home is in this file.",
    ),
    "public_left": (
        "另有 {amount}过于分散，未在图上显示，但计入总数。",
        "Another {amount} live too far apart to be shown; the totals include them.",
    ),
    "public_few": ("不足 {amount}", "fewer than {amount}"),
}
