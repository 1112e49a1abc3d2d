"""A report is the same byte for byte on a machine that has everything else set otherwise."""

import locale
import os
import subprocess
import sys

import pytest
from aqparat.period import Period
from aqparat.publish.order import Order
from aqparat.publish.run import publish
from fontTools.ttLib import TTFont
from reported import LIBRARY, data

SABOTAGE = "raise ValueError('sabotage')\n"
PREPROCESSOR = (
    '{"preprocessors": {"1": {"type": "nbconvert.preprocessors.ClearOutputPreprocessor", "enabled": true}}}'
)


def face(path, name):
    """Write a face with the name of one that is shipped and other widths and letters."""
    font = TTFont(LIBRARY / "fonts" / "NotoSerif-Italic.ttf")
    for glyph, (width, bearing) in font["hmtx"].metrics.items():
        font["hmtx"].metrics[glyph] = (width * 2, bearing)
    for record in font["name"].names:
        if record.nameID in (1, 16):
            record.string = name
        if record.nameID in (2, 17):
            record.string = "Regular"
    font["OS/2"].fsSelection, font["head"].macStyle, font["post"].italicAngle = 64, 0, 0
    path.parent.mkdir(parents=True, exist_ok=True)
    font.save(path)


@pytest.fixture
def machine(tmp_path):
    """Give the environment of another machine: its faces, settings, startup files, templates, locale."""
    home = tmp_path / "home"
    for number, name in enumerate(("Noto Sans", "Noto Serif", "DejaVu Sans", "DejaVu Sans Mono")):
        face(home / ".fonts" / f"{number}.ttf", name)
        face(home / "share" / "fonts" / f"{number}.ttf", name)
    files = {
        ".ipython/profile_default/startup/0.py": SABOTAGE,
        ".ipython/profile_default/ipython_config.py": SABOTAGE,
        ".jupyter/jupyter_config.py": SABOTAGE,
        ".jupyter/jupyter_nbconvert_config.py": SABOTAGE,
        "start.py": SABOTAGE,
        "here/matplotlibrc": "font.size: 30\nsvg.fonttype: none\naxes.grid: True\nsavefig.bbox: tight\n",
        "share/jupyter/kernels/python3/kernel.json": '{"argv": ["nothing"], "display_name": "?"}',
    }
    for name in ("report", "typst", "base"):
        files[f"share/jupyter/nbconvert/templates/{name}/conf.json"] = PREPROCESSOR
        files[f"share/jupyter/nbconvert/templates/{name}/index.html.j2"] = "sabotage"
    for name, text in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text)
    return {
        **os.environ, "HOME": str(home), "USERPROFILE": str(home), "XDG_DATA_HOME": str(home / "share"),
        "MPLCONFIGDIR": str(home / "matplotlib"), "IPYTHONDIR": str(home / ".ipython"),
        "JUPYTER_PATH": str(home / "share" / "jupyter"), "PYTHONSTARTUP": str(home / "start.py"),
        "PYTHONHASHSEED": "5", "TZ": "Pacific/Kiritimati", "LC_ALL": other_locale(), "LANG": other_locale(),
        "LANGUAGE": "tr", "COLUMNS": "20", "MPLBACKEND": "nonsense", "PYTHONIOENCODING": "cp1252",
        "SOURCE_DATE_EPOCH": "5", "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3",
        "OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip


def other_locale():
    """Name a locale that writes numbers otherwise, if the machine has one."""
    for name in ("ru_RU.UTF-8", "kk_KZ.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8"):
        try:
            locale.setlocale(locale.LC_NUMERIC, name)
        except locale.Error:
            continue
        locale.setlocale(locale.LC_NUMERIC, "C")
        return name
    return "C"


@pytest.mark.skipif(os.name == "nt", reason="the environment is that of a Unix")
def test_a_report_is_verified_on_another_machine(machine, tmp_path):
    order = Order(Period.parse("2017H1"), ("kk",), ("html", "pdf"), data(), tmp_path / "reports")
    publish(order)
    done = subprocess.run(
        [sys.executable, "-m", "aqparat", "verify", str(order.target), "--data", str(data())],
        env=machine, cwd=tmp_path / "home" / "here", umask=0o077, capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr.split()) == (0, b"2017H1: check 2017H1: kk".split()), done.stdout
