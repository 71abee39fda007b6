"""Pages in two languages: all that is said stands in the page twice, and one button changes over.

How a page is written
---------------------
Whatever makes HTML takes `Words` and writes one language. A page has it written in both:

>>> from maps.page.markup import tag
>>> from maps.words import both
>>> title = both(lambda words: words.say("index_title"))
>>> body = in_both("zh", lambda words: tag("h1", title[words.language]))

1. **HTML** goes through `in_both`: the page's own language stands in the page, the other one in an
   inert ``<template>`` right behind it. ``assets/language.js`` walks both trees side by side and
   exchanges texts and the attributes that are read out (title, aria-label, ...). So both must have
   the same elements; what differs is exchanged whole, and would lose its listeners.
2. **What JavaScript fills** (the card, a result list) bears ``data_live=True``: its inside is left
   alone and says itself anew by ``lifecircle.onLanguage(() => ...)``; so do attributes that only
   JavaScript gives. A card is opened with a function, ``card.open(() => [title, ...content])``, and
   needs nothing more.
3. **Data that are sentences** are ``both(lambda words: ...)``, ``{"zh": ..., "en": ...}``; in
   JavaScript ``lifecircle.pick(value)`` takes the one that is spoken now, when it is shown.
4. **Words that JavaScript says**: ``"words": for_script()`` in the page's data, and
   ``lifecircle.say(key, values)`` at the moment of showing, never once at the start.
5. **Canvas**: sheets are drawn anew after each change; texts in them follow 3 and 4.
6. **Titles** go to `maps.page.frame.Page` and `maps.page.canvas.map_page` as ``both(...)``.
7. The **button** is `switch`; `maps.parts.panel.masthead` has it already.

A page opens in its own language; ``#en`` or ``#zh`` at the end of its address asks for another.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from maps.lexicon import TABLE
from maps.page.markup import Html, tag, together
from maps.page.vendored import own, own_files
from maps.words import Words, both

if TYPE_CHECKING:
    from collections.abc import Callable

    from maps.words import Language

TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
"""The languages, and how HTML calls them."""

NAMES: dict[Language, str] = {"zh": "中文", "en": "English"}
"""What each language calls itself."""

_QUOTED = re.compile(r"""["'`](\w+)["'`$]""")


def in_both(language: Language, write: Callable[[Words], Html]) -> Html:
    """Write HTML in both languages: `language` to be seen, the other one waiting behind it.

    Parameters
    ----------
    language
        The one the page opens in.
    write
        Writes one language; at the top elements only, no bare text.

    Examples
    --------
    >>> in_both("en", lambda words: tag("p", words.say("target")))
    '<p>Target</p><template class="other"><p>目标</p></template>'
    """
    return together(write(Words(language)), waiting(language, write))


def waiting(language: Language, write: Callable[[Words], Html]) -> Html:
    """Write what is not seen at first: the language that is not `language`, in a template."""
    other: Language = "en" if language == "zh" else "zh"
    return tag("template", write(Words(other)), class_="other")


def switch(words: Words) -> Html:
    """Write the button that changes over; it bears the name of the other language, in it."""
    other: Language = "en" if words.language == "zh" else "zh"
    return tag(
        "button",
        NAMES[other],
        type="button",
        class_="language",
        lang=TAGS[other],
        data_language=other,
    )


@cache
def for_script() -> dict[Language, dict[str, str]]:
    """Give the words that our JavaScript says, in both languages.

    An entry goes along if its key stands in quotes in one of ``maps/assets/*.js``, or begins with a
    quoted word that ends in an underscore (``say("kind_" + kind)``).
    """
    found = {one for name in own_files(".js") for one in _QUOTED.findall(own(name))}
    begun = tuple(one for one in found if one.endswith("_"))
    keys = [key for key in TABLE if key in found or key.startswith(begun)]
    return both(lambda words: {key: words.entry(key) for key in keys})
