"""Files broken at random, each the same for the same number."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from typing import Final

TOKENS: Final = (
    *(b"", b"\x00", b"\xff\xff\xff\xff", b"\x00\x00\x00\x80", b"\xef\xbb\xbf", b"\xff\xfe"),
    *(b"-1", b"0", b"1e308", b"1e-320", b"NaN", b"Infinity", b"-0.0", b"null", b"[]", b"{}"),
    *(b"99999999999999999999", b"\r", b"\n\n", b"\t", b'"', b"'", b";", b",", b"<", b">", b"&"),
    *(b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]>", b"&a;", b"[" * 2000, b'{"a":' * 500, b"(" * 500),
    *("中".encode(), "中".encode("gbk"), b"\xd6", b"\xed\xa0\x80", "😀".encode(), b"=1+1", b"../"),
    *(b"POINT EMPTY", b"Polygon", b"coordinates", b"EPSG:3857", b"EPSG:4610", b"WGS_1984"),
    *(b"2147483648", b"65536", b"4294967295", b"116.58", b"35.41", b"PK\x03\x04", b"\x1f\x8b"),
)
"""What breaks parsers: ends of ranges, marks of formats, letters cut in half, deep nests."""

_MOST_AT_ONCE: Final = 8


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Break a file: within the members of a zip as often as from outside, gzip likewise."""
    if content[:4] == b"PK\x03\x04" and chance.random() < 0.6:
        return _rezipped(content, chance)
    if content[:2] == b"\x1f\x8b" and chance.random() < 0.6:
        return gzip.compress(_broken(gzip.decompress(content), chance), mtime=0)
    return _broken(content, chance)


def _rezipped(content: bytes, chance: random.Random) -> bytes:
    """Break one member of a zip, its name or its bytes, and pack all anew."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        members = old.infolist()
        unlucky = chance.randrange(len(members))
        for at, member in enumerate(members):
            data, name = old.read(member), member.filename
            if at == unlucky and chance.random() < 0.1:
                name = chance.choice(["../up.txt", "/abs.txt", "", name.upper(), f"子/{name}"])
            elif at == unlucky:
                data = mutated(data, chance)
            if name and chance.random() > 0.02:
                new.writestr(name, data)
    return out.getvalue()


def _broken(content: bytes, chance: random.Random) -> bytes:
    """Change bytes, cut, repeat, swap or insert, once or a few times."""
    data = bytearray(content)
    times = 1 if chance.random() < 0.5 else chance.randint(2, _MOST_AT_ONCE)
    for _ in range(times):
        chance.choice(_WAYS)(data, chance)
    return bytes(data)


def _span(data: bytearray, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + int(chance.expovariate(1 / 40)) + 1)


def _flip(data: bytearray, chance: random.Random) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _random_byte(data: bytearray, chance: random.Random) -> None:
    if data:
        data[chance.randrange(len(data))] = chance.randrange(256)


def _cut_out(data: bytearray, chance: random.Random) -> None:
    start, end = _span(data, chance)
    del data[start:end]


def _cut_off(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data) + 1) :]


def _repeat(data: bytearray, chance: random.Random) -> None:
    start, end = _span(data, chance)
    data[start:start] = bytes(data[start:end]) * chance.choice((1, 2, 50))


def _swap(data: bytearray, chance: random.Random) -> None:
    (a, b), (c, d) = sorted((_span(data, chance), _span(data, chance)))
    if b <= c:
        data[a:d] = bytes(data[c:d]) + bytes(data[b:c]) + bytes(data[a:b])


def _insert(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data) + 1)
    data[start:start] = chance.choice(TOKENS)


def _overwrite(data: bytearray, chance: random.Random) -> None:
    token = chance.choice(TOKENS)
    start = chance.randrange(len(data) + 1)
    data[start : start + len(token)] = token


def _other_number(data: bytearray, chance: random.Random) -> None:
    """Write the ends of its range over an integer of 2, 4 or 8 bytes: lengths, counts, places."""
    width = chance.choice((2, 4, 8))
    if len(data) >= width:
        start = chance.randrange(len(data) - width + 1)
        value = chance.choice((0, 1, 2 ** (8 * width - 1) - 1, 2 ** (8 * width) - 1, 0x7FFF))
        data[start : start + width] = value.to_bytes(width, chance.choice(("little", "big")))


_WAYS: Final = (
    *(_flip, _random_byte, _cut_out, _cut_off, _repeat, _swap),
    *(_insert, _overwrite, _other_number),
)
