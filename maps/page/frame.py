"""The frame of every page: one HTML document, sealed, that speaks both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branca.element import CssLink, Element, Figure, Link

from maps.page.bilingual import TAGS, in_both
from maps.page.markup import Html, tag
from maps.page.sealed import check_sealed, policy
from maps.page.vendored import own, packed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maps.words import Language


class Verbatim(Element):
    """Text that stands in the page as it is.

    Branca reads what other elements render once more as a template, so braces in a name would be
    executed there. This one is never read again.
    """

    def __init__(self, content: str) -> None:
        """Keep the content."""
        super().__init__()
        self._name = "verbatim"
        self.content = content

    def render(self, **_: object) -> str:
        """Give the content, untouched."""
        return self.content


class Page(Figure):
    """A Folium figure that renders to one self-contained document.

    Parameters
    ----------
    title
        The title in both languages.
    language
        The one it opens in.
    css_class
        Tells the style sheets which kind of page it is.
    images
        The hosts of a base map, from which images may come; none else are asked for anything.
    """

    def __init__(
        self,
        title: Mapping[Language, str],
        language: Language,
        css_class: str,
        images: Sequence[str] = (),
    ) -> None:
        """Begin a page."""
        super().__init__(title=title[language])
        self.titles, self.language, self.css_class = title, language, css_class
        self.images = images
        self.header.add_child(Verbatim(f"<script>{own('language.js')}</script>"), name="language")

    def render(self, **kwargs: object) -> str:
        """Write the document.

        Raises
        ------
        LawError
            If anything in it would be loaded from outside.
        """
        for child in self._children.values():
            child.render(**kwargs)
        self._pack_links()
        inside = self.header.render(**kwargs)
        script = self.script.render(**kwargs).strip()
        body = self.html.render(**kwargs) + (f"<script>{script}</script>" if script else "")
        head = (
            tag("meta", charset="utf-8"),
            policy(inside + body, self.images),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("link", rel="icon", href="data:,"),
            in_both(self.language, lambda words: tag("title", self.titles[words.language])),
            Html(inside),
        )
        document = tag(
            "html",
            tag("head", *head),
            tag("body", Html(body), class_=self.css_class),
            lang=TAGS[self.language],
        )
        html = f"<!DOCTYPE html>\n{document}\n"
        check_sealed(html)
        return html

    def _pack_links(self) -> None:
        """Put the packed file in the place of every link that Folium's elements have added."""
        for name, child in list(self.header._children.items()):  # noqa: SLF001 - branca has no other way
            if isinstance(child, Link):
                kind = "style" if isinstance(child, CssLink) else "script"
                content = Verbatim(f"<{kind}>{packed(child.url)}</{kind}>")
                self.header.add_child(content, name=name)
