"""People at the live server, each in a browser of their own, and what every page they open has to stand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize

from tests.browser.conftest import LAPTOP, PHONE, LiveServer
from village_open.demo.roster import PASSWORD

_NOT_FOUND = "Failed to load resource: the server responded with a status of "
_SCROLLS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@dataclass
class Guest:
    """Somebody's browser; what its console complains of is kept."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        """Keep an error of the console, refused content among them; a refused form is told by its page."""
        is_answer = message.text.startswith(_NOT_FOUND) and message.location.get("url") == self.page.url
        if message.type == "error" and not is_answer:
            self.complaints.append(f"{message.text} ({message.location.get('url')})")

    def visit(self, path: str, *, status: int = 200) -> None:
        """Open a page and hold it to everything."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}"
        self.look()

    def look(self) -> None:
        """Hold the page that is open to axe's rules, a quiet console, and no scrolling sideways."""
        found = Axe().run(self.page)
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"
        assert not self.page.evaluate(_SCROLLS), f"{self.page.url} scrolls sideways"
        assert not self.complaints, f"{self.page.url}\n{self.complaints}"

    def fits(self, window: ViewportSize) -> None:
        """Hold the page that is open to a window of another size, and come back."""
        usual = self.page.viewport_size
        self.page.set_viewport_size(window)
        self.page.reload()  # The grid decides when it is loaded whether it is a grid or cards.
        assert not self.page.evaluate(_SCROLLS), f"{self.page.url} scrolls sideways at {window['width']} px"
        if usual:
            self.page.set_viewport_size(usual)

    def press(self, label: str) -> None:
        """Press the one button of this name, and hold the page that comes to everything."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=label, exact=True).click()
        self.look()

    def follow(self, label: str) -> None:
        """Follow the first link of this name, and hold the page that comes to everything."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=label).first.click()
        self.look()

    def said(self) -> str:
        """Return the words of the page's main part."""
        return self.page.locator("main").inner_text()


@contextmanager
def guest(browser: Browser, server: LiveServer, *, login: str = "", is_phone: bool = False) -> Iterator[Guest]:
    """Let somebody come; with a login they sign in through the form."""
    context = browser.new_context(base_url=server.url, viewport=PHONE if is_phone else LAPTOP, locale="zh-CN")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    someone = Guest(context.new_page())
    someone.page.on("console", someone.hear)
    someone.page.on("pageerror", lambda error: someone.complaints.append(str(error)))
    if login:
        sign_in(someone, login)
    yield someone
    assert not someone.complaints, someone.complaints
    context.close()


def sign_in(someone: Guest, login: str) -> None:
    """Sign in through the form with the demo's password."""
    someone.page.goto("/sign-in")
    someone.page.fill("#login", login)
    someone.page.fill("#password", PASSWORD)
    someone.press("登录")
    assert "/sign-in" not in someone.page.url
