"""Files made to do harm: archives that climb or swell, markup that calls, nests without end."""

from __future__ import annotations

import json
import stat
import struct
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.faults.town import Fault, change_plan

PARKS = "parks.geojson"
ELSEWHERE = "http://127.0.0.1:9/secret"


def packed(
    folder: Path,
    name: str = PARKS,
    content: bytes | None = None,
    change: Callable[[zipfile.ZipInfo], None] | None = None,
) -> Path:
    """Pack the parks, or something else, under some name in an archive."""
    path = folder / "parks.zip"
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    if change is not None:
        change(info)
    with zipfile.ZipFile(path, "w") as pack:
        pack.writestr(info, (folder / PARKS).read_bytes() if content is None else content)
    change_plan(folder, f'"{PARKS}"', '"parks.zip"')
    return path


def as_link(info: zipfile.ZipInfo) -> None:
    info.external_attr = (stat.S_IFLNK | 0o777) << 16


def many(folder: Path) -> None:
    with zipfile.ZipFile(packed(folder), "a") as pack:
        for number in range(10_001):
            pack.writestr(f"{number}", b"")


def that_lies(folder: Path) -> None:
    """An archive that swells to far more than it says."""
    path = packed(folder, content=b" " * 80_000_000)
    content = path.read_bytes()
    told = struct.pack("<I", 80_000_000)
    assert content.count(told) == 2
    path.write_bytes(content.replace(told, struct.pack("<I", 1000)))


def locked(folder: Path) -> None:
    path = packed(folder)
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)


def nested(folder: Path) -> None:
    inner = packed(folder).read_bytes()
    change_plan(folder, '"parks.zip"', f'"{PARKS}"')
    packed(folder, "parks.zip", inner)


def renamed(folder: Path, suffix: str, text: str | bytes) -> None:
    """Put a text in the place of the parks, under the name of another kind."""
    content = text.encode() if isinstance(text, str) else text
    (folder / f"parks{suffix}").write_bytes(content)
    change_plan(folder, f'"{PARKS}"', f'"parks{suffix}"')


def marked_up(inside: str, doctype: str = "") -> str:
    mark = f"<Placemark><name>{inside}</name></Placemark>"
    return f'<?xml version="1.0"?>{doctype}<kml><Document>{mark}</Document></kml>'


LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
LAUGHING = marked_up("&l9;", f'<!DOCTYPE kml [<!ENTITY l0 "ha">{LAUGHS}]>')
FROM_DISK = marked_up("&x;", '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
FROM_WEB = marked_up("&x;", f'<!DOCTYPE kml [<!ENTITY x SYSTEM "{ELSEWHERE}">]>')
IN_UTF_16 = LAUGHING.replace('<?xml version="1.0"?>', "").encode("utf-16")
LINKED = f"<kml><NetworkLink><Link><href>{ELSEWHERE}</href></Link></NetworkLink></kml>"
DEEP_MARKUP = "<kml>" + "<Folder>" * 20_000 + "</Folder>" * 20_000 + "</kml>"
VIRTUAL = (
    f'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>{ELSEWHERE}</SrcDataSource>'
    "</OGRVRTLayer></OGRVRTDataSource>"
)
STREAMED = json.dumps({"type": "gdal_streamed_alg", "command_line": f"vector read {ELSEWHERE}"})
SEAMLESS = "!table\n!version 300\nDefinition Table\n  Type SEAMLESS\n"
COLLECTIONS = '{"type":"GeometryCollection","geometries":[' * 300
NAMED = {"'; DROP TABLE parks; --": 1, '"><script>alert(1)</script>': 2, "${x}": 3}


def many_columns(folder: Path) -> None:
    whole = json.loads((folder / PARKS).read_text(encoding="utf-8"))
    whole["features"][0]["properties"] = {f"c{n}": n for n in range(3000)}
    (folder / PARKS).write_text(json.dumps(whole), encoding="utf-8")


def odd_headings(folder: Path) -> None:
    whole = json.loads((folder / PARKS).read_text(encoding="utf-8"))
    whole["features"][0]["properties"] |= NAMED | {"long": "长" * 200_000}
    (folder / PARKS).write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")


def half_letters(folder: Path) -> None:
    """Half a letter and a null, where nobody looks."""
    text = (folder / PARKS).read_text(encoding="utf-8")
    odd = text.replace('"properties": {', r'"properties": {"备注\ud800": "\udc00\u0000x",', 1)
    assert odd != text
    (folder / PARKS).write_text(odd, encoding="utf-8")


def replaced(text: str) -> Callable[[Path], None]:
    return lambda folder: (folder / PARKS).write_text(text, encoding="utf-8") and None


DEEP = ("brackets are nested too deeply",)
KML = partial(partial, renamed, suffix=".kml")

FAULTS = [
    *(
        Fault(f"an archive with a path out of it: {name}", partial(packed, name=name), error=OUT)
        for OUT in [("parks.zip", "a path that leads out of it", "do not use it")]
        for name in ("../parks.geojson", "/etc/parks.geojson", "C:\\parks.geojson", "a/../../b.shp")
    ),
    Fault(
        "an archive with a link",
        partial(packed, change=as_link),
        error=("holds a link",),
    ),
    Fault(
        "an archive that swells",
        lambda f: packed(f, content=b"\0" * 80_000_000) and None,
        error=("swells to", "times its size"),
    ),
    Fault(
        "an archive that swells and denies it",
        that_lies,
        error=("parks.zip",),
    ),
    Fault(
        "an archive of too many files",
        many,
        error=("holds 10002 files, more than 10000",),
    ),
    Fault(
        "an archive with a password",
        locked,
        error=("is locked with a password",),
    ),
    Fault(
        "an archive in an archive",
        nested,
        error=("holds no file that is read",),
    ),
    Fault(
        "an archive that breaks off",
        lambda f: renamed(f, ".zip", b"PK\x03\x04" + b"x" * 99),
        error=("cannot be read",),
    ),
    Fault(
        "entities that swell", KML(text=LAUGHING), error=("document type of its own", "take the")
    ),
    Fault(
        "entities that swell, in UTF-16", KML(text=IN_UTF_16), error=("document type of its own",)
    ),
    Fault(
        "an entity from the disk",
        KML(text=FROM_DISK),
        error=("document type of its own",),
    ),
    Fault(
        "an entity from the web",
        KML(text=FROM_WEB),
        error=("document type of its own",),
    ),
    Fault(
        "an entity in a GPX",
        partial(renamed, suffix=".gpx", text=FROM_DISK.replace("kml", "gpx")),
        error=("document type of its own",),
    ),
    Fault(
        "a KML that only points elsewhere",
        KML(text=LINKED),
        error=("only links to maps that lie elsewhere",),
    ),
    Fault(
        "a nest of folders",
        KML(text=DEEP_MARKUP),
        error=("nested too deeply",),
    ),
    *(
        Fault(
            f"a virtual source named parks{suffix}",
            partial(renamed, suffix=suffix, text=VIRTUAL),
            error=("cannot be read (it seems to be XML",),
        )
        for suffix in (".gpkg", ".shp", ".geojson", ".kml", ".fgb", ".dxf", ".tab", ".gpx")
    ),
    Fault(
        "GDAL's commands in JSON",
        replaced(STREAMED),
        error=("JSON of some other kind",),
    ),
    Fault(
        "a table that names other tables",
        partial(renamed, suffix=".tab", text=SEAMLESS),
        error=("names other files",),
    ),
    Fault("100,000 brackets", replaced("[" * 100_000), error=DEEP),
    Fault("100,000 brackets, closed", replaced("[" * 100_000 + "]" * 100_000), error=DEEP),
    Fault("100,000 objects", replaced('{"a":' * 100_000 + "1" + "}" * 100_000), error=DEEP),
    Fault(
        "a nest of collections",
        replaced(COLLECTIONS + "]}" * 300),
        error=("none of its 1 records",),
    ),
    Fault(
        "3,000 columns",
        many_columns,
        error=("columns, more than 2000",),
    ),
    Fault("headings with SQL and markup, and a text of 200,000 letters", odd_headings),
    Fault("half a letter and a null", half_letters),
]
