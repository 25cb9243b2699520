"""The township's officer, who issues one village after the other."""

from dataclasses import dataclass, field

from bench.kill.browser import GONE, Browser
from bench.kill.town import OFFICER, Town

FROZEN = 302
"""The answer to an issue: number and content are frozen, the sheets follow."""


@dataclass
class Officer:
    """Issues the first village that is not issued yet; `acknowledged` are those that the server promised."""

    town: Town
    browser: Browser
    waiting: list[str]
    acknowledged: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def work(self) -> None:
        """Issue one village, unless the server dies first."""
        if not self.waiting:
            return
        village = self.waiting[0]
        try:
            if not self.browser.is_signed_in:
                self.browser.sign_in(OFFICER, self.town.password)
            page = self.town.page(village, "issue")
            self.browser.look(page)
            status, text = self.browser.post(page, {})
        except GONE:
            return
        if status == FROZEN:
            self.acknowledged.append(village)
        else:
            self.faults.append(f"issue of {village}: {status} {text[-600:]}")
