"""Standards: those that are shipped, and what a plan may change."""

from __future__ import annotations

import math
import re

import pytest
import shapely

from layers import sample
from layers.categories import CATEGORIES
from spatial.errors import InputError
from spatial.facilities import counted
from spatial.profiles import chosen, require_categories, standards
from spatial.standards import (
    DENOMINATORS,
    CircleStandard,
    ServiceStandard,
    UnionStandard,
    checked_note,
    statuses,
)


def test_what_is_shipped_is_complete() -> None:
    known = standards()
    assert {"green_300m", "park_500m", "bus_stop_500m", "circle_15min"} <= set(known)
    first = circle("circle_15min")
    assert len(first.services) >= 12
    assert set(first.must_have) < {one.id for one in first.services}
    for one in (*known.values(), *first.services):
        assert one.zh
        assert one.en
        assert one.source.document != "plan.toml"
        assert one.source.status in {"C1", "C2", "U"}


def test_a_plan_changes_only_the_keys_it_names() -> None:
    before, after = (
        standards()["park_500m"],
        standards({"park_500m": {"reach_m": 400}})["park_500m"],
    )
    assert isinstance(after, ServiceStandard)
    assert isinstance(before, ServiceStandard)
    assert (after.reach_m, after.area_m2, after.zh) == (400, before.area_m2, before.zh)


def test_a_plan_changes_drops_and_adds_services_of_the_circle() -> None:
    own = {
        "circle_15min": {
            "categories": {
                "market": {"reach_m": 800, "must_have": False},
                "bank": False,
                "toilet": {"reach_m": 250},
            }
        }
    }
    changed = circle("circle_15min", own)
    reach = {one.id: one.reach_m for one in changed.services}
    assert (reach["market"], reach["toilet"]) == (800, 250)
    assert "bank" not in reach
    assert "market" not in changed.must_have
    assert "toilet" in changed.must_have


