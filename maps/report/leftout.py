"""Why records were left out or repaired, in Chinese: the layers say it in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maps.twins import Catalogue

if TYPE_CHECKING:
    from maps.words import Words

CHINESE: dict[str, str] = {
    # streets
    "under construction, planned, out of use or gone": "在建、规划、停用或已拆除",
    "race track": "赛道",
    "ferry line": "轮渡航线",
    "not made for walking (escape lane, emergency bay, climbing route)": (
        "不供步行（避险车道、应急港湾、攀登线）"
    ),
    "service or rest area, not a way": "服务区，不是道路",
    "unknown kind of highway": "未知的道路类型",
    "motorway, trunk or motor road without a sidewalk": "无人行道的高速路、快速路或机动车专用路",
    "bus road without a sidewalk": "无人行道的公交专用路",
    "private (access or foot)": "私有道路（access 或 foot）",
    "closed to walkers (access or foot)": "禁止步行（access 或 foot）",
    "walkers must use the path beside it": "行人须走旁边的步道",
    "way without length": "长度为零",
    "way cut by the edge of the extract": "被数据边缘截断的道路",
    # homes
    "building of another kind than residential": "非居住类建筑",
    "building that shows another use (shop, office, school ...)": (
        "另有用途的建筑（商店、办公、学校等）"
    ),
    "roof without walls (wall=no)": "无墙的顶棚",
    "building out of use, planned, being built or underground": "停用、规划、在建或地下的建筑",
    "building without an outline": "没有轮廓的建筑",
    "building smaller than 20 m²": "小于 20 平方米的建筑",
    "building inside the outline of another": "位于另一建筑轮廓之内",
    # places
    "not open to everyone (access)": "不对公众开放（access）",
    "for customers only (access)": "仅供顾客使用（access）",
    "private garden": "私家花园",
    "garden that nothing says is public (name, access, garden:type)": "没有公开标识的花园",
    "theme park or zoo": "主题公园或动物园",
    "for animals": "供动物使用",
    "for beauty, not for illness": "美容而非医疗",
    "no general school (trade, music, driving, training ...)": (
        "非普通学校（职业、音乐、驾驶、培训等）"
    ),
    "no bus stops here (bus=no)": "不停公交（bus=no）",
    "out of use, planned or being built": "停用、规划或在建",
    "mapped twice: lies in the outline of the same facility": "重复：位于同一设施的轮廓之内",
    "school of unknown level, counted as primary": "学段不明的学校，按小学计",
    "school of unknown level, counted as secondary": "学段不明的学校，按中学计",
    "one stop mapped twice (platform)": "同一车站重复（站台）",
    "one stop mapped twice (where the bus halts)": "同一车站重复（停车位置）",
    "metro station, entered by its entrances": "地铁站，改由出入口进入",
    "joined to a piece of the same name": "并入同名的相接部分",
    # shapes
    "outline that crossed itself, mended": "轮廓自相交，已修复",
    "point or line, without an outline": "点或线，没有轮廓",
    "outline that encloses nothing": "轮廓不围合任何面积",
    "outline cut by the edge of the extract": "轮廓被数据边缘截断",
    "outline that is not closed": "轮廓未闭合",
    "outline that crosses itself or does not fit together": "轮廓自相交或拼合不上",
    "no geometry": "没有几何",
    "coordinates are not finite": "坐标不是有限数",
    "line without length": "长度为零的线",
    "only the main part of a collection kept": "几何集合只保留主要部分",
    "coordinates beyond 180 or 90 degrees": "坐标超出经纬度范围",
    "coordinates are 0, 0": "坐标为 0, 0",
    "x and y are swapped": "x 与 y 写反",
    "degrees in a layer of metres": "以米为单位的图层中的经纬度",
    "lies far from all others": "远离其他全部记录",
    "invalid polygon repaired": "无效多边形，已修复",
    "polygon without area": "面积为零的多边形",
    "open ring closed": "未闭合的环，已闭合",
    "part without length left out": "略去长度为零的部分",
    "repeated vertex left out": "略去重复的折点",
    "closed line taken as an area": "闭合的线，按面处理",
    "nearly closed line taken as an area": "几近闭合的线，按面处理",
    "no feature": "不是要素",
    "geometry of a kind that is not known": "未知类型的几何",
    "coordinates written as text": "坐标写成了文本",
    "feature that does not say so": "没有写明类型的要素",
    "curve made straight": "曲线改为折线",
    "surface of faces made the area it covers": "由小面组成的曲面改为其覆盖范围",
    "row of the .dbf without a shape": ".dbf 中没有图形的行",
    "end joined to the end of a street near by": "端点接到附近道路的端点",
    "end joined to a vertex of a street near by": "端点接到附近道路的折点",
    "end joined to the middle of a street near by": "端点接到附近道路的中段",
    "vertex joined to a vertex of a street near by": "折点接到附近道路的折点",
    "street shorter than the tolerance became one place": "短于容差的道路并为一点",
    "area in a layer of points": "点图层中的面",
    "point in a layer of areas": "面图层中的点",
    "coordinates beyond the Earth": "坐标超出地球范围",
    "deleted or missing in the .dbf": ".dbf 中已删除或缺失",
    # tables
    "empty row": "空行",
    "more cells than the heading": "单元格多于表头",
    "fewer cells than the heading": "单元格少于表头",
    "fewer cells than the heading: the last taken as empty": "单元格少于表头，缺的按空处理",
    "a total, no record": "合计行，不是记录",
    "the heading once more": "重复的表头",
    "a quotation mark without its twin": "引号不成对",
    "a quotation mark without its twin left out": "引号不成对，已略去",
    "damaged characters": "有损坏的字符",
    "characters of no text left out": "略去了非文本字符",
    "text in another encoding than the rest, read as that": "编码与其余各行不同，已按其编码读取",
    "no coordinates": "没有坐标",
    "the same record twice": "重复的记录",
    "several points in one home": "一处住宅有多个点",
    "several points with one number of people": "多个点共用一个人数",
    "no number of people": "没有人数",
    "no number of people: counts nobody": "没有人数，按零计",
    "no category": "没有类别",
    "unknown category, of other kinds": "其他未知类别",
    "far from the study area": "远离研究范围",
    "outside the study area": "在研究范围以外",
    "farther than {} times the reach from the study area": "距研究范围超过服务距离的 {} 倍",
    # rasters
    "negative number of people": "人数为负",
    "infinite number of people": "人数为无穷大",
    "more people than live on Earth": "人数超过全球人口",
    "smaller than 1 m²": "不足 1 平方米",
    "a corner lies far from the others": "有一个角点远离其他角点",
    "more people in one cell than live on Earth": "一个像元的人数超过全球人口",
    "no height on Earth (metres?)": "地球上没有这样的高程（单位是米吗？）",
    # candidates
    "several points in one candidate": "一个候选点含多个点",
    "the same candidate twice": "重复的候选点",
    "smaller than {} m²": "小于 {} 平方米",
    "barred": "标为禁用",
    # reasons that name a column, a value or a place in the file
    "{} (first: {})": "{}（首个：{}）",
    "row {:d}": "第 {} 行",
    "feature {:d}": "第 {} 条",
    "{} is not a number": "{} 不是数字",
    "{} or {} is not a number": "{} 或 {} 不是数字",
    "{} is a formula without its value": "{} 是没有计算值的公式",
    "{} or {} is a formula without its value": "{} 或 {} 是没有计算值的公式",
    "{} is negative": "{} 为负",
    "{} is no number of floors": "{} 不是层数",
    "unknown category {}": "未知类别 {}",
    "{} where {} are needed": "几何类型不符（{}，需要 {}）",
}
"""Every reason; ``{}`` stands for a column, a value, a row or another reason."""

_SHAPES = {"points": "点", "lines": "线", "polygons": "面", "{} or {}": "{}或{}"}
_LONGEST = 300
_BOOK, _PARTS = Catalogue(CHINESE), Catalogue(CHINESE | _SHAPES)


def retold(words: Words, reason: str) -> str:
    """Say a reason in the language of the words; one that is not known stays as it is.

    Examples
    --------
    >>> from maps.words import Words
    >>> retold(Words("zh"), "coordinates are 0, 0 (first: row 3)")
    '坐标为 0, 0（首个：第 3 行）'
    >>> retold(Words("en"), "race track")
    'race track'
    """
    return reason if words.language != "zh" else _chinese(reason)


def _chinese(reason: str) -> str:
    return _BOOK.filled(reason, _part) or reason


def _part(part: str) -> str:
    """Say a part, which may be a reason itself; a long one is what somebody wrote."""
    return part if len(part) > _LONGEST else _PARTS.filled(part, _part) or part
