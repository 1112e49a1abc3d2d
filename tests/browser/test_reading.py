import re
from urllib.parse import urljoin

import pytest
from aqparat.choices import LANGUAGES
from playwright.sync_api import expect
from seen import FULL, NARROW, WIDE

PAGES = [f"{code}/report.html" for code in LANGUAGES] + ["organisations/KUS/kk/report.html", FULL]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_asked_for_and_nothing_complained_of(visit, address, path):
    page = visit(path)
    page.locator("main a.trace").first.click()
    page.keyboard.press("Escape")
    page.wait_for_load_state("networkidle")
    assert [url for url in page.asked if not url.startswith("data:")] == [urljoin(address, path)]
    assert page.said == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("viewport", [WIDE, NARROW, {"width": 320, "height": 700}])
def test_nothing_scrolls_sideways(visit, path, viewport):
    page = visit(path, viewport=viewport)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= viewport["width"]
    outside = page.evaluate("""() => [...document.querySelectorAll("body *")].filter((e) => {
        const box = e.getBoundingClientRect();
        const free = e.closest(".scroll, pre, .skip, .aside, nav");
        return box.width && !free && (box.right > innerWidth + 1 || box.left < -1);
    }).map((e) => e.outerHTML.slice(0, 100))""")
    assert outside == []


@pytest.mark.parametrize("path", ["kk/report.html", FULL])
def test_prose_tables_and_charts_share_both_edges(visit, path):
    """What is narrower than the text has less to show; nothing has another edge than the text."""
    page = visit(path)
    wide = "main figure svg, main .table > .scroll, main .table table, main .note, main h2"
    boxes = page.evaluate(f"""() => [...document.querySelectorAll("{wide}")]
        .map((e) => [e.tagName, e.getBoundingClientRect()]).filter(([, box]) => box.width)
        .map(([tag, box]) => [tag, Math.round(box.left), Math.round(box.right)])""")
    assert len({left for _, left, _ in boxes}) == 1
    assert len({right for tag, _, right in boxes if tag != "TABLE"}) == 1  # one with more columns scrolls
    [edge] = page.evaluate("""() => [...document.querySelectorAll(".masthead .inner")]
        .map((e) => Math.round(e.getBoundingClientRect().right))""")
    assert edge == max(right for tag, _, right in boxes if tag != "TABLE")


def test_the_measure_is_that_of_a_book(visit):
    page = visit()
    wide = page.evaluate("""() => {
        const text = document.querySelector("main p:not(.note)"), range = document.createRange();
        const node = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        const lines = new Map();
        for (let n = node.nextNode(); n; n = node.nextNode()) for (let i = 0; i < n.length; i += 1) {
            range.setStart(n, i); range.setEnd(n, i + 1);
            const line = Math.round(range.getBoundingClientRect().bottom / 8);
            lines.set(line, (lines.get(line) || 0) + 1);
        }
        return Math.max(...lines.values());
    }""")
    assert 60 <= wide <= 78


@pytest.mark.parametrize("path", PAGES)
def test_letters_in_charts_can_be_read_on_a_phone(visit, path):
    """A letter of the axis labels, drawn as paths, is at least 10 pixels high as type goes."""
    page = visit(path, viewport=NARROW)
    scales = page.evaluate(
        "[...document.querySelectorAll('figure svg')].map(s => s.clientWidth / s.viewBox.baseVal.width)"
    )
    assert scales
    assert min(scales) * 10 * 4 / 3 >= 10  # charts are drawn in letters of 10 points


def test_the_contents_follow_the_reader(visit):
    page = visit()
    current = page.locator("nav a[aria-current]")
    assert current.get_attribute("href") == "#summary"
    page.evaluate("document.getElementById('newspapers').scrollIntoView({behavior: 'instant'})")
    expect(page.locator("nav a[aria-current]")).to_have_attribute("href", "#newspapers")
    page.evaluate("scrollTo({top: 1e6, behavior: 'instant'})")
    expect(page.locator("nav a[aria-current]")).to_have_attribute("href", "#appendix")
    assert current.count() == 1


def test_the_contents_fold_on_a_phone(visit):
    page = visit(viewport=NARROW)
    summary, links = page.locator("nav summary"), page.locator("nav a")
    assert not links.first.is_visible()
    summary.click()
    links.filter(has_text="Шаралар").click()
    assert not links.first.is_visible()
    expect(page.locator("nav a[aria-current]")).to_have_attribute("href", "#measures")
    wide = visit(viewport={"width": 768, "height": 900})
    wide.evaluate("document.getElementById('measures').scrollIntoView({behavior: 'instant'})")
    expect(wide.locator("nav summary")).to_contain_text("Шаралар")  # where there is room for it
    top = page.locator("#measures").bounding_box()["y"]
    assert summary.bounding_box()["height"] < top < 200  # not under the bar


