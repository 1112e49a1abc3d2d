"""A union of one organisation: nobody is compared, ranked, or counted as one of one."""

import re

import pandas as pd
import pytest
from aqparat.choices import LANGUAGES
from aqparat.explore import panel
from aqparat.explore.known import Known
from aqparat.explore.questions import QUESTIONS
from aqparat.report import Report
from invented import FULL, folder
from reported import shown

ONE = ("KUS", "CEN")
LAUGHABLE = {  # what is said of many, or of a place among them
    "en": (
        r"\b1 of (the )?1\b", r"\b1 member organisations?\b", r"[Aa]ll (member )?organisations\b",
        r"cannot be compared", r"Organisations are in the order of", r"\b1 ?st place", r"most came from",
        r"[Oo]f the 1\b", r"their items", r"median", r"stands? out", r"whatever weight",
        r"other organisations",
    ),
    "ru": (
        r"\b1 из 1\b", r"[Вв]се (членские )?организации", r"[Вв]сех организаций", r"1-е место",
        r"сравнить организации", r"Организации идут", r"медиан", r"выделяется", r"других организац",
    ),
    "kk": (
        r"\b1 (мүшелік )?ұйымның ішінен", r"[Бб]арлық ұйым", r"барлық 1", r"1-орын", r"салыстыру мүмкін емес",
        r"бойынша орналасқан", r"медиана", r"ерекшеленбейді", r"[Бб]асқа ұйымдардың",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def lone(tmp_path_factory):
    """Give the folder of a union of Kostanay alone, with a head office."""
    home, whole = tmp_path_factory.mktemp("lone"), folder("full", *FULL)
    for path in (whole / "raw").rglob("*.csv"):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        if path.name == "organisations.csv":
            table = table[table["code"].isin(ONE)]
        if path.name == "outlets.csv":
            table["publisher"] = table["publisher"].where(table["publisher"].isin(ONE), "")
        if path.name == "aliases.csv":
            table = table[table["table"].ne("organisations") | table["code"].isin(ONE)]
        if "organisation" in table:
            table = table[table["organisation"].isin(ONE)]
        if "named" in table:
            table["named"] = ""
        target = home / path.relative_to(whole)
        target.parent.mkdir(parents=True, exist_ok=True)
        table.to_csv(target, index=False)
    return home


def said(notebook):
    """Give all words of a notebook's outputs; of its appendix none, which tells how numbers are made."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    texts = [str(output.data.get("text/markdown") or output.data.get("text/plain", "")) for output in outputs]
    return "\n".join(texts).replace("\u00a0", " ")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("organisation", [None, "KUS"])
def test_nobody_is_one_of_one(lone, organisation, code):
    told = Report("2019H1", code, lone, organisation)
    words = said(shown(told, "organisation" if organisation else "report"))
    assert len(words) > 3000
    for pattern in LAUGHABLE[code]:
        assert not re.search(pattern, words), re.search(f".{{0,120}}{pattern}.{{0,80}}", words)[0]


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_question_compares_one_with_others(lone, code):
    questions = panel.questions(Known("2019H1", code, lone))
    for question in QUESTIONS:
        questions.choose(question=question.key)
        for pattern in LAUGHABLE[code]:
            if "ұйымның ішінен" in pattern or pattern.startswith(r"\b1 "):
                assert not re.search(pattern, questions.pages[0]["text"].split("\n", 1)[1]), question.key
