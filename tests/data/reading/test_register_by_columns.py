"""A register read by columns, block by block, is the same as one read as a whole: tables, problems, rows."""

import itertools
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from aqparat.data.reading import blocks, columns, intake, opening, prose, signs
from aqparat.data.reading import encoding as encodings
from aqparat.data.reading.blocks import Blocks, Layout, UnusualError
from aqparat.data.reading.signs import Letters
from aqparat.data.texts import Writer
from aqparat.period import Period

PERIOD = Period.parse("2017H1")
HEADING = "date,organisation,outlet,title,language,format,url,speaker"
WORDS = [
    "кәсіподақ",
    "мұғалімдер",
    "Түркістан",
    "Сәтбаев",
    "РК",
    "семинар",
    "Тіл",
    "район",
    "Іле",
    "«Ұстаз»",
    "№1",
    "ёлка",
    "2017",
    "ж.",
    "г.",
    "Алматы",
]


def plain(n, at=0):
    """Give lines of a register with nothing to tell of."""
    for number in range(at, at + n):
        random.seed(number)
        day = date(2017, 1, 1) + timedelta(number % 181)
        title = " ".join(random.choices(WORDS, k=5))
        yield (
            f"{day},{random.choice(('KUS', 'ATY', 'AKM'))},{random.choice(('union-site', 'bilimdi-el'))},"
            f'"{title}, {number}",{random.choice(("kk", "ru", ""))},{random.choice(("text", "video", ""))},'
            f"https://example.org/{number},{random.choice(('', 'заңгер', 'төраға'))}"
        )


ODD = {  # lines that have something to be told of, or that is written in another way
    "nothing": [],
    "wrong day": ["2017-02-30,KUS,union-site,a title,kk,text,,", "2017-13-01,KUS,union-site,b,kk,text,,"],
    "day first": [f"{n:02}.03.2017,KUS,union-site,day first {n},kk,text,," for n in range(1, 29)],
    "day or month": [f"0{n}/03/2017,KUS,union-site,slashes {n},kk,text,," for n in range(1, 9)],
    "day with a time": ["2017-03-01 10:00,KUS,union-site,a,kk,text,,", "2017-03-01T10:00,KUS,serper,b,,,,"],
    "short year": ["01.03.17,KUS,union-site,a,kk,text,,", "42789,KUS,union-site,b,kk,text,,"],
    "names": [
        "2017-03-01,Қостанай облысы,сайт отраслевого профсоюза,a,на казахском,мәтін,,",
        "2017-03-02,Костанайская,union website,b,KK,Видео,,",
        "2017-03-03,Qostanay,«Білімді ел»,c,kk,text,,",
        "2017-03-04,Qostanay,«Білімді ел»,d,kk,text,,",
    ],
    "unknown": ["2017-03-01,QQQ,union-site,a,kk,text,,", "2017-03-01,KUS,unoin-site,b,по-русски,txet,,"],
    "total": ["2017-03-01,TOTAL,union-site,a,kk,text,,", "Барлығы,,,,,,,", "2017-03-01,Итого:,serper,b,,,,"],
    "nothing in it": [",,,,,,,", "", "2017-03-01,,,,,,,", "@,,,,", " , ,\u00a0,,,,,"],
    "cells": ["2017-03-01,KUS,union-site", "a,b,c,d,e,f,g,h,i,j", "one cell", "@a,,,,,"],
    "twice": ["@«Бір» атау,kk,text,,", "@«Бір» атау,kk,text,,"],
    "same item": [
        "@Ұстаздар  КҮНІ – Ёлка İ ϐ,kk,text,,",
        "2017-03-01,ATY,union-site,ұстаздар\u00a0күні – ёлка i̇ ϐ,ru,text,,",
        "01.03.2017,ATY,union website,ұстаздар\u2003күні – ЁЛКА İ ϐ,ru,,https://example.org/7,",
        "2017-03-02,ATY,union-site,ұстаздар күні – ёлка İ ϐ,ru,,,",
        "2017-03-01,ATY,bilimdi-el,ұстаздар күні – ёлка İ ϐ,ru,,,",
        "2017-03-05,KUS,union-site,«Қ»,kk,text,,",
        "2017-03-05,ATY,union-site,«қ»,kk,text,,",
    ],
    "prose": [
        "@А.Б. Иванов сөз сөйледі,kk,text,,төраға М. Т. Әбілқасов",
        "@Sh. Bekov and Smith J.K.,kk,text,,",
        "@В гостях: Иванова А.,kk,text,,",
        "@?здар к?ні,kk,text,,",
        "@Не білеміз?,kk,text,,",
        "@РљУ™СЃС–РїРѕРґР°Т›,kk,text,,",
        "@Êàçàõñòàí,kk,text,,",
        "@Љаза™стан Ѓылым,kk,text,,",
        "@\ufffdылым,kk,text,,",
        "@V. Итоги; Приложение А. Б,kk,text,,",
    ],
    "errors": [
        "@#REF!,kk,text,#Н/Д,",
        "2017-03-01,#N/A,union-site,Err:502,kk,Loading...,,Загрузка…",
        "@Қате:123,kk,text,,####",
        "@Ошибка:12,kk,text,,#1",
    ],
    "addresses": [
        "@a,kk,text,www.kz,",
        "@b,kk,text,http://пример.kz/я,",
        "@c,kk,text,http://a b,",
        "@d,kk,text,https://,",
    ],
    "other times": ["2016-12-31,KUS,union-site,a,kk,text,,", "2017-07-01,KUS,union-site,b,kk,text,,"],
    "not yet": ["2017-02-01,ATY,ustazdyq-engbek,a,kk,text,,"],
    "lines": ['@"one\ntwo, ""three""\n\nfour",kk,text,,', "@a,,,,"],
    "marks": ['@5" tube,kk,text,,', '@6" tube,kk,text,,'],
    "open mark": ['@"open,kk,text,,'],
    "mark after": ['@"a" b\nc",kk,text,,', '@"d\ne",kk,text,,'],
    "remark": ["Толтырған: төраға,,,,,,,", "signed by A. Smith"],
    "formula": ["@=1+1,kk,text,,", "@-a,kk,text,,b"],
    "repeated heading": [HEADING],
}  # fmt: skip


