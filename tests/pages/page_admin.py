"""Django's admin in a real browser, at the size of a desk: signed in, looked at, used."""

import re
import uuid
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.drills.holding import wait_for
from tests.pages.phone import PICTURES, Phone

TABLES = (
    "tenants/area",
    "tenants/areaapplication",
    "tenants/serviceplan",
    "tenants/areausage",
    "tenants/deletioncertificate",
    "jobs/job",
    "journal/journalentry",
)
SIGN_IN = {"th": "ลงชื่อเข้าใช้", "en": "Sign in"}
SUSPEND = {"th": "ระงับการใช้งาน", "en": "Suspend"}
REACTIVATE = {"th": "เปิดใช้งานอีกครั้ง", "en": "Reactivate"}


@pytest.fixture
def desk(chromium, language) -> Iterator[Phone]:
    """Writes down the same troubles as a phone; Django's pages are for a larger screen."""
    context = chromium.new_context(locale=language, viewport={"width": 1280, "height": 900})
    desk = Phone(context)
    yield desk
    context.close()
    assert desk.troubles == []


def _picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True, animations="disabled")


def _sign_in(desk: Phone, site, language: str) -> None:
    desk.open(site.address("/admin/", platform=True))
    desk.page.locator("[name=login]").fill("operator")
    desk.page.locator("[name=password]").fill(site.password)
    _picture(desk.page, f"admin-sign-in-{language}")
    desk.press(SIGN_IN[language])
    desk.page.wait_for_url(re.compile("/admin/$"))


def test_admin__every_list_and_one_thing_of_each__no_script_error_and_nothing_from_elsewhere(
    site, desk, language
):
    _sign_in(desk, site, language)
    _picture(desk.page, f"admin-{language}")
    for table in TABLES:
        desk.open(site.address(f"/admin/{table}/", platform=True))
        _picture(desk.page, f"admin-{table.replace('/', '-')}-{language}")
        things = desk.page.locator("#result_list tbody th a")
        if things.count():
            things.first.click()
            desk.page.wait_for_load_state("networkidle")
            _picture(desk.page, f"admin-{table.replace('/', '-')}-one-{language}")
    assert {urlsplit(each.url).hostname for each in desk.asked} == {"localhost"}


def test_admin__suspend_and_reactivate_an_area__its_door_closes_and_opens(site, desk, language):
    _sign_in(desk, site, language)
    desk.open(site.address("/admin/tenants/area/?q=drill", platform=True))
    desk.page.locator("#result_list tbody th a").first.click()
    desk.page.get_by_role("link", name=SUSPEND[language], exact=True).click()
    desk.page.locator("[name=reason]").fill(f"ทดสอบ {uuid.uuid4().hex[:6]}")
    _picture(desk.page, f"admin-suspend-{language}")
    desk.press(SUSPEND[language])
    desk.page.get_by_role("link", name=REACTIVATE[language], exact=True).wait_for()
    wait_for(lambda: site.stranger.get("/api/v1/me").status == 404, 10, "its door is closed")

    desk.page.get_by_role("link", name=REACTIVATE[language], exact=True).click()
    desk.press(REACTIVATE[language])
    desk.page.get_by_role("link", name=SUSPEND[language], exact=True).wait_for()
    _picture(desk.page, f"admin-reactivated-{language}")
    wait_for(lambda: site.stranger.get("/api/v1/me").status == 401, 10, "its door is open")
