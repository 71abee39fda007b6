"""Faults of the data in words: what is wrong, how many, whom it touches, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from maps.lexicon import TABLE

if TYPE_CHECKING:
    from maps.words import Words
    from spatial.condition.fault import Fault, Value

KEYS: Final = {
    "crossings": "crossings = true",
    "missed_ends": "tolerance_m",
    "undated": 'date = "2025-06-30" ([data])',
}
"""What to write in the plan against some kinds of fault."""
_SMALL: Final = 10


def title(words: Words, fault: Fault) -> str:
    """Say what is wrong, in one line."""
    return words.say(f"check_{fault.kind}", **_values(words, fault))


def remedy(words: Words, fault: Fault) -> str:
    """Say what that means and what to do."""
    return words.say(f"check_{fault.kind}_do", **_values(words, fault))


def level(words: Words, fault: Fault) -> str:
    """Name the severity."""
    return words.say(f"check_level_{fault.severity}")


def layer(words: Words, fault: Fault) -> str:
    """Name the layer; one that nobody named by its key."""
    for key in (f"layer_{fault.layer}", f"check_layer_{fault.layer}"):
        if key in TABLE:
            return words.say(key)
    return fault.layer


def whom(words: Words, fault: Fault, *, people: bool) -> str:
    """Say whom it touches; nothing where that cannot be said."""
    if fault.people is None:
        return ""
    if not fault.people:
        return words.say("check_nobody")
    return words.amount(fault.people, people=people)


def examples(words: Words, fault: Fault, most: int = 3) -> list[str]:
    """Name the first few places that have a name."""
    found = [called for one in fault.names if (called := name(words, one)) is not None]
    return list(dict.fromkeys(found))[:most]


def name(words: Words, value: object) -> str | None:
    """Give a name from the data, or one of ours in this language; None for what is no name."""
    if isinstance(value, Mapping):
        return words.pick(value)
    return value if isinstance(value, str) and value else None


def _values(words: Words, fault: Fault) -> dict[str, str]:
    """Give what fills the sentences of a fault."""
    said = {key: _said(words, one) for key, one in fault.values.items()}
    return {"option": KEYS.get(fault.kind, ""), **said}


def _said(words: Words, value: Value) -> str:
    """Say a text, or a figure: whole, but for small ones."""
    if isinstance(value, Mapping):
        return words.pick(value)
    if isinstance(value, str):
        return value
    return f"{value:.1f}" if 0 < value < _SMALL and value % 1 else words.number(value)
