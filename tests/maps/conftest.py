"""A made-up town as `measure` leaves it, and a browser to look at its pages with."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from maps.scene import Scene
from tests.maps import changed, kinds
from tests.maps.browsing import Opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from maps.comparison import Compared
    from maps.proposals import Proposed

CRS = "EPSG:4548"
WEST, SOUTH = 470_000.0, 3_920_000.0
"""The town's south-west corner, metres: Jining."""
BLOCK_M = 100.0
SOURCE = {"document": "GB 50180-2018", "clause": "附录 C", "year": 2018, "status": "C2"}
MUST_HAVE = ("market", "clinic")
MEASURED = {
    "bus_stop_500m": ("bus_stop", 500.0),
    "market": ("market", 300.0),
    "clinic": ("clinic", 500.0),
}

HOSTILE = (
    "</script><img src=x onerror=window.hacked=1>",
    "{{ 7*7 }}",
    "{% for x in y %}",
    "${window.hacked=1}",
    "`;window.hacked=1;`",
    "\\u003cscript>\\",
    "\"'><svg onload=window.hacked=1>",
    "🏡 公园",
    "حديقة \u202e elbisrever",
    "]]><!--",
    "\u2028\u2029",
    "長" * 10_000,
)
"""Names as a data file may hold them."""


def grid_streets(blocks: int, names: list[str]) -> gpd.GeoDataFrame:
    """Streets of a square grid, one segment a row, each named after its row or column."""
    at = np.arange(blocks + 1) * BLOCK_M
    x, y = np.meshgrid(at[:-1], at)
    along = np.stack([np.stack([x, y], -1), np.stack([x + BLOCK_M, y], -1)], 2).reshape(-1, 2, 2)
    across = along[..., ::-1]
    lines = shapely.linestrings(np.concatenate([along, across]) + np.array([WEST, SOUTH]))
    row = np.concatenate([along[:, 0, 1], across[:, 0, 0] + (blocks + 1) * BLOCK_M]) / BLOCK_M
    name = [names[int(one) % len(names)] for one in row]
    return gpd.GeoDataFrame({"name": name}, geometry=lines, crs=CRS)


def grid_homes(blocks: int, per_block: int, names: list[str]) -> gpd.GeoDataFrame:
    """Homes in every block, side by side; the last block's homes have no street near."""
    column, row, slot = np.meshgrid(*[np.arange(blocks)] * 2, np.arange(per_block), indexing="ij")
    x = WEST + column.ravel() * BLOCK_M + 15 + 70 * slot.ravel() / per_block
    y = SOUTH + row.ravel() * BLOCK_M + 30 + 30 * (slot.ravel() % 2)
    count = len(x)
    status = np.where(np.arange(count) < count - per_block, "connected", "unconnected")
    return gpd.GeoDataFrame(
        {
            "home": [f"w{number}" for number in range(count)],
            "name": [names[n % len(names)] if n % 3 == 0 else None for n in range(count)],
            "weight": 12.0,
            "status": status,
        },
        geometry=shapely.points(x, y),
        crs=CRS,
    )


def walk_to(homes: gpd.GeoDataFrame, places: gpd.GeoDataFrame, key: str, reach_m: float) -> Any:
    """Columns of one measured id: along the grid (dx + dy) to the nearest place, and straight."""
    at, to = shapely.get_coordinates(homes.geometry), shapely.get_coordinates(places.geometry)
    step = np.abs(at[:, None] - to[None])
    walk, nearest = step.sum(-1).min(1), step.sum(-1).argmin(1)
    straight = np.hypot(step[..., 0], step[..., 1]).min(1)
    apart = (homes["status"] != "connected").to_numpy()
    facility = places["facility"].to_numpy(dtype=object)[nearest]
    why = np.select(
        [apart, walk <= reach_m, straight > reach_m], ["unconnected", "", "too_far"], "detour_water"
    ).astype(object)
    return {
        f"{key}_m": np.where(apart, np.nan, walk),
        f"{key}_straight_m": straight,
        f"{key}_served": (walk <= reach_m) & ~apart,
        f"{key}_facility": np.where(apart, None, facility),
        f"{key}_entrance": pd.array(nearest, dtype="Int64"),
        f"{key}_uncertain": np.arange(len(homes)) % 7 == 0,
        f"{key}_reason": np.where(why == "", None, why),
    }


