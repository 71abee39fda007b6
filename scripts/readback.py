"""Results on disk -> summary and layers, as they were written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003  a field of a dataclass that notebooks show
from typing import TYPE_CHECKING, Any

import pyogrio

from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd

_REMEDY = "run 'lifecircle measure' first"


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
    """

    folder: Path
    summary: Mapping[str, Any]
    layers: tuple[str, ...]

    def layer(self, name: str) -> gpd.GeoDataFrame:
        """Read one layer, in the results' metric CRS.

        Raises
        ------
        InputError
            If there is none of that name.
        """
        if name not in self.layers:
            wrong, remedy = f"has no layer {name!r}", f"choose one of {', '.join(self.layers)}"
            raise InputError(wrong, remedy, file=self.folder / "results.gpkg")
        return pyogrio.read_dataframe(self.folder / "results.gpkg", layer=name)

    def all_layers(self, names: Iterable[str] | None = None) -> dict[str, gpd.GeoDataFrame]:
        """Read some layers, or all."""
        return {name: self.layer(name) for name in (self.layers if names is None else names)}


def read_results(folder: Path) -> Results:
    """Read the summary of results and the names of their layers.

    Raises
    ------
    InputError
        If there are no results, or they are not whole.
    """
    try:
        summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
        tables = pyogrio.list_layers(folder / "results.gpkg")
    except FileNotFoundError as error:
        raise InputError("holds no results", _REMEDY, file=folder) from error
    except (ValueError, pyogrio.errors.DataSourceError) as error:
        raise InputError("holds no whole results", _REMEDY, file=folder) from error
    return Results(folder, summary, tuple(str(name) for name, kind in tables if kind is not None))
