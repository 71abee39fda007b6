"""The verb compare: plan and scenarios -> before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maps import comparison
from scripts.comparing.compared import Tried, comparison_layers, comparison_summary
from scripts.comparing.compared_tables import comparison_workbook
from scripts.comparing.scenario_file import read_scenarios, require_inside
from scripts.findings import measured_in, present_in
from scripts.plan import load_plan
from scripts.publishing import frame_of
from scripts.study import assemble
from scripts.writing.write import held, write_answer
from spatial.errors import LawError
from spatial.scenario import differences, equal_afresh
from spatial.stage import stage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from scripts.screen import Steps
    from scripts.study import Study
    from spatial.changes import Scenario
    from spatial.coverage import Coverage


def compare(
    path: Path, files: Sequence[Path], out: Path, language: str | None, steps: Steps
) -> dict[str, Any]:
    """Compare a plan with the scenarios of some files; gives the summary.

    Raises
    ------
    LifecircleError
        If the plan, a layer or a scenario cannot be used, a law is broken, or `out` cannot be
        written.
    """
    plan = load_plan(path, language=language)
    frame = frame_of(plan)
    with held(out):
        with steps.step("reading layers"):
            study = assemble(plan)
            scenarios = [one for file in files for one in read_scenarios(file, study.network.crs)]
            require_inside(scenarios, study.around, study.network.crs)
        with steps.step("measuring the present"):
            coverages, _ = measured_in(study)
        with steps.step("measuring the scenarios"):
            tried = [_tried(study, coverages, one) for one in scenarios]
        with steps.step("writing results"):
            figures = comparison_summary(study, coverages, tried)
            layers = comparison_layers(study, coverages, tried)
            book = comparison_workbook(figures, layers)
            found = comparison.compared(figures, frame.placed(layers), plan.place.language, frame)
            write_answer(figures, layers, book, comparison.pages(found), out)
        return figures


def _tried(study: Study, coverages: Mapping[str, Coverage], scenario: Scenario) -> Tried:
    laid = stage(present_in(study, coverages), scenario.changes)
    equal = equal_afresh(laid)
    if not equal:
        message = f"law broken: {scenario.name} is not what measuring it from scratch gives"
        raise LawError(f"{message}; nothing was written, please report this")
    return Tried(scenario, laid, differences(laid, study.plan.standards), equal)
