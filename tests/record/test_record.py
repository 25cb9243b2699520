"""The record only grows, holds together, and says where it does not."""

import threading
from dataclasses import dataclass

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from village_open.core.canonical import sha256_hex
from village_open.db import db, transaction
from village_open.record.actions import record_deed
from village_open.record.commands import record
from village_open.record.models import RecordEntry
from village_open.record.queries import find_broken_link, list_chains, list_trail

CHAIN = "990101101200"


@dataclass(frozen=True)
class Doer:
    id: int = 7
    name: str = "林会计"


def _deed(number: int, chain: str = CHAIN) -> None:
    record_deed(
        chain=chain, kind="tests.did", by=Doer(), said=f"做了第 {number} 件事",
        before={"name": "旧", "fen": 1}, after={"name": "新", "members": [1, 2]},
    )  # fmt: skip


@pytest.fixture
def three(both_engines: Flask) -> Flask:
    """A chain of three deeds and another of one, on both engines."""
    with transaction():
        for number in (1, 2, 3):
            _deed(number)
        _deed(1, "990101101")
    return both_engines


def _without_triggers(statement: str) -> None:
    """Do what only somebody with the database file in hand could do."""
    with transaction() as session:
        if db.engine.dialect.name == "sqlite":
            session.execute(text("DROP TRIGGER tr_record_entry_no_update"))
            session.execute(text("DROP TRIGGER tr_record_entry_no_delete"))
        else:
            session.execute(text("ALTER TABLE record_entry DISABLE TRIGGER USER"))
        session.execute(text(statement))


def test_a_chain_begins_at_one_and_each_entry_holds_the_hash_of_the_one_before(three: Flask) -> None:
    entries = db.session.scalars(select(RecordEntry).where(RecordEntry.chain == CHAIN).order_by(RecordEntry.seq)).all()
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert entries[0].prev == "0" * 64
    assert [entry.prev for entry in entries[1:]] == [entry.sha256 for entry in entries[:-1]]
    assert list_chains() == ["990101101", CHAIN]
    assert find_broken_link(CHAIN) is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record_entry SET said = '什么也没做' WHERE seq = 2",
        "DELETE FROM record_entry WHERE seq = 3",
        "TRUNCATE record_entry",
        "INSERT OR REPLACE INTO record_entry SELECT id, chain, seq, prev, sha256, kind, at, actor_id, actor_name,"
        " '什么也没做', body FROM record_entry WHERE seq = 2",
    ],
)
def test_the_database_refuses_to_change_or_drop_an_entry(three: Flask, statement: str) -> None:
    own_dialect = {"TRUNCATE": "postgresql", "INSERT": "sqlite"}.get(statement.split(maxsplit=1)[0])
    refused = DBAPIError
    with pytest.raises(refused) as told, transaction() as session:
        session.execute(text(statement))
    if own_dialect in (None, db.engine.dialect.name):
        assert "only grows" in str(told.value)
    assert len(db.session.scalars(select(RecordEntry.id)).all()) == 4
    assert find_broken_link(CHAIN) is None


@pytest.mark.parametrize(
    ("tampering", "seq", "reason"),
    [
        ("UPDATE record_entry SET body = replace(body, '新', '伪') WHERE seq = 2", 2, "内容与校验值不符"),
        ("UPDATE record_entry SET said = '什么也没做' WHERE seq = 2", 2, "显示的说明与留痕的原文不符"),
        ("UPDATE record_entry SET actor_name = '别人' WHERE seq = 1", 1, "显示的经办人与留痕的原文不符"),
        ("UPDATE record_entry SET actor_id = 8 WHERE seq = 1", 1, "显示的经办人编号与留痕的原文不符"),
        ("UPDATE record_entry SET kind = 'tests.other' WHERE seq = 3", 3, "显示的操作与留痕的原文不符"),
        ("UPDATE record_entry SET at = '2020-01-01 00:00:00' WHERE seq = 3", 3, "显示的时间与留痕的原文不符"),
        ("DELETE FROM record_entry WHERE seq = 2", 2, "第 2 条不见了，下一条是第 3 条"),
        ("DELETE FROM record_entry WHERE seq = 1 AND chain = '990101101200'", 1, "第 1 条不见了，下一条是第 2 条"),
        ("UPDATE record_entry SET prev = sha256 WHERE seq = 3", 3, "与上一条接不上"),
    ],
)
def test_a_tampered_entry_is_found_and_named(three: Flask, tampering: str, seq: int, reason: str) -> None:
    _without_triggers(tampering)
    broken = find_broken_link(CHAIN)
    assert broken is not None
    assert (broken.chain, broken.seq, broken.reason) == (CHAIN, seq, reason)


