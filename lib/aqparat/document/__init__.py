"""Executed notebooks to documents: nbconvert exporters for one-file HTML and for Typst and its PDF.

`import aqparat.document` must come before nbformat: it keeps jsonschema from building the grammar of
an optional format checker, which takes two seconds at every import and is never used here.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
