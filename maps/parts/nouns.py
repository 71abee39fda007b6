"""What one walks to, in words: the categories the standards are about have nouns of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maps.words import Words

_KNOWN = frozenset({"bus_stop", "park", "green"})


def has_noun(category: str | None) -> bool:
    """Whether the category has nouns of its own."""
    return category in _KNOWN


def some(words: Words, category: str) -> str:
    """Name one with its article, as the answer does: "a bus stop".

    Only for categories that have nouns (`has_noun`).
    """
    return words.say(f"what_{category}")


def one(words: Words, category: str | None) -> str:
    """Name one facility, as a title: "Bus stop"; "Facility" where there is no better noun."""
    return words.say(f"one_{category}" if has_noun(category) else "one_facility")


def many(words: Words, category: str | None) -> str:
    """Name them all: "Bus stops"."""
    return words.say(f"facilities_{category}" if has_noun(category) else "facilities")
