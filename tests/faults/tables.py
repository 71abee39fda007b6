"""Tables as planners keep them: titles, units, totals, merged cells, odd separators, encodings."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from tests.faults.town import (
    Fault,
    change_plan,
    homes,
)

HOMES, ENTRY = "homes.csv", 'homes = "homes.csv"'


def csv(change: Callable[[pd.DataFrame], pd.DataFrame] = lambda rows: rows, **how: Any) -> Any:
    """Write the homes otherwise; `file` and `entry` change the plan, `text` what is written."""
    file, entry = how.pop("file", HOMES), how.pop("entry", "")
    text = how.pop("text", lambda written: written)
    encoding = how.pop("encoding", "utf-8")

    def spoil(folder: Path) -> None:
        held = io.StringIO()
        change(homes()).to_csv(held, **{"index": False, "lineterminator": "\n"} | how)
        (folder / HOMES).unlink()
        (folder / file).write_bytes(text(held.getvalue()).encode(encoding))
        if entry or file != HOMES:
            change_plan(folder, ENTRY, f'homes = {{path="{file}"{entry}}}')

    return spoil


def named(**names: str) -> Callable[[pd.DataFrame], pd.DataFrame]:
    return lambda rows: rows.rename(columns=names)


def with_column(name: str, cells: Callable[[pd.DataFrame], Any]) -> Any:
    return lambda rows: rows.assign(**{name: cells(rows)})


def line(text: str) -> Callable[[str], str]:
    """Add a line at the end."""
    return lambda written: written + text + "\n"


def first(text: str) -> Callable[[str], str]:
    """Put lines before the heading."""
    return lambda written: text + "\n" + written


def cell(row: int, column: str, value: object) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Change one cell; rows count from 0."""

    def change(rows: pd.DataFrame) -> pd.DataFrame:
        rows = rows.astype(object)
        rows.loc[row, column] = value
        return rows

    return change


def degrees(value: float) -> str:
    minutes, seconds = divmod(round(value * 3600, 6), 60)
    whole, minutes = divmod(int(minutes), 60)
    return f"{whole}°{minutes:02}′{seconds:.6f}″"


def in_part(encoding: str, other: str, rows: int) -> Callable[[Path], None]:
    """The last rows in another encoding than the rest, as two files put together are."""

    def spoil(folder: Path) -> None:
        lines = homes().to_csv(index=False, lineterminator="\n").splitlines(keepends=True)
        most, rest = "".join(lines[:-rows]), "".join(lines[-rows:])
        (folder / HOMES).write_bytes(most.encode(encoding) + rest.encode(other))

    return spoil


def in_ten_thousands(heading: str, above: str = "", below: str = "") -> Callable[[Path], None]:
    """People in ten thousands, said in the heading, above it or in a row below."""

    def text(written: str) -> str:
        head, _, rest = written.partition("\n")
        lines = [above, head, below, rest]
        return "\n".join(line for line in lines if line)

    return csv(
        lambda rows: rows.assign(人口=rows["人口"] / 1e4).rename(columns={"人口": heading}),
        text=text,
    )


def joint(rows: pd.DataFrame) -> pd.DataFrame:
    both = rows["经度"].astype(str) + "," + rows["纬度"].astype(str)
    return rows.drop(columns=["经度", "纬度"]).assign(坐标=both)