def places_of(
    category: str, spots: list[tuple[float, float]], names: list[str]
) -> gpd.GeoDataFrame:
    """Places of one category, coordinates in metres from the corner of the town."""
    xy = np.asarray(spots) + np.array([WEST, SOUTH])
    ids = [f"{category}{number}" for number in range(len(spots))]
    named = [names[number % len(names)] for number in range(len(spots))]
    columns = {"facility": ids, "name": named, "category": category, "standards": category}
    return gpd.GeoDataFrame(columns, geometry=shapely.points(xy), crs=CRS)


def figures_of(homes: gpd.GeoDataFrame, key: str, reach_m: float, weight: np.ndarray) -> Any:
    """One standard's entry in the summary, counted from the homes."""
    served, total = homes[f"{key}_served"].to_numpy(), weight.sum()
    straight = (homes[f"{key}_straight_m"] <= reach_m).to_numpy()
    apart = (homes["status"] != "connected").to_numpy()
    return {
        "reach_m": reach_m,
        "source": SOURCE,
        "geometry": "radius",
        "denominator": "built_up",
        "target_share": 0.9,
        "facilities": 2,
        "entrances": 2,
        "total": total,
        "network": {
            "served": weight[served].sum(),
            "share": weight[served].sum() / total,
            "low": weight[served].sum() / total * 0.9,
            "high": min(weight[served].sum() / total * 1.1, 1.0),
        },
        "straight": {
            "served": weight[straight].sum(),
            "share": weight[straight].sum() / total,
        },
        "land": {"of": "built_up", "area_m2": 6.4e5, "straight": 0.9125, "network": 0.743},
        "unserved": by_reason(homes, key, ~served, weight),
        "straight_minus_network": by_reason(homes, key, straight & ~served, weight),
        "unconnected": weight[apart].sum(),
        "edge_uncertain": weight[homes[f"{key}_uncertain"]].sum(),
    }


def by_reason(
    homes: gpd.GeoDataFrame, key: str, which: np.ndarray, weight: np.ndarray
) -> dict[str, float]:
    """People of some homes by the reason why they are unserved."""
    found = pd.Series(weight).groupby(homes[f"{key}_reason"].where(which)).sum()
    return {str(reason): float(people) for reason, people in found.items()}


def zones_of(homes: gpd.GeoDataFrame, key: str, names: list[str], blocks: int) -> gpd.GeoDataFrame:
    """Two halves of the town and a strip without homes, with the figures of one standard."""
    middle, side = WEST + blocks * BLOCK_M / 2, blocks * BLOCK_M
    boxes = [
        shapely.box(WEST, SOUTH, middle, SOUTH + side),
        shapely.box(middle, SOUTH, WEST + side, SOUTH + side),
        shapely.box(WEST, SOUTH - 90, WEST + side, SOUTH),
    ]
    rows = []
    for number, box in enumerate(boxes):
        part = homes[homes.within(box)]
        share = part[f"{key}_served"].mean()
        straight = (part[f"{key}_straight_m"] <= MEASURED[key][1]).mean()
        columns = {"zone": names[number % len(names)], "homes": len(part)}
        columns |= {"people": part["weight"].sum(), f"{key}_share": share}
        columns |= {f"{key}_low": share, f"{key}_high": share, f"{key}_straight_share": straight}
        columns |= {f"{key}_land_straight": 0.95 - number / 10, f"{key}_land_network": share}
        rows.append({**columns, "geometry": box})
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=CRS)


def union_figures(figures: dict[str, Any]) -> dict[str, Any]:
    """A union's entry in the summary: the stops and another class that nobody reaches."""
    named = {"zh": "公共交通", "en": "Public transport", "category": None}
    nobody = {"served": 0.0, "share": 0.0}
    metro = {**figures, "network": nobody, "zh": "轨道", "en": "Metro"}
    stops = {**figures, "zh": "公交", "en": "Bus"}
    return {**figures, **named, "classes": {"any_stop_bus": stops, "any_stop_metro": metro}}


def older(scene: Scene) -> Scene:
    """The same scene as results held it before bounds, reasons, land, areas and zones."""
    new = ("unserved", "straight_minus_network", "geometry", "denominator")
    standards = {
        key: {name: one[name] for name in one if name not in new} | {"land": None}
        for key, one in scene.summary["standards"].items()
        if "classes" not in one
    }
    bus = standards["bus_stop_500m"]
    bus["network"] = {**bus["network"], "low": None, "high": None}
    reasons = [name for name in scene.homes if name.endswith("_reason")]
    return replace(
        scene,
        summary={**scene.summary, "standards": standards},
        homes=scene.homes.drop(columns=reasons),
        gaps={key: one.drop(columns="reason") for key, one in scene.gaps.items()},
        areas={},
        zones=None,
    )


