"""The verb report: measured results -> report/ as Word, Excel, HTML and PDF."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maps.public import public
from maps.report import html, word
from maps.report.contents import document
from maps.report.gallery import Gallery
from maps.report.material import Material
from maps.scene import scene_of
from scripts.answers import answers_beside
from scripts.comparing.against import AGAINST
from scripts.plan import load_plan
from scripts.printed import find_browser, print_pages
from scripts.publishing import Publishing, frame_without_base
from scripts.readback import read_whole
from scripts.report_book import report_book
from scripts.writing.write import beside, held, save, write_page
from spatial.errors import InputError
from spatial.links import AGAINST as AGAINST_LINKS

if TYPE_CHECKING:
    from pathlib import Path

    from maps.report.document import Document
    from maps.words import Language
    from scripts.screen import Steps

LANGUAGES: dict[str, tuple[Language, ...]] = {"zh": ("zh",), "en": ("en",), "both": ("zh", "en")}
_NO_PDF = {
    "zh": "没有找到 Edge、Chrome 或 Chromium，未生成 PDF：请打开 {page} 打印",
    "en": "no PDF: neither Edge, Chrome nor Chromium was found; open {page} and print",
}
_FAILED = {
    "zh": "浏览器未能生成 PDF：请打开 {page} 打印",
    "en": "no PDF: the browser did not print; open {page} and print",
}


@dataclass(frozen=True)
class Wish:
    """How the report is wanted.

    Attributes
    ----------
    lang
        ``zh``, ``en`` or ``both``.
    pdf
        Whether the pages are printed, too.
    publishing
        Map review number, and whether single homes are left out.
    """

    lang: str = "both"
    pdf: bool = True
    publishing: Publishing = field(default_factory=Publishing)


def report(path: Path, out: Path, wish: Wish, steps: Steps) -> list[str]:
    """Write the report of a plan's results into ``out/report``; gives lines to be said.

    Raises
    ------
    LifecircleError
        If the plan cannot be used, there are no results in `out`, or it cannot be written to.
    """
    with held(out):
        with steps.step("reading results"):
            material = material_of(path, out, wish)
        languages = LANGUAGES[wish.lang]
        with steps.step("writing the report"):
            gallery = Gallery(material.scene)
            documents = [document(material, language) for language in languages]
            with beside(out) as folder:
                made = folder / "report"
                made.mkdir()
                _write(documents, gallery, made)
                said = _print(made, out / "report", languages) if wish.pdf else []
    return [f"report: {out / 'report'}", *said]


def material_of(path: Path, out: Path, wish: Wish) -> Material:
    """Gather what is reported: results, and what was asked about the same data since.

    Raises
    ------
    InputError
        If the plan cannot be used or there are no results in `out`.
    """
    plan = load_plan(path)
    results, layers = read_whole(out)
    language: Language = "zh" if results.summary.get("language") == "zh" else "en"
    frame = frame_without_base(plan, wish.publishing)
    scene = scene_of(results.summary, layers, language, frame)
    if wish.publishing.public:
        scene = public(scene, wish.publishing.least)
    return Material(
        scene=scene,
        plan=path.name,
        answers=answers_beside(path.parent, results.summary),
        against=(*AGAINST.values(), *AGAINST_LINKS.values()),
    )


def _write(documents: list[Document], gallery: Gallery, folder: Path) -> None:
    """Write every format of every language."""
    for one in documents:
        name = f"report.{one.language}"
        save(word.written(one, gallery), folder / f"{name}.docx")
        write_page(folder / f"{name}.html", html.page(one, gallery))
    save(report_book(documents), folder / "report.xlsx")


def _print(folder: Path, target: Path, languages: tuple[Language, ...]) -> list[str]:
    """Print the pages, if there is a browser; else say how one does it by hand."""
    browser = find_browser()
    if browser is None:
        return [_NO_PDF[one].format(page=target / f"report.{one}.html") for one in languages]
    pages = [folder / f"report.{one}.html" for one in languages]
    try:
        print_pages(browser, pages)
    except InputError as error:
        said = [_FAILED[one].format(page=target / f"report.{one}.html") for one in languages]
        return [*said, error.wrong]
    return []
