"""The data a page holds: JSON no text can break out of, and beside it columns of numbers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from maps.page.columns import squeezed
from maps.page.markup import Html, printable, tag, together
from maps.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

UNKNOWN = -1
"""Stands in a column of whole numbers for what is not known; ``lifecircle.known`` reads it."""

_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
_COLUMN = "$"
_BROWSERS = "Edge 80, Chrome 80, Firefox 113, Safari 16.4"
"""The first to have ``DecompressionStream``."""


def data_block(data: Mapping[str, Any], of: str = "") -> Html:
    """Write the page's data: ``<script type="application/json" id="data">``, and its columns.

    Any value may be a numpy array (see `maps.page.columns` for what it may hold). It stands in the
    JSON as ``{"$": number}``; all of them together, deflated, are ``<script
    type="application/octet-stream" id="columns">``. In the page ``await lifecircle.unpack()``
    gives the data with typed arrays in their places. A browser that cannot inflate says so. What
    an element has beside the page's data is told apart by `of`, which ends these ids; it is read
    by ``unpack(of)``.

    ``<``, ``>``, ``&`` and the line separators U+2028 and U+2029 stand as JSON escapes, so no
    value can end the block, start a comment or be read as HTML.

    Raises
    ------
    ValueError
        If a number outside a column is not finite (JSON has none such; say null), or a column
        cannot be written.

    Examples
    --------
    >>> "</script>" in data_block({"name": "</script>"}).removesuffix("</script>")
    False
    >>> '{"n":{"$":0}}' in data_block({"n": np.arange(3)})
    True
    """
    columns: list[NDArray[Any]] = []
    told = _told(data, columns)
    raw = json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    safe = printable(raw).translate(_ESCAPES)
    block = Html(f'<script type="application/json" id="data{of}">{safe}</script>')
    return together(block, _column_block(columns, of)) if columns else block


def _told(value: object, columns: list[NDArray[Any]]) -> object:
    """Give what JSON tells of a value; arrays found in it are added to `columns`."""
    if isinstance(value, np.ndarray):
        columns.append(value)
        return {_COLUMN: len(columns) - 1}
    if isinstance(value, dict):
        if _COLUMN in value:
            raise ValueError("no key of the data may be '$': it stands for a column")
        return {key: _told(one, columns) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_told(one, columns) for one in value]
    return value


def _column_block(columns: list[NDArray[Any]], of: str) -> Html:
    """Write the columns, and what a browser shows that cannot read them."""
    kind = "application/octet-stream"
    block = Html(f'<script type="{kind}" id="columns{of}">{squeezed(columns)}')
    said = (
        tag("span", Words(language).say("browser_too_old", browsers=_BROWSERS), lang=language)
        for language in ("zh", "en")
    )
    lines = tag("p", *said, id=f"too-old{of}", class_="noscript", role="alert", hidden=True)
    return together(block, Html("</script>"), lines)