def wkt(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.drop(columns=["经度", "纬度"]).assign(
        WKT="POINT (" + rows["经度"].astype(str) + " " + rows["纬度"].astype(str) + ")"
    )


def with_code(rows: pd.DataFrame, code: int) -> pd.DataFrame:
    """Points as PostGIS writes them."""
    told = wkt(rows)
    return told.assign(WKT=f"SRID={code};" + told["WKT"])


def in_dms(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(经度=rows["经度"].map(degrees) + "E", 纬度=rows["纬度"].map(degrees) + "N")


def lettered(rows: pd.DataFrame) -> pd.DataFrame:
    both = "北纬" + rows["纬度"].astype(str) + "°，东经" + rows["经度"].astype(str) + "°"
    return rows.drop(columns=["经度", "纬度"]).assign(坐标=both)


def as_geojson(rows: pd.DataFrame) -> pd.DataFrame:
    told = [
        f'{{"type": "Point", "coordinates": [{x}, {y}]}}'
        for x, y in zip(rows["经度"], rows["纬度"], strict=True)
    ]
    return rows.drop(columns=["经度", "纬度"]).assign(geometry=told)


def lat_first(rows: pd.DataFrame) -> pd.DataFrame:
    both = rows["纬度"].astype(str) + "," + rows["经度"].astype(str)
    return rows.drop(columns=["经度", "纬度"]).assign(坐标=both)


def in_words(rows: pd.DataFrame) -> pd.DataFrame:
    marks = str.maketrans("°′″", "度分秒")
    told = in_dms(rows)
    return told.assign(
        经度="东经" + told["经度"].str[:-1].str.translate(marks),
        纬度="北纬" + told["纬度"].str[:-1].str.translate(marks),
    )


def wrong_sides(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(经度=rows["经度"].astype(str) + "N", 纬度=rows["纬度"].astype(str) + "E")


def packed_dms(rows: pd.DataFrame) -> pd.DataFrame:
    """Degrees, minutes and seconds run together: 1170001.9773."""

    def packed(value: float) -> str:
        minutes, seconds = divmod(value * 3600, 60)
        return f"{minutes // 60:.0f}{minutes % 60:02.0f}{seconds:07.4f}"

    return rows.assign(经度=rows["经度"].map(packed), 纬度=rows["纬度"].map(packed))


def millionths(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(经度=(rows["经度"] * 1e6).astype(int), 纬度=(rows["纬度"] * 1e6).astype(int))


def turned(written: str) -> str:
    """Rows for columns."""
    rows = [row.split(",") for row in written.splitlines()]
    return "\n".join(",".join(column) for column in zip(*rows, strict=True))


def comma(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        **{name: rows[name].astype(str).str.replace(".", ",") for name in ("经度", "纬度")}
    )


def text_of(rows: pd.DataFrame, pattern: str) -> pd.Series:
    return rows["人口"].map(pattern.format)


ENGLISH = {"编号": "id", "小区名称": "name", "经度": "lon", "纬度": "lat", "人口": "pop"}
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
ONE = {"homes": {"": 1}}


def one(reason: str, **more: Any) -> dict[str, Any]:
    """One record counted with a reason, 19 in use."""
    return {"counted": {"homes": {reason: 1}}, "used": {"homes": 19}} | more


def extra(reason: str) -> dict[str, Any]:
    """One record more that is counted, and the town the same."""
    return {"counted": {"homes": {reason: 1}}, "same": True}


def same_but(reason: str, count: int) -> dict[str, Any]:
    """Records that are repaired without loss."""
    return {"counted": {"homes": {reason: count}}, "same": True}


def told(name: str, spoil: Callable[[Path], None], *error: str) -> Fault:
    return Fault(name, spoil, error=error)


FAULTS: list[Fault] = [
    # Text written otherwise, the same homes.
    Fault("GBK", csv(encoding="gbk")),
    Fault("GB 18030", csv(encoding="gb18030")),
    Fault("with a mark of order", csv(encoding="utf-8-sig")),
    Fault("UTF-16", csv(encoding="utf-16")),
    Fault("UTF-16 without a mark", csv(encoding="utf-16-le")),
    Fault(
        "Big5, said",
        csv(
            lambda rows: rows.assign(小区名称="院").rename(
                columns={"小区名称": "名稱", "编号": "id", "经度": "lon", "纬度": "lat"}
            ),
            encoding="big5",
            entry=', encoding="big5"',
        ),
        same=False,
        used={"homes": 20},
    ),
    Fault("semicolons", csv(sep=";")),
    Fault("tabs in a .csv", csv(sep="\t")),
    Fault("tabs in a .tsv", csv(sep="\t", file="homes.tsv")),
    Fault("bars", csv(sep="|")),
    Fault("full-width commas", csv(text=lambda text: text.replace(",", "，"))),
    Fault("a .txt", csv(file="homes.txt")),
    Fault("its name in capitals", csv(file="HOMES.CSV")),
    Fault("Excel's line of the separator", csv(sep=";", text=first("sep=;"))),
    Fault("semicolons and decimal commas", csv(comma, sep=";")),
    Fault("tabs and decimal commas", csv(comma, sep="\t")),
    Fault("all cells quoted", csv(quoting=1)),
    Fault("CRLF", csv(lineterminator="\r\n")),
    Fault("CR alone, as an old Mac writes it", csv(lineterminator="\r")),
    Fault("no line end at the end", csv(text=str.rstrip)),
    Fault("blanks around cells", csv(text=lambda text: text.replace(",", " , "))),
    Fault("a title above", csv(text=first("济宁市小区人口统计表,,,,\n,,,,"))),
    Fault("commas at the end of each line", csv(text=lambda text: text.replace("\n", ",\n"))),
    Fault("a path with blanks and Chinese", csv(file="任城区 小区（2026）.csv")),
    Fault(
        "full-width digits",
        csv(lambda rows: rows.assign(人口=text_of(rows, "{}").str.translate(WIDE))),
    ),
    Fault("marks between thousands", csv(lambda rows: rows.assign(人口=text_of(rows, "{:,}")))),
    Fault("people with their unit", csv(lambda rows: rows.assign(人口=text_of(rows, "{}人")))),
    Fault(
        "people in ten thousands, by cell",
        csv(lambda rows: rows.assign(人口=rows["人口"].map(lambda n: f"{n / 10000}万"))),
    ),
    Fault("a unit in the heading", csv(named(人口="人口（人）"))),
    Fault(
        "English headings",
        csv(
            named(编号="id", 小区名称="name", 经度="Longitude", 纬度="Latitude", 人口="Population")
        ),
    ),
    Fault("short headings", csv(named(经度="lng", 纬度="lat", 人口="pop"))),
    Fault("headings with a line break", csv(named(经度="经度\n(度)", 纬度="纬度\n(度)"))),
    Fault("degrees, minutes, seconds", csv(in_dms)),
    Fault("both coordinates in one cell", csv(joint)),
    Fault("points as WKT", csv(wkt)),
    Fault(
        "degrees with their side",
        csv(
            lambda rows: rows.assign(
                经度="东经" + rows["经度"].astype(str), 纬度="北纬" + rows["纬度"].astype(str)
            )
        ),
    ),
    Fault("columns in another order", csv(lambda rows: rows[rows.columns[::-1]])),
    Fault("columns more", csv(lambda rows: rows.assign(备注="=1+1", 建成年份=1998, 楼栋数=3))),
    Fault("an empty column", csv(lambda rows: rows.assign(**{"": None}))),
    Fault(
        "empty lines",
        csv(text=lambda text: text.replace("\n", "\n\n")),
        counted={"homes": {"empty row": 20}},
        same=True,
    ),
    Fault(
        "names with commas and quotation marks", csv(lambda rows: rows.assign(备注='他说："一,二"'))
    ),
    # Counted.
    Fault("a total at the end", csv(text=line("合计,,,,2100")), **extra("a total, no record")),
    Fault(
        "a note at the end", csv(text=line("注：数据截至2025年底,,,,")), **extra("(first: row 22)")
    ),
    Fault(
        "the heading once more",
        csv(text=lambda text: text + text.partition("\n")[0] + "\n"),
        **extra("the heading once more"),
    ),
    Fault(
        "a home without coordinates", csv(text=line("H99,新村,,,50")), **extra("(first: row 22)")
    ),
    Fault("a home at 0, 0", csv(text=line("H99,新村,0,0,50")), **extra("coordinates are 0, 0")),
    Fault(
        "a longitude whose point was lost",
        csv(text=line("H99,新村,11700123,35.229,50")),
        **extra("(first: row 22)"),
    ),
    Fault(
        "a home swapped among others",
        csv(text=line("H99,新村,35.229,117.0005,50")),
        **extra("(first: row 22)"),
    ),
    Fault("a home in words", csv(text=line("H99,新村,东边,北边,50")), **extra("(first: row 22)")),
    Fault(
        "about so many people",
        csv(cell(4, "人口", "约50")),
        **one("人口 is not a number (first: row 6)"),
    ),
    Fault(
        "fewer than no people", csv(cell(4, "人口", -50)), **one("人口 is negative (first: row 6)")
    ),
    Fault(
        "infinite people", csv(cell(4, "人口", "inf")), **one("人口 is not a number (first: row 6)")
    ),
    Fault(
        "no people",
        csv(cell(4, "人口", None)),
        counted={"homes": {"no number of people": 1}},
        used={"homes": 20},
    ),
    Fault(
        "a home twice",
        csv(text=line("H20,20号院," + ",".join(map(str, homes().iloc[19, 2:5])))),
        **extra("the same record twice"),
    ),
    Fault(
        "a row with a cell too many",
        csv(text=line("H99,新村,x,117.0005,35.229,50")),
        **extra("more cells than the heading"),
    ),
    Fault(
        "a row cut short",
        csv(text=line("H99,新村,117.0005")),
        **extra("fewer cells than the heading"),
    ),
    Fault(
        "a quotation mark without its twin",
        csv(text=line('H99,"新村,117.0005,35.229,50')),
        counted={"homes": {"quotation mark": 1}},
        same=False,
        used={"homes": 21},
    ),
    # Refused.
    told("empty", csv(text=lambda _: ""), "homes.csv, homes", "empty"),
    told(
        "a heading alone",
        csv(text=lambda text: text.partition("\n")[0] + "\n"),
        "homes.csv, homes",
        "is empty",
    ),
    told("no heading", csv(header=False), "homes.csv, homes", "x"),
    told(
        "no coordinates",
        csv(lambda rows: rows.drop(columns=["经度", "纬度"])),
        "homes.csv, homes",
        "x = ",
    ),
    told("no latitude", csv(lambda rows: rows.drop(columns="纬度")), "homes.csv, homes", "y = "),
    told(
        "longitude and latitude swapped",
        csv(lambda rows: rows.rename(columns={"经度": "纬度", "纬度": "经度"})),
        "homes.csv, homes",
        "swapped",
    ),
    told(
        "two columns of people",
        csv(with_column("常住人口", lambda rows: rows["人口"])),
        "homes.csv, homes",
        "several columns for the number of people",
        "weight =",
    ),
    told(
        "two columns of one name",
        csv(lambda rows: pd.concat([rows, rows[["人口"]]], axis=1)),
        "homes.csv, homes",
        "人口",
    ),
    told(
        "people in words only",
        csv(lambda rows: rows.assign(人口="很多")),
        "homes.csv, homes",
        "人口",
    ),
    told(
        "a column that is not there",
        csv(entry=', weight="居民"'),
        "homes.csv, homes",
        "has no column '居民'",
        "'人口'",
    ),
    told(
        "an encoding that is not known",
        csv(entry=', encoding="klingon"'),
        "homes.csv, homes",
        "encoding 'klingon' is not known",
    ),
    told(
        "bytes of no encoding",
        csv(text=lambda text: text, encoding="utf-8", entry=', encoding="ascii"'),
        "homes.csv, homes",
        "not in ascii",
    ),
    told(
        "a picture called .csv",
        lambda folder: (folder / HOMES).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9),
        "homes.csv, homes",
        "picture",
    ),
    # Units.
    Fault("ten thousands in brackets", in_ten_thousands("人口（万人）")),
    Fault("ten thousands behind a stroke", in_ten_thousands("人口/万人")),
    Fault("ten thousands with the word unit", in_ten_thousands("人口（单位：万人）")),
    Fault("ten thousands in English", in_ten_thousands("Population (10k)")),
    Fault(
        "ten thousands in a line above", in_ten_thousands("人口", above="任城区小区,,,,单位：万人")
    ),
    Fault("ten thousands in a row of units", in_ten_thousands("人口", below=",,°,°,万人")),
    Fault(
        "a heading in three rows, the last a unit",
        csv(named(人口="人"), text=first("小区,,位置,,人口\n,,坐标,,")),
    ),
    Fault("a row of units", csv(text=lambda text: text.replace("\n", "\n,,度,度,人\n", 1))),
    Fault(
        "people in hundreds",
        csv(
            lambda rows: rows.assign(人口=rows["人口"] / 100).rename(columns={"人口": "人口(百人)"})
        ),
    ),
    Fault("people raised to a power", csv(cell(4, "人口", "5²")), **one("人口 is not a number")),
    Fault("people as a share", csv(cell(4, "人口", "5%")), **one("人口 is not a number")),
    Fault("people from to", csv(cell(4, "人口", "40-60")), **one("人口 is not a number")),
    Fault("people with a unit of households", csv(cell(4, "人口", "50户")), **one("人口 is not a")),
    Fault("people as a date", csv(cell(4, "人口", "2020/1/5")), **one("人口 is not a number")),
    Fault("people as TRUE", csv(cell(4, "人口", "TRUE")), **one("人口 is not a number")),
    Fault("people as #REF!", csv(cell(4, "人口", "#REF!")), **one("人口 is not a number")),
    Fault("people in words, once", csv(cell(4, "人口", "五十")), **one("人口 is not a number")),
    # Two encodings, or one that nobody named.
    Fault(
        "a row in GBK among UTF-8", in_part("utf-8", "gbk", 1), **same_but("another encoding", 1)
    ),
    Fault(
        "a row in UTF-8 among GBK", in_part("gbk", "utf-8", 1), **same_but("another encoding", 1)
    ),
    Fault("half in UTF-8, half in GBK", in_part("gbk", "utf-8", 9), **same_but("another enc", 9)),
    Fault("UTF-32", csv(encoding="utf-32")),
    Fault("UTF-16, the other way round", csv(encoding="utf-16-be")),
    Fault("a mark of order twice", csv(text=lambda text: "\ufeff" + text, encoding="utf-8-sig")),
    Fault(
        "zeros among the text",
        csv(text=lambda text: text.replace("3号院", "3\0号院", 1)),
        **same_but("characters of no text", 1),
    ),
    told(
        "Western letters in a code of one byte",
        csv(lambda rows: rows.assign(小区名称="Straße").rename(columns=ENGLISH), encoding="cp1252"),
        "homes.csv, homes",
        "not in utf-8 or gb18030",
        "encoding = ",
    ),
    Fault(
        "Western letters, said",
        csv(
            lambda rows: rows.rename(columns=ENGLISH).replace(r"号院", " Straße", regex=True),
            encoding="cp1252",
            entry=', encoding="cp1252"',
        ),
        same=False,
        used={"homes": 20},
    ),
    # Marks and rows.
    Fault("a separator named in small letters", csv(sep="|", text=first("sep=|"))),
    Fault("blanks between cells", csv(sep="\t", text=lambda text: text.replace("\t", "    "))),
    Fault(
        "names in quotation marks of their own",
        csv(cell(4, "小区名称", '5"号"院'), quoting=3),
        same=False,
        used={"homes": 20},
    ),
    Fault(
        "a name over two lines", csv(cell(4, "小区名称", "5号\n院")), same=False, used={"homes": 20}
    ),
    Fault(
        "a total with brackets and a middle",
        csv(text=line("合计（人）,,117.003,35.231,2100")),
        **extra("a total, no record"),
    ),
    Fault(
        "a total of the district",
        csv(text=line("全区总计,,117.003,35.231,2100")),
        **extra("a total"),
    ),
    Fault(
        "totals of each street",
        csv(
            text=lambda text: text.replace("H06", "小计,,,,150\nH06").replace(
                "H11", "小计,,,,400\nH11"
            )
        ),
        counted={"homes": {"a total, no record": 2}},
        same=True,
    ),
    Fault(
        "headings in two languages",
        csv(text=lambda text: text.replace("\n", "\nid,name,lon,lat,pop\n", 1)),
        **extra("the heading once more"),
    ),
    Fault("Windows' mark of the end", csv(text=line("\x1a")), **extra("fewer cells")),
    Fault("longitude and latitude in one cell, letters", csv(lettered)),
    Fault("points as GeoJSON", csv(as_geojson)),
    Fault("the latitude first in one cell", csv(lat_first)),
    Fault("degrees, minutes, seconds in words", csv(in_words)),
    Fault(
        "degrees and metres mixed", csv(cell(4, "经度", 500123.4)), **one("coordinates beyond 180")
    ),
    Fault("an endless coordinate", csv(cell(4, "经度", "inf")), **one("is not a number")),
    Fault("nan for a coordinate", csv(cell(4, "经度", "NaN")), **one("no coordinates")),
    Fault("999 for a coordinate", csv(cell(4, "经度", 999)), **one("coordinates beyond 180")),
    Fault("a longitude with the wrong sign", csv(cell(4, "经度", -117.0)), **one("(first: row 6)")),
    Fault(
        "ids with zeros in front",
        csv(lambda rows: rows.assign(编号=rows["编号"].str.replace("H", "00"))),
    ),
    Fault(
        "names that are formulas",
        csv(lambda rows: rows.assign(小区名称="=HYPERLINK(1)")),
        same=False,
        used={"homes": 20},
    ),
    Fault(
        "a note of a million letters",
        csv(lambda rows: rows.assign(备注=["长" * 1_000_000, *[""] * 19]), quoting=1),
        same=True,
    ),
    Fault("points that name their CRS", csv(lambda rows: with_code(rows, 4326))),
    told(
        "polygons as WKT",
        csv(
            lambda rows: wkt(rows).replace("POINT (.*)[)]", r"POLYGON ((\1, 1 2, 3 4))", regex=True)
        ),
        "homes.csv, homes",
        "column 'WKT' holds shapes as text",
        "GeoPackage",
    ),
    told(
        "points as PostGIS stores them",
        csv(lambda rows: wkt(rows).assign(WKT="0101000020E6100000" + "AAF1D24D62405D40" * 2)),
        "homes.csv, homes",
        "(WKT or WKB)",
    ),
    told(
        "points of two CRS",
        csv(
            lambda rows: with_code(rows, 4326).replace(r"4326(;.*117.0005)", r"4548\1", regex=True)
        ),
        "homes.csv, homes",
        "several CRS: EPSG:4326, EPSG:4548",
    ),
    told(
        "points that name a CRS in metres for degrees",
        csv(lambda rows: with_code(rows, 4548)),
        "homes.csv, homes",
        "hold degrees, but crs EPSG:4548",
    ),
    told(
        "3,000 columns",
        csv(text=lambda text: "\n".join(row + ",x" * 3000 for row in text.splitlines())),
        "homes.csv, homes",
        "has 3005 columns, more than 2000",
    ),
    told(
        "JSON called .csv", csv(text=lambda _: '[{"经度": 117, "纬度": 35}]'), "homes.csv", "JSON"
    ),
    told("a row for each column", csv(text=turned), "homes.csv, homes", "no heading"),
    told("seconds behind the point", csv(packed_dms), "homes.csv, homes", "minutes and seconds"),
    told(
        "degrees times a million", csv(millionths), "homes.csv, homes", "divide them by 1,000,000"
    ),
    told("sides the wrong way round", csv(wrong_sides), "homes.csv, homes", "is not a number"),
]
