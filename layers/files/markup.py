"""XML as KML and GPX have it, walked element by element; it can name no entity and no address.

A document that declares entities is refused: they can swell without end, or bring other files
in. Nothing is ever fetched.
"""

from __future__ import annotations

import codecs
import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Final, cast

from layers.encodings import codec
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST: Final = 200  # elements within elements
_SAID: Final = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
_DECLARATION: Final = re.compile(r"^\s*<\?xml.*?\?>", re.DOTALL)
_DOCTYPE: Final = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_AS_WRITTEN: Final = re.compile(r"(<!\[CDATA\[.*?\]\]>|<!--.*?-->)", re.DOTALL)
_BARE: Final = re.compile(r"&(?!(amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_UNPRINTED: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))
_SAVE_ANEW: Final = "save it anew from the program that made it"


def text_of(content: bytes, said: str | None) -> tuple[str, str]:
    """Decode a document: by what was said, its marks, what it says itself, UTF-8 or GB 18030.

    Examples
    --------
    >>> text_of('<?xml version="1.0" encoding="GBK"?><a>公园</a>'.encode("gbk"), None)
    ('<a>公园</a>', 'gbk')
    """
    own = _SAID.match(content)
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    guesses = [codec(own[1].decode()) if own else None, "utf-8", "gb18030"]
    known = codec(said) if said else None
    encodings = (
        [known] if known else ["utf-16"] if wide else list(dict.fromkeys(filter(None, guesses)))
    )
    for encoding in encodings:
        try:
            text = content.decode(encoding).removeprefix("\ufeff")
        except (UnicodeDecodeError, LookupError):
            continue
        return _DECLARATION.sub("", text), encoding
    wrong = f"its text is not in {' or '.join(encodings)}"
    raise InputError(wrong, "say encoding = ..., or save it as UTF-8")


def walked(text: str) -> Iterator[tuple[str, ET.Element, tuple[str, ...]]]:
    """Walk a document: each start and end, the element, and the names of those around it.

    Names are without namespaces. What an element holds is known at its end; clear it then.

    Raises
    ------
    InputError
        If this is no XML, declares entities, or is nested more than 200 deep.
    """
    if _DOCTYPE.search(_AS_WRITTEN.sub("", text)):
        wrong = "declares a document type of its own, which can name entities and addresses"
        raise InputError(wrong, "take the <!DOCTYPE ...> out")
    parser: ET.XMLPullParser[ET.Element] = ET.XMLPullParser(("start", "end"))
    around: list[str] = []
    try:
        parser.feed(_mended(text))
        parser.close()
    except ET.ParseError as error:
        line = error.position[0]
        wrong = f"cannot be read (no XML: line {line})"
        raise InputError(wrong, _SAVE_ANEW) from None
    for event, element in cast("Iterator[tuple[str, ET.Element]]", parser.read_events()):
        if event == "end":
            around.pop()
        yield event, element, tuple(around)
        if event == "start":
            around.append(name_of(element))
            if len(around) > _DEEPEST:
                wrong = "cannot be read (its elements are nested too deeply)"
                raise InputError(wrong, _SAVE_ANEW)


def name_of(element: ET.Element) -> str:
    """Give the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def inner(element: ET.Element, name: str) -> ET.Element | None:
    """Give the first element within another that has a name, whatever its namespace."""
    return next((part for part in element if name_of(part) == name), None)


def words(element: ET.Element | None) -> str:
    """Give the text of an element, without blanks around."""
    return (element.text or "").strip() if element is not None else ""


def _mended(text: str) -> str:
    """Take a bare & for what it is, and leave out what no XML may hold."""
    parts = _AS_WRITTEN.split(text.translate(_UNPRINTED))
    return "".join(part if at % 2 else _BARE.sub("&amp;", part) for at, part in enumerate(parts))
