"""Rows as a CSV file that Excel opens: text never a formula."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from scripts.writing.cells import FORMULA, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

CODECS = {"gbk": "gbk", "utf-8": "utf-8-sig"}
"""Python's name of each encoding; Excel takes UTF-8 for what it is only with a mark before it."""


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would compute.

    Examples
    --------
    >>> guarded("=1+1"), guarded("任城区")
    ("'=1+1", '任城区')
    """
    return f"'{text}" if text.startswith(FORMULA) else text


def write_rows(rows: Iterable[Sequence[str]], path: Path) -> None:
    """Write rows of text, the first of them headings."""
    with path.open("w", encoding=CODECS["utf-8"], newline="") as file:
        csv.writer(file).writerows([[guarded(plain_text(cell)) for cell in row] for row in rows])
