"""A folder's new content in the place of the old, in one step.

**Linux and macOS.** A whole new folder is built: what was made, and hard links to all else that
lies in the old one. Then the two change places, which the system does in one step: whenever the
run is killed or the power fails, the folder's path leads to the old content or to the new, whole.
Then, out of sight, the old folder is made equal to the new, and both change places once more. So
the folder stays the same one: whoever stands in it (a shell, a file manager), its owner, rights
and what is mounted or shared of it, all remain.

**Elsewhere** (Windows, disks that cannot do it, a folder that is a disk of its own, one with very
many files) the old files are moved away and the new ones in. A killed run leaves a note of how far
it came, and the next command, before it reads or writes there, moves all back, or all in.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

NEW: Final = "new"
_OLD: Final = "old"
_NOTE: Final = "moves.json"
_MOST_LINKS: Final = 20_000
"""Files; a folder with more is not linked anew for every run: 10,000 take a second."""

_CANNOT: Final = {
    getattr(errno, name)
    for name in ("EACCES", "EBUSY", "EINVAL", "EMLINK", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EPERM")
} | {errno.EXDEV}
"""What a disk answers that cannot link, or cannot exchange."""

_BELONGING: Final = ("-wal", "-shm", "-journal")
"""What a program that has a GeoPackage open leaves beside it; it would spoil a new one."""


def put(made: Path, out: Path) -> None:
    """Put what a folder holds in the place of the same in another; the rest of that one stays.

    Parameters
    ----------
    made
        What is new; it lies in the workplace of `out`, and holds nothing of use afterwards.
    out
        The folder, without symbolic links; it need not be there.

    Raises
    ------
    OSError
        If that cannot be done; then `out` is as it was.
    """
    sync(made)
    if not out.exists():
        made.rename(out)
        _sync_folder(out.parent)
        return
    names = _names(made)
    stale = [f"{name}{end}" for name in names for end in _BELONGING]
    if out in made.parents or not _exchanged(made, out, names, stale):
        _move_all(made, out, names, stale)


def settle(work: Path, out: Path) -> None:
    """Finish or undo what a killed run began in a workplace, and clear that up.

    The workplace must be locked.
    """
    note, old, new = work / _NOTE, work / _OLD, work / NEW
    if note.exists():
        _move_in(new, out, json.loads(note.read_text(encoding="utf-8")))
        _remove(old)
        note.unlink()  # the last: what is left of the old must not be taken for what to move back
    elif old.is_dir():
        _move_back(old, out)
    for left in (old, new):
        shutil.rmtree(left, ignore_errors=True)


def is_unsettled(work: Path) -> bool:
    """Tell whether a run is moving files one by one, or was killed while it did."""
    return (work / _OLD).exists() or (work / _NOTE).exists()


def sync(path: Path) -> None:
    """Wait until a file, or a folder and all in it, is on the disk, lest a power cut empty it."""
    if path.is_file():
        _sync_file(path)
    for place, _, files in os.walk(path):
        for name in files:
            _sync_file(os.path.join(place, name))  # noqa: PTH118 - os.walk gives text
        _sync_folder(place)


# --- in one step ----------------------------------------------------------------------------------


def _exchanged(made: Path, out: Path, names: Collection[str], stale: Collection[str]) -> bool:
    """Put a folder's content in place in one step; False where the disk cannot."""
    kept = [name for name in _names(out) if name not in {*names, *stale}]
    if sum(_count(out / name) for name in kept) > _MOST_LINKS:
        return False
    try:
        for name in kept:
            _link(out / name, made / name)
        shutil.copystat(out, made)
        _sync_folder(made)
        exchange(made, out)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
        for name in kept:
            _remove(made / name)
        return False
    _give_back(made, out, names, stale)
    return True


def _give_back(old: Path, out: Path, names: Collection[str], stale: Collection[str]) -> None:
    """Make the old folder equal to the new one that stands in its place, and put it back there.

    Where that fails all is well, too: the new folder stays.
    """
    try:
        for name in stale:
            _remove(old / name)
        for name in names:
            _link(out / name, old / name)
        for place, _, _ in os.walk(old):
            _sync_folder(place)
        exchange(old, out)
        _sync_folder(out.parent)
        _save_latecomers(old, out)
    except OSError:
        return


