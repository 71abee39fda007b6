"""Killed at any moment, a run leaves the old results, or the new, or none: never a part."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills children by signal")

ROOT = Path(__file__).parents[2]


def killed_everywhere(tmp_path: Path, mode: str) -> dict[str, Any]:
    """Kill a small run at each of its calls to the system."""
    words = [sys.executable, str(Path(__file__).with_name("killing.py")), str(tmp_path / "k"), mode]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["kills"] > 20
    return told


def test_an_onlooker_sees_the_old_or_the_new(tmp_path: Path) -> None:
    told = killed_everywhere(tmp_path, "exchange")
    old = {"is": "old", "gone": True, "own": 2}
    new = {"is": "new", "gone": False, "own": 2}
    assert all(one in (old, new) for one in told["found"])
    assert old in told["found"]
    assert new in told["found"]
    following = new | {"is": "next", "litter": ["results"]}
    assert all(one in (old, new, following) for one in told["after"])
    assert told["after"][1::2] == [following] * told["kills"]


def test_the_first_run_leaves_nothing_or_all(tmp_path: Path) -> None:
    told = killed_everywhere(tmp_path, "first")
    assert {one["is"] for one in told["found"]} == {"absent", "new"}
    assert {one["is"] for one in told["after"][1::2]} == {"next"}


def test_where_folders_cannot_be_exchanged_the_next_command_puts_it_right(tmp_path: Path) -> None:
    told = killed_everywhere(tmp_path, "moves")
    assert "mixed" in {one["is"] for one in told["found"]}  # else this test would test nothing
    assert {one["is"] for one in told["after"][::2]} == {"old", "new"}
    assert all(one["own"] == 2 for one in [*told["found"], *told["after"]])
    assert all(one["litter"] == ["results"] for one in told["after"][1::2])


def test_what_a_killed_measuring_leaves_is_whole() -> None:
    """The short form of ``tests/fuzz/kills.py``, which is run with 200 kills by hand."""
    words = [sys.executable, str(ROOT / "tests" / "fuzz" / "kills.py"), "--verb", "measure"]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*words, "--kills", "6"], capture_output=True, text=True, check=False, env=env
    )
    assert done.returncode == 0, done.stderr
    assert "'killed': 6" in done.stdout
