"""The yearly plan against the ledger, and the proof that the money of the books is there."""

from collections.abc import Iterator, Sequence

from village_open.core.money import format_fen
from village_open.finance.items import EXPENSE_ITEMS, INCOME_ITEMS
from village_open.registers.rules.columns import LONG, NAME, Cells, Column, Value, day_of, number_of, text_of
from village_open.registers.rules.formulas import not_after_period, sum_of
from village_open.registers.rules.registers import Carry, Facts, Problem, Register

INCOME_LABELS = tuple(item.label for item in INCOME_ITEMS)
EXPENSE_LABELS = tuple(item.label for item in EXPENSE_ITEMS)


def _actual(cells: Cells, facts: Facts) -> Value:
    return facts.actuals.get(text_of(cells, "item"), 0) if facts.actuals else ""


def _gap(cells: Cells, _facts: Facts) -> Value:
    return "" if cells.get("actual", "") == "" else number_of(cells, "actual") - number_of(cells, "planned")


def must_explain(cells: Cells, facts: Facts) -> bool:
    """Tell whether plan and ledger differ so that the sheet must say why.

    Spending over the plan has to be explained at once; what has not come in or gone out yet only at the year's end.
    """
    if cells.get("gap", "") in ("", 0):
        return False
    over = number_of(cells, "gap") > 0
    return facts.is_year_end or (over and text_of(cells, "item") in EXPENSE_LABELS)


def _explained(cells: Cells, facts: Facts) -> Iterator[Problem]:
    if must_explain(cells, facts) and not text_of(cells, "reason"):
        gap = number_of(cells, "gap")
        told = f"实际比计划{'多' if gap > 0 else '少'} {format_fen(abs(gap))} 元"
        yield Problem("reason", f"{told}，请写明原因，公示时一起印出来。")


def _items_once(rows: Sequence[Cells], _facts: Facts) -> Iterator[tuple[int, Problem]]:
    seen: set[str] = set()
    for place, row in enumerate(rows):
        item = text_of(row, "item")
        if item in seen:
            yield place, Problem("item", f"“{item}”前面已经有一行，请合在一起。")
        seen.add(item)


PLAN = Register(
    key="plan", label="财务计划与执行", group="财务",
    hint="一个公开项目一行，填全年计划数；本年实际由账上算出。支出超了计划要写原因，年末有差的都要写。",
    columns=(
        Column("item", "项目", "choice", is_required=True, choices=INCOME_LABELS + EXPENSE_LABELS, is_kept=True),
        Column("planned", "全年计划", "money", is_required=True, is_kept=True),
        Column("actual", "本年实际", "money", may_be_negative=True),
        Column("gap", "实际减计划", "money", may_be_negative=True, on_hand_out=False),
        Column("reason", "差异原因", longest=LONG, is_kept=True),
    ),
    formulas={"actual": _actual, "gap": _gap},
    checks=(_explained,),
    whole_check=_items_once,
    carry=Carry(ends=lambda _cells, begins: begins.first_on.month == 1),
    needs_ledger=True,
)  # fmt: skip

CASH = "cash"


def _book(cells: Cells, facts: Facts) -> Value:
    on = day_of(cells, "on")
    balance = facts.balance_on(text_of(cells, "account"), on) if on else None
    return "" if balance is None else balance


def _adjusted_book(cells: Cells, _facts: Facts) -> Value:
    if cells.get("book", "") == "":
        return ""
    return sum(number_of(cells, key) for key in ("book", "bank_in")) - number_of(cells, "bank_out")


def _difference(cells: Cells, _facts: Facts) -> Value:
    if cells.get("adjusted", "") == "" or cells.get("proved", "") == "":
        return ""
    return number_of(cells, "proved") - number_of(cells, "adjusted")


def _known_account(cells: Cells, facts: Facts) -> Iterator[Problem]:
    account = text_of(cells, "account")
    if account and facts.accounts and account not in facts.accounts:
        yield Problem("account", f"本村没有叫“{account}”的资金账户，只有：{'、'.join(facts.accounts)}。")
    elif cells.get("on") and cells.get("book", "") == "":
        yield Problem("on", "本期账里没有这一天的账面数，先录入账目再核对。", is_grave=False)
    if facts.accounts.get(account) == CASH:
        for key in ("bank_in", "bank_out", "own_in", "own_out"):
            if number_of(cells, key):
                yield Problem(key, "现金没有未达账项；有差额的请在“差额原因”里写明。")


def _difference_explained(cells: Cells, _facts: Facts) -> Iterator[Problem]:
    gap = number_of(cells, "difference")
    if gap and not text_of(cells, "reason"):
        yield Problem("reason", f"账实差 {format_fen(gap)} 元，请写明原因。")


def _under_the_ceilings(cells: Cells, facts: Facts) -> Iterator[Problem]:
    counted, petty = number_of(cells, "counted"), number_of(cells, "petty")
    is_cash = facts.accounts.get(text_of(cells, "account")) == CASH
    if is_cash and facts.cash_ceiling_fen and counted > facts.cash_ceiling_fen:
        yield Problem(
            "counted",
            f"库存现金超过限额 {format_fen(facts.cash_ceiling_fen)} 元，多的请及时存入银行。",
            is_grave=False,
        )
    if facts.petty_limit_fen and petty > facts.petty_limit_fen:
        yield Problem(
            "petty", f"备用金超过限额 {format_fen(facts.petty_limit_fen)} 元，请收回多的部分。", is_grave=False
        )


CASH_PROOFS = Register(
    key="cash_proofs", label="库存现金盘点与银行对账", group="财务",
    hint="每个资金账户至少一行：哪天盘点（对账）、实有多少。银行有没到账的，填在未达四栏里。",
    columns=(
        Column("account", "账户", is_required=True),
        Column("on", "盘点（对账）日期", "day", is_required=True),
        Column("book", "账面数", "money", may_be_negative=True, is_total=True),
        Column("bank_in", "银行已收村里未记", "money", on_hand_out=False),
        Column("bank_out", "银行已付村里未记", "money", on_hand_out=False),
        Column("counted", "实存数（对账单余额）", "money", is_required=True, is_total=True, may_be_negative=True),
        Column("own_in", "村里已记收银行未收", "money", on_hand_out=False),
        Column("own_out", "村里已记付银行未付", "money", on_hand_out=False),
        Column("adjusted", "调节后账面数", "money", may_be_negative=True, is_printed=False),
        Column("proved", "调节后实存数", "money", may_be_negative=True, is_printed=False),
        Column("difference", "差额", "money", may_be_negative=True, is_total=True),
        Column("reason", "差额原因", longest=LONG),
        Column("petty", "在外备用金", "money", on_hand_out=False),
        Column("counted_by", "盘点人", longest=NAME, on_hand_out=False),
        Column("watched_by", "监盘人", longest=NAME, on_hand_out=False),
    ),
    formulas={
        "book": _book,
        "adjusted": _adjusted_book,
        "proved": sum_of("counted", "own_in", "-own_out"),
        "difference": _difference,
    },
    checks=(not_after_period("on"), _known_account, _difference_explained, _under_the_ceilings),
    needs_ledger=True,
)  # fmt: skip
