"""What the cells of a form accept: drop-down lists, dates, numbers; each says what it wants."""

from __future__ import annotations

from datetime import date
from typing import Literal

from openpyxl.worksheet.datavalidation import DataValidation

from aqparat.data.forms.captions import bilingual, captions

_EPOCH = date(1899, 12, 30)  # day 0 of Excel's dates since March 1900 (ECMA-376, 18.17.4.1)


def anything(place: str) -> DataValidation:
    """Return a validation that accepts all and only has a message."""
    return DataValidation(sqref=place)


def listed(place: str, items: str) -> DataValidation:
    """Return a validation that accepts the items of a range."""
    return _refusing(DataValidation(type="list", formula1=items), place, "list")


def dated(place: str, low: date, high: date) -> DataValidation:
    """Return a validation that accepts the days from one to another, inclusive."""
    first, last = ((day - _EPOCH).days for day in (low, high))
    made = DataValidation(type="date", operator="between", formula1=str(first), formula2=str(last))
    return _refusing(made, place, "date", low=f"{low:%d.%m.%Y}", high=f"{high:%d.%m.%Y}")


def counted(place: str, kind: Literal["decimal", "whole"]) -> DataValidation:
    """Return a validation that accepts numbers, or whole numbers, from 0 on."""
    made = DataValidation(type=kind, operator="greaterThanOrEqual", formula1="0")
    return _refusing(made, place, kind)


def _refusing(made: DataValidation, place: str, error: str, **values: str) -> DataValidation:
    """Return a validation that refuses wrong cells and says why."""
    errors = captions()["errors"]
    made.add(place)
    made.allowBlank = made.showErrorMessage = True
    made.errorTitle = bilingual(errors["title"])
    made.error = bilingual(errors[error], "\n", **values)
    return made
