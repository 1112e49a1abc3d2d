"""Whole reports, read as an editor would: no pattern over and over, nothing empty, nothing said twice."""

import re
from collections import Counter
from functools import cache
from itertools import chain, pairwise

import nbformat
import pytest
from aqparat.blocks import Answer, CardsBlock, EmptyBlock, Figure, Heading, Prose, TableBlock
from aqparat.choices import LANGUAGES
from aqparat.metrics.completeness import on_time
from aqparat.words.inline import text
from invented import INVENTED, reported
from reported import ROOT
from skeletons import has_pattern, in_sections, runs, said, sentences, skeleton

MOST_IN_A_ROW, MOST_ALIKE = 3, 7
SAMPLE = {
    "2017H1",
    "filed",
    "2019H1",
    "2018",
    "large",
}  # of the cases; the others are read by `make test-all`
OWN = ("large", "small", "silent", "late")  # organisations whose own reports are read, of 2019H1
CASES = pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=[] if case in SAMPLE else [pytest.mark.exhaustive])
        for case in ("2017H1", "filed", *INVENTED, *OWN)
    ],
)
EVERYWHERE = pytest.mark.parametrize("code", LANGUAGES)


@cache
def organisation(kind):
    """Choose an organisation with a report of its own worth reading."""
    told = reported("2019H1")
    window, facts = told.data.period.window, told.data.facts
    members = facts.select("volume", indicator="members", window=window)
    sizes = {f.organisation: f.value for f in members if f.organisation in told.data.tables.members()}
    match kind:
        case "large":
            return max(sizes, key=sizes.get)
        case "small":
            return min(sizes, key=sizes.get)
        case "late":
            forms = on_time(told.data.tables)
            late = forms.loc[forms["on_time"].eq(False), "organisation"].tolist()
            return late[0] if late else sorted(sizes)[0]
    items = facts.select("volume", indicator="publications", outlet="union-site", window=window)
    return min((f for f in items if f.organisation in sizes), key=lambda f: f.value or 0).organisation


@cache
def told(case, code):
    """Give a report and its blocks, in the order of the notebook, without the appendix."""
    own = case in OWN
    report = reported("2019H1", organisation(case), code) if own else reported(case, None, code)
    notebook = nbformat.read(
        ROOT / "notebooks" / f"{'organisation' if own else 'report'}.ipynb", as_version=4
    )
    cells = [c.source for c in notebook.cells if c.source.startswith("report.")]
    blocks = [eval(cell, {"report": report}) for cell in cells if "appendix" not in cell]
    return report, [block for block in blocks if not isinstance(block, EmptyBlock)]


def in_data(report, words):
    """Return whether a sentence is one of the data, which the report only quotes."""
    tables = report.data.tables
    column = f"text_{report.renderer.language.code}"
    quoted = [row for name in ("highlights", "measures") for row in getattr(tables, name)[column]]
    return any(words in str(row).replace("\u00a0", " ") for row in quoted)


def patterns(report, block, part):
    """List the skeletons of what prose says: of each sentence, of how an item begins, of each clause."""
    for _, words in said(block):
        bones = sentences(skeleton(words, report))
        match part:
            case "sentence":
                yield from bones
            case "beginning":
                yield next(filter(has_pattern, bones), "")
            case "clause":
                clauses = (clause.strip() for bone in bones for clause in re.split(r";|\s–\s(?=N)", bone))
                yield from (re.sub(r"[.:]$", "", clause) for clause in clauses)


def repeated(bones, quoted=()):
    """List the patterns that stand more often in a row than they may, with how often."""
    return [
        f"{times} × {bone}"
        for bone, times in runs(bones)
        if times > MOST_IN_A_ROW and has_pattern(bone) and bone not in quoted
    ]


@CASES
@EVERYWHERE
@pytest.mark.parametrize("part", ["sentence", "beginning", "clause"])
def test_no_pattern_more_than_three_times_in_a_row(case, code, part):
    report, blocks = told(case, code)
    quoted, found = {skeleton(text(s), report) for s in quotations(report)}, []
    for section, own in in_sections(blocks):
        prose = [block for block in own if isinstance(block, Prose | Answer)]
        bones = [bone for block in prose for bone in patterns(report, block, part)]
        found += [f"{section}: {run}" for run in repeated(bones, quoted)]
    assert not found, "\n".join(found)


@CASES
@EVERYWHERE
def test_no_pattern_of_a_title_more_than_three_times_in_a_row(case, code):
    report, blocks = told(case, code)
    titles = [skeleton(block.chart.title, report) for block in blocks if isinstance(block, Figure)]
    assert not repeated(titles)


def quotations(report):
    """List the sentences of the data."""
    column = f"text_{report.renderer.language.code}"
    tables = report.data.tables
    return [
        s for n in ("highlights", "measures") for row in getattr(tables, n)[column] for s in sentences(row)
    ]


@CASES
@EVERYWHERE
def test_no_heading_with_nothing_under_it(case, code):
    _, blocks = told(case, code)
    empty = [
        name for name, own in in_sections(blocks) if name not in ("", "title") and not any(map(shows, own))
    ]
    stray = []
    for block in blocks:
        if isinstance(block, Prose | Answer):
            kinds = [*(passage.kind for passage in block.passages), "heading"]
            stray += [block.name for pair in pairwise(kinds) if pair == ("heading", "heading")]
    assert not empty + stray


