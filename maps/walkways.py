"""The walking network, homes, facilities and entrances as a page carries them, without loss.

Coordinates of nodes and homes, and all lengths, are whole multiples of `STEP_M` and travel as
such; so the page measures as Python does, home by home.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from maps.town import truth
from spatial.network import STEP_M, on_step
from spatial.zones import NOWHERE, zone_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import geopandas as gpd
    from numpy.typing import NDArray
    from pyproj import CRS

    from maps.scene import Scene

PROGRAMME = tuple(
    f"walk/{name}.js"
    for name in (
        *("project", "graph", "field", "shapes", "entering"),
        *("changes", "plan", "answers", "scenariofile"),
    )
)
"""What measures in a page, in the order in which it is to be read."""
_MERCATOR = "Transverse Mercator"
_AREA = 2
_GREEN = ("park", "green")
_NONE = -1


def walk_block(scene: Scene, standard_id: str | None = None) -> dict[str, Any] | None:
    """Give what ``walk/plan.js`` measures with: every standard, or one; None where it cannot.

    That is where the plan's CRS is no transverse Mercator projection, where the scene is moved to
    another datum or holds no single homes, or where results of an earlier version do not say all
    that is needed.
    """
    projection = projection_of(scene.streets.crs)
    moved = scene.frame.is_shifted
    if moved or projection is None or scene.nodes is None or scene.barriers is None:
        return None
    order, rank = _by_place(scene.nodes.geometry)
    edges, edge_row = _edges(scene, rank)
    asked = scene.summary["standards"]
    if standard_id is not None:
        asked = {standard_id: scene.measured(standard_id)}
    services = _services(asked)
    places, counted = _facilities(scene, services)
    return {
        "projection": projection,
        "leg_limit_m": scene.summary["leg_limit_m"],
        "counts_as": {key: list(all_) for key, all_ in scene.summary["counts_as"].items()},
        "streets": {**_places(scene.nodes.geometry.iloc[order]), **edges},
        "homes": _homes(scene, edge_row),
        "facilities": {
            "id": places["facility"].astype(str).tolist(),
            "name": [None if pd.isna(name) else str(name) for name in places["name"]],
            "category": places["category"].astype(str).tolist(),
            "shapes": _shapes(places),
        },
        "services": [
            {**_asked(key, one), **_entered(scene, key, places, counted[key], edge_row)}
            for key, one in services.items()
        ],
        "standards": _standards(asked, list(services)),
        "barriers": _shapes(scene.barriers),
        "zones": [] if scene.zones is None else scene.zones["zone"].astype(str).tolist(),
    }


def projection_of(crs: CRS) -> dict[str, float] | None:
    """Give a transverse Mercator projection's parameters for ``assets/walk/project.js``; else None.

    Examples
    --------
    >>> import pyproj
    >>> projection_of(pyproj.CRS(4548))["lon0"], projection_of(pyproj.CRS(3857)) is None
    (117.0, True)
    """
    operation, ellipsoid = crs.coordinate_operation, crs.ellipsoid
    if operation is None or ellipsoid is None or operation.method_name != _MERCATOR:
        return None
    given = {one.name: one.value for one in operation.params}
    if given["Latitude of natural origin"]:
        return None
    return {
        "axis_m": float(ellipsoid.semi_major_metre),
        "flattening": 1 / ellipsoid.inverse_flattening if ellipsoid.inverse_flattening else 0.0,
        "lon0": float(given["Longitude of natural origin"]),
        "scale": float(given["Scale factor at natural origin"]),
        "east_m": float(given["False easting"]),
        "north_m": float(given["False northing"]),
    }


def _by_place(nodes: gpd.GeoSeries) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Order nodes along a curve that stays near by (Hilbert's), and the place of each in it."""
    order = np.argsort(nodes.hilbert_distance(level=16).to_numpy(), kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return order, rank


def _exact(metres: NDArray[np.float64]) -> dict[str, NDArray[np.int64]]:
    """Tell multiples of `STEP_M` as whole metres and how many steps more; nothing as 0."""
    whole = np.floor(np.nan_to_num(metres))
    part = np.rint((np.nan_to_num(metres) - whole) / STEP_M)
    return {"whole": whole.astype(np.int64), "part": part.astype(np.int64)}


def _places(points: gpd.GeoSeries) -> dict[str, Any]:
    x, y = shapely.get_coordinates(points.array).T
    return {"x": _exact(x), "y": _exact(y)}


def _edges(scene: Scene, rank: NDArray[np.int64]) -> tuple[dict[str, Any], NDArray[np.int64]]:
    """Give the edges, sorted by their nodes' places; and where each edge stands then.

    A length is told by how much it exceeds the straight one.
    """
    streets = scene.streets
    u, v = (rank[streets[end].to_numpy(dtype=np.int64)] for end in ("u", "v"))
    order = np.lexsort((v, u))
    row = np.empty(len(order), dtype=np.int64)
    row[order] = np.arange(len(order))
    ends = shapely.get_coordinates(streets.geometry.array).reshape(-1, 2, 2)
    dx, dy = (ends[:, 1] - ends[:, 0]).T
    more_m = streets["length_m"].to_numpy() - on_step(np.sqrt(dx * dx + dy * dy))
    name, names = pd.factorize(streets["name"])
    columns = {
        "u": u,
        "v": v,
        "ground": truth(streets["on_ground"]).to_numpy(),
        "gated": ~truth(streets["through"]).to_numpy(),
        "shut": truth(streets["closed"]).to_numpy(),
        "name": name,
    }
    block = {key: column[order].astype(np.int64) for key, column in columns.items()}
    return {**block, "more": _exact(more_m[order]), "names": [str(one) for one in names]}, row


def _tied(table: pd.DataFrame, edge_row: NDArray[np.int64]) -> dict[str, Any]:
    """Where points are tied: edge (-1 where they are not), how far along it, how far away."""
    edge = table["edge"].fillna(_NONE).to_numpy(dtype=np.int64)
    return {
        "edge": np.where(edge >= 0, edge_row[edge], _NONE),
        "along": _exact(table["along_m"].to_numpy(dtype=np.float64)),
        "leg": _exact(table["leg_m"].to_numpy(dtype=np.float64)),
    }


def _homes(scene: Scene, edge_row: NDArray[np.int64]) -> dict[str, Any]:
    homes = scene.homes
    xy = shapely.get_coordinates(homes.geometry.array)
    zone = np.full(len(homes), NOWHERE) if scene.zones is None else zone_of(scene.zones, xy)
    return {
        **_places(homes.geometry),
        **_tied(homes, edge_row),
        "weight": homes["weight"].to_numpy(dtype=np.float64),
        "zone": zone,
    }


def _shapes(places: gpd.GeoDataFrame) -> dict[str, Any]:
    """Give points, lines and rings as runs of vertices in metres, closed rings closed."""
    shapes = places.geometry.to_numpy()
    parts, of = shapely.get_parts(shapes, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    flat = shapely.get_dimensions(parts) == _AREA
    runs = np.concatenate([parts[~flat], rings])
    owner = np.concatenate([of[~flat], of[part]])
    order = np.argsort(owner, kind="stable")
    return {
        "xy": shapely.get_coordinates(runs[order]).ravel(),
        "n": shapely.get_num_coordinates(runs[order]).astype(np.int64),
        "of": owner[order].astype(np.int64),
        "area": (shapely.get_dimensions(shapes) == _AREA).astype(np.int64),
    }


def _services(asked: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Everything that was measured by itself, by id: standards, classes, services of circles."""
    found: dict[str, Mapping[str, Any]] = {}
    for key, one in asked.items():
        parts = one.get("classes") or one.get("categories")
        if parts is None:
            found[key] = one
        else:
            for name, part in parts.items():
                found.setdefault(name, {"category": name, **part})
    return found


def _standards(asked: Mapping[str, Mapping[str, Any]], services: list[str]) -> list[dict[str, Any]]:
    """Give every standard with the numbers of what it is measured by."""
    found = []
    for key, one in asked.items():
        parts = one.get("classes") or one.get("categories") or {key: one}
        kind = "union" if "classes" in one else "circle" if "must_have" in one else "plain"
        standard = {
            "id": key,
            "zh": one["zh"],
            "en": one["en"],
            "kind": kind,
            "category": one.get("category"),
            "target_share": one.get("target_share"),
            "services": [services.index(name) for name in parts],
            "must": [services.index(name) for name in one.get("must_have", ())],
        }
        found.append(standard)
    return found


def _facilities(
    scene: Scene, services: Collection[str]
) -> tuple[gpd.GeoDataFrame, dict[str, NDArray[np.int64]]]:
    """Give what counts for any of some ids; and for each id the rows that count for it."""
    counts_for = scene.facilities["standards"].fillna("").str.split(",")
    named = {key: np.array([key in all_ for all_ in counts_for], dtype=bool) for key in services}
    any_ = np.any([*named.values(), np.zeros(len(counts_for), dtype=bool)], axis=0)
    places = scene.facilities[any_].reset_index(drop=True)
    return places, {key: np.flatnonzero(which[any_]) for key, which in named.items()}


def _asked(key: str, one: Mapping[str, Any]) -> dict[str, Any]:
    """Say what one measured id asks for."""
    return {
        "id": key,
        "zh": one["zh"],
        "en": one["en"],
        "category": one["category"],
        "as_green": one["category"] in _GREEN,
        "reach_m": one.get("walk_reach_m", one["reach_m"]),
        "radius_m": one["reach_m"],
        "area_m2": one.get("area_m2"),
    }


def _entered(
    scene: Scene,
    key: str,
    places: gpd.GeoDataFrame,
    rows: NDArray[np.int64],
    edge_row: NDArray[np.int64],
) -> dict[str, Any]:
    """Give one measured id's facilities, their entrances, and the homes inside."""
    doors = scene.entrances[scene.entrances["standard"] == key]
    of = pd.Series(rows, index=places["facility"].iloc[rows])
    kind, kinds = pd.factorize(doors["kind"])
    x, y = shapely.get_coordinates(doors.geometry.array).T
    return {
        "facilities": rows,
        "kinds": [str(name) for name in kinds],
        "doors": {
            **_tied(doors, edge_row),
            "x": x,
            "y": y,
            "kind": kind.astype(np.int64),
            "facility": of.reindex(doors["facility"]).to_numpy(dtype=np.int64),
        },
        "inside": _inside(scene, places, rows),
    }


def _inside(
    scene: Scene, places: gpd.GeoDataFrame, rows: NDArray[np.int64]
) -> dict[str, NDArray[np.int64]]:
    """Pairs of a home and a facility that it stands in."""
    shapes = places.geometry.to_numpy()[rows]
    areas = np.flatnonzero(shapely.get_dimensions(shapes) == _AREA)
    tree = shapely.STRtree(shapes[areas])
    home, place = tree.query(scene.homes.geometry.to_numpy(), predicate="intersects")
    return {"home": home.astype(np.int64), "facility": rows[areas[place]].astype(np.int64)}
