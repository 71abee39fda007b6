"""Every kind of page, with hostile names everywhere: text is text, nothing runs, nothing is asked.

A new kind of page cannot be forgotten: what module in ``maps`` has a function ``page`` must have
its maker here, and so must every kind of page that our JavaScript knows.
"""

from __future__ import annotations

import copy
import json
import re
from dataclasses import replace
from importlib import import_module
from inspect import isfunction
from itertools import cycle
from pathlib import Path
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any

import pytest

import maps
from maps.page.basemap import Frame
from maps.scene import scene_of
from tests.maps.browsing import Opened
from tests.maps.conftest import HOSTILE, make_scene
from tests.maps.pagemakers import EVERY, MAKERS, Town, bundled

if TYPE_CHECKING:
    from collections.abc import Callable

    from maps.scene import Scene

pytestmark = pytest.mark.browser


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
    return replace(scene, summary=told, frame=Frame(None, HOSTILE[3]))


@pytest.fixture(scope="module")
def town(compared: Any, proposed: Any) -> Town:
    """A made-up town, and the bundled city with its network, all their names hostile."""
    names = list(HOSTILE)
    figures, layers = bundled()
    poison = {}
    for name, table in layers.items():
        each = cycle(names)
        named = {"name", "zone"} & set(table.columns)
        poison[name] = table.assign(
            **{column: [next(each) for _ in range(len(table))] for column in named}
        )
    measured = scene_of(figures, poison, "en")
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
    texts = [path.read_text(encoding="utf-8") for path in assets.rglob("*.js")]
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
    const lists = ["gap", "category", "number", "fault"].map((name) => `[data-${name}]`);
    for (const list of [...lists, "ol.numbered button"]) {
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