def gaps_of(homes: gpd.GeoDataFrame, key: str, names: list[str]) -> gpd.GeoDataFrame:
    """Four gaps: the unserved homes by quarter of the town."""
    left = homes[~homes[f"{key}_served"]]
    middle = homes.geometry.x.mean(), homes.geometry.y.mean()
    quarter = 2 * (left.geometry.x > middle[0]) + (left.geometry.y > middle[1])
    rows = []
    for number, (_, part) in enumerate(left.groupby(quarter)):
        hull = part.geometry.union_all().convex_hull.buffer(20)
        rows.append(
            {
                "people": part["weight"].sum(),
                "homes": len(part),
                "name": names[number % len(names)],
                "reason": part[f"{key}_reason"].mode().iloc[0],
                "walk_m": part[f"{key}_m"].median(),
                "straight_m": part[f"{key}_straight_m"].median(),
                "facility": part[f"{key}_facility"].dropna().mode().iloc[0],
                "geometry": hull,
            }
        )
    table = gpd.GeoDataFrame(rows, geometry="geometry", crs=CRS)
    table = table.sort_values("homes", ascending=False).reset_index(drop=True)
    return table.assign(gap=np.arange(1, len(table) + 1))


def ground_of(blocks: int) -> gpd.GeoDataFrame:
    """A river to the west, a lawn with a hole, the boundary and the extent."""
    side = blocks * BLOCK_M
    town = shapely.box(WEST, SOUTH, WEST + side, SOUTH + side)
    lawn = shapely.box(WEST + 210, SOUTH + 210, WEST + 290, SOUTH + 290)
    shapes = {
        "water": shapely.box(WEST - 80, SOUTH - 200, WEST - 20, SOUTH + side + 200),
        "green": shapely.difference(lawn, lawn.buffer(-30)),
        "boundary": town.buffer(40),
        "extent": town.buffer(400),
    }
    columns = {"kind": list(shapes), "name": None}
    return gpd.GeoDataFrame(columns, geometry=list(shapes.values()), crs=CRS)


def make_scene(
    language: str = "en",
    *,
    unit: str = "homes",
    names: list[str] | None = None,
    blocks: int = 8,
    per_block: int = 3,
    outlines: bool = True,
) -> Scene:
    """A square town with bus stops, markets and clinics, measured along its grid."""
    names = names or ["人民路", "中山路"]
    streets, places = grid_streets(blocks, names), town_places(blocks, names)
    homes = grid_homes(blocks, per_block, names)
    for key, (category, reach_m) in MEASURED.items():
        homes = homes.assign(**walk_to(homes, places[category], key, reach_m))
    met = homes[[f"{key}_served" for key in MUST_HAVE]].sum(axis=1)
    homes = homes.assign(circle_15min_met=met, circle_15min_complete=met == len(MUST_HAVE))
    homes = homes.assign(any_stop_served=homes["bus_stop_500m_served"])
    area = streets.iloc[::2].buffer(25).union_all()
    squares = homes[["home", "geometry"]].assign(geometry=homes.buffer(9, cap_style="square"))
    return Scene(
        place=names[0][:200],
        language=language,  # type: ignore[arg-type]
        summary=summary_of(homes, unit, names[0][:200]),
        homes=homes,
        streets=streets,
        entrances=pd.concat(doors_of(places), ignore_index=True),
        facilities=pd.concat(places.values(), ignore_index=True),
        ground=ground_of(blocks),
        footprints=squares if outlines else None,
        reached={"bus_stop_500m": streets.iloc[::2]},
        gaps={"bus_stop_500m": gaps_of(homes, "bus_stop_500m", names)},
        areas={"bus_stop_500m": gpd.GeoDataFrame({"reach_m": [500.0]}, geometry=[area], crs=CRS)},
        zones=zones_of(homes, "bus_stop_500m", ["东区", *names], blocks),
    )


def town_places(blocks: int, names: list[str]) -> dict[str, gpd.GeoDataFrame]:
    """What one walks to, by category."""
    side = blocks * BLOCK_M
    stops = places_of("bus_stop", [(100, 100), (side / 2, side / 2)], names)
    return {
        "bus_stop": stops.assign(standards="bus_stop_500m"),
        "market": places_of("market", [(side / 2, 100)], names),
        "clinic": places_of("clinic", [(100, side / 2), (side, side)], names),
    }


def doors_of(places: dict[str, gpd.GeoDataFrame]) -> list[gpd.GeoDataFrame]:
    """One entrance for each place; the second of a category is a fallback, or its street side."""
    doors = []
    for key, (category, _) in MEASURED.items():
        second = "street side" if category == "clinic" else "fallback"
        kind = ["crossing", second][: len(places[category])]
        columns = {"entrance": range(len(kind)), "standard": key, "kind": kind}
        columns["facility"] = places[category]["facility"]
        doors.append(gpd.GeoDataFrame(columns, geometry=places[category].geometry, crs=CRS))
    return doors


