"""A scene for everyone: cells of enough people in the place of single homes.

What is protected: where a single home stands, what it is called, how many live in it, how far it is
from anything and why it is unserved. No page made from a public scene holds any of that, for the
scene itself does not.

What is not: a cell whose homes are all served, or all unserved, says so of each of them; and who
knows how many live in all of a cell but one home can guess at that one, as closely as tens of
people and steps of five per cent allow. Figures of zones and of the whole place are exact shares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from maps.scene import Public, Scene
from maps.town import truth
from spatial.crowds import NO_CELL, crowds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from spatial.crowds import Crowds

LEAST = 10
TENS = 10.0
SHARE_STEP = 0.05
METRES_STEP = 50.0
"""How people, shares of cells and distances of gaps are rounded."""

_OF_PERSONS = ("home", "name", "geometry", "edge", "along_m", "leg_m")
_PERSONAL_ENDS = ("_facility", "_entrance")
_TOLD_OF_GAPS = ("gap", "people", "homes", "name", "reason", "walk_m", "straight_m", "facility")


def public(scene: Scene, least: int = LEAST) -> Scene:
    """Give the scene without single homes; the figures of its summary stay as they are.

    Parameters
    ----------
    scene
        Measured results.
    least
        So many people stand together at least: in cells, in gaps that are told, in zones whose
        figures are told. Homes count where people are not known.

    Returns
    -------
    Scene
        Made of what is known to be harmless only. Its homes are cells: squares with people in
        tens and, of each measured id, ``<id>_share``, in steps of 0.05. Distances, reasons,
        facilities walked to, ids and names of homes are not there; outlines are the squares; the
        inputs' paths are not in the summary; an edge of the study area that was drawn around the
        homes is drawn around the cells.
    """
    weight = _counts(scene)
    xy = shapely.get_coordinates(shapely.centroid(scene.homes.geometry.array))
    found = crowds(xy, weight, least=least)
    cells = _cells(scene, found, weight)
    return Scene(
        place=scene.place,
        language=scene.language,
        summary=_summary(scene.summary),
        homes=cells,
        streets=scene.streets,
        entrances=scene.entrances,
        facilities=scene.facilities,
        ground=_ground(scene, cells),
        footprints=cells[["home", "geometry"]],
        reached=scene.reached,
        gaps={
            key: _gaps(scene, key, table, found, weight, least) for key, table in scene.gaps.items()
        },
        areas=scene.areas,
        zones=_zones(scene, least),
        frame=scene.frame,
        public=Public(least, found.left, _counted(scene.homes)),
    )


def _counts(scene: Scene) -> NDArray[np.float64]:
    """What each home counts for: its people, or one."""
    if not scene.counts_people:
        return np.ones(len(scene.homes))
    return scene.homes["weight"].fillna(0).to_numpy(dtype=float)


def _summary(summary: Mapping[str, Any]) -> dict[str, Any]:
    """The figures, without what names files."""
    return {key: value for key, value in summary.items() if key not in ("inputs", "wish")}


def _counted(homes: gpd.GeoDataFrame) -> pd.DataFrame:
    """What was measured of each home, and nothing that says which or where."""
    personal = [name for name in homes if name in _OF_PERSONS or name.endswith(_PERSONAL_ENDS)]
    return pd.DataFrame(homes.drop(columns=personal)).reset_index(drop=True)


def _cells(scene: Scene, found: Crowds, weight: NDArray[np.float64]) -> gpd.GeoDataFrame:
    """A table of cells in the form of a table of homes."""
    homes, count = scene.homes, len(found.squares)
    placed = found.cell != NO_CELL
    cell, of = found.cell[placed], weight[placed]

    def share(values: pd.Series) -> NDArray[np.float64]:
        mean = np.bincount(cell, of * values.to_numpy(dtype=float)[placed], count)
        return np.asarray(mean / found.people)

    apart = share(homes["status"] != "connected")
    columns: dict[str, Any] = {
        "home": np.arange(1, count + 1).astype(str),
        "name": None,
        "weight": _stepped(found.people, TENS),
        "status": np.where(apart == 1, "unconnected", "connected"),
    }
    for name in homes:
        key, _, end = name.rpartition("_")
        if end in ("served", "complete"):
            served = share(truth(homes[name]))
            columns |= {name: served >= 1 / 2, f"{key}_share": _stepped(served, SHARE_STEP)}
            columns |= {f"{key}_{what}": np.nan for what in ("m", "straight_m")}
            columns |= {f"{key}_{what}": None for what in ("facility", "entrance", "reason")}
            columns[f"{key}_uncertain"] = False
        elif end == "met":
            mean = share(homes[name].fillna(0))
            columns |= {name: np.floor(mean).astype(int), f"{key}_mean": _stepped(mean, 0.1)}
    table = pd.DataFrame(columns, index=pd.RangeIndex(count))
    return gpd.GeoDataFrame(table, geometry=found.squares, crs=homes.crs)


def _stepped(figures: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    """Figures rounded to steps, halves up."""
    return np.asarray(np.floor(figures / step + 0.5) * step)


def _ground(scene: Scene, cells: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The ground; where the study area was drawn around the homes, around the cells instead."""
    given = {one.get("layer") for one in scene.summary.get("inputs", ())}
    rest = scene.ground[scene.ground["kind"] != "extent"]
    if "boundary" in given:
        return rest
    drawn = rest["kind"] == "boundary"
    around = shapely.convex_hull(shapely.union_all(cells.geometry.array))
    shapes = [around if edge else one for edge, one in zip(drawn, rest.geometry, strict=True)]
    return rest.set_geometry(gpd.GeoSeries(shapes, index=rest.index, crs=rest.crs))


