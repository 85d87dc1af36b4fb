"""The page in a real browser: readable, reachable by keyboard, narrow, dark, on paper, and without script."""

from __future__ import annotations

import base64

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from axe import violations
from browsers import open_browser, show
from demo_page.sample import sample
from helder.results.page import write

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LANGS = pytest.mark.parametrize("lang", ["nl", "en"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("browser")
    write(folder, sample())
    return folder


@pytest.fixture(scope="module")
def browser():
    driver = open_browser(script=True)
    yield driver
    driver.quit()


def look(browser, folder, lang, **how):
    """Open the page in a language, at a width, in a theme."""
    show(browser, (folder / f"page.{lang}.html").as_uri(), **how)


@LANGS
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_wrong(browser, folder, lang, theme, width):
    look(browser, folder, lang, theme=theme, width=width)
    browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert violations(browser) == []


def test_axe_does_find_what_is_wrong(browser, tmp_path):
    (tmp_path / "page.nl.html").write_text("<!DOCTYPE html><html><p style='color:#ccc'>grey<img src='data:,'>")
    look(browser, tmp_path, "nl")
    assert {found.split(":")[0] for found in violations(browser)} >= {"color-contrast", "html-has-lang", "image-alt"}


@LANGS
@pytest.mark.parametrize("width", [320, 390, 640, 819, 820, 1024, 1280, 1920])
def test_nothing_scrolls_sideways(browser, folder, lang, width):
    look(browser, folder, lang, width=width)
    browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 1280])
def test_one_picture_of_each_chart_is_seen(browser, folder, width):
    look(browser, folder, "nl", width=width)
    seen = "return [...document.querySelectorAll('figure svg[role=img]')].filter(s => s.getClientRects().length)"
    kinds = browser.execute_script(f"{seen}.map(s => s.getAttribute('class'))")
    assert kinds == ["narrow" if width == 320 else "wide"] * 10


@pytest.mark.parametrize("width", [320, 1280])
@LANGS
def test_no_text_in_a_picture_runs_out_of_it(browser, folder, lang, width):
    look(browser, folder, lang, width=width)
    out = browser.execute_script(
        """return [...document.querySelectorAll('figure svg[role=img]')].filter(s => s.getClientRects().length)
        .flatMap(s => { const frame = s.getBoundingClientRect();
          return [...s.querySelectorAll('text')].filter(t => { const r = t.getBoundingClientRect();
            return r.right > frame.right + 2 || r.left < frame.left - 2 || r.bottom > frame.bottom + 2 })
          .map(t => s.id + ': ' + t.textContent) })"""
    )
    assert out == []


def test_texts_in_a_picture_do_not_overlap(browser, folder):
    for lang, width in (("nl", 1280), ("en", 1280), ("nl", 320), ("en", 320)):
        look(browser, folder, lang, width=width)
        over = browser.execute_script(
            """return [...document.querySelectorAll('figure svg[role=img]')].filter(s => s.getClientRects().length)
            .flatMap(s => { const t = [...s.querySelectorAll('text')].map(e => [e.textContent, e.getBoundingClientRect()]);
              return t.flatMap(([a, r], i) => t.slice(i + 1).filter(([b, q]) =>
                Math.min(r.right, q.right) - Math.max(r.left, q.left) > 2 &&
                Math.min(r.bottom, q.bottom) - Math.max(r.top, q.top) > 8).map(([b]) => a + ' / ' + b)) })"""
        )
        assert over == []


@LANGS
def test_the_keyboard_reaches_everything_in_order(browser, folder, lang):
    look(browser, folder, lang)
    wanted = browser.execute_script(
        "return [...document.querySelectorAll('a[href], summary, [tabindex=\"0\"]')]"
        ".filter(e => e.checkVisibility()).map(e => e.tagName + (e.getAttribute('href') || e.textContent.slice(0, 40)))"
    )
    reached = []
    for _ in wanted:
        browser.switch_to.active_element.send_keys(Keys.TAB)
        reached.append(
            browser.execute_script(
                "const e = document.activeElement;"
                "return e.tagName + (e.getAttribute('href') || e.textContent.slice(0, 40))"
            )
        )
    assert reached == wanted
    other = "en" if lang == "nl" else "nl"
    assert reached[:2] == ["A#main", f"Apage.{other}.html"]
    # Ten tables and assumptions word for word, three letters' words, and the letters in the other language.
    assert sum(found.startswith("SUMMARY") for found in reached) == 14


def test_what_has_the_focus_can_be_seen(browser, folder):
    look(browser, folder, "nl")
    body = browser.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.TAB)
    skip = browser.switch_to.active_element
    assert skip.get_attribute("href").endswith("#main")
    assert skip.rect["x"] >= 0
    skip.send_keys(Keys.TAB)
    link = browser.switch_to.active_element
    assert link.value_of_css_property("outline-width") == "3px"


def test_the_way_past_the_head_leads_to_the_main_text(browser, folder):
    look(browser, folder, "en")
    browser.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert browser.execute_script("return document.activeElement.id") == "main"


def test_the_language_link_leads_to_the_same_page_in_the_other_language(browser, folder):
    look(browser, folder, "nl")
    browser.find_element(By.CSS_SELECTOR, "header a.lang").click()
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en"


def test_things_to_press_are_large_enough(browser, folder):
    """WCAG 2.2, 2.5.8: 24 by 24 pixels, but for links inside a sentence."""
    look(browser, folder, "nl", width=390)
    for element in browser.find_elements(By.CSS_SELECTOR, "header a.lang, nav a, summary"):
        assert element.size["height"] >= 24, element.text


@LANGS
def test_the_page_is_whole_without_script(folder, lang):
    driver = open_browser(script=False)
    try:
        driver.get((folder / f"page.{lang}.html").as_uri())
        details = driver.find_elements(By.CSS_SELECTOR, "details")[0]
        assert details.get_attribute("open") is None
        details.find_element(By.TAG_NAME, "summary").send_keys(Keys.ENTER)
        assert details.get_attribute("open") is not None
        assert details.find_element(By.TAG_NAME, "table").is_displayed()
        assert [line for line in driver.get_log("browser") if line["level"] == "SEVERE"] == []
    finally:
        driver.quit()


def test_text_can_be_spaced_out_without_loss(browser, folder):
    """WCAG 1.4.12: line height, letters, words and paragraphs further apart."""
    look(browser, folder, "nl", width=320)
    browser.execute_script(
        "const s = document.createElement('style'); s.textContent = '*:not(svg *) { line-height: 1.5 !important;"
        "letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }';"
        "document.head.append(s)"
    )
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 320


def test_on_paper_the_page_is_light_and_wide(browser, folder):
    look(browser, folder, "nl", theme="dark", media="print", width=700)
    style = browser.execute_script("const s = getComputedStyle(document.body); return [s.backgroundColor, s.color]")
    assert style == ["rgba(0, 0, 0, 0)", "rgb(24, 33, 43)"]
    assert browser.find_element(By.CSS_SELECTOR, "#figure-difference svg.wide").is_displayed()
    assert not browser.find_element(By.CSS_SELECTOR, "nav.contents").is_displayed()
    pdf = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
    paper = base64.b64decode(pdf["data"])
    assert paper.startswith(b"%PDF")
    assert len(paper) < 1_000_000  # patterns would make it 13 MB


def test_nothing_is_asked_of_the_network(browser, folder):
    look(browser, folder, "en")
    asked = browser.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
    assert [name for name in asked if not name.startswith("data:")] == []
