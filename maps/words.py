"""What a page says in one language: words from the table, numbers as people read them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

from maps.lexicon import TABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Language = Literal["zh", "en"]
Said = TypeVar("Said")
LANGUAGES: tuple[Language, ...] = ("zh", "en")

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Words:
    """The words of one language.

    Examples
    --------
    >>> Words("en").say("metres", n="500")
    '500 m'
    """

    language: Language

    def say(self, key: str, **values: object) -> str:
        """Say one entry of the table, its places filled."""
        return _PLACE.sub(lambda place: str(values[place[1]]), self.entry(key))

    def entry(self, key: str) -> str:
        """Give one entry of the table as it stands, its places open."""
        return self.one_of(*TABLE[key])

    def pick(self, named: Mapping[str, object]) -> str:
        """Take the name in this language of something that has ``zh`` and ``en``."""
        return str(named.get(self.language) or named.get("en") or named.get("zh") or "")

    def one_of(self, zh: str, en: str) -> str:
        """Take the one in this language of a pair of words from elsewhere."""
        return zh if self.language == "zh" else en

    def begun(self, phrase: str) -> str:
        """Begin a line or sentence with a phrase: in English with a capital.

        Examples
        --------
        >>> Words("en").begun("no way in")
        'No way in'
        """
        return phrase[:1].upper() + phrase[1:]

    def percent(self, share: float | None) -> str:
        """Say a share, 0 to 1, with one decimal, never rounded up to all or down to nothing.

        Examples
        --------
        >>> [Words("en").percent(share) for share in (0.6084, 0.99996, 1, 0.0001, None)]
        ['60.8 %', '99.9 %', '100.0 %', '0.1 %', 'no data']
        """
        if share is None or math.isnan(share):
            return self.say("unknown_share")
        figure = round(100 * share, 1)
        if 0 < share < 1:
            figure = min(max(figure, 0.1), 99.9)
        return self.say("percent", n=f"{figure:.1f}")

    def metres(self, distance: float) -> str:
        """Say a distance in whole metres.

        Examples
        --------
        >>> Words("en").metres(1234.5)
        '1,234 m'
        """
        return self.say("metres", n=f"{distance:,.0f}")

    def number(self, figure: float) -> str:
        """Say a whole number with separators."""
        return f"{figure:,.0f}"

    def amount(self, count: float, *, people: bool) -> str:
        """Say how many homes, or how many residents, rounded to tens.

        Examples
        --------
        >>> Words("en").amount(1234, people=True), Words("en").amount(1, people=False)
        ('1,230 residents', '1 home')
        """
        if not people:
            key = "homes_one" if round(count) == 1 else "homes_many"
            return self.say(key, n=self.number(count))
        if 0 < count < 10:  # noqa: PLR2004 - tens are what people are rounded to
            return self.say("residents_few")
        return self.say("residents_many", n=self.rounded(count, people=True))

    def rounded(self, count: float, *, people: bool) -> str:
        """Say the bare figure of homes, or of residents in tens, where a heading names them.

        Examples
        --------
        >>> Words("en").rounded(1234, people=True), Words("en").rounded(1234, people=False)
        ('1,230', '1,234')
        """
        return self.number(math.floor(count / 10 + 0.5) * 10 if people else count)


def both(say: Callable[[Words], Said]) -> dict[Language, Said]:
    """Say something in both languages; in a page, ``lifecircle.pick`` takes the one spoken.

    Examples
    --------
    >>> both(lambda words: words.metres(500))
    {'zh': '500 米', 'en': '500 m'}
    """
    return {language: say(Words(language)) for language in LANGUAGES}
