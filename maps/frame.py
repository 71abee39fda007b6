"""The frame of every page: one HTML document, in one language, sealed."""

from __future__ import annotations

from branca.element import Element, Figure

from maps.markup import Html, tag
from maps.sealed import check_sealed, policy


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
    """A Folium figure that renders to one self-contained document."""

    def __init__(self, title: str, language: str, css_class: str) -> None:
        """Begin a page; `css_class` tells the style sheets which kind it is."""
        super().__init__(title=title)
        self.language, self.css_class = language, css_class

    def render(self, **kwargs: object) -> str:
        """Write the document.

        Raises
        ------
        LawError
            If anything in it would be loaded from outside.
        """
        for child in self._children.values():
            child.render(**kwargs)
        inside = self.header.render(**kwargs)
        script = self.script.render(**kwargs).strip()
        body = self.html.render(**kwargs) + (f"<script>{script}</script>" if script else "")
        head = (
            tag("meta", charset="utf-8"),
            policy(inside + body),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("link", rel="icon", href="data:,"),
            tag("title", self.title or ""),
            Html(inside),
        )
        document = tag(
            "html",
            tag("head", *head),
            tag("body", Html(body), class_=self.css_class),
            lang={"zh": "zh-CN"}.get(self.language, self.language),
        )
        html = f"<!DOCTYPE html>\n{document}\n"
        check_sealed(html)
        return html
