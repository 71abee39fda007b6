"""What every column of results is, in Chinese and English, for tables and for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maps.words import Words

COLUMNS: dict[str, tuple[str, str]] = {
    "home": ("住宅编号", "Home"),
    "name": ("名称", "Name"),
    "weight": ("居民或住宅数", "Residents, or homes"),
    "status": ("是否接入路网", "Connected to streets or not"),
    "reason": ("原因", "Reason"),
    "reasons": ("各原因及人数", "All reasons, with people"),
    "edge": ("路段编号", "Piece of street"),
    "u": ("起点编号", "From node"),
    "v": ("终点编号", "To node"),
    "node": ("节点编号", "Node"),
    "along_m": ("沿路段距起点（米）", "Metres along the piece of street"),
    "leg_m": ("到街道的直线（米）", "Metres straight to the street"),
    "length_m": ("长度（米）", "Length, metres"),
    "ground_m": ("地面长度（米）", "Length on the ground, metres"),
    "through": ("可穿行", "May be walked through"),
    "closed": ("封闭", "Closed"),
    "steps": ("台阶", "Stairs"),
    "on_ground": ("在地面上", "On the ground"),
    "island": ("路网片编号", "Part of the network"),
    "facility": ("设施", "Facility"),
    "category": ("类别", "Category"),
    "standards": ("计入的指标", "Counts for"),
    "kind": ("类型", "Kind"),
    "entrance": ("出入口编号", "Entrance"),
    "standard": ("指标", "Standard"),
    "reach_m": ("步行半径（米）", "Reach on foot, metres"),
    "gap": ("盲区序号", "Gap"),
    "people": ("人数", "People"),
    "homes": ("住宅数", "Homes"),
    "walk_m": ("步行距离（米）", "Walk, metres"),
    "straight_m": ("直线距离（米）", "Straight line, metres"),
    "served": ("已覆盖", "Served"),
    "zone": ("分区", "Zone"),
    "zones": ("惠及的分区", "Zones served"),
    "patch": ("地块序号", "Patch"),
    "area_m2": ("面积（平方米）", "Area, m²"),
    "scenario": ("方案序号", "Scenario"),
    "change": ("措施序号", "Change"),
    "do": ("措施", "What is done"),
    "target": ("对象", "What it is done to"),
    "cost": ("费用", "Cost"),
    "proposal": ("建议序号", "Proposal"),
    "candidate": ("备选点编号", "Candidate"),
    "street": ("街道", "Street"),
    "street_a": ("一端街道", "Street at one end"),
    "street_b": ("另一端街道", "Street at the other end"),
    "people_alone": ("单独新增人数", "People gained alone"),
    "metres_saved": ("少走的人·米", "People times metres saved"),
    "built_m": ("建设长度（米）", "Metres to build"),
    "per_cost": ("每单位费用新增人数", "People gained per unit of cost"),
    "per_m": ("每米新增人数", "People gained per metre"),
    "before": ("之前的覆盖率", "Share before"),
    "after": ("之后的覆盖率", "Share after"),
    "before_m": ("之前步行（米）", "Walk before, metres"),
    "after_m": ("之后步行（米）", "Walk after, metres"),
    "against": ("不利因素", "Against it"),
    "crosses": ("穿越", "Crosses"),
    "unservable": ("为何无法覆盖", "Why it cannot be served"),
    "must": ("必选", "Must be chosen"),
    "barred": ("排除", "Ruled out"),
    "capacity": ("容量", "Capacity"),
    "levels": ("层数", "Storeys"),
    "lon": ("经度", "Longitude"),
    "lat": ("纬度", "Latitude"),
    "wkt": ("形状（WKT，经纬度）", "Shape (WKT, degrees)"),
}
"""By column: Chinese, English."""

ENDINGS: dict[str, tuple[str, str]] = {
    "straight_served": ("直线已覆盖", "served by straight line"),
    "straight_share": ("直线覆盖率", "share by straight line"),
    "straight_m": ("直线距离（米）", "straight line, metres"),
    "land_straight": ("用地直线覆盖率", "share of land, straight line"),
    "land_network": ("用地步行覆盖率", "share of land, on foot"),
    "complete_share": ("必配齐全的比例", "share with every must-have"),
    "mean_share_met": ("平均满足比例", "mean share of must-haves met"),
    "target_met": ("达标", "target met"),
    "facility": ("最近设施", "nearest facility"),
    "entrance": ("所用出入口", "entrance walked to"),
    "uncertain": ("受数据边缘影响", "uncertain at the edge of the data"),
    "complete": ("必配齐全", "every must-have within reach"),
    "reason": ("未覆盖原因", "why unserved"),
    "served": ("已覆盖", "served"),
    "share": ("覆盖率", "share served"),
    "low": ("下限", "lower bound"),
    "high": ("上限", "upper bound"),
    "gained": ("新增覆盖人数", "people gained"),
    "lost": ("失去覆盖人数", "people lost"),
    "met": ("满足的必配项数", "must-haves within reach"),
    "m": ("步行距离（米）", "walk, metres"),
}
"""By the end of a column that begins with a standard's id; the longest first."""

_AFTER = ("（方案 {n} 实施后）", " (after {n})")


def measured_ids(figures: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Give whatever has ``zh`` and ``en`` among the figures of a summary, by its id, in order.

    Examples
    --------
    >>> both = {"zh": "公园或绿地", "en": "Park or green", "classes": {"a": {"zh": "甲"}}}
    >>> list(measured_ids({"standards": {"either": both}}))
    ['either', 'a']
    """
    if "scenarios" in figures:
        standards = figures["scenarios"][0]["standards"] if figures["scenarios"] else {}
    elif "standard" in figures:
        standards = {figures["standard"]["id"]: figures["standard"]}
    else:
        standards = figures.get("standards", {})
    found: dict[str, Mapping[str, Any]] = dict(standards)
    for part in ("classes", "categories"):
        for one in standards.values():
            parts = one.get(part, {}).items()
            found |= {key: value for key, value in parts if key not in found}
    return found


def meaning(column: str, named: Mapping[str, Mapping[str, Any]], words: Words) -> str | None:
    """Say what a column holds; None for one that nobody named.

    Parameters
    ----------
    column
        A column of a layer of results.
    named
        What was measured, by its id (`measured_ids`).

    Examples
    --------
    >>> from maps.words import Words
    >>> park = {"park_500m": {"zh": "公园", "en": "Park within 500 m"}}
    >>> meaning("park_500m_straight_m", park, Words("en"))
    'Park within 500 m: straight line, metres'
    >>> meaning("weight_2", park, Words("zh"))
    '居民或住宅数（方案 2 实施后）'
    """
    said = _said(column, named, words)
    before, _, number = column.rpartition("_")
    if said is None and number.isdecimal():
        said = _said(before, named, words)
        return said and said + words.one_of(*_AFTER).format(n=number)
    return said


def _said(column: str, named: Mapping[str, Mapping[str, Any]], words: Words) -> str | None:
    """Say what a column holds that bears no number of a scenario."""
    if column in COLUMNS:
        return words.one_of(*COLUMNS[column])
    for last, pair in ENDINGS.items():
        key = column.removesuffix(f"_{last}")
        if key != column and key in named:
            return words.pick(named[key]) + words.say("colon") + words.one_of(*pair)
    return None
