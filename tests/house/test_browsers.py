"""Nothing that Chrome 109, the last on Windows 7, does not know: such a rule or call fails there without a word."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.house.tree import complain, files, text_of

OLDEST = 109
STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>|\sstyle\s*=\s*(\"[^\"]*\"|'[^']*')", re.DOTALL | re.IGNORECASE)
SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>|\son[a-z]+\s*=\s*(\"[^\"]*\"|'[^']*')", re.DOTALL | re.IGNORECASE)
NOT_CODE = {
    "css": re.compile(r"/\*.*?\*/", re.DOTALL),
    "js": re.compile(r"/\*.*?\*/|(?:^|(?<=\s))//[^\n]*", re.DOTALL),
    "html": re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL),
}
OF_ENDING = {"py": "css"}
"""The sheet's template writes rules of style in Python."""


class Feature(NamedTuple):
    """What came after Chrome 109: where it stands, how it is recognised, one line that uses it, one that does not."""

    name: str
    since: int
    language: str
    pattern: str
    used: str
    left_alone: str


FEATURES = (
    Feature(
        "color-mix()", 111, "css", r"\bcolor-mix\(", "a { color: color-mix(in srgb, red, blue) }",
        ".color-mix { top: 0 }",
    ),
    Feature(
        "oklch(), oklab(), lab(), lch(), color()", 111, "css", r"[\s:,(](?:ok)?l(?:ab|ch)\(|[\s:,(]color\(",
        "a { color: oklch(40% .2 20) }", "a { color: rgb(1 2 3) }",
    ),
    Feature(
        "trigonometry", 111, "css", r"[\s:,(*](?:sin|cos|tan|asin|acos|atan2?)\(",
        "a { top: calc(sin(30deg) * 1rem) }", "a { top: calc(3 * 1rem) }",
    ),
    Feature(
        ":nth-child(of)", 111, "css", r":nth-(?:last-)?child\([^)]*\sof\s", "li:nth-child(2 of .seen) { top: 0 }",
        "li:nth-child(2n) { top: 0 }",
    ),
    Feature(
        "view transitions", 111, "css", r"\bview-transition-\w+\s*:|@view-transition\b",
        "a { view-transition-name: row }", "a { transition: none }",
    ),
    Feature(
        "text-wrap", 114, "css", r"\btext-wrap(?:-\w+)?\s*:|\bwhite-space-collapse\s*:", "h1 { text-wrap: balance }",
        "h1 { white-space: nowrap }",
    ),
    Feature(
        "scroll-driven animation", 115, "css", r"\b(?:animation|scroll|view)-timeline\b",
        "a { animation-timeline: scroll() }", "a { animation-name: none }",
    ),
    Feature(
        "subgrid", 117, "css", r"\bsubgrid\b", "a { grid-template-columns: subgrid }", "a { display: inline-grid }",
    ),
    Feature(
        "@starting-style", 117, "css", r"@starting-style\b|\btransition-behavior\b",
        "@starting-style { a { opacity: 0 } }", "a { transition-delay: 1s }",
    ),
    Feature(
        "@scope", 118, "css", r"@scope\b", "@scope (.card) { a { top: 0 } }", "th[scope=row] { top: 0 }",
    ),
    Feature(
        "relative colours", 119, "css", r"\b(?:rgba?|hsla?|hwb)\(\s*from\b", "a { color: rgb(from red r g b) }",
        "a { color: hsl(1 2% 3%) }",
    ),
    Feature(
        ":user-invalid", 119, "css", r":user-(?:in)?valid\b", "input:user-invalid { top: 0 }",
        "input:invalid { top: 0 }",
    ),
    Feature(
        ":dir()", 120, "css", r":dir\(", "p:dir(rtl) { top: 0 }", "p[dir=rtl] { top: 0 }",
    ),
    Feature(
        "mask without -webkit-", 120, "css", r"(?<![\w-])mask(?:-\w+)*\s*:", "a { mask-image: none }",
        "a { -webkit-mask-image: none }",
    ),
    Feature(
        "scrollbar-color, scrollbar-width", 121, "css", r"\bscrollbar-(?:color|width)\s*:",
        "a { scrollbar-width: thin }", "a { scrollbar-gutter: stable }",
    ),
    Feature(
        "light-dark()", 123, "css", r"\blight-dark\(", "a { color: light-dark(red, blue) }",
        "a { color-scheme: light dark }",
    ),
    Feature(
        "field-sizing", 123, "css", r"\bfield-sizing\s*:", "input { field-sizing: content }",
        "input { width: max-content }",
    ),
    Feature(
        "anchor positioning", 125, "css",
        r"(?<!-)\banchor(?:-name|-scope|-size)?\s*[:(]|\bposition-(?:anchor|area|try)\b", "a { anchor-name: --here }",
        "a { overflow-anchor: none }",
    ),
    Feature(
        "round(), mod(), rem()", 125, "css", r"[\s:,(*+-](?:round|mod|rem)\(", "a { top: round(1.3px, 1px) }",
        "a { top: 1rem }",
    ),
    Feature(
        "calc-size(), interpolate-size", 129, "css", r"\bcalc-size\(|\binterpolate-size\s*:",
        "a { height: calc-size(auto, size) }", "a { height: calc(1px + 1px) }",
    ),
    Feature(
        "popover", 114, "html", r"\spopover(?:target(?:action)?)?(?=[\s=>])", '<div popover="auto"></div>',
        '<div class="popover"></div>',
    ),
    Feature(
        "<search>", 118, "html", r"<search\b", "<search></search>", '<form role="search"></form>',
    ),
    Feature(
        "details that close each other", 120, "html", r"<details\b[^>]*\sname\s*=", '<details name="one">',
        "<details open>",
    ),
    Feature(
        "toSorted, toReversed, toSpliced", 110, "js", r"\.to(?:Sorted|Reversed|Spliced)\(",
        "const up = rows.toSorted();", "const up = [...rows].sort();",
    ),
    Feature(
        "Array.with", 110, "js", r"\.with\(", "rows.with(0, row);", "rows.width(0); startsWith(row);",
    ),
    Feature(
        "view transitions", 111, "js", r"\bstartViewTransition\b", "document.startViewTransition(turn);",
        "document.startTransition(turn);",
    ),
    Feature(
        "RegExp v", 112, "js",
        r"(?<=[\s=(,:!&|?\[])/(?![/*])(?:\\.|\[(?:\\.|[^\]\n])*\]|[^/\\\n\[])+/[a-z]*v"
        r"|\bRegExp\([^)]*,\s*[\"'`][a-z]*v",
        r"const han = /[\p{Script=Han}--[一]]/v;", r"const han = /\p{Script=Han}/u, part = a / b / vat;",
    ),
    Feature(
        "popover", 114, "js", r"\b(?:show|hide|toggle)Popover\(", "box.showPopover();", "box.showModal();",
    ),
    Feature(
        "scrollend", 114, "js", r"[\"'`]scrollend[\"'`]|\bonscrollend\b",
        'frame.addEventListener("scrollend", look);', 'frame.addEventListener("scroll", look);',
    ),
    Feature(
        "AbortSignal.any", 116, "js", r"\bAbortSignal\.any\(", "AbortSignal.any(both);", "AbortSignal.timeout(9);",
    ),
    Feature(
        "Object.groupBy, Map.groupBy", 117, "js", r"\b(?:Object|Map)\.groupBy\(", "Object.groupBy(rows, kind);",
        "Object.entries(rows); groupBy(rows);",
    ),
    Feature(
        "Promise.withResolvers, Promise.try", 119, "js", r"\bPromise\.(?:withResolvers|try)\(",
        "Promise.withResolvers();", "Promise.all([]);",
    ),
    Feature(
        "URL.canParse, URL.parse", 120, "js", r"\bURL\.(?:canParse|parse)\(", "URL.canParse(typed);",
        "new URL(typed); URL.createObjectURL(file);",
    ),
    Feature(
        "Array.fromAsync", 121, "js", r"\bArray\.fromAsync\(", "await Array.fromAsync(rows);", "Array.from(rows);",
    ),
    Feature(
        "sets that meet", 122, "js",
        r"\.(?:union|intersection|difference|symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom)\(",
        "seen.union(more);", "new Set([...seen, ...more]);",
    ),
    Feature(
        "iterators that map and filter", 122, "js",
        r"(?<!Object)\.(?:values|keys|entries|matchAll)\([^()]*\)\s*\.(?:map|filter|take|drop|flatMap|reduce|toArray|some|every|find)\("
        r"|\bIterator\.from\(",
        "seen.values().map(word);", "[...seen.values()].map(word); Object.keys(a).some(b);",
    ),
    Feature(
        "import attributes", 123, "js", r"\bimport\b[^;]*?\bwith\b\s*:?\s*\{",
        'import words from "./words.json" with { type: "json" };', 'import { words } from "./words.js";',
    ),
    Feature(
        "setHTMLUnsafe, moveBefore", 124, "js", r"\.(?:setHTMLUnsafe|getHTML|moveBefore)\(",
        "box.setHTMLUnsafe(text);", "box.replaceChildren(text);",
    ),
)  # fmt: skip
"""Each with the first Chrome that knows it. Known in 109: :has(), @container, @layer, dvh, inert."""


