"""Every message that the source can give, read from the source itself.

A message is written where it arises: as a constant or an f-string in a call, or assigned to a name
that the call is given. A part that varies is written ``{}``.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOUSES = ("layers", "spatial", "scripts", "maps")
SAYING = {
    "InputError": {0, 1},
    "LawError": {0},
    "LifecircleError": {0},
    "fault": {0, 1},
    "drop": {1},
    "repair": {1},
    "without": {1},
    "step": {0},
}
"""Which arguments of which calls are words for a person; ``steps.say`` counts, too."""
KEYWORDS = {"wrong", "remedy", "reason"}
"""Parameters and names that hold such words wherever they stand."""
COUNTS = {"dropped", "repaired", "missing"}
"""Arguments and attributes that map reasons to what they count."""
ANYTHING = frozenset({"{}"})

Seen = frozenset[str]
Function = ast.FunctionDef | None


@dataclass(frozen=True)
class Said:
    """One message, and where it is written."""

    template: str
    where: str


@dataclass(frozen=True)
class Module:
    """A module, and what its names stand for."""

    path: Path
    tree: ast.Module
    constants: dict[str, list[ast.expr]]
    functions: dict[str, list[ast.FunctionDef]]


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the four houses."""
    paths = [path for house in HOUSES for path in sorted((ROOT / house).rglob("*.py"))]
    return tuple(map(_module, paths))


def _module(path: Path) -> Module:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants: dict[str, list[ast.expr]] = defaultdict(list)
    functions: dict[str, list[ast.FunctionDef]] = defaultdict(list)
    for node in tree.body:
        for target, value in _assigned(node):
            if isinstance(target, ast.Name):
                constants[target.id].append(value)
    for inner in ast.walk(tree):
        if isinstance(inner, ast.FunctionDef):
            functions[inner.name].append(inner)
    return Module(path, tree, constants, functions)


