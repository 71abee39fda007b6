"""The report as one HTML page: pictures inside, nothing loaded, made to be printed on A4."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from maps.page.bilingual import TAGS
from maps.page.markup import Html, name, tag, together
from maps.page.sealed import check_sealed, policy
from maps.page.vendored import own
from maps.report.document import Figure, Heading, Paragraph, Points, Table, unbroken
from maps.words import Words

if TYPE_CHECKING:
    from maps.report.document import Block, Cell, Column, Document, Sign
    from maps.report.gallery import Gallery
    from maps.report.pictured import Picture

_MANY_ROWS = 12


def page(document: Document, gallery: Gallery) -> str:
    """Put the document on a page.

    Raises
    ------
    LawError
        If the page would load anything from outside.
    """
    words = Words(document.language)
    parts = [_block(words, gallery, block) for block in document.blocks]
    body = together(_title_page(words, document), _contents(words, document), tag("main", *parts))
    title = f"{document.place} · {document.title}"
    head = (
        tag("meta", charset="utf-8"),
        policy(""),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("link", rel="icon", href="data:,"),
        tag("title", title),
        Html(f"<style>{own('report.css')}{_running(document)}</style>"),
    )
    whole = tag(
        "html",
        tag("head", *head),
        tag("body", body, class_="report"),
        lang=TAGS[document.language],
    )
    html = f"<!DOCTYPE html>\n{whole}\n"
    check_sealed(html)
    return html


def _running(document: Document) -> str:
    """Give the rule that numbers printed pages."""
    around = ("第 ", " 页") if document.language == "zh" else ("", "")
    before, after = around
    return f'@page{{@bottom-center{{content:"{before}" counter(page) "{after}"}}}}'


def _title_page(words: Words, document: Document) -> Html:
    """Write the title page."""
    facts = (
        tag("tr", tag("th", label, scope="row"), tag("td", _name(text)))
        for label, text in document.facts
    )
    return tag(
        "header",
        tag("p", words.say("report_kind"), class_="kind"),
        tag("p", _name(document.place), class_="place"),
        tag("h1", document.title),
        tag("p", _name(document.subtitle), class_="subtitle"),
        tag("table", tag("tbody", *facts), class_="facts"),
        class_="title-page",
    )


def _contents(words: Words, document: Document) -> Html:
    """Write the table of contents, with links."""
    items = (
        tag(
            "li",
            tag("a", f"{one.number}  ", _name(one.text), href=f"#{one.anchor}"),
            class_=f"level-{one.level}",
        )
        for one in document.headings
    )
    heading = tag("h2", words.say("report_contents"))
    return tag("nav", heading, tag("ol", *items), class_="contents")


def _block(words: Words, gallery: Gallery, block: Block) -> Html:
    """Write one block."""
    if isinstance(block, Heading):
        numbered = tag("span", block.number, class_="number")
        return tag(f"h{block.level + 1}", numbered, Html(" "), _name(block.text), id=block.anchor)
    if isinstance(block, Paragraph):
        return tag("p", _name(block.text), class_=block.manner)
    if isinstance(block, Points):
        items = (tag("li", _name(item)) for item in block.items)
        return tag("ol" if block.numbered else "ul", *items)
    if isinstance(block, Table):
        return _table(words, gallery, block)
    return _figure(words, gallery, block)


def _table(words: Words, gallery: Gallery, table: Table) -> Html:
    """Write a table; a chart has its caption beneath, as figures have."""
    kind = "report_figure" if table.signs else "report_table"
    caption = _caption(words, kind, table.number, table.caption)
    total = sum(column.width for column in table.columns)
    widths = (tag("col", style=f"width:{100 * one.width / total:.1f}%") for one in table.columns)
    heads = (
        tag("th", _head(gallery, one), scope="col", class_="figure" if n else None)
        for one, n in zip(table.columns, table.numeric, strict=True)
    )
    numeric = table.numeric
    rows = (
        tag("tr", *(_cell(gallery, cell, numeric=n) for cell, n in zip(row, numeric, strict=True)))
        for row in table.rows
    )
    body = tag(
        "table",
        tag("colgroup", *widths),
        tag("thead", tag("tr", *heads)),
        tag("tbody", *rows),
    )
    note = tag("p", _name(table.note), class_="note") if table.note else Html()
    below = together(_legend(gallery, table.signs), caption) if table.signs else note
    above = Html() if table.signs else caption
    return tag("figure", above, body, below, class_="chart" if table.signs else _size(table))


def _name(text: str) -> Html:
    """Write a text that neither turns the direction of what is around it nor breaks in a figure."""
    return name(unbroken(text))


def _size(table: Table) -> str:
    """Give a table's class: a short one is never broken over pages."""
    return "table" if len(table.rows) > _MANY_ROWS else "table short"


def _caption(words: Words, kind: str, number: str, text: str) -> Html:
    numbered = tag("b", f"{words.say(kind)} {number}")
    return tag("figcaption", numbered, Html(" "), _name(text))


def _head(gallery: Gallery, column: Column) -> Html:
    """Write a heading, or the picture that stands for it."""
    if column.picture is None:
        return tag("span", column.title)
    return _image(gallery, column.picture, column.title)


def _cell(gallery: Gallery, cell: Cell, *, numeric: bool) -> Html:
    """Write one cell; those of a column of numbers are flush right."""
    inside = _name(cell.shown)
    if cell.picture is not None:
        inside = _image(gallery, cell.picture, cell.shown)
    elif cell.tone == "code":
        inside = tag("code", cell.shown)
    classes = ["figure"] if numeric else []
    if cell.tone and cell.tone != "code":
        classes.append(cell.tone)
    return tag("td", inside, class_=" ".join(classes) or None)


def _image(gallery: Gallery, picture: Picture, alt: str) -> Html:
    """Write a picture, carried inside the page."""
    drawn = gallery.draw(picture)
    source = "data:image/png;base64," + base64.b64encode(drawn.png).decode()
    size = f"width:{drawn.width_cm:.2f}cm;aspect-ratio:{drawn.width_cm / drawn.height_cm:.4f}"
    return tag("img", src=source, alt=alt, style=size)


def _figure(words: Words, gallery: Gallery, figure: Figure) -> Html:
    """Write a picture with its legend, its source and its caption."""
    return tag(
        "figure",
        _image(gallery, figure.picture, figure.alt),
        _legend(gallery, figure.legend),
        tag("p", _name(figure.source), class_="source") if figure.source else Html(),
        _caption(words, "report_figure", figure.number, figure.caption),
        class_="picture",
    )


def _legend(gallery: Gallery, signs: tuple[Sign, ...]) -> Html:
    """Write a legend."""
    items = (tag("li", _image(gallery, one.picture, ""), _name(one.text)) for one in signs)
    return tag("ul", *items, class_="signs") if signs else Html()
