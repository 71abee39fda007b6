"""Candidates of a file that count: large enough and near enough; the others are counted too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.candidates import read_candidates
from scripts.locating.misplacement import reading_or_advice, require_among
from scripts.plan import LayerEntry
from spatial.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from layers.candidates import Candidates
    from layers.schema import Tally
    from scripts.study import Study


def candidates_near(
    study: Study, path: Path, least_m2: float = 0.0
) -> tuple[gpd.GeoDataFrame, Tally]:
    """Give the candidates of a file in the study's CRS, and what became of all records.

    Left out are those smaller than `least_m2` (of unknown size: kept) and those too far away.

    Raises
    ------
    InputError
        If the file cannot be read, none is left, or one that must be built is left out.
    """
    read = _read(study, path)
    places, tally = read.places.to_crs(study.network.crs), read.tally
    small = places[places["area_m2"] < least_m2]
    far = places[~places.intersects(study.around)].drop(index=small.index, errors="ignore")
    for left, why in ((small, f"smaller than {least_m2:g} m²"), (far, "far from the study area")):
        _refuse_must(path, left, why)
        tally = tally.without(len(left), why)
    places = places.drop(index=small.index.union(far.index)).reset_index(drop=True)
    if not len(places):
        wrong = f"holds no candidate of {least_m2:g} m² or more near the study area"
        raise InputError(wrong, "lower the size, or check where they lie", file=path)
    return places, tally


def _read(study: Study, path: Path) -> Candidates:
    """Read the candidates; where they lie elsewhere, say what would bring them to the study."""
    name, entry = "candidates", LayerEntry(path=path)
    reading = reading_or_advice(
        name, study.readings, {name: entry}, lambda _, there: read_candidates(there.path)
    )
    require_among(name, entry, reading, study.readings)
    return reading


def _refuse_must(path: Path, left: gpd.GeoDataFrame, why: str) -> None:
    """None that is left out may be one that must be built."""
    must = left.index[left["must"]]
    if len(must):
        wrong = f"must be built, and is {why}"
        raise InputError(wrong, "take one of the two back", file=path, row=int(must[0]) + 1)
