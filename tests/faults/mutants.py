"""Break one thing in a formula and see whether its tests notice (`make mutants`).

The changes are those of mutmut (its operators, not its runner: docs/decisions.md says why). Nothing is
written into the tree: pytest collects once, and each mutant is a fork in which the code of its function is
exchanged; of the tests of its module those that call it run, first those that failed most, then the quickest,
until one fails. What survives is explained in survivors.toml, or tried by the tests of all metrics together;
what survives these, too, is a failure.
"""

from __future__ import annotations

import argparse
import ast
import gc
import importlib.util
import json
import mmap
import os
import random
import re
import signal
import sys
import tempfile
import time
import tomllib
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import _lru_cache_wrapper
from pathlib import Path
from types import CodeType, FunctionType
from typing import ClassVar, NamedTuple

import pytest
import record
from hypothesis import Phase, settings

ROOT = Path(__file__).parents[2]
SURVIVORS = Path(__file__).with_name("survivors.toml")
RESULTS = Path(__file__).with_name("mutants.json")  # kept: parts are tried on several days
MISSING = """mutmut is not there; no lock has it, since only this needs it. With the environment of the tests:
  .venv/bin/python -m pip install --no-deps --target build/mutmut mutmut==3.8.1 libcst==1.9.0"""
PARTS = ("bounds", "kazakh", "metrics", "words")
FILTERS = ("kk", "ru", "en", "language", "extent", "inline")  # of words: what templates call
# Where a module's tests are not in the file named after it.
TESTS = {
    "kazakh": ["test_kazakh.py"],
    "metrics.index": ["metrics/test_whole_index.py"],
    "metrics.months": ["metrics/test_month_counts.py", "metrics/test_rhythm.py"],
    "metrics.special": ["metrics/test_collection.py"],
    "metrics.store": ["metrics/test_kept_facts.py"],
}
# What words much in three languages: with its own tests those of each filter, since one calls another.
WORDED = ("extent", "counts", "language", "problems")
# What holds all metrics against numbers known otherwise, the quickest first: seconds for each that survives.
WIDER = ("metrics/test_open_window.py", "metrics/test_by_hand.py", "test_golden.py", "test_recount.py")
BUDGET = 40.0  # seconds of tests for one mutant, as they take without it while their calls are noted
LONG = 3600.0
UNFIT = 3
# What makes no difference: strict= says what holds anyhow, and None as an option is as false as False.
SAME = ((re.compile(r"=None\b"), "=False"), (re.compile(r",\s*(strict=\w+)?"), ""))
UNCHANGED = {"len", "isinstance"}  # as mutmut does


class Mutant(NamedTuple):
    """A function of a module with one change in it: the lines as they were and as they became."""

    module: str
    function: str
    was: str
    became: str
    source: str

    @property
    def name(self) -> tuple[str, str, str, str]:
        return self[:4]


def mutants(module: str) -> Iterator[Mutant]:
    """Give every mutant of the functions of a module of aqparat."""
    import libcst
    from libcst.metadata import MetadataWrapper, WhitespaceInclusivePositionProvider
    from mutmut.mutation.mutators import mutation_operators

    wrapper = MetadataWrapper(libcst.parse_module(_file(module).read_text(encoding="utf-8")))
    places = wrapper.resolve(WhitespaceInclusivePositionProvider)
    tree = wrapper.module
    lines = tree.code.splitlines(keepends=True)

    def exchanged(node: libcst.CSTNode, changed: libcst.CSTNode) -> tuple[str, str, str]:
        start, end = places[node].start, places[node].end
        head, tail = lines[start.line - 1][: start.column], lines[end.line - 1][end.column :]
        was = "".join(lines[start.line - 1 : end.line])
        became = head + tree.code_for_node(changed) + tail
        source = "".join([*lines[: start.line - 1], became, *lines[end.line :]])
        return (*_difference(was, became), source)

    def walk(node: libcst.CSTNode, names: tuple[str, ...], inside: bool) -> Iterator[Mutant]:
        if isinstance(node, libcst.FunctionDef | libcst.ClassDef):
            names = names if inside else (*names, node.name.value)
            inside = inside or isinstance(node, libcst.FunctionDef)
        call = node.func if isinstance(node, libcst.Call) else None
        if isinstance(node, libcst.Annotation | libcst.Decorator) or (
            isinstance(call, libcst.Name) and call.value in UNCHANGED
        ):
            return
        for kind, operator in mutation_operators if inside else ():
            for changed in operator(node) if isinstance(node, kind) else ():
                mutant = Mutant(module, ".".join(names), *exchanged(node, changed))
                if _plain(mutant.was) != _plain(mutant.became):
                    yield mutant
        for child in node.children:
            yield from walk(child, names, inside)

    yield from walk(tree, (), inside=False)


