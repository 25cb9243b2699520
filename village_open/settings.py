"""Every setting of one installation, read once from environment variables and never changed."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from village_open.core.errors import InputError

SQLITE_FILE = "village_open.sqlite3"
MEGABYTE = 1024 * 1024
_SECRET_FILE = "secret_key"


VARIABLES = {
    "home": "VILLAGE_OPEN_HOME",
    "database_url": "VILLAGE_OPEN_DATABASE_URL",
    "secret_key": "VILLAGE_OPEN_SECRET_KEY",
    "public_url": "VILLAGE_OPEN_PUBLIC_URL",
    "supports_https": "VILLAGE_OPEN_HTTPS",
    "idle_minutes": "VILLAGE_OPEN_IDLE_MINUTES",
    "largest_upload_bytes": "VILLAGE_OPEN_LARGEST_UPLOAD_MB",
    "backup_reminder_days": "VILLAGE_OPEN_BACKUP_REMINDER_DAYS",
}
"""The environment variable of each field that an installation may set."""


class SettingUnreadable(InputError):
    """An environment variable holds something else than a whole number within its bounds."""

    def __init__(self, variable: str, text: str, lowest: int, highest: int) -> None:
        super().__init__(f"环境变量 {variable} 应为 {lowest} 到 {highest} 之间的整数，现在是“{text}”，请改正后再启动。")


@dataclass(frozen=True)
class Settings:
    """One installation; the variable of each field stands in `VARIABLES`."""

    home: Path
    """The data directory: database, files, secret key, licensed fonts."""
    database_url: str
    secret_key: str
    public_url: str = ""
    """Base address printed in QR codes, such as `http://192.168.1.10:5000`; empty prints no QR."""
    supports_https: bool = False
    """Sign-in cookies are sent over HTTPS only."""
    idle_minutes: int = 30
    """After so long without a click a person is signed out."""
    largest_upload_bytes: int = 40 * MEGABYTE
    """The largest request that is read, forms and files together."""
    backup_reminder_days: int = 7
    """After so many days without a backup the township's desk says so."""
    testing: bool = False
    """Of tests only."""

    @property
    def files(self) -> Path:
        """The content-addressed folder of receipts, photos and sheets."""
        return self.home / "files"

    @property
    def uploads(self) -> Path:
        """Where files wait that were handed in and not confirmed yet."""
        return self.home / "uploads"

    @property
    def fonts(self) -> Path:
        """Where an office may drop its licensed 小标宋."""
        return self.home / "fonts"

    @property
    def jobs_file(self) -> Path:
        """The job store of the embedded worker."""
        return self.home / "jobs.sqlite3"


def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; makes the data directory and its secret key when they are missing.

    Raises:
        SettingUnreadable: a number is none, or lies outside its bounds.
    """
    values = os.environ if environ is None else environ
    idle_minutes = _whole(values, "idle_minutes", Settings.idle_minutes, lowest=1, highest=24 * 60)
    megabytes = _whole(
        values, "largest_upload_bytes", Settings.largest_upload_bytes // MEGABYTE, lowest=1, highest=1024
    )
    reminder_days = _whole(values, "backup_reminder_days", Settings.backup_reminder_days, lowest=1, highest=366)
    home = Path(values.get(VARIABLES["home"], "instance")).resolve()
    home.mkdir(parents=True, exist_ok=True)
    return Settings(
        home=home,
        database_url=values.get(VARIABLES["database_url"], f"sqlite:///{home / SQLITE_FILE}"),
        secret_key=values.get(VARIABLES["secret_key"]) or _kept_secret(home),
        public_url=values.get(VARIABLES["public_url"], "").rstrip("/"),
        supports_https=values.get(VARIABLES["supports_https"], "") == "1",
        idle_minutes=idle_minutes,
        largest_upload_bytes=megabytes * MEGABYTE,
        backup_reminder_days=reminder_days,
    )


def _whole(values: Mapping[str, str], field: str, usual: int, *, lowest: int, highest: int) -> int:
    """Read a whole number; an empty variable is one that is not set."""
    text = values.get(VARIABLES[field], "").strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(highest)) else None
    if text and (number is None or not lowest <= number <= highest):
        raise SettingUnreadable(VARIABLES[field], text, lowest, highest)
    return usual if number is None else number


def _kept_secret(home: Path) -> str:
    path = home / _SECRET_FILE
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
    return path.read_text(encoding="ascii").strip()
