"""Vector files of one format: KML, GeoParquet, XML, archives of them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "holds no file that is read": "没有可读取的文件",
        "pack one of {}": "请打包以下格式之一：{!s}",
        "cannot be read (it seems to be XML of {}, not a KML)": (
            "无法读取（它看起来是{}的 XML，不是 KML）"
        ),
        "name the right file": "请写对文件名",
        "holds only links to maps that lie elsewhere": "只含指向别处地图的链接",
        "open it in Google Earth and save what it shows": (
            "请在 Google Earth 中打开，并保存所显示的内容"
        ),
        "declares a document type of its own, which can name entities and addresses": (
            "自带文档类型声明，其中可含实体和地址"
        ),
        "take the <!DOCTYPE ...> out": "请删去 <!DOCTYPE ...>",
        "cannot be read (no XML: line {})": "无法读取（不是 XML：第 {} 行）",
        "cannot be read (its elements are nested too deeply)": "无法读取（元素嵌套过深）",
        "its CRS cannot be read": "其坐标系无法读取",
        "is GeoParquet, which needs pyarrow": "是 GeoParquet，需要 pyarrow",
        "install it with pip install pyarrow, or save as GPKG": (
            "请用 pip install pyarrow 安装，或另存为 GPKG"
        ),
        "cut it to the study area": "请裁切到研究范围",
        "cannot be read (what it says of its shapes is broken)": (
            "无法读取（对几何图形的说明已损坏）"
        ),
        "cannot be read (its shapes are not in a column of WKB but {})": (
            "无法读取（几何图形不是 WKB 列，而是 {!s}）"
        ),
        "save it anew with WKB, or as GeoPackage": "请以 WKB 重新保存，或另存为 GeoPackage",
    }
)
