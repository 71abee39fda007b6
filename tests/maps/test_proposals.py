"""The page of proposals: as text, and in a browser."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from maps import proposals
from maps import proposed as told
from maps.words import TABLE, Words
from spatial.errors import InputError
from spatial.openings import OPENINGS
from tests.maps.browsing import PALE_TEXT, SMALL_TARGETS, Opened, pixels_of, seen
from tests.maps.changed import ID
from tests.maps.test_comparison import text_of
from tests.maps.unpacking import data_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from maps.proposals import Proposed

    Maker = Callable[..., Proposed]
    Browsed = Callable[..., Opened]

QUESTIONS = ("most", "fewest", "least_walking", "fairest", "links")


def with_summary(found: Proposed, **changes: Any) -> Proposed:
    """The same results with some of the summary changed."""
    summary = {**found.scene.summary, **changes}
    return replace(found, scene=replace(found.scene, summary=summary))


def test_the_answer_is_the_summary_s(proposed: Maker) -> None:
    found = proposed("most", "en")
    before, after = (found.scene.summary[key] for key in ("before", "after"))
    page = text_of(proposals.page(found))
    gained = after["served"] - before["served"]
    assert gained > 0
    assert f"+{gained:.0f} more homes within a 500 m walk by 2 new bus stops" in page
    assert f"{100 * before['share']:.1f} % → {100 * after['share']:.1f} % are served" in page


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("most", r"\+[\d,]+ 名居民由 2 处新建公交站新增覆盖"),
        ("fewest", r" 2 处新建公交站即可"),
        ("least_walking", r"−\d+ 米 为平均步行缩短的距离"),
        ("fairest", r"830 米 为此后最远的步行距离"),
        ("links", r"\+[\d,]+ 名居民由 2 处连接新增覆盖"),
    ],
)
def test_every_question_has_its_answer(proposed: Maker, question: str, said: str) -> None:
    page = text_of(proposals.page(proposed(question, "zh", unit="people")))
    assert re.search(said, page)
    assert Words("zh").say(f"method_{question}") in page


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"proven": True, "gap": 0.0}, "Proven: no other choice is better"),
        ({"proven": True, "gap": 0.0123}, "Proven: within 1.2 % of the best"),
        ({"proven": False, "gap": 0.2}, "Proven: within 20.0 % of the best"),
        ({"proven": False, "gap": None}, "not proven to be the best"),
        ({"proven": False, "gap": float("nan")}, "not proven to be the best"),
    ],
)
def test_no_answer_without_how_sure_it_is(
    proposed: Maker, answer: dict[str, Any], said: str
) -> None:
    found = with_summary(proposed("most", "en"), answer={"value": 5.0, "bound": 6.0, **answer})
    assert said in text_of(proposals.page(found))


def test_a_card_says_where_for_whom_for_how_much_and_what_speaks_against_it(
    proposed: Maker,
) -> None:
    found = proposed("most", "en")
    first, second = found.scene.summary["proposals"]
    cards = (
        seen(proposals.page(found)).split('class="gaps numbered proposals"')[1].split("<li>")[1:3]
    )
    said = [text_of(card) for card in cards]
    shares = f"{100 * first['before']:.1f} % → {100 * first['after']:.1f} %"
    for part in (
        "New bus stop",
        f"Around {first['street']}",
        f"+{first['people']:.0f}",
        shares,
        f"cost 800, {first['per_cost']:.3f} homes per unit",
        "321 m",
        first["zones"],
        "nothing found",
    ):
        assert part in said[0]
    assert f"Mind: {second['against']}" in said[1]
    assert second["name"] in said[1]
    assert "per unit" not in said[1]


def test_alone_is_told_where_it_differs(proposed: Maker) -> None:
    found = proposed("most", "en")
    first, second = found.scene.summary["proposals"]
    assert first["people_alone"] == first["people"]
    assert second["people_alone"] > second["people"]
    cards = (
        seen(proposals.page(found)).split('class="gaps numbered proposals"')[1].split("<li>")[1:3]
    )
    assert ["Alone" in text_of(card) for card in cards] == [False, True]


def test_openings_are_named_by_their_kind(proposed: Maker) -> None:
    page = text_of(proposals.page(proposed("links", "zh")))
    assert OPENINGS["gate"][0] in page
    assert "建 34 米" in page
    assert "逐个择优，未证明最优" in page


def test_every_kind_of_opening_has_a_name_that_begins_a_line() -> None:
    for key in OPENINGS:
        assert told.kind(Words("en"), {"kind": key})[0].isupper()
    assert told.kind(Words("en"), {"kind": "unheard", "category": None}) == "New facility"


def test_who_cannot_be_served_is_said_with_reasons(proposed: Maker) -> None:
    found = proposed("most", "en", unit="people")
    page = text_of(proposals.page(found))
    assert "No candidate serves 40 residents." in page
    assert "Too far even by straight line" in page
    nobody = with_summary(found, unservable={"people": 0.0, "reasons": {}})
    assert "No candidate serves" not in text_of(proposals.page(nobody))


@pytest.mark.parametrize("key", ["unreachable", "barred_only", "too_far"])
def test_reasons_have_words_in_both_languages(key: str) -> None:
    said = [told.reason(Words(language), key) for language in ("zh", "en")]
    assert key not in said
    assert said[0] != said[1]


def test_homes_of_a_proposal_are_those_it_newly_serves(proposed: Maker) -> None:
    found = proposed("most", "en")
    homes = found.scene.homes
    first, _ = data_of(proposals.page(found))["gained"]
    won = (found.homes["proposal"] == 1) & (found.homes["after_m"] <= 500)
    won &= found.homes["before_m"] > 500
    assert set(homes["home"].iloc[first]) == set(found.homes.loc[won, "home"])
    assert first
    nearer = found.homes.assign(before_m=400.0)
    all_nearer, _ = data_of(proposals.page(replace(found, homes=nearer)))["gained"]
    assert len(all_nearer) == (found.homes["proposal"] == 1).sum() > len(first)


def test_nothing_to_propose_is_said(proposed: Maker) -> None:
    found = proposed("most", "en")
    bare = replace(found, proposals=found.proposals.iloc[:0], ways=found.ways.iloc[:0])
    page = text_of(proposals.page(with_summary(bare, order=[], proposals=[])))
    assert "Nothing that was tried would serve anyone more." in page


def test_a_layer_or_column_that_is_missing_is_named(proposed: Maker) -> None:
    found = proposed("most", "en")
    scene = found.scene
    layers = {"homes": scene.homes, "streets": scene.streets, "facilities": scene.facilities}
    layers |= {"ground": scene.ground, "proposals": found.proposals, "candidates": found.candidates}
    layers |= {"proposal_homes": found.homes, "proposal_ways": found.ways}
    assert proposals.gathered(scene.summary, layers, "en").proposals.equals(found.proposals)
    for name in ("proposals", "ground"):
        short = {key: one for key, one in layers.items() if key != name}
        with pytest.raises(InputError, match=f"no layer '{name}'"):
            proposals.gathered(scene.summary, short, "en")
    narrow = {**layers, "proposal_ways": found.ways.drop(columns="walk_m")}
    with pytest.raises(InputError, match="proposal_ways: has no column 'walk_m'"):
        proposals.gathered(scene.summary, narrow, "en")
    bare = {**layers, "homes": scene.homes.drop(columns=f"{ID}_m_1")}
    with pytest.raises(InputError, match="homes: has no column 'bus_stop_500m_m_1'"):
        proposals.page(proposals.gathered(scene.summary, bare, "en"))


def test_names_that_try_to_break_a_page_are_text(proposed: Maker, hostile: tuple[str, ...]) -> None:
    page = seen(proposals.page(proposed("links", "en", names=list(hostile))))
    assert "<img" not in page
    assert "<svg onload" not in page
    assert ">49<" not in page


def test_every_question_has_words() -> None:
    assert [one for one in QUESTIONS if f"method_{one}" not in TABLE] == []


@pytest.mark.browser
def test_list_and_map_are_linked(proposed: Maker, opened: Browsed) -> None:
    found = proposed("most", "en")
    page = opened(proposals.page(found))
    page.page.emulate_media(reduced_motion="reduce")
    strong, paler = (0, 114, 178), (134, 180, 212)
    assert pixels_of(page, paler) == 0
    row = page.page.locator('[data-numbered="0"]')
    row.click()
    assert "1 · New bus stop" in page.card()
    assert "321 m" in page.card()
    assert row.get_attribute("aria-current") == "true"
    assert pixels_of(page, strong) > 500, "the homes it gains"
    assert pixels_of(page, paler) > 0, "the homes gained by the other"
    page.page.keyboard.press("Escape")
    assert pixels_of(page, paler) == 0
    badge = """() => {
        const { map, page } = lifecircle;
        const { px, py } = page.numbered.badges.find(({ row }) => row === 1);
        const at = map.layerPointToContainerPoint([px, py]);
        const frame = map.getContainer().getBoundingClientRect();
        return [frame.left + at.x, frame.top + at.y];
    }"""
    page.page.mouse.click(*page.run(badge))
    assert found.scene.summary["proposals"][1]["name"] in page.card()
    assert page.page.locator('[data-numbered="1"]').get_attribute("aria-current") == "true"
    page.complaints.clear()  # the browser remarks that pixels were read back


@pytest.mark.browser
def test_every_row_of_the_legend_hides_and_shows(proposed: Maker, opened: Browsed) -> None:
    page = opened(proposals.page(proposed("most", "en")))
    colours = {"gained": (0, 114, 178), "unservable": (230, 159, 0)}
    page.page.locator('#legend label:has([data-layer="ways"])').click()
    for layer, colour in colours.items():
        row = page.page.locator(f'#legend label:has([data-layer="{layer}"])')
        before = pixels_of(page, colour)
        row.click()
        assert pixels_of(page, colour) < before / 4, layer
        row.click()
        assert pixels_of(page, colour) == before > 50, layer
    page.complaints.clear()  # the browser remarks that pixels were read back


@pytest.mark.browser
def test_a_home_that_cannot_be_served_says_why(proposed: Maker, opened: Browsed) -> None:
    found = proposed("most", "zh")
    homes = found.scene.homes
    left = (homes["unservable"] == "too_far") & (homes[f"{ID}_m_1"] > 500)
    home = int(left.idxmax())
    page = opened(proposals.page(found))
    page.run("(home) => lifecircle.page.openHome(home)", home)
    assert "无法覆盖" in page.card()
    assert "直线距离已超出" in page.card()


@pytest.mark.browser
def test_hostile_names_are_shown_and_never_run(
    proposed: Maker, hostile: tuple[str, ...], opened: Browsed
) -> None:
    found = proposed("links", "en", names=list(hostile))
    page = opened(proposals.page(found))
    for row in (0, 1):
        page.run("(row) => lifecircle.page.openNumbered(row)", row)
        shown = page.run("() => document.querySelector('#card .facts').textContent")
        assert found.scene.summary["proposals"][row]["street"] in shown
    assert page.run("() => document.querySelectorAll('img, svg[onload]').length") == 0
    assert page.run("() => window.hacked") is None


@pytest.mark.browser
def test_text_can_be_read_and_targets_be_hit(proposed: Maker, opened: Browsed) -> None:
    page = opened(proposals.page(proposed("most", "en")))
    page.run("() => document.querySelectorAll('details').forEach((one) => (one.open = true))")
    for act in ("openNumbered(1)", "openHome(4)"):
        page.run(f"() => lifecircle.page.{act}")
        assert page.run(PALE_TEXT) == []
        assert page.run(SMALL_TARGETS) == []


@pytest.mark.browser
def test_the_keyboard_reaches_every_proposal(proposed: Maker, opened: Browsed) -> None:
    page = opened(proposals.page(proposed("most", "en")))
    for _ in range(30):
        page.page.keyboard.press("Tab")
        if page.run("() => document.activeElement.dataset.numbered") == "1":
            break
    page.page.keyboard.press("Enter")
    assert "2 · " in page.card()


@pytest.mark.browser
def test_on_a_phone_nothing_is_wider_than_the_screen(proposed: Maker, opened: Browsed) -> None:
    page = opened(proposals.page(proposed("links", "zh")), (390, 844))
    assert page.run("() => document.documentElement.scrollWidth") <= 390
