"""What speaks against building somewhere: water, the study area's edge, protected land, homes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from layers.vector import LayerOptions, read_layer

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from scripts.study import Study

AGAINST = {
    "water": ("在水面上", "on water"),
    "outside": ("超出研究范围", "outside the study area"),
    "protected": ("位于保护范围内", "in a protected area"),
    "home": ("压占住宅", "where a home stands"),
}
"""What may speak against a site, in Chinese and English."""


@dataclass(frozen=True)
class Grounds:
    """Where one should not build.

    Attributes
    ----------
    language
        Of what is said.
    water, homes, protected
        (k,) shapes, metres.
    area
        The study area.
    """

    language: str
    water: NDArray[np.object_]
    homes: NDArray[np.object_]
    protected: NDArray[np.object_]
    area: BaseGeometry

    def against(self, shapes: NDArray[np.object_]) -> list[tuple[str, ...]]:
        """Say what speaks against each of (k,) shapes, in the plan's language."""
        place = 0 if self.language == "zh" else 1
        found = self._found(shapes)
        return [
            tuple(AGAINST[key][place] for key in AGAINST if found[key][row])
            for row in range(len(shapes))
        ]

    def spoiled(self, shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
        """(k,) whether anything speaks against a shape."""
        return np.any(list(self._found(shapes).values()), axis=0)

    def _found(self, shapes: NDArray[np.object_]) -> dict[str, NDArray[np.bool_]]:
        return {
            "water": _touched(shapes, self.water),
            "outside": ~shapely.intersects(self.area, shapes),
            "protected": _touched(shapes, self.protected),
            "home": _touched(shapes, self.homes),
        }


def grounds_of(study: Study, protected: Path | None) -> Grounds:
    """Gather where one should not build in a study.

    Raises
    ------
    InputError
        If the file of protected areas cannot be read.
    """
    water = study.ground.geometry[study.ground["kind"] == "water"].to_numpy()
    none = np.empty(0, dtype=object)
    return Grounds(
        study.plan.place.language,
        water,
        study.footprints.geometry.to_numpy(),
        none if protected is None else _areas(study, protected),
        study.area,
    )


def _areas(study: Study, path: Path) -> NDArray[np.object_]:
    places = read_layer("zones", path, LayerOptions()).places.to_crs(study.network.crs)
    return np.asarray(places.geometry.to_numpy(), dtype=object)


def _touched(shapes: NDArray[np.object_], others: NDArray[np.object_]) -> NDArray[np.bool_]:
    touched = np.zeros(len(shapes), dtype=bool)
    if len(others):
        touched[shapely.STRtree(others).query(shapes, predicate="intersects")[0]] = True
    return touched
