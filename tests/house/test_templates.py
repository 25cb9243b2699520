"""Templates: in the folder of their room, no script or style of their own, one macro a file."""

import re

from tests.house.tree import complain, files, own_files, rooms, text_of

SHEETS = "templates/notices/sheets/"  # Paper, not pages: WeasyPrint reads their style, no browser does.
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
INLINE = re.compile(
    r"<style\b|<script(?![^>]*\bsrc=)[^>]*>(?!\s*</script>)|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE)
MACRO = re.compile(r"{%-?\s*macro\s+(\w+)")


def places(pattern: re.Pattern[str], names: list[str]) -> list[str]:
    """Find a pattern in templates, comments aside, as `path:line`."""
    return [
        f"{name}:{code.count(chr(10), 0, found.start()) + 1} {found.group().strip()}"
        for name in names
        for code in [COMMENT.sub(lambda m: "\n" * m.group().count("\n"), text_of(name))]
        for found in pattern.finditer(code)
    ]


def pages() -> list[str]:
    """List the templates that a browser shows."""
    return [name for name in files(r"templates/.*\.html") if not name.startswith(SHEETS)]


def test_no_page_has_a_style_or_script_of_its_own() -> None:
    inline = places(INLINE, pages())
    mend = "the content security policy blocks it: use a class of static/css, a module of static/js"
    assert not inline, complain("inline style or script", mend, inline)


def test_no_page_loads_anything_from_elsewhere() -> None:
    outside = [place for place in places(ELSEWHERE, pages()) if "href" not in place]
    assert not outside, complain(
        "loaded from another host", "serve it from static/: a village may have no network", outside
    )


def test_every_template_lies_in_the_folder_of_its_room() -> None:
    homes = rooms() | {"components", "errors"}
    astray = [name for name in files(r"templates/[^/]+/.*") if name.split("/")[1] not in homes]
    assert not astray, complain("templates without a room", f"the folder is the room's name: {sorted(homes)}", astray)


def test_the_macros_of_a_component_have_the_name_of_its_file() -> None:
    astray = []
    for name in files(r"templates/components/\w+\.html"):
        own_name = name.rsplit("/", 1)[1].removesuffix(".html")
        public = [macro for macro in MACRO.findall(text_of(name)) if not macro.startswith("_")]
        if own_name not in public or not all(macro.startswith(own_name) for macro in public):
            astray.append(f"{name}: {public}")
    mend = "one macro a file, called as the file is; its variants begin with that name, its own parts with _"
    assert not astray, complain("components", mend, astray)


def test_every_component_is_used_or_is_not_there() -> None:
    sources = "\n".join(text_of(name) for name in own_files() if re.fullmatch(r"templates/.*\.html", name))
    unused = [
        name for name in files(r"templates/components/\w+\.html") if name.removeprefix("templates/") not in sources
    ]
    assert not unused, complain("components that no template imports", "delete them, git keeps them", unused)
