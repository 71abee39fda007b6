"""The page of one standard, as text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from maps import coverage
from maps.scene import Scene
from spatial.errors import InputError
from spatial.reasons import REASONS
from tests.maps.browsing import seen
from tests.maps.unpacking import data_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Maker = Callable[..., Scene]
    Bare = Callable[[Scene], Scene]

ID = "bus_stop_500m"


def text_of(page: str) -> str:
    """What a page says in words, without scripts and styles."""
    body = re.sub(r"<(script|style)\b.*?</\1>", "", seen(page), flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", body)


def with_figures(scene: Scene, **changes: Any) -> Scene:
    """The same scene with some of the standard's figures changed."""
    figures = {**scene.summary["standards"][ID], **changes}
    standards = {**scene.summary["standards"], ID: figures}
    return replace(scene, summary={**scene.summary, "standards": standards})


def test_shares_are_those_of_the_summary(made: Maker) -> None:
    scene = made("en")
    figures = scene.summary["standards"][ID]
    page = text_of(coverage.page(scene, ID))
    for share in (figures["network"]["share"], figures["straight"]["share"], 0.9):
        assert f"{100 * share:.1f} %" in page
    missed = figures["total"] - figures["network"]["served"]
    assert f"Not served: {missed:.0f} homes" in page
    assert "of homes have a bus stop within a 500 m walk" in page


def test_people_are_residents_in_tens(made: Maker) -> None:
    scene = made("zh", unit="people")
    figures = scene.summary["standards"][ID]
    page = text_of(coverage.page(scene, ID))
    missed = round((figures["total"] - figures["network"]["served"]) / 10) * 10
    assert f"未覆盖：{missed:,} 人" in page
    assert "的居民步行 500 米内有公交站" in page


def test_homes_keep_distance_facility_and_entrance(made: Maker) -> None:
    scene = made("en")
    data = data_of(coverage.page(scene, ID))
    home = int((scene.homes[f"{ID}_m"].rank() == 1).idxmax())
    assert data["homes"]["m"][home] == round(scene.homes[f"{ID}_m"][home])
    assert data["homes"]["state"][home] == 0
    assert data["homes"]["state"][-1] == 2
    assert data["homes"]["facility"][home] == int(scene.homes[f"{ID}_facility"][home][-1])
    assert data["homes"]["entrance"][home] == data["homes"]["facility"][home]
    assert data["gaps"]["size"] == scene.gaps[ID]["homes"].tolist()


def test_hostile_names_are_text(made: Maker, hostile: tuple[str, ...]) -> None:
    page = seen(coverage.page(made("en", names=list(hostile)), ID))
    data = data_of(page)
    assert set(data["facilities"]["name"]) <= set(hostile)
    assert set(data["homes"]["name"].values()) <= set(hostile)
    assert "<img" not in page
    assert "<svg onload" not in page
    assert "{{ 7*7 }}" in page
    assert ">49<" not in page


def test_a_page_is_the_same_whenever_it_is_made(made: Maker) -> None:
    assert coverage.page(made("en"), ID) == coverage.page(made("en"), ID)


@pytest.mark.parametrize(
    ("status", "warned"), [("C1", False), ("C2", True), ("U", True)], ids=["C1", "C2", "U"]
)
def test_an_unsure_clause_is_to_be_checked(made: Maker, status: str, *, warned: bool) -> None:
    scene = made("zh")
    source = {**scene.summary["standards"][ID]["source"], "status": status}
    page = seen(coverage.page(with_figures(scene, source=source), ID))
    assert ("上报前请核对条文" in text_of(page)) is warned


@pytest.mark.parametrize(("target", "said"), [(0.01, "met"), (0.99, "not met")])
def test_the_target_is_met_or_not(made: Maker, target: float, said: str) -> None:
    page = seen(coverage.page(with_figures(made("en"), target_share=target), ID))
    assert re.search(rf'class="tag tag-target_{said.replace(" ", "_")}">{said}<', page)


