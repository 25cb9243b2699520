"""Money is an int of 分 (fen): one parser, one formatter, one reading in words."""

import re
import unicodedata

from cn2an import an2cn

from village_open.core.errors import InputError

FEN_PER_YUAN = 100
LARGEST_FEN = 10**9 * FEN_PER_YUAN
"""One thousand million yuan: beyond any village, and inside BigInteger."""

_VAGUE = re.compile(r"[万亿千百十多余约几]")
_CURRENCY = re.compile(r"[￥¥元,，\s  　]|RMB|CNY", re.IGNORECASE)
_PLAIN = re.compile(r"(?P<sign>-?)(?P<yuan>\d+)(?:\.(?P<fen>\d{1,2}))?")
_BRACKETED = re.compile(r"\((?P<inner>[^()]+)\)")


class AmountUnreadable(InputError):
    """The text is not an exact amount in yuan."""


def parse_fen(text: str) -> int:
    """Read an amount in yuan as people paste it, and return fen.

    Accepts `12,345.67`, `￥1 200`, full-width digits, `(123.45)` and `123.45-` as negatives.
    Refuses more than two decimals, exponents, and vague amounts (5.9万, 三千多, 约200).

    Raises:
        AmountUnreadable: the text is empty or not an exact amount.
    """
    plain = unicodedata.normalize("NFKC", str(text)).replace("−", "-").replace("—", "-")
    if vague := _VAGUE.search(plain):
        raise AmountUnreadable(f"金额“{text}”里有“{vague.group()}”，请写成准确的元、角、分，例如 59000.00。")
    plain = _CURRENCY.sub("", plain)
    if bracketed := _BRACKETED.fullmatch(plain):
        plain = "-" + bracketed["inner"]
    elif plain.endswith("-") and len(plain) > 1:
        plain = "-" + plain[:-1]
    if not plain:
        raise AmountUnreadable("没有填写金额。")
    return _exact_fen(plain, shown=str(text))


def _exact_fen(plain: str, shown: str) -> int:
    if re.fullmatch(r"-?\d+\.\d{3,}", plain):
        raise AmountUnreadable(f"金额“{shown}”的小数超过两位，最小单位是分。")
    match = _PLAIN.fullmatch(plain)
    if not match:
        raise AmountUnreadable(f"金额“{shown}”读不懂，请只写数字，例如 1200.50。")
    fen = int(match["yuan"]) * FEN_PER_YUAN + int((match["fen"] or "").ljust(2, "0"))
    if fen > LARGEST_FEN:
        raise AmountUnreadable(f"金额“{shown}”超过十亿元，请核对。")
    return -fen if match["sign"] else fen


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
    """Write fen in the capital numerals of vouchers: `壹万贰仟叁佰元整`, `负` in front when negative."""
    words = str(an2cn(plain_yuan(abs(fen)), "rmb"))
    return f"负{words}" if fen < 0 else words
