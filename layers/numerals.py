"""Numbers as people write them: full-width, with units, with marks between thousands.

What the mark between digits means is decided for a whole column, never cell by cell: ``1,250`` is
one thing in a column that holds ``116,58``, and another in one that holds ``3.5``.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pandas as pd

_UNSEEN: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\0"), "")
_DASHES: Final = dict.fromkeys(map(ord, "‐‑‒–—−﹣－"), "-")
_RAISED: Final = {ord(sign): f"^{sign}" for sign in "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"}  # 10² is not 102
_SEEN: Final = {**_UNSEEN, **_DASHES, **_RAISED, ord("’"): "'", ord("‘"): "'"}

_UNITS: Final = (
    *("人口", "人", "口", "名", "位", "个", "层楼", "层", "楼", "元", "米", "people", "persons"),
    *("residents", "inhabitants", "pop", "floors?", "f", "storeys?", "stor(?:y|ies)", "levels?"),
)
"""What may follow a number and leaves its size as it is."""
_TIMES: Final = {"万": 1e4, "千": 1e3}

_BODY: Final = r"(?:\d{1,3}(?:(?P<mark>[, '])\d{3})(?:(?P=mark)\d{3})*|\d+)?"
_SPELT: Final = re.compile(
    rf"'?(?P<number>[+-]? ?{_BODY}(?:\.\d*)?(?:e[+-]?\d+)?)"
    rf" ?(?P<times>[{''.join(_TIMES)}]?) ?(?:{'|'.join(_UNITS)})?",
    re.IGNORECASE,
)
_ROUGH: Final = re.compile(r"[^0-9.,+-]")
_ONE_COMMA: Final = re.compile(r"'?[+-]? ?\d{1,3},\d{3} ?\D*")
_COMMA_IS_POINT: Final = re.compile(
    r"'?[+-]? ?(?:0?,\d+|\d+,(?:\d{1,2}|\d{4,})|0,\d+|\d{4,},\d+|\d{1,3}(?:[. ]\d{3})+,\d+) ?\D*"
)
_POINT_IS_POINT: Final = re.compile(r"'?[+-]? ?(?:\d*(?:,\d{3})*\.(?:\d{1,2}|\d{4,})|0?\.\d+) ?\D*")
_SWAPPED: Final = {ord(","): ".", ord("."): ","}


def numbers(cells: pd.Series, *, comma: bool | None = None) -> pd.Series:
    """Give cells as float64; NaN where there is nothing, or no finite number.

    Parameters
    ----------
    cells
        Text, numbers, or both.
    comma
        Whether a comma is the decimal mark; None: as the column itself shows, else it is not.

    Examples
    --------
    >>> numbers(pd.Series(["1,250", "１２", "1.2万人", "35层", "约12"])).tolist()
    [1250.0, 12.0, 12000.0, 35.0, nan]
    >>> numbers(pd.Series(["1.250,5", "116,58", "7"])).tolist()
    [1250.5, 116.58, 7.0]
    """
    if pd.api.types.is_bool_dtype(cells.dtype):
        return pd.Series(np.nan, cells.index)
    if pd.api.types.is_numeric_dtype(cells.dtype):
        return _finite(cells.astype("float64"))
    cells = cells.astype(object)
    number = pd.to_numeric(_without_flags(cells), errors="coerce").astype("float64")
    if comma is None:
        comma = comma_is_point(cells, number)
    unread = cells.notna() if comma else cells.notna() & number.isna()
    spelt = tidied(cells[unread.to_numpy()])
    if len(spelt):
        number = number.copy()
        number[spelt.index] = _spelt(spelt.str.translate(_SWAPPED) if comma else spelt)
    return _finite(number)


def comma_is_point(cells: pd.Series, number: pd.Series) -> bool:
    """Say whether the cells of a column show that a comma is their decimal mark.

    Parameters
    ----------
    cells
        The cells.
    number
        What they are with a point as the mark, NaN where they are none.
    """
    unread = tidied(cells[(number.isna() & cells.notna()).to_numpy()])
    commas = unread[unread.str.contains(",", regex=False)]
    if not commas.str.fullmatch(_COMMA_IS_POINT).any():
        return False
    return not tidied(cells).str.fullmatch(_POINT_IS_POINT).any()


def of_two_readings(cells: pd.Series) -> str | None:
    """Give a number of a column that may have a decimal comma or a mark between thousands.

    Examples
    --------
    >>> of_two_readings(pd.Series(["800", "1,250"])), of_two_readings(pd.Series(["1,25", "1,250"]))
    ('1,250', None)
    """
    text = tidied(cells)
    commas = text[text.str.contains(",", regex=False)]
    either = len(commas) and commas.str.fullmatch(_ONE_COMMA).all()
    if not either or text.str.fullmatch(_POINT_IS_POINT).any():
        return None
    return str(commas.iloc[0])


def tidied(cells: pd.Series) -> pd.Series:
    """Give the text among cells in half-width small letters, one kind of blank, minus, mark.

    Examples
    --------
    >>> tidied(pd.Series(["－１ ２５０ 人", 3, None])).tolist()
    ['-1 250 人']
    """
    text = cells.astype(object)
    if not _all_text(text):
        text = text[[isinstance(cell, str) for cell in text]]
    rough = text.str.contains(_ROUGH).to_numpy(dtype=bool)  # most cells are plain: save the work
    if not rough.any():
        return text
    smooth = text[rough].str.translate(_SEEN).str.normalize("NFKC").str.translate(_SEEN)
    smooth = smooth.str.replace(r"\s+", " ", regex=True).str.strip()
    smooth = smooth.str.replace(r" ?\. ?(?=\d)", ".", regex=True).str.lower()
    text = text.copy()
    text[rough] = smooth.astype(object)
    return text


def _all_text(cells: pd.Series) -> bool:
    return pd.api.types.infer_dtype(cells, skipna=False) == "string"


def _without_flags(cells: pd.Series) -> pd.Series:
    """Leave cells out that say true or false, which pandas would count as 1 and 0."""
    if _all_text(cells):
        return cells
    flags = np.fromiter((isinstance(cell, (bool, np.bool_)) for cell in cells), bool, len(cells))
    return cells.mask(flags) if flags.any() else cells


def _spelt(text: pd.Series) -> pd.Series:
    """Read numbers that are more than digits and a point."""
    number = pd.to_numeric(text, errors="coerce").astype("float64")
    text = text[number.isna()]
    if not len(text):
        return number
    parts = text.str.extract(f"^(?:{_SPELT.pattern})$", flags=re.IGNORECASE)
    plain = parts["number"].str.replace("[, ']", "", regex=True)
    read = pd.to_numeric(plain, errors="coerce").astype("float64")
    number[text.index] = read * parts["times"].map(_TIMES).fillna(1.0).astype("float64")
    return number


def _finite(number: pd.Series) -> pd.Series:
    return number.where(np.isfinite(number))
