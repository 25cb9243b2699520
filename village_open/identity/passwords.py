"""The one adapter to argon2: 19 MiB, two passes, one lane (OWASP's first choice for an old PC)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODY = _hasher.hash("a password that nobody has")
"""Checked where there is no account, so that an unknown login name takes as long as a known one."""


def hash_password(password: str) -> str:
    """Return the hash to be kept; the password itself never is."""
    return _hasher.hash(password)


def password_fits(password: str, kept_hash: str | None) -> bool:
    """Tell whether the password belongs to the hash; takes the same time when there is none."""
    try:
        _hasher.verify(kept_hash or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return kept_hash is not None
