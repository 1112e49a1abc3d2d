"""A noun after a number has the form that the number asks for: 1 item, 21 материал, 5 материалов."""

import re
from dataclasses import replace

import pytest
from aqparat.choices import LANGUAGES
from aqparat.texts import narrative, texts
from aqparat.words.languages import language

NUMBERS = (0, 1, 2, 5, 11, 21, 22, 101, 111)
ENGLISH = {0: 1, 1: 0, 2: 1, 5: 1, 11: 1, 21: 1, 22: 1, 101: 1, 111: 1}  # which of the forms
RUSSIAN = {0: 2, 1: 0, 2: 1, 5: 2, 11: 2, 21: 0, 22: 1, 101: 0, 111: 2}
FORM = {"en": ENGLISH, "ru": RUSSIAN, "kk": dict.fromkeys(NUMBERS, 0)}
UNITS = list(texts("labels", "en")["noun"])


def counted(facts, unit, number):
    fact = facts["volume.publications.TOTAL.union-site.2017H1"]
    return replace(fact, unit=unit, value=number, low=number, high=number, qualifier="exact")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("unit", UNITS)
def test_the_noun_of_every_unit_agrees(facts, code, unit):
    words = language(code)
    forms = words.labels["noun"].get(unit, "").split(" | ")
    for number in NUMBERS:
        told = str(words.counted(counted(facts, unit, number))).replace("\u00a0", " ")
        noun = forms[min(FORM[code][number], len(forms) - 1)]
        assert told == f"{number} {noun}".strip(), (unit, number)


def pieces(code):
    """Give every piece of the templates of a language, with where it stands."""
    for path in sorted(narrative(code).rglob("*.j2")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield f"{path.name}:{number}", line


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_form_that_a_template_names_agrees(facts, code):
    words, found = language(code), 0
    for place, line in pieces(code):
        for forms in re.findall(r"\|plural\(([^()]*)\)", line):
            told = re.findall(r"'([^']*)'", forms)
            found += 1
            if code == "kk":
                continue
            genitive = told[-1] == "genitive"
            assert len(told) == (2 if code == "en" else 4 if genitive else 3), place
            for number in NUMBERS:
                form = FORM[code][number]
                expected = told[(1 if form == 0 else 2) if genitive else form]
                for about in (number, counted(facts, "item", number)):
                    assert str(words.plural(about, *told)) == expected, (place, number)
    assert found > 20 or code == "kk"


PLURAL = {  # a number, then a noun in the plural that no filter has made agree
    "en": r"\|(?:count|found)(?:\|cap)? \}\}(?:\*\*)? (?:[a-z]+ )?"
    r"(organisations|figures|months|items|copies|outlets|measures|warnings|people|programmes|places|issues|rows)\b",
    "ru": r"\|(?:count|found) \}\}(?:\*\*)? (?:[а-яё]+ )?"
    r"(организаций|материалов|показателей|экземпляров|членов)\b",
}
GUARDS = (
    r"is (not )?single|length == 1|length > [1-9]"  # of the number, in the line or in the branch before it
)
MANY = {  # the branch before has those that are few
    "did.j2": "nine at least",
    "copies.j2": "seven at least",
    "picked.j2": "two at least",
}


@pytest.mark.parametrize("code", PLURAL)
def test_no_number_stands_before_a_noun_that_cannot_agree(code):
    found = [
        f"{place}: {line.strip()[:200]}" for place, line in pieces(code)
        if re.search(PLURAL[code], line) and place.split(":")[0] not in MANY and not re.search(GUARDS, line)
    ]  # fmt: skip
    assert found == []


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("problem.summary", {"count": "1"}),
        ("panel.more", {"number": "1"}),
        ("quality.state.late", {"days": "1"}),
        ("explanation.reported", {"reported": "1", "members": "1"}),
        ("explanation.on_target", {"count": "1", "reported": "1", "target": "1"}),
        ("explanation.compared", {"count": "1", "compared": "1"}),
    ],
)
def test_labels_with_a_number_fit_one(key, values):
    told = language("en").label(key, **values)
    assert not re.search(r"\b1 (?:[a-z]+ )?(?:errors|rows|days|organisations)\b", told), told
    told = language("ru").label(key, **values)
    assert not re.search(r"\b1 (?:[а-яё]+ )?(?:ошибок|строк|дней|дня|организаций)\b", told), told
