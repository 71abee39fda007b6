"""An Overpass and a Nominatim on loopback that answer out of a local extract, for tests.

It understands the queries OSMnx writes (tag filters within a polygon, and what they are made of)
and can be told to fail: put a fault into `Replay.faults` for each query to spoil. What it cannot
understand it answers with 400, as a real server would.
"""

from __future__ import annotations

import contextlib
import json
import re
import threading
import time
from collections import defaultdict
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from urllib.parse import parse_qs, urlsplit

import numpy as np
import osmium
import shapely
from osmium.filter import EntityFilter, KeyFilter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MONACO = Path(__file__).parents[2] / "layers" / "data" / "monaco.osm.pbf"

TOWN = """<osm version="0.6">
 <node id="1" lon="0.000" lat="0"/><node id="2" lon="0.001" lat="0"/>
 <node id="3" lon="0.002" lat="0"/><node id="4" lon="0.001" lat="0.001"/>
 <node id="5" lon="-0.001" lat="0"/><node id="6" lon="-0.001" lat="0.001"/>
 <way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/>
  <tag k="highway" v="residential"/><tag k="oneway" v="-1"/>
  <tag k="name" v="West &amp; East"/></way>
 <way id="11"><nd ref="2"/><nd ref="3"/>
  <tag k="highway" v="footway"/><tag k="bridge" v="yes"/></way>
 <way id="12"><nd ref="2"/><nd ref="4"/><nd ref="3"/><nd ref="2"/>
  <tag k="highway" v="tertiary"/><tag k="junction" v="roundabout"/><tag k="tunnel" v="yes"/></way>
 <way id="13"><nd ref="1"/><nd ref="4"/><tag k="highway" v="motorway"/></way>
 <way id="14"><nd ref="1"/><nd ref="4"/><tag k="highway" v="service"/>
  <tag k="access" v="private"/><tag k="foot" v="yes"/></way>
 <way id="15"><nd ref="1"/><nd ref="5"/><nd ref="6"/><nd ref="1"/></way>
 <way id="16"><nd ref="1"/><nd ref="2"/><nd ref="4"/><nd ref="1"/>
  <tag k="place" v="suburb"/><tag k="name" v="Town"/></way>
 <relation id="20"><member type="way" ref="15" role="outer"/>
  <tag k="type" v="multipolygon"/><tag k="highway" v="pedestrian"/>
  <tag k="name" v="Square"/></relation>
</osm>"""
"""A made-up town: 1-2-3 against one-way, 2-3 twice more, 1-4 in two ways, a square at 1."""

_KINDS = {"n": "node", "w": "way", "r": "relation"}
_STATEMENT = re.compile(
    r"(?P<kind>node|way|relation)(?P<filters>(?:\[[^\]]+\])+)"
    r"""\(poly:(["'])(?P<ring>[-\d. ]+)\3\)"""
)
_FILTER = re.compile(r"""\[(["'])(?P<key>.+?)\1(?:=(["'])(?P<value>.*?)\3)?\]""")


class Found(NamedTuple):
    """Ids of nodes, ways and relations."""

    node: set[int]
    way: set[int]
    relation: set[int]


