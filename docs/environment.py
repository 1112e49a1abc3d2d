"""Write environment.yml: the direct dependencies of pyproject.toml at the versions of the lock."""

import re
import tomllib
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parents[1]
PIP_ONLY = {"outloud", "typst"}  # not on conda-forge (its `typst` is the command, not the Python binding)

HEAD = """\
# For conda users: the versions of requirements-dev.txt (made by `make lock`; a test holds them together).
#   conda env create -f environment.yml && conda activate aqparat
name: aqparat
channels:
  - conda-forge
  - nodefaults
dependencies:
  - python=3.12
  - pip
"""


def pinned(lock: str = "requirements-dev.txt") -> dict[str, str]:
    """Give the versions of a lock file by package name."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", text, flags=re.M))


def environment() -> str:
    """Give the text of environment.yml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = pinned()
    extras = [entries for extra, entries in project["optional-dependencies"].items() if extra != "bench"]
    wanted = [*project["dependencies"], *chain(*extras)]
    names = sorted({re.split(r"[<>=!~ ;\[]", w)[0].lower() for w in wanted} - {project["name"]})
    conda = [f"  - {n}={versions[n]}" for n in names if n not in PIP_ONLY]
    pip = [f"      - {n}=={versions[n]}" for n in names if n in PIP_ONLY]
    return HEAD + "\n".join([*conda, "  - pip:", *pip, "      - -e ."]) + "\n"


if __name__ == "__main__":
    (ROOT / "environment.yml").write_text(environment(), encoding="utf-8", newline="\n")
