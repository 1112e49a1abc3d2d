"""The bench: what it measures of a process, and where it puts that. It is not run itself."""

import sys

import pytest

from bench import page
from bench.__main__ import PARTS
from bench.measured import Case, Claim, Measured, alternate
from bench.process import FailedError, spent
from bench.workplace import Workplace

BUSY = "import time; end = time.process_time() + 0.1\nwhile time.process_time() < end: pass"
CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BUSY!r}])"
HOLDS = "import time; held = bytearray(50_000_000); time.sleep(0.5)"


def test_a_process_is_measured_with_its_children(tmp_path):
    run = spent([[sys.executable, "-c", BUSY], [sys.executable, "-c", CHILD]], tmp_path, {})
    assert 0.2 <= run.processor < run.seconds * 1.1
    assert run.memory is None  # nobody has looked
    looked = spent([[sys.executable, "-c", HOLDS]], tmp_path, {}, pause=0.05)
    assert 50e6 < looked.memory < 120e6


@pytest.mark.skipif(sys.platform != "linux", reason="a process adopts there only")
def test_what_a_process_leaves_behind_is_counted(tmp_path):
    left = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {BUSY!r}])"
    assert spent([[sys.executable, "-c", left]], tmp_path, {}).processor > 0.1


def test_a_command_that_fails_says_what_it_has_written(tmp_path):
    with pytest.raises(FailedError, match="no such thing"):
        spent([[sys.executable, "-c", "raise SystemExit('no such thing')"]], tmp_path, {})


def test_cases_are_run_in_turn(tmp_path):
    order = []
    write = [sys.executable, "-c", "pass"]
    cases = [Case(name, [write], lambda name=name: order.append(name)) for name in ("this", "that")]
    alternate(cases, Workplace(tmp_path, tmp_path, 2), lambda line: None)
    assert order == ["this", "that"] * 3  # once for their memory
    assert [len(case.runs) for case in cases] == [2, 2]


@pytest.mark.parametrize(
    ("least", "found", "holds"),
    [(False, 1.7, True), (False, 1.71, False), (True, 12, True), (True, 11.9, False)],
)
def test_what_must_hold_is_held_against_what_is(least, found, holds):
    assert Claim("", found, 12 if least else 1.7, least).holds == holds


PLACE = "<!-- bench {0} -->\n<!-- /bench {0} -->\n"


def test_a_part_is_put_between_its_marks_and_leaves_the_others(tmp_path):
    written = tmp_path / "page.md"
    written.write_text(
        PLACE.format("claims") + PLACE.format("a") + "Prose.\n" + PLACE.format("b"), encoding="utf-8"
    )
    measured = Measured(["what", "s"], [["one", "1.5"]], [Claim("one ÷ two", 1.8, 1.7)], ["A note."])
    page.put("b", measured, "Measured today.", written)
    page.put("a", Measured(["s"], [["1.2"]], [Claim("rate", 2, 1, least=True)]), "Measured then.", written)
    first = written.read_text(encoding="utf-8")
    of_a, of_b = first.split("Prose.\n")
    assert "| 1.2 |" in of_a and of_a.endswith("Measured then.\n\n<!-- /bench a -->\n")
    assert of_b == (
        "<!-- bench b -->\n\n| what | s |\n| --- | ---: |\n| one | 1.5 |\n\n"
        "A note.\n\nMeasured today.\n\n<!-- /bench b -->\n"
    )
    claims = [line for line in of_a.splitlines() if line.startswith(("| a ", "| b "))]
    assert [claim.rsplit(" | ", 1)[0] for claim in claims] == [
        "| a | rate | 2 | ≥ 1 | holds", "| b | one ÷ two | 1.8 | ≤ 1.7 | **falls short**",
    ]  # fmt: skip
    page.put("b", measured, "Measured today.", written)
    assert written.read_text(encoding="utf-8") == first
    page.put("b", Measured(["what"], [["one"]]), "Measured today.", written)
    assert "one ÷ two" not in written.read_text(encoding="utf-8")  # nor what no longer must hold


def test_the_page_has_a_place_for_each_part():
    text = page.PAGE.read_text(encoding="utf-8")
    for part in (page.CLAIMS, *PARTS):
        assert f"<!-- bench {part} -->\n" in text and f"<!-- /bench {part} -->\n" in text
