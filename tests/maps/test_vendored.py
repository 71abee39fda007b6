"""Every address Folium would load from is a packed file, or is not loaded: else no page is made."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
import pytest
from folium.elements import JSCSSMixin
from folium.plugins import MeasureControl

import maps
from maps import coverage
from maps.page import vendored
from maps.page.canvas import Carried, EmptyMap
from maps.page.frame import Page
from maps.page.markup import Html
from spatial.errors import LawError

if TYPE_CHECKING:
    from collections.abc import Callable

    from maps.scene import Scene

TITLES: Any = {"zh": "图", "en": "Map"}


def folium_classes() -> set[type]:
    """The classes of Folium and Branca that our sources name, found by reading them."""
    found: set[type] = set()
    for path in Path(maps.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("folium"):
                module = import_module(node.module or "")
                found |= {getattr(module, alias.name) for alias in node.names}
            named = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
            if named and node.value.id == "folium":  # type: ignore[union-attr]
                found.add(getattr(folium, node.attr))  # type: ignore[union-attr]
    return {one for one in found if isinstance(one, type)}


def addresses(of: type) -> set[str]:
    """What a class loads from."""
    links = [*getattr(of, "default_js", ()), *getattr(of, "default_css", ())]
    return {url for _, url in links}


def test_the_reading_finds_the_map() -> None:
    assert {folium.Map, JSCSSMixin} <= folium_classes()
    assert len(addresses(folium.Map)) > 5


@pytest.mark.parametrize("of", sorted(folium_classes(), key=str), ids=lambda of: of.__name__)
def test_each_address_is_packed_or_not_loaded_at_all(of: type, made: Callable[..., Scene]) -> None:
    page = coverage.page(made("en"), "bus_stop_500m")
    ours = addresses(EmptyMap) | addresses(Carried)
    for url in addresses(of):
        assert url in vendored.PACKED or url not in ours
        assert url not in page
    assert ours <= set(vendored.PACKED)


def test_what_is_packed_has_its_licence_and_asks_for_nothing() -> None:
    for url, give in vendored.PACKED.items():
        assert "sourceMappingURL" not in give()
        assert not re.search(r"url\((?!data:)", give()) or url.endswith(".js")
    assert "Redistribution and use" in vendored.leaflet_js()


def with_child(child: folium.Element) -> Page:
    """A page whose map has one more element."""
    page, town = Page(TITLES, "en", "town"), EmptyMap(Html())
    town.add_to(page)
    child.add_to(town)
    return page


@pytest.mark.parametrize("part", ["default_js", "default_css"])
def test_a_plug_in_that_is_not_packed_is_refused_when_the_page_is_made(part: str) -> None:
    url = dict(getattr(MeasureControl, part)).popitem()[1]
    plug_in = MeasureControl()
    other = "default_css" if part == "default_js" else "default_js"
    setattr(plug_in, other, [])
    with pytest.raises(LawError, match=re.escape(url)):
        with_child(plug_in).render()


def test_a_plug_in_whose_files_are_packed_is_inlined() -> None:
    class Known(JSCSSMixin):
        default_js = [("again", next(url for url in vendored.PACKED if url.endswith(".js")))]  # noqa: RUF012

    html = with_child(Known()).render()  # type: ignore[no-untyped-call]
    assert html.count('version="1.9.4"') == 2
    assert "<script src" not in html
