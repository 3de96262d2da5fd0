"""Takes the pictures in a real browser, logged in as a user; it runs in Superset's environment, which has Selenium.

On the standard input comes JSON: `address`, `user`, `password`, and `pictures`. Each of these has its `file` and its
`page`; for SQL Lab also the `schema` and the `table` whose comments are shown.
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import ActionChains, Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

_PATIENCE_SECONDS = 180
_COLOURS = 128
_WIDTH = 1500
# Charts outside of the window are not drawn, so a dashboard gets one that is higher than it is.
_DASHBOARD_HEIGHT, _LAB_HEIGHT = 4600, 1150
_FLAGS = (
    "headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking",
    "disable-component-update", "disable-sync", "disable-dev-shm-usage", "hide-scrollbars", "lang=en-US",
)  # fmt: skip
_CHART = ".dashboard-chart"
_UNFINISHED = f"{_CHART} .loading, .ant-spin-spinning, .ant-skeleton"
_END = f"""
return Math.ceil(Math.max(...[...document.querySelectorAll('{_CHART}')].map(e => e.getBoundingClientRect().bottom)));
"""


class Browser:
    """Debian's Chromium with a profile of its own."""

    def __init__(self, profile: str) -> None:
        options = ChromeOptions()
        options.binary_location = _program("chromium")
        for flag in (*_FLAGS, f"user-data-dir={profile}"):
            options.add_argument(f"--{flag}")
        self._page = Chrome(options=options, service=Service(_program("chromedriver")))

    def close(self) -> None:
        """End it."""
        self._page.quit()

    def log_in(self, address: str, user: str, password: str) -> None:
        """Fill in the form, and wait for what comes after it."""
        self._page.get(f"{address}/login/")
        self._find("#username").send_keys(user)
        secret = self._find("#password")
        secret.send_keys(password)
        secret.submit()
        self._wait(lambda: "/login" not in self._page.current_url)

    def dashboard(self, address: str, file: Path) -> None:
        """A picture of the whole dashboard, all charts drawn."""
        self._page.set_window_size(_WIDTH, _DASHBOARD_HEIGHT)
        self._page.get(address)
        self._wait(lambda: self._page.find_elements(By.CSS_SELECTOR, _CHART))
        self._wait(lambda: not self._page.find_elements(By.CSS_SELECTOR, _UNFINISHED))
        errors = self._page.find_elements(By.CSS_SELECTOR, f"{_CHART} [role=alert], {_CHART} .ant-alert")
        if errors:
            raise SystemExit(f"A chart of {address} says: {errors[0].text}")
        picture = self._still()
        picture.crop((0, 0, picture.width, self._page.execute_script(_END) + 24)).save(file, optimize=True)

    def comments(self, address: str, schema: str, table: str, file: Path) -> None:
        """A picture of SQL Lab with the comments of a table."""
        self._page.set_window_size(_WIDTH, _LAB_HEIGHT)
        self._page.get(address)
        self._wait(lambda: self._page.find_elements(By.XPATH, "//*[contains(text(), ' rows')]"))
        self._wait(lambda: self._open(schema, table))
        # The tree moves while its parts come in, so the pin is tried until it is caught.
        self._wait(lambda: self._pin(table))
        ActionChains(self._page).move_by_offset(_WIDTH // 2, 0).perform()
        self._still().save(file, optimize=True)

    def _open(self, schema: str, table: str) -> bool:
        """Try to have the views of a schema listed; True when they are."""
        if not self._nodes(table):
            with contextlib.suppress(WebDriverException):
                self._node(schema).click()
            time.sleep(5)
        return bool(self._nodes(table))

    def _pin(self, table: str) -> bool:
        """Try to have the comments of a table shown; True when they are."""
        if not self._page.find_elements(By.XPATH, "//*[normalize-space(text())='comment']"):
            with contextlib.suppress(WebDriverException):
                ActionChains(self._page).move_to_element(self._node(table)).perform()
                self._page.find_element(By.CSS_SELECTOR, f"[data-test^='pin-'][data-test$='{table}']").click()
            time.sleep(5)
        return bool(self._page.find_elements(By.XPATH, "//*[normalize-space(text())='comment']"))

    def _nodes(self, name: str) -> list[Any]:
        path = f"//*[contains(@class, 'tree-node-title') and normalize-space(text())='{name}']"
        return list(self._page.find_elements(By.XPATH, path))

    def _node(self, name: str) -> Any:
        self._wait(lambda: self._nodes(name))
        return self._nodes(name)[0]

    def _find(self, selector: str) -> Any:
        self._wait(lambda: self._page.find_elements(By.CSS_SELECTOR, selector))
        return self._page.find_element(By.CSS_SELECTOR, selector)

    def _wait(self, condition: Callable[[], object]) -> None:
        WebDriverWait(self._page, _PATIENCE_SECONDS).until(lambda _: condition())

    def _still(self) -> Image.Image:
        """What the window shows when nothing moves any more, in few colours: a page can do with them."""
        before, now = b"", self._page.get_screenshot_as_png()
        while before != now:
            time.sleep(3)
            before, now = now, self._page.get_screenshot_as_png()
        return Image.open(io.BytesIO(now)).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise SystemExit(f"There is no {name} (on Debian: apt install chromium chromium-driver).")
    return found


def main() -> None:
    """Take what is asked for."""
    asked = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as profile:
        browser = Browser(profile)
        try:
            browser.log_in(asked["address"], asked["user"], asked["password"])
            for each in asked["pictures"]:
                page, file = asked["address"] + each["page"], Path(each["file"])
                if "table" in each:
                    browser.comments(page, each["schema"], each["table"], file)
                else:
                    browser.dashboard(page, file)
                print(f"{file.name}: {file.stat().st_size // 1000} KB", flush=True)
        finally:
            browser.close()


if __name__ == "__main__":
    main()
