"""Every page in a real browser: axe, a telephone's width, the keyboard, and what the browser itself complains of.

Each page is looked at in one of four ways, and all four of them are spread over the pages.
"""

from __future__ import annotations

import time

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from axe import violations
from browsers import open_browser, resize, show
from office import every_page

WAYS = [("nl", "light", 390), ("en", "dark", 390), ("nl", "dark", 1280), ("en", "light", 1280)]
LANGUAGES = {"nl": "Nederlands", "en": "English"}
WATCH = """
document.documentElement.style.scrollBehavior = 'auto';
const start = document.getElementById('main');
const here = [...start.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(one =>
  !one.disabled && one.type !== 'hidden' && one.checkVisibility({visibilityProperty: true})
  && !(one.type === 'radio' && document.querySelector(`input[name="${one.name}"]:checked`) !== one
       && document.querySelectorAll(`input[name="${one.name}"]`)[0] !== one));
window.helder = {here, order: [], unseen: []};
document.addEventListener('focusin', event => {
  // Past the page's end the Tab key begins before the content again: the walk is over.
  if (start.compareDocumentPosition(event.target) & Node.DOCUMENT_POSITION_PRECEDING) return;
  const one = event.target, style = getComputedStyle(one), box = one.getBoundingClientRect();
  helder.order.push(one);
  const marked = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  if (!marked || !box.width || !box.height) helder.unseen.push(one.outerHTML.slice(0, 120));
});
start.focus();
"""
MISSED = """
const met = [...new Set(helder.order)].filter(one => helder.here.includes(one));
return {
  missed: helder.here.filter(one => !met.includes(one)).map(one => one.outerHTML.slice(0, 120)),
  unseen: helder.unseen,
  in_order: met.every((one, n) => n === 0 || met[n - 1].compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING),
};
"""
LEFT = """
// The content itself counts too, where it started.
return [helder.here.length + 1 - new Set(helder.order).size, helder.order.length];
"""
AT_ONCE, SPARE = 30, 6  # a field for a date takes several keys


@pytest.fixture(scope="module")
def browsers(served, filled):
    """For each who looks: a browser in which they are logged in."""
    opened = {who: open_browser() for who in ("all", "supplier", "nobody")}
    for who, session in filled["sessions"].items():
        show(opened[who], served["address"] + "account/login/")
        opened[who].add_cookie({"name": "sessionid", "value": session})
    yield opened
    for browser in opened.values():
        browser.quit()


def speak(browser, language):
    """Choose the language, where it is not the page's own already."""
    for button in browser.find_elements(By.XPATH, f"//button[normalize-space()='{LANGUAGES[language]}']"):
        button.send_keys(Keys.ENTER)
        return


def walked(browser):
    """What the Tab key does not reach on its way from the content's start to the page's end, or reaches unseen or out of order."""
    browser.execute_script(WATCH)
    (left, before), idle = browser.execute_script(LEFT), 0
    while left > 0:
        ActionChains(browser, duration=0).send_keys(Keys.TAB * min(left + SPARE, AT_ONCE)).perform()
        # A busy browser answers a key before the page has heard of it: twice nothing is the end.
        left, now = browser.execute_script(LEFT)
        idle, before = idle + 1 if now == before else 0, now
        if idle == 2:
            break
        time.sleep(idle / 2)
    return browser.execute_script(MISSED)


