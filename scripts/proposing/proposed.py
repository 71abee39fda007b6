"""What site and links propose -> summary.json, results.gpkg, tables.xlsx."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from maps import proposals
from scripts.ground import ground_layers, home_columns
from scripts.proposing.proposed_tables import PROPOSAL_COLUMNS, proposal_workbook
from scripts.publishing import frame_of
from scripts.summary import about, definition, source_of
from scripts.writing.write import write_answer
from spatial.errors import LawError
from spatial.zones import NOWHERE, zone_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from scripts.study import Study
    from spatial.built import Built
    from spatial.coverage import Coverage

_NONE = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Proposal:
    """One thing to build.

    Attributes
    ----------
    kind
        ``site``, or a kind of opening (`spatial.openings.OPENINGS`).
    shape
        Where, in the study's metric CRS.
    name, street
        What it is called, if it is; the street it stands on.
    alone
        People it would bring within reach if it stood alone.
    built_m, cost, price
        Metres built; what it costs, if anybody said; and what people are divided by.
    against
        What speaks against it, in the language of the plan.
    """

    kind: str
    shape: BaseGeometry
    name: str | None
    street: str | None
    alone: float
    built_m: float | None = None
    cost: float | None = None
    price: float | None = None
    against: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposed:
    """What was asked, what is proposed, and what that does.

    Attributes
    ----------
    study, before, after
        The place; the standard measured at present, and from scratch with all proposals built.
    question, answer
        Which question was asked, and how good its answer is.
    proposals
        In the order of building.
    walk_m
        (n + 1, h) metres walked at present, and after each proposal in turn; inf to nowhere.
    candidates
        All that were tried: kind, people_alone and where.
    unservable
        (h,) why nothing that was tried can serve a home: a key; None where that is not so.
    notes
        What else the summary says.
    """

    study: Study
    before: Coverage
    after: Built
    question: str
    answer: Mapping[str, Any]
    proposals: Sequence[Proposal]
    walk_m: NDArray[np.float64]
    candidates: gpd.GeoDataFrame
    unservable: NDArray[np.object_]
    notes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def checked(self) -> bool:
        """Whether measuring from scratch gives the same walks after all proposals."""
        return bool(np.array_equal(self.after.walk_m, self.walk_m[-1]))

    @property
    def served(self) -> NDArray[np.bool_]:
        """(n + 1, h) who is within reach at present, and after each proposal."""
        return self.walk_m <= self.before.reach_m

    def concerned(self, number: int) -> NDArray[np.int64]:
        """Homes that one proposal (from 0) brings within reach, or whose walk it shortens."""
        if self.question in ("least_walking", "fairest"):
            return np.flatnonzero(self.walk_m[number + 1] < self.walk_m[number])
        return np.flatnonzero(self.served[number + 1] & ~self.served[number])


def write_proposed(found: Proposed, out: Path) -> dict[str, Any]:
    """Write what site or links found, with its page; gives the summary.

    Raises
    ------
    LawError
        If measuring from scratch gives other walks.
    InputError
        If the folder cannot be written to; then what was there before is still there.
    """
    if not found.checked:
        message = "law broken: the proposals are not what measuring them from scratch gives"
        raise LawError(f"{message}; nothing was written, please report this")
    figures = proposal_summary(found)
    layers = proposal_layers(found, figures)
    book = proposal_workbook(figures, layers)
    frame = frame_of(found.study.plan)
    drawn = proposals.gathered(figures, frame.placed(layers), figures["language"], frame)
    page = proposals.page(drawn)
    write_answer(figures, layers, book, [("index.html", page)], out)
    return figures


def proposal_rows(found: Proposed) -> list[dict[str, Any]]:
    """Give every proposal as a row: what, where, for whom, for how much, and what is against it."""
    homes, zones = found.study.homes, found.study.zones
    zone = None if zones is None else zone_of(zones, homes.xy)
    total = float(homes.weight.sum())
    served = found.served @ homes.weight
    shares = [float(people / total) if total else None for people in served]
    rows = []
    for number, one in enumerate(found.proposals):
        gained = np.flatnonzero(found.served[number + 1] & ~found.served[number])
        people = float(homes.weight[gained].sum())
        rows.append(
            {
                "proposal": number + 1,
                "kind": one.kind,
                "name": one.name,
                "category": found.before.standard.category,
                "street": one.street,
                "people": people,
                "people_alone": one.alone,
                "homes": len(gained),
                "metres_saved": _saved(found, number),
                "built_m": one.built_m,
                "cost": one.cost,
                "per_cost": people / one.price if one.price else None,
                "before": shares[number],
                "after": shares[number + 1],
                "zones": _zones_of(found, zone, gained),
                "against": "; ".join(one.against) or None,
            }
        )
    return rows


def _saved(found: Proposed, number: int) -> float:
    """People times metres, over homes that get somewhere already."""
    before, after = found.walk_m[number : number + 2]
    both = np.isfinite(before)
    return float(found.study.homes.weight[both] @ (before[both] - after[both]))


def _zones_of(
    found: Proposed, zone: NDArray[np.int64] | None, homes: NDArray[np.int64]
) -> str | None:
    """The zones where most of some people live, with how many."""
    zones = found.study.zones
    if zone is None or zones is None:
        return None
    inside = homes[zone[homes] != NOWHERE]
    people = np.bincount(
        zone[inside], weights=found.study.homes.weight[inside], minlength=len(zones)
    )
    order = np.argsort(-people, kind="stable")[:3]
    names = zones["name"].to_numpy(dtype=object)
    said = [f"{names[row]} {people[row]:,.0f}" for row in order if people[row] > 0]
    return ", ".join(said) or None


def proposal_summary(found: Proposed) -> dict[str, Any]:
    """Give the whole content of the summary.json of site or links."""
    standard, homes = found.before.standard, found.study.homes
    total = float(homes.weight.sum())
    unservable = np.array([key is not None for key in found.unservable], dtype=bool)
    served = found.served @ homes.weight
    return about(found.study) | {
        "standard": {
            "id": standard.id,
            "zh": standard.zh,
            "en": standard.en,
            "category": standard.category,
            "reach_m": found.before.reach_m,
            "source": source_of(standard.source),
            **definition(standard),
        },
        "before": _part(served[0], total),
        "after": _part(served[-1], total),
        "question": found.question,
        "answer": dict(found.answer),
        "candidates": len(found.candidates),
        "new": len(found.proposals),
        "unservable": {
            "homes": int(unservable.sum()),
            "people": homes.people(unservable),
            "reasons": {
                str(key): homes.people(found.unservable == key)
                for key in dict.fromkeys(found.unservable[unservable])
            },
        },
        "order": [number + 1 for number in range(len(found.proposals))],
        "proposals": proposal_rows(found),
        "checked": {
            "full_run_served": homes.people(found.after.walk_m <= found.before.reach_m),
            "equal": found.checked,
        },
        **found.notes,
    }


def _part(served: float, total: float) -> dict[str, float | None]:
    return {"served": float(served), "share": float(served / total) if total else None}


def proposal_layers(found: Proposed, figures: Mapping[str, Any]) -> dict[str, gpd.GeoDataFrame]:
    """Give every layer of the results.gpkg of site or links, in the study's metric CRS."""
    crs, key = found.study.network.crs, found.before.standard.id
    columns = home_columns(found.study)
    columns |= {f"{key}_m": _metres(found.walk_m[0]), f"{key}_m_1": _metres(found.walk_m[-1])}
    layers = ground_layers(found.study, [found.before])
    layers["homes"] = gpd.GeoDataFrame(columns | {"unservable": found.unservable}, crs=crs)
    shapes = [one.shape for one in found.proposals]
    rows = pd.DataFrame(figures["proposals"], columns=PROPOSAL_COLUMNS)
    numbers = ["built_m", "cost", "per_cost"]
    rows[numbers] = rows[numbers].astype(float)
    layers["proposals"] = gpd.GeoDataFrame(rows, geometry=shapes, crs=crs)
    layers["proposal_homes"] = _proposal_homes(found)
    layers["proposal_ways"] = _proposal_ways(found)
    layers["candidates"] = found.candidates
    if found.study.zones is not None:
        layers["zones"] = _zones(found, found.study.zones)
    return layers


