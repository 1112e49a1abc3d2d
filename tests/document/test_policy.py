import base64
import hashlib

from aqparat.document.policy import policy


def test_a_page_may_use_what_it_contains():
    digest = base64.b64encode(hashlib.sha256(b"run()").digest()).decode()
    assert policy("run()") == (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )


def test_without_script_and_pictures_neither_is_allowed():
    assert policy(pictures=False) == (
        "default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"
    )
