import random
from decimal import Decimal

import pytest
from aqparat import kazakh
from aqparat.kazakh import CASES, inflected, sort_key, suffixed
from aqparat.kazakh.letters import has_cyrillic, is_kazakh
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
сексен    нің ге ді де нен мен дей
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
TABLE = {line.split()[0]: line.split()[1:] for line in ENDINGS.strip().splitlines()}


def wrong(numbers):
    """List the numbers that do not agree with num2words and the page, in seven cases."""
    return [
        (n, case)
        for n in numbers
        for case, ending in zip(CASES, TABLE[num2words(n, lang="kz").rsplit(" ", 1)[-1]], strict=True)
        if suffixed(n, case) != f"{n}-{ending}"
    ]


def test_49_007_endings_agree_with_num2words_and_the_page():
    """Every integer to 2,000, and 5,000 at random: with every power of a thousand, in seven cases."""
    at_random = [random.Random(2017).randrange(10**size) for size in (4, 6, 9, 12) for _ in range(1250)]
    numbers = [*range(2001), *at_random]
    assert len(numbers) * len(CASES) == 49_007
    assert wrong(numbers) == []


@pytest.mark.parametrize("step", [1_000, 997])
def test_round_numbers_agree_too(step):
    assert wrong(range(0, 1_000_001, step)) == []


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


@pytest.mark.parametrize("number", ["", "көп", "1,2,3", "X5", "12 дана", "%", "1.5.2", None])
def test_what_is_not_a_number_is_refused(number):
    with pytest.raises(ValueError, match="is not a number"):
        suffixed(number, "dative")


def test_what_is_not_a_case_is_refused():
    for call in (lambda: suffixed(5, "vocative"), lambda: inflected("Семей", "барыс")):
        with pytest.raises(ValueError, match="is not a case: expected one of genitive, dative"):
            call()


