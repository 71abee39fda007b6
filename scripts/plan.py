"""plan.toml -> Plan: what a planner asked for, checked."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003  pydantic reads it
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from layers.categories import CATEGORIES
from scripts.misplanned import no_plan, no_text, not_toml, require_paths, unfit
from spatial.crs import crs_from_text, require_metric
from spatial.errors import InputError
from spatial.profiles import chosen, require_categories
from spatial.walker import USUAL_M_PER_S

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spatial.standards import Standard

DEFAULT_STANDARDS = ("green_300m", "park_500m", "green_park", "bus_stop_500m", "circle_15min")


class _Table(BaseModel):
    """A table of the plan; an unknown key is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_COLUMNS = (
    *("layer", "sheet", "x", "y", "crs", "encoding", "datum"),
    *("id", "name", "category", "weight", "levels"),
)
"""What an entry says about how to read its file."""


class LayerEntry(_Table):
    """One entry of [layers]: a path, and options where meaning alone does not tell."""

    path: Path
    layer: str | None = None
    sheet: str | None = None
    x: str | None = None
    y: str | None = None
    crs: str | None = None
    encoding: str | None = None
    datum: str | None = None
    id: str | None = None
    name: str | None = None
    category: str | None = None
    weight: str | None = None
    levels: str | None = None
    tolerance_m: float = Field(default=0.5, ge=0, le=50)
    crossings: bool = False
    band: int | None = Field(default=None, ge=1)
    density: bool | None = None
    nodata: float | None = None
    share: Literal["floor_area", "footprint", "even"] = "floor_area"
    limit_m: float | None = Field(default=None, gt=0)

    def columns(self) -> dict[str, str | None]:
        """What `layers.records.LayerOptions` takes: how to read the file."""
        return {name: getattr(self, name) for name in _COLUMNS}

    def within(self, folder: Path) -> LayerEntry:
        """The entry with its path made absolute: it counts from the folder of the plan."""
        return self.model_copy(update={"path": (folder / self.path).resolve()})


def _path_alone(value: object) -> object:
    """Read ``parks = "parks.shp"`` as ``parks = { path = "parks.shp" }``."""
    if isinstance(value, str):
        return {"path": value}
    if isinstance(value, dict):
        return value
    message = "must be a path in quotes, or a table with path = ..."
    raise ValueError(message)


_Entry = Annotated[LayerEntry, BeforeValidator(_path_alone)]


class Place(_Table):
    """[place]: the study area."""

    name: str = ""
    boundary: _Entry | None = None
    crs: str | None = None
    language: Literal["zh", "en"] = "zh"


class Layers(_Table):
    """[layers]: files; what is not given is taken from `osm`."""

    osm: _Entry | None = None
    streets: _Entry | None = None
    homes: _Entry | None = None
    parks: _Entry | None = None
    park_gates: _Entry | None = None
    green: _Entry | None = None
    bus_stops: _Entry | None = None
    gtfs: _Entry | None = None
    facilities: _Entry | None = None
    water: _Entry | None = None
    barriers: _Entry | None = None
    zones: _Entry | None = None
    population: _Entry | None = None
    residential: _Entry | None = None
    built_up: _Entry | None = None
    built_up_construction: _Entry | None = None
    elevation: _Entry | None = None


class Measure(_Table):
    """[measure]: what to measure, and how."""

    standards: tuple[str, ...] = DEFAULT_STANDARDS
    leg_limit_m: float = Field(default=100.0, gt=0, le=1000)
    gates: Literal["open", "closed"] = "closed"
    cell_m: float | None = Field(default=None, ge=1, le=100)
    ways: bool = False


class Walks(_Table):
    """[walker]: who walks; slopes count where [layers] elevation is given, unless slope = false."""

    speed_m_per_s: float = Field(default=USUAL_M_PER_S, gt=0, le=3)
    stairs: bool = True
    slope: bool | None = None


class Data(_Table):
    """[data]: what stands under every map about the planner's own layers."""

    credit: str | None = None
    date: str | None = None


