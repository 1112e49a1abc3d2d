"""Notebooks run, documents written, folders published."""
