"""Publishing from the command line: base maps, review numbers, keys, and pages for everyone."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from scripts.export import FORMATS
from scripts.notebook import open_results
from tests.maps.unpacking import data_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.scripts.conftest import Typed

NUMBER = "GS(2026)1234号"
KEY = "0123456789abcdef"
ADDRESS = "幸福里 7 号楼 203 室"


@pytest.fixture
def results(town: Callable[..., Path], lifecircle: Callable[..., Typed]) -> Path:
    """The town's plan, measured; its first home bears an address and a weight found at a glance."""
    plan = town()
    homes = pd.read_csv(plan.parent / "homes.csv").astype({"人口": float})
    homes["名称"] = [ADDRESS, "甲", "乙"]
    homes.loc[0, "人口"] = 317.37
    homes.to_csv(plan.parent / "homes.csv", index=False)
    done = lifecircle("measure", plan, "--quiet")
    assert done.err == ""
    return plan


def maps_of(plan: Path) -> dict[str, str]:
    """The pages drawn, with their columns unpacked behind them."""
    pages = {}
    for file in (plan.parent / "results" / "maps").rglob("*.*"):
        html = file.read_text(encoding="utf-8")
        columns = json.dumps(data_of(html), ensure_ascii=False) if 'id="data"' in html else ""
        pages[file.name] = html + columns
    return pages


def with_map(plan: Path, lines: str) -> None:
    """Add a [map] table to the plan."""
    plan.write_text(plan.read_text(encoding="utf-8") + f"\n[map]\n{lines}\n", encoding="utf-8")


def test_by_default_no_page_may_ask_for_anything(
    results: Path, lifecircle: Callable[..., Typed]
) -> None:
    assert lifecircle("draw", results, "--quiet").code == 0
    for html in maps_of(results).values():
        assert "img-src data:;" in html
        assert "审图号" not in html.split("<script")[0]


def test_the_review_number_stands_on_every_page(
    results: Path, lifecircle: Callable[..., Typed]
) -> None:
    with_map(results, f'review_number = "{NUMBER}"')
    assert lifecircle("draw", results, "--lang", "zh", "--quiet").code == 0
    assert all(f"审图号：{NUMBER}" in html for html in maps_of(results).values())
    assert lifecircle("draw", results, "--review-number", "GS(2027)1", "--quiet").code == 0
    assert all("GS(2027)1" in html for html in maps_of(results).values())


def test_a_base_map_is_credited_and_only_its_host_is_let_in(
    results: Path, lifecircle: Callable[..., Typed]
) -> None:
    with_map(results, 'base = "osm"')
    assert lifecircle("draw", results, "--quiet").code == 0
    pages = maps_of(results)
    town = [html for html in pages.values() if "lifecircle.open(" in html]
    assert town
    for html in town:
        assert "img-src data: https://tile.openstreetmap.org;" in html
        assert "Base map: © OpenStreetMap contributors (needs the network)" in html
    assert "img-src data:;" in pages["index.html"]


@pytest.mark.parametrize("verb", ["draw", "run"])
def test_a_key_is_published_only_if_that_is_said(
    results: Path,
    lifecircle: Callable[..., Typed],
    monkeypatch: pytest.MonkeyPatch,
    verb: str,
) -> None:
    with_map(results, 'base = "tianditu"')
    refused = lifecircle(verb, results)
    assert refused.code == 2
    assert "LIFECIRCLE_TIANDITU_KEY" in refused.err
    monkeypatch.setenv("LIFECIRCLE_TIANDITU_KEY", KEY)
    refused = lifecircle(verb, results)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.count("\n") == 1
    assert "--publish-key" in refused.err
    assert KEY not in refused.err
    assert not (results.parent / "results" / "maps").exists()
    assert lifecircle(verb, results, "--publish-key", "--quiet").code == 0
    assert any(f"tk={KEY}" in html for html in maps_of(results).values())
    assert KEY not in (results.parent / "results" / "summary.json").read_text(encoding="utf-8")


