"""OpenStreetMap's ways and places, with their tags, become layers.

Whoever brings the tags (an extract, `extract`; the web, `fetch`), the same rules decide here what a
street, a park, a stop, a facility and a home is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from layers.barriers import barrier_kind, is_compound
from layers.categories import matches
from layers.openstreetmap.buildings import is_building, why_no_homes
from layers.openstreetmap.features import TaggedPlaces
from layers.openstreetmap.outlines import AREA, inside, mended
from layers.openstreetmap.stops import merged_stations, merged_stops, name_labels
from layers.openstreetmap.walkable import PRIVATE, in_tunnel, is_stairs, obstacle, on_bridge
from layers.schema import COLUMNS, MOST_LEVELS, Reading, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy.typing as npt

    from layers.openstreetmap.features import TaggedWays

NOTHING_LOST: Mapping[str, Mapping[str, int]] = MappingProxyType({})
"""No record of any layer was lost before its tags could be read."""

LAYER_OF: Mapping[str, str] = MappingProxyType(
    {"park": "parks", "green": "green", "bus_stop": "bus_stops"}
)
"""The layer of a category; those not named here are `facilities`."""

MENDED = "outline that crossed itself, mended"
NO_OUTLINE = "point or line, without an outline"
NOTHING_INSIDE = "outline that encloses nothing"
NO_LENGTH = "way without length"
WITHIN = "mapped twice: lies in the outline of the same facility"

_INVISIBLE = " \t\r\n\u00a0\u200b\u200c\u200d\u200e\u200f\ufeff"


class _Found(NamedTuple):
    """A place that a category's tags mean, whether or not it counts."""

    row: int
    category: str
    refusal: str | None
    guess: str


def readings(
    ways: TaggedWays,
    places: TaggedPlaces,
    *,
    barriers: TaggedWays | None = None,
    incomplete: Mapping[str, Mapping[str, int]] = NOTHING_LOST,
    shortened: Mapping[str, Mapping[str, int]] = NOTHING_LOST,
) -> dict[str, Reading]:
    """Sort tagged ways and places into layers; the order in which they come changes nothing.

    Parameters
    ----------
    ways
        Every way with a ``highway`` tag; which of them one may walk on is decided here.
    places
        Every node and area that any rule may want (`layers_wanting`); others are passed over.
    barriers
        Lines of water, rails and walls (`layers.barriers.barrier_kind`); fast roads are found
        among `ways`, water areas among `places`.
    incomplete
        For a layer, how many of its records were lost before this, by reason:
        ``{"parks": {"outline cut by the edge of the extract": 3}}``. They count as dropped.
    shortened
        The same for records of which a part is left; they count as repaired.

    Returns
    -------
    dict
        The layers ``streets``, ``homes``, ``parks``, ``green``, ``bus_stops``, ``facilities``,
        ``water`` and ``barriers``, each in EPSG:4326. A layer may be empty. A facility of several
        categories has a row and an id for each (``n12/library``, ``n12/culture``).
    """
    places = _by_id(places)
    names = [name_of(tags) for tags in places.tags]
    found = _found(places)
    layers = {
        "streets": _streets(ways, places),
        "homes": _homes(places, names),
        "parks": _green("parks", found["parks"], places, names),
        "green": _green("green", found["green"], places, names),
        "bus_stops": _bus_stops(found["bus_stops"], places, names, ways),
        "facilities": _facilities(found["facilities"], places, names),
        "water": _water(places, names),
    }
    layers["barriers"] = _barriers(ways, barriers, layers["water"])
    return {
        layer: _with_losses(reading, incomplete.get(layer, {}), shortened.get(layer, {}))
        for layer, reading in layers.items()
    }


def layers_wanting(tags: Mapping[str, str]) -> tuple[str, ...]:
    """Give the layers for which a place with these tags is a record, kept or not.

    Examples
    --------
    >>> layers_wanting({"leisure": "park"}), layers_wanting({"building": "yes", "shop": "mall"})
    (('parks', 'green'), ('facilities', 'homes'))
    """
    layers = [LAYER_OF.get(match.category, "facilities") for match in matches(tags)]
    layers += ["homes"] if is_building(tags) else []
    layers += ["water"] if is_water(tags) else []
    layers += ["compounds"] if is_compound(tags) else []
    return tuple(dict.fromkeys(layers))


