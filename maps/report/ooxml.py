"""What Word's format can do and python-docx has no words for, each in a few elements of XML."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import _Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.shape import InlineShape
    from docx.styles.style import BaseStyle
    from docx.table import Table, _Row
    from docx.text.paragraph import Paragraph

_LONGEST_ALT = 2_000
_ROOM_TWIPS = 60

TABLE_ORDER = (
    *("tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize"),
    *("tblStyleColBandSize", "tblW", "jc", "tblCellSpacing", "tblInd", "tblBorders", "shd"),
    *("tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription"),
)
"""The properties of a table in the order of the schema (ISO/IEC 29500-1, CT_TblPr)."""


def element(name: str, /, **attributes: object) -> BaseOxmlElement:
    """Make one element of Word's own namespace.

    Examples
    --------
    >>> element("shd", fill="E9EEF4").get(qn("w:fill"))
    'E9EEF4'
    """
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key.rstrip('_')}"), str(value))
    return made


def fonts(style: BaseStyle, latin: str, chinese: str) -> None:
    """Set a style's fonts; without the second, Chinese falls back to whatever is there."""
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    names = {"ascii": latin, "hAnsi": latin, "cs": latin, "eastAsia": chinese}
    properties.insert(0, element("rFonts", **names))


def languages(word: WordDocument, language: str) -> None:
    """Say in which language the document is: proofing and screen readers go by it."""
    defaults = word.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(element("lang", val=language, eastAsia="zh-CN", bidi="ar-SA"))
    settings = word.settings.element
    for old in settings.findall(qn("w:themeFontLang")):
        old.set(qn("w:val"), language)
        old.set(qn("w:eastAsia"), "zh-CN")


def indent_letters(style: BaseStyle, letters: int) -> None:
    """Indent the first line by so many letters, as Chinese text is."""
    if letters:
        style.paragraph_format.first_line_indent = style.font.size * letters  # type: ignore[attr-defined]
        indent = style.element.pPr.find(qn("w:ind"))
        indent.set(qn("w:firstLineChars"), str(100 * letters))


def dotted_tab(style: BaseStyle, at_cm: float) -> None:
    """Let a tab lead with dots to the right edge, as in a table of contents."""
    style.paragraph_format.tab_stops.add_tab_stop(  # type: ignore[attr-defined]
        Cm(at_cm), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )


def styled(line: Paragraph, style_id: str) -> None:
    """Give a paragraph its style by id; looking it up by name takes longer than the writing."""
    line._p.style = style_id  # noqa: SLF001


# --- tables ---------------------------------------------------------------------------------------


def rule(table: Table) -> None:
    """Draw a table's lines: strong above and below, hairlines between rows, none upright."""
    lines = element("tblBorders")
    strong = {"val": "single", "sz": 12, "space": 0, "color": "1F3A5F"}
    for side in ("top", "bottom"):
        lines.append(element(side, **strong))
    lines.append(element("insideH", val="single", sz=4, space=0, color="BFC5CC"))
    _set_in(table, lines)
    room = element("tblCellMar")
    for side in ("left", "right"):
        room.append(element(side, w=_ROOM_TWIPS, type="dxa"))
    _set_in(table, room)


def shade(cell: _Cell, fill: str) -> None:
    """Give a cell a ground."""
    cell._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill=fill))  # noqa: SLF001


def repeat(row: _Row) -> None:
    """Repeat a row on every page its table reaches, and never break it."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001
    properties.append(element("cantSplit"))
    properties.append(element("tblHeader"))


def more_rows(table: Table, count: int) -> Iterator[list[_Cell]]:
    """Add rows and give the cells of each: python-docx itself takes a second for a hundred."""
    body = table._tbl  # noqa: SLF001
    pattern = deepcopy(body.tr_lst[0])
    for old in pattern.findall(qn("w:trPr")):
        pattern.remove(old)
    for cell in pattern.tc_lst:
        for old in [*cell.findall(qn("w:p")), *cell.findall(f"{qn('w:tcPr')}/{qn('w:shd')}")]:
            old.getparent().remove(old)
        cell.append(element("p"))
    for _ in range(count):
        row = deepcopy(pattern)
        row.get_or_add_trPr().append(element("cantSplit"))
        body.append(row)
        yield [_Cell(cell, table) for cell in row.tc_lst]


def columns(table: Table, widths_cm: Sequence[float]) -> None:
    """Fix the widths of a table's columns."""
    table.autofit = False
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths_cm, strict=True):  # noqa: SLF001
        column.w = Cm(width)
    for row in table._tbl.tr_lst:  # noqa: SLF001
        for cell, width in zip(row.tc_lst, widths_cm, strict=True):
            cell.width = Cm(width)


