"""The verb draw: measured results -> maps/*.html."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

import pyogrio

from maps import circle, coverage, index
from maps.basemap import BARE
from maps.scene import scene_of
from scripts.plan import load_plan
from scripts.publishing import frame_of
from scripts.write import beside
from spatial.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from maps.basemap import Frame
    from maps.scene import Scene
    from scripts.publishing import Publishing
    from scripts.screen import Steps

_REMEDY = "run 'lifecircle measure' first"


def draw(
    path: Path,
    out: Path,
    language: str | None,
    steps: Steps,
    publishing: Publishing | None = None,
) -> Path:
    """Draw the results measured for a plan; gives the path of the index page.

    Raises
    ------
    LifecircleError
        If the plan cannot be used, there are no results in `out`, or it cannot be written to.
    """
    plan = load_plan(path, language=language)
    frame = frame_of(plan, publishing)
    with steps.step("drawing maps"):
        scene = read_scene(out, plan.place.language, frame)
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


def read_scene(out: Path, language: Literal["zh", "en"], frame: Frame = BARE) -> Scene:
    """Read results back as what maps are drawn from, laid on the base map of the frame.

    Raises
    ------
    InputError
        If there are no results, or they are not whole.
    """
    table = out / "results.gpkg"
    try:
        summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
        known = {str(name) for name, kind in pyogrio.list_layers(table) if kind is not None}
        layers = {name: _layer(table, name) for name in known}
    except FileNotFoundError as error:
        raise InputError("holds no results", _REMEDY, file=out) from error
    except (ValueError, pyogrio.errors.DataSourceError) as error:
        raise InputError("holds no whole results", _REMEDY, file=out) from error
    return scene_of(summary, frame.placed(layers), language, frame)


def _layer(table: Path, name: str) -> gpd.GeoDataFrame:
    return pyogrio.read_dataframe(table, layer=name)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
