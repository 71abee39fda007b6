"""A document as data: headings, paragraphs, tables and figures, before any format is chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maps.report.pictured import Picture
    from maps.words import Language, Words

Kind = Literal["text", "share", "count", "metres", "hectares", "number"]
Tone = Literal["", "good", "bad", "strong", "code"]
Manner = Literal["body", "lead", "note"]


def unbroken(text: str) -> str:
    """Keep figures from breaking at the end of a line.

    Examples
    --------
    >>> unbroken("≥ 90.0 %") == "≥" + chr(160) + "90.0" + chr(160) + "%"
    True
    """
    return text.replace(" %", "\u00a0%").replace("≥ ", "≥\u00a0").replace("> ", ">\u00a0")


@dataclass(frozen=True)
class Cell:
    """One cell of a table: what is read there, and the number behind it.

    Attributes
    ----------
    shown
        As it is read in the document's language; of a picture, what it shows.
    value
        The number, as measured; None where there is none.
    kind
        What the number is; a share lies between 0 and 1.
    picture
        What is drawn in the cell.
    """

    shown: str
    value: float | None = None
    kind: Kind = "text"
    tone: Tone = ""
    picture: Picture | None = None


@dataclass(frozen=True)
class Column:
    """A column: its heading, and how wide it is beside the others."""

    title: str
    width: float = 1.0
    picture: Picture | None = None


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3 with its number, such as ``2.1``."""

    level: int
    number: str
    text: str

    @property
    def anchor(self) -> str:
        """What links lead to."""
        return "s" + self.number.replace(".", "_")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: of the text, leading to the table beneath it, or a note in small print."""

    text: str
    manner: Manner = "body"


@dataclass(frozen=True)
class Points:
    """A list; numbered where the order says something."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Sign:
    """One entry of a legend: what is drawn, and what that means."""

    picture: Picture
    text: str


@dataclass(frozen=True)
class Table:
    """A table with its caption; one with signs is a chart, and is captioned as a figure.

    Attributes
    ----------
    topic
        What it is about: tables of one topic have the same columns, and share a sheet of a
        workbook. Empty for one that is only looked at.
    about
        Which standard it tells of; empty where it tells of none.
    number
        Such as ``2-1``.
    """

    topic: str
    about: str
    number: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    signs: tuple[Sign, ...] = ()

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Whether each column holds numbers."""
        return tuple(
            any(cell.value is not None for cell in one) for one in zip(*self.rows, strict=True)
        )


@dataclass(frozen=True)
class Figure:
    """A picture with legend, caption, and the words for those who cannot see it."""

    number: str
    caption: str
    picture: Picture
    alt: str
    legend: tuple[Sign, ...] = ()
    source: str = ""


Block = Heading | Paragraph | Points | Table | Figure


@dataclass(frozen=True)
class Document:
    """A whole report in one language.

    Attributes
    ----------
    place, title, subtitle
        What stands on the title page.
    facts
        Label and value, beneath the title.
    blocks
        Everything else, in order.
    """

    language: Language
    place: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings, for a table of contents."""
        return tuple(block for block in self.blocks if isinstance(block, Heading))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


@dataclass
class Draft:
    """A document being written: blocks in order; headings, tables and figures are numbered.

    Examples
    --------
    >>> from maps.words import Words
    >>> draft = Draft(Words("en"))
    >>> draft.heading(1, "Findings")
    >>> draft.heading(2, "Why")
    >>> [block.number for block in draft.blocks]
    ['1', '1.1']
    """

    words: Words
    blocks: list[Block] = field(default_factory=list)
    _section: list[int] = field(default_factory=lambda: [0, 0, 0])
    _tables: int = 0
    _figures: int = 0

    def heading(self, level: int, text: str) -> None:
        """Begin a section."""
        self._section[level - 1] += 1
        self._section[level:] = [0] * (len(self._section) - level)
        if level == 1:
            self._tables = self._figures = 0
        number = ".".join(map(str, self._section[:level]))
        self.blocks.append(Heading(level, number, text))

    def paragraph(self, text: str, manner: Manner = "body") -> None:
        """Add a paragraph; an empty one is left out."""
        if text:
            self.blocks.append(Paragraph(text, manner))

    def points(self, items: Iterable[str], *, numbered: bool = False) -> None:
        """Add a list; an empty one is left out."""
        said = tuple(item for item in items if item)
        if said:
            self.blocks.append(Points(said, numbered))

    def table(
        self,
        topic: str,
        caption: str,
        columns: Iterable[Column],
        rows: Iterable[tuple[Cell, ...]],
        about: str = "",
        note: str = "",
    ) -> None:
        """Add a table; one without rows is left out."""
        body = tuple(rows)
        if body:
            self._tables += 1
            number = f"{self._section[0]}-{self._tables}"
            table = Table(topic, about, number, caption, tuple(columns), body, note)
            self.blocks.append(table)

    def chart(
        self,
        caption: str,
        columns: Iterable[Column],
        rows: Iterable[tuple[Cell, ...]],
        signs: Iterable[Sign],
    ) -> None:
        """Add a chart: bars in rows, numbered among the figures."""
        body = tuple(rows)
        if body:
            number = self._next_figure()
            self.blocks.append(
                Table("", "", number, caption, tuple(columns), body, signs=tuple(signs))
            )

    def _next_figure(self) -> str:
        self._figures += 1
        return f"{self._section[0]}-{self._figures}"

    def figure(
        self,
        picture: Picture,
        caption: str,
        alt: str,
        legend: Iterable[Sign] = (),
        source: str = "",
    ) -> None:
        """Add a figure."""
        number = self._next_figure()
        self.blocks.append(Figure(number, caption, picture, alt, tuple(legend), source))
