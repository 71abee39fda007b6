"""Very many polygons on any Folium map: a tenth of the bytes, drawn on a canvas, sealed if wished.

>>> import folium, geopandas, shapely
>>> blocks = geopandas.GeoDataFrame(
...     {"floors": [3, 18], "use": ["<b>homes</b>", "shops"]},
...     geometry=[shapely.box(7.41, 43.73, 7.42, 43.74), shapely.box(7.42, 43.73, 7.43, 43.74)],
...     crs="EPSG:4326",
... )
>>> town = folium.Map(tiles=None)
>>> layer = CompactPolygons(blocks, ["floors", "use"], tooltip=["use"]).add_to(town)
>>> town.fit_bounds(layer.get_bounds())
>>> "<b>homes" in self_contained(town, "Floors")
False
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd
from folium.elements import JSCSSMixin
from folium.map import Layer
from folium.template import Template

from maps.page.canvas import Carried
from maps.page.frame import Page, Verbatim
from maps.page.payload import data_block
from maps.page.quantise import areas, by_place, spots
from maps.style import STEPS
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import folium
    import geopandas as gpd
    from branca.element import Figure
    from numpy.typing import NDArray

    from maps.words import Language

_MISSING = "#BDBDBD"
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_FILES = (
    *("unpack.js", "words.js", "places.js", "chunks.js", "specks.js", "sheet.js", "marks.js"),
    *("homes.js", "compact.js", "compact.css"),
)


class CompactPolygons(JSCSSMixin, Layer):
    """Polygons of a table, coloured by one of several columns, on any ``folium.Map``.

    They travel as steps of a micro-degree (0.1 m) in deflated columns, and are drawn on one canvas.
    On hover and click they tell the columns of `tooltip`; the layer fires ``pick`` with the row's
    values. With several columns, a box on the map chooses which one colours.

    Parameters
    ----------
    table
        Polygons in any CRS; of other geometries, a point is drawn.
    values
        The columns to colour by: numbers in as many classes as there are colours; truth, texts and
        categories by what they are.
    breaks
        By column of numbers: the upper ends of all classes but the last. Default: quantiles.
    titles
        By column: what it is called on the map. Default: its name.
    tooltip
        The columns told on hover and click. Default: `values`.
    colours
        ``#RRGGBB``, from low to high.
    digits
        Decimals of numbers that are told.
    name, overlay, control, show
        As for any layer of Folium.

    Raises
    ------
    InputError
        If a column is missing, a colour is none, or there are more kinds than colours.
    """

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = new lifecircle.Compact({{ this.get_name()|tojson }});"
        "{% endmacro %}"
    )

    def __init__(  # noqa: PLR0913  Folium's elements take their options as keywords
        self,
        table: gpd.GeoDataFrame,
        values: Sequence[str],
        *,
        breaks: Mapping[str, Sequence[float]] | None = None,
        titles: Mapping[str, str] | None = None,
        tooltip: Sequence[str] | None = None,
        colours: Sequence[str] = STEPS,
        digits: int = 1,
        name: str | None = None,
        overlay: bool = True,
        control: bool = True,
        show: bool = True,
    ) -> None:
        """Take over the table's values; the table itself is not kept."""
        super().__init__(name=name, overlay=overlay, control=control, show=show)
        self._name = "CompactPolygons"
        told = list(values if tooltip is None else tooltip)
        _check(table, [*values, *told], colours, values)
        titles, breaks = titles or {}, breaks or {}
        west, south, east, north = table.to_crs(4326).total_bounds.tolist()
        self._bounds: list[list[float | None]] = [[south, west], [north, east]]
        table = table.iloc[by_place(table.geometry)].reset_index(drop=True)
        self.data = {
            "shapes": _shapes(table),
            "values": [
                {
                    "title": titles.get(one, one),
                    **_classes(table[one], colours, breaks.get(one), digits),
                }
                for one in values
            ],
            "told": [{"title": titles.get(one, one), **_told(table[one], digits)} for one in told],
        }
        self.add_child(Carried(*_FILES))

    def get_bounds(self) -> list[list[float | None]]:
        """Give [[south, west], [north, east]] in degrees, for ``folium.Map.fit_bounds``."""
        return self._bounds

    def render(self, **kwargs: object) -> str:
        """Put the data into the page, then render as Folium does."""
        block = data_block(self.data, f"-{self.get_name()}")
        figure = cast("Figure", self.get_root())
        figure.html.add_child(Verbatim(block), name=f"{self.get_name()}_data")
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        return ""