@pytest.fixture
def both(folder, monkeypatch):
    """Read registers as a whole and by columns in small blocks: the tables, and which went by columns."""

    def read(*registers):
        for name, content in registers:
            folder.write(f"2017H1/{name}", content)
        told = []
        for least, size in ((1 << 40, 4 << 20), (0, 2_000)):
            monkeypatch.setattr(opening, "LEAST", least)
            monkeypatch.setattr(opening, "BLOCK", size)
            monkeypatch.setattr(columns, "MOST_FOREIGN", 1)
            writer = Writer(folder.path / "processed")
            told.append((intake.read(folder.path, PERIOD, writer), writer.places))
        return told

    return read


def same(whole, by_columns):
    assert by_columns.problems == whole.problems
    assert by_columns.accounts == whole.accounts
    pd.testing.assert_frame_equal(by_columns.items, whole.items)
    pd.testing.assert_frame_equal(by_columns.texts.all(by_columns.items), whole.texts.all(whole.items))


def register(*lines, before=70, after=70):
    lines = [line.replace("@", "2017-03-01,KUS,union-site,") for line in lines]
    return "\n".join([HEADING, *plain(before), *lines, *plain(after, 1000)]) + "\n"


AS_A_WHOLE = ("open mark", "mark after")  # such files are not read by columns


def test_all_that_is_odd_together_is_told_alike(both):
    lines = [
        line for name, odd in ODD.items() if name not in AS_A_WHOLE for line in (*odd, *plain(5, len(name)))
    ]
    (whole, none), (told, there) = both(("publications.csv", register(*lines)))
    same(whole, told)
    assert there and not none


@pytest.mark.exhaustive
@pytest.mark.parametrize("odd", ODD)
def test_what_is_odd_is_told_alike(both, odd):
    (whole, _), (told, there) = both(("publications.csv", register(*ODD[odd])))
    same(whole, told)
    assert bool(there) != (odd in AS_A_WHOLE)


@pytest.mark.exhaustive
@pytest.mark.parametrize("odd", ["names", "remark", "prose", "nothing in it", "lines", "same item"])
@pytest.mark.parametrize("where", [(70, 0), (5, 140), (70, 20)])
def test_at_the_ends_too(both, odd, where):
    (whole, _), (told, there) = both(
        ("publications.csv", register(*ODD[odd], before=where[0], after=where[1]))
    )
    same(whole, told)
    assert there


