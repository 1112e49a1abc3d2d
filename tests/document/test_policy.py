import base64
import hashlib

from aqparat.document.policy import policy


def digest(content):
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def test_a_page_may_use_what_it_contains():
    assert policy("p{}", "run()") == (
        f"default-src 'none'; style-src 'sha256-{digest('p{}')}'; script-src 'sha256-{digest('run()')}'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )


def test_without_script_and_pictures_neither_is_allowed():
    assert policy("қ", pictures=False) == (
        f"default-src 'none'; style-src 'sha256-{digest('қ')}'; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )
