"""The verb export: measured results -> files that other programs read."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

from maps.words import Words
from scripts.exports.shapes import without_empty_shapes
from scripts.exports.task import Loss, Task, told
from scripts.readback import read_whole
from scripts.writing.layer_styles import result_styles
from scripts.writing.write import beside
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from scripts.exports.task import Encoding
    from scripts.readback import Results
    from scripts.screen import Steps

FORMATS = ("geoparquet", "geojson", "shapefile", "kml", "flatgeobuf", "csv", "xlsx")


@dataclass(frozen=True)
class Wish:
    """What is asked of `export`.

    Attributes
    ----------
    formats
        Some of `FORMATS`.
    layers
        Names of layers; empty for all.
    encoding
        Of the text of Shapefiles and CSV.
    styles
        Whether to write beside each file the style QGIS opens it in.
    language
        Of legends and of what is told; default: that of the results.
    """

    formats: Sequence[str]
    layers: Sequence[str] = ()
    encoding: Encoding = "utf-8"
    styles: bool = False
    language: Literal["zh", "en"] | None = None


def export(results: Path, wish: Wish, out: Path, steps: Steps) -> dict[str, list[str]]:
    """Write layers of results as files, a folder of `out` for each format.

    Parameters
    ----------
    results
        The folder that measure, compare, site or links wrote.
    wish
        What is written, and how.
    out
        Where to; a format's folder that is there already is replaced.
    steps
        Shows what is being done.

    Returns
    -------
    dict
        By format, what was lost on the way: a line for each kind of loss. The same lines stand in
        ``about.txt`` in its folder.

    Raises
    ------
    InputError
        If there are no results, a layer is not among them, a library is missing, or `out` cannot
        be written to; then nothing is changed.
    """
    found, tables = read_whole(results, lambda found: _known(found, wish.layers))
    words = Words(wish.language or found.summary["language"])
    tasks = [
        Task(
            name,
            without_empty_shapes(table),
            found.summary,
            words,
            wish.encoding,
            result_styles(found.summary, {name: table}) if wish.styles else (),
        )
        for name, table in tables.items()
        if len(table)
    ]
    empty = [Loss("empty", 0, name) for name, table in tables.items() if table.empty]
    lines = {}
    with beside(out) as folder:
        for kind in dict.fromkeys(wish.formats):
            with steps.step(f"writing {kind}"):
                own = folder / kind
                own.mkdir()
                lines[kind] = told([*_writer(kind)(tasks, own), *empty], words)
                _about(found, lines[kind], own / "about.txt")
    return lines


def _known(found: Results, layers: Sequence[str]) -> Sequence[str]:
    """Give the layers asked for, each once; all if none is."""
    for name in layers:
        if name not in found.layers:
            near = get_close_matches(name, found.layers, n=3) or found.layers
            wrong, remedy = f"has no layer {name!r}", f"choose one of {', '.join(near)}"
            raise InputError(wrong, remedy, file=found.folder / "results.gpkg")
    return tuple(dict.fromkeys(layers)) or found.layers


def _writer(kind: str) -> Callable[[Iterable[Task], Path], list[Loss]]:
    """Give what writes a format; loaded only if it is asked for."""
    from scripts.exports import exchange, kml, shapefile, sheets  # noqa: PLC0415

    writers: Mapping[str, Callable[[Iterable[Task], Path], list[Loss]]] = {
        "geoparquet": exchange.write_geoparquet,
        "geojson": exchange.write_geojson,
        "flatgeobuf": exchange.write_flatgeobuf,
        "shapefile": shapefile.write,
        "kml": kml.write,
        "csv": sheets.write_csv,
        "xlsx": sheets.write_xlsx,
    }
    if kind not in writers:
        raise InputError(f"no format {kind!r} is known", f"choose one of {', '.join(FORMATS)}")
    return writers[kind]


def _about(found: Results, lines: Sequence[str], path: Path) -> None:
    """Write whose data the files rest on, where their coordinates lie, and what was lost."""
    figures = found.summary
    about = [
        figures["place"],
        figures["data"]["credit"],
        str(figures["data"]["date"] or ""),
        figures["crs"],
        figures["created"],
        "",
        *lines,
    ]
    path.write_text("\n".join(about) + "\n", encoding="utf-8")
