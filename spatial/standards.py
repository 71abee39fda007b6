"""Standards: which facility within how many metres, and who says so."""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

_STATUSES = ("C1", "C2", "U")
_REMEDY = "correct it in the plan's [standards] table"


@dataclass(frozen=True)
class Source:
    """Who says so: document, clause, year, and how sure that is.

    `status` is C1 (text of the rule seen), C2 (secondary source: check the clause before
    submitting) or U (unconfirmed: an editable default, not a standard).
    """

    document: str
    clause: str
    year: int | None
    status: str


@dataclass(frozen=True)
class ServiceStandard:
    """Facilities of one category within walking reach.

    Attributes
    ----------
    id, zh, en
        Its name in results, in Chinese and in English.
    category
        What one walks to, a key of ``layers/categories.toml``.
    reach_m
        Metres; exactly this far is served.
    area_m2
        Half-open size class [from, below) of the polygons that count, square metres.
    target_share
        What the source asks for, 0 to 1, or None.
    source
        Who says so.
    """

    id: str
    zh: str
    en: str
    category: str
    reach_m: float
    source: Source
    area_m2: tuple[float, float] = (0.0, math.inf)
    target_share: float | None = None

    @property
    def services(self) -> tuple[ServiceStandard, ...]:
        """The services to measure: itself, as a circle has many."""
        return (self,)


@dataclass(frozen=True)
class CircleStandard:
    """Many services from one home, each within its own reach.

    Attributes
    ----------
    services
        One standard per category; its id is the category.
    must_have
        The ids of the services a home must have for its circle to be complete.
    walk_m_per_s
        The speed at which the reach in metres stands for minutes.
    """

    id: str
    zh: str
    en: str
    services: tuple[ServiceStandard, ...]
    must_have: tuple[str, ...]
    source: Source
    walk_m_per_s: float


Standard = ServiceStandard | CircleStandard


def standards(overrides: Mapping[str, Any] | None = None) -> dict[str, Standard]:
    """Every standard by its id: those of ``standards.toml``, changed or joined by `overrides`.

    Parameters
    ----------
    overrides
        Tables like those of ``standards.toml``; a table given here changes only the keys it
        names, and a category set to false leaves the circle.

    Raises
    ------
    InputError
        If a key is unknown, missing or of the wrong kind; the message names it.

    Examples
    --------
    >>> standards({"park_500m": {"reach_m": 400}})["park_500m"].reach_m
    400.0
    """
    tables = _merged(_shipped(), overrides or {}, "standards")
    for key in tables:
        if not re.fullmatch(r"\w{1,60}", key):
            wrong = f"[standards] '{key}' is no id"
            raise InputError(wrong, "use up to 60 letters, digits and underscores")
    return {key: _standard(key, table) for key, table in tables.items()}


def chosen(ids: list[str], overrides: Mapping[str, Any] | None = None) -> list[Standard]:
    """Give the standards with these ids, in this order.

    Raises
    ------
    InputError
        If there is no such standard; the message lists those there are.
    """
    known = standards(overrides)
    unknown = [key for key in ids if key not in known]
    if unknown:
        wrong = f"[measure] standards names an unknown standard '{unknown[0]}'"
        raise InputError(wrong, f"choose from {', '.join(known)}, or define it under [standards]")
    found = [known[key] for key in ids]
    _require_one_meaning(found)
    return found


def _require_one_meaning(found: list[Standard]) -> None:
    """Refuse one id for two different things: results are filed under it."""
    named: dict[str, ServiceStandard] = {}
    for standard in found:
        for service in standard.services:
            if named.setdefault(service.id, service) != service:
                wrong = f"[standards] '{service.id}' means two different things"
                remedy = f"give one another id, and say category = '{service.category}' in it"
                raise InputError(wrong, remedy)


def _shipped() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("standards.toml").read_text(encoding="utf-8"))


