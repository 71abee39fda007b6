"""The pictures of a report, each drawn once however often it stands in a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Polygon, Rectangle
from matplotlib.text import Text

from maps.report import plate
from maps.report.pictured import Axis, Bar, Part, Plate, Steps, Swatch
from maps.report.png import png
from maps.style import COLOURS, STEPS

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from maps.report.pictured import Picture
    from maps.scene import Scene

CM = 1 / 2.54
MAP_DPI, SMALL_DPI = 200, 300
BAR_CM, PART_CM, STEPS_CM, SWATCH_CM = (11.0, 0.52), (3.4, 0.36), (15.5, 0.7), (0.85, 0.42)
AXIS_CM = (BAR_CM[0], 0.4)
_HALF_TICK = 0.012
_LABEL_PT = 7.5
_PAPER_ONLY = "#DCE9F1"


@dataclass(frozen=True)
class Drawn:
    """A picture: PNG, and how large it stands on paper."""

    png: bytes
    width_cm: float
    height_cm: float


@dataclass
class Gallery:
    """Draws what a document shows.

    Parameters
    ----------
    scene
        The results that maps are drawn from.
    """

    scene: Scene
    _drawn: dict[Picture, Drawn] = field(default_factory=dict)

    def draw(self, picture: Picture) -> Drawn:
        """Give a picture, drawn at the first asking."""
        if picture not in self._drawn:
            self._drawn[picture] = self._new(picture)
        return self._drawn[picture]

    def _new(self, picture: Picture) -> Drawn:
        with mpl.rc_context({"hatch.linewidth": 0.6, "path.simplify_threshold": 0.5}):
            if isinstance(picture, Plate):
                figure = plate.draw(self.scene, picture.standard)
                return _photographed(figure, MAP_DPI)
            return _photographed(_small(picture), SMALL_DPI)


def _photographed(figure: Figure, dpi: int) -> Drawn:
    """Render a figure."""
    canvas = FigureCanvasAgg(figure)
    figure.set_dpi(dpi)
    canvas.draw()  # type: ignore[no-untyped-call]
    pixels = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    width, height = figure.get_size_inches()
    return Drawn(png(pixels, dpi), float(width) / CM, float(height) / CM)


def _small(picture: Bar | Axis | Part | Steps | Swatch) -> Figure:
    """Draw a bar, an axis or a sign of a legend."""
    if isinstance(picture, Bar):
        return _bar(picture)
    if isinstance(picture, Axis):
        return _axis()
    if isinstance(picture, Part):
        return _part(picture.share)
    if isinstance(picture, Steps):
        return _steps(picture.shares)
    return _swatch(picture.sign)


def empty(size_cm: tuple[float, float], wide: float = 1.0) -> tuple[Figure, Axes]:
    """Begin a picture of some size whose coordinates run from 0 to `wide` and from 0 to 1."""
    figure = Figure(figsize=(size_cm[0] * CM, size_cm[1] * CM), facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, wide)
    axes.set_ylim(0, 1)
    axes.axis("off")
    return figure, axes


def _scaled(size_cm: tuple[float, float]) -> tuple[Figure, Axes]:
    """Begin a picture whose 0 to 1 leave room for half a label on both sides."""
    figure, axes = empty(size_cm)
    axes.set_xlim(-0.03, 1.045)
    return figure, axes


def _axis() -> Figure:
    figure, axes = _scaled(AXIS_CM)
    for tenth in range(0, 11, 2):
        label = f"{tenth * 10} %" if tenth in (0, 10) else str(tenth * 10)
        axes.text(tenth / 10, 0.42, label, ha="center", va="center", fontsize=_LABEL_PT)
        axes.plot([tenth / 10] * 2, [0, 0.12], color=COLOURS["ink"], linewidth=0.6)
    return figure


def _bar(bar: Bar) -> Figure:
    """Draw the share on foot, what only the radius counts, the bounds and the target."""
    figure, axes = _scaled(BAR_CM)
    for tenth in range(0, 11, 2):
        axes.plot([tenth / 10] * 2, [0, 1], color=COLOURS["hairline"], linewidth=0.6, zorder=0)
    if bar.straight is not None:
        look: dict[str, Any] = {
            "facecolor": _PAPER_ONLY,
            "edgecolor": COLOURS["served"],
            "linewidth": 0.6,
        }
        axes.add_patch(Rectangle((0, 0.26), bar.straight, 0.48, hatch="//////", **look))
    axes.add_patch(Rectangle((0, 0.26), bar.walk, 0.48, facecolor=COLOURS["served"]))
    if bar.low is not None and bar.high is not None:
        axes.plot([bar.low, bar.high], [0.5, 0.5], color="white", linewidth=3.2)
        axes.plot([bar.low, bar.high], [0.5, 0.5], color=COLOURS["ink"], linewidth=1.1)
        for end in (bar.low, bar.high):
            axes.plot([end, end], [0.34, 0.66], color=COLOURS["ink"], linewidth=1.1)
    if bar.target is not None:
        axes.plot([bar.target] * 2, [0.08, 0.92], color=COLOURS["gap"], linewidth=1.4)
        tip = [(bar.target - 0.014, 1.0), (bar.target + 0.014, 1.0), (bar.target, 0.72)]
        axes.add_patch(Polygon(tip, facecolor=COLOURS["gap"]))
    return figure


def _part(share: float) -> Figure:
    figure, axes = empty(PART_CM)
    axes.add_patch(Rectangle((0, 0.12), 1, 0.76, facecolor="#F0F0EC"))
    look: dict[str, Any] = {"facecolor": COLOURS["unserved"], "edgecolor": COLOURS["unserved-edge"]}
    axes.add_patch(Rectangle((0.004, 0.14), max(share - 0.008, 0.004), 0.72, linewidth=0.7, **look))
    return figure


def _steps(shares: tuple[float, ...]) -> Figure:
    """Draw the steps as one line; the unconnected, last, are hatched."""
    figure, axes = empty(STEPS_CM)
    left = 0.0
    for step, part in enumerate(shares):
        known = step < len(STEPS)
        look: dict[str, Any] = {"facecolor": STEPS[step] if known else COLOURS["unconnected"]}
        look |= {} if known else {"hatch": "xxxx"}
        axes.add_patch(Rectangle((left, 0.1), part, 0.8, edgecolor="white", linewidth=0.6, **look))
        left += part
    return figure


def _swatch(sign: str) -> Figure:
    width = SWATCH_CM[0] / SWATCH_CM[1]
    figure, axes = empty(SWATCH_CM, width)
    for artist in _sign(sign, width):
        axes.add_artist(artist)
    return figure


def _sign(sign: str, width: float) -> list[Artist]:
    """Draw one sign of a legend, on a field one high and `width` wide."""
    looks = plate.LOOKS
    if sign in looks:
        return [Rectangle((0.1, 0.12), width - 0.2, 0.76, **looks[sign])]
    if sign.startswith("step-"):
        colour = STEPS[int(sign.removeprefix("step-"))]
        edge: dict[str, Any] = {"edgecolor": COLOURS["ink"], "linewidth": 0.5}
        return [Rectangle((0.1, 0.12), width - 0.2, 0.76, facecolor=colour, **edge)]
    if sign in plate.LINES:
        return [Line2D([0, width], [0.5, 0.5], **plate.LINES[sign])]
    if sign in plate.POINTS:
        return [Line2D([width / 2], [0.5], linestyle="none", **plate.POINTS[sign])]
    if sign == "gap-number":
        look: dict[str, Any] = {"facecolor": COLOURS["gap"], "edgecolor": "white"}
        return [Circle((width / 2, 0.5), 0.44, **look), _number(width / 2)]
    return _bar_sign(sign, width)


def _number(middle: float) -> Artist:
    text = Text(middle, 0.47, "1", ha="center", va="center", color="white", fontsize=6)
    text.set_fontweight("bold")
    return text


def _bar_sign(sign: str, width: float) -> list[Artist]:
    """Draw what the marks of a bar look like."""
    ink, served = COLOURS["ink"], COLOURS["served"]
    if sign == "bar-straight":
        look: dict[str, Any] = {"facecolor": _PAPER_ONLY, "edgecolor": served, "linewidth": 0.6}
        return [Rectangle((0.1, 0.12), width - 0.2, 0.76, hatch="//////", **look)]
    if sign == "bar-bounds":
        ends = [Line2D([x, x], [0.25, 0.75], color=ink, linewidth=1.1) for x in (0.2, width - 0.2)]
        return [Line2D([0.2, width - 0.2], [0.5, 0.5], color=ink, linewidth=1.1), *ends]
    if sign == "bar-target":
        middle, gap = width / 2, COLOURS["gap"]
        tip = [(middle - 0.22, 1.0), (middle + 0.22, 1.0), (middle, 0.6)]
        stem = Line2D([middle] * 2, [0.05, 0.9], color=gap, linewidth=1.4)
        return [stem, Polygon(tip, facecolor=gap)]
    return [Rectangle((0.1, 0.12), width - 0.2, 0.76, facecolor=served)]
