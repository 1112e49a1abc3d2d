from decimal import Decimal

import pytest
from aqparat import kazakh
from aqparat.kazakh import CASES, inflected, sort_key, suffixed
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

# Domain, section 4, a line a word, in the order of CASES: written out, so that it can be read
# against the page, and so that it does not depend on how the program groups the words.
ENDINGS = """
нөл       дің ге ді де ден мен дей
бір       дің ге ді де ден мен дей
елу       дің ге ді де ден мен дей
екі       нің ге ні де ден мен дей
жеті      нің ге ні де ден мен дей
үш        тің ке ті те тен пен тей
төрт      тің ке ті те тен пен тей
бес       тің ке ті те тен пен тей
жетпіс    тің ке ті те тен пен тей
сегіз     дің ге ді де ден бен дей
жүз       дің ге ді де ден бен дей
сексен    нің ге ні де нен мен дей
алты      ның ға ны да дан мен дай
жиырма    ның ға ны да дан мен дай
тоғыз     дың ға ды да дан бен дай
отыз      дың ға ды да дан бен дай
он        ның ға ды да нан мен дай
тоқсан    ның ға ды да нан мен дай
мың       ның ға ды да нан мен дай
миллион   ның ға ды да нан мен дай
қырық     тың қа ты та тан пен тай
алпыс     тың қа ты та тан пен тай
миллиард  тың қа ты та тан пен тай
"""
# The tests follow the page also in the accusative of «сексен» (-ні), where the grammar has -ді, as in «онды».
TABLE = {line.split()[0]: line.split()[1:] for line in ENDINGS.strip().splitlines()}


def wrong(numbers):
    """List the numbers that do not agree with num2words and the page, in seven cases."""
    return [
        (n, case)
        for n in numbers
        for case, ending in zip(CASES, TABLE[num2words(n, lang="kz").rsplit(" ", 1)[-1]], strict=True)
        if suffixed(n, case) != f"{n}-{ending}"
    ]


@pytest.mark.parametrize("numbers", [range(2001), range(0, 1_000_001, 1000), range(2001, 1_000_001, 997)])
def test_suffixed_agrees_with_num2words_and_the_page(numbers):
    """Every last word of a number, and integers all over the range."""
    assert wrong(numbers) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("start", range(0, 1_000_001, 125_000))
def test_suffixed_agrees_for_every_integer_to_a_million(start):
    assert wrong(range(start, min(start + 125_000, 1_000_001))) == []


@pytest.mark.parametrize(
    "number, case, written",
    [
        (306, "ablative", "306-дан"),
        (3965, "ablative", "3965-тен"),
        (60, "ablative", "60-тан"),
        (90, "ablative", "90-нан"),
        (10000, "similative", "10000-дай"),
        (0, "dative", "0-ге"),
        (499, "genitive", "499-дың"),
        (20, "accusative", "20-ны"),
        (100, "locative", "100-де"),
        (80, "ablative", "80-нен"),
        (1_000_000, "dative", "1000000-ға"),
        (10**9, "instrumental", "1000000000-пен"),
        (-5, "dative", "-5-ке"),
    ],
)
def test_integers(number, case, written):
    assert suffixed(number, case) == written


@pytest.mark.parametrize(
    "number, case, written",
    [
        (19.7, "dative", "19,7-ге"),  # он тоғыз бүтін оннан жеті
        (Decimal("2.50"), "locative", "2,50-де"),  # … елу
        ("0,06", "ablative", "0,06-дан"),
        ("1,90", "accusative", "1,90-ды"),
        ("19,7%", "dative", "19,7%-ға"),
        ("100%", "genitive", "100%-дың"),
        ("11,3%", "instrumental", "11,3%-бен"),
        ("+155,7%", "dative", "+155,7%-ға"),
        ("10\u00a0000", "similative", "10\u00a0000-дай"),
        ("4\u202f746", "ablative", "4\u202f746-дан"),
        ("1 525", "dative", "1 525-ке"),
        ("−209,9", "dative", "−209,9-ға"),
    ],
)
def test_decimals_percentages_and_groups(number, case, written):
    assert suffixed(number, case) == written


@given(st.integers(0, 10**12), st.sampled_from(CASES))
def test_the_ending_is_that_of_the_last_word(number, case):
    last = next((10**k for k in range(12, -1, -1) if number and number % 10**k == 0), 0)
    tail = number % (10 * last) if last in (1, 10) else last
    assert kazakh.ending(number, case) == kazakh.ending(tail, case)


@pytest.mark.parametrize("number", ["", "көп", "1,2,3", "12 дана", "%", "1.5.2", None])
def test_what_is_not_a_number_is_refused(number):
    with pytest.raises(ValueError, match="is not a number"):
        suffixed(number, "dative")


def test_what_is_not_a_case_is_refused():
    for call in (lambda: suffixed(5, "vocative"), lambda: inflected("Семей", "барыс")):
        with pytest.raises(ValueError, match="is not a case: expected one of genitive, dative"):
            call()


