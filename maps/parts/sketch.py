"""A place at a glance: a small drawing of its homes as squares of colour, for the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from maps.page.markup import Html, text
from maps.style import COLOURS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from maps.scene import Scene

_WIDE, _HIGH, _CELL = 300, 150, 3
_MARGIN = 6


def sketch(scene: Scene, value: NDArray[np.float64], colours: Sequence[str], said: str) -> Html:
    """Draw homes in cells, each in the colour of their mean value; NaN is left out.

    Parameters
    ----------
    value
        (homes,) from 0, the first colour, to 1, the last.
    said
        What the drawing shows, in words.
    """
    place = _Place(scene)
    inside = _cells(scene, place, value, colours)
    if scene.public is not None:
        inside = _outlines(scene, place, value, colours)
    return Html(
        f'<svg class="sketch" viewBox="0 0 {_WIDE} {_HIGH}" role="img" aria-label="{text(said)}" '
        f'preserveAspectRatio="xMidYMid meet">{place.water()}{place.boundary()}{inside}</svg>'
    )


def _cells(scene: Scene, place: _Place, value: NDArray[np.float64], colours: Sequence[str]) -> str:
    """Draw the drawing's own small cells, each the mean of the homes that fall into it."""
    xy = shapely.get_coordinates(shapely.centroid(scene.homes.geometry.array))
    cells = pd.DataFrame(np.floor(place.pixels(xy) / _CELL).astype(int), columns=["x", "y"])
    mean = cells.assign(value=value).dropna().groupby(["x", "y"])["value"].mean()
    step = _steps(mean.to_numpy(), colours)
    xy_of = np.asarray(mean.index.to_list(), dtype=int).reshape(-1, 2) * _CELL
    return "".join(_squares(xy_of[step == one], colour) for one, colour in enumerate(colours))


def _outlines(
    scene: Scene, place: _Place, value: NDArray[np.float64], colours: Sequence[str]
) -> str:
    """Draw the squares of a public scene, in which many stand together, as large as they are."""
    known = ~np.isnan(value)
    step, squares = _steps(value[known], colours), scene.homes.geometry.array[known]
    paths = (place.path(squares[step == one]) for one in range(len(colours)))
    return "".join(
        f'<path d="{path}" fill="{colour}" fill-opacity="0.8" stroke="#fff" stroke-width="0.5"/>'
        for path, colour in zip(paths, colours, strict=True)
        if path
    )


def _steps(value: NDArray[np.float64], colours: Sequence[str]) -> NDArray[np.int64]:
    """Give the colour of values from 0, the first, to 1, the last."""
    return np.minimum((value * len(colours)).astype(int), len(colours) - 1)


def _squares(corners: NDArray[np.int64], colour: str) -> str:
    """Write cells of one colour as one path."""
    side = _CELL - 0.4
    path = "".join(f"M{x} {y}h{side}v{side}h-{side}z" for x, y in corners.tolist())
    return f'<path d="{path}" fill="{colour}"/>' if path else ""


class _Place:
    """Where metres of the study area come to lie in the drawing."""

    def __init__(self, scene: Scene) -> None:
        kinds = scene.ground["kind"]
        self._ground = {kind: scene.ground[kinds == kind] for kind in ("water", "boundary")}
        shown = self._ground["boundary"] if len(self._ground["boundary"]) else scene.homes
        bounds = shown.total_bounds if len(shown) else scene.streets.total_bounds
        west, south, east, north = bounds
        width, height = max(east - west, 1), max(north - south, 1)
        self._scale = min((_WIDE - 2 * _MARGIN) / width, (_HIGH - 2 * _MARGIN) / height)
        self._origin = np.array([(west + east) / 2, (south + north) / 2])

    def pixels(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Bring metres to the drawing's units, y downwards."""
        moved = (xy - self._origin) * np.array([self._scale, -self._scale])
        return moved + np.array([_WIDE / 2, _HIGH / 2])

    def water(self) -> str:
        """Draw the water."""
        return self._shapes("water", f'fill="{COLOURS["water"]}"')

    def boundary(self) -> str:
        """Draw the edge of the study area."""
        return self._shapes(
            "boundary", f'fill="none" stroke="{COLOURS["boundary"]}" stroke-dasharray="4 3"'
        )

    def _shapes(self, kind: str, look: str) -> str:
        path = self.path(self._ground[kind].geometry.array)
        return f'<path d="{path}" fill-rule="evenodd" {look}/>' if path else ""

    def path(self, areas: NDArray[np.object_]) -> str:
        """Write polygons as one path, simpler than a unit of the drawing shows."""
        simple = shapely.simplify(areas, 1 / self._scale)
        rings = shapely.get_rings(shapely.get_parts(simple[~shapely.is_empty(simple)]))
        return "".join(self._ring(ring) for ring in rings)

    def _ring(self, ring: shapely.LinearRing) -> str:
        points = np.clip(self.pixels(shapely.get_coordinates(ring)), -99, 999).round(1).tolist()
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "z"
