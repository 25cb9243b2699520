"""Making a world in a data directory, and opening a gate before a copy of it."""

import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from tests.house.gate import Gate
from tests.world import NOW, World, make_world
from village_open.app import create_app
from village_open.db import db, transaction
from village_open.identity.models import SignInSession
from village_open.identity.rules import token_sha256
from village_open.settings import SQLITE_FILE, Settings


@dataclass(frozen=True)
class Made:
    """A world in a data directory of its own, and the sign-in of everybody."""

    home: Path
    world: World
    tokens: dict[str, str]


def make_in(home: Path, migrated: Path, **size: int) -> Made:
    """Make a world of a size, as `make_world` takes it, in a data directory, and sign everybody in."""
    shutil.copy(migrated, home / SQLITE_FILE)
    app = application(home)
    with app.app_context():
        with transaction() as session:
            world = make_world(**size)
            people = [visitor for visitor in world.visitors.values() if visitor.person_id is not None]
            tokens = {visitor.label: secrets.token_urlsafe(16) for visitor in people}
            for visitor in people:
                token = token_sha256(tokens[visitor.label])
                session.add(SignInSession(token_sha256=token, person_id=visitor.person_id, started_at=NOW))
        db.engine.dispose()
    return Made(home, world, tokens)


def gate_before(made: Made, home: Path) -> Gate:
    """Copy a world into a data directory and open its gate."""
    shutil.copytree(made.home / "files", home / "files", dirs_exist_ok=True)
    app = application(home)
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined] # Flask's own interface has it
    seen = int(NOW.timestamp())
    cookies = {
        label: signer.dumps({"_user_id": token, "_fresh": True, "seen": seen}) for label, token in made.tokens.items()
    }
    return Gate(app, made.world, cookies, template=made.home / SQLITE_FILE, file=home / SQLITE_FILE)


def application(home: Path) -> Flask:
    """Make the application of a data directory."""
    settings = Settings(home=home, database_url=f"sqlite:///{home / SQLITE_FILE}", secret_key="for tests", testing=True)
    return create_app(settings)
