"""Every kind of page, with hostile names everywhere: text is text, nothing runs, nothing is asked.

A new kind of page cannot be forgotten: what module in ``maps`` has a function ``page`` must have
its maker here, and so must every kind of page that our JavaScript knows.
"""

from __future__ import annotations

import copy
import json
import re
from dataclasses import dataclass, replace
from importlib import import_module
from inspect import isfunction
from itertools import cycle
from pathlib import Path
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any

import pytest

import maps
import maps.scene
from maps import circle, city, comparison, coverage, index, proposals, sidebyside, whatif
from maps.basemap import Base, Frame
from maps.public import public
from maps.walkways import walk_block
from scripts.demo import demo_plan
from scripts.findings import find
from scripts.plan import load_plan
from scripts.results import result_layers
from scripts.study import assemble
from scripts.summary import summary
from tests.maps.browsing import Opened
from tests.maps.conftest import HOSTILE, make_scene

if TYPE_CHECKING:
    from collections.abc import Callable

    from maps.comparison import Compared
    from maps.proposals import Proposed
    from maps.scene import Scene

pytestmark = pytest.mark.browser

ID = "bus_stop_500m"
NAMED = ("zone", "name", "facility_name")


@dataclass(frozen=True)
class Town:
    """What pages are made of, every name in it hostile."""

    scene: Scene
    measured: Scene
    compared: Compared
    proposed: Proposed


def _report(town: Town) -> str:
    pytest.importorskip("matplotlib")
    from maps.report import html  # noqa: PLC0415  what draws takes a second to load
    from maps.report.contents import document  # noqa: PLC0415
    from maps.report.gallery import Gallery  # noqa: PLC0415
    from maps.report.material import Material  # noqa: PLC0415

    material = Material(town.scene, HOSTILE[0], review_number=HOSTILE[3])
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


def poisoned(value: Any, names: cycle[str]) -> Any:
    """A summary in which every free text is hostile; keys, ids and words of ours stay."""
    if isinstance(value, dict):
        kept = ("category", "geometry", "denominator", "of", "question", "kind", "do", "unit")
        return {
            key: one if key in kept or key == "id" else poisoned(one, names)
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [poisoned(one, names) for one in value]
    ours = re.compile(r"[a-z][a-z0-9_]*|\d{4}-\d\d-\d\d.*|EPSG:\d+|C1|C2|U")
    return next(names) if isinstance(value, str) and not ours.fullmatch(value) else value


def hostile(scene: Scene) -> Scene:
    """The scene with hostile texts in its summary, its base map's credit and its review number."""
    told = poisoned(copy.deepcopy(dict(scene.summary)), cycle(HOSTILE))
    told["standards"] = {
        key: {**one, "source": {**one["source"], "status": "C2"}} if "source" in one else one
        for key, one in told.get("standards", {}).items()
    }
    told["data"] = {"date": HOSTILE[2], "credit": "".join(HOSTILE)}
    told["layers"] = {
        name: {"read": 3, "used": 1, "dropped": 2, "repaired": 0, "reasons": {name: 2}}
        for name in HOSTILE
    }
    credit: Any = dict.fromkeys(("zh", "en"), HOSTILE[0])
    tiles = Base(("http://127.0.0.1:9/{z}/{x}/{y}.png",), credit)
    return replace(scene, summary=told, frame=Frame(tiles, HOSTILE[3]).without_base())


@pytest.fixture(scope="module")
def town(compared: Any, proposed: Any, tmp_path_factory: pytest.TempPathFactory) -> Town:
    """A made-up town, and the bundled city with its network, all their names hostile."""
    names = list(HOSTILE)
    study = assemble(load_plan(demo_plan(tmp_path_factory.mktemp("hostile"))))
    findings = find(study)
    layers = result_layers(findings)
    for name, table in layers.items():
        for column in {"name", "zone"} & set(table.columns):
            each = cycle(names)
            layers[name] = table.assign(**{column: [next(each) for _ in range(len(table))]})
    measured = maps.scene.scene_of(summary(findings), layers, "en")
    found, sites = compared("en", names=names), proposed("most", "en", names=names)
    return Town(
        hostile(make_scene("en", names=names)),
        hostile(measured),
        replace(found, scene=hostile(found.scene)),
        replace(sites, scene=hostile(sites.scene)),
    )


def test_no_kind_of_page_is_forgotten() -> None:
    found = set()
    for one in walk_packages(maps.__path__, "maps."):
        page = getattr(import_module(one.name), "page", None)
        if isfunction(page) and page.__module__ == one.name:
            found.add(one.name)
    assert found == set(MAKERS)


def test_no_kind_that_our_javascript_knows_is_forgotten(town: Town) -> None:
    assets = Path(maps.__file__).parent / "assets"
    texts = [path.read_text(encoding="utf-8") for path in assets.glob("*.js")]
    known = {kind for text in texts for kind in re.findall(r"lifecircle\.pages\.(\w+) = ", text)}
    made = set()
    for module, kind in EVERY:
        data = re.search(r'id="data">(.*?)</script>', MAKERS[module][kind](town), re.DOTALL)
        made |= {json.loads(data[1])["kind"]} if data else set()
    assert made == known


TRY_EVERYTHING = """async () => {
    const rest = () => new Promise((done) => setTimeout(done, 10));
    document.querySelectorAll("details").forEach((one) => (one.open = true));
    const page = (window.lifecircle && lifecircle.page) || {};
    for (let row = 0; row < 14; row++) {
        for (const open of ["openHome", "openFacility", "openGap"]) {
            try { page[open] && page[open](row); } catch (error) {
                if (!(error instanceof TypeError)) throw error; // there are not so many
            }
        }
        await rest();
    }
    for (const box of document.querySelectorAll("#legend input[data-layer]")) box.click();
    for (const box of document.querySelectorAll("#legend input[data-layer]")) box.click();
    const search = document.querySelector("input[type=search], .search input");
    for (const typed of ["<", "{{", "`", "長"]) {
        if (!search) break;
        search.value = typed;
        search.dispatchEvent(new Event("input", { bubbles: true }));
        await rest();
    }
    for (const list of ["[data-gap]", "[data-category]", "[data-number]", "ol.numbered button"]) {
        for (const one of [...document.querySelectorAll(list)].slice(0, 4)) one.click();
    }
    const language = document.querySelector("button.language");
    for (let turn = 0; language && turn < 2; turn++) {
        document.querySelector("button.language").click();
        await rest();
    }
}"""

FOREIGN = """() => [...document.querySelectorAll("img, iframe, object, embed, base, video, audio")]
    .filter((one) => !(one.src || "").startsWith("data:")).map((one) => one.outerHTML.slice(0, 80))
    .concat([...document.querySelectorAll("*")].flatMap((one) => [...one.attributes]
        .filter((a) => a.name.startsWith("on")).map((a) => a.name + " " + a.value.slice(0, 40))))"""


@pytest.mark.parametrize(("module", "kind"), EVERY, ids=lambda one: one)
def test_hostile_names_are_text_and_nothing_else(
    town: Town, module: str, kind: str, opened: Callable[..., Opened]
) -> None:
    html = MAKERS[module][kind](town)
    rules = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert rules
    scripts = next(rule for rule in rules[1].split("; ") if rule.startswith("script-src"))
    assert "unsafe" not in scripts
    assert "http" not in rules[1]
    assert "default-src 'none'" in rules[1]
    page = opened(html)
    dialogs: list[str] = []
    page.page.on("dialog", lambda one: (dialogs.append(one.message), one.dismiss()))
    page.run(TRY_EVERYTHING)
    assert page.run("() => window.hacked") is None
    assert page.run(FOREIGN) == []
    assert dialogs == []
    said = page.run("() => document.body.textContent")
    assert HOSTILE[0] in said
    assert "{{ 7*7 }}" in said
    assert "${window.hacked=1}" in said
    assert page.run("() => document.documentElement.scrollWidth - window.innerWidth") <= 0