def shows(block):
    if isinstance(block, Prose | Answer):
        return bool(block.passages)
    return isinstance(block, Figure | TableBlock | CardsBlock)


@CASES
@EVERYWHERE
def test_no_list_of_more_than_seven_alike(case, code):
    report, blocks = told(case, code)
    found = []
    for block in blocks:
        if isinstance(block, Prose | Answer):
            items = [i for passage in block.passages if passage.kind == "list" for i in passage.items]
            alike = Counter(
                next((b for b in sentences(skeleton(i, report)) if has_pattern(b)), "") for i in items
            )
            found += [f"{block.name}: {n} × {bone}" for bone, n in alike.items() if n > MOST_ALIKE and bone]
    assert not found, "\n".join(found)


@CASES
def test_no_chart_whose_marks_are_all_equal(case):
    report, blocks = told(case, "en")
    found = []
    for block in blocks:
        if isinstance(block, Figure):
            facts = [report.facts[mark["fact"]] for mark in block.chart.marks if mark["fact"]]
            if len(facts) > 1 and len({(f.value, f.low, f.high) for f in facts}) == 1:
                found.append(f"{block.chart.name}: {len(facts)} marks of {facts[0].value}")
    assert not found, "\n".join(found)


# What a note may explain, by the word for it, and whether it is there: in a table's cells, in a chart's SVG.
SIGNS = [
    (r"сызықша|рочерк|тире|\bdash\b", lambda cells, svg: "–" in cells),
    (r"бос ұяшық|пуст\w+ ячейк|empty cell", lambda cells, svg: "" in cells),
    (r"жақша|скобк|bracket", lambda cells, svg: any("(" in cell for cell in cells)),
    (r"үзік|пунктир|dashed|dotted", lambda cells, svg: "stroke-dasharray" in svg),
    (r"сызықталған|штрих|hatched", lambda cells, svg: "<pattern" in svg or any("▨" in c for c in cells)),
]  # fmt: skip
QUOTED = re.compile(r"[«“]([^»”]+)[»”]")  # a word of the table or chart that a note explains


@CASES
@EVERYWHERE
def test_no_note_on_a_sign_that_is_not_there(case, code):
    report, blocks = told(case, code)
    found = []
    for block in blocks:
        if isinstance(block, TableBlock):
            name, note = block.table.name, block.table.note
            cells, svg = [str(cell) for row in block.table.rows for cell in row], ""
            shown = " ".join([*block.table.columns, *cells])
        elif isinstance(block, Figure):
            name, note = block.chart.name, block.chart.note
            cells, svg = [], block.chart.svg()
            marks = [mark["text"] for mark in block.chart.marks]
            rows = chain(*block.chart.data.get("rows", []))
            shown = " ".join([block.chart.alt, *marks, *map(str, rows)])
        else:
            continue
        told_in_note = str(note)
        found += [
            f"{name}: {word}: {note}" for word, is_there in SIGNS
            if re.search(word, told_in_note, re.I) and not is_there(cells, svg)
        ]  # fmt: skip
        bare = "".join(p.text for p in note.parts if not (p.lang or p.role or p.fact or p.day))
        names = skeleton(text(bare), report)  # without the names of newspapers
        missing = [q for q in QUOTED.findall(names) if q.casefold() not in plain(shown) and "N" not in q]
        found += [f"{name}: «{q}»: {note}" for q in missing]
    assert not found, "\n".join(found)


def plain(words):
    return words.replace("\u00a0", " ").casefold()


@CASES
@EVERYWHERE
def test_no_sentence_is_said_twice(case, code):
    report, blocks = told(case, code)
    places = {}
    for section, own in in_sections(blocks):
        for block in own:
            for _, words in said(block):
                for sentence in sentences(str(words)):
                    if has_pattern(skeleton(text(sentence), report)) and not in_data(report, sentence):
                        places.setdefault(sentence, []).append(section)
    twice = [f"{', '.join(where)}: {sentence}" for sentence, where in places.items() if len(where) > 1]
    assert not twice, "\n".join(twice)


# A path of a raw file, the address of a cell, a row of a file.
FILES = re.compile(
    r"\braw/|\b20\d\dH[12]/|\w\.(?:csv|xlsx?|ods|toml|parquet)\b|(?<![\w-])[A-Z]{1,2}\d{1,4}(?![\w-])"
)


@CASES
@EVERYWHERE
def test_no_path_and_no_cell_of_a_raw_file(case, code):
    _, blocks = told(case, code)
    found = []
    for block in blocks:
        words = [str(w) for _, w in said(block)]
        if isinstance(block, TableBlock):
            words += [str(c) for row in block.table.rows for c in row] + [str(block.table.note)]
        if isinstance(block, Figure):
            words += [block.chart.alt, str(block.chart.note)]
        found += [w for w in words if FILES.search(w)]
    assert not found, "\n".join(found)


@EVERYWHERE
def test_a_heading_stands_over_each_section(code):
    _, blocks = told("2019H1", code)
    assert isinstance(blocks[0], Heading)


def test_a_skeleton_has_no_names_and_no_numbers():
    report, blocks = told("2017H1", "en")
    words = [w for block in blocks for _, w in said(block) if "Kostanay" in str(w) and w.facts]
    assert words
    bones = " ".join(skeleton(w, report) for w in words)
    assert "N" in bones and "#" in bones
    assert "Kostanay" not in bones and not re.search(r"\b(?!19|20)\d{2,}", bones)
