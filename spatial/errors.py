"""What can go wrong, as a tree; each message fits one line.

::

    LifecircleError
    ├── InputError      something a person gave cannot be used: file, layer, row, why, what to do
    │   └── UnplacedError   coordinates that may lie anywhere; other layers may tell where
    └── LawError        a result broke a law that must always hold; it is not published
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray


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

    def at(self, file: Path | str, layer: str) -> InputError:
        """Give the same error, said of a layer in a file.

        Examples
        --------
        >>> print(InputError("is empty", "fill it", row=2).at("h.csv", "homes"))
        h.csv, homes, row 2: is empty; fill it
        """
        return InputError(self.wrong, self.remedy, file=file, layer=layer, row=self.row)


class UnplacedError(InputError):
    """Coordinates that may lie anywhere on Earth, for all that their file says.

    Attributes
    ----------
    xy
        (n, 2) some of them, as they stand in the file. Whoever knows where the other layers lie
        can tell which CRS would bring them there.
    columns
        The headings of x and y, of a table.
    """

    def __init__(
        self,
        wrong: str,
        remedy: str,
        xy: NDArray[np.float64],
        columns: tuple[str, str] | None = None,
        **where: Any,  # noqa: ANN401
    ) -> None:
        """Keep the coordinates, and the headings over them."""
        super().__init__(wrong, remedy, **where)
        self.xy, self.columns = xy, columns

    def at(self, file: Path | str, layer: str) -> UnplacedError:
        """Give the same error, said of a layer in a file."""
        where = {"file": file, "layer": layer, "row": self.row}
        return UnplacedError(self.wrong, self.remedy, self.xy, self.columns, **where)


class LawError(LifecircleError):
    """A result broke a law that must always hold (`spatial.laws`)."""