def _plain(text: str) -> str:
    for pattern, put in SAME:
        text = pattern.sub(put, text)
    return text


def _difference(was: str, became: str) -> tuple[str, str]:
    """Give the lines that differ, without what surrounds them."""
    a, b = was.splitlines(), became.splitlines()
    while a and b and a[0] == b[0]:
        a, b = a[1:], b[1:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    return " ".join(map(str.strip, a)), " ".join(map(str.strip, b))


def _file(module: str) -> Path:
    return ROOT / "lib" / "aqparat" / (module.replace(".", "/") + ".py")


def modules(wanted: list[str]) -> list[str]:
    """Give the modules of the parts or modules that are named; all where none is."""
    found = []
    for name in wanted or PARTS:
        inside = sorted(path.stem for path in _file(name).with_suffix("").glob("[!_]*.py"))
        inside = [stem for stem in inside if name != "words" or stem in FILTERS]
        found += [f"{name}.{stem}" for stem in inside] or [name]
    return found


def explained(survived: Iterable[Mutant] = ()) -> dict[tuple[str, str, str, str], str]:
    """Give the survivors that are known, by entry or by kind, each with the reason why nothing notices."""
    told = tomllib.loads(SURVIVORS.read_text(encoding="utf-8"))
    of_kinds = {
        mutant.name: kind["why"]
        for mutant in survived
        for kind in told["kind"]
        if len({_plain(re.sub(kind["of"], "", text)) for text in (mutant.was, mutant.became)}) == 1
    }
    return of_kinds | {
        (entry["module"], entry["function"], entry["was"], became): entry["why"]
        for entry in told["survivor"]
        for became in entry["became"]
    }


def tests(module: str) -> list[str]:
    """Give the files of tests that should notice a mutant of a module."""
    part, _, name = module.rpartition(".")
    own = f"{part}/test_{name}.py".lstrip("/")
    if part == "words":
        worded = [f"words/test_{stem}.py" for stem in WORDED]
        return list(dict.fromkeys([own, *worded])) if (ROOT / "tests" / own).exists() else worded
    if (ROOT / "tests" / own).exists():
        return [own]
    return TESTS.get(module) or TESTS[part]


def wider(module: str) -> list[str]:
    """Give the files of tests that get what survives the tests of a module."""
    own = tests(module)
    return [file for file in WIDER if file not in own] if module.startswith("metrics.") else []


class Trial:
    """A pytest plugin that runs the tests of a module as it is, then for every mutant."""

    passed: ClassVar[dict[str, float]] = {}  # wider tests, as they are, with their seconds: once is enough

    def __init__(self, module: str, chosen: list[Mutant]) -> None:
        self.module = module
        self.chosen = chosen
        self.survived: list[Mutant] = []
        self.called: set[CodeType] = set()  # since it was emptied last
        self.made: dict[str, tuple[set[CodeType], float]] = {}  # of fixtures what it calls, and seconds

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self):
        here = settings.get_profile("here")  # a failure is enough, its smallest example is not needed
        settings.register_profile("mutants", here, phases=(Phase.explicit, Phase.generate), max_examples=20)
        settings.load_profile("mutants")

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef):
        before, self.called = self.called, set()
        began = time.process_time()
        made = yield
        self.made[fixturedef.argname] = self.called, time.process_time() - began
        self.called = before | self.called
        return made

    def pytest_runtestloop(self, session):
        if not self.chosen:
            return True
        functions = _functions(self.module)
        files = {ROOT / "tests" / file for file in wider(self.module)}
        besides = [number for number, item in enumerate(session.items) if item.path in files]
        taken, anew, reached, ready = self._unchanged(session, functions, besides)
        _share(session, ready)
        failed = memoryview(mmap.mmap(-1, 4 * len(taken))).cast("I")  # how often each; forks write here, too
        for mutant in self.chosen:
            run = _affordable(reached.get(mutant.function, []), taken, anew)
            run.sort(key=lambda test: (-failed[test], anew[test]))
            is_known = mutant.name in explained([mutant])
            run += [] if is_known else besides
            seconds = sum(taken[test] for test in run)
            status = _forked(lambda m=mutant, r=run: _fails(session, functions, m, r, failed), seconds)
            if status == UNFIT:
                raise RuntimeError(f"{mutant.name} cannot be put in place of its function")
            if status == 0:
                self.survived.append(mutant)
                if not is_known:
                    print(_entry(mutant), flush=True)
        return True

    def _unchanged(self, session, functions, besides):
        """Run the tests as they are, with code exchanged for the same.

        Returns their seconds; the same with the fixtures that others have made before them, if these call the
        module; the tests that call each function, through such a fixture, too; those without such a fixture.
        What those besides call is not asked: they run for all that survives.
        """
        source = _file(self.module).read_text(encoding="utf-8")

        def run() -> int:
            _exchange(functions, source, functions)
            codes = {
                code: name
                for name, found in functions.items()
                for part in found
                for code in _codes(part.__code__)
            }
            taken, anew, reached, ready = [], [], defaultdict(list), []
            for number, item in enumerate(session.items):
                if item.nodeid in Trial.passed:
                    taken.append(Trial.passed[item.nodeid])
                    anew.append(taken[-1])
                    continue
                self.called = set()
                began = time.process_time()
                if number not in besides:
                    sys.setprofile(lambda frame, *_: self.called.add(frame.f_code))
                _run(session, number, None if number + 1 == len(session.items) else number + 1)
                sys.setprofile(None)
                taken.append(time.process_time() - began)
                made = [self.made[name] for name in item.fixturenames if name in self.made]
                made = [(called, seconds) for called, seconds in made if not called.isdisjoint(codes)]
                anew.append(max([taken[-1], *(seconds for _, seconds in made)]))
                for name in {codes[c] for c in self.called.union(*(c for c, _ in made)) if c in codes}:
                    reached[name].append(number)
                if number not in besides and not made:
                    ready.append(number)
            file.write_text(json.dumps([taken, anew, reached, ready]), encoding="utf-8")
            return min(session.testsfailed, 1)

        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "unchanged.json"
            if _forked(run, LONG) != 0:
                raise pytest.UsageError(f"The tests of {self.module} do not pass as they are.")
            taken, anew, reached, ready = json.loads(file.read_text(encoding="utf-8"))
        Trial.passed.update({session.items[number].nodeid: taken[number] for number in besides})
        return taken, anew, reached, ready