def code_of(ending: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a file with their language: a page holds styles and scripts too."""
    yield OF_ENDING.get(ending, ending), text
    if ending == "html":
        yield from (("css", found[1] or found[2] or "") for found in STYLE.finditer(text))
        yield from (("js", found[1] or found[2] or "") for found in SCRIPT.finditer(text))


def too_new(language: str, text: str) -> Iterator[str]:
    """Name what the oldest browser does not know in a piece of code."""
    code = NOT_CODE[language].sub(" ", text)
    for feature in FEATURES:
        if feature.language == language and re.search(feature.pattern, code):
            yield f"{feature.name} (Chrome {feature.since})"
    if language == "css" and nests(code):
        yield "nested rules (Chrome 112)"


def nests(code: str) -> bool:
    """Tell whether a block stands inside the block of a selector; inside @media and its like it may."""
    open_blocks: list[bool] = []
    for block in re.finditer(r"([^{};]*)(\{)|\}", re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\"[^\"\n]*\"", "", code)):
        if block[2]:
            if any(open_blocks):
                return True
            open_blocks.append(not block[1].strip().startswith("@"))
        elif open_blocks:
            open_blocks.pop()
    return False


def test_nothing_is_used_that_the_oldest_browser_does_not_know() -> None:
    names = files(r"village_open/static/.*\.(css|js)|templates/.*\.(css|html)|village_open/notices/sheets/template\.py")
    assert len(names) > 100
    pieces = [(name, piece) for name in names for piece in code_of(name.rsplit(".", 1)[1], text_of(name))]
    found = [f"{name}: {what}" for name, piece in pieces for what in too_new(*piece)]
    mend = "write it the older way: villages run Chrome 109 on Windows 7"
    assert not found, complain(f"newer than Chrome {OLDEST}", mend, found)


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: f"{feature.language} {feature.name}")
def test_what_is_too_new_is_found_and_its_older_way_is_left_alone(feature: Feature) -> None:
    assert feature.since > OLDEST
    assert list(too_new(feature.language, feature.used)) == [f"{feature.name} (Chrome {feature.since})"]
    assert not list(too_new(feature.language, feature.left_alone))


@pytest.mark.parametrize(
    "style",
    [
        ".card { color: red; .title { color: blue } }",
        ".card { &:hover { color: blue } }",
        ".card { @media print { color: blue } }",
        "@media print { .card { > p { color: blue } } }",
        "@layer own { .card { color: red; & p { color: blue } } }",
    ],
)
def test_a_nested_rule_is_found(style: str) -> None:
    assert list(too_new("css", style)) == ["nested rules (Chrome 112)"]


@pytest.mark.parametrize(
    "style",
    [
        "@media print { @page { size: A4 } .card { color: red } } a { color: blue }",
        "@supports (display: grid) { @media print { a { color: red } } }",
        'a::after { content: "{" } b { color: red }',
        "body:has(.card) :is(a, b):not(.c) { min-height: 100dvh }",
        "/* a { b { color-mix( */ a { color: red }",
    ],
)
def test_blocks_of_at_rules_are_not_nested_rules(style: str) -> None:
    assert not list(too_new("css", style))


@pytest.mark.parametrize(
    ("page", "what"),
    [
        ("<style>h1 { text-wrap: balance }</style>", "text-wrap (Chrome 114)"),
        ('<p style="color: light-dark(red, blue)">', "light-dark() (Chrome 123)"),
        ("<script>rows.toSorted()</script>", "toSorted, toReversed, toSpliced (Chrome 110)"),
        ('<button onclick="box.showPopover()">', "popover (Chrome 114)"),
    ],
)
def test_a_page_s_own_styles_and_scripts_are_looked_into(page: str, what: str) -> None:
    assert [found for piece in code_of("html", page) for found in too_new(*piece)] == [what]
