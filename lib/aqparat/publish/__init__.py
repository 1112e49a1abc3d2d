"""Notebooks run, documents written, folders published."""

from aqparat import notebook_format as notebook_format  # before papermill: see there
