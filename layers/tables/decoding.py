"""Text of a table from bytes in an encoding that nobody named, or in two at once."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from layers.encodings import codec
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

FOREIGN: Final = "\ufdd0"
"""Stands in a line that was in another encoding than the others; no character of any text."""

_HEAD: Final = 100_000  # bytes looked at to find characters of two bytes
_WIDE: Final = 0.1  # zeros at every other byte: two bytes to a character
_DAMAGED: Final = 0.05  # characters that may be damaged in text of an encoding
_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_RARE: Final = ("cp950", "cp932")  # Taiwan, Japan: taken only if they make headings

_HARDLY: Final = re.compile(r"[\u0250-\u02af\u0530-\u058f\u0700-\u07ff]")
_WIDER: Final = re.compile(r"[\u0800-\U0010ffff]")
"""Letters of Armenian, Thaana and their like, and all that UTF-8 writes in more than two bytes."""
_ALONE: Final = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_IN_UTF_8: Final = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){2}")
_STRANGE: Final = re.compile(r"[^\x00-\x7f]")


def readings(content: bytes, said: str | None) -> Iterator[tuple[str, str]]:
    """Give the text in each encoding that it may be in, the likeliest first.

    Lines in UTF-8 among lines in GBK, or the other way round, are read as what they are, and
    marked with `FOREIGN`.

    Yields
    ------
    tuple of str
        The text, and the encoding.

    Raises
    ------
    InputError
        If the text is in no encoding that can be told.

    Examples
    --------
    >>> [encoding for _, encoding in readings("站点".encode("gbk"), None)]
    ['gb18030', 'cp950']
    """
    sure = _widest(said) if said else _two_bytes(content)
    found = [(_few_damaged(content, sure), said or sure)] if sure else [_usual(content)]
    if not sure and found[0][1] != "utf-8-sig":
        found += [(_strict(content, encoding), encoding) for encoding in _RARE]
    texts = [
        (text.removeprefix("\ufeff"), encoding) for text, encoding in found if text is not None
    ]
    if not texts:
        wrong = f"its text is not in {said or 'utf-8 or gb18030'}"
        raise InputError(wrong, "say encoding = ..., or save it as UTF-8")
    yield from texts


def _widest(said: str) -> str:
    """Give the encoding that holds the one that is said."""
    name = codec(said) or said
    return {"gbk": "gb18030", "gb2312": "gb18030", "big5": "cp950"}.get(name, name)


def _two_bytes(content: bytes) -> str:
    """Give the encoding of two bytes to a character, or four, that text is in, marked or not."""
    for mark, name in _BOMS:
        if content.startswith(mark):
            return name
    head = content[:_HEAD]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > _WIDE * len(head) / 2 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > _WIDE * len(head) / 2 and not odd else ""


def _usual(content: bytes) -> tuple[str | None, str]:
    """Read text in UTF-8 or GBK, whole or line by line."""
    text = _strict(content, "utf-8-sig")
    if text is not None and not _by_chance(text, content):
        return text, "utf-8-sig"
    text = _strict(content, "gb18030")
    if text is not None and _in_pairs(content) and not _IN_UTF_8.search(content):
        return text, "gb18030"
    return _line_by_line(content)


def _line_by_line(content: bytes) -> tuple[str | None, str]:
    """Read each line in the encoding that it is in; damaged ones in that of the others."""
    lines = content.removeprefix(codecs.BOM_UTF8).split(b"\n")
    told = {n: _told(line) for n, line in enumerate(lines) if not line.isascii()}
    counts = list(told.values())
    usual = max(("utf-8-sig", "gb18030"), key=counts.count)
    if not counts.count(usual):
        return None, usual
    texts = []
    for number, line in enumerate(lines):
        own = told.get(number) or usual
        text = line.decode(own, "replace")
        if own != usual:
            text = _STRANGE.sub(lambda found: FOREIGN + found[0], text, count=1)
        texts.append(text)
    whole = "\n".join(texts)
    return (whole if _is_sound(whole) else None), usual


def _told(line: bytes) -> str:
    """Give the encoding that a line is in for sure, "" if that cannot be said of it alone."""
    text = line.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    if len(_WIDER.findall(text)) - damaged > 2 * damaged:
        return "utf-8-sig"
    sure = damaged and _in_pairs(line) and _strict(line, "gb18030") is not None
    return "gb18030" if sure else ""


def _in_pairs(content: bytes) -> bool:
    """Say whether bytes beyond ASCII stand in pairs, as they do in GBK, not in Western text."""
    return 2 * len(_ALONE.findall(content)) <= len(_HIGH.findall(content))


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _few_damaged(content: bytes, encoding: str) -> str | None:
    """Decode text in which a few characters may be damaged; None if they are more."""
    text = content.decode(encoding, "replace")
    return text if _is_sound(text) else None


def _is_sound(text: str) -> bool:
    """Say whether few characters beyond ASCII are damaged."""
    damaged = text.count("\ufffd")
    return not damaged or damaged <= _DAMAGED * len(_STRANGE.findall(text))


def _by_chance(text: str, content: bytes) -> bool:
    """Say whether a few Chinese characters in GBK happen to be UTF-8, such as 站: վ."""
    if text.isascii() or _WIDER.search(text) or not _HARDLY.search(text):
        return False
    return _strict(content, "gb18030") is not None