def summary_of(homes: gpd.GeoDataFrame, unit: str, place: str) -> dict[str, Any]:
    """The content of summary.json, as far as pages read it."""
    weight = homes["weight"].to_numpy() if unit == "people" else np.ones(len(homes))
    bus = figures_of(homes, "bus_stop_500m", 500.0, weight)
    named = {"zh": "500 米公交站点覆盖率", "en": "Bus stop within 500 m"}
    tally = {"read": 200, "used": 192, "dropped": 8, "repaired": 1, "reasons": {}}
    return {
        "place": place,
        "unit": unit,
        "created": "2026-11-23T10:00:00+00:00",
        "versions": {"lifecircle": "0.1.0"},
        "data": {"date": "2025-06-01", "credit": "© OpenStreetMap contributors, ODbL 1.0"},
        "study_area_km2": 0.64,
        "homes": len(homes),
        "total": weight.sum(),
        "layers": {"homes": tally},
        "standards": {
            "bus_stop_500m": {**bus, **named, "category": "bus_stop"},
            "any_stop": union_figures(bus),
            "circle_15min": circle_figures(homes, weight),
        },
    }


def circle_figures(homes: gpd.GeoDataFrame, weight: np.ndarray) -> dict[str, Any]:
    """The circle's entry in the summary, counted from the homes."""
    met, total = homes["circle_15min_met"].to_numpy(), weight.sum()
    whole = weight[homes["circle_15min_complete"]].sum()
    words = {"market": ("菜市场", "Fresh food market"), "clinic": ("卫生服务中心", "Clinic")}
    categories = {}
    for key, (zh, en) in words.items():
        one = figures_of(homes, key, 300.0 if key == "market" else 500.0, weight)
        share = {"served": one["network"]["served"], "share": one["network"]["share"]}
        categories[key] = {**one, **share, "zh": zh, "en": en, "must_have": True}
    return {
        "zh": "15 分钟生活圈",
        "en": "15-minute life circle",
        "source": SOURCE,
        "total": total,
        "must_have": list(MUST_HAVE),
        "complete": {"served": whole, "share": whole / total},
        "mean_share_met": (met * weight).sum() / total / len(MUST_HAVE),
        "unconnected": weight[homes["status"] != "connected"].sum(),
        "edge_uncertain": 0.0,
        "categories": categories,
    }


@pytest.fixture(scope="session")
def made() -> Callable[..., Scene]:
    """The maker of made-up towns."""
    return make_scene


@pytest.fixture(scope="session")
def compared() -> Callable[..., Compared]:
    """The maker of made-up towns with scenarios; takes what `made` takes."""
    return lambda *args, **options: changed.compared(make_scene(*args, **options))


@pytest.fixture(scope="session")
def proposed() -> Callable[..., Proposed]:
    """The maker of made-up towns with proposals; takes a question, and what `made` takes."""
    return lambda question="most", *args, **options: changed.proposed(
        make_scene(*args, **options), question
    )


@pytest.fixture(scope="session")
def written(
    made: Callable[..., Scene],
    compared: Callable[..., Compared],
    proposed: Callable[..., Proposed],
) -> Callable[[str, str], str]:
    """Write a page of one kind in one language (`kinds.KINDS`), each once."""
    every = kinds.makers(made, compared, proposed)
    return cache(lambda kind, language: every[kind](language))


@pytest.fixture(scope="session")
def bare() -> Callable[[Scene], Scene]:
    """Takes from a scene all that results did not hold at first."""
    return older


@pytest.fixture(scope="session")
def hostile() -> tuple[str, ...]:
    """Names that try to break a page."""
    return HOSTILE


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium without any network; without one the test is skipped, but never in CI."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        reason = "needs Chromium on the PATH: install it to test the pages in a browser"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where it is used

    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    quiet += ["--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=quiet)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Open a page; afterwards nothing was asked for, and nothing complained."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    pages: list[Opened] = []

    def open_page(html: str, size: tuple[int, int] | None = None) -> Opened:
        page = context.new_page()
        if size:
            page.set_viewport_size({"width": size[0], "height": size[1]})
        pages.append(Opened(page, html, tmp_path))
        return pages[-1]

    yield open_page
    asked = [url for one in pages for url in one.asked]
    complaints = [said for one in pages for said in one.complaints]
    context.close()
    assert asked == []
    assert complaints == []
