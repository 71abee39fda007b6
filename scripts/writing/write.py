"""Results on disk: whole or absent."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import time
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, Protocol

import pyogrio

from scripts.results import geometry_type, result_layers
from scripts.summary import summary
from scripts.writing.geotiff import write_surface
from scripts.writing.layer_styles import put_styles, result_styles
from scripts.writing.locking import is_mine, lock, target_of, unlock, workplace
from scripts.writing.storable import json_bytes, storable
from scripts.writing.swapping import NEW, is_unsettled, put, settle, sync
from scripts.writing.tables import workbook
from scripts.writing.unwritten import said
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Any

    import geopandas as gpd

    from scripts.findings import Findings
    from scripts.writing.sheets import Book


class Savable(Protocol):
    """A document that can be written into an open file."""

    def save(self, file: BinaryIO, /) -> None:
        """Write it."""


_being_made: set[Path] = set()
_PATIENCE_S = 10.0
"""So long is waited for a run that is moving its files in."""


def write_results(findings: Findings, out: Path) -> dict[str, Any]:
    """Write summary.json, results.gpkg, tables.xlsx and walks/<id>.tif; gives the summary.

    Raises
    ------
    InputError
        If the folder cannot be written to; then what was there before is still there.
    """
    figures = summary(findings)
    layers = result_layers(findings)
    with beside(out) as folder:
        write_layers(layers, folder / "results.gpkg", figures)
        walks = folder / "walks"
        walks.mkdir()
        for one in findings.coverages:
            key = one.standard.id
            write_surface(
                findings.served[key].walks,
                walks / f"{key}.tif",
                about=f"{one.standard.zh} / {one.standard.en}: walking metres",
                credit=figures["data"]["credit"],
            )
        save(workbook(figures, layers), folder / "tables.xlsx")
        write_figures(figures, folder / "summary.json")
    return figures


def write_answer(
    figures: Mapping[str, Any],
    layers: Mapping[str, gpd.GeoDataFrame],
    book: Book,
    pages: Iterable[tuple[str, str]],
    out: Path,
) -> None:
    """Write what a question about the plan found: summary, layers, tables, and maps/<page>.

    Raises
    ------
    InputError
        If the folder cannot be written to; then what was there before is still there.
    """
    with beside(out) as folder:
        write_layers(layers, folder / "results.gpkg", figures)
        save(book, folder / "tables.xlsx")
        write_figures(figures, folder / "summary.json")
        maps = folder / "maps"
        maps.mkdir()
        for name, text in pages:
            write_page(maps / name, text)


def write_whole(path: Path, content: bytes) -> None:
    """Write one file, and the folders on the way: whole, or it stays as it was.

    Raises
    ------
    InputError
        If it cannot be written.
    """
    target, part = target_of(path), workplace(path)
    with said(path.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(content)
            if target.exists():
                shutil.copymode(target, part)
            sync(part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


def save(document: Savable, path: Path) -> None:
    """Write a workbook, or a document of Word; made in memory, for else a full disk is noisy."""
    content = BytesIO()
    document.save(content)
    path.write_bytes(content.getvalue())


def write_page(path: Path, text: str) -> None:
    """Write a page; what is no letter in any encoding becomes a question mark."""
    path.write_bytes(text.encode("utf-8", "replace"))


def write_figures(figures: Mapping[str, Any], path: Path) -> None:
    """Write a summary as JSON."""
    path.write_bytes(json_bytes(figures))


@contextmanager
def held(out: Path) -> Iterator[Path]:
    """Hold a folder for one run, from the start of its work; gives the hidden folder to build in.

    What a killed run left is put right first. Within the same thread a folder can be held again.

    Raises
    ------
    InputError
        If another run holds it, or nothing can be written there.
    """
    target = target_of(out)
    with said(out):
        if target.exists() and not target.is_dir():
            raise InputError("is a file, not a folder", "choose another folder", file=out)
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        missing = [one for one in target.parents if not one.exists()]
        again = is_mine(workplace(out))
        work = lock(out)
    try:
        if not again:
            with said(out):
                settle(work, target)
        yield work
    finally:
        unlock(work)
        _leave_none_empty(missing)


@contextmanager
def beside(out: Path) -> Iterator[Path]:
    """A new folder beside `out`; when all went well, what it holds replaces the same in `out`.

    All of it in one step (`scripts.writing.swapping`): `out` is absent, or holds the old or the
    new, whole. What else lies in `out` stays. Within itself it is one with the outer: all is put
    in place together, at the end.

    Raises
    ------
    InputError
        If another run holds `out`, or it cannot be made or written to; it is then as it was.
    """
    with held(out) as work:
        folder = work / NEW
        if folder in _being_made:
            with said(out):
                yield folder
            return
        _being_made.add(folder)
        try:
            with said(out):
                folder.mkdir()
                yield folder
                put(folder, target_of(out))
        finally:
            _being_made.remove(folder)
            shutil.rmtree(folder, ignore_errors=True)


def being_made(out: Path) -> Path | None:
    """Give the folder in which this thread is making what will stand in `out`, if it is."""
    work = workplace(out)
    return work / NEW if work / NEW in _being_made and is_mine(work) else None


def settled(out: Path) -> None:
    """Wait until no run is moving files in a folder; put right what a killed one left half-moved.

    Only where folders cannot be exchanged in one step is there anything to wait for.

    Raises
    ------
    InputError
        If it cannot be put right.
    """
    work = workplace(out)
    until = time.monotonic() + _PATIENCE_S
    while is_unsettled(work) and not is_mine(work):
        try:
            with held(out):
                return
        except InputError:
            if time.monotonic() > until:
                raise
            time.sleep(_PATIENCE_S / 100)


def _leave_none_empty(folders: Iterable[Path]) -> None:
    """Remove folders made on the way to one that came to nothing, innermost first."""
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()


def write_layers(
    layers: Mapping[str, gpd.GeoDataFrame], path: Path, figures: Mapping[str, Any]
) -> None:
    """Write layers into one GeoPackage, each under its name, with its credit and its styles."""
    credit = figures["data"]["credit"]
    for name, layer in layers.items():
        pyogrio.write_dataframe(
            storable(layer),
            path,
            layer=name,
            driver="GPKG",
            geometry_type=geometry_type(name),
            append=path.exists(),
            layer_options={"DESCRIPTION": credit},
        )
    put_styles(path, result_styles(figures, layers), credit=credit)
    _date(path, figures["created"])


def _date(path: Path, created: str) -> None:
    """Date every layer as the summary is, so that one sees which belong together."""
    utc = datetime.fromisoformat(created).astimezone(UTC)
    text = utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")  # as the standard has it
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE gpkg_contents SET last_change = ?", (text,))
