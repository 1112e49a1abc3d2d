"""What a fuzzer makes of a file: the same file a little broken, in the terms of its format."""

from __future__ import annotations

import io
import json
import zipfile
from random import Random
from typing import Any

_LONGEST = 1 << 18  # bytes that a broken file may have: more only take longer to read
# Texts that have broken readers before: here, or elsewhere.
TOKENS = [
    *("", " ", "\n", "\r", "\r\n\n", "\t", ",", ";", '"', '""', "'", "\0", "\ufeff", "\u2028", "\u202e", "ʼ"),
    *("0", "-0", "-1", "1e308", "1e400", "-1e308", "NaN", "Infinity", "9" * 400, "1" + "0" * 30, "٣", "３"),
    *("²", "½", "1_000", "0x10", "1 234,5", "1,234", "1.234", "=1+1", "#REF!", "−5", "true", "null"),
    *("2017-02-30", "0000-00-00", "9999-12-31", "0001-01-01", "2016-02-29", "31.12.2017", "2017H1", "2017"),
    *("TOTAL", "any", "television", "CEN", "KUS", "KUS ATY", "union-site", "exact", "more_than", "CON"),
    *("{}", "[]", "[" * 200, '{"a":' * 200, "{{7*7}}", "{% raw %}", "<!--", "]]>", "&amp;", "<table>"),
    *("..", "../../etc/passwd", "/etc/passwd", "C:\\x", "https://", "javascript:x", "\x1b[31m", "\\u0000"),
    *("\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "қ", "Қостанай", "д" * 3000),
]
_VALUES: list[Any] = [
    *(None, True, False, 0, -1, 1, 0.5, 1e308, -1e308, 10**40, 2**63, "", [], {}, [None], {"a": 1}),
    *(
        "x",
        "\0",
        "\ud800",
        "2017-01-01",
        "9999-99-99",
        "TOTAL",
        "..",
        "/etc/passwd",
        "raw/\0",
        "1-9999999999",
    ),
]


def mutated(content: bytes, random: Random, others: list[bytes]) -> bytes:
    """Return a file broken in one to four places.

    Parameters
    ----------
    content : bytes
    random : Random
    others : list of bytes
        Of the same kind: pieces may come from them.
    """
    for _ in range(random.choice([1, 1, 1, 2, 4])):
        if content.startswith(b"PK") and random.random() < 0.85:
            content = _archive(content, random, others)
        elif content[:1] in (b"{", b"[") and random.random() < 0.8:
            content = _json(content, random)
        elif random.random() < 0.7:
            content = _text(content, random)
        else:
            content = _bytes(content, random, others)
    return content[:_LONGEST]


def _bytes(content: bytes, random: Random, others: list[bytes]) -> bytes:
    at, length = random.randint(0, len(content)), random.choice([1, 2, 4, 16, 300])
    what = random.randrange(6)
    if what == 0 and content:
        at = random.randrange(len(content))
        return content[:at] + bytes([content[at] ^ 1 << random.randrange(8)]) + content[at + 1 :]
    if what == 1:
        return content[:at] + content[at + length :]
    if what == 2:
        return content[:at] + random.randbytes(length) + content[at:]
    if what == 3:
        other = random.choice(others)
        return content[:at] + other[random.randint(0, len(other)) :]
    if what == 4:
        return content[:at]
    return content[:at] + content[at : at + length] * random.choice([2, 3, 50]) + content[at + length :]


def _text(content: bytes, random: Random) -> bytes:
    """Break a text between its signs: a cell, a line, a word; or put it into another encoding."""
    if random.random() < 0.04:
        to = random.choice(
            ["utf-16", "utf-16-le", "utf-32", "utf-8-sig", "kz1048", "cp1251", "utf-7", "koi8-r"]
        )
        return content.decode("utf-8", "replace").encode(to, "replace")
    token = random.choice(TOKENS).encode("utf-8", "surrogatepass")
    separator = random.choice([b"\n", b",", b",", b'"', b" ", b"=", b"<", b">", b";"])
    parts = content.split(separator)
    at = random.randrange(len(parts))
    what = random.randrange(5)
    if what == 0:
        parts[at] = token
    elif what == 1:
        parts.insert(at, token)
    elif what == 2:
        del parts[at]
    elif what == 3:
        parts.insert(random.randrange(len(parts)), parts[at])
    else:
        other = random.randrange(len(parts))
        parts[at], parts[other] = parts[other], parts[at]
    return separator.join(parts)


def _json(content: bytes, random: Random) -> bytes:
    """Put something else into a place of an object, take it away or double it."""
    try:
        tree = json.loads(content)
    except (ValueError, RecursionError):
        return _text(content, random)
    holder: Any = tree
    while True:
        keys: list[Any] = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not keys:
            break
        key = random.choice(keys)
        if isinstance(holder[key], dict | list) and holder[key] and random.random() < 0.85:
            holder = holder[key]
            continue
        what = random.randrange(6)
        if what < 3:
            holder[key] = random.choice(_VALUES)
        elif what == 3:
            del holder[key]
        elif what == 4 and isinstance(holder, list):
            holder.insert(key, holder[key])
        else:
            other = random.choice(keys)
            holder[key], holder[other] = holder[other], holder[key]
        break
    return json.dumps(tree, ensure_ascii=random.random() < 0.2).encode("utf-8", "surrogatepass")


def _archive(content: bytes, random: Random, others: list[bytes]) -> bytes:
    """Break a part of an archive and pack it again, so that its checksums are right."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old:
            parts = [(name, old.read(name)) for name in old.namelist()]
    except Exception:
        return _bytes(content, random, others)
    if not parts:
        return _bytes(content, random, others)
    at = random.randrange(len(parts))
    name, part = parts[at]
    what = random.randrange(12)
    if what == 0:
        del parts[at]
    elif what == 1:
        parts.append(
            (random.choice([name, name.upper(), f"../{name}", f"/{name}", "xl/vbaProject.bin"]), part)
        )
    elif what == 2:
        parts[at] = (name, random.choice(parts)[1])
    else:
        parts[at] = (name, _xml(part, random) if what < 9 else _text(part, random))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for name, part in parts:
            try:
                new.writestr(zipfile.ZipInfo(name or "x"), part[:_LONGEST])
            except (ValueError, UnicodeError):
                continue
    return made.getvalue()


def _xml(part: bytes, random: Random) -> bytes:
    """Break what stands between the marks of a part: the value of an attribute, a text, a whole element."""
    what = random.randrange(4)
    if what == 0:  # between quotation marks: a reference, a number, a kind
        return _between(part, b'"', random)
    if what == 1:
        elements = part.split(b"<")
        at = random.randrange(len(elements))
        elements[at:at] = elements[at : at + random.randint(1, 9)]
        return b"<".join(elements)
    if what == 2:
        at = random.randint(0, len(part))
        return part[:at] + b"<!DOCTYPE x [<!ENTITY a 'b'>]>&a;" + part[at:]
    return _between(part, b">", random)


def _between(part: bytes, mark: bytes, random: Random) -> bytes:
    pieces = part.split(mark)
    at = random.randrange(len(pieces))
    rest = pieces[at][pieces[at].find(b"<") :] if mark == b">" and b"<" in pieces[at] else b""
    token = random.choice(
        [*TOKENS, "A1", "XFD1048576", "A0", "s", "inlineStr", "d", "e", "1048576", "99999999"]
    )
    pieces[at] = token.encode("utf-8", "surrogatepass") + rest
    return mark.join(pieces)
