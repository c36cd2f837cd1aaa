"""Pages behind a letter's link or a slip: an office's application, and choosing a password."""

import re
import uuid

import pytest

from tests.drills.holding import wait_for
from tests.tenants.cast import office

PASSWORD = "ม้าตัวใหม่ที่ถูกต้อง"
SAVE = {"th": "บันทึกรหัสผ่าน", "en": "Save the password"}
DONE = {"th": "ตั้งรหัสผ่านแล้ว", "en": "Your password is set"}
OFFLINE = {"th": "ไม่มีสัญญาณอินเทอร์เน็ต", "en": "No connection"}
TROUBLE = {"th": "ระบบขัดข้องชั่วคราว", "en": "Something went wrong on our side"}
CONFIRM = {"th": "ยืนยันอีเมลและส่งคำขอ", "en": "Confirm and submit"}


@pytest.fixture
def name() -> str:
    return f"p{uuid.uuid4().hex[:12]}"


def _mailed(site, to: str, what: str) -> str:
    """The newest link of this kind that was mailed to this address."""

    def found() -> list[str]:
        texts = [each["text"] for each in site.mails() if to in each["to"]]
        return re.findall(rf"http\S+/{what}\S+", "\n".join(texts))

    wait_for(found, 30, f"a mail to {to}")
    return found()[0]


def _invited(site, name: str) -> str:
    person = {"display_name": "ครูใหม่ ใจดี", "role": "supervisor", "scope": "area"}
    answer = site.admin.post("/api/v1/invitations", {**person, "email": f"{name}@example.go.th"})
    assert answer.status == 201, answer
    return _mailed(site, f"{name}@example.go.th", "invitation")


def _can_sign_in(site, login: str) -> bool:
    return (
        site.stranger.post("/api/v1/auth/sign-in", {"login": login, "password": PASSWORD}).status
        == 200
    )


def _choose(phone, language: str, *, password: str = PASSWORD) -> None:
    phone.page.locator("[name=chosen]").fill(password)
    phone.press(SAVE[language])


def test_application__link_pressed_twice__proved_once_and_followed_to_the_area(
    site, phone, language, name
):
    applied = site.operator.post("/api/v1/area-applications", office(name))
    assert applied.status == 201, applied
    phone.open(_mailed(site, f"{name}@example.go.th", "application"))
    phone.picture("application-asks")
    assert phone.posted("/api/v1/area-applications/prove") == 0
    phone.page.get_by_role("button", name=CONFIRM[language]).dblclick()

    assert phone.says({"th": "รอการพิจารณา", "en": "Awaiting review"}[language])
    assert phone.posted("/api/v1/area-applications/prove") == 1
    phone.picture("application-waits")
    application = applied.body["application"]["id"]
    assert site.operator.post(f"/api/v1/area-applications/{application}/approve", {}).status == 202
    link = _mailed(site, f"{name}@example.go.th", "application#token")
    wait_for(
        lambda: site.operator.get(f"/api/v1/area-applications/{application}").body["area_url"],
        60,
        "the area is there",
    )
    phone.another_tab(link)
    assert phone.says({"th": "อนุมัติแล้ว", "en": "Approved"}[language])
    phone.picture("application-approved")


def test_application__no_signal_or_server_trouble__told_in_words_and_done_later(
    site, phone, language, name
):
    site.operator.post("/api/v1/area-applications", office(name))
    phone.open(_mailed(site, f"{name}@example.go.th", "application"))
    phone.set_signal(on=False)
    phone.press(CONFIRM[language])
    assert phone.says(OFFLINE[language])
    phone.picture("application-offline")

    phone.set_signal(on=True)
    site.postgres.stop()
    try:
        phone.press(CONFIRM[language])
        assert phone.says(TROUBLE[language])
    finally:
        site.restore()
    phone.press(CONFIRM[language])
    assert phone.says({"th": "รอการพิจารณา", "en": "Awaiting review"}[language])


