"""Who may import whom, who may read and write, and names that say nothing."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOUSES = ("spatial", "layers", "maps", "scripts")
MAY_IMPORT = {
    "spatial": {"spatial"},
    "layers": {"layers", "spatial"},
    "maps": {"maps", "spatial"},
    "scripts": {"scripts", "layers", "maps", "spatial"},
}
ALONE = {
    "folium": "maps/",
    "branca": "maps/",
    "osmnx": "layers/openstreetmap/fetch.py",
    "osmium": "layers/openstreetmap/",
}
VERBS = {
    "check",
    "measure",
    "draw",
    "compare",
    "site",
    "links",
    "fetch",
    "init",
    "report",
    "export",
}
SAYS_NOTHING = {"utils", "util", "core", "base", "helpers", "common", "manager", "misc"}
MODULES = sorted(path for house in HOUSES for path in (ROOT / house).rglob("*.py"))


def dotted(path: Path) -> str:
    """The name a module is imported by."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> set[str]:
    """Every module a file imports, with dots."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {node.module or ""}
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_imports_follow_the_house(path: Path) -> None:
    house, where = dotted(path).split(".")[0], path.relative_to(ROOT).as_posix()
    names = imported(path)
    roots = {name.split(".")[0] for name in names}
    assert roots & set(HOUSES) <= MAY_IMPORT[house]
    for library, home in ALONE.items():
        assert library not in roots or where.startswith(home), f"{library} belongs to {home}"
    if house == "scripts" and path.stem in VERBS:
        others = {
            dotted(other)
            for other in MODULES
            if other.stem in VERBS and dotted(other).startswith("scripts.") and other != path
        }
        assert not names & others, "verbs never import verbs"


def test_the_order_has_no_circle() -> None:
    """Modules can be put in a row in which each imports only earlier ones."""
    known = {dotted(path): path for path in MODULES}
    needs = {name: imported(path) & set(known) - {name} for name, path in known.items()}
    while needs:
        free = {name for name, others in needs.items() if not others & set(needs)}
        assert free, f"these import one another: {sorted(needs)}"
        needs = {name: others for name, others in needs.items() if name not in free}


def calls(path: Path) -> set[str]:
    """Names of functions and methods a file calls."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            func = node.func
            found.add(func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", ""))
    return found


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_files_are_read_in_layers_and_written_in_scripts(path: Path) -> None:
    writes = {"write_text", "write_bytes", "write_dataframe", "to_file", "mkdir", "save"}
    reads = {"open", "read_file", "read_dataframe", "read_csv", "read_excel"}
    if dotted(path).split(".")[0] != "scripts":
        assert not calls(path) & writes
    if dotted(path).split(".")[0] == "spatial":
        assert not calls(path) & reads


def test_every_name_says_something() -> None:
    assert not {path.stem for path in MODULES} & SAYS_NOTHING


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_every_function_fits_a_screen(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            docstring = ast.get_docstring(node, clean=False) or ""
            lines = (node.end_lineno or 0) - node.lineno - docstring.count("\n")
            assert lines <= 50, f"{path.name}: {node.name} has {lines} lines"
