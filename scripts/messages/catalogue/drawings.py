"""Drawings, and archives of other programs."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "export its layers to a File Geodatabase or a GeoPackage": (
            "请把其中的图层导出为 File Geodatabase 或 GeoPackage"
        ),
        "save it as .xlsx or .csv": "请另存为 .xlsx 或 .csv",
        "save it as DXF": "请另存为 DXF",
    }
)
