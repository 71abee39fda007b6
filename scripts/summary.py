"""Findings -> summary.json: the figures, with what they rest on."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from layers.categories import CATEGORIES, counts_for
from layers.files.digest import content_digest
from scripts.land import cell_m
from scripts.study import LAND
from scripts.walker import walker_figures
from spatial.coverage import Coverage
from spatial.reasons import people_by_reason
from spatial.union import Union

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from layers.schema import Tally
    from scripts.findings import Findings, Measured
    from scripts.plan import Plan
    from scripts.study import Study
    from spatial.circle import Circle
    from spatial.network import Network
    from spatial.population import Homes
    from spatial.standards import Source, Standard

_LIBRARIES = ("lifecircle", "geopandas", "shapely", "scipy", "pyproj", "osmium", "folium")


def summary(findings: Findings) -> dict[str, Any]:
    """Give the whole content of summary.json (the contract of results), ready for JSON."""
    return about(findings.study) | {
        "standards": {one.standard.id: _standard(findings, one) for one in findings.measured},
        "laws": dict(findings.laws),
    }


def about(study: Study) -> dict[str, Any]:
    """Say what every result rests on: the place, its people, its data, its streets."""
    homes = study.homes
    return {
        "place": study.plan.place.name,
        "language": study.plan.place.language,
        "crs": study.network.crs.to_string(),
        "unit": homes.unit,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": {"python": platform.python_version()}
        | {name: version(name) for name in _LIBRARIES},
        "inputs": [_input(study, name, path) for name, path in study.files.items()],
        "data": {"date": study.date, "credit": "; ".join(study.credits)},
        "study_area_km2": float(study.area.area / 1e6),
        "cell_m": cell_m(study),
        "homes": len(homes.id),
        "population": study.population,
        "total": float(homes.weight.sum()),
        "layers": {
            name: counts_of(tally) | {"taken": dict(study.taken.get(name, {}))}
            for name, tally in study.tallies.items()
        },
        "network": _network(study.network, homes),
        "walker": walker_figures(study.walker, study.network),
        "leg_limit_m": study.plan.measure.leg_limit_m,
        "counts_as": _counts_as(study.plan),
    }


def _counts_as(plan: Plan) -> dict[str, tuple[str, ...]]:
    """What a new facility of each category would count as, of all that is measured."""
    measured = {service.category for one in plan.standards for service in one.services}
    found = {key: counts_for(key) for key in CATEGORIES}
    return {key: counted for key, counted in found.items() if measured & set(counted)}


def _input(study: Study, layer: str, path: Path) -> dict[str, Any]:
    folder = study.plan.folder
    digest, size = content_digest(path, alone=True)
    whole, _ = content_digest(path)
    return {
        "layer": layer,
        "path": path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path),
        "sha256": digest,
        "bytes": size,
    } | ({"sha256_whole": whole} if whole != digest else {})


def counts_of(tally: Tally) -> dict[str, Any]:
    """Say what became of the records of a layer."""
    return {
        "read": tally.read,
        "used": tally.used,
        "repaired": tally.repaired,
        "dropped": tally.dropped,
        "reasons": dict(tally.reasons),
    }


def _network(network: Network, homes: Homes) -> dict[str, Any]:
    """Size and islands; every island beside the largest on which homes stand (rule 9)."""
    length = network.island_lengths_m()
    tied = homes.ties.tied
    island = network.island[network.u[homes.ties.edge[tied]]]
    count = np.bincount(island, minlength=len(length))
    people = np.bincount(island, weights=homes.weight[tied], minlength=len(length))
    return {
        "nodes": len(network.xy),
        "edges": len(network.u),
        "length_m": float(network.ground_m.sum()),
        "islands": len(length),
        "largest_island_share": float(length[0] / length.sum()),
        "islands_with_homes": [
            {
                "island": int(one),
                "length_m": float(length[one]),
                "homes": int(count[one]),
                "people": float(people[one]),
            }
            for one in np.flatnonzero(count)
            if one
        ],
    }


def _part(homes: Homes, which: NDArray[np.bool_]) -> dict[str, Any]:
    """People among some homes, and their share."""
    total = float(homes.weight.sum())
    served = homes.people(which)
    return {"served": served, "share": served / total if total else None}


def _standard(findings: Findings, one: Measured) -> dict[str, Any]:
    """The block of one standard."""
    if isinstance(one, Coverage):
        return _coverage(findings, one)
    if isinstance(one, Union):
        return _union(findings, one)
    return _circle(findings, one)


def definition(standard: Standard) -> dict[str, Any]:
    """Say what the document asks for, and the share that is its target."""
    return {
        "geometry": standard.geometry,
        "origin": standard.origin,
        "denominator": standard.denominator,
        "numerator_zh": standard.numerator_zh,
        "numerator_en": standard.numerator_en,
        "denominator_zh": standard.denominator_zh,
        "denominator_en": standard.denominator_en,
        "target_share": standard.target_share,
        "target_strict": standard.target_strict,
    }


def _figure(findings: Findings, one: Coverage | Union) -> dict[str, Any]:
    """What is said of a standard and of a union alike."""
    homes, standard = findings.study.homes, one.standard
    return {
        "zh": standard.zh,
        "en": standard.en,
        **_reach(max(service.reach_m for service in standard.services), one),
        "source": source_of(standard.source),
        **definition(standard),
        "total": float(homes.weight.sum()),
        "network": _part(homes, one.served) | _bounds(homes, one),
        **_usual(findings, one),
        "straight": _part(homes, one.straight_served),
        "land": _land(findings, standard.id),
        "target_met": _target_met(findings, one),
        "unconnected": homes.people(~homes.ties.tied),
        "edge_uncertain": homes.people(findings.uncertain(one)),
    }


def _reach(standard_m: float, one: Coverage | Union) -> dict[str, float]:
    """The standard's reach, and how far the walker gets, where that is less."""
    return {"reach_m": standard_m} | (
        {"walk_reach_m": one.reach_m} if one.reach_m != standard_m else {}
    )


