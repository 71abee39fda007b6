"""What a file seems to be, whatever its name says."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "cannot be read (no line of it is a feature)": "无法读取（没有一行是要素）",
        "cannot be read (its brackets are nested too deeply)": "无法读取（括号嵌套过深）",
        "cannot be read (it seems to be {}, not GeoJSON)": "无法读取（它看起来是{}，不是 GeoJSON）",
        "save it as GeoJSON, from QGIS for instance": "请另存为 GeoJSON，例如用 QGIS",
        "has {} columns, more than {}": "有 {} 列，超过 {} 列",
        "leave out those that are not needed": "请删去不需要的列",
        "has a member crs that does not name a CRS": "其中的 crs 没有写明坐标系",
        "cannot be read (no JSON: {}, line {})": "无法读取（不是 JSON：{}，第 {} 行）",
        "is a lock file that Office leaves beside an open document": (
            "是 Office 打开文档时留下的锁定文件"
        ),
        "name the document: {}": "请写文档本身：{!s}",
        "cannot be read (it seems to be {}, not {})": "无法读取（它看起来是{}，不是{}）",
        "cannot be read (it is empty)": "无法读取（文件为空）",
        "save it anew from the program that made it, or name the right file": (
            "请用生成它的软件重新保存，或写对文件名"
        ),
        "was written anew since it was opened": "在打开之后被重新写入",
    }
)
