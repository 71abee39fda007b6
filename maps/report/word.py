"""The report as a Word document: styles, contents, captions, page numbers, pictures with words."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, RGBColor

from maps.page.markup import printable
from maps.report import ooxml
from maps.report.document import Figure, Heading, Paragraph, Points, Table, unbroken
from maps.report.pictured import PAGE_CM
from maps.report.styles import CAPTION, CODE, NOTE, SMALL, prepare
from maps.words import Words

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table as Grid
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as WordParagraph
    from docx.text.run import Run

    from maps.report.document import Block, Cell, Document, Sign
    from maps.report.gallery import Gallery
    from maps.report.pictured import Picture

_COLOURS = {"good": RGBColor(0x00, 0x56, 0x3F), "bad": RGBColor(0xA3, 0x3E, 0x00)}
_SIGNS_IN_A_ROW = 3
_UNWRITABLE = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
_MANY_ROWS = 12
"""A table of no more rows is kept on one page."""


def written(document: Document, gallery: Gallery) -> WordDocument:
    """Put the document into Word's form; the caller saves it."""
    return _Writer(document, gallery).written()


def clean(text: str) -> str:
    """Keep what XML may hold: a name from the data may hold anything.

    Examples
    --------
    >>> clean("a" + chr(0) + "b" + chr(0xFFFF)) == "a" + chr(0xFFFD) + "b" + chr(0xFFFD)
    True
    """
    return unbroken(printable(text).translate(_UNWRITABLE))