class Extract:
    """The objects of an extract, to be looked up by tag and by place."""

    def __init__(self, file: Path | osmium.io.FileBuffer) -> None:
        self.elements: dict[str, dict[int, dict[str, Any]]] = {k: {} for k in _KINDS.values()}
        for item in osmium.FileProcessor(file):
            element = _element(item)
            self.elements[element["type"]][item.id] = element
        self._by_key: dict[tuple[str, str], set[int]] = defaultdict(set)
        for kind, elements in self.elements.items():
            for number, element in elements.items():
                for key in element["tags"]:
                    self._by_key[kind, key].add(number)
        nodes = self.elements["node"]
        for way in self.elements["way"].values():  # an extract may end in the middle of a way
            way["nodes"] = [ref for ref in way["nodes"] if ref in nodes]
        self._lines = {
            number: shapely.LineString([(nodes[r]["lon"], nodes[r]["lat"]) for r in way["nodes"]])
            for number, way in self.elements["way"].items()
            if len(way["nodes"]) > 1
        }
        self.date = osmium.io.Reader(file).header().get("osmosis_replication_timestamp")
        self.named = list(_named_places(file))

    def answer(self, query: str) -> list[dict[str, Any]]:
        """Give the elements a query asks for, with all they are made of, each once."""
        found = Found(set(), set(), set())
        within: dict[str, Found] = {}
        for statement in _STATEMENT.finditer(query):
            ring = statement["ring"]
            within[ring] = within.get(ring) or self._within(ring)
            kind = statement["kind"]
            hits = set(getattr(within[ring], kind))
            for test in _FILTER.finditer(statement["filters"]):
                hits &= self._tagged(kind, test["key"], test["value"])
            getattr(found, kind).update(hits)
        self._descend(found)
        return [
            self.elements[kind][number]
            for kind in _KINDS.values()
            for number in sorted(getattr(found, kind))
        ]

    def _within(self, ring: str) -> Found:
        """Find what has a node or a stretch of line in a polygon, given as "lat lon lat lon"."""
        polygon = shapely.Polygon(np.array(ring.split(), float).reshape(-1, 2)[:, ::-1])
        shapely.prepare(polygon)
        nodes, lines = self.elements["node"], list(self._lines.values())
        x, y = ([node[axis] for node in nodes.values()] for axis in ("lon", "lat"))
        node_ids = np.array(list(nodes))[shapely.intersects_xy(polygon, x, y)]
        way_ids = np.array(list(self._lines))[shapely.intersects(polygon, lines)]
        found = Found(set(node_ids.tolist()), set(way_ids.tolist()), set())
        for number, relation in self.elements["relation"].items():
            members = [(m["type"], m["ref"]) for m in relation["members"]]
            if any(ref in getattr(found, kind) for kind, ref in members if kind != "relation"):
                found.relation.add(number)
        return found

    def _tagged(self, kind: str, key: str, value: str | None) -> set[int]:
        numbers = self._by_key[kind, key]
        if value is None:
            return numbers
        return {n for n in numbers if self.elements[kind][n]["tags"][key] == value}

    def _descend(self, found: Found) -> None:
        """Add the members of the relations and the nodes of the ways, as ``>`` does."""
        for number in found.relation:
            for member in self.elements["relation"][number]["members"]:
                if member["type"] != "relation" and member["ref"] in self.elements[member["type"]]:
                    getattr(found, member["type"]).add(member["ref"])
        for number in found.way:
            found.node.update(self.elements["way"][number]["nodes"])


def _element(item: Any) -> dict[str, Any]:
    """Write an object of osmium's as Overpass does."""
    kind = _KINDS[item.type_str()]
    element: dict[str, Any] = {"type": kind, "id": item.id, "tags": dict(item.tags)}
    if kind == "node":
        element |= {"lon": item.lon, "lat": item.lat}
    elif kind == "way":
        element["nodes"] = [node.ref for node in item.nodes]
    else:
        element["members"] = [
            {"type": _KINDS[m.type], "ref": m.ref, "role": m.role} for m in item.members
        ]
    return element


def _named_places(file: Path | osmium.io.FileBuffer) -> Iterable[dict[str, Any]]:
    """Give every place and boundary with a name, as Nominatim does."""
    wanted = KeyFilter("place", "boundary")
    wkb = osmium.geom.WKBFactory()
    kinds = EntityFilter(osmium.osm.AREA | osmium.osm.NODE)
    places = osmium.FileProcessor(file).with_areas(wanted).with_filter(wanted).with_filter(kinds)
    for place in places:
        area = place.is_area()
        if area and not place.num_rings()[0]:  # an extract may lack a part of its outline
            continue
        shape = shapely.from_wkb(
            wkb.create_multipolygon(place) if area else wkb.create_point(place.location)
        )
        west, south, east, north = map(str, shape.bounds)
        yield {
            "osm_id": place.orig_id() if area else place.id,
            "name": place.tags.get("name"),
            "display_name": f"{place.tags.get('name')}, Principality",
            "importance": 0.5,
            "lat": str(shape.centroid.y),
            "lon": str(shape.centroid.x),
            "boundingbox": [south, north, west, east],
            "geojson": json.loads(shapely.to_geojson(shape)),
        }


