"""How a layer looks, written as QGIS reads it: rules, symbols, labels, names of columns (QML).

Only the parts of QML that every QGIS 3 understands are written: rule-based renderers, simple
markers, lines and fills, one simple label. Text from the data stands in attributes of the XML,
which escapes it, and in expressions, where `text` and `field` do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from maps.page.markup import printable
from maps.style import COLOURS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_VERSION = "3.16.0"
_FONT = "Microsoft YaHei"
_NONE = "#FFFFFF00"
_PARTS = {"marker": "SimpleMarker", "letter": "FontMarker", "line": "SimpleLine"} | {
    "fill": "SimpleFill"
}
_PLACES = {"beside": "0", "inside": "1", "along": "2"}


@dataclass(frozen=True)
class Part:
    """One of the things a symbol is drawn of: its kind, a key of `_PARTS`, and its properties."""

    kind: str
    properties: Mapping[str, str]


@dataclass(frozen=True)
class Symbol:
    """Parts drawn one over another: all markers, or all lines, or all fills."""

    parts: tuple[Part, ...]
    alpha: float = 1.0

    @property
    def kind(self) -> str:
        """What QGIS calls it: marker, line or fill."""
        kind = self.parts[0].kind
        return "marker" if kind == "letter" else kind


@dataclass(frozen=True)
class Rule:
    """Which features a symbol draws: those an expression holds for, up to a scale.

    Attributes
    ----------
    label
        What the legend says.
    symbol
        How they are drawn.
    when
        A QGIS expression; None for all, ``"ELSE"`` for those that no other rule takes.
    nearest, widest
        The scales 1 : n between which it is drawn; 0 sets no limit.
    """

    label: str
    symbol: Symbol
    when: str | None = None
    nearest: int = 0
    widest: int = 0


@dataclass(frozen=True)
class Label:
    """What is written at each feature: a QGIS expression, in points, up to a scale 1 : n.

    `place` says where: inside an area, beside a spot, or along a line.
    """

    says: str
    size_pt: float = 9.0
    colour: str = COLOURS["ink"]
    widest: int = 0
    place: Literal["inside", "beside", "along"] = "inside"


@dataclass(frozen=True)
class Look:
    """How a layer looks.

    Attributes
    ----------
    rules
        Drawn in this order, the last on top.
    label
        What is written beside features, if anything.
    widest
        The scale 1 : n beyond which the layer is not drawn; 0 sets no limit.
    names
        What its columns are called, by column.
    """

    rules: Sequence[Rule]
    label: Label | None = None
    widest: int = 0
    names: Mapping[str, str] = field(default_factory=dict)

    def qml(self, columns: Mapping[str, str] | None = None) -> str:
        """Write it as QML.

        Parameters
        ----------
        columns
            What columns are called in the file the style is for, where that differs.
        """
        renamed = columns or {}
        root = ET.Element(
            "qgis",
            version=_VERSION,
            styleCategories="Symbology|Labeling|Fields|Rendering",
            labelsEnabled=_flag(self.label is not None),
            hasScaleBasedVisibilityFlag=_flag(self.widest > 0),
            minScale=str(self.widest or 100_000_000),
            maxScale="0",
        )
        root.append(_renderer(self.rules, renamed))
        if self.label:
            root.append(_labeling(self.label, renamed))
        aliases = ET.SubElement(root, "aliases")
        for index, (own, name) in enumerate(self.names.items()):
            said = {"field": renamed.get(own, own), "name": _plain(name), "index": str(index)}
            ET.SubElement(aliases, "alias", said)
        return _DOCTYPE + ET.tostring(root, encoding="unicode")


def text(value: str) -> str:
    r"""Write a text as a QGIS expression has it.

    Examples
    --------
    >>> print(text("King's \\ Road"))
    'King''s \\ Road'
    """
    escaped = printable(value).replace("\\", "\\\\").replace("'", "''")
    return "'" + escaped.replace("\n", "\\n").replace("\t", "\\t") + "'"


def column(name: str) -> str:
    """Write a column as a QGIS expression has it.

    Examples
    --------
    >>> column("park_500m_m")
    '"park_500m_m"'
    """
    return '"' + name.replace('"', '""') + '"'


def marker(
    colour: str,
    *,
    edge: str | None = None,
    shape: str = "circle",
    size_mm: float = 2.0,
    ground_m: float = 0.0,
    edge_mm: float = 0.2,
) -> Symbol:
    """Give a point symbol; with `ground_m` as large as that on the ground, but never above size_mm.

    No `edge` is an edge of the same colour; no colour (``""``) is an empty ring.
    """
    size = {"size": f"{size_mm:g}", "size_unit": "MM"}
    if ground_m:
        size = {
            "size": f"{ground_m:g}",
            "size_unit": "RenderMetersInMapUnits",
            "size_map_unit_scale": f"3x:0,0,1,{size_mm / 3:g},1,{size_mm:g}",
        }
    look = {"color": _rgba(colour or _NONE), "name": shape, "outline_width": f"{edge_mm:g}"}
    return Symbol((Part("marker", size | look | {"outline_color": _rgba(edge or colour)}),))


def lettered(letter: str, colour: str, edge: str, *, size_mm: float = 4.2) -> Symbol:
    """Give a disc with a letter in it."""
    disc = marker(colour, edge=edge, size_mm=size_mm, edge_mm=0.3).parts[0]
    size = size_mm * (0.62 if len(letter) == 1 else 0.5)
    look = {"font": _FONT, "chr": letter, "size": f"{size:g}", "size_unit": "MM"}
    return Symbol((disc, Part("letter", look | {"color": _rgba("#FFFFFF"), "outline_width": "0"})))


def line(colour: str, width_mm: float, *, dash: str = "solid", alpha: float = 1.0) -> Symbol:
    """Give a line symbol; `dash` is solid, dash or dot."""
    look = {"line_color": _rgba(colour), "line_width": f"{width_mm:g}", "line_style": dash}
    caps = {"capstyle": "round", "joinstyle": "round", "line_width_unit": "MM"}
    return Symbol((Part("line", look | caps),), alpha)


def fill(
    colour: str,
    *,
    edge: str = "",
    edge_mm: float = 0.2,
    dash: str = "solid",
    hatch: str = "solid",
    alpha: float = 1.0,
) -> Symbol:
    """Give an area symbol; `hatch` is solid, b_diagonal, or no for an outline alone."""
    outline = {
        "outline_color": _rgba(edge or _NONE),
        "outline_width": f"{edge_mm:g}",
        "outline_style": dash if edge else "no",
        "outline_width_unit": "MM",
    }
    return Symbol((Part("fill", {"color": _rgba(colour), "style": hatch} | outline),), alpha)


def _rgba(colour: str) -> str:
    """Write ``#RRGGBB`` or ``#RRGGBBAA`` as QGIS does.

    >>> _rgba("#0072B2")
    '0,114,178,255'
    """
    parts = [int(colour[place : place + 2], 16) for place in range(1, len(colour), 2)]
    return ",".join(str(part) for part in (*parts, 255)[:4])


def _flag(value: bool) -> str:  # noqa: FBT001 - one truth, one word
    return "1" if value else "0"


def _plain(words: str) -> str:
    """Take from a text what XML may not hold, and what QGIS would compute in a legend."""
    return printable(words).replace("[%", "[ %")


def _expression(written: str, columns: Mapping[str, str]) -> str:
    """Call the columns in an expression what the file calls them."""
    return re.sub(
        r'"((?:[^"]|"")*)"|\'(?:[^\'\\]|\'\'|\\.)*\'',
        lambda found: (
            found[0]
            if found[1] is None
            else column(columns.get(name := found[1].replace('""', '"'), name))
        ),
        written,
    )


def _renderer(rules: Sequence[Rule], columns: Mapping[str, str]) -> ET.Element:
    """Write the rules and their symbols; later ones are drawn over earlier ones."""
    renderer = ET.Element(
        "renderer-v2", type="RuleRenderer", symbollevels="1", forceraster="0", enableorderby="0"
    )
    tree = ET.SubElement(renderer, "rules", key=_key("rules"))
    symbols = ET.SubElement(renderer, "symbols")
    for number, rule in enumerate(rules):
        said = {"key": _key(f"{number}"), "symbol": f"{number}", "label": _plain(rule.label)}
        if rule.when is not None:
            said["filter"] = _expression(rule.when, columns)
        limits = {"scalemindenom": rule.nearest, "scalemaxdenom": rule.widest}
        ET.SubElement(tree, "rule", said | {key: str(n) for key, n in limits.items() if n})
        symbols.append(_symbol(rule.symbol, number))
    return renderer


def _key(name: str) -> str:
    """Give the name QGIS wants of each rule: the same on every run."""
    return f"{{{uuid5(NAMESPACE_URL, name)}}}"


def _symbol(symbol: Symbol, number: int) -> ET.Element:
    element = ET.Element(
        "symbol",
        name=str(number),
        type=symbol.kind,
        alpha=f"{symbol.alpha:g}",
        clip_to_extent="1",
        force_rhr="0",
    )
    for part in symbol.parts:
        layer = ET.SubElement(
            element,
            "layer",
            {"class": _PARTS[part.kind], "enabled": "1", "locked": "0", "pass": str(number)},
        )
        for key, value in part.properties.items():
            ET.SubElement(layer, "prop", k=key, v=value)
    return element


def _labeling(label: Label, columns: Mapping[str, str]) -> ET.Element:
    labeling = ET.Element("labeling", type="simple")
    settings = ET.SubElement(labeling, "settings", calloutType="simple")
    style = ET.SubElement(
        settings,
        "text-style",
        fieldName=_expression(label.says, columns),
        isExpression="1",
        fontFamily=_FONT,
        fontSize=f"{label.size_pt:g}",
        fontSizeUnit="Point",
        textColor=_rgba(label.colour),
        textOpacity="1",
        allowHtml="0",
    )
    ET.SubElement(
        style,
        "text-buffer",
        bufferDraw="1",
        bufferSize="0.8",
        bufferSizeUnits="MM",
        bufferColor=_rgba("#FFFFFF"),
        bufferOpacity="1",
        bufferNoFill="0",
    )
    placement = {"placement": _PLACES[label.place], "dist": "2.5", "distUnits": "MM"}
    ET.SubElement(settings, "placement", placement)
    ET.SubElement(
        settings,
        "rendering",
        drawLabels="1",
        scaleVisibility=_flag(label.widest > 0),
        scaleMin="0",
        scaleMax=str(label.widest),
        obstacle="1",
    )
    return labeling
