"""The colours of charts, and of the pages and documents around them; apart from all that draws.

A chart's SVG has a class beside each colour, `fill-NAME` or `stroke-NAME`, by which a page lets its theme
colour it: `rules()`, custom properties `--chart-NAME`, whose values are in `LIGHT` and `DARK`. Typst and
other readers of the SVG see the light colours. A page shows a chart as wide as its text, `SHOWN`: its letters
are then about as large as those of the text.
"""

SHOWN = "38rem"

# Safe for colour-blind readers (blue against brown) and apart in grey print (lightness 27, 45, 82).
MAIN, ACCENT, PALE = "#1b4a72", "#b35c00", "#b9cfe0"
INK, QUIET, PAPER = "#1c2530", "#4a5462", "#ffffff"
WASH, MID, DEEP = "#e9eff5", "#84a5c3", "#4a769d"  # with PALE and MAIN five tones for classes
GREY = "#7f8996"  # what is only there to be compared with
LIGHT = {
    "main": MAIN,
    "accent": ACCENT,
    "pale": PALE,
    "ink": INK,
    "quiet": QUIET,
    "paper": PAPER,
    "wash": WASH,
    "mid": MID,
    "deep": DEEP,
    "grey": GREY,
}
DARK = {
    "main": "#8cc0ec",
    "accent": "#f0a35e",
    "pale": "#2c4a66",
    "ink": "#e8ecf1",
    "quiet": "#aab4c0",
    "paper": "#12181f",
    "wash": "#1b2836",
    "mid": "#446586",
    "deep": "#6897bf",
    "grey": "#7d8794",
}
TONES = (  # five classes, the least first: fill, letters on it
    (WASH, INK),
    (PALE, INK),
    (MID, INK),
    (DEEP, PAPER),
    (MAIN, PAPER),
)


def rules() -> str:
    """Return the CSS rules by which an SVG inside a page takes the colours of the page's theme."""
    return "\n".join(
        f".{side}-{name} {{ {side}: var(--chart-{name}, {colour}) }}"
        for name, colour in LIGHT.items()
        for side in ("fill", "stroke")
    )
