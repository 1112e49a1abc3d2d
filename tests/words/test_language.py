from dataclasses import replace
from datetime import date

import pytest
from aqparat.legible import drawable, legible
from aqparat.period import Period, Window
from aqparat.problem import Problem
from aqparat.words.language import UnknownLabelError
from aqparat.words.languages import language
from aqparat.words.prose import Draft

KK, EN = language("kk"), language("en")
NBSP = "\u00a0"


@pytest.fixture
def volume(facts):
    return facts["volume.publications.TOTAL.union-site.2017H1"]


def bounded(fact, qualifier, value, low, high):
    return replace(fact, qualifier=qualifier, value=value, low=low, high=high)


def words(inline):
    return str(inline).replace(NBSP, " ")


@pytest.mark.parametrize(
    "value, decimals, written",
    [
        (0, 0, "0"),
        (306, 0, "306"),
        (4746, 0, f"4{NBSP}746"),
        (1_234_567.891, 2, f"1{NBSP}234{NBSP}567,89"),
        (0.65, 2, "0,65"),
        (-12.5, 1, "−12,5"),
        (-0.01, 1, "0,0"),
    ],
)
def test_numbers_in_kazakh(value, decimals, written):
    assert KK.number(value, decimals) == written


def test_a_projection_is_a_range(facts):
    assert words(KK.count(facts.select("pace", organisation="TOTAL")[0])) == "510–765"


@pytest.mark.parametrize("case, written", [("ablative", "306-дан"), ("dative", "306-ға"), (None, "306")])
def test_a_count_takes_a_case_outside_the_fact(volume, case, written):
    counted = KK.count(volume, case)
    assert words(counted) == written
    assert [part.text for part in counted.parts if part.fact] == ["306"]


@pytest.mark.parametrize(
    "qualifier, value, low, high, written",
    [
        ("more_than", 60, 61, None, "60-тан астамға"),
        ("less_than", 60, 0, 59, "60-тан кемге"),
        ("at_least", None, 60, None, "кемінде 60-қа"),
        ("at_most", None, 0, 60, "ең көбі 60-қа"),
        ("about", 10000, 9500, 10500, "шамамен 10 000-ға"),
        ("about", None, 510, 765, "510–765-ке"),
    ],
)
def test_a_bound_takes_a_case_too(volume, qualifier, value, low, high, written):
    assert words(KK.count(bounded(volume, qualifier, value, low, high), "dative")) == written


def test_dates_in_kazakh():
    day = date(2017, 2, 23)
    assert words(KK.day(day)) == "2017 жылғы 23 ақпан"
    assert words(KK.since(day)) == "2017 жылғы 23 ақпаннан бастап"
    assert KK.day(day).parts[0].day == "2017-02-23"


MONTHS = "қаңтардан ақпаннан наурыздан сәуірден мамырдан маусымнан шілдеден тамыздан қыркүйектен"
MONTHS += " қазаннан қарашадан желтоқсаннан"


@pytest.mark.parametrize("month, written", list(enumerate(MONTHS.split(), 1)))
def test_months_in_the_ablative(month, written):
    assert words(KK.since(date(2017, month, 1))) == f"2017 жылғы 1 {written} бастап"


@pytest.mark.parametrize(
    "window, forms",
    [
        (
            Period.parse("2017H1").window,
            {
                "in": "2017 жылдың бірінші жартыжылдығында",
                "of": "2017 жылдың бірінші жартыжылдығындағы",
                "name": "2017 жылдың бірінші жартыжылдығы",
                "than": "2017 жылдың бірінші жартыжылдығымен",
                "short": "2017 ж. 1-жартыжылдық",
            },
        ),
        (Period.parse("2016H2").window, {"in": "2016 жылдың екінші жартыжылдығында"}),
        (
            Period.parse("2016").window,
            {
                "in": "2016 жылы",
                "of": "2016 жылғы",
                "name": "2016 жыл",
                "than": "2016 жылмен",
                "short": "2016",
            },
        ),
        (
            Window(date(2017, 1, 1), None),
            {
                "in": "2017 жылдың басынан бері",
                "of": "2017 жылдың басынан бергі",
                "name": "2017 жылдың басынан бергі кезең",
                "than": "2017 жылдың басынан бергі кезеңмен",
            },
        ),
        (
            Window(date(2017, 2, 23), None),
            {"in": "2017 жылғы 23 ақпаннан бері", "of": "2017 жылғы 23 ақпаннан бергі"},
        ),
        (
            Window(date(2017, 2, 23), date(2017, 4, 30)),
            {"in": "2017 жылғы 23 ақпан – 30 сәуір аралығында"},
        ),
    ],
    ids=str,
)
def test_windows_in_kazakh(window, forms):
    assert {form: words(KK.window(window, form)) for form in forms} == forms


