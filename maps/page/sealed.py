"""No page asks for anything outside itself: the policy it carries, and a last scan of it."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from maps.page.markup import Html
from spatial.errors import LawError

if TYPE_CHECKING:
    from collections.abc import Sequence

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_ASKS = frozenset({"src", "href", "xlink:href", "srcset", "data", "poster", "action"})
_ASKS |= {"formaction", "background", "manifest", "ping"}
_INSIDE = re.compile(r"\s*(?:#|data:|$)", re.IGNORECASE)
_BESIDE = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)*(?:#[\w=&-]*)?\Z")
_STYLE_ASKS = re.compile(r"@import|url\(\s*['\"]?\s*(?!data:|#)", re.IGNORECASE)


def policy(html: str, images: Sequence[str] = ()) -> Html:
    """Write the Content-Security-Policy of a page: only its own scripts, known by their hashes.

    A script that a name from the data might smuggle in has no hash here, so no browser runs it,
    and no request leaves the page whatever it does; but for `images` from the hosts of its base
    map, if it has one.
    """
    hashes = [hashlib.sha256(script.encode()).digest() for script in _SCRIPT.findall(html)]
    known = " ".join(f"'sha256-{base64.b64encode(one).decode()}'" for one in hashes) or "'none'"
    rules = (
        "default-src 'none'",
        f"script-src {known}",
        "style-src 'unsafe-inline'",
        " ".join(("img-src data:", *images)),
        "base-uri 'none'",
        "form-action 'none'",
    )
    content = Html("; ".join(rules))
    return Html(f'<meta http-equiv="Content-Security-Policy" content="{content}">')


def check_sealed(html: str) -> None:
    """Refuse a page that would load, or lead to, anything but itself and the pages beside it.

    Raises
    ------
    LawError
        With what it asks for.

    Examples
    --------
    >>> check_sealed('<a href="park_500m.html">Park</a><p>src=http://a.example</p>')
    >>> check_sealed('<img src="http://a.example/i.png">')
    Traceback (most recent call last):
    spatial.errors.LawError: a page must need no internet, yet asks for http://a.example/i.png
    """
    scan = _Scan()
    scan.feed(html)
    scan.close()
    if scan.found:
        wrong = scan.found[0][:200]
        message = f"a page must need no internet, yet asks for {wrong}"
        raise LawError(message)


class _Scan(HTMLParser):
    """Collect what a page asks for; what scripts hold is left to the policy."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element's attributes."""
        self._in_style = tag == "style"
        for key, value in attrs:
            asked = value or ""
            leads = key == "href" and tag == "a" and _BESIDE.match(asked)
            if key in _ASKS and not leads and not _INSIDE.match(asked):
                self.found.append(asked)
            if key == "style":
                self._style(asked)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  the parser calls it so
        """Leave an element."""
        self._in_style = False

    def handle_data(self, data: str) -> None:
        """Look at the text of a style sheet."""
        if self._in_style:
            self._style(data)

    def _style(self, rules: str) -> None:
        self.found += [rules[one.start() :][:80] for one in _STYLE_ASKS.finditer(rules)]
