"""Files in, observations out: raw files are read and checked (`reading/`), then prepared and kept.

`forms/` makes the workbooks that organisations fill in; `quality/` gathers what the checks found.
"""
