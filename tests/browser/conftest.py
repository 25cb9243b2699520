"""A real server and a real browser: waitress on a free port, headless Chromium."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from waitress import create_server

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
LAPTOP, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}


@dataclass(frozen=True)
class LiveServer:
    """A served application and its address."""

    url: str
    app: Flask


@pytest.fixture
def live_server(app: Flask) -> Iterator[LiveServer]:
    """Serve the application of this test; prepare data in `app.app_context()` before the browser comes."""
    with serving(app) as server:
        yield server


@contextmanager
def serving(app: Flask) -> Iterator[LiveServer]:
    """Serve an application on a free port."""
    server, is_closing = create_server(app, host="127.0.0.1", port=0, threads=4), threading.Event()

    def serve() -> None:
        try:
            server.run()
        except OSError:
            # Closing takes the socket away from under the loop that waits at it.
            if not is_closing.is_set():
                raise

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield LiveServer(f"http://127.0.0.1:{server.effective_port}", app)
    is_closing.set()
    server.close()
    thread.join(timeout=5)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """One person's browser: its own cookies and its own storage; addresses are relative to the server."""
    made = browser.new_context(base_url=live_server.url, viewport=LAPTOP, locale="zh-CN")
    made.grant_permissions(["clipboard-read", "clipboard-write"])
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """One tab; a script that fails anywhere fails the test."""
    tab = context.new_page()
    failed: list[str] = []
    tab.on("pageerror", lambda error: failed.append(str(error)))
    yield tab
    assert not failed, failed


@pytest.fixture
def sign_in() -> Callable[[Page, str, str], None]:
    """Sign a person in through the form."""

    def through_the_form(page: Page, login: str, password: str) -> None:
        page.goto("/sign-in")
        page.fill("#login", login)
        page.fill("#password", password)
        page.press("#password", "Enter")
        page.wait_for_url(lambda url: "sign-in" not in url)

    return through_the_form


@pytest.fixture
def axe_clean() -> Callable[[Page], None]:
    """Hold a page to axe's rules; the failure names the rule and the elements."""

    def check(page: Page) -> None:
        found = Axe().run(page)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return check
