"""Rasters of people and of heights."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "is no raster of {}, whatever its name says": "虽有此扩展名，却不是{}栅格",
        "save it as GeoTIFF": "请另存为 GeoTIFF",
        "has no band {}": "没有第 {} 波段",
        "has {} bands": "有 {} 个波段",
        "say which holds {}, for instance band = 1": "请指明哪个波段是{}，例如 band = 1",
        "its bands are 1 to {}": "其波段为 1 至 {}",
        "band {} holds complex numbers": "第 {} 波段是复数",
        "save it with real numbers": "请另存为实数",
        "does not say where its cells lie": "没有地理参考，不知像元位于何处",
        "save it with its georeference": "请带地理参考重新保存",
        "has {} cells in the study area": "在研究范围内有 {} 个像元",
        "give a coarser one: cells of 10 m or more": "请用较粗的栅格：像元 10 米或以上",
        "does not touch the study area": "与研究范围不相交",
        "give one of this city; check its CRS": "请提供本市的数据，并检查坐标系",
        "gives heights in {}": "高程单位是 {}",
        "convert it to metres": "请换算为米",
        "holds no height in the study area": "在研究范围内没有高程",
        "holds no number of people in the study area{}": "在研究范围内没有人数{}",
        "check its band and nodata, and that it covers the city": (
            "请检查波段与 nodata，并确认数据覆盖本市"
        ),
        "band, density and nodata are for rasters": "band、density、nodata 只用于栅格",
    }
)