@pytest.mark.parametrize("batch", range(len(WAYS)))
@pytest.mark.browser
@pytest.mark.slow
def test_nothing_is_wrong_on_any_page_for_axe_a_telephone_the_keyboard_or_the_browser(browsers, served, filled, batch):
    language, theme, width = WAYS[batch]
    for who, browser in browsers.items():
        show(browser, served["address"] + ("" if who != "nobody" else "account/login/"))
        speak(browser, language)
        browser.get_log("browser")
    wrong = {}
    for who, page in filled["pages"][batch :: len(WAYS)]:
        browser, at = browsers[who], (who, page)
        show(browser, served["address"].rstrip("/") + page, theme=theme, width=width)
        spoken = browser.find_element(By.TAG_NAME, "html").get_attribute("lang")
        found = violations(browser) + [f"speaks {spoken}"] * (spoken != language)
        keyboard = walked(browser)
        found += [f"{what}: {one}" for what in ("missed", "unseen") for one in keyboard[what]]
        found += [] if keyboard["in_order"] else ["the keyboard goes back and forth"]
        found += [line["message"] for line in browser.get_log("browser") if complains(line)]
        resize(browser, 320)
        if (wide := browser.execute_script("return document.documentElement.scrollWidth")) > 320:
            found.append(f"{wide} wide on a telephone of 320")
        if language == LONGEST:
            found += sideways(browser)
        if found:
            wrong[at] = found
    assert wrong == {}


LONGEST = "nl"
"""Dutch words are the longer ones: what goes past the edge is looked for in them."""
SIDEWAYS = """
const page = document.scrollingElement;
return [page.scrollWidth - innerWidth, ...[...document.querySelectorAll('.table-scroll')].map(one => one.scrollWidth - one.clientWidth)]
  .filter(more => more > 0);
"""


def sideways(browser):
    """What scrolls sideways between a telephone and a desktop: the page, or a table in it."""
    found = []
    for width in (1100, 900):
        resize(browser, width)
        found += [f"{more} too wide at {width}" for more in browser.execute_script(SIDEWAYS)]
    return found


@pytest.mark.browser
@pytest.mark.slow
def test_nothing_scrolls_sideways_on_the_pages_that_were_looked_at_in_a_language_of_shorter_words(
    browsers, served, filled
):
    wide = {}
    for who in ("all", "supplier"):
        show(browsers[who], served["address"])
        speak(browsers[who], LONGEST)
    for number, (who, page) in enumerate(filled["pages"]):
        if who != "nobody" and WAYS[number % len(WAYS)][0] != LONGEST:
            show(browsers[who], served["address"].rstrip("/") + page)
            if found := sideways(browsers[who]):
                wide[who, page] = found
            assert browsers[who].find_element(By.TAG_NAME, "html").get_attribute("lang") == LONGEST
    assert wide == {}


def complains(line):
    """Whether the browser complains; of a page that says itself that there is nothing, it repeats the status."""
    return line["level"] in ("WARNING", "SEVERE") and "the server responded with a status of 4" not in line["message"]


BAD = {
    "a trap": "<button>a</button><button onkeydown='event.preventDefault()'>b</button><button>c</button>",
    "unseen": "<style>:focus-visible { outline: none }</style><button>a</button>",
    "out of order": "<a href='/b' style='order: 2'>b</a><button tabindex='2'>a</button><button tabindex='1'>c</button>",
}


@pytest.mark.parametrize(("bad", "said"), [("a trap", "missed"), ("unseen", "unseen"), ("out of order", "in_order")])
@pytest.mark.browser
@pytest.mark.slow
def test_the_walk_by_keyboard_notices(browsers, bad, said):
    browser = browsers["nobody"]
    show(browser, f"data:text/html,<main id=main tabindex=-1>{BAD[bad]}</main>")
    found = walked(browser)
    assert found == {"missed": [], "unseen": [], "in_order": True} | {said: found[said]}
    assert found[said] not in ([], True)


@pytest.mark.any_database
@pytest.mark.parametrize(("kind", "error"), [("post", None), ("get", "how is the page new .* filled")])
def test_a_page_that_nobody_says_how_to_fill_is_an_error(office, monkeypatch, kind, error):
    """A form's target shows none, and need not be filled."""
    from contextlib import nullcontext
    from types import SimpleNamespace

    from django.urls import path

    from helder.web.pages import not_found

    monkeypatch.setattr("django.urls.reverse", lambda name, kwargs=None, args=(): f"/{name}/")
    client = SimpleNamespace(get=lambda address: SimpleNamespace(status_code=405 if kind == "post" else 404))
    with pytest.raises(LookupError, match=error) if error else nullcontext():
        assert every_page.addresses(client, [path("new/<int:number>/", not_found, name="new")]) == every_page.MORE