def _merged(shipped: Mapping[str, Any], own: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Own keys over the shipped ones, tables merged key by key; false removes a table."""
    merged = dict(shipped)
    for key, value in own.items():
        before = merged.get(key)
        if value is False and isinstance(before, dict):
            del merged[key]
        elif isinstance(before, dict) and isinstance(value, dict):
            merged[key] = _merged(before, value, f"{where}.{key}")
        elif isinstance(before, dict):
            raise InputError(f"[{where}] {key} must be a table", _REMEDY)
        else:
            merged[key] = value
    return merged


def _standard(key: str, table: object) -> Standard:
    if not isinstance(table, dict):
        raise InputError(f"[standards] {key} must be a table", _REMEDY)
    if "categories" not in table:
        return _service(key, table)
    fields = _Fields(f"standards.{key}", table)
    services = {
        name: (_service(name, row, f"standards.{key}.categories", category=name))
        for name, row in fields.tables("categories").items()
    }
    must_have = tuple(
        name for name, row in table["categories"].items() if row.get("must_have", True)
    )
    circle = CircleStandard(
        id=key,
        zh=fields.text("zh", key),
        en=fields.text("en", key),
        services=tuple(services.values()),
        must_have=must_have,
        source=fields.source(),
        walk_m_per_s=fields.number("walk_m_per_s", 1.11),
    )
    fields.none_unknown()
    return circle


def _service(
    key: str, table: Mapping[str, Any], where: str = "standards", category: str | None = None
) -> ServiceStandard:
    fields = _Fields(f"{where}.{key}", table)
    standard = ServiceStandard(
        id=key,
        zh=fields.text("zh", key),
        en=fields.text("en", key),
        category=fields.text("category", category),
        reach_m=fields.number("reach_m"),
        source=fields.source(),
        area_m2=fields.size_class(),
        target_share=fields.share(),
    )
    if category is not None:
        fields.flag("must_have")
    fields.none_unknown()
    return standard


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


class _Fields:
    """Reads the keys of one table, and says which key is wrong."""

    def __init__(self, where: str, table: Mapping[str, Any]) -> None:
        self.where, self.table, self.seen = where, table, set[str]()

    def _get(self, key: str, default: object = None) -> Any:  # noqa: ANN401  TOML holds anything
        self.seen.add(key)
        return self.table.get(key, default)

    def _wrong(self, key: str, must: str) -> InputError:
        return InputError(f"[{self.where}] {key} must be {must}", _REMEDY)

    def text(self, key: str, default: str | None = None) -> str:
        value = self._get(key, default)
        if not isinstance(value, str) or not value:
            raise self._wrong(key, "a text")
        return value

    def number(self, key: str, default: float | None = None) -> float:
        value = self._get(key, default)
        if not _is_number(value) or not 0 < value < math.inf:
            raise self._wrong(key, "a number above 0")
        return float(value)

    def flag(self, key: str) -> None:
        if not isinstance(self._get(key, default=True), bool):
            raise self._wrong(key, "true or false")

    def tables(self, key: str) -> dict[str, dict[str, Any]]:
        value = self._get(key)
        if not isinstance(value, dict) or not all(isinstance(row, dict) for row in value.values()):
            raise self._wrong(key, "a table of tables")
        return value

    def size_class(self) -> tuple[float, float]:
        value = self._get("area_m2", [0.0, math.inf])
        pair = isinstance(value, list) and len(value) == 2  # noqa: PLR2004  a pair
        if not pair or not all(map(_is_number, value)) or not 0 <= value[0] < value[1]:
            raise self._wrong("area_m2", "[from, below) in square metres, such as [5000, inf]")
        return float(value[0]), float(value[1])

    def share(self) -> float | None:
        value = self._get("target_share")
        if value is None:
            return None
        if not _is_number(value) or not 0 <= value <= 1:
            raise self._wrong("target_share", "a share from 0 to 1")
        return float(value)

    def source(self) -> Source:
        year, status = self._get("year"), self._get("status", "U")
        if status not in _STATUSES:
            raise self._wrong("status", "C1, C2 or U")
        if year is not None and (isinstance(year, bool) or not isinstance(year, int)):
            raise self._wrong("year", "a whole number")
        return Source(self.text("document", "plan.toml"), self.text("clause", "-"), year, status)

    def none_unknown(self) -> None:
        """Refuse keys that nothing reads: a misspelt one would be silently lost."""
        unknown = sorted(set(self.table) - self.seen)
        if unknown:
            wrong = f"[{self.where}] has an unknown key '{unknown[0]}'"
            raise InputError(wrong, f"known keys are {', '.join(sorted(self.seen))}")
