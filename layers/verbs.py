"""What words say that a change does, in Chinese and in English; the verbs are `VERBS`.

Most are put together from an act (新增, remove) and a thing (公园, street): a thing that is a
category of `layers.categories` makes a facility of that category.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from layers.categories import category_from_words, fold
from layers.sifting import LINE
from spatial.changes import VERBS

if TYPE_CHECKING:
    from collections.abc import Mapping

IN_CHINESE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "add_facility": "新增设施",
        "move_facility": "迁移设施",
        "remove_facility": "撤销设施",
        "add_gate": "新增出入口",
        "open_gate": "打开小区",
        "close_gate": "关闭出入口",
        "add_street": "新增道路",
        "open_street": "打通道路",
        "close_street": "封闭道路",
        "add_people": "新增居民",
        "set_people": "人口改为",
    }
)
"""What messages and documents call each verb in Chinese."""


@dataclass(frozen=True)
class Deed:
    """What words say that a change does.

    Attributes
    ----------
    do
        A verb; empty where the words only say that something is added, and its shape tells what.
    category, kind
        Of the facility or the street, where the words name them.
    """

    do: str
    category: str | None = None
    kind: str | None = None


_ACTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "add": ("新增", "新建", "增设", "增加", "添加", "规划", "add", "new", "build"),
        "move": ("迁移", "搬迁", "迁建", "移动", "move", "relocate"),
        "remove": ("删除", "撤销", "取消", "移除", "拆除", "remove", "delete"),
        "open": ("打开", "开放", "打通", "open"),
        "close": ("关闭", "封闭", "close"),
        "set": ("设定", "修改", "调整", "set", "change"),
    }
)

_THINGS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "gate": ("出入口", "入口", "门", "gate", "entrance"),
        "bridge": ("桥", "桥梁", "隧道", "地道", "地下通道", "bridge", "tunnel", "underpass"),
        "gap": ("断头路", "断点", "dead end", "gap", "missing link"),
        "street": (
            *("路", "街", "街道", "巷", "通道", "过街", "人行横道", "斑马线"),
            *("street", "road", "path", "link", "crossing"),
        ),
        "people": (
            *("居民", "人口", "住户", "住宅", "楼盘"),
            *("people", "residents", "population", "homes", "housing"),
        ),
    }
)
"""What the words after an act end with."""

_DEEDS: Final[Mapping[tuple[str, str], Deed]] = MappingProxyType(
    {
        ("add", "gate"): Deed("add_gate"),
        ("open", "gate"): Deed("open_gate"),
        ("close", "gate"): Deed("close_gate"),
        ("remove", "gate"): Deed("close_gate"),
        ("add", "bridge"): Deed("add_street", kind="bridge"),
        ("add", "gap"): Deed("add_street"),
        ("open", "gap"): Deed("add_street"),  # what is missing must be built
        ("add", "street"): Deed("add_street"),
        ("open", "bridge"): Deed("open_street"),
        ("open", "street"): Deed("open_street"),
        ("close", "bridge"): Deed("close_street"),
        ("close", "street"): Deed("close_street"),
        ("remove", "bridge"): Deed("close_street"),
        ("remove", "street"): Deed("close_street"),
        ("add", "people"): Deed("add_people"),
        ("set", "people"): Deed("set_people"),
    }
)

_WHOLE: Final[Mapping[str, Deed]] = MappingProxyType(
    {
        **{verb: Deed(verb) for verb in VERBS},
        **{verb.replace("_", " "): Deed(verb) for verb in VERBS},
        **dict.fromkeys(("新增", "新建", "add", "new"), Deed("")),
        **dict.fromkeys(("迁移", "搬迁", "move", "relocate"), Deed("move_facility")),
        **dict.fromkeys(("删除", "撤销", "取消", "remove", "delete"), Deed("remove_facility")),
        **dict.fromkeys(
            ("新增站点", "新增站", "新增车站", "add stop", "new stop"),
            Deed("add_facility", category="bus_stop"),
        ),
        **dict.fromkeys(("迁移站点", "move stop"), Deed("move_facility", category="bus_stop")),
        **dict.fromkeys(
            ("撤销站点", "取消站点", "删除站点", "remove stop"),
            Deed("remove_facility", category="bus_stop"),
        ),
        "开门": Deed("add_gate"),
        "关门": Deed("close_gate"),
        **dict.fromkeys(("打开小区", "开放小区", "open compound"), Deed("open_gate")),
        **dict.fromkeys(
            ("桥", "天桥", "人行天桥", "footbridge"), Deed("add_street", kind="bridge")
        ),
        "打通": Deed("open_street"),
        "封路": Deed("close_street"),
        "新增小区": Deed("add_people"),
        **dict.fromkeys(
            ("人口改为", "人口设为", "人口变为", "人口调整为", "居民改为"), Deed("set_people")
        ),
    }
)

_FACILITY: Final = frozenset(("设施", "facility"))

_BRIDGES: Final = frozenset(
    (
        *("bridge", "footbridge", "tunnel", "underpass", "overpass"),
        *("桥", "桥梁", "天桥", "人行天桥", "过街天桥", "人行桥", "隧道", "地道", "地下通道"),
    )
)
_STREETS: Final = frozenset(
    ("street", "road", "path", "道路", "路", "街道", "地面", "步行道", "人行道", "crossing")
)


def deed_from_words(text: str) -> Deed | None:
    """Understand what somebody wrote that a change does; None where nothing fits.

    Examples
    --------
    >>> deed_from_words("新增口袋公园")
    Deed(do='add_facility', category='park', kind=None)
    >>> deed_from_words("Add footbridge"), deed_from_words("close_street").do
    (Deed(do='add_street', category=None, kind='bridge'), 'close_street')
    >>> deed_from_words("paint it green") is None
    True
    """
    words = fold(text.replace("_", " ").replace("-", " "))
    return _WHOLE.get(words) or _WHOLE.get(words.replace(" ", "")) or _put_together(words)


def kind_from_words(text: str) -> str | None:
    """Understand what kind of street is meant, one of `STREET_KINDS`; None where nothing fits.

    Examples
    --------
    >>> kind_from_words("人行天桥"), kind_from_words("Street"), kind_from_words("rope")
    ('bridge', 'street', None)
    """
    words = fold(text)
    if words in _BRIDGES:
        return "bridge"
    return "street" if words in _STREETS else None


def deed_from_shape(dimension: int | None, *, category: bool, people: bool) -> str | None:
    """Tell what is added where nobody says it; None unless it can only be one thing.

    A point or an area with a category is a new facility, a line with neither category nor people
    a new street.

    Examples
    --------
    >>> deed_from_shape(2, category=True, people=False)
    'add_facility'
    >>> deed_from_shape(0, category=False, people=True) is None
    True
    """
    if dimension is None or people:
        return None
    if dimension == LINE:
        return None if category else "add_street"
    return "add_facility" if category else None


def _put_together(words: str) -> Deed | None:
    """Understand an act and a thing."""
    act, thing = _act(words)
    if not act:
        return None
    facility = f"{act}_facility"
    if thing in _FACILITY and facility in VERBS:
        return Deed(facility)
    ends = [
        (len(end), kind) for kind, all_ in _THINGS.items() for end in all_ if thing.endswith(end)
    ]
    for _, kind in sorted(ends, reverse=True):
        if (act, kind) in _DEEDS:
            return _DEEDS[act, kind]
    category = category_from_words(thing) if thing else None
    return Deed(facility, category) if category and facility in VERBS else None


def _act(words: str) -> tuple[str, str]:
    """Split words into an act and what follows it; both are empty where no act comes first."""
    for act, beginnings in _ACTS.items():
        for beginning in beginnings:
            thing = words.removeprefix(beginning)
            cut_short = beginning.isascii() and thing[:1].isalpha()
            if thing != words and not cut_short:
                return act, thing.strip(" :：的")
    return "", ""
