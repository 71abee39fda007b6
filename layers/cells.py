"""What the cells of a planner's own table hold: text, numbers, yes or no, or nothing."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pandas as pd

from layers.numerals import numbers

_NOTHING: Final = frozenset(
    (
        *("", "/", "\\", "-", "--", "—", "——", "–", "―", "无", "空", "暂无", "不详", "未知"),
        *("na", "n/a", "nan", "null", "none", "nil", "<na>", "#n/a", "#value!", "******"),
    )
)
"""What people write, in small letters, where there is nothing to write."""

_LONGEST_NOTHING: Final = max(map(len, _NOTHING))

_NO: Final = frozenset(("no", "false", "0", "0.0", "n", "f", "否", "不是", "非"))

_CHINESE: Final = {"亿": 1e8, "百万": 1e6, "十万": 1e5, "万": 1e4, "千": 1e3, "百": 1e2}
_COUNTED_BY: Final = (
    *(
        (re.compile(rf"{word}人|[(（\[【/_:：,， ]{word}[)）\]】]?$"), size)
        for word, size in _CHINESE.items()
    ),
    (re.compile(r"\bmillions?\b"), 1e6),
    (re.compile(r"\b10k\b|\b[x×*]? ?10,?000\b|\b10\^4|\bten thousands?\b"), 1e4),
    (re.compile(r"\bthousands?\b|\b[x×*] ?1,?000\b|'000|\b1,?000s|\(k\)"), 1e3),
    (re.compile(r"\bhundreds?\b"), 1e2),
)
"""What one in a column counts, where its heading says so."""


def as_text(cells: pd.Series) -> pd.Series:
    """Give cells as text without blanks around; None where there is nothing.

    Whole numbers lose the ``.0`` that spreadsheets give to ids.

    Examples
    --------
    >>> as_text(pd.Series([1001.0, " 任城 ", "/", None])).tolist()
    ['1001', '任城', None, None]
    """
    if pd.api.types.infer_dtype(cells, skipna=True) == "string":
        return _stripped(cells.astype(object).where(cells.notna(), ""))
    if pd.api.types.is_integer_dtype(cells.dtype):
        return cells.astype(str).astype(object).where(cells.notna(), None)
    if pd.api.types.is_float_dtype(cells.dtype):
        cells = cells.astype(object)
    text = cells.astype(str).str.strip().astype(object)
    number = cells.map(lambda cell: isinstance(cell, float) and cell.is_integer()).astype(bool)
    text = text.where(~number, text.str.removesuffix(".0"))
    nothing = cells.isna() | text.str.casefold().isin(_NOTHING)
    return text.where(~nothing, None).astype(object)


def _stripped(cells: pd.Series) -> pd.Series:
    """Give text without blanks around; most columns are nothing but text, and long."""
    text = np.fromiter(map(str.strip, cells), object, len(cells))
    short = np.flatnonzero(np.fromiter(map(len, text), np.int64, len(text)) <= _LONGEST_NOTHING)
    nothing = [place for place in short.tolist() if text[place].casefold() in _NOTHING]
    text[nothing] = None
    return pd.Series(text, cells.index, dtype=object)


def as_number(cells: pd.Series) -> pd.Series:
    """Give cells as float64; NaN where there is nothing or no finite number.

    Text is read as `layers.numerals.numbers` does. A heading such as 人口（万人） says what
    one counts.

    Examples
    --------
    >>> as_number(pd.Series(["1,250", "１２", " 3.5 ", "12人", "116,58"])).tolist()
    [1250.0, 12.0, 3.5, 12.0, nan]
    >>> as_number(pd.Series(["1.2", "0.8"], name="人口（万人）")).tolist()
    [12000.0, 8000.0]
    """
    heading = str(cells.name or "")
    counted = (size for pattern, size in _COUNTED_BY if pattern.search(heading.casefold()))
    size = next(counted, 1.0)
    return numbers(cells) if size == 1 else (numbers(cells) * size).round(6)


def as_flag(cells: pd.Series) -> pd.Series:
    """Give cells as bool: False where there is nothing, or the cell says no.

    Anything else says yes, such as 是, 1, T, or the kind of bridge.

    Examples
    --------
    >>> as_flag(pd.Series(["yes", "是", "viaduct", "F", "否", "0", None])).tolist()
    [True, True, True, False, False, False, False]
    """
    text = as_text(cells)
    return text.notna() & ~text.fillna("").str.casefold().isin(_NO)
