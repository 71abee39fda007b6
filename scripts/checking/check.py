"""The verb check: what is wrong with a plan's data, whom it touches, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyogrio

from maps.check import page
from maps.words import Words
from scripts.checking import checked
from scripts.checking.diagnosis import diagnosed
from scripts.checking.examined import examined, of_study
from scripts.plan import load_plan
from scripts.publishing import frame_without_base
from scripts.writing.layer_styles import put_styles
from scripts.writing.storable import storable
from scripts.writing.write import beside, held, write_figures, write_page
from spatial.condition.fault import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scripts.checking.examined import Examined
    from scripts.screen import Steps
    from scripts.study import Study
    from spatial.condition.fault import Fault


def check(path: Path, out: Path, language: str | None, steps: Steps) -> dict[str, Any]:
    """Look at the data of a plan without measuring, and write what was found into `out`.

    Writes ``check.json``, ``check.gpkg`` and ``check.html``; gives the content of the first.

    Raises
    ------
    InputError
        If the plan itself is broken, or `out` cannot be written: then nothing is looked at. And
        after everything was looked at and written, if something stops a measurement: the first
        such fault, so that the command fails.
    """
    plan = load_plan(path, language=language)
    with held(out):
        with steps.step("reading layers"):
            found = examined(plan)
        with steps.step("looking for faults"):
            faults = diagnosed(found)
        with steps.step("writing results"):
            figures = write_check(found, faults, out)
    steps.say(checked.table(found, faults, Words(plan.place.language), str(out / "check.gpkg")))
    steps.say(f"map: {out / 'check.html'}")
    if found.refused:
        raise found.refused[0]
    return figures


def check_study(study: Study, out: Path, *, page_too: bool = True) -> list[Fault]:
    """Look at data that were assembled already, for `run`; gives what was found, worst first.

    `page_too` tells whether to write the page: it shows single homes.
    """
    found = of_study(study)
    faults = diagnosed(found)
    write_check(found, faults, out, page_too=page_too)
    return faults


def worth_a_look(faults: Sequence[Fault], language: str) -> str:
    """Say in a line how many kinds of fault there are besides what is only told; empty if none."""
    words = Words("zh" if language == "zh" else "en")
    counts = {one: sum(fault.severity == one for fault in faults) for one in SEVERITIES[:-1]}
    told = [f"{words.say(f'check_level_{one}')} {count}" for one, count in counts.items() if count]
    return words.say("check_found", counts=", ".join(told)) if told else ""


def write_check(
    found: Examined, faults: Sequence[Fault], out: Path, *, page_too: bool = True
) -> dict[str, Any]:
    """Write what was found: check.json, check.gpkg and check.html; gives the first.

    None of it lies in `maps`: that folder is what is published, and this tells of single homes.

    Raises
    ------
    InputError
        If the folder cannot be written to; then what was there before is still there.
    """
    figures = checked.figures(found, faults)
    language = found.plan.place.language
    with beside(out) as folder:
        _write_layers(found, faults, folder / "check.gpkg", figures)
        write_figures(figures, folder / "check.json")
        if page_too:
            frame = frame_without_base(found.plan)
            scene = checked.scene(found, figures, language, frame)
            write_page(folder / "check.html", page(scene, faults))
    return figures


def _write_layers(
    found: Examined, faults: Sequence[Fault], path: Path, figures: dict[str, Any]
) -> None:
    """Write the findings and where they are into one GeoPackage, with the styles of its layers."""
    words, credit = Words(found.plan.place.language), figures["data"]["credit"]
    layers = checked.layers(found, faults, words)
    for name, layer in layers.items():
        pyogrio.write_dataframe(
            storable(layer),
            path,
            layer=name,
            driver="GPKG",
            append=path.exists(),
            layer_options={"DESCRIPTION": credit},
            **({"geometry_type": "Unknown"} if name != "findings" else {}),
        )
    put_styles(path, checked.styles(layers, words), credit=credit)
