"""The standards that are shipped, and what a plan changes of them or adds."""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from spatial.errors import InputError
from spatial.spelling import meant
from spatial.standards import (
    DENOMINATORS,
    STATUSES,
    CircleStandard,
    Definition,
    Denominator,
    Geometry,
    Origin,
    ServiceStandard,
    Source,
    Standard,
    UnionStandard,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

_REMEDY = "correct it in the plan's [standards] table"
_FIGURE = frozenset({"geometry", "origin", "denominator", "target_share", "target_strict"})
_DECIDE = _FIGURE | {"category", "reach_m", "area_m2", "services"}
"""Keys that make the figure: with one of them changed it is no longer the document's."""

_ORIGINS = {"radius": "edge", "network": "entrance"}
_WITHIN = {
    "radius": ("服务半径覆盖的{}", "{} within the service radius"),
    "network": ("步行距离内的{}", "{} within walking distance"),
}

_TAKEN = re.compile(r"leg|along|.*_straight", re.IGNORECASE)
"""Ids whose column <id>_m would be another's in the results."""

_PLANNER = Source("plan.toml", "-", None, "U")


def standards(overrides: Mapping[str, Any] | None = None) -> dict[str, Standard]:
    """Every standard by its id: those of ``standards.toml``, changed or joined by `overrides`.

    Parameters
    ----------
    overrides
        Tables like those of ``standards.toml``; a table given here changes only the keys it
        names, and a class or category set to false leaves its union or circle. A standard whose
        thresholds are changed is the planner's: its status is U and its clause says so.

    Raises
    ------
    InputError
        If a key is unknown, missing or of the wrong kind; the message names it.

    Examples
    --------
    >>> changed = standards({"park_500m": {"reach_m": 400}})["park_500m"]
    >>> changed.reach_m, changed.source.status
    (400.0, 'U')
    """
    tables = _merged(_shipped(), overrides or {}, "standards")
    kinds = {key: _kind(key, table) for key, table in tables.items()}
    found: dict[str, Standard] = {
        key: _service(f"standards.{key}", key, tables[key])
        for key, kind in kinds.items()
        if kind == "service"
    }
    single = {key: one for key, one in found.items() if isinstance(one, ServiceStandard)}
    for key, kind in kinds.items():
        if kind == "union":
            found[key] = _union(key, tables[key], single)
        elif kind == "circle":
            found[key] = _circle(key, tables[key])
    return {key: found[key] for key in tables}


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
        near = meant(unknown[0], known)
        if near is not None:
            remedy = f"did you mean {near}? 'lifecircle standards' lists them all"
            raise InputError(wrong, remedy)
        raise InputError(wrong, f"choose from {', '.join(known)}, or define it under [standards]")
    found = [known[key] for key in ids]
    _require_one_meaning(found)
    return found


def require_categories(found: Iterable[Standard], known: Sequence[str]) -> None:
    """Refuse a category that no layer can hold: it would read as nobody served.

    Raises
    ------
    InputError
        Naming the standard, the category, and the nearest ones there are.
    """
    for standard in found:
        for service in standard.services:
            if service.category not in known:
                wrong = f"[standards] {service.id} asks for an unknown category"
                near = get_close_matches(service.category, known, n=3) or known
                remedy = f"choose from {', '.join(near)}"
                raise InputError(f"{wrong} '{service.category}'", remedy)


def _require_one_meaning(found: list[Standard]) -> None:
    """Refuse one id for two different things: results are filed under it.

    Capitals make no difference: a GeoPackage does not tell such columns apart.
    """
    named: dict[str, Standard] = {}
    for standard in found:
        for one in (*standard.services, standard):
            if named.setdefault(one.id.casefold(), one) != one:
                wrong = f"[standards] '{one.id}' means two different things"
                category = getattr(one, "category", None)
                say = f", and say category = '{category}' in it" if category else ""
                raise InputError(wrong, f"give one another id{say}")


class _Merged(dict[str, Any]):
    """A table with keys of the plan in it, and which keys the plan added or changed."""

    added: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()


def _shipped() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("standards.toml").read_text(encoding="utf-8"))


def _merged(shipped: Mapping[str, Any], own: Mapping[str, Any], where: str) -> _Merged:
    """Own keys over the shipped ones, tables merged key by key; false removes a table."""
    merged = _Merged(shipped)
    merged.added = frozenset(own) - frozenset(shipped)
    changed = set(merged.added)
    for key, value in own.items():
        before = merged.get(key)
        if value is False and isinstance(before, dict):
            del merged[key]
            changed.add(key)
        elif isinstance(before, dict) and isinstance(value, dict):
            merged[key] = _merged(before, value, f"{where}.{key}")
        elif isinstance(before, dict):
            raise InputError(f"[{where}] {key} must be a table", _REMEDY)
        else:
            merged[key] = value
            changed |= {key} if before != value else set()
    merged.changed = frozenset(changed)
    return merged


