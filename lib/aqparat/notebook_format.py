"""nbformat, imported without the two seconds that an optional part of it takes.

jsonschema, which nbformat imports, builds the grammar of international addresses as soon as it finds
`rfc3987_syntax`, for a check that no notebook asks for. Here it does not find it. The package `document`, and
the modules elsewhere that work with notebooks, import this module before anything that imports nbformat.
"""

from __future__ import annotations

from aqparat.absent import absent

with absent("rfc3987_syntax"):
    import nbformat

__all__ = ["nbformat"]
