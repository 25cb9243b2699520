"""Which of the village's money accounts a text means."""

import re
from collections.abc import Sequence
from functools import lru_cache

from village_open.finance.charts import Chart
from village_open.finance.importing.cells import squeezed

_MONEY_CODE = re.compile(r"(?:101|102)(?:\d{2}(?:\d{4})?)?|(?:1001|1002)(?:\d{2})*")
"""101 and 102 of the village charts; 1001 and 1002 where the software came with the enterprises' chart."""
_CASH_CODE = re.compile(r"101(?:\d{2}(?:\d{4})?)?|1001(?:\d{2})*")
_CASH = re.compile(r"现金")
_BANK = re.compile(r"银行|存款|信用社|农商行|农信")
_PARTS = re.compile(r"[-—_/\\>|:]+")


class MoneyAccounts:
    """The names of a village's money accounts; with none given, the general names stand for them."""

    def __init__(self, names: Sequence[str], fallback: str | None) -> None:
        self.names = tuple(names)
        self.fallback = fallback or (self.names[0] if len(self.names) == 1 else "")

    def meant_by(self, text: str) -> str:
        """Return the account that a text such as `银行存款-农业银行` means; empty when it could be several or none."""
        plain = squeezed(text)
        parts = {plain, *_PARTS.split(plain)}
        exact = [name for name in self.names if squeezed(name) in parts]
        if len(exact) == 1:
            return exact[0]
        is_cash, is_bank = bool(_CASH.search(plain)), bool(_BANK.search(plain))
        if is_cash == is_bank:
            return ""
        return self.cash if is_cash else self._bank_of(parts)

    def standing_for(self, text: str) -> str:
        """Return the account that a text means, else the one given, unless the text says it is the other kind."""
        plain = squeezed(text)
        is_cash, is_bank = bool(_CASH.search(plain)), bool(_BANK.search(plain))
        if meant := self.meant_by(text):
            return meant
        return "" if is_cash != is_bank and self.is_cash(self.fallback) != is_cash else self.fallback

    @property
    def cash(self) -> str:
        """The cash box, when there is just one."""
        return self._only([name for name in self.names if _CASH.search(name)], "现金")

    @property
    def bank(self) -> str:
        """The bank account, when there is just one."""
        return self._only([name for name in self.names if not _CASH.search(name)], "银行存款")

    def other(self, account: str) -> str:
        """Return the other end of a transfer between cash and bank; empty when it could be several."""
        return self.bank if account == self.cash else self.cash

    def is_cash(self, account: str) -> bool:
        """Tell whether the account is the cash box."""
        return bool(_CASH.search(account))

    def _bank_of(self, parts: set[str]) -> str:
        if not self.names:
            own = sorted(parts - {"银行存款"}, key=len)
            return own[0] if own else "银行存款"
        named = [name for name in self.names if any(part in name for part in parts - {"银行存款", "银行"})]
        return named[0] if len(named) == 1 else self.bank

    def _only(self, candidates: list[str], general: str) -> str:
        if not self.names:
            return general
        return candidates[0] if len(candidates) == 1 else ""


@lru_cache(maxsize=1024)
def is_money(code: str, name: str) -> bool:
    """Tell whether an entry is on cash or bank: the name decides, the code only where there is no name."""
    digits = re.sub(r"\D", "", code)
    if not name:
        return bool(_MONEY_CODE.fullmatch(digits))
    top = _PARTS.split(squeezed(name))[0]
    if top in {"现金", "库存现金", "银行存款"}:
        return True
    return bool(_MONEY_CODE.fullmatch(digits)) and len(digits) > len("1002") and bool(_BANK.search(name))


def money_name(code: str, name: str, chart: Chart) -> str:
    """Return what a money entry is called, from its name or else from its code."""
    if name:
        return name if is_top_named(name) else f"银行存款-{name}"
    return chart.name_of(code) or ("现金" if _CASH_CODE.fullmatch(re.sub(r"\D", "", code)) else "银行存款")


def is_top_named(name: str) -> bool:
    """Tell whether the name begins with the general account, as `银行存款-农业银行` does."""
    return _PARTS.split(squeezed(name))[0] in {"现金", "库存现金", "银行存款"}
