"""What a page is drawn from: one place's results, as `measure` leaves them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from maps.page.basemap import BARE, Frame
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

_LANGUAGES = ("zh", "en")
_REMEDY = "measure again, then draw"


@dataclass(frozen=True)
class Public:
    """How a scene was made fit for everyone.

    Attributes
    ----------
    least
        So many people, or homes where people are not known, stand together at least.
    left
        How many stand in no cell: so far apart that no cell of enough could be made.
    counted
        What was measured of each home, without id, name, place, or where it leads to: for
        totals and charts, never for single rows.
    """

    least: int
    left: float
    counted: pd.DataFrame


@dataclass(frozen=True)
class Scene:
    """One place's results: the summary and the layers of ``results.gpkg``, in a metric CRS.

    Attributes
    ----------
    place, language
        The place's name; ``zh`` or ``en``.
    summary
        The content of ``summary.json``.
    homes, streets, entrances, facilities, ground
        The layers of these names.
    footprints
        Outlines of homes, by ``home``; None where homes are points.
    reached, gaps, areas
        ``<id>_streets``, ``<id>_gaps`` and ``<id>_area`` by the standard's id; an id may be
        missing.
    zones
        The layer of this name: each zone's outline, name and figures; None where there is none.
    nodes, barriers
        The layers of these names, from which a page can measure anew; None where there is none.
    frame
        The base map, if any, and the map review number.
    public
        How single homes were left out; None where they were not.
    """

    place: str
    language: Literal["zh", "en"]
    summary: Mapping[str, Any]
    homes: gpd.GeoDataFrame
    streets: gpd.GeoDataFrame
    entrances: gpd.GeoDataFrame
    facilities: gpd.GeoDataFrame
    ground: gpd.GeoDataFrame
    footprints: gpd.GeoDataFrame | None = None
    reached: Mapping[str, gpd.GeoDataFrame] = field(default_factory=dict)
    gaps: Mapping[str, gpd.GeoDataFrame] = field(default_factory=dict)
    areas: Mapping[str, gpd.GeoDataFrame] = field(default_factory=dict)
    zones: gpd.GeoDataFrame | None = None
    nodes: gpd.GeoDataFrame | None = None
    barriers: gpd.GeoDataFrame | None = None
    frame: Frame = BARE
    public: Public | None = None

    def __post_init__(self) -> None:
        """Refuse what no page could be drawn from.

        Raises
        ------
        InputError
            If the language is unknown or a layer has no metric CRS.
        """
        if self.language not in _LANGUAGES:
            wrong = f"unknown language {str(self.language)[:20]!r}"
            raise InputError(wrong, "choose zh or en")
        for name in ("homes", "streets", "entrances", "facilities", "ground"):
            crs = getattr(self, name).crs
            if crs is None or crs.is_geographic:
                raise InputError("is not in a metric CRS", _REMEDY, layer=name)

    @property
    def standards(self) -> list[str]:
        """The ids of the plain standards measured, in the order of the summary."""
        plain = self.summary["standards"].items()
        return [key for key, one in plain if "must_have" not in one and "classes" not in one]

    @property
    def unions(self) -> list[str]:
        """The ids of the unions measured: standards of several classes, any of which will do."""
        return [key for key, one in self.summary["standards"].items() if "classes" in one]

    @property
    def circles(self) -> list[str]:
        """The ids of the circles measured: standards of many services."""
        return [key for key, one in self.summary["standards"].items() if "must_have" in one]

    @property
    def everyone(self) -> pd.DataFrame:
        """What was measured of each home, for totals; `homes` may be cells of many."""
        return self.homes if self.public is None else self.public.counted

    @property
    def counts_people(self) -> bool:
        """Whether homes are weighed by residents; else every home counts one."""
        return bool(self.summary.get("unit") == "people")

    def measured(self, standard_id: str) -> Mapping[str, Any]:
        """Give the figures of one standard.

        Raises
        ------
        InputError
            If it was not measured.
        """
        figures: Mapping[str, Any] | None = self.summary["standards"].get(standard_id)
        if figures is None:
            raise InputError(f"standard {standard_id!r} is not among the results", _REMEDY)
        return figures


def scene_of(
    summary: Mapping[str, Any],
    layers: Mapping[str, gpd.GeoDataFrame],
    language: Literal["zh", "en"],
    frame: Frame = BARE,
) -> Scene:
    """Gather a place's results from the layers of a ``results.gpkg``, by their names.

    Entrances, outlines, zones, names of homes and what belongs to single standards may be missing.

    Raises
    ------
    InputError
        If homes, streets, facilities or ground are missing, or have no metric CRS.
    """
    for name in ("homes", "streets", "facilities", "ground"):
        if name not in layers:
            raise InputError(f"the results hold no layer {name!r}", "measure or compare again")
    homes, outlines = layers["homes"], layers.get("footprints")
    return Scene(
        place=str(summary["place"]),
        language=language,
        summary=summary,
        homes=homes if "name" in homes else homes.assign(name=None),
        streets=layers["streets"],
        entrances=layers.get("entrances", homes.iloc[:0]),
        facilities=layers["facilities"],
        ground=layers["ground"],
        footprints=None if outlines is None or outlines.empty else outlines,
        **{kind: _each(summary, layers, end) for kind, end in _OF_STANDARDS.items()},
        zones=layers.get("zones"),
        nodes=layers.get("nodes"),
        barriers=layers.get("barriers"),
        frame=frame,
        public=None,
    )


_OF_STANDARDS = {"reached": "streets", "gaps": "gaps", "areas": "area"}


def _each(
    summary: Mapping[str, Any], layers: Mapping[str, gpd.GeoDataFrame], end: str
) -> dict[str, gpd.GeoDataFrame]:
    """Give the layers ``<id>_<end>`` by the standard's id."""
    named = {key: f"{key}_{end}" for key in summary.get("standards", ())}
    return {key: layers[name] for key, name in named.items() if name in layers}
