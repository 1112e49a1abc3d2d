"""A little of what `make fuzz` does for minutes: broken inputs to every reader, the same ones each time."""

from random import Random

import pytest
from readers import READERS, Input

FEW = {"csv": 60, "excel": 8, "settings": 40, "batch": 2, "text": 60, "published": 4}


@pytest.mark.parametrize("name", FEW)
def test_broken_inputs_are_said_to_be(name, tmp_path):
    reader, random = READERS[name], Random(16)
    seeds = reader.seeds()
    for given in (random.choice(seeds) for _ in range(FEW[name])):
        reader.hold(reader.mutated(given, random, seeds), tmp_path)


# What a fuzzer has found; each broke something once.
@pytest.mark.parametrize("text", ["e>", "²", "\U00093b5d", "Radio7", "«»"])
def test_texts_that_were_found(text, tmp_path):
    READERS["text"].hold(Input("text", text.encode()), tmp_path)
