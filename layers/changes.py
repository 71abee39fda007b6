"""A change as its author wrote it, checked, and made into a `spatial.changes.Change`."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pandas as pd
import shapely

from layers.categories import CATEGORIES, category_from_words, counts_for
from layers.cells import as_number
from layers.drawn import SHAPES
from layers.sifting import LINE, POINT, POLYGON
from layers.verbs import IN_CHINESE, Deed, deed_from_shape, deed_from_words, kind_from_words
from spatial.changes import STREET_KINDS, Change

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from layers.drawn import Spot

_SHORT: Final = 30  # characters of somebody's text shown in a message

VERB_LIST: Final = ", ".join(f"{verb} ({zh})" for verb, zh in IN_CHINESE.items())


@dataclass(frozen=True)
class Written:
    """A change as written: text and a shape, nothing checked yet.

    Attributes
    ----------
    spot
        Where it stands.
    number
        Counts the changes of its scenario from 1.
    do, name, category, target, kind
        What somebody wrote; None where nothing is written.
    people, cost
        A number, or what stands where one should.
    geometry
        In the study's CRS.
    """

    spot: Spot
    number: int
    do: str | None = None
    name: str | None = None
    category: str | None = None
    target: str | None = None
    kind: str | None = None
    people: str | float | None = None
    cost: str | float | None = None
    geometry: BaseGeometry | None = None


@dataclass(frozen=True)
class _Rule:
    """What a verb asks for: the dimensions of its shape, what it needs, what more it may say."""

    shapes: tuple[int, ...]
    needs: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    by_target: bool = False  # the target alone says where


_SITE, _SPOT, _WAY = (POINT, POLYGON), (POINT,), (LINE,)
_CATEGORY, _TARGET = frozenset({"category"}), frozenset({"target"})
_PEOPLE, _KIND = frozenset({"people"}), frozenset({"kind"})
_RULES: Final[Mapping[str, _Rule]] = MappingProxyType(
    {
        "add_facility": _Rule(_SITE, _CATEGORY),
        "move_facility": _Rule(_SITE, _TARGET, _CATEGORY),
        "remove_facility": _Rule(_SITE, may=_TARGET | _CATEGORY, by_target=True),
        "add_gate": _Rule(_SPOT),
        "open_gate": _Rule(_SITE),
        "close_gate": _Rule(_SPOT),
        "add_street": _Rule(_WAY, may=_KIND),
        "open_street": _Rule(_SPOT + _WAY, may=_TARGET, by_target=True),
        "close_street": _Rule(_SPOT + _WAY, may=_TARGET, by_target=True),
        "add_people": _Rule(_SITE, _PEOPLE),
        "set_people": _Rule((POLYGON,), _PEOPLE),
    }
)

_NEEDED: Final = MappingProxyType(
    {
        "category": f"give one of {', '.join(CATEGORIES)}",
        "target": "give the id or the name of the facility",
        "people": "give how many",
    }
)


def change_from(written: Written) -> Change:
    """Check a change as written, and understand it.

    Raises
    ------
    InputError
        With the change's place, if it does not say what to do, lacks what that needs, says what
        means nothing there, or its shape is of the wrong kind.

    Examples
    --------
    >>> from layers.drawn import Spot
    >>> change = change_from(
    ...     Written(Spot("a.toml", "change 1"), 1, do="新增公园", geometry=shapely.box(0, 0, 9, 9))
    ... )
    >>> change.do, change.category, change.name, change.where
    ('add_facility', 'park', '新增公园 1', 'a.toml, change 1')
    """
    deed = _deed(written)
    rule = _RULES[deed.do]
    category, kind = _category(written, deed), _kind(written, deed)
    _refuse_shape(written, deed.do, rule)
    people = _amount(written, "people")
    given = {"category": category, "target": written.target, "people": people}
    for key in sorted(rule.needs):
        if given[key] is None:
            raise written.spot.fault(f"{deed.do} has no {key}", _NEEDED[key])
    _refuse_idle(written, deed.do, rule)
    if deed.do == "add_people" and people == 0:
        raise written.spot.fault("add_people adds 0 people", _NEEDED["people"])
    return Change(
        do=deed.do,
        name=written.name or written.target or _called(written, deed),
        geometry=written.geometry,
        category=category,
        counts_as=counts_for(category) if deed.do == "add_facility" and category else (),
        target=written.target,
        people=people if "people" in rule.needs else None,
        kind=kind,
        cost=_amount(written, "cost"),
        where=str(written.spot),
    )


def shortened(text: object) -> str:
    """Quote what somebody wrote, in a line that stays short.

    Examples
    --------
    >>> shortened("a" * 99)
    "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…'"
    """
    if isinstance(text, float):
        return f"{text:.9g}"
    said = str(text)
    return repr(said if len(said) <= _SHORT else f"{said[:_SHORT]}…")


def _called(written: Written, deed: Deed) -> str:
    """Name a change in its author's own words, and by its number."""
    return f"{written.category or written.do or deed.do} {written.number}"


