"""Every kind of page in either language, and a reader at work on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maps import check, circle, city, comparison, coverage, index, proposals, whatif
from maps.public import public
from maps.scene import scene_of
from maps.walkways import walk_block
from tests.maps.pagemakers import bundled, faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from maps.scene import Scene
    from tests.maps.browsing import Opened

    Maker = Callable[..., Any]
    Written = Callable[[str], str]

ID = "bus_stop_500m"
LINKS = {ID: f"{ID}.html", "circle_15min": "circle_15min.html"}
KINDS = ("coverage", "circle", "index", "comparison", "sidebyside", "proposals")
KINDS += ("city", "public", "public circle", "whatif", "check")


def makers(made: Maker, compared: Maker, proposed: Maker) -> dict[str, Written]:
    """By kind, what writes a page in a language."""
    return {
        "coverage": lambda language: coverage.page(made(language), ID),
        "circle": lambda language: circle.page(made(language)),
        "index": lambda language: index.page(made(language), LINKS),
        "comparison": lambda language: comparison.page(compared(language), ID),
        "sidebyside": lambda language: dict(comparison.pages(compared(language)))["index.html"],
        "proposals": lambda language: proposals.page(proposed("most", language)),
        "city": lambda language: city.page(made(language)),
        "public": lambda language: coverage.page(public(made(language)), ID),
        "public circle": lambda language: circle.page(public(made(language))),
        "whatif": tried,
        "check": lambda language: checked(made(language)),
    }


def checked(scene: Scene) -> str:
    """The page of what is wrong with the data."""
    return check.page(scene, faults(scene))


def tried(language: str) -> str:
    """The page on which changes are tried; it needs a network to walk on."""
    scene = scene_of(*bundled(), language)  # type: ignore[arg-type]
    walk = walk_block(scene)
    assert walk
    return whatif.page(scene, walk)


def busy(page: Opened, kind: str) -> None:
    """Unfold everything, and open a card where there are cards."""
    page.page.emulate_media(reduced_motion="reduce")
    page.run("() => document.querySelectorAll('details').forEach((one) => (one.open = true))")
    if kind == "whatif":  # it builds its network after the map is there
        page.page.wait_for_function("() => document.getElementById('reach-now').textContent")
    if kind == "check":
        page.page.locator('[data-fault="1"]').click()
    if kind == "circle":
        page.page.locator('[data-category="market"]').click()
    if page.run("() => 'page' in lifecircle && 'openHome' in lifecircle.page"):
        page.run("() => lifecircle.page.openHome(4)")
