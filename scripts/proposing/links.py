"""The verb links: plan -> which gates, bridges and dead ends to open first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from scripts.comparing.against import grounds_of
from scripts.findings import service_in
from scripts.plan import load_plan
from scripts.proposing.candidate_file import candidates_near
from scripts.proposing.proposed import Proposal, Proposed, write_proposed
from scripts.proposing.proposed_sites import sites_proposed
from scripts.publishing import frame_of
from scripts.study import assemble
from scripts.writing.write import held
from spatial.built import built
from spatial.errors import InputError
from spatial.links import AGAINST, Site, links, together
from spatial.openings import OpeningRule
from spatial.siting.sites import lay_out

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from scripts.comparing.against import Grounds
    from scripts.screen import Steps
    from scripts.study import Study
    from spatial.coverage import Coverage
    from spatial.links import Combination, Links
    from spatial.siting.sites import Sites


@dataclass(frozen=True)
class Wish:
    """What is asked of `links`.

    Attributes
    ----------
    standard, new
        The id of what is walked to, and how many openings (and sites) to choose.
    longest_m
        The longest link on land; over water, railways and motorways it may be 2.5 times as long.
    most_people
        Whether people gained decide alone, not per metre built.
    candidates, protected
        A file of sites to be chosen beside openings, with their costs in metres of opening; a
        file of protected areas.
    """

    standard: str
    new: int = 5
    longest_m: float = 60.0
    most_people: bool = False
    candidates: Path | None = None
    protected: Path | None = None


BRIDGES = 2.5
"""A bridge may be this many times as long as a link on land."""


def find_links(
    path: Path, wish: Wish, out: Path, language: str | None, steps: Steps
) -> dict[str, Any]:
    """Find the best openings and write them into `out`; gives the summary.

    Raises
    ------
    LifecircleError
        If the plan, a layer or a candidate cannot be used, or `out` cannot be written.
    """
    plan = load_plan(path, language=language)
    frame_of(plan)  # a base map that cannot be used is said now, not after all the work
    with held(out):
        with steps.step("reading layers"):
            study = assemble(plan)
        with steps.step("measuring the present"):
            today = service_in(study, wish.standard)
            sites, study = _sites(study, today, wish)
        with steps.step("seeking openings"):
            grounds = grounds_of(study, wish.protected)
            offered = links(
                today,
                study.homes,
                study.barriers,
                rule=OpeningRule(link_m=wish.longest_m, bridge_m=BRIDGES * wish.longest_m),
                footprints=study.footprints.geometry.to_numpy(),
                area=study.area,
                protected=grounds.protected,
            )
            per_cost = not wish.most_people
            chosen = together(
                offered, today, study.homes, wish.new, _as_sites(sites), per_cost=per_cost
            )
        with steps.step("writing results"):
            return write_proposed(
                _proposed(study, today, offered, chosen, sites, grounds, wish), out
            )


def _sites(
    study: Study, today: Coverage, wish: Wish
) -> tuple[tuple[Sites, gpd.GeoDataFrame] | None, Study]:
    """The sites that may be chosen beside openings, laid out; and the study that counts them."""
    if wish.candidates is None:
        return None, study
    places, tally = candidates_near(study, wish.candidates)
    tally = tally.without(int(places["barred"].sum()), "barred")
    places = places[~places["barred"]].reset_index(drop=True)
    free = places["candidate"][~(places["cost"] > 0)]
    if len(free):
        wrong, remedy = f"{free.iloc[0]!r} has no cost above 0", "give it in metres of opening"
        raise InputError(wrong, remedy, file=wish.candidates, layer="candidates")
    limit_m = study.plan.measure.leg_limit_m
    laid = lay_out(
        places.geometry, today, study.homes, barriers=study.barriers, leg_limit_m=limit_m
    )
    return (laid, places), study.with_layer("candidates", tally, wish.candidates)


def _as_sites(offer: tuple[Sites, gpd.GeoDataFrame] | None) -> list[Site]:
    """Candidates as `together` takes them."""
    if offer is None:
        return []
    sites, cost = offer[0], offer[1]["cost"].to_numpy(np.float64)
    return [
        Site(sites.doors[sites.doors.facility == row], float(cost[row]), sites.inside(row))
        for row in range(len(sites.places))
    ]


def _proposed(
    study: Study,
    today: Coverage,
    offered: Links,
    chosen: Combination,
    offer: tuple[Sites, gpd.GeoDataFrame] | None,
    grounds: Grounds,
    wish: Wish,
) -> Proposed:
    """Gather what the choice means: each opening, for whom, and the whole measured afresh."""
    opening = chosen.chosen[chosen.chosen < len(offered)]
    taken = chosen.chosen[chosen.chosen >= len(offered)] - len(offered)
    doors, inside = None, None
    new = {int(row): _opening(study, offered, int(row)) for row in opening}
    if offer is not None:
        sites, places = offer
        built_sites = sites_proposed(study, sites, places, taken, grounds)
        new |= dict(zip((taken + len(offered)).tolist(), built_sites, strict=True))
        doors = sites.doors[np.isin(sites.doors.facility, taken)]
        inside = np.concatenate([np.empty(0, np.int64), *(sites.inside(row) for row in taken)])
    after = built(today, study.homes, offered.openings[opening], doors, inside)
    people = float(chosen.people.sum())
    return Proposed(
        study=study,
        before=today,
        after=after,
        question="links",
        answer={"value": people, "bound": None, "gap": None, "proven": False}
        | {"seconds": None, "greedy_value": people, "method": "greedy"},
        proposals=[new[int(row)] for row in chosen.chosen],
        walk_m=chosen.walk_m,
        candidates=_tried(today, offered),
        unservable=np.full(len(study.homes.weight), None, dtype=object),
        notes={"wish": {key: None if v is None else str(v) for key, v in vars(wish).items()}},
    )


def _tried(today: Coverage, offered: Links) -> gpd.GeoDataFrame:
    """Every opening, the best first: valued alone."""
    table = offered.table(today.facilities.places)
    names = table["street_a"].fillna("") + " – " + table["street_b"].fillna("")
    return table.rename(columns={"people": "people_alone"}).assign(name=names.str.strip(" –"))


def _opening(study: Study, offered: Links, row: int) -> Proposal:
    place = 0 if study.plan.place.language == "zh" else 1
    streets = [offered.street_a[row], offered.street_b[row]]
    named = list(dict.fromkeys(name for name in streets if name))
    return Proposal(
        kind=str(offered.openings.kind[row]),
        shape=offered.openings.geometry[row],
        name=None,
        street=" – ".join(named) or None,
        alone=float(offered.people[row]),
        built_m=float(offered.openings.built_m[row]),
        price=float(offered.cost_m[row]),
        against=tuple(AGAINST[key][place] for key in offered.against[row]),
    )
