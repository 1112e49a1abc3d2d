"""What the locks name, and what installed packages say of themselves: licence, size, needs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt")

# What is only on some systems, on some Pythons or of the bench: licence, and what asks for it. Read from the
# wheels on 2026-11-26, and taken where they are installed, too, so that every environment says the same.
ELSEWHERE = {
    "aiohappyeyeballs": ("PSF-2.0", ["aiohttp"]),
    "aiohttp": ("Apache-2.0 AND MIT", ["papermill"]),
    "aiosignal": ("Apache-2.0", ["aiohttp"]),
    "appnope": ("BSD-2-Clause", ["ipykernel"]),
    "backoff": ("MIT", ["posthog"]),
    "colorama": ("BSD-3-Clause", ["ipython", "tqdm"]),
    "debuglater": ("MIT", ["ploomber-engine"]),
    "distro": ("Apache-2.0", ["posthog"]),
    "duckdb": ("MIT", []),
    "frozenlist": ("Apache-2.0", ["aiohttp", "aiosignal"]),
    "importlib-metadata": ("Apache-2.0", ["dask"]),
    "lazy-importer": ("Apache-2.0", ["importlib-metadata"]),
    "multidict": ("Apache-2.0", ["aiohttp", "yarl"]),
    "overrides": ("Apache-2.0", ["jupyter-server"]),
    "ploomber-core": ("Apache-2.0", ["ploomber-engine", "ploomber-extension"]),
    "ploomber-engine": ("BSD-3-Clause", []),
    "ploomber-extension": ("BSD-3-Clause", ["ploomber-engine"]),
    "posthog": ("MIT", ["ploomber-core"]),
    "propcache": ("Apache-2.0", ["aiohttp", "yarl"]),
    "pywinpty": ("MIT", ["jupyter-server", "jupyter-server-terminals", "terminado"]),
    "yarl": ("Apache-2.0", ["aiohttp"]),
    "zipp": ("MIT", ["importlib-metadata"]),
}

# Where the metadata name none, or not which: read from the file of the licence, or from heads of sources.
_READ = {
    "axe-playwright-python": "MIT AND MPL-2.0",  # it carries axe-core
    "num2words": "LGPL-2.1-or-later",
    "text-unidecode": "Artistic-1.0-Perl OR GPL-2.0-or-later",
}
_WORDS = {
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Apache-2.0 license": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "ISC license": "ISC",
    "MIT License": "MIT",
    "MIT license": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
_SPDX = re.compile(r"(MIT|ISC|BSD-[23]-Clause|Apache-2\.0|MPL-2\.0|PSF-2\.0)( AND MIT)?")
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Pin:
    """A line of a lock: a version, for which systems and Pythons (all if empty), and its hashes."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    @property
    def is_here(self) -> bool:
        """Whether it is for this system and this Python."""
        return not self.marker or Marker(self.marker).evaluate()


def pins(lock: str = LOCKS[0]) -> list[Pin]:
    """Give the lines of a lock."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    entry = re.compile(
        r"^([a-z0-9-]+)==([^ ;\\]+)(?: ; ([^\\]+?))? \\\n((?:    --hash=\S+(?: \\)?\n)+)", re.M
    )
    return [Pin(n, v, m, tuple(re.findall(r"sha256:(\w+)", h))) for n, v, m, h in entry.findall(text)]


def direct() -> dict[str, list[str]]:
    """Give the names that pyproject.toml asks for: `run`, and each extra without the program itself."""
    asked = {"run": PROJECT["dependencies"], **PROJECT["optional-dependencies"]}
    named = {
        kind: [canonicalize_name(Requirement(line).name) for line in lines] for kind, lines in asked.items()
    }
    return {kind: [name for name in names if name != PROJECT["name"]] for kind, names in named.items()}


@cache
def installed(name: str) -> Distribution | None:
    """Return an installed package; None if it is not here."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


@cache
def licence(name: str) -> str:
    """Return a package's licence as an SPDX expression, or `unknown`."""
    if name in ELSEWHERE or name in _READ:
        return ELSEWHERE[name][0] if name in ELSEWHERE else _READ[name]
    package = installed(name)
    if package is None:
        return UNKNOWN
    if stated := package.metadata.get("License-Expression"):
        return stated
    classifiers = package.metadata.get_all("Classifier", [])
    told = [
        package.metadata.get("License", ""),
        *(c.split(" :: ")[-1] for c in classifiers if "License ::" in c),
    ]
    for words in told:
        if _SPDX.fullmatch(words) or words in _WORDS:
            return _WORDS.get(words, words)
    if any("BSD" in words for words in told):  # of two clauses or of three: its text says so
        text = told[0] + "".join(_licence_texts(package))
        return "BSD-3-Clause" if re.search(r"n?either the names?\s+of", text, re.I) else "BSD-2-Clause"
    return UNKNOWN


def _licence_texts(package: Distribution) -> Iterator[str]:
    for path in package.files or []:
        if re.search(r"(?i)(licen[cs]e|copying)[^/]*$", str(path)) and ".dist-info" in str(path):
            yield path.read_text(encoding="utf-8")


def needs(
    name: str, extras: frozenset[str] = frozenset(), anywhere: bool = False
) -> dict[str, frozenset[str]]:
    """Give what a package asks for, here or `anywhere`, and with which extras."""
    found: dict[str, frozenset[str]] = {}
    for asked in _stated(name):
        marker = asked.marker
        if anywhere and marker and "extra" not in str(marker):
            marker = None
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras or {""}):
            key = canonicalize_name(asked.name)
            found[key] = found.get(key, frozenset()) | asked.extras
    return found


@cache
def _stated(name: str) -> list[Requirement]:
    package = installed(name)
    return [Requirement(line) for line in package.requires or []] if package else []


def graph(roots: Mapping[str, frozenset[str]], anywhere: bool = False) -> dict[str, list[str]]:
    """Give what each package that some ask for, or need in turn, asks for itself."""
    edges: dict[str, set[str]] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    left = list(roots.items())
    while left:
        name, extras = left.pop()
        if (name, extras) not in seen:
            seen.add((name, extras))
            asked = needs(name, extras, anywhere)
            edges.setdefault(name, set()).update(asked)
            left += asked.items()
    return {name: sorted(asked) for name, asked in sorted(edges.items())}


@cache
def size(name: str) -> int:
    """Return the bytes of an installed package on the disk, with what Python has compiled of it."""
    package = installed(name)
    files = package.files or [] if package else []
    return sum(
        Path(str(path.locate())).stat().st_size for path in files if Path(str(path.locate())).is_file()
    )