def _kind(key: str, table: object) -> str:
    """Tell what a table defines: a service, a union of classes, or a circle."""
    _require_id(key)
    if not isinstance(table, dict):
        raise InputError(f"[standards] {key} must be a table", _REMEDY)
    if "categories" in table:
        return "circle"
    return "union" if "classes" in table or "services" in table else "service"


def _require_id(key: str) -> None:
    if not re.fullmatch(r"\w{1,60}", key):
        wrong = f"[standards] '{key}' is no id"
        raise InputError(wrong, "use up to 60 letters, digits and underscores")
    if _TAKEN.fullmatch(key):
        raise InputError(f"[standards] '{key}' is a column of the results", "give it another id")


@dataclass(frozen=True)
class _Over:
    """What a class or a row takes over from the union or circle it stands in."""

    definition: Definition
    source: Source
    category: str | None = None

    def row(self, name: str, rows: _Merged) -> _Over:
        """Give the same for one row; a row that the plan added is the planner's own."""
        return replace(self, source=_PLANNER) if name in rows.added else self


def _service(
    where: str, key: str, table: Mapping[str, Any], over: _Over | None = None
) -> ServiceStandard:
    """Read a standard, or with `over` a class or row; circles read `must_have` themselves."""
    given = _Fields(where, table)
    service = ServiceStandard(
        id=key,
        zh=given.text("zh", key),
        en=given.text("en", key),
        category=given.text("category", over.category if over else None),
        reach_m=given.number("reach_m"),
        source=given.source(over.source if over else _PLANNER),
        area_m2=given.size_class(),
        **vars(given.definition(over.definition if over else None)),
    )
    given.none_unknown()
    return service


def _union(
    key: str, table: Mapping[str, Any], known: Mapping[str, ServiceStandard]
) -> UnionStandard:
    given = _Fields(f"standards.{key}", table)
    rows = given.tables("classes", _Merged())
    source, definition = given.source(_PLANNER, rows.changed), given.definition(None)
    over = _Over(definition, given.source(_PLANNER), given.text_or_none("category"))
    classes = []
    for name, row in rows.items():
        service_id = f"{key}_{name}"
        _require_id(service_id)
        where = f"{given.where}.classes.{name}"
        classes.append(_service(where, service_id, row, over.row(name, rows)))
    members = (*(known[name] for name in given.names("services", known)), *classes)
    if not members:
        wrong = f"[{given.where}] is a union of nothing"
        raise InputError(wrong, "give it [classes], or name standards in services = [...]")
    zh, en = given.text("zh", key), given.text("en", key)
    given.none_unknown()
    return UnionStandard(key, zh, en, members, source, **vars(definition))


def _circle(key: str, table: Mapping[str, Any]) -> CircleStandard:
    given = _Fields(f"standards.{key}", table)
    rows = given.tables("categories")
    turned = {name for name, row in rows.items() if "must_have" in _changed(row)}
    source, definition = given.source(_PLANNER, rows.changed | turned), given.definition(None)
    over = _Over(definition, given.source(_PLANNER))
    if not rows:
        raise InputError(f"[{given.where}] categories is empty", "name at least one category")
    services, must_have = [], []
    for name, row in rows.items():
        _require_id(name)
        where = f"{given.where}.categories.{name}"
        must_have += [name] if _Fields(where, row).flag("must_have", default=True) else []
        takes = replace(over.row(name, rows), category=name)
        services.append(_service(where, name, _without(row, "must_have"), takes))
    circle = CircleStandard(
        id=key,
        zh=given.text("zh", key),
        en=given.text("en", key),
        services=tuple(services),
        must_have=tuple(must_have),
        source=source,
        walk_m_per_s=given.number("walk_m_per_s", 1.11),
        **vars(definition),
    )
    given.none_unknown()
    return circle


def _without(table: Mapping[str, Any], key: str) -> _Merged:
    """The table without a key that its owner has read."""
    rest = _Merged({name: value for name, value in table.items() if name != key})
    rest.changed = _changed(table)
    return rest


def _changed(table: Mapping[str, Any]) -> frozenset[str]:
    """Keys that the plan added, changed or took away; none in a table of the plan's own."""
    return table.changed if isinstance(table, _Merged) else frozenset()


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