def test_without_target_and_bounds_the_bar_has_neither(made: Maker, bare: Bare) -> None:
    page = seen(coverage.page(with_figures(bare(made("en")), target_share=None), ID))
    assert 'class="target"' not in page
    assert 'class="whisker"' not in page


def test_bounds_are_drawn_when_measured(made: Maker) -> None:
    scene = made("en")
    network = {**scene.summary["standards"][ID]["network"], "low": 0.25, "high": 0.75}
    page = seen(coverage.page(with_figures(scene, network=network), ID))
    assert '<span class="whisker" style="left:25.00%;width:50.00%">' in page
    assert "25.0 % – 75.0 %" in page
    assert "Lower bound: only given gates and real crossings count." in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_results_without_bounds_reasons_areas_and_zones_are_drawn(
    made: Maker, bare: Bare, language: str
) -> None:
    page = seen(coverage.page(bare(made(language)), ID))
    data = data_of(page)
    assert set(data["homes"]["why"]) == {-1}
    assert data["area"]["n"] == data["ground"]["zones"]["areas"]["n"] == []
    assert set(data["gaps"]["said"][language]["reason"]) == {""}
    for absent in ('data-layer="area"', 'data-layer="zones"', 'class="reasons"', 'class="zones"'):
        assert absent not in page


def test_the_difference_to_the_official_figure_is_split_by_reason(made: Maker) -> None:
    split = {"detour_water": 5.0, "island": 30.0, "entrance": 7.0}
    unserved = {**split, "too_far": 8.0, "island": 31.0}
    figures = {"straight_minus_network": split, "unserved": unserved}
    page = seen(coverage.page(with_figures(made("en"), **figures), ID))
    rows = re.findall(r'<i style="width:([\d.]+)%"></i><span>(.*?)</span><b>(.*?)</b>', page)
    assert rows == [
        ("71.43", "Streets that lead to no facility", "30 homes"),
        ("16.67", "No way in near by", "7 homes"),
        ("11.90", "Detour around water", "5 homes"),
    ]
    assert "Beyond the service radius as well: 9 homes" in page
    assert (
        "(too far even by straight line, 8 homes; streets that lead to no facility, 1 home)" in page
    )


def test_where_the_figures_agree_the_unserved_have_reasons_all_the_same(made: Maker) -> None:
    figures = {"straight_minus_network": {}, "unserved": {"too_far": 8.0}}
    page = text_of(coverage.page(with_figures(made("zh"), **figures), ID))
    assert "未覆盖的原因" in page
    assert "官方口径与实际之差的原因" not in page
    assert "直线距离已超出" in page


def test_homes_and_gaps_keep_their_reason(made: Maker) -> None:
    scene = made("zh")
    data = data_of(coverage.page(scene, ID))
    said = [data["reasons"]["zh"][row] if row >= 0 else None for row in data["homes"]["why"]]
    expected = [
        REASONS[one][0] if isinstance(one, str) else None for one in scene.homes[f"{ID}_reason"]
    ]
    assert said == expected
    assert len(set(said)) == 4
    expected = [REASONS[one][0] for one in scene.gaps[ID]["reason"]]
    assert data["gaps"]["said"]["zh"]["reason"] == expected


@pytest.mark.parametrize(
    ("geometry", "denominator", "of", "judged"),
    [
        ("radius", "residential", "residential", "Official: residential land (straight)"),
        ("network", "residential", "residential", "Official: residential land (on foot)"),
        ("radius", "people", "residential", "Straight line (service radius)"),
        ("network", "people", "residential", "On foot, along streets"),
        ("radius", "residential", "built_up", "Target"),
        ("radius", "residential", None, "Target"),
    ],
)
def test_the_verdict_stands_beside_the_figure_the_document_asks_for(
    made: Maker, geometry: str, denominator: str, of: str | None, judged: str
) -> None:
    land = {"of": of, "straight": 0.912, "network": 0.743} if of else None
    asked = {"geometry": geometry, "denominator": denominator, "land": land, "target_share": 0.01}
    page = seen(coverage.page(with_figures(made("en"), **asked), ID))
    said = "not judged: no land given" if judged == "Target" else "met"
    found = re.findall(r'<span>([^<]*) <span class="tag tag-target_\w+">([^<]*)<', page)
    assert found == [(judged, said)]
    assert ("91.2 %" in page) is ("74.3 %" in page) is (of is not None)


