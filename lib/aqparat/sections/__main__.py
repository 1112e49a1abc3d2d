"""Write the list of views: `python -m aqparat.sections docs/report.md`."""

import sys
from pathlib import Path

from aqparat.sections.views import listing

if __name__ == "__main__":
    Path(sys.argv[1]).write_text(listing(), encoding="utf-8", newline="\n")
