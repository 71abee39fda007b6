"""People of cells, areas or points shared over the homes there; not one is lost (rule 12)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from spatial.cells import PopulationCells
from spatial.crs import require_metric
from spatial.errors import InputError
from spatial.population import home_points

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

How = Literal["floor_area", "footprint", "even"]

_NESTED: Final = 0.1  # of the smaller area: more is no inaccuracy of drawing
_SLIVER: Final = 1e-6  # of the smaller area: less is the rounding of coordinates
_MILLIMETRE: Final = 3  # decimals of a metre
_AREA: Final = 2  # dimension


@dataclass(frozen=True)
class Sharing:
    """Homes with the people that cells, areas or points gave them.

    Attributes
    ----------
    homes
        The homes in their order, `weight` replaced; then, for each cell, area or point with
        people and without homes, a home of its own at its centre: ``cell:ROW,COLUMN`` (of the
        file, from 1), ``area:ROW`` or ``point:ROW`` (from 1). ``weight.sum() == given``.
    kind
        ``"cell"``, ``"area"`` or ``"point"``.
    source
        (len(homes),) which cell (row after row), area or point each home is of; -1: none, and
        nobody lives there as far as the counts tell.
    given
        People in all cells, areas or points.
    sources, centres
        How many of these hold people; how many of them had no home.
    levels_assumed, footprints_assumed
        Homes with people whose levels or footprint were not known, if they mattered.
    overlaps
        Pairs of areas that overlap a little: a home in both was counted to one of them.
    limit_m
        Farther from every point than this, a home is of none; None for cells and areas.
    """

    homes: gpd.GeoDataFrame
    kind: Literal["cell", "area", "point"]
    source: NDArray[np.intp]
    given: float
    sources: int
    centres: int
    levels_assumed: int = 0
    footprints_assumed: int = 0
    overlaps: int = 0
    limit_m: float | None = None

    def report(self, inside: NDArray[np.bool_]) -> dict[str, float | int | str | None]:
        """Say where the people went; given == shared + at_centres + outside.

        Parameters
        ----------
        inside
            (len(homes),) which of `homes` are in the study area.
        """
        weight = self.homes["weight"].to_numpy(dtype=np.float64)
        centre = np.arange(len(weight)) >= len(weight) - self.centres
        return {
            "kind": self.kind,
            "given": self.given,
            "shared": float(weight[inside & ~centre].sum()),
            "at_centres": float(weight[inside & centre].sum()),
            "outside": float(weight[~inside].sum()),
            "sources": self.sources,
            "centres": int((inside & centre).sum()),
            "homes_without_people": int((inside & (weight == 0)).sum()),
            "levels_assumed": self.levels_assumed,
            "footprints_assumed": self.footprints_assumed,
            "overlaps": self.overlaps,
            "limit_m": self.limit_m,
        }


@dataclass(frozen=True)
class _Sources:
    """Where people were counted: s cells, areas or points, and which of them each home is of."""

    kind: Literal["cell", "area", "point"]
    people: NDArray[np.float64]
    of_home: NDArray[np.intp]
    overlaps: int = 0
    limit_m: float | None = None


def shared(
    homes: gpd.GeoDataFrame,
    counts: PopulationCells | gpd.GeoDataFrame,
    *,
    how: How = "floor_area",
    limit_m: float | None = None,
) -> Sharing:
    """Share people over the homes of their cell, area or nearest point.

    Parameters
    ----------
    homes
        A `homes` layer in a metric CRS: points or polygons; home, name, weight (replaced) and
        levels. A polygon is where its point is (`spatial.population.home_points`).
    counts
        People in cells; or a `population` layer, all polygons or all points, with a column people.
    how
        ``"floor_area"``: by levels x footprint; ``"footprint"``; or ``"even"``. Levels that are
        not known count 1. A footprint that is not known (a point) counts as the median of those
        that are; all the same if none is.
    limit_m
        A home is of no point that is farther away. Default: the median distance from a point to
        the next, which reaches every spot of a grid of squares, hexagons, or rectangles up to 1.7
        times as long as wide; no limit if there is one point only.

    Returns
    -------
    Sharing
        A home that lies in two areas (on their border, or where they overlap a little), or as
        near to two points, is of the one whose middle lies farthest west, then south. Points at
        one spot count as one.

    Raises
    ------
    InputError
        If the CRS is not metric, counts are negative or missing, shapes are mixed, or an area
        overlaps another by a tenth of itself or more: people would count twice.

    Examples
    --------
    >>> square = gpd.GeoDataFrame({"people": [90.0]}, geometry=[shapely.box(0, 0, 99, 99)])
    >>> table = {"home": ["a", "b"], "name": None, "weight": np.nan, "levels": [2.0, 1.0]}
    >>> at = shapely.points([(10, 10), (20, 20)])
    >>> homes = gpd.GeoDataFrame(table, geometry=at, crs="EPSG:4548")
    >>> shared(homes, square.set_crs("EPSG:4548")).homes["weight"].tolist()
    [60.0, 30.0]
    """
    require_metric(homes.crs)
    xy = shapely.get_coordinates(home_points(homes.geometry.to_numpy()))
    if isinstance(counts, PopulationCells):
        sources = _cells(xy, homes, counts)
    else:
        sources = _places(xy, counts.to_crs(homes.crs), limit_m)
    size, levels_assumed, footprints_assumed = _size(homes, how)
    weight = _split(sources, size)
    empty = sources.people > 0
    empty[sources.of_home[sources.of_home >= 0]] = False
    alone = np.flatnonzero(empty)
    standing = _standing_alone(homes, counts, sources, alone)
    housed = weight > 0
    return Sharing(
        homes=_joined(homes.assign(weight=weight), standing),
        kind=sources.kind,
        source=np.concatenate([sources.of_home, alone]),
        given=float(sources.people.sum()),
        sources=int((sources.people > 0).sum()),
        centres=len(alone),
        levels_assumed=int((levels_assumed & housed).sum()),
        footprints_assumed=int((footprints_assumed & housed).sum()),
        overlaps=sources.overlaps,
        limit_m=sources.limit_m,
    )


def cut_people(
    sharing: Sharing,
    counts: PopulationCells | gpd.GeoDataFrame,
    area: BaseGeometry,
    inside: NDArray[np.bool_],
) -> float:
    """Add up the people inside the study area whose cell or area reaches beyond it.

    They are as many as said only if the homes beyond are known, too: else those inside have taken
    the share of the others. Nothing of the kind for points.

    Parameters
    ----------
    sharing, counts
        What `shared` gave, and what it was given.
    area
        The study area, in the CRS of the homes.
    inside
        (len(sharing.homes),) which homes are in the study area.
    """
    if sharing.kind == "point":
        return 0.0
    counting = inside & (sharing.source >= 0)
    used, which = np.unique(sharing.source[counting], return_inverse=True)
    crs = sharing.homes.crs
    if isinstance(counts, PopulationCells):
        outlines = counts.outlines(used, crs)
    else:
        outlines = counts.geometry.to_crs(crs).to_numpy()[used]
    shapely.prepare(area)
    beyond = ~shapely.covers(area, outlines)
    weight = sharing.homes["weight"].to_numpy(dtype=np.float64)
    return float(weight[counting][beyond[which]].sum())


def _cells(xy: NDArray[np.float64], homes: gpd.GeoDataFrame, cells: PopulationCells) -> _Sources:
    people = np.where(np.isnan(cells.people.ravel()), 0.0, cells.people.ravel())
    _require_counts(people)
    cell = cells.cell_at(xy, homes.crs)
    uncounted = np.isnan(cells.people.ravel())[cell]
    return _Sources("cell", people, np.where(uncounted, -1, cell))


def _places(xy: NDArray[np.float64], places: gpd.GeoDataFrame, limit_m: float | None) -> _Sources:
    people = places["people"].to_numpy(dtype=np.float64)
    _require_counts(people)
    shapes = places.geometry.to_numpy()
    dimension = shapely.get_dimensions(shapes)
    if (dimension == _AREA).all():
        broken = ~shapely.is_valid(shapes)  # another CRS can make a narrow area cross itself
        shapes = np.where(broken, shapely.make_valid(shapes), shapes)
        overlaps = _overlaps(shapes)
        inside = shapely.STRtree(shapes).query(shapely.points(xy), predicate="intersects")
        return _Sources("area", people, _one_each(inside, shapes, len(xy)), overlaps)
    if (shapely.get_type_id(shapes) == shapely.GeometryType.POINT).all():
        return _nearest(xy, shapes, people, limit_m)
    wrong = "mixes points and areas"
    raise InputError(wrong, "give either, each with its people", layer="population")


def _require_counts(people: NDArray[np.float64]) -> None:
    bad = np.flatnonzero(~(np.isfinite(people) & (people >= 0)))
    if len(bad):
        wrong = f"{people[bad[0]]:g} is no number of people"
        raise InputError(wrong, "take it out", layer="population", row=int(bad[0]) + 1)


def _overlaps(areas: NDArray[np.object_]) -> int:
    """Count the pairs of areas that overlap a little; refuse more than that."""
    one, other = shapely.STRtree(areas).query(areas, predicate="intersects")
    one, other = one[one < other], other[one < other]
    both = shapely.area(shapely.intersection(areas[one], areas[other]))
    size = shapely.area(areas)
    part = both / np.minimum(size[one], size[other])
    worst = np.argmax(part) if len(part) else 0
    if len(part) and part[worst] >= _NESTED:
        wrong = (
            f"overlaps row {other[worst] + 1} by {part[worst]:.0%} of the smaller of the two, so "
            "that people would count twice"
        )
        remedy = "give areas side by side"
        raise InputError(wrong, remedy, layer="population", row=int(one[worst]) + 1)
    return int((part > _SLIVER).sum())


def _nearest(
    xy: NDArray[np.float64],
    points: NDArray[np.object_],
    people: NDArray[np.float64],
    limit_m: float | None,
) -> _Sources:
    """Give each home to its nearest point; the first of several at a spot has their people."""
    _, first, spot = np.unique(
        shapely.get_coordinates(points), axis=0, return_index=True, return_inverse=True
    )
    together = np.zeros(len(people))
    np.add.at(together, first[spot.ravel()], people)
    tree = shapely.STRtree(points[first])
    limit = _spacing(tree, points[first]) if limit_m is None else limit_m
    found = tree.query_nearest(
        shapely.points(xy), max_distance=limit if np.isfinite(limit) else None, all_matches=True
    )
    pairs = np.stack([found[0], first[found[1]]])
    of_home = _one_each(pairs, points, len(xy))
    return _Sources("point", together, of_home, limit_m=limit if np.isfinite(limit) else None)


def _spacing(tree: shapely.STRtree, points: NDArray[np.object_]) -> float:
    """Give the median distance from a point to the next; endless if there is one only."""
    if len(points) == 1:
        return np.inf
    _, distance = tree.query_nearest(
        points, exclusive=True, return_distance=True, all_matches=False
    )
    return float(np.median(distance))


def _one_each(pairs: NDArray[np.intp], shapes: NDArray[np.object_], homes: int) -> NDArray[np.intp]:
    """Choose one shape for each home: the one farthest west, then south, then the smallest.

    The order of rows plays no part. -1 where a home has none.
    """
    x, y = np.round(shapely.get_coordinates(shapely.centroid(shapes)), _MILLIMETRE).T
    rank = np.empty(len(shapes), np.intp)
    rank[np.lexsort([shapely.area(shapes), y, x])] = np.arange(len(shapes))
    chosen = np.full(homes, len(shapes), np.intp)
    np.minimum.at(chosen, pairs[0], rank[pairs[1]])
    by_rank = np.append(np.argsort(rank), -1)
    return by_rank[chosen]


def _size(
    homes: gpd.GeoDataFrame, how: How
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Give the size of each home, and where levels and footprint had to be assumed."""
    nothing = np.zeros(len(homes), dtype=np.bool_)
    if how == "even":
        return np.ones(len(homes)), nothing, nothing
    footprint = shapely.area(homes.geometry.to_numpy())
    pointlike = ~(footprint > 0)
    usual = 1.0 if pointlike.all() else float(np.median(footprint[~pointlike]))
    footprint = np.where(pointlike, usual, footprint)
    if how == "footprint":
        return footprint, nothing, pointlike
    levels = homes["levels"].to_numpy(dtype=np.float64)
    unknown = ~(np.isfinite(levels) & (levels > 0))
    return footprint * np.where(unknown, 1.0, levels), unknown, pointlike


