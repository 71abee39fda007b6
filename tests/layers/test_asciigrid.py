"""Esri ASCII rasters whose cells are numbers, and as many as they should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers import asciigrid
from layers.asciigrid import refuse_broken
from spatial.errors import InputError

HEAD = "ncols 3\nnrows 2\nxllcorner 0.5\nyllcorner 0\ncellsize 100\nNODATA_value -9999\n"


def looked_at(folder: Path, text: str) -> None:
    path = folder / "a.asc"
    path.write_bytes(text.encode())
    refuse_broken(path)


@pytest.mark.parametrize(
    "cells",
    [
        "1 2 3\n4 5 6\n",
        "1 2 3\r\n4 5 6\r\n",
        "1 2 3 4\n5 6",
        " 1\t2  3\n\n4 5 6 \n\n",
        "1,5 -2.5 3e-3\n+4 5E2 -9999\n",
        "nan NaN -nan\ninf -inf 6\n",
    ],
)
@pytest.mark.parametrize("piece", [1, 7, 16_000_000])
def test_what_is_whole_is_let_pass(
    tmp_path: Path, cells: str, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asciigrid, "_PIECE", piece)
    looked_at(tmp_path, HEAD + cells)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("1 2 3\n4 5 x6\n", "line 8 holds 'x6' for a number; write its no-data value there"),
        ("1 2 NA\n4 5 6\n", "line 7 holds 'NA' for a number"),
        ("1 2 3\n4 5 \xff\n", "line 8 holds"),
        ("1 2 3\n4 5\n", "holds 5 cells, where its head says 3 x 2"),
        ("1 2 3\n4 5 6 7\n", "holds 7 cells"),
        ("1;2;3\n4;5;6\n", "line 7 holds '1;2;3'"),
        ("", "holds 0 cells"),
    ],
)
@pytest.mark.parametrize("piece", [1, 7, 16_000_000])
def test_what_is_not_is_refused(
    tmp_path: Path, cells: str, said: str, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asciigrid, "_PIECE", piece)
    with pytest.raises(InputError) as caught:
        looked_at(tmp_path, HEAD + cells)
    assert said in str(caught.value)


def test_a_head_without_size_is_left_to_whoever_reads_it(tmp_path: Path) -> None:
    looked_at(tmp_path, "1 2 3\n")
    looked_at(tmp_path, "")
