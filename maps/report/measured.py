"""A section for each standard: definition, results, a map, why, and where not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maps.parts import nouns
from maps.parts.verdict import official
from maps.report import gaps, reasons
from maps.report.document import Cell, Column, Sign
from maps.report.figures import (
    LAND,
    judgement,
    land_name,
    marked,
    on_paper_only,
    status,
    target,
    title,
    unserved,
)
from maps.report.material import hectares, metres, number, said, share
from maps.report.pictured import Plate, Swatch
from maps.style import SHARES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maps.report.document import Draft
    from maps.report.material import Material
    from maps.words import Words


def write(draft: Draft, material: Material, key: str) -> None:
    """Write the section of one standard."""
    words, figures = draft.words, material.scene.measured(key)
    draft.heading(1, title(words, figures))
    draft.heading(2, words.say("report_definition"))
    define(draft, material, key)
    draft.heading(2, words.say("report_results"))
    _results(draft, material, figures)
    draft.paragraph(_facilities(words, figures))
    draw(draft, material, key)
    draft.heading(2, words.say("report_reasons"))
    reasons.write(draft, material, figures)
    draft.heading(2, words.say("report_gaps"))
    gaps.write(draft, material, key)


def write_union(draft: Draft, material: Material, key: str) -> None:
    """Write the section of a union: its figures, and those of each of its classes."""
    words, figures = draft.words, material.scene.measured(key)
    draft.heading(1, title(words, figures))
    draft.paragraph(words.say("report_union_said"))
    draft.heading(2, words.say("report_definition"))
    define(draft, material, key)
    draft.heading(2, words.say("report_results"))
    _results(draft, material, figures)
    heads = ("standard", "reach_m", "facilities", "walk", "low", "high", "straight", "check")
    draft.table(
        "classes",
        words.say("report_caption_classes", name=marked(words, figures)),
        _columns(words, heads, (2.4, 1, 1, 1, 1, 1, 1, 1.6)),
        [_class(words, one) for one in figures["classes"].values()],
        about=marked(words, figures),
    )
    draw(draft, material, key)


def _class(words: Words, figures: Mapping[str, Any]) -> tuple[Cell, ...]:
    network = figures["network"]
    return (
        said(marked(words, figures)),
        metres(words, figures["reach_m"]),
        number(words, figures["facilities"]),
        share(words, network["share"], "strong"),
        share(words, network.get("low")),
        share(words, network.get("high")),
        share(words, figures["straight"]["share"]),
        said(words.say(f"report_check_{status(figures)}")),
    )


def _columns(words: Words, heads: Iterable[str], wide: Iterable[float]) -> list[Column]:
    """Give columns headed by words of the report."""
    return [Column(words.say(f"report_{key}"), w) for key, w in zip(heads, wide, strict=True)]


def define(draft: Draft, material: Material, key: str) -> None:
    """Write the definition of a standard as a table of items."""
    words, figures = draft.words, material.scene.measured(key)
    rows = [
        ("standard", f"{words.pick(figures)} ({key})"),
        *_cited(words, figures),
        ("reach", _reach(words, figures)),
        ("size", _size(words, figures)),
        ("geometry", _geometry(words, figures)),
        ("numerator", _quoted(words, figures, "numerator")),
        ("denominator", _quoted(words, figures, "denominator")),
        ("counted", _counted(material, words, figures)),
        ("target", _target(words, figures)),
    ]
    draft.table(
        "definitions",
        words.say("report_caption_definition", name=marked(words, figures)),
        _columns(words, ("item", "content"), (1.2, 4)),
        [(said(words.say(f"report_{item}")), said(text)) for item, text in rows if text],
        about=marked(words, figures),
    )


def _cited(words: Words, figures: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Cite the source; an unconfirmed one is not called the document of a standard."""
    source, sure = figures.get("source", {}), status(figures)
    label = "document_unsure" if sure == "U" else "document"
    document, year = str(source.get("document") or ""), source.get("year")
    if document and year and str(year) not in document:
        document = words.say("report_of_year", document=document, year=year)
    return [
        (label, document),
        ("clause", str(source.get("clause") or "")),
        ("status", words.say(f"report_status_{sure}")),
    ]


def _target(words: Words, figures: Mapping[str, Any]) -> str:
    """Say what the document asks for."""
    if figures.get("target_share") is None:
        return words.say("report_no_target")
    return target(words, figures).shown


def _reach(words: Words, figures: Mapping[str, Any]) -> str:
    """Say how far one may walk; of a union and a circle each class says so itself."""
    if "classes" in figures or "reach_m" not in figures:
        return ""
    reach, walk_m = words.metres(figures["reach_m"]), figures.get("walk_reach_m")
    if walk_m is None:
        return reach
    return words.say("report_walk_reach", reach=reach, walk=words.metres(walk_m))


