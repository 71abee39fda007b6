"""What was typed wrongly, in our own words: what is wrong, and what to type."""

from __future__ import annotations

from difflib import get_close_matches

import click

from spatial.errors import InputError


def mistyped(error: click.ClickException) -> InputError:
    """Say what click found wrong with the words that were typed, and what to type instead."""
    match error:
        case click.NoSuchOption():
            wrong = f"there is no option {error.option_name}"
            near = error.possibilities or get_close_matches(error.option_name, _options(error.ctx))
            return InputError(wrong, f"did you mean {near[0]}?" if near else _ask(error.ctx))
        case click.MissingParameter():
            return _missing(error)
        case click.BadParameter():
            return _bad(error)
        case click.BadOptionUsage():
            wrong = f"the option {error.option_name} needs a value"
            if "does not take" in error.message:
                return InputError(f"the option {error.option_name} takes no value", "take it out")
            return InputError(wrong, f"write {error.option_name} and the value behind it")
    return _unknown(error)


def _unknown(error: click.ClickException) -> InputError:
    """Say which word means nothing where it stands."""
    context, message = getattr(error, "ctx", None), error.message
    if message.startswith("No such command"):
        word = message.partition("'")[2].rpartition("'")[0]
        known = sorted(getattr(context.command, "commands", ())) if context else []
        near = get_close_matches(word, known, n=1, cutoff=0.7)
        remedy = f"did you mean {near[0]}?" if near else f"choose one of {', '.join(known)}"
        return InputError(f"there is no command '{word}'", remedy)
    if message.startswith("Got unexpected extra argument"):
        words = message.partition("(")[2].rpartition(")")[0]
        remedy = f"put a path with spaces in quotes; the command is: {_usage(context)}"
        return InputError(f"'{words}' is one word too many", remedy)
    return InputError(" ".join(error.format_message().split()).rstrip("."), _ask(context))


def _missing(error: click.MissingParameter) -> InputError:
    """Say what must be given, and is not."""
    if isinstance(error.param, click.Option):
        option = max(error.param.opts, key=len)
        if isinstance(error.param.type, click.Choice):
            known = ", ".join(map(str, error.param.type.choices))
            return InputError(f"the option {option} is missing", f"give it one of {known}")
        return InputError(f"the option {option} is missing", _ask(error.ctx))
    name = error.param.make_metavar(error.ctx) if error.param and error.ctx else "word"
    return InputError(f"{name} is missing", f"the command is: {_usage(error.ctx)}")


def _bad(error: click.BadParameter) -> InputError:
    """Say what is wrong with the value of an option or a word."""
    message = " ".join(error.message.split()).rstrip(".")
    kind = error.param.type if error.param else None
    name = max(error.param.opts, key=len) if isinstance(error.param, click.Option) else "PLAN"
    value = message.partition("'")[2].partition("'")[0] or message.partition(" ")[0]
    if isinstance(kind, click.Choice):
        known = [str(choice) for choice in kind.choices]
        near = get_close_matches(value, known, n=1)
        wrong = f"{name} cannot be '{value}'"
        if near:
            return InputError(wrong, f"did you mean {near[0]}? choose one of {', '.join(known)}")
        return InputError(wrong, f"choose one of {', '.join(known)}")
    if isinstance(kind, click.types.IntParamType | click.types.FloatParamType):
        whole, bounds = isinstance(kind, click.types.IntParamType), _range(kind)
        remedy = f"give a whole number{bounds}" if whole else f"give a number{bounds}"
        return InputError(f"{name} cannot be '{value}'", remedy)
    if message.endswith("is a directory"):
        return InputError(f"{name} is a folder: '{value}'", "name the file in it")
    if message.endswith("is a file"):
        return InputError(f"{name} is a file: '{value}'", "name a folder")
    return InputError(f"{name} cannot be used: {message}", _ask(error.ctx))


def _range(kind: object) -> str:
    """Say between what a number must be: `` above 0``, `` from 0 to 1``."""
    low, high = getattr(kind, "min", None), getattr(kind, "max", None)
    if low is None:
        return ""
    if high is None:
        return f" above {low:g}" if getattr(kind, "min_open", False) else f", {low:g} or more"
    if getattr(kind, "min_open", False):
        return f" above {low:g}, up to {high:g}"
    return f" from {low:g} to {high:g}"


def _options(context: click.Context | None) -> list[str]:
    given = context.command.params if context else []
    return [name for option in given for name in option.opts if name.startswith("--")]


def _ask(context: click.Context | None) -> str:
    """Say where help is."""
    return f"see '{context.command_path if context else 'lifecircle'} --help'"


def _usage(context: click.Context | None) -> str:
    """The words of a command, as its help shows them."""
    if context is None:
        return "lifecircle COMMAND"
    return " ".join([context.command_path, *context.command.collect_usage_pieces(context)])
