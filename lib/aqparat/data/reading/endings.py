"""Endings of the files that can be read."""

CSV, EXCEL, OTHER = (".csv", ".tsv", ".txt"), (".xlsx", ".xlsm"), (".ods", ".xls")
ENDINGS = (*CSV, *EXCEL, *OTHER)
