import io
import zipfile

import pytest
from aqparat.data.reading import formats
from aqparat.data.reading.formats import OLE, Format


def archive(**parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/").replace("_", "."), text)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (archive(xl__workbook_xml="x"), Format.EXCEL),
        (archive(content_xml="x"), Format.OPEN_DOCUMENT),
        (b"PK\x03\x04 and no more", Format.UNKNOWN),
        (OLE + bytes(100), Format.OLD_EXCEL),
        (b"\t\x08\x10\x00" + bytes(20), Format.OLD_EXCEL),
        (b"<html><table>", Format.HTML),
        ("\ufeff  <!DOCTYPE html>\n<html>".encode(), Format.HTML),
        (b"<table border=1>\n<tr>", Format.HTML),
        (b'<?xml version="1.0"?><Workbook/>', Format.XML),
        ("date;title\n1;Тамыз".encode("cp1251"), Format.TEXT),
        ("date\ttitle\n1\tТамыз".encode("utf-16"), Format.TEXT),
        (bytes(range(256)), Format.UNKNOWN),
    ],
)
def test_what_a_file_is_by_its_bytes(content, kind):
    assert formats.of(content) is kind


def test_a_password_is_seen_where_there_is_one():
    assert formats.locked(OLE + bytes(50) + "EncryptedPackage".encode("utf-16-le"))
    assert formats.locked(
        archive(**{"META-INF__manifest_xml": "<manifest:encryption-data/>", "content_xml": ""})
    )
    assert not formats.locked(OLE + bytes(50))
    assert not formats.locked(archive(**{"META-INF__manifest_xml": "<manifest/>"}))
    assert not formats.locked(b"PK\x03\x04 and no more")
