"""Shapefiles: one layer in several files, of which some are often lost."""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pyogrio
from pyproj import CRS
from pyproj.exceptions import CRSError

from layers.encodings import codec
from layers.files.gdal import configured, faults_in_one_line, linked, read_table
from layers.records import unreadable
from layers.seeming import require
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layers.files.source import Source
    from layers.records import LayerOptions, Records

_READ: Final = (".shp", ".shx", ".dbf", ".prj", ".cpg", ".cst")
COMPANIONS: Final = (*_READ[1:], ".sbn", ".sbx", ".qix", ".qpj")
"""The endings of files that belong to a .shp."""
_HEAD_BYTES: Final = 100  # of .shp and .shx: what stands before the first shape
_MAGIC: Final = b"\0\0\x27\x0a"
_LOOKED_UP: Final = 200  # entries of an index that are compared with the shapes


def open_shapefile(layer: str, path: Path, options: LayerOptions) -> Records:
    """Open a Shapefile; its text is in the encoding of the .cpg, else UTF-8, else GB 18030."""
    del layer
    require(path, "a Shapefile")
    files = companions(path)
    stated = [codec(file.read_text("ascii", "replace")) for file in _some(files, ".cpg", ".cst")]
    guesses = list(dict.fromkeys([*filter(None, stated), "utf-8", "gb18030"]))
    with ExitStack() as whole:
        told = _mend_crs(files, whole)
        _mend_table(files, whole)
        there, said = whole.enter_context(_indexed(files))
        source = decoded(there, options.encoding, guesses)
        index = there.with_suffix(".shx")
        shapes = (index.stat().st_size - _HEAD_BYTES) // 8
        rows = _rows(files)
    source.taken |= said | told
    if not len(source.table.columns):
        source.taken["dbf"] = f"{'unfit' if '.dbf' in files else 'missing'}: no columns"
    # GDAL passes shapes without a record in silence.
    lost = shapes - len(source.table)
    if lost > 0:
        source.missing["deleted or missing in the .dbf"] = lost
    if rows > shapes:
        source.missing["row of the .dbf without a shape"] = rows - shapes
    return source.records(options)


def decoded(path: Path, said: str | None, guesses: Sequence[str]) -> Source:
    """Read a table in the encoding that was named, or the first that fits its text."""
    # GDAL knows the names that Python gives, not all that Python takes.
    known = codec(said) if said else None
    encodings = [known] if known else guesses
    for encoding in encodings:
        try:
            source = read_table(path, encoding=encoding)
        except UnicodeDecodeError:
            continue
        source.taken["encoding"] = encoding
        return source
    wrong = f"its text is not in {' or '.join(encodings)}"
    raise InputError(wrong, "say encoding = ..., or save it as GeoPackage")


def companions(path: Path) -> dict[str, Path]:
    """Give the files of a Shapefile by their ending in small letters.

    What belongs to a link lies beside it, else beside the file that it leads to.
    """
    files = _beside(path)
    if len(files) == 1 and path.is_symlink():
        files = _beside(path.resolve())
    return files


def _beside(path: Path) -> dict[str, Path]:
    """Give the files beside a .shp that have its name, in small or capital letters."""
    files = {".shp": path}
    try:
        beside = sorted(path.parent.iterdir())
    except OSError as error:
        raise unreadable(error) from None
    for file in beside:
        suffix = file.suffix.casefold()
        if file.stem.casefold() != path.stem.casefold() or suffix not in _READ[1:]:
            continue
        if suffix not in files or file.stem == path.stem:
            files[suffix] = file
    return files


def _some(files: dict[str, Path], *suffixes: str) -> list[Path]:
    return [files[suffix] for suffix in suffixes if suffix in files]


@contextmanager
def _indexed(files: dict[str, Path]) -> Iterator[tuple[Path, dict[str, str]]]:
    """Lay a Shapefile out for GDAL, with an index made anew if there is none or a wrong one."""
    index = files.get(".shx")
    sound = _fits(files)
    kept = {suffix: file for suffix, file in files.items() if sound or suffix != ".shx"}
    with linked(kept) as there:
        if not sound:
            _restore_index(there)
        what = "missing" if index is None else "unfit"
        yield there, {} if sound else {"shx": f"{what}: made anew"}


def _fits(files: dict[str, Path]) -> bool:
    """Say whether an index is there, is whole and speaks of these shapes."""
    if ".shx" not in files:
        return False
    index, size = files[".shx"].read_bytes(), files[".shp"].stat().st_size
    if len(index) < _HEAD_BYTES or len(index) % 8 != _HEAD_BYTES % 8 or index[:4] != _MAGIC:
        return False
    entries = np.frombuffer(index, ">u4", offset=_HEAD_BYTES).reshape(-1, 2).astype(np.int64)
    start, length = 2 * entries.T  # the file counts in words of two bytes
    some = np.linspace(0, len(start) - 1, min(len(start), _LOOKED_UP), dtype=int)
    within = some[start[some] + 8 <= size]
    with files[".shp"].open("rb") as shapes:
        for at in within:
            shapes.seek(int(start[at]) + 4)
            if 2 * int.from_bytes(shapes.read(4), "big") != length[at]:
                return False
    short = _HEAD_BYTES + int((length + 8).sum()) < size
    return not (short and _rows(files) > len(start))


def _rows(files: dict[str, Path]) -> int:
    """Give the number of rows that the table says it has."""
    if ".dbf" not in files:
        return 0
    with files[".dbf"].open("rb") as file:
        return int.from_bytes(file.read(8)[4:], "little")


def _mend_crs(files: dict[str, Path], whole: ExitStack) -> dict[str, str]:
    """Leave a .prj out that says nothing; put a copy in the place of one that is no UTF-8."""
    if ".prj" not in files:
        return {}
    content = files[".prj"].read_bytes()
    text = content.decode("utf-8", "replace").strip("\ufeff\0 \r\n")
    try:
        CRS.from_wkt(text)
    except CRSError:
        del files[".prj"]
        return {"prj": "cannot be read"} if text else {}
    if not text.isascii():
        files[".prj"] = _copied(text.encode("ascii", "replace"), ".prj", whole)
    return {}


def _copied(content: bytes, suffix: str, whole: ExitStack) -> Path:
    """Write a better copy of a file into a folder that is gone afterwards."""
    folder = whole.enter_context(tempfile.TemporaryDirectory(prefix="lifecircle-"))
    copy = Path(folder, f"layer{suffix}")
    with copy.open("wb") as file:
        file.write(content)
    return copy


def _mend_table(files: dict[str, Path], whole: ExitStack) -> None:
    """Put a copy that ends with its last whole row in the place of a table that breaks off."""
    if ".dbf" not in files:
        return
    with files[".dbf"].open("rb") as file:
        head = file.read(12)
        size = os.fstat(file.fileno()).st_size
        begin, width = (int.from_bytes(head[at : at + 2], "little") for at in (8, 10))
        if len(head) < 12 or not width or not begin < size:  # noqa: PLR2004
            return  # GDAL says what is wrong
        rows = (size - begin) // width
        if rows >= _rows(files):
            return
        whole_rows = head[:4] + rows.to_bytes(4, "little") + head[8:] + file.read()
    files[".dbf"] = _copied(whole_rows, ".dbf", whole)


def _restore_index(there: Path) -> None:
    """Let GDAL make the index of a Shapefile that lies in a folder of our own."""
    with faults_in_one_line(), configured(SHAPE_RESTORE_SHX="YES"):
        pyogrio.read_info(there)