def _size(words: Words, figures: Mapping[str, Any]) -> str:
    """Say what size of facility counts."""
    if "area_m2" not in figures:
        return ""
    size = figures["area_m2"]
    if size is None:
        return words.say("report_size_any")
    low, high = size
    if high is None:
        return words.say("report_size_from", low=words.number(low))
    return words.say("report_size_between", low=words.number(low), high=words.number(high))


def _geometry(words: Words, figures: Mapping[str, Any]) -> str:
    """Say which distance the document means, and where it starts."""
    if "geometry" not in figures:
        return ""
    said_so = words.say(f"report_geometry_{figures['geometry']}")
    origin = figures.get("origin")
    return said_so + (words.say(f"report_origin_{origin}") if origin else "")


def _quoted(words: Words, figures: Mapping[str, Any], part: str) -> str:
    """Give numerator or denominator in the document's words."""
    return str(figures.get(f"{part}_{words.language}") or "")


def _counted(material: Material, words: Words, figures: Mapping[str, Any]) -> str:
    """Say what was really divided by: land where it was given, and homes or people."""
    total = material.amount(words, figures["total"])
    parts = [words.say("report_counted_weight", amount=total)]
    land = figures.get("land")
    if land:
        size = hectares(words, land["area_m2"]).shown
        name = words.say(f"land_of_{land['of']}")
        parts.insert(0, words.say("report_counted_land", land=name, area=size))
    elif figures.get("denominator") in LAND:
        parts.append(words.say("report_counted_no_land", land=land_name(words, figures)))
    return words.say("semicolon").join(parts)


def _results(draft: Draft, material: Material, figures: Mapping[str, Any]) -> None:
    """Write every share with numerator and denominator, and who is not served."""
    words, name = draft.words, marked(draft.words, figures)
    heads = ("measure", "share", "numerator_here", "denominator_here", "unit")
    draft.table(
        "results",
        words.say("report_caption_results", name=name),
        _columns(words, heads, (3, 1.1, 1.3, 1.3, 1)),
        [*_of_land(words, figures), *_of_homes(material, words, figures)],
        about=name,
        note=_note(words, figures),
    )
    if figures["network"].get("low") is not None:
        draft.paragraph(words.say("report_bounds_said"))
    draft.table(
        "missed",
        words.say("report_caption_missed", name=name),
        _columns(words, ("item", "amount", "of_total"), (3, 1, 1)),
        _missed(material, words, figures),
        about=name,
    )


def _note(words: Words, figures: Mapping[str, Any]) -> str:
    """Say the target and the verdict."""
    found = judgement(words, figures).shown
    if figures.get("target_share") is None:
        return words.say("report_note_verdict", verdict=words.begun(found))
    return words.say("report_note_target", target=target(words, figures).shown, verdict=found)


def _label(words: Words, figures: Mapping[str, Any], row: str, key: str, **said: str) -> Cell:
    """Name a row of the results; the one the document asks for is marked."""
    text = words.begun(words.say(f"report_row_{row}", **said))
    asked = official(figures) == key
    return Cell(words.say("report_row_official", row=text) if asked else text)


def _of_land(words: Words, figures: Mapping[str, Any]) -> list[tuple[Cell, ...]]:
    """Write the shares of land, the official one first, with the areas they are made of."""
    land = figures.get("land")
    if not land:
        return []
    name, area_m2 = words.say(f"land_of_{land['of']}"), land["area_m2"]
    rows: list[tuple[Cell, ...]] = []
    for way in ("straight", "network"):
        part = land[way]
        covered = None if part is None else part * area_m2
        rows.append(
            (
                _label(words, figures, f"land_{way}", f"land_{way}", land=name),
                share(words, part),
                hectares(words, covered),
                hectares(words, area_m2),
                said(words.say("report_unit_land")),
            )
        )
    return rows


def _of_homes(
    material: Material, words: Words, figures: Mapping[str, Any]
) -> list[tuple[Cell, ...]]:
    """Write the shares of homes or people: straight, on foot, and its bounds."""
    unit = "people" if material.scene.counts_people else "homes"
    ways = {way: figures[way] for way in ("straight", "network", "usual") if way in figures}
    ends = {end: figures["network"].get(end) for end in ("low", "high")}
    parts = [
        (way, share(words, one["share"], "strong" if way == "network" else ""), one["served"])
        for way, one in ways.items()
    ]
    parts += [(end, share(words, one), None) for end, one in ends.items() if one is not None]
    total = material.count(words, figures["total"])
    last = said(words.say(f"report_unit_{unit}"))
    return [
        (_label(words, figures, row, row), part, material.count(words, served), total, last)
        for row, part, served in parts
    ]


