"""What is exported, and what is lost on the way: said in one line and counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from maps.gis.fields import meaning, measured_ids
from maps.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd

    from maps.gis.qgis import Style

Encoding = Literal["gbk", "utf-8"]

LOSSES: dict[str, tuple[str, str]] = {
    "short_names": (
        "{count} 个字段名缩短到 10 字节以内，对照见 fields.csv",
        "{count} column names cut to 10 bytes; fields.csv tells which",
    ),
    "cut_texts": ("{count} 段文字过长，已截断", "{count} texts too long, cut"),
    "unwritable": (
        "{count} 段文字含所选编码没有的字，写为 ?",
        "{count} texts hold letters the encoding lacks, written as ?",
    ),
    "control": (
        "{count} 段文字含控制字符，已替换",
        "{count} texts held control characters, replaced",
    ),
    "empty_texts": ("{count} 段空文字写为空值", "{count} empty texts written as nothing"),
    "as_text": (
        "{count} 列日期或时间写为文字",
        "{count} columns of dates or times written as text",
    ),
    "as_numbers": ("{count} 列真假写为 1 和 0", "{count} columns of yes or no written as 1 and 0"),
    "rounded": (
        "{count} 个要素的坐标为经纬度，取 7 位小数（约 1 厘米）",
        "{count} features in degrees, rounded to 7 decimals (1 cm)",
    ),
    "taken_apart": (
        "{count} 个混合形状拆开，属性各带一份",
        "{count} mixed shapes taken apart, each part with all columns",
    ),
    "no_shape": ("{count} 个没有形状的要素未写入", "{count} features without a shape left out"),
    "as_points": (
        "{count} 个线或面只写其内部一点的坐标",
        "{count} lines or areas given as a point on them",
    ),
    "guarded": (
        "{count} 段以 = + - @ 开头的文字前加单引号，以免被当作公式",
        "{count} texts that begin like a formula got an apostrophe before them",
    ),
    "columns": (
        "{count} 列未写入，其他格式有",
        "{count} columns left out; other formats hold them",
    ),
    "rows": ("{count} 行超出工作表，未写入", "{count} rows more than a sheet holds, left out"),
    "many_columns": (
        "{count} 列超出 255，有的软件读不到",
        "{count} columns beyond 255, which some programs do not read",
    ),
    "empty": ("空图层未写入", "empty, left out"),
}
"""What may be lost: Chinese, English."""

_NAMED = 4
_MORE = ("另外 {count} 个图层", "{count} more layers")


@dataclass(frozen=True)
class Loss:
    """Something that one layer lost: a key of `LOSSES`, and how often."""

    what: str
    times: int
    layer: str = ""


def lost_by(layer: str, losses: Iterable[Loss]) -> list[Loss]:
    """Say whose losses they are."""
    return [replace(one, layer=layer) for one in losses]


@dataclass(frozen=True)
class Task:
    """One layer to be written.

    Attributes
    ----------
    name, table
        The layer; never empty.
    figures
        The summary it belongs to.
    words
        Of the language names and legends are in.
    encoding
        Of text in formats that leave a choice.
    styles
        Its styles for QGIS to be written beside it, the default first; empty if not asked for.
    """

    name: str
    table: gpd.GeoDataFrame
    figures: Mapping[str, Any]
    words: Words
    encoding: Encoding = "utf-8"
    styles: Sequence[Style] = ()

    @property
    def columns(self) -> list[str]:
        """Its columns but for the shape."""
        return [str(column) for column in self.table.columns if column != "geometry"]

    @property
    def credit(self) -> str:
        """Whose data it rests on."""
        return str(self.figures["data"]["credit"])

    def meaning(self, column: str, language: Literal["zh", "en"] | None = None) -> str:
        """Say what a column holds; its own name if nobody knows."""
        words = Words(language) if language else self.words
        return meaning(column, measured_ids(self.figures), words) or column


def told(losses: Sequence[Loss], words: Words) -> list[str]:
    """Say each kind of loss in one line: how often in all, and in which layers most.

    Examples
    --------
    >>> from maps.words import Words
    >>> told([Loss("no_shape", 2, "homes"), Loss("no_shape", 1, "zones")], Words("en"))
    ['3 features without a shape left out (homes 2, zones 1)']
    """
    lines = []
    for what in dict.fromkeys(one.what for one in losses):
        some = sorted((one for one in losses if one.what == what), key=lambda one: -one.times)
        line = words.one_of(*LOSSES[what]).format(count=sum(one.times for one in some))
        where = [f"{one.layer} {one.times}" if one.times else one.layer for one in some]
        more = words.one_of(*_MORE).format(count=len(where) - _NAMED)
        where = [*where[:_NAMED], more] if len(where) > _NAMED + 1 else where
        lines.append(f"{line} ({', '.join(where)})")
    return lines
