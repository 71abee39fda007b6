"""What a file really seems to be, told by how it begins; its name may lie."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from layers.records import unreadable
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_HEAD: Final = 65_536  # bytes looked at
_XML: Final = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")

_MARKS: Final[Sequence[tuple[bytes, str]]] = (
    (b"SQLite format 3\0", "a GeoPackage"),
    (b"\x00\x00\x27\x0a", "a Shapefile"),
    (b"fgb", "a FlatGeobuf"),
    (b"PAR1", "a GeoParquet"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "a zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a TIFF raster"),
    (b"MM\0*", "a TIFF raster"),
    (b"AC10", "a DWG drawing"),
    (b"version https://git-lfs", "a Git LFS pointer, not the file itself"),
    (b"!table", "a MapInfo table"),
    (b"AutoCAD Binary DXF", "a DXF drawing"),
)
_ROOTS: Final = {
    "html": "a web page (HTML)",
    **dict.fromkeys(("kml", "Document", "Folder", "Placemark"), "a KML"),
    "gpx": "a GPX",
    "osm": "OpenStreetMap XML",
    "ExceptionReport": "an error that a map server sent",
    "ServiceExceptionReport": "an error that a map server sent",
    "Error": "an error that a server sent",
}


def head_of(path: Path) -> bytes:
    """Give how a file begins.

    Raises
    ------
    InputError
        If it cannot be opened.
    """
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError as error:
        raise unreadable(error) from None


def seeming(head: bytes) -> str:
    """Say what a file seems to be.

    Examples
    --------
    >>> seeming(b"<!DOCTYPE html><html>"), seeming(b'{"type": "Feature"'), seeming(b"PK" + b"abc")
    ('a web page (HTML)', 'JSON', 'text')
    """
    if not head:
        return "empty"
    for mark, what in _MARKS:
        if head.startswith(mark):
            return what
    if not head.strip(b"\0"):
        return "nothing but zeros"
    return _written(head)


def _written(head: bytes) -> str:
    """Say what a text seems to be."""
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = head.decode("utf-16" if wide else "utf-8-sig", "replace").lstrip()
    if not text:
        return "empty"
    if text[0] in "{[\x1e":
        return "JSON"
    if text[0] == "<":
        return _marked_up(text)
    if re.match(r"(999\s*\n[^\n]*\n\s*)*0\s*\n\s*SECTION", text):
        return "a DXF drawing"
    if re.match(r"version\s+\d+\s*\n", text, re.IGNORECASE):
        return "a MapInfo exchange file"
    return "data of some other kind" if "\0" in text else "text"


def _marked_up(text: str) -> str:
    """Say what XML or HTML seems to be."""
    if re.match("<!doctype\\s+html", text, re.IGNORECASE):
        return _ROOTS["html"]
    root = _XML.search(re.sub(r"<!--.*?-->|<\?.*?\?>", "", text, flags=re.DOTALL))
    name = root[2] if root else ""
    return _ROOTS.get(name) or _ROOTS.get(name.lower()) or "XML of some other kind"


def refuse_lock(path: Path) -> None:
    """Refuse what Office leaves beside a document that is open."""
    if path.name.startswith("~$"):
        wrong = "is a lock file that Office leaves beside an open document"
        raise InputError(wrong, f"name the document: {path.name[2:]}")


def require(path: Path, *expected: str) -> str:
    """Refuse a file that is not what its name says; give what it is.

    Parameters
    ----------
    path
        The file.
    expected
        What it may be, in the words of `seeming`.

    Raises
    ------
    InputError
        If it is empty or seems to be something else.
    """
    head = head_of(path)
    found = seeming(head)
    if found in expected:
        return found
    if found == "empty":
        wrong = "cannot be read (it is empty)"
        raise InputError(wrong, "save it anew from the program that made it")
    wrong = f"cannot be read (it seems to be {found}, not {expected[0]})"
    raise InputError(wrong, "save it anew from the program that made it, or name the right file")
