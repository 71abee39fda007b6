"""What tags and words mean; each case was decided by hand."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import layers
import spatial
from layers.categories import (
    CATEGORIES,
    OUT_OF_USE,
    categories_of,
    category_from_words,
    counts_for,
    lead_keys,
    matches,
)
from layers.openstreetmap.tagged import LAYER_OF
from spatial.profiles import standards

TABLES = tomllib.loads(
    Path(layers.__file__).with_name("categories.toml").read_text(encoding="utf-8")
)
STANDARDS = tomllib.loads(
    Path(spatial.__file__).with_name("standards.toml").read_text(encoding="utf-8")
)
REASONS = {name: table["reason"] for name, table in TABLES.pop("never").items()}


def tags(text: str) -> dict[str, str]:
    """Read ``"amenity=school, name=Rose school"``."""
    return dict(part.split("=", 1) for part in text.split(", "))


# --- the file ---


@pytest.mark.parametrize("key", TABLES)
def test_every_category_is_whole(key: str) -> None:
    known = {"zh", "en", "osm", "otherwise", "guess", "never", "includes", "words", "not_words"}
    table, category = TABLES[key], CATEGORIES[key]
    assert table.keys() <= known
    assert category.key == key
    assert category.zh.strip()
    assert not category.zh.isascii()
    assert category.en.strip()
    assert category.en.isascii()
    assert table["words"]
    assert bool(category.otherwise) == bool(category.guess)
    assert set(table.get("never", ())) <= REASONS.keys()
    assert set(table.get("includes", ())) <= TABLES.keys() - {key}
    assert len(set(table["words"])) == len(table["words"])
    firsts = [next(iter(rule.values.items())) for rule in (*category.osm, *category.otherwise)]
    assert all(values and "*" not in values for _, values in firsts)
    assert {first for first, _ in firsts} <= set(lead_keys())


@pytest.mark.parametrize("key", TABLES)
def test_every_category_knows_its_own_words(key: str) -> None:
    for word in (key, TABLES[key]["zh"], TABLES[key]["en"], *TABLES[key]["words"]):
        assert category_from_words(word) == key, word


def test_no_reason_is_left_over() -> None:
    used = {name for table in TABLES.values() for name in table.get("never", ())}
    assert used == REASONS.keys()


MEASURED = {service.category for standard in standards().values() for service in standard.services}
"""The categories that standards speak of."""


UNTAGGED = {"greenway"}
"""What only a plan's own layers can hold."""


def test_what_no_tag_means() -> None:
    assert {key for key, category in CATEGORIES.items() if not category.osm} == UNTAGGED


def test_standards_speak_of_known_categories() -> None:
    assert len(MEASURED) >= 12
    assert CATEGORIES.keys() >= MEASURED
    assert LAYER_OF.keys() <= CATEGORIES.keys()


@pytest.mark.parametrize("key", STANDARDS["circle_15min"]["categories"])
def test_circle_names_its_categories_as_they_are(key: str) -> None:
    named = STANDARDS["circle_15min"]["categories"][key]
    assert category_from_words(named["zh"]) == key
    assert named["en"] == CATEGORIES[key].en


# --- tags ---

