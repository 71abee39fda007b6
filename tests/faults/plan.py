"""Faults of plan.toml itself."""

from __future__ import annotations

from tests.faults.town import Fault, change_plan

FAULTS = [
    Fault(
        "unknown key",
        lambda folder: change_plan(folder, "[measure]", "[measure]\nstandard = 3"),
        error=("plan.toml", "[measure] standard"),
    ),
]
