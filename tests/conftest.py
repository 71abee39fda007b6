"""What several tests stand on."""

from __future__ import annotations

import pytest

from layers.catalog import bundled
from layers.openstreetmap.extract import Extract, read_extract
from spatial.network import Network, network_from_streets


@pytest.fixture(scope="session")
def monaco() -> Extract:
    """The bundled city, read."""
    return read_extract(bundled("monaco"))


@pytest.fixture(scope="session")
def monaco_network(monaco: Extract) -> Network:
    """The streets of the bundled city, in UTM zone 32 N, all gates open."""
    streets = monaco.readings["streets"].places.to_crs(32632)
    return network_from_streets(streets, open_gates=True)
