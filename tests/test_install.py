"""What is installed is what the locks name, to the byte: pip is asked as the Makefile asks it."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
HASH = r"--hash=sha256:([0-9a-f]{64})"


def wheel(folder, name):
    """Build the smallest wheel there is: one module. Return its line in a lock."""
    info, module = f"{name}-1.0.dist-info", f"{name}.py"
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with ZipFile(path, "w") as archive:
        archive.writestr(module, "")
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(
            f"{info}/RECORD", f"{module},,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n"
        )
    return f"{name}==1.0 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def install(tmp_path):
    """Install what a lock names out of a folder, into another; return pip's status, words and files."""
    wheels, target, lock = (tmp_path / name for name in ("wheels", "target", "lock.txt"))
    wheels.mkdir()
    (command,) = re.findall(r"^INSTALL = \$\(BIN\)/python (-m pip install .+)$", MAKEFILE, flags=re.M)
    (options,) = {*re.findall(r"\$\(INSTALL\) (--\S+) -r ", MAKEFILE)}
    here = ["--no-index", "--find-links", str(wheels), "--target", str(target), "--no-cache-dir"]

    def run(*lines):
        lock.write_text("".join(lines), encoding="utf-8")
        asked = [sys.executable, *command.split(), options, "-r", str(lock), *here]
        done = subprocess.run(asked, capture_output=True, encoding="utf-8", timeout=300)
        return done.returncode, done.stderr, {p.name for p in target.glob("*.py")}

    run.wheels = wheels
    return run


def test_what_has_another_hash_is_refused_and_nothing_beside_it_installed(install):
    sound, other = wheel(install.wheels, "sound"), wheel(install.wheels, "other")
    first = other.index("sha256:") + len("sha256:")
    wrong = other[:first] + format(int(other[first], 16) ^ 1, "x") + other[first + 1 :]

    status, said, installed = install(sound, wrong)
    assert status != 0 and "DO NOT MATCH THE HASHES" in said and wrong[first:].strip() in said
    assert installed == set()

    status, said, installed = install(sound, other)
    assert (status, installed) == (0, {"sound.py", "other.py"}), said


def test_what_has_no_hash_is_refused(install):
    line = wheel(install.wheels, "sound")
    status, said, installed = install(line.split(" ")[0] + "\n")
    assert status != 0 and "--require-hashes" in said and installed == set()


def test_nobody_is_told_to_install_the_program_by_its_name():
    """No registry has it: what somebody else would put there under its name would be installed."""
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("lib/aqparat/texts/**/*.toml")]
    told = [line for page in pages for line in page.read_text(encoding="utf-8").splitlines()]
    lines = [line for line in told if re.search(r"pip install (?!.*requirements)", line)]
    assert len(lines) > 8
    assert not [
        line for line in lines if re.search(r"[\s\"']aqparat(\[|[\s\"'=]|$)", line.split("pip install")[1])
    ]


def test_nothing_is_installed_from_a_lock_without_its_hashes():
    asked = {page: (ROOT / page).read_text(encoding="utf-8") for page in ("Makefile", "README.md")}
    lines = [line for text in asked.values() for line in text.splitlines() if re.search(r"\s-r [$\w<]", line)]
    assert len(lines) >= 4
    for line in lines:
        assert "--require-hashes" in line, line
        assert "--no-deps" in line or "$(INSTALL)" in line, line


@pytest.mark.parametrize("lock", sorted(ROOT.glob("requirements*.txt")), ids=lambda lock: lock.name)
def test_a_lock_is_nothing_but_versions_and_hashes(lock):
    for line in lock.read_text(encoding="utf-8").splitlines()[2:]:
        pinned = r"[a-z0-9-]+==[\w.]+( ; [\w\s.'!=<>()*-]+)? \\"
        assert re.fullmatch(rf"{pinned}|    {HASH}( \\)?", line), line
