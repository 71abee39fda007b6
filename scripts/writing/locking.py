"""One run at a time on a folder: a lock that dies with its process.

The lock is on a file in a hidden folder, `workplace`, in which a run also builds what it makes.
It is the system's (``flock``, on Windows ``LockFile``), so that a killed run leaves none behind;
the file by itself says nothing. When a run ends, file and folder go.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sys
import threading
from pathlib import Path
from typing import Final

from spatial.errors import InputError

_END: Final = ".lifecircle"
_LONGEST_NAME: Final = 200
"""Bytes; disks allow 255, and an ending is added."""
_FILE: Final = "lock"
_TRIES: Final = 100
_NO_LOCKS: Final = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}
"""What a disk answers that knows no locks; there a second run is not noticed."""

_held: dict[Path, tuple[int, int, int]] = {}
"""By workplace: the open file, the thread that holds it, and how often."""


def target_of(out: Path) -> Path:
    """Give the folder a path means: whole, and beyond symbolic links."""
    return Path(os.path.realpath(out))


def workplace(out: Path) -> Path:
    """Give the hidden folder in which a run on a folder builds, and which it locks.

    It lies beside the folder, on the same disk; within it where the folder is a disk of its own,
    or nothing can be made beside it.
    """
    target = target_of(out)
    outside = target.parent
    if target.is_dir() and (target.is_mount() or not os.access(outside, os.W_OK | os.X_OK)):
        return target / _END
    name = target.name
    if len(os.fsencode(name)) > _LONGEST_NAME:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()
    return outside / f".{name}{_END}"


def lock(out: Path) -> Path:
    """Lock a folder, which need not be there yet; gives its workplace, made if need be.

    Who holds the lock already, in the same thread, gets it again; each must `unlock`.

    Raises
    ------
    InputError
        If another run holds it.
    OSError
        If nothing can be written there.
    """
    work, me = workplace(out), threading.get_ident()
    file, thread, times = _held.get(work, (None, me, 0))
    if thread != me:
        raise _busy(out)
    if file is None:
        file = _taken(work, out)
    _held[work] = (file, me, times + 1)
    return work


def unlock(work: Path) -> None:
    """Give a lock back; the last time, the workplace goes if it is empty but for the lock."""
    file, thread, times = _held[work]
    if times > 1:
        _held[work] = (file, thread, times - 1)
        return
    del _held[work]
    if sys.platform == "win32":  # which does not remove an open file
        os.close(file)
    try:
        (work / _FILE).unlink()
        work.rmdir()
    except OSError:
        pass  # the next run has it open already, or the folder vanished
    finally:
        if sys.platform != "win32":
            os.close(file)


def is_mine(work: Path) -> bool:
    """Tell whether this thread holds the lock of a workplace."""
    return work in _held and _held[work][1] == threading.get_ident()


def _taken(work: Path, out: Path) -> int:
    """Open the lock's file and lock it."""
    for _ in range(_TRIES):
        work.mkdir(parents=True, exist_ok=True)
        try:
            file = os.open(work / _FILE, os.O_RDWR | os.O_CREAT, 0o666)
        except FileNotFoundError:
            continue  # the run that had it has just tidied up
        try:
            _lock_file(file)
        except OSError as error:
            os.close(file)
            raise _busy(out) from error
        if _is_still(work / _FILE, file):
            return file
        os.close(file)
    raise _busy(out)


def _busy(out: Path) -> InputError:
    return InputError(
        "another run is writing into it",
        "wait until it has ended, or choose another folder with --out",
        file=out,
    )


def _is_still(path: Path, file: int) -> bool:
    """Tell whether an open file still stands under its name."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file))
    except FileNotFoundError:
        return False


def _lock_file(file: int) -> None:
    """Lock an open file, at once or not at all."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - there is none elsewhere

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - there is none on Windows

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
