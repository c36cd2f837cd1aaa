"""An office joins by its phone: the form, a mistyped address, a question, and its own area."""

import uuid

import pytest

from tests.drills.holding import wait_for
from tests.pages.phone import Phone
from tests.tenants.cast import PDF, office

SEND = {"th": "ส่งคำขอ", "en": "Apply"}
CONFIRM = {"th": "ยืนยันอีเมลและส่งคำขอ", "en": "Confirm and submit"}
WAITING = {"th": "รอการพิจารณา", "en": "Awaiting review"}
UNPROVEN = {"th": "รอยืนยันอีเมล", "en": "E-mail not yet proven"}
CORRECT = {"th": "แก้อีเมล", "en": "Correct the address"}
REPLY = {"th": "ส่งคำตอบ", "en": "Send the answer"}
ATTACH = {"th": "ส่งเอกสาร", "en": "Send the document"}
READY = {"th": "พื้นที่พร้อมแล้ว", "en": "It is ready."}
MEND = {"th": "กรุณาแก้ไข", "en": "Please correct"}
_QUESTION = "ขอสำเนาคำสั่งแต่งตั้งผู้ดูแลระบบ"


@pytest.fixture
def typed() -> dict[str, str]:
    return office(f"p{uuid.uuid4().hex[:12]}")


def _fill(phone: Phone, typed: dict[str, str]) -> None:
    for name, value in typed.items():
        if name == "kind":
            phone.page.locator(f"[name=kind][value={value}]").check()
        else:
            phone.page.locator(f"[name={name}]").fill(value)


def _newest(site, to: str, what: str) -> str:
    def found() -> list[str]:
        texts = [each["text"] for each in site.mails() if to in each["to"]]
        return [word for text in texts for word in text.split() if f"/{what}" in word]

    wait_for(found, 30, f"a mail to {to}")
    return found()[0]


def test_apply__from_the_front_door_to_an_area_of_its_own(site, phone, language, typed):
    phone.open(site.address("/", platform=True))
    phone.page.locator("a[href='/apply']").click()
    _fill(phone, {**typed, "email": f"wrong-{typed['email']}"})
    phone.picture("apply")
    phone.page.get_by_role("button", name=SEND[language], exact=True).dblclick()

    assert phone.says(UNPROVEN[language])
    assert phone.posted("/api/v1/area-applications") == 1
    followed = phone.page.url
    phone.picture("application-unproven")
    phone.page.locator("[name=email]").fill(typed["email"])
    phone.press(CORRECT[language])
    phone.open(_newest(site, typed["email"], "application#prove"))
    phone.press(CONFIRM[language])
    assert phone.says(WAITING[language])

    (application,) = [
        each["id"]
        for each in site.operator.get("/api/v1/area-applications?state=submitted").body["items"]
        if each["code"] == typed["code"]
    ]
    path = f"/api/v1/area-applications/{application}"
    assert site.operator.post(f"{path}/ask", {"text": _QUESTION}).status == 200
    phone.open(_newest(site, typed["email"], "application#token"))
    assert phone.says(_QUESTION)
    phone.picture("application-asked")
    paper = {"name": "คำสั่ง.pdf", "mimeType": "application/pdf", "buffer": PDF}
    phone.page.locator("[name=file]").set_input_files(paper)
    phone.press(ATTACH[language])
    assert phone.says("คำสั่ง.pdf")
    phone.page.locator("[name=text]").fill("แนบคำสั่งแล้ว")
    phone.press(REPLY[language])
    assert phone.says(WAITING[language])

    assert site.operator.post(f"{path}/approve", {}).status == 202
    phone.another_tab(followed)
    assert phone.says(READY[language])
    phone.picture("application-ready")
    assert phone.page.locator("#area").get_attribute("href") == site_of(site, typed["slug"])


def site_of(site, slug: str) -> str:
    return f"http://{slug}.localhost:{site.port}"


def test_apply__tab_closed_midway__what_was_typed_is_there_again(site, phone, typed):
    phone.open(site.address("/apply", platform=True))
    _fill(phone, typed)
    phone.another_tab(site.address("/apply", platform=True))

    assert phone.page.locator("[name=contact_name]").input_value() == typed["contact_name"]
    assert phone.page.locator(f"[name=kind][value={typed['kind']}]").is_checked()


def test_apply__wrong_values__said_beside_their_fields(site, phone, language, typed):
    phone.open(site.address("/apply", platform=True))
    _fill(phone, {**typed, "email": "no address", "slug": "Ab"})
    phone.press(SEND[language])

    assert phone.says(MEND[language])
    for name in ("email", "slug"):
        assert phone.page.locator(f"[data-of={name}]").inner_text()
    phone.picture("apply-wrong")


def test_apply__refused_name__said_and_nothing_lost(site, phone, language, typed):
    phone.open(site.address("/apply", platform=True))
    _fill(phone, {**typed, "slug": "admin"})
    phone.press(SEND[language])

    assert phone.says({"th": "มีผู้ใช้หรือสงวนไว้แล้ว", "en": "is taken or reserved"}[language])
    assert phone.page.locator("[name=name_th]").input_value() == typed["name_th"]


def test_apply__no_signal__said_and_sent_when_it_is_back(site, phone, language, typed):
    phone.open(site.address("/apply", platform=True))
    _fill(phone, typed)
    phone.set_signal(on=False)
    phone.press(SEND[language])
    assert phone.says({"th": "ไม่มีสัญญาณ", "en": "No connection"}[language])
    phone.set_signal(on=True)
    phone.press(SEND[language])
    assert phone.says(UNPROVEN[language])