def _missed(material: Material, words: Words, figures: Mapping[str, Any]) -> list[tuple[Cell, ...]]:
    """Count who is not served, and of whom the answer is not sure."""
    total = figures["total"] or 1.0
    rows = {
        "all": unserved(figures),
        "paper": max(on_paper_only(figures), 0.0),
        "apart": figures.get("unconnected") or 0.0,
        "edge": figures.get("edge_uncertain") or 0.0,
    }
    return [
        (
            said(words.say(f"report_missed_{key}")),
            material.count(words, count),
            share(words, count / total),
        )
        for key, count in rows.items()
    ]


def _facilities(words: Words, figures: Mapping[str, Any]) -> str:
    """Say how many facilities count, how one gets in, and which do not count."""
    kinds = figures.get("entrance_kinds") or {}
    listed = [
        words.say(f"report_kind_{kind.replace(' ', '_')}", n=words.number(count))
        for kind, count in kinds.items()
    ]
    of_points = set(kinds) <= {"given"} and figures["entrances"] == figures["facilities"]
    together = words.say("list_comma").join(listed)
    other, closed = (
        int(figures.get(key) or 0)
        for key in ("facilities_of_other_size", "facilities_without_entrance")
    )
    return words.say(
        "report_facilities_said",
        n=words.number(figures["facilities"]),
        doors=words.number(figures["entrances"]),
        kinds=""
        if of_points or not listed
        else words.say("report_facilities_kinds", kinds=together),
        other=words.say("report_facilities_other", n=words.number(other)) if other else "",
        closed=words.say("report_facilities_closed", n=words.number(closed)) if closed else "",
    )


def draw(draft: Draft, material: Material, key: str) -> None:
    """Show the map of a standard or union, with its legend and its source line."""
    words, scene = draft.words, material.scene
    figures, found = scene.measured(key), scene.gaps.get(key)
    name = marked(words, figures)
    alt = words.say(
        "report_map_alt",
        name=name,
        walk=words.percent(figures["network"]["share"]),
        n=0 if found is None else len(found),
    )
    walked_to = "stop" if figures.get("category") == "bus_stop" else "park"
    legend = _home_signs(material, words)
    legend.append(Sign(Swatch(walked_to), _walked_to(words, figures)))
    if key in scene.reached:
        legend.append(Sign(Swatch("reached"), words.say("report_sign_reached")))
    if found is not None and len(found):
        legend += [
            Sign(Swatch("gap"), words.say("report_sign_gap")),
            Sign(Swatch("gap-number"), words.say("report_sign_number")),
        ]
    caption = words.say("report_map", name=name)
    draft.figure(
        Plate(key), caption, alt, [*legend, *ground_signs(material, words)], source(material, words)
    )


def _home_signs(material: Material, words: Words) -> list[Sign]:
    """Give the legend's entries of homes, or of the cells that stand for them."""
    if not material.public:
        kinds = ("served", "unserved", "unconnected")
        return [Sign(Swatch(one), words.say(f"report_sign_{one}")) for one in kinds]
    step = 100 // len(SHARES)
    spans = [
        words.say("share_class", low=number * step, high=(number + 1) * step)
        for number in range(len(SHARES))
    ]
    return [
        Sign(Swatch(f"share-{number}"), words.say("report_sign_share", span=span))
        for number, span in enumerate(spans)
    ]


def _walked_to(words: Words, figures: Mapping[str, Any]) -> str:
    """Name what one walks to, as a legend does."""
    return nouns.many(words, figures.get("category"))


def ground_signs(material: Material, words: Words) -> list[Sign]:
    """Give the legend's entries of the ground, as far as there are any."""
    scene = material.scene
    kinds = set(scene.ground["kind"])
    signs = [Sign(Swatch("street"), words.say("report_sign_street"))]
    if "boundary" in kinds:
        signs.append(Sign(Swatch("boundary"), words.say("report_sign_boundary")))
    if scene.zones is not None and len(scene.zones):
        signs.append(Sign(Swatch("zone"), words.say("report_sign_zone")))
    return signs + [
        Sign(Swatch(kind), words.say(kind)) for kind in ("water", "green") if kind in kinds
    ]


def source(material: Material, words: Words) -> str:
    """Say under a map where it comes from and of when it is, with a place for its number."""
    return words.say(
        "report_map_source",
        credit=material.credit,
        date=material.data_date(words),
        crs=material.summary.get("crs", words.say("report_unknown")),
        review=material.review_number or words.say("report_blank"),
    )
