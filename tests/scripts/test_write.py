"""Folders are whole or absent, held by one run; what goes wrong is one line. Text stays text."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pyogrio
import pytest
import shapely

from scripts.readback import read_results, read_whole
from scripts.writing import swapping
from scripts.writing.cells import cell_text
from scripts.writing.locking import workplace
from scripts.writing.sheets import Book, sheet
from scripts.writing.tables import workbook
from scripts.writing.write import beside, held, save, write_answer, write_whole
from spatial.errors import InputError

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="as POSIX has it")


def put(out: Path, what: str) -> None:
    """Write results that say what they are."""
    with beside(out) as folder:
        (folder / "maps").mkdir()
        (folder / "maps" / f"{what}.html").write_text(what)
        (folder / "summary.json").write_text(what)


def tree(folder: Path) -> dict[str, str]:
    """What lies in a folder, however deep."""
    return {
        path.relative_to(folder).as_posix(): path.read_text() if path.is_file() else "/"
        for path in folder.rglob("*")
    }


NEW = {"maps": "/", "maps/new.html": "new", "summary.json": "new"}
OLD = {"maps": "/", "maps/old.html": "old", "summary.json": "old"}


@pytest.fixture(params=["exchange", "moves"])
def out(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Old results, on a disk that can exchange folders, or cannot."""
    if request.param == "moves":
        monkeypatch.setattr(swapping, "exchange", no_exchange)
    put(tmp_path / "results", "old")
    return tmp_path / "results"


def no_exchange(*_: Path) -> None:
    raise OSError(errno.EINVAL, "this disk knows no exchange")


def refused(out: Path, match: str) -> None:
    """Writing there is one line."""
    with pytest.raises(InputError, match=match) as told:
        put(out, "new")
    assert "\n" not in str(told.value)


def test_what_was_there_is_replaced_and_the_rest_left(out: Path) -> None:
    (out / "mine").mkdir()
    (out / "mine" / "notes.txt").write_text("mine")
    put(out, "new")
    assert tree(out) == NEW | {"mine": "/", "mine/notes.txt": "mine"}
    assert [one.name for one in out.parent.iterdir()] == ["results"]


def test_a_failure_changes_nothing(out: Path) -> None:
    def fail_half_way() -> None:
        with beside(out) as folder:
            (folder / "summary.json").write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert tree(out.parent / "results") == OLD
    assert [one.name for one in out.parent.iterdir()] == ["results"]


