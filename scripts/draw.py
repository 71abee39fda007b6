"""The verb draw: measured results -> maps/*.html."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from maps import circle, city, coverage, index, whatif
from maps.page.basemap import BARE
from maps.public import public
from maps.scene import scene_of
from maps.walkways import walk_block
from scripts.plan import load_plan
from scripts.publishing import frame_of
from scripts.readback import read_whole
from scripts.writing.write import beside, held, write_page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from maps.page.basemap import Frame
    from maps.scene import Scene
    from scripts.publishing import Publishing
    from scripts.screen import Steps


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
    with held(out), steps.step("drawing maps"):
        scene = _fit_for(publishing, read_scene(out, plan.place.language, frame))
        pages = {key: f"{key}.html" for key in (*scene.standards, *scene.circles)}
        with beside(out) as folder:
            maps = folder / "maps"
            maps.mkdir()
            for key in scene.standards:
                write_page(maps / pages[key], coverage.page(scene, key))
            for key in scene.circles:
                write_page(maps / pages[key], circle.page(scene, key))
            more = _draw_city(maps, scene, pages)
            more |= _draw_whatif(maps, out, scene, publishing)
            write_page(maps / "index.html", index.page(scene, pages, more))
    if publishing is not None and publishing.public:
        steps.say(f"only {out / 'maps'} is fit to publish: what lies beside it tells of each home")
    return out / "maps" / "index.html"


def _draw_city(maps: Path, scene: Scene, pages: Mapping[str, str]) -> dict[str, str]:
    """Draw every question in one page, and give the link to it.

    There is none where single homes may not be shown: it is about nothing else.
    """
    if scene.public is not None:
        return {}
    write_page(maps / "city.html", city.page(scene, pages=pages))
    return {"city": "city.html"}


def _draw_whatif(
    maps: Path, out: Path, scene: Scene, publishing: Publishing | None
) -> dict[str, str]:
    """Draw the page on which changes are tried, and give the link to it.

    There is none where single homes may not be shown, or not all it needs was measured. It stands
    on no base map for which places are shifted: what one draws there is saved as it is.
    """
    if publishing is not None and publishing.public:
        return {}
    if scene.frame.is_shifted:
        scene = read_scene(out, scene.language, scene.frame.without_base())
    walk = walk_block(scene)
    if walk is None:
        return {}
    write_page(maps / "whatif.html", whatif.page(scene, walk))
    return {"whatif": "whatif.html"}


def read_scene(out: Path, language: Literal["zh", "en"], frame: Frame = BARE) -> Scene:
    """Read results back as what maps are drawn from, laid on the base map of the frame.

    Raises
    ------
    InputError
        If there are no results, or they are not whole.
    """
    results, found = read_whole(out)
    layers = frame.placed(found)
    return scene_of(results.summary, layers, language, frame)


def _fit_for(publishing: Publishing | None, scene: Scene) -> Scene:
    """Leave out single homes where the pages are for everyone."""
    if publishing is None or not publishing.public:
        return scene
    return public(scene, publishing.least)