# Written out by hand, in the order of CASES. Before the sign | stands what stays; where the last letters of a
# name change, the name itself stands after the endings.
NAMES = """
Орталық кеңес|           тің  ке   ті   те   тен   пен  тей
Ақмола|                  ның  ға   ны   да   дан   мен  дай
Астана|                  ның  ға   ны   да   дан   мен  дай
Ақтөбе|                  нің  ге   ні   де   ден   мен  дей
Атырау|                  дың  ға   ды   да   дан   мен  дай
Маңғыстау|               дың  ға   ды   да   дан   мен  дай
Батыс Қазақстан|         ның  ға   ды   да   нан   мен  дай
Жамбыл|                  дың  ға   ды   да   дан   мен  дай
Қарағанды|               ның  ға   ны   да   дан   мен  дай
Қостанай|                дың  ға   ды   да   дан   мен  дай
Қызылорда|               ның  ға   ны   да   дан   мен  дай
Павлодар|                дың  ға   ды   да   дан   мен  дай
Түркістан|               ның  ға   ды   да   нан   мен  дай
Шымкент|                 тің  ке   ті   те   тен   пен  тей
Семей|                   дің  ге   ді   де   ден   мен  дей
Абай|                    дың  ға   ды   да   дан   мен  дай
Жезқазған|               ның  ға   ды   да   нан   мен  дай
Ұлытау|                  дың  ға   ды   да   дан   мен  дай
Талдықорған|             ның  ға   ды   да   нан   мен  дай
Жетісу|                  дың  ға   ды   да   дан   мен  дай
Алматы|                  ның  ға   ны   да   дан   мен  дай
Алматы облысы|           ның  на   н    нда  нан   мен  ндай
Алматы қаласы|           ның  на   н    нда  нан   мен  ндай
Зайсан ауданы|           ның  на   н    нда  нан   мен  ндай
Атырау облыстық ұйымы|   ның  на   н    нда  нан   мен  ндай
«Парасат|»               тың  қа   ты   та   тан   пен  тай
«Ұстаз|»                 дың  ға   ды   да   дан   бен  дай
«Ұстаз» кәсіподағы|      ның  на   н    нда  нан   мен  ндай
салалық кәсіподақ сайты| ның  на   н    нда  нан   мен  ндай
салалық кәсіподақ|       тың  қа   ты   та   тан   пен  тай
«Қазақстан кәсіподағы|»  ның  на   н    нда  нан   мен  ндай
«Білімді ел|»            дің  ге   ді   де   ден   мен  дей
«Егемен Қазақстан|»      ның  ға   ды   да   нан   мен  дай
«Атырау|»                дың  ға   ды   да   дан   мен  дай
«Серпер|»                дің  ге   ді   де   ден   мен  дей
«Жайық шұғыласы|»        ның  на   н    нда  нан   мен  ндай
«Ұстаздық еңбек|»        тің  ке   ті   те   тен   пен  тей
«Мектеп және қоғам|»     ның  ға   ды   да   нан   мен  дай
«Казахстанская правда|»  ның  ға   ны   да   дан   мен  дай
«Профсоюзная жизнь|»     нің  ге   ді   де   нен   мен  дей
«Учительская плюс|»      тің  ке   ті   те   тен   пен  тей
Қостанай АКҰ сайты|      ның  на   н    нда  нан   мен  ндай
«Ана тілі|»              нің  не   н    нде  нен   мен  ндей
облыстық телеарнасы|     ның  на   н    нда  нан   мен  ндай
«Еңбек газеті|»          нің  не   н    нде  нен   мен  ндей
«Ауыл хабары|»           ның  на   н    нда  нан   мен  ндай
«Халық үні|»             нің  не   н    нде  нен   мен  ндей
«Білім жаршысы|»         ның  на   н    нда  нан   мен  ндай
«Қазақ әдебиеті|»        нің  не   н    нде  нен   мен  ндей
«Айқын|»                 ның  ға   ды   да   нан   мен  дай
«Ақ Жайық|»              тың  қа   ты   та   тан   пен  тай
«Жаршы|»                 ның  ға   ны   да   дан   мен  дай
«Экспресс К|»            -ның -ға  -ны  -да  -дан  -мен -дай
«Хабар 24|»              -тің -ке  -ті  -те  -тен  -пен -тей
АКҰ|                     -ның -ға  -ны  -да  -дан  -мен -дай
БАҚ|                     -тың -қа  -ты  -та  -тан  -пен -тай
ЖОО|                     -ның -ға  -ны  -да  -дан  -мен -дай
ІІМ|                     -нің -ге  -ді  -де  -нен  -мен -дей
ҰБТ|                     -ның -ға  -ны  -да  -дан  -мен -дай
АҚШ|                     -тың -қа  -ты  -та  -тан  -пен -тай
КТК|                     -ның -ға  -ны  -да  -дан  -мен -дай
Facebook|                -тың -қа  -ты  -та  -тан  -пен -тай
YouTube|                 -тың -қа  -ты  -та  -тан  -пен -тай
Telegram|                -ның -ға  -ды  -да  -нан  -мен -дай
Instagram|               -ның -ға  -ды  -да  -нан  -мен -дай
WhatsApp|                -тың -қа  -ты  -та  -тан  -пен -тай
TikTok|                  -тың -қа  -ты  -та  -тан  -пен -тай
Twitter|                 -дің -ге  -ді  -де  -ден  -мен -дей
Google|                  -дың -ға  -ды  -да  -дан  -мен -дай
Zoom|                    -ның -ға  -ды  -да  -нан  -мен -дай
VK|                      -ның -ға  -ны  -да  -дан  -мен -дай
Bilimdiel.kz|            -тің -ке  -ті  -те  -тен  -пен -тей
«Astana TV|»             -дің -ге  -ді  -де  -ден  -мен -дей
PDF|                     -тің -ке  -ті  -те  -тен  -пен -тей
РФ|                      -тің -ке  -ті  -те  -тен  -пен -тей
БҒМ|                     -нің -ге  -ді  -де  -нен  -мен -дей
ТУ|                      -дың -ға  -ды  -да  -дан  -мен -дай
«Топ Е|»                 -нің -ге  -ні  -де  -ден  -мен -дей
UNESCO|                  -ның -ға  -ны  -да  -дан  -мен -дай
FIFA|                    -ның -ға  -ны  -да  -дан  -мен -дай
USA|                     -дің -ге  -ді  -де  -ден  -мен -дей
ODTÜ|                    -нің -ге  -ні  -де  -ден  -мен -дей
Tan|                     -ның -ға  -ды  -да  -нан  -мен -дай
SpaceX|                  -тің -ке  -ті  -те  -тен  -пен -тей
Tengrinews|              -тің -ке  -ті  -те  -тен  -пен -тей
Version c|               -дің -ге  -ді  -де  -ден  -мен -дей
4 к|                     -ның -ға  -ны  -да  -дан  -мен -дай
Yahoo!|                  -ның -ға  -ны  -да  -дан  -мен -дай
Channel31|               -дің -ге  -ді  -де  -ден  -мен -дей
журналис|                тің  ке   ті   те   тен   пен  тей   журналист
съез|                    дің  ге   ді   де   ден   бен  дей   съезд
шеберлік клас|           тың  қа   ты   та   тан   пен  тай   класс
тарих|                   тың  қа   ты   та   тан   пен  тай
цех|                     тың  қа   ты   та   тан   пен  тай
банк|                    тің  ке   ті   те   тен   пен  тей
объекті|                 нің  ге   ні   де   ден   мен  дей   объект
институт|                тың  қа   ты   та   тан   пен  тай
Әл-Фараби|               дің  ге   ді   де   ден   мен  дей
академия|                ның  ға   ны   да   дан   мен  дай
бюллетень|               нің  ге   ді   де   нен   мен  дей
роль|                    дің  ге   ді   де   ден   мен  дей
меню|                    дің  ге   ді   де   ден   мен  дей
білу|                    дің  ге   ді   де   ден   мен  дей
тілеу|                   дің  ге   ді   де   ден   мен  дей
профсоюз|                дың  ға   ды   да   дан   бен  дай
президиум|               ның  ға   ды   да   нан   мен  дай
новос|                   тің  ке   ті   те   тен   пен  тей   новость
метал|                   дың  ға   ды   да   дан   мен  дай   металл
Минскі|                  нің  ге   ні   де   ден   мен  дей   Минск
семинар|                 дың  ға   ды   да   дан   мен  дай
министр|                 дің  ге   ді   де   ден   мен  дей
қаңтар|                  дың  ға   ды   да   дан   мен  дай
ақпан|                   ның  ға   ды   да   нан   мен  дай
наурыз|                  дың  ға   ды   да   дан   бен  дай
сәуір|                   дің  ге   ді   де   ден   мен  дей
мамыр|                   дың  ға   ды   да   дан   мен  дай
маусым|                  ның  ға   ды   да   нан   мен  дай
шілде|                   нің  ге   ні   де   ден   мен  дей
тамыз|                   дың  ға   ды   да   дан   бен  дай
қыркүйек|                тің  ке   ті   те   тен   пен  тей
қазан|                   ның  ға   ды   да   нан   мен  дай
қараша|                  ның  ға   ны   да   дан   мен  дай
желтоқсан|               ның  ға   ды   да   нан   мен  дай
"""


