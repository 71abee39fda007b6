"""What is wrong with a plan.toml, in plain words: where, what, and what to write instead."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from spatial.errors import InputError
from spatial.spelling import meant

if TYPE_CHECKING:
    import tomllib
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    Known = Mapping[str, Sequence[str]]

_HEADER: Final = re.compile(r"\s*\[+\s*([^\]#]+?)\s*\]+\s*(#.*)?")
_KEY: Final = re.compile(r"""\s*([\w.\-"']+)\s*=""")
_SAID: Final = re.compile(r"(.*?) \(at (?:line (\d+), column \d+|end of document)\)", re.DOTALL)
_WIDE: Final = re.compile("[“”‘’＝，：［］｛｝＂]")
_NUMBER: Final = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*\D{0,6}")
_CONTROL: Final = re.compile(r"[\x00-\x1f]")
_OPEN: Final = (
    "Unterminated",
    "Unclosed",
    'Expected "\'"',
    "Illegal character '\\n'",
    "Expected ']'",
)
_TRUTHS: Final = frozenset({"true", "false", "yes", "no", "on", "off"})
_SLASHES: Final = "write / in paths, or put the path in single quotes"
_SHORT: Final = 60  # characters of a value that are shown

_KINDS: Final = {
    "string_type": "text in quotes",
    "path_type": "a path in quotes",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a number",
    "tuple_type": "a list in brackets",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "dict_type": "a table",
}
"""What pydantic misses, in words."""


def no_plan(path: Path) -> InputError:
    """Say that there is no plan where one was named, and which one may be meant."""
    wrong = "there is no such plan"
    near = meant(path.name, [one.name for one in path.parent.glob("*.toml")])
    if near is not None:
        return InputError(wrong, f"did you mean {near}?", file=path)
    inside = sorted(path.parent.glob("*/plan.toml"))
    if len(inside) == 1:
        return InputError(wrong, f"did you mean {inside[0]}?", file=path)
    return InputError(wrong, "make one with 'lifecircle init'", file=path)


def no_text(path: Path) -> InputError:
    """Say that a plan is no text in UTF-8: saved by an old editor, or another file altogether."""
    if path.suffix.casefold() != ".toml":
        wrong = "is data, not a plan"
        return InputError(wrong, "name the plan.toml that lists it under [layers]", file=path)
    return InputError("is not in UTF-8", "save it as UTF-8", file=path)


_MAY_HOLD_KEYS: Final = ("key", "publish_key", "base")
"""Of [map]: what stands there is not repeated, for others may read what goes wrong."""
_SECRET: Final = re.compile(rf"(\b(?:{'|'.join(_MAY_HOLD_KEYS)})\b\s*=?).*")
_KIND_ADVICE: Final = {
    "float": "give a number without quotes or unit",
    "int": "give a number without quotes or unit",
    "finite": "give a number without quotes or unit",
    "bool": "write true or false without quotes",
    "value": "correct it",
    "tuple": "correct it",
    "model": "write the keys beneath their own [table], as 'lifecircle init' does",
    "dict": "write the keys beneath their own [table], as 'lifecircle init' does",
}
"""What to do about a value of a wrong kind, by how pydantic's name of it begins."""


def not_toml(error: tomllib.TOMLDecodeError, text: str, path: Path) -> InputError:
    """Say why a file is no TOML: nearly always one of a few slips, which its line shows."""
    found = _SAID.fullmatch(str(error))
    message, number = (found[1], found[2]) if found else (str(error), None)
    lines = text.splitlines()
    line = lines[int(number) - 1] if number and int(number) <= len(lines) else ""
    line = _SECRET.sub(r"\1 …", line)
    return InputError(*_slip(message, line), file=path, layer=f"line {number}" if number else None)


def _slip(message: str, line: str) -> tuple[str, str]:
    """Say what was meant by a line that is no TOML, and how it is written."""
    found = _wrong_sign(message, line) or _wrong_key(message, line) or _wrong_value(message, line)
    return found or (f"is no valid TOML: {message}", "correct that line")


def _wrong_sign(message: str, line: str) -> tuple[str, str] | None:
    """Full-width signs, backslashes, what is opened and never closed."""
    wide = _WIDE.search(line)
    if wide:
        return f"has the full-width sign {wide[0]}", 'write signs half-width: " = , [ ] { }'
    if "\\" in line and message.startswith(("Unescaped", "Invalid hex", "Invalid unicode")):
        return "has a backslash in quotes, which stands for something else", _SLASHES
    if message.startswith(_OPEN):
        return "has a quote, bracket or brace that is never closed", "close it"
    return None


def _wrong_key(message: str, line: str) -> tuple[str, str] | None:
    """Keys that are given twice, that are not English, that nothing follows."""
    key, named = line.partition("=")[0].strip(), _HEADER.fullmatch(line)
    if message.startswith(("Cannot declare", "Cannot overwrite", "Duplicate")):
        what = f"[{named[1]}]" if named else key or "a key"
        return f"gives {what} twice", "keep one of them"
    if message.startswith("Invalid statement") and key and not key.isascii():
        return f"has the key {key}", "write keys in English, as 'lifecircle init' does"
    if message.startswith("Expected '=' after a key"):
        return f"has no = after the key: {line.strip()[:_SHORT]}", "write key = value"
    return None


def _wrong_value(message: str, line: str) -> tuple[str, str] | None:
    """Text without quotes, numbers with a unit, True for true."""
    key, _, value = (part.strip() for part in line.partition("="))
    if message == "Invalid value" and value.casefold() in _TRUTHS:
        return f"{key} = {value} is not understood", "write true or false, in small letters"
    if message == "Invalid value" and value:
        wrong = f"{key} = {value[:_SHORT]} is not understood"
        return wrong, "put text and paths in quotes, and give numbers without a unit"
    if message.startswith("Expected newline") and value:
        wrong = f"has more behind the value than it may: {line.strip()[:_SHORT]}"
        return wrong, "put text in quotes, numbers without a unit, and one key on each line"
    return None


def require_paths(table: Mapping[str, Any], text: str, path: Path) -> None:
    """Refuse what cannot be meant as a path in [layers], or as the boundary.

    A line break or a tab is a backslash that was meant to part folders; an empty text would be the
    folder of the plan.

    Raises
    ------
    InputError
        With the line of the plan.
    """
    for keys, value in _texts(table, ()):
        if keys[0] != "layers" and keys[:2] != ("place", "boundary"):
            continue
        if _CONTROL.search(value):
            wrong = f"{_place(keys)} has a backslash in quotes, which stands for something else"
            raise InputError(wrong, _SLASHES, file=path, layer=line_of(text, keys))
        if not value.strip():
            wrong, remedy = f"{_place(keys)} is empty", "name a file, or take the line out"
            raise InputError(wrong, remedy, file=path, layer=line_of(text, keys))


def _texts(value: Any, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:  # noqa: ANN401  TOML holds anything
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*keys, key))


