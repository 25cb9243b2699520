"""Who writes down what happens to an account: the chain depends on where a person works, which another room knows."""

from dataclasses import dataclass

from flask import Flask, current_app

from village_open.identity.actions import AccountNote

_WITNESS = "account_witness"


@dataclass(frozen=True)
class Witness:
    """What is called when failures have locked an account, and when somebody changed their own password."""

    note_lock: AccountNote
    note_own_password: AccountNote


def ask_for_witness(app: Flask, witness: Witness) -> None:
    """Let another room write down what happens to accounts."""
    app.extensions[_WITNESS] = witness


def the_witness() -> Witness:
    """Return who writes down what happens to accounts in this application."""
    witness: Witness = current_app.extensions[_WITNESS]
    return witness