MEAN = {
    "amenity=marketplace": "market",
    "shop=greengrocer": "market",
    "shop=supermarket": "market supermarket convenience",
    "shop=supermarket;bakery": "market supermarket convenience",
    "shop=convenience": "convenience",
    "shop=mall": "mall",
    "shop=wholesale": "",
    "shop=bakery": "",
    "amenity=fast_food": "restaurant",
    "amenity=bar": "",
    "amenity=pharmacy": "pharmacy",
    "healthcare=pharmacy, amenity=pharmacy": "pharmacy",
    "shop=chemist": "",
    "amenity=doctors": "clinic",
    "amenity=clinic, name=西丽社区健康服务中心": "clinic",
    "amenity=hospital, name=蛇口人民医院": "hospital",
    "amenity=hospital, name=桃源社区卫生服务中心": "clinic hospital",
    "amenity=clinic, name=爱心宠物医院": "",
    "amenity=hospital, name=瑞鹏动物医院": "",
    "amenity=veterinary, name=宠物医院": "",
    "amenity=clinic, name=丽人整形美容门诊部": "",
    "amenity=childcare": "childcare",
    "amenity=kindergarten": "kindergarten",
    "amenity=school, name=阳光幼儿园": "kindergarten",
    "amenity=school, name=École maternelle de la Plage": "kindergarten",
    "amenity=school, name=南山小学": "primary_school",
    "amenity=school, name=南山外国语学校（初中部）": "secondary_school",
    "amenity=school, name=第二中学": "secondary_school",
    "amenity=school, name=某九年一贯制学校": "primary_school secondary_school",
    "amenity=school, name=École des Révoires": "primary_school",
    "amenity=school, name=Lycée Albert Ier": "secondary_school",
    "amenity=school, name=LYCEE ALBERT": "secondary_school",
    "amenity=school, isced:level=1": "primary_school",
    "amenity=school, isced:level=1;2": "primary_school secondary_school",
    "amenity=school, isced:level=2, name=某小学": "secondary_school",
    "amenity=school, isced:level=0": "",
    "amenity=school, isced:level=4": "",
    "amenity=school, school=primary": "primary_school",
    "amenity=school": "primary_school secondary_school",
    "amenity=school, name=Rose school": "primary_school secondary_school",
    "amenity=school, name=平安驾校": "",
    "amenity=school, name=第一职业技术学校": "",
    "amenity=school, name=城区特殊教育学校": "",
    "amenity=school, school=dance": "",
    "amenity=school, isced:level=1, name=某培训学校": "",
    "amenity=driving_school": "",
    "amenity=university": "",
    "amenity=social_facility, social_facility:for=senior": "elder_care",
    "amenity=social_facility, social_facility=nursing_home": "elder_care",
    "amenity=social_facility, social_facility=group_home, social_facility:for=child": "",
    "amenity=social_facility, name=日间照料中心": "elder_care",
    "amenity=community_centre": "community_service culture",
    "office=government, name=海珠社区居委会": "community_service",
    "office=government, name=Tax office": "",
    "office=company": "",
    "amenity=library": "library culture",
    "amenity=cafe; library": "restaurant library culture",
    "amenity=library, access=students": "",
    "amenity=arts_centre": "culture",
    "leisure=pitch": "sports",
    "leisure=pitch, access=private": "",
    "leisure=fitness_centre": "fitness",
    "leisure=fitness_station": "fitness playground",
    "leisure=playground": "playground green",
    "leisure=playground, access=customers": "",
    "amenity=bank": "bank",
    "amenity=atm": "",
    "amenity=parcel_locker": "parcel post",
    "amenity=vending_machine, vending=parcel_pickup": "parcel post",
    "amenity=vending_machine, vending=drinks": "",
    "amenity=post_box": "",
    "amenity=post_office": "post",
    "shop=hairdresser": "hairdresser",
    "shop=dry_cleaning": "laundry",
    "leisure=park": "park green",
    "leisure=park, fee=yes": "park green",
    "leisure=park, tourism=zoo": "",
    "leisure=park, access=private": "",
    "leisure=garden": "",
    "leisure=garden, name=Jardin exotique": "park green",
    "leisure=garden, garden:type=botanical": "park green",
    "leisure=garden, name=Rose, garden:type=residential": "",
    "landuse=recreation_ground": "park green",
    "landuse=village_green": "green",
    "leisure=nature_reserve": "green",
    "landuse=grass": "",
    "natural=wood": "",
    "amenity=parking": "",
    "highway=bus_stop": "bus_stop",
    "highway=bus_stop, bus=no": "",
    "public_transport=platform, bus=yes": "bus_stop",
    "public_transport=platform": "bus_stop",
    "public_transport=platform, train=yes": "",
    "public_transport=platform, bus=yes, subway=yes": "bus_stop",
    "public_transport=stop_position, tram=yes": "bus_stop",
    "public_transport=stop_position": "",
    "public_transport=stop_position, train=yes": "",
    "railway=tram_stop": "bus_stop",
    "railway=platform, public_transport=platform": "",
    "amenity=bus_station": "",
    "railway=subway_entrance": "metro",
    "railway=station, station=subway": "metro",
    "railway=station": "",
    "disused:amenity=pharmacy": "",
    "was:shop=supermarket": "",
    "amenity=pharmacy, disused=yes": "",
    "amenity=pharmacy, abandoned=yes": "",
    "amenity=school, construction=yes": "",
    "landuse=construction, leisure=park": "",
    "leisure=park, opening_date=2031": "",
    "amenity=pharmacy, disused=no, construction=no": "pharmacy",
    "craft=shoemaker": "repair",
    "shop=car_repair": "",
    "amenity=recycling": "recycling",
    "amenity=toilets, access=customers": "",
    "amenity=toilets": "toilet",
    "amenity=police": "police",
    "amenity=bench": "",
}


