"""Every filter of the templates, with every manner in which a number can be known, keeps its bound.

What is right is written out here by hand, in the order Kazakh, Russian, English; `_` is a no-break space.
"""

import ast
from dataclasses import replace
from datetime import date

import pytest
from aqparat.choices import LANGUAGES
from aqparat.metrics.facts import Fact
from aqparat.period import Window
from aqparat.words.extent import Extent, alike, bounds, chance, extent, has_place, margin, straddles
from aqparat.words.prose import Draft
from aqparat.words.renderer import BareNumberError, Renderer
from reported import LIBRARY

FACT = Fact(
    "fact", "volume", "publications", "KUS", "", "", Window(date(2017, 1, 1), None), None,
    306, 306, 306, "exact", "item",
)  # fmt: skip

# How a number is known: qualifier, value, low, high.
COUNTS = {
    "exact": ("exact", 306, 306, 306),
    "none": ("exact", 0, 0, 0),
    "one": ("exact", 1, 1, 1),
    "about": ("about", 10000, 9500, 10500),
    "more_than": ("more_than", 60, 61, None),
    "at_least, stated": ("at_least", 90, 90, None),
    "at_least": ("at_least", None, 353, None),
    "at_least, of about": ("at_least", None, 452.5, None),
    "at_most, stated": ("at_most", 60, 0, 60),
    "at_most": ("at_most", None, 0, 21),
    "at_most, of about": ("at_most", None, 0, 20.5),
    "less_than": ("less_than", 60, 0, 59),
    "between": ("about", None, 510, 765),
    "unknown": (None, None, None, None),
}
FRACTIONS = {
    "exact": ("exact", 0.197, 0.197, 0.197),
    "about": ("about", 0.197, 0.18, 0.21),
    "more_than": ("more_than", 0.6, 0.6, 1),
    "at_least": ("at_least", None, 0.3, 1),
    "at_most": ("at_most", None, 0, 0.113),
    "less_than": ("less_than", 0.6, 0, 0.6),
    "between": ("about", None, 0.2, 0.3),
    "unknown": (None, None, None, None),
}
CHANGES = {
    "exact": ("exact", 0.197, 0.197, 0.197),
    "fallen": ("exact", -0.197, -0.197, -0.197),
    "unchanged": ("exact", 0, 0, 0),
    "about": ("about", 0.2, 0.1, 0.3),
    "fallen about": ("about", -0.2, -0.3, -0.1),
    "more_than": ("more_than", 0.6, 0.6, None),
    "at_least": ("at_least", None, 0.191, None),
    "at_most": ("at_most", None, -1, 1.557),
    "fallen at least": ("at_most", None, -1, -0.1),
    "less_than": ("less_than", 0.6, -1, 0.6),
    "between": ("about", None, -0.1, 0.25),
    "unknown": (None, None, None, None),
}
PER_MEMBER = {
    "exact": ("exact", 1.44, 1.44, 1.44),
    "about": ("about", 0.9, 0.86, 0.95),
    "more_than": ("more_than", 0.89, 0.89, None),
    "at_least": ("at_least", None, 0.89, None),
    "at_most": ("at_most", None, 0, 0.89),
    "less_than": ("less_than", 0.89, 0, 0.89),
    "between": ("about", None, 0.29, 0.89),
    "unknown": (None, None, None, None),
}
RANKS = {
    "exact": ("exact", 1, 1, 1),
    "about": ("about", 2, 1, 11),
    "more_than": ("more_than", 8, 9, 21),
    "at_least": ("at_least", None, 8, 21),
    "at_most": ("at_most", None, 1, 8),
    "less_than": ("less_than", 8, 1, 7),
    "between": ("about", None, 2, 8),
    "unknown": (None, None, None, None),
}
OF = {  # the facts that a filter is tried on: metric, unit, how they are known
    "count": ("volume", "item", COUNTS),
    "counted": ("volume", "item", COUNTS),
    "value": ("penetration", "copies per 100 members", PER_MEMBER),
    "percent": ("share", "fraction", FRACTIONS),
    "change": ("growth", "fraction", CHANGES),
    "grew": ("growth", "fraction", CHANGES),
    "place": ("rank", "rank", RANKS),
}
SAID = {
    "count": {
        "exact": ("306", "306", "306"),
        "none": ("0", "0", "0"),
        "one": ("1", "1", "1"),
        "about": ("10_000-дай", "около 10_000", "about 10,000"),
        "more_than": ("60-тан астам", "более 60", "more than 60"),
        "at_least, stated": ("кемінде 90", "не менее 90", "at least 90"),
        "at_least": ("кемінде 353", "не менее 353", "at least 353"),
        "at_least, of about": ("кемінде 452", "не менее 452", "at least 452"),
        "at_most, stated": ("ең көбі 60", "не более 60", "at most 60"),
        "at_most": ("ең көбі 21", "не более 21", "at most 21"),
        "at_most, of about": ("ең көбі 21", "не более 21", "at most 21"),
        "less_than": ("60-тан кем", "менее 60", "fewer than 60"),
        "between": ("510–765", "510–765", "510–765"),
        "unknown": ("белгісіз", "неизвестно", "not known"),
    },
    "counted": {
        "exact": ("306 материал", "306 материалов", "306 items"),
        "none": ("0 материал", "0 материалов", "0 items"),
        "one": ("1 материал", "1 материал", "1 item"),
        "about": ("10_000-дай материал", "около 10_000 материалов", "about 10,000 items"),
        "more_than": ("60-тан астам материал", "более 60 материалов", "more than 60 items"),
        "at_least, stated": ("кемінде 90 материал", "не менее 90 материалов", "at least 90 items"),
        "at_least": ("кемінде 353 материал", "не менее 353 материалов", "at least 353 items"),
        "at_least, of about": ("кемінде 452 материал", "не менее 452 материалов", "at least 452 items"),
        "at_most, stated": ("ең көбі 60 материал", "не более 60 материалов", "at most 60 items"),
        "at_most": ("ең көбі 21 материал", "не более 21 материала", "at most 21 items"),
        "at_most, of about": ("ең көбі 21 материал", "не более 21 материала", "at most 21 items"),
        "less_than": ("60-тан кем материал", "менее 60 материалов", "fewer than 60 items"),
        "between": ("510–765 материал", "510–765 материалов", "510–765 items"),
        "unknown": ("белгісіз", "неизвестно", "not known"),
    },
    "value": {
        "exact": ("1,44", "1,44", "1.44"),
        "about": ("0,86–0,95", "0,86–0,95", "0.86–0.95"),
        "more_than": ("0,89-дан астам", "более 0,89", "more than 0.89"),
        "at_least": ("кемінде 0,89", "не менее 0,89", "at least 0.89"),
        "at_most": ("ең көбі 0,89", "не более 0,89", "at most 0.89"),
        "less_than": ("0,89-дан кем", "менее 0,89", "less than 0.89"),
        "between": ("0,29–0,89", "0,29–0,89", "0.29–0.89"),
        "unknown": ("белгісіз", "неизвестно", "not known"),
    },
    "percent": {
        "exact": ("19,7%", "19,7_%", "19.7%"),
        "about": ("18,0–21,0%", "18,0–21,0_%", "18.0–21.0%"),
        "more_than": ("60,0%-дан астам", "более 60,0_%", "more than 60.0%"),
        "at_least": ("кемінде 30,0%", "не менее 30,0_%", "at least 30.0%"),
        "at_most": ("ең көбі 11,3%", "не более 11,3_%", "at most 11.3%"),
        "less_than": ("60,0%-дан кем", "менее 60,0_%", "less than 60.0%"),
        "between": ("20,0–30,0%", "20,0–30,0_%", "20.0–30.0%"),
        "unknown": ("белгісіз", "неизвестно", "not known"),
    },
    "change": {
        "exact": ("+19,7%", "+19,7_%", "+19.7%"),
        "fallen": ("−19,7%", "−19,7_%", "−19.7%"),
        "unchanged": ("0,0%", "0,0_%", "0.0%"),
        "about": ("+10,0% … +30,0%", "+10,0_% … +30,0_%", "+10.0% … +30.0%"),
        "fallen about": ("−30,0% … −10,0%", "−30,0_% … −10,0_%", "−30.0% … −10.0%"),
        "more_than": ("+60,0%-дан астам", "более +60,0_%", "more than +60.0%"),
        "at_least": ("кемінде +19,1%", "не менее +19,1_%", "at least +19.1%"),
        "at_most": ("ең көбі +155,7%", "не более +155,7_%", "at most +155.7%"),
        "fallen at least": ("ең көбі −10,0%", "не более −10,0_%", "at most −10.0%"),
        "less_than": ("+60,0%-дан кем", "менее +60,0_%", "less than +60.0%"),
        "between": ("−10,0% … +25,0%", "−10,0_% … +25,0_%", "−10.0% … +25.0%"),
        "unknown": ("белгісіз", "неизвестно", "not known"),
    },
    "grew": {
        "exact": ("19,7%-ға өсті", "рост на 19,7_%", "up 19.7%"),
        "fallen": ("19,7%-ға азайды", "снижение на 19,7_%", "down 19.7%"),
        "unchanged": ("өзгерген жоқ", "без изменений", "unchanged"),
        "about": ("10,0–30,0%-ға өсті", "рост на 10,0–30,0_%", "up 10.0–30.0%"),
        "fallen about": ("10,0–30,0%-ға азайды", "снижение на 10,0–30,0_%", "down 10.0–30.0%"),
        "more_than": ("60,0%-дан астамға өсті", "рост более чем на 60,0_%", "up more than 60.0%"),
        "at_least": ("кемінде 19,1%-ға өсті", "рост не менее чем на 19,1_%", "up at least 19.1%"),
        "fallen at least": (
            "кемінде 10,0%-ға азайды", "снижение не менее чем на 10,0_%", "down at least 10.0%",
        ),
    },
    "place": {
        "exact": ("1-орында", "1-е место", "1st place"),
        "about": ("1–11-орындардың бірінде", "место в пределах 1–11", "a place within 1–11"),
        "more_than": ("8-орыннан төмен", "место ниже 8-го", "a place below 8th"),
        "at_least": ("8-орыннан жоғары емес", "место не выше 8-го", "8th place or lower"),
        "at_most": ("8-орыннан төмен емес", "место не ниже 8-го", "8th place or better"),
        "less_than": ("8-орыннан жоғары", "место выше 8-го", "a place above 8th"),
        "between": ("2–8-орындардың бірінде", "место в пределах 2–8", "a place within 2–8"),
        "unknown": ("белгісіз", "неизвестно", "not known"),
    },
}  # fmt: skip
CASES = [
    (name, manner, code, said[LANGUAGES.index(code)])
    for name, manners in SAID.items()
    for manner, said in manners.items()
    for code in LANGUAGES
]


