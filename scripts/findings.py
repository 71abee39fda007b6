"""Study -> what was found: every standard measured, and the laws checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scripts.land import land_of, served_areas
from spatial.circle import Circle
from spatial.coverage import Coverage, measure
from spatial.effects import Present
from spatial.errors import InputError
from spatial.extent import metres_to_end
from spatial.facilities import counted
from spatial.laws import EXACT_M, laws, require
from spatial.reasons import reasons
from spatial.retold import same_when_retold
from spatial.standards import CircleStandard, UnionStandard
from spatial.union import Union

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from scripts.land import Land, Served
    from scripts.study import Study
    from spatial.standards import ServiceStandard, Standard

Measured = Coverage | Union | Circle


@dataclass(frozen=True)
class Findings:
    """Every standard of a study, measured.

    Attributes
    ----------
    study
        What was measured.
    measured
        Each standard of the plan, in its order: a coverage, a union or a circle.
    to_end_m
        (h,) straight metres from each home to where the data end.
    laws
        Whether each law holds; all do, or nothing would have been found.
    reasons
        (h,) why each unserved home is, one of `spatial.reasons.REASONS`, None for the served; by
        the id of every coverage.
    served
        The land that each coverage serves, by its id.
    land
        Official and real share of land, by the id of coverages and unions; where land is given.
    """

    study: Study
    measured: tuple[Measured, ...]
    to_end_m: NDArray[np.float64]
    laws: Mapping[str, bool]
    reasons: Mapping[str, NDArray[np.object_]]
    served: Mapping[str, Served]
    land: Mapping[str, Land]

    @property
    def coverages(self) -> tuple[Coverage, ...]:
        """The coverages of the plan's own standards, and of the classes of its unions."""
        return _once(part for one in self.measured for part in _coverages_of(one))

    @property
    def unions(self) -> tuple[Union, ...]:
        """The unions."""
        return tuple(one for one in self.measured if isinstance(one, Union))

    @property
    def circles(self) -> tuple[Circle, ...]:
        """The circles."""
        return tuple(one for one in self.measured if isinstance(one, Circle))

    @property
    def every_coverage(self) -> tuple[Coverage, ...]:
        """Each thing measured once under its own id: the standards, then the circles' services."""
        services = (service for circle in self.circles for service in circle.services)
        return _once((*self.coverages, *services))

    def uncertain(self, one: Coverage | Union) -> NDArray[np.bool_]:
        """(h,) unserved homes from which the end of the data lies within reach (rule 8)."""
        return _uncertain(one, self.to_end_m)


def _once(coverages: Iterable[Coverage]) -> tuple[Coverage, ...]:
    """Each measured id once, in the order of their first."""
    return tuple({one.standard.id: one for one in coverages}.values())


def measured_in(
    study: Study, only: str | None = None
) -> tuple[dict[str, Coverage], dict[str, bool]]:
    """Measure every service of the plan's standards, by its id; and which laws hold: all.

    `only` names the one service to measure, if others are not asked for.

    Raises
    ------
    LawError
        If the results break a law that must always hold.
    """
    services = services_of(study)
    if only is not None:
        services = {only: services[only]}
    found = measure(
        study.network,
        study.homes,
        [(service, counted(study.places, service)) for service in services.values()],
        gates=study.gates,
        barriers=study.barriers,
        leg_limit_m=study.plan.measure.leg_limit_m,
        walker=study.walker,
    )
    holds = laws(study.homes, found) | {
        "order_direction_and_splits_change_nothing": same_when_retold(
            study.homes,
            found[0],
            gates=study.gates,
            barriers=study.barriers,
            leg_limit_m=study.plan.measure.leg_limit_m,
            exact_m=EXACT_M,
        )
    }
    require(holds)
    return dict(zip(services, found, strict=True)), holds


def service_in(study: Study, key: str) -> Coverage:
    """Measure the standard that proposals are for: one of the plan's with a single service.

    Raises
    ------
    InputError
        If the plan measures none of that id.
    """
    known = services_of(study)
    if key not in known:
        wrong = f"the plan measures no single service {key!r}"
        remedy = f"choose one of {', '.join(known)}, or add it to [measure] standards"
        raise InputError(wrong, remedy, file=study.plan.path)
    return measured_in(study, key)[0][key]


def services_of(study: Study) -> dict[str, ServiceStandard]:
    """Give every service of the plan's standards, by its id."""
    return {one.id: one for standard in study.plan.standards for one in standard.services}


def present_in(study: Study, coverages: Mapping[str, Coverage]) -> Present:
    """Give what is there, as scenarios and proposals start from."""
    limit_m = study.plan.measure.leg_limit_m
    return Present(
        study.network,
        study.homes,
        [*coverages.values()],
        study.barriers,
        limit_m,
        study.walker,
    )


def find(study: Study) -> Findings:
    """Measure every standard of the study's plan, over people and over land.

    Raises
    ------
    LawError
        If the results break a law that must always hold.
    """
    asked = study.plan.standards
    by_id, holds = measured_in(study)
    measured = tuple(_measured(standard, by_id) for standard in asked)
    parts = {one.standard.id: _coverages_of(one) for one in measured}
    served = served_areas(study, _once(part for some in parts.values() for part in some))
    parts |= {part.standard.id: (part,) for some in parts.values() for part in some}
    standards = {one.id: one for asked_for in asked for one in (*asked_for.services, asked_for)}
    land = {
        key: found_land
        for key, some in parts.items()
        if some and (found_land := land_of(study, standards[key], some, served))
    }
    to_end_m = metres_to_end(study.homes.xy, study.extent)
    why = {
        key: reasons(one, study.homes, study.barriers, _uncertain(one, to_end_m))
        for key, one in by_id.items()
    }
    return Findings(study, measured, to_end_m, holds, why, served, land)


def _uncertain(one: Coverage | Union, to_end_m: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Unserved homes from which the end of the data lies within the longest reach."""
    return ~one.served & (to_end_m <= one.reach_m)


def _coverages_of(one: Measured) -> tuple[Coverage, ...]:
    """The coverages a figure is made of; none for a circle."""
    if isinstance(one, Circle):
        return ()
    return tuple(one.classes) if isinstance(one, Union) else (one,)


def _measured(standard: Standard, by_id: Mapping[str, Coverage]) -> Measured:
    """Put a standard together from the coverages of its services."""
    parts = [by_id[service.id] for service in standard.services]
    if isinstance(standard, CircleStandard):
        return Circle(standard, parts)
    if isinstance(standard, UnionStandard):
        return Union(standard, parts)
    return parts[0]
