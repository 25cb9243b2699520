"""The plain words of an issued finance disclosure: made from the frozen bytes when somebody asks."""

from village_open.db import db
from village_open.notices.plain_words import PlainWords, broadcast_script, chat_text, put_plainly
from village_open.notices.queries import Published, find_published
from village_open.notices.sheets.plain import PlainSheet, render_plain
from village_open.villages.queries import list_boards


def words_of(disclosure: Published) -> PlainWords:
    """Put a disclosure into plain words, compared with what was published of the period before."""
    last = find_published(disclosure.village_code, disclosure.period.previous.code)
    return put_plainly(disclosure.sheet, last.sheet if last is not None else None, code=disclosure.code)


def list_places(disclosure: Published) -> list[str]:
    """List where the village's boards are."""
    return [board.place for board in list_boards(disclosure.village_id)]


def texts_of(disclosure: Published, *, public_url: str) -> dict[str, str]:
    """Return the script for the loudspeaker and the text for the chat group."""
    words = words_of(disclosure)
    return {
        "broadcast": broadcast_script(words, hangs_at=list_places(disclosure)),
        "chat": chat_text(words, address=code_address(disclosure, public_url)),
    }


def code_address(disclosure: Published, public_url: str) -> str:
    """Return where the code is read, without a public address nothing."""
    return f"{public_url.rstrip('/')}/v/{disclosure.code}" if public_url else ""


def plain_pdf(disclosure: Published, *, size: str, public_url: str) -> bytes:
    """Print the plain words of a disclosure.

    Raises:
        SheetUnprintable: they do not fit on one page, or a character cannot be printed.
    """
    plain = PlainSheet(
        words=words_of(disclosure), frozen=disclosure.frozen, places=list_places(disclosure),
        address=code_address(disclosure, public_url),
    )  # fmt: skip
    # On SQLite a reader that stays while a sheet is made would block every save.
    db.session.rollback()
    return render_plain(plain, size).content
