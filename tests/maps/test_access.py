"""Every kind of page by eye, by finger, by keyboard and by ear."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.maps.browsing import PALE_TEXT, SMALL_TARGETS, Opened
from tests.maps.kinds import KINDS, busy

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser

NAMELESS = """() => [...document.querySelectorAll("button, a[href], input, select, [role]")]
    .filter((one) => one.getClientRects().length && !one.closest("[aria-hidden]"))
    .filter((one) => !(one.getAttribute("aria-label") || one.textContent.trim() || one.title
        || (one.labels && one.labels.length) || one.getAttribute("aria-labelledby")))
    .map((one) => one.outerHTML.slice(0, 90))"""

UNSEEN_FOCUS = """() => {
    const one = document.activeElement, look = getComputedStyle(one);
    const around = one.closest("label, .search") || one;
    const seen = [look, getComputedStyle(around)].some((each) =>
        each.outlineStyle !== "none" && parseFloat(each.outlineWidth) > 0);
    return one === document.body || seen ? null : one.outerHTML.slice(0, 90);
}"""


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
@pytest.mark.parametrize("kind", KINDS)
def test_all_can_be_read_hit_and_named(
    written: Callable[..., str],
    opened: Callable[..., Opened],
    kind: str,
    size: tuple[int, int],
) -> None:
    page = opened(written(kind, "en"), size)
    busy(page, kind)
    assert page.run(PALE_TEXT) == []
    assert page.run(SMALL_TARGETS) == []
    assert page.run(NAMELESS) == []
    assert page.run("() => document.documentElement.scrollWidth") <= size[0]
    assert page.run("() => document.querySelectorAll('main, [role=main]').length") == 1
    assert page.run("() => document.querySelectorAll('h1').length") == 1
    twice = """() => {
        const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
        return ids.filter((id, at) => ids.indexOf(id) !== at);
    }"""
    assert page.run(twice) == []


@pytest.mark.parametrize("kind", KINDS)
def test_where_the_keyboard_is_can_be_seen(
    written: Callable[..., str], opened: Callable[..., Opened], kind: str
) -> None:
    page = opened(written(kind, "zh"))
    for _ in range(30):
        page.page.keyboard.press("Tab")
        assert page.run(UNSEEN_FOCUS) is None
