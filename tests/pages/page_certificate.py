"""A certificate that someone shows: its code opened on a stranger's phone."""

import pytest

from tests.drills.site import Site

VALID = {"th": "ลงนามไว้จริง และยังใช้ได้", "en": "and holds"}
REVOKED = {"th": "ถูกเพิกถอนแล้ว", "en": "but revoked since"}
UNKNOWN = {"th": "ไม่พบว่าเขตพื้นที่ใดลงนาม", "en": "No service area has signed just this"}
OFFLINE = {"th": "ไม่มีสัญญาณอินเทอร์เน็ต", "en": "No connection"}
AGAIN = {"th": "ลองใหม่", "en": "Try again"}
CHECK = {"th": "ตรวจสอบ", "en": "Verify"}
TRAINING = {"th": "การอบรม", "en": "Training"}
AREA = {"th": "เขตทดสอบ drill", "en": "Test area drill"}


@pytest.fixture
def certificate(site: Site) -> dict:
    return site.as_("teacher").get(f"/api/v1/certificates/{site.thing('certificate')}").body


def test_verify__a_code_opened__says_who_signed_what_and_tells_no_server(
    site, phone, language, certificate
):
    phone.open(site.address(f"/verify#{certificate['signed']}", platform=True))

    assert phone.says(VALID[language])
    for words in (certificate["statement"]["teacher_name"], AREA[language], TRAINING[language]):
        assert phone.says(words)
    assert phone.says("3.00")
    assert not any(certificate["signed"] in each.url.split("#")[0] for each in phone.asked)
    phone.picture("certificate")


def test_verify__pasted_and_altered__unknown(site, phone, language, certificate):
    phone.open(site.address("/verify", platform=True))
    phone.page.locator("[name=signed]").fill(f"{certificate['verify_url'][:-6]}AAAAAA")
    phone.press(CHECK[language])

    assert phone.says(UNKNOWN[language])
    phone.picture("certificate-unknown")


def test_verify__no_signal_then_again(site, phone, language, certificate):
    phone.open(site.address("/verify", platform=True))
    phone.set_signal(on=False)
    phone.page.locator("[name=signed]").fill(certificate["signed"])
    phone.press(CHECK[language])
    assert phone.says(OFFLINE[language])

    phone.set_signal(on=True)
    phone.press(AGAIN[language])
    assert phone.says(VALID[language])


def test_verify__revoked__says_so(site, phone, language, certificate):
    path = f"/api/v1/certificates/{certificate['id']}/revoke"
    assert site.as_("officer").post(path, {"reason": "ออกให้ผิดคน"}).status == 200
    phone.open(site.address(f"/verify#{certificate['signed']}", platform=True))

    assert phone.says(REVOKED[language])
    phone.picture("certificate-revoked")
