"""A browser with nothing but cookies: signs in, posts forms and JSON."""

import http.client
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
GONE = (OSError, http.client.HTTPException)
"""What a request raises when the server dies under it."""


class UnexpectedAnswer(RuntimeError):
    """The server answered what it should not."""


@dataclass
class Browser:
    """One person's browser; its cookie outlives the server."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    is_signed_in: bool = False

    def sign_in(self, login: str, password: str) -> None:
        """Sign in as a person would.

        Raises:
            UnexpectedAnswer: the server does not let this person in.
        """
        self.cookies.clear()
        self.is_signed_in = False
        self.look("/sign-in")
        status, _ = self.post("/sign-in", {"login": login, "password": password})
        if status != 302:
            raise UnexpectedAnswer(f"sign-in of {login}: {status}")
        self.look("/change-password")
        self.is_signed_in = True

    def look(self, path: str) -> str:
        """Read a page and keep the token of its forms."""
        _status, text = self._ask("GET", path, b"", {})
        if found := TOKEN.search(text):
            self.token = found[1]
        return text

    def post(self, path: str, fields: Mapping[str, str]) -> tuple[int, str]:
        """Send a form."""
        body = urlencode({**fields, "csrf_token": self.token}).encode()
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def post_json(self, path: str, content: Any) -> tuple[int, str]:
        """Send JSON, as the grid does."""
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.token}
        return self._ask("POST", path, json.dumps(content).encode(), headers)

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            connection.request(method, path, body, {**headers, "Cookie": cookies})
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer.status, text
