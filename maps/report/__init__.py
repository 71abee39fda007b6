"""The report: one document as data, told in Chinese and English, put on paper in several formats.

`material` holds what is reported; `contents` makes a `document.Document` of it, `pictures` the maps
and bars it shows; `word` and `html` put the document on paper.
"""
