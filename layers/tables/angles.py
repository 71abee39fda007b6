"""Degrees as people write them: with letters, with minutes and seconds, in words."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pandas as pd

from layers.numerals import numbers, tidied

_MARKS: Final = (
    (
        re.compile("[°º˚⁰∘]|(?<![经纬])度"),
        "°",
    ),  # before the text is made half-width, which spoils these
    (re.compile("''|[″“”〃ʺ˝＂秒]"), '"'),
    (re.compile("[′‘’`´ʹʼ＇分]"), "'"),
)
_SIDES: Final = {
    **dict.fromkeys(("e", "east", "东", "东经", "經度", "经度", "lon", "lng", "longitude"), (0, 1)),
    **dict.fromkeys(("w", "west", "西", "西经"), (0, -1)),
    **dict.fromkeys(("n", "north", "北", "北纬", "纬度", "lat", "latitude"), (1, 1)),
    **dict.fromkeys(("s", "south", "南", "南纬"), (1, -1)),
}
"""The axis (0 longitude, 1 latitude) and the sign that a word before or after degrees says."""

_SIDE: Final = "|".join(sorted(_SIDES, key=len, reverse=True))
_NUMBER: Final = r"\d+(?:\.\d+)?"
_WRITTEN: Final = re.compile(
    rf"(?P<before>{_SIDE})? ?[:=]? ?(?P<sign>[+-])? ?(?P<d>{_NUMBER}) ?"
    rf"(?:° ?(?:(?P<m>{_NUMBER}) ?(?:' ?(?:(?P<s>{_NUMBER}) ?\"? ?)?)?)?"
    rf"|(?P<gap>[ :-]) ?(?P<m2>{_NUMBER}) ?(?P=gap) ?(?P<s2>{_NUMBER}) ?)?"
    rf"(?:(?P<after>{_SIDE})|m)?"
)
_SIXTY: Final = 60


def degrees(cells: pd.Series, axis: int, *, comma: bool | None = None) -> pd.Series:
    """Give cells as float64 degrees, or metres; NaN where there is nothing that can be read so.

    Parameters
    ----------
    cells
        Text, numbers, or both.
    axis
        0 for longitudes, 1 for latitudes: ``35.41N`` is no longitude.
    comma
        As in `layers.numerals.numbers`.

    Examples
    --------
    >>> degrees(pd.Series(["116.5", "116.5°E", "东经116度30分", "116-30-0", "35.4N"]), 0).tolist()
    [116.5, 116.5, 116.5, 116.5, nan]
    >>> degrees(pd.Series(["33°30′36″S", "116-61-12"]), 1).tolist()
    [-33.51, nan]
    """
    number = numbers(cells, comma=comma)
    if pd.api.types.is_numeric_dtype(cells.dtype):
        return number
    unread = cells.astype(object)[(number.isna() & cells.notna()).to_numpy()]
    text = unread[[isinstance(cell, str) for cell in unread]]
    if not len(text):
        return number
    for pattern, mark in _MARKS:
        text = text.str.replace(pattern, mark, regex=True)
    text = tidied(text).str.replace(",", ".", regex=False)  # a comma beside marks is decimal
    number = number.copy()
    number[text.index] = _angle(text, axis)
    return number


def _angle(text: pd.Series, axis: int) -> pd.Series:
    """Put degrees, minutes and seconds together."""
    parts = text.str.extract(f"^(?:{_WRITTEN.pattern})$")
    degree = parts["d"].astype("float64")
    minute = parts["m"].fillna(parts["m2"]).astype("float64").fillna(0.0)
    second = parts["s"].fillna(parts["s2"]).astype("float64").fillna(0.0)
    said = parts["before"].fillna(parts["after"])
    fits = said.isna() | said.map({word: side[0] == axis for word, side in _SIDES.items()}).eq(
        other=True
    )
    sign = said.map({word: float(side[1]) for word, side in _SIDES.items()}).astype("float64")
    sign = sign.fillna(1.0) * np.where(parts["sign"] == "-", -1.0, 1.0)
    angle = sign * (degree + minute / _SIXTY + second / _SIXTY**2)
    right = fits & (minute < _SIXTY) & (second < _SIXTY)
    return angle.where(right)
