"""`lifecircle fetch`: a plan's layers from OpenStreetMap, kept as files so that no later run asks.

The files lie in ``fetched/`` beside the plan, with ``about.toml`` saying where they come from; the
plan then names them. What the planner wrote, and the files that are the planner's own, stay.
"""

from __future__ import annotations

import codecs
import json
import re
import shutil
import tomllib
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataSourceError

from layers.openstreetmap.fetch import fetch_area, find_place
from layers.vector import LayerOptions, read_layer
from scripts.plan import load_plan
from scripts.screen import Steps
from scripts.study import BEYOND
from scripts.writing.storable import storable
from scripts.writing.write import beside, held
from spatial.crs import local_crs
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from layers.openstreetmap.fetch import Fetched
    from scripts.plan import LayerEntry, Plan

FOLDER: Final = "fetched"
LAYERS: Final = (
    *("streets", "homes", "parks", "green", "bus_stops", "facilities", "water", "barriers"),
)

# A boundary of thousands of corners makes a query too long, and takes minutes to grow: before and
# after, corners within this part of what it is grown by are cut. It is grown by as much more.
_SMOOTHED: Final = 0.05

_NOTE: Final = "# From OpenStreetMap, by 'lifecircle fetch':"
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")


def fetch(
    plan_path: Path,
    *,
    overpass_url: str | None = None,
    nominatim_url: str | None = None,
    quiet: bool = False,
) -> None:
    """Fill the layers that a plan does not give from OpenStreetMap.

    The study area is the plan's boundary, or else the place of its name; it is grown by 1.5 times
    the longest reach. Layers fetched before are fetched anew; the planner's own are not touched.

    Parameters
    ----------
    plan_path
        The plan; lines are added to it, none is changed but the one that dates what was fetched.
    overpass_url, nominatim_url
        Other servers than the public ones, such as mirrors.
    quiet
        Print nothing.

    Raises
    ------
    InputError
        If the plan or its place is no good, a server fails, or a file cannot be written. The
        files of an earlier run then still stand, whole.
    """
    plan = load_plan(plan_path)
    steps = Steps(quiet=quiet)
    wanted = _layers_to_fetch(plan)
    given = _given_boundary(plan)
    with held(plan.folder / FOLDER):
        with steps.step(f"looking up {plan.place.name}"):
            boundary = (
                read_layer("boundary", given.path, LayerOptions(**given.columns())).places
                if given
                else find_place(plan.place.name, nominatim_url=nominatim_url)
            )
        with steps.step("asking OpenStreetMap for its streets and places"):
            area = _grown(boundary, BEYOND * plan.largest_reach_m())
            fetched = fetch_area(area, overpass_url=overpass_url)
        files = {layer: _as_kept(layer, fetched) for layer in wanted}
        if given is None:
            files["boundary"] = boundary
            steps.say(f"study area: {boundary['name'].iloc[0]}")
        folder = plan.folder / FOLDER
        _write(folder, files, _about(fetched, plan.place.name), fetched.credit)
        _enter(plan.path, list(files), fetched)
    counts = ", ".join(f"{layer} {len(files[layer]):,}" for layer in wanted)
    steps.say(f"{folder}: {counts}; {_dates(fetched)}")


def _layers_to_fetch(plan: Plan) -> list[str]:
    """Name the layers that the plan does not give, and those it has from here."""
    wanted = [
        layer
        for layer in LAYERS
        if layer not in plan.layers or _is_ours(plan, plan.layers[layer].path, layer)
    ]
    if not wanted:
        raise InputError(
            "gives every layer already, nothing is left to fetch",
            "take out the lines of [layers] that shall come from OpenStreetMap",
            file=plan.path,
        )
    return wanted


def _is_ours(plan: Plan, path: Path, layer: str) -> bool:
    """Tell whether a file of the plan is one that `fetch` wrote, and may write again."""
    return path.resolve() == (plan.folder / FOLDER / f"{layer}.gpkg").resolve()


def _given_boundary(plan: Plan) -> LayerEntry | None:
    """Give the planner's own boundary; without one, make sure that there is a name to look up."""
    boundary = plan.place.boundary
    if boundary is not None and not _is_ours(plan, boundary.path, "boundary"):
        return boundary
    place = tomllib.loads(_text(plan.path)).get("place", {})
    if not place.get("name"):  # Plan.place.name would be the folder's, and that names any place
        raise InputError(
            "[place] has neither a name nor a boundary",
            "write name = ... as OpenStreetMap knows the place, or boundary = ...",
            file=plan.path,
        )
    return None


