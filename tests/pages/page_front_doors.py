"""What someone meets who types an address: front doors, documentation, problems, the outbox."""

import pytest

from tests.pages.phone import Phone


def _words(language: str, thai: str, english: str) -> str:
    return thai if language == "th" else english


def test_platform__front_door__names_areas_and_says_how_to_join(site, phone, language):
    phone.open(site.address("/", platform=True))

    area = phone.page.get_by_role(
        "link", name=_words(language, "เขตทดสอบ drill", "Test area drill")
    )
    assert area.get_attribute("href") == site.address("/")
    assert phone.says("/api/v1/area-applications")
    phone.picture("platform")


def test_area__front_door__says_its_name_and_leads_to_first_access(site, phone, language):
    phone.open(site.address("/"))

    assert phone.says(_words(language, "เขตทดสอบ drill", "Test area drill"))
    phone.picture("area")
    phone.page.get_by_role("link", name=_words(language, "เข้าใช้งานครั้งแรก", "First access")).click()
    assert phone.says(_words(language, "รหัสในใบแจ้ง", "Code on the slip"))


def test_switch__pressed__the_other_language_and_the_same_secret(site, phone, language):
    phone.open(site.address("/invitation#token=secret"))
    phone.page.get_by_role("link", name=_words(language, "English", "ไทย")).click()

    assert phone.says(_words(language, "Welcome", "ยินดีต้อนรับ"))
    assert phone.page.url.endswith("#token=secret")
    assert not any("secret" in each.url.split("#")[0] for each in phone.asked)


@pytest.mark.parametrize("platform", [True, False])
@pytest.mark.parametrize(("path", "drawn"), [("docs", ".opblock"), ("redoc", "[data-section-id]")])
def test_documentation__opened__drawn_from_here_alone(site, new_phone, path, drawn, platform):
    phone = new_phone("en")
    phone.open(site.address(f"/api/{path}", platform=platform))

    phone.page.locator(drawn).first.wait_for(timeout=60_000)


def test_problems__each__explained_in_both_languages(site, phone: Phone):
    phone.open(site.address("/problems", platform=True))
    phone.picture("problems", whole=False)
    phone.page.get_by_role("link", name="panel_link_not_valid").click()

    assert phone.says("ลิงก์นี้ใช้ไม่ได้")
    assert phone.says("The link is not valid")
    phone.picture("problem")


def test_outbox__a_mail__its_link_can_be_pressed(site, new_phone):
    someone = {"login": f"{site.username('officer')}@example.go.th"}
    assert site.stranger.post("/api/v1/auth/password-reset", someone).status == 202
    phone = new_phone("th")
    phone.page.goto(site.address("/outbox", platform=True))
    while not phone.page.get_by_text("/reset-password#").count():
        phone.page.reload()
    phone.picture("outbox", whole=False)

    phone.page.get_by_role("link", name="/reset-password#").first.click()
    assert phone.says("ตั้งรหัสผ่านใหม่")
