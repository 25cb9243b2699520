"""Errors: four kinds, each with its answer, each with a sentence for a person."""

import pytest

from village_open.core.errors import EditConflict, InputError, NotFound, RuleForbids, VillageOpenError


@pytest.mark.parametrize(
    ("kind", "status"), [(InputError, 422), (NotFound, 404), (RuleForbids, 409), (EditConflict, 409)]
)
def test_each_kind_of_error_has_its_answer(kind: type[VillageOpenError], status: int) -> None:
    error = kind("这一季已经提交。")
    assert (error.status, error.message, str(error)) == (status, "这一季已经提交。", "这一季已经提交。")


def test_an_input_error_names_its_field() -> None:
    assert InputError("没有填写金额。", field="amount").field == "amount"
    assert InputError("没有填写金额。").field is None