@pytest.mark.parametrize(
    ("code", "name", "short"),
    [
        ("kk", "2026 жылғы 5 тамыз", "2026 жылғы 5 тамыз"),
        ("ru", "5 августа 2026 года", "05.08.2026"),
        ("en", "5 August 2026", "2026-08-05"),
    ],
)
def test_a_window_of_one_day_is_named_as_the_day(code, name, short):
    window = Window(date(2026, 8, 5), date(2026, 8, 5))
    told = language(code)
    assert (words(told.window(window, "name")), words(told.window(window, "short"))) == (name, short)


@pytest.mark.parametrize("form", ["in", "of", "name", "than", "short"])
@pytest.mark.parametrize("end", [None, date(2017, 6, 30), date(2017, 12, 31), date(2017, 3, 3)])
@pytest.mark.parametrize("start", [date(2017, 1, 1), date(2017, 2, 23)])
def test_every_window_has_every_form(start, end, form):
    window = Window(start, end)
    worded = KK.window(window, form)
    assert worded.parts[0].window == window.code
    assert "2017" in words(worded)


@pytest.mark.parametrize(
    "code, full, genitive",
    [
        ("KUS", "Қостанай облыстық ұйымы", "Қостанай облыстық ұйымының"),
        ("ALM", "Алматы облыстық ұйымы", "Алматы облыстық ұйымының"),
        ("ALA", "Алматы қалалық ұйымы", "Алматы қалалық ұйымының"),
        ("AST", "Астана қалалық ұйымы", "Астана қалалық ұйымының"),
        ("SEM", "Семей аумақтық ұйымы", "Семей аумақтық ұйымының"),
        ("ZAI", "Зайсан аудандық ұйымы", "Зайсан аудандық ұйымының"),
        ("UST", "«Ұстаз» кәсіподағы", "«Ұстаз» кәсіподағының"),
        ("CEN", "Орталық кеңес", "Орталық кеңестің"),
    ],
)
def test_organisations_in_kazakh(tables, code, full, genitive):
    assert words(KK.organisation(tables, code, "full")) == full
    assert words(KK.organisation(tables, code, "genitive")) == genitive


@pytest.mark.parametrize(
    ("code", "name", "full", "genitive"),
    [
        ("kk", "Тау облыстық ұйымы", "Тау облыстық ұйымы", "Тау облыстық ұйымының"),
        (
            "ru",
            "Горная областная организация",
            "Горная областная организация",
            "Горной областной организации",
        ),
        (
            "ru",
            "Профсоюзная организация Каспийского флота",
            "Профсоюзная организация Каспийского флота",
            "Профсоюзной организации Каспийского флота",
        ),
        (
            "en",
            "Hill regional organisation",
            "the Hill regional organisation",
            "the Hill regional organisation’s",
        ),
    ],
)
def test_a_name_told_in_full_gets_nothing_more(tables, code, name, full, genitive):
    named = tables.organisations.copy()
    named.loc["KUS", f"name_{code}"] = name
    told = replace(tables, organisations=named)
    assert words(language(code).organisation(told, "KUS", "full")) == full
    assert words(language(code).organisation(told, "KUS", "genitive")) == genitive


def test_the_union_stands_for_the_total(tables):
    assert words(KK.organisation(tables, "TOTAL")) == KK.label("union")


def test_organisations_are_listed_by_the_alphabet(tables):
    listed = words(KK.organisations(tables, ["UST", "ALA", "AKT", "PAR", "ATY"]))
    assert listed == "Ақтөбе, Алматы қаласы, Атырау, «Парасат» және «Ұстаз»"


@pytest.mark.parametrize(
    "texts, written",
    [([], ""), (["а"], "а"), (["а", "ә"], "а және ә"), (["а", "ә", "б"], "а, ә және б")],
)
def test_lists_with_and(texts, written):
    assert str(KK.joined(texts)) == written


def test_lists_keep_what_they_join(volume):
    assert KK.joined(["<b>", KK.count(volume)]).facts == [volume.id]


def test_sources_of_one_document_are_cited_together(tables, facts):
    copies = facts.select("share", indicator="copies", outlet="bilimdi-el")
    cited = "бастапқы құжат, 7 және 14-абзацтар"
    assert words(KK.sources(tables, [o for f in copies for o in facts.origins(f)])) == cited


