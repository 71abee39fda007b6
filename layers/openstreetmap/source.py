"""A file of OpenStreetMap data in memory, and what must not be taken for a map as it is today.

Files of changes, histories, answers that a server broke off, and drawings with deleted objects in
them read like any other; what is gone would count as being there.
"""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import re
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import osmium
from osmium.osm import ALL, Node, Relation, Way

from layers.files.archives import MOST_TIMES
from layers.seeming import seeming
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt
    from osmium.osm import osm_entity_bits
    from osmium.osm.types import OSMEntity

FORMATS: Final = {
    ".osm.pbf": "pbf",
    ".pbf": "pbf",
    ".osm.gz": "osm.gz",
    ".osm.bz2": "osm.bz2",
    ".osm": "osm",
    ".osm.xml": "osm",
}
"""How a file's name ends, and what is in it."""

MOST_PBF_BYTES: Final = 500_000_000
MOST_XML_BYTES: Final = 1_000_000_000
"""More than any city takes; the passes over it would fill the memory."""

_EDITED_FROM: Final = 1_000_000_000_000
"""Ids that an editor gives begin here once they are positive; OpenStreetMap's do not come near."""

_PIECE: Final = 1_000_000
_SMALL: Final = 64_000_000  # bytes; below this no ratio does harm
_HEAD: Final = 2000
_UNTOLD: Final = ("text", "OpenStreetMap XML", "XML of some other kind", "data of some other kind")
_CHANGES: Final = re.compile(rb"\A[^a-zA-Z]*(?:<[?!][^>]*>\s*)*<osmChange\b")
_REMARK: Final = re.compile(rb"<remark>\s*([^<]*error[^<]*)</remark>")
_DELETED: Final = re.compile(rb"<(?:node|way|relation)\s[^<>]*\baction=[\"']delete[\"']")
_NEGATIVE: Final = re.compile(rb"(\s(?:id|ref)=[\"'])-(\d{1,12})(?=[\"'])")
_CURRENT: Final = "give an extract of one day, without history, and sorted (osmium sort)"


@dataclass(frozen=True)
class Source:
    """A file in memory: read once, passed over several times, whatever its path is called.

    Attributes
    ----------
    data
        Its bytes, unpacked if they were gzip or bzip2.
    kind
        ``pbf`` or ``osm``.
    """

    data: bytes | bytearray
    kind: str

    def objects(self, kinds: osm_entity_bits = ALL) -> osmium.FileProcessor:
        """Start a pass over the file's objects of some kinds; it raises RuntimeError if damaged."""
        return _Pass(osmium.io.FileBuffer(self.data, self.kind), kinds)


class _Pass(osmium.FileProcessor):
    """A pass that raises one kind of error, whatever osmium finds in the file."""

    def __iter__(self) -> Iterator[OSMEntity]:
        try:
            yield from super().__iter__()
        except (ValueError, IndexError, OverflowError) as error:
            raise RuntimeError(str(error)) from error


def opened(path: Path) -> Source:
    """Read a file of OpenStreetMap data, whose objects are then as they are today.

    Ids below zero, which editors give to what is not yet uploaded, come as positive ones.

    Raises
    ------
    InputError
        If the file is missing, empty, something else, too large, or holds changes, a history, a
        part of what was asked for, or deleted objects.
    RuntimeError
        If it is damaged.
    """
    raw, named = _content(path)
    if not raw:
        raise InputError("is empty (0 bytes)", "download it again", file=path)
    kind = _kind(raw) or named
    data: bytes | bytearray = raw
    if kind.endswith(("gz", "bz2")):
        data = _unpacked(raw, kind, path)
        kind = _kind(data) or "osm"
    _refuse_another_kind(data, path)
    if kind == "pbf":
        source = Source(data, kind)
        if source.objects().header.has_multiple_object_versions:
            raise InputError("is a history, no map of one day", _CURRENT, file=path)
        return source
    _refuse_what_is_no_map(data, path)
    return _surveyed(data, path)


def _content(path: Path) -> tuple[bytes, str]:
    """Read a file's bytes, after a look at its name."""
    kinds = [kind for ending, kind in FORMATS.items() if path.name.lower().endswith(ending)]
    if not path.exists():
        raise InputError("does not exist", "check the path of osm = ...", file=path)
    if not path.is_file() or not kinds:
        wrong = "is no file of OpenStreetMap data, as far as its name tells"
        raise InputError(wrong, "give a .osm.pbf, .osm, .osm.gz or .osm.bz2", file=path)
    try:
        _refuse_larger(path.stat().st_size, kinds[0], path)
        return path.read_bytes(), kinds[0]
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", "check it", file=path) from error