def _split(sources: _Sources, size: NDArray[np.float64]) -> NDArray[np.float64]:
    """Split the people of each source over its homes by their size."""
    has = sources.of_home >= 0
    of_home = sources.of_home[has]
    total = np.bincount(of_home, weights=size[has], minlength=len(sources.people))
    weight = np.zeros(len(size))
    weight[has] = sources.people[of_home] * (size[has] / total[of_home])
    return weight


def _standing_alone(
    homes: gpd.GeoDataFrame,
    counts: PopulationCells | gpd.GeoDataFrame,
    sources: _Sources,
    alone: NDArray[np.intp],
) -> gpd.GeoDataFrame:
    """Make homes of cells, areas and points that have people and no home."""
    if isinstance(counts, PopulationCells):
        points = shapely.points(counts.centres(alone, homes.crs))
        names = counts.names(alone)
    else:
        points = home_points(counts.geometry.to_crs(homes.crs).to_numpy()[alone])
        names = (alone + 1).astype(str).astype(object)
    ids = pd.Series(sources.kind + ":" + names, dtype=object)
    taken = ids.isin(homes["home"])
    table = {
        "home": ids.where(~taken, ids + " (population)"),
        "name": None,
        "weight": sources.people[alone],
        "levels": np.nan,
    }
    return gpd.GeoDataFrame(table, geometry=points, crs=homes.crs)


def _joined(homes: gpd.GeoDataFrame, more: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Put homes under homes; with the same columns, in the same order."""
    if more.empty:
        return homes.reset_index(drop=True)
    columns = [name for name in homes.columns if name in more.columns or name == "geometry"]
    both = {
        name: np.concatenate([homes[name].to_numpy(), more[name].to_numpy()]) for name in columns
    }
    shapes = both.pop("geometry")
    return gpd.GeoDataFrame(both, geometry=shapes, crs=homes.crs)
