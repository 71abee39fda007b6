"""The way walked, from a home and from any spot, on the page of a standard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maps import coverage
from maps.scene import scene_of
from tests.maps.browsing import Opened, click_home
from tests.maps.pagemakers import bundled

if TYPE_CHECKING:
    from collections.abc import Callable

    from maps.scene import Scene

pytestmark = pytest.mark.browser

ID = "park_500m"


@pytest.fixture(scope="module")
def town() -> Scene:
    """The bundled city, measured."""
    return scene_of(*bundled(), "en")


def test_homes_and_spots_are_walked_from(town: Scene, opened: Callable[..., Opened]) -> None:
    page = opened(coverage.page(town, ID))
    walk = town.homes[f"{ID}_m"]
    home = int((walk - 450).abs().idxmin())
    click_home(page, home)
    assert f"{walk[home]:,.0f} m on foot" in page.card()
    way = page.run(f"() => new lifecircle.Ways(lifecircle.data.walk).ofHome({home})")
    assert way["metres"] == pytest.approx(walk[home], abs=1e-6)
    # A spot where a home stands is as far as the home, if it is tied to the same street.
    at = town.homes.to_crs(4326).geometry[home]
    page.run("([lat, lng]) => lifecircle.page.openSpot({ lat, lng })", [at.y, at.x])
    said = page.card()
    assert "This spot" in said
    assert f"{walk[home]:,.0f} m on foot" in said
    assert "Served" in said
    page.page.locator("button.language").click()
    assert "此处" in page.card()
    assert "已覆盖" in page.card()


def test_a_spot_in_the_sea_leads_nowhere(town: Scene, opened: Callable[..., Opened]) -> None:
    page = opened(coverage.page(town, ID))
    page.run("() => lifecircle.page.openSpot({ lat: 43.72, lng: 7.45 })")
    assert "no street near" in page.card()


def test_a_spot_inside_a_park_is_the_park(town: Scene, opened: Callable[..., Opened]) -> None:
    page = opened(coverage.page(town, ID))
    parks = town.facilities[town.facilities["standards"].str.contains(ID, na=False)]
    park = parks[parks["name"].notna()].to_crs(4326).iloc[0]
    inside = park.geometry.representative_point()
    found = page.run(
        """([lat, lng]) => {
            const facilities = new lifecircle.Facilities(lifecircle.data.facilities);
            return facilities.title(facilities.around(lifecircle.fromLatLng({ lat, lng })));
        }""",
        [inside.y, inside.x],
    )
    assert found == park["name"]
