"""Executed notebooks to documents: nbconvert exporters for one-file HTML and for Typst and its PDF."""
