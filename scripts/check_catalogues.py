"""Tells what the translations lack: every text that pages mark must be translated, and nothing else."""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None, "lazy_ngettext": (1, 2)}

LONGEST_ECHO = 8
"""Letters; "bye-bye" may say itself twice."""


def marked_texts(root: Path) -> set[str]:
    """Collect every text that code and templates mark for translation."""
    with (root / "babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)
    found = extract_from_dir(root, methods, options, KEYWORDS)
    return {text if isinstance(text, str) else text[0] for _, _, text, _, _ in found}


def faults(catalogue: Catalog, marked: set[str]) -> list[str]:
    """List what is missing, left empty, doubtful, unused or has other placeholders than its source."""
    held = {
        message.id if isinstance(message.id, str) else message.id[0]: message for message in catalogue if message.id
    }
    found = [f"没有译文：{text}" for text in sorted(marked - held.keys())]
    found += [f"多余的译文：{text}" for text in sorted(held.keys() - marked)]
    for text, message in held.items():
        translated = [message.string] if isinstance(message.string, str) else list(message.string)
        if not all(translated):
            found.append(f"译文为空：{text}")
        elif message.fuzzy:
            found.append(f"译文待核（fuzzy）：{text}")
        elif any(_says_itself_again(said) for said in translated):
            found.append(f"译文重复了一遍：{text}")
        else:
            found += [f"占位符不一致：{text}（{error}）" for error in message.check(catalogue)]
    return found


def _says_itself_again(said: str) -> bool:
    """Tell whether a text is one text twice over: what a line written twice into the file becomes."""
    half, odd = divmod(len(said), 2)
    return half > LONGEST_ECHO and not odd and said[:half] == said[half:]


def main() -> int:
    """Check every catalogue; print what is wrong and how many."""
    marked, wrong = marked_texts(ROOT), 0
    for path in sorted(ROOT.glob("village_open/translations/*/LC_MESSAGES/messages.po")):
        with path.open("rb") as source:
            found = faults(read_po(source), marked)
        wrong += len(found)
        print(f"{path.relative_to(ROOT)}：{len(marked)} 条文字，{len(found)} 处问题")
        print(*(f"  {line}" for line in found), sep="\n", end="\n" if found else "")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