@pytest.mark.parametrize(
    ("sources", "cited"),
    [
        (["letter of the council"], "letter of the council"),
        (["minutes, item 12", "minutes, item 3", "minutes, item 12"], "minutes, item 3 and 12"),
        (["minutes, item 3", "letter", "minutes, item 1"], "minutes, item 1 and 3; letter"),
        (["source document, paragraph 5 (a remark)", "source document, paragraph 14"],
         "source document, paragraphs 5 and 14"),
        (["2017"], "2017"),
    ],
)  # fmt: skip
def test_rows_are_cited_as_they_say(tables, sources, cited):
    origins = [f"raw/2017H1/observations.csv#{row}" for row in range(2, 2 + len(sources))]
    rows = tables.observations.head(len(sources)).assign(source=sources, origins=[[o] for o in origins])
    told = replace(
        tables,
        observations=rows,
        **{name: getattr(tables, name).iloc[:0] for name in ("activities", "highlights", "measures")},
    )
    assert str(EN.sources(told, origins)) == cited


@pytest.mark.parametrize(
    "words, one, several, many",
    [
        (
            KK,
            "ұйымның нысаны: Қостанай; санауыш",
            "ұйымдардың нысандары: Алматы облысы, Атырау және Қостанай",
            "7 ұйымның нысаны, тізімі қосымшада",
        ),
        (
            language("ru"),
            "форма организации: Костанайская; санауыш",
            "формы организаций: Алматинская, Атырауская и Костанайская",
            "формы организаций (7), названные в приложении",
        ),
        (
            EN,
            "form of Kostanay; санауыш",
            "forms of Almaty region, Atyrau and Kostanay",
            "forms of 7 organisations, listed in the appendix",
        ),
    ],
)
def test_forms_are_cited_by_their_organisations(tables, words, one, several, many):
    def cited(*sources):
        rows = tables.observations.head(len(sources)).assign(
            source=sources, origins=[[f"observations.csv#{row}"] for row in range(len(sources))]
        )
        told = replace(tables, observations=rows)
        return str(words.sources(told, [f"observations.csv#{row}" for row in range(len(sources))]))

    assert cited("form KUS", "санауыш") == one
    assert cited("form KUS", "form ATY", "form ALM", "form KUS") == several
    assert cited(*(f"form {code}" for code in ("KUS", "ATY", "ALM", "AKM", "AST", "ALA", "PAV"))) == many


@pytest.mark.parametrize(
    "words, one, several",
    [
        (KK, "бастапқы құжат, 6-абзац", "бастапқы құжат, 6, 7 және 14-абзацтар"),
        (language("ru"), "исходный документ, абзац 6", "исходный документ, абзацы 6, 7 и 14"),
        (EN, "source document, paragraph 6", "source document, paragraphs 6, 7 and 14"),
    ],
)
def test_one_paragraph_and_several_are_cited_in_their_number(tables, words, one, several):
    def cited(*numbers):
        rows = tables.observations.head(len(numbers)).assign(
            source=[f"source document, paragraph {number}" for number in numbers],
            origins=[[f"observations.csv#{row}"] for row in range(len(numbers))],
        )
        told = replace(tables, observations=rows)
        return str(words.sources(told, [f"observations.csv#{row}" for row in range(len(numbers))]))

    assert cited(6) == one
    assert cited(14, 6, 7, 6) == several


def test_a_house_says_how_its_sources_are_cited(tables):
    own = {
        "sources.numbered": ["source document, paragraph"],
        "sources.en": ["the annual report, § {numbers}"],
    }
    told = replace(tables, settings=tables.settings.merged(own))
    assert str(EN.sources(told, ["raw/2017H1/observations.csv#2"])) == "the annual report, § 5"


def cited(tables, *sources):
    """Give in English where rows are from that say these sources."""
    rows = tables.observations.head(len(sources)).assign(
        source=sources, origins=[[f"observations.csv#{row}"] for row in range(len(sources))]
    )
    told = replace(tables, observations=rows)
    words = EN.sources(told, [f"observations.csv#{row}" for row in range(len(sources))])
    assert {part.role for part in words.parts} <= {"cite"}
    return str(words)


