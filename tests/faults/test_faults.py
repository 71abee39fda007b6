"""Every planted fault is refused in one line, or counted, or changes nothing."""

from __future__ import annotations

import importlib
import shutil
from pathlib import Path
from typing import Any

import pytest
from numpy.typing import NDArray

from layers.files.digest import content_digest
from layers.schema import Reading
from scripts.plan import LayerEntry
from scripts.study import read_entry
from spatial.errors import InputError
from tests.faults.town import Fault, differences, digest, read_town, write_town

AREAS = sorted(
    path.stem
    for path in Path(__file__).parent.glob("*.py")
    if path.stem not in ("town", "test_faults", "__init__")
)


def _faults() -> list[Any]:
    found = []
    for area in AREAS:
        faults: list[Fault] = importlib.import_module(f"tests.faults.{area}").FAULTS
        found += [pytest.param(fault, id=f"{area}: {fault.name}") for fault in faults]
    return found


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clean town")
    write_town(folder)
    return folder


@pytest.fixture(scope="session")
def clean_digest(clean: Path) -> dict[str, NDArray[Any]]:
    return digest(read_town(clean))


def test_the_clean_town_has_no_fault(clean: Path) -> None:
    study = read_town(clean)
    assert not any(tally.reasons for tally in study.tallies.values()), study.tallies
    assert study.homes.ties.tied.all()


def test_names_are_unique() -> None:
    names = [parameter.id for parameter in _faults()]
    assert len(names) == len(set(names))


@pytest.fixture
def sound_files_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read a file that is, to the last byte, one that was read before only once: most are sound."""

    def read(name: str, entry: LayerEntry) -> Reading:
        if not entry.path.is_file() or entry.path.suffix in (".shp", ".tab", ".mif"):
            return read_entry(name, entry)
        said = entry.model_dump_json(exclude={"path"})
        key = (name, entry.path.name, said, content_digest(entry.path))
        if key not in _READ:
            _READ[key] = read_entry(name, entry)
        return _READ[key]

    monkeypatch.setattr("scripts.study.read_entry", read)


@pytest.mark.usefixtures("sound_files_read_once")
@pytest.mark.parametrize("fault", _faults())
def test_a_planted_fault(
    fault: Fault, clean: Path, clean_digest: dict[str, NDArray[Any]], tmp_path: Path
) -> None:
    folder = tmp_path / "town"
    shutil.copytree(clean, folder)
    if fault.first is not None:
        fault.first(folder)
        clean_digest = _digest_once(folder, fault)
    fault.spoil(folder)
    if fault.error:
        with pytest.raises(InputError) as caught:
            read_town(folder)
        line = str(caught.value)
        assert "\n" not in line
        assert [word for word in fault.error if word not in line] == [], line
        return
    study = read_town(folder)
    _check_counts(fault, study)
    if fault.must_be_same:
        assert differences(study, clean_digest) == []


def _check_counts(fault: Fault, study: Any) -> None:
    for layer, reasons in fault.counted.items():
        tally = study.tallies[layer]
        for part, count in reasons.items():
            told = sum(n for reason, n in tally.reasons.items() if part in reason)
            assert told == count, dict(tally.reasons)
    for layer, used in fault.used.items():
        assert study.tallies[layer].used == used, study.tallies[layer]
    for layer, tally in study.tallies.items():
        assert tally.read == tally.used + tally.dropped, layer


_READ: dict[Any, Reading] = {}
_KNOWN: dict[Any, dict[str, NDArray[Any]]] = {}


def _digest_once(folder: Path, fault: Fault) -> dict[str, NDArray[Any]]:
    """The digest of a clean twin with changes of its own, which several faults may share."""
    if fault.first not in _KNOWN:
        _KNOWN[fault.first] = digest(read_town(folder))
    return _KNOWN[fault.first]
