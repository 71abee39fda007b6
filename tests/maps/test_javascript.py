"""The algorithms in the pages, tested by node's own test runner."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

FILES = sorted((Path(__file__).parent / "js").glob("*.test.js"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_node_finds_nothing_wrong(file: Path) -> None:
    node = shutil.which("node")
    if node is None:
        reason = "needs node on the PATH: install nodejs to test what the pages compute"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    ran = subprocess.run([node, "--test", file], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-4000:]