def test_zones_are_listed_worst_first_without_those_nobody_lives_in(made: Maker) -> None:
    scene = made("en")
    table = seen(coverage.page(scene, ID)).split('class="zones"')[1].split("</table>")[0]
    assert scene.zones is not None
    lived_in = scene.zones[scene.zones["homes"] > 0].sort_values(f"{ID}_share")
    assert re.findall('scope="row"><bdi>(.*?)</bdi>', table) == lived_in["zone"].tolist()
    for share in lived_in[f"{ID}_share"]:
        assert f"<td>{100 * share:.1f} % </td>" in table.replace("%</td>", "% </td>")
    assert table.count("tag-target_met") == 1, "95 % of the land of one, 85 % of the other"
    assert table.count("tag-target_not_met") == 1


def test_a_place_without_such_facilities_serves_nobody(made: Maker) -> None:
    scene = made("en")
    homes = scene.homes.assign(
        **{f"{ID}_m": float("nan"), f"{ID}_straight_m": float("nan"), f"{ID}_served": False},
        **{f"{ID}_facility": None, f"{ID}_entrance": None},
    )
    gaps = scene.gaps[ID].assign(walk_m=float("nan"), straight_m=float("nan"), facility=None)
    nobody = {"served": 0.0, "share": 0.0}
    bare = replace(
        with_figures(scene, facilities=0, network=nobody, straight=nobody),
        homes=homes,
        facilities=scene.facilities.iloc[:0],
        entrances=scene.entrances.iloc[:0],
        reached={ID: scene.reached[ID].iloc[:0]},
        gaps={ID: gaps},
    )
    page = text_of(coverage.page(bare, ID))
    assert "0.0 %" in page
    assert "There is no such facility here, so nobody is served." in page


def test_a_place_without_homes_has_no_answer(made: Maker) -> None:
    scene = made("en")
    none = {"served": 0.0, "share": None}
    bare = replace(
        with_figures(scene, total=0.0, unconnected=0.0, network=none, straight=none),
        homes=scene.homes.iloc[:0],
        footprints=None,
        gaps={ID: scene.gaps[ID].iloc[:0]},
    )
    assert "There are no homes to measure" in text_of(coverage.page(bare, ID))


def test_streets_without_names_and_homes_without_outlines_are_drawn(made: Maker) -> None:
    scene = made("en", outlines=False)
    data = data_of(coverage.page(replace(scene, streets=scene.streets.assign(name=None)), ID))
    assert data["ground"]["names"]["name"] == []
    assert data["homes"]["outlines"]["n"] == []
    assert len(data["ground"]["streets"]["n"]) > 0


def test_a_standard_of_the_planners_own_is_named(made: Maker) -> None:
    scene = with_figures(made("en"), category="library", en="Library within 800 m")
    assert "of homes are within a 500 m walk: Library within 800 m" in text_of(
        coverage.page(scene, ID)
    )


def test_what_was_not_measured_is_refused(made: Maker) -> None:
    with pytest.raises(InputError, match="'metro' is not among the results"):
        coverage.page(made("en"), "metro")


def test_layers_in_degrees_are_refused(made: Maker) -> None:
    scene = made("en")
    with pytest.raises(InputError, match="homes: is not in a metric CRS"):
        replace(scene, homes=scene.homes.to_crs(4326))


def test_a_language_unknown_is_refused(made: Maker) -> None:
    with pytest.raises(InputError, match="choose zh or en"):
        replace(made("en"), language="fr")
