"""How a command ends: done, or one line that says why not."""

from __future__ import annotations

import logging
import os
import platform
import sys
import tempfile
import traceback
import warnings
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from scripts.messages.saying import said, translated
from scripts.messages.usage import mistyped
from spatial.errors import InputError, LifecircleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scripts.messages.speaking import Language


class Stopped(Exception):  # noqa: N818  nothing went wrong
    """Somebody pressed Ctrl-C."""


class Unheard(Exception):  # noqa: N818  nothing went wrong
    """Who read along (`lifecircle standards | head`) has gone."""


class Commands(click.Group):
    """Commands whose interruptions reach `ended`: click would print an empty line before."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was typed."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise Stopped from None
        except BrokenPipeError:
            raise Unheard from None


DONE: Final = 0
BUG: Final = 1
MISTAKE: Final = 2
STOPPED: Final = 130  # as the shell counts a program stopped by Ctrl-C
UNHEARD: Final = 141  # and one whose reader has gone


_SHORT: Final = 200  # characters shown of what an error of ours says


def ended(run: Callable[[], object], language: Language, words: Sequence[str] = ()) -> int:
    """Run a command to its end, and give its exit code; whatever goes wrong is one line.

    Parameters
    ----------
    run
        The command.
    language
        Of the line.
    words
        What was typed, for the file that is written about an error of our own.

    Returns
    -------
    int
        0 done; 2 something a person can mend; 1 an error of our own, or too little memory; 130
        stopped; 141 nobody listens any more, which is silent.
    """
    _never_unwritable()
    try:
        with _one_voice():
            run()
        sys.stdout.flush()
    except (Unheard, BrokenPipeError):
        return _unheard()
    except (Stopped, click.Abort, KeyboardInterrupt):
        return _line(translated("stopped; nothing was left half-written", language), STOPPED)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return MISTAKE
    except Exception as error:  # noqa: BLE001  nobody shall meet a traceback
        mistake = _mistake(error)
        if mistake is None:
            return _line(said(_bug(error, words), language), BUG)
        return _line(said(mistake, language), MISTAKE)
    return DONE


def _mistake(error: Exception) -> LifecircleError | None:
    """Say an error as one that a person can mend, if it is one."""
    if isinstance(error, LifecircleError):
        return error
    if isinstance(error, click.ClickException):
        return mistyped(error)
    if isinstance(error, OSError) and error.filename is not None:
        wrong = f"cannot be used ({error.strerror or type(error).__name__})"
        remedy = "check that it is there, free and allowed"
        return InputError(wrong, remedy, file=str(error.filename))
    return None


def _line(text: str, code: int) -> int:
    click.echo(f"lifecircle: {text}", err=True)
    return code


def _never_unwritable() -> None:
    """Show what a terminal cannot show as question marks, not as an error (Windows code pages)."""
    for stream in (sys.stdout, sys.stderr):
        change = getattr(stream, "reconfigure", None)
        if change is not None:
            change(errors="replace")


@contextmanager
def _one_voice() -> Iterator[None]:
    """Let no library print: what it warns of is checked and counted where files are read."""
    with warnings.catch_warnings():
        warnings.showwarning = lambda *_said, **_more: None
        last, logging.lastResort = logging.lastResort, logging.NullHandler()
        try:
            yield
        finally:
            logging.lastResort = last


def _unheard() -> int:
    """End in silence."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())  # what is still to be flushed goes there
    return UNHEARD


def _bug(error: Exception, words: Sequence[str]) -> InputError:
    """Say that we failed; what a developer needs goes into a file that the line names."""
    file = _kept(error, words)
    if isinstance(error, MemoryError):
        wrong = "these data need more memory than there is"
        return InputError(wrong, f"take a smaller area, or close other programs (details: {file})")
    if isinstance(error, RecursionError):
        wrong = "something in the files is nested too deeply to be read"
        remedy = f"save them anew from the program that made them (details: {file})"
        return InputError(wrong, remedy)
    short = " ".join(str(error).split())[:_SHORT]
    wrong = f"an error of lifecircle itself, not of your data ({type(error).__name__}: {short})"
    return InputError(wrong, f"please report it with the file {file}")


def _kept(error: Exception, words: Sequence[str]) -> str:
    """Write the traceback into a file of the temporary folder; give its path."""
    try:
        release = version("lifecircle")
    except PackageNotFoundError:
        release = "not installed"
    about = [f"lifecircle {release}", platform.platform(), f"Python {sys.version}"]
    text = "\n".join([*about, " ".join(words), *traceback.format_exception(error)])
    try:
        handle, path = tempfile.mkstemp(prefix="lifecircle-error-", suffix=".txt")
        os.close(handle)
        Path(path).write_text(text, encoding="utf-8", errors="replace")
    except OSError:
        return "-"
    return path
