"""What compare, site and links left beside a plan, and whether it rests on the same data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from maps.report.material import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def answers_beside(folder: Path, summary: Mapping[str, Any]) -> tuple[Answer, ...]:
    """Read the answers that lie in folders beside a plan, in the order of their names.

    Parameters
    ----------
    folder
        Where the plan lies.
    summary
        The summary of the results that are reported.
    """
    found = []
    for path in sorted(folder.glob("*/summary.json")):
        figures = _read(path)
        verb = _verb(figures)
        if verb:
            fresh = rests_on_the_same(figures, summary)
            found.append(Answer(verb, path.parent.name, figures, fresh))
    return tuple(found)


def _read(path: Path) -> Mapping[str, Any]:
    """Read a summary; another program's file of that name is nobody's answer."""
    try:
        figures = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return figures if isinstance(figures, dict) else {}


def _verb(figures: Mapping[str, Any]) -> str | None:
    """Tell which command wrote a summary; None for any other file."""
    if "scenarios" in figures:
        return "compare"
    if "proposals" not in figures:
        return None
    return "links" if figures.get("question") == "links" else "site"


def rests_on_the_same(figures: Mapping[str, Any], summary: Mapping[str, Any]) -> bool:
    """Whether an answer was computed from the same files, walker and total as the results.

    Examples
    --------
    >>> town = {"inputs": [{"layer": "osm", "sha256": "1f"}], "total": 10.0}
    >>> rests_on_the_same(town, town)
    True
    >>> rests_on_the_same(town | {"inputs": [{"layer": "osm", "sha256": "2f"}]}, town)
    False
    """
    mine, theirs = (_sums(one) for one in (summary, figures))
    same_walker = figures.get("walker") == summary.get("walker")
    same_total = figures.get("total") == summary.get("total")
    return mine == theirs and bool(mine) and same_walker and same_total


def _sums(figures: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Give layer and checksum of every input."""
    inputs = figures.get("inputs") or ()
    return {
        (str(one.get("layer")), str(one.get("sha256_whole", one.get("sha256")))) for one in inputs
    }
