"""What no public page or sheet may carry: ID numbers, private phones, bank cards (PIPL articles 25 and 28)."""

import re

_ID_NUMBER, _BANK_CARD, _PHONE = "身份证号", "银行卡号", "手机号"
_HIDDEN = (
    # Resident identity number: 18 characters, or 15 on the old cards; the birthday is what must not show.
    (_ID_NUMBER, re.compile(r"(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?!\d)"), r"\1********\2"),
    (_ID_NUMBER, re.compile(r"(?<!\d)(\d{6})\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(\d{3})(?!\d)"), r"\1******\2"),
    # Bank cards: 16 to 19 digits, together or in fours. In fours they never begin as a list of years does.
    (_BANK_CARD, re.compile(r"(?<!\d)(\d{4})\d{8,11}(\d{4})(?!\d)"), r"\1********\2"),
    (_BANK_CARD, re.compile(r"(?<!\d)([3-9]\d{3})([ -])\d{4}\2\d{4}\2(\d{4})(?:\2\d{1,3})?(?!\d)"), r"\1 **** **** \3"),
    # Mobile phones, with or without +86. A number with an area code is an office's and stays.
    (_PHONE, re.compile(r"(?<!\d)((?:\+?86[ -]?)?1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)"), r"\1****\2"),
)
_NARROW_DIGITS = {0xFF10 + i: 0x30 + i for i in range(10)} | {ord("Ｘ"): "X", ord("－"): "-", ord("＋"): "+"}


def masked(text: str) -> str:
    """Return the text with the middle of every ID number, mobile phone and bank card starred out.

    Official supervision phones are printed from their own field and never pass through here.
    """
    return _starred(text)[0]


def hidden_kinds(text: str) -> tuple[str, ...]:
    """Return what `masked` stars out of a text, in words, each kind once: 身份证号, 银行卡号, 手机号."""
    return _starred(text)[1]


def _starred(text: str) -> tuple[str, tuple[str, ...]]:
    narrow = text.translate(_NARROW_DIGITS)
    hidden, kinds = narrow, []
    for kind, pattern, stars in _HIDDEN:
        hidden, found = pattern.subn(stars, hidden)
        if found:
            kinds.append(kind)
    return (hidden if kinds else text), tuple(dict.fromkeys(kinds))