def unfit(error: ValidationError, text: str, path: Path, known: Known) -> InputError:
    """Say the first fault in words, and how many more there are.

    Parameters
    ----------
    error
        What pydantic says.
    text
        The plan as it is written, to find the line.
    path
        Where it lies.
    known
        The keys of each table: ``""`` the tables themselves, ``"layers.*"`` those of an entry.
    """
    faults = error.errors()
    fault, keys = faults[0], tuple(part for part in faults[0]["loc"] if isinstance(part, str))
    wrong, remedy = _unfit(fault, keys, known)
    if len(faults) > 1:
        wrong = f"{wrong} (and {len(faults) - 1} more)"
    return InputError(wrong, remedy, file=path, layer=line_of(text, keys))


def _unfit(fault: ErrorDetails, keys: tuple[str, ...], known: Known) -> tuple[str, str]:
    """Say what is wrong with a key or its value, and what to write instead."""
    if fault["type"] == "extra_forbidden":
        return f"{_place(keys)} is an unknown key", _instead(keys, known)
    if fault["type"] == "missing":
        wrong = f"[{'.'.join(keys[:-1])}] has no {keys[-1]}"
        return wrong, f"give it: {keys[-1]} = ..."
    if keys[0] == "map" and keys[-1] in _MAY_HOLD_KEYS:
        fault = {**fault, "input": "…"}
    shown = _shown(fault["input"])
    wrong = f"{_place(keys)}: must be {_must(fault)}, not {shown}"
    return wrong, _advice(fault, keys[-1])


