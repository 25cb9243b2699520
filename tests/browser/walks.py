"""Walking through the house by its links alone, as one person may: every door that is offered must open."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup, SoupStrainer
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from village_open.demo.roster import PASSWORD

MOST_PAGES, DEEPEST = 150, 6
BASE = "http://localhost"
SLOW = {"notices.draft_sheet", "notices.preview_sheet"}
"""They set a whole sheet; one of each is enough here, tests/notices has the rest."""
_LINKS = {"a": "href", "img": "src", "link": "href", "script": "src", "source": "srcset"}


@dataclass
class Walk:
    """Where one person came to, and what was wrong on the way."""

    pages: dict[str, str] = field(default_factory=dict)
    """Path and endpoint of each page that is HTML, in the order of coming to it."""
    files: set[str] = field(default_factory=set)
    """Paths of pictures, sheets, lists, styles and scripts."""
    faults: list[str] = field(default_factory=list)


@dataclass
class _Walker:
    app: Flask
    client: FlaskClient
    is_signed_in: bool
    walk: Walk = field(default_factory=Walk)
    depths: dict[str, int] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    seen: "Counter[str]" = field(default_factory=Counter)
    known: dict[str, str] = field(default_factory=dict)
    """The endpoint of every path that was asked after: each waiting one is, before every step."""

    def go(self, start: str) -> Walk:
        self.depths[start] = 0
        while (path := self.next_path()) and len(self.opened) < MOST_PAGES:
            self.open(path)
        return self.walk

    def next_path(self) -> str | None:
        """The kind of page that was seen least comes first: a list of 300 lines must not eat the day."""
        waiting = [path for path in self.depths if path not in self.opened and self.is_wanted(path)]
        return min(waiting, key=lambda path: (self.seen[self.endpoint(path)], self.depths[path]), default=None)

    def is_wanted(self, path: str) -> bool:
        endpoint = self.endpoint(path)
        return not (endpoint in SLOW and self.seen[endpoint])

    def endpoint(self, path: str) -> str:
        if path not in self.known:
            try:
                self.known[path] = str(self.app.url_map.bind("localhost").match(urlsplit(path).path)[0])
            except HTTPException:
                self.known[path] = path
        return self.known[path]

    def open(self, path: str) -> None:
        self.opened.add(path)
        self.seen[self.endpoint(path)] += 1
        with self.client.get(path, follow_redirects=True) as answer:
            self.judge(path, answer)
            landed = answer.request.full_path.rstrip("?")
            if answer.mimetype != "text/html":
                self.walk.files.add(landed)
                return
            self.walk.pages.setdefault(landed, self.endpoint(landed))
            if self.depths[path] < DEEPEST:
                self.remember(landed, answer.text, self.depths[path] + 1)

    def judge(self, path: str, answer: TestResponse) -> None:
        if answer.status_code != 200:
            self.walk.faults.append(f"{path}: {answer.status_code}")
        if self.is_signed_in and answer.request.path == "/sign-in":
            self.walk.faults.append(f"{path}: leads back to the sign-in")
        self.walk.faults += [f"{path}: no server sends {name} {value}" for name, value in unsendable(answer)]

    def remember(self, landed: str, html: str, depth: int) -> None:
        for address in links(html):
            target = urldefrag(urljoin(BASE + landed, address)).url
            if target.startswith(BASE + "/"):
                self.depths.setdefault(target.removeprefix(BASE), depth)
            elif urlsplit(target).scheme in ("http", "https"):
                self.walk.faults.append(f"{landed}: leads out of the house to {target}")


def links(html: str) -> Iterator[str]:
    """Yield the address of every link and of everything a page loads."""
    for tag in BeautifulSoup(html, "html.parser", parse_only=SoupStrainer(list(_LINKS))).find_all(list(_LINKS)):
        if address := tag.get(_LINKS[tag.name]):
            yield str(address)


def unsendable(answer: TestResponse) -> list[tuple[str, str]]:
    """Return the headers that do not fit into Latin-1: the test client takes them, every real server breaks."""
    return [(name, value) for name, value in answer.headers if not value.isascii()]


def walk(app: Flask, *, login: str, start: str) -> Walk:
    """Follow links from a page, the page that was seen least first, as somebody with a login or as a resident."""
    client = app.test_client()
    if login:
        page = BeautifulSoup(client.get("/sign-in").text, "html.parser")
        token = page.select_one("main [name=csrf_token]")
        assert token is not None
        form = {"login": login, "password": PASSWORD, "csrf_token": str(token["value"])}
        assert client.post("/sign-in", data=form).status_code == 302
    return _Walker(app, client, bool(login)).go(start)