def described(table: Table, title: str) -> None:
    """Say what a table holds, for those who hear it."""
    _set_in(table, element("tblCaption", val=title[:_LONGEST_ALT]))


def _set_in(table: Table, made: BaseOxmlElement) -> None:
    """Put one property among a table's others: Word wants them in the order of its schema."""
    properties = table._tbl.tblPr  # noqa: SLF001
    place = TABLE_ORDER.index(made.tag.partition("}")[2])
    later = {qn(f"w:{name}") for name in TABLE_ORDER[place + 1 :]}
    follower = next((one for one in properties if one.tag in later), None)
    if follower is None:
        properties.append(made)
    else:
        follower.addprevious(made)


# --- pictures -------------------------------------------------------------------------------------


def alternative(shape: InlineShape, words: str) -> None:
    """Give a picture its words."""
    properties = shape._inline.docPr  # noqa: SLF001
    properties.set("descr", words[:_LONGEST_ALT])


# --- lists ----------------------------------------------------------------------------------------


def restart_numbers(word: WordDocument, line: Paragraph) -> None:
    """Begin a numbered list anew at 1."""
    style = word.styles["List Number"].element
    numbering = word.part.numbering_part.element
    used = style.pPr.numPr.numId.val
    abstract = next(one for one in numbering.num_lst if one.numId == used).abstractNumId.val
    fresh = numbering.add_num(abstract)
    fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
    _number(line, fresh.numId)


def go_on_numbering(word: WordDocument, line: Paragraph) -> None:
    """Go on in the list begun last."""
    _number(line, word.part.numbering_part.element.num_lst[-1].numId)


def _number(line: Paragraph, list_id: int) -> None:
    properties = line._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = list_id


# --- fields, bookmarks, links ---------------------------------------------------------------------


def _run(*inside: BaseOxmlElement) -> BaseOxmlElement:
    run = element("r")
    for one in inside:
        run.append(one)
    return run


def _text(words: str) -> BaseOxmlElement:
    made = element("t")
    made.text = words
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def _instruction(words: str) -> BaseOxmlElement:
    made = element("instrText")
    made.text = f" {words} "
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def field(instruction: str, shown: str, *, stale: bool = False) -> list[BaseOxmlElement]:
    """Make the runs of a field with what it shows until it is filled anew."""
    begin = element("fldChar", fldCharType="begin")
    if stale:
        begin.set(qn("w:dirty"), "true")
    return [
        _run(begin),
        _run(_instruction(instruction)),
        _run(element("fldChar", fldCharType="separate")),
        _run(_text(shown)),
        _run(element("fldChar", fldCharType="end")),
    ]


def _add(line: Paragraph, made: Iterable[BaseOxmlElement]) -> None:
    for one in made:
        line._p.append(one)  # noqa: SLF001


def page_number(line: Paragraph, pattern: str) -> None:
    """Write the page's number where the pattern has ``{n}``."""
    before, _, after = pattern.partition("{n}")
    _add(line, [_run(_text(before)), *field("PAGE", "1"), _run(_text(after))])


def bookmarked(line: Paragraph, words: str, name: str, number: int) -> None:
    """Write a text with a bookmark around it."""
    start = element("bookmarkStart", id=number, name=name)
    _add(line, [start, _run(_text(words)), element("bookmarkEnd", id=number)])


def contents_line(line: Paragraph, words: str, bookmark: str) -> None:
    """Write one line of the contents: a link to a heading, and the page it stands on."""
    link = element("hyperlink", anchor=bookmark, history=1)
    inside = [_run(_text(words)), _run(element("tab")), *field(f"PAGEREF {bookmark} \\h", "")]
    for one in inside:
        link.append(one)
    _add(line, [link])


def contents_field(first: Paragraph, last: Paragraph) -> None:
    """Make the lines from first to last one field that Word fills anew when it opens the file."""
    begin = element("fldChar", fldCharType="begin", dirty="true")
    opening = [
        _run(begin),
        _run(_instruction('TOC \\o "1-2" \\h \\z \\u')),
        _run(element("fldChar", fldCharType="separate")),
    ]
    at = 0 if first._p.pPr is None else 1  # noqa: SLF001
    for one in reversed(opening):
        first._p.insert(at, one)  # noqa: SLF001
    _add(last, [_run(element("fldChar", fldCharType="end"))])
