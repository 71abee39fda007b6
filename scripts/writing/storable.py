"""Figures and layers as JSON and GeoPackage can hold them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

if TYPE_CHECKING:
    import geopandas as gpd

_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
"""A GeoPackage ends a text at NUL; halves of surrogate pairs are no text in any encoding."""


def json_bytes(figures: Mapping[str, Any]) -> bytes:
    r"""Write figures as JSON in UTF-8; a number that is none (NaN, infinite) is null.

    A path of a file whose name is no text holds halves of surrogate pairs: these are written as
    ``\udcff``, and read back as the same path.

    Examples
    --------
    >>> json.loads(json_bytes({"a": float("nan"), "b": [1, float("inf")], "c": "任城"}))
    {'a': None, 'b': [1, None], 'c': '任城'}
    """
    text = json.dumps(_finite(figures), ensure_ascii=False, indent=2, allow_nan=False)
    return f"{text}\n".encode("utf-8", "backslashreplace")


def _finite(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Give null for numbers that are none, however deep."""
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(one) for one in value]
    return value


def storable(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give a layer whose texts a GeoPackage can hold: what it cannot hold is U+FFFD.

    Examples
    --------
    >>> import geopandas as gpd
    >>> layer = gpd.GeoDataFrame({"name": ["a" + chr(0) + "b", None]}, geometry=[None, None])
    >>> storable(layer)["name"][0] == "a\N{REPLACEMENT CHARACTER}b"
    True
    """
    better = {}
    for name in layer.columns:
        column = layer[name]
        if column.dtype == object or isinstance(column.dtype, pd.StringDtype):
            whole = "".join(one for one in column if isinstance(one, str))
            if _UNSTORABLE.search(whole):
                better[name] = column.map(_stored, na_action="ignore")
    return layer.assign(**better) if better else layer


def _stored(value: Any) -> Any:  # noqa: ANN401 - a column may mix
    """Give a text without what cannot be stored; any other value as it is."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value
