"""The digest of a file as a person means it: with all that belongs to it, or a folder whole."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from layers.files.shapefile import companions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PIECE: Final = 1024**2


def content_digest(path: Path, *, alone: bool = False) -> tuple[str, int]:
    """Give the SHA-256 and the size in bytes of what a path stands for.

    Parameters
    ----------
    path
        A file: its content is digested. A Shapefile: that of the ``.shp`` and of the files that
        belong to it, in the order of their names. A folder, such as a File Geodatabase: that of
        all files in it, likewise. Where there are several, names are digested, too.
    alone
        Whether a Shapefile is its ``.shp`` alone.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "a.csv")
    ...     _ = file.write_bytes(b"abc")
    ...     digest, size = content_digest(file)
    >>> digest[:8], size
    ('ba7816bf', 3)
    """
    digest, size = hashlib.sha256(), 0
    files = [("", path)] if alone and path.is_file() else list(_files(path))
    for name, file in files:
        if len(files) > 1:
            digest.update(f"{name}\0{file.stat().st_size}\0".encode("utf-8", "surrogateescape"))
        with file.open("rb") as content:
            while piece := content.read(_PIECE):
                digest.update(piece)
                size += len(piece)
    return digest.hexdigest(), size


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    """Give the files that a path stands for, and what each is called."""
    if path.is_dir():
        inside = (file for file in path.rglob("*") if file.is_file() and file.suffix != ".lock")
        for file in sorted(inside):
            yield file.relative_to(path).as_posix(), file
    elif path.suffix.casefold() == ".shp":
        for suffix, file in sorted(companions(path).items()):
            yield suffix, file
    else:
        yield "", path
