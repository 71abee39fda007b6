"""What a page's data say, read back slowly: the twin of ``assets/unpack.js``."""

from __future__ import annotations

import base64
import json
import re
import struct
import zlib
from typing import Any

DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)
COLUMNS = re.compile(r'<script type="application/octet-stream" id="columns">(.*?)</script>')


def data_of(page: str) -> Any:
    """The data of a page, with a plain list in the place of each column."""
    told, squeezed = DATA.search(page), COLUMNS.search(page)
    assert told
    columns = unpacked(zlib.decompress(base64.b64decode(squeezed[1]))) if squeezed else []
    return _placed(json.loads(told[1]), columns)


def _placed(value: Any, columns: list[list[Any]]) -> Any:
    if isinstance(value, list):
        return [_placed(one, columns) for one in value]
    if isinstance(value, dict):
        if set(value) == {"$"}:
            return columns[value["$"]]
        return {key: _placed(one, columns) for key, one in value.items()}
    return value


def unpacked(written: bytes) -> list[list[Any]]:
    """All columns, one value after another."""
    found, at = [], 0
    while at < len(written):
        column, at = _column(written, at)
        found.append(column)
    return found


def _column(written: bytes, at: int) -> tuple[list[Any], int]:
    kind = written[at]
    count, at = _varint(written, at + 1)
    if kind == 5:
        return list(written[at : at + count]), at + count
    if kind == 4:
        return list(struct.unpack_from(f"<{count}d", written, at)), at + 8 * count
    if kind == 6:
        size, at = _varint(written, at)
        return written[at : at + size].decode().split("\0")[:-1], at + size
    divisor = None
    if kind in {2, 3}:
        (divisor,), at = struct.unpack_from("<d", written, at), at + 8
    last, values = 0, []
    for _ in range(count):
        whole, at = _varint(written, at)
        value = -(whole + 1) // 2 if whole % 2 else whole // 2
        last = (last * (kind % 2) + value + 2**31) % 2**32 - 2**31
        values.append(last if divisor is None else last / divisor)
    return values, at


def _varint(written: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte, at = written[at], at + 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at
