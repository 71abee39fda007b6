"""tables.xlsx of site and links: proposals, for whom, all candidates, who is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scripts.writing.sheets import empty_book, share, sheet
from spatial.openings import OPENINGS
from spatial.reasons import REASONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd

    from scripts.writing.sheets import Book, Row

PROPOSAL_COLUMNS = [
    *("proposal", "kind", "name", "category", "street", "people", "people_alone", "homes"),
    *("metres_saved", "built_m", "cost", "per_cost", "before", "after", "zones", "against"),
]
"""What stands in a row of proposals."""

WORDS = {
    "proposals": ("建议", "Proposals"),
    "proposal": ("次序", "Order"),
    "kind": ("类型", "Kind"),
    "name": ("名称", "Name"),
    "street": ("街道", "Street"),
    "people": ("新增覆盖", "People gained"),
    "people_alone": ("单独实施新增覆盖", "Gained alone"),
    "homes": ("新增覆盖住宅", "Homes gained"),
    "metres_saved": ("步行减少（人·米）", "Metres saved (people x m)"),
    "built_m": ("新建（米）", "Built (m)"),
    "cost": ("造价", "Cost"),
    "per_cost": ("每单位造价（或每米）新增", "Gained per unit of cost, or metre"),
    "before": ("之前覆盖率", "Share before"),
    "after": ("之后覆盖率", "Share after"),
    "zones": ("分区", "Zones"),
    "against": ("不利因素", "Against"),
    "answer": ("结论", "Answer"),
    "value": ("结果值", "Value"),
    "bound": ("不可能优于", "No choice is better than"),
    "gap": ("与最优的最大差距", "Gap to the best there can be"),
    "proven": ("已证明最优", "Proven best"),
    "greedy_value": ("贪心解", "Greedy answer"),
    "method": ("方法", "Method"),
    "seconds": ("用时（秒）", "Seconds"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "candidates": ("备选", "Candidates"),
    "concerned": ("受益住宅", "For whom"),
    "home": ("住宅", "Home"),
    "residents": ("人口", "People"),
    "before_m": ("之前步行（米）", "Walk before (m)"),
    "after_m": ("之后步行（米）", "Walk after (m)"),
    "unservable": ("无法覆盖", "Cannot be served"),
    "reason": ("原因", "Reason"),
}
"""(Chinese, English) for every heading."""

MOST_ROWS = 2_000
"""So many candidates stand in the table, the best first; all are in results.gpkg."""


def proposal_workbook(figures: Mapping[str, Any], layers: Mapping[str, gpd.GeoDataFrame]) -> Book:
    """Make the tables of site or links: proposals, for whom, all candidates, who is left out."""
    book, words = empty_book(WORDS, figures["language"])
    sheet(book, words["proposals"], _proposal_rows(figures, words))
    sheet(book, words["concerned"], _table(layers["proposal_homes"], _CONCERNED, words))
    sheet(book, words["answer"], _answer_rows(figures, words))
    best = layers["candidates"].sort_values("people_alone", ascending=False).head(MOST_ROWS)
    best = best.assign(kind=[kind_in_words(one, figures["language"]) for one in best["kind"]])
    sheet(book, words["candidates"], _table(best, _CANDIDATES, words))
    sheet(book, words["unservable"], _unservable_rows(figures, layers["homes"], words))
    return book


def _answer_rows(figures: Mapping[str, Any], words: Mapping[str, str]) -> Iterable[Row]:
    """How good the choice is; what nobody knows of a greedy one stays empty."""
    found = figures["answer"]
    yield [words["value"], found["value"]]
    yield [words["bound"], found["bound"]]
    yield [words["gap"], share(found["gap"])]
    yield [words["proven"], words["yes" if found["proven"] else "no"]]
    yield [words["greedy_value"], found["greedy_value"]]
    yield [words["method"], found["method"]]
    yield [words["seconds"], found["seconds"]]


_CONCERNED = {"proposal": "proposal", "home": "home", "weight": "residents"} | {
    "before_m": "before_m",
    "after_m": "after_m",
}
KINDS = OPENINGS | {"site": ("选址", "site"), "candidate": ("备选地块", "candidate")}
"""Kinds of proposals and candidates in Chinese and English."""

UNSERVABLE = REASONS | {
    "unreachable": ("步行范围内没有备选点", "no candidate within reach"),
    "barred_only": ("只有禁选的备选点可达", "only a barred candidate within reach"),
}
_CANDIDATES = {"kind": "kind", "name": "name", "people_alone": "people_alone"}


def kind_in_words(kind: str, language: str) -> str:
    """Name a kind of proposal or candidate in Chinese or English.

    Examples
    --------
    >>> kind_in_words("footbridge", "zh"), kind_in_words("site", "en")
    ('人行桥', 'site')
    """
    return KINDS.get(kind, (kind, kind))[0 if language == "zh" else 1]


def _proposal_rows(figures: Mapping[str, Any], words: Mapping[str, str]) -> Iterable[Row]:
    columns = [column for column in PROPOSAL_COLUMNS if column != "category"]
    yield [words[column] for column in columns]
    for one in figures["proposals"]:
        row = one | {"before": share(one["before"]), "after": share(one["after"])}
        row["kind"] = kind_in_words(one["kind"], figures["language"])
        yield [row[column] for column in columns]


def _table(
    layer: gpd.GeoDataFrame, columns: Mapping[str, str], words: Mapping[str, str]
) -> Iterable[Row]:
    there = [column for column in columns if column in layer]
    yield [words[columns[column]] for column in there]
    table = layer[there].astype(object)
    for row in table.where(table.notna(), None).itertuples(index=False):
        yield list(row)


def _unservable_rows(
    figures: Mapping[str, Any], homes: gpd.GeoDataFrame, words: Mapping[str, str]
) -> Iterable[Row]:
    """Every home with people that nothing tried can serve, and why."""
    yield [words[key] for key in ("home", "residents", "before_m", "reason")]
    place = 0 if figures["language"] == "zh" else 1
    left = homes[homes["unservable"].notna()]
    table = left[["home", "weight", f"{figures['standard']['id']}_m"]].astype(object)
    table["reason"] = left["unservable"].map(lambda key: UNSERVABLE[key][place])
    for row in table.where(table.notna(), None).itertuples(index=False):
        yield list(row)