# Checked by hand: genitive, dative, accusative, locative, ablative, instrumental.
NAMES = """
Орталық кеңес            тің  ке   ті   те   тен   пен
Ақмола                   ның  ға   ны   да   дан   мен
Астана                   ның  ға   ны   да   дан   мен
Ақтөбе                   нің  ге   ні   де   ден   мен
Атырау                   дың  ға   ды   да   дан   мен
Маңғыстау                дың  ға   ды   да   дан   мен
Батыс Қазақстан          ның  ға   ды   да   нан   мен
Жамбыл                   дың  ға   ды   да   дан   мен
Қарағанды                ның  ға   ны   да   дан   мен
Қостанай                 дың  ға   ды   да   дан   мен
Қызылорда                ның  ға   ны   да   дан   мен
Павлодар                 дың  ға   ды   да   дан   мен
Түркістан                ның  ға   ды   да   нан   мен
Шымкент                  тің  ке   ті   те   тен   пен
Семей                    дің  ге   ді   де   ден   мен
Абай                     дың  ға   ды   да   дан   мен
Жезқазған                ның  ға   ды   да   нан   мен
Ұлытау                   дың  ға   ды   да   дан   мен
Талдықорған              ның  ға   ды   да   нан   мен
Жетісу                   дың  ға   ды   да   дан   мен
Алматы облысы            ның  на   н    нда  нан   мен
Алматы қаласы            ның  на   н    нда  нан   мен
Зайсан ауданы            ның  на   н    нда  нан   мен
Атырау облыстық ұйымы    ның  на   н    нда  нан   мен
«Парасат»                тың  қа   ты   та   тан   пен
«Ұстаз»                  дың  ға   ды   да   дан   бен
«Ұстаз» кәсіподағы       ның  на   н    нда  нан   мен
«Қазақстан кәсіподағы»   ның  на   н    нда  нан   мен
«Білімді ел»             дің  ге   ді   де   ден   мен
«Егемен Қазақстан»       ның  ға   ды   да   нан   мен
«Атырау»                 дың  ға   ды   да   дан   мен
«Серпер»                 дің  ге   ді   де   ден   мен
«Жайық шұғыласы»         ның  на   н    нда  нан   мен
«Ұстаздық еңбек»         тің  ке   ті   те   тен   пен
«Мектеп және қоғам»      ның  ға   ды   да   нан   мен
салалық кәсіподақ сайты  ның  на   н    нда  нан   мен
салалық кәсіподақ        тың  қа   ты   та   тан   пен
қаңтар                   дың  ға   ды   да   дан   мен
ақпан                    ның  ға   ды   да   нан   мен
наурыз                   дың  ға   ды   да   дан   бен
сәуір                    дің  ге   ді   де   ден   мен
мамыр                    дың  ға   ды   да   дан   мен
маусым                   ның  ға   ды   да   нан   мен
шілде                    нің  ге   ні   де   ден   мен
тамыз                    дың  ға   ды   да   дан   бен
қыркүйек                 тің  ке   ті   те   тен   пен
қазан                    ның  ға   ды   да   нан   мен
қараша                   ның  ға   ны   да   дан   мен
желтоқсан                ның  ға   ды   да   нан   мен
"""


@pytest.mark.parametrize("line", NAMES.strip().splitlines(), ids=lambda line: line[:25].strip())
def test_names_take_the_ending_on_their_last_word(line):
    name, endings = line[:25].strip(), line[25:].split()
    stem, quote = name.removesuffix("»"), "»" * name.endswith("»")
    forms = [inflected(name, case) for case in CASES[:6]]
    assert forms == [f"{stem}{ending}{quote}" for ending in endings]


def test_the_similative_of_names():
    assert inflected("Семей", "similative") == "Семейдей"
    assert inflected("«Ұстаз»", "similative") == "«Ұстаздай»"
    assert inflected("Алматы облысы", "similative") == "Алматы облысындай"


def test_a_stem_can_be_named_possessive():
    assert inflected("Баспа үйі", "locative", possessive=True) == "Баспа үйінде"
    assert inflected("«Облысы»", "dative", possessive=False) == "«Облысыға»"


def test_sort_key_gives_the_order_of_the_alphabet():
    alphabet = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"
    assert "".join(sorted(alphabet, key=sort_key)) == alphabet
    assert "".join(sorted(sorted(alphabet.lower()), key=sort_key)) == alphabet.lower()


def test_sort_key_passes_over_quotes_and_puts_the_shorter_first():
    names = ["Абай", "Алматы", "Алматы қаласы", "Әл-Фараби", "Қарағанды", "«Парасат»", "Ұлытау", "«Ұстаз»"]
    assert sorted(sorted(names), key=sort_key) == names


def test_sort_key_looks_at_case_last():
    assert sorted(["абай", "Абат", "Абай"], key=sort_key) == ["абай", "Абай", "Абат"]


@pytest.mark.parametrize(
    "name, case, written",
    [
        ("БАҚ", "dative", "БАҚ-қа"),
        ("АҚШ", "ablative", "АҚШ-тан"),
        ("АКҰ", "genitive", "АКҰ-ның"),
        ("«АКҰ»", "locative", "«АКҰ-да»"),
        ("ТВ", "locative", "ТВ-де"),  # ве
        ("Қостанай ШҚ", "dative", "Қостанай ШҚ-ға"),  # қа
    ],
)
def test_abbreviations_take_a_hyphen(name, case, written):
    assert inflected(name, case) == written


def test_ordinals_in_words():
    assert [kazakh.ordinal(n) for n in (1, 2, 20, 40, 306)] == [
        "бірінші", "екінші", "жиырмасыншы", "қырықыншы", "үш жүз алтыншы",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="no ordinal"):
        kazakh.ordinal(0)


def test_lists_and_look_alikes():
    assert kazakh.joined(["а", "ә", "б"]) == "а, ә және б"
    assert kazakh.joined(["а"]) == "а"
    assert kazakh.mended("Бiлiмдi ел, HTML, əдет, жиhан") == "Білімді ел, HTML, әдет, жиһан"
    assert kazakh.mended("index site") == "index site"
