"""What every figure rests on: data, method, checks, limits, versions."""

from __future__ import annotations

from pathlib import PurePath, PureWindowsPath
from typing import TYPE_CHECKING, Any

from maps.lexicon import TABLE
from maps.parts.verdict import official
from maps.report.document import Column
from maps.report.figures import LAND, land_name, marked, status
from maps.report.leftout import retold
from maps.report.material import number, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maps.report.document import Cell, Draft
    from maps.report.material import Material
    from maps.words import Words

_RULES = ("walk", "served", "tie", "doors", "parks", "straight", "gated", "edge")
_WIDE_BOUNDS = 0.05
_MANY_UNSURE = 0.05


def write(draft: Draft, material: Material) -> None:
    """Write data, method, limits and versions."""
    _data(draft, material)
    _method(draft, material)
    draft.heading(1, draft.words.say("report_limits"))
    draft.points(_limits(material, draft.words), numbered=True)
    _versions(draft, material)


def layer_name(words: Words, layer: str) -> str:
    """Name a layer."""
    for key in (f"layer_{layer}", f"report_layer_{layer}"):
        if key in TABLE:
            return words.say(key)
    return layer


def file_name(path: str) -> str:
    r"""Give the name of a file without its folder, whatever system wrote the path.

    Examples
    --------
    >>> file_name("../data/town.osm.pbf"), file_name("C:\\Plans\\town.gpkg")
    ('town.osm.pbf', 'town.gpkg')
    """
    return PureWindowsPath(PurePath(path).name).name


def _data(draft: Draft, material: Material) -> None:
    """Write inputs with checksums, and what became of every layer's records."""
    words, summary = draft.words, material.summary
    draft.heading(1, words.say("report_data"))
    date = material.data_date(words)
    credit = material.credit
    draft.paragraph(words.say("report_inputs_said", credit=credit, date=date))
    heads = (("layer", 1.3), ("file", 1.6), ("bytes", 1), ("date", 1), ("checksum", 3))
    draft.table(
        "inputs",
        words.say("report_caption_inputs"),
        [Column(words.say(f"report_{key}"), width) for key, width in heads],
        [_input(material, words, one) for one in summary.get("inputs", ())],
    )
    network = summary.get("network")
    if network:
        draft.paragraph(_streets(words, network))
    layers = {key: one for key, one in summary.get("layers", {}).items() if one["read"]}
    counts = ("read", "used", "repaired", "dropped")
    columns = [Column(words.say(f"report_{key}")) for key in counts]
    draft.table(
        "layers",
        words.say("report_caption_layers"),
        [Column(words.say("report_layer"), 1.6), *columns],
        [
            (said(layer_name(words, key)), *(number(words, one[count]) for count in counts))
            for key, one in layers.items()
        ],
    )
    draft.table(
        "left_out",
        words.say("report_caption_left_out"),
        [
            Column(words.say("report_layer"), 1.2),
            Column(words.say("report_reason"), 4),
            Column(words.say("report_amount"), 0.8),
        ],
        list(_left_out(words, layers)),
    )


def _input(material: Material, words: Words, one: Mapping[str, Any]) -> tuple[Cell, ...]:
    """Write one input; its folder is nobody's business."""
    return (
        said(layer_name(words, str(one["layer"]))),
        said(file_name(str(one["path"]))),
        number(words, one["bytes"]),
        said(material.data_date(words)),
        said(one["sha256"], "code"),
    )


def _left_out(words: Words, layers: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    """Write every reason, the most frequent first."""
    for key, one in layers.items():
        for reason, count in sorted(one["reasons"].items(), key=lambda pair: -pair[1]):
            yield (
                said(layer_name(words, key)),
                said(words.begun(retold(words, reason))),
                number(words, count),
            )


def _streets(words: Words, network: Mapping[str, Any]) -> str:
    return words.say(
        "report_network_said",
        edges=words.number(network["edges"]),
        nodes=words.number(network["nodes"]),
        length=f"{network['length_m'] / 1000:,.1f}",
        islands=words.number(network["islands"]),
        largest=words.percent(network["largest_island_share"]),
    )


def _method(draft: Draft, material: Material) -> None:
    """Write the rules of measuring, and the laws that were checked."""
    words = draft.words
    draft.heading(1, words.say("report_method"))
    rules = [words.say(f"report_method_{key}") for key in _RULES]
    people = "people" if material.scene.counts_people else "homes"
    walker = material.walker(words)
    draft.points([*rules, words.say(f"report_method_{people}"), walker], numbered=True)
    draft.heading(2, words.say("report_laws"))
    yes, no = (words.say(f"report_{key}") for key in ("yes", "no"))
    draft.table(
        "laws",
        words.say("report_caption_laws"),
        [Column(words.say("report_law"), 5), Column(words.say("report_holds"), 1)],
        [
            (said(_law(words, key)), said(yes if holds else no, "good" if holds else "bad"))
            for key, holds in material.summary.get("laws", {}).items()
        ],
    )


def _law(words: Words, key: str) -> str:
    return words.say(f"report_law_{key}") if f"report_law_{key}" in TABLE else key


def _limits(material: Material, words: Words) -> list[str]:
    """Say what the figures cannot tell, as this place's results show it."""
    scene, summary = material.scene, material.summary
    said_so: list[str] = []
    for key in (*scene.standards, *scene.unions, *scene.circles):
        said_so += _limits_of(material, words, scene.measured(key))
    if not scene.counts_people:
        said_so.append(words.say("report_limit_homes"))
    if not summary.get("data", {}).get("date"):
        said_so.append(words.say("report_limit_date"))
    if any(one["layer"] == "osm" for one in summary.get("inputs", ())):
        said_so.append(words.say("report_limit_osm"))
    if not summary.get("layers", {}).get("park_gates", {}).get("used"):
        said_so.append(words.say("report_limit_gates"))
    return [*said_so, words.say("report_limit_doors"), words.say("report_limit_slots")]


def _limits_of(material: Material, words: Words, figures: Mapping[str, Any]) -> Iterator[str]:
    """Say what one standard's figures cannot tell."""
    name, total = marked(words, figures), figures["total"] or 1.0
    unsure = (figures.get("edge_uncertain") or 0.0) / total
    if unsure > _MANY_UNSURE:
        amount = material.amount(words, figures["edge_uncertain"])
        part = words.percent(unsure)
        yield words.say("report_limit_edge", name=name, amount=amount, share=part)
    low, high = (figures.get("network", {}).get(key) for key in ("low", "high"))
    if low is not None and high is not None and high - low > _WIDE_BOUNDS:
        points = f"{100 * (high - low):.1f}"
        yield words.say("report_limit_bounds", name=name, points=points)
    if figures.get("denominator") in LAND and official(figures) is None:
        yield words.say("report_limit_land", name=name, land=land_name(words, figures))
    if status(figures) != "C1":
        yield words.say("report_limit_status", name=name)


def _versions(draft: Draft, material: Material) -> None:
    """Write what computed all this."""
    words = draft.words
    draft.heading(1, words.say("report_versions"))
    draft.table(
        "versions",
        words.say("report_caption_versions"),
        [Column(words.say("report_software")), Column(words.say("report_version"))],
        [(said(key), said(one)) for key, one in material.summary.get("versions", {}).items()],
    )
