"""A short run of the fuzzer, what long ones found, and that it would find a fault."""

from __future__ import annotations

import faulthandler
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fuzz import run
from tests.fuzz.subjects import SUBJECTS, Subject

ROUNDS = 8
"""How many broken files of each kind the suite reads; `run` reads more."""


@pytest.mark.parametrize("subject", SUBJECTS, ids=[subject.name for subject in SUBJECTS])
def test_the_sound_file_is_read(subject: Subject, tmp_path: Path) -> None:
    subject.write(tmp_path)
    subject.read(tmp_path)


def test_broken_files_are_read_or_refused_in_one_line() -> None:
    found = run.fuzz(range(ROUNDS * len(SUBJECTS)), seed=7)
    assert [f"#{one.number} {one.subject}: {one.what}" for one in found if one.is_fault] == []
    assert {one.what for one in found} == {run.READ, run.REFUSED}


def test_the_same_number_breaks_the_same_file(tmp_path: Path) -> None:
    contents = []
    for folder in (tmp_path / "one", tmp_path / "other"):
        folder.mkdir()
        run.break_file(SUBJECTS[2], folder, seed=3, number=5)
        contents.append([path.read_bytes() for path in sorted(folder.iterdir())])
    assert contents[0] == contents[1]


def _hang(_: Path) -> None:
    time.sleep(60)


def _crash(_: Path) -> None:
    faulthandler.disable()  # this one is meant; the log should not show it
    os.abort()


def _swell(_: Path) -> None:
    bytearray(3 * 1024**3)


def _fail(_: Path) -> None:
    message = "a bug"
    raise KeyError(message)


def _shout(_: Path) -> None:
    os.write(2, b"ERROR 1: not for planners")


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (_hang, "took longer"),
        (_crash, "crashed"),
        (_swell, "MemoryError"),
        (_fail, "KeyError"),
        (_shout, "not for planners"),
    ],
)
def test_a_fault_of_a_reader_is_found(
    read: object, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "MOST_SECONDS", 0.5)
    (found,) = run.fuzz(range(1), seed=1, subjects=(replace(SUBJECTS[2], read=read),))
    assert said in found.what
    assert found.is_fault
