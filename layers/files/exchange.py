"""Drawings and tables of other programs that GDAL reads: AutoCAD's DXF, MapInfo's TAB and MIF."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from layers.encodings import codec
from layers.files.gdal import configured, read_table, table_names
from layers.files.shapefile import decoded
from layers.meaning import layer_candidates, listed
from layers.records import only_one
from layers.seeming import head_of, require
from spatial.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from layers.files.source import Source
    from layers.records import LayerOptions, Records

_GUESSES: Final = ("utf-8", "gb18030")
# A code page, or a version that is always UTF-8: 2007 and later.
_SAYS_ENCODING: Final = re.compile(rb"\$DWGCODEPAGE|AC10(2[1-9]|[3-9]\d)|^AutoCAD Binary")
_TYPE: Final = re.compile(rb"^\s*Type\s+(\w+)", re.MULTILINE | re.IGNORECASE)


def open_dxf(layer: str, path: Path, options: LayerOptions) -> Records:
    """Open one layer of a DXF drawing, in AutoCAD's sense of the word."""
    require(path, "a DXF drawing")
    source = _read_drawing(path, options.encoding)
    if "Layer" not in source.table:
        return source.records(options)
    drawn = source.table["Layer"].fillna("0").astype(str)
    names = [str(name) for name in drawn.unique()]
    name = options.layer
    if name is None:
        name = only_one(names, layer_candidates(names, layer), "layer")
    if name not in names:
        wrong = f"has no layer {name!r}"
        raise InputError(wrong, f"its layers are {listed(names)}")
    here = (drawn == name).to_numpy(dtype=bool)
    source = source.rows(here)
    if len(names) > 1:
        source.taken["layer"] = name
    return source.records(options)


def _read_drawing(path: Path, said: str | None) -> Source:
    """Read a drawing; what its text is in it mostly says itself."""
    encoding = codec(said) if said else None
    if encoding is None and not _SAYS_ENCODING.search(head_of(path)):
        encoding = _fitting(path)
    with configured(DXF_ENCODING=encoding):
        source = read_table(path, encoding="utf-8")
    if encoding is not None:
        source.taken["encoding"] = encoding
    return source


def _fitting(path: Path) -> str:
    """Give the first encoding in which a whole file is text."""
    content = path.read_bytes()
    for encoding in _GUESSES:
        with suppress(UnicodeDecodeError):
            content.decode(encoding)
            return encoding
    wrong = f"its text is not in {' or '.join(_GUESSES)}"
    raise InputError(wrong, "say encoding = ..., or save it as GeoPackage")


def open_mapinfo(layer: str, path: Path, options: LayerOptions) -> Records:
    """Open a MapInfo table, or the exchange format of one."""
    del layer
    kind = require(path, "a MapInfo table", "a MapInfo exchange file")
    types = {word.upper() for word in _TYPE.findall(head_of(path))}
    if kind == "a MapInfo table" and types != {b"NATIVE"}:
        wrong = "is a MapInfo table that holds no data itself, but names other files"
        raise InputError(wrong, "save it as a table of its own")
    if not table_names(path):
        wrong = "holds no layer"
        raise InputError(wrong, "save it anew")
    return decoded(path, options.encoding, _GUESSES).records(options)
