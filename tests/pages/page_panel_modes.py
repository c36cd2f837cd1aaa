"""A panelist's page beyond rounds of ratings: real time, rankings, groups, each step explained."""

import time

from tests.pages.studying import (
    ITEMS,
    RANKING_TWICE,
    RATING_TWICE,
    REAL_TIME,
    done,
    entered,
    sealed,
)

SAVED = {"th": "บันทึกแล้ว", "en": "Saved"}
RENEW = {"th": "ดูผลของกลุ่มล่าสุด", "en": "See the group’s newest answers"}


def _accepted(study) -> str:
    done(entered(study.site, study.link).post("/api/v1/panel/accept", {}))
    return study.link


def _card(phone, place: int):
    return phone.page.locator(f"#question-{place}")


def test_real_time__group_shown_after_the_own_answer_and_renewed(site, phone, language):
    study = sealed(site, REAL_TIME, items=ITEMS[:2], groups=("",) * 11)
    study.open()
    item = study.me()["items"][0]["id"]
    for caller, score in zip(study.others()[:5], [4, 5, 5, 4, 5], strict=True):
        body = {"rating": score, "comment": "ทำได้จริงในโรงเรียนขนาดเล็ก"}
        done(caller.send("PUT", f"/api/v1/panel/answers/{item}", body))
    phone.open(_accepted(study))

    first, second = _card(phone, 1), _card(phone, 2)
    before = {"th": "เมื่อท่านตอบข้อนี้แล้ว", "en": "Once you have answered"}[language]
    first.get_by_text(before).wait_for()
    assert phone.page.locator(".drawing").count() == 0
    assert phone.says({"th": "แต่ไม่เห็นว่าเป็นใคร", "en": "not who they are"}[language])
    phone.picture("panel-real-time")

    first.get_by_role("radio", name={"th": "2 น้อย", "en": "2 Little"}[language]).check()
    first.locator(".drawing").wait_for()
    first.get_by_text({"th": "นับจาก 5 คน", "en": "so far: 5 people"}[language]).wait_for()
    assert first.locator(".outside").is_visible()
    assert first.locator(".comments li").count() == 5
    assert second.get_by_text(before).is_visible()
    phone.picture("panel-real-time-answered")

    for caller in study.others()[5:9]:
        done(caller.send("PUT", f"/api/v1/panel/answers/{item}", {"rating": 5}))
    phone.press(RENEW[language])
    first.get_by_text({"th": "นับจาก 10 คน", "en": "so far: 10 people"}[language]).wait_for()
    assert first.locator(":checked").get_attribute("value") == "2"
    second.get_by_role("radio", name={"th": "4 มาก", "en": "4 Much"}[language]).check()
    too_few = {"th": "ยังมีผู้ตอบข้อนี้น้อยเกินไป", "en": "Too few people have answered"}[language]
    second.get_by_text(too_few).wait_for()
    assert phone.says({"th": "กลับมาดูผลของกลุ่ม", "en": "come back to see the group"}[language])
    phone.picture("panel-real-time-done")


def test_real_time__a_comment_being_typed__is_not_disturbed_by_news(site, new_phone):
    study = sealed(site, REAL_TIME, items=ITEMS[:1])
    study.open()
    phone = new_phone("th")
    phone.open(_accepted(study))
    card = _card(phone, 1)
    card.get_by_role("radio").nth(3).check()
    card.get_by_text(SAVED["th"]).wait_for()
    card.locator(".comment > summary").click()
    card.locator(".comment textarea").type("เห็นด้วยเพราะทำได้จริง", delay=80)
    card.get_by_text(SAVED["th"]).wait_for()
    assert card.locator(".comment textarea").input_value() == "เห็นด้วยเพราะทำได้จริง"
    assert study.me()["items"][0]["comment"] == "เห็นด้วยเพราะทำได้จริง"


def test_real_time__news_come_while_a_comment_is_opened__it_stays_open(site, new_phone):
    study = sealed(site, REAL_TIME, items=ITEMS[:1])
    study.open()
    phone = new_phone("th")
    phone.page.route("**/panel/feedback", lambda route: (time.sleep(1), route.continue_()))
    phone.open(_accepted(study))
    card = _card(phone, 1)
    card.get_by_role("radio").nth(3).check()
    card.get_by_text(SAVED["th"]).wait_for()
    with phone.page.expect_response("**/panel/feedback"):
        card.locator(".comment > summary").click()
        card.locator(".comment textarea").focus()
    phone.page.wait_for_timeout(300)  # drawn anew by now
    phone.page.keyboard.type("ทำได้จริง")
    assert card.locator(".comment textarea").input_value() == "ทำได้จริง"


