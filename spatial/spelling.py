"""What a person most likely meant by a word that is not known."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALIKE = 0.7
"""Share of letters in common from which two words are taken for one and the same."""


def meant(word: str, known: Iterable[str]) -> str | None:
    """Give the known word that a word most likely stands for; None where nothing is near.

    Words that differ only in capitals, full-width forms, spaces, hyphens or underscores come
    first.

    Examples
    --------
    >>> meant("Park-500M", ["green_300m", "park_500m"]), meant("leg_limt_m", ["leg_limit_m"])
    ('park_500m', 'leg_limit_m')
    >>> meant("weather", ["park_500m"])
    """
    plain = {_plain(one): one for one in reversed(list(known))}
    near = get_close_matches(_plain(word), plain, n=1, cutoff=_ALIKE)
    return plain[near[0]] if near else None


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKC", word).casefold()
    return "".join(letter for letter in folded if letter not in " _-")
