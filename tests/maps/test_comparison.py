"""The page of a scenario: as text, and in a browser under its swipe."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from maps import comparison, sidebyside
from maps.comparison import Compared
from maps.parts import gains
from maps.words import TABLE, Words
from spatial.changes import VERBS
from spatial.errors import InputError
from tests.maps.browsing import PALE_TEXT, SMALL_TARGETS, Opened, pixels_of, seen
from tests.maps.changed import ID
from tests.maps.unpacking import data_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Maker = Callable[..., Compared]
    Browsed = Callable[..., Opened]

GAINED, LOST = 3, 4
DIVIDER = "() => document.getElementById('swipe').style.getPropertyValue('--at')"


def text_of(page: str) -> str:
    """What a page says in words, without scripts and styles."""
    body = re.sub(r"<(script|style)\b.*?</\1>", "", seen(page), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body))


def figures_of(found: Compared, scenario: int) -> Any:
    return found.scenarios[scenario - 1]["standards"][ID]


def with_figures(found: Compared, scenario: int, **changes: Any) -> Compared:
    """The same results with some figures of one scenario changed."""
    listed = list(found.scenarios)
    figures = {**figures_of(found, scenario), **changes}
    listed[scenario - 1] = {**listed[scenario - 1], "standards": {ID: figures}}
    summary = {**found.scene.summary, "scenarios": listed}
    return replace(found, scene=replace(found.scene, summary=summary))


def test_the_answer_is_the_summary_s(compared: Maker) -> None:
    found = compared("en")
    figures = figures_of(found, 1)
    page = text_of(comparison.page(found, ID))
    shares = [f"{100 * figures[key]['share']:.1f} %" for key in ("before", "after")]
    assert f"+{figures['gained']:.0f} homes gain a bus stop within a 500 m walk" in page
    assert f"{shares[0]} → {shares[1]} are served" in page
    assert f"{figures['gained']:.0f} homes" in page


def test_more_lost_than_gained_is_said_first(compared: Maker) -> None:
    found = compared("zh", unit="people")
    lost = figures_of(found, 2)["lost"]
    page = text_of(comparison.page(found, ID, 2))
    assert f"−{10 * round(lost / 10):,} 名居民步行 500 米内不再有公交站" in page
    assert "关闭" in page


def test_where_nobody_gains_or_loses_it_says_so(compared: Maker) -> None:
    found = with_figures(compared("en"), 1, gained=0.0, lost=0.0)
    assert "nobody gains, nobody loses" in text_of(comparison.page(found, ID))


def test_states_are_hand_worked(compared: Maker) -> None:
    scene = compared("en").scene
    four = replace(scene, homes=scene.homes.iloc[[0, 1, 2, 3, -1]], footprints=None)
    before = four.homes[f"{ID}_m"].copy()
    before[:], after = [100, 501, 500, 900, float("nan")], before.copy()
    after[:] = [500, 500, 500.1, float("nan"), float("nan")]
    assert gains.states(four, before <= 500, after <= 500).tolist() == [0, GAINED, LOST, 1, 2]


def test_every_home_changes_as_its_metres_say(compared: Maker) -> None:
    found = compared("en")
    homes = found.scene.homes
    states = gains.states(found.scene, homes[f"{ID}_m"] <= 500, homes[f"{ID}_m_1"] <= 500)
    assert (states == GAINED).sum() == figures_of(found, 1)["gained_homes"] > 0
    assert not (states == LOST).any()


def test_what_is_shared_by_measures_is_counted_once(compared: Maker) -> None:
    found = compared("en")
    figures, changes = figures_of(found, 1), found.scenarios[0]["changes"]
    alone, within = (sum(one[key][ID] for one in changes) for key in ("alone", "within"))
    gain = figures["after"]["served"] - figures["before"]["served"]
    assert alone > gain > within, "the two stops overlap"
    page = text_of(comparison.page(found, ID))
    assert f"Another {gain - within:.0f} homes are served by several at once" in page
    for one in changes:
        assert f"alone +{one['alone'][ID]:.0f} · in the whole +{one['within'][ID]:.0f}" in page


def test_measures_that_only_work_together_are_told(compared: Maker) -> None:
    found = compared("en")
    after = {"served": figures_of(found, 1)["before"]["served"] + 1, "share": 0.5}
    page = text_of(comparison.page(with_figures(found, 1, after=after), ID))
    assert "Some measures only work together" in page


def test_all_scenarios_stand_side_by_side_with_their_links(compared: Maker) -> None:
    found = compared("en")
    page = seen(comparison.page(found, ID, 1))
    table = page.split("Scenarios side by side")[1].split("</table>")[0]
    assert re.findall(r'href="([^"]*)"', table) == [sidebyside.file_of(ID, 2)]
    assert table.count("<tr") == 3
    assert f"−{figures_of(found, 2)['lost']:.0f}" in table
    assert (
        "href"
        not in seen(comparison.page(found, ID, index=None)).split("<main")[1].split("<script")[0]
    )


def test_every_page_that_is_linked_is_made(compared: Maker) -> None:
    made = dict(comparison.pages(compared("en")))
    assert list(made) == ["index.html", f"{ID}_1.html", f"{ID}_2.html"]
    links = {link for page in made.values() for link in re.findall(r'<a href="([^"]*)"', page)}
    assert links <= set(made)
    assert {f"{ID}_1.html", f"{ID}_2.html"} <= links


def test_zones_are_listed_by_how_much_they_change(compared: Maker) -> None:
    found = compared("en")
    zones = found.scene.zones
    assert zones is not None
    lived_in = zones[zones[f"{ID}_share"].notna()]
    step = lived_in[f"{ID}_share_1"] - lived_in[f"{ID}_share"]
    expected = lived_in["zone"][step.abs().sort_values(ascending=False).index].tolist()
    table = seen(comparison.page(found, ID)).split("largest change first")[1].split("</table>")[0]
    assert re.findall('scope="row"><bdi>(.*?)</bdi>', table) == expected
    assert f"+{100 * step.max():.1f} points" in table


@pytest.mark.parametrize(("target", "said"), [(0.01, "met"), (0.99, "not met")])
def test_the_target_is_judged_by_the_share_afterwards(
    compared: Maker, target: float, said: str
) -> None:
    page = seen(comparison.page(with_figures(compared("en"), 1, target_share=target), ID))
    assert f">{said}</span>" in page


def test_a_target_of_land_is_not_judged(compared: Maker) -> None:
    asked = {"geometry": "radius", "denominator": "residential"}
    page = seen(comparison.page(with_figures(compared("en"), 1, **asked), ID))
    assert "not judged" in page


def test_every_verb_has_words() -> None:
    assert [verb for verb in VERBS if f"do_{verb}" not in TABLE] == []
    bridge = {"do": "add_street", "kind": "bridge"}
    assert comparison.done(Words("zh"), bridge) == "新建桥梁或通道"


def test_names_that_try_to_break_a_page_are_text(compared: Maker, hostile: tuple[str, ...]) -> None:
    for page in dict(comparison.pages(compared("en", names=list(hostile)))).values():
        assert "<img" not in page
        assert "<svg onload" not in page
        assert ">49<" not in page


def test_what_was_not_compared_is_refused(compared: Maker) -> None:
    found = compared("en")
    with pytest.raises(InputError, match="scenario 3 is not among the results"):
        comparison.page(found, ID, 3)
    bare = replace(found.scene, homes=found.scene.homes.drop(columns=f"{ID}_m_2"))
    with pytest.raises(InputError, match="no column 'bus_stop_500m_m_2'"):
        comparison.page(replace(found, scene=bare), ID, 2)
    with pytest.raises(InputError, match="no scenario"):
        replace(found, scene=replace(found.scene, summary={}))


def test_changes_without_a_place_keep_their_number(compared: Maker) -> None:
    found = compared("en")
    lost = found.changes.set_geometry(found.changes.geometry.where([False, True, True]))
    page = seen(comparison.page(replace(found, changes=lost), ID))
    assert '"row":[1]' in page
    assert page.count("data-numbered=") == 2


def test_a_scenario_of_one_measure_needs_no_word_on_overlaps(compared: Maker) -> None:
    page = text_of(comparison.page(compared("en"), ID, 2))
    assert "The measure " in page
    assert "if only this one is left out" not in page.split("Definition and clause")[0]


def without_metres(found: Compared) -> Compared:
    """The same results, of a standard that has no reach of its own."""
    homes = found.scene.homes
    served = {f"{ID}_served{end}": homes[f"{ID}_m{end}"] <= 500 for end in ("", "_1", "_2")}
    lost = homes.drop(columns=[f"{ID}_m", f"{ID}_m_1", f"{ID}_m_2"]).assign(**served)
    bare = with_figures(found, 1, reach_m=None, category=None)
    return replace(bare, scene=replace(bare.scene, homes=lost))


def test_a_standard_without_metres_knows_who_gains(compared: Maker) -> None:
    found = compared("en")
    page = seen(comparison.page(without_metres(found), ID))
    assert "homes gain it all (Bus stop within 500 m)" in text_of(page)
    before, after = (data_of(one)["homes"] for one in (comparison.page(found, ID), page))
    assert after["state"] == before["state"]
    assert "before" not in after


def test_homes_that_only_a_scenario_builds_are_in_no_other(compared: Maker) -> None:
    found = compared("en", unit="people")
    homes = found.scene.homes
    weight, built = homes["weight"].where(homes.index != 3), homes["weight"].where(homes.index > 4)
    homes = homes.assign(weight=weight, weight_1=homes["weight"] + 8, weight_2=built)
    both = replace(found, scene=replace(found.scene, homes=homes))
    first, second = (data_of(comparison.page(both, ID, number))["homes"] for number in (1, 2))
    assert len(first["id"]) == len(homes)
    assert (first["weight"][3], first["weight_after"][3]) == (0, 20)
    assert set(homes["home"]) - set(second["id"]) == {"w3"}


@pytest.mark.browser
def test_left_is_before_and_right_is_after(compared: Maker, opened: Browsed) -> None:
    page = opened(comparison.page(compared("en"), ID))
    orange, blue = (230, 159, 0), (0, 114, 178)
    sheets = page.run("() => document.querySelectorAll('canvas').length")
    assert sheets == 4
    before, after = (pixels_of(page, colour, sheet) for colour, sheet in ((orange, 1), (blue, 2)))
    assert before > 500
    assert after > 500
    assert pixels_of(page, blue, 1) == pixels_of(page, orange, 2) == 0
    clips = "() => [...document.querySelectorAll('canvas')].map((one) => one.style.clipPath)"
    under, left, right, over = page.run(clips)
    assert (under, over) == ("", "")
    cut = [float(one.split("%")[0].split()[-1].split("(")[-1]) for one in (left, right)]
    assert sum(cut) == pytest.approx(100, abs=0.1), "what one shows, the other hides"
    page.complaints.clear()  # the browser remarks that pixels were read back


@pytest.mark.browser
def test_the_divider_moves_by_keyboard(compared: Maker, opened: Browsed) -> None:
    page = opened(comparison.page(compared("en"), ID))
    handle = page.page.locator("#swipe [role=slider]")
    handle.focus()
    centre = page.run("() => lifecircle.map.getCenter().lng")
    seen = []
    for key in ("Home", "ArrowRight", "PageUp", "ArrowLeft", "End"):
        page.page.keyboard.press(key)
        seen.append(handle.get_attribute("aria-valuenow"))
    assert seen == ["0", "2", "12", "10", "100"]
    assert page.run(DIVIDER) == "100%"
    assert page.run("() => lifecircle.map.getCenter().lng") == centre


@pytest.mark.browser
def test_the_divider_is_dragged_and_stays_when_the_map_moves(
    compared: Maker, opened: Browsed
) -> None:
    page = opened(comparison.page(compared("zh"), ID))
    box = page.page.locator("#swipe [role=slider]").bounding_box()
    frame = page.page.locator("#swipe").bounding_box()
    assert box
    assert frame
    at = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    to = frame["x"] + 0.25 * frame["width"]
    page.page.mouse.move(*at)
    page.page.mouse.down()
    page.page.mouse.move(to, at[1], steps=4)
    page.page.mouse.up()
    page.page.mouse.move(*at)
    assert page.run(DIVIDER) == "25%"
    edge = """() => {
        const canvas = document.querySelectorAll("canvas")[2], box = canvas.getBoundingClientRect();
        return box.left + (box.width * parseFloat(canvas.style.clipPath.split(" ").pop())) / 100;
    }"""
    assert page.run(edge) == pytest.approx(to, abs=1)
    page.run("() => lifecircle.map.panBy([120, 40], { animate: false })")
    page.run("() => lifecircle.map.setZoom(lifecircle.map.getZoom() + 1, { animate: false })")
    assert page.run(edge) == pytest.approx(to, abs=1)


@pytest.mark.browser
def test_a_home_says_how_far_before_and_after(compared: Maker, opened: Browsed) -> None:
    found = compared("en")
    homes = found.scene.homes
    page = opened(comparison.page(found, ID))
    won = int(((homes[f"{ID}_m"] > 500) & (homes[f"{ID}_m_1"] <= 500)).idxmax())
    page.run("(home) => lifecircle.page.openHome(home)", won)
    before, after = homes[f"{ID}_m"][won], homes[f"{ID}_m_1"][won]
    assert f"{before:,.0f} m → {after:,.0f} m" in page.card()
    assert "Newly served" in page.card()
    assert f"{before - after:,.0f} m less" in page.card()
    page.run("(home) => lifecircle.page.openHome(home)", len(homes) - 1)
    assert "Not connected" in page.card()
    bare = opened(comparison.page(without_metres(found), ID))
    bare.run("(home) => lifecircle.page.openHome(home)", won)
    assert "Newly served" in bare.card()
    assert " m" not in bare.card()


@pytest.mark.browser
def test_a_measure_of_the_list_is_flown_to_and_told(compared: Maker, opened: Browsed) -> None:
    found = compared("en")
    page = opened(comparison.page(found, ID))
    page.page.emulate_media(reduced_motion="reduce")
    row = page.page.locator('[data-numbered="1"]')
    row.click()
    assert "2 · " in page.card()
    assert f"+{found.scenarios[0]['changes'][1]['within'][ID]:.0f}" in page.card()
    assert row.get_attribute("aria-current") == "true"
    middle = found.changes.geometry.to_crs(4326)[1].representative_point()
    assert page.run("(at) => lifecircle.map.getBounds().contains(at)", [middle.y, middle.x])
    page.page.keyboard.press("Escape")
    assert row.get_attribute("aria-current") is None


@pytest.mark.browser
def test_every_row_of_the_legend_hides_and_shows(compared: Maker, opened: Browsed) -> None:
    page = opened(comparison.page(compared("en"), ID))
    colours = {"gained": ((0, 114, 178), 2), "changes": ((122, 46, 104), 3)}
    for layer, (colour, sheet) in colours.items():
        row = page.page.locator(f'#legend label:has([data-layer="{layer}"])')
        before = pixels_of(page, colour, sheet)
        row.click()
        assert pixels_of(page, colour, sheet) < before / 4, layer
        row.click()
        assert pixels_of(page, colour, sheet) == before, layer
    page.complaints.clear()  # the browser remarks that pixels were read back


@pytest.mark.browser
def test_hostile_names_are_shown_and_never_run(
    compared: Maker, hostile: tuple[str, ...], opened: Browsed
) -> None:
    found = compared("en", names=list(hostile))
    pages = dict(comparison.pages(found))
    for number in (1, 2):
        page = opened(pages[f"{ID}_{number}.html"])
        for row, change in enumerate(found.scenarios[number - 1]["changes"]):
            page.run("(row) => lifecircle.page.openNumbered(row)", row)
            shown = page.run("() => document.querySelector('#card h2').textContent")
            assert shown == f"{row + 1} · {change['name']}"
        assert page.run("() => document.querySelectorAll('img, svg[onload]').length") == 0
        assert page.run("() => window.hacked") is None
    assert opened(pages["index.html"]).run("() => window.hacked") is None


@pytest.mark.browser
def test_text_can_be_read_and_targets_be_hit(compared: Maker, opened: Browsed) -> None:
    for html in dict(comparison.pages(compared("en"))).values():
        page = opened(html)
        if "lifecircle.open(" in html:
            page.run("() => lifecircle.page.openNumbered(0)")
        page.run("() => document.querySelectorAll('details').forEach((one) => (one.open = true))")
        assert page.run(PALE_TEXT) == []
        assert page.run(SMALL_TARGETS) == []


@pytest.mark.browser
def test_on_a_phone_nothing_is_wider_than_the_screen(compared: Maker, opened: Browsed) -> None:
    for html in dict(comparison.pages(compared("zh"))).values():
        page = opened(html, (390, 844))
        assert page.run("() => document.documentElement.scrollWidth") <= 390
    box = page.page.locator("#swipe [role=slider]").bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 32
