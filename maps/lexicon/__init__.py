"""Every word a page says, in Chinese and in English: a module for each topic, one table in all."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules


def _gathered() -> dict[str, tuple[str, str]]:
    """Put the ``WORDS`` of all topics into one table; no key may stand in two."""
    table: dict[str, tuple[str, str]] = {}
    for topic in sorted(module.name for module in iter_modules(__path__)):
        words = import_module(f"{__name__}.{topic}").WORDS
        twice = table.keys() & words.keys()
        if twice:
            message = f"{topic} says {sorted(twice)} once more"
            raise ValueError(message)
        table |= words
    return table


TABLE = _gathered()
"""Key: Chinese, English. Braces are places for values; what fills them is never read again."""
