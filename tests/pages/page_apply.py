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
CORRECT = {"th": "บันทึกการแก้ไข", "en": "Correct it"}
MEND_TOO = {"th": "แก้ข้อมูลสำนักงาน", "en": "Correct what you told about your office"}
REPLY = {"th": "ส่งคำตอบ", "en": "Send the answer"}
ATTACH = {"th": "ส่งเอกสาร", "en": "Send the document"}
READY = {"th": "พื้นที่พร้อมแล้ว", "en": "It is ready."}
MEND = {"th": "กรุณาแก้ไข", "en": "Please correct"}
TAKEN = {"th": "มีผู้ใช้หรือสงวนไว้แล้ว", "en": "is taken or reserved"}
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
    assert phone.says(f"wrong-{typed['email']}")
    followed = phone.page.url
    phone.picture("application-unproven")
    phone.page.locator("#correct [name=email]").fill(typed["email"])
    phone.press(CORRECT[language])
    phone.open(_newest(site, typed["email"], "application#prove"))
    phone.press(CONFIRM[language])
    assert phone.says(WAITING[language])

    path = f"/api/v1/area-applications/{_submitted(site, typed)}"
    assert site.operator.post(f"{path}/ask", {"text": _QUESTION}).status == 200
    phone.open(_newest(site, typed["email"], "application#token"))
    assert phone.says(_QUESTION)
    phone.picture("application-asked")
    phone.page.locator("#reply").get_by_text(MEND_TOO[language]).click()
    phone.page.locator("#reply [name=contact_name]").fill("สมหญิง ใจดี")
    paper = {"name": "คำสั่ง.pdf", "mimeType": "application/pdf", "buffer": PDF}
    phone.page.locator("[name=file]").set_input_files(paper)
    phone.press(ATTACH[language])
    assert phone.says("คำสั่ง.pdf")
    phone.page.locator("[name=text]").fill("แนบคำสั่งแล้ว")
    phone.picture("application-answering")
    phone.press(REPLY[language])
    assert phone.says(WAITING[language])

    assert site.operator.get(path).body["contact_name"] == "สมหญิง ใจดี"

    assert site.operator.post(f"{path}/approve", {}).status == 202
    phone.another_tab(followed)
    assert phone.says(READY[language])
    phone.picture("application-ready")
    area = f"http://{typed['slug']}.localhost:{site.port}"
    assert phone.page.locator("#area").get_attribute("href") == area
    phone.open(_newest(site, typed["email"], "invitation#token"))
    phone.picture("application-first-admin")

    code = f"/api/v1/areas/{typed['code']}"
    assert site.operator.post(f"{code}/suspend", {"reason": "ตามคำขอ"}).status == 200
    phone.another_tab(followed)
    assert phone.says({"th": "ระงับการใช้งาน", "en": "Suspended"}[language])
    assert not phone.page.locator("#area").is_visible()
    phone.picture("application-suspended")


def _submitted(site, typed: dict[str, str]) -> str:
    """The id of the application, as an operator finds it."""
    found = site.operator.get("/api/v1/area-applications?state=submitted").body["items"]
    (application,) = [each["id"] for each in found if each["code"] == typed["code"]]
    return application


def test_prove__another_office_was_faster__choosing_another_name_gets_through(
    site, phone, language, typed
):
    rival = office(f"q{uuid.uuid4().hex[:12]}", slug=typed["slug"])
    for each in (typed, rival):
        assert site.operator.post("/api/v1/area-applications", each).status == 201
    phone.open(_newest(site, rival["email"], "application#prove"))
    phone.press(CONFIRM[language])
    assert phone.says(WAITING[language])
    phone.open(_newest(site, typed["email"], "application#prove"))
    phone.press(CONFIRM[language])

    assert phone.says(TAKEN[language])
    phone.page.locator("#correct").get_by_text(MEND_TOO[language]).click()
    phone.page.locator("#correct [name=slug]").fill(f"{typed['slug']}-b")
    phone.picture("application-name-taken")
    phone.press(CORRECT[language])
    phone.press(CONFIRM[language])
    assert phone.says(WAITING[language])


def test_application__link_lost__mailed_again(site, phone, language, typed):
    assert site.operator.post("/api/v1/area-applications", typed).status == 201
    first = _newest(site, typed["email"], "application#token")
    phone.open(site.address("/apply", platform=True))
    phone.page.locator("a[href='/application']").click()
    phone.page.locator("#remind [name=email]").fill(typed["email"])
    phone.picture("application-link-lost")
    phone.press({"th": "ส่งลิงก์ให้อีกครั้ง", "en": "Mail the link again"}[language])
    assert phone.says({"th": "ลิงก์ใหม่จะไปถึง", "en": "a fresh link is on its way"}[language])
    wait_for(
        lambda: _newest(site, typed["email"], "application#token") != first, 30, "a fresh link"
    )
    phone.open(_newest(site, typed["email"], "application#token"))
    assert phone.says(UNPROVEN[language])


def test_apply__tab_closed_midway__what_was_typed_is_there_again(site, phone, typed):
    phone.open(site.address("/apply", platform=True))
    _fill(phone, typed)
    phone.another_tab(site.address("/apply", platform=True))

    assert phone.page.locator("[name=contact_name]").input_value() == typed["contact_name"]
    assert phone.page.locator(f"[name=kind][value={typed['kind']}]").is_checked()


def test_apply__browser_keeps_nothing__form_works(site, phone, language, typed):
    phone.context.add_init_script("delete window.localStorage; window.localStorage = null")
    phone.open(site.address("/apply", platform=True))
    _fill(phone, typed)
    phone.press(SEND[language])
    assert phone.says(UNPROVEN[language])


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

    assert phone.says(TAKEN[language])
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