@pytest.mark.parametrize(
    "sources, written",
    [
        ([], ""),
        (["publications"], "the register of publications"),
        (["form XYZ"], "form XYZ"),  # of no organisation
        (["letter", "form KUS"], "form of Kostanay; letter"),
        ([f"letter of {name}" for name in "abcdefg"], "; ".join(f"letter of {name}" for name in "abcdefg")),
        ([f"letter of {name}" for name in "abcdefgh"],
         "; ".join(f"letter of {name}" for name in "abcdef") + "; and 2 more, listed in the appendix"),
        ([f"form {code}" for code in ("KUS", "ATY", "AKM", "AKT", "KAR", "PAV")],
         "forms of Akmola, Aktobe, Atyrau, Karaganda, Kostanay and Pavlodar"),
    ],
)  # fmt: skip
def test_sources_of_other_kinds(tables, sources, written):
    assert cited(tables, *sources) == written


def test_rows_that_do_not_say_where_they_are_from(tables):
    told = replace(tables, files={**tables.files, "raw/2017H1/own.csv": ""})
    assert str(EN.sources(told, ["raw/2017H1/own.csv#2"])) == "raw data, listed in the appendix"


@pytest.mark.parametrize(
    "pattern, sources, written",
    [
        ("report, § {numbers}", ["paper, item 5", "paper, item 12"], "report, § 5 and 12"),
        ("report, § {numbers} / report, §§ {numbers}", ["paper, item 5"], "report, § 5"),
        (
            "report, § {numbers} / report, §§ {numbers}",
            ["paper, item 5", "paper, item 7"],
            "report, §§ 5 and 7",
        ),
        ("report, § {numbers} / all", ["paper, item 5", "paper, item 7"], "report, § 5 and 7"),
        ("report", ["paper, item 5"], "report 5"),
        ("report", ["paper, item five"], "paper, item five"),
        ("report", ["the paper, item 5"], "the paper, item 5"),
    ],
)
def test_a_house_may_say_one_or_several(tables, pattern, sources, written):
    own = {"sources.numbered": ["paper, item"], "sources.en": [pattern]}
    assert cited(replace(tables, settings=tables.settings.merged(own)), *sources) == written


def test_a_label_that_is_not_there_is_an_error():
    for key in ("nothing", "report.nothing", "report.title.nothing"):
        with pytest.raises(UnknownLabelError, match=key):
            KK.label(key)


def test_a_language_that_is_not_there_is_an_error():
    with pytest.raises(ValueError, match="Unknown language 'de': expected one of kk, ru, en"):
        language("de")


def test_a_problem_names_place_finding_and_remedy():
    problem = Problem(
        "unknown_organisation",
        "raw/2017H1/observations.csv",
        row=7,
        column="organisation",
        found="KUZ",
        expected="AKM, KUS",
        nearest="KUS",
    )
    assert KK.problem(problem) == (
        "raw/2017H1/observations.csv, 7-жол, «organisation» бағаны: «KUZ» деген ұйым жоқ. "
        "Белгілілері: AKM, KUS. Жаңа ұйым болса, алдымен raw/reference қалтасындағы "
        "ұйымдар кестесіне енгізіңіз. Мүмкін, «KUS» болар?"
    )


@pytest.mark.parametrize(
    "column, heading, said, near",
    [
        ("kind", "Түрі / Вид", "школа актива, мастер-класс", "школа актива"),
        ("kind", "", "activist_school, master_class", "activist_school"),  # codes for headings
    ],
)
def test_what_may_be_chosen_is_said_as_the_file_has_it(column, heading, said, near):
    problem = Problem(
        "not_choice", "raw/2017H1/KUS.xlsx", row=4, column=column, heading=heading,
        found="школы актива", expected="activist_school, master_class", nearest="activist_school",
    )  # fmt: skip
    told = language("ru").problem(problem)
    assert told.endswith(f"Выберите одно из: {said}. Возможно, «{near}»?"), told


@pytest.mark.parametrize(
    "heading, said, near",
    [("Тақырып / Тема", "пресса, обучение", "пресса"), ("", "press, training", "press")],
)
def test_a_code_that_a_form_offers_by_name_is_called_so(heading, said, near):
    problem = Problem(
        "not_code", "raw/2017H1/KUS.xlsx", row=4, column="topic", heading=heading,
        found="печать", expected="press, training", nearest="press",
    )  # fmt: skip
    told = language("ru").problem(problem)
    assert f": {said};" in told and told.endswith(f"«{near}»?"), told


def test_what_a_cell_holds_is_not_a_template():
    problem = Problem("not_number", "observations.csv", row=2, column="value", found="{{ 7 * 7 }} {column}")
    assert "«{{ 7 * 7 }} {column}»" in KK.problem(problem)


