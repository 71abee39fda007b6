"""Standards: those that are shipped, and what a plan may change."""

from __future__ import annotations

import pytest

from spatial.errors import InputError
from spatial.standards import CircleStandard, ServiceStandard, chosen, standards


def test_what_is_shipped_is_complete() -> None:
    known = standards()
    assert {"green_300m", "park_500m", "bus_stop_500m", "circle_15min"} <= set(known)
    circle = known["circle_15min"]
    assert isinstance(circle, CircleStandard)
    assert len(circle.services) >= 12
    assert set(circle.must_have) < {one.id for one in circle.services}
    for one in (*known.values(), *circle.services):
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
    circle = standards(own)["circle_15min"]
    assert isinstance(circle, CircleStandard)
    reach = {one.id: one.reach_m for one in circle.services}
    assert (reach["market"], reach["toilet"]) == (800, 250)
    assert "bank" not in reach
    assert "market" not in circle.must_have
    assert "toilet" in circle.must_have


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
