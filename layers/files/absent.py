"""A file that is not where the plan says, and the one beside it that may be meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spatial.errors import InputError
from spatial.spelling import meant

if TYPE_CHECKING:
    from pathlib import Path


_WEB: Final = re.compile(r"(?:^|/)(?:https?|ftp):/")


def not_there(path: Path) -> InputError:
    """Say that a file is missing; name the file beside it whose name is nearly the same.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pathlib.Path(folder, "Homes.CSV").touch()
    ...     print(not_there(pathlib.Path(folder, "homes.csv")))
    is not there; did you mean Homes.CSV?
    """
    if _WEB.search(path.as_posix()):
        wrong = "is an address on the web, not a file"
        return InputError(wrong, "download it, and name the file")
    if not path.parent.is_dir():
        wrong = f"is not there, nor its folder {path.parent.name}"
        return InputError(wrong, "check the path; it counts from the folder of the plan")
    beside = sorted(one for one in path.parent.iterdir() if not one.name.startswith("."))
    beside.sort(key=lambda one: one.suffix.lower() == path.suffix.lower())
    stems = {one.stem: one.name for one in beside}
    near = meant(path.stem, stems)
    if near is None:
        remedy = "check the path; it counts from the folder of the plan"
        return InputError("is not there", remedy)
    return InputError("is not there", f"did you mean {stems[near]}?")
