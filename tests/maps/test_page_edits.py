"""What is tried in a page is what Python would measure, home by home."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from maps.scene import scene_of
from scripts.demo import demo_plan
from scripts.findings import present_in
from scripts.main import main
from tests.maps.pagemakers import studied
from tests.page_edits import BEGIN, bare_page, random_sets, unlike

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from maps.scene import Scene
    from spatial.effects import Present


@pytest.fixture(scope="module")
def town() -> tuple[Scene, Present]:
    """The bundled city, measured."""
    study, findings, measured = studied()
    scene = scene_of(*measured, "zh")
    return scene, present_in(study, {one.standard.id: one for one in findings.every_coverage})


@pytest.fixture(scope="module")
def page(
    town: tuple[Scene, Present], browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    """A page that holds the town, and `window.plan`."""
    file: Path = tmp_path_factory.mktemp("page") / "page.html"
    file.write_text(bare_page(town[0]), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    page.evaluate(BEGIN)
    yield page
    page.close()


def test_the_page_begins_with_the_figures_measured(town: tuple[Scene, Present], page: Page) -> None:
    found = page.evaluate("() => plan.standards.map((one, k) => [one.id, plan.result(k)])")
    measured = town[0].summary["standards"]
    assert [key for key, _ in found] == list(measured)
    for key, one in found:
        figures = measured[key].get("network") or measured[key]["complete"]
        assert (
            one["before"]
            == one["after"]
            == pytest.approx({key: figures[key] for key in ("served", "share")})
        )
        assert one["total"] == measured[key]["total"]


def test_random_edits_walk_as_in_python(town: tuple[Scene, Present], page: Page) -> None:
    present = town[1]
    for changes in random_sets(np.random.default_rng(7), present, 30):
        assert unlike(page, present, changes) == [], changes


def test_what_is_taken_away_again_was_never_there(page: Page) -> None:
    assert page.evaluate(
        """() => {
            plan.lay([]);
            return plan.services.every((one) => one.walks.every((m, h) => m === one.before[h]));
        }"""
    )


def test_figures_are_sums_of_what_is_said_of_each_home(page: Page) -> None:
    assert page.evaluate(
        """() => {
            const stop = { do: "remove_facility", target: plan.facilities.at(-1).id };
            const park = plan.facilities.find((one) => one.category === "park");
            plan.lay([{ do: "remove_facility", target: park.id }, stop]);
            const agrees = (k) => {
                const { before, after, gained, lost } = plan.result(k), { weight } = plan.homes;
                const bits = Array.from(plan.state(k), (all) => all & 3);
                const add = (has) => (n, one, h) => n + (has(one) ? weight[h] : 0);
                const people = (has) => bits.reduce(add(has), 0);
                const kinds = [(s) => s & 1, (s) => s & 2, (s) => s === 2, (s) => s === 1];
                const sums = kinds.map(people);
                const turned = Array.from(plan.turned(k)).sort((a, b) => a - b);
                const each = bits.flatMap((one, h) => (one === 1 || one === 2 ? [h] : []));
                const said = [before.served, after.served, gained, lost];
                return sums.join() === said.join() && turned.join() === each.join();
            };
            return plan.standards.every(({ services }, k) => [null, 150, 900].every((metres) => {
                services.forEach((service) => plan.reach(service, metres));
                const right = agrees(k);
                services.forEach((service) => plan.reach(service, null));
                return right;
            }));
        }"""
    )


def test_a_way_is_as_long_as_the_walk_it_stands_for(page: Page) -> None:
    found = page.evaluate(
        """() => {
            plan.lay([]);
            const apart = [];
            for (let home = 0; home < plan.homes.count; home += 7) {
                const way = plan.way(1, home);
                if (!way || way.inside) continue;
                let metres = 0;
                for (let k = 2; k < way.lonlat.length; k += 2) {
                    const [ax, ay] = plan.toMetres(way.lonlat[k - 2], way.lonlat[k - 1]);
                    const [bx, by] = plan.toMetres(way.lonlat[k], way.lonlat[k + 1]);
                    metres += Math.hypot(bx - ax, by - ay);
                }
                apart.push(Math.abs(metres - plan.walk_m(1, home)));
            }
            return apart;
        }"""
    )
    assert len(found) > 50
    assert max(found) < 0.001


def test_what_a_page_saves_compare_reads_and_finds_the_same(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, after = page.evaluate(
        """() => {
            const [x, y] = [plan.homes.x[40], plan.homes.y[40]];
            const square = [[0, 0], [90, 0], [90, 80], [0, 80], [0, 0]];
            const place = (a, b) => plan.toDegrees(x + a, y + b);
            const point = (a, b) => ({ type: "Point", coordinates: place(a, b) });
            const park = { type: "Polygon", coordinates: [square.map(([a, b]) => place(a, b))] };
            const stop = plan.facilities.find((one) => one.category === "bus_stop").id;
            const add = "add_facility", [u, v] = plan.streets.spot(plan.streets.first[5000], 0);
            const street = { type: "Point", coordinates: plan.toDegrees(u, v) };
            const told = plan.lay([
                { do: add, name: "口袋公园 <b>", category: "park", geometry: park },
                { do: add, name: "=1+1", category: "bus_stop", geometry: point(0, 0) },
                { do: "close_street", name: "", geometry: street },
                { do: "remove_facility", target: stop, geometry: null },
            ]);
            const text = plan.toFile("方案");
            const one = ({ id }, k) => [id, plan.result(k).after.served];
            const served = () => plan.standards.map(one), told_again = plan.fromFile(text);
            const after = served();
            if (told.some(Boolean)) throw new Error(JSON.stringify(told));
            plan.lay(told_again);
            if (after.join() !== served().join()) throw new Error("not read back");
            plan.lay([]);
            return [text, after];
        }"""
    )
    assert json.loads(text)["features"][0]["properties"]["name"] == "口袋公园 <b>"
    scenario = tmp_path / "方案.geojson"
    scenario.write_text(text, encoding="utf-8")
    plan = demo_plan(tmp_path / "town")
    words = ("compare", plan, scenario, "--out", tmp_path / "out", "--quiet")
    monkeypatch.setattr(sys, "argv", ["lifecircle", *map(str, words)])
    main()
    figures = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    found = figures["scenarios"][0]["standards"]
    assert {key: one["after"]["served"] for key, one in found.items()} == dict(after)
