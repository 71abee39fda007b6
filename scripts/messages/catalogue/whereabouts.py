"""Coordinates that cannot be what their file says, and layers that lie elsewhere."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TWINS: Final = MappingProxyType(
    {
        "{} is tied to CGCS2000 only by a city's own parameters": (
            "{}与 CGCS2000 之间只能用本地参数转换"
        ),
        "crs {} is tied to CGCS2000 only by a city's own parameters": (
            "坐标系 {} 与 CGCS2000 之间只能用本地参数转换"
        ),
        (
            "convert it to CGCS2000 with the city's seven parameters, then give the CRS of the "
            "result"
        ): "请用本地七参数转换为 CGCS2000，再写明转换后的坐标系",
        "{} does not say how its datum lies to that of today": "{}没有说明其基准与现行基准的关系",
        "say crs = ... with an EPSG code, or convert it to CGCS2000": (
            "请用 crs = ... 写明 EPSG 代码，或转换为 CGCS2000"
        ),
        "crs {} is a shift of map services, no CRS": "{} 是地图服务的偏移坐标，不是坐标系",
        'write datum = "{}" in its place': '请改写 datum = "{}"',
        "coordinates such as {}, {} are degrees, but its CRS {} is in metres": (
            "坐标如 {}, {} 是经纬度，而其坐标系 {} 以米为单位"
        ),
        'say crs = "EPSG:4326", or "EPSG:4490" if CGCS2000': (
            '请写 crs = "EPSG:4326"，如为 CGCS2000 请写 "EPSG:4490"'
        ),
        "coordinates such as {}, {} lie far from where its CRS {} is used": (
            "坐标如 {}, {} 远在其坐标系 {} 的适用范围之外"
        ),
        "say crs = ... with the CRS that they are in": "请用 crs = ... 写明其实际坐标系",
        "say crs = ... with the CRS that it is in": "请用 crs = ... 写明它的坐标系",
        "save it anew, or say crs = ... with their CRS": "请重新保存，或用 crs = ... 写明其坐标系",
        "its x seems to point north, as a surveyor's X does: {}, {}": (
            "其 x 似乎指向北方（测量坐标的 X）：{}, {}"
        ),
        "swap them with 'Swap X and Y coordinates' in QGIS, and name the file it makes": (
            "请用 QGIS 的“交换X和Y坐标”工具对调，再改用所得文件"
        ),
        "swap the headings {} and {}: x is the longitude, y the latitude": (
            "请对调表头 {} 与 {}：x 是经度，y 是纬度"
        ),
        "eastings such as {} lack the number of the zone of its CRS {}": (
            "东坐标如 {} 没有带号，而其坐标系 {} 有带号"
        ),
        "eastings such as {} begin with zone {}, unlike its CRS {}": (
            "东坐标如 {} 以带号 {} 开头，与其坐标系 {} 不符"
        ),
        'say crs = "EPSG:{}" if they are CGCS2000': '如为 CGCS2000，请写 crs = "EPSG:{}"',
        'say crs = "EPSG:{}" if they are CGCS2000, and {}': (
            '如为 CGCS2000，请写 crs = "EPSG:{}"；{}'
        ),
        'say crs = "EPSG:{}" if they are CGCS2000 metres of zone {}': (
            '如为 CGCS2000 第 {1} 带坐标，请写 crs = "EPSG:{0}"'
        ),
        (
            'say crs = "EPSG:{}" if they are CGCS2000 metres of zone {}, "EPSG:3857" if they are '
            "Web Mercator"
        ): '如为 CGCS2000 第 {1} 带坐标，请写 crs = "EPSG:{0}"，如为 Web 墨卡托请写 "EPSG:3857"',
        'say crs = "EPSG:3857" if they are Web Mercator': (
            '如为 Web 墨卡托坐标，请写 crs = "EPSG:3857"'
        ),
        'swap x and y, and say crs = "EPSG:{}" if CGCS2000': (
            '请对调 x 与 y；如为 CGCS2000，请写 crs = "EPSG:{}"'
        ),
        'swap x and y, the northing being the larger, and say crs, for instance "EPSG:4548"': (
            '较大的数是北坐标，请对调 x 与 y，并写明 crs，例如 "EPSG:4548"'
        ),
        "divide them by {}, which makes them degrees": "请除以 {}，得到以度为单位的经纬度",
        "write degrees as decimal numbers: they seem to hold minutes and seconds": (
            "似为度分秒连写，请改为十进制度"
        ),
        "write them in metres, of which they seem to be thousands, and say crs = ...": (
            "似以公里为单位，请改为米，并写明 crs = ..."
        ),
        "write them in metres, of which they seem to be thousandths, and say crs = ...": (
            "似以毫米为单位，请改为米，并写明 crs = ..."
        ),
        (
            "have them converted to CGCS2000, as they seem to be of a city's own grid, then say "
            "crs = ..."
        ): "似为城市独立坐标系，请转换为 CGCS2000 后写明 crs = ...",
        "say crs = {}, which brings it to {}": "请写 crs = {}，这样它就与{}位于一处",
        "say crs = {}, and {}": "请写 crs = {}；{}",
        "lies {} km from {}, but there with the other sign of x": (
            "与{1}相距 {0} 公里，x 变号后才位于一处"
        ),
        "give its longitudes their sign: east is positive, west negative": (
            "请更正经度的正负号：东经为正，西经为负"
        ),
        "lies {} km from {}, but there with 100 added to x": (
            "与{1}相距 {0} 公里，x 加 100 后才位于一处"
        ),
        "write its longitudes in full": "请写出完整的经度",
        "lies {} km from {}, but there with x and y swapped": (
            "与{1}相距 {0} 公里，x 与 y 对调后才位于一处"
        ),
        "lies {} km from {} as {}, but there as {} swapped": (
            "按 {2} 与{1}相距 {0} 公里，按 {3} 并对调 x 与 y 后才位于一处"
        ),
        'say crs = "EPSG:{}", and {}': '请写 crs = "EPSG:{}"；{}',
        "lies {} km from {} as {}, but there as {}": (
            "按 {2} 与{1}相距 {0} 公里，按 {3} 才位于一处"
        ),
        'say crs = "EPSG:{}" if that is right': '如确认无误，请写 crs = "EPSG:{}"',
        'say crs = "EPSG:{}" if that is right, else crs = "{}"': (
            '如确认无误，请写 crs = "EPSG:{}"，否则请写 crs = "{}"'
        ),
        "lies {} km from {}": "与{1}相距 {0} 公里",
        "lies nowhere on Earth as {}": "按 {} 不在地球上任何位置",
        "check its coordinates, and whether its CRS is {}": "请检查其坐标，及其坐标系是否为 {}",
        "its CRS {} speaks of {}": "其坐标系 {} 表明是 {}",
        "coordinates such as {}, {} lie in the Arctic, but in China once swapped": (
            "坐标如 {}, {} 位于北极地区，经纬度对调后位于中国"
        ),
        "eastings begin with several zones, {}": "东坐标以多个带号开头：{}",
        "save each zone as a layer of its own, or all in degrees": (
            "请把各带分别存为图层，或统一转换为经纬度"
        ),
        "{} is made for places far from the homes": "{}不适用于住宅所在地区",
        "use EPSG:{} ({})": "请用 EPSG:{}（{}）",
        "x and y are swapped": "x 与 y 写反",
        "degrees in a layer of metres": "以米为单位的图层中的经纬度",
        "lies far from all others": "远离其他全部记录",
    }
)
