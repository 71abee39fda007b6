"""Archives: names in Chinese, files that belong together, and what would do harm."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from layers.files import archives
from layers.files.archives import unpacked
from layers.records import LayerOptions
from layers.vector import read_layer
from spatial.errors import InputError

ENDINGS = [".shp", ".dbf"]


def pack(path: Path, members: dict[str, bytes], encoding: str | None = None) -> Path:
    """Pack files; with an encoding as programs that do not say in which their names are."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(members.items()):
            archive.writestr(name if encoding is None else f"{number:04}{name[-4:]}", content)
    if encoding is None:
        return path
    for number, name in enumerate(members):
        plain, wanted = f"{number:04}".encode(), name[:-4].encode(encoding)
        assert len(wanted) == len(plain)
        path.write_bytes(path.read_bytes().replace(plain, wanted))
    return path


def refused(words: str, path: Path) -> None:
    with pytest.raises(InputError, match=words) as caught, unpacked(path, ENDINGS):
        pass
    assert "\n" not in str(caught.value)


@pytest.fixture(autouse=True)
def _nothing_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    room = tmp_path / "room"
    room.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(room))
    yield
    assert list(room.iterdir()) == []


def test_files_that_belong_together_lie_side_by_side(tmp_path: Path) -> None:
    members = {"甲/路.SHP": b"1", "甲/路.dbf": b"2", "乙/路.shp": b"3", "甲/readme.pdf": b"4"}
    with unpacked(pack(tmp_path / "z.zip", members), ENDINGS) as found:
        assert [member.name for member in found] == ["甲/路.SHP", "甲/路.dbf", "乙/路.shp"]
        first, table, second = (member.file for member in found)
        assert first.with_suffix(".dbf") == table
        assert first.stem != second.stem
        assert [file.read_bytes() for file in (first, table, second)] == [b"1", b"2", b"3"]
        assert tmp_path / "room" in first.parents
    assert not first.exists()


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_in_chinese_without_a_mark(tmp_path: Path, encoding: str) -> None:
    name = {"gbk": "公园.shp", "utf-8": "园1.shp"}[encoding]
    with unpacked(pack(tmp_path / "z.zip", {name: b""}, encoding), ENDINGS) as found:
        assert [member.name for member in found] == [name]


def test_a_folder_that_is_one_file(tmp_path: Path) -> None:
    members = {"数据/市.GDB/a1": b"1", "数据/市.GDB/a2": b"2", "别.gdb/a1": b"3"}
    path = pack(tmp_path / "z.zip", members)
    with unpacked(path, ENDINGS, folders=[".gdb"]) as found:
        assert [member.name for member in found] == ["数据/市.GDB", "别.gdb"]
        assert {file.name: file.read_bytes() for file in found[0].file.iterdir()} == {
            "a1": b"1",
            "a2": b"2",
        }
        assert found[0].file.suffix == ".gdb"


def test_rubbish_of_other_programs_is_passed(tmp_path: Path) -> None:
    members = {"__MACOSX/._p.shp": b"", "p.shp": b"", ".DS_Store": b""}
    with unpacked(pack(tmp_path / "z.zip", members), ENDINGS) as found:
        assert [member.name for member in found] == ["p.shp"]


@pytest.mark.parametrize(
    "name", ["../p.shp", "a/../../p.shp", "/p.shp", "C:p.shp", "..\\p.shp", "\\\\host\\p.shp"]
)
def test_paths_that_lead_out(tmp_path: Path, name: str) -> None:
    refused("holds a path that leads out of it", pack(tmp_path / "z.zip", {name: b"x"}))
    assert sorted(tmp_path.rglob("*.shp")) == []


def test_names_that_differ_in_case_only(tmp_path: Path) -> None:
    refused("cannot be read|two files", pack(tmp_path / "z.zip", {"p.shp": b"1", "P.shp": b"2"}))


def test_two_files_of_one_name(tmp_path: Path) -> None:
    path = tmp_path / "z.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("p.shp", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("p.shp", b"2")
    refused("holds two files of one name: 'p.shp'", path)


def test_an_archive_that_says_it_swells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_SMALL", 10_000)
    refused("swells to .* times its size", pack(tmp_path / "z.zip", {"p.shp": b"0" * 10_000_000}))


def test_an_archive_that_swells_unsaid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes are counted while they are unpacked, whatever the archive says of itself."""
    monkeypatch.setattr(archives, "_SMALL", 10_000)
    monkeypatch.setattr(archives, "_PIECE", 1_000)
    path = pack(tmp_path / "z.zip", {"p.shp": b"0" * 10_000_000})
    told = struct.pack("<I", 10_000_000)
    path.write_bytes(path.read_bytes().replace(told, struct.pack("<I", 5_000)))
    refused("swells|cannot be read", path)


def test_much_of_the_same_may_be_packed_well(tmp_path: Path) -> None:
    path = pack(tmp_path / "z.zip", {"p.shp": b"0" * 10_000_000})
    assert path.stat().st_size * archives.MOST_TIMES < 10_000_000
    with unpacked(path, ENDINGS) as found:
        assert found[0].file.stat().st_size == 10_000_000


def _whole_archive() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        parks = gpd.GeoDataFrame({"name": ["甲"]}, geometry=[box(116, 35, 117, 36)], crs=4326)
        parks.to_file(Path(folder, "p.shp"), encoding="gbk")
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in Path(folder).iterdir():
                archive.write(file, file.name)
    return content.getvalue()


WHOLE = _whole_archive()


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 6))
def test_broken_archives_are_read_or_refused(seed: int, times: int) -> None:
    chance = random.Random(seed)  # noqa: S311  no secret
    content = bytearray(WHOLE)
    for _ in range(times):
        content[chance.randrange(len(content))] = chance.randrange(256)
    if chance.random() < 0.2:
        del content[chance.randrange(len(content)) :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "p.zip")
        path.write_bytes(content)
        with contextlib.suppress(InputError):
            assert read_layer("parks", path, LayerOptions()).tally.read >= 1
