"""Categories of facilities: which tags mean them, and by which words a planner names them.

The rules stand in ``categories.toml`` beside this file, whose head explains how to read them.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OUT_OF_USE = "out of use, planned or being built"
"""Why a place of any category may not count."""

_ANY = "*"
_NAMES = ("name", "name:zh", "name:en", "official_name")
_FLAGS = ("disused", "abandoned", "demolished", "razed", "removed", "ruins", "proposed", "planned")


@dataclass(frozen=True)
class Rule:
    """What tags must hold; see the head of ``categories.toml``.

    Attributes
    ----------
    values
        For each key the values of which a tag must have one; ``"*"`` stands for any.
    without
        Keys that must not be there.
    name_has, name_lacks
        Folded words of which a name must hold one, must hold none.
    reason
        Of a rule that shuts out: why, in words.
    """

    values: Mapping[str, frozenset[str]]
    without: tuple[str, ...] = ()
    name_has: tuple[str, ...] = ()
    name_lacks: tuple[str, ...] = ()
    reason: str = ""

    def holds(self, tags: Mapping[str, str]) -> bool:
        """Tell whether a place with these tags is meant."""
        for key, wanted in self.values.items():
            given = values_of(tags, key)
            if not wanted.intersection(given) and not (_ANY in wanted and given):
                return False
        if any(tags.get(key, "no") != "no" for key in self.without):
            return False
        if not (self.name_has or self.name_lacks):
            return True
        name = _names(tags)
        if any(word in name for word in self.name_lacks):
            return False
        return not self.name_has or any(word in name for word in self.name_has)


@dataclass(frozen=True)
class Category:
    """A kind of facility: its names, its rules and its words (`categories.toml`)."""

    key: str
    zh: str
    en: str
    osm: tuple[Rule, ...]
    otherwise: tuple[Rule, ...]
    never: tuple[Rule, ...]
    includes: tuple[str, ...]
    guess: str
    words: frozenset[str]
    not_words: tuple[str, ...]

    def refusal(self, tags: Mapping[str, str]) -> str | None:
        """Say why a place of this category does not count, or None where it does."""
        if out_of_use(tags):
            return OUT_OF_USE
        return next((rule.reason for rule in self.never if rule.holds(tags)), None)


@dataclass(frozen=True)
class Match:
    """A category that a place's tags mean.

    Attributes
    ----------
    category
        Its key.
    refusal
        Why the place does not count all the same; None where it does.
    guess
        What had to be guessed; empty where nothing had.
    """

    category: str
    refusal: str | None = None
    guess: str = ""


def fold(text: str) -> str:
    """Make text comparable: no accents, no capitals, full-width forms narrow, single spaces.

    Examples
    --------
    >>> fold(" Lycée　Albert ")
    'lycee albert'
    """
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


def values_of(tags: Mapping[str, str], key: str) -> tuple[str, ...]:
    """Give the values of a tag, of which there may be several.

    Examples
    --------
    >>> values_of({"amenity": "cafe; library"}, "amenity"), values_of({}, "amenity")
    (('cafe', 'library'), ())
    """
    text = tags.get(key, "")
    if ";" not in text:
        return (text,) if text else ()
    return tuple(part.strip() for part in text.split(";") if part.strip())


def matches(tags: Mapping[str, str]) -> tuple[Match, ...]:
    """Give every category that a place's tags mean, whether or not the place counts for it.

    A place of one category is one of each category that includes it, too. The order is that of
    `CATEGORIES`.

    Examples
    --------
    >>> matches({"leisure": "garden", "name": "Rose garden", "access": "customers"})[0]
    Match(category='park', refusal='for customers only (access)', guess='')
    """
    found: dict[str, Match] = {}
    for category, guess in _meant(tags).items():
        own = CATEGORIES[category].refusal(tags)
        for key in counts_for(category):
            match = Match(
                key, own or CATEGORIES[key].refusal(tags), guess if key == category else ""
            )
            if key not in found or found[key].refusal:
                found[key] = match
    return tuple(found[key] for key in CATEGORIES if key in found)


def categories_of(tags: Mapping[str, str]) -> tuple[str, ...]:
    """Give the categories a place counts for.

    Examples
    --------
    >>> categories_of({"shop": "supermarket", "name": "Carrefour"})
    ('market', 'supermarket', 'convenience')
    >>> categories_of({"disused:amenity": "pharmacy"}), categories_of({"amenity": "bench"})
    ((), ())
    """
    return tuple(match.category for match in matches(tags) if match.refusal is None)


@cache
def counts_for(category: str) -> tuple[str, ...]:
    """Give a category and those that include it: a library is culture, too.

    Examples
    --------
    >>> counts_for("library"), counts_for("bank")
    (('library', 'culture'), ('bank',))
    """
    wider = [key for key, other in CATEGORIES.items() if category in other.includes]
    return tuple(dict.fromkeys([category, *(up for key in wider for up in counts_for(key))]))


@cache
def category_from_words(text: str) -> str | None:
    """Understand what a planner's own table calls a category, in Chinese or English.

    The key, the names and the words of a category are understood, capitals or not. Of several
    parts (``购物服务;便民商店/便利店``) the last that is such a word decides; else the last that
    holds one, and of several the longest. A later part that says it is something else after all
    (``综合市场;批发市场``) outweighs it. None where nothing, or more than one thing, fits.

    Examples
    --------
    >>> category_from_words("科教文化服务;学校;小学"), category_from_words("Primary schools")
    ('primary_school', 'primary_school')
    >>> category_from_words("宠物医院") is None, category_from_words("office") is None
    (True, True)
    """
    parts = [part.strip() for part in re.split(r"[;|,/>、，；]", _spaced(text)) if part.strip()]
    for find in (_called, _held_by):
        for at in reversed(range(len(parts))):
            category = find(parts[at])
            if category and not _denied(category, parts[at + 1 :]):
                return category
    return None


def out_of_use(tags: Mapping[str, str]) -> bool:
    """Tell whether a place is not yet, or no more, what its tags say.

    Examples
    --------
    >>> out_of_use({"amenity": "school", "disused": "yes"}), out_of_use({"amenity": "school"})
    (True, False)
    """
    if any(tags.get(key) == "yes" for key in _FLAGS) or "opening_date" in tags:
        return True
    if tags.get("construction", "no") not in {"no", "minor"}:
        return True
    return tags.get("building") == "construction" or tags.get("landuse") == "construction"


def lead_keys() -> tuple[str, ...]:
    """Give the keys of which a place must have one to belong to any category."""
    return tuple(sorted({key for key, _ in _leads()}))


def _meant(tags: Mapping[str, str]) -> dict[str, str]:
    """Give the categories whose own rules hold, each with what was guessed."""
    certain: dict[str, str] = {}
    guessed: dict[str, str] = {}
    for key in tags.keys() & _lead_keys():
        for value in values_of(tags, key):
            for category, rule, guess in _leads().get((key, value), ()):
                if rule.holds(tags):
                    (guessed if guess else certain)[category] = guess
    known = any(CATEGORIES[key].otherwise for key in certain)
    return certain if known else {**guessed, **certain}


@cache
def _leads() -> Mapping[tuple[str, str], list[tuple[str, Rule, str]]]:
    """Index the rules by their first key and its values."""
    index: dict[tuple[str, str], list[tuple[str, Rule, str]]] = defaultdict(list)
    for category in CATEGORIES.values():
        rules = [(rule, "") for rule in category.osm]
        rules += [(rule, category.guess) for rule in category.otherwise]
        for rule, guess in rules:
            first, values = next(iter(rule.values.items()))
            for value in values:
                index[first, value].append((category.key, rule, guess))
    return dict(index)


@cache
def _lead_keys() -> frozenset[str]:
    """Give `lead_keys` as a set."""
    return frozenset(lead_keys())


def _names(tags: Mapping[str, str]) -> str:
    """Give all names of a place, folded, in one text."""
    return fold("\n".join(tags[key] for key in _NAMES if key in tags))


def _spaced(text: str) -> str:
    """Fold a word and write its parts apart: ``primary_school`` is primary school.

    ``libraries`` becomes library; other plurals are understood where words are compared.
    """
    apart = fold(text.replace("_", " ").replace("-", " "))
    return re.sub(r"(?<=[a-z]{3})ies(?![a-z])", "y", apart)


@cache
def _words() -> Mapping[str, str]:
    """Give the category of each word; a word that two categories claim is none's."""
    claims: dict[str, set[str]] = defaultdict(set)
    for category in CATEGORIES.values():
        for word in category.words:
            claims[word].add(category.key)
    return {word: next(iter(keys)) for word, keys in claims.items() if len(keys) == 1}