def name_of(tags: Mapping[str, str]) -> str | None:
    r"""Give the name of a place: as it is called there, else in Chinese, else in English.

    Invisible marks at its ends, as copying from a web page leaves them, are taken off.

    Examples
    --------
    >>> name_of({"name": "大沙河公园\u200e"}), name_of({"name:en": "Rose garden"}), name_of({})
    ('大沙河公园', 'Rose garden', None)
    """
    for key in ("name", "name:zh", "name:en"):
        name = tags.get(key, "").strip(_INVISIBLE)
        if name:
            return name
    return None


def levels_of(tags: Mapping[str, str]) -> float:
    """Give the floors of a building above ground; NaN where nobody mapped them, or no number.

    Examples
    --------
    >>> levels_of({"building:levels": "6"}), levels_of({"building:levels": "several"})
    (6.0, nan)
    """
    try:
        levels = float(tags.get("building:levels", ""))
    except ValueError:
        return float("nan")
    return levels if 0 < levels <= MOST_LEVELS else float("nan")


def is_water(tags: Mapping[str, str]) -> bool:
    """Tell whether tags mean a surface of water under the open sky.

    Examples
    --------
    >>> is_water({"natural": "water"}), is_water({"waterway": "river"})
    (True, False)
    """
    if tags.get("location") == "underground" or tags.get("tunnel", "no") != "no":
        return False
    return (
        tags.get("natural") == "water"
        or tags.get("waterway") in {"riverbank", "dock"}
        or tags.get("landuse") in {"reservoir", "basin"}
    )


def _by_id(places: TaggedPlaces) -> TaggedPlaces:
    """Put places into the order of their ids, so that the order given cannot matter."""
    order = sorted(range(len(places.ids)), key=places.ids.__getitem__)
    return _taken(places, order)


def _taken(places: TaggedPlaces, rows: Sequence[int]) -> TaggedPlaces:
    """Take some of the places."""
    return TaggedPlaces(
        [places.ids[row] for row in rows],
        places.geometry[np.array(rows, np.intp)],
        [places.tags[row] for row in rows],
    )


def _found(places: TaggedPlaces) -> Mapping[str, list[_Found]]:
    """Give for each layer of facilities the places that are, or look like, its records."""
    found: dict[str, list[_Found]] = defaultdict(list)
    for row, tags in enumerate(places.tags):
        for match in matches(tags):
            layer = LAYER_OF.get(match.category, "facilities")
            found[layer].append(_Found(row, match.category, match.refusal, match.guess))
    return found


def _streets(ways: TaggedWays, places: TaggedPlaces) -> Reading:
    """Keep the ways one may walk on, private ones inside compounds among them."""
    reasons = [obstacle(tags) for tags in ways.tags]
    private = np.array([reason == PRIVATE for reason in reasons], bool)
    private &= _within_compounds(ways.lines, places)
    reasons = [None if shut else reason for reason, shut in zip(reasons, private, strict=True)]
    reasons = [
        reason or (None if length else NO_LENGTH)
        for reason, length in zip(reasons, shapely.length(ways.lines), strict=True)
    ]
    kept = [row for row, reason in enumerate(reasons) if reason is None]
    tags = [ways.tags[row] for row in kept]
    refs = np.empty(len(kept), object)
    refs[:] = [ways.refs[row] for row in kept]
    columns = {
        "name": [name_of(tag) for tag in tags],
        "bridge": np.array([on_bridge(tag) for tag in tags], bool),
        "tunnel": np.array([in_tunnel(tag) for tag in tags], bool),
        "private": private[kept],
        "steps": np.array([is_stairs(tag) for tag in tags], bool),
        "refs": refs,
    }
    return _reading("streets", columns, ways.lines[kept], dropped=_count(reasons))


def _within_compounds(
    lines: npt.NDArray[np.object_], places: TaggedPlaces
) -> npt.NDArray[np.bool_]:
    """Tell which lines have their middle inside a residential compound."""
    rows = [row for row, tags in enumerate(places.tags) if is_compound(tags)]
    grounds = places.geometry[np.array(rows, np.intp)]
    middle = shapely.line_interpolate_point(lines, 0.5, normalized=True)
    within = np.zeros(len(lines), bool)
    within[shapely.STRtree(grounds).query(middle, predicate="intersects")[0]] = True
    return within


