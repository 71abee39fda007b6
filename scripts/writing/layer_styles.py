"""Styles inside a GeoPackage, in the table where QGIS looks for them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from layers.categories import CATEGORIES
from maps.gis import qgis

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any, Literal

    import geopandas as gpd

TABLE = "layer_styles"
"""What QGIS calls the table; it holds no places, so it is no layer of ours."""

_MAKE = f"""
CREATE TABLE {TABLE} (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
    f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
    update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
)
"""
_REGISTER = """
INSERT INTO gpkg_contents (table_name, identifier, description, data_type)
VALUES (?, ?, ?, 'attributes')
"""
_ADD = f"""
INSERT INTO {TABLE} (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,
    styleName, styleQML, styleSLD, useAsDefault, description, owner)
SELECT '', '', table_name, column_name, ?, ?, '', ?, ?, ''
FROM gpkg_geometry_columns WHERE table_name = ?
"""  # noqa: S608 - made of a constant


def result_styles(
    figures: Mapping[str, Any], layers: Mapping[str, gpd.GeoDataFrame]
) -> list[qgis.Style]:
    """Give the styles of results in the language of their summary."""
    language: Literal["zh", "en"] = figures["language"]
    names = {key: one.zh if language == "zh" else one.en for key, one in CATEGORIES.items()}
    return qgis.styles(figures, layers, language, names)


def put_styles(path: Path, styles: Sequence[qgis.Style], *, credit: str) -> None:
    """Write styles into a GeoPackage that has none, registered as a table without places."""
    rows = [
        (one.name, one.look.qml(), one.first, one.look.rules[0].label, one.layer) for one in styles
    ]
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(_MAKE)
        file.execute(_REGISTER, (TABLE, TABLE, credit))
        file.executemany(_ADD, rows)