class _Writer:
    """Writes one document; pictures are numbered as they come."""

    def __init__(self, document: Document, gallery: Gallery) -> None:
        self.document, self.gallery = document, gallery
        self.words = Words(document.language)
        self.word: WordDocument = docx.Document()
        self.bookmarks, self.small = 0, ""

    def written(self) -> WordDocument:
        """Write everything."""
        document, word = self.document, self.word
        prepare(word, document.language)
        self.small = word.styles[SMALL].style_id
        word.core_properties.title = clean(f"{document.place} {document.title}")[:255]
        word.core_properties.subject = clean(document.subtitle)[:255]
        word.core_properties.author = "lifecircle"
        word.core_properties.language = {"zh": "zh-CN", "en": "en-US"}[document.language]
        self._title_page()
        self._contents()
        for block in document.blocks:
            self._block(block)
        header = word.sections[0].header.paragraphs[0]
        header.text = clean(f"{document.place[:40]}  {document.title}")
        ooxml.page_number(word.sections[0].footer.paragraphs[0], self.words.entry("report_page"))
        return word

    def _title_page(self) -> None:
        """Write place, title, what is measured, and the facts."""
        document, word = self.document, self.word
        for text, style in (
            (self.words.say("report_kind"), "Report Kind"),
            (document.place, "Report Place"),
            (document.title, "Title"),
            (document.subtitle, "Subtitle"),
        ):
            word.add_paragraph(clean(text), style)
        table = word.add_table(len(document.facts), 2)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        ooxml.rule(table)
        for row, (label, text) in zip(table.rows, document.facts, strict=True):
            self._put(row.cells[0], label, bold=True)
            self._put(row.cells[1], text)
        ooxml.columns(table, (4.6, 9.4))

    def _contents(self) -> None:
        """Write the table of contents: a field that Word fills, filled already but for pages."""
        heading = self.word.add_paragraph(self.words.say("report_contents"), "TOC Heading")
        heading.paragraph_format.page_break_before = True
        lines = []
        for one in self.document.headings:
            line = self.word.add_paragraph(style=f"TOC {one.level}")
            ooxml.contents_line(line, clean(f"{one.number}  {one.text}"), one.anchor)
            lines.append(line)
        if lines:
            ooxml.contents_field(lines[0], lines[-1])

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Paragraph):
            style = NOTE if block.manner == "note" else "Body Text"
            line = self.word.add_paragraph(clean(block.text), style)
            line.paragraph_format.keep_with_next = block.manner == "lead" or None
        elif isinstance(block, Points):
            style = "List Number" if block.numbered else "List Bullet"
            for number, item in enumerate(block.items):
                line = self.word.add_paragraph(clean(item), style)
                if block.numbered and number == 0:
                    ooxml.restart_numbers(self.word, line)
                elif block.numbered:
                    ooxml.go_on_numbering(self.word, line)
        elif isinstance(block, Table):
            self._table(block)
        else:
            self._figure(block)

    def _heading(self, heading: Heading) -> None:
        """Write a heading, with the bookmark that the contents lead to; sections begin a page."""
        line = self.word.add_paragraph(style=f"Heading {heading.level}")
        self.bookmarks += 1
        text = clean(f"{heading.number}  {heading.text}")
        ooxml.bookmarked(line, text, heading.anchor, self.bookmarks)
        line.paragraph_format.page_break_before = heading.level == 1

    def _caption(self, kind: str, shown: Table | Figure) -> WordParagraph:
        """Write the caption of a table or figure."""
        numbered = f"{self.words.say(f'report_{kind}')} {shown.number}"
        return self.word.add_paragraph(clean(f"{numbered}  {shown.caption}"), CAPTION)

    def _table(self, table: Table) -> None:
        """Write a table with its heading row repeated; a chart has its caption beneath."""
        drawn = bool(table.signs)
        above = self.word.add_paragraph(style=NOTE) if drawn else self._caption("table", table)
        above.paragraph_format.keep_with_next = True
        grid = self.word.add_table(1, len(table.columns))
        grid.alignment = WD_TABLE_ALIGNMENT.CENTER
        ooxml.described(grid, clean(table.caption))
        if not drawn:
            ooxml.rule(grid)
        self._heads(grid, table)
        self._rows(grid, table)
        total = sum(column.width for column in table.columns)
        ooxml.columns(grid, [PAGE_CM * one.width / total for one in table.columns])
        if drawn:
            self._legend(table.signs)
            self._caption("figure", table)
        if table.note:
            self.word.add_paragraph(clean(table.note), NOTE)

    def _heads(self, grid: Grid, table: Table) -> None:
        """Write the heading row; each page that the table reaches repeats it."""
        cells = grid.rows[0].cells
        for cell, column, numeric in zip(cells, table.columns, table.numeric, strict=True):
            if column.picture is not None:
                self._picture(cell.paragraphs[0], column.picture, column.title)
            else:
                self._put(cell, column.title, bold=not table.signs)
            if not table.signs:
                ooxml.shade(cell, "E9EEF4")
            if numeric:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        ooxml.repeat(grid.rows[0])

    def _rows(self, grid: Grid, table: Table) -> None:
        """Write the rows; a short table stays on one page, a chart with its legend."""
        keep = len(table.rows) <= _MANY_ROWS
        last = len(table.rows) - (0 if table.signs else 1)
        rows = ooxml.more_rows(grid, len(table.rows))
        for number, (cells, row) in enumerate(zip(rows, table.rows, strict=True)):
            for cell, content, numeric in zip(cells, row, table.numeric, strict=True):
                self._fill(cell, content, keep=keep and number < last)
                if numeric:
                    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _fill(self, cell: _Cell, content: Cell, *, keep: bool) -> None:
        """Write one cell of a table."""
        line = cell.paragraphs[0]
        if content.picture is not None:
            self._picture(line, content.picture, content.shown)
        else:
            run = self._put(cell, content.shown, bold=content.tone in ("strong", "good", "bad"))
            if content.tone in _COLOURS:
                run.font.color.rgb = _COLOURS[content.tone]
            if content.tone == "code":
                run.style = self.word.styles[CODE]
        line.paragraph_format.keep_with_next = keep or None

    def _put(self, cell: _Cell, text: str, *, bold: bool = False) -> Run:
        """Write a text into a cell."""
        line = cell.paragraphs[0]
        ooxml.styled(line, self.small)
        run = line.add_run(clean(text))
        run.bold = bold or None
        return run

    def _picture(self, line: WordParagraph, picture: Picture, alt: str) -> None:
        """Put a picture into a line, with the words for those who cannot see it."""
        drawn = self.gallery.draw(picture)
        shape = line.add_run().add_picture(io.BytesIO(drawn.png), width=Cm(drawn.width_cm))
        ooxml.alternative(shape, clean(alt))

    def _figure(self, figure: Figure) -> None:
        """Write a picture, its legend, its source and its caption."""
        line = self.word.add_paragraph(style="Report Picture")
        line.paragraph_format.keep_with_next = True
        self._picture(line, figure.picture, figure.alt)
        self._legend(figure.legend)
        if figure.source:
            source = self.word.add_paragraph(clean(figure.source), NOTE)
            source.alignment = WD_ALIGN_PARAGRAPH.CENTER
            source.paragraph_format.keep_with_next = True
        self._caption("figure", figure)

    def _legend(self, signs: tuple[Sign, ...]) -> None:
        """Write a legend as a table without lines, some signs in a row."""
        if not signs:
            return
        across = len(signs) if len(signs) <= _SIGNS_IN_A_ROW + 1 else _SIGNS_IN_A_ROW
        grid = self.word.add_table(-(-len(signs) // across), across)
        grid.alignment = WD_TABLE_ALIGNMENT.CENTER
        for number, sign in enumerate(signs):
            cell = grid.cell(number // across, number % across)
            line = cell.paragraphs[0]
            ooxml.styled(line, self.small)
            self._picture(line, sign.picture, sign.text)
            line.add_run(clean(f"  {sign.text}"))
        for row in grid.rows:
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
        ooxml.columns(grid, [PAGE_CM / across] * across)
