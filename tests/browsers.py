"""Debian's Chromium for tests: opened, and made to show a page at a width, in a theme, or on paper."""

from __future__ import annotations

from selenium import webdriver
from selenium.webdriver.chrome.service import Service


def open_browser(*, script: bool = True):
    """A browser without a window; close it with `quit`."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"):
        options.add_argument(argument)
    if not script:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    driver.set_script_timeout(300)  # axe takes seconds on an idle machine, and minutes on a busy one
    return driver


def resize(browser, width, height=900):
    """Make the window as wide and high as this."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def show(browser, address, *, width=1280, height=900, theme="light", media=""):
    """Open an address at a width, in a theme, on screen or (`media="print"`) as on paper."""
    resize(browser, width, height)
    features = [{"name": "prefers-color-scheme", "value": theme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
    browser.get(address)