class Map(_Table):
    """[map]: what lies under the pages' drawings, and the map review number beside them."""

    base: str = "none"
    key: str | None = None
    publish_key: bool = False
    attribution: str | None = None
    base_review_number: str | None = None
    subdomains: tuple[str, ...] = ()
    datum: Literal["wgs84", "gcj02", "bd09"] | None = None
    max_zoom: int | None = Field(default=None, ge=1, le=22)
    review_number: str | None = None


class _Document(_Table):
    place: Place = Place()
    layers: Layers = Layers()
    measure: Measure = Measure()
    walker: Walks = Walks()
    data: Data = Data()
    map: Map = Map()
    standards: dict[str, Any] = Field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """A plan, with every path made absolute.

    Attributes
    ----------
    path
        Where plan.toml lies.
    place, measure, walker, data, map
        Its tables.
    layers
        The layers given, by name; ``osm`` among them.
    standards
        The standards to measure, in order, the plan's own changes applied.
    """

    path: Path
    place: Place
    measure: Measure
    walker: Walks
    data: Data
    map: Map
    layers: Mapping[str, LayerEntry]
    standards: tuple[Standard, ...]

    @property
    def folder(self) -> Path:
        """The folder that relative paths start from."""
        return self.path.parent

    @property
    def counts_slopes(self) -> bool:
        """Whether slopes make walks longer."""
        return "elevation" in self.layers and self.walker.slope is not False

    def largest_reach_m(self) -> float:
        """The longest reach of any standard, metres."""
        services = [service for standard in self.standards for service in standard.services]
        return max(service.reach_m for service in services)


def load_plan(path: Path, *, language: str | None = None) -> Plan:
    """Read and check a plan; `language` overrides the one it names.

    Raises
    ------
    InputError
        If the file is missing or no TOML, a key or standard is unknown, or a value is of the
        wrong kind.
    """
    path = path.resolve()
    document = plan_document(path)
    layers = {
        name: entry.within(path.parent) for name, entry in document.layers if entry is not None
    }
    place = document.place
    boundary = place.boundary.within(path.parent) if place.boundary else None
    if not document.measure.standards:
        raise InputError("[measure] standards is empty", "name at least one standard", file=path)
    if document.walker.slope and "elevation" not in layers:
        wrong = "[walker] slope needs heights"
        raise InputError(wrong, 'name a raster: elevation = "..." under [layers]', file=path)
    try:
        if place.crs is not None:
            require_metric(crs_from_text(place.crs))
        standards = chosen(list(document.measure.standards), document.standards)
        require_categories(standards, list(CATEGORIES))
    except InputError as error:
        raise InputError(error.wrong, error.remedy, file=path) from error
    return Plan(
        path=path,
        place=place.model_copy(
            update={
                "boundary": boundary,
                "name": place.name or path.parent.name,
                "language": language or place.language,
            }
        ),
        measure=document.measure,
        walker=document.walker,
        data=document.data,
        map=document.map,
        layers=layers,
        standards=tuple(standards),
    )


def plan_document(path: Path) -> _Document:
    """Read a plan's tables, before anything in them is looked up.

    Raises
    ------
    InputError
        If the file is missing or no TOML, or a key or a value is wrong.
    """
    text = _text(path)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise not_toml(error, text, path) from error
    except RecursionError:
        wrong = "nests brackets without end"
        raise InputError(wrong, "write it anew, or correct that line", file=path) from None
    require_paths(table, text, path)
    try:
        return _Document.model_validate(table)
    except ValidationError as error:
        raise unfit(error, text, path, _KEYS) from error


_TABLES: Final[Mapping[str, type[_Table]]] = MappingProxyType(
    {
        "place": Place,
        "layers": Layers,
        "measure": Measure,
        "walker": Walks,
        "data": Data,
        "map": Map,
        "layers.*": LayerEntry,
        "": _Document,
    }
)
_KEYS: Final = MappingProxyType({name: tuple(one.model_fields) for name, one in _TABLES.items()})
"""The keys of each table; ``layers.*`` is an entry of [layers], ``""`` the plan itself."""


def _text(path: Path) -> str:
    """Read a plan as text."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise no_plan(path) from None
    except UnicodeDecodeError as error:
        raise no_text(path) from error
    except OSError as error:
        wrong = f"cannot be read ({error.strerror})"
        raise InputError(wrong, "check that it is a file one may read", file=path) from error