def _called(part: str) -> str | None:
    """Give the category of which a text is a word, in the singular or the plural."""
    return _words().get(part) or _words().get(part.removesuffix("s"))


def _denied(category: str, later: Iterable[str]) -> bool:
    """Tell whether a part makes a category something else; ``bank;atm`` is two things, not one."""
    nots = CATEGORIES[category].not_words
    return any(no != part and _holds(part, no) for part in later for no in nots)


@cache
def _held_by(part: str) -> str | None:
    """Give the category whose word a text holds, the longest first; Latin words as a whole."""
    fits: dict[int, set[str]] = defaultdict(set)
    for word, key in _words().items():
        if _holds(part, word) and not any(_holds(part, no) for no in CATEGORIES[key].not_words):
            fits[len(word)].add(key)
    best = fits[max(fits)] if fits else set()
    return next(iter(best)) if len(best) == 1 else None


def _holds(text: str, word: str) -> bool:
    """Tell whether a text holds a word: Chinese anywhere, Latin letters between boundaries."""
    if word not in text:
        return False
    latin = word.isascii()
    return not latin or re.search(rf"(?<![a-z]){re.escape(word)}s?(?![a-z])", text) is not None


def _rule(table: Mapping[str, Any], reason: str = "") -> Rule:
    """Read one rule of the file."""
    words = {"without", "name_has", "name_lacks"}
    return Rule(
        values={key: frozenset(table[key]) for key in table if key not in words},
        without=tuple(table.get("without", ())),
        name_has=tuple(map(fold, table.get("name_has", ()))),
        name_lacks=tuple(map(fold, table.get("name_lacks", ()))),
        reason=reason,
    )


def _rules(tables: Iterable[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """Read a list of rules."""
    return tuple(map(_rule, tables))


def _category(key: str, table: Mapping[str, Any], never: Mapping[str, Any]) -> Category:
    """Read one category of the file."""
    shut = [
        _rule(rule, never[name]["reason"])
        for name in table.get("never", ())
        for rule in never[name]["osm"]
    ]
    said = [key, table["zh"], table["en"], *re.split("[、或]", table["zh"]), *table["words"]]
    return Category(
        key=key,
        zh=table["zh"],
        en=table["en"],
        osm=_rules(table["osm"]),
        otherwise=_rules(table.get("otherwise", ())),
        never=tuple(shut),
        includes=tuple(table.get("includes", ())),
        guess=table.get("guess", ""),
        words=frozenset(map(_spaced, said)),
        not_words=tuple(map(_spaced, table.get("not_words", ()))),
    )


def _read() -> Mapping[str, Category]:
    """Read ``categories.toml``."""
    text = Path(__file__).with_name("categories.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    never = tables.pop("never")
    return {key: _category(key, table, never) for key, table in tables.items()}


CATEGORIES: Mapping[str, Category] = _read()
"""Every category by its key, in the order of the file."""
