"""Nothing of the machine, and nothing that a notebook has set, shows in a chart."""

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import matplotlib
import pytest
import seaborn
from aqparat.charts.style import styled
from matplotlib import font_manager
from matplotlib.font_manager import FontProperties, findfont
from reported import LIBRARY
from test_charts import OF, drawn, fresh

EACH = pytest.mark.parametrize("name", OF)
OURS = {LIBRARY / "fonts" / f"NotoSans-{face}.ttf" for face in ("Regular", "Bold")}


@contextmanager
def decoys():
    """Let the machine have other faces of every family that a chart asks for, first in its list."""
    manager, serif = font_manager.fontManager, LIBRARY / "fonts" / "NotoSerif-Italic.ttf"
    other = replace(font_manager.ttfFontProperty(font_manager.get_font(serif)), style="normal")
    with styled():
        asked = ["Noto Sans", "DejaVu Sans", *matplotlib.rcParams["font.family"]]
    before = manager.ttflist
    manager.ttflist = [replace(other, name=n, weight=w) for n in asked for w in (400, 700)] + before
    manager.addfont(serif)  # lets it forget what it has found
    try:
        yield
    finally:
        manager.ttflist = before
        manager.addfont(serif)


@EACH
def test_a_face_of_the_machine_changes_no_chart(name):
    before = drawn(name).svg()
    with decoys():
        assert fresh(name).svg() == before


def test_letters_are_set_in_the_shipped_faces():
    with decoys(), styled():
        assert {Path(findfont(FontProperties(weight=w))) for w in ("normal", "bold")} == OURS


def test_faces_that_matplotlib_has_dropped_are_listed_again(monkeypatch):
    before = drawn("copies").svg()
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    assert fresh("copies").svg() == before


@EACH
def test_what_a_notebook_has_set_changes_no_chart(name):
    before = drawn(name).svg()
    set_before = {
        "font.size": 20, "axes.grid": True, "svg.fonttype": "none", "figure.dpi": 30, "hatch.color": "red",
        "axes.formatter.use_locale": True, "path.simplify_threshold": 0.9, "patch.force_edgecolor": True,
        "savefig.bbox": "tight", "savefig.transparent": True,
    }  # fmt: skip
    with matplotlib.rc_context(set_before):
        seaborn.set_theme("poster")
        assert fresh(name).svg() == before
        assert matplotlib.rcParams["axes.grid"]  # and what was set is as it was
