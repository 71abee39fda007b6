"""The one door to GDAL: a local file that is known to be of a kind, read into a `Source`.

GDAL tells a file's kind by its content, and some kinds name other files, or addresses on the
network, to be read in their place. Callers therefore look at the content first
(`layers.seeming`), and only ever hand over files of a kind that holds its own data.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj.exceptions import CRSError

from layers.files.curves import straightened
from layers.files.source import Source
from layers.records import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from layers.records import Shapes

# pyogrio raises the last but one for a .prj that is no text, the last for text it cannot decode.
FAULTS: Final = (
    *(DataSourceError, DataLayerError, CRSError, shapely.errors.ShapelyError, UnboundLocalError),
)
_MISREAD: Final = "!;?#%"  # in a path, pyogrio takes these for parts of an address
_MAY_CURVE: Final = re.compile(".*(Unknown|GeometryCollection|Curve|CircularString|Surface)")
_CURVES: Final = (
    *("CIRCULARSTRING", "COMPOUNDCURVE", "CURVEPOLYGON", "MULTICURVE", "MULTISURFACE"),
)
_FACES: Final = ("TIN", "POLYHEDRALSURFACE", "TRIANGLE")
_SEALED: Final = {
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "GDAL_HTTP_TIMEOUT": "1",
    "GDAL_HTTP_CONNECTTIMEOUT": "1",
    "GDAL_HTTP_MAX_RETRY": "0",
    "OGR_ARC_STEPSIZE": "0.5",
}
"""No address is read, should a file ever bring GDAL to try; arcs of drawings in half degrees."""


def table_names(path: Path) -> list[tuple[str, bool]]:
    """Give the tables of a file, and whether each has shapes."""
    with faults_in_one_line(), _plain(path) as file:
        return [(str(name), kind is not None) for name, kind in pyogrio.list_layers(file)]


def read_table(path: Path, *, layer: str | None = None, encoding: str | None = None) -> Source:
    """Read one table of a file; shapes that a plain reader would lose are rescued.

    Raises
    ------
    InputError
        If GDAL cannot read the file.
    UnicodeDecodeError
        If its text is in another encoding.
    """
    with faults_in_one_line(), _plain(path) as file:
        frame = pyogrio.read_dataframe(file, layer=layer, encoding=encoding, on_invalid="ignore")
        if not isinstance(frame, gpd.GeoDataFrame):
            return Source(frame, None)
        shapes: Shapes = frame.geometry.to_numpy()
        table: pd.DataFrame = frame.drop(columns=frame.geometry.name)
        source = Source(table, shapes, frame.crs)
        lost = shapely.is_missing(shapes)
        if lost.any():
            _close_rings(source, file, layer, lost)
        told = pyogrio.read_info(file, layer=layer, encoding=encoding)
        kind = str(told["geometry_type"])
        if lost.any() or file.endswith(".gdb") or _MAY_CURVE.match(kind):
            _straighten(source, file, str(told["layer_name"]), encoding)
    return source


def _close_rings(source: Source, file: str, layer: str | None, lost: Shapes) -> None:
    """Close the open rings that make shapely refuse a shape."""
    raw = pyogrio.raw.read(file, layer=layer, columns=[])[2]
    assert source.shapes is not None  # noqa: S101  said by the caller
    source.shapes = source.shapes.copy()
    source.shapes[lost] = shapely.from_wkb(raw[lost], on_invalid="fix")
    source.repaired["open ring closed"] = lost & ~shapely.is_missing(source.shapes)


def _straighten(source: Source, file: str, layer: str, encoding: str | None) -> None:
    """Make straight lines of curves, and areas of surfaces of faces."""
    told = _asked(file, "OGR_GEOMETRY", layer, encoding)
    if told is None or len(told) != len(source.table):
        return
    kind = np.array([str(words).split(" ", maxsplit=1)[0] for words in told])
    curved, faced = np.isin(kind, _CURVES), np.isin(kind, _FACES)
    if not (curved.any() or faced.any()):
        return
    words = _asked(file, "OGR_GEOM_WKT", layer, encoding)
    if words is not None:
        straightened(source, words, curved=curved, faced=faced)


def _asked(file: str, what: str, layer: str, encoding: str | None) -> Shapes | None:
    """Ask for each row in GDAL's own words, which know what shapes are called."""
    name = layer.replace("\\", "\\\\").replace('"', '\\"')
    question = f'SELECT {what} AS told FROM "{name}"'  # noqa: S608  the name is quoted
    frame = pyogrio.read_dataframe(
        file, sql=question, sql_dialect="OGRSQL", encoding=encoding, read_geometry=False
    )
    return frame["told"].to_numpy(dtype=object) if "told" in frame else None


@contextmanager
def faults_in_one_line() -> Iterator[None]:
    """Say what GDAL says of a file that it cannot read; keep it off the network."""
    pyogrio.set_gdal_config_options(_SEALED)
    try:
        with warnings.catch_warnings():
            # It warns of faults in single shapes, too: they are looked for and counted afterwards.
            warnings.simplefilter("ignore", RuntimeWarning)
            yield
    except FAULTS as error:
        raise unreadable(error) from None


@contextmanager
def configured(**options: str | None) -> Iterator[None]:
    """Set options of GDAL for a while."""
    pyogrio.set_gdal_config_options(options)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(dict.fromkeys(options))


@contextmanager
def _plain(path: Path) -> Iterator[str]:
    """Give a path that is read as written."""
    file = str(path.absolute())
    if not set(_MISREAD) & set(file):
        yield file
        return
    with linked({path.suffix.casefold(): path}) as link:
        yield str(link)


@contextmanager
def linked(files: Mapping[str, Path]) -> Iterator[Path]:
    """Lay files side by side in a folder of their own, under one plain name.

    Parameters
    ----------
    files
        By ending; that of the first is the file to be read.

    Yields
    ------
    Path
        The first of them; the folder is gone afterwards.
    """
    with tempfile.TemporaryDirectory(prefix="lifecircle-") as folder:
        for suffix, file in files.items():
            beside = Path(folder, f"layer{suffix}")
            try:
                os.symlink(file.absolute(), beside)  # noqa: PTH211  os says which is which
            except OSError:  # Windows lets few people make links
                (shutil.copytree if file.is_dir() else shutil.copyfile)(file, beside)
        yield Path(folder, f"layer{next(iter(files))}")
