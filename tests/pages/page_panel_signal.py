"""A panelist's page where the signal comes and goes, on two devices, and when it is too late."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.drills.holding import wait_for
from tests.pages.studying import RATING_ONCE, RATING_TWICE, done, entered, sealed

KEPT = {"th": "เก็บไว้ในเครื่องนี้", "en": "Kept on this phone"}
KEPT_BOTH = {"th": "2 ข้อเก็บไว้ในเครื่องนี้", "en": "2 kept on this phone"}
LATE = {"th": "คำตอบ {} ข้อมาถึงช้าไป", "en": "{} of your answers came too late"}
LEFT = {"th": "เหลือ {} จาก 3 ข้อ", "en": "{} of 3 left"}
SAVED = {"th": "บันทึกแล้ว", "en": "Saved"}

in_both_languages = pytest.mark.parametrize("language", ["th", "en"])


@pytest.fixture
def language() -> str:
    return "th"


def _opened(site, phone, protocol=RATING_ONCE):
    """A study whose first round is open on the phone; three items are asked."""
    study = sealed(site, protocol)
    study.open()
    done(entered(site, study.link).post("/api/v1/panel/accept", {}))
    phone.open(study.link)
    phone.page.locator("#question-3").wait_for()
    return study


def _choose(phone, place: int, value: int) -> None:
    phone.page.locator(f"#question-{place} input[value='{value}']").check()


def _take_web_away(site) -> None:
    family = site.children("web")
    site.kill("web")
    for each in family:  # a browser's open connections would keep them, and the port
        each.kill()


def _ratings(study) -> list[int | None]:
    return [each["rating"] for each in study.me()["items"]]


def _becomes(study, ratings) -> None:
    wait_for(lambda: _ratings(study) == ratings, 40, f"the server has {ratings}")


def _stored(phone) -> int:
    kept = "Object.keys(localStorage).filter((key) => key.startsWith('krunet.panel.')).length"
    return phone.page.evaluate(kept)


@in_both_languages
def test_no_signal__answers_kept_and_counted__sent_when_it_returns_the_last_one_wins(
    site, phone, language
):
    study = _opened(site, phone)
    phone.set_signal(on=False)
    _choose(phone, 1, 2)
    _choose(phone, 2, 5)
    _choose(phone, 1, 4)
    assert phone.says(KEPT_BOTH[language])
    assert phone.says(LEFT[language].format(1))
    phone.picture("panel-no-signal", whole=False)
    assert _ratings(study) == [None, None, None]

    phone.set_signal(on=True)
    _becomes(study, [4, 5, None])
    phone.page.locator("#question-1").get_by_text(SAVED[language]).wait_for()
    assert _stored(phone) == 0
    assert phone.posted("/api/v1/panel/answers")  # what waited together travelled together


def test_no_signal__tab_closed__link_opened_again_sends_what_was_kept(site, phone, language):
    study = _opened(site, phone)
    phone.set_signal(on=False)
    _choose(phone, 1, 3)
    phone.page.locator("#question-2 .comment > summary").click()
    phone.page.locator("#question-2 .comment textarea").fill("ยังพิมพ์ไม่จบ")
    phone.page.close()
    phone.set_signal(on=True)
    phone.page = phone.context.new_page()
    phone.open(study.link)

    _becomes(study, [3, None, None])
    wait_for(lambda: study.me()["items"][1]["comment"] == "ยังพิมพ์ไม่จบ", 20, "the comment is there")
    assert phone.page.locator("#question-1 input[value='3']").is_checked()


def test_nobody_answers__page_loaded_again__opens_with_the_answers_and_goes_on(
    site, new_phone, language
):
    phone = new_phone(language, service_workers=True)
    study = _opened(site, phone)
    phone.page.wait_for_function("navigator.serviceWorker.controller !== null")
    phone.page.wait_for_function(
        "caches.open('krunet.panel').then((store) => store.keys()).then((keys) => keys.length > 8)"
    )
    _take_web_away(site)
    try:
        _choose(phone, 1, 3)
        phone.page.reload()
        phone.page.locator("#question-3").wait_for()
        assert phone.page.locator("#question-1 input[value='3']").is_checked()
        _choose(phone, 2, 1)
        phone.picture("panel-loaded-without-signal", whole=False)
    finally:
        site.restore()

    _becomes(study, [3, 1, None])


def test_a_proxys_page_instead_of_an_answer__nothing_is_lost(site, phone, language):
    study = _opened(site, phone)
    login = {"status": 200, "content_type": "text/html", "body": "<h1>Wi-Fi</h1>"}
    phone.page.route("**/api/v1/panel/answers**", lambda route: route.fulfill(**login))
    _choose(phone, 1, 5)
    _choose(phone, 2, 4)
    phone.page.locator("#question-1").get_by_text(KEPT[language]).wait_for()
    phone.page.unroute("**/api/v1/panel/answers**")
    _becomes(study, [5, 4, None])


def test_one_answer_that_cannot_be_read__the_others_are_saved(site, phone, language):
    study = _opened(site, phone)
    phone.set_signal(on=False)
    for place in (1, 2, 3):
        _choose(phone, place, place)
    phone.page.locator("#question-2 .comment > summary").click()
    phone.page.locator("#question-2 .comment textarea").evaluate(
        "(area) => { area.value = 'x\\u0000'; area.dispatchEvent(new Event('input')); }"
    )
    phone.set_signal(on=True)
    _becomes(study, [1, None, 3])


def test_server_trouble__answer_kept__sent_when_it_is_over(site, phone, language):
    study = _opened(site, phone)
    site.postgres.stop()
    try:
        _choose(phone, 1, 5)
        phone.page.locator("#question-1").get_by_text(KEPT[language]).wait_for()
    finally:
        site.restore()

    _becomes(study, [5, None, None])


def test_shared_phone__another_expert__neither_sees_nor_sends_the_firsts_answers(
    site, phone, language
):
    study = _opened(site, phone)
    phone.set_signal(on=False)
    _choose(phone, 1, 1)
    phone.page.close()
    phone.set_signal(on=True)
    phone.page = phone.context.new_page()
    phone.open(site.address("/panel"))
    assert phone.says({"th": "กรุณาเปิดแบบสอบถามจากลิงก์", "en": "from the personal link"}[language])
    phone.another_tab(study.links["panelist"][1])
    phone.page.locator("#question-1").wait_for()

    assert phone.page.locator(":checked").count() == 0
    assert _ratings(study) == [None, None, None]
    phone.another_tab(study.link)
    _becomes(study, [1, None, None])


def test_leaving__pressed__the_tab_forgets_the_link(site, phone, language):
    _opened(site, phone)
    phone.page.locator("#mine > summary").click()
    phone.press({"th": "ออกจากแบบสอบถามบนเครื่องนี้", "en": "Leave on this phone"}[language])

    assert phone.says({"th": "กรุณาเปิดแบบสอบถามจากลิงก์", "en": "from the personal link"}[language])
    assert phone.page.evaluate("JSON.stringify(sessionStorage)").count("token") == 0


def test_leaving__with_an_answer_not_sent__asks_first(site, phone, language):
    _opened(site, phone)
    phone.set_signal(on=False)
    _choose(phone, 1, 4)
    phone.page.locator("#mine > summary").click()
    asked = []
    phone.page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    phone.press({"th": "ออกจากแบบสอบถามบนเครื่องนี้", "en": "Leave on this phone"}[language])
    assert "เก็บไว้ในเครื่องนี้" in asked[0]
    assert phone.page.locator("#question-1 input[value='4']").is_checked()
    phone.set_signal(on=True)


def test_two_devices__each_answers__both_show_the_last(site, phone, new_phone, language):
    study = _opened(site, phone)
    other = new_phone(language)
    other.open(study.link)
    _choose(other, 1, 2)
    _becomes(study, [2, None, None])
    phone.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    phone.page.locator("#question-1 input[value='2']:checked").wait_for()
    _choose(phone, 1, 5)
    _becomes(study, [5, None, None])
    other.page.reload()

    other.page.locator("#question-1 input[value='5']:checked").wait_for()


def test_page_read_again__answered_before_it_arrives__the_newer_answer_stays(site, phone, language):
    study = _opened(site, phone)
    before, on_the_way = study.me(), []
    # (Playwright cannot take a built-in method.)
    phone.page.route("**/api/v1/panel", lambda it: on_the_way.append(it), times=1)  # noqa: PLW0108
    phone.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    phone.page.wait_for_timeout(1_000)
    assert [route.request.method for route in on_the_way] == ["GET"]
    _choose(phone, 1, 5)
    _becomes(study, [5, None, None])
    on_the_way[0].fulfill(json=before)

    phone.page.wait_for_load_state("networkidle")
    phone.page.wait_for_timeout(500)
    assert phone.page.locator("#question-1 input[value='5']").is_checked()


@in_both_languages
def test_closed_meanwhile__answers_come_too_late__said_in_words_and_not_counted(
    site, phone, language
):
    study = _opened(site, phone, RATING_TWICE)
    phone.set_signal(on=False)
    _choose(phone, 1, 4)
    _choose(phone, 2, 4)
    study.close()
    phone.set_signal(on=True)

    assert phone.says(LATE[language].format(2))
    assert phone.says({"th": "ขณะนี้ไม่มีข้อที่รอคำตอบ", "en": "Nothing waits for your answer"}[language])
    phone.picture("panel-too-late")
    assert _stored(phone) == 0


def test_next_round_open_meanwhile__answers_of_the_last_one__not_taken_for_it(
    site, phone, language
):
    study = _opened(site, phone, RATING_TWICE)
    phone.set_signal(on=False)
    _choose(phone, 1, 4)
    study.rate([4, 5, 5, 4, 5])
    study.close()
    study.open()
    phone.set_signal(on=True)

    assert phone.says(LATE[language].format(1))
    phone.page.locator(".drawing").first.wait_for()
    assert phone.page.locator(":checked").count() == 0
    assert _ratings(study) == [None, None, None]


def test_closing_time_passes__the_servers_clock_decides__said_in_words(site, phone, language):
    study = sealed(site, RATING_ONCE)
    done(entered(site, study.link).post("/api/v1/panel/accept", {}))
    study.open(closes_at=(timezone.now() + timedelta(seconds=4)).isoformat())
    phone.open(study.link)
    phone.page.locator("#question-1").wait_for()
    wait_for(lambda: study.me()["round"] is None, 30, "the clock has closed the round")
    _choose(phone, 1, 5)

    assert phone.says(LATE[language].format(1))


def test_credential_worn_out__exchanged_anew__nobody_notices(site, phone, language):
    study = _opened(site, phone)
    phone.page.evaluate(
        "sessionStorage.setItem('krunet.panel', JSON.stringify({...JSON.parse("
        "sessionStorage.getItem('krunet.panel')), credential: 'worn-out'}))"
    )
    phone.page.reload()
    phone.page.locator("#question-1").wait_for()
    _choose(phone, 1, 4)

    _becomes(study, [4, None, None])


@in_both_languages
def test_link_ended_meanwhile__said_in_words__the_answer_stays_on_the_phone(site, phone, language):
    study = _opened(site, phone)
    supervisor = site.as_("supervisor")
    people = supervisor.get(f"/api/v1/studies/{study.id}/panelists?limit=50").body["items"]
    me = next(each for each in people if each["name"].endswith("panelist สังเคราะห์ 0"))
    path = f"/api/v1/studies/{study.id}/panelists/{me['id']}"
    etag = f'"{me["version"]}"'
    done(supervisor.patch(path, {"email": "new@example.ac.th"}, If_Match=etag))
    _choose(phone, 1, 4)

    assert phone.says({"th": "ลิงก์ไม่ถูกต้องหรือหมดอายุ", "en": "unknown or has expired"}[language])
    phone.picture("panel-link-ended", whole=False)
    assert _stored(phone) == 1