def test_a_failure_of_the_first_run_leaves_no_folder(tmp_path: Path) -> None:
    def fail() -> None:
        with beside(tmp_path / "a" / "b" / "results") as folder:
            (folder / "summary.json").write_text("half")
            raise OSError(errno.ENOSPC, "full")

    with pytest.raises(InputError, match="the disk is full"):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_one_stands_in_stays_the_same(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(out / "maps")
    before = out.stat().st_ino
    put(Path(".."), "new")
    assert out.stat().st_ino == before
    if swapping.exchange is not no_exchange:  # where files are moved, folders made anew are new
        assert Path.cwd() == out / "maps"
        assert Path("new.html").read_text() == "new"
    monkeypatch.chdir(out)
    put(Path(), "newer")
    assert Path("summary.json").read_text() == "newer"
    assert Path.cwd() == out


@posix
def test_a_link_to_a_folder_stays_a_link(out: Path) -> None:
    link = out.with_name("link")
    link.symlink_to("results")
    put(link, "new")
    assert link.is_symlink()
    assert tree(out) == NEW
    gone = out.with_name("nowhere")
    gone.symlink_to("elsewhere")
    put(gone, "new")
    assert tree(out.with_name("elsewhere")) == NEW


@posix
def test_rights_times_and_files_of_the_planner_stay(out: Path) -> None:
    mine = out / "mine.txt"
    mine.write_text("mine")
    os.utime(mine, (1_000_000_000, 1_000_000_000))
    (out / "shown.txt").symlink_to("mine.txt")
    out.chmod(0o2750)
    same = mine.stat().st_ino
    umask = os.umask(0o027)
    try:
        put(out, "new")
    finally:
        os.umask(umask)
    assert out.stat().st_mode & 0o7777 == 0o2750
    assert (mine.stat().st_ino, mine.stat().st_mtime) == (same, 1_000_000_000)
    assert (out / "shown.txt").readlink() == Path("mine.txt")
    assert (out / "summary.json").stat().st_mode & 0o777 == 0o640
    assert (out / "summary.json").stat().st_nlink == 1


def test_the_log_of_an_open_geopackage_does_not_spoil_the_new_one(out: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        (out / f"results.gpkg{end}").write_text("old")
    (out / "mine.gpkg-wal").write_text("mine")
    with beside(out) as folder:
        (folder / "results.gpkg").write_text("new")
    assert sorted(one.name for one in out.glob("*.gpkg*")) == ["mine.gpkg-wal", "results.gpkg"]


def test_what_others_write_meanwhile_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "results"
    put(out, "old")
    swap = swapping.exchange

    def slow(one: Path, other: Path) -> None:
        swap(one, other)
        if not (out / "late.txt").exists():
            (out / "late.txt").write_text("late")
            (out / "maps" / "late.txt").write_text("late")

    monkeypatch.setattr(swapping, "exchange", slow)
    put(out, "new")
    if sys.platform in ("linux", "darwin"):
        assert tree(out) == NEW | {"late.txt": "late", "maps/late.txt": "late"}


def test_a_folder_of_very_many_files_is_not_linked_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "old")
    (tmp_path / "many").mkdir()
    for number in range(9):
        (tmp_path / "many" / str(number)).write_text("mine")
    monkeypatch.setattr(swapping, "_MOST_LINKS", 5)
    monkeypatch.setattr(swapping, "exchange", lambda *_: pytest.fail("linked"))
    put(tmp_path, "new")
    assert {**tree(tmp_path), **NEW} == tree(tmp_path)
    assert len(tree(tmp_path)) == len(NEW) + 10


def test_a_file_open_in_another_program_is_named_and_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "results"
    put(out, "old")
    monkeypatch.setattr(swapping, "exchange", no_exchange)
    rename = Path.rename

    def held_open(self: Path, target: Path) -> Path:
        if self == out / "summary.json":
            error = PermissionError(errno.EACCES, "in use", str(self))
            error.winerror = 32
            raise error
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", held_open)
    refused(out, "summary.json is open in another program; close it there and run again")
    assert tree(out) == OLD


@posix
def test_a_disk_of_its_own_is_written_to_from_within(tmp_path: Path) -> None:
    out = tmp_path / "disk"
    out.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(out)]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("may not mount")
    try:
        assert workplace(out).parent == out
        put(out, "old")
        put(out, "new")
        assert tree(out) == NEW
        with pytest.raises(InputError, match="the disk is full; free space"), beside(out) as folder:
            (folder / "summary.json").write_bytes(bytes(2 << 20))
        assert tree(out) == NEW
    finally:
        subprocess.run(["umount", str(out)], check=True)  # noqa: S607


# --- two runs -------------------------------------------------------------------------------------

HOLDER = """
import sys, time
from pathlib import Path
from scripts.writing.write import beside
with beside(Path(sys.argv[1])) as folder:
    (folder / "half.txt").write_text("half")
    print("held", flush=True)
    time.sleep(60)
"""


@posix
def test_the_second_run_is_refused_and_a_killed_one_leaves_no_lock(tmp_path: Path) -> None:
    out = tmp_path / "results"
    put(out, "old")
    theirs = [tmp_path / ".results.lifecircle-notes", tmp_path / ".lifecircle-x", out / ".hidden"]
    for path in theirs:
        path.write_text("theirs")
    words = [sys.executable, "-c", HOLDER, str(out)]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(words, stdout=subprocess.PIPE, env=env) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"held\n"
        refused(out, "another run is writing into it; wait until it has ended, or choose another")
        assert (workplace(out) / "new" / "half.txt").read_text() == "half"
        assert tree(out) == OLD | {".hidden": "theirs"}
        put(tmp_path / "other", "new")  # another folder beside it is free
        first.send_signal(signal.SIGKILL)
    assert (workplace(out) / "new" / "half.txt").exists()
    put(out, "new")
    assert tree(out) == NEW | {".hidden": "theirs"}
    assert not workplace(out).exists()
    assert all(path.read_text() == "theirs" for path in theirs)


def test_a_run_holds_its_folder_from_the_start(tmp_path: Path) -> None:
    out = tmp_path / "results"
    said: list[str] = []

    def other() -> None:
        try:
            put(out, "other")
        except InputError as error:
            said.append(str(error))

    with held(out):
        put(out, "new")  # its own
        second = threading.Thread(target=other)
        second.start()
        second.join()
        put(out, "new")
    assert len(said) == 1
    assert "another run" in said[0]
    assert tree(out) == NEW
    assert [one.name for one in tmp_path.iterdir()] == ["results"]


