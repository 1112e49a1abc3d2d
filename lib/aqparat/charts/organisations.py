"""Charts of the organisations: a tile map of who is named where, one organisation's channels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from aqparat.charts.bars import Bar, Panel, panels
from aqparat.charts.lettering import LINE, shorten, tall, wrapped
from aqparat.charts.marks import Drawing, Mark, headings
from aqparat.charts.sheet import GAP
from aqparat.charts.style import WIDTH, bare, chart
from aqparat.metrics.facts import Fact
from aqparat.palette import ACCENT, INK, MAIN, PALE, PAPER
from aqparat.sections.own import Own
from aqparat.sections.places import Places
from aqparat.sections.portraits import Portrait
from aqparat.words.extent import has_place
from aqparat.words.inline import capital
from aqparat.words.renderer import Renderer

_SHAPES = "osD^pX"  # a shape for each newspaper; who sent least has a triangle that points down
_STATES = {  # fill, letters, outline
    "active": (MAIN, PAPER, "-"),
    "named": (PALE, INK, "-"),
    "unmentioned": (PAPER, INK, (0, (3, 2))),
    "unclear": (PAPER, INK, (0, (1, 2))),
}
_LETTERS, _FOOT = 0.185, 0.2  # inches: a line of a name in a tile, the shapes below it
_KEY = 0.38  # inches: what fills and shapes of the legend take
_EDGE = 0.03  # of a tile's width: from its edge to its letters


@dataclass(frozen=True)
class _List:
    """A list that names organisations, shown as a shape in their tiles."""

    label: str
    codes: list[str]
    shape: str

    def drawn(self, axes: Axes, x: float, y: float, colour: str) -> None:
        """Draw the shape."""
        axes.plot([x], [y], self.shape, markersize=6, color=colour, markeredgewidth=0)


@dataclass(frozen=True)
class _Tile:
    """An organisation's place in the map: its name, the name's lines, its state; `foot` is for shapes."""

    code: str
    name: str
    letters: str
    state: str
    x: float
    y: float
    foot: float


@chart
def mentions_map(section: Places, renderer: Renderer) -> Drawing | None:
    """Draw a tile for each member organisation: active, named, or not mentioned, and where."""
    language, table = renderer.language, renderer.tables.organisations
    members = language.ordered(renderer.tables, section.members, code=str)
    placed = table.loc[members].dropna(subset=["grid_row", "grid_column"])
    if placed.empty:
        return None
    named = [(language.name(renderer.tables.outlets, o), codes) for o, codes in section.papers.items()]
    lists = [_List(label, codes, _SHAPES[i % len(_SHAPES)]) for i, (label, codes) in enumerate(named)]
    if section.lowest:
        lists.append(_List(language.label("chart.lowest"), section.lowest, "v"))
    names = {str(code): str(language.organisation(renderer.tables, str(code))) for code in placed.index}
    rows, columns = int(placed["grid_row"].max()) + 1, int(placed["grid_column"].max()) + 1
    width = WIDTH / columns * (1 - 2 * _EDGE)
    letters = {code: wrapped(name, width, language) for code, name in names.items()}
    tall = _LETTERS * (max(text.count("\n") for text in letters.values()) + 1) + _FOOT + GAP
    found = {code: _state(section, code) for code in names}
    told: list[tuple[str | _List, str]] = [(x, x.label) for x in lists]
    told = [(s, language.label(f"chart.{s}")) for s in _STATES if s in found.values()] + told
    entries = [(x, wrapped(capital(text), WIDTH - _KEY - GAP, language)) for x, text in told]
    legend = _legend_height(entries)
    figure = Figure(figsize=(WIDTH, tall * rows + legend))
    share = tall * rows / (tall * rows + legend)
    axes = figure.add_axes((0, 1 - share, 1, share))
    axes.set(xlim=(0, columns), ylim=(rows, 0))
    bare(axes)
    axes.xaxis.set_ticks([])
    marks = []
    for code, (_, row) in zip(names, placed.iterrows(), strict=True):
        place = float(row["grid_column"]), float(row["grid_row"])
        tile = _Tile(code, names[code], letters[code], found[code], *place, _FOOT / tall)
        marks.append(_tile(axes, tile, lists, renderer))
    _legend(figure.add_axes((0, 0, 1, 1 - share)), entries)
    state = headings(renderer, "organisation", "state")[:2]
    return Drawing(figure, marks, [*state, *(capital(x.label) for x in lists)])


def _state(section: Places, code: str) -> str:
    if code in section.unmentioned:
        return "unclear" if code in section.unclear else "unmentioned"
    return "active" if code in section.active else "named"


def _tile(axes: Axes, tile: _Tile, lists: list[_List], renderer: Renderer) -> Mark:
    """Draw an organisation's tile: its name, and below it the shapes of the lists that name it."""
    fill, ink, outline = _STATES[tile.state]
    patch = Rectangle(
        (tile.x + 0.0125, tile.y + 0.0125), 0.975, 0.975, facecolor=fill, edgecolor=INK, linewidth=0.8,
        linestyle=outline,
    )  # fmt: skip
    axes.add_patch(patch)
    axes.text(
        tile.x + 0.5,
        tile.y + (1 - tile.foot) / 2 + 0.02,
        tile.letters,
        ha="center",
        va="center",
        color=ink,
        linespacing=0.9,
    )
    here = [x for x in lists if tile.code in x.codes]
    step = min(0.24, 0.86 / max(len(here), 1))
    for place, told in enumerate(here):
        told.drawn(axes, tile.x + 0.5 + step * (place - (len(here) - 1) / 2), tile.y + 1 - tile.foot / 2, ink)
    state = renderer.language.label(f"chart.{tile.state}")
    said = "; ".join([state, *(x.label for x in here)])
    cells: list[str | float] = [tile.name, state, *(int(tile.code in x.codes) for x in lists)]
    return Mark(patch, f"{tile.name}: {said}", None, cells)


