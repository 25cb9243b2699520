"""What of a cell the public reads: never more of a person than the list must tell."""

import re

from village_open.core.privacy import hidden_kinds, masked
from village_open.registers.rules.columns import Cells, Column, Mask, text_of

UNTOLD = "符合规定条件"
"""What stands instead of a reason that tells an illness or a disability."""
_HEALTH = re.compile(
    "病|癌|瘤|残疾|残障|伤残|重残|截肢|瘫|失明|盲人|聋|哑|智障|智力|精神|透析|手术|住院|化疗|放疗|中风|偏瘫|怀孕|流产|艾滋|肝炎"
)
_STARS = "＊＊"


def public_text(column: Column, cells: Cells) -> str:
    """Return a text cell as a sheet and a public page carry it."""
    text = text_of(cells, column.key)
    if column.mask is Mask.REASON and _HEALTH.search(text):
        return UNTOLD
    if column.mask is Mask.MINOR and text_of(cells, "minor") and text:
        return text[0] + _STARS
    return masked(text)


def hidden_words(column: Column, cells: Cells) -> str:
    """Say to the clerk what of a cell will not be printed; nothing where it prints as it is."""
    text = text_of(cells, column.key)
    if column.mask is Mask.REASON and _HEALTH.search(text):
        return f"病情、残疾属于个人健康情况，公示时只印“{UNTOLD}”。"
    kinds = hidden_kinds(text)
    return f"有{'、'.join(kinds)}，公示时会打上星号；能不填就不填。" if kinds else ""
