"""Results on disk: whole or absent."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyogrio

from scripts.geotiff import write_surface
from scripts.layer_styles import put_styles, result_styles
from scripts.results import geometry_type, result_layers
from scripts.summary import summary
from scripts.tables import workbook
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    import geopandas as gpd
    from openpyxl import Workbook

    from scripts.findings import Findings


def write_results(findings: Findings, out: Path) -> dict[str, Any]:
    """Write summary.json, results.gpkg, tables.xlsx and walks/<id>.tif; gives the summary.

    Raises
    ------
    InputError
        If the folder cannot be written to; then what was there before is still there.
    """
    figures = summary(findings)
    layers = result_layers(findings)
    with beside(out) as folder:
        write_layers(layers, folder / "results.gpkg", figures)
        walks = folder / "walks"
        walks.mkdir()
        for one in findings.coverages:
            key = one.standard.id
            write_surface(
                findings.served[key].walks,
                walks / f"{key}.tif",
                about=f"{one.standard.zh} / {one.standard.en}: walking metres",
                credit=figures["data"]["credit"],
            )
        workbook(figures, layers).save(folder / "tables.xlsx")
        write_figures(figures, folder / "summary.json")
    return figures


def write_answer(
    figures: Mapping[str, Any],
    layers: Mapping[str, gpd.GeoDataFrame],
    book: Workbook,
    pages: Iterable[tuple[str, str]],
    out: Path,
) -> None:
    """Write what a question about the plan found: summary, layers, tables, and maps/<page>.

    Raises
    ------
    InputError
        If the folder cannot be written to; then what was there before is still there.
    """
    with beside(out) as folder:
        write_layers(layers, folder / "results.gpkg", figures)
        book.save(folder / "tables.xlsx")
        write_figures(figures, folder / "summary.json")
        maps = folder / "maps"
        maps.mkdir()
        for name, text in pages:
            (maps / name).write_text(text, encoding="utf-8", newline="\n")


def write_figures(figures: Mapping[str, Any], path: Path) -> None:
    """Write a summary as JSON."""
    text = json.dumps(figures, ensure_ascii=False, indent=2, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")


@contextmanager
def beside(out: Path) -> Iterator[Path]:
    """A new folder beside `out`; when all went well, what it holds replaces the same in `out`.

    Raises
    ------
    InputError
        If `out` cannot be made or written to.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".lifecircle-", dir=out))
    except OSError as error:
        wrong = f"cannot be written to ({error.strerror})"
        raise InputError(wrong, "choose another folder", file=out) from error
    try:
        yield folder
        for made in sorted(folder.iterdir()):
            _replace(made, out / made.name)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _replace(made: Path, target: Path) -> None:
    """Put a file or folder in the place of the one that was there."""
    if target.is_dir():
        old = made.with_name(made.name + ".old")
        target.replace(old)
    made.replace(target)


def write_layers(
    layers: Mapping[str, gpd.GeoDataFrame], path: Path, figures: Mapping[str, Any]
) -> None:
    """Write layers into one GeoPackage, each under its name, with its credit and its styles."""
    credit = figures["data"]["credit"]
    for name, layer in layers.items():
        pyogrio.write_dataframe(
            layer,
            path,
            layer=name,
            driver="GPKG",
            geometry_type=geometry_type(name),
            append=path.exists(),
            layer_options={"DESCRIPTION": credit},
        )
    put_styles(path, result_styles(figures, layers), credit=credit)
