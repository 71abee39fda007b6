"""HTML that cannot be broken by what it says: text is escaped unless it is `Html` already."""

from __future__ import annotations

from html import escape

_VOID = frozenset({"br", "col", "img", "input", "link", "meta"})

_UNSPEAKABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127), "\ufffd")
"""Control characters, which HTML forbids and no reader can see."""


class Html(str):
    """Text that is HTML already; only this module's functions and fixed words make it."""

    __slots__ = ()


def tag(element: str, /, *inside: str, **attributes: str | float | bool | None) -> Html:
    """Write one element; `inside` is escaped text, or `Html` taken as it is.

    Attributes
    ----------
    A trailing underscore is dropped (``class_``), others become hyphens (``aria_label``). None or
    False leaves an attribute out, True writes it without a value.

    Examples
    --------
    >>> tag("p", "1 < 2", tag("b", "&"), class_="sum")
    '<p class="sum">1 &lt; 2<b>&amp;</b></p>'
    """
    words = "".join(
        _attribute(key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items()
    )
    if element in _VOID:
        return Html(f"<{element}{words}>")
    return Html(f"<{element}{words}>{together(*inside)}</{element}>")


def together(*parts: str) -> Html:
    """Put pieces one after another, escaping those that are not `Html`."""
    return Html("".join(part if isinstance(part, Html) else text(part) for part in parts))


def text(words: str) -> Html:
    """Escape a text.

    Examples
    --------
    >>> text("</script>")
    '&lt;/script&gt;'
    """
    return Html(escape(printable(words)))


def name(words: str) -> Html:
    """Write a name from the data, kept from turning the direction of the text around it."""
    return tag("bdi", words)


def printable(words: str) -> str:
    """Replace what no page may hold: control characters and halves of surrogate pairs.

    Examples
    --------
    >>> printable("a" + chr(0) + "b") == "a" + chr(0xFFFD) + "b"
    True
    """
    return words.translate(_UNSPEAKABLE).encode("utf-8", "replace").decode("utf-8")


def _attribute(key: str, value: str | float | bool | None) -> str:  # noqa: FBT001 - as HTML has it
    """Write one attribute with a leading space, or nothing."""
    if value is None or value is False:
        return ""
    return f" {key}" if value is True else f' {key}="{text(str(value))}"'
