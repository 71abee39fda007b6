"""The bundled data: where they lie, and whether they are still what they were."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from spatial.errors import InputError

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Entry:
    """One file of the catalogue; the fields are those of ``catalog.toml``."""

    file: str
    what: str
    source: str
    licence: str
    credit: str
    date: str
    bytes: int
    sha256: str


def catalog() -> dict[str, Entry]:
    """Every bundled file by its name."""
    tables = tomllib.loads((_HERE / "catalog.toml").read_text(encoding="utf-8"))
    return {name: Entry(**table) for name, table in tables.items()}


def bundled(name: str, *, folder: Path = _HERE) -> Path:
    """Give the path of a bundled file, after checking that it is whole.

    Raises
    ------
    InputError
        If the file is missing or was changed: its figures would not be those of the documents.

    Examples
    --------
    >>> bundled("monaco").name
    'monaco.osm.pbf'
    """
    entry = catalog()[name]
    path = folder / entry.file
    if not path.is_file():
        raise InputError("is missing", "install lifecircle again", file=path)
    if hashlib.sha256(path.read_bytes()).hexdigest() != entry.sha256:
        raise InputError("is damaged (its checksum differs)", "install again", file=path)
    return path