def _instead(keys: tuple[str, ...], known: Known) -> str:
    """Say what to write for a key that is unknown where it stands."""
    *tables, key = keys
    inner = "layers.*" if tables[:1] == ["layers"] and len(tables) > 1 else ".".join(tables)
    if tables == ["place", "boundary"]:
        inner = "layers.*"
    here = list(known.get(inner, ()))
    near = meant(key, here)
    if near is not None:
        return f"did you mean {near}?"
    home = next(
        (name for name, its in known.items() if name and "*" not in name and key in its), ""
    )
    if home and home != inner:
        return f"it belongs under [{home}]"
    return f"known keys are {', '.join(here)}"


def _must(fault: ErrorDetails) -> str:
    """Say what a value must be."""
    bounds, kind = fault.get("ctx", {}), fault["type"]
    if kind == "literal_error":
        return f"one of {bounds['expected']}".replace(" or ", ", ").replace("'", '"')
    for name, words in (
        ("gt", "above {:g}"),
        ("ge", "{:g} or more"),
        ("lt", "below {:g}"),
        ("le", "{:g} or less"),
    ):
        if name in bounds:
            return words.format(bounds[name])
    said = fault["msg"].removeprefix("Value error, ").removeprefix("must be ")
    return _KINDS.get(kind, said)


def _advice(fault: ErrorDetails, key: str) -> str:
    """Say what to write instead of a value."""
    given, kind = fault["input"], fault["type"]
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", fault["ctx"]["expected"])
        near = meant(str(given), choices) or choices[0]
        return f'write for instance {key} = "{near}"'
    if kind in ("string_type", "path_type"):
        return f'put it in quotes: {key} = "{given}"' if _is_plain(given) else "give one text"
    number = _NUMBER.fullmatch(given) if isinstance(given, str) else None
    if kind.startswith(("float", "int")) and number:
        return f"write the number alone: {key} = {number[1]}"
    if kind == "tuple_type" and isinstance(given, str):
        return f'write {key} = ["{given}"]'
    return _KIND_ADVICE.get(kind.partition("_")[0], "give such a number")


def _is_plain(value: object) -> bool:
    return isinstance(value, int | float | date) and not isinstance(value, bool)


def _shown(value: object) -> str:
    """Show a value as the plan writes it, cut where it is long."""
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    text = str(value) if isinstance(value, date) else text
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"


def _place(keys: tuple[str, ...]) -> str:
    """Name a key of the plan.

    Examples
    --------
    >>> _place(("measure", "leg_limit_m")), _place(("plase",))
    ('[measure] leg_limit_m', '[plase]')
    """
    *tables, key = keys
    return f"[{'.'.join(tables)}] {key}" if tables else f"[{key}]"


def line_of(text: str, keys: tuple[str, ...]) -> str | None:
    r"""Find the line of a plan where a key stands, or else the nearest table around it.

    Examples
    --------
    >>> line_of('[place]\nname = "x"\n[measure]\nways = 3', ("measure", "ways"))
    'line 4'
    """
    table: tuple[str, ...] = ()
    best, place = 0, None
    for number, line in enumerate(text.splitlines(), start=1):
        header, given = _HEADER.fullmatch(line), _KEY.match(line)
        if header:
            table = _parts(header[1])
        here = table if header else (*table, *_parts(given[1])) if given else ()
        if here == keys[: len(here)] and len(here) > best:
            best, place = len(here), f"line {number}"
    return place


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip(" \"'") for part in dotted.split("."))
