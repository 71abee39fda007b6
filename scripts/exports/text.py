"""Text that a file can hold: within an encoding, within a length; what is changed is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from maps.page.markup import printable
from scripts.exports.task import Loss

if TYPE_CHECKING:
    from collections.abc import Callable


def is_text(values: pd.Series) -> bool:
    """Tell whether a column holds text, and nothing else.

    Examples
    --------
    >>> is_text(pd.Series(["a", None])), is_text(pd.Series([True, None])), is_text(pd.Series([1]))
    (True, False, False)
    """
    return pd.api.types.infer_dtype(values, skipna=True) == "string"


def cut(text: str, size: int, encoding: str) -> str:
    """Cut a text to so many bytes, never inside a letter.

    Examples
    --------
    >>> cut("济宁市任城区", 10, "gbk"), cut("济宁市任城区", 10, "utf-8")
    ('济宁市任城', '济宁市')
    """
    return text.encode(encoding, "replace")[:size].decode(encoding, "ignore")


def fitting(text: str, encoding: str) -> str:
    """Replace the letters an encoding lacks by ``?``.

    Examples
    --------
    >>> fitting("Straße 任城", "gbk")
    'Stra?e 任城'
    """
    return text.encode(encoding, "replace").decode(encoding)


def changed(table: pd.DataFrame, change: Callable[[str], str], what: str) -> list[Loss]:
    """Change every text of a table in place; give how many it changed."""
    count = 0
    for column in table.columns:
        if not is_text(table[column]):
            continue
        before = table[column].astype(object)
        after = before.map(change, na_action="ignore")
        count += int((before.notna() & (before != after)).sum())
        table[column] = after.where(before.notna(), None)
    return [Loss(what, count)] if count else []


def without_control(table: pd.DataFrame) -> list[Loss]:
    """Replace control characters in every text of a table, in place."""
    return changed(table, printable, "control")


def empty_texts(table: pd.DataFrame) -> list[Loss]:
    """Write nothing for empty texts, in place, where a format cannot tell the two apart."""
    count = 0
    for column in table.columns:
        if is_text(table[column]):
            empty = table[column] == ""
            count += int(empty.sum())
            table[column] = table[column].astype(object).mask(empty, None)
    return [Loss("empty_texts", count)] if count else []


def dates_as_text(table: pd.DataFrame) -> list[Loss]:
    """Write dates and times as ISO 8601 text, in place."""
    dated = [
        column
        for column in table.columns
        if pd.api.types.infer_dtype(table[column], skipna=True)
        in ("date", "datetime", "datetime64", "time")
    ]
    for column in dated:
        text = table[column].astype(object).map(lambda one: one.isoformat(), na_action="ignore")
        table[column] = text.where(table[column].notna(), None)
    return [Loss("as_text", len(dated))] if dated else []
