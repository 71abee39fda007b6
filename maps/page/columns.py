"""Columns of numbers as few bytes, for a page's own JavaScript (``unpack.js``) to read back.

All columns stand one after another and are deflated together. Each begins with one byte that says
its kind, and its length; integers are zig-zag varints: 7 bits a byte, the low ones first, the top
bit set on all but the last byte; 0, -1, 1, -2, 2 are written as 0, 1, 2, 3, 4.

===== ========= ==================================================================
kind  dtype     what follows the length
===== ========= ==================================================================
0     int32     each value
1     int32     each value's step from the one before, the first's from 0
2     float64   a divisor (float64), then integers as in 0: value = integer / divisor
3     float64   a divisor (float64), then steps as in 1
4     float64   each value, little-endian
5     uint8     each value; truth is 0 or 1
6     texts     how many bytes; the texts as UTF-8, each ended by U+0000
===== ========= ==================================================================
"""

from __future__ import annotations

import base64
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

_PLAIN, _STEPS, _PARTS, _PART_STEPS, _FLOATS, _BYTES, _TEXTS = range(7)
_DIVISORS = (1, 10, 100, 1000, *(2**power for power in range(1, 31)))
_INT32 = np.iinfo(np.int32)
_TRIED_BYTES = 1 << 16
_SQUEEZE = 6
"""How hard zlib tries: 9 takes four times as long for one part in a hundred."""


def squeezed(columns: Iterable[NDArray[Any]]) -> str:
    """Give columns as one text: deflated, in base64.

    Parameters
    ----------
    columns
        One-dimensional arrays: truth or uint8 (come back as ``Uint8Array``), integers within
        32 bits (``Int32Array``), floats (``Float64Array``, bit for bit), texts (a list).

    Raises
    ------
    ValueError
        If an array has another shape or kind, or an integer does not fit.

    Examples
    --------
    >>> len(squeezed([np.zeros(100_000, dtype=np.int64)])) < 250
    True
    """
    written = b"".join(packed(column) for column in columns)
    return base64.b64encode(zlib.compress(written, _SQUEEZE)).decode("ascii")


def packed(column: NDArray[Any]) -> bytes:
    """Write one column, its kind and length first.

    Raises
    ------
    ValueError
        If the array has another shape or kind, or an integer does not fit.

    Examples
    --------
    >>> packed(np.array([1000, 1001, 1002])).hex(" ")
    '01 03 d0 0f 02 02'
    """
    if column.ndim != 1:
        message = f"a column has one dimension, not {column.ndim}"
        raise ValueError(message)
    if column.dtype.kind == "b" or column.dtype == np.uint8:
        return _head(_BYTES, len(column)) + column.astype(np.uint8).tobytes()
    if column.dtype.kind in "iu":
        return _integers(column, _PLAIN)
    if column.dtype.kind == "f":
        return _floats(column.astype(np.float64))
    if column.dtype.kind in "OU":
        return _texts(column)
    message = f"a column cannot hold {column.dtype}"
    raise ValueError(message)


def _head(kind: int, count: int, between: bytes = b"") -> bytes:
    return bytes([kind]) + varints(np.array([count], dtype=np.uint32)) + between


def _integers(column: NDArray[Any], kind: int, between: bytes = b"") -> bytes:
    """Write integers plainly or as steps, whichever will be squeezed further."""
    if len(column) and not (_INT32.min <= column.min() and column.max() <= _INT32.max):
        raise ValueError("an integer of a column does not fit 32 bits")
    whole = column.astype(np.int32)
    # Steps may leave 32 bits; they wrap around here, and back again in the page.
    each = [varints(_zigzag(one)) for one in (whole, np.diff(whole, prepend=np.int32(0)))]
    size = [len(zlib.compress(one[:_TRIED_BYTES], 1)) * len(one) for one in each]
    share = [min(len(one), _TRIED_BYTES) or 1 for one in each]
    steps = size[1] * share[0] < size[0] * share[1]
    return _head(kind + steps, len(column), between) + each[steps]


def _floats(column: NDArray[np.float64]) -> bytes:
    """Write floats as fractions with one divisor where that loses nothing, else as they are."""
    whole = np.isfinite(column).all() and not (np.signbit(column) & (column == 0)).any()
    for divisor in _DIVISORS if whole else ():
        numerator = np.rint(column * divisor)
        if (np.abs(numerator) > _INT32.max).any():
            break
        if (numerator / divisor == column).all():
            return _integers(numerator, _PARTS, np.array([divisor], dtype="<f8").tobytes())
    return _head(_FLOATS, len(column)) + column.astype("<f8").tobytes()


def _texts(column: NDArray[Any]) -> bytes:
    """Write texts, each ended by U+0000; one inside a text becomes U+FFFD."""
    joined = "".join(f"{str(one).replace(chr(0), chr(0xFFFD))}\0" for one in column)
    written = joined.encode("utf-8", "replace")
    return _head(_TEXTS, len(column), varints(np.array([len(written)], dtype=np.uint32))) + written


def _zigzag(whole: NDArray[np.int32]) -> NDArray[np.uint32]:
    return ((whole << 1) ^ (whole >> 31)).view(np.uint32)


def varints(values: NDArray[np.uint32]) -> bytes:
    """Write unsigned integers, 7 bits a byte, the low ones first.

    Examples
    --------
    >>> varints(np.array([1, 300], dtype=np.uint32)).hex(" ")
    '01 ac 02'
    """
    length = np.ones(len(values), dtype=np.int64)
    for bits in (7, 14, 21, 28):
        length += values >= np.uint32(1 << bits)
    start = np.cumsum(length) - length
    out = np.empty(int(length.sum()), dtype=np.uint8)
    for place in range(5):
        here = length > place
        septet = (values[here] >> np.uint32(7 * place)) & np.uint32(127)
        more = (length[here] > place + 1).astype(np.uint32) << np.uint32(7)
        out[start[here] + place] = septet | more
    return out.tobytes()
