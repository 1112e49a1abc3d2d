"""Death at any moment: what stood stands, or the new stands, and the same command again makes up for it."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import time
import urllib.request
from collections import defaultdict
from contextlib import suppress

import pytest
from scenes import CASES, Scene, Warm, held, kept, made_up_for, noted
from trial import Place

ROW = "dies at a random moment"
STEPS = "dies at each step"
DRAWN = [name for name, case in CASES.items() for _ in range(case.share)]  # 40
SIGNALS = [signal.SIGKILL] * 4 + [signal.SIGTERM, signal.SIGINT]
SEEDS = 200
QUICK = {29, 33}  # seeds of the sample


@pytest.mark.parametrize(
    "seed", [pytest.param(n, marks=[] if n in QUICK else pytest.mark.whole) for n in range(SEEDS)]
)
def test_a_command_dies_at_a_random_moment(seed, scene, copied, warm, tried):
    """One in four is a process of its own with all that it starts; others are forks (`inject/warm.py`)."""
    name = DRAWN[seed % len(DRAWN)]
    chance = random.Random(f"crash {seed}")
    there = scene(name)
    place = copied(there.before)
    number, group, moment = chance.choice(SIGNALS), chance.random() < 0.5, chance.random()
    told = f"seed {seed}: {name}, {number.name} to {'all' if group else 'it'}"
    alone = seed % 4 == 0 or CASES[name].alone
    if alone:
        child = place.start(*CASES[name].arguments)
        time.sleep(moment * there.seconds)
        with suppress(ProcessLookupError):
            (os.killpg if group else os.kill)(child.pid, number)
        ended = place.ended(child, killed=True)
    else:
        ended = warm.run(place, name, there.after.reports, (number, moment * there.seconds / 2))
    with noted(told, ended.said):
        assert not place.orphans()
        held(place, there, name)
        arguments = CASES[name].arguments
        again = place.run(*arguments) if alone else warm.run(place, name, there.after.reports)
        made_up_for(place, there, name, again)
        assert not place.orphans()
    tried(ROW)


PARTS = 8
FORCED = ["report", "report, nothing there", "own report", "check", "form of some", "publish"]
MOVED = ["report", "own report", "publish"]  # those that put a folder in the place of another


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize(
    ("name", "aside"), [*((name, False) for name in FORCED), *((name, True) for name in MOVED)]
)
@pytest.mark.whole
def test_a_command_dies_before_each_step(name, aside, part, scene, copied, warm, tried):
    """What is on disk after a step is what is there before the next."""
    there = scene(name)
    steps = _steps(copied(there.before), name, aside, there, warm)
    for number in telling(steps)[part::PARTS]:
        _dies(number, steps, name, aside, there, copied(there.before), warm)
        tried(STEPS)


@pytest.mark.parametrize("aside", [False, True], ids=["exchanged", "aside"])
def test_publish_dies_where_folders_are_put_in_place(aside, scene, copied, warm, tried):
    there = scene("publish")
    steps = _steps(copied(there.before), "publish", aside, there, warm)
    first = "os.rename reports/2017H1 ->" if aside else "exchange"
    (move,) = (number for number, step in enumerate(steps, 1) if step.startswith(first))
    for number in (move, move + 1, move + 2):
        _dies(number, steps, "publish", aside, there, copied(there.before), warm)
        tried(STEPS)


def _steps(place: Place, name: str, aside: bool, there: Scene, warm: Warm) -> list[str]:
    log = place.path.with_suffix(".steps")
    ended = warm.run(place, name, there.after.reports, log=str(log), aside=aside)
    made_up_for(place, there, name, ended)
    return log.read_text(encoding="utf-8").splitlines()


def telling(steps: list[str]) -> list[int]:
    """Return the numbers of the steps to die before: of those alike the first two and the last."""
    alike = defaultdict(list)
    for number, step in enumerate(steps, 1):
        folder = step.split()[-1].rpartition("/")[0]
        alike[step.split()[0], re.sub(r"(aq-(preview-)?|staging-\w+-)\w+", r"\1", folder)].append(number)
    return sorted({number for numbers in alike.values() for number in (*numbers[:2], numbers[-1])})


def _dies(
    number: int, steps: list[str], name: str, aside: bool, there: Scene, place: Place, warm: Warm
) -> None:
    ended = warm.run(place, name, there.after.reports, die=number, aside=aside)
    with noted(f"{name} dies before step {number}, {steps[number - 1]}", ended.said):
        assert ended.status == 9
        held(place, there, name)
        made_up_for(place, there, name, warm.run(place, name, there.after.reports, aside=aside))
    shutil.rmtree(place.path)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.whole
def test_a_preview_dies_at_a_random_moment(seed, scene, copied, tried):
    chance = random.Random(f"preview {seed}")
    place = copied(scene("report").before)
    before = kept(place)
    words = "preview", "2017H1", "--language", "en", "--no-browser"
    child = place.start(*words)
    time.sleep(chance.random() * 6)
    (os.killpg if chance.random() < 0.5 else os.kill)(child.pid, chance.choice(SIGNALS))
    with noted(f"seed {seed}", place.ended(child, killed=True).said):
        assert not place.orphans()
        assert kept(place) == before
        again = place.start(*words)
        assert again.stdout
        address = again.stdout.readline().strip()
        assert _answers(address), address
        again.send_signal(signal.SIGINT)
        assert place.ended(again).status == 0
        assert not place.orphans()
        assert not place.strays()
        assert kept(place) == before
    tried(ROW)


def _answers(address: str) -> bool:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return bool(answer.status == 200)
