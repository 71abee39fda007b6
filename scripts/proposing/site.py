"""The verb site: plan and candidates -> where the next facilities serve most people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import geopandas as gpd
import numpy as np

from layers.schema import Tally
from scripts.comparing.against import Grounds, grounds_of
from scripts.findings import service_in
from scripts.plan import load_plan
from scripts.proposing.candidate_file import candidates_near
from scripts.proposing.proposed import Proposed, write_proposed
from scripts.proposing.proposed_sites import sites_proposed
from scripts.publishing import frame_of
from scripts.study import assemble
from scripts.writing.write import held
from spatial.built import built
from spatial.errors import InputError
from spatial.siting import fairest, fewest_sites, least_walking, most_people
from spatial.siting.candidates import Siting
from spatial.siting.sites import lay_out, propose
from spatial.zones import zone_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from scripts.screen import Steps
    from scripts.study import Study
    from spatial.coverage import Coverage
    from spatial.siting import Answer
    from spatial.siting.sites import Sites

Question = Literal["most", "fewest", "least_walking", "fairest"]

SEARCHED = {"most": 1.0, "fewest": 1.0, "least_walking": 3.0, "fairest": 20.0}
"""How far is looked for homes, in reaches of the standard: who walks farther is as one unreached.

The longest walk is the question of `fairest`, so it looks far; but see `MOST_PAIRS`."""

TWICE = 2.0
"""How often people of a favoured zone count where nobody says."""

MOST_PAIRS = 20_000_000
"""Where candidates times homes are more than this, `fairest` looks as far as `least_walking`."""


@dataclass(frozen=True)
class Wish:
    """What is asked of `site`.

    Attributes
    ----------
    standard, question
        The id of what is sited for, and which question is asked.
    new, budget, share, cheapest, spacing_m
        At most so many sites and such costs; the share to reach, and whether at least cost rather
        than with fewest sites; how far apart, metres.
    candidates, least_m2, protected
        A file of candidates, and the least size one must have; a file of protected areas.
    favour, factor
        The name of a zone, and how often its people count.
    seconds, gap
        When to stop.
    """

    standard: str
    question: Question = "most"
    new: int | None = None
    budget: float | None = None
    share: float | None = None
    cheapest: bool = False
    spacing_m: float = 0.0
    candidates: Path | None = None
    least_m2: float = 0.0
    protected: Path | None = None
    favour: str | None = None
    factor: float | None = None
    seconds: float = 60.0
    gap: float = 0.0


def find_sites(
    path: Path,
    wish: Wish,
    out: Path,
    language: str | None,
    steps: Steps,
    heard: Callable[[Answer, str], None] | None = None,
) -> dict[str, Any]:
    """Find the best sites and write them into `out`; gives the summary.

    `heard` is told every better answer as it is found, and the plan's language.

    Raises
    ------
    LifecircleError
        If the plan, a layer or a candidate cannot be used, what is asked is impossible, or `out`
        cannot be written.
    """
    _refuse_what_does_not_go_together(wish)
    plan = load_plan(path, language=language)
    frame_of(plan)  # a base map that cannot be used is said now, not after all the work
    with held(out):
        with steps.step("reading layers"):
            study = assemble(plan)
        with steps.step("measuring the present"):
            today = service_in(study, wish.standard)
            grounds = grounds_of(study, wish.protected)
            sites, places, tally = _candidates(study, today, wish, grounds)
            study = study.with_layer("candidates", tally, wish.candidates)
        with steps.step("seeking sites"):
            tell = (lambda found: heard(found, plan.place.language)) if heard else None
            answer = _answer(_siting(study, sites, places, wish), wish, tell)
        with steps.step("writing results"):
            return write_proposed(_proposed(study, sites, places, answer, wish, grounds), out)


def _refuse_what_does_not_go_together(wish: Wish) -> None:
    """Nothing that is asked may be passed over in silence."""
    fewest = wish.question == "fewest"
    for given, name, goes in (
        (wish.new is not None, "--new", not fewest),
        (wish.budget is not None, "--budget", not fewest),
        (wish.share is not None, "--share", fewest),
        (wish.cheapest, "--cheapest", fewest),
        (wish.favour is not None, "--favour", wish.question in ("most", "least_walking")),
        (wish.factor is not None, "--factor without --favour", wish.favour is not None),
        (wish.least_m2 > 0, "--min-area", wish.candidates is not None),
        (wish.budget is not None or wish.cheapest, "a cost", wish.candidates is not None),
    ):
        if given and not goes:
            what = f"--question {wish.question}"
            what += " without --candidates" if wish.candidates is None else ""
            raise InputError(f"{name} does not go with {what}", "take one of them out")


def _candidates(
    study: Study, today: Coverage, wish: Wish, grounds: Grounds
) -> tuple[Sites, gpd.GeoDataFrame, Tally]:
    """The candidates of a file; else spots along streets in the gaps, on land one may build on."""
    limit_m = study.plan.measure.leg_limit_m
    ways: dict[str, Any] = {"barriers": study.barriers, "leg_limit_m": limit_m}
    if wish.candidates is not None:
        places, tally = candidates_near(study, wish.candidates, wish.least_m2)
        return lay_out(places.geometry, today, study.homes, **ways), places, tally
    sites = propose(today, study.homes, spoiled=grounds.spoiled, **ways)
    if not len(sites.places):
        wrong = f"no street stands within reach of a home that lacks {today.standard.id}"
        raise InputError(wrong, "nobody can be gained, or give candidates")
    places = _proposed_places(sites.places)
    return sites, places, Tally.count(len(places), dropped={})


def _proposed_places(geometry: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """Spots as candidates: nobody said what they cost or how many they can serve."""
    count = len(geometry)
    table = {
        "candidate": [str(number + 1) for number in range(count)],
        "name": [None] * count,
        "cost": np.full(count, np.nan),
        "capacity": np.full(count, np.nan),
        "must": np.zeros(count, dtype=bool),
        "barred": np.zeros(count, dtype=bool),
    }
    return gpd.GeoDataFrame(table, geometry=geometry)


def _siting(study: Study, sites: Sites, places: gpd.GeoDataFrame, wish: Wish) -> Siting:
    """Put together what is known, and what binds the choice."""
    reach_m = sites.coverage.reach_m
    far = wish.question in ("least_walking", "fairest")
    many = len(places) * len(study.homes.weight) > MOST_PAIRS
    reaches = SEARCHED["least_walking" if far and many else wish.question]
    xy = np.column_stack([places.centroid.x, places.centroid.y])
    cost = _costs(places, wish)
    capacity = places["capacity"].to_numpy(np.float64)
    limited = np.isfinite(capacity).any()
    return Siting(
        sites.catchments(reaches * reach_m),
        study.homes.weight,
        reach_m,
        present_m=sites.coverage.walk_m,
        factor=_factor(study, wish),
        cost=cost,
        capacity=np.where(np.isnan(capacity), np.inf, capacity) if limited else None,
        xy=xy,
        spacing_m=wish.spacing_m,
        must=places["must"].to_numpy(bool),
        barred=places["barred"].to_numpy(bool),
    )


def _costs(places: gpd.GeoDataFrame, wish: Wish) -> NDArray[np.float64] | None:
    """What candidates cost; all must say so where there is a budget."""
    cost = places["cost"].to_numpy(np.float64)
    missing = np.isnan(cost)
    if wish.budget is not None and missing.any():
        wrong = f"{missing.sum()} candidates have no cost, and there is a budget"
        row = int(np.flatnonzero(missing)[0]) + 1
        raise InputError(wrong, "give each a cost", file=wish.candidates, row=row)
    return None if missing.any() else cost


def _factor(study: Study, wish: Wish) -> NDArray[np.float64] | None:
    """How much the people of each home count: those of the favoured zone more."""
    if wish.favour is None:
        return None
    if study.zones is None or wish.favour not in set(study.zones["name"]):
        known = "none" if study.zones is None else ", ".join(study.zones["name"])
        wrong = f"there is no zone {wish.favour!r} to favour"
        raise InputError(wrong, f"the plan's zones are: {known}", file=study.plan.path)
    row = study.zones.index[study.zones["name"] == wish.favour]
    inside = np.isin(zone_of(study.zones, study.homes.xy), row)
    return np.where(inside, TWICE if wish.factor is None else wish.factor, 1.0)


def _answer(town: Siting, wish: Wish, heard: Callable[[Answer], None] | None) -> Answer:
    until: dict[str, Any] = {"time_limit_s": wish.seconds, "gap": wish.gap, "heard": heard}
    if wish.question == "fewest":
        share = 1.0 if wish.share is None else wish.share
        return fewest_sites(town, share=share, cheapest=wish.cheapest, **until)
    until |= {"new": wish.new, "budget": wish.budget}
    if wish.question == "fairest":
        return _fairest(town, until)
    ask = most_people if wish.question == "most" else least_walking
    return ask(town, **until)


def _fairest(town: Siting, until: dict[str, Any]) -> Answer:
    """Shorten the longest walk; of all homes if so few sites can reach all.

    Else of those that reach a facility today: streets apart from all others would take a site of
    their own each.
    """
    try:
        return fairest(town, **until)
    except InputError:
        apart = np.isinf(town.walk_m)
        if apart.all() or not apart.any():
            raise
    return fairest(replace(town, weight=np.where(apart, 0.0, town.weight)), **until)


def _proposed(
    study: Study,
    sites: Sites,
    places: gpd.GeoDataFrame,
    answer: Answer,
    wish: Wish,
    grounds: Grounds,
) -> Proposed:
    """Gather what the answer means: each site, for whom, and the whole measured afresh."""
    alone = sites.gained_alone()
    chosen = np.isin(sites.doors.facility, answer.sites)
    inside = np.concatenate([np.empty(0, np.int64), *map(sites.inside, answer.sites)])
    after = built(sites.coverage, study.homes, None, sites.doors[chosen], inside)
    kind = "site" if wish.candidates is None else "candidate"
    tried = gpd.GeoDataFrame(
        {"candidate": places["candidate"], "name": places["name"], "kind": kind}
        | {"cost": places["cost"], "people_alone": alone},
        geometry=places.geometry,
        crs=study.network.crs,
    )
    walk_m = sites.walks_after(answer.sites)
    return Proposed(
        study=study,
        before=sites.coverage,
        after=after,
        question=answer.question,
        answer=answer.summary(),
        proposals=sites_proposed(study, sites, places, answer.sites, grounds),
        walk_m=walk_m,
        candidates=tried,
        unservable=_unservable(study, answer, walk_m[-1]),
        notes={"wish": _said(wish), "without_entrance": int(sites.without_entrance.sum())},
    )


def _said(wish: Wish) -> dict[str, Any]:
    """What was asked, for the summary."""
    return {key: None if value is None else str(value) for key, value in vars(wish).items()}


def _unservable(study: Study, answer: Answer, walk_m: NDArray[np.float64]) -> NDArray[np.object_]:
    """Why no site serves a home with people; `walk_m` is how far each walks with all of them."""
    reasons = np.full(len(study.homes.weight), None, dtype=object)
    if answer.question == "fairest":
        reasons[(study.homes.weight > 0) & np.isinf(walk_m)] = "island"
    reasons[answer.unreachable] = "unreachable"
    reasons[answer.barred_only] = "barred_only"
    reasons[answer.unreachable & ~study.homes.ties.tied] = "unconnected"
    return reasons
