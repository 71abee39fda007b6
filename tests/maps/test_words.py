"""The table of words: both languages whole, no entry idle, every place filled."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import maps
from layers.schema import COLUMNS
from maps.parts.why import every
from maps.words import TABLE, Words
from spatial.reasons import REASONS

FOLDER = Path(maps.__file__).parent
AS_THEY_ARE = re.compile(
    r"Chrome|Edge|Firefox|Safari|WGS 84|GCJ-02|BD-09|CGCS2000|QGIS|GeoJSON|CSV|PDF"
    r"|Esc|Ctrl|SHA-256|Delete|OpenStreetMap|\w+\.(gpkg|json|html)|lifecircle( \w+)?"
)
"""Names that Chinese uses as they are; and those of files."""

PLACES = re.compile(r"\{(\w+)\}")


def programme() -> str:
    """All our Python and JavaScript, but for the table itself."""
    files = [*FOLDER.rglob("*.py"), *FOLDER.glob("assets/**/*.js")]
    others = [file for file in files if file.parent.name != "lexicon" and file.name != "words.py"]
    return "\n".join(file.read_text("utf-8") for file in others)


def test_both_languages_say_everything() -> None:
    assert all(zh and en for zh, en in TABLE.values())


def test_both_languages_leave_the_same_places() -> None:
    differing = [
        key for key, (zh, en) in TABLE.items() if set(PLACES.findall(zh)) != set(PLACES.findall(en))
    ]
    assert differing == []


def test_chinese_is_chinese_and_english_is_english() -> None:
    letters = re.compile(r"[A-Za-z]{2,}")
    words = [AS_THEY_ARE.sub("", PLACES.sub("", zh)) for zh, _ in TABLE.values()]
    assert [zh for zh in words if letters.search(zh)] == []
    assert [en for _, en in TABLE.values() if re.search("[\u3000-\u9fff]", en)] == []


def test_every_entry_is_said_somewhere() -> None:
    text = programme() + (FOLDER / "words.py").read_text("utf-8").split("_PLACE =")[1]
    literal = set(re.findall(r"""["'](\w+)["']""", text))
    begun = tuple(set(re.findall(r"""["'](\w+_)(?:["'] \+|\{)""", text)))
    idle = [key for key in TABLE if key not in literal and not key.startswith(begun)]
    assert idle == []


def test_every_key_that_is_said_exists() -> None:
    said = set(re.findall(r"""\bsay\(\s*["'](\w+)["'](?! \+)""", programme()))
    assert said - set(TABLE) == set()
    assert len(said) > 50


@pytest.mark.parametrize(
    ("count", "people", "said"),
    [
        (1, False, "1 home"),
        (12345, False, "12,345 homes"),
        (12345, True, "12,350 residents"),
        (4, True, "fewer than 10 residents"),
        (0, True, "0 residents"),
    ],
)
def test_amounts_of_homes_are_exact_and_of_people_in_tens(
    count: int, *, people: bool, said: str
) -> None:
    assert Words("en").amount(count, people=people) == said


def test_what_fills_a_place_is_not_read_again() -> None:
    assert Words("en").say("gap_near", landmark="{n} {landmark}") == "Around {n} {landmark}"


def test_every_layer_and_every_reason_has_words() -> None:
    assert [layer for layer in COLUMNS if f"layer_{layer}" not in TABLE] == []
    for language in ("zh", "en"):
        said = every(Words(language))
        assert len(set(said)) == len(REASONS)
        assert all(said)