def test_application__link_cut_or_unknown__told_in_words(site, phone, language):
    cut = {"th": "ลิงก์ไม่ครบ", "en": "The link is cut"}[language]
    phone.open(site.address("/application", platform=True))
    assert phone.says(cut)
    phone.picture("application-cut")
    phone.another_tab(site.address("/application#prove=half", platform=True))
    phone.press(CONFIRM[language])
    assert phone.says(cut)
    phone.another_tab(site.address(f"/application#token={'x' * 43}", platform=True))
    assert phone.says({"th": "หมดอายุแล้ว", "en": "has expired"}[language])
    phone.picture("application-unknown")


def test_invitation__password_chosen__can_sign_in_and_the_link_is_spent(
    site, phone, language, name
):
    link = _invited(site, name)
    phone.open(link)
    phone.picture("invitation")
    _choose(phone, language, password="password1234")
    phone.page.locator("[role=alert]:not(:empty)").wait_for()
    phone.picture("invitation-weak")
    phone.page.locator("[name=chosen]").fill(PASSWORD)
    phone.page.get_by_role("button", name=SAVE[language]).dblclick()

    assert phone.says(DONE[language])
    assert phone.posted("/api/v1/invitations/accept") == 2
    assert "token" not in phone.page.url
    phone.picture("invitation-done")
    assert _can_sign_in(site, f"{name}@example.go.th")
    phone.another_tab(link)
    _choose(phone, language)
    phone.page.locator("[role=alert]:not(:empty)").wait_for()
    phone.picture("invitation-spent")


def test_invitation__no_signal__typed_password_stays_and_is_sent_later(site, phone, language, name):
    phone.open(_invited(site, name))
    phone.set_signal(on=False)
    _choose(phone, language)
    assert phone.says(OFFLINE[language])

    phone.set_signal(on=True)
    phone.press(SAVE[language])
    assert phone.says(DONE[language])


def test_password_reset__link_followed__the_new_password_holds(site, phone, language, name):
    phone.open(_invited(site, name))
    _choose(phone, language, password="the one that is forgotten")
    assert phone.says(DONE[language])
    email = f"{name}@example.go.th"
    assert site.stranger.post("/api/v1/auth/password-reset", {"login": email}).status == 202
    phone.another_tab(_mailed(site, email, "reset-password"))
    phone.picture("reset-password")
    _choose(phone, language)

    assert phone.says(DONE[language])
    assert _can_sign_in(site, email)


def test_first_access__slip_with_its_code__gives_access(site, phone, language):
    issued = site.admin.post("/api/v1/access-slips", {"user_id": site.user_id("teacher")})
    assert issued.status == 201, issued
    phone.open(issued.body["link"])
    phone.picture("first-access")
    assert phone.page.locator("[name=login]").input_value() == site.username("teacher")
    _choose(phone, language)

    assert phone.says(DONE[language])
    assert _can_sign_in(site, site.username("teacher"))


def test_first_access__typed_with_a_wrong_code__told_in_words(site, phone, language):
    phone.open(site.address("/first-access"))
    phone.page.locator("[name=login]").fill(site.username("teacher"))
    phone.page.locator("[name=code]").fill("WRONG-CODE")
    _choose(phone, language)

    phone.page.locator("[role=alert]:not(:empty)").wait_for()
    phone.picture("first-access-wrong")


def test_confirm_email__pressed__signs_in_with_the_new_address(site, phone, language, name):
    token = _invited(site, name).rsplit("=", 1)[1]
    joined = site.stranger.post(
        "/api/v1/invitations/accept", {"token": token, "password": PASSWORD}
    )
    wanted = {"email": f"{name}.new@example.go.th", "password": PASSWORD}
    person = {"Authorization": f"Bearer {joined.body['session_token']}"}
    assert site.stranger.post("/api/v1/auth/email", wanted, **person).status == 202
    phone.open(_mailed(site, wanted["email"], "confirm-email"))
    phone.picture("confirm-email")
    assert phone.posted("/api/v1/auth/email/confirm") == 0
    phone.page.get_by_role("button", name={"th": "ยืนยัน", "en": "Confirm"}[language]).click()

    assert phone.says({"th": "ยืนยันอีเมลแล้ว", "en": "Confirmed"}[language])
    phone.picture("confirm-email-done")
    assert _can_sign_in(site, wanted["email"])
