"""Colours and sizes, said once, for the pages' CSS and JavaScript alike.

Colours are those of Okabe and Ito, safe for colour-blind eyes; each meaning also has a shape, an
outline or a hatch of its own. Only data are saturated; the ground is quiet.
"""

from __future__ import annotations

COLOURS: dict[str, str] = {
    "served": "#0072B2",
    "unserved": "#E69F00",
    "unserved-edge": "#6B4A00",
    "unconnected": "#999999",
    "facility": "#009E73",
    "facility-edge": "#00563F",
    "entrance": "#222222",
    "gap": "#D55E00",
    "gained": "#0072B2",
    "gained-edge": "#00304D",
    "gained-other": "#86B4D4",
    "lost": "#D55E00",
    "lost-edge": "#5E2900",
    "quiet-served": "#B4CBDA",
    "quiet-unserved": "#EFDDB4",
    "quiet-unserved-edge": "#A8925A",
    "change": "#7A2E68",
    "candidate": "#8A8A85",
    "paper": "#F7F7F5",
    "water": "#CFE3EE",
    "green": "#E3ECD9",
    "street": "#CFCFCB",
    "boundary": "#666666",
    "zone": "#555555",
    "area": "#A9CFE6",
    "area-edge": "#4A90BD",
    "ink": "#222222",
    "ink-soft": "#595959",
    "panel": "#FFFFFF",
    "hairline": "#D9D9D4",
}

STEPS: tuple[str, ...] = ("#F4E22B", "#5DC863", "#21908C", "#3B528B", "#440154")
"""Five steps of viridis, from little (bright) to all (dark): on a light ground dark means more."""

SHARES: tuple[str, ...] = ("#E69F00", "#F3CE7F", "#EDEDEB", "#80B8D8", "#0072B2")
"""Five classes of a share served, from unserved to served."""


def css_variables() -> str:
    """Write the colours as CSS custom properties.

    Examples
    --------
    >>> css_variables().split(";")[0]
    ':root{--served:#0072B2'
    """
    steps = {f"step-{number}": colour for number, colour in enumerate(STEPS)}
    pairs = ";".join(f"--{name}:{colour}" for name, colour in {**COLOURS, **steps}.items())
    return f":root{{{pairs}}}"


def for_script() -> dict[str, object]:
    """Give the same colours to the page's own JavaScript."""
    return {"colours": COLOURS, "steps": list(STEPS)}
