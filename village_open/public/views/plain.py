"""A finance disclosure put so that it can be read out, or passed on."""

from flask import render_template
from flask.typing import ResponseReturnValue

from village_open.notices.errors import DisclosureNotFound
from village_open.notices.issuing import public_url
from village_open.notices.plain_sheets import texts_of, words_of
from village_open.notices.queries import find_successor, get_published
from village_open.public.caching import kept_briefly


def show_plain_words(code: str) -> ResponseReturnValue:
    """What came in, what went out, what is left; a script for the loudspeaker and a text for the chat group."""
    disclosure = get_published(code)
    if disclosure.is_affairs:
        raise DisclosureNotFound
    body = render_template(
        "public/show_plain_words.html", disclosure=disclosure, sheet=disclosure.sheet, words=words_of(disclosure),
        texts=texts_of(disclosure, public_url=public_url()), successor=find_successor(disclosure.id),
    )  # fmt: skip
    return kept_briefly(body)
