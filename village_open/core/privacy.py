"""What no public page or sheet may carry: ID numbers, private phones, bank cards (PIPL articles 25 and 28)."""

import re

_ID_NUMBER = re.compile(r"(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?!\d)")
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
_BANK_CARD = re.compile(r"(?<!\d)(\d{4})\d{8,11}(\d{4})(?!\d)")


def masked(text: str) -> str:
    """Return the text with the middle of every ID number, mobile phone and bank card starred out.

    Official supervision phones are printed from their own field and never pass through here.
    """
    text = _ID_NUMBER.sub(r"\1********\2", text)
    text = _BANK_CARD.sub(r"\1********\2", text)
    return _MOBILE.sub(r"\1****\2", text)
