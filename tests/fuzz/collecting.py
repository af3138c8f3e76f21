"""Every regular expression of the package: by its call in the source, and by the objects that its modules hold.

A call whose pattern is made of what only the function knows is looked up in :data:`BUILT`, which gives examples; one
that is not there is *missed*, and a test says so.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import tui
from tests.fuzz.built import BUILT, GATED
from tui.patterns import _Later

FUNCTIONS = frozenset({"compile", "sub", "subn", "match", "fullmatch", "search", "split", "findall", "finditer"})
_WALKS = {"sub": "finditer", "subn": "finditer", "split": "finditer", "findall": "finditer", "search": "finditer"}
"""What goes through a text in the same way."""
ALL = frozenset({"finditer", "match", "fullmatch"})


@dataclass
class Found:
    """A pattern: where it is (file and line, or the name of the object), and by which methods it is used."""

    pattern: str | bytes
    flags: int
    where: str
    methods: set[str] = field(default_factory=set)
    longest: int | None = None
    """How long the texts are at most that it can be given, where that is bounded."""


@dataclass
class Collection:
    """What was found, by pattern and flags, and the calls whose pattern nobody knows."""

    found: dict[tuple[str | bytes, int], Found] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    calls: int = 0
    objects: int = 0

    def add(self, pattern: str | bytes, flags: int, where: str) -> Found:
        """Return the pattern, noted."""
        flags = int(re.compile(pattern, flags).flags)
        return self.found.setdefault((pattern, flags), Found(pattern, flags, where))


def modules() -> list[ModuleType]:
    """Return every module of the package, loaded."""
    names = [
        "tui",
        *(each.name for each in pkgutil.walk_packages(tui.__path__, "tui.") if not each.name.endswith("__main__")),
    ]
    return [importlib.import_module(name) for name in names]


def collect() -> Collection:
    """Return every pattern of the package."""
    made = Collection()
    for module in modules():
        _objects(module, made)
    for module in modules():
        if module.__file__:
            _Calls(module, made).visit(ast.parse(Path(module.__file__).read_text("utf-8")))
    for each in made.found.values():
        # Nobody calls it by its name: it is handed on, and may be used in any way.
        methods, each.longest = GATED.get(each.where, (ALL, None))
        each.methods = each.methods or set(methods)
    return made


def _objects(module: ModuleType, made: Collection) -> None:
    """Note the patterns that *module* holds by name, in containers and in classes."""
    for name, value in list(vars(module).items()):
        for pattern in _within(value, 0):
            made.objects += 1
            flags = pattern._flags if isinstance(pattern, _Later) else pattern.flags
            made.add(
                pattern.pattern,
                flags & ~re.UNICODE if isinstance(pattern.pattern, str) else flags,
                f"{module.__name__}.{name}",
            )


def _within(value: Any, depth: int) -> Iterator[Any]:
    if isinstance(value, (re.Pattern, _Later)):
        yield value
    elif depth < 5:
        for each in _held(value):
            yield from _within(each, depth + 1)


def _held(value: Any) -> list[Any]:
    """Return what a container, a class of the package or a function's defaults hold."""
    if isinstance(value, (list, tuple, set, frozenset)):
        return list(value)
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, type):
        return [each for each in vars(value).values() if not isinstance(each, type)] if _is_ours(value) else []
    if callable(value) and hasattr(value, "__defaults__"):
        return [*(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values()]
    return []


def _is_ours(kind: type) -> bool:
    return kind.__module__.startswith("tui")


class _Calls(ast.NodeVisitor):
    """Looks at every call of :mod:`re` and of ``later``, and at how patterns that have a name are used."""

    def __init__(self, module: ModuleType, made: Collection) -> None:
        self._module = module
        self._made = made
        self._within: list[str] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._within.append(node.name)
        self.generic_visit(node)
        self._within.pop()

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._within.append(node.name)
        self.generic_visit(node)
        self._within.pop()

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """Note that a pattern's method is asked for, whether it is called at once or handed on."""
        if isinstance(value := self._value(node.value), (re.Pattern, _Later)):
            self._use(value, node.attr)
            if isinstance(node.value, ast.Name):
                return
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        """Note that a pattern is handed on as it is: any method may be called."""
        value = vars(self._module).get(node.id)
        if isinstance(node.ctx, ast.Load) and isinstance(value, (re.Pattern, _Later)):
            self._use(value, "*")

    def visit_Call(self, node: ast.Call) -> None:
        name = self._called(node.func)
        if name and node.args:
            self._made.calls += 1
            self._call(node, name)
        self.generic_visit(node)

    def _called(self, func: ast.expr) -> str | None:
        if (
            isinstance(func, ast.Attribute)
            and isinstance(func.value, ast.Name)
            and func.value.id == "re"
            and func.attr in FUNCTIONS
        ):
            return func.attr
        return "compile" if isinstance(func, ast.Name) and func.id == "later" else None

    def _call(self, node: ast.Call, name: str) -> None:
        if isinstance(node.args[0], ast.Name) and isinstance(
            vars(self._module).get(node.args[0].id), (re.Pattern, _Later)
        ):
            return
        where = f"{self._module.__name__}:{'.'.join(self._within) or '<module>'}"
        flags = self._flags(node, name)
        patterns = self._patterns(node.args[0], where)
        if patterns is None:
            self._made.missed.append(f"{where} line {node.lineno}: {ast.unparse(node)[:160]}")
        for pattern in patterns or ():
            found = self._made.add(pattern, flags, f"{where} line {node.lineno}")
            if name != "compile":
                found.methods.add(_WALKS.get(name, name))

    def _patterns(self, node: ast.expr, where: str) -> list[str | bytes] | None:
        if isinstance(value := self._value(node), (str, bytes)):
            return [value]
        if (where, ast.unparse(node)) in BUILT:
            return list(BUILT[where, ast.unparse(node)])
        # One in a loop at the module's level: its objects are known already.
        return [] if where.endswith(":<module>") else None

    def _flags(self, node: ast.Call, name: str) -> int:
        place = {"compile": 1, "sub": 4, "subn": 4, "split": 3}.get(name, 2)
        stated = next((each.value for each in node.keywords if each.arg == "flags"), None)
        if stated is None and len(node.args) > place:
            stated = node.args[place]
        value = self._value(stated) if stated is not None else 0
        return int(value) if isinstance(value, int) else 0

    def _value(self, node: ast.expr) -> Any:
        """Return what *node* is worth where the module's own names alone say so, else None."""
        names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
        if isinstance(node, (ast.Call, ast.Lambda)) or not names <= vars(self._module).keys() | _BUILTINS:
            return None
        try:
            return eval(
                compile(ast.Expression(node), "<pattern>", "eval"), dict(vars(self._module))
            )  # the package's own source
        except Exception:  # a name that is bound anew in the function, an index that is not there
            return None

    def _use(self, pattern: Any, method: str) -> None:
        flags = pattern._flags if isinstance(pattern, _Later) else pattern.flags
        found = self._made.add(
            pattern.pattern, flags & ~re.UNICODE if isinstance(pattern.pattern, str) else flags, self._module.__name__
        )
        if method == "*":
            found.methods |= ALL
        elif method in FUNCTIONS:
            found.methods.add(_WALKS.get(method, method))


_BUILTINS = frozenset({"map", "sorted", "re", "str", "len"})
