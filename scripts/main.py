"""The command line; an error becomes one line and exit 2."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from scripts.messages import language_of
from scripts.messages.ending import Commands, ended
from scripts.screen import Steps

if TYPE_CHECKING:
    from scripts.publishing import Publishing
    from spatial.condition.fault import Fault

# Each verb is imported when it runs: what reads maps and tables takes a second to load.

_PLAN = click.argument("plan", type=click.Path(path_type=Path, dir_okay=False))
_OUT = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the results; default: 'results' beside the plan.",
)
_LANG = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    help="Language of maps and tables; default: the plan's.",
)
_ANSWER = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the results; default: one of the command's name beside the plan.",
)
_PROTECTED = click.option(
    "--protected",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Protected areas: what is proposed there says so.",
)
_REVIEW = click.option("--review-number", help="The map review number (审图号) to be shown.")
_KEY = click.option(
    "--publish-key",
    is_flag=True,
    help="Let the base map's key stand in the pages, for all to read.",
)
_PUBLIC = click.option("--public", is_flag=True, help="Leave out single homes, for publishing.")
_LEAST = click.option(
    "--least",
    type=click.IntRange(3),
    default=10,
    help="With --public: so many people stand together at least; default 10.",
)
_QUIET = click.option("--quiet", is_flag=True, help="Print nothing but errors.")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lifecircle")
def cli() -> None:
    """Who can really walk to what, and where the gaps are.

    lifecircle measures the 15-minute life circle, green, park and bus-stop coverage along the
    streets, and puts the straight-line figure beside it.
    """


@cli.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("out/demo"))
@_LANG
@_QUIET
def demo(out: Path, lang: str | None, *, quiet: bool) -> None:
    """Do the whole job on the bundled city, with no network."""
    from scripts.demo import demo_plan  # noqa: PLC0415

    _run(demo_plan(out), out / "results", lang, quiet=quiet)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--osm", type=click.Path(path_type=Path, dir_okay=False), help="An OSM extract.")
@click.option("--boundary", type=click.Path(path_type=Path), help="The study area: a vector file.")
@click.option("--name", help="The place's name; default: the folder's.")
@_LANG
@_QUIET
def init(
    folder: Path,
    osm: Path | None,
    boundary: Path | None,
    name: str | None,
    lang: str | None,
    *,
    quiet: bool,
) -> None:
    """Write a commented plan.toml into FOLDER."""
    from scripts.init import init as write_plan  # noqa: PLC0415

    path = write_plan(folder, osm=osm, boundary=boundary, name=name, language=lang)
    _steps(quiet=quiet).say(f"{path}: edit it, then run: lifecircle run {path}")


@cli.command()
@_PLAN
@click.option("--overpass-url", help="An Overpass server other than OSMnx's default.")
@click.option("--nominatim-url", help="A Nominatim server other than OSMnx's default.")
@_QUIET
def fetch(plan: Path, overpass_url: str | None, nominatim_url: str | None, *, quiet: bool) -> None:
    """Fill the layers PLAN lacks from OpenStreetMap, and keep them as files."""
    from scripts.fetch import fetch as fill  # noqa: PLC0415

    fill(plan, overpass_url=overpass_url, nominatim_url=nominatim_url, quiet=quiet)


@cli.command()
@_PLAN
@_OUT
@_LANG
@_QUIET
def check(plan: Path, out: Path | None, lang: str | None, *, quiet: bool) -> None:
    """Say what is wrong with the data of PLAN, whom it touches, and what to do."""
    from scripts.checking.check import check as looked_at  # noqa: PLC0415

    looked_at(plan, out or results_folder(plan), lang, _steps(3, quiet=quiet))


@cli.command()
@_PLAN
@_OUT
@_LANG
@_QUIET
def measure(plan: Path, out: Path | None, lang: str | None, *, quiet: bool) -> None:
    """Write summary.json, results.gpkg and tables.xlsx for PLAN."""
    from scripts.measure import measure as measured  # noqa: PLC0415

    measured(plan, out or results_folder(plan), lang, _steps(3, quiet=quiet))


@cli.command()
@_PLAN
@_OUT
@_LANG
@_REVIEW
@_KEY
@_PUBLIC
@_LEAST
@_QUIET
def draw(
    plan: Path,
    out: Path | None,
    lang: str | None,
    *,
    quiet: bool,
    **said: Any,  # noqa: ANN401  whatever click read
) -> None:
    """Write maps/*.html from the results measured for PLAN."""
    from scripts.publishing import Publishing  # noqa: PLC0415

    _draw(plan, out, lang, _steps(quiet=quiet), Publishing(**said))


@cli.command()
@_PLAN
@click.option(
    "--format",
    "formats",
    multiple=True,
    required=True,
    type=click.Choice(["geoparquet", "geojson", "shapefile", "kml", "flatgeobuf", "csv", "xlsx"]),
    help="What to write; may be given several times.",
)
@click.option("--layer", "layers", multiple=True, help="A layer to write; default: all of them.")
@click.option(
    "--encoding",
    type=click.Choice(["utf-8", "gbk"]),
    default="utf-8",
    help="Of the text of Shapefiles and CSV; default: utf-8.",
)
@click.option("--styles", is_flag=True, help="Write beside each file its style for QGIS (.qml).")
@click.option(
    "--results",
    type=click.Path(path_type=Path, file_okay=False),
    help="What to export: the folder of measure, compare, site or links; default: 'results'.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the files; default: 'export' beside the plan.",
)
@_LANG
@_QUIET
def export(
    plan: Path,
    *,
    results: Path | None,
    out: Path | None,
    lang: Literal["zh", "en"] | None,
    quiet: bool,
    **asked: Any,  # noqa: ANN401  whatever click read
) -> None:
    """Write the layers measured for PLAN as files for other programs; says what each one loses."""
    from scripts.export import Wish  # noqa: PLC0415
    from scripts.export import export as exported  # noqa: PLC0415

    steps, folder = _steps(len(asked["formats"]), quiet=quiet), out or plan.parent / "export"
    wish = Wish(**asked, language=lang)
    lines = exported(results or results_folder(plan), wish, folder, steps)
    for kind, losses in lines.items():
        steps.say("\n  ".join([f"{folder / kind}:", *losses]))


@cli.command()
@_PLAN
@_OUT
@click.option(
    "--lang",
    type=click.Choice(["zh", "en", "both"]),
    default="both",
    help="Language of the report; default: both, each in files of its own.",
)
@click.option("--no-pdf", is_flag=True, help="Leave out the PDFs, which a browser has to print.")
@_REVIEW
@_PUBLIC
@_LEAST
@_QUIET
def report(
    plan: Path,
    out: Path | None,
    lang: str,
    *,
    no_pdf: bool,
    quiet: bool,
    **said: Any,  # noqa: ANN401  whatever click read
) -> None:
    """Write a report (Word, Excel, HTML, PDF) from the results measured for PLAN."""
    from scripts.publishing import Publishing  # noqa: PLC0415
    from scripts.report import Wish  # noqa: PLC0415
    from scripts.report import report as reported  # noqa: PLC0415

    steps = _steps(2, quiet=quiet)
    wish = Wish(lang, pdf=not no_pdf, publishing=Publishing(**said))
    for line in reported(plan, out or results_folder(plan), wish, steps):
        steps.say(line)


@cli.command()
@click.argument("plan", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="Language.")
def standards(plan: Path | None, lang: str) -> None:
    """List what can be measured: thresholds, definition, and who says so; PLAN's own included."""
    from scripts.standards import standards_table  # noqa: PLC0415

    click.echo(standards_table(plan, lang))


@cli.command()
@_PLAN
@_OUT
@_LANG
@_REVIEW
@_KEY
@_PUBLIC
@_LEAST
@_QUIET
def run(
    plan: Path,
    out: Path | None,
    lang: str | None,
    *,
    quiet: bool,
    **said: Any,  # noqa: ANN401  whatever click read
) -> None:
    """Check the data of PLAN, measure it and draw its maps."""
    from scripts.plan import load_plan  # noqa: PLC0415
    from scripts.publishing import Publishing, frame_of  # noqa: PLC0415

    publishing = Publishing(**said)
    frame_of(load_plan(plan), publishing)  # what the pages may not show is said before all work
    _run(plan, out, lang, publishing, quiet=quiet)


@cli.command()
@_PLAN
@click.argument("scenarios", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the results; default: 'compare' beside the plan.",
)
@_LANG
@_QUIET
def compare(
    plan: Path, scenarios: tuple[Path, ...], out: Path | None, lang: str | None, *, quiet: bool
) -> None:
    """Show PLAN before and after SCENARIOS: files of changes, TOML or drawn in a GIS."""
    from scripts.comparing.compare import compare as compared  # noqa: PLC0415
    from scripts.told import scenario_table  # noqa: PLC0415

    steps, folder = _steps(4, quiet=quiet), out or plan.parent / "compare"
    figures = compared(plan, scenarios, folder, lang, steps)
    steps.say(scenario_table(figures))
    steps.say(f"maps: {folder / 'maps' / 'index.html'}")


@cli.command()
@_PLAN
@click.option("--standard", required=True, help="What is sited for: an id, such as park_500m.")
@click.option("--new", type=click.IntRange(1), help="At most so many sites.")
@click.option(
    "--question",
    type=click.Choice(["most", "fewest", "least_walking", "fairest"]),
    default="most",
    help="Serve most people (default); reach a share with fewest sites; least walking in all;"
    " shortest longest walk.",
)
@click.option(
    "--share",
    type=click.FloatRange(0, 1, min_open=True),
    help="For 'fewest': the share of people to reach; default 1, everyone who can be reached.",
)
@click.option("--cheapest", is_flag=True, help="For 'fewest': least cost, not fewest sites.")
@click.option(
    "--candidates",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Points or land, with cost, capacity, must, barred; default: spots on streets in gaps.",
)
@click.option("--budget", type=click.FloatRange(0), help="At most such costs, in all.")
@click.option("--spacing", type=click.FloatRange(0), default=0.0, help="Metres between new sites.")
@click.option("--min-area", type=click.FloatRange(0), default=0.0, help="Least size of land, m².")
@click.option("--favour", help="A zone whose people count more, by --factor.")
@click.option("--factor", type=click.FloatRange(0), help="How much more; default 2.")
@_PROTECTED
@click.option("--seconds", type=click.FloatRange(0), default=60.0, help="Time limit; default 60.")
@click.option("--gap", type=click.FloatRange(0, 1), default=0.0, help="A gap good enough to stop.")
@_ANSWER
@_LANG
@_QUIET
def site(
    plan: Path,
    *,
    out: Path | None,
    lang: str | None,
    quiet: bool,
    **asked: Any,  # noqa: ANN401  whatever click read
) -> None:
    """Find where the next facilities serve most people; the gap to the best is printed."""
    from scripts.proposing.site import Wish, find_sites  # noqa: PLC0415
    from scripts.told import heard, proposal_table  # noqa: PLC0415

    asked["spacing_m"], asked["least_m2"] = asked.pop("spacing"), asked.pop("min_area")
    wish = Wish(**asked)
    steps, folder = _steps(4, quiet=quiet), out or plan.parent / "site"
    figures = find_sites(plan, wish, folder, lang, steps, lambda *found: steps.say(heard(*found)))
    steps.say(proposal_table(figures))
    steps.say(f"map: {folder / 'maps' / 'index.html'}")


@cli.command()
@_PLAN
@click.option("--standard", required=True, help="What is walked to: an id, such as park_500m.")
@click.option("--new", type=click.IntRange(1), default=5, help="How many to choose; default 5.")
@click.option(
    "--longest",
    type=click.FloatRange(0, min_open=True),
    default=60.0,
    help="The longest link on land, metres; bridges may be 2.5 times as long. Default 60.",
)
@click.option(
    "--candidates",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Sites to choose beside openings; their cost counts as metres of opening.",
)
@click.option("--most-people", is_flag=True, help="Choose by people gained, not per metre built.")
@_PROTECTED
@_ANSWER
@_LANG
@_QUIET
def links(
    plan: Path,
    *,
    out: Path | None,
    lang: str | None,
    quiet: bool,
    **asked: Any,  # noqa: ANN401  whatever click read
) -> None:
    """Find the gates, bridges and dead ends whose opening serves most people per metre built."""
    from scripts.proposing.links import Wish, find_links  # noqa: PLC0415
    from scripts.told import proposal_table  # noqa: PLC0415

    asked["longest_m"] = asked.pop("longest")
    steps, folder = _steps(4, quiet=quiet), out or plan.parent / "links"
    figures = find_links(plan, Wish(**asked), folder, lang, steps)
    steps.say(proposal_table(figures))
    steps.say(f"map: {folder / 'maps' / 'index.html'}")


def _steps(count: int = 1, *, quiet: bool) -> Steps:
    """The steps of a command, told in the language of what was typed."""
    language = click.get_current_context().find_object(str)
    return Steps(count, quiet=quiet, language="zh" if language == "zh" else "en")


def _run(
    plan: Path,
    out: Path | None,
    lang: str | None,
    publishing: Publishing | None = None,
    *,
    quiet: bool,
) -> None:
    from scripts.checking.check import check_study, worth_a_look  # noqa: PLC0415
    from scripts.measure import measure as measured  # noqa: PLC0415
    from scripts.screen import table  # noqa: PLC0415
    from scripts.writing.write import beside  # noqa: PLC0415

    steps, folder = _steps(5, quiet=quiet), out or results_folder(plan)
    single = publishing is None or not publishing.public
    doubts: list[Fault] = []
    with beside(folder):  # figures and maps in one step, or neither
        figures = measured(
            plan,
            folder,
            lang,
            steps,
            look=lambda study: doubts.extend(check_study(study, folder, page_too=single)),
        )
        index = _draw(plan, out, lang, steps, publishing)
    steps.say(table(figures))
    told = worth_a_look(doubts, str(figures["language"]))
    if told:
        steps.say(f"{told}: {folder / ('check.html' if single else 'check.gpkg')}")
    steps.say(f"maps: {index}")


def _draw(
    plan: Path,
    out: Path | None,
    lang: str | None,
    steps: Steps,
    publishing: Publishing | None = None,
) -> Path:
    from scripts.draw import draw as drawn  # noqa: PLC0415

    return drawn(plan, out or results_folder(plan), lang, steps, publishing)


def results_folder(plan: Path) -> Path:
    """Where results go when nobody says: beside the plan."""
    return plan.parent / "results"


def main() -> None:
    """Run the command line; whatever goes wrong is one line, in the planner's language."""
    words = sys.argv[1:]
    language = language_of(words)
    code = ended(lambda: cli.main(standalone_mode=False, obj=language), language, words)
    if code:
        sys.exit(code)


if __name__ == "__main__":
    main()
