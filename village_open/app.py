"""The application factory: reads like a table of contents."""

from pathlib import Path

from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_migrate import Migrate
from whitenoise import WhiteNoise

from village_open.db import db
from village_open.decisions.routes import blueprint as decisions
from village_open.decisions.surroundings import ask_above
from village_open.desk.routes import blueprint as desk
from village_open.finance.pages import ask_for_sheets
from village_open.finance.routes import blueprint as finance
from village_open.finance.uploads import clear_uploads
from village_open.identity.routes import blueprint as identity
from village_open.identity.visitors import recognise_visitors
from village_open.identity.witness import Witness, ask_for_witness
from village_open.jobs import carry_jobs
from village_open.notices.around import AROUND
from village_open.notices.boards import is_register_closed
from village_open.notices.issuing import FINISH_DISCLOSURE, finish_disclosure, list_undone
from village_open.notices.makings import is_making
from village_open.notices.routes import blueprint as notices
from village_open.printing.fonts import check_fonts
from village_open.public.routes import blueprint as public
from village_open.registers.routes import blueprint as registers
from village_open.registers.surroundings import ask_whether_closed
from village_open.settings import Settings, from_environment
from village_open.villages.actions import note_lock, note_own_password
from village_open.villages.routes import blueprint as villages
from village_open.web.answers import answer_errors
from village_open.web.filters import add_filters
from village_open.web.languages import speak
from village_open.web.routing import refuse_undeclared_pages
from village_open.web.security import secure

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (identity, villages, decisions, finance, registers, notices, desk, public)


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application of one installation.

    Raises:
        FontsMissing: a font or libharfbuzz-subset is not installed; says what to install.
    """
    settings = settings or from_environment()
    if not settings.testing:
        check_fonts()
    app = Flask("village_open", root_path=str(ROOT / "village_open"), template_folder=str(ROOT / "templates"))
    _configure(app, settings)
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    speak(app)
    Bootstrap5(app)
    secure(app)
    recognise_visitors(app)
    answer_errors(app)
    add_filters(app)
    ask_for_witness(app, Witness(note_lock, note_own_password))
    ask_for_sheets(app, is_making)
    ask_above(app, AROUND)
    ask_whether_closed(app, is_register_closed)
    carry_jobs(app, {FINISH_DISCLOSURE: finish_disclosure}, undone=list_undone, daily=clear_uploads)
    for room in ROOMS:
        app.register_blueprint(room)
    refuse_undeclared_pages(app)
    app.wsgi_app = WhiteNoise(app.wsgi_app)  # type: ignore[method-assign] # the documented way to wrap
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"pool_pre_ping": not settings.database_url.startswith("sqlite")},
        MAX_CONTENT_LENGTH=settings.largest_upload_bytes,
        MAX_FORM_PARTS=20_000,
        SESSION_COOKIE_NAME="village_open",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.supports_https,
        BOOTSTRAP_SERVE_LOCAL=True,
        WTF_CSRF_TIME_LIMIT=None,
        TESTING=settings.testing,
    )
