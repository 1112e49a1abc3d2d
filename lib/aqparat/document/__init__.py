"""Executed notebooks to documents: nbconvert exporters for one-file HTML and for Typst and its PDF."""

from aqparat import notebook_format as notebook_format  # before nbconvert: see there
