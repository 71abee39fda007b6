"""What can go wrong, as a tree; each message fits one line.

::

    LifecircleError
    ├── InputError      something a person gave cannot be used: file, layer, row, why, what to do
    └── LawError        a result broke a law that must always hold; it is not published
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class LifecircleError(Exception):
    """Anything lifecircle says no to; `str(error)` is one line a planner understands."""


class InputError(LifecircleError):
    """Something a person gave cannot be used.

    Parameters
    ----------
    wrong
        What is wrong, without the place: ``"has no column 'people'"``.
    remedy
        What to do about it, in the imperative: ``"name it with weight = ..."``.
    file, layer, row
        Where, as far as known. Rows count from 1, as a spreadsheet shows them.

    Examples
    --------
    >>> print(InputError("has no column 'people'", "name it with weight = ...", layer="homes"))
    homes: has no column 'people'; name it with weight = ...
    """

    def __init__(
        self,
        wrong: str,
        remedy: str,
        *,
        file: Path | str | None = None,
        layer: str | None = None,
        row: int | None = None,
    ) -> None:
        """Keep the parts, so that a table or another language can use them."""
        self.wrong, self.remedy = wrong, remedy
        self.file, self.layer, self.row = file, layer, row
        where = [str(file)] if file is not None else []
        where += [layer] if layer is not None else []
        where += [f"row {row}"] if row is not None else []
        place = ", ".join(where)
        text = f"{place}: {wrong}; {remedy}" if place else f"{wrong}; {remedy}"
        super().__init__(" ".join(text.split()))


class LawError(LifecircleError):
    """A result broke a law that must always hold (`spatial.laws`)."""