class _Handler(BaseHTTPRequestHandler):
    """Answers one request; the server is the `Replay`."""

    server: Replay

    def log_message(self, *_: Any) -> None:
        """Keep tests quiet."""

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/search":
            name = parse_qs(address.query)["q"][0]
            self._send(200, [p for p in self.server.extract.named if p["name"] == name])
        elif address.path == "/api/status":
            self._send(
                200, "Connected as: 1\nCurrent time: now\nEndpoint: none\nRate limit: 2\n2 slots"
            )
        else:
            self._send(404, "not here")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        query = parse_qs(body)["data"][0]
        self.server.queries.append(query)
        fault = self.server.faults.pop(0) if self.server.faults else None
        if isinstance(fault, int):
            self._send(fault, "<html>the server is too busy</html>")
        elif fault == "page":
            self._send(200, "<html>please log in to this network</html>")
        elif fault == "cut":
            self._send(200, self._result(query, timed_out=False), share=0.5)
        elif fault in {"drip", "flood"}:
            self._pour(slowly=fault == "drip")
        elif not _STATEMENT.search(query):
            self._send(400, "<html>parse error</html>")
        else:
            self._send(200, self._result(query, timed_out=fault == "remark"))

    def _result(self, query: str, *, timed_out: bool) -> Mapping[str, Any]:
        extract = self.server.extract
        elements = extract.answer(query)
        result = {"osm3s": {"timestamp_osm_base": extract.date}, "elements": elements}
        if timed_out:  # what was found so far, status 200, and a remark at the end
            result["elements"] = elements[: len(elements) // 3]
            result["remark"] = 'runtime error: Query timed out in "recurse" at line 1.'
        return result

    def _pour(self, *, slowly: bool) -> None:
        """Send blanks without end, byte by byte or a million at a time."""
        self.send_response(200)
        self.end_headers()
        with contextlib.suppress(OSError):  # until the other side has gone
            while True:
                self.wfile.write(b" " if slowly else b" " * 1_000_000)
                time.sleep(0.01 if slowly else 0)

    def _send(self, status: int, content: Any, *, share: float = 1.0) -> None:
        """Send an answer, or a share of it before the connection breaks."""
        body = (content if isinstance(content, str) else json.dumps(content)).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: int(share * len(body))])


class Replay(ThreadingHTTPServer):
    """The server; a context manager that listens on a free port of 127.0.0.1.

    Attributes
    ----------
    queries
        Every query asked so far.
    faults
        What the next answers shall suffer from: ``"remark"`` (a part of the data, as after a
        time-out on the server), ``"page"`` (something else than data), ``"cut"`` (the connection
        breaks), ``"drip"`` and ``"flood"`` (it never ends), or an HTTP status.
    """

    daemon_threads = True

    def __init__(self, extract: Extract) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.extract = extract
        self.queries: list[str] = []
        self.faults: list[str | int] = []
        self.nominatim_url = f"http://127.0.0.1:{self.server_port}"
        self.overpass_url = f"{self.nominatim_url}/api"

    def __enter__(self) -> Self:
        """Answer from now on."""
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Answer no more, and free the port."""
        self.shutdown()
        self.server_close()


@cache
def town(document: str = TOWN) -> Extract:
    """Read a made-up town, given as an OSM document."""
    return Extract(osmium.io.FileBuffer(document.encode(), "osm"))


@cache
def monaco() -> Extract:
    """Read the bundled city once for all tests."""
    return Extract(MONACO)
