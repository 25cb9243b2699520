"""A correction asks the village and its township to take every copy of the old sheet down."""

from datetime import date

from flask import Flask
from flask.testing import FlaskClient

from tests.factories import sign_in
from tests.published import make_published
from tests.ready_periods import Desk, make_desk, submit_ready
from village_open.core import clock
from village_open.db import db, transaction
from village_open.desk.old_sheets import list_old_sheets
from village_open.identity.models import Person
from village_open.notices.models import Posting
from village_open.villages.access import roles_of
from village_open.villages.queries import list_boards

HUNG_ON = "2026-10-01"


def corrected() -> tuple[Desk, list[int]]:
    """A quarter that hangs as two sheets, one of them taken down, and its correction."""
    desk = make_desk()
    submit_ready(desk)
    old = make_published(desk.village, issued_on=HUNG_ON)
    board = list_boards(desk.village.id)[0]
    rows = [
        Posting(
            disclosure_id=old.id, board_id=board.id, sheet_kind=kind, posted_on=date.fromisoformat(HUNG_ON),
            posted_by="李会计", taken_down_on=down,
        )
        for kind, down in (("finance_lines", None), ("finance_summary", date.fromisoformat(HUNG_ON)))
    ]  # fmt: skip
    db.session.add_all(rows)
    make_published(desk.village, seq=2, replaces=old, issued_on=HUNG_ON)
    return desk, [row.id for row in rows]


def told(person: Person) -> list[tuple[str, str]]:
    return [(one.heading, one.newer_number[-4:]) for one in list_old_sheets(roles_of(person))]


def test_what_still_hangs_of_a_corrected_sheet_waits_for_clerk_and_township_and_for_no_neighbour(
    both_engines: Flask,
) -> None:
    with transaction():
        desk, _ = corrected()
        other = make_desk(desk.village.township, number=201, name="王家湾村")
    assert told(desk.clerk) == told(desk.officer) == [("财务收支逐笔公开表", "财公2号")]
    assert told(desk.reviewers[0]) == told(other.clerk) == []


def test_the_desk_leads_to_the_old_sheet_and_the_task_is_done_when_it_is_taken_down(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context(), transaction():
        desk, (hanging, _) = corrected()
        clerk = desk.clerk.id
    sign_in(client, clerk)
    page = client.get("/desk").text
    address = f"/villages/990101101200/2026Q3/postings/{hanging}/take-down"
    assert address in page
    assert "要取下的旧公示单" in page
    assert address in client.get("/villages/990101101200/2026Q3/postings").text
    assert client.get(address).status_code == 200
    assert client.post(address, data={"taken_down_on": clock.today().isoformat()}).status_code == 302
    assert "要取下的旧公示单" not in client.get("/desk").text
    assert address not in client.get("/villages/990101101200/2026Q3/postings").text
    with app.app_context():
        row = db.session.get_one(Posting, hanging)
        assert row.taken_down_on == clock.today()
