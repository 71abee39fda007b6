"""Legends of the layers as QGIS shows them, where the pages have no word."""

WORDS: dict[str, tuple[str, str]] = {
    "qgis_streets": ("街道", "Streets"),
    "qgis_stairs": ("台阶", "Stairs"),
    "qgis_gated": ("不可穿行", "Not to be walked through"),
    "qgis_nodes": ("路网节点", "Nodes of the network"),
    "qgis_footprints": ("建筑轮廓", "Outlines of homes"),
    "qgis_area": ("步行可达的用地", "Land within reach on foot"),
    "qgis_gap": ("覆盖盲区", "Gap"),
    "qgis_way": ("步行路径", "Way walked"),
    "qgis_uncovered": ("未覆盖的用地", "Land not covered"),
    "qgis_changes": ("方案措施", "Changes"),
    "qgis_nobody": ("无居民", "Nobody lives here"),
    "qgis_water": ("水域", "Water"),
    "qgis_green": ("绿地", "Green"),
    "qgis_railway": ("铁路", "Railway"),
    "qgis_motorway": ("快速路", "Motorway"),
    "qgis_wall": ("围墙", "Wall"),
    "qgis_boundary": ("研究范围", "Study area"),
    "qgis_extent": ("数据范围", "Where the data end"),
}
