"""The whole report, section by section, in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maps.report import actions, appendix, circles, conclusions, measured
from maps.report.document import Document, Draft
from maps.report.figures import title
from maps.words import Words

if TYPE_CHECKING:
    from maps.report.material import Material
    from maps.words import Language


def document(material: Material, language: Language) -> Document:
    """Write the report in one language; both languages have the same blocks in the same order."""
    words, scene = Words(language), material.scene
    draft = Draft(words)
    conclusions.write(draft, material)
    for key in scene.summary["standards"]:
        if key in scene.circles:
            circles.write(draft, material, key)
        elif key in scene.unions:
            measured.write_union(draft, material, key)
        else:
            measured.write(draft, material, key)
    actions.write(draft, material)
    appendix.write(draft, material)
    names = [title(words, scene.measured(key)) for key in scene.summary["standards"]]
    return Document(
        language=language,
        place=scene.place,
        title=words.say("report_title"),
        subtitle=words.say("list_comma").join(names),
        facts=_facts(material, words),
        blocks=tuple(draft.blocks),
    )


def _facts(material: Material, words: Words) -> tuple[tuple[str, str], ...]:
    """Give what the title page says: where, of whom, by which walker, of when, and by whom."""
    summary, blank = material.summary, words.say("report_blank")
    area = summary.get("study_area_km2")
    size = "" if area is None else words.say("square_kilometres", n=f"{area:,.2f}")
    total = material.amount(words, float(summary.get("total", 0.0)))
    if not material.scene.counts_people:
        total = words.say("report_fact_homes", amount=total)
    place = words.say("comma").join(filter(None, (material.scene.place, size)))
    facts = (
        ("place", place),
        ("total", total),
        ("walker", material.walker(words)),
        ("data", material.data_date(words)),
        ("made", str(summary.get("created", ""))[:10]),
        ("crs", str(summary.get("crs", ""))),
        ("review", material.review_number or blank),
        ("author", blank),
        ("public", words.say("report_public") if material.public else ""),
    )
    return tuple((words.say(f"report_fact_{key}"), text) for key, text in facts if text)