def _assigned(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Targets of an assignment, each with the value."""
    if isinstance(node, ast.Assign):
        yield from ((target, node.value) for target in node.targets)
    elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
        yield node.target, node.value


@dataclass(frozen=True)
class Reader:
    """Reads the templates that an expression inside a function can become."""

    module: Module
    function: Function

    def templates(self, node: ast.AST | None, seen: Seen = frozenset()) -> set[str]:
        """The templates; ``{}`` alone where nothing of the text is known."""
        match node:
            case ast.Constant(value=str(text)):
                return {_braced(text)}
            case ast.JoinedStr(values=parts):
                return self._joined(parts, seen)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                ends = self.templates(right, seen)
                return {one + end for one in self.templates(left, seen) for end in ends}
            case ast.IfExp() | ast.BoolOp():
                return {text for one in _either(node) for text in self.templates(one, seen)}
        return self._found(node, seen) or set(ANYTHING)

    def _found(self, node: ast.AST | None, seen: Seen) -> set[str]:
        """The templates of what stands elsewhere: a name, an entry, what a function gives."""
        match node:
            case ast.Starred(value=pair):
                return self.pairs(pair, seen)
            case ast.Name(id=name) if name not in seen:
                return self._named(name, seen | {name})
            case ast.Subscript(value=ast.Name(id=name)):
                return self._entries(name)
            case ast.Call():
                return self._called(node, seen)
        return set()

    def _called(self, call: ast.Call, seen: Seen) -> set[str]:
        """The templates of what a call gives: a text filled, an entry of a table, an answer."""
        match call:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get"), args=given):
                default = self.templates(given[1], seen) if len(given) > 1 else set()
                return self._entries(name) | default
            case ast.Call(func=ast.Attribute(value=what, attr="format")):
                return {_opened(text) for text in self.templates(what, seen)}
            case ast.Call(func=ast.Name(id=name)) if name not in seen:
                return self._given_by(name, seen | {name})
        return set()

    def pairs(self, node: ast.AST | None, seen: Seen = frozenset()) -> set[str]:
        """The templates of what is wrong and what to do, where both come as one pair."""
        match node:
            case ast.Tuple(elts=words):
                return {text for word in words for text in self.templates(word, seen)}
            case ast.IfExp() | ast.BoolOp():
                return {text for one in _either(node) for text in self.pairs(one, seen)}
            case ast.Name(id=name) if name not in seen:
                bound = bindings(self.function, name)
                return {text for one in bound for text in self.pairs(one, seen | {name})}
            case ast.Call(func=ast.Name(id=name)) if name not in seen:
                given = self._returns(name)
                return {t for reader, one in given for t in reader.pairs(one, seen | {name})}
        return set()

    def _joined(self, parts: Iterable[ast.expr], seen: Seen) -> set[str]:
        texts = {""}
        for part in parts:
            if isinstance(part, ast.Constant):
                told = {_braced(str(part.value))}
            else:
                told = self._told(part, seen)
            texts = {text + one for text in texts for one in told}
        return texts

    def _told(self, part: ast.expr, seen: Seen) -> set[str]:
        """What a part of an f-string can be: words known on the spot, else anything."""
        value = part.value if isinstance(part, ast.FormattedValue) else part
        if isinstance(value, ast.Name) and value.id not in seen:
            bound = list(bindings(self.function, value.id))
            words = value.id in KEYWORDS or all(isinstance(one, ast.JoinedStr) for one in bound)
            if bound and words:
                known = seen | {value.id}
                return {text for one in bound for text in self.templates(one, known)}
        return set(ANYTHING)

    def parts(self, node: ast.AST) -> set[str]:
        """Words that parts of f-strings can be, where the function or its module tells."""
        inside = [one.value for one in ast.walk(node) if isinstance(one, ast.FormattedValue)]
        return {
            text
            for value in inside
            if isinstance(value, ast.Name | ast.IfExp | ast.Call | ast.Subscript)
            for text in self.templates(value)
            if text not in ANYTHING
        }

    def _named(self, name: str, seen: Seen) -> set[str]:
        """What a name stands for: in the function, in the module, or anywhere as a constant."""
        values = list(bindings(self.function, name)) or self.module.constants.get(name, [])
        if not values and name.isupper():
            values = [one for module in modules() for one in module.constants.get(name, ())]
        return {text for value in values for text in self.templates(value, seen)}

    def _entries(self, name: str) -> set[str]:
        """The values of a table of the module; ``**dict.fromkeys(keys, value)`` among them."""
        values = self.module.constants.get(name, [])
        tables = [one for value in values for one in ast.walk(value) if isinstance(one, ast.Dict)]
        entries = [one for table in tables for one in table.values]
        entries = [one.args[-1] if isinstance(one, ast.Call) else one for one in entries]
        return {text for one in entries for text in self.templates(one)}

    def _given_by(self, name: str, seen: Seen) -> set[str]:
        given = self._returns(name)
        return {text for reader, one in given for text in reader.templates(one, seen)}

    def _returns(self, name: str) -> list[tuple[Reader, ast.expr]]:
        """What a function of this module, or else of any, returns."""
        own = [self.module] if name in self.module.functions else modules()
        return [
            (Reader(module, function), node.value)
            for module in own
            for function in module.functions.get(name, ())
            for node in ast.walk(function)
            if isinstance(node, ast.Return) and node.value is not None
        ]


def _either(node: ast.IfExp | ast.BoolOp) -> list[ast.expr]:
    return node.values if isinstance(node, ast.BoolOp) else [node.body, node.orelse]


def _braced(text: str) -> str:
    """Double the braces of a text, so that only parts have single ones."""
    return text.replace("{", "{{").replace("}", "}}")


def _opened(text: str) -> str:
    """Write every part of a text for `str.format` as ``{}``."""
    inside, out = False, ""
    for letter in text.replace("{{", "{").replace("}}", "}"):
        inside = inside or letter == "{"
        out += "{}" if letter == "}" else "" if inside else letter
        inside = inside and letter != "}"
    return out


def bindings(function: Function, name: str) -> Iterator[ast.expr]:
    """Everything that a name is bound to in a function, loops over written tables included."""
    for node in ast.walk(function) if function else ():
        for target, value in _assigned(node):
            yield from _taken(target, value, name)
        if isinstance(node, ast.For):
            yield from _looped(function, node, name)


def _taken(target: ast.expr, value: ast.expr, name: str) -> Iterator[ast.expr]:
    """What a name gets of an assignment, which may take a pair apart."""
    if isinstance(target, ast.Name) and target.id == name:
        yield value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, its in zip(target.elts, value.elts, strict=False):
            yield from _taken(one, its, name)
    elif isinstance(value, ast.Call) and name in KEYWORDS & {
        getattr(one, "id", "") for one in getattr(target, "elts", ())
    }:
        yield ast.Starred(value=value, ctx=ast.Load())


def _looped(function: Function, loop: ast.For, name: str) -> Iterator[ast.expr]:
    """What a name goes through in a loop over a table that is written out."""
    targets = loop.target.elts if isinstance(loop.target, ast.Tuple) else [loop.target]
    names = [getattr(one, "id", "") for one in targets]
    if name not in names:
        return
    place, over = names.index(name), loop.iter
    if isinstance(over, ast.Call) and isinstance(over.func, ast.Attribute):
        over = over.func.value  # table.items()
    for source in bindings(function, over.id) if isinstance(over, ast.Name) else [over]:
        if isinstance(source, ast.Dict):
            yield from (one for one in (source.values if place else source.keys) if one)
        elif isinstance(source, ast.Tuple | ast.List):
            for one in source.elts:
                yield one.elts[place] if isinstance(one, ast.Tuple) else one


@cache
def passing() -> dict[str, set[int]]:
    """Functions that take such words to pass them on: by name, the places of the arguments."""
    found: dict[str, set[int]] = {}
    for module in modules():
        for node in ast.walk(module.tree):
            for function in node.body if isinstance(node, ast.ClassDef | ast.Module) else ():
                if isinstance(function, ast.FunctionDef):
                    named = node.name if function.name == "__init__" else function.name
                    found.setdefault(named, set()).update(_word_places(function))
    return {name: places for name, places in found.items() if places}


def _word_places(function: ast.FunctionDef) -> set[int]:
    names = [argument.arg for argument in function.args.args]
    bound = int(names[:1] in (["self"], ["cls"]))
    return {place - bound for place, name in enumerate(names) if name in KEYWORDS}


def _entered(module: Module) -> Iterator[tuple[ast.expr, Function]]:
    """Reasons that are entered into a count: ``source.dropped[reason] = ...``.

    A method called ``reasons`` counts by itself; the tables that it names hold its words.
    """
    for function in (one for several in module.functions.values() for one in several):
        counts = function.name == "reasons"
        for node in ast.walk(function):
            for target, _ in _assigned(node):
                if isinstance(target, ast.Subscript):
                    owner = getattr(target.value, "attr", "")
                    yield from [(target.slice, function)] if counts or owner in COUNTS else []
            if counts and isinstance(node, ast.Name):
                for table in module.constants.get(node.id, ()):
                    values = table.values if isinstance(table, ast.Dict) else []
                    yield from ((value, function) for value in values)


def _calls(node: ast.AST, function: Function = None) -> Iterator[tuple[ast.Call, Function]]:
    """Every call, with the innermost function it stands in."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield child, function
        yield from _calls(child, child if isinstance(child, ast.FunctionDef) else function)


def _words(call: ast.Call) -> list[ast.expr]:
    """The arguments of a call that are words for a person."""
    func = call.func
    name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
    if name == "say":
        owner = getattr(getattr(func, "value", None), "id", "")
        return call.args[:1] if owner == "steps" else []
    tables = [one.value for one in call.keywords if one.arg in COUNTS]
    inside = [one for table in tables for one in ast.walk(table)]
    counted = [key for one in inside if isinstance(one, ast.Dict) for key in one.keys if key]
    if counted:
        return counted
    if isinstance(func, ast.Attribute) and getattr(func.value, "id", "") in ("frame", "table"):
        return []  # pandas drops, too
    places = SAYING.get(name, set()) | passing().get(name, set())
    given = [one for place, one in enumerate(call.args) if place in places]
    given += [one for one in call.args if isinstance(one, ast.Starred) and places]
    return given + [one.value for one in call.keywords if one.arg in KEYWORDS and places]


@cache
def parts() -> tuple[Said, ...]:
    """Words that stand in messages as their parts, with the place of their first use."""
    found: dict[str, str] = {}
    for module in modules():
        for call, function in _calls(module.tree):
            where = f"{module.path.relative_to(ROOT).as_posix()}:{call.lineno}"
            reader = Reader(module, function)
            for word in _words(call):
                bound = bindings(function, word.id) if isinstance(word, ast.Name) else [word]
                for one in bound:
                    for text in reader.parts(one):
                        found.setdefault(text, where)
    return tuple(Said(*one) for one in sorted(found.items(), key=lambda pair: pair[1]))


@cache
def messages() -> tuple[Said, ...]:
    """Every template of the source, with the place of its first use."""
    found: dict[str, str] = {}
    for module in modules():
        for call, function in _calls(module.tree):
            where = f"{module.path.relative_to(ROOT).as_posix()}:{call.lineno}"
            for word in _words(call):
                for template in Reader(module, function).templates(word):
                    found.setdefault(template, where)
        for reason, function in _entered(module):
            where = f"{module.path.relative_to(ROOT).as_posix()}:{reason.lineno}"
            for template in Reader(module, function).templates(reason):
                found.setdefault(template, where)
    return tuple(Said(*one) for one in sorted(found.items(), key=lambda pair: pair[1]))
