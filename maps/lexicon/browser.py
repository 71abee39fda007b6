"""What a page says to a browser that cannot show it."""

WORDS: dict[str, tuple[str, str]] = {
    "browser_too_old": (
        "浏览器版本过旧，无法显示地图。请用 {browsers} 或更新的版本打开。",
        "This browser is too old for the map. Please open it with {browsers} or later.",
    ),
}
