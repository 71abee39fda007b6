"""Kill `lifecircle` at random moments, and look at what it leaves.

::

    python tests/fuzz/kills.py --kills 200 --verb run

Each run is a child that measures a small town (and draws its maps) under a name of its own, and is
killed by SIGKILL: a third at any moment of their lives, a third while the new results are put in
place of the old, a third around the very step in which they change places. What lies there is then
read as a planner would: every file, every layer, every sheet, every page; all must bear the name of
one run. The next run must follow as if nothing had been.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pyogrio
import rasterio

from scripts.main import main as lifecircle
from scripts.writing import swapping, write
from tests.faults.town import write_town

if TYPE_CHECKING:
    from collections.abc import Callable

AIMS = ("any moment", "putting in place", "changing places")
FIRST = 10
"""So often nothing lies there before."""
SWAP_S = 0.005


def plan_of(town: Path, number: int) -> None:
    """Give the plan's data a credit that stands in every file a run writes."""
    plan = town / "plan.toml"
    before = plan.read_text("utf-8").partition("\n[data]\n")[0]
    plan.write_text(f'{before}\n[data]\ncredit = "run {number}."\n', "utf-8")


def run(town: Path, verb: str, pipe: int, aim: str) -> None:
    """Be the child: run a command; say when it comes to what is aimed at."""

    def telling(step: Callable[..., None]) -> Callable[..., None]:
        def told(*words: Path) -> None:
            os.write(pipe, b"!")
            step(*words)

        return told

    if aim == "changing places":
        swapping.exchange = telling(swapping.exchange)
    else:
        write.put = telling(write.put)
    sys.argv = ["lifecircle", verb, str(town / "plan.toml"), "--quiet"]
    code = 0
    try:
        lifecircle()
    except SystemExit as stop:
        code = int(stop.code or 0)
    os._exit(code)


def killed(town: Path, verb: str, after_s: float, aim: str) -> bool:
    """Run, and kill so long after the start, or after what is aimed at has begun."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        run(town, verb, writing, aim)
    os.close(writing)
    if aim != "any moment":
        os.read(reading, 1)  # nothing at all, if the run has failed
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    ended = os.waitpid(child, 0)[1]
    os.close(reading)
    if os.WIFEXITED(ended) and os.WEXITSTATUS(ended):
        message = f"a run ended by itself with {os.WEXITSTATUS(ended)}"
        raise RuntimeError(message)
    return os.WIFSIGNALED(ended)


def seen(out: Path, verb: str) -> str:
    """Read everything that lies there; give the run it all is of.

    Raises
    ------
    Exception
        Whatever reading says, or AssertionError, if anything is not whole.
    """
    if not out.exists():
        return "absent"
    figures = json.loads((out / "summary.json").read_text("utf-8"))
    mark = figures["data"]["credit"]
    with closing(sqlite3.connect(out / "results.gpkg")) as file:
        said = file.execute("SELECT description FROM gpkg_contents").fetchall()
        dates = file.execute("SELECT DISTINCT last_change FROM gpkg_contents").fetchall()
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert {text for (text,) in said} == {mark}
    assert [date[:19] for (date,) in dates] == [figures["created"][:19]]
    for name, _ in pyogrio.list_layers(out / "results.gpkg"):
        pyogrio.read_dataframe(out / "results.gpkg", layer=name)
    assert pyogrio.read_info(out / "results.gpkg", layer="homes")["features"] == figures["homes"]
    book = openpyxl.load_workbook(out / "tables.xlsx")
    assert book["Data"]["B1"].value == mark
    for path in (out / "walks").iterdir():
        with rasterio.open(path) as raster:
            assert raster.tags()["TIFFTAG_COPYRIGHT"] == mark
            raster.read(1)
    if verb == "run":
        for path in (out / "maps").glob("*.html"):
            page = path.read_text("utf-8")
            assert mark in page
            assert page.rstrip().endswith("</html>")
        assert (out / "maps" / "index.html").exists()
    return str(mark)


def duration_s(town: Path, verb: str) -> tuple[float, float]:
    """Measure how long a good run takes, and putting in place."""
    reading, writing = os.pipe()
    start = time.perf_counter()
    child = os.fork()
    if not child:
        run(town, verb, writing, "putting in place")
    os.read(reading, 1)
    began = time.perf_counter()
    assert os.waitpid(child, 0)[1] == 0
    end = time.perf_counter()
    return end - start, end - began


def main(kills: int, verb: str, seed: int) -> Counter[str]:
    """Kill so many runs; count what was left."""
    chance, count = random.Random(seed), Counter[str]()  # noqa: S311 - no secret
    town = Path(tempfile.mkdtemp(prefix="kills-"))
    write_town(town)
    out = town / "results"
    notes = out / "mine" / "notes.txt"
    plan_of(town, 0)
    whole_s, putting_s = duration_s(town, verb)
    before = seen(out, verb)
    number = 0
    while count["killed"] < kills:
        number += 1
        plan_of(town, number)
        if number % FIRST == 0:
            shutil.rmtree(out, ignore_errors=True)
            before = "absent"
        elif out.exists():
            notes.parent.mkdir(parents=True, exist_ok=True)
            notes.write_text("the planner's own")
        aim = AIMS[number % 3]
        longest_s = {"any moment": whole_s, "putting in place": putting_s}.get(aim, SWAP_S)
        died = killed(town, verb, chance.uniform(0, longest_s), aim)
        now = seen(out, verb)
        assert before == "absent" or notes.read_text() == "the planner's own"
        assert now in (before, f"run {number}."), (before, now)
        count["killed" if died else "ended before"] += 1
        count[f"{'old' if now == before else 'new'} left"] += died
        before = now
    plan_of(town, number + 1)
    duration_s(town, verb)
    assert seen(out, verb) == f"run {number + 1}."
    left = [one.name for one in town.iterdir() if "lifecircle" in one.name]
    assert not left, left
    shutil.rmtree(town)
    return count


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--kills", type=int, default=200)
    words.add_argument("--verb", choices=["measure", "run"], default="run")
    words.add_argument("--seed", type=int, default=6)
    given = words.parse_args()
    began = time.perf_counter()
    found = main(given.kills, given.verb, given.seed)
    print(f"{dict(found)} in {time.perf_counter() - began:.0f} s")  # noqa: T201