def _legend(axes: Axes, entries: list[tuple[str | _List, str]]) -> None:
    """Say below the map what fills and shapes mean."""
    axes.set(xlim=(0, WIDTH), ylim=(_legend_height(entries), 0))
    bare(axes)
    axes.xaxis.set_ticks([])
    top = 2 * GAP
    for meant, text in entries:
        middle = top + LINE / 2
        if isinstance(meant, _List):
            meant.drawn(axes, 0.155, middle, INK)
        else:
            fill, _, outline = _STATES[meant]
            axes.add_patch(
                Rectangle(
                    (0.03, top), 0.25, LINE, facecolor=fill, edgecolor=INK, linewidth=0.8, linestyle=outline
                )
            )
        axes.text(_KEY, top - 0.02, text, va="top", linespacing=1.0)
        top += tall(text) + GAP


def _legend_height(entries: list[tuple[str | _List, str]]) -> float:
    return sum(tall(text) + GAP for _, text in entries) + 2 * GAP


@chart
def channels(section: Portrait | Own | None, renderer: Renderer) -> Drawing | None:
    """Draw one organisation's items by channel."""
    language = renderer.language
    year = renderer.tables.period.year
    facts = [
        f
        for f in (section.facts if section else [])
        if f.indicator in ("publications", "videos") and f.window.start.year == year
    ]
    now = renderer.tables.period.window
    latest = max((f.window for f in facts), key=lambda w: (w.start, w.end or date.max), default=None)
    shown = now if any(f.window == now for f in facts) else latest
    facts = [f for f in facts if f.window == shown]
    if len({f.value for f in facts}) < 2:
        return None
    facts.sort(key=lambda f: -f.least)
    first = next((f for f in facts if has_place(f.indicator, f.outlet, f.channel)), facts[0])
    most = [f for f in facts if (f.least, f.indicator) == (first.least, first.indicator)]
    bars = []
    for fact in facts:
        place = _place(fact, renderer)
        video = fact.indicator == "videos" and (fact.outlet or fact.channel)
        label = f"{place}: {language.label('chart.video')}" if video else place
        when = shorten(language.window(fact.window, "short"))
        colour = ACCENT if fact.indicator == "videos" else MAIN
        bars.append(Bar(label, fact, [place, when], [label, when], colour))
    figure, marks = panels([Panel(bars)], renderer)
    return Drawing(figure, marks, headings(renderer, "place", "window"), {"facts": facts, "most": most})


def _place(fact: Fact, renderer: Renderer) -> str:
    """Return where something was published: the outlet, else the channel; of videos of no place, that."""
    language = renderer.language
    if fact.outlet:
        return shorten(language.name(renderer.tables.outlets, fact.outlet))
    where = language.where(renderer.tables, fact.indicator, fact.outlet, fact.channel)
    return shorten(str(where) or language.label("chart.video"))
