"""Money is an int of 分 (fen): one parser, one formatter, one reading in words."""

import re

from cn2an import an2cn

from village_open.core.errors import InputError

FEN_PER_YUAN = 100
LARGEST_FEN = 10**9 * FEN_PER_YUAN
"""One thousand million yuan: beyond any village, and inside BigInteger."""

_VAGUE = re.compile(r"[万亿千百十多余约几]")
_CURRENCY_AT_ENDS = re.compile(r"^(?:[\s¥]|RMB|CNY|人民币)+|(?:[\s¥元]|RMB|CNY)+$", re.IGNORECASE)
_BRACKETED = re.compile(r"\((?P<inner>[^()]+)\)")
_EXACT = re.compile(r"(?P<yuan>[0-9]+|[0-9]{1,3}(?P<mark>[, ])[0-9]{3}(?:(?P=mark)[0-9]{3})*)(?:\.(?P<cents>[0-9]+))?")
_MISGROUPED = re.compile(r"[0-9]+(?:[, ]+[0-9]+)+(?:\.[0-9]+)?")
_LONGEST = len(str(LARGEST_FEN // FEN_PER_YUAN))

# Only what an input method or a web page makes of a plain character. NFKC would also read 5² as 52 and ①200 as 1200.
_PLAIN_FORMS = {0xFF01 + i: 0x21 + i for i in range(94)} | {ord("￥"): "¥"}
_PLAIN_FORMS |= dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u202f\u3000\t"), " ")
_PLAIN_FORMS |= dict.fromkeys(map(ord, "−–—"), "-")


class AmountUnreadable(InputError):
    """The text is not an exact amount in yuan."""


def parse_fen(text: str) -> int:
    """Read an amount in yuan as people paste it, and return fen.

    Accepts `12,345.67`, `￥1 200`, `1200元`, full-width digits, `(123.45)` and `123.45-` as negatives.
    Refuses more than two decimals, exponents, commas elsewhere than at the thousands, and vague amounts
    (5.9万, 三千多, 约200).

    Raises:
        AmountUnreadable: the text is empty or not an exact amount.
    """
    shown = str(text)
    plain = shown.translate(_PLAIN_FORMS)
    if vague := _VAGUE.search(plain):
        raise AmountUnreadable(f"金额“{shown}”里有“{vague.group()}”，请写成准确的元、角、分，例如 59000.00。")
    negative, number = _sign_and_number(plain)
    if not number:
        raise AmountUnreadable("没有填写金额。")
    fen = _exact_fen(number, shown)
    return -fen if negative else fen


def _sign_and_number(plain: str) -> tuple[bool, str]:
    bare = _CURRENCY_AT_ENDS.sub("", plain)
    if bracketed := _BRACKETED.fullmatch(bare):
        return True, _CURRENCY_AT_ENDS.sub("", bracketed["inner"])
    if len(bare) > 1 and "-" in (bare[0], bare[-1]):
        inner = bare[1:] if bare[0] == "-" else bare[:-1]
        return True, _CURRENCY_AT_ENDS.sub("", inner)
    return False, bare


def _exact_fen(number: str, shown: str) -> int:
    match = _EXACT.fullmatch(number)
    if not match and _MISGROUPED.fullmatch(number):
        raise AmountUnreadable(f"金额“{shown}”里的逗号或空格不在千位上，请写成 1,234,567.00 或 1234567.00。")
    if not match:
        raise AmountUnreadable(f"金额“{shown}”读不懂，请只写数字，例如 1200.50。")
    cents = match["cents"] or ""
    if len(cents) > 2:
        raise AmountUnreadable(f"金额“{shown}”的小数超过两位，最小单位是分。")
    yuan = re.sub("[, ]", "", match["yuan"]).lstrip("0")
    # Length first: Python refuses to make an int of thousands of digits.
    fen = int(yuan or "0") * FEN_PER_YUAN + int(cents.ljust(2, "0")) if len(yuan) <= _LONGEST else LARGEST_FEN + 1
    if fen > LARGEST_FEN:
        raise AmountUnreadable(f"金额“{shown}”超过十亿元，请核对。")
    return fen


def format_fen(fen: int) -> str:
    """Write fen as yuan with thousands separators and two decimals: `-1,234.50`."""
    yuan, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{rest:02d}"


def format_fen_or_blank(fen: int | None) -> str:
    """Write fen as in a printed table, where zero and nothing stay blank."""
    return format_fen(fen) if fen else ""


def plain_yuan(fen: int) -> str:
    """Write fen as yuan without separators, for CSV and input fields: `-1234.50`."""
    return format_fen(fen).replace(",", "")


def in_words(fen: int) -> str:
    """Write fen in the capital numerals of vouchers: `壹万贰仟叁佰元整`, `负` in front when negative.

    What ends at 元 or 角 closes with 整 (会计基础工作规范 article 52); the library writes it after 元 only.
    """
    words = str(an2cn(plain_yuan(abs(fen)), "rmb"))
    return ("负" if fen < 0 else "") + words + ("整" if words.endswith("角") else "")


def spoken_yuan(fen: int) -> str:
    """Write fen as people say it: `十二万三千四百元`, `五元零三分`, `三角`; `负` in front when negative."""
    yuan, rest = divmod(abs(fen), FEN_PER_YUAN)
    dimes, cents = divmod(rest, 10)
    words = f"{an2cn(yuan, 'low')}元" if yuan or not rest else ""
    if dimes:
        words += f"{an2cn(dimes, 'low')}角"
    elif cents and yuan:
        words += "零"
    if cents:
        words += f"{an2cn(cents, 'low')}分"
    return ("负" if fen < 0 else "") + words
