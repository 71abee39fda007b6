"""Pages -> PDF, by whatever browser of Chromium's family stands on the machine, without network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from spatial.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CHOSEN = "LIFECIRCLE_BROWSER"
"""The variable of the environment that names a browser, where the usual ones are not wanted."""

_ON_PATH = (
    *("microsoft-edge", "microsoft-edge-stable", "msedge", "google-chrome"),
    *("google-chrome-stable", "chrome", "chromium", "chromium-browser"),
)
_ON_WINDOWS = (
    r"Microsoft\Edge\Application\msedge.exe",
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
)
_ON_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
_PROGRAM_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
_ALONE = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
)
"""Headless, nothing but the page, and no name of any host is ever found."""

_SECONDS = 120


def find_browser() -> Path | None:
    """Find Edge, Chrome or Chromium: the one that is named, on the path, or where they live."""
    named = os.environ.get(CHOSEN)
    if named is not None:
        return Path(named) if named and Path(named).is_file() else None
    return next((path for path in _places() if path.is_file()), None)


def _places() -> Iterator[Path]:
    """Give every place where a browser may be, best first."""
    for name in _ON_PATH:
        found = shutil.which(name)
        if found:
            yield Path(found)
    folders = [os.environ.get(key) for key in _PROGRAM_FOLDERS]
    yield from (Path(folder) / end for end in _ON_WINDOWS for folder in folders if folder)
    yield from map(Path, _ON_MAC)


def print_pages(browser: Path, pages: Iterable[Path]) -> None:
    """Print each page to a PDF of its name beside it.

    Raises
    ------
    InputError
        If the browser does not start, or prints nothing.
    """
    for page in pages:
        with tempfile.TemporaryDirectory(prefix="lifecircle-") as profile:
            _print(browser, page, page.with_suffix(".pdf"), profile)


def _print(browser: Path, page: Path, pdf: Path, profile: str) -> None:
    """Let the browser print one page, with a profile of its own that is thrown away."""
    command = [str(browser), *_ALONE, f"--user-data-dir={profile}", f"--print-to-pdf={pdf}"]
    if sys.platform == "linux" and os.geteuid() == 0:
        command.append("--no-sandbox")  # Chromium refuses to start for root with one
    command.append(page.resolve().as_uri())
    try:
        subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - a browser found on this machine
    except (OSError, subprocess.TimeoutExpired) as error:
        wrong = f"{browser.name} does not print ({type(error).__name__})"
        raise InputError(wrong, "open the page and print it") from error
    if not pdf.is_file() or not pdf.read_bytes().startswith(b"%PDF"):
        raise InputError(f"{browser.name} printed nothing", "open the page and print it")