# Names and places


def named(tables, table, code, **columns):
    """Give the tables with other names of one organisation or outlet."""
    frame = getattr(tables, table).copy()
    frame.loc[code, list(columns)] = list(columns.values())
    return replace(tables, **{table: frame})


def test_a_name_is_that_of_its_table(tables):
    other = named(tables, "organisations", "KUS", name_en="Tobyl")
    assert [EN.name(t.organisations, "KUS") for t in (tables, other, tables)] == [
        "Kostanay", "Tobyl", "Kostanay",
    ]  # fmt: skip
    assert EN.name(tables.outlets, "atyrau") == str(EN.outlet(tables, "atyrau")) == "Atyrau"


def test_a_name_is_one_that_can_be_read_and_drawn(tables):
    other = named(tables, "organisations", "KUS", name_en="Tob\u202eyl 🙂")
    said = EN.name(other.organisations, "KUS")
    assert said == drawable(legible("Tob\u202eyl 🙂")) != "Tob\u202eyl 🙂"
    assert EN.union({"en": "Tob\u202eyl 🙂"}) == said


def test_the_union_is_named_in_each_language_or_not_at_all():
    assert (EN.union({"en": "Union", "kk": "Кәсіподақ"}), KK.union({"en": "Union"})) == ("Union", "")


@pytest.mark.parametrize(
    "indicator, outlet, channel, where, at, beside",
    [
        ("publications", "atyrau", "newspaper", "Atyrau", "in Atyrau", "Atyrau"),
        ("publications", "union-site", "website", "union website", "on the union website", "union website"),
        ("publications", "", "television", "television", "on television", "television: publications"),
        ("publications", "", "radio", "radio", "on the radio", "radio: publications"),
        ("publications", "", "social", "social media", "on social media", "social media"),
        ("publications", "", "", "media (not broken down by channel)",
         "in the media (not broken down by channel)", "media (not broken down by channel)"),
        ("publications", "qazaqstan-tv", "television", "Qazaqstan", "on Qazaqstan", "Qazaqstan"),
        ("broadcasts", "", "television", "television", "on television", "television"),
        ("broadcasts", "", "", "", "", "TV and radio"),
        ("copies", "atyrau", "", "Atyrau", "in Atyrau", "Atyrau"),
    ],
)  # fmt: skip
def test_where_a_figure_is_from(tables, volume, indicator, outlet, channel, where, at, beside):
    told = named(tables, "outlets", "qazaqstan-tv", name_en="Qazaqstan", name_kk="Q", channel="television")
    fact = replace(volume, indicator=indicator, outlet=outlet, channel=channel)
    indicators = EN.name(told.indicators, "publications")
    assert words(EN.where(told, indicator, outlet, channel)) == where
    assert words(EN.at(told, fact)) == at
    assert words(EN.channel(told, fact)) == beside.replace("publications", indicators)


def test_in_which_language_something_is():
    assert EN.in_language("kk") == "in Kazakh"
    assert EN.in_language("pt-BR") == "in Brazilian Portuguese"
    assert EN.in_language("xx") == "in xx"


@pytest.mark.parametrize(
    "code, word, parted",
    [
        ("kk", "аудандастырылғандар", "аудан-дас-ты-рыл-ған-дар"),
        ("kk", "ынтымақтастықтары", "ынты-мақ-тас-тық-тары"),
        ("kk", "елордалықтардың", "елор-да-лық-тар-дың"),
        ("ru", "энциклопедический", "энцик-ло-пе-ди-че-ский"),
        ("en", "misrepresentations", "mis-rep-re-sen-ta-tions"),
        ("en", "unionisations", "unionisations"),  # it fits
    ],
)
def test_a_long_word_may_be_parted_three_letters_from_its_ends(code, word, parted):
    assert language(code).softened(f"{word}, 5") == f"{parted}, 5".replace("-", "\u00ad")


@pytest.mark.parametrize(
    "code, word, parts",
    [("kk", "ақстондық", "ақ-стон-дық"), ("ru", "сестра", "сес-тра"), ("en", "archive", "ar-chi-ve")],
)
def test_consonants_that_begin_a_syllable_stay_together(code, word, parts):
    assert "-".join(language(code).syllables(word)) == parts


def test_the_alphabet_passes_over_quotation_marks_and_case():
    ru = language("ru")
    words = ["ж", "«Жизнь»", "Ёлка", "еж", "„Д“", '"в"', "”Б", "“А"]
    assert sorted(words, key=ru.sort_key) == ["“А", "”Б", '"в"', "„Д“", "еж", "Ёлка", "ж", "«Жизнь»"]


