"""The door for gunicorn: `gunicorn wsgi:app`."""

from village_open.app import create_app

app = create_app()