def _share(session, tests: list[int]) -> None:
    """Make what all tests share and no mutant has a part in, once for all forks."""
    session._setupstate.setup(session)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pytest.PytestWarning)  # that no test has begun
        for item in (session.items[test] for test in tests):
            for name, found in item._fixtureinfo.name2fixturedefs.items():
                if found[-1].scope == "session":
                    item._request.getfixturevalue(name)


def _functions(module: str) -> dict[str, list[FunctionType]]:
    """Give the functions of a module by their names, with what decorators keep of them."""
    importlib.import_module(f"aqparat.{module}")
    file = str(_file(module))
    found = defaultdict(list)
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename == file:
            found[thing.__code__.co_qualname].append(thing)
    return found


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _affordable(reached: list[int], taken: list[float], anew: list[float]) -> list[int]:
    """Choose the quickest tests, while the time lasts."""
    chosen, seconds = [], 0.0
    for test in sorted(reached, key=anew.__getitem__):
        seconds += taken[test]
        if seconds < BUDGET:
            chosen.append(test)
    return chosen


def _fails(session, functions, mutant: Mutant, tests: list[int], failed: memoryview) -> int:
    """Tell whether a test fails with a mutant, and count which."""
    _exchange(functions, mutant.source, [mutant.function])
    for thing in vars(sys.modules[f"aqparat.{mutant.module}"]).values():
        if isinstance(thing, _lru_cache_wrapper):
            thing.cache_clear()  # of what it gave before
    for place, test in enumerate(tests):
        _run(session, test, tests[place + 1] if place + 1 < len(tests) else None)
        if session.testsfailed:
            failed[test] += 1
            return 1
    return 0


def _exchange(functions, source: str, names: Iterable[str]) -> None:
    """Give functions of a module the code and the defaults that they have in another source."""
    any_function = next(iter(functions.values()))[0]
    tree = ast.parse(source)
    names = [name for name in names if "<" not in name]  # what is inside another is exchanged with it
    for name in names:
        if functions[name] and "__class__" in functions[name][0].__code__.co_freevars:  # of super()
            body = _definition(tree, name).body
            body.insert(1, ast.parse("if 0: __class__").body[0])  # the mutant may have no super()
    tree = ast.fix_missing_locations(tree)
    compiled = compile(tree, any_function.__code__.co_filename, "exec", dont_inherit=True)
    codes = {code.co_qualname: code for code in _codes(compiled)}
    for name in names:
        made = _defaults(tree, name, any_function.__globals__)
        try:
            for function in functions[name]:
                function.__code__ = codes[name]
                function.__defaults__, function.__kwdefaults__ = made
        except (KeyError, ValueError):
            os._exit(UNFIT)
        if not functions[name]:
            os._exit(UNFIT)


