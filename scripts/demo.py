"""The verb demo: a plan for the bundled city."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.catalog import bundled
from scripts.init import init
from scripts.writing.write import write_whole

if TYPE_CHECKING:
    from pathlib import Path


def demo_plan(out: Path) -> Path:
    """Copy the bundled city into a folder and write a plan for it; gives the plan's path.

    Raises
    ------
    InputError
        If the bundled file is damaged, or the folder cannot be written to.
    """
    extract = out / "monaco.osm.pbf"
    write_whole(extract, bundled("monaco").read_bytes())
    return init(out, osm=extract, name="Monaco", language="en", overwrite=True)
