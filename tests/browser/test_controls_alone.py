"""The controls without a kernel: a model that the test moves."""

import pytest
from aqparat.explore import controls

MODEL = """
async (source) => {
  const at = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { default: view } = await import(at);
  const options = [["a", "First"], ["b", "Second"]];
  const field = { name: "what", label: "What", kind: "one", options, value: "a", hint: "" };
  const page = { title: "T", text: "T", html: "<p>T</p>", name: "t", csv: "", svg: "" };
  const words = { panel: "P", language: "en" };
  const held = { words, fields: [field], pages: [page], chosen: {}, answered: {} };
  const heard = [];
  window.sent = [];
  window.model = {
    get: (name) => held[name],
    set: (name, value) => {
      const same = JSON.stringify(held[name]) === JSON.stringify(value);
      held[name] = value;
      if (same) return;
      heard.filter(([events]) => events.split(" ").includes(`change:${name}`)).forEach(([, tell]) => tell());
    },
    on: (events, f) => heard.push([events, f]),
    save_changes: () => window.sent.push(held.chosen),
  };
  view.render({ model: window.model, el: document.querySelector("main") });
}
"""


@pytest.fixture
def page(browser):
    page = browser.new_page()
    page.set_content("<main></main>")
    page.evaluate(MODEL, (controls._HERE / "controls.js").read_text(encoding="utf-8"))
    yield page
    page.close()


def is_busy(page):
    return page.locator(".pages").get_attribute("aria-busy") == "true"


def choose(page, value):
    page.locator("select").select_option(value)
    return page.evaluate("sent.length")


def answer(page):
    """Answer the last choice as the kernel does when it looks as before: with that choice alone."""
    page.evaluate("model.set('answered', sent.at(-1))")


def test_who_waits_no_longer_is_not_called_busy(page):
    assert not is_busy(page)
    assert choose(page, "a") == 1 and is_busy(page)  # what stands there already
    answer(page)
    assert not is_busy(page)
    assert choose(page, "a") == 1 and not is_busy(page)  # chosen again, it is not asked again
    choose(page, "b")
    assert choose(page, "a") == 3 and not is_busy(page)  # back to what is answered
    choose(page, "b")
    assert is_busy(page)
    answer(page)
    assert not is_busy(page)