def test_the_languages_lead_to_one_another(visit):
    page = visit()
    for code, name in (("ru", "Русский"), ("en", "English"), ("kk", "Қазақша")):
        link = page.get_by_role("link", name=name)
        assert (link.get_attribute("hreflang"), link.get_attribute("lang")) == (code, code)
        link.click()
        page.wait_for_url(re.compile(f"/2017H1/{code}/report.html"))
        assert page.locator("html").get_attribute("lang") == code


def test_the_place_is_kept_when_the_language_is_changed(visit):
    page = visit()
    page.evaluate("document.getElementById('newspapers').scrollIntoView({behavior: 'instant'})")
    expect(page.locator("nav a[aria-current]")).to_have_attribute("href", "#newspapers")
    page.locator(".languages a[hreflang=ru]").dispatch_event("click")
    page.wait_for_url("**/ru/report.html#newspapers")


def test_an_organisation_leads_to_its_other_languages(visit):
    page = visit("organisations/KUS/kk/report.html")
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/organisations/KUS/en/report.html*")


def colours(page):
    return page.evaluate("""() => {
        const style = getComputedStyle(document.body);
        const bar = document.querySelector("figure svg .fill-main");
        return [style.backgroundColor, style.color, getComputedStyle(bar).fill];
    }""")


def test_the_theme_follows_the_system_and_the_reader(visit):
    page = visit(color_scheme="light")
    light = colours(page)
    page.emulate_media(color_scheme="dark")
    dark = colours(page)
    assert all(one != other for one, other in zip(light, dark, strict=True))
    assert (
        sum(map(int, re.findall(r"\d+", dark[0]))) < 150 < 600 < sum(map(int, re.findall(r"\d+", light[0])))
    )
    button = page.locator("#theme")
    assert button.get_attribute("aria-label") == "Жарық режим"
    button.click()
    assert colours(page) == light
    assert button.get_attribute("aria-label") == "Қараңғы режим"
    page.reload()
    assert colours(page) == light  # the choice is kept


def test_without_scripts_everything_can_be_read(visit):
    page = visit(java_script_enabled=False)
    assert page.locator("nav a").first.is_visible()
    assert not page.locator("#theme").is_visible()
    assert page.locator("main section").count() >= 12
    link = page.locator("main a.trace").first
    fact = link.locator("data").get_attribute("data-fact")
    link.click()
    assert page.url.endswith(f"#fact-{fact}")
    entry = page.locator(f"[id='fact-{fact}']")
    assert entry.is_visible()
    assert "observations.csv" in entry.inner_text()
    for place, made in (("#cards-key_figures", "report.cards"), (".table.copies", "report.table")):
        code = page.locator(f"{place} details.code")
        assert not code.locator("pre").is_visible()
        code.locator("summary").click()
        assert code.locator("pre").is_visible()
        assert made in code.inner_text()
    assert page.locator("figure svg .mark title").count() > 20
    with page.expect_download() as got:
        page.locator("a[download]").first.click()
    assert got.value.suggested_filename.endswith(".csv")


def test_print_has_the_text_and_not_the_buttons(visit):
    page = visit(color_scheme="dark")
    page.locator("#theme").click()
    page.locator("#theme").click()  # dark by choice
    page.emulate_media(media="print", color_scheme="dark")
    assert colours(page)[0] in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    for hidden in ("nav", ".bar", "#theme", ".tools", ".languages", "a.skip"):
        assert not page.locator(hidden).first.is_visible(), hidden
    for shown in ("h1", "main section", "figure svg", ".table table", ".appendix"):
        assert page.locator(shown).first.is_visible(), shown
    assert len(page.pdf(format="A4")) > 50_000


def test_motion_is_reduced_where_that_is_wished(visit):
    behaviour = "getComputedStyle(document.documentElement).scrollBehavior"
    assert visit(reduced_motion="reduce").evaluate(behaviour) == "auto"
    assert visit(reduced_motion="no-preference").evaluate(behaviour) == "smooth"


def test_the_policy_forbids_what_the_page_does_not_contain(visit, address):
    page = visit()
    blocked = []
    page.on("requestfailed", lambda request: blocked.append((request.url, request.failure)))
    page.evaluate("""() => {
        const add = (html) => document.body.insertAdjacentHTML("beforeend", html);
        add(`<img src="other.png" onerror="document.title = 'run'">`);
        const script = document.createElement("script");
        script.textContent = "document.title = 'run'";
        document.body.append(script);
    }""")
    page.wait_for_timeout(100)
    assert page.title() != "run"
    assert blocked == [(address + "kk/other.png", "csp")]
    assert len([line for line in page.said if "Content Security Policy" in line]) >= 2


