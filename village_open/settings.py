"""Every setting of one installation, read once from environment variables and never changed."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SQLITE_FILE = "village_open.sqlite3"
_SECRET_FILE = "secret_key"


@dataclass(frozen=True)
class Settings:
    """One installation; each field names its variable in `from_environment`."""

    home: Path
    """The data directory: database, files, secret key, licensed fonts."""
    database_url: str
    secret_key: str
    public_url: str = ""
    """Base address printed in QR codes, such as `http://192.168.1.10:5000`; empty prints no QR."""
    supports_https: bool = False
    """Sign-in cookies are sent over HTTPS only."""
    idle_minutes: int = 30
    largest_upload_bytes: int = 40 * 1024 * 1024
    backup_reminder_days: int = 7
    testing: bool = False

    @property
    def files(self) -> Path:
        """The content-addressed folder of receipts, photos and sheets."""
        return self.home / "files"

    @property
    def fonts(self) -> Path:
        """Where an office may drop its licensed fonts."""
        return self.home / "fonts"

    @property
    def jobs_file(self) -> Path:
        """The job store of the embedded worker."""
        return self.home / "jobs.sqlite3"


def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; makes the data directory and its secret key when they are missing."""
    values = os.environ if environ is None else environ
    home = Path(values.get("VILLAGE_OPEN_HOME", "instance")).resolve()
    home.mkdir(parents=True, exist_ok=True)
    return Settings(
        home=home,
        database_url=values.get("VILLAGE_OPEN_DATABASE_URL", f"sqlite:///{home / SQLITE_FILE}"),
        secret_key=values.get("VILLAGE_OPEN_SECRET_KEY") or _kept_secret(home),
        public_url=values.get("VILLAGE_OPEN_PUBLIC_URL", "").rstrip("/"),
        supports_https=values.get("VILLAGE_OPEN_HTTPS", "") == "1",
    )


def _kept_secret(home: Path) -> str:
    path = home / _SECRET_FILE
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
    return path.read_text(encoding="ascii").strip()
