"""Names of encodings, as people and files write them."""

from __future__ import annotations

import codecs
import re


def codec(name: str) -> str | None:
    """Give Python's name of an encoding, or of a code page such as 936.

    Examples
    --------
    >>> codec("UTF-8"), codec("ANSI 936"), codec("??")
    ('utf-8', 'gbk', None)
    """
    for text in (name, f"cp{''.join(re.findall('[0-9]+', name))}"):
        try:
            return codecs.lookup(text.strip()).name
        except (LookupError, ValueError):  # the latter for a name with a null in it
            continue
    return None
