"""Every kind of page, and how it is made: for tests that hold of all of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

from maps import check, circle, city, comparison, coverage, index, proposals, sidebyside, whatif
from maps.public import public
from maps.walkways import walk_block
from scripts.demo import demo_plan
from scripts.findings import find
from scripts.plan import load_plan
from scripts.results import result_layers
from scripts.study import assemble
from scripts.summary import summary
from spatial.condition.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from maps.comparison import Compared
    from maps.proposals import Proposed
    from maps.scene import Scene
    from scripts.findings import Findings
    from scripts.study import Study

ID = "bus_stop_500m"


@dataclass(frozen=True)
class Town:
    """What pages are made of.

    Attributes
    ----------
    scene, compared, proposed
        The made-up town: its results, scenarios and proposals.
    measured
        The bundled city, with the network that what-if pages walk on.
    """

    scene: Scene
    measured: Scene
    compared: Compared
    proposed: Proposed


@cache
def studied() -> tuple[Study, Findings, tuple[dict[str, Any], dict[str, Any]]]:
    """The bundled city measured, once: with its summary and its layers."""
    with TemporaryDirectory() as folder:
        study = assemble(load_plan(demo_plan(Path(folder))))
        findings = find(study)
        return study, findings, (summary(findings), result_layers(findings))


def bundled() -> tuple[dict[str, Any], dict[str, Any]]:
    """The bundled city measured: its summary and its layers."""
    return studied()[2]


def faults(scene: Scene) -> list[Fault]:
    """Some of what may be wrong, at the homes and streets of a town."""
    homes, streets = scene.homes, scene.streets.iloc[:5]
    named = [*homes["name"].dropna(), *scene.facilities["name"].dropna()]
    names = np.array((named * len(homes))[: len(homes)], dtype=object)
    points, lines = homes.geometry.to_numpy(), streets.geometry.to_numpy()
    circles = shapely.buffer(points[:3], 40.0)
    told = {"wrong": names[0], "remedy": {"zh": names[-1], "en": names[-1]}}
    return [
        Fault("refused", "parks", "stops", 1, values=told),
        Fault("far_homes", "homes", "serious", len(points), 90.0, points, names),
        Fault("islands", "streets", "mind", 5, 12.0, lines, names[:5], values={"metres": 91.25}),
        Fault("zones_overlap", "zones", "mind", 3, 0.0, circles, names[:3]),
        Fault("taken", "homes", "note", 2, values={"taken": names[0]}),
        Fault("unknown_category", "facilities", "note", 9, None, np.full(9, None), names[:9]),
    ]


def _report(town: Town) -> str:
    pytest.importorskip("matplotlib")
    from maps.report import html  # noqa: PLC0415  what draws takes a second to load
    from maps.report.contents import document  # noqa: PLC0415
    from maps.report.gallery import Gallery  # noqa: PLC0415
    from maps.report.material import Material  # noqa: PLC0415

    material = Material(town.scene, town.scene.place)
    return html.page(document(material, "en"), Gallery(town.scene))


def _whatif(town: Town) -> str:
    walk = walk_block(town.measured)
    assert walk is not None
    return whatif.page(town.measured, walk)


MAKERS: dict[str, dict[str, Callable[[Town], str]]] = {
    "maps.coverage": {
        "coverage": lambda town: coverage.page(town.scene, ID),
        "public": lambda town: coverage.page(public(town.scene), ID),
    },
    "maps.circle": {
        "circle": lambda town: circle.page(town.scene),
        "public": lambda town: circle.page(public(town.scene)),
    },
    "maps.check": {"check": lambda town: check.page(town.scene, faults(town.scene))},
    "maps.index": {"index": lambda town: index.page(town.scene, {ID: "a.html"})},
    "maps.city": {"city": lambda town: city.page(town.scene)},
    "maps.comparison": {"comparison": lambda town: comparison.page(town.compared, ID)},
    "maps.sidebyside": {
        "sidebyside": lambda town: sidebyside.page(town.compared.scene, town.compared.scenarios)
    },
    "maps.proposals": {"proposals": lambda town: proposals.page(town.proposed)},
    "maps.whatif": {"whatif": _whatif},
    "maps.report.html": {"report": _report},
}
"""By module, the pages it makes."""

EVERY = [(module, kind) for module, kinds in MAKERS.items() for kind in kinds]