def _defaults(tree: ast.Module, function: str, space: dict[str, object]):
    """Give the defaults of a function, which are no part of its code."""
    node = _definition(tree, function)

    def value(default: ast.expr) -> object:
        return eval(compile(ast.Expression(default), "default", "eval"), space)

    named = {a.arg: value(d) for a, d in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True) if d}
    return tuple(map(value, node.args.defaults)) or None, named or None


def _definition(tree: ast.Module, function: str):
    """Give the node that defines a function."""
    node = tree
    for part in function.split("."):
        node = next(child for child in node.body if getattr(child, "name", None) == part)
    return node


def _run(session, test: int, following: int | None) -> None:
    item = session.items[test]
    after = None if following is None else session.items[following]
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)


def _forked(work: Callable[[], int], seconds: float) -> int:
    """Do work in a fork: its result, or something above it where it ended otherwise, such as by time."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 2
    try:
        signal.setitimer(signal.ITIMER_PROF, 5 + 10 * seconds)  # of the processor: others use it too
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (1, 2) if seconds < LONG else ():
            os.dup2(quiet, stream)
        os._exit(work())
    except BaseException:
        os._exit(1)


def tried(module: str, sample: int | None, seed: int) -> Trial:
    """Run the tests of a module for its mutants, or for a sample of them."""
    chosen = list(mutants(module))
    if sample is not None and sample < len(chosen):
        chosen = random.Random(f"{seed} {module}").sample(chosen, sample)
    trial = Trial(module, chosen)
    files = [str(ROOT / "tests" / file) for file in (*tests(module), *wider(module))]
    with tempfile.TemporaryDirectory() as folder:
        options = ["-qs", "--assert=plain", "--tb=no", "-Werror::RuntimeWarning", f"--basetemp={folder}/base"]
        status = pytest.main([*files, *options, "-m", "not exhaustive", "-p", "no:xdist"], plugins=[trial])
    if status != pytest.ExitCode.OK:
        raise SystemExit(int(status))
    return trial


def kept(module: str, trial: Trial) -> None:
    """Keep the figures of a module, and put the sum of its part into docs/reliability.md."""
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    results[module] = [len(trial.chosen), len(trial.survived)]
    RESULTS.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    part = module.partition(".")[0]
    every = modules([part])
    found = [results[name] for name in every if name in results]
    made, survived = map(sum, zip(*found, strict=True))
    figure = f"{made:,} mutants, {made - survived:,} killed, {survived:,} explained"
    few = "" if len(found) == len(every) else f" ({len(found)} of {len(every)} modules)"
    record.put({f"mutants of {part}": figure + few})


def main() -> int:
    """Try the modules that are named; 1 where a survivor is not explained, or an explained one was killed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("modules", nargs="*", help="of aqparat: bounds, metrics.rate, or a part: metrics")
    parser.add_argument("--sample", type=int, help="so many mutants of each module, not recorded")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    if importlib.util.find_spec("mutmut") is None:
        sys.exit(MISSING)
    os.environ["LC_ALL"] = "fr_FR.UTF-8"  # the language of the machine is none of a report
    failed = False
    for module in modules(asked.modules):
        trial = tried(module, asked.sample, asked.seed)
        known = {name for name in explained() if name[0] == module}
        survived = {mutant.name: mutant for mutant in trial.survived}
        stale = known - survived.keys() if asked.sample is None else set()
        unknown = survived.keys() - explained(trial.survived)
        left = len(trial.survived)
        print(
            f"{module}: {len(trial.chosen)} mutants, {len(trial.chosen) - left} killed, {left} survived",
            flush=True,
        )
        for name in stale:
            print("does not survive, take it out of survivors.toml:", *name, sep="\n  ", flush=True)
        if not unknown and not stale and asked.sample is None:
            kept(module, trial)
        failed |= bool(unknown or stale)
    return int(failed)


def _entry(mutant: Mutant) -> str:
    """Write a survivor as survivors.toml wants it."""
    told = mutant._asdict() | {"became": [mutant.became], "why": ""}
    del told["source"]
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in told.items())
    return "\n".join(["\n[[survivor]]", *lines])


if __name__ == "__main__":
    sys.exit(main())
