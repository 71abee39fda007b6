"""Who and what is counted, units, commas."""

WORDS: dict[str, tuple[str, str]] = {
    "residents": ("居民", "residents"),
    "homes": ("住宅", "homes"),
    "residents_many": ("{n} 人", "{n} residents"),
    "residents_few": ("不足 10 人", "fewer than 10 residents"),
    "homes_one": ("{n} 处住宅", "{n} home"),
    "homes_many": ("{n} 处住宅", "{n} homes"),
    "percent": ("{n} %", "{n} %"),
    "metres": ("{n} 米", "{n} m"),
    "kilometres": ("{n} 公里", "{n} km"),
    "square_kilometres": ("{n} 平方公里", "{n} km²"),
    "unknown_share": ("无数据", "no data"),
    "colon": ("：", ": "),
    "comma": ("，", ", "),
    "list_comma": ("、", ", "),
    "semicolon": ("；", "; "),
}
