"""The styles of the Word document: fonts for Chinese and Latin letters, sizes, spaces, paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor

from maps.report import ooxml

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.styles.style import ParagraphStyle

    from maps.words import Language

CAPTION, NOTE, SMALL, CODE = "Caption", "Report Note", "Report Cell", "Report Code"
NAVY, INK, INK_SOFT = (RGBColor.from_string(one) for one in ("1F3A5F", "1A1A1A", "444444"))
_SONG, _HEI = "宋体", "黑体"
_A4_CM = (21.0, 29.7)
_MARGINS_CM = {"top": 2.6, "bottom": 2.4, "left": 2.5, "right": 2.5}
_TWO_LETTERS = 2


@dataclass(frozen=True)
class _Look:
    """How a style looks: size and space in points, whether it is a heading's font."""

    size: float
    heading: bool = False
    bold: bool = False
    colour: RGBColor = INK
    before: float = 0
    after: float = 0
    line: float = 1.25
    centred: bool = False


_LOOKS = {
    "Normal": _Look(10.5),
    "Body Text": _Look(10.5, before=4, after=4, line=1.3),
    "List Bullet": _Look(10.5, after=2, line=1.2),
    "List Number": _Look(10.5, after=2, line=1.2),
    "Heading 1": _Look(16, heading=True, bold=True, colour=NAVY, after=10),
    "Heading 2": _Look(13, heading=True, bold=True, colour=NAVY, before=12, after=6),
    "Heading 3": _Look(11, heading=True, bold=True, colour=NAVY, before=8, after=4),
    "Title": _Look(28, heading=True, bold=True, colour=NAVY, before=6, after=12, centred=True),
    "Subtitle": _Look(11, colour=INK_SOFT, after=170, line=1.5, centred=True),
    "Report Kind": _Look(12, heading=True, colour=INK_SOFT, before=110, after=60, centred=True),
    "Report Place": _Look(22, heading=True, bold=True, after=6, centred=True),
    "Report Picture": _Look(10.5, before=6, line=1, centred=True),
    CAPTION: _Look(9.5, heading=True, bold=True, before=6, after=6, centred=True),
    NOTE: _Look(8.5, colour=INK_SOFT, before=2, after=6),
    SMALL: _Look(9, before=1.5, after=1.5, line=1.15),
    "TOC Heading": _Look(16, heading=True, bold=True, colour=NAVY, after=10),
    "TOC 1": _Look(10.5, bold=True, before=5),
    "TOC 2": _Look(10.5),
    "Header": _Look(9, colour=INK_SOFT),
    "Footer": _Look(9, colour=INK_SOFT, centred=True),
}


def prepare(word: WordDocument, language: Language) -> None:
    """Lay out the paper, set every style, and say in which language the document is."""
    section = word.sections[0]
    section.page_width, section.page_height = (Cm(side) for side in _A4_CM)
    for side, size in _MARGINS_CM.items():
        setattr(section, f"{side}_margin", Cm(size))
    section.different_first_page_header_footer = True
    for name, look in _LOOKS.items():
        _dress(_style(word, name), look, language)
    ooxml.indent_letters(word.styles["Body Text"], _TWO_LETTERS if language == "zh" else 0)
    word.styles["TOC 2"].paragraph_format.left_indent = Cm(0.8)
    for name in ("TOC 1", "TOC 2"):
        ooxml.dotted_tab(word.styles[name], _A4_CM[0] - 2 * _MARGINS_CM["left"])
    code = word.styles.add_style(CODE, WD_STYLE_TYPE.CHARACTER)
    code.font.name, code.font.size = "Consolas", Pt(7.5)
    ooxml.languages(word, {"zh": "zh-CN", "en": "en-US"}[language])


def _style(word: WordDocument, name: str) -> ParagraphStyle:
    """Give a style, new where Word's template has none of the name."""
    if name in [style.name for style in word.styles]:
        return word.styles[name]
    return word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)


def _dress(style: ParagraphStyle, look: _Look, language: Language) -> None:
    """Give a style its look."""
    latin = "Arial" if look.heading else "Times New Roman"
    ooxml.fonts(style, latin, _HEI if look.heading else _SONG)
    font, space = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(look.size), look.bold, False
    font.color.rgb = look.colour
    space.space_before, space.space_after = Pt(look.before), Pt(look.after)
    space.line_spacing = look.line
    if look.centred:
        space.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif style.name == "Body Text" and language == "zh":
        space.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if style.name.startswith("Heading"):
        space.keep_with_next = True