def test_one_within_another_is_one_with_it(tmp_path: Path) -> None:
    out = tmp_path / "results"
    answer(out, "0")
    with beside(out):
        answer(out, "1")
        assert read_results(out).summary["created"].endswith(".001+00:00")
        with beside(out) as folder:
            (folder / "more.txt").write_text("1")
        seen: list[str] = []
        other = threading.Thread(target=lambda: seen.append(wholly(out)))
        other.start()
        other.join()
        assert seen == ["0"]
    assert (out / "more.txt").read_text() == "1"
    (out / "more.txt").unlink()
    assert wholly(out) == "1"


# --- what a disk may say --------------------------------------------------------------------------


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    refused(tmp_path / "file", "is a file, not a folder")
    refused(tmp_path / "file" / "results", "a file stands where a folder must")
    assert (tmp_path / "file").read_text() == "mine"


@posix
def test_a_name_too_long_is_said(tmp_path: Path) -> None:
    refused(tmp_path / ("字" * 100), "too long a name")
    put(tmp_path / ("x" * 250), "new")  # as long as a disk takes, though an ending is added
    assert [len(one.name) for one in tmp_path.iterdir()] == [250]


def test_a_folder_without_the_right_to_write_is_said(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, how: path != out and may(path, how))
    refused(out, "may not be written to")
    assert tree(out) == OLD


def vanish_and_write(base: Path) -> None:
    with beside(base / "results") as folder:
        swapping._remove(base)  # noqa: SLF001
        (folder / "summary.json").write_text("new")


@posix
@pytest.mark.parametrize("what", ["results", "all"])
def test_a_folder_that_vanishes_is_said(tmp_path: Path, what: str) -> None:
    base = tmp_path / "base"
    put(base / "results", "old")
    with beside(base / "results") as folder:  # only the results: they are made anew
        (folder / "summary.json").write_text("new")
        swapping._remove(base / "results")  # noqa: SLF001
    assert tree(base / "results") == {"summary.json": "new"}
    if what == "all":
        with pytest.raises(InputError, match="vanished"):
            vanish_and_write(base)
        assert not base.exists()


def test_a_single_file_is_whole_or_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a" / "plan.toml"
    write_whole(path, b"old")
    path.chmod(0o640)
    write_whole(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="the disk is full"):
        write_whole(path, b"half")
    assert path.read_bytes() == b"new"
    assert [one.name for one in path.parent.iterdir()] == ["plan.toml"]
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="a file stands where a folder must"):
        write_whole(tmp_path / "file" / "plan.toml", b"x")


LAYER = gpd.GeoDataFrame(
    {"home": ["1"]}, geometry=[shapely.Point(5e5, 3.9e6)], crs="EPSG:4548"
)  # fmt: skip
ANSWER: dict[str, Any] = {
    "place": "x", "language": "en", "data": {"credit": "c", "date": None},
}  # fmt: skip


def answer(out: Path, what: str) -> None:
    """Write an answer with a file of every kind."""
    book = Book("en")
    sheet(book, "x", [[what]])
    pages = [("index.html", what), ("more.html", what)]
    created = f"2026-01-01T00:00:00.{int(what):03}+00:00"
    layers = {"homes": LAYER.assign(home=what)}
    write_answer(ANSWER | {"created": created}, layers, book, pages, out)


def wholly(out: Path) -> str:
    """Say which answer lies there; all its files agree."""
    results, layers = read_whole(out)
    what = str(int(results.summary["created"][20:23]))
    assert [*layers["homes"]["home"]] == [what]
    with closing(sqlite3.connect(out / "results.gpkg")) as file:
        dates = file.execute("SELECT DISTINCT last_change FROM gpkg_contents").fetchall()
    assert dates == [(f"2026-01-01T00:00:00.{int(what):03}Z",)]
    book = openpyxl.load_workbook(out / "tables.xlsx")
    assert book["x"]["A1"].value == what
    assert {one.read_text() for one in (out / "maps").iterdir()} == {what}
    assert {one.name for one in out.iterdir()} == {
        *("maps", "results.gpkg", "summary.json", "tables.xlsx")
    }
    return what


def is_one_line(error: InputError, out: Path) -> bool:
    return "\n" not in str(error) and str(error).startswith(str(out))


