"""Extracts of OpenStreetMap: names that lie, cut and swollen files, elements that cannot be."""

from __future__ import annotations

import bz2
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import osmium

from tests.faults.town import STOPS, Fault, change_plan, points

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="x">\n'
CORNERS = [(100 * x, 100 * y) for y in range(5) for x in range(7)]


def node(number: int, lon: object, lat: object, tags: str = "", **more: object) -> str:
    told = "".join(f' {key}="{value}"' for key, value in more.items())
    return f'<node id="{number}" lon="{lon}" lat="{lat}"{told}>{tags}</node>\n'


def way(number: int, refs: list[int], tags: str, **more: object) -> str:
    told = "".join(f' {key}="{value}"' for key, value in more.items())
    nodes = "".join(f'<nd ref="{ref}"/>' for ref in refs)
    return f'<way id="{number}"{told}>{nodes}{tags}</way>\n'


def tag(key: str, value: str) -> str:
    return f'<tag k="{key}" v="{value}"/>'


def relation(members: str) -> str:
    """A platform made of members."""
    tags = tag("type", "multipolygon") + PLATFORM
    return f'<relation id="1">{members}{tags}</relation>\n'


STREET = tag("highway", "residential")


def xml() -> str:
    """The streets and stops of the town."""
    text = HEAD
    for number, (x, y) in enumerate(points(CORNERS).itertuples(index=False, name=None)):
        text += node(number + 1, x, y)
    for number, (x, y) in enumerate(points(STOPS).itertuples(index=False, name=None)):
        text += node(101 + number, x, y, tag("highway", "bus_stop") + tag("name", f"{number}站"))
    rows = [[7 * y + x + 1 for x in range(7)] for y in range(5)]
    columns = [[7 * y + x + 1 for y in range(5)] for x in range(7)]
    for number, refs in enumerate(rows + columns):
        text += way(number + 1, refs, STREET + tag("name", f"{number + 1}号路"))
    return text + "</osm>\n"


CLEAN = xml()
NODE_1, WAY_1 = CLEAN[CLEAN.index('<node id="1"') :].partition("\n")[0], '<way id="1">'
LAST = "</osm>"


def with_extract(folder: Path) -> None:
    """Let streets and stops of the town come from an extract."""
    change_plan(folder, 'streets = "streets.gpkg"', 'osm = "town.osm"')
    change_plan(folder, 'bus_stops = "stops.csv"\n', "")
    (folder / "town.osm").write_text(CLEAN, encoding="utf-8")


def fault(name: str, old: str, new: str, **expected: Any) -> Fault:
    """An extract with a text in it replaced, once."""
    assert old in CLEAN, old

    def spoil(folder: Path) -> None:
        (folder / "town.osm").write_text(CLEAN.replace(old, new, 1), encoding="utf-8")

    return Fault(name, spoil, first=with_extract, **expected)


def more(name: str, text: str, **expected: Any) -> Fault:
    """An extract with elements more at its end."""
    return fault(name, LAST, text + LAST, **expected)


def saved(name: str, content: Callable[[bytes], bytes] | bytes, **expected: Any) -> Fault:
    """A file of some name and content instead of the extract."""
    file = expected.pop("file", "town.osm")

    def spoil(folder: Path) -> None:
        (folder / "town.osm").unlink()
        told = content(CLEAN.encode()) if callable(content) else content
        (folder / file).write_bytes(told)
        if file != "town.osm":
            change_plan(folder, '"town.osm"', f'"{file}"')

    return Fault(name, spoil, first=with_extract, **expected)


def pbf(folder: Path, file: str) -> None:
    path = folder / "made.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        for thing in osmium.FileProcessor(str(folder / "town.osm")):
            writer.add(thing)
    (folder / "town.osm").unlink()
    path.rename(folder / file)
    change_plan(folder, '"town.osm"', f'"{file}"')


