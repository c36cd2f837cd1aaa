"""One site with its processes, one Chromium, and a phone for each test."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.drills.site import Site
from tests.pages.phone import Phone

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = [
    "--no-sandbox",  # root, as in containers, has no other way
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_PHONE = {
    "viewport": {"width": 360, "height": 640},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "timezone_id": "Asia/Bangkok",
}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with Site(tmp_path_factory.mktemp("site"), durable=False, beat_seconds=1) as site:
        yield site


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    assert found, f"No Chromium: none of {', '.join(_NAMES)} is there."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(params=["th", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def new_phone(chromium: Browser) -> Iterator[Callable[..., Phone]]:
    """Phones whose language the test names; no page may have made any trouble on them."""
    phones: list[Phone] = []

    def make(locale: str, *, service_workers: bool = False) -> Phone:
        # What passes by a service worker escapes `set_signal`: a test that wants one has to
        # take the server away instead.
        context = chromium.new_context(locale=locale, **_PHONE)
        if not service_workers:
            context.add_init_script("Object.defineProperty(navigator, 'serviceWorker', {})")
        phones.append(Phone(context))
        return phones[-1]

    yield make
    for each in phones:
        each.context.close()
    assert [trouble for each in phones for trouble in each.troubles] == []


@pytest.fixture
def phone(new_phone: Callable[..., Phone], language: str) -> Phone:
    return new_phone(language)