WAYS = {
    "mark and line ends": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    "old line ends": lambda text: text.replace("\n", "\r"),
    "no last line end": lambda text: text.rstrip("\n"),
    "blank lines below": lambda text: text + "\n\n\n",
    "semicolons": lambda text: "\n".join(
        line.replace('"', "").replace(", ", " ").replace(",", ";") for line in text.splitlines()
    ),
    "headings in Russian": lambda text: text.replace(
        HEADING, "Дата,Организация,Издание,Заголовок,Язык,Формат,Адрес,Кто"
    ),
    "another column": lambda text: "\n".join(
        f"{line},{'' if n < 90 else n}" for n, line in enumerate(text.splitlines())
    ),
    "one more with a heading": lambda text: "\n".join(
        f"{n},{line}" for n, line in enumerate(text.splitlines())
    ),
    "fewer columns": lambda text: "\n".join(
        ",".join(line.split(",")[:4]) for line in text.replace(", ", " ").splitlines()
    ),
    "a missing column": lambda text: text.replace("title", "titel"),
    "a column twice": lambda text: text.replace("url", "title"),
    "a title above": lambda text: f"Register\n{text}",
    "titles above": lambda text: f'Register\n\n"of two\nlines"\n{text}',
    "titles with line ends": lambda text: f"Register\n\n{text}".replace("\n", "\r\n"),
    "titles with old line ends": lambda text: f"Register\n\n{text}".replace("\n", "\r"),
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("way", WAYS)
def test_written_in_other_ways(both, way):
    (whole, _), (told, _) = both(("publications-KUS.csv", WAYS[way](register(*ODD["names"]))))
    same(whole, told)


@pytest.mark.exhaustive
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("encoding", ["cp1251", "utf-16"])
def test_written_in_other_ways_and_encodings(both, way, encoding):
    content = WAYS[way](register(*ODD["names"]).lstrip("\ufeff")).encode(encoding, "replace")
    (whole, _), (told, _) = both(("publications-KUS.csv", content))
    same(whole, told)


@pytest.mark.parametrize("encoding", ["kz1048", "utf-16"])
def test_other_encodings_are_read_by_columns(both, encoding, monkeypatch):
    monkeypatch.setattr(encodings, "_PIECE", 3_000)
    late = ["2017-03-01,KUS,union-site,Қостанай және Өскемен,kk,text,,"]
    lines = [*(line.replace("ә", "а") for line in plain(300)), *late, *plain(40, 500)]
    content = "\n".join(["Тізілім", HEADING, *lines]).encode(encoding, "replace")
    (whole, _), (told, there) = both(("publications.csv", content))
    same(whole, told)
    assert there


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "encoding", ["cp1251", "kz1048", "koi8_r", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_each_other_encoding_is_read_by_columns(both, encoding):
    content = "\n".join([HEADING, *plain(200), *ODD["lines"]]).encode(encoding, "replace")
    (whole, _), (told, there) = both(("publications.csv", content))
    same(whole, told)
    assert there


@pytest.mark.exhaustive
@pytest.mark.parametrize("broken", [b"\xff", b"\0", b"\xd0"])
def test_broken_text_is_read_as_a_whole(both, broken):
    content = register(*plain(300, 2000)).encode().replace("Алматы, 2200".encode(), broken, 1)
    content = content[:9_000] + broken + content[9_000:]
    (whole, _), (told, there) = both(("publications.csv", content))
    assert told.problems == whole.problems and told.accounts == whole.accounts and not there


def test_several_files_repeat_each_other(both):
    one, two = (
        register(*ODD["same item"]),
        register(*ODD["twice"], *ODD["same item"], before=120, after=0),
    )
    (whole, _), (told, there) = both(
        ("publications.csv", one),
        ("publications-2.csv", two),
        ("publications-3.csv", register(*ODD["twice"], before=0, after=0)),
    )
    same(whole, told)
    assert len(there) == 2 and sum(account.aside for account in told.accounts) > 70


def test_a_file_in_which_most_is_odd_is_read_as_a_whole(both, monkeypatch):
    text = register(*[f"2017-03-01,QQQ,union-site,a {n},kk,text,," for n in range(400)])
    monkeypatch.setattr(columns, "MOST_FOREIGN", 0.2)
    (whole, _), (told, _) = both(("publications.csv", text))
    same(whole, told)


# blocks


def cut(text, size):
    path_like = __import__("io").BytesIO(text.encode())
    return [piece.decode() for piece in blocks.contents(path_like, size)]


@pytest.mark.parametrize("size", [7, 30, 1000])
def test_pieces_end_where_a_quotation_ends(size):
    text = 'a,b\n"x\ny","1\n2"\nc,d\r\n"""",e\n\n\nf,g\n\n'
    pieces = cut(text, size)
    assert "".join(pieces) == 'a,b\n"x\ny","1\n2"\nc,d\n"""",e\n\n\nf,g\n'
    assert all(piece.count('"') % 2 == 0 and piece.endswith("\n") for piece in pieces)


def test_a_block_that_does_not_end_with_a_row_is_not_read():
    layout = Layout(",", 2, frozenset())
    assert len(layout.parsed(bytearray(b'a,"b\nc"\n'))[0]) == 1
    with pytest.raises(UnusualError):
        layout.parsed(bytearray(b'a,"b\n'))


def test_no_more_than_some_blocks_are_read_ahead(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("a,b\n" * 10_000, encoding="utf-8")
    looked_at = []
    with ThreadPoolExecutor(2) as pool:
        reading = Blocks(path, Layout(",", 2, frozenset()), 400, lambda table: looked_at.append(table), pool)
        first = list(itertools.islice(reading, 3))
        reading.close()
    assert [block.first for block in first] == [1, 101, 201]
    assert all(len(block.table) == block.lines == 100 for block in first)
    assert len(looked_at) < 10


def test_a_file_that_cannot_be_read_on_says_so_in_its_place(tmp_path):
    path = tmp_path / "long.csv"
    path.write_bytes(b"a,b\n" * 300 + b"\xff,b\n" + b"a,b\n" * 300)
    read = []
    with ThreadPoolExecutor(2) as pool:
        reading = Blocks(path, Layout(",", 2, frozenset()), 400, len, pool)
        with pytest.raises(UnusualError):
            read += (block.seen for block in reading)
    assert read == [100, 100, 100]


# signs


def test_every_text_that_is_told_of_has_a_sign():
    random.seed(3)
    pieces = [
        *"АаБРСТУҚқІіЁёҰӘ.?«»ŠÐÕаbЃѓўґ \u00a0\ufffd–—№°±ђ",
        *("Дж.", "Sh.", "Иванов", "Түрік", "Рљ", "СЃ", "Ð°", "Êàç", "А.", "Б. ", "Иванова "),
    ]
    texts = ["".join(random.choices(pieces, k=random.randint(1, 6))) for _ in range(20_000)]
    told = np.array([prose.is_told(text) for text in texts])
    assert told.sum() > 500
    assert signs.suspect(Letters.of(pa.array(texts)))[told].all()


def test_ordinary_titles_have_no_sign():
    titles = [
        "Түркістанда семинар өтті",
        "Ұстаздар мерекесі № 5, «Ёлка»",
        "Сәтбаев пен Іле, 2017 ж. қорытынды",
    ]
    assert not signs.suspect(Letters.of(pa.array(titles))).any()


def test_texts_that_differ_in_case_and_space_have_the_same_number():
    texts = [
        "Ұстаздар  КҮНІ Ёлка",
        "ұстаздар\u00a0күні ёлка",
        "ұстаздар күні ёлка",
        "ұстаздар күні елка",
        "",
        "a",
        "A",
        "Ab",
    ]
    numbers = signs.folded(Letters.of(pa.array(texts))).tolist()
    assert numbers[0] == numbers[1] == numbers[2] != numbers[3] and numbers[5] == numbers[6] != numbers[7]
    assert len(set(numbers)) == 5


def test_every_letter_has_the_number_of_its_capital():
    letters = [chr(n) for n in range(0x20, 0x10000) if not 0xD800 <= n < 0xE000]
    for text in ("{}", "Ұстаздар {} күні", "{}ab", "Мерекелік шара: кәсіподақ {}"):
        texts = [text.format(letter).strip() for letter in letters]
        # as `checks` compares them
        alike = [" ".join(text.split()) for text in pc.utf8_lower(pa.array(texts)).to_pylist()]
        numbers, of_alike = (signs.folded(Letters.of(pa.array(all_))) for all_ in (texts, alike))
        assert [letter for letter, a, b in zip(letters, numbers, of_alike, strict=True) if a != b] == []


def test_titles_that_differ_in_a_digit_or_a_letter_have_different_numbers():
    titles = [f"Аудандық ұйымның жиналысы өтті, № {number}" for number in range(20_000)]
    assert len(set(signs.folded(Letters.of(pa.array(titles))).tolist())) == len(titles)