def test_an_entry_forged_with_a_fitting_hash_breaks_the_next_link(three: Flask) -> None:
    entry = db.session.scalars(select(RecordEntry).where(RecordEntry.chain == CHAIN, RecordEntry.seq == 2)).one()
    body = entry.body.replace("第 2 件事", "别的事")
    _without_triggers(
        f"UPDATE record_entry SET body = '{body.replace(':', chr(92) + ':')}', said = '做了别的事', "
        f"sha256 = '{sha256_hex(body.encode())}' WHERE chain = '{CHAIN}' AND seq = 2"
    )
    broken = find_broken_link(CHAIN)
    assert broken is not None
    assert (broken.seq, broken.reason) == (3, "与上一条接不上")


def test_writers_at_once_keep_one_chain(both_engines: Flask) -> None:
    failures: list[BaseException] = []

    def write(first: int) -> None:
        try:
            with both_engines.app_context():
                for number in range(first, first + 10):
                    with transaction():
                        _deed(number)
        except BaseException as failure:
            failures.append(failure)
            raise

    writers = [threading.Thread(target=write, args=(100 * number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert not failures
    entries = db.session.scalars(select(RecordEntry.seq).where(RecordEntry.chain == CHAIN).order_by(RecordEntry.seq))
    assert list(entries) == list(range(1, 41))
    assert find_broken_link(CHAIN) is None


def test_a_deed_that_fails_leaves_no_entry(both_engines: Flask) -> None:
    def fail() -> None:
        with transaction():
            _deed(1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list_chains() == []


def test_the_trail_is_the_latest_first_with_what_was_before_and_after(three: Flask) -> None:
    page = list_trail(CHAIN)
    assert [line.said for line in page.items] == ["做了第 3 件事", "做了第 2 件事", "做了第 1 件事"]
    assert [(change.word, change.before, change.after) for change in page.items[0].changes] == [
        ("名称", "旧", "新"),
        ("成员", "", "1、2"),
        ("fen", "1", ""),
    ]


def test_check_says_that_all_chains_hold(three: Flask) -> None:
    answer = CliRunner().invoke(record, ["check"])
    assert (answer.exit_code, answer.output) == (0, "查了 2 条链、4 条记录，全部连续、没有改动。\n")


def test_check_names_the_first_broken_link_and_exits_with_one(three: Flask) -> None:
    _without_triggers("UPDATE record_entry SET said = '什么也没做' WHERE seq = 2")
    answer = CliRunner().invoke(record, ["check"])
    assert answer.exit_code == 1
    assert "链 990101101200 第 2 条断开：显示的说明与留痕的原文不符。" in answer.output
    assert "其中 1 条链断开" in answer.output


def test_check_in_json_counts_chains_entries_and_breaks(three: Flask) -> None:
    _without_triggers("DELETE FROM record_entry WHERE seq = 2")
    answer = CliRunner().invoke(record, ["check", "--json"])
    assert answer.exit_code == 1
    assert '"chains": 2, "entries": 3' in answer.output
    assert '"seq": 2, "reason": "第 2 条不见了，下一条是第 3 条"' in answer.output
