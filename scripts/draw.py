"""The verb draw: measured results -> maps/*.html."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

import pyogrio

from maps import circle, coverage, index
from maps.scene import Scene
from scripts.plan import load_plan
from scripts.write import beside
from spatial.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from scripts.screen import Steps

_REMEDY = "run 'lifecircle measure' first"


def draw(path: Path, out: Path, language: str | None, steps: Steps) -> Path:
    """Draw the results measured for a plan; gives the path of the index page.

    Raises
    ------
    LifecircleError
        If the plan cannot be used, there are no results in `out`, or it cannot be written to.
    """
    plan = load_plan(path, language=language)
    with steps.step("drawing maps"):
        scene = read_scene(out, plan.place.language)
        pages = {key: f"{key}.html" for key in (*scene.standards, *scene.circles)}
        with beside(out) as folder:
            maps = folder / "maps"
            maps.mkdir()
            for key in scene.standards:
                _write(maps / pages[key], coverage.page(scene, key))
            for key in scene.circles:
                _write(maps / pages[key], circle.page(scene, key))
            _write(maps / "index.html", index.page(scene, pages))
    return out / "maps" / "index.html"


def read_scene(out: Path, language: Literal["zh", "en"]) -> Scene:
    """Read results back as what maps are drawn from.

    Raises
    ------
    InputError
        If there are no results, or they are not whole.
    """
    table = out / "results.gpkg"
    try:
        summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
        known = {str(name) for name in pyogrio.list_layers(table)[:, 0]}
        layers = {name: _layer(table, name) for name in known}
    except FileNotFoundError as error:
        raise InputError("holds no results", _REMEDY, file=out) from error
    except (ValueError, pyogrio.errors.DataSourceError) as error:
        raise InputError("holds no whole results", _REMEDY, file=out) from error
    standards = summary["standards"]
    footprints = layers.get("footprints")
    return Scene(
        place=summary["place"],
        language=language,
        summary=summary,
        homes=layers["homes"],
        streets=layers["streets"],
        entrances=layers["entrances"],
        facilities=layers["facilities"],
        ground=layers["ground"],
        footprints=footprints if footprints is not None and len(footprints) else None,
        reached={key: layers[f"{key}_streets"] for key in standards if f"{key}_streets" in known},
        gaps={key: layers[f"{key}_gaps"] for key in standards if f"{key}_gaps" in known},
        areas={key: layers[f"{key}_area"] for key in standards if f"{key}_area" in known},
        zones=layers.get("zones"),
    )


def _layer(table: Path, name: str) -> gpd.GeoDataFrame:
    return pyogrio.read_dataframe(table, layer=name)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
