"""What the code says in English, said in Chinese: by the pattern that a text was made from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from string import Formatter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ANY, _WHOLE = "(.*?)", r"(\d+)"


def pieces(template: str) -> list[str]:
    """Split a template into its fixed text, around and between its parts.

    Doubled braces stand for braces themselves, as in `str.format`.

    Examples
    --------
    >>> pieces("has no column {}, but {}")
    ['has no column ', ', but ', '']
    """
    fixed = [""]
    for text, part, _, _ in Formatter().parse(template):
        fixed[-1] += text
        fixed += [""] if part is not None else []
    return fixed


@dataclass(frozen=True)
class Twin:
    """An English template and the Chinese one that says the same.

    Attributes
    ----------
    english
        The template as the code has it, ``{}`` for each part that varies, ``{:d}`` for a whole
        number.
    chinese
        The same parts, in another order where they are numbered: ``{1}`` before ``{0}``. A part
        that is written ``{!s}`` stays as it is, such as a key of the plan; all others are said in
        Chinese if they are known words.
    """

    english: str
    chinese: str

    @cached_property
    def fixed(self) -> list[str]:
        """The fixed text of the English template."""
        return pieces(self.english)

    @cached_property
    def anchor(self) -> str:
        """The longest fixed text: a text without it was not made from this template."""
        return max(self.fixed, key=len)

    @cached_property
    def weight(self) -> int:
        """Letters of fixed text: of two templates that fit, the one that says more is meant."""
        return sum(map(len, self.fixed))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        found = ""
        for text, part, kind, _ in Formatter().parse(self.english):
            found += re.escape(text)
            found += "" if part is None else _WHOLE if kind == "d" else _ANY
        return re.compile(found, re.DOTALL)

    def parts(self, text: str) -> tuple[str, ...] | None:
        """Give the parts that make the template this text, or None if nothing does.

        Examples
        --------
        >>> Twin("has no column {}", "没有列 {}").parts("has no column 'x'")
        ("'x'",)
        """
        if self.anchor not in text:
            return None
        found = self._pattern.fullmatch(text)
        return found.groups() if found else None


@dataclass(frozen=True)
class _Part:
    """A part of a text: as it stands by `str`, in Chinese where it is formatted."""

    text: str
    chinese: Callable[[str], str]

    def __str__(self) -> str:
        return self.text

    def __format__(self, _how: str) -> str:
        return self.chinese(self.text)


class Catalogue:
    """Twins, the most telling first.

    Examples
    --------
    >>> book = Catalogue({"has {} rows, not {}": "应有 {1} 行，实有 {0} 行"})
    >>> book.filled("has 3 rows, not 4", str)
    '应有 4 行，实有 3 行'
    """

    def __init__(self, twins: Mapping[str, str]) -> None:
        """Put the twins in order once; each is compiled when a text first needs it."""
        every = [Twin(*pair) for pair in twins.items()]
        self._whole = {one.anchor: one.chinese.format() for one in every if len(one.fixed) == 1}
        self._open = sorted(
            (one for one in every if len(one.fixed) > 1), key=lambda one: -one.weight
        )

    def filled(self, text: str, part: Callable[[str], str], *, least: int = 0) -> str | None:
        """Give the Chinese of a text, each part as `part` says it; None where there is none.

        Templates with fewer than `least` letters of fixed text are not tried: nearly any text
        could have been made from them.
        """
        if text in self._whole:
            return self._whole[text]
        for twin in self._open:
            parts = twin.parts(text) if twin.weight >= least else None
            if parts is not None:
                return twin.chinese.format(*(_Part(text, part) for text in parts))
        return None
