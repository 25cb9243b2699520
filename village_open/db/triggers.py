"""Tables that only grow: UPDATE and DELETE are refused by the database itself, on both engines."""

from collections.abc import Iterable

GROWING_TABLES = (
    "record_entry",
    "disclosure",
    "disclosure_file",
    "disclosure_issue",
    "review_mark",
    "review_answer",
    "review_recusal",
    "review_signature",
    "matter_text",
    "meeting_vote",
    "roster",
    "roster_member",
)


def growing_table_statements(dialect: str, table: str) -> Iterable[str]:
    """Yield the statements that make one table append-only; each may be run again after a rebuild."""
    if dialect == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            name = f"tr_{table}_no_{deed.lower()}"
            yield f"DROP TRIGGER IF EXISTS {name}"
            yield (
                f"CREATE TRIGGER {name} BEFORE {deed} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows: {deed} is refused'); END"
            )
        return
    yield (
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$ "
        "BEGIN RAISE EXCEPTION '% only grows: % is refused', TG_TABLE_NAME, TG_OP; END $$ LANGUAGE plpgsql"
    )
    for deed, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        name = f"tr_{table}_no_{deed.split()[0].lower()}"
        yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
        yield f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH {each} EXECUTE FUNCTION refuse_change()"