def _refuse_larger(size: int, kind: str, path: Path) -> None:
    """Refuse what is more than a city."""
    most = MOST_PBF_BYTES if kind == "pbf" else MOST_XML_BYTES
    if size > most:
        wrong = f"holds more than {most // 1_000_000} MB of OpenStreetMap data"
        remedy = "cut your city out of it, as .osm.pbf (osmium extract)"
        raise InputError(wrong, remedy, file=path)


def _kind(data: bytes | bytearray) -> str | None:
    """Tell by its first bytes what a file is, whatever it is called."""
    if b"OSMHeader" in data[:40]:
        return "pbf"
    begins = {b"\x1f\x8b": "osm.gz", b"BZh": "osm.bz2", b"<": "osm"}
    head = bytes(data[:64]).removeprefix(codecs.BOM_UTF8).lstrip()
    return next((kind for mark, kind in begins.items() if head.startswith(mark)), None)


def _unpacked(data: bytes, kind: str, path: Path) -> bytearray:
    """Unpack all streams of a file, but no more than is sense."""
    held = bytearray()
    opening = gzip.open if kind == "osm.gz" else bz2.open
    with opening(io.BytesIO(data)) as packed:
        try:
            while piece := packed.read(_PIECE):
                held += piece
                _refuse_larger(len(held), "osm", path)
                if len(held) > max(_SMALL, MOST_TIMES * len(data)):
                    wrong = f"swells to {len(held) // len(data)} times its size when unpacked"
                    raise InputError(wrong, "do not use it; ask who sent it", file=path)
        except (OSError, EOFError, zlib.error) as error:
            message = f"{'gzip' if kind == 'osm.gz' else 'bzip2'}: {error}"
            raise RuntimeError(message) from error
    return held


def _refuse_another_kind(data: bytes | bytearray, path: Path) -> None:
    """Refuse what is known to be something else."""
    found = seeming(bytes(data[:_HEAD]))
    if found not in _UNTOLD:
        wrong = f"cannot be read as OpenStreetMap data (it seems to be {found})"
        raise InputError(wrong, "download it again, or name the right file", file=path)


def _refuse_what_is_no_map(data: bytes | bytearray, path: Path) -> None:
    """Refuse XML that says that it is not all there is, or no longer there."""
    if _CHANGES.match(data[:_HEAD]):
        wrong = "is a list of changes, no map (osmChange)"
        raise InputError(wrong, "give an extract instead: .osm.pbf or .osm", file=path)
    remark = _REMARK.search(data[-_HEAD:]) or _REMARK.search(data[:_HEAD])
    if remark:
        said = " ".join(remark[1].decode("utf-8", "replace").split())
        wrong = f"is only a part of what was asked for (the server said: {said[:200]})"
        raise InputError(wrong, "ask for a smaller area, or take an extract", file=path)
    if _DELETED.search(data):
        wrong = "holds objects that were deleted in an editor, and not yet uploaded"
        raise InputError(wrong, "purge them in the editor (JOSM), and save it again", file=path)


def _surveyed(data: bytes | bytearray, path: Path) -> Source:
    """Make sure that there is one version of each object, and that no id is below zero."""
    edited = _NEGATIVE.search(data) is not None
    source = Source(_NEGATIVE.sub(_positive, data) if edited else data, "osm")
    ids = []
    for found in source.objects():
        if isinstance(found, (Node, Way, Relation)) and found.deleted:
            raise InputError("holds objects that are deleted", _CURRENT, file=path)
        if isinstance(found, Node):
            ids.append(found.id)
    numbers = np.sort(np.array(ids, np.int64))
    _refuse_moved(source, numbers[1:][numbers[1:] == numbers[:-1]], path)
    return _in_order(source) if edited else source


def _positive(found: re.Match[bytes]) -> bytes:
    return found[1] + b"%d" % (_EDITED_FROM + int(found[2]))


def _refuse_moved(source: Source, twice: npt.NDArray[np.int64], path: Path) -> None:
    """Refuse nodes that are told twice, in different places; the same again does no harm."""
    if not len(twice):
        return
    doubted = set(twice.tolist())
    told: dict[int, tuple[int, int]] = {}
    for node in source.objects():
        if isinstance(node, Node) and node.id in doubted:
            place = node.location.x, node.location.y
            if told.setdefault(node.id, place) != place:
                wrong = f"holds node {node.id} twice, in two places"
                raise InputError(wrong, _CURRENT, file=path)


def _in_order(source: Source) -> Source:
    """Sort the objects by id, which an editor does not."""
    merged = osmium.MergeInputReader()
    merged.add_buffer(source.data, source.kind)
    nothing = osmium.io.FileBuffer(b'<osm version="0.6"/>', "osm")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "sorted.osm.pbf")
        writer = osmium.io.Writer(str(file))
        with osmium.io.Reader(nothing) as reader:
            merged.apply_to_reader(reader, writer)
        writer.close()
        return Source(file.read_bytes(), "pbf")
