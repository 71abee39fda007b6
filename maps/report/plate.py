"""The maps of a report: homes served and unserved, what they walk to, gaps, on a quiet ground.

Nothing but figures and the letter N is written in a map: a font with Chinese need not be there, and
one picture serves both languages. Legend and caption stand in the document.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle
from matplotlib.path import Path

from maps.parts.steps import steps_met
from maps.report.pictured import PAGE_CM
from maps.style import COLOURS, SHARES, STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from maps.scene import Scene

NUMBERED = 10
"""So many gaps have their number on the map, as they are listed."""

LOOKS: dict[str, dict[str, Any]] = {
    "served": {"facecolor": COLOURS["served"], "edgecolor": "none", "linewidth": 0},
    "unserved": {
        "facecolor": COLOURS["unserved"],
        "edgecolor": COLOURS["unserved-edge"],
        "linewidth": 0.35,
    },
    "unconnected": {
        "facecolor": "white",
        "edgecolor": "#555555",
        "hatch": "xxxxx",
        "linewidth": 0.6,
    },
    "gap": {"facecolor": "none", "edgecolor": COLOURS["gap"], "linewidth": 1.2, "hatch": "//"},
    "park": {
        "facecolor": "#8FD1B5",
        "edgecolor": COLOURS["facility-edge"],
        "linewidth": 0.9,
        "hatch": "....",
    },
    "green": {"facecolor": COLOURS["green"], "edgecolor": "none", "linewidth": 0},
    "water": {"facecolor": COLOURS["water"], "edgecolor": "none", "linewidth": 0},
}
LOOKS |= {
    f"share-{number}": {"facecolor": colour, "edgecolor": "#555555", "linewidth": 0.3}
    for number, colour in enumerate(SHARES)
}
LINES: dict[str, dict[str, Any]] = {
    "street": {"color": "#C4C4BF", "linewidth": 0.5},
    "reached": {"color": "#6FAFD8", "linewidth": 0.75},
    "boundary": {"color": "#333333", "linewidth": 1.1, "linestyle": (0, (6, 2, 1.5, 2))},
    "zone": {"color": COLOURS["zone"], "linewidth": 0.7, "linestyle": (0, (3, 2))},
}
POINTS: dict[str, dict[str, Any]] = {
    "stop": {
        "marker": "D",
        "markersize": 3.4,
        "color": COLOURS["facility"],
        "markeredgecolor": "white",
        "markeredgewidth": 0.5,
    },
    "served-home": {"marker": "o", "color": COLOURS["served"], "markeredgewidth": 0},
    "unserved-home": {
        "marker": "^",
        "color": COLOURS["unserved"],
        "markeredgecolor": COLOURS["unserved-edge"],
        "markeredgewidth": 0.35,
    },
    "unconnected-home": {"marker": "x", "color": "#444444", "markeredgewidth": 0.8},
}
_HIGH_CM = (8.0, 14.5)
_MARGIN = 0.03
_SMALLEST_PT = 1.4
_EDGE_OF_SIZE = 0.1
_POINT_MM = 0.3528
_SHORT_MM = 0.12
_MOST_STREETS = 120_000
_ROUND = (1, 2, 5)
_KILOMETRE = 1000


def draw(scene: Scene, key: str) -> Figure:
    """Draw the map of one standard, union or circle.

    Parameters
    ----------
    scene
        The place's results.
    key
        One of ``scene.summary["standards"]``.
    """
    sheet = Sheet(scene)
    sheet.ground()
    sheet.lines(scene.streets.geometry, "street", 3)
    if key in scene.reached:
        sheet.lines(scene.reached[key].geometry, "reached", 3.2)
    if key in scene.circles:
        sheet.steps(key)
    else:
        sheet.facilities(key)
        sheet.homes(key)
        sheet.gaps(scene.gaps.get(key))
    sheet.frame()
    return sheet.figure


class Sheet:
    """An empty map of the study area, to draw on; true to scale, north up."""

    def __init__(self, scene: Scene) -> None:
        """Lay out the study area on as much of a page as it needs."""
        self.scene = scene
        west, south, east, north = _extent(scene)
        wide, high = max(east - west, 1.0), max(north - south, 1.0)
        height_cm = min(max(PAGE_CM * high / wide, _HIGH_CM[0]), _HIGH_CM[1])
        scale = max(wide / PAGE_CM, high / height_cm)  # metres in a centimetre of paper
        middle = ((west + east) / 2, (south + north) / 2)
        half = (PAGE_CM * scale / 2, height_cm * scale / 2)
        self.figure = Figure(figsize=(PAGE_CM / 2.54, height_cm / 2.54), facecolor="white")
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_xlim(middle[0] - half[0], middle[0] + half[0])
        self.axes.set_ylim(middle[1] - half[1], middle[1] + half[1])
        self.axes.axis("off")
        self.metres_per_point = scale * _POINT_MM / 10
        bounds = (
            middle[0] - half[0],
            middle[1] - half[1],
            middle[0] + half[0],
            middle[1] + half[1],
        )
        self.window = shapely.box(*bounds)

    def ground(self) -> None:
        """Draw water, green and the edges of the study area and its zones."""
        corners = shapely.get_coordinates(self.window)[:4]
        self.axes.add_patch(Polygon(corners, facecolor=COLOURS["paper"], zorder=0))
        kinds = self.scene.ground["kind"]
        for kind, depth in (("green", 0.5), ("water", 0.6)):
            shapes = self.scene.ground.geometry[kinds == kind]
            self.polygons(shapes.simplify(self.metres_per_point / 2), LOOKS[kind], depth)
        zones = self.scene.zones
        if zones is not None:
            self.outlines(zones.geometry, "zone", 6)
        self.outlines(self.scene.ground.geometry[kinds == "boundary"], "boundary", 7)

    def lines(self, shapes: gpd.GeoSeries, line: str, depth: float) -> None:
        """Draw streets; of a large city those one can see at this scale, longest first."""
        lines = np.asarray(shapes.array)
        lines = lines[shapely.intersects(lines, self.window)]
        length = shapely.length(lines)
        seen = length > _SHORT_MM / _POINT_MM * self.metres_per_point
        if seen.sum() > _MOST_STREETS:
            seen &= length >= np.partition(length, -_MOST_STREETS)[-_MOST_STREETS]
        shown = shapely.simplify(lines[seen], self.metres_per_point / 3)
        look = LINES[line]
        thin = 1.0 if len(shown) < _MOST_STREETS / 4 else 0.5
        look = look | {"linewidth": look["linewidth"] * thin}
        collection = LineCollection(_pieces(shown), zorder=depth, **look)
        self.axes.add_collection(collection, autolim=False)

    def homes(self, key: str) -> None:
        """Draw homes: served, unserved on top of them, unconnected last; else cells of many."""
        table = self.scene.homes
        if self.scene.public is not None:
            self._cells(table, table[f"{key}_share"].to_numpy(dtype=float))
            return
        apart = (table["status"] != "connected").to_numpy()
        served = table[f"{key}_served"].fillna(value=False).to_numpy(dtype=bool) & ~apart
        for sign, which, depth in (
            ("served", served, 4),
            ("unserved", ~served & ~apart, 4.2),
            ("unconnected", apart, 4.4),
        ):
            self._of_homes(table[which], LOOKS[sign], POINTS[f"{sign}-home"], depth)

    def _cells(self, cells: gpd.GeoDataFrame, share: NDArray[np.float64]) -> None:
        """Draw cells by the share of their people that is served."""
        step = np.minimum((share * len(SHARES)).astype(int), len(SHARES) - 1)
        step = np.where(cells["status"] == "connected", step, -1)
        for number in range(len(SHARES)):
            self.polygons(cells.geometry[step == number], LOOKS[f"share-{number}"], 2)
        self.polygons(cells.geometry[step < 0], LOOKS["unconnected"], 2)

    def steps(self, key: str) -> None:
        """Draw homes by how many services of a circle they have within reach."""
        step = steps_met(self.scene, key)
        for number, colour in enumerate(STEPS):
            look = {"facecolor": colour, "edgecolor": COLOURS["ink"], "linewidth": 0.15}
            point = {"marker": "o", "color": colour, "markeredgewidth": 0}
            self._of_homes(self.scene.homes[step == number], look, point, 4 + number / 10)
        apart = self.scene.homes[step < 0]
        self._of_homes(apart, LOOKS["unconnected"], POINTS["unconnected-home"], 5)

    def _of_homes(
        self,
        homes: gpd.GeoDataFrame,
        look: Mapping[str, Any],
        point: Mapping[str, Any],
        depth: float,
    ) -> None:
        """Draw some homes by their outlines, or as points where those are too small to see."""
        outlines = self.scene.footprints
        if outlines is not None and self._visible(outlines):
            mine = outlines[outlines["home"].isin(homes["home"])]
            self.polygons(mine.geometry, look, depth)
            return
        at = shapely.get_coordinates(shapely.centroid(np.asarray(homes.geometry.array)))
        size = self._point_size() * (1.25 if point["marker"] == "^" else 1.0)
        edge = min(point["markeredgewidth"], size * _EDGE_OF_SIZE)
        rest = {**point, "markeredgewidth": edge}
        self.axes.plot(at[:, 0], at[:, 1], linestyle="none", markersize=size, zorder=depth, **rest)

    def _visible(self, outlines: gpd.GeoDataFrame) -> bool:
        """Whether the middling outline is larger than the smallest point one sees."""
        side = math.sqrt(float(np.median(shapely.area(np.asarray(outlines.geometry.array))) or 0.0))
        return side >= _SMALLEST_PT * self.metres_per_point

    def _point_size(self) -> float:
        """How large homes stand as points: smaller the more there are."""
        width, height = self.figure.get_size_inches() * 72
        room = math.sqrt(width * height / max(len(self.scene.homes), 1))
        return min(max(room / 3, _SMALLEST_PT), 4.0)

    def facilities(self, key: str) -> None:
        """Draw what one walks to: land as land, points as points."""
        wanted = self.scene.measured(key).get("classes") or {key: None}
        here = self.scene.facilities["standards"].fillna("").astype(str).str.split(r"[,;\s]+")
        mine = self.scene.facilities[[bool(set(one) & set(wanted)) for one in here]]
        land = shapely.get_dimensions(np.asarray(mine.geometry.array)) > 1
        self.polygons(mine.geometry[land], LOOKS["park"], 3.5)
        at = shapely.get_coordinates(shapely.centroid(np.asarray(mine.geometry.array[~land])))
        self.axes.plot(at[:, 0], at[:, 1], linestyle="none", zorder=5.5, **POINTS["stop"])

    def gaps(self, gaps: gpd.GeoDataFrame | None) -> None:
        """Draw the listed gaps, each with its number."""
        if gaps is None:
            return
        shown = gaps.head(NUMBERED)
        self.polygons(shown.geometry, LOOKS["gap"], 5)
        for number, shape in zip(range(NUMBERED, 0, -1), shown.geometry[::-1], strict=False):
            rank = number - (NUMBERED - len(shown))
            at = shape.representative_point()
            self.axes.annotate(
                str(rank),
                (at.x, at.y),
                zorder=9,
                ha="center",
                va="center",
                fontsize=7.5,
                fontweight="bold",
                color="white",
                bbox={
                    "boxstyle": "circle,pad=0.25",
                    "fc": COLOURS["gap"],
                    "ec": "white",
                    "lw": 0.8,
                },
            )

    def polygons(self, shapes: gpd.GeoSeries, look: Mapping[str, Any], depth: float) -> None:
        """Draw the polygons among some shapes, as many as there are."""
        parts = shapely.get_parts(np.asarray(shapes.array))
        parts = parts[(shapely.get_dimensions(parts) > 1) & ~shapely.is_empty(parts)]
        parts = parts[shapely.intersects(parts, self.window)]
        whole = parts[shapely.get_num_interior_rings(parts) == 0]
        holed = parts[shapely.get_num_interior_rings(parts) > 0]
        plain = PolyCollection(_pieces(shapely.get_exterior_ring(whole)), zorder=depth, **look)
        self.axes.add_collection(plain, autolim=False)
        paths = [_with_holes(one) for one in holed]
        self.axes.add_collection(PathCollection(paths, zorder=depth, **look), autolim=False)

    def outlines(self, shapes: gpd.GeoSeries, line: str, depth: float) -> None:
        """Draw the edges of some areas."""
        edges = shapely.get_parts(shapely.boundary(np.asarray(shapes.array)))
        lines = LineCollection(
            _pieces(shapely.simplify(edges, self.metres_per_point / 3)), zorder=depth, **LINES[line]
        )
        self.axes.add_collection(lines, autolim=False)

    def frame(self) -> None:
        """Draw neat line, scale bar and north."""
        figure = self.figure
        edge = Rectangle((0, 0), 1, 1, transform=figure.transFigure, fill=False, linewidth=1.4)
        figure.add_artist(edge)
        _scale_bar(self.axes, self.metres_per_point)
        _north(self.axes)


def _extent(scene: Scene) -> tuple[float, float, float, float]:
    """The study area with a margin: its boundary, else where homes are."""
    boundary = scene.ground[scene.ground["kind"] == "boundary"]
    shown = boundary if len(boundary) else scene.homes
    bounds = (shown if len(shown) else scene.streets).total_bounds
    west, south, east, north = (float(one) for one in bounds)
    room = _MARGIN * max(east - west, north - south, 1.0)
    return west - room, south - room, east + room, north + room


def _pieces(shapes: NDArray[np.object_]) -> list[NDArray[np.float64]]:
    """Give the coordinates of each line or ring, (n, 2) metres."""
    parts = shapely.get_parts(shapes)
    at, of = shapely.get_coordinates(parts, return_index=True)
    return np.split(at, np.flatnonzero(np.diff(of)) + 1) if len(at) else []


def _with_holes(polygon: shapely.Polygon) -> Path:
    """Give a polygon with holes as one path: rings turn the other way round inside."""
    oriented = shapely.orient_polygons(polygon)
    return Path.make_compound_path(*_closed(shapely.get_rings(oriented)))


def _closed(rings: Iterable[shapely.LinearRing]) -> list[Path]:
    return [Path(shapely.get_coordinates(ring), closed=True) for ring in rings]


def round_length(longest: float) -> float:
    """Give the longest 1, 2 or 5 times a power of ten that is no longer.

    Examples
    --------
    >>> [round_length(metres) for metres in (999, 640, 260)]
    [500.0, 500.0, 200.0]
    """
    power = 10.0 ** math.floor(math.log10(longest))
    return max(step * power for step in _ROUND if step * power <= longest)


def _scale_bar(axes: Axes, metres_per_point: float) -> None:
    """Draw a scale bar in four parts, lower left, on a white field."""
    (left, right), bottom = axes.get_xlim(), axes.get_ylim()[0]
    point = metres_per_point
    length = round_length((right - left) / 5)
    x, y, high = left + 16 * point, bottom + 12 * point, 4 * point
    label = f"{length / _KILOMETRE:g} km" if length >= _KILOMETRE else f"{length:g} m"
    field = (length + 36 * point, 30 * point)
    back: dict[str, Any] = {"facecolor": "white", "alpha": 0.85, "edgecolor": "none", "zorder": 10}
    axes.add_patch(Rectangle((left + 6 * point, bottom + 6 * point), *field, **back))
    for part in range(4):
        colour = COLOURS["ink"] if part % 2 == 0 else "white"
        box = Rectangle((x + part * length / 4, y), length / 4, high, facecolor=colour)
        box.set(edgecolor=COLOURS["ink"], linewidth=0.6, zorder=11)
        axes.add_patch(box)
    for at, text in ((0.0, "0"), (length / 2, f"{_of(label, length / 2)}"), (length, label)):
        axes.text(x + at, y + 7 * point, text, ha="center", va="bottom", fontsize=7, zorder=11)


def _of(label: str, metres: float) -> str:
    """Say a length in the unit of a label, without naming it."""
    return f"{metres / _KILOMETRE:g}" if label.endswith("km") else f"{metres:g}"


def _north(axes: Axes) -> None:
    """Draw an arrow to the north, upper right, on a white field."""
    look: dict[str, Any] = {"xycoords": "axes points", "zorder": 11, "annotation_clip": False}
    width, height = (float(side) for side in axes.figure.get_size_inches() * 72)  # type: ignore[union-attr]
    x, y = width - 20, height - 42
    corner, size = ((x - 13) / width, (y - 5) / height), (26 / width, 42 / height)
    field = Rectangle(corner, *size, transform=axes.transAxes, zorder=10.5)
    field.set(facecolor="white", alpha=0.85)
    axes.add_patch(field)
    axes.annotate("N", (x, y + 29), ha="center", va="center", fontsize=9, **look)
    for side, colour in ((1, COLOURS["ink"]), (-1, "white")):
        tip = np.array([(0, 22), (side * 6.5, 0), (0, 5)]) + np.array([x, y])
        arrow = Polygon(tip / np.array([width, height]), transform=axes.transAxes, zorder=12)
        arrow.set(facecolor=colour, edgecolor=COLOURS["ink"], linewidth=0.7)
        axes.add_patch(arrow)
