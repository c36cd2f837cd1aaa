"""The panelist's page behind a letter's link, and as a recorder sees it."""

import re

from tests.pages.studying import RATING_ONCE, done, mailed_link, sealed

ACCEPT = {"th": "ยินดีเข้าร่วม", "en": "I agree to take part"}
_HEAD = {"signer_name": "สุดา ใจดี", "signer_position": "ผู้อำนวยการ", "contact": "โทร. 044 610 000"}


def _invited(site, study) -> str:
    person = {"kind": "panelist", "name": "ผู้ได้รับหนังสือ", "reason": "เพิ่ม"}
    path = f"/api/v1/studies/{study.id}/panelists"
    return done(site.as_("supervisor").post(path, person))["id"]


def _letter(site, study, panelist: str) -> str:
    """The address that is printed in someone's letter."""
    body = {**_HEAD, "panelists": [panelist]}
    printed = site.as_("supervisor").post(f"/api/v1/studies/{study.id}/letters", body)
    assert printed.status == 201, printed.body
    code = re.search(r"/panel#token=([\w-]+)", printed.text)[1]
    return site.address(f"/panel#token={code}")


def _rated(phone, choice: int = 3) -> None:
    phone.page.locator("#question-1").get_by_role("radio").nth(choice).check()
    phone.page.locator("#saving").get_by_text(re.compile("^(บันทึกแล้ว|Saved)$")).wait_for()


def test_letter__on_the_phone_that_opened_it__again_and_nowhere_else(
    site, new_phone, phone, language
):
    study = sealed(site, RATING_ONCE)
    study.open()
    address = _letter(site, study, _invited(site, study))
    phone.open(address)
    phone.press(ACCEPT[language])
    _rated(phone)
    phone.another_tab(address)  # scanned once more
    phone.page.locator("#question-1 input:checked").wait_for()
    phone.page.locator("#mine summary").click()
    own = re.search(r"http\S+", phone.page.locator("#own-link").inner_text())[0]
    phone.picture("panel-letter-own-link")

    other = new_phone(language)
    other.open(address)
    assert other.says(
        {"th": "ลิงก์ในหนังสือเปิดได้บนเครื่องที่เปิดครั้งแรกเท่านั้น", "en": "opens on the device"}[language]
    )
    other.picture("panel-letter-other-device")
    other.another_tab(own)
    other.page.locator("#question-1 input:checked").wait_for()


def test_recorder__enters_for_someone__who_reads_by_whom(site, new_phone, phone, language):
    study = sealed(site, RATING_ONCE)
    study.open()
    supervisor = site.as_("supervisor")
    teacher = site.user_id("teacher")
    changed = site.admin.patch(
        f"/api/v1/studies/{study.id}", {"recorders": [teacher]}, If_Match="*"
    )
    assert changed.status == 200, changed.body
    people = done(supervisor.get(f"/api/v1/studies/{study.id}/panelists"))["items"]
    person = people[0]["id"]
    started = site.as_("teacher").post(
        f"/api/v1/recordings/{person}/start", {"way": "interview", "agreed": True}
    )
    assert started.status == 201, started.body
    phone.open(started.body["link"])
    assert "credential" not in phone.page.url
    phone.press(ACCEPT[language])
    _rated(phone)
    phone.page.reload()
    phone.page.locator("#question-1 input:checked").wait_for()
    assert phone.says({"th": "เป็นผู้บันทึกคำตอบ", "en": "answers entered by"}[language])
    phone.picture("panel-recorder")

    own = new_phone(language)
    own.open(mailed_link(site, person))
    own.page.locator("#question-1 input:checked").wait_for()
    assert own.says({"th": "เป็นผู้บันทึกคำตอบ", "en": "answers entered by"}[language])
    _rated(own, 0)

    phone.page.reload()
    assert phone.says({"th": "ไม่แสดงที่นี่", "en": "none are shown here"}[language])
    assert phone.page.locator("#question-1 input:checked").count() == 0
    phone.picture("panel-recorder-unseen")
