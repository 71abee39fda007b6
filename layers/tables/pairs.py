"""Both coordinates in one cell: ``116.58,35.41``, ``POINT (116.58 35.41)``, ``[116.58, 35.41]``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pandas as pd

from layers.numerals import tidied
from layers.tables.angles import degrees

if TYPE_CHECKING:
    from collections.abc import Iterable

_DIGITS: Final = re.compile(r"\d+")
_NUMBER: Final = r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?"
_POINT: Final = re.compile(
    rf"(?:srid=\d+; ?)?point ?(?:z|m|zm)? ?\( ?({_NUMBER}) ({_NUMBER})(?: {_NUMBER})* ?\)"
)
_GEOJSON: Final = re.compile(
    rf'\{{.*"coordinates" ?: ?\[ ?({_NUMBER}) ?, ?({_NUMBER}) ?(?:, ?{_NUMBER} ?)*\].*\}}'
)
_NAMED: Final = re.compile(
    rf'\{{ ?"?(?:lng|lon|longitude|x)"? ?: ?"?({_NUMBER})"? ?, ?'
    rf'"?(?:lat|latitude|y)"? ?: ?"?({_NUMBER})"? ?\}}'
)
_NAMED_BACK: Final = re.compile(
    rf'\{{ ?"?(?:lat|latitude|y)"? ?: ?"?({_NUMBER})"? ?, ?'
    rf'"?(?:lng|lon|longitude|x)"? ?: ?"?({_NUMBER})"? ?\}}'
)
_SHAPES: Final = re.compile(
    r"\s*(?:(?:srid=\d+;)?(?:multi)?(?:linestring|polygon|point|curve|surface)(?: ?z?m?)? ?\("
    r"|(?:srid=\d+;)?geometrycollection ?\(|0[01][0-9a-f]{8}(?:[0-9a-f]{8})?[0-9a-f]{16,}\s*$)",
    re.IGNORECASE,
)
_PLAIN: Final = re.compile(
    rf"[\[(]? ?({_NUMBER}) ?(?:[,;/|、] ?| )({_NUMBER})(?: ?[, ] ?0(?:\.0*)?)? ?[\])]?"
)
_LETTERED: Final = re.compile(r"(.*\d.*?[^,;/|、 ]) ?[,;/|、 ] ?([^,;/|、 ].*\d.*)")


def pairs(cells: pd.Series) -> pd.DataFrame:
    """Split cells that hold two coordinates.

    Returns
    -------
    pandas.DataFrame
        ``first`` and ``second``, NaN where there are none; ``told``: whether the cell itself
        says that the longitude is first.

    Examples
    --------
    >>> pairs(pd.Series(["116.5,35.4", "POINT(116.5 35.4)", "35.4N 116.5E", "甲"])).values.tolist()
    [[116.5, 35.4, False], [116.5, 35.4, True], [116.5, 35.4, True], [nan, nan, False]]
    """
    text = tidied(cells)
    found = pd.DataFrame({"first": float("nan"), "second": float("nan")}, cells.index)
    found["told"] = False
    kinds = ((_PLAIN, False), (_POINT, True), (_GEOJSON, True), (_NAMED, True), (_NAMED_BACK, True))
    for pattern, told in kinds:
        parts = text.str.extract(f"^(?:{pattern.pattern})$").astype("float64").dropna()
        if pattern is _NAMED_BACK:
            parts = parts[[1, 0]].set_axis([0, 1], axis=1)
        found.loc[parts.index] = parts.set_axis(["first", "second"], axis=1).assign(told=told)
        text = text.drop(parts.index)
    _add_lettered(found, cells[text.index])
    return found


def are_shapes(cell: str) -> bool:
    """Say whether a cell holds a shape as WKT or WKB that is not read as a pair.

    Examples
    --------
    >>> are_shapes("LINESTRING (1 2, 3 4)"), are_shapes("Polygon street 3")
    (True, False)
    """
    return bool(_SHAPES.match(cell))


def own_codes(cells: pd.Series) -> list[str]:
    """Give the codes of CRS that points name themselves, each once.

    Examples
    --------
    >>> own_codes(pd.Series(["SRID=4548;POINT(1 2)", "srid=4548;POINT(3 4)", "POINT(5 6)"]))
    ['4548']
    """
    said = tidied(cells).str.extract(r"^srid=(\d{1,6});", expand=False).dropna()
    return sorted(set(said))


def any_pair(cells: Iterable[object]) -> bool:
    """Say whether any of some cells holds two coordinates.

    Examples
    --------
    >>> any_pair(["甲", "116.5，35.4"]), any_pair(["太白路1号"]), any_pair([116.5])
    (True, False, False)
    """
    likely = [cell for cell in cells if isinstance(cell, str) and len(_DIGITS.findall(cell)) > 1]
    return bool(likely and pairs(pd.Series(likely, dtype=object))["first"].notna().any())


def _add_lettered(found: pd.DataFrame, cells: pd.Series) -> None:
    """Add pairs of which each part says what it is: ``35°24′N, 116°30′E``."""
    text = cells.astype(str).str.strip().str.replace("，", ",", regex=False)
    halves = text.str.extract(f"^(?:{_LETTERED.pattern})$").dropna()
    if not len(halves):
        return
    for one, other in ((0, 1), (1, 0)):
        lon, lat = degrees(halves[one], 0), degrees(halves[other], 1)
        wrong = degrees(halves[one], 1).notna() | degrees(halves[other], 0).notna()
        sure = (lon.notna() & lat.notna() & ~wrong).to_numpy()
        rows = halves.index[sure]
        found.loc[rows, "first"], found.loc[rows, "second"] = lon[sure], lat[sure]
        found.loc[rows, "told"] = True
