"""The block of data: what goes in comes out, and nothing in it can break out."""

from __future__ import annotations

import json

import pytest

from maps.page.payload import data_block

OPEN, CLOSE = '<script type="application/json" id="data">', "</script>"


def test_hostile_names_come_back_as_they_were(hostile: tuple[str, ...]) -> None:
    block = data_block({"names": list(hostile)})
    inside = block.removeprefix(OPEN).removesuffix(CLOSE)
    assert json.loads(inside) == {"names": list(hostile)}


def test_no_letter_of_html_stands_in_the_block(hostile: tuple[str, ...]) -> None:
    inside = data_block({name: name for name in hostile}).removeprefix(OPEN).removesuffix(CLOSE)
    assert not set("<>&\u2028\u2029") & set(inside)


def test_half_a_surrogate_pair_does_not_stop_the_page() -> None:
    data_block({"name": "\ud83c"}).encode("utf-8")


def test_numbers_that_json_has_not_are_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        data_block({"metres": float("nan")})