def _usual(findings: Findings, one: Coverage | Union) -> dict[str, Any]:
    """Whom a usual walker would be served like, where another one was measured."""
    if findings.study.walker.usual:
        return {}
    return {"usual": _part(findings.study.homes, one.usual_served)}


def _union(findings: Findings, union: Union) -> dict[str, Any]:
    """A figure of several classes, and the figure of each."""
    return _figure(findings, union) | {
        "facilities": sum(len(one.facilities.places) for one in union.classes),
        "entrances": sum(len(one.doors) for one in union.classes),
        "classes": {one.standard.id: _coverage(findings, one) for one in union.classes},
    }


def _coverage(findings: Findings, one: Coverage) -> dict[str, Any]:
    """The figure of one standard, how one gets in, and why people are left out."""
    kinds, counts = np.unique(one.doors.kind.astype(str), return_counts=True)
    facilities = len(one.facilities.places)
    return _figure(findings, one) | {
        "category": one.standard.category,
        "area_m2": _size_class(one.standard.area_m2),
        "facilities": facilities,
        "facilities_of_other_size": one.facilities.wrong_size,
        "facilities_without_entrance": facilities - len(np.unique(one.doors.facility)),
        "entrances": len(one.doors),
        "entrance_kinds": dict(zip(kinds.tolist(), counts.tolist(), strict=True)),
        **_reasons(findings, one),
    }


def _bounds(homes: Homes, one: Coverage | Union) -> dict[str, float | None]:
    """Lower and upper bound of the share served on foot (rule 7)."""
    return {
        "low": _part(homes, one.low_served)["share"],
        "high": _part(homes, one.high_served)["share"],
    }


def _target_met(findings: Findings, one: Coverage | Union) -> bool | None:
    """Whether the figure the document asks for meets its target; None where either is missing."""
    standard, by_radius = one.standard, one.standard.geometry == "radius"
    if standard.denominator in LAND:
        land = findings.land.get(standard.id)
        of_it = land is not None and land.of == standard.denominator
        found = (land.straight if by_radius else land.network).share if land and of_it else None
    else:
        homes = findings.study.homes
        found = _part(homes, one.straight_served if by_radius else one.served)["share"]
    return None if found is None else standard.meets(found)


def _land(findings: Findings, key: str) -> dict[str, Any] | None:
    """Shares of land, official and on foot; null where no land is given."""
    land = findings.land.get(key)
    return land.figures() if land else None


def _reasons(findings: Findings, one: Coverage) -> dict[str, dict[str, float]]:
    """Why people are unserved; and those among them whom a straight line would serve."""
    homes, reason = findings.study.homes, findings.reasons[one.standard.id]
    unserved = ~one.served
    return {
        "unserved": people_by_reason(homes, reason, unserved),
        "straight_minus_network": people_by_reason(homes, reason, unserved & one.straight_served),
    }


def _circle(findings: Findings, circle: Circle) -> dict[str, Any]:
    homes, standard = findings.study.homes, circle.standard
    total = float(homes.weight.sum())
    met = circle.met / max(len(circle.must_have), 1)
    open_end = [findings.uncertain(one) for one in circle.must_have]
    return {
        "zh": standard.zh,
        "en": standard.en,
        "source": source_of(standard.source),
        "walk_m_per_s": standard.walk_m_per_s,
        "total": total,
        "must_have": list(standard.must_have),
        "complete": _part(homes, circle.complete),
        "mean_share_met": float((met * homes.weight).sum() / total) if total else None,
        "unconnected": homes.people(~homes.ties.tied),
        "edge_uncertain": homes.people(np.any(open_end, axis=0)) if open_end else 0.0,
        "categories": {
            one.standard.id: _category(findings, circle, one) for one in circle.services
        },
    }


def _category(findings: Findings, circle: Circle, one: Coverage) -> dict[str, Any]:
    """One service of a circle, in short."""
    homes, standard = findings.study.homes, one.standard
    return {
        "zh": standard.zh,
        "en": standard.en,
        "must_have": standard.id in circle.standard.must_have,
        **_reach(standard.reach_m, one),
        "area_m2": _size_class(standard.area_m2),
        "source": source_of(standard.source),
        "facilities": len(one.facilities.places),
        "entrances": len(one.doors),
        "total": float(homes.weight.sum()),
        **_part(homes, one.served),
        **_usual(findings, one),
        "straight_share": _part(homes, one.straight_served)["share"],
        "edge_uncertain": homes.people(findings.uncertain(one)),
    }


def _size_class(area_m2: tuple[float, float]) -> list[float | None] | None:
    """[from, below) with null for no upper limit; null where any size counts."""
    low, high = area_m2
    if low == 0 and np.isinf(high):
        return None
    return [low, None if np.isinf(high) else high]


def source_of(source: Source) -> Mapping[str, Any]:
    """Say who asks for a figure, and how sure that is."""
    return {
        "document": source.document,
        "clause": source.clause,
        "year": source.year,
        "status": source.status,
    }
