"""The one block of data a page holds: JSON no text can break out of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from maps.markup import Html, printable

if TYPE_CHECKING:
    from collections.abc import Mapping

_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def data_block(data: Mapping[str, Any]) -> Html:
    """Write the page's data as ``<script type="application/json" id="data">``.

    ``<``, ``>``, ``&`` and the line separators U+2028 and U+2029 stand as JSON escapes, so no
    value can end the block, start a comment or be read as HTML.

    Raises
    ------
    ValueError
        If a number is not finite: JSON has none such; say null.

    Examples
    --------
    >>> "</script>" in data_block({"name": "</script>"}).removesuffix("</script>")
    False
    """
    raw = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    safe = printable(raw).translate(_ESCAPES)
    return Html(f'<script type="application/json" id="data">{safe}</script>')