def _barriers(ways: TaggedWays, lines: TaggedWays | None, water: Reading) -> Reading:
    """Put together what no leg crosses: fast roads, rails, walls, and water of both shapes."""
    sources = [ways] if lines is None else [ways, lines]
    kinds = [barrier_kind(tags) for source in sources for tags in source.tags]
    names = [name_of(tags) for source in sources for tags in source.tags]
    kept = [row for row, kind in enumerate(kinds) if kind is not None]
    geometry = np.concatenate([source.lines for source in sources])[np.array(kept, np.intp)]
    areas = water.places
    columns = {
        "name": [names[row] for row in kept] + areas["name"].tolist(),
        "kind": [kinds[row] for row in kept] + ["water"] * len(areas),
    }
    shapes = np.concatenate([geometry, areas.geometry.to_numpy()])
    return _reading("barriers", columns, shapes, dropped=Counter())


def _homes(places: TaggedPlaces, names: Sequence[str | None]) -> Reading:
    """Keep the buildings people live in (rule 12)."""
    rows = [row for row, tags in enumerate(places.tags) if is_building(tags)]
    buildings = _taken(places, rows)
    geometry, broken = mended(buildings.geometry)
    reasons = why_no_homes(geometry, buildings.tags)
    kept = [row for row, reason in enumerate(reasons) if reason is None]
    columns = {
        "home": [buildings.ids[row] for row in kept],
        "name": [names[rows[row]] for row in kept],
        "weight": np.full(len(kept), np.nan),
        "levels": [levels_of(buildings.tags[row]) for row in kept],
    }
    repaired = Counter({MENDED: int(broken[kept].sum())})
    return _reading("homes", columns, geometry[kept], dropped=_count(reasons), repaired=repaired)


def _green(
    layer: str, found: Sequence[_Found], places: TaggedPlaces, names: Sequence[str | None]
) -> Reading:
    """Keep the areas of parks or green; pieces stay apart (`spatial` joins them)."""
    geometry, broken = mended(_geometry(found, places))
    shapeless = _shapeless(geometry, thin=NO_OUTLINE)
    reasons = [one.refusal or reason for one, reason in zip(found, shapeless, strict=True)]
    kept = [row for row, reason in enumerate(reasons) if reason is None]
    columns = _columns([found[row] for row in kept], places, names)
    repaired = Counter({MENDED: int(broken[kept].sum())})
    return _reading(layer, columns, geometry[kept], dropped=_count(reasons), repaired=repaired)


def _bus_stops(
    found: Sequence[_Found], places: TaggedPlaces, names: Sequence[str | None], ways: TaggedWays
) -> Reading:
    """Keep one point for each stop."""
    counting = [one for one in found if one.refusal is None]
    stops = _taken(places, [one.row for one in counting])
    merged = merged_stops(stops, [names[one.row] for one in counting], ways)
    columns = _columns([counting[row] for row in merged.kept], places, names)
    columns["name"] = merged.names
    dropped = _count([one.refusal for one in found]) + merged.dropped
    return _reading("bus_stops", columns, merged.points, dropped=dropped)


def _facilities(
    found: Sequence[_Found], places: TaggedPlaces, names: Sequence[str | None]
) -> Reading:
    """Keep facilities of every other category, each once."""
    dropped = _count([one.refusal for one in found])
    counting = [one for one in found if one.refusal is None]
    stations = [one for one in counting if one.category == "metro"]
    others = [one for one in counting if one.category != "metro"]
    doors = merged_stations(
        _taken(places, [one.row for one in stations]), [names[one.row] for one in stations]
    )
    geometry, broken = mended(_geometry(others, places))
    kept, called, doubles = _once(others, geometry, [names[one.row] for one in others])
    guesses = Counter(others[row].guess for row in kept if others[row].guess)
    rows = [others[row] for row in kept] + [stations[row] for row in doors.kept]
    columns = _columns(rows, places, names) | {"name": called + doors.names}
    return _reading(
        "facilities",
        columns,
        np.concatenate([geometry[kept], doors.points]),
        dropped=dropped + doors.dropped + doubles,
        repaired=guesses + Counter({MENDED: int(broken[kept].sum())}),
    )


def _water(places: TaggedPlaces, names: Sequence[str | None]) -> Reading:
    """Keep areas of water."""
    rows = [row for row, tags in enumerate(places.tags) if is_water(tags)]
    geometry, broken = mended(places.geometry[np.array(rows, np.intp)])
    reasons = _shapeless(geometry, thin=NO_OUTLINE)
    kept = [row for row, reason in enumerate(reasons) if reason is None]
    columns = {"name": [names[rows[row]] for row in kept]}
    repaired = Counter({MENDED: int(broken[kept].sum())})
    return _reading("water", columns, geometry[kept], dropped=_count(reasons), repaired=repaired)


