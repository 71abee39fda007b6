"""A link to a gap opens the map there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maps import coverage

if TYPE_CHECKING:
    from collections.abc import Callable

    from maps.scene import Scene
    from tests.maps.browsing import Opened

ID = "bus_stop_500m"


@pytest.mark.parametrize("asked", ["#gap=2", "#zh&gap=2", "#gap=2&zh"])
def test_a_link_to_a_gap_opens_its_card(
    made: Callable[..., Scene], opened: Callable[..., Opened], asked: str
) -> None:
    scene = made("en")
    page = opened(coverage.page(scene, ID))
    assert page.page.locator("#card").is_hidden()
    page.run("(asked) => { window.location.hash = asked; }", asked)
    page.page.locator("#card").wait_for(state="visible")
    size = scene.gaps[ID]["homes"].iloc[1]
    assert str(size) in page.card()


@pytest.mark.parametrize("asked", ["#gap=0", "#gap=99", "#gap=-1", "#gap=1%22]", "#gap=", "#x"])
def test_any_other_address_opens_the_page_as_ever(
    made: Callable[..., Scene], opened: Callable[..., Opened], asked: str
) -> None:
    page = opened(coverage.page(made("en"), ID))
    page.run("(asked) => { window.location.hash = asked; }", asked)
    page.run("() => new Promise((done) => setTimeout(done, 50))")
    assert page.page.locator("#card").is_hidden()
