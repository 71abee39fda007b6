"""The target: which figure it asks for, and whether that one meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from spatial.standards import Definition

if TYPE_CHECKING:
    from collections.abc import Mapping

_COUNTED = frozenset({"people", "homes"})


def official(figures: Mapping[str, Any]) -> str | None:
    """Name the figure a standard's target is about; None where the data give no such figure.

    One of network, straight, land_network and land_straight: on foot or by straight line, over
    people or over the land the document divides by.

    Examples
    --------
    >>> asked = {"geometry": "radius", "denominator": "residential"}
    >>> official(asked | {"land": {"of": "residential"}})
    'land_straight'
    >>> official(asked | {"land": None}) is None
    True
    """
    way = "straight" if figures.get("geometry") == "radius" else "network"
    divisor = figures.get("denominator") or "people"
    if divisor in _COUNTED:
        return way
    land = figures.get("land")
    return f"land_{way}" if land and land["of"] == divisor else None


def shares(figures: Mapping[str, Any]) -> dict[str, float | None]:
    """Give a standard's shares by the names of `official`; over land only where it is given."""
    found = {way: figures[way]["share"] for way in ("network", "straight")}
    land = figures.get("land") or {}
    return found | {f"land_{way}": land[way] for way in ("straight", "network") if way in land}


def verdict(figures: Mapping[str, Any], share: float | None) -> str | None:
    """Say "target_met" or "target_not_met" of a share; None without a target or a share."""
    target = figures.get("target_share")
    if target is None or share is None or pd.isna(share):
        return None
    strict = bool(figures.get("target_strict"))
    meets = Definition(target_share=target, target_strict=strict).meets(share)
    return "target_met" if meets else "target_not_met"