def test_a_standard_of_ones_own() -> None:
    own = {"toilet_250m": {"category": "toilet", "reach_m": 250}}
    (found,) = chosen(["toilet_250m"], own)
    assert isinstance(found, ServiceStandard)
    assert (found.category, found.reach_m, found.source.status) == ("toilet", 250, "U")


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({"park_500m": {"reach": 400}}, "unknown key 'reach'"),
        ({"park_500m": {"reach_m": 0}}, "reach_m must be a number above 0"),
        ({"park_500m": {"reach_m": "400"}}, "reach_m must be a number above 0"),
        ({"park_500m": {"reach_m": True}}, "reach_m must be a number above 0"),
        ({"park_500m": 400}, "park_500m must be a table"),
        ({"mine": 400}, "mine must be a table"),
        ({"mine": {"reach_m": 400}}, r"\[standards.mine\] category must be a text"),
        ({"my park": {"reach_m": 400}}, "'my park' is no id"),
        ({"park_500m": {"area_m2": [5000]}}, "area_m2 must be"),
        ({"park_500m": {"area_m2": [5000, 5000]}}, "area_m2 must be"),
        ({"park_500m": {"target_share": 90}}, "target_share must be a share"),
        ({"park_500m": {"status": "C9"}}, "status must be C1, C2 or U"),
        ({"park_500m": {"year": "2021"}}, "year must be a whole number"),
        ({"circle_15min": {"categories": {"market": {"must_have": "yes"}}}}, "must_have must be"),
        ({"circle_15min": {"categories": 3}}, "categories must be a table"),
    ],
)
def test_what_is_wrong_is_named(own: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        standards(own)


def test_one_id_cannot_mean_two_things() -> None:
    own = {"market": {"category": "market", "reach_m": 123}}
    with pytest.raises(InputError, match="'market' means two different things"):
        chosen(["market", "circle_15min"], own)


def test_an_unknown_standard_is_named_with_those_there_are() -> None:
    with pytest.raises(InputError, match=r"'park_5m'.*park_500m"):
        chosen(["park_5m"])


def service(key: str) -> ServiceStandard:
    found = standards()[key]
    assert isinstance(found, ServiceStandard)
    return found


def union(key: str, own: dict[str, object] | None = None) -> UnionStandard:
    found = standards(own)[key]
    assert isinstance(found, UnionStandard)
    return found


def circle(key: str, own: dict[str, object] | None = None) -> CircleStandard:
    found = standards(own)[key]
    assert isinstance(found, CircleStandard)
    return found


NO_YEAR = {"sdg_11_7_1", "parkscore_10min", "who_green_300m", "rule_3_30_300"}
"""Their sources, as far as seen, bear no year."""


@pytest.mark.parametrize("key", list(standards()))
def test_every_profile_is_complete(key: str) -> None:
    one = standards()[key]
    assert one.zh != key
    assert one.en != key
    for part in (one, *one.services):
        assert part.source.document not in {"", "plan.toml"}
        assert part.source.clause not in {"", "-"}
        assert (part.source.year is None) == (key in NO_YEAR)
        assert part.source.status in {"C1", "C2", "U"}
        assert part.geometry in {"radius", "network"}
        assert part.origin in {"edge", "entrance", "point"}
        assert part.denominator in DENOMINATORS
        assert part.numerator_zh
        assert part.numerator_en
        assert part.denominator_zh
        assert part.denominator_en
    for part in one.services:
        assert 50 <= part.reach_m <= 3000
        assert re.fullmatch(r"[a-z0-9_]+", part.id)


def test_there_are_at_least_fifteen_profiles_beside_the_first_four() -> None:
    assert len(standards()) >= 4 + 15
    assert list(standards())[:4] == ["green_300m", "park_500m", "bus_stop_500m", "circle_15min"]


def test_all_can_be_measured_at_once() -> None:
    found = chosen(list(standards()))
    assert len(found) == len(standards())


def test_every_category_is_one_that_facilities_have() -> None:
    require_categories(standards().values(), list(CATEGORIES))


# What follows was typed by hand from the documents' summary, not read from standards.toml:
# category, reach, geometry, denominator, target, status, year.
NUMBERS = {
    "bus_stop_500m": ("bus_stop", 500, "radius", "built_up", None, "C2", 2013),
    "gbt51346_park_500m": ("park", 500, "radius", "residential", 0.9, "C2", 2019),
    "gb55014_park_500m": ("park", 500, "radius", "residential", 0.8, "C2", 2021),
    "check2025_bus_300m": ("bus_stop", 300, "network", "built_up_construction", 0.5, "C2", 2025),
    "check2025_bus_500m": ("bus_stop", 500, "network", "built_up_construction", 0.9, "C2", 2025),
    "gbt51328_bus_500m": ("bus_stop", 500, "radius", "people", 0.9, "U", 2018),
    "gbt51328_metro_800m": ("metro", 800, "radius", "people", None, "C2", 2018),
    "check2025_secondary_1km": (
        "secondary_school",
        1000,
        "radius",
        "residential",
        None,
        "C2",
        2025,
    ),
    "check2025_primary_500m": ("primary_school", 500, "radius", "people", None, "C2", 2025),
    "check2025_market_800m": ("market", 800, "radius", "residential", 0.9, "C2", 2025),
    "check2025_greenway_1km": ("greenway", 1000, "radius", "residential", 0.7, "C2", 2025),
    "sdg_11_7_1": ("green", 400, "network", "people", None, "C2", None),
    "parkscore_10min": ("park", 805, "network", "people", None, "C1", None),
    "who_green_300m": ("green", 300, "radius", "people", None, "U", None),
    "rule_3_30_300": ("green", 300, "network", "homes", None, "C1", None),
}


@pytest.mark.parametrize("key", NUMBERS)
def test_numbers_of_the_documents(key: str) -> None:
    one = service(key)
    said = (one.source.status, one.source.year)
    found = (one.category, one.reach_m, one.geometry, one.denominator, one.target_share, *said)
    assert found == NUMBERS[key]


INF = math.inf


@pytest.mark.parametrize(
    ("key", "target", "found", "classes"),
    [
        ("eco_garden_city_2022", 0.9, ("C2", "U"), [(500, 5000, INF), (300, 400, 5000)]),
        ("garden_city_2022", 0.85, ("U",), [(500, 5000, INF), (300, 400, 5000)]),
        ("check2021_park", None, ("C2",), [(500, 5000, INF), (300, 2000, 5000)]),
        ("check2025_park", 0.9, ("C2",), [(500, 5000, INF), (300, 2000, 5000)]),
        ("green_park", None, ("C2",), [(300, 2000, INF), (500, 5000, INF)]),
        (
            "natural_england_ags",
            None,
            ("C2",),
            [(200, 5000, INF), (300, 20_000, INF), (1000, 100_000, INF)],
        ),
        ("sdg_11_2_1", None, ("C1",), [(500, 0, INF), (1000, 0, INF)]),
        (
            "gbt51346_park_classes",
            None,
            ("C2",),
            [
                (3000, 500_000, INF),
                (2000, 200_000, 500_000),
                (1200, 100_000, 200_000),
                (800, 50_000, 100_000),
                (500, 10_000, 50_000),
                (300, 4000, 10_000),
                (300, 2000, 4000),
            ],
        ),
    ],
)
def test_size_classes_of_the_documents(
    key: str, target: float | None, found: tuple[str, ...], classes: list[tuple[float, ...]]
) -> None:
    one = union(key)
    assert [(part.reach_m, *part.area_m2) for part in one.services] == classes
    assert (one.target_share, statuses(one)) == (target, found)


@pytest.mark.parametrize(
    ("key", "speed", "rows"),
    [
        (
            "gb50180_15min",
            1.11,
            {
                "secondary_school": (1000, "C2", True),
                "clinic": (1000, "C2", True),
                "elder_care": (1000, "C2", True),
                "culture": (1000, "U", True),
                "police": (800, "U", False),
                "metro": (800, "C2", False),
                "mall": (500, "U", True),
            },
        ),
        (
            "gb50180_10min",
            0.83,
            {
                "primary_school": (500, "C2", True),
                "market": (500, "U", True),
                "sports": (500, "U", True),
                "park": (500, "C2", True),
            },
        ),
        (
            "gb50180_5min",
            1.0,
            {
                "kindergarten": (300, "C2", True),
                "childcare": (300, "U", False),
                "elder_care": (300, "C2", True),
                "clinic": (300, "C2", False),
                "culture": (500, "U", True),
            },
        ),
        (
            "mofcom_circle",
            1.0,
            {
                "convenience": (300, "C2", True),
                "restaurant": (500, "C2", True),
                "market": (500, "C2", True),
                "supermarket": (1000, "C2", True),
                "post": (1000, "U", True),
                "childcare": (1000, "C2", False),
            },
        ),
    ],
)
def test_rows_of_the_circles(
    key: str, speed: float, rows: dict[str, tuple[float, str, bool]]
) -> None:
    one = circle(key)
    assert one.walk_m_per_s == speed
    by_category = {part.category: part for part in one.services}
    for category, (reach_m, status, must_have) in rows.items():
        part = by_category[category]
        assert (part.id, part.reach_m) == (f"{key}_{category}", reach_m)
        assert (part.source.status, part.id in one.must_have) == (status, must_have)


def test_a_tier_does_not_include_the_lower_one() -> None:
    tiers = ["gb50180_15min", "gb50180_10min", "gb50180_5min"]
    lists = [{part.category for part in circle(key).services} for key in tiers]
    assert "kindergarten" not in lists[0]
    assert "primary_school" not in lists[0] | lists[2]
    assert "secondary_school" not in lists[1] | lists[2]


@pytest.mark.parametrize("key", list(standards()))
def test_an_unsure_source_always_says_so(key: str) -> None:
    one = standards()[key]
    for part in (one, *one.services):
        for language, words in {"zh": "上报前请核对条文", "en": "check the clause before"}.items():
            note = checked_note(part.source.status, language)
            assert (words in note) == (part.source.status != "C1")
    assert "unconfirmed" in checked_note("U", "en")
    assert "unconfirmed" not in checked_note("C2", "en")
    assert "未确认" in checked_note("U", "zh")
    assert checked_note("C1", "zh") == checked_note("C1", "en") == ""


def test_the_least_sure_status_comes_last() -> None:
    assert statuses(standards()["parkscore_10min"]) == ("C1",)
    assert statuses(standards()["gb50180_5min"]) == ("C2", "U")


def test_size_classes_are_half_open() -> None:
    sizes = [1999, 2000, 3999, 4000, 4999, 5000, 9999, 10_000]
    squares = [shapely.box(0, 0, size, 1) for size in sizes]
    places = sample.facilities(squares, "park")
    large, small = union("check2021_park").services
    areas = [set(counted(places, part).places.area.round()) for part in (large, small)]
    assert areas == [{5000, 9999, 10_000}, {2000, 3999, 4000, 4999}]
    every = [
        set(counted(places, one).places.area) for one in union("gbt51346_park_classes").services
    ]
    assert sorted(area for some in every for area in some) == sizes[1:]


def test_see_green_see_park_shares_the_measurements_of_its_parts() -> None:
    green, park, both = chosen(["green_300m", "park_500m", "green_park"])
    assert both.services == (green, park)


def test_a_changed_part_changes_its_union_too() -> None:
    own = {"park_500m": {"reach_m": 400}}
    assert [part.reach_m for part in union("green_park", own).services] == [300, 400]
    assert statuses(union("green_park", own)) == ("C2", "U")


def test_classes_take_over_what_their_union_says() -> None:
    one = union("check2021_park")
    for part in one.services:
        assert part.source == one.source
        assert (part.geometry, part.origin, part.denominator) == ("radius", "edge", "residential")
        assert part.denominator_zh == one.denominator_zh
    assert [part.target_share for part in union("check2025_park").services] == [None, None]
    assert [part.id for part in one.services] == ["check2021_park_large", "check2021_park_small"]


def test_a_union_of_ones_own() -> None:
    own = {
        "ours": {
            "zh": "本市公园",
            "category": "park",
            "services": ["green_300m"],
            "document": "本市标准",
            "status": "C1",
            "target_share": 0.95,
            "target_strict": True,
            "geometry": "radius",
            "denominator": "residential",
            "classes": {
                "big": {"reach_m": 1000, "area_m2": [1e5, INF]},
                "stop": {"reach_m": 300, "category": "bus_stop", "status": "U"},
            },
        }
    }
    one = union("ours", own)
    assert [part.id for part in one.services] == ["green_300m", "ours_big", "ours_stop"]
    assert [part.category for part in one.services] == ["green", "park", "bus_stop"]
    assert one.services[1].source.document == "本市标准"
    assert (one.geometry, one.origin, one.denominator) == ("radius", "edge", "residential")
    assert (one.numerator_zh, one.denominator_en) == (
        "服务半径覆盖的居住用地面积",
        "residential land",
    )
    assert statuses(one) == ("C1", "C2", "U")
    assert one.meets(0.95) is False
    assert one.meets(0.951) is True


def test_a_circle_of_ones_own_with_one_category_twice() -> None:
    rows = {
        "near_market": {"category": "market", "reach_m": 300, "must_have": False},
        "market": {"reach_m": 1000},
    }
    one = circle("mine", {"mine": {"document": "本市标准", "status": "C1", "categories": rows}})
    assert [(part.id, part.category) for part in one.services] == [
        ("near_market", "market"),
        ("market", "market"),
    ]
    assert one.must_have == ("market",)
    assert one.services[0].source.document == "本市标准"


def test_without_a_word_a_standard_of_ones_own_is_people_by_network() -> None:
    (one,) = chosen(["mine"], {"mine": {"category": "toilet", "reach_m": 250}})
    assert (one.geometry, one.origin, one.denominator) == ("network", "entrance", "people")
    assert one.numerator_en == "people within walking distance"
    assert one.meets(0.1) is None


def test_what_a_plan_changes_is_no_longer_the_documents() -> None:
    before = service("park_500m").source
    changed = standards({"park_500m": {"reach_m": 400, "zh": "公园"}})["park_500m"].source
    assert (changed.document, changed.status) == (before.document, "U")
    assert changed.clause == f"{before.clause}; plan.toml: reach_m"
    same = standards({"park_500m": {"reach_m": 500, "zh": "公园"}})["park_500m"].source
    assert same == before
    own = {"park_500m": {"reach_m": 400, "document": "本市标准", "status": "C1"}}
    assert standards(own)["park_500m"].source.status == "C1"


def test_a_class_that_a_plan_takes_away_or_adds_makes_the_union_its_own() -> None:
    own = {"check2021_park": {"classes": {"small": False, "tiny": {"reach_m": 100}}}}
    one = union("check2021_park", own)
    assert [part.id for part in one.services] == ["check2021_park_large", "check2021_park_tiny"]
    assert one.source.status == "U"
    assert one.source.clause.endswith("; plan.toml: small, tiny")
    large, tiny = one.services
    assert large.source == union("check2021_park").source
    assert tiny.source.document == "plan.toml"


def test_a_must_have_that_a_plan_turns_makes_the_circle_its_own() -> None:
    own = {"mofcom_circle": {"categories": {"mofcom_circle_repair": {"must_have": False}}}}
    one = circle("mofcom_circle", own)
    assert "mofcom_circle_repair" not in one.must_have
    assert (one.source.status, circle("mofcom_circle").source.status) == ("U", "C2")


@pytest.mark.parametrize(
    ("key", "share", "met"),
    [
        ("gbt51346_park_500m", 0.9, False),
        ("gbt51346_park_500m", 0.9001, True),
        ("check2025_bus_500m", 0.9, True),
        ("check2025_bus_500m", 0.8999999, False),
        ("park_500m", 1.0, None),
    ],
)
def test_targets_above_and_at_least(key: str, share: float, *, met: bool | None) -> None:
    assert standards()[key].meets(share) is met


CLASS = {"big": {"reach_m": 500, "category": "park"}}


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({"u": {"classes": {}}}, r"\[standards.u\] is a union of nothing"),
        ({"u": {"services": []}}, r"\[standards.u\] is a union of nothing"),
        ({"u": {"classes": 3}}, "classes must be a table of tables"),
        ({"u": {"classes": {"big": 3}}}, "classes must be a table of tables"),
        ({"u": {"classes": {"big": {"reach_m": 5}}}}, "classes.big] category must be a text"),
        ({"u": {"classes": {"big": {"category": "park"}}}}, "classes.big] reach_m must be"),
        ({"u": {"classes": {"b g": {"reach_m": 5}}}}, "'u_b g' is no id"),
        ({"u": {"classes": CLASS, "reach_m": 5}}, "unknown key 'reach_m'"),
        ({"u": {"classes": {"big": {**CLASS["big"], "reach": 5}}}}, "unknown key 'reach'"),
        ({"u": {"classes": {"big": {**CLASS["big"], "area_m2": [9, 3]}}}}, "area_m2 must be"),
        ({"u": {"classes": CLASS, "categories": {"market": {"reach_m": 5}}}}, "'classes'"),
        ({"u": {"services": "park_500m"}}, "services must be a list of ids"),
        ({"u": {"services": [500]}}, "services must be a list of ids"),
        ({"u": {"services": ["park_5m"]}}, "'park_5m', which is no standard of one service"),
        ({"u": {"services": ["green_park"]}}, "'green_park', which is no standard of one service"),
        ({"u": {"services": ["circle_15min"]}}, "'circle_15min', which is no standard of one"),
        ({"u": {"services": ["park_500m", "park_500m"]}}, "names no id twice"),
        ({"park_500m": False}, r"\[standards.green_park\] services names 'park_500m'"),
        ({"park_500m": {"geometry": "circle"}}, "geometry must be one of radius, network"),
        ({"park_500m": {"origin": "gate"}}, "origin must be one of edge, entrance, point"),
        ({"park_500m": {"denominator": "land"}}, "denominator must be one of residential, "),
        ({"park_500m": {"denominator": ["people"]}}, "denominator must be one of residential, "),
        ({"park_500m": {"numerator_zh": ""}}, "numerator_zh must be a text"),
        ({"park_500m": {"target_strict": "yes"}}, "target_strict must be true or false"),
        ({"park_500m": {"reach_m": math.nan}}, "reach_m must be a number above 0"),
        ({"park_500m": {"reach_m": INF}}, "reach_m must be a number above 0"),
        ({"park_500m": {"area_m2": [math.nan, INF]}}, "area_m2 must be"),
        ({"park_500m": {"status": ["C1"]}}, "status must be C1, C2 or U"),
        ({"park_500m": {"zh": "  "}}, "zh must be a text"),
        ({"mine": {"categories": {}}}, r"\[standards.mine\] categories is empty"),
        ({"mine": {"categories": {"my shop": {"reach_m": 5}}}}, "'my shop' is no id"),
        ({"mine": {"categories": {"leg": {"reach_m": 5}}}}, "'leg' is a column of the results"),
        ({"park_straight": {"category": "park", "reach_m": 5}}, "is a column of the results"),
    ],
)
def test_what_is_wrong_in_a_profile_is_one_clear_line(own: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        standards(own)
    assert "\n" not in str(caught.value)
    assert "; " in str(caught.value)


@pytest.mark.parametrize(
    "own",
    [
        {"u_big": {"category": "park", "reach_m": 9}, "u": {"classes": CLASS}},
        {"U_BIG": {"category": "park", "reach_m": 500}, "u": {"classes": CLASS}},
    ],
)
def test_a_class_cannot_take_the_id_of_a_standard(own: dict[str, object]) -> None:
    with pytest.raises(InputError, match="means two different things"):
        chosen(list(own), own)


def test_a_circle_cannot_take_the_id_of_a_service() -> None:
    own = {"market": {"categories": {"shop": {"category": "mall", "reach_m": 5}}}}
    with pytest.raises(InputError, match="'market' means two different things"):
        chosen(["circle_15min", "market"], own)


def test_a_category_that_no_layer_holds_is_refused_with_the_nearest() -> None:
    own = {"mine": {"category": "markt", "reach_m": 300}}
    with pytest.raises(InputError, match=r"mine asks for .*'markt'; choose from market"):
        require_categories(chosen(["mine"], own), list(CATEGORIES))
    own = {"mine": {"classes": {"far": {"category": "森林", "reach_m": 300}}}}
    with pytest.raises(InputError, match=r"mine_far asks for .*'森林'; choose from"):
        require_categories(chosen(["mine"], own), list(CATEGORIES))