def of(name, manner):
    metric, unit, known = OF[name]
    qualifier, value, low, high = known[manner]
    return replace(FACT, metric=metric, unit=unit, qualifier=qualifier, value=value, low=low, high=high)


@pytest.fixture(scope="module")
def told(tables):
    renderers = {code: Renderer(tables, code) for code in LANGUAGES}

    def tell(code, template, **names):
        made = renderers[code].environment.from_string(template)
        words = Draft(made.root_render_func(made.new_context(names))).inline
        return str(words).replace("\u00a0", "_")

    return tell


def test_the_cases_are_two_hundred():
    assert len(CASES) >= 200
    assert {name: set(said) for name, said in SAID.items() if name != "grew"} == {
        name: set(known) for name, (_, _, known) in OF.items() if name != "grew"
    }


@pytest.mark.parametrize("name, manner, code, said", CASES)
def test_a_filter_keeps_the_bound(told, name, manner, code, said):
    template = "{{ grew(fact) }}" if name == "grew" else f"{{{{ fact|{name} }}}}"
    assert told(code, template, fact=of(name, manner)) == said


# No other way to a number

NUMBERS = ("value", "low", "high", "least", "most", "interval_low", "interval_high", "chance_least")


@pytest.mark.parametrize("template", [
    "{{ fact.%s }}", "{%% if fact.%s %%}x{%% endif %%}", "{{ fact['%s'] }}", "{{ fact|attr('%s') }}",
    "{{ [fact]|map(attribute='%s')|list }}", "{{ [fact]|selectattr('%s')|list }}", "{{ [fact]|sum('%s') }}",
    "{{ [section]|map(attribute='fact.%s')|list }}",
    "{%% for x in [fact]|sort(attribute='%s') %%}{%% endfor %%}",
])  # fmt: skip
@pytest.mark.parametrize("name", NUMBERS)
def test_a_template_reaches_no_number(told, template, name):
    with pytest.raises(BareNumberError, match=f"{name} of fact"):
        told("en", template % name, fact=FACT, section={"fact": FACT})


