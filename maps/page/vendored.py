"""The texts a page carries inside: Leaflet from its package, and our own JavaScript and CSS."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import distribution
from importlib.resources import files
from typing import TYPE_CHECKING

from spatial.errors import LawError

if TYPE_CHECKING:
    from collections.abc import Callable

_LEAFLET = files("js_lib_leaflet") / "static" / "js_lib_leaflet"
_OWN = files("maps") / "assets"

_PREFIX = re.compile(r"""prefix:'<a href="https://leafletjs\.com".*?Leaflet</a>\"""", re.DOTALL)
"""Leaflet's default line in the corner: a link to the web, and a flag. Our pages have neither."""


@cache
def leaflet_js() -> str:
    """Give Leaflet's program under its licence, without its link, its flag and its source map."""
    program = (_LEAFLET / "leaflet.js").read_text(encoding="utf-8")
    program = re.sub(r"\s*//# sourceMappingURL=.*", "", program)
    licence = distribution("django-js-lib-leaflet").read_text("LICENSE") or ""
    return for_script(f"/* Leaflet\n\n{licence.strip()}\n*/\n{_PREFIX.sub('prefix:!1', program)}")


@cache
def leaflet_css() -> str:
    """Give Leaflet's style without the rules that want images: the pages use none of them."""
    return re.sub(r"[\w-]+:\s*url\([^)]*\);?", "", (_LEAFLET / "leaflet.css").read_text("utf-8"))


@cache
def own(name: str) -> str:
    """Give one of our own files in ``maps/assets`` as text to stand inside a page."""
    content = (_OWN / name).read_text(encoding="utf-8")
    return for_script(content) if name.endswith(".js") else content


PACKED: dict[str, Callable[[], str]] = {
    "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.js": leaflet_js,
    "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.css": leaflet_css,
}
"""What Folium would load, by its address there, and the packed file that stands in the page."""


def packed(url: str) -> str:
    """Give the packed file for an address that Folium or a plug-in would load from.

    Raises
    ------
    LawError
        If no package that we have holds it: a page would ask for it in vain on a closed network.

    Examples
    --------
    >>> packed("https://a.example/x.js")
    Traceback (most recent call last):
    spatial.errors.LawError: a page must need no internet, yet https://a.example/x.js is not packed
    """
    if url not in PACKED:
        message = f"a page must need no internet, yet {url} is not packed"
        raise LawError(message)
    return PACKED[url]()


def own_files(ending: str) -> list[str]:
    """Name our own files in ``maps/assets`` and its folders that end so, in order."""
    folders = {"": _OWN} | {f"{one.name}/": one for one in _OWN.iterdir() if one.is_dir()}
    names = (f"{at}{file.name}" for at, folder in folders.items() for file in folder.iterdir())
    return sorted(name for name in names if name.endswith(ending))


def for_script(program: str) -> str:
    """Keep a program from ending the script element it stands in.

    Examples
    --------
    >>> for_script("</script>") == "<" + chr(92) + "/script>"
    True
    """
    return re.sub(r"</(?=script)", r"<\\/", program, flags=re.IGNORECASE)
