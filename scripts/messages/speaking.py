"""Which language a person is spoken to in."""

from __future__ import annotations

import locale
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Language = Literal["zh", "en"]

_LINE = re.compile(r"""^\s*language\s*=\s*["'](zh|en)["']""", re.MULTILINE)
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def language_of(words: Sequence[str]) -> Language:
    """Tell in which language to answer what was typed.

    What ``--lang`` says; else the language of the plan that is named, however broken it is
    otherwise; else that of the machine.

    Examples
    --------
    >>> language_of(["measure", "plan.toml", "--lang", "zh"])
    'zh'
    """
    for place, word in enumerate(words):
        key, _, value = word.partition("=")
        value = value or " ".join(words[place + 1 : place + 2])
        if key == "--lang" and value in ("zh", "en"):
            return "zh" if value == "zh" else "en"
    plans = [path for path in map(Path, words) if path.suffix == ".toml" and path.is_file()]
    return plan_language(plans[0]) if plans else machine_language()


def plan_language(plan: Path) -> Language:
    """Find the language in a plan, which may be no TOML at all; by default Chinese."""
    try:
        text = plan.read_bytes().decode("utf-8", errors="replace")
    except OSError:
        return machine_language()
    found = _LINE.search(text)
    return "en" if found and found[1] == "en" else "zh"


def machine_language() -> Language:
    """Tell the machine's language: Chinese, or else English."""
    said = next((value for name in _LOCALE if (value := os.environ.get(name))), None)
    if said is None:
        said = locale.getlocale()[0] or ""
    return "zh" if said.casefold().startswith(("zh", "chinese")) else "en"
