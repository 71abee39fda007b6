"""Why something could not be written: the disk's errors, and those of libraries, in one line."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyogrio.errors
from lxml.etree import SerialisationError  # type: ignore[import-untyped]

from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_FULL_IN_WORDS = ("disk is full", "no space left", "disk quota", "io_enospc")
_NEXT_TO_NOTHING = 1 << 20
"""Bytes free: where fewer are left, GDAL failed for want of them, though it does not say so."""
_NOT_ALLOWED = {errno.EACCES, errno.EPERM}
_GONE = {errno.ENOENT, getattr(errno, "ESTALE", errno.ENOENT)}
_OPEN_ELSEWHERE = {32, 33}
"""What Windows calls a file that another program has open, or has locked a part of."""

LIBRARIES = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    sqlite3.OperationalError,
    SerialisationError,
)
"""What libraries raise where writing fails; the disk's own number is lost in them."""


@contextmanager
def said(out: Path) -> Iterator[None]:
    """Turn what goes wrong while a folder is written into one line that says what to do.

    Raises
    ------
    InputError
        In place of any error of the disk, and of libraries that write to it.
    """
    try:
        yield
    except OSError as error:
        raise _by_number(error, out) from error
    except LIBRARIES as error:
        raise _by_words(error, out) from error


def _by_number(error: OSError, out: Path) -> InputError:
    """Say what an error of the disk means."""
    number = error.errno
    if number in _FULL:
        return _full(out)
    if getattr(error, "winerror", None) in _OPEN_ELSEWHERE:
        wrong = f"cannot be written: {error.filename} is open in another program"
        return InputError(wrong, "close it there and run again", file=out)
    if number == errno.EROFS:
        return InputError("lies on a read-only disk", "choose another folder", file=out)
    if number in _NOT_ALLOWED:
        wrong, remedy = "may not be written to", "ask for the right to, or choose another folder"
        return InputError(wrong, remedy, file=out)
    if number == errno.EFBIG:
        wrong = "cannot be written: a file grows beyond what the disk or a limit allows"
        return InputError(wrong, "lift the limit, or choose another folder", file=out)
    return _by_path(error, out)


def _by_path(error: OSError, out: Path) -> InputError:
    """Say what is the matter with a folder's path, or else what the disk says."""
    number = error.errno
    if number == errno.ENAMETOOLONG:
        return InputError("has too long a name for this disk", "choose a shorter one", file=out)
    if number in (errno.ENOTDIR, errno.EEXIST, errno.EISDIR):
        wrong = "cannot be written to: a file stands where a folder must"
        return InputError(wrong, "move the file, or choose another folder", file=out)
    if number in _GONE:
        wrong = "cannot be written to: the folder vanished meanwhile"
        return InputError(wrong, "run again, or choose another folder", file=out)
    wrong = f"cannot be written to ({error.strerror or error})"
    return InputError(wrong, "choose another folder", file=out)


def _by_words(error: Exception, out: Path) -> InputError:
    """Say what a library's error means, as far as its words tell."""
    there = next((one for one in (out, *out.absolute().parents) if one.exists()), None)
    free = shutil.disk_usage(there).free if there else 0
    if free < _NEXT_TO_NOTHING or any(words in str(error).lower() for words in _FULL_IN_WORDS):
        return _full(out)
    if not out.absolute().parent.exists():
        wrong = "cannot be written to: the folder vanished meanwhile"
        return InputError(wrong, "run again, or choose another folder", file=out)
    wrong = f"cannot be written to ({error})"
    return InputError(wrong, "free space on the disk, or choose another folder", file=out)


def _full(out: Path) -> InputError:
    return InputError(
        "cannot be written: the disk is full",
        "free space and run again; what was there before is as it was",
        file=out,
    )
