"""Takes the README's pictures from a running demo: `.venv/bin/python scripts/take_pictures.py http://127.0.0.1:5000`."""

import sys
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, ViewportSize, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
PASSWORD = "qingshan-2026"
LAPTOP, PHONE = ViewportSize(width=1366, height=768), ViewportSize(width=390, height=844)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
V = "/villages/990101101"
SHOTS = (
    ("1-desk", "clerk203", "/desk", LAPTOP),
    ("2-grid", "clerk203", f"{V}203/2026Q3/lines", LAPTOP),
    ("3-review", "review202-1", f"{V}202/2026Q3/review", LAPTOP),
    ("4-sign", "oversight206-1", f"{V}206/2026Q3/sign", LAPTOP),
    ("5-matrix", "office1", "/office/990101101/matrix?period=2026Q3", LAPTOP),
    ("6-issue", "office1", f"{V}208/2026Q3/issue", LAPTOP),
    ("8-phone", "", "/village/990101101200/2026Q2/finance", PHONE),
    ("9-matter", "clerk200", f"{V}200/matters/2026/1", LAPTOP),
)
"""File, who is signed in, address, window."""


def main(base: str) -> None:
    """Take every picture and the first page of a sheet."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=list(FLAGS))
        for shot in SHOTS:
            _take(browser, base, shot)
        _take_sheet(browser, base)
        browser.close()


def _chromium() -> str:
    return next(str(path) for path in map(Path, ("/usr/bin/chromium", "/usr/bin/chromium-browser")) if path.exists())


def _take(browser: Browser, base: str, shot: tuple[str, str, str, ViewportSize]) -> None:
    name, login, path, window = shot
    page = browser.new_page(viewport=window)
    if login:
        page.goto(f"{base}/sign-in")
        page.fill("[name=login]", login)
        page.fill("[name=password]", PASSWORD)
        page.click("main button")
    answer = page.goto(f"{base}{path}")
    if answer is None or answer.status != 200:
        raise SystemExit(f"{path} 没有打开")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png")
    page.close()


def _take_sheet(browser: Browser, base: str) -> None:
    page = browser.new_page()
    page.goto(f"{base}/village/990101101200/2026Q2/finance")
    address = page.locator("a[href*='finance_lines.A3']").first.get_attribute("href")
    answer = page.request.get(f"{base}{address}")
    if not answer.ok:
        raise SystemExit(f"{address} 没有下载到：{answer.status}")
    pdf = pypdfium2.PdfDocument(answer.body())
    pdf[0].render(scale=1.1).to_pil().save(PICTURES / "7-sheet.png")
    page.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:5000")