def test_ranking__tapped_in_order_moved_and_taken_out__kept(site, phone, language):
    study = sealed(site, RANKING_TWICE)
    study.open()
    phone.open(_accepted(study))
    assert phone.says({"th": "เหลือ 3 จาก 3 ข้อ", "en": "3 of 3 left"}[language])
    phone.picture("panel-ranking")

    for name in (ITEMS[2]["text"], ITEMS[0]["text"]):
        phone.page.locator(".waiting button").filter(has_text=name).click()
    assert phone.says({"th": "เหลือ 1 จาก 3 ข้อ", "en": "1 of 3 left"}[language])
    _card(phone, 1).get_by_text(SAVED[language]).wait_for()
    phone.picture("panel-ranking-half")
    phone.press({"th": "ข้อถัดไป", "en": "Next"}[language])
    phone.page.keyboard.press("Enter")  # the last one, by keyboard
    assert phone.says(
        {"th": "คำตอบทั้งหมดถึงระบบแล้ว", "en": "All your answers have arrived"}[language]
    )
    phone.picture("panel-ranking-done")

    lines = phone.page.locator(".placed li")
    assert _places(study) == [2, 3, 1]
    lines.nth(2).locator(".up").click()
    assert phone.page.evaluate("document.activeElement.closest('li').innerText").startswith("2.")
    lines.nth(0).locator(".away").click()
    _card(phone, 1).get_by_text(SAVED[language]).wait_for()
    assert _places(study) == [2, 1, None]
    assert lines.nth(0).locator(".up").is_disabled()
    label = {
        "th": f"ลำดับ 1 เลื่อนลง: {ITEMS[1]['text']}",
        "en": f"Place 1, move down: {ITEMS[1]['text']}",
    }
    assert lines.nth(0).locator(".down").get_attribute("aria-label") == label[language]


def _places(study):
    return [each["place"] for each in study.me()["ranking"]]


def test_ranking__without_a_signal__kept_and_sent(site, new_phone):
    study = sealed(site, RANKING_TWICE)
    study.open()
    phone = new_phone("en")
    phone.open(_accepted(study))
    phone.set_signal(on=False)
    for _ in ITEMS:
        phone.page.locator(".waiting button").first.click()
    assert phone.says("Kept on this phone")
    assert _places(study) == [None, None, None]
    phone.set_signal(on=True)
    assert phone.says("All your answers have arrived")
    assert _places(study) == [1, 2, 3]


def test_ranking__second_round__the_groups_places_beside_each_item(site, phone, language):
    protocol = {**RANKING_TWICE, "group_feedback": "own"}
    study = sealed(site, protocol, groups=("ครู",) * 6)
    study.open()
    study.rank([[1, 2, 3]] * 4 + [[1, 3, 2]])
    study.close()
    study.open()
    phone.open(_accepted(study))

    assert phone.says({"th": "W = 0.84 (สูง)", "en": "W = 0.84 (strong)"}[language])
    first = phone.page.locator(".waiting button").first
    assert {"th": "ลำดับเฉลี่ยของกลุ่ม 1 ", "en": "mean place 1 "}[language] in first.inner_text()
    phone.picture("panel-ranking-feedback")


def test_groups__own_and_whole__drawn_and_said(site, phone, language):
    protocol = {**RATING_TWICE, "group_feedback": "all"}
    study = sealed(site, protocol, items=ITEMS[:1], groups=("ครู",) * 6 + ("ผู้บริหาร",) * 5)
    study.open()
    study.rate([5] * 5 + [2] * 5)
    study.close()
    study.open()
    phone.open(_accepted(study))
    card = _card(phone, 1)
    card.locator(".groups summary").click()
    assert card.locator(".groups .drawing").count() == 2
    assert phone.says({"th": "ผู้บริหาร: 5 คน", "en": "ผู้บริหาร: 5 people"}[language])
    phone.picture("panel-groups")


def test_steps__before_during_and_between__explained_in_plain_words(site, phone, language):
    study = sealed(site, RATING_TWICE)
    phone.open(study.link)
    steps = phone.page.locator("#steps details")
    assert steps.count() == 2
    assert steps.first.get_attribute("open") is not None
    facilitator = {"th": "ผู้ดำเนินการเห็นเพียงว่ามีผู้ตอบแล้วกี่คน", "en": "sees only how many"}[language]
    assert phone.says(facilitator)
    phone.picture("panel-steps-before")

    study.open()
    phone.another_tab(_accepted(study))
    assert phone.says({"th": "1. ให้คะแนนแต่ละข้อ", "en": "1. Rate each item"}[language])
    assert phone.page.locator("#steps details[open]").count() == 1
    study.rate([4, 4, 4, 4, 4])
    study.close()
    phone.another_tab(study.link)
    assert phone.says({"th": "· ผ่านแล้ว", "en": "· done"}[language])
    assert phone.says({"th": "· ต่อไป", "en": "· ahead"}[language])
    phone.picture("panel-steps-between")