def _deed(written: Written) -> Deed:
    """Understand what a change does, from its words or, without any, from its shape."""
    deed = deed_from_words(written.do) if written.do else Deed("")
    if deed is None:
        wrong = f"do {shortened(written.do)} is not known"
        raise written.spot.fault(wrong, f"write one of {VERB_LIST}")
    if deed.do:
        return deed
    shape = written.geometry
    do = deed_from_shape(
        None if shape is None else int(shapely.get_dimensions(shape)),
        category=written.category is not None,
        people=bool(_amount(written, "people")),
    )
    if do is None or written.target:
        raise written.spot.fault("does not say what to do", f"give do, one of {VERB_LIST}")
    return Deed(do)


def _category(written: Written, deed: Deed) -> str | None:
    """Understand the category, from its own words or those of the verb."""
    if written.category is None:
        return deed.category
    category = category_from_words(written.category)
    if category is None:
        wrong = f"category {shortened(written.category)} is not known"
        raise written.spot.fault(wrong, _NEEDED["category"])
    if deed.category and deed.category not in counts_for(category):
        wrong = f"do says {deed.category}, category says {category}"
        raise written.spot.fault(wrong, "keep one of them")
    return category


def _kind(written: Written, deed: Deed) -> str:
    """Understand the kind of a street."""
    if written.kind is None:
        return deed.kind or "street"
    kind = kind_from_words(written.kind)
    if kind is None:
        wrong = f"kind {shortened(written.kind)} is not known"
        raise written.spot.fault(wrong, f"write one of {', '.join(STREET_KINDS)}")
    if deed.kind and kind != deed.kind:
        wrong = f"do says {deed.kind}, kind says {kind}"
        raise written.spot.fault(wrong, "keep one of them")
    return kind


def _amount(written: Written, key: str) -> float | None:
    """Read a number of people or a cost."""
    said = getattr(written, key)
    if said is None:
        return None
    number = float(as_number(pd.Series([said], dtype=object)).iloc[0])
    if number >= 0:
        return number
    wrong = f"is negative ({number:.9g})" if number < 0 else f"{shortened(said)} is no number"
    raise written.spot.fault(f"{key} {wrong}", "give a number, 0 or more")


def _refuse_shape(written: Written, do: str, rule: _Rule) -> None:
    """Raise if a change has no shape where it needs one, or one of the wrong kind."""
    needed = " or ".join(SHAPES[dimension] for dimension in rule.shapes)
    shape = written.geometry
    if shape is None:
        if rule.by_target and written.target:
            return
        remedy = f"give a {needed}" + (", or its target by name" if rule.by_target else "")
        raise written.spot.fault(f"{do} does not say where", remedy)
    dimension = int(shapely.get_dimensions(shape))
    if dimension not in rule.shapes:
        raise written.spot.fault(
            f"{do} needs a {needed}, not a {SHAPES[dimension]}", f"draw a {needed}"
        )
    parts = shapely.get_num_geometries(shape)
    if parts > 1 and dimension == POINT:
        wrong = f"is {parts} points in one"
        raise written.spot.fault(wrong, "split them ('Multipart to singleparts' in QGIS)")


def _refuse_idle(written: Written, do: str, rule: _Rule) -> None:
    """Raise if a change says what means nothing for its verb: a slip, or a wish we would lose."""
    for key in ("category", "target", "people", "kind"):
        said = getattr(written, key)
        zero = key == "people" and _amount(written, key) == 0  # what a form fills in by itself
        if said is not None and not zero and key not in rule.needs | rule.may:
            raise written.spot.fault(
                f"{key} {shortened(said)} means nothing to {do}", "take it out"
            )