def cut_pbf(folder: Path) -> None:
    pbf(folder, "town.osm.pbf")
    content = (folder / "town.osm.pbf").read_bytes()
    (folder / "town.osm.pbf").write_bytes(content[: len(content) * 2 // 3])


def uncompressed_pbf(folder: Path, old: bytes, new: bytes) -> None:
    """Change bytes of a text within a pbf."""
    file = folder / "town.osm.pbf"
    with osmium.SimpleWriter(osmium.io.File(str(file), "pbf,pbf_compression=none")) as writer:
        for thing in osmium.FileProcessor(str(folder / "town.osm")):
            writer.add(thing)
    content = file.read_bytes()
    assert old in content
    file.write_bytes(content.replace(old, new))
    change_plan(folder, '"town.osm"', '"town.osm.pbf"')


def in_streams(pack: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Pack in several streams one after another, as programs do that pack in parallel."""
    return lambda text: b"".join(pack(text[at : at + 2000]) for at in range(0, len(text), 2000))


def swollen(text: bytes) -> bytes:
    """Pack 80 MB, nearly all of it blanks."""
    packing = zlib.compressobj(1, zlib.DEFLATED, 31)
    blank = b" " * 10_000_000
    return packing.compress(text) + b"".join(packing.compress(blank) for _ in range(8))


def below_zero(text: bytes) -> bytes:
    """Give every id as an editor does before its upload."""
    return re.sub(rb'((?:id|ref)=")', rb"\1-", text)


def some_below_zero(text: bytes) -> bytes:
    """Give some ids so, and put these objects last, as no program that sorts would."""
    ways = re.findall(rb"<way.*?</way>\n", text)
    first = [way.replace(b'way id="', b'way id="-') for way in reversed(ways[:3])]
    rest = text.replace(b"".join(ways[:3]), b"").replace(b"</osm>", b"".join(first) + b"</osm>")
    return re.sub(rb'"(10\d)"', rb'"-\1"', rest)


def zipped(content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("town.osm", content)
    return held.getvalue()


LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
READ = "cannot be read as OpenStreetMap data"
RING = [1, 2, 9, 8]
PLATFORM = tag("public_transport", "platform") + tag("bus", "yes")
PARK = tag("leisure", "park") + tag("name", "x")

FAULTS: list[Fault] = [
    # The same town, written otherwise.
    saved("packed with gzip", gzip.compress, file="town.osm.gz"),
    saved("packed with bzip2", bz2.compress, file="town.osm.bz2"),
    Fault("as pbf", lambda folder: pbf(folder, "town.osm.pbf"), first=with_extract),
    Fault(
        "in a path with blanks and Chinese",
        lambda folder: pbf(folder, "济宁 城区.osm.pbf"),
        first=with_extract,
    ),
    Fault("pbf called .osm", lambda folder: pbf(folder, "x.osm"), first=with_extract),
    saved("xml called .pbf", bytes, file="town.osm.pbf"),
    saved("xml called .gz", bytes, file="town.osm.gz"),
    saved("gzip called .bz2", gzip.compress, file="town.osm.bz2"),
    saved("gzip called .osm", gzip.compress),
    saved("with a mark of order", lambda text: b"\xef\xbb\xbf" + text),
    fault(
        "with bounds and notes",
        '<node id="1"',
        '<bounds minlat="35" minlon="116" maxlat="36" maxlon="118"/><note>x</note><node id="1"',
    ),
    more(
        "a relation without members", '<relation id="1"><tag k="type" v="multipolygon"/></relation>'
    ),
    more(
        "a relation of itself",
        '<relation id="1"><member type="relation" ref="1" role=""/></relation>',
    ),
    more("a way without nodes", way(99, [], STREET)),
    more("a way of one node", way(99, [1], STREET)),
    more("tags with markup", way(99, [1, 2], tag("note", "&lt;script&gt;alert(1)&lt;/script&gt;"))),
    more("a node that nothing uses", node(900, 117.001, 35.2291)),
    more("a motorway", way(99, [1, 9], tag("highway", "motorway"))),
    more("a street that was planned", way(99, [1, 9], tag("highway", "proposed"))),
    more(
        "a private drive counts as no way",
        way(99, [1, 9], tag("highway", "service") + tag("access", "no")),
    ),
    saved("packed with gzip in streams", in_streams(gzip.compress), file="town.osm.gz"),
    saved("packed with bzip2 in streams", in_streams(bz2.compress), file="town.osm.bz2"),
    saved("gzip with zeros behind", lambda text: gzip.compress(text) + b"\0" * 512),
    saved("in UTF-16", lambda text: text.replace(b"UTF-8", b"UTF-16").decode().encode("utf-16")),
    saved("ids below zero", below_zero),
    saved("some ids below zero, in disorder", some_below_zero),
    saved("an id of zero", lambda text: re.sub(rb'((?:id|ref)=)"1"', rb'\1"0"', text)),
    saved(
        "ids with twelve digits more",
        lambda text: re.sub(rb'((?:id|ref)=")', rb"\g<1>100000000000", text),
    ),
    more("a street whose nodes come twice", way(99, [1, 1, 1], STREET), counted={}),
    # Counted.
    more(
        "a platform whose members are missing",
        relation('<member type="way" ref="777" role="outer"/>'),
        counted={"bus_stops": {"cut by the edge": 1}},
        same=True,
    ),
    more(
        "a platform that is not closed",
        way(99, [1, 2, 9], "") + relation('<member type="way" ref="99" role="outer"/>'),
        counted={"bus_stops": {"does not fit together": 1}},
        same=True,
    ),
    more(
        "a platform of itself",
        relation('<member type="relation" ref="1" role="outer"/>'),
        counted={"bus_stops": {"does not fit together": 1}},
        same=True,
    ),
    more(
        "a platform that crosses itself",
        way(99, [1, 9, 2, 8, 1], PLATFORM),
        counted={"bus_stops": {"crosses itself": 1}},
        same=True,
    ),
    fault(
        "a node without a latitude",
        NODE_1,
        re.sub(' lat="[^"]*"', "", NODE_1),
        counted={"streets": {"cut by the edge": 2}},
    ),
    more(
        "a street that lacks its nodes",
        way(99, [901, 902], STREET),
        counted={"streets": {"cut by the edge": 1}},
        same=True,
    ),
    more(
        "a street that lacks a node at its end",
        way(99, [1, 2, 901], STREET),
        counted={"streets": {"cut by the edge": 1}},
    ),
    more("a park that lacks nodes", way(99, [1, 2, 901, 1], PARK), counted={}, same=True),
    # Refused.
    saved(
        "a list of changes",
        lambda text: text.replace(b"<osm ", b"<osmChange ").replace(b"</osm>", b"</osmChange>"),
        error=("is a list of changes", "give an extract"),
    ),
    fault(
        "a history",
        WAY_1,
        '<way id="1" version="1"><nd ref="1"/><nd ref="2"/></way><way id="1" version="2">',
        error=("Way ID twice", "without history"),
    ),
    fault(
        "a history of nodes",
        NODE_1,
        NODE_1 + NODE_1.replace('lat="35', 'lat="36'),
        error=("holds node 1 twice, in two places", "without history"),
    ),
    fault(
        "a street that is deleted",
        WAY_1,
        WAY_1.replace(">", ' visible="false">'),
        error=("holds objects that are deleted",),
    ),
    fault(
        "a street deleted in an editor",
        WAY_1,
        WAY_1.replace(">", " action='delete' visible='true'>"),
        error=("deleted in an editor", "purge them"),
    ),
    fault(
        "a part of what was asked for",
        LAST,
        "<remark> runtime error: Query timed out in &quot;recurse&quot; </remark>" + LAST,
        error=("is only a part of what was asked for", "timed out", "smaller area"),
    ),
    saved(
        "gzip that swells",
        swollen,
        file="town.osm.gz",
        error=("swells to", "times its size", "do not use it"),
    ),
    more("a text of 3,000 letters", way(99, [1, 9], tag("name", "长" * 3000)), error=(READ,)),
    fault("a time in words", WAY_1, '<way id="1" timestamp="gestern">', error=(READ,)),
    fault("a null in a text", "1号路", "1&#0;号路", error=(READ,)),
    saved(
        "in GBK",
        lambda text: text.decode().replace("UTF-8", "GBK").encode("gbk"),
        error=(READ, "encoding"),
    ),
    Fault(
        "a text in a pbf that is no UTF-8",
        lambda folder: uncompressed_pbf(folder, "号路".encode(), b"\xff" * 6),
        first=with_extract,
        error=(READ,),
    ),
    saved("an o5m called pbf", b"\xff\xe0\x04o5m2\xff" + b"\x10" * 90, error=(READ,)),
    saved("an empty file", b"", error=("town.osm", "is empty")),
    saved("nothing but zeros", b"\0" * 500, error=(READ,)),
    saved(
        "a page of the web",
        b"<!DOCTYPE html><html><body>404</body></html>",
        error=("town.osm", READ),
    ),
    saved(
        "a page of the web called pbf",
        b"<!DOCTYPE html><html><body>404</body></html>",
        file="town.osm.pbf",
        error=(READ,),
    ),
    saved("JSON", b'{"elements": []}', error=(READ,)),
    saved("a zip archive", zipped, error=(READ,)),
    saved("a zip archive called pbf", zipped, file="town.osm.pbf", error=(READ,)),
    saved(
        "a Git LFS pointer",
        b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n",
        file="a.osm.pbf",
        error=(READ,),
    ),
    saved(
        "text cut in two", lambda text: text[: len(text) // 2], error=(READ, "download it again")
    ),
    saved(
        "gzip cut in two",
        lambda text: gzip.compress(text)[:-300],
        file="town.osm.gz",
        error=(READ,),
    ),
    saved(
        "bzip2 cut in two",
        lambda text: bz2.compress(text)[:-300],
        file="town.osm.bz2",
        error=(READ,),
    ),
    Fault("pbf cut", cut_pbf, first=with_extract, error=(READ, "download it again")),
    saved(
        "no streets",
        lambda _: (HEAD + node(1, 117, 35.2) + LAST).encode(),
        error=("holds no street at all",),
    ),
    saved(
        "streets without nodes",
        lambda _: (HEAD + way(1, [1, 2], STREET) + LAST).encode(),
        error=("not the nodes they run through",),
    ),
    saved(
        "only a motorway",
        lambda _: (
            HEAD
            + node(1, 117, 35.2)
            + node(2, 117.01, 35.2)
            + way(1, [1, 2], tag("highway", "motorway"))
            + LAST
        ).encode(),
        error=("holds no street",),
    ),
    saved("another kind of XML", b"<?xml version='1.0'?><kml><Document/></kml>", error=(READ,)),
    saved(
        "entities that swell",
        lambda text: text.replace(b"<osm", LAUGHS.encode() + b"<osm", 1),
        error=(READ,),
    ),
    saved(
        "an entity from elsewhere",
        lambda text: text.replace(b"<osm", OUTSIDE.encode() + b"<osm", 1),
        error=(READ,),
    ),
    fault("an id in words", '<node id="1"', '<node id="eins"', error=(READ,)),
    fault("a place in words", 'lon="117', 'lon="x117', error=(READ,)),
    fault(
        "a latitude off the Earth",
        'lat="35',
        'lat="135',
        counted={"streets": {"cut by the edge": 2}},
    ),
    fault("another version of the format", 'version="0.6"', 'version="0.5"', error=(READ,)),
    fault("an element that is not closed", NODE_1, NODE_1.replace("</node>", ""), error=(READ,)),
    more(
        "a node after the ways that needs it",
        way(99, [1, 900], STREET) + node(900, 117, 35.23),
        counted={"streets": {"cut by the edge": 1}},
        same=True,
    ),
    fault("a node twice", NODE_1, NODE_1 + NODE_1),
    Fault(
        "of a kind that is not read",
        lambda folder: [
            (folder / "town.osm").rename(folder / "town.o5m"),
            change_plan(folder, "town.osm", "town.o5m"),
        ],
        first=with_extract,
        error=("as far as its name tells",),
    ),
    Fault(
        "a folder",
        lambda folder: [(folder / "town.osm").unlink(), (folder / "town.osm").mkdir()],
        first=with_extract,
        error=("is no file",),
    ),
    Fault(
        "not there",
        lambda folder: (folder / "town.osm").unlink(),
        first=with_extract,
        error=("town.osm", "does not exist"),
    ),
]
