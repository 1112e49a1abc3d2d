"""Fill in the tables of docs/dependencies.md: licences, sizes, and all that is installed for running."""

from __future__ import annotations

import re
import sys

from packages import ELSEWHERE, ROOT, direct, graph, installed, licence, needs, pins, size

PAGE = ROOT / "docs" / "dependencies.md"
_ROW = re.compile(r"^\| `([a-z0-9-]+)` \| [^|]* \| ([^|]*) \| ([^|]*) \|(?= [^|]+ \| [^|]+ \|$)", re.M)
_ALL = re.compile(r"(?<=\| --- \| --- \| --- \| --- \| --- \|\n)(\|.*\n)+\Z")


def page(text: str, measured: bool = True) -> str:
    """Give the page with its figures anew; what was only measured on a machine can stay."""
    kinds = {name: kind for kind, names in direct().items() for name in names}

    def row(found: re.Match[str]) -> str:
        name, weight, more = found.groups()
        if measured and installed(name):
            weight, more = f"{size(name) / 1e6:.1f}", _alone(name, kinds[name])
        return f"| `{name}` | {licence(name)} | {weight} | {more} |"

    return _ALL.sub(_everything(), _ROW.sub(row, text))


def _alone(name: str, kind: str) -> str:
    """Tell what is installed only because of one package, itself apart: how many, of what size."""
    asked = direct()
    others = {n for n in asked["run"] + asked["build"] + (asked[kind] if kind != "run" else []) if n != name}
    left = {*graph({name: frozenset()})} - {*graph(dict.fromkeys(others, frozenset()))} - {name}
    return f"{len(left)}: {sum(map(size, left)) / 1e6:.1f}" if left else "–"


def _everything() -> str:
    """Give a row for each package of the lock for running."""
    locked: dict[str, list[tuple[str, str]]] = {}
    for pin in pins():
        locked.setdefault(pin.name, []).append((pin.version, pin.marker))
    asking: dict[str, set[str]] = {name: {*ELSEWHERE.get(name, ("", []))[1]} for name in locked}
    extras = _extras()
    for name in locked.keys() - ELSEWHERE.keys():
        for other in needs(name, extras.get(name, frozenset()), anywhere=True).keys() & locked.keys():
            if other not in ELSEWHERE:
                asking[other].add(name)
    own = {*direct()["run"], *direct()["build"]}
    rows = []
    for name, versions in sorted(locked.items()):
        where = "; ".join(f"{v}: {m}" if len(versions) > 1 else m for v, m in versions if m)
        by = (["**aqparat**"] if name in own else []) + sorted(asking[name] - {name})
        told = ", ".join(by[:3]) + (f" and {len(by) - 3} more" if len(by) > 3 else "")
        shown = f"`{where}`" if where else ""
        rows.append(
            f"| {name} | {', '.join(v for v, _ in versions)} | {licence(name)} | {told} | {shown} |\n"
        )
    return "".join(rows)


def _extras() -> dict[str, frozenset[str]]:
    """Give the extras with which packages ask for one another."""
    found: dict[str, frozenset[str]] = {}
    for pin in pins():
        for name, extras in needs(pin.name, anywhere=True).items():
            found[name] = found.get(name, frozenset()) | extras
    return found


if __name__ == "__main__":
    told = page(PAGE.read_text(encoding="utf-8"))
    listed = {found[1] for found in _ROW.finditer(told)}
    missing = sorted({name for names in direct().values() for name in names} - listed)
    if missing:
        sys.exit(f"{PAGE}: write a row for {', '.join(missing)}: | `name` |  |  |  | what for | instead |")
    PAGE.write_text(told, encoding="utf-8", newline="\n")
