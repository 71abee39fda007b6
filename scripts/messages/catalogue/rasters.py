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
        "says that nobody lives in the study area": "显示研究范围内无人居住",
        "check its band, nodata and CRS, and that it covers the city": (
            "请检查波段、nodata 和坐标系，并确认数据覆盖本市"
        ),
        "speaks of density ({}), and the plan does not": "提到密度（{}），而方案中没有说明",
        "say density = true for people per km², density = false for people": (
            "若是每平方公里人数请写 density = true，若是人数请写 density = false"
        ),
        "holds {} in {} cells, and does not say whether it means no data": (
            "值 {} 出现在 {} 个像元中，文件未说明它是否表示无数据"
        ),
        "say nodata = {} if it does, nodata = -1 if these are people": (
            "若表示无数据请写 nodata = {}，若是人数请写 nodata = -1"
        ),
        "holds {} rasters": "含有 {} 个栅格",
        "save the one that is meant as a file of its own": "请把所要的那一个另存为单独的文件",
        "holds {} cells, where its head says {} x {}": "含有 {} 个像元，而文件头写的是 {} x {}",
        "line {} holds {} for a number": "第 {} 行是 {} 而不是数字",
        "write its no-data value there": "请在该处写上其无数据值",
        "band, density and nodata are for rasters": "band、density、nodata 只用于栅格",
    }
)
