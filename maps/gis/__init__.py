"""How results look in other people's tools: QGIS, Google Earth."""