class _Fields:
    """Reads the keys of one table, and says which key is wrong."""

    def __init__(self, where: str, table: Mapping[str, Any]) -> None:
        self.where, self.table, self.seen = where, table, set[str]()
        self.changed = _changed(table)

    def _get(self, key: str, default: object = None) -> Any:  # noqa: ANN401  TOML holds anything
        self.seen.add(key)
        return self.table.get(key, default)

    def _wrong(self, key: str, must: str) -> InputError:
        return InputError(f"[{self.where}] {key} must be {must}", _REMEDY)

    def text(self, key: str, default: str | None = None) -> str:
        value = self._get(key, default)
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(key, "a text")
        return value

    def text_or_none(self, key: str) -> str | None:
        self.seen.add(key)
        return self.text(key) if key in self.table else None

    def number(self, key: str, default: float | None = None) -> float:
        value = self._get(key, default)
        if not _is_number(value) or not 0 < value < math.inf:
            raise self._wrong(key, "a number above 0")
        return float(value)

    def flag(self, key: str, *, default: bool) -> bool:
        value = self._get(key, default)
        if not isinstance(value, bool):
            raise self._wrong(key, "true or false")
        return value

    def choice(self, key: str, known: tuple[str, ...], default: str) -> Any:  # noqa: ANN401  a Literal
        value = self._get(key, default)
        if value not in known:
            raise self._wrong(key, f"one of {', '.join(known)}")
        return value

    def tables(self, key: str, default: _Merged | None = None) -> _Merged:
        value = self._get(key, default)
        if not isinstance(value, dict) or not all(isinstance(row, dict) for row in value.values()):
            raise self._wrong(key, "a table of tables")
        return value if isinstance(value, _Merged) else _Merged(value)

    def names(self, key: str, known: Container[str]) -> list[str]:
        """Ids of standards that are services by themselves."""
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise self._wrong(key, "a list of ids such as ['green_300m', 'park_500m']")
        for name in value:
            if name not in known:
                wrong = f"[{self.where}] {key} names '{name}', which is no standard of one service"
                remedy = "name one with a reach_m of its own, or set this union to false"
                raise InputError(wrong, remedy)
        if len(set(value)) < len(value):
            raise self._wrong(key, "a list that names no id twice")
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

    def definition(self, over: Definition | None) -> Definition:
        """How the share is defined, the target never taken over; words follow from the keys."""
        base = over or Definition()
        geometry = self.choice("geometry", get_args(Geometry), base.geometry)
        origin = base.origin if over else _ORIGINS[geometry]
        divisor = self.choice("denominator", get_args(Denominator), base.denominator)
        zh, en = DENOMINATORS[divisor]
        if divisor == base.denominator and over:
            zh, en = base.denominator_zh, base.denominator_en
        zh, en = self.text("denominator_zh", zh), self.text("denominator_en", en)
        within_zh, within_en = _WITHIN[geometry]
        return Definition(
            geometry=geometry,
            origin=self.choice("origin", get_args(Origin), origin),
            denominator=divisor,
            numerator_zh=self.text("numerator_zh", within_zh.format(zh)),
            numerator_en=self.text("numerator_en", within_en.format(en)),
            denominator_zh=zh,
            denominator_en=en,
            target_share=self.share(),
            target_strict=self.flag("target_strict", default=False),
        )

    def source(self, over: Source, members: frozenset[str] = frozenset()) -> Source:
        """Who says so: the table itself, else what it stands in, else the planner.

        A threshold that the plan changed under a shipped document is not that document's:
        the clause names it, and the status is U unless the plan gives another. `members` are
        classes or rows that the plan added or took away.
        """
        if "document" in self.table:
            over = replace(_PLANNER, document=self.text("document"))
        year, status = self._get("year", over.year), self._get("status", over.status)
        if status not in STATUSES:
            raise self._wrong("status", "C1, C2 or U")
        if year is not None and (isinstance(year, bool) or not isinstance(year, int)):
            raise self._wrong("year", "a whole number")
        self.seen.add("document")
        source = Source(over.document, self.text("clause", over.clause), year, status)
        own = sorted(self.changed & _DECIDE | members)
        if not own or "document" in self.changed:
            return source
        clause = f"{source.clause}; plan.toml: {', '.join(own)}"
        return replace(source, clause=clause, status=status if "status" in self.changed else "U")

    def none_unknown(self) -> None:
        """Refuse keys that nothing reads: a misspelt one would be silently lost."""
        unknown = sorted(set(self.table) - self.seen)
        if unknown:
            wrong = f"[{self.where}] has an unknown key '{unknown[0]}'"
            near, remedy = (
                meant(unknown[0], self.seen),
                f"known keys are {', '.join(sorted(self.seen))}",
            )
            raise InputError(wrong, f"did you mean {near}?" if near else remedy)
