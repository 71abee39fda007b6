"""The overview: every figure as the summary has it, and ways to the other pages."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from maps import index
from maps.parts import causes, distances, paper
from maps.public import public
from maps.words import Words
from spatial.errors import InputError
from spatial.reasons import REASONS
from tests.maps.browsing import SMALL_TARGETS, seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from maps.scene import Scene
    from tests.maps.browsing import Opened

    Maker = Callable[..., Scene]
    Open = Callable[..., Opened]

ID = "bus_stop_500m"
LINKS = {ID: "bus_stop_500m.html", "circle_15min": "circle_15min.html"}
FIGURES = """() => [...document.querySelectorAll(".chart tbody tr")].map((row) => ({
    title: row.querySelector("th bdi").textContent,
    ...Object.fromEntries(["paper", "real", "left"].map((kind) => {
        const cell = row.querySelector("td." + kind).cloneNode(true);
        cell.querySelectorAll("small, .head").forEach((one) => one.remove());
        return [kind, cell.textContent];
    })),
    bounds: row.querySelector("td.real small")?.textContent,
    bars: Object.fromEntries([...row.querySelectorAll("rect")].map((one) =>
        [one.getAttribute("fill"), one.width.baseVal.valueAsString])),
}))"""
"""The chart read back from the page: what it says, and how long its bars are."""


def percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"


def on_paper(figures: Any) -> float | None:
    """The official figure: of land where land was measured, else by straight line."""
    if "complete" in figures:
        return None
    return float((figures["land"] or {}).get("straight", figures["straight"]["share"]))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("unit", ["homes", "people"])
def test_the_chart_says_what_the_summary_holds(
    made: Maker, opened: Open, language: str, unit: str
) -> None:
    scene = made(language, unit=unit)
    rows = opened(index.page(scene, LINKS)).run(FIGURES)
    standards = scene.summary["standards"].values()
    assert len(rows) == len(standards)
    for row, figures in zip(rows, standards, strict=True):
        real = figures.get("network") or figures["complete"]
        left = figures["total"] - real["served"]
        assert row["title"].startswith(figures[language])
        assert row["paper"] == percent(on_paper(figures))
        assert row["real"] == percent(real["share"])
        shown = np.floor(left / 10 + 0.5) * 10 if unit == "people" else left
        assert row["left"] == f"{shown:,.0f}"
        if "low" in real:
            assert row["bounds"] == f"{percent(real['low'])} – {percent(real['high'])}"
        assert float(row["bars"]["#0072B2"][:-1]) == pytest.approx(100 * real["share"], abs=0.01)
        if on_paper(figures) is not None:
            gap = 100 * ((on_paper(figures) or 0) - real["share"])
            assert float(row["bars"]["url(#hatch-paper)"][:-1]) == pytest.approx(gap, abs=0.01)


def test_points_apart_are_those_of_the_figures_beside_them(made: Maker) -> None:
    page = seen(index.page(made("en"), LINKS))
    figures = made("en").summary["standards"][ID]
    apart = round(91.2 - round(100 * figures["network"]["share"], 1), 1)
    assert f'class="points">{apart:.1f} points apart</text>' in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_headline_names_where_most_are_counted_on_paper_alone(
    made: Maker, language: str
) -> None:
    scene = made(language)
    figures = scene.summary["standards"][ID]
    only = int(figures["straight"]["served"] - figures["network"]["served"])
    said = paper.headline(scene, Words(scene.language))
    assert figures[language] in said
    assert re.findall(r'<strong class="(\w+)">(.*?)</strong>', said) == [
        ("paper", percent(figures["land"]["straight"])),
        ("real", percent(figures["network"]["share"])),
    ]
    sentence = {
        "zh": f"{only} 处住宅在服务半径内，步行 500 米却到不了公交站。",
        "en": f"{only} homes inside the service radius cannot reach a bus stop within a 500 m",
    }
    assert sentence[language] in said


def test_without_anyone_on_paper_alone_the_headline_names_the_worst(made: Maker) -> None:
    scene = made("en")
    figures = scene.summary["standards"][ID]
    level = {**figures, "straight": figures["network"], "land": None}
    scene = replace(scene, summary={**scene.summary, "standards": {ID: level}})
    said = paper.headline(scene, Words("en"))
    left = figures["total"] - figures["network"]["served"]
    assert f"{left:.0f} homes unserved." in said


def test_a_place_without_homes_has_no_headline_and_no_bars(made: Maker) -> None:
    scene = made("en")
    none = {"served": 0.0, "share": None}
    figures = {**scene.summary["standards"][ID], "total": 0.0, "network": none, "straight": none}
    figures = {**figures, "unserved": {}, "land": None}
    scene = replace(
        scene,
        summary={**scene.summary, "standards": {ID: figures}},
        homes=scene.homes.iloc[:0],
        gaps={},
        zones=None,
    )
    page = seen(index.page(scene, {}))
    assert 'class="headline"' not in page
    assert 'class="walks"' not in page
    assert "no data" in page


@pytest.mark.parametrize("unit", ["homes", "people"])
def test_columns_of_distances_hold_everyone_once(made: Maker, unit: str) -> None:
    scene = made("en", unit=unit)
    found = distances.walks(scene, ID)
    figures = scene.summary["standards"][ID]
    assert found is not None
    assert found.total == pytest.approx(figures["total"])
    assert found.count[:5].sum() == pytest.approx(figures["network"]["served"])
    assert found.cut_off == pytest.approx(figures["unconnected"])
    assert sum(found.shares()) == pytest.approx(1)


def test_half_of_residents_walk_at_most_the_median(made: Maker) -> None:
    scene = made("en")
    metres = scene.homes[f"{ID}_m"].fillna(np.inf).sort_values().to_numpy()
    found = distances.walks(scene, ID)
    assert found is not None
    assert found.median_m == metres[(len(metres) - 1) // 2]


def test_the_distances_are_said_to_who_cannot_see_them(made: Maker) -> None:
    scene = made("en")
    share = scene.summary["standards"][ID]["network"]["share"]
    said = re.findall('class="walks".*?aria-label="(.*?)"', seen(index.page(scene, LINKS)))
    assert len(said) == 1
    assert said[0].startswith(f"How far they walk: up to 500 m: {percent(share)}, 500 to 1,000 m")


def test_every_reason_is_in_one_group() -> None:
    ones = [one for group in causes.GROUPS.values() for one in group]
    assert sorted(ones) == sorted(REASONS)


def test_reasons_are_told_in_groups_that_add_up(made: Maker) -> None:
    scene = made("en")
    figures = scene.summary["standards"][ID]
    said = causes.stacked(scene, Words("en"), figures)
    counts = [int(n) for n in re.findall(r"<b>([\d,]+) homes?</b>", said)]
    assert sum(counts) == figures["total"] - figures["network"]["served"]
    widths = [float(w) for w in re.findall(r'width="([\d.]+)%" y="0.0" height="14', said)]
    assert sum(widths) == pytest.approx(100, abs=0.05)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_standard_has_its_card_figures_and_link(made: Maker, language: str) -> None:
    scene = made(language)
    page = index.page(scene, LINKS)
    standards = scene.summary["standards"]
    assert f"<strong>{100 * standards[ID]['network']['share']:.1f} %<" in page
    assert f"<strong>{100 * standards['circle_15min']['complete']['share']:.1f} %<" in page
    assert f"{100 * standards[ID]['straight']['share']:.1f} %" in page
    assert all(f'href="{link}"' in page for link in LINKS.values())
    assert seen(page).count('class="question"') == len(standards) == 3
    assert 'lang="zh-CN"' in page if language == "zh" else 'lang="en"' in page


def test_a_union_has_a_card_with_the_figures_of_its_classes(made: Maker) -> None:
    scene = made("en")
    card = seen(index.page(scene, LINKS)).split("<article")[2]
    figures = scene.summary["standards"]["any_stop"]
    network = figures["network"]
    assert "Public transport" in card
    assert f"<strong>{100 * network['share']:.1f} %<" in card
    assert f"Bounds {100 * network['low']:.1f} % – {100 * network['high']:.1f} %" in card
    assert f"Straight line {100 * figures['straight']['share']:.1f} %" in card
    assert re.findall("<bdi>([^<]*)</bdi><b>(.*?)</b>", card) == [
        ("Bus", f"{100 * network['share']:.1f} %"),
        ("Metro", "0.0 %"),
    ]
    assert "<a " not in card


def test_the_worst_zones_and_the_verdict_on_land_are_named(made: Maker) -> None:
    card = index.page(made("zh"), LINKS).split("</article>")[0]
    assert "最差的分区" in card
    assert "官方口径（用地） 91.2 %" in card
    assert '<span class="tag tag-target_met">达标</span>' in card


def test_the_worst_gaps_lead_to_themselves_on_the_map(made: Maker) -> None:
    card = seen(index.page(made("en"), LINKS)).split("</article>")[0]
    assert re.findall('href="([^"]*)#gap=(.)"', card) == [(LINKS[ID], str(n)) for n in (1, 2, 3)]


def test_results_without_bounds_and_zones_have_cards(
    made: Maker, bare: Callable[[Scene], Scene]
) -> None:
    page = seen(index.page(bare(made("en")), LINKS))
    assert page.count('class="question"') == 2
    assert "Bounds 1" not in page
    assert "Worst zones" not in page


def test_a_standard_without_a_page_has_no_link(made: Maker) -> None:
    assert index.page(made("en"), {}).count("<a ") == 0


def test_other_pages_are_named_only_where_they_lie(made: Maker) -> None:
    page = seen(index.page(made("en"), {}, {"city": "city.html", "report": "report/report.html"}))
    assert re.findall('<a href="(.*?)">(.*?)</a>', page) == [
        ("city.html", "The whole city on one map"),
        ("report/report.html", "The report"),
    ]


@pytest.mark.parametrize("link", ["https://a.example/", "//a.example", "/x.html", "javascript:x"])
def test_links_lead_nowhere_else(made: Maker, link: str) -> None:
    with pytest.raises(InputError, match="not a relative link"):
        index.page(made("en"), {ID: link})
    with pytest.raises(InputError, match="not a relative link"):
        index.page(made("en"), {}, {"city": link})


def test_credit_and_date_stand_at_the_foot(made: Maker) -> None:
    foot = index.page(made("en"), LINKS).split("<footer>")[1]
    assert "© OpenStreetMap contributors, ODbL 1.0" in foot
    assert "Data of 2025-06-01" in foot


def test_hostile_names_are_text(made: Maker, opened: Open, hostile: tuple[str, ...]) -> None:
    html = index.page(made("en", names=list(hostile)), LINKS)
    page = opened(html)
    assert "<img" not in html
    assert "{{ 7*7 }}" in html
    assert page.run("() => window.hacked") is None
    assert page.page.locator("script").count() == 1


def test_homes_are_sketched_in_both_colours(made: Maker) -> None:
    page = index.page(made("en"), LINKS)
    assert 'fill="#0072B2"' in page
    assert 'fill="#E69F00"' in page


def test_a_public_overview_sketches_cells_and_keeps_the_totals(made: Maker) -> None:
    scene = made("en", unit="people")
    shown = public(scene, 30)
    page = seen(index.page(shown, LINKS))
    assert "cells in the colour of most in them" in page
    paths = re.findall('<path d="([^"]*)" fill="#(?:0072B2|E69F00)" fill-opacity', page)
    drawn = sum(path.count("M") for path in paths) // page.count('class="sketch"')
    assert 0 < drawn <= len(shown.homes) < len(scene.homes)
    whole, part = (distances.walks(one, ID) for one in (scene, shown))
    assert whole is not None
    assert part is not None
    assert part.shares() == whole.shares()


def test_all_texts_change_their_language_charts_too(made: Maker, opened: Open) -> None:
    page = opened(index.page(made("en", names=["A", "B"]), LINKS))
    page.page.click("button.language")
    texts = page.run("() => [...document.querySelectorAll('svg text')].map((t) => t.textContent)")
    assert not [one for one in texts if re.search(r"[A-Za-z]{2,}", one)]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(360, 740), (1280, 800)])
def test_nothing_is_too_wide_or_too_small(
    made: Maker, opened: Open, language: str, size: tuple[int, int]
) -> None:
    page = opened(index.page(made(language), LINKS, {"city": "city.html"}), size)
    assert page.run("() => document.documentElement.scrollWidth") <= size[0]
    bars = page.run("() => [...document.querySelectorAll('.paper-bar')].map((b) => b.clientWidth)")
    assert max(bars) <= page.run("() => document.querySelector('.chart').clientWidth") - 28
    assert page.run(SMALL_TARGETS) == []


def test_it_prints_on_two_sheets_of_a4(made: Maker, opened: Open) -> None:
    page = opened(index.page(made("zh"), LINKS))
    printed = page.page.pdf(prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type /Page\b", printed)) <= 2