def _metres(walk_m: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.isfinite(walk_m), walk_m, np.nan)


def _proposal_homes(found: Proposed) -> gpd.GeoDataFrame:
    """Whom each proposal concerns, with the walk before it and with it."""
    homes = found.study.homes
    rows = [found.concerned(number) for number in range(len(found.proposals))]
    home = np.concatenate([_NONE, *rows])
    number = np.repeat(np.arange(len(rows)), [len(some) for some in rows])
    table = {
        "home": homes.id[home],
        "proposal": number + 1,
        "weight": homes.weight[home],
        "before_m": _metres(found.walk_m[number, home]),
        "after_m": _metres(found.walk_m[number + 1, home]),
    }
    points = gpd.points_from_xy(*homes.xy[home].T)
    return gpd.GeoDataFrame(table, geometry=points, crs=found.study.network.crs)


def _proposal_ways(found: Proposed) -> gpd.GeoDataFrame:
    """The walk of the middle home of those that each proposal concerns and no later one does."""
    rows = []
    for number in range(len(found.proposals)):
        some = found.concerned(number)
        at_last = found.walk_m[-1, some]
        some = some[(at_last > 0) & (at_last == found.walk_m[number + 1, some])]
        order = some[np.argsort(found.walk_m[-1, some], kind="stable")]
        rows.append(order[[(len(order) - 1) // 2]] if len(order) else _NONE)
    home = np.concatenate([_NONE, *rows])
    proposal = np.repeat(np.arange(len(rows)), [len(some) for some in rows])
    table = gpd.GeoDataFrame(
        {
            "proposal": proposal + 1,
            "home": found.study.homes.id[home],
            "walk_m": found.walk_m[-1, home],
        },
        geometry=found.after.ways(home),
        crs=found.study.network.crs,
    )
    return table[table.geometry.notna()].reset_index(drop=True)


def _zones(found: Proposed, zones: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Each zone's share before and after all proposals."""
    homes, key = found.study.homes, found.before.standard.id
    zone = zone_of(zones, homes.xy)
    inside = zone != NOWHERE

    def people(which: NDArray[np.bool_]) -> NDArray[np.float64]:
        weight = (homes.weight * which)[inside]
        return np.bincount(zone[inside], weights=weight, minlength=len(zones)).astype(np.float64)

    total = people(np.ones(len(zone), dtype=bool))
    with np.errstate(invalid="ignore"):
        columns = {
            "zone": zones["name"],
            f"{key}_share": people(found.served[0]) / total,
            f"{key}_share_1": people(found.served[-1]) / total,
        }
    return gpd.GeoDataFrame(columns, geometry=zones.geometry, crs=zones.crs)