def self_contained(chart: folium.Map, title: str, language: Language = "en") -> str:
    """Render a Folium map of ours and others' layers as one page that asks nobody for anything.

    Of what a map itself would load only Leaflet is kept; what a layer or plug-in needs beyond that
    must be packed (`maps.page.vendored.PACKED`).

    Raises
    ------
    LawError
        If the page would load anything from outside: tiles, fonts, a plug-in that is not packed.
    """
    chart.default_js = [one for one in chart.default_js if one[0] == "leaflet"]
    chart.default_css = [one for one in chart.default_css if one[0] == "leaflet_css"]
    page = Page({"zh": title, "en": title}, language, "plain")
    chart.add_to(page)
    return page.render()


def _check(
    table: gpd.GeoDataFrame, columns: list[str], colours: Sequence[str], values: Sequence[str]
) -> None:
    """Refuse what cannot be drawn."""
    if not values:
        raise InputError("no column to colour by", "name at least one in `values`")
    if table.crs is None or not len(table):
        raise InputError("the table has no rows, or no CRS", "give polygons with `set_crs`")
    for one in columns:
        if one not in table:
            raise InputError(f"no column {one!r}", f"choose from {', '.join(map(str, table))}")
    for colour in colours:
        if not _COLOUR.fullmatch(colour):
            raise InputError(f"{colour!r} is no colour", "write it as #RRGGBB")


def _shapes(table: gpd.GeoDataFrame) -> dict[str, Any]:
    """Give the outlines, and a spot for each row without one."""
    outlines = areas(table.geometry)
    bare = np.setdiff1d(np.arange(len(table)), outlines["of"])
    return {"outlines": outlines, "count": len(table), **spots(table.geometry.iloc[bare])}


def _classes(
    column: pd.Series, colours: Sequence[str], breaks: Sequence[float] | None, digits: int
) -> dict[str, Any]:
    """Give each row's class, and of each class its colour and what it holds; missing comes last."""
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        values = column.to_numpy(dtype=float, na_value=np.nan)
        code, ends = _by_size(values, len(colours), breaks)
        said = [f"{round(one, digits):,.10g}" for one in ends]
        labels = [f"{low} – {high}" for low, high in pairwise(said)]
    else:
        code, kinds = pd.factorize(column, sort=True)
        labels = [str(one) for one in kinds]
    if len(labels) > len(colours):
        wrong = f"{len(labels)} kinds of {column.name!r}, but {len(colours)} colours"
        raise InputError(wrong, "give more `colours`, or fewer kinds")
    fills = [
        colours[at] for at in np.linspace(0, len(colours) - 1, len(labels)).round().astype(int)
    ]
    code = np.where(code < 0, len(labels), code).astype(np.uint8)
    return {"class": code, "colours": [*fills, _MISSING], "labels": [*labels, "–"]}


def _by_size(
    values: NDArray[np.float64], most: int, breaks: Sequence[float] | None
) -> tuple[NDArray[np.intp], list[float]]:
    """Sort numbers into classes, and give the bounds of these; -1 is missing."""
    known = values[~np.isnan(values)]
    if not len(known):
        return np.full(len(values), -1), []
    low, high = known.min(), known.max()
    inner = np.quantile(known, np.arange(1, most) / most) if breaks is None else np.sort(breaks)
    if breaks is None:
        inner = np.unique(inner[inner < high])
    within = np.searchsorted(inner, values)
    return np.where(np.isnan(values), -1, within), [low, *inner.tolist(), high]


def _told(column: pd.Series, digits: int) -> dict[str, Any]:
    """Give what is told of each row, and which rows have nothing to tell."""
    missing = np.flatnonzero(column.isna())
    if pd.api.types.is_bool_dtype(column) or not pd.api.types.is_numeric_dtype(column):
        texts = column.astype(object).where(column.notna(), "").astype(str)
        return {"each": texts.to_numpy(dtype=object), "missing": missing}
    rounded = column.to_numpy(dtype=float, na_value=np.nan).round(digits)
    return {"each": np.where(np.isnan(rounded), 0, rounded) + 0.0, "missing": missing}
