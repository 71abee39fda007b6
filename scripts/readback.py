"""Results on disk -> summary and layers, as they were written.

A run may put new results in place while the old ones are read. What is read here is the one or the
other: whether the files are still the same is asked after reading, and if not, all is read anew.
"""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003  a field of a dataclass that notebooks show
from typing import TYPE_CHECKING, Any

import pyogrio

from scripts.writing.write import being_made, settled
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import geopandas as gpd

_REMEDY = "run 'lifecircle measure' first"
_FILES = ("summary.json", "results.gpkg")
_TRIES = 5

Stamp = tuple[tuple[int, int, int], ...]
"""Which files were read: inode, size and time of each."""


@dataclass(frozen=True)
class Results:
    """What a command left in a folder.

    Attributes
    ----------
    folder
        Where ``summary.json`` and ``results.gpkg`` lie.
    summary
        The content of ``summary.json``.
    layers
        The names of the layers of ``results.gpkg``, in its order; tables without places, such as
        the styles for QGIS, are no layers.
    stamp
        Which files these are.
    """

    folder: Path
    summary: Mapping[str, Any]
    layers: tuple[str, ...]
    stamp: Stamp = ()

    def layer(self, name: str) -> gpd.GeoDataFrame:
        """Read one layer, in the results' metric CRS.

        Raises
        ------
        InputError
            If there is none of that name, or another run has written new results since.
        """
        if name not in self.layers:
            wrong, remedy = f"has no layer {name!r}", f"choose one of {', '.join(self.layers)}"
            raise InputError(wrong, remedy, file=self.folder / "results.gpkg")
        try:
            table = pyogrio.read_dataframe(self.folder / "results.gpkg", layer=name)
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
            if self.is_current:
                raise InputError("holds no whole results", _REMEDY, file=self.folder) from error
            raise _written_anew(self.folder) from error
        if not self.is_current:
            raise _written_anew(self.folder)
        return table

    def all_layers(self, names: Iterable[str] | None = None) -> dict[str, gpd.GeoDataFrame]:
        """Read some layers, or all."""
        return {name: self.layer(name) for name in (self.layers if names is None else names)}

    @property
    def is_current(self) -> bool:
        """Whether the files are still those whose summary was read."""
        return not self.stamp or _stamp(self.folder) == self.stamp


def read_results(folder: Path) -> Results:
    """Read the summary of results and the names of their layers.

    Raises
    ------
    InputError
        If there are no results, or they are not whole.
    """
    settled(folder)
    made = being_made(folder)
    if made and (made / "summary.json").exists():  # what the same command has just measured
        folder = made
    for _ in range(_TRIES):
        stamp = _stamp(folder)
        try:
            results = _read(folder, stamp)
        except InputError:
            if _stamp(folder) == stamp:
                raise
        else:
            if results.is_current:
                return results
    raise _written_anew(folder)


def read_whole(
    folder: Path, choose: Callable[[Results], Iterable[str]] | None = None
) -> tuple[Results, dict[str, gpd.GeoDataFrame]]:
    """Read results with their layers: those of one run, even while another ends.

    Parameters
    ----------
    folder
        Where they lie.
    choose
        Names the layers to read; default: all.

    Raises
    ------
    InputError
        If there are no results, or they are not whole.
    """
    for _ in range(_TRIES):
        results = read_results(folder)
        try:
            return results, results.all_layers(choose(results) if choose else None)
        except InputError:
            if results.is_current:
                raise
    raise _written_anew(folder)


def _read(folder: Path, stamp: Stamp) -> Results:
    """Read summary and names of layers, once."""
    try:
        summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
        with warnings.catch_warnings():  # what it warns of, reading it will tell
            warnings.simplefilter("ignore", RuntimeWarning)
            tables = pyogrio.list_layers(folder / "results.gpkg")
    except FileNotFoundError as error:
        raise InputError("holds no results", _REMEDY, file=folder) from error
    except (OSError, ValueError, pyogrio.errors.DataSourceError) as error:
        raise InputError("holds no whole results", _REMEDY, file=folder) from error
    if not isinstance(summary, dict):
        raise InputError("holds no whole results", _REMEDY, file=folder)
    names = tuple(str(name) for name, kind in tables if kind is not None)
    return Results(folder, summary, names, stamp)


def _stamp(folder: Path) -> Stamp:
    """Say which files lie there; nothing of one that does not."""
    found = []
    for name in _FILES:
        try:
            file = (folder / name).stat()
        except OSError:
            continue
        found.append((file.st_ino, file.st_size, file.st_mtime_ns))
    return tuple(found)


def _written_anew(folder: Path) -> InputError:
    return InputError("was written anew since it was opened", "run the command again", file=folder)
