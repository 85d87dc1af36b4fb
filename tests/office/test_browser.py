"""A coordinator's first hour in a real browser: invitation, second factor, an event, a correction, the clocks."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.common.virtual_authenticator import VirtualAuthenticatorOptions
from selenium.webdriver.support.wait import WebDriverWait

from axe import violations
from browsers import open_browser, show
from office.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser():
    driver = open_browser()
    yield driver
    driver.quit()


def press(browser, text):
    """Press the button or follow the link with this text, by keyboard; the next page is there when this returns."""
    enter(browser, By.XPATH, f"//*[self::button or self::a][normalize-space()='{text}']")


def gone(element):
    """Whether its page is no longer there. Asked while the page is being replaced, Chromium has a word of its own."""
    try:
        element.is_enabled()
    except StaleElementReferenceException:
        return True
    except WebDriverException as error:
        if "does not belong to the document" in str(error):
            return True
        raise
    return False


def enter(browser, by, what):
    """Press what is found, and wait until its page has made place for another: a busy server takes its time."""
    found, old = browser.find_element(by, what), browser.find_element(By.TAG_NAME, "html")
    found.send_keys(Keys.ENTER)
    WebDriverWait(browser, 60).until(lambda page: gone(old))
    WebDriverWait(browser, 60).until(lambda page: page.execute_script("return document.readyState") == "complete")


def reads(browser, text):
    """Whether the page comes to say this text."""
    WebDriverWait(browser, 30).until(lambda page: text in page.page_source, f"'{text}' does not come")
    return True


def fill(browser, **fields):
    for name, value in fields.items():
        browser.find_element(By.NAME, name).send_keys(value)


def code_now(secret):
    """The six digits of a second factor, as a telephone shows them (RFC 6238)."""
    import base64
    import hashlib
    import hmac
    import struct

    key = base64.b32decode(secret)
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def test_the_first_hour(browser, served):
    show(browser, served["welcome"])
    if "Welkom" not in browser.title:
        press(browser, "Nederlands")
    assert violations(browser) == []
    fill(browser, username="eva", name="Eva", password=PASSWORD)
    press(browser, "Maak mijn account")
    assert violations(browser) == []
    fill(browser, login="eva", password=PASSWORD)
    press(browser, "Inloggen")
    # A second factor comes before anything else.
    assert "/account/2fa/" in browser.current_url
    show(browser, served["address"] + "account/2fa/totp/activate/")
    # A new factor asks for the password once more.
    fill(browser, password=PASSWORD)
    enter(browser, By.CSS_SELECTOR, "main form button")
    secret = browser.find_element(By.ID, "authenticator_secret").get_attribute("value")
    assert violations(browser) == []
    fill(browser, code=code_now(secret))
    enter(browser, By.CSS_SELECTOR, "main form button")

    show(browser, served["address"] + "timeline/")
    assert reads(browser, "Hier staat nog niets")
    press(browser, "Toevoegen")
    fill(browser, what="het laboratorium ontdekt de hack", party="The laboratory", source="brief")
    press(browser, "Opslaan")
    assert reads(browser, "Vul een dag in")
    assert violations(browser) == []
    day = browser.find_element(By.NAME, "on")
    browser.execute_script("arguments[0].value = '2025-07-06'", day)
    press(browser, "Opslaan")
    press(browser, "Wijzigen")
    day = browser.find_element(By.NAME, "on")
    assert day.get_attribute("value") == "2025-07-06"
    browser.execute_script("arguments[0].value = '2025-07-07'", day)
    fill(browser, why="nieuwere brief")
    press(browser, "Opslaan")
    assert reads(browser, "Eerdere versies")
    assert reads(browser, "nieuwere brief")

    press(browser, "English")
    assert reads(browser, "Earlier versions")
    press(browser, "Log out")
    fill(browser, login="eva", password=PASSWORD)
    press(browser, "Log in")
    fill(browser, code=_next_code(secret))
    enter(browser, By.CSS_SELECTOR, "main form button")
    show(browser, served["address"] + "timeline/")
    assert browser.find_elements(By.CSS_SELECTOR, "svg .event")


TYPED = "Roodenburg"


@pytest.mark.parametrize(
    ("page", "box", "all"), [("timeline", "words", "Show all"), ("audit", "subject", "Show everything")]
)
def test_a_name_that_is_looked_for_stands_in_no_address_that_the_browser_visits_and_in_no_log(
    browser, served, page, box, all
):
    """By keyboard: typed, nothing found, on to everything and back again."""
    show(browser, f"{served['address']}{page}/")
    for folded in browser.find_elements(By.CSS_SELECTOR, "main details.filter summary"):
        folded.send_keys(Keys.ENTER)
    fill(browser, **{box: TYPED})
    enter(browser, By.CSS_SELECTOR, "main form button")
    here = browser.current_url
    assert "?search=" in here and violations(browser) == []
    press(browser, all)
    browser.back()
    assert browser.current_url == here
    assert browser.find_element(By.NAME, box).get_attribute("value") == TYPED
    visited = browser.execute_cdp_cmd("Page.getNavigationHistory", {})["entries"]
    asked = browser.execute_script("return performance.getEntries().map(one => one.name)")
    told = [one["url"] for one in visited] + asked + Path(served["log"]).read_text("utf-8").splitlines()
    assert len(told) > 3
    assert [one for one in told if TYPED.lower() in one.lower()] == []


def _next_code(secret):
    """A code is good once: wait for the next."""
    used, limit = code_now(secret), time.monotonic() + 35
    while code_now(secret) == used and time.monotonic() < limit:
        time.sleep(0.5)
    return code_now(secret)


LIGHTS = (("light", 1280), ("dark", 390))


CHARTS = """
return [...document.querySelectorAll('svg.bars')].map(chart => {
  const room = chart.getBoundingClientRect();
  const drawn = [...chart.querySelectorAll('text, rect')].map(one => one.getBoundingClientRect());
  return {
    height: parseFloat(getComputedStyle(chart.querySelector('text')).fontSize),
    within: drawn.every(one => one.left >= room.left - 1 && one.right <= room.right + 1 && one.bottom <= room.bottom + 1),
    seen: room.left >= 0 && room.right <= innerWidth,
  };
});
"""


@pytest.mark.parametrize("width", [390, 1280])
def test_charts_are_seen_whole_and_their_texts_stay_as_large(browser, served, filled, width):
    show(browser, served["address"], width=width)
    charts = browser.execute_script(CHARTS)
    assert len(charts) >= 3
    assert charts == [{"height": 14, "within": True, "seen": True}] * len(charts)


def test_the_keyboard_reaches_the_content_at_once(browser, served):
    show(browser, served["address"] + "timeline/")
    browser.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    link = browser.switch_to.active_element
    assert link.get_attribute("href").endswith("#main")
    assert link.is_displayed()
    link.send_keys(Keys.ENTER)
    assert browser.switch_to.active_element.get_attribute("id") == "main"


def test_on_a_telephone_the_menu_is_folded_and_opens_by_keyboard_without_script(browser, served, filled):
    show(browser, served["address"] + "timeline/", width=390)
    menu = browser.find_element(By.CSS_SELECTOR, "nav.menu")
    assert not menu.is_displayed()
    assert browser.find_element(By.TAG_NAME, "h1").location["y"] < 200
    for _ in range(3):  # past the link to the content and the name
        browser.switch_to.active_element.send_keys(Keys.TAB)
    assert browser.switch_to.active_element.tag_name == "summary"
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert menu.is_displayed()
    enter(browser, By.XPATH, "//nav[@class='menu']//a[contains(@href, '/clocks/')]")
    assert "/clocks/" in browser.current_url
    show(browser, served["address"] + "timeline/")  # where there is room it is always open
    assert browser.find_element(By.CSS_SELECTOR, "nav.menu").is_displayed()


def test_the_keyboard_goes_from_a_late_term_in_the_picture_to_its_clock_and_back(browser, served, filled):
    show(browser, served["address"] + "timeline/")
    late = browser.find_element(By.CSS_SELECTOR, "svg a.term:has(.band-over)")
    browser.execute_script("arguments[0].focus()", late)
    assert browser.switch_to.active_element == late
    enter(browser, By.CSS_SELECTOR, "svg a.term:has(.band-over)")
    assert re.search(r"/clocks/[0-9a-f-]{36}/$", browser.current_url)
    enter(browser, By.CSS_SELECTOR, "main p a")
    assert browser.current_url.endswith("/clocks/")


@pytest.fixture
def authenticator(browser):
    """A made-up passkey holder: of this machine, that has checked its user."""
    browser.add_virtual_authenticator(
        VirtualAuthenticatorOptions(
            transport="internal", has_resident_key=True, has_user_verification=True, is_user_verified=True
        )
    )
    yield browser
    browser.remove_virtual_authenticator()


def test_a_passkey_logs_in_without_a_password(authenticator, browser, served):
    """At `localhost`: browsers give no passkeys to an address that is a number."""
    show(browser, served["address"])
    session = browser.get_cookie("sessionid")["value"]
    place = served["address"].replace("127.0.0.1", "localhost")
    show(browser, place + "account/login/")
    assert violations(browser) == []
    browser.add_cookie({"name": "sessionid", "value": session})
    show(browser, place + "account/2fa/webauthn/add/")
    if browser.find_elements(By.NAME, "password"):  # it asks once more when the log-in was a while ago
        fill(browser, password=PASSWORD)
        enter(browser, By.CSS_SELECTOR, "main form button")
    assert violations(browser) == []
    fill(browser, name="telephone")
    browser.find_element(By.NAME, "passwordless").click()
    enter(browser, By.ID, "mfa_webauthn_add")
    assert len(browser.get_credentials()) == 1
    press(browser, "Log out")
    enter(browser, By.ID, "passkey_login")
    show(browser, place + "timeline/")
    assert reads(browser, "het laboratorium ontdekt de hack")
    _take_away(browser, place + "account/2fa/webauthn/")


def _take_away(browser, address):
    """Somebody who lost the holder of their passkey sees it, names it and removes it, by keyboard."""
    for theme, width in LIGHTS:
        show(browser, address, theme=theme, width=width)
        assert "telephone" in browser.find_element(By.TAG_NAME, "main").text
        assert violations(browser) == []
    enter(browser, By.PARTIAL_LINK_TEXT, "Rename")
    assert violations(browser) == []
    fill(browser, password=PASSWORD)
    enter(browser, By.CSS_SELECTOR, "main form button")
    assert violations(browser) == []
    fill(browser, name="lost one")
    enter(browser, By.ID, "mfa_webauthn_edit")
    assert "lost one" in browser.find_element(By.TAG_NAME, "main").text
    enter(browser, By.PARTIAL_LINK_TEXT, "Remove")
    assert violations(browser) == []
    enter(browser, By.CSS_SELECTOR, "main form button")
    assert "You have none yet." in browser.find_element(By.TAG_NAME, "main").text
