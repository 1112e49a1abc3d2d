"""Kazakh grammar that generated text needs: case endings on numbers and names, the alphabet's order."""

from aqparat.kazakh.letters import ALPHABET, joined, mended, sort_key
from aqparat.kazakh.nouns import inflected
from aqparat.kazakh.numerals import CASES, ending, last_word, ordinal, suffixed

__all__ = [
    "ALPHABET", "CASES", "ending", "inflected", "joined", "last_word", "mended", "ordinal", "sort_key",
    "suffixed",
]  # fmt: skip