SECRETS = ("TK0123456789abcdefPLAN", "TK0123456789abcdefENVI")
EVERYTHING = (
    *(("draw",), ("check",), ("report", "--no-pdf"), ("measure",), ("run", "--public")),
    *(("links", "--standard", "park_500m"), ("site", "--standard", "park_500m", "--new", "1")),
    ("export", *(f"--format={one}" for one in FORMATS), "--styles"),
)


def holds(content: bytes, secret: str) -> bool:
    """Whether a file holds a text, packed or not."""
    if secret.encode() in content:
        return True
    if not content.startswith(b"PK"):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return any(holds(packed.read(name), secret) for name in packed.namelist())


@pytest.mark.parametrize("base", ["none", "tianditu"])
def test_a_key_stands_in_no_file_and_no_line(
    results: Path, lifecircle: Callable[..., Typed], monkeypatch: pytest.MonkeyPatch, base: str
) -> None:
    with_map(results, f'base = "{base}"\nkey = "{SECRETS[0]}"')
    monkeypatch.setenv("LIFECIRCLE_TIANDITU_KEY", SECRETS[1])
    said = ""
    for verb, *words in EVERYTHING:
        done = lifecircle(verb, results, *words)
        said += done.out + done.err
        draws_it = base == "tianditu" and verb in ("draw", "run", "site", "links")
        assert (verb, done.code) == (verb, 2 if draws_it else 0)
    said += repr(open_results(results.parent / "results"))
    said += open_results(results.parent / "results").map().html
    for secret in SECRETS:
        assert secret not in said
        for path in results.parent.rglob("*"):
            if path.is_file() and path != results:
                assert not holds(path.read_bytes(), secret), path


@pytest.mark.parametrize(
    "line",
    [
        "key = 1234567890", 'key = ["{key}"]', 'publish_key = "{key}"', 'base = ["{key}"]',
        'base = "htps://a.cn/{{z}}/{{x}}/{{y}}?tk={key}"',
        'base = "https://me:{key}@a.cn/{{z}}/{{x}}/{{y}}"\nattribution = "a"',
        'base = "https://a.cn/{{z}}/{{x}}/{{y}}?subscription-key={key}"\nattribution = "a"',
        'base = "https://a.cn/{key}/{{z}}/{{x}}/{{y}}"\nattribution = "a"',
        'base = "https://a.cn/{key}/{{z}}"\nattribution = "a"',
    ],
)  # fmt: skip
def test_a_key_is_not_repeated_where_the_plan_is_wrong(
    results: Path, lifecircle: Callable[..., Typed], line: str
) -> None:
    with_map(results, line.format(key=SECRETS[0]))
    refused = lifecircle("draw", results)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.count("\n") == 1
    assert SECRETS[0] not in refused.err
    assert "1234567890" not in refused.err


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('base = "bing"', "is no base map"),
        ('base = "osm"\ndatum = "bd09"', "grid of their own"),
        ('base = "https://a.example/{z}/{x}/{y}.png"', "nobody is credited"),
        ("bass = 1", "unknown key"),
    ],
)
def test_what_cannot_be_is_one_line(
    results: Path, lifecircle: Callable[..., Typed], line: str, says: str
) -> None:
    with_map(results, line)
    for verb in ("draw", "run"):
        refused = lifecircle(verb, results)
        assert refused.code == 2
        assert refused.err.count("\n") == 1
        assert says in refused.err
        assert "plan.toml" in refused.err


def test_public_pages_hold_nothing_planted(results: Path, lifecircle: Callable[..., Typed]) -> None:
    assert lifecircle("draw", results, "--quiet").code == 0
    usual = "".join(maps_of(results).values())
    summary: dict[str, Any] = json.loads(
        (results.parent / "results" / "summary.json").read_text(encoding="utf-8")
    )
    assert ADDRESS in usual
    assert "317.4" in usual
    done = lifecircle("draw", results, "--public", "--least", "12")
    assert done.code == 0
    assert "maps" in done.out
    pages = maps_of(results)
    for name, html in pages.items():
        for secret in (ADDRESS, "317.4", "317.37", "homes.csv", str(results.parent)):
            assert secret not in html, (name, secret)
    share = summary["standards"]["park_500m"]["network"]["share"]
    assert f"{100 * share:.1f}" in pages["park_500m.html"]
    assert "at least 12" in pages["park_500m.html"]
