"""The words of the page that holds all questions of a place."""

WORDS: dict[str, tuple[str, str]] = {
    "city_title": ("全部问题一张图", "Every question in one map"),
    "city_choose": ("选择一个问题", "Choose a question"),
    "city_click": (
        "点击任意住宅，即可看到它到各项设施的步行距离。",
        "Click a home to see how far it is to everything.",
    ),
    "city_more": ("查看此项详情", "More about this"),
    "city_walks": ("各项步行距离", "Walks from here"),
    "city_column_what": ("问题", "Question"),
    "city_column_walk": ("步行", "On foot"),
    "city_met_of": ("{n} / {of} 项", "{n} of {of}"),
    "city_inside": ("就在其中", "inside it"),
    "city_nowhere": ("走不到", "no way"),
    "city_no_walk": ("距离未计算", "not measured"),
}
