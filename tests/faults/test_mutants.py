"""What explains why a mutant survives belongs to code that still stands; and the runner notices a change."""

import ast

import mutants
import pytest


def lines_of(module, function):
    source = mutants._file(module).read_text(encoding="utf-8")
    node = ast.parse(source)
    for part in function.split("."):
        node = next(child for child in node.body if getattr(child, "name", None) == part)
    return " ".join(map(str.strip, source.splitlines()[node.lineno - 1 : node.end_lineno]))


@pytest.mark.parametrize("survivor", mutants.explained(), ids=lambda name: f"{name[0]}-{name[1]}")
def test_an_explained_survivor_is_of_code_that_stands(survivor):
    module, function, was, became = survivor
    assert was in lines_of(module, function)
    assert was != became
    assert mutants.explained()[survivor]


def test_every_module_that_is_tried_has_tests():
    tried = mutants.modules([])
    assert {"bounds", "kazakh.nouns", "metrics.growth", "words.kk"} <= set(tried)
    assert all((mutants.ROOT / "tests" / file).exists() for module in tried for file in mutants.tests(module))


@pytest.mark.skipif(not hasattr(mutants.os, "fork"), reason="each mutant is a fork")
def test_a_function_is_exchanged_with_its_defaults_and_in_the_fork_only():
    from aqparat.bounds import Bounded

    functions = mutants._functions("bounds")
    source = mutants._file("bounds").read_text(encoding="utf-8")
    changed = source.replace("floor: float = 0.0", "floor: float = 1.0")

    def said(source):
        mutants._exchange(functions, source, ["Bounded.qualifiers"])
        return int(Bounded.stated(1, "at_least").qualifiers()[()] is None)

    assert [mutants._forked(lambda s=s: said(s), 1) for s in (source, changed)] == [0, 1]
    assert Bounded.stated(1, "at_least").qualifiers()[()] == "at_least"


@pytest.mark.skipif(not hasattr(mutants.os, "fork"), reason="each mutant is a fork")
def test_a_method_is_exchanged_for_one_without_super():
    from aqparat.words.languages import language

    functions = mutants._functions("words.en")
    source = mutants._file("words.en").read_text(encoding="utf-8")
    changed = source.replace("{**super().filters(tables), ", "{")

    def said(source):
        mutants._exchange(functions, source, ["English.filters"])
        return int("count" not in language("en").filters(None))

    assert [mutants._forked(lambda s=s: said(s), 1) for s in (source, changed)] == [0, 1]
