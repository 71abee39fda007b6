"""Reading reports back: what stands in the tables of a Word file or a page, cell by cell."""

from __future__ import annotations

import io
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import docx

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document as WordDocument

    from maps.report.document import Document

Rows = list[list[str]]


def plain(text: str) -> str:
    """A text without what only keeps it together."""
    return " ".join(text.replace("\u00a0", " ").split())


def of_document(document: Document) -> list[Rows]:
    """The tables of the document itself; pictures read as nothing."""
    return [
        [
            ["" if one.picture else plain(one.title) for one in table.columns],
            *([("" if cell.picture else plain(cell.shown)) for cell in row] for row in table.rows),
        ]
        for table in document.tables
    ]


def reopened(word: WordDocument) -> WordDocument:
    """The document as somebody else opens it."""
    content = io.BytesIO()
    word.save(content)
    content.seek(0)
    return docx.Document(content)


def opened(path: Path) -> WordDocument:
    """A Word file."""
    return docx.Document(str(path))


def of_word(word: WordDocument) -> list[Rows]:
    """The tables of a Word file but the title page's and the legends."""
    tables = [[[plain(cell.text) for cell in row.cells] for row in one.rows] for one in word.tables]
    described = [one._tbl.tblPr.find(docx.oxml.ns.qn("w:tblCaption")) for one in word.tables]  # noqa: SLF001
    return [table for table, named in zip(tables, described, strict=True) if named is not None]


def of_page(html: str) -> list[Rows]:
    """The tables of a page but the title page's."""
    reader = _Tables()
    reader.feed(html)
    return reader.tables[1:]


class _Tables(HTMLParser):
    """Collects the text of table cells."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Rows] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._inside = False
            self.tables[-1][-1][-1] = plain(self.tables[-1][-1][-1])

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.tables[-1][-1][-1] += data
