"""The pages that can be drawn from results, by name, each drawn when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from maps import circle, city, comparison, coverage, proposals, whatif
from maps.scene import scene_of
from maps.walkways import walk_block
from maps.words import Words
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import geopandas as gpd

    from maps.scene import Scene
    from maps.words import Language
    from scripts.readback import Results

CITY = "city"
WHAT_IF = "whatif"


@dataclass(frozen=True)
class NamedPage:
    """A page: what it is called, and what draws it."""

    title: str
    draw: Callable[[], str]


def pages_of(results: Results, language: Language) -> dict[str, NamedPage]:
    """Give the pages of results, the most telling first; nothing is read before one is drawn.

    Measured standards and circles stand under their ids, all questions in one map under ``city``,
    trying changes under ``whatif``; scenarios under ``<id>_<number>``; sites and links under
    ``proposals``.
    """
    place = _Place(results, language)
    words, summary = Words(language), results.summary
    if "scenarios" in summary:
        return {
            f"{key}_{number}": NamedPage(
                f"{scenario['name']}{words.say('colon')}{words.pick(one)}",
                partial(place.compared, key, number),
            )
            for number, scenario in enumerate(summary["scenarios"], start=1)
            for key, one in scenario["standards"].items()
        }
    if "proposals" in summary:
        return {"proposals": NamedPage(words.say("proposals"), place.proposed)}
    measured = summary["standards"].items()
    pages = {
        key: NamedPage(words.pick(one), partial(place.measured, key))
        for key, one in measured
        if "classes" not in one
    }
    return pages | {
        CITY: NamedPage(words.say("city_title"), place.whole),
        WHAT_IF: NamedPage(words.say("whatif_title"), place.tried),
    }


@dataclass(frozen=True)
class _Place:
    """What pages are drawn from, read once."""

    results: Results
    language: Language

    @cached_property
    def layers(self) -> Mapping[str, gpd.GeoDataFrame]:
        return self.results.all_layers()

    @cached_property
    def scene(self) -> Scene:
        return scene_of(self.results.summary, self.layers, self.language)

    def measured(self, key: str) -> str:
        """Draw a standard or a circle."""
        draw = circle.page if key in self.scene.circles else coverage.page
        return draw(self.scene, key, index=None)

    def whole(self) -> str:
        """Draw every question in one map."""
        return city.page(self.scene, index=None)

    def tried(self) -> str:
        """Draw the page on which changes are tried."""
        walk = walk_block(self.scene)
        if walk is None:
            wrong = "does not hold all that trying changes needs"
            raise InputError(wrong, "measure again", file=self.results.folder)
        return whatif.page(self.scene, walk, index=None)

    def compared(self, key: str, number: int) -> str:
        """Draw a scenario."""
        found = comparison.compared(self.results.summary, self.layers, self.language)
        return comparison.page(found, key, number, index=None)

    def proposed(self) -> str:
        """Draw sites or links."""
        found = proposals.gathered(self.results.summary, self.layers, self.language)
        return proposals.page(found)
