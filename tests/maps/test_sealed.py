"""Nothing that would be loaded from outside passes; what only looks like it does."""

from __future__ import annotations

import pytest

from maps.page.sealed import check_sealed, policy
from maps.page.vendored import for_script, leaflet_css, leaflet_js, own
from spatial.errors import LawError


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://a.example/x.js"></script>',
        '<link rel="stylesheet" href="//a.example/x.css">',
        "<img src=http://a.example/x.png>",
        '<img srcset="http://a.example/x.png 2x">',
        '<img src="images/x.png">',
        '<a href="https://a.example/">out</a>',
        '<a href="javascript:alert(1)">run</a>',
        '<a href="//a.example/x.html">out</a>',
        '<a href="../../x.html">up</a>',
        "<style>b{background:url(https://a.example/x.png)}</style>",
        "<style>b{background:url( 'images/x.png' )}</style>",
        '<style>@import "x.css";</style>',
        '<p style="background:url(http://a.example/x.png)">',
        '<form action="https://a.example/">',
        '<svg><image xlink:href="http://a.example/x.png"/></svg>',
        '<object data="http://a.example/x"></object>',
        '<video poster="http://a.example/x"></video>',
    ],
)
def test_what_asks_outside_is_refused(html: str) -> None:
    with pytest.raises(LawError, match="no internet"):
        check_sealed(html)


@pytest.mark.parametrize(
    "html",
    [
        '<a href="park_500m.html">a page beside</a>',
        '<a href="maps/500%20米.html">no</a>'.replace("%20", "_"),
        '<a href="#small">here</a>',
        '<img src="data:image/png;base64,AA==">',
        "<p>src=https://a.example/x.js url(http://a.example) @import</p>",
        '<p title="src=https://a.example/x.js">a name may say so</p>',
        '<script>var s = "src=https://a.example";</script>',
        "<style>b{clip-path:url(#here)}</style>",
    ],
)
def test_what_asks_nothing_passes(html: str) -> None:
    check_sealed(html)


def test_policy_lets_in_only_the_scripts_that_are_there() -> None:
    said = policy("<script>one()</script><script type='application/json'>{}</script>")
    # The SHA-256 of "one()", in base64.
    assert "script-src 'sha256-HR7iaask9daLMRRskMI++QeJtjWDOjyPA6lGzYGzKW4='" in said
    assert "default-src 'none'" in said
    assert said.count("sha256-") == 1
    assert "script-src 'none'" in policy("<p>no script</p>")


def test_leaflet_comes_without_flag_link_images_and_source_map() -> None:
    program = leaflet_js()
    assert 'version="1.9.4"' in program
    assert "Redistribution and use" in program
    for unwanted in ('href="https', 'attribution-flag"', "sourceMappingURL", "</script"):
        assert unwanted not in program
    assert "url(" not in leaflet_css()
    assert ".leaflet-container" in leaflet_css()


def test_a_program_cannot_end_its_script_element() -> None:
    assert "</script" not in for_script("a</script>b</SCRIPT>").lower()


def test_own_files_load_nothing_and_say_nothing_by_html() -> None:
    names = ["open.js", "coverage.js", "circle.js", "card.js", "words.js", "town.js", "gaps.js"]
    for name in names:
        for unwanted in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "fetch("):
            assert unwanted not in own(name), (name, unwanted)