@pytest.mark.parametrize("line", NAMES.strip().splitlines(), ids=lambda line: line[:25].strip())
def test_names_take_the_ending_on_their_last_word(line):
    stem, _, rest = line.partition("|")
    quote = "»" * rest.startswith("»")
    endings = rest.removeprefix("»").split()
    name = endings.pop() if len(endings) > len(CASES) else stem
    name = f"{stem.rpartition(' ')[0]} {name.split()[-1]}".strip()
    forms = [inflected(name + quote, case) for case in CASES]
    assert forms == [f"{stem}{ending}{quote}" for ending in endings]


def test_the_similative_of_names():
    assert inflected("Семей", "similative") == "Семейдей"
    assert inflected("Radio7", "genitive") == "Radio7-нің"
    assert inflected("Хабар24", "genitive") == "Хабар24-тің"
    assert inflected("«e>»", "dative") == "«e>-ге»"
    for name in ("«»", "²", "", "٣", "( )"):  # whatever stands in a table, a text is made of it
        assert inflected(name, "genitive").startswith(name[:1])
    assert inflected("«Ұстаз»", "similative") == "«Ұстаздай»"
    assert inflected("Алматы облысы", "similative") == "Алматы облысындай"


def test_a_stem_can_be_named_possessive():
    assert inflected("Баспа үйі", "locative", possessive=True) == "Баспа үйінде"
    assert inflected("«Облысы»", "dative", possessive=False) == "«Облысыға»"
    assert inflected("«Облысы» (ескі)", "dative", possessive=False) == "«Облысыға» (ескі)"


@pytest.mark.parametrize("name", ["", "«»", "-", "«…»"])
def test_a_name_without_a_word_stays_as_it_is(name):
    assert inflected(name, "genitive") == name


def test_sort_key_gives_the_order_of_the_alphabet():
    alphabet = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"
    assert "".join(sorted(alphabet, key=sort_key)) == alphabet
    assert "".join(sorted(sorted(alphabet.lower()), key=sort_key)) == alphabet.lower()


def test_sort_key_passes_over_quotes_and_puts_the_shorter_first():
    names = ["Абай", "Алматы", "Алматы қаласы", "Әл-Фараби", "Қарағанды", "«Парасат»", "Ұлытау", "«Ұстаз»"]
    assert sorted(sorted(names), key=sort_key) == names


def test_other_letters_stand_before_the_alphabet():
    assert sorted(["Абай", "X", "Xабар", ""], key=sort_key) == ["", "X", "Xабар", "Абай"]


def test_which_letters_a_text_has():
    assert [has_cyrillic(text) for text in ("Kaspi", "Kaspi, қала")] == [False, True]
    assert [is_kazakh(text) for text in ("Новости", "Жаңалық", "ІС")] == [False, True, True]


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
        ("ҚР", "genitive", "ҚР-ның"),  # республика
        ("ТМД", "dative", "ТМД-ға"),
    ],
)
def test_abbreviations_take_a_hyphen(name, case, written):
    assert inflected(name, case) == written


def test_what_stands_in_brackets_stays():
    assert inflected("Түркістан (бұрынғы ОҚО)", "genitive") == "Түркістанның (бұрынғы ОҚО)"


def test_ordinals_in_words():
    assert [kazakh.ordinal(n) for n in (1, 2, 3, 10, 20, 40, 60, 306)] == [
        "бірінші", "екінші", "үшінші", "оныншы", "жиырмасыншы", "қырқыншы", "алпысыншы", "үш жүз алтыншы",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="no ordinal"):
        kazakh.ordinal(0)


def test_lists_and_look_alikes():
    assert kazakh.joined(["а", "ә", "б"]) == "а, ә және б"
    assert kazakh.joined(["а"]) == "а"
    assert kazakh.mended("Бiлiмдi ел, HTML, əдет, жиhан") == "Білімді ел, HTML, әдет, жиһан"
    assert kazakh.mended("index site") == "index site"
