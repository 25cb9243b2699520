"""What a login name and a password must be, and how a first password is made; pure."""

import re
import secrets
import unicodedata

from village_open.core.canonical import sha256_hex
from village_open.core.errors import InputError

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 128
"""A longer one would only cost time to hash."""
_LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,39}")
_FIRST_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""No 0, 1, i, l, o: a slip is copied by hand."""
_FIRST_LENGTH = 12
_COMMON = frozenset(
    {
        "12345678", "123456789", "1234567890", "87654321", "11111111", "88888888", "66666666", "00000000",
        "password", "password1", "passw0rd", "qwertyui", "qwerty123", "1q2w3e4r", "1qaz2wsx", "abcd1234",
        "abc12345", "a1234567", "a12345678", "aa123456", "asdf1234", "woaini1314", "iloveyou", "5201314520",
    }
)  # fmt: skip


class LoginUnfit(InputError):
    """The login name has a shape that people mistype."""

    def __init__(self) -> None:
        super().__init__("登录名用小写字母开头，只含小写字母、数字、点、横线或下划线，3 到 40 个字符。", "login")


class PasswordUnfit(InputError):
    """The new password is one that others guess."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "new")


def plain_login(text: str) -> str:
    """Read a login name as people type it: any case or width, spaces around it."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def checked_login(text: str) -> str:
    """Return the login name to be kept.

    Raises:
        LoginUnfit: it has another shape.
    """
    login = plain_login(text)
    if not _LOGIN.fullmatch(login):
        raise LoginUnfit
    return login


def check_new_password(new: str, *, old: str, login: str) -> None:
    """Refuse a password that is short, the old one, the login name or among the first that are tried.

    Raises:
        PasswordUnfit: it must not be used; the message says why.
    """
    if len(new) < SHORTEST_PASSWORD:
        raise PasswordUnfit(f"新密码至少要 {SHORTEST_PASSWORD} 个字符。")
    if len(new) > LONGEST_PASSWORD:
        raise PasswordUnfit(f"新密码最多 {LONGEST_PASSWORD} 个字符。")
    if new == old:
        raise PasswordUnfit("新密码不能与原密码相同。")
    if new.lower() in _COMMON or len(set(new)) == 1:
        raise PasswordUnfit("这个密码太常见，容易被猜中，请换一个。")
    if login and login in new.lower():
        raise PasswordUnfit("密码里不能包含登录名，请换一个。")


def make_first_password() -> str:
    """Return a random password that can be read from paper: three groups of four, about 59 bits."""
    letters = [secrets.choice(_FIRST_ALPHABET) for _ in range(_FIRST_LENGTH)]
    return "-".join("".join(letters[i : i + 4]) for i in range(0, _FIRST_LENGTH, 4))


def token_sha256(token: str) -> str:
    """Return what the database keeps of a session's token."""
    return sha256_hex(token.encode())