# What templates have


def test_filters_of_templates(tables, facts, volume):
    told = EN.filters(tables)
    year = Period.parse("2016")
    share = replace(
        volume, metric="share", unit="fraction", value=0.2, low=0.2, high=0.2, interval_low=0.1,
        interval_high=0.3,
    )  # fmt: skip
    assert str(told["window"](year)) == str(told["window"](year.window)) == "in 2016"
    assert str(told["window"](year, "of")) == "for 2016"
    assert str(told["org"]("KUS")) == "Kostanay"
    assert str(told["org"]("KUS", "full")) == "the Kostanay regional organisation"
    assert str(told["orgs"](["KUS", "ATY"])) == "Atyrau and Kostanay"
    assert str(told["orgs"](["KUS"], "genitive")) == "the Kostanay regional organisation’s"
    assert str(told["indicator"]("publications")) == EN.name(tables.indicators, "publications")
    assert str(told["outlet"]("atyrau")) == "Atyrau"
    assert str(told["at"](volume)) == "on the union website"
    assert str(told["where"](volume)) == "union website"
    assert str(told["where"](replace(volume, outlet="", channel="radio"))) == "radio"
    assert str(told["where"](replace(volume, outlet="", channel=""))).startswith("media")
    assert str(told["in_language"](replace(volume, indicator="items_kk"))) == "in Kazakh"
    assert str(told["in_language"](replace(volume, indicator="items_zh_Hant"))) == "in Traditional Chinese"
    assert told["text"]({"text_en": "since 2015"}).masked("?") == "since ?"
    assert str(told["label"]("social", "channel")) == "social media"
    assert str(told["cap"](told["outlet"]("union-site"))) == "Union website"
    assert str(told["cap"](Draft(["in 2016"])).inline) == "In 2016"
    problem = told["problem"](Problem("not_number", "a.csv", found="x"))
    assert str(problem).startswith("a.csv: “x”")
    assert str(told["found"](14)) == "14"
    assert [(str(told["chosen"](n)), told["chosen"](n).parts[0].role) for n in (3, 2.5)] == [
        ("3", "samp"), ("2.50", "samp"),
    ]  # fmt: skip
    assert str(told["level"](share)) == "95%"
    assert str(told["beyond"](share)) == "5%"
    assert str(told["interval"](share)) == "95% interval 10.0–30.0%"
    limit = replace(share, metric="limit_998", unit="item")
    assert [str(told[name](limit)) for name in ("level", "beyond", "interval")] == [
        "99.8%", "0.2%", "99.8% interval 0.10–0.30",
    ]  # fmt: skip
    assert str(told["swing"](replace(share, interval_low=0.9, interval_high=1.3))) == (
        "95% interval −10.0% … +30.0%"
    )
    assert [str(told[name](volume)) for name in ("count", "counted", "value", "times")] == [
        "306", "306 items", "306", "306 times",
    ]  # fmt: skip
    assert str(told["percent"](share)) == "20.0%"
    assert str(told["change"](share)) == "+20.0%"
    assert str(told["points"](share)) == "+20.0"
    assert str(told["per_thousand"](share)) == "200.0"
    assert str(told["likely"](share)) == "10.0–30.0%"
    assert str(told["day"](date(2017, 2, 23))) == "23 February 2017"
    assert str(told["plural"](2, "item", "items")) == "items"
    assert str(told["joined"](["a", "b"])) == "a and b"
    rank = replace(volume, metric="rank", unit="rank", value=2, low=2, high=2)
    assert str(told["place"](rank)) == "2nd place"
    about = replace(volume, qualifier="about", value=100.0, low=95.0, high=105.0)
    assert str(told["within"](about)) == "(95–105)"


def test_what_is_told_of_organisations_is_put_in_order(tables, volume):
    told = EN.filters(tables)
    aty, kus, alm = (replace(volume, organisation=code) for code in ("ATY", "KUS", "ALM"))
    assert told["by_name"]([kus, aty, alm]) == [alm, aty, kus]
    assert told["by_name"]([("KUS", 1), ("ALM", 2)]) == [("ALM", 2), ("KUS", 1)]
    assert told["by_name"]([{"organisation": "KUS"}, {"organisation": "ALM"}])[0]["organisation"] == "ALM"
    more = replace(kus, value=400)
    assert told["by_size"]([more, kus, aty, alm]) == [more, alm, aty, kus]