def _save_latecomers(left: Path, out: Path) -> None:
    """Move over what others wrote while the other folder stood in place: it has one link only."""
    for place, _, files in os.walk(left):
        for name in files:
            file = left.joinpath(place, name)
            if file.lstat().st_nlink == 1:
                goes = out / file.relative_to(left)
                goes.parent.mkdir(parents=True, exist_ok=True)
                file.replace(goes)


def _count(path: Path) -> int:
    """Count the files at a path and beneath it."""
    return sum(len(files) for _, _, files in os.walk(path)) + path.is_file()


def _link(source: Path, target: Path) -> None:
    """Make a path lead to the same as another: files by hard links, folders made anew.

    A folder that is there already stays, and is made equal.
    """
    if source.is_symlink() or not source.is_dir():
        _remove(target)
        _link_file(source, target)
        return
    if target.is_symlink() or not target.is_dir():
        _remove(target)
        target.mkdir()
    inside = _names(source)
    for name in set(_names(target)).difference(inside):
        _remove(target / name)
    for name in inside:
        _link(source / name, target / name)
    shutil.copystat(source, target)


def _link_file(source: Path, target: Path) -> None:
    """Make a second name of a file; one that has vanished meanwhile needs none."""
    try:
        os.link(source, target, follow_symlinks=False)
    except FileNotFoundError:
        if os.path.lexists(source):
            raise


def exchange(one: Path, other: Path) -> None:
    """Let two paths change places, in one step.

    Raises
    ------
    OSError
        If the system or the disk cannot; then nothing has changed.
    """
    paths = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "linux":
            here, swap = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
            libc = ctypes.CDLL(None, use_errno=True)
            failed = libc.renameat2(here, paths[0], here, paths[1], swap)
        elif sys.platform == "darwin":
            swap = 2  # RENAME_SWAP
            libc = ctypes.CDLL(None, use_errno=True)
            failed = libc.renamex_np(*paths, swap)
        else:
            raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    except AttributeError as error:  # a C library older than the call
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS)) from error
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(other))


# --- one by one -----------------------------------------------------------------------------------


def _move_all(made: Path, out: Path, names: Collection[str], stale: Collection[str]) -> None:
    """Move the old away, then the new in; a note says from when on there is no way back."""
    work = made.parent
    old = work / _OLD
    old.mkdir()
    try:
        for name in (*names, *stale):
            if os.path.lexists(out / name):
                (out / name).rename(old / name)
        _write_note(work, names)
    except OSError:
        _move_back(old, out)
        shutil.rmtree(old)
        raise
    settle(work, out)


def _write_note(work: Path, names: Collection[str]) -> None:
    """Write down what is to be moved in: whole or not at all."""
    part = work / f"{_NOTE}.part"
    part.write_text(json.dumps(list(names)), encoding="utf-8")
    _sync_file(part)
    part.replace(work / _NOTE)
    _sync_folder(work)


def _move_in(new: Path, out: Path, names: Collection[str]) -> None:
    """Move in what is not there yet."""
    for name in names:
        if os.path.lexists(new / name):
            _remove(out / name)
            (new / name).rename(out / name)
    _sync_folder(out)


def _move_back(old: Path, out: Path) -> None:
    """Move back what was moved away."""
    for name in _names(old):
        if not os.path.lexists(out / name):
            (old / name).rename(out / name)
    _sync_folder(out)


# --- small steps ----------------------------------------------------------------------------------


def _names(folder: Path) -> list[str]:
    """Name what lies in a folder."""
    return sorted(one.name for one in folder.iterdir())


def _remove(path: Path) -> None:
    """Remove a file or a folder, if there is one."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sync_file(path: Path | str) -> None:
    """Wait until a file is on the disk."""
    file = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
    try:
        os.fsync(file)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
    finally:
        os.close(file)


def _sync_folder(path: Path | str) -> None:
    """Wait until the names in a folder are on the disk; Windows has no such thing."""
    if sys.platform != "win32":
        _sync_file(path)