def _gaps(
    scene: Scene,
    key: str,
    table: gpd.GeoDataFrame,
    found: Crowds,
    weight: NDArray[np.float64],
    least: int,
) -> gpd.GeoDataFrame:
    """Gaps of enough people, drawn as the cells most of whose unserved people are theirs."""
    table = table.reset_index(drop=True)
    unit = "people" if scene.counts_people else "homes"
    left = ~truth(scene.homes[f"{key}_served"]).to_numpy() & (found.cell != NO_CELL)
    at = scene.homes.geometry.array[left].centroid
    home, gap = shapely.STRtree(table.geometry.array).query(at, predicate="intersects")
    each = pd.DataFrame(
        {"gap": gap, "cell": found.cell[left][home], "people": weight[left][home], "home": home}
    ).drop_duplicates("home")
    both = each.groupby(["cell", "gap"])["people"].sum().reset_index()
    most = both.sort_values("people").groupby("cell").tail(1)
    shapes = {
        row: shapely.union_all(found.squares[cells.to_numpy()])
        for row, cells in most.groupby("gap")["cell"]
    }
    told = [row for row in range(len(table)) if row in shapes and table[unit][row] >= least]
    shown = table.iloc[told][[name for name in (*_TOLD_OF_GAPS, "geometry") if name in table]]
    shown = shown.set_geometry([shapes[row] for row in told], crs=table.crs)
    for name, step in (("people", TENS), ("homes", TENS), ("walk_m", METRES_STEP)):
        shown[name] = _stepped(shown[name].to_numpy(dtype=float), step)
    shown["straight_m"] = _stepped(shown["straight_m"].to_numpy(dtype=float), METRES_STEP)
    return shown.reset_index(drop=True)


def _zones(scene: Scene, least: int) -> gpd.GeoDataFrame | None:
    """Zones with the figures of those only in which enough people live.

    Where a single zone's figures are withheld, the whole less the others would tell them; then
    those of the next smallest go as well.
    """
    if scene.zones is None:
        return None
    count = scene.zones["people" if scene.counts_people else "homes"].fillna(0)
    few = (count < least) & (count > 0)
    if few.sum() == 1 and (count >= least).any():
        few[count[count >= least].idxmin()] = True
    figures = [name for name in scene.zones if name not in ("zone", "geometry")]
    shown = scene.zones.copy()
    shown[figures] = shown[figures].astype(object).mask(few, np.nan)
    return shown
