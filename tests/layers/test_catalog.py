"""The bundled data are what the catalogue says."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers.catalog import bundled, catalog
from layers.openstreetmap.extract import Extract
from spatial.errors import InputError


def test_every_entry_is_there_whole_and_credited() -> None:
    for name, entry in catalog().items():
        path = bundled(name)
        assert path.stat().st_size == entry.bytes
        assert "OpenStreetMap" in entry.credit
        assert entry.licence


def test_the_date_is_that_of_the_file(monaco: Extract) -> None:
    assert monaco.date == catalog()["monaco"].date


def test_a_damaged_or_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is missing; install"):
        bundled("monaco", folder=tmp_path)
    copy = tmp_path / "data" / "monaco.osm.pbf"
    copy.parent.mkdir()
    copy.write_bytes(bundled("monaco").read_bytes()[:-1])
    with pytest.raises(InputError, match="checksum"):
        bundled("monaco", folder=tmp_path)