@pytest.mark.parametrize(("text", "keys"), MEAN.items(), ids=MEAN.keys())
def test_tags_mean(text: str, keys: str) -> None:
    assert set(categories_of(tags(text))) == set(keys.split())


REFUSED = {
    "amenity=pharmacy, disused=yes": OUT_OF_USE,
    "amenity=library, access=private": REASONS["not_open"],
    "leisure=playground, access=customers": REASONS["customers_only"],
    "leisure=garden, garden:type=private, name=Mine": REASONS["private_garden"],
    "leisure=garden": REASONS["nameless_garden"],
    "leisure=park, tourism=theme_park": REASONS["theme_park"],
    "amenity=clinic, name=宠物诊所": REASONS["animals"],
    "amenity=clinic, name=美容诊所": REASONS["beauty"],
    "amenity=school, name=Fahrschule Ernst": REASONS["no_general_school"],
    "highway=bus_stop, bus=no": REASONS["no_bus"],
}


@pytest.mark.parametrize(("text", "reason"), REFUSED.items(), ids=REFUSED.keys())
def test_refusal_is_told(text: str, reason: str) -> None:
    found = matches(tags(text))
    assert found
    assert {match.refusal for match in found} == {reason}


def test_place_refused_in_one_category_may_count_in_another() -> None:
    found = {match.category: match.refusal for match in matches(tags(BOTH))}
    assert found == {"library": REASONS["not_open"], "culture": None}


BOTH = "amenity=library;arts_centre, access=members"


def test_unknown_school_is_counted_for_both_and_the_guess_told() -> None:
    guesses = {match.category: match.guess for match in matches(tags("amenity=school"))}
    assert guesses.keys() == {"primary_school", "secondary_school"}
    assert all("unknown level" in guess for guess in guesses.values())
    assert not any(match.guess for match in matches(tags("amenity=school, name=南山小学")))


def test_order_of_tags_changes_nothing() -> None:
    both = {"amenity": "library", "leisure": "playground", "shop": "supermarket"}
    assert matches(both) == matches(dict(reversed(both.items())))
    assert list(categories_of(both)) == [key for key in CATEGORIES if key in categories_of(both)]


def test_what_includes_what() -> None:
    assert counts_for("supermarket") == ("supermarket", "market", "convenience")
    assert counts_for("park") == ("park", "green")
    assert counts_for("green") == ("green",)
    assert counts_for("parcel") == ("parcel", "post")


# --- words ---