def _grown(boundary: gpd.GeoDataFrame, by_m: float) -> shapely.Polygon | shapely.MultiPolygon:
    """Give the area within some metres of a boundary, in longitude and latitude."""
    middle = boundary.to_crs("EPSG:4326").union_all().centroid
    crs = local_crs(middle.x, middle.y)
    slack_m = _SMOOTHED * by_m
    plain = boundary.to_crs(crs).union_all().simplify(slack_m)
    grown = plain.buffer(by_m + 2 * slack_m).simplify(slack_m)
    return gpd.GeoSeries([grown], crs=crs).to_crs("EPSG:4326").iloc[0]


def _as_kept(layer: str, fetched: Fetched) -> gpd.GeoDataFrame:
    places = fetched.readings[layer].places
    return segments(places) if layer == "streets" else places


def segments(streets: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Cut streets into straight pieces that say which nodes they join.

    Parameters
    ----------
    streets
        The layer, with a node id for every vertex in ``refs``.

    Returns
    -------
    GeoDataFrame
        One row for each straight piece: the street's columns, and ``u`` and ``v`` (int64), the
        ids of its ends, in place of ``refs``; a file of points and lines cannot hold the latter.
    """
    xy, street = shapely.get_coordinates(streets.geometry, return_index=True)
    refs = np.concatenate([np.empty(0, np.int64), *streets["refs"]])
    start = np.flatnonzero(street[1:] == street[:-1])
    lines = shapely.linestrings(np.stack([xy[start], xy[start + 1]], axis=1))
    pieces = streets.drop(columns=["refs", "geometry"]).iloc[street[start]].reset_index(drop=True)
    pieces = pd.DataFrame(pieces).assign(u=refs[start], v=refs[start + 1])
    return gpd.GeoDataFrame(pieces, geometry=lines, crs=streets.crs)


def _write(folder: Path, files: Mapping[str, gpd.GeoDataFrame], about: str, credit: str) -> None:
    """Write the layers and what is to be known about them: all beside first, then renamed."""
    try:
        with beside(folder) as part:
            for layer, places in files.items():
                pyogrio.write_dataframe(
                    storable(places),
                    part / f"{layer}.gpkg",
                    layer=layer,
                    driver="GPKG",
                    layer_options={"DESCRIPTION": credit},
                )
            (part / "about.toml").write_text(about, encoding="utf-8")
    except (OSError, DataSourceError) as error:
        wrong = f"cannot be written to ({error})"
        raise InputError(wrong, "make it writable, or free space", file=folder) from error


def _about(fetched: Fetched, place: str) -> str:
    """Say in TOML what was fetched, from where and when, and what of it was left out."""
    lines = [
        "# What 'lifecircle fetch' brought. The files beside this one hold it.",
        f"place = {_quoted(place)}",
        f"credit = {_quoted(fetched.credit)}",
        *([f"date = {_quoted(fetched.date)}"] if fetched.date else []),
        f"retrieved = {_quoted(fetched.retrieved)}",
        f"server = {_quoted(fetched.server)}",
        f"area = {_quoted(fetched.area.wkt)}",
        f"queries = [{', '.join(map(_quoted, fetched.queries))}]",
    ]
    for layer, reading in fetched.readings.items():
        tally = reading.tally
        lines += [
            "",
            f"[layers.{layer}]",
            f"read = {tally.read}",
            f"used = {tally.used}",
            f"repaired = {tally.repaired}",
            f"dropped = {tally.dropped}",
            f"[layers.{layer}.reasons]",
            *(f"{_quoted(reason)} = {count}" for reason, count in tally.reasons.items()),
        ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Write a text as TOML does; JSON's way of quoting is a part of TOML's, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _enter(path: Path, layers: Collection[str], fetched: Fetched) -> None:
    """Name the fetched files in the plan, which is replaced whole or not at all."""
    note = f"{_NOTE} {_dates(fetched)}; {fetched.credit}"
    before = path.read_bytes()
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    part = path.with_name(f".{path.name}.part")
    try:
        after = mark + entered(_text(path), layers, note).encode()
        part.write_bytes(after)
        shutil.copymode(path, part)
        part.replace(path)
    except (OSError, ValueError) as error:
        part.unlink(missing_ok=True)
        raise _not_entered(path, error, layers) from error


def _dates(fetched: Fetched) -> str:
    """Say in a few words how old the data are."""
    known = f"data of {fetched.date[:10]}, " if fetched.date else ""
    return f"{known}fetched {fetched.retrieved[:10]}"


def entered(text: str, layers: Iterable[str], note: str) -> str:
    r"""Give a plan's text with fetched files named in it, every other line as it was.

    Parameters
    ----------
    text
        The plan. Its way of ending lines is kept.
    layers
        What was fetched: ``boundary`` goes into ``[place]``, all else into ``[layers]``. What the
        plan names already stays named so.
    note
        A comment for above the new lines; it takes the place of the one of an earlier time.

    Raises
    ------
    ValueError
        If no line can be added, as where the tables are written inline.

    Examples
    --------
    >>> plan = '[layers]\nhomes = "mine.csv"  # checked\n'
    >>> print(entered(plan, ["homes", "parks"], "# From OpenStreetMap"), end="")
    [layers]
    homes = "mine.csv"  # checked
    # From OpenStreetMap
    parks = "fetched/parks.gpkg"
    """
    wanted = tomllib.loads(text)
    lines: dict[str, list[str]] = {"place": [], "layers": []}
    for layer in layers:
        table = "place" if layer == "boundary" else "layers"
        if layer not in wanted.setdefault(table, {}):
            wanted[table][layer] = f"{FOLDER}/{layer}.gpkg"
            lines[table].append(_line(layer))
    after = _with_lines(text, "place", lines["place"])
    after = _with_lines(after, "layers", lines["layers"], note)
    if tomllib.loads(after) != wanted:
        message = "the lines added do not mean what they should"
        raise ValueError(message)
    return after


def _line(layer: str) -> str:
    return f'{layer} = "{FOLDER}/{layer}.gpkg"'


def _with_lines(text: str, table: str, lines: list[str], note: str | None = None) -> str:
    """Add lines at the end of a table of a TOML text, or below the note of an earlier time."""
    rows = _LINE.findall(text)
    start, end = _table(rows, table)
    earlier = [i for i in range(start, end) if rows[i].lstrip().startswith(_NOTE)]
    if earlier and note:
        rows[earlier[0]] = f"{note}\n"
        end = earlier[0] + 1
    elif lines and note:
        lines = [note, *lines]
    if lines and start > len(rows):
        lines = ["", f"[{table}]", *lines]
    if lines and rows and not rows[end - 1].endswith("\n"):
        rows[end - 1] += "\n"
    rows[end:end] = [f"{line}\n" for line in lines]
    ending = "\r\n" if "\r\n" in text else "\n"
    return "".join(rows).replace("\r\n", "\n").replace("\n", ending)


def _table(rows: list[str], table: str) -> tuple[int, int]:
    """Tell between which rows of a TOML text a table's own lines stand; past all rows if absent.

    A row that begins with a bracket opens a table if the rows above are complete TOML: else it
    lies within an array or a text of several lines.
    """
    heads = [i for i, row in enumerate(rows) if row.lstrip().startswith("[") and _parses(rows[:i])]
    head = next((i for i in heads if _opens(rows[i], table)), len(rows))
    end = next((i for i in heads if i > head), len(rows))
    while end > head + 1 and rows[end - 1].strip()[:1] in ("", "#") and _parses(rows[: end - 1]):
        end -= 1  # comments and empty lines below belong to what follows
    return head + 1, end


def _opens(row: str, table: str) -> bool:
    return _parses([row]) and tomllib.loads(row) == {table: {}}


def _parses(rows: list[str]) -> bool:
    try:
        tomllib.loads("".join(rows))
    except tomllib.TOMLDecodeError:
        return False
    return True


def _not_entered(path: Path, why: Exception, layers: Collection[str]) -> InputError:
    """Say what the planner must write into a plan that could not be changed."""
    lines = "; ".join(_line(layer) for layer in layers if layer != "boundary")
    remedy = f"write into its [layers]: {lines}"
    if "boundary" in layers:
        remedy += f"; and into its [place]: {_line('boundary')}"
    return InputError(f"could not be changed ({why})", remedy, file=path)


def _text(path: Path) -> str:
    """Give a plan's text; some editors put a byte order mark before it."""
    return path.read_bytes().decode("utf-8-sig")
