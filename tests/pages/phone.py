"""A cheap phone: Chromium at 360 × 640, which writes down whatever a page should not do."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

PICTURES = Path(".krunet/pages")
LEAST_TARGET = 44  # CSS pixels, WCAG 2.5.5
LEAST_CONTRAST = 4.5  # WCAG 1.4.3
_ANSWERS_OF_THE_API = "Failed to load resource"  # Chromium writes down each 4xx and each loss
_LOOKS = (Path(__file__).parent / "looks.js").read_text()


@dataclass
class Phone:
    """`troubles` collects foreign requests, script errors, violations and missing files."""

    context: BrowserContext
    page: Page = field(init=False)
    asked: list[Request] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.on("request", self._note_request)
        self.context.on("response", self._note_response)
        self.context.on("console", self._note_console)
        self.context.on("weberror", lambda error: self.troubles.append(str(error.error)))
        self.page = self.context.new_page()

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.page.wait_for_load_state("networkidle")

    def another_tab(self, address: str) -> None:
        self.page.close()
        self.page = self.context.new_page()
        self.open(address)

    def says(self, words: str | re.Pattern[str]) -> bool:
        """Whether the words can be seen, now or in a moment."""
        self.page.get_by_text(words).filter(visible=True).first.wait_for(timeout=15_000)
        return True

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def set_signal(self, *, on: bool) -> None:
        self.context.set_offline(not on)

    def picture(self, name: str, *, whole: bool = True) -> None:
        """Keep a screenshot in .krunet/pages, and see that a thumb and tired eyes can use it."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        file = PICTURES / f"{name}-{self.page.locator('html').get_attribute('lang')}.png"
        self.page.screenshot(path=file, full_page=whole, animations="disabled")
        found = self.page.evaluate(f"({_LOOKS})({LEAST_TARGET}, {LEAST_CONTRAST})")
        self.troubles += [f"{name}: {each}" for each in found]

    def posted(self, path: str) -> int:
        """How many requests other than GET went to this path."""
        paths = [urlsplit(each.url).path for each in self.asked if each.method != "GET"]
        return paths.count(path)

    def _note_request(self, request: Request) -> None:
        self.asked.append(request)
        host = urlsplit(request.url).hostname or "localhost"  # data: and blob: have none
        if host != "localhost" and not host.endswith(".localhost"):
            self.troubles.append(f"asks another host: {request.url}")

    def _note_response(self, response: Response) -> None:
        if response.status >= 400 and "/api/v1/" not in response.url:
            self.troubles.append(f"{response.status}: {response.url}")

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and _ANSWERS_OF_THE_API not in message.text:
            self.troubles.append(f"console: {message.text}")
