"""One line for a person: an error, a reason, a step."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from spatial.errors import InputError

if TYPE_CHECKING:
    from maps.twins import Catalogue
    from scripts.messages.speaking import Language
    from spatial.errors import LifecircleError

_AFTER = (
    (re.compile(r"(.+) \(first: ([^()]+)\)"), "{}（首个：{}）"),
    (re.compile(r"(.+) \(and (\d+) more\)"), "{}（另有 {} 处）"),
)
"""What may follow any message."""
_LISTS = (", ", " or ", " and ")
_TELLING = 7
"""A part with so many letters of a message is one; with fewer, it may be a planner's own words."""

_LONGEST = 300
"""Letters of a part that is a message; a text of a thousand copies of one must not nest them."""


@lru_cache(maxsize=4096)
def translated(text: str, language: Language) -> str:
    """Say an English message in a language; what the catalogue does not know stays English.

    Examples
    --------
    >>> translated("no geometry (first: row 12)", "zh")
    '没有几何（首个：第 12 行）'
    >>> translated("something new", "zh")
    'something new'
    """
    return text if language == "en" else _chinese(text)


def said(error: LifecircleError, language: Language) -> str:
    """Give an error as one line: file, layer, row, what is wrong, what to do.

    Examples
    --------
    >>> said(InputError("is empty", "give at least one record", file="h.csv", layer="homes"), "zh")
    'h.csv，住宅（homes）：为空；请至少提供一条记录'
    """
    if language == "en":
        return str(error)
    if not isinstance(error, InputError):
        return translated(str(error), language)
    where = [] if error.file is None else [str(error.file)]
    where += [] if error.layer is None else [_layer(error.layer)]
    where += [] if error.row is None else [f"第 {error.row} 行"]
    wrong, remedy = (translated(text, language) for text in (error.wrong, error.remedy))
    place = f"{'，'.join(where)}：" if where else ""
    return " ".join(f"{place}{wrong}；{remedy}".split())


def _layer(key: str) -> str:
    """Name a layer in Chinese, with the key that the plan knows it by."""
    from scripts.messages.catalogue.phrases import LAYERS  # noqa: PLC0415  Chinese only

    return f"{LAYERS[key]}（{key}）" if key in LAYERS else _part(key)


def _chinese(text: str) -> str:
    return _message(" ".join(text.split())) or text


def _message(text: str, *, least: int = 0) -> str | None:
    """Say a message, and what may follow it; None where nothing is known."""
    for pattern, chinese in _AFTER:
        found = pattern.fullmatch(text)
        said = _message(found[1], least=least) if found else None
        if found and said is not None:
            return chinese.format(said, _part(found[2]))
    return _messages().filled(text, _part, least=least)


def _part(text: str) -> str:
    """Say a part of a message: a message itself, a known word, or a list of known words."""
    if text[:1] in "'\"" or len(text) > _LONGEST:  # what a planner wrote
        return text
    known = _phrases().filled(text, _part)
    if known is None and " " in text:
        known = _message(text, least=_TELLING)
    if known is not None:
        return known
    for comma, chinese in zip(_LISTS, ("、", "或", "和"), strict=True):
        words = text.split(comma)
        told = [_phrases().filled(word, str) for word in words] if len(words) > 1 else [None]
        if all(word is not None for word in told):
            return chinese.join(filter(None, told))
    return text


@lru_cache(maxsize=1)
def _messages() -> Catalogue:
    from maps.twins import Catalogue  # noqa: PLC0415
    from scripts.messages.catalogue import MESSAGES  # noqa: PLC0415  Chinese only

    return Catalogue(MESSAGES)


@lru_cache(maxsize=1)
def _phrases() -> Catalogue:
    from maps.twins import Catalogue  # noqa: PLC0415
    from scripts.messages.catalogue.phrases import PHRASES  # noqa: PLC0415  Chinese only

    return Catalogue(PHRASES)
