"""What every results.gpkg holds of the place itself, whatever was asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from spatial.barriers import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scripts.study import Study
    from spatial.coverage import Coverage


def ground_layers(study: Study, coverages: Iterable[Coverage]) -> dict[str, gpd.GeoDataFrame]:
    """Give footprints, streets, nodes, facilities, ground and barriers, in the study's CRS."""
    return {
        "footprints": study.footprints,
        "streets": _streets(study),
        "nodes": _nodes(study),
        "facilities": _facilities(study, coverages),
        "ground": _ground(study),
        "barriers": _barriers(study),
    }


def home_columns(study: Study) -> dict[str, Any]:
    """Give the columns of homes that are known before anything is measured."""
    homes = study.homes
    return {
        "home": homes.id,
        "name": homes.name,
        "weight": homes.weight,
        "status": np.where(homes.ties.tied, "connected", "unconnected"),
        "geometry": shapely.points(homes.xy),
    }


def _streets(study: Study) -> gpd.GeoDataFrame:
    network = study.network
    columns = {
        "edge": np.arange(len(network.u)),
        "u": network.u,
        "v": network.v,
        "length_m": network.length_m,
        "ground_m": network.ground_m,
        "through": network.through,
        "closed": network.closed,
        "steps": network.steps,
        "name": network.name,
        "on_ground": network.on_ground,
        "island": network.island[network.u],
    }
    return gpd.GeoDataFrame(columns, geometry=network.lines, crs=network.crs)


def _nodes(study: Study) -> gpd.GeoDataFrame:
    network = study.network
    columns = {"node": np.arange(len(network.xy)), "island": network.island}
    return gpd.GeoDataFrame(columns, geometry=shapely.points(network.xy), crs=network.crs)


def _facilities(study: Study, coverages: Iterable[Coverage]) -> gpd.GeoDataFrame:
    """Each facility that counts for something, once per category, with what it counts for."""
    tables = [one.facilities.places.assign(standards=one.standard.id) for one in coverages]
    every = pd.concat(tables, ignore_index=True)
    by_place = every.groupby(["category", "facility"], sort=False)
    first = by_place.first().reset_index()
    first["standards"] = by_place["standards"].agg(",".join).to_numpy()
    columns = ["facility", "name", "category", "standards", "geometry"]
    return gpd.GeoDataFrame(first[columns], geometry="geometry", crs=study.network.crs)


def _barriers(study: Study) -> gpd.GeoDataFrame:
    """What no leg crosses, by kind."""
    kind = np.array(KINDS, dtype=object)[study.barriers.kind]
    shapes = study.barriers.shapes
    return gpd.GeoDataFrame({"kind": kind}, geometry=shapes, crs=study.network.crs)


def _ground(study: Study) -> gpd.GeoDataFrame:
    """The ground, and where the data end."""
    extent = gpd.GeoDataFrame(
        {"kind": ["extent"], "name": [None]}, geometry=[study.extent], crs=study.network.crs
    )
    return gpd.GeoDataFrame(
        pd.concat([study.ground[["kind", "name", "geometry"]], extent], ignore_index=True),
        crs=study.network.crs,
    )
