"""Run mutants: each in a fork of a process that has collected every test and run it once, with what each test calls.

Started by :mod:`tests.mutation.__main__` in the folder of the mutants, with the names of those to run in a file. No
mutant waits for pytest to start or to collect, and only the tests that reach it are run: those that last killed a
mutant of the same function first, then the quick ones before the slow ones, until one fails.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import shutil
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path
from time import process_time
from typing import NoReturn

import pytest
from mutmut.mutation import trampoline  # type: ignore[import-not-found, unused-ignore]  # a tool of this folder's alone

from tests.mutation.plugin import Answers, Quick
from tests.mutation.reach import Reach
from tui.model import noted

BATCH = 100
"""Mutants after which the tests that killed any are run without one."""
_MEMORY = 2 << 30
_SURVIVED, _KILLED, _BROKEN, _UNTESTED = 0, 1, 3, 33


def path_to_module(meta: Path) -> str:
    """Return the name of the module whose mutants the file *meta* tells of."""
    return ".".join(meta.with_name(meta.name.removesuffix(".py.meta")).parts).removesuffix(".__init__")


class Running:
    """A plugin of pytest that runs the mutants in the place of the tests."""

    def __init__(self, mutants: list[str], children: int) -> None:
        self._waiting = mutants[::-1]
        self._children = children
        self._running: dict[int, tuple[str, int]] = {}
        self._reach = Reach()
        self._unproved: dict[str, int] = {}
        self._answers = Answers()
        self._metas = {name: path for path in Path("tui").rglob("*.py.meta") for name in _codes(path)}
        self._modules = frozenset(path_to_module(path) for path in self._metas.values())

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run every test once, then the mutants."""
        measured = Path("../measured.json")
        child = os.fork()
        if not child:
            self._measure(session, measured)
        if os.waitpid(child, 0)[1]:
            raise session.Failed("a test fails without a mutant")
        found = json.loads(measured.read_text(encoding="utf-8"))
        self._reach = Reach(found["seconds"], found["tests"])
        # No mutant waits for an import; what the tests leave behind in objects they share stays in that process.
        for name in found["modules"]:
            with suppress(ImportError):
                importlib.import_module(name)
        gc.collect()
        gc.freeze()
        while self._waiting:
            for _ in range(min(BATCH, len(self._waiting))):
                if len(self._running) == self._children:
                    self._await(session)
                self._start(self._waiting.pop(), session)
            while self._running:
                self._await(session)
            self._prove(session, {*self._unproved.values()})
        return True

    def _prove(self, session: pytest.Session, tests: Iterable[int]) -> None:
        """Run *tests* in a fork without a mutant; those that fail there too have killed nothing."""
        child = os.fork()
        if not child:
            _bound(3600)
            self._answers.forget(self._modules)
            os._exit(_SURVIVED if _first_failure(session, sorted(tests)) is None else _KILLED)
        if os.waitpid(child, 0)[1]:
            for mutant in self._unproved:
                self._keep(mutant, None)
            raise session.Failed("a test fails in a fork without a mutant")
        self._unproved.clear()

    def _measure(self, session: pytest.Session, found: Path) -> NoReturn:
        """Write down what each test calls and how long it takes."""
        called: set[str] = set()
        seconds: list[float] = []
        tests: dict[str, list[int]] = {}
        vars(trampoline)["record_trampoline_hit"] = lambda name, caller=None: called.add(name)
        trampoline.set_mutant_under_test("stats")
        for number, (item, after) in enumerate(zip_longest(session.items, session.items[1:])):
            # Tables too, though some take as long as ten tests: who only looks into one may be who notices its mutant.
            self._answers.forget(self._modules)
            start = process_time()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            seconds.append(process_time() - start)
            for function in called:
                tests.setdefault(function, []).append(number)
            called.clear()
        modules = [name for name, module in sys.modules.items() if module and name != "__main__"]
        found.write_text(json.dumps({"seconds": seconds, "tests": tests, "modules": modules}), encoding="utf-8")
        os._exit(_KILLED if session.testsfailed else _SURVIVED)

    def _start(self, mutant: str, session: pytest.Session) -> None:
        chosen = self._reach.chosen(mutant)
        if not chosen:
            self._keep(mutant, _UNTESTED)
            return
        reading, writing = os.pipe()
        child = os.fork()
        if child:
            os.close(writing)
            self._running[child] = mutant, reading
            return
        try:
            seconds = 3 + 3 * sum(self._reach.seconds[number] for number in chosen)
            _bound(int(seconds) + 1)
            _own_folder(session.config)
            trampoline.set_mutant_under_test(mutant.replace("__init__.", ""))
            self._answers.forget(frozenset([path_to_module(self._metas[mutant])]))
            noticed = _first_failure(session, chosen)
            os.write(writing, b"" if noticed is None else str(noticed).encode())
            os._exit(_SURVIVED if noticed is None else _KILLED)
        except BaseException:
            os._exit(_BROKEN)

    def _await(self, session: pytest.Session) -> None:
        child, status, used = os.wait4(-1, 0)
        mutant, reading = self._running.pop(child)
        with os.fdopen(reading, "rb") as pipe:
            said = pipe.read()
        shutil.rmtree(_folder_of(child), ignore_errors=True)
        code = os.waitstatus_to_exitcode(status)
        self._keep(mutant, code)
        test = ""
        if said:
            self._unproved[mutant] = int(said)
            self._reach.killed(mutant, int(said))
            test = session.items[int(said)].nodeid
        seconds = used.ru_utime + used.ru_stime
        print(f"{len(self._waiting):6} {code:4} {seconds:7.2f} s  {mutant}  {test}", flush=True)

    def _keep(self, mutant: str, code: int | None) -> None:
        path = self._metas[mutant]
        meta = json.loads(path.read_text(encoding="utf-8"))
        meta["exit_code_by_key"][mutant] = code
        whole = path.with_suffix(".new")
        whole.write_text(json.dumps(meta, indent=1), encoding="utf-8")
        whole.replace(path)