@pytest.mark.parametrize("template", ["{{ fact }}", "{{ number }}", "{{ section|length }}"])
def test_a_template_shows_no_number_that_is_not_worded(told, template):
    with pytest.raises(BareNumberError, match="a filter has to word it"):
        told("en", template, fact=FACT, number=3, section=[FACT])


@pytest.mark.parametrize("module", sorted((LIBRARY / "words").glob("*.py")), ids=lambda p: p.stem)
def test_only_one_module_takes_numbers_from_facts_to_word_them(module):
    """`inline` hands the value to machines, workings and explanations write out what the formula has, and
    `bilingual` makes a fact of a row."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    taken = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} & set(NUMBERS)
    allowed = {
        "extent": set(NUMBERS),
        "workings": {"value", "low", "high", "least", "most", "chance_least", "chance_most"},
    }
    allowed |= {"writing": {"value", "low", "high"}}  # its decimals
    allowed |= {"cards": {"value"}, "appendix": {"value"}}  # what a card and an entry show
    allowed |= {
        "inline": {"value"},
        "explanation": {"value", "low", "high"},
        "bilingual": {"value", "low", "high"},
    }
    assert taken <= allowed.get(module.stem, set())


@pytest.mark.parametrize(
    "fact, known",
    [
        (replace(FACT, value=85.5, low=61.9, high=89.5, qualifier="about", unit="index"),
         Extent("around", (85.5, 61.9, 89.5))),
        (replace(FACT, metric="rate", value=2.0, low=1.0, high=None, qualifier="about"),
         Extent("at_least", (1.0,))),
        (replace(FACT, value=0, low=0, high=0, qualifier="at_most"), Extent("exact", (0,))),
        (replace(FACT, value=None, low=3, high=3, qualifier="exact"), Extent("exact", (3,))),
        (replace(FACT, value=60.0, low=None, high=None, qualifier="about"), Extent("about", (60.0,))),
        (replace(FACT, value=60.0, low=None, high=None, qualifier="exact"), Extent("exact", (60.0,))),
        (replace(FACT, metric="tally", value=60.0, low=57.0, high=63.0, qualifier="about"),
         Extent("about", (60.0,))),
        (replace(FACT, value=None, low=5, high=None, qualifier="at_most"), Extent("at_least", (5,))),
    ],
)  # fmt: skip
def test_how_a_number_is_known(fact, known):
    if known.manner == "around":
        fact = replace(fact, metric="activity_index")
    assert extent(fact) == known


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_stands_around_a_number_is_said(told, code):
    index = replace(
        FACT, metric="activity_index", unit="index", value=85.5, low=61.9, high=89.5, qualifier="about"
    )
    assert told("en", "{{ fact|value }}", fact=index) == "85.5 (61.9–89.5)"
    points = replace(FACT, metric="contribution", unit="fraction", value=0.05, low=0.05, high=0.05)
    said = {"kk": "+5,0 пайыздық тармақ", "ru": "+5,0 процентного пункта", "en": "+5.0 percentage points"}
    assert told(code, "{{ fact|value }}", fact=points) == said[code]
    assert told(code, "{{ fact|change }}", fact=points) == said[code]


def test_a_number_with_decimals_keeps_them(told):
    hours = replace(FACT, indicator="hours", unit="hour", value=12.5, low=12.5, high=12.5)
    assert told("en", "{{ fact|count }}", fact=hours) == "12.5"
    assert told("en", "{{ fact|counted }}", fact=hours) == "12.5"


@pytest.mark.parametrize(
    "known, size",
    [
        (Extent("exact", (0.2,)), Extent("exact", (0.2,))),
        (Extent("exact", (-0.2,)), Extent("exact", (0.2,))),
        (Extent("about", (-0.2,)), Extent("about", (0.2,))),
        (Extent("between", (-0.3, -0.1)), Extent("between", (0.1, 0.3))),
        (Extent("between", (-0.3, 0.1)), Extent("between", (-0.3, 0.1))),
        (Extent("at_most", (-0.1,)), Extent("at_least", (0.1,))),
        (Extent("less_than", (-0.1,)), Extent("more_than", (0.1,))),
        (Extent("at_most", (0,)), Extent("at_most", (0,))),  # perhaps it has not fallen
        (Extent("at_least", (-0.1,)), Extent("at_least", (-0.1,))),  # perhaps it has grown
        (Extent("more_than", (-0.1,)), Extent("more_than", (-0.1,))),
        (Extent("around", (-3, -5, -1)), Extent("around", (-3, -5, -1))),
        (Extent("unknown"), Extent("unknown")),
    ],
)
def test_what_has_surely_fallen_is_told_without_its_sign(known, size):
    assert known.size == size


@pytest.mark.parametrize(
    "known, last",
    [
        (Extent("exact", (1,)), 1),
        (Extent("between", (1, 5)), 5),
        (Extent("around", (2, 1, 5)), 2),
        (Extent("unknown"), None),
    ],
)
def test_a_noun_agrees_with_the_number_before_it(known, last):
    assert known.last == last


@pytest.mark.parametrize(
    "low, high, known",
    [
        (1, 3, Extent("between", (1, 3))),
        (2, 2, Extent("exact", (2,))),
        (1, None, Extent("at_least", (1,))),
        (None, 3, Extent("at_most", (3,))),
        (None, None, Extent("unknown")),
    ],
)
def test_bounds_of_a_number_and_of_chance(low, high, known):
    assert bounds(replace(FACT, low=low, high=high)) == known
    assert chance(replace(FACT, interval_low=low, interval_high=high)) == known


@pytest.mark.parametrize(
    "qualifier, low, high, known",
    [
        ("about", 9500, 10500, Extent("between", (9500, 10500))),
        ("about", None, 10500, Extent("unknown")),
        ("about", 9500, None, Extent("unknown")),
        ("about", None, None, Extent("unknown")),
        ("exact", 10000, 10000, Extent("unknown")),
        ("at_least", 10000, 10500, Extent("unknown")),
    ],
)
def test_what_is_told_by_about_has_a_margin(qualifier, low, high, known):
    assert margin(replace(FACT, qualifier=qualifier, value=10000, low=low, high=high)) == known


@pytest.mark.parametrize(
    "low, high, unclear",
    [(0.9, 1.2, True), (1, 1.2, True), (0.9, 1, True), (0.8, 0.9, False), (1.1, 1.2, False)],
)
def test_chance_may_be_all_that_a_ratio_shows(low, high, unclear):
    assert straddles(replace(FACT, metric="rate_ratio", interval_low=low, interval_high=high)) is unclear


@pytest.mark.parametrize(
    "indicator, outlet, channel, placed",
    [
        ("publications", "", "", True),
        ("copies", "bilimdi-el", "", True),
        ("videos", "", "television", True),
        ("copies", "", "", False),
    ],
)
def test_only_items_need_no_named_place(indicator, outlet, channel, placed):
    assert has_place(indicator, outlet, channel) is placed


def test_facts_of_which_none_is_greater_are_alike():
    assert alike(FACT) == alike(replace(FACT, organisation="ATY"))
    assert alike(FACT) != alike(replace(FACT, value=305, low=305, high=305))
    assert alike(FACT) != alike(replace(FACT, window=Window(date(2016, 1, 1), None)))
    assert alike(None) is None
