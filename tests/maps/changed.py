"""The made-up town with scenarios and proposals, as `compare`, `site` and `links` leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from maps import comparison, proposals

if TYPE_CHECKING:
    from maps.comparison import Compared
    from maps.proposals import Proposed
    from maps.scene import Scene

ID = "bus_stop_500m"
REACH_M = 500.0
NEW = ((700.0, 400.0), (500.0, 700.0))
"""Where new stops are put, metres from the corner of the town."""
SLOWER = 1.4
"""By how much the second scenario lengthens walks in the west."""


def compared(scene: Scene) -> Compared:
    """Two scenarios: two new stops; and a street closed, with nothing to make up for it."""
    homes, weight = scene.homes, _weight(scene)
    before = homes[f"{ID}_m"].to_numpy()
    x = homes.geometry.x.to_numpy()
    worse = np.where(x < np.median(x), before * SLOWER, before)
    after = [_with(scene, NEW), worse]
    homes = homes.assign(**{f"{ID}_m_{number}": one for number, one in enumerate(after, 1)})
    names = scene.facilities["name"].tolist()
    scenarios = [
        {
            "name": names[number % len(names)],
            "changes": changes,
            "standards": {ID: _figures(scene, weight, before, one)},
        }
        for number, (changes, one) in enumerate(
            zip([_stops(scene, names), _closed(names)], after, strict=True)
        )
    ]
    layers = _layers(scene, homes) | {"changes": _places(scene, scenarios)}
    layers["zones"] = _zones(scene, after)
    summary = {key: one for key, one in scene.summary.items() if key != "standards"}
    return comparison.compared({**summary, "scenarios": scenarios}, layers, scene.language)


def _weight(scene: Scene) -> Any:
    homes = scene.homes
    return homes["weight"].to_numpy() if scene.counts_people else np.ones(len(homes))


def _with(scene: Scene, spots: Any) -> Any:
    """Walks along the grid once more stops are there; the unconnected stay so."""
    corner = scene.streets.total_bounds[:2]
    at = shapely.get_coordinates(scene.homes.geometry)
    walk = np.abs(at[:, None] - (np.asarray(spots) + corner)[None]).sum(-1).min(1)
    before = scene.homes[f"{ID}_m"].to_numpy()
    return np.where(np.isnan(before), np.nan, np.minimum(before, walk))


def _figures(scene: Scene, weight: Any, before: Any, after: Any) -> dict[str, Any]:
    had, has, total = before <= REACH_M, after <= REACH_M, weight.sum()
    step = np.nan_to_num(before - after)
    served = {key: weight[one].sum() for key, one in (("before", had), ("after", has))}
    both = {key: {"served": n, "share": n / total} for key, n in served.items()}
    measured = scene.summary["standards"][ID]
    kept = ("zh", "en", "category", "reach_m", "source", "target_share")
    return {
        **{key: measured[key] for key in kept},
        **both,
        "geometry": "network",
        "denominator": "people",
        "straight": both,
        "total": total,
        "gained": weight[has & ~had].sum(),
        "lost": weight[had & ~has].sum(),
        "gained_homes": int((has & ~had).sum()),
        "lost_homes": int((had & ~has).sum()),
        "metres_saved": float((step * weight).sum()),
        "nearer": weight[step > 0].sum(),
        "farther": weight[step < 0].sum(),
    }


def _stops(scene: Scene, names: list[str]) -> list[dict[str, Any]]:
    """The worth of each new stop: alone, and once the other one is there."""
    weight, before = _weight(scene), scene.homes[f"{ID}_m"].to_numpy()
    served = {
        spots: weight[_with(scene, spots) <= REACH_M].sum() for spots in (NEW, NEW[:1], NEW[1:])
    }
    base = weight[before <= REACH_M].sum()
    return [
        {
            "change": number,
            "do": "add_facility",
            "name": names[number % len(names)],
            "kind": "street",
            "category": "bus_stop",
            "cost": 1200.0 if number == 1 else None,
            "alone": {ID: served[mine] - base},
            "within": {ID: served[NEW] - served[others]},
        }
        for number, mine, others in ((1, NEW[:1], NEW[1:]), (2, NEW[1:], NEW[:1]))
    ]


def _closed(names: list[str]) -> list[dict[str, Any]]:
    none = {"kind": None, "category": None, "cost": float("nan")}
    worth = {"alone": {ID: -5.0}, "within": {ID: -5.0}}
    return [{"change": 1, "do": "close_street", "name": names[-1], **none, **worth}]


def _places(scene: Scene, scenarios: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    corner = scene.streets.total_bounds[:2]
    spots = np.asarray(NEW) + corner
    shapes = [
        shapely.Point(spots[0]),
        shapely.Point(spots[1]).buffer(30),
        scene.streets.geometry.iloc[3],
    ]
    keys = ("change", "do", "name", "kind", "category")
    rows = [
        {"scenario": number, **{key: change[key] for key in keys}}
        for number, one in enumerate(scenarios, 1)
        for change in one["changes"]
    ]
    return gpd.GeoDataFrame(pd.DataFrame(rows), geometry=shapes, crs=scene.streets.crs)


def _zones(scene: Scene, after: list[Any]) -> gpd.GeoDataFrame:
    zones = scene.zones
    assert zones is not None
    inside = [scene.homes.within(one).to_numpy() for one in zones.geometry]
    shares = {
        f"{ID}_share_{number}": [
            (walk[part] <= REACH_M).mean() if part.any() else np.nan for part in inside
        ]
        for number, walk in enumerate(after, 1)
    }
    return zones.assign(**shares)


def _layers(scene: Scene, homes: gpd.GeoDataFrame) -> dict[str, gpd.GeoDataFrame]:
    found = {
        "homes": homes,
        "streets": scene.streets,
        "facilities": scene.facilities,
        "ground": scene.ground,
        "footprints": scene.footprints,
    }
    return {name: one for name, one in found.items() if one is not None}


def proposed(scene: Scene, question: str) -> Proposed:
    """Two new stops, or openings that do the same, the second on top of the first."""
    weight, homes = _weight(scene), scene.homes
    walks = [homes[f"{ID}_m"].to_numpy(), _with(scene, NEW[:1]), _with(scene, NEW)]
    served = [weight[walk <= REACH_M].sum() for walk in walks]
    names = scene.facilities["name"].tolist()
    rows = [_row(scene, names, walks, served, number, question) for number in (1, 2)]
    left = ~(walks[-1] <= REACH_M) & (homes["status"] == "connected").to_numpy()
    reason = np.where(left & (np.arange(len(homes)) % 2 == 0), "too_far", None)
    homes = homes.assign(**{f"{ID}_m_1": walks[-1], "unservable": reason})
    layers = _layers(scene, homes) | _proposals(scene, rows, walks)
    summary = {key: one for key, one in scene.summary.items() if key != "standards"}
    summary |= _asked(scene, question, served, weight.sum(), rows)
    summary["unservable"] = {"people": 40.0, "homes": 4, "reasons": {"too_far": 30.0, names[0]: 10}}
    return proposals.gathered(summary, layers, scene.language)


def _asked(scene: Scene, question: str, served: Any, total: float, rows: Any) -> dict[str, Any]:
    """What the summary of `site` and `links` says of the question and its answer."""
    links = question == "links"
    shares = [{"served": one, "share": one / total} for one in served]
    standard = {"id": ID, **scene.summary["standards"][ID]}
    value = 830.0 if question == "fairest" else served[-1]
    answer = {"value": value, "bound": served[-1] * 1.01, "gap": None if links else 0.01}
    answer |= {"proven": not links, "seconds": 1.26, "greedy_value": served[-1]}
    return {
        "standard": standard,
        "before": shares[0],
        "after": shares[-1],
        "question": question,
        "answer": answer,
        "candidates": 60,
        "new": 2,
        "order": [1, 2],
        "proposals": rows,
        "checked": {"full_run_served": served[-1], "equal": True},
    }


def _row(
    scene: Scene, names: list[str], walks: Any, served: Any, number: int, question: str
) -> dict[str, Any]:
    weight, links = _weight(scene), question == "links"
    saved = np.nan_to_num(walks[number - 1] - walks[number]) * weight
    people, cost = served[number] - served[number - 1], 800.0 * number
    alone = weight[_with(scene, NEW[number - 1 : number]) <= REACH_M].sum() - served[0]
    return {
        "proposal": number,
        "kind": ("gate", "footbridge")[number - 1] if links else "site",
        "name": None if number == 1 else names[-1],
        "category": "bus_stop",
        "street": names[0],
        "people": people,
        "people_alone": alone,
        "homes": 12,
        "metres_saved": saved.sum(),
        "built_m": 34.0 if links else float("nan"),
        "cost": cost if number == 1 else float("nan"),
        "per_cost": people / cost if number == 1 else float("nan"),
        "before": served[number - 1] / weight.sum(),
        "after": served[number] / weight.sum(),
        "zones": f"{names[0]} 120, {names[-1]} 45",
        "against": None if number == 1 else f"{names[0]}; {names[-1]}",
    }


def _proposals(scene: Scene, rows: Any, walks: Any) -> dict[str, gpd.GeoDataFrame]:
    spots = [shapely.Point(np.asarray(one) + scene.streets.total_bounds[:2]) for one in NEW]
    crs, parts, ways = scene.streets.crs, [], []
    for number in (1, 2):
        had, has = walks[number - 1], walks[number]
        mine = scene.homes.loc[has < had, ["home", "weight", "geometry"]]
        parts.append(mine.assign(proposal=number, before_m=had[has < had], after_m=has[has < had]))
        start = mine.geometry.iloc[0]
        ways.append(shapely.LineString([start, (start.x, spots[number - 1].y), spots[number - 1]]))
    tried = gpd.GeoDataFrame(geometry=scene.homes.geometry.iloc[:60], crs=crs)
    return {
        "proposals": gpd.GeoDataFrame(
            pd.DataFrame(rows), geometry=[spots[0], spots[1].buffer(30)], crs=crs
        ),
        "proposal_homes": gpd.GeoDataFrame(pd.concat(parts), geometry="geometry", crs=crs),
        "proposal_ways": gpd.GeoDataFrame(
            {"proposal": [1, 2], "walk_m": [321.0, 432.1]}, geometry=ways, crs=crs
        ),
        "candidates": tried,
    }
