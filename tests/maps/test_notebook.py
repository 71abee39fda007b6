"""Results shown in a notebook: whole, shut in, and with no request."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from maps import coverage, notebook
from maps.words import Words
from tests.maps.browsing import READY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

NASTY = "\"><script>alert(1)</script>{{ 7*7 }}' onload='x"


@pytest.fixture
def page_in_a_notebook(browser: Browser) -> Iterator[Page]:
    """A page as a notebook is, offline; afterwards nothing was asked for or complained of."""
    context = browser.new_context(viewport={"width": 1200, "height": 900}, offline=True)
    page = context.new_page()
    said: list[str] = []
    page.on("request", lambda one: said.append(one.url) if one.url.startswith("http") else None)
    page.on("console", lambda one: said.append(one.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []


@pytest.mark.browser
@pytest.mark.parametrize("hidden", [False, True])
def test_a_map_opens_in_its_frame_even_where_it_was_hidden(
    page_in_a_notebook: Page, made: Callable[..., Any], tmp_path: Path, *, hidden: bool
) -> None:
    frame = notebook.framed(coverage.page(made(), "bus_stop_500m", index=None), NASTY)
    look = "display:none" if hidden else ""
    file = tmp_path / "notebook.html"
    file.write_text(f'<!DOCTYPE html><div id="out" style="{look}">{frame}</div>', "utf-8")
    page = page_in_a_notebook
    page.goto(file.as_uri())
    if hidden:
        page.wait_for_timeout(300)
        page.evaluate("document.getElementById('out').style.display = 'block'")
    inside = page.frames[1]
    inside.wait_for_function(READY, timeout=10_000)
    assert inside.evaluate("window.lifecircle.map.getZoom()") > 5
    assert inside.evaluate("window.origin") == "null"
    assert page.evaluate("document.querySelector('iframe').title") == NASTY


def test_a_frame_holds_the_page_and_nothing_breaks_out() -> None:
    html = f"<p>{NASTY}</p>"
    frame = notebook.framed(html, NASTY)
    assert "<script>" not in frame
    inside = frame.split('srcdoc="')[1].split('"')[0]
    assert unescape(inside) == html
    assert "allow-same-origin" not in frame


@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_in_the_table_are_text(language: Any) -> None:
    figures = {
        "place": NASTY, "unit": "homes", "data": {"credit": NASTY},
        "scenarios": [{"name": NASTY, "standards": {"x": {
            "zh": NASTY, "en": NASTY, "gained": 1, "lost": 0,
            "before": {"share": 0.5}, "after": {"share": None}}}}],
    }  # fmt: skip
    html = notebook.answer(figures, Words(language), notebook.Html())
    assert "<script>" not in html
    assert "50.0 %" in html
    assert ("无数据" if language == "zh" else "no data") in html