def _once(
    found: Sequence[_Found], geometry: npt.NDArray[np.object_], names: Sequence[str | None]
) -> tuple[list[int], list[str | None], Counter[str]]:
    """Keep each facility once: its outline, not also the point or the building in it.

    Two of one category, one inside the other, are one facility if their names agree or one has
    none. An outline without a name takes over that of what it holds; if that has several, the
    outline is not one facility, and all stay. Gives the rows kept, their names, and what went.
    """
    inner, outer = inside(geometry)
    category = np.array([one.category for one in found], object)
    label = name_labels(names)
    alike = (label[inner] == label[outer]) | (label[inner] == 0) | (label[outer] == 0)
    alike &= category[inner] == category[outer]
    inner, outer = inner[alike], outer[alike]
    held = np.unique(np.stack([outer, label[inner]])[:, label[inner] > 0], axis=1)[0]
    one_name = np.bincount(held, minlength=len(found))[outer] <= 1
    inner, outer = inner[one_name], outer[one_name]
    called = list(names)
    for part, whole in zip(inner.tolist(), outer.tolist(), strict=True):
        called[whole] = called[whole] or called[part]
    reasons = np.array(_shapeless(geometry), object)
    reasons[_within_kept(inner, outer, len(found))] = WITHIN
    kept = np.flatnonzero(pd.isna(reasons)).tolist()
    return kept, [called[row] for row in kept], _count(reasons)


def _within_kept(
    inner: npt.NDArray[np.intp], outer: npt.NDArray[np.intp], rows: int
) -> npt.NDArray[np.bool_]:
    """Tell which rows lie in a row that stays; what lies only in rows that go stays, too."""
    lost = np.zeros(rows, bool)
    kept = np.ones(rows, bool)
    kept[inner] = False
    while not (kept | lost).all():
        lost[inner[kept[outer]]] = True
        waiting = np.zeros(rows, bool)
        waiting[inner[~lost[outer]]] = True
        kept = ~lost & ~waiting
    return lost


def _shapeless(geometry: npt.NDArray[np.object_], *, thin: str | None = None) -> list[str | None]:
    """Say which outlines enclose nothing and, if asked with a reason, what has no outline."""
    area = shapely.get_dimensions(geometry) == AREA
    reasons = np.full(len(geometry), thin, object)
    reasons[area] = None
    reasons[area & (shapely.area(geometry) == 0)] = NOTHING_INSIDE
    return list(reasons)


def _geometry(found: Sequence[_Found], places: TaggedPlaces) -> npt.NDArray[np.object_]:
    """Give the geometry of each place found."""
    return places.geometry[np.array([one.row for one in found], np.intp)]


def _columns(
    found: Sequence[_Found], places: TaggedPlaces, names: Sequence[str | None]
) -> dict[str, Any]:
    """Give the columns of a layer of facilities; ids tell the categories of one place apart."""
    times = Counter(one.row for one in found)
    ids = [places.ids[one.row] for one in found]
    return {
        "facility": [
            place if times[one.row] == 1 else f"{place}/{one.category}"
            for place, one in zip(ids, found, strict=True)
        ],
        "name": [names[one.row] for one in found],
        "category": [one.category for one in found],
    }


def _reading(
    layer: str,
    columns: Mapping[str, Any],
    geometry: npt.NDArray[np.object_],
    *,
    dropped: Counter[str],
    repaired: Counter[str] | None = None,
) -> Reading:
    """Put a layer together, with the columns its schema promises."""
    flags = dict.fromkeys(("bridge", "tunnel", "private", "steps"), bool)
    flat = {**flags, "weight": float, "levels": float}
    table = {key: pd.Series(columns[key], dtype=flat.get(key, object)) for key in COLUMNS[layer]}
    frame = gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(geometry, crs=4326), crs=4326)
    return Reading(
        frame, Tally.count(len(frame), dropped=+dropped, repaired=+(repaired or Counter()))
    )


def _with_losses(
    reading: Reading, lost: Mapping[str, int], shortened: Mapping[str, int]
) -> Reading:
    """Add to a layer's tally what was lost or shortened before its tags could be read."""
    tally = reading.tally
    reasons = Counter(tally.reasons) + Counter(lost) + Counter(shortened)
    gone, cut = sum(lost.values()), sum(shortened.values())
    counted = Tally(
        tally.read + gone, tally.used, tally.repaired + cut, tally.dropped + gone, dict(reasons)
    )
    return replace(reading, tally=counted)


def _count(reasons: Iterable[str | None]) -> Counter[str]:
    """Count the reasons, leaving out where there is none."""
    return Counter(reason for reason in reasons if reason is not None)