SAID = {
    "菜市场": "market",
    "农贸市场": "market",
    "城东农贸市场": "market",
    "Farmers' market": "market",
    "Farmers markets": "market",
    "wholesale market": None,
    "农副产品批发市场": None,
    "购物服务;综合市场;蔬菜市场": "market",
    "购物服务;综合市场;果品市场": "market",
    "购物服务;综合市场;小商品市场": None,
    "购物服务;综合市场;批发市场": None,
    "购物服务;超级市场;家乐福": "supermarket",
    "supermarket": "supermarket",
    "Local supermarkets": "supermarket",
    "便利店/超市": "supermarket",
    "超市/便利店": "convenience",
    "购物服务;便民商店/便利店;便民商店/便利店": "convenience",
    "Convenience_Store": "convenience",
    "corner shops": "convenience",
    "购物中心": "mall",
    "shopping-centre": "mall",
    "餐饮服务;中餐厅;四川菜": "restaurant",
    "住宿服务;宾馆酒店": None,
    "药店": "pharmacy",
    "医疗保健服务;医药保健销售店;药房": "pharmacy",
    "Pharmacies": "pharmacy",
    "兽药店": None,
    "社区卫生服务中心": "clinic",
    "西丽社区卫生服务站": "clinic",
    "口腔诊所": "clinic",
    "社区医院": "clinic",
    "宠物医院": None,
    "宠物诊所": None,
    "动物医院": None,
    "Pet clinic": None,
    "Vet clinic": None,
    "animal clinic": None,
    "Carpet clinic": "clinic",
    "整形美容诊所": None,
    "医疗保健服务;综合医院;三级甲等医院": "hospital",
    "hospitals": "hospital",
    "托儿所": "childcare",
    "Nurseries": "childcare",
    "幼儿园": "kindergarten",
    "阳光双语幼儿园": "kindergarten",
    "科教文化服务;学校;小学": "primary_school",
    "Primary schools": "primary_school",
    "小学生托管": None,
    "初中": "secondary_school",
    "High School": "secondary_school",
    "职业中学": None,
    "中学培训": None,
    "学校": None,
    "school": None,
    "驾校": None,
    "driving school": None,
    "大学": None,
    "养老院": "elder_care",
    "老年人日间照料中心": "elder_care",
    "养老保险": None,
    "care homes": "elder_care",
    "党群服务中心": "community_service",
    "Town halls": "community_service",
    "office": None,
    "图书馆": "library",
    "Libraries": "library",
    "文化活动中心": "culture",
    "文化传播公司": None,
    "体育馆": "sports",
    "sports_centre": "sports",
    "健身房": "fitness",
    "儿童游乐场": "playground",
    "中国农业银行": "bank",
    "bank": "bank",
    "bank;atm": "bank",
    "工商银行ATM": None,
    "food bank": None,
    "Blood bank": None,
    "embankment": None,
    "菜鸟驿站": "parcel",
    "邮局": "post",
    "Post Offices": "post",
    "理发店": "hairdresser",
    "干洗店": "laundry",
    "Laundries": "laundry",
    "家电维修": "repair",
    "汽车维修": None,
    "汽车服务;汽车维修;汽车综合维修": None,
    "公厕": "toilet",
    "派出所": "police",
    "公园": "park",
    "社区公园": "park",
    "ＰＡＲＫ": "park",
    "public parks": "park",
    "公园停车场": None,
    "公园内部设施": None,
    "风景名胜;公园广场;公园内部设施": None,
    "科技园": None,
    "car park": None,
    "Parking": None,
    "Industrial park": None,
    "theme park": None,
    "Garden centre": None,
    "废品回收站": "recycling",
    "绿地": "green",
    "滨河绿道": "greenway",
    "Greenways": "greenway",
    "防护绿地": None,
    "greenhouse": None,
    "公交站": "bus_stop",
    "交通设施服务;公交车站;公交车站相关": "bus_stop",
    "Bus stops": "bus_stop",
    "bus station": None,
    "长途客运站": None,
    "business": None,
    "地铁站": "metro",
    "火车站": None,
    "nan": None,
    "  ": None,
    "": None,
    "0": None,
}


@pytest.mark.parametrize(("words", "key"), SAID.items(), ids=[repr(word) for word in SAID])
def test_words_mean(words: str, key: str | None) -> None:
    assert category_from_words(words) == key


def test_every_category_that_is_measured_was_tried_above() -> None:
    assert {key for keys in MEAN.values() for key in keys.split()} >= MEASURED - UNTAGGED
    assert {key for key in SAID.values() if key} >= MEASURED
