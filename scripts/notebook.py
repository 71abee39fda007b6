"""Results in a notebook: open them, look at them, go on computing with them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from maps import notebook
from maps.words import Words
from scripts.pages import pages_of
from scripts.readback import read_results
from scripts.screen import Steps
from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from maps.words import Language
    from scripts.readback import Results

_PARTS = ("served", "share", "low", "high")


@dataclass(frozen=True)
class MapPage:
    """A page with its map; a notebook shows it, with no request to anywhere."""

    title: str
    html: str

    def __repr__(self) -> str:
        """Say what it shows, not its text."""
        return f"MapPage({self.title!r}, {len(self.html):,} characters)"

    def _repr_html_(self) -> str:
        """Show the page in a frame."""
        return str(notebook.framed(self.html, self.title))


@dataclass(frozen=True)
class Answer:
    """What a command found, as `open_results` gives it.

    Attributes
    ----------
    results
        What lies in the folder.
    language
        Of pages and of what is shown: ``zh`` or ``en``.
    """

    results: Results
    language: Language

    @property
    def summary(self) -> Mapping[str, Any]:
        """The content of ``summary.json``."""
        return self.results.summary

    @property
    def layers(self) -> tuple[str, ...]:
        """The names of the layers."""
        return self.results.layers

    @property
    def maps(self) -> tuple[str, ...]:
        """What `map` can show."""
        return tuple(pages_of(self.results, self.language))

    def layer(self, name: str) -> gpd.GeoDataFrame:
        """Give one layer, in the results' metric CRS.

        Raises
        ------
        InputError
            If there is none of that name.
        """
        return self.results.layer(name)

    def table(self) -> pd.DataFrame:
        """Give the figures: a row for each standard, each scenario and standard, or each proposal.

        Shares are numbers from 0 to 1.
        """
        figures = self.summary
        if "scenarios" in figures:
            return _compared(figures, self.language)
        if "proposals" in figures:
            return pd.DataFrame(figures["proposals"]).set_index("proposal")
        return _measured(figures, self.language)

    def map(self, name: str | None = None) -> MapPage:
        """Give a page with its map: one of `maps`, else the first.

        Raises
        ------
        InputError
            If there is no page of that name.
        """
        pages = pages_of(self.results, self.language)
        chosen = next(iter(pages)) if name is None else name
        if chosen not in pages:
            wrong, remedy = f"has no map {name!r}", f"choose one of {', '.join(pages)}"
            raise InputError(wrong, remedy, file=self.results.folder)
        return MapPage(pages[chosen].title, pages[chosen].draw())

    def export(
        self,
        *formats: str,
        out: str | Path,
        layers: Sequence[str] = (),
        encoding: Literal["gbk", "utf-8"] = "utf-8",
    ) -> dict[str, list[str]]:
        """Write layers as files, as ``lifecircle export`` does; gives what each format lost.

        Raises
        ------
        InputError
            If a format or a layer is unknown, or `out` cannot be written to.
        """
        from scripts.export import Wish, export  # noqa: PLC0415 - few export from a notebook

        wish = Wish(formats, layers, encoding, language=self.language)
        return export(self.results.folder, wish, Path(out), Steps(quiet=True))

    def __repr__(self) -> str:
        """Say where it comes from and what it holds."""
        place, count = self.summary["place"], len(self.table())
        return f"Answer({place!r}, {count} rows, {len(self.layers)} layers, {self.results.folder})"

    def _repr_html_(self) -> str:
        """Show the figures and the first map."""
        frame = self.map()
        shown = notebook.framed(frame.html, frame.title)
        return str(notebook.answer(self.summary, Words(self.language), shown))


def open_results(folder: str | Path = "results", *, language: Language | None = None) -> Answer:
    """Open what measure, compare, site or links wrote into a folder.

    Parameters
    ----------
    folder
        Where ``summary.json`` and ``results.gpkg`` lie.
    language
        ``zh`` or ``en``; default: that of the results.

    Raises
    ------
    InputError
        If there are no results, or they are not whole.
    """
    results = read_results(Path(folder))
    return Answer(results, language or results.summary["language"])


def measured(
    plan: str | Path, out: str | Path | None = None, *, language: Language | None = None
) -> Answer:
    """Measure a plan, as ``lifecircle measure`` does, and open the results.

    Raises
    ------
    LifecircleError
        If the plan or a layer cannot be used, a law is broken, or `out` cannot be written to.
    """
    from scripts.measure import measure  # noqa: PLC0415 - opening results needs no measuring

    folder = _folder(plan, out, "results")
    measure(Path(plan), folder, language, Steps(quiet=True))
    return open_results(folder, language=language)


def compared(
    plan: str | Path,
    *scenarios: str | Path,
    out: str | Path | None = None,
    language: Language | None = None,
) -> Answer:
    """Compare a plan with scenarios, as ``lifecircle compare`` does, and open the results.

    Raises
    ------
    LifecircleError
        If the plan, a layer or a scenario cannot be used, or `out` cannot be written to.
    """
    from scripts.comparing.compare import compare  # noqa: PLC0415 - as above

    folder, files = _folder(plan, out, "compare"), [Path(one) for one in scenarios]
    compare(Path(plan), files, folder, language, Steps(quiet=True))
    return open_results(folder, language=language)


def sited(
    plan: str | Path,
    standard: str,
    *,
    out: str | Path | None = None,
    language: Language | None = None,
    **wish: Any,  # noqa: ANN401 - as `scripts.proposing.site.Wish` takes it
) -> Answer:
    """Find the best sites, as ``lifecircle site`` does, and open the results.

    `wish` is what `scripts.proposing.site.Wish` takes beside the standard: ``new=2``,
    ``candidates=...``.

    Raises
    ------
    LifecircleError
        If the plan or a layer cannot be used, what is asked is impossible, or `out` cannot be
        written to.
    """
    from scripts.proposing.site import Wish, find_sites  # noqa: PLC0415 - as above

    folder = _folder(plan, out, "site")
    find_sites(Path(plan), Wish(standard, **wish), folder, language, Steps(quiet=True))
    return open_results(folder, language=language)


def _folder(plan: str | Path, out: str | Path | None, name: str) -> Path:
    """Where results go: as asked, else beside the plan."""
    return Path(out) if out else Path(plan).parent / name


def _measured(figures: Mapping[str, Any], language: Language) -> pd.DataFrame:
    """Give a row for each standard; of a circle, who has all its must-haves."""
    rows = {}
    for key, one in figures["standards"].items():
        part = one.get("complete") or one["network"]
        rows[key] = {
            "name": one[language],
            "reach_m": one.get("reach_m"),
            "facilities": one.get("facilities"),
            "total": one["total"],
            **{name: part.get(name) for name in _PARTS},
            "straight_share": one.get("straight", {}).get("share"),
            "target_share": one.get("target_share"),
            "unconnected": one["unconnected"],
            "edge_uncertain": one["edge_uncertain"],
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("standard")


def _compared(figures: Mapping[str, Any], language: Language) -> pd.DataFrame:
    """Give a row for each scenario and standard."""
    rows = [
        {
            "scenario": scenario["name"],
            "standard": key,
            "name": one[language],
            "total": one["total"],
            "before": one["before"]["share"],
            "after": one["after"]["share"],
            "gained": one["gained"],
            "lost": one["lost"],
        }
        for scenario in figures["scenarios"]
        for key, one in scenario["standards"].items()
    ]
    return pd.DataFrame(rows).set_index(["scenario", "standard"])
