"""The four kinds of error a person can meet; every other error names its broken state and is one of these."""


class VillageOpenError(Exception):
    """Something a person must be told, in Chinese, with what to do next."""

    status = 400

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class InputError(VillageOpenError):
    """What was typed cannot be understood; `field` names the form field or the cell."""

    status = 422

    def __init__(self, message: str, field: str | None = None) -> None:
        self.field = field
        super().__init__(message)


class NotFound(VillageOpenError):
    """The thing asked for does not exist, or not for this person."""

    status = 404


class RuleForbids(VillageOpenError):
    """A rule of law or of the ledger forbids the deed in the present state."""

    status = 409


class EditConflict(VillageOpenError):
    """Somebody else changed the same thing first; both versions are shown, nothing is lost."""

    status = 409
