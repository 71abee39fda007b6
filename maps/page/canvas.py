"""The empty map: Folium's, with Leaflet and our programme carried inside, asking nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import folium
from folium.elements import JSCSSMixin
from folium.template import Template

from maps.page import vendored
from maps.page.frame import Page, Verbatim
from maps.page.markup import tag
from maps.style import css_variables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from branca.element import Figure

    from maps.page.basemap import Base
    from maps.page.markup import Html
    from maps.scene import Scene
    from maps.words import Language

_READING = ("unpack.js", "words.js")
_DRAWING = (
    *("places.js", "chunks.js", "specks.js", "sheet.js", "marks.js", "names.js"),
    *("homes.js", "symbols.js", "gaps.js"),
)
_TALKING = ("card.js", "legend.js", "controls.js", "town.js", "datum.js", "arrive.js")
_TOOLS = (
    *("tools.js", "geodesy.js", "measuring.js", "screen.js", "printing.js"),
    *("folding.js", "search.js"),
)
_STYLES = ("frame.css", "panel.css", "legend.css", "card.css", "tools.css", "print.css")


class Carried(JSCSSMixin):
    """Folium's mix-in for scripts and styles, but with the files themselves in the page.

    Parameters
    ----------
    files
        Names of ours in ``maps/assets``, in the order in which they are to be read.
    """

    def __init__(self, *files: str) -> None:
        """Keep the names."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "carried"
        self.files = files

    def render(self, **kwargs: object) -> str:
        """Put each file into the header, once; nothing is left to write in its own place."""
        header = cast("Figure", self.get_root()).header
        for name in self.files:
            kind = "style" if name.endswith(".css") else "script"
            header.add_child(Verbatim(f"<{kind}>{vendored.own(name)}</{kind}>"), name=name)
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        return ""


class EmptyMap(folium.Map):
    """A Folium map that asks nobody for scripts, styles or images; for tiles only if it is told to.

    Parameters
    ----------
    overlay
        What stands on the map beside its drawings: legend, card, source line.
    programme
        The files in ``maps/assets`` that only this kind of page has: its script, and others.
    base
        The base map, if the page has one.
    """

    default_js = [one for one in folium.Map.default_js if one[0] == "leaflet"]  # noqa: RUF012
    default_css = [one for one in folium.Map.default_css if one[0] == "leaflet_css"]  # noqa: RUF012

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "lifecircle.open(L.map({{ this.get_name()|tojson }}, {{ this.options|tojavascript }}));"
        "{% endmacro %}"
    )

    def __init__(self, overlay: Html, *programme: str, base: Base | None = None) -> None:
        """Make the map, and take aboard what it needs."""
        super().__init__(
            location=[0, 0],
            tiles=None,
            zoom_control=False,
            attribution_control=False,
            zoom_snap=0.25 if base is None else 1,  # tiles are sharp at whole zooms only
            min_zoom=9,
            max_zoom=20,
            base=base.for_script() if base else None,
        )
        self._id = "town"
        self.overlay = overlay
        self.add_child(Carried(*_STYLES))
        self.add_child(Carried(*_READING, *_DRAWING, *_TALKING, *_TOOLS, *programme, "open.js"))
        if base is not None:
            self.add_child(Carried("basemap.js"))

    def render(self, **kwargs: object) -> str:
        """Put Leaflet and the stage into the page, then render as Folium does."""
        figure = cast("Figure", self.get_root())
        figure.header.add_child(Verbatim(f"<style>{css_variables()}</style>"), name="colours")
        ground = tag("div", id=self.get_name(), class_="folium-map", tabindex="0")
        stage = tag("section", ground, self.overlay, class_="stage")
        figure.html.add_child(Verbatim(stage), name="stage")
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        return ""


def map_page(
    scene: Scene, title: Mapping[Language, str], beside: Html, overlay: Html, *programme: str
) -> str:
    """Put a page together: what stands beside the map, the map, and what stands on it.

    `beside` and `overlay` are written in both languages (`maps.page.bilingual.in_both`).

    Raises
    ------
    LawError
        If the page would load anything from outside.
    """
    titles = {language: f"{one} · {scene.place}" for language, one in title.items()}
    page = Page(titles, scene.language, "town", scene.frame.hosts)
    page.html.add_child(Verbatim(beside), name="words")
    EmptyMap(overlay, *programme, base=scene.frame.base).add_to(page)
    return page.render()