def _codes(meta: Path) -> dict[str, int | None]:
    codes: dict[str, int | None] = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
    return codes


def _folder_of(child: int) -> Path:
    return Path("../temporary").absolute().with_name(f"temporary-{child}")


def _own_folder(config: pytest.Config) -> None:
    """Let this process have a folder for its tests' files: two would remove each other's."""
    factory = vars(config)["_tmp_path_factory"]
    factory._given_basetemp, factory._basetemp = _folder_of(os.getpid()), None


def _bound(seconds: int) -> None:
    """Let this process end by itself: a mutant that runs for ever is one that the tests notice."""
    spent = int(process_time())
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, spent + seconds + 2))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(10 * seconds + 60)
    taken = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + _MEMORY, taken + _MEMORY))
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)


def _first_failure(session: pytest.Session, chosen: list[int]) -> int | None:
    items = [session.items[number] for number in chosen]
    for number, item, after in zip_longest(chosen, items, items[1:]):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        if session.testsfailed:
            return number
    return None


def main() -> int:
    """Run the mutants named in the file that is the second argument, as many at once as the first says."""
    children, names, *tests = sys.argv[1:]
    mutants = json.loads(Path(names).read_text(encoding="utf-8"))
    # A mutant would find what was noted with objects that tests share.
    noted.noted = lambda find: find
    options = ["--rootdir=.", "-p", "no:cacheprovider", "--no-header", "--no-summary", "--capture=no", "--tb=no",
               "--basetemp=../temporary", "-o", "tmp_path_retention_policy=none",
               # Hypothesis is there before pytest is.
               "-W", "ignore::pytest.PytestAssertRewriteWarning"]  # fmt: skip
    return int(pytest.main([*options, *tests], plugins=[Quick(), Running(mutants, int(children))]))


if __name__ == "__main__":
    sys.exit(main())
