"""Values as a cell of a workbook can hold them: text never a formula, numbers never rounded."""

from __future__ import annotations

import re
from math import isfinite
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl.cell.cell import Cell

LONGEST_TEXT: Final = 32_767
"""Letters in a cell; Excel counts one beyond U+FFFF, such as an emoji, as two."""
MOST_ROWS: Final = 1_048_576
LONGEST_TITLE: Final = 31

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula; the wide signs, in Chinese ones."""

_CUT: Final = " […]"
_MOST_DIGITS: Final = 15
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_TITLE: Final = re.compile(r"[\[\]:*?/\\]")
_RESERVED: Final = ("history", "历史记录")


def plain_text(text: str) -> str:
    r"""Give a text as XML can hold it: control characters, halves of surrogate pairs are U+FFFD.

    Every end of a line becomes ``\n``, as a reader of XML takes it anyway.

    Examples
    --------
    >>> plain_text("a" + chr(0) + "b\r\n") == "a\N{REPLACEMENT CHARACTER}b\n"
    True
    """
    plain = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    return plain.replace("\r\n", "\n").replace("\r", "\n")


def cell_text(text: str) -> tuple[str, bool]:
    """Give a text as a cell can hold it, and whether it had to be cut: then it ends in ``[…]``.

    Examples
    --------
    >>> cell_text("=1+1")
    ('=1+1', False)
    >>> text, cut = cell_text("\N{GRINNING FACE}" * 20_000)
    >>> cut, text[-5:], len(text.encode("utf-16-le")) // 2
    (True, '😀 […]', 32766)
    """
    plain = plain_text(text)
    if _cut(plain, LONGEST_TEXT) == plain:
        return plain, False
    return _cut(plain, LONGEST_TEXT - len(_CUT)) + _CUT, True


def _cut(text: str, size: int) -> str:
    """Cut a text to so many letters as Excel counts them, never inside one."""
    if len(text) <= size // 2:
        return text
    return text.encode("utf-16-le")[: 2 * size].decode("utf-16-le", "ignore")


def fill(cell: Cell, value: Any) -> bool:  # noqa: ANN401 - whatever a layer holds
    """Write one value as what it is; tell whether a text was cut.

    A number that is none (NaN, infinite) leaves the cell empty. A whole number of more than 15
    digits, as in codes of parcels, is written as text: a spreadsheet would round it.
    """
    if isinstance(value, Integral) and not isinstance(value, bool):
        value = int(value)
        value = value if len(str(abs(value))) <= _MOST_DIGITS else str(value)
    elif isinstance(value, Real) and not isinstance(value, bool):
        value = float(value) if isfinite(value) else None
    if not isinstance(value, str):
        cell.value = value
        return False
    text, cut = cell_text(value)
    if not text:
        return False
    cell.value = text
    cell.data_type = "s"  # openpyxl takes "=..." for a formula, and "#N/A" for an error
    if text.startswith(FORMULA):
        cell.quotePrefix = True  # else it becomes one when somebody edits the cell
    return cut


def sheet_title(name: str, taken: Iterable[str]) -> str:
    """Give a sheet a title that Excel takes, unlike the others in any case of letters.

    Examples
    --------
    >>> sheet_title("生活圈 a/b:[c]", [])
    '生活圈 a_b__c_'
    >>> sheet_title("homes", ["Homes"]), sheet_title("", [])
    ('homes_2', '_')
    """
    plain = _NO_TITLE.sub("_", _NO_XML.sub("_", name)).replace("\n", " ").replace("\r", " ")
    plain = re.sub("^'|'$", "_", _cut(plain, LONGEST_TITLE)) or "_"
    used = {one.casefold() for one in taken} | set(_RESERVED)
    title, number = plain, 1
    while title.casefold() in used:
        number += 1
        end = f"_{number}"
        title = _cut(plain, LONGEST_TITLE - len(end)) + end
    return title
