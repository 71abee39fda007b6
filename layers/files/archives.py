"""Zip archives, unpacked into a folder of their own that is gone afterwards; never beside them.

An archive is a stranger's: paths that lead out of the folder, links, and archives that swell
when unpacked are refused before a byte is written, and bytes are counted while they are.
"""

from __future__ import annotations

import stat
import tempfile
import unicodedata
import zipfile
import zlib
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Final

from layers.records import unreadable
from layers.seeming import require
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

MOST_MEMBERS: Final = 10_000
MOST_BYTES: Final = 4 * 1024**3
MOST_TIMES: Final = 200
"""How many times its size an archive may swell; text of the same row again and again is near."""
_SMALL: Final = 64 * 1024**2  # bytes; below this no ratio does harm
_PIECE: Final = 1024**2

_NOT_DATA: Final = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_FAULTS: Final = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, ValueError),
    *(NotImplementedError, RuntimeError, IndexError),  # ways of packing that are not known
)
_UNPACK: Final = "unpack it, and name the file in it"


@dataclass(frozen=True)
class Member:
    """A file in an archive: its path there, and where it lies unpacked."""

    name: str
    file: Path


@contextmanager
def unpacked(
    path: Path, wanted: Collection[str], *, folders: Collection[str] = ()
) -> Iterator[list[Member]]:
    """Unpack the files of an archive that have one of some endings.

    Parameters
    ----------
    path
        The archive.
    wanted
        Endings, in small letters. Other files are passed.
    folders
        Endings of folders that are taken whole, as one member each.

    Yields
    ------
    list of Member
        In the order of the archive. Files of one folder and name but for the ending lie side by
        side; their own names are plain, so that no name in an archive can do harm.

    Raises
    ------
    InputError
        If it is no archive, is broken, has a password, or is not one that planners make: more
        than 10,000 files, more than 4 GB or 200 times its size, a path out of it, a link.
    """
    require(path, "a zip archive")
    with ExitStack() as cleaning:
        try:
            archive = cleaning.enter_context(zipfile.ZipFile(path))
            names = _checked(archive, path.stat().st_size)
            into = _Unpacking(archive, cleaning, _limit(path))
            members = into.members(names, frozenset(wanted), tuple(folders))
        except _FAULTS as error:
            raise unreadable(error) from None
        yield members


def _limit(path: Path) -> int:
    """Give how many bytes an archive may hold."""
    return min(MOST_BYTES, max(_SMALL, MOST_TIMES * path.stat().st_size))


def _checked(archive: zipfile.ZipFile, size: int) -> dict[str, zipfile.ZipInfo]:
    """Give the files of an archive by path, if it is one that can be unpacked."""
    every = archive.infolist()
    if len(every) > MOST_MEMBERS:
        wrong = f"holds {len(every)} files, more than {MOST_MEMBERS}"
        raise InputError(wrong, _UNPACK)
    found: dict[str, zipfile.ZipInfo] = {}
    for info in every:
        name = _name(info)
        if _leads_out(name):
            wrong = f"holds a path that leads out of it: {name[:80]!r}"
            raise InputError(wrong, "do not use it; ask who sent it")
        if stat.S_ISLNK(info.external_attr >> 16):
            wrong = f"holds a link instead of a file: {name[:80]!r}"
            raise InputError(wrong, "pack the file itself")
        if info.is_dir() or any(word in name for word in _NOT_DATA):
            continue
        if info.flag_bits & 1:
            wrong = "is locked with a password"
            raise InputError(wrong, _UNPACK)
        if name in found:
            wrong = f"holds two files of one name: {name[:80]!r}"
            raise InputError(wrong, _UNPACK)
        found[name] = info
    _refuse_swollen(sum(info.file_size for info in found.values()), size)
    return found


def _refuse_swollen(total: int, size: int) -> None:
    """Refuse an archive that says itself that it swells."""
    if total > MOST_BYTES:
        wrong = f"holds {total / 1024**3:.0f} GB, more than {MOST_BYTES // 1024**3} GB"
        raise InputError(wrong, _UNPACK)
    if total > _SMALL and total > MOST_TIMES * size:
        wrong = f"swells to {total // max(size, 1)} times its size when unpacked"
        raise InputError(wrong, "do not use it; ask who sent it")


def _name(info: zipfile.ZipInfo) -> str:
    """Give the path of a file in an archive; without a mark it is UTF-8 or GB 18030.

    Programs in Chinese write GBK without saying so, where the standard expects code page 437.
    """
    name = info.filename
    if not info.flag_bits & 0x800:
        content = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = content.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _leads_out(name: str) -> bool:
    """Say whether a path in an archive would be written elsewhere.

    Examples
    --------
    >>> [_leads_out(name) for name in ("a/b.shp", "../b.shp", "/b.shp", "C:/b.shp", "a..b.shp")]
    [False, True, True, True, False]
    """
    parts = PurePosixPath(name).parts
    return name.startswith("/") or ".." in parts or (len(name) > 1 and name[1] == ":")


class _Unpacking:
    """Files of one archive on their way into a temporary folder."""

    def __init__(self, archive: zipfile.ZipFile, cleaning: ExitStack, limit: int) -> None:
        """Begin with an empty folder."""
        self.archive, self.cleaning, self.left = archive, cleaning, limit
        self.root = self._folder()
        self.numbers: dict[str, int] = {}
        self.inside: dict[str, Path] = {}

    def members(
        self, names: dict[str, zipfile.ZipInfo], wanted: frozenset[str], folders: tuple[str, ...]
    ) -> list[Member]:
        """Unpack what is wanted."""
        found: dict[Path, Member] = {}
        for name, info in names.items():
            whole = self._whole_folder(name, folders)
            if whole is not None:
                self._copy(info, whole.file / PurePosixPath(name).name)
                found[whole.file] = whole
            elif PurePosixPath(name).suffix.casefold() in wanted:
                file = self._plain(name)
                self._copy(info, file)
                found[file] = Member(name, file)
        return list(found.values())

    def _whole_folder(self, name: str, folders: tuple[str, ...]) -> Member | None:
        """Give the folder that is one member and holds a file, if there is one."""
        parts = PurePosixPath(name).parts
        for depth, part in enumerate(parts[:-1]):
            suffix = PurePosixPath(part).suffix.casefold()
            if suffix in folders:
                outer = "/".join(parts[: depth + 1])
                if outer not in self.inside:
                    self.inside[outer] = self._folder(suffix)
                return Member(outer, self.inside[outer])
        return None

    def _folder(self, suffix: str = "") -> Path:
        return Path(
            self.cleaning.enter_context(
                tempfile.TemporaryDirectory(suffix, "lifecircle-", ignore_cleanup_errors=True)
            )
        )

    def _plain(self, name: str) -> Path:
        """Give a name without meaning, the same for files that belong together."""
        path = PurePosixPath(name)
        stem = str(path.with_suffix("")).casefold()
        number = self.numbers.setdefault(stem, len(self.numbers))
        return self.root / f"{number}{path.suffix.casefold()}"

    def _copy(self, info: zipfile.ZipInfo, file: Path) -> None:
        """Unpack one file, and count its bytes: what an archive says of itself may be a lie."""
        with self.archive.open(info) as packed, file.open("xb") as plain:
            self._pour(packed, plain)

    def _pour(self, packed: IO[bytes], plain: IO[bytes]) -> None:
        while piece := packed.read(_PIECE):
            self.left -= len(piece)
            if self.left < 0:
                wrong = "holds more than it says, and swells when unpacked"
                raise InputError(wrong, "do not use it; ask who sent it")
            plain.write(piece)
