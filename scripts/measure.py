"""The verb measure: plan -> summary.json, results.gpkg, tables.xlsx."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scripts.checking.told_layers import told_layers
from scripts.findings import find
from scripts.plan import load_plan
from scripts.study import assemble
from scripts.writing.write import held, write_results

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scripts.screen import Steps
    from scripts.study import Study


def measure(
    path: Path,
    out: Path,
    language: str | None,
    steps: Steps,
    *,
    look: Callable[[Study], object] | None = None,
) -> dict[str, Any]:
    """Measure a plan and write the results into `out`; gives the summary.

    `look` is given the layers before they are measured, to say what is wrong with them.

    Raises
    ------
    LifecircleError
        If the plan or a layer cannot be used, a law is broken, or `out` cannot be written.
    """
    plan = load_plan(path, language=language)
    with held(out):
        with steps.step("reading layers"):
            study = assemble(plan)
        for line in told_layers(study):
            steps.say(line)
        if look is not None:
            with steps.step("looking for faults"):
                look(study)
        with steps.step("measuring"):
            findings = find(study)
        with steps.step("writing results"):
            return write_results(findings, out)
