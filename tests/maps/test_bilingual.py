"""Both languages in every page: one press changes all that is said, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from maps import coverage, index
from maps.lexicon import TABLE
from maps.page import bilingual
from maps.page.markup import tag
from tests.maps.browsing import Opened, click_home
from tests.maps.kinds import KINDS, LINKS, busy

if TYPE_CHECKING:
    from collections.abc import Callable

    Maker = Callable[..., Any]

browser = pytest.mark.browser

ID = "bus_stop_500m"
OTHER = {"zh": "en", "en": "zh"}
OF_OTHERS = {"zh": re.compile(r"[A-Za-z]{2,}"), "en": re.compile("[\u3000-\u9fff\uff00-\uffef]")}
"""What a page of a language may only hold in names."""

AS_THEY_ARE = re.compile(
    r"lifecircle (\d[\d.]*|compare)|GB 50180-2018|OpenStreetMap|ODbL|QGIS|PDF|CSV|Esc|Ctrl|Delete"
)

TOLD = """() => {
    const told = [document.title];
    const said = ["title", "aria-label", "aria-valuetext", "alt", "placeholder"];
    const skipped = "bdi, script, style, template, title, noscript, [lang]:not(html)";
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ALL);
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
        const at = node.nodeType === 1 ? node : node.parentElement;
        if (at.closest(skipped)) continue;
        if (node.nodeType === 3) told.push(node.data);
        if (node.nodeType === 1) told.push(...said.map((name) => node.getAttribute(name) || ""));
    }
    return told.filter((one) => one.trim());
}"""


def switch(page: Opened) -> None:
    """Press the button."""
    page.page.locator("button.language").click()


def misplaced(page: Opened, language: str) -> list[str]:
    """What a page that speaks a language says in the other one."""
    place = re.escape(page.run("() => document.querySelector('.place bdi, h1 bdi').textContent"))
    told = [re.sub(place, "", AS_THEY_ARE.sub("", one)) for one in page.run(TOLD)]
    return [one for one in told if OF_OTHERS[language].search(one)]


@browser
@pytest.mark.parametrize(
    ("language", "kind"), [*(("zh", kind) for kind in KINDS), ("en", "coverage"), ("en", "index")]
)
def test_one_press_changes_all_that_is_said(
    written: Callable[..., str], opened: Callable[..., Opened], kind: str, language: str
) -> None:
    page = opened(written(kind, language))
    busy(page, kind)
    page.run("() => document.querySelector('button.language').focus()")
    assert misplaced(page, language) == []
    whole = "() => document.documentElement.outerHTML"
    before, said = page.run(whole), page.run(TOLD)
    switch(page)
    assert page.run("() => document.documentElement.lang").startswith(OTHER[language])
    assert misplaced(page, OTHER[language]) == []
    assert page.run(TOLD) != said
    assert page.page.url.endswith(f"#{OTHER[language]}")
    switch(page)
    assert page.run(whole) == before
    assert "#" not in page.page.url


@browser
@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_make_the_same_page(
    written: Callable[..., str], opened: Callable[..., Opened], kind: str
) -> None:
    """And with the same elements: else buttons would be exchanged whole, and lose what they do."""
    one, other = (opened(written(kind, language)) for language in ("zh", "en"))
    kept = one.run(
        """() => {
            const held = [...document.body.querySelectorAll("button, input, summary, a")];
            lifecircle.speak("en");
            const lost = held.filter((one) => !one.isConnected).map((one) => one.outerHTML);
            lifecircle.speak("zh");
            return lost;
        }"""
    )
    assert kept == []
    for page in (one, other):
        busy(page, kind)
    switch(one)
    assert one.run(TOLD) == other.run(TOLD)


@browser
def test_the_readers_work_stays(made: Maker, opened: Callable[..., Opened]) -> None:
    page = opened(coverage.page(made("zh"), ID))
    page.page.locator('#legend label:has([data-layer="streets"])').click()
    click_home(page, 100)
    state = """() => {
        const { lat, lng } = lifecircle.map.getCenter();
        const on = document.querySelector('[data-layer="streets"]').checked;
        return [lat, lng, lifecircle.map.getZoom(), on, document.querySelector("#card").hidden];
    }"""
    before, card = page.run(state), page.card()
    switch(page)
    assert page.run(state) == before
    assert "m on foot" in page.card()
    assert card != page.card()


@browser
def test_a_link_carries_the_choice(
    made: Maker, opened: Callable[..., Opened], tmp_path: Any
) -> None:
    scene = made("zh")
    (tmp_path / f"{ID}.html").write_text(coverage.page(scene, ID), encoding="utf-8")
    page = opened(index.page(scene, LINKS))
    switch(page)
    page.page.locator(f'a[href^="{ID}"]').first.click()
    page.page.wait_for_function("() => window.lifecircle && lifecircle.ready")
    assert page.run("() => document.documentElement.lang") == "en"
    assert page.page.locator("h1").inner_text() == "Bus stop within 500 m"
    assert misplaced(page, "en") == []


def test_the_other_language_waits_behind() -> None:
    both = bilingual.in_both("zh", lambda words: tag("p", words.say("target")))
    assert both == '<p>目标</p><template class="other"><p>Target</p></template>'


def test_the_page_takes_along_what_its_programme_says_and_little_else() -> None:
    words = bilingual.for_script()
    assert {"metres", "served", "card_close", "kind_crossing", "homes_one"} <= set(words["zh"])
    assert "method_walk" not in words["zh"]
    assert words["zh"].keys() == words["en"].keys()
    assert len(words["en"]) < len(TABLE) / 2