WIDTHS = pytest.mark.parametrize("width", [1280, 768, 390])
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifted += shift.value;
}).observe({ type: "layout-shift", buffered: true });
"""
SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }
"""  # WCAG 2.2, 1.4.12


@WIDTHS
@pytest.mark.parametrize("path", ["en/report.html", FULL])
def test_nothing_moves_while_the_page_loads(visit, path, width):
    page = visit(path, SHIFTS, viewport={"width": width, "height": 900})
    page.wait_for_timeout(150)
    for _ in range(3):
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(50)
    assert page.evaluate("shifted") < 0.05


@WIDTHS
@pytest.mark.parametrize("path", ["kk/report.html", FULL])
def test_languages_and_pdf_stay_in_sight(visit, path, width):
    page = visit(path, viewport={"width": width, "height": 844})
    page.evaluate("document.getElementById('notes').scrollIntoView({behavior: 'instant'})")
    page.wait_for_timeout(50)
    expect(page.get_by_role("link", name="Русский")).to_be_in_viewport(ratio=1)
    expect(page.locator(".bar a[type='application/pdf']")).to_be_in_viewport(ratio=1)
    under = page.evaluate("""() => [...document.querySelectorAll(".bar a, .bar button")].filter((part) => {
        const box = part.getBoundingClientRect();
        const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return !part.contains(top);
    }).length""")
    assert under == 0  # neither the contents nor the mark of invented data lie over it
    fixed = page.evaluate("""() => Math.max(...[...document.querySelectorAll(".bar, nav summary")]
        .filter((part) => innerWidth < 1020 || part.matches(".bar"))
        .map((part) => part.getBoundingClientRect().bottom))""")
    assert fixed <= (90 if path == FULL else 50)
    assert page.locator("#notes").bounding_box()["y"] >= fixed


def test_the_block_is_kept_when_the_language_is_changed(visit):
    page = visit("kk/report.html")
    for block in ("figure-copies", "activity.1"):
        page.evaluate(f"document.getElementById('{block}').scrollIntoView({{behavior: 'instant'}})")
        page.wait_for_timeout(50)
        top = page.evaluate(f"document.getElementById('{block}').getBoundingClientRect().top")
        other = "ru" if "/kk/" in page.url else "kk"
        page.locator(f".languages a[hreflang={other}]").click()
        page.wait_for_url(f"**/{other}/report.html#{block}")
        page.wait_for_timeout(100)
        now = page.evaluate(f"document.getElementById('{block}').getBoundingClientRect().top")
        assert abs(now - top) < 3


def test_a_place_that_the_other_language_lacks_leads_to_its_section(visit):
    page = visit("ru/report.html#newspapers.99")
    page.wait_for_timeout(100)
    expect(page.locator("#newspapers")).to_be_in_viewport()


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_a_readers_own_spacing_is_taken_and_cuts_nothing(visit, width):
    page = visit("ru/report.html", viewport={"width": width, "height": 800})
    page.add_style_tag(content=SPACING)
    page.wait_for_timeout(50)
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).letterSpacing)") > 1
    assert page.said == []
    cut = page.evaluate("""() => [...document.querySelectorAll("body *")].filter((part) => {
        if (!part.checkVisibility() || part.closest("svg, pre, .aside, .again")) return false;
        const box = part.getBoundingClientRect(), style = getComputedStyle(part);
        const over = part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1;
        const hides = (style.overflowX + style.overflowY).includes("hidden") && part.clientWidth > 2;
        const spills = part.matches("td, th, .bar, summary") && part.scrollWidth > part.clientWidth + 2;
        const outside = box.right > innerWidth + 1 && !part.closest(".scroll, .skip");
        return (over && hides) || spills || outside;
    }).map((part) => part.outerHTML.slice(0, 120))""")
    assert cut == []


def contrast(one, other):
    """Give the contrast of two colours as WCAG 2 defines it."""

    def luminance(colour):
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_colours_of_the_readers_own_leave_charts_and_marks_readable(visit):
    page = visit("kk/report.html", forced_colors="active", color_scheme="dark")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    chart = page.evaluate("""() => {
        const svg = document.querySelector("figure svg"), style = getComputedStyle(svg);
        const letters = getComputedStyle(svg.querySelector(".fill-ink")).fill;
        return [style.forcedColorAdjust, style.backgroundColor, letters];
    }""")
    assert chart[0] == "none"
    assert min(contrast(chart[1], chart[2]), 7) == 7
    page.locator("#table-site_lowest thead button").last.click()
    mark = page.evaluate("""() => {
        const head = document.querySelector("#table-site_lowest thead th[aria-sort] button");
        const styles = [getComputedStyle(head, "::after"), getComputedStyle(document.body)];
        return styles.map((style) => style.backgroundColor);
    }""")
    assert contrast(*mark) >= 3
