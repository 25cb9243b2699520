"""Charts of accounts of 2004 and 2023: the same code means different things, so code and name are checked together."""

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, Self

ChartYear = Literal[2004, 2023]
CHART_TITLES: dict[ChartYear, str] = {
    2004: "2004年《村集体经济组织会计制度》",
    2023: "2023年《农村集体经济组织会计制度》",
}
"""财会〔2004〕12号; 财会〔2023〕14号, in force since 2024-01-01."""
_DATA = Path(__file__).parent / "data"
_TOP_DIGITS = 3
"""Codes are 3-2-4 digits: 541, 54102, 541020001."""
_SEPARATORS = re.compile(r"[-—–_/\\>|:：·.．]+")
_NOT_SAID = re.compile(r"[\s()（）“”\"]")


@dataclass(frozen=True)
class Account:
    """One account; `is_national` tells the regulation's own from those that software ships below them."""

    code: str
    name: str
    group: str
    is_national: bool


@dataclass(frozen=True)
class AccountProblem:
    """What is odd about a code and name; grave when they contradict the chart, a warning otherwise."""

    message: str
    is_grave: bool


class Chart:
    """A chart of accounts: look up by code or by name, check both together."""

    def __init__(self, year: ChartYear, accounts: Iterable[Account]) -> None:
        self.year = year
        self.accounts = tuple(accounts)
        self._by_code = {account.code: account for account in self.accounts}
        self._by_name: dict[str, Account] = {}
        for account in self.accounts:
            self._by_name.setdefault(_said(account.name), account)

    @classmethod
    def load(cls, year: ChartYear) -> Self:
        """Read the chart that the project carries."""
        with (_DATA / f"chart_of_accounts_{year}.csv").open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        return cls(year, (Account(r["code"], r["name"], r["class"], r["origin"] == "national") for r in rows))

    @property
    def title(self) -> str:
        """The regulation, as messages name it."""
        return CHART_TITLES[self.year]

    def account(self, code: str) -> Account | None:
        """Return the account of a code, or the nearest one above it (54199 under 541)."""
        digits = re.sub(r"\D", "", code)
        for end in (len(digits), _TOP_DIGITS + 2, _TOP_DIGITS):
            if end <= len(digits) and (found := self._by_code.get(digits[:end])):
                return found
        return None

    def named(self, name: str) -> Account | None:
        """Return the account that the name, or the first or last part of `管理费用-办公费`, stands for."""
        parts = _parts(name)
        for part in (_said(name), *parts[:1], *parts[-1:]):
            if found := self._by_name.get(part):
                return found
        return None

    def name_of(self, code: str) -> str:
        """Return the name of a code, of the account above it if the village made its own, or nothing."""
        found = self.account(code)
        return found.name if found else ""

    def fits(self, code: str, name: str) -> bool:
        """Tell whether code and name mean the same account here; villages name their own sub-accounts freely."""
        found = self.account(code)
        if found is None:
            return False
        said = {_said(name), *_parts(name)}
        if {_said(found.name), _said(self._by_code[found.code[:_TOP_DIGITS]].name)} & said:
            return True
        digits = re.sub(r"\D", "", code)
        if any(account.code.startswith(digits) and _said(account.name) in said for account in self.accounts):
            return True
        is_own = found.code != digits or not found.is_national
        return is_own and not self._means_another(digits, said)

    def _means_another(self, digits: str, said: set[str]) -> bool:
        """Tell whether the name is another account's: a national one here, or the same code's in the other chart."""
        here = any(account.is_national and _said(account.name) in said for account in self.accounts)
        return here or any(
            digits.startswith(account.code) and _said(account.name) in said for account in _other(self.year).accounts
        )

    def check(self, code: str, name: str) -> tuple[AccountProblem, ...]:
        """Return what is odd about a code and name; nothing when they fit or are both left out."""
        if not code.strip() and not name.strip():
            return ()
        if not code.strip():
            return () if self.named(name) else (AccountProblem(f"科目“{name}”不在{self.title}的科目里。", False),)
        if not name.strip():
            return () if self.account(code) else (self._unknown(code, name),)
        if self.account(code) is None:
            return (self._unknown(code, name),)
        if self.fits(code, name):
            return ()
        expected = self.name_of(code)
        text = f"编码 {code} 在{self.title}里是“{expected}”，不是“{name}”{self._elsewhere(code, name)}。"
        return (AccountProblem(text, True),)

    def _unknown(self, code: str, name: str) -> AccountProblem:
        meant = self.named(name) if name.strip() else None
        known = f"；名称“{name}”在这里的编码是 {meant.code}" if meant else ""
        text = f"编码 {code} 不在{self.title}的科目里{known}{self._elsewhere(code, name)}。"
        return AccountProblem(text, meant is None)

    def _elsewhere(self, code: str, name: str) -> str:
        other = _other(self.year)
        fits = other.fits(code, name) if name.strip() else other.account(code) is not None
        return f"，但与{other.title}相符，请核对本村用的是哪一套科目" if fits else ""


@cache
def _other(year: ChartYear) -> Chart:
    return Chart.load(2023 if year == 2004 else 2004)


def _said(name: str) -> str:
    plain = _NOT_SAID.sub("", unicodedata.normalize("NFKC", name))
    return "现金" if plain == "库存现金" else plain  # 2023 renamed 101; files of either year use both names.


def _parts(name: str) -> list[str]:
    return [part for part in map(_said, _SEPARATORS.split(name)) if part]