@posix
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS])
def test_whichever_write_fails_the_old_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    out = tmp_path / "results"
    answer(out, "0")
    at, asked = 0, 0

    def failing(real: Any, error: Exception) -> Any:
        def call(*words: Any, **named: Any) -> Any:
            nonlocal asked
            asked += 1
            if asked == at:
                raise error
            return real(*words, **named)

        return call

    full = OSError(number, os.strerror(number))
    with monkeypatch.context() as patch:
        for owner, name in (
            *((Path, one) for one in ("write_bytes", "write_text", "mkdir", "rename", "unlink")),
            *((os, one) for one in ("link", "fsync", "open")),
            (swapping, "exchange"),
        ):
            patch.setattr(owner, name, failing(getattr(owner, name), full))
        unsaid = pyogrio.errors.DataLayerError("Failed to commit transaction")
        patch.setattr(pyogrio, "write_dataframe", failing(pyogrio.write_dataframe, unsaid))
        locked = sqlite3.OperationalError("database or disk is full")
        patch.setattr(sqlite3, "connect", failing(sqlite3.connect, locked))
        outcomes = []
        while not outcomes or asked >= at:
            at, asked = at + 1, 0
            try:
                answer(out, str(at))
            except InputError as error:
                outcomes.append("refused" if is_one_line(error, out) else "badly said")
            else:
                outcomes.append(str(at))
            asked_then, asked = asked, -(10**6)  # looking on fails nowhere
            last = [one for one in outcomes if one != "refused"]
            assert wholly(out) == (last[-1] if last else "0")
            assert len(list(tmp_path.iterdir())) in (1, 2)
            asked = asked_then
    assert outcomes.count("refused") > 15
    answer(out, "999")
    assert wholly(out) == "999"
    assert [one.name for one in tmp_path.iterdir()] == ["results"]


# --- reading while another run ends ---------------------------------------------------------------


def test_readers_see_the_old_or_the_new(tmp_path: Path) -> None:
    out = tmp_path / "results"
    answer(out, "0")
    stop = threading.Event()

    def rewrite() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            answer(out, str(number))

    writer = threading.Thread(target=rewrite)
    writer.start()
    try:
        found = [read_whole(out) for _ in range(20)]
        seen = [layers["homes"]["home"][0] for _, layers in found]
        assert seen == [str(int(one.summary["created"][20:23])) for one, _ in found]
    except InputError as error:  # faster than any measuring: asked to try again, never given both
        assert "written anew" in str(error)  # noqa: PT017
        seen = []
    finally:
        stop.set()
        writer.join()
    assert seen == sorted(seen, key=int)


def test_results_written_anew_are_not_mixed_with_those_opened(tmp_path: Path) -> None:
    out = tmp_path / "results"
    answer(out, "0")
    opened = read_results(out)
    assert len(opened.layer("homes")) == 1
    answer(out, "999")
    with pytest.raises(InputError, match="written anew since it was opened"):
        opened.layer("homes")
    assert wholly(out) == "999"


# --- text -----------------------------------------------------------------------------------------


def figures(name: str) -> dict[str, object]:
    source = {"document": name, "clause": "-", "year": None, "status": "U"}
    part = {"served": 1.0, "share": None, "low": None, "high": None}
    one = {
        "zh": name, "en": name, "reach_m": 300.0, "facilities": 0, "entrances": 0, "total": 0.0,
        "network": part, "straight": part, "unconnected": 0.0, "edge_uncertain": 0.0,
        "source": source, "unserved": {"too_far": 1.0}, "straight_minus_network": {},
    }  # fmt: skip
    return {
        "language": "en",
        "unit": "homes",
        "data": {"credit": name, "date": None},
        "walker": {"usual": True, "en": name, "zh": name},
        "layers": {name: {"read": 1, "used": 0, "repaired": 0, "dropped": 1, "reasons": {name: 1}}},
        "standards": {"x": one},
    }


@pytest.mark.parametrize(
    "name",
    ["=1+1", "+1", "@SUM(A1)", "-1", "{{ 7*7 }}", "任城\x00区\x1f", "a" * 40_000, "\u202eab"],
)
def test_text_stays_text(tmp_path: Path, name: str) -> None:
    gaps = gpd.GeoDataFrame(
        {"gap": [1], "name": [name], "people": [1.0], "homes": [1],
         "reason": ["too_far"], "walk_m": [float("nan")],
         "straight_m": [None], "facility": [name]},
        geometry=[shapely.Point(0, 0)],
    )  # fmt: skip
    path = tmp_path / "tables.xlsx"
    homes = gpd.GeoDataFrame(
        {"home": [name], "name": [name], "weight": [1.0], "reason": [None],
         "status": ["unconnected"]},
        geometry=[shapely.Point(0, 0)],
    )  # fmt: skip
    save(workbook(figures(name), {"x_gaps": gaps, "homes": homes}), path)
    book = openpyxl.load_workbook(path)
    shown = cell_text(name)[0]
    assert book["Coverage"]["A2"].value == shown
    assert book["Coverage"]["A2"].data_type == "s"
    assert book["Gaps"]["C2"].value == shown
    assert book["Gaps"]["G2"].value is None
    assert book["Data"]["B1"].data_type == "s"
    assert book["Unconnected"]["A2"].value == shown
