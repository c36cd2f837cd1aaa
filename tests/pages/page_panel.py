"""A panelist's page: consent, three kinds of rounds, feedback, certification, the end."""

import re

import pytest

from tests.pages.studying import (
    ITEMS,
    OPEN_FIRST,
    RATING_ONCE,
    RATING_TWICE,
    done,
    entered,
    sealed,
)

ACCEPT = {"th": "ยินดีเข้าร่วม", "en": "I agree to take part"}
SAVED = {"th": "บันทึกแล้ว", "en": "Saved"}
LEFT = {"th": "เหลือ {} จาก {} ข้อ", "en": "{} of {} left"}
THANKS = {"th": "คำตอบทั้งหมดถึงระบบแล้ว", "en": "All your answers have arrived"}

_SUM_OF_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) window.shifted += each.value;
}).observe({type: "layout-shift", buffered: true});
"""


def _accepted(study, kind: str = "panelist") -> str:
    link = study.links[kind][0]
    done(entered(study.site, link).post("/api/v1/panel/accept", {}))
    return link


def _card(phone, place: int):
    return phone.page.locator(f"#question-{place}")


def _choose(phone, place: int, name: str) -> None:
    _card(phone, place).get_by_role("radio", name=name).check()


def _is_saved(phone, language: str, place: int) -> None:
    _card(phone, place).get_by_text(SAVED[language]).wait_for()


def test_consent__nothing_is_asked_before__honest_words_then_accept_once(site, phone, language):
    study = sealed(site, RATING_ONCE)
    study.open()
    phone.open(study.link)

    assert phone.says({"th": "ผู้ดูแลฐานข้อมูลหรือ", "en": "Whoever administers the database"}[language])
    assert phone.page.locator(".question").count() == 0
    assert "token" not in phone.page.url
    phone.picture("panel-consent")
    phone.page.locator("#conflict").fill("เคยเป็นที่ปรึกษาของเครือข่าย")
    accept = phone.page.get_by_role("button", name=ACCEPT[language])
    accept.scroll_into_view_if_needed()
    assert phone.page.evaluate("scrollY") > 0
    accept.dblclick()
    phone.page.locator("#question-1").wait_for()
    assert phone.page.evaluate("scrollY") == 0  # what to do and the first question come first
    phone.page.locator("#question-1").wait_for()
    assert phone.posted("/api/v1/panel/accept") == 1
    assert study.me()["state"] == "accepted"
    assert not any("token=" in each.url for each in phone.asked)
    referrers = {each.headers.get("referer", "") for each in phone.asked} - {""}
    assert all(each.startswith(site.address("/static/")) for each in referrers)


def test_decline__then_a_change_of_mind__accepted(site, phone, language):
    study = sealed(site, RATING_ONCE)
    study.open()
    phone.open(study.link)
    phone.press({"th": "ไม่สะดวกเข้าร่วม", "en": "I would rather not"}[language])
    assert phone.says({"th": "ท่านแจ้งว่าไม่สะดวก", "en": "You declined"}[language])
    assert study.me()["state"] == "declined"
    phone.picture("panel-declined")

    phone.press(ACCEPT[language])
    phone.page.locator("#question-1").wait_for()
    phone.page.locator("#mine summary").first.click()
    phone.picture("panel-mine")
    phone.page.once("dialog", lambda dialog: dialog.accept())
    phone.press({"th": "ถอนตัวจากการศึกษานี้", "en": "Withdraw from this study"}[language])
    assert phone.says({"th": "ท่านถอนตัวแล้ว", "en": "You have withdrawn"}[language])
    assert study.me()["state"] == "withdrawn"
    phone.picture("panel-withdrawn")


def test_open_ended__typed__saved_as_it_is_given(site, phone, language):
    study = sealed(site, OPEN_FIRST, items=[])
    study.open(closes_at="2040-05-16T16:30:00+07:00")
    phone.open(_accepted(study))
    phone.picture("panel-texts")
    assert phone.says({"th": "16 พฤษภาคม 2583", "en": "16 May 2040"}[language])
    assert phone.says(LEFT[language].format(2, 2))

    _card(phone, 1).locator("textarea").type("ควรช่วยเรื่องการวัดและประเมินผลก่อน")
    _is_saved(phone, language, 1)
    assert study.me()["prompts"][0]["answer"] == "ควรช่วยเรื่องการวัดและประเมินผลก่อน"
    _card(phone, 2).locator("textarea").fill("  ")  # nothing, to the server as well
    assert phone.says(LEFT[language].format(1, 2))
    _card(phone, 2).locator("textarea").fill("เวลา")
    assert phone.says(THANKS[language])
    phone.picture("panel-texts-done")
    assert study.me()["left"] == 0


def test_ideas__after_the_open_round__my_words_and_what_they_became(site, phone, language):
    study = sealed(site, OPEN_FIRST, items=[])
    study.open()
    me = entered(site, _accepted(study))
    done(me.send("PUT", "/api/v1/panel/texts/needs", {"text": "ควรช่วยเรื่องการวัดผลก่อน"}))
    done(me.send("PUT", "/api/v1/panel/texts/barriers", {"text": "ไม่มีเวลา"}))
    for caller in study.others():
        done(caller.send("PUT", "/api/v1/panel/texts/needs", {"text": "พี่เลี้ยงในโรงเรียน"}))
    study.close()
    study.code("ควรช่วยเรื่องการวัดผลก่อน", "จัดอบรมการวัดและประเมินผลร่วมกัน")
    study.open()

    phone.open(study.link)
    phone.page.locator("#ideas summary").click()
    ideas = phone.page.locator("#ideas section")
    ideas.first.wait_for()
    assert "ควรช่วยเรื่องการวัดผลก่อน" in ideas.filter(has_text="จัดอบรม").inner_text()
    alone = {"th": "ยังไม่อยู่ในรายการใด", "en": "Part of no item"}[language]
    assert ideas.filter(has_text="ไม่มีเวลา").get_by_text(alone).is_visible()
    phone.picture("panel-ideas")


def test_rating__answered__nothing_preselected_saved_changed_and_counted(site, phone, language):
    study = sealed(site, RATING_ONCE)
    study.open()
    phone.open(_accepted(study))
    assert phone.page.locator(":checked").count() == 0
    phone.picture("panel-rating")

    _choose(phone, 1, {"th": "4 มาก", "en": "4 Much"}[language])
    _is_saved(phone, language, 1)
    assert phone.says(LEFT[language].format(2, 3))
    _choose(phone, 1, {"th": "2 น้อย", "en": "2 Little"}[language])
    _choose(phone, 2, {"th": "ไม่มีความเห็น", "en": "No opinion"}[language])
    _card(phone, 2).locator(".comment > summary").click()
    _card(phone, 2).locator(".comment textarea").fill("ไม่ได้สอนวิชานี้")
    phone.picture("panel-rating-half", whole=False)
    phone.press({"th": "ข้อถัดไป", "en": "Next"}[language])
    assert phone.page.evaluate("document.activeElement.closest('.question').id") == "question-3"
    _choose(phone, 3, {"th": "5 มากที่สุด", "en": "5 Most"}[language])
    assert phone.says(THANKS[language])
    phone.picture("panel-rating-done")

    given = study.me()["items"]
    assert [(each["rating"], each["no_opinion"]) for each in given] == [
        (2, False),
        (None, True),
        (5, False),
    ]
    assert given[1]["comment"] == "ไม่ได้สอนวิชานี้"
    _card(phone, 3).get_by_role("button").click()
    assert phone.says(LEFT[language].format(1, 3))
    phone.press({"th": "ขอจบรอบนี้เพียงเท่านี้", "en": "I am done with this round"}[language])
    assert phone.says({"th": "ท่านแจ้งว่าตอบเสร็จแล้ว", "en": "You said that you are done"}[language])
    assert study.me()["finished"] is True


def test_page__on_a_slow_line__small_and_steady(site, new_phone):
    study = sealed(site, RATING_ONCE)
    study.open()
    link = _accepted(study)
    phone, sizes = new_phone("th"), []
    phone.context.add_init_script(_SUM_OF_SHIFTS)
    phone.page.on("response", lambda response: sizes.append(len(response.body())))
    phone.open(link)
    phone.page.locator("#question-1").wait_for()

    assert sum(sizes) < 60_000  # bytes, nothing compressed
    assert phone.page.evaluate("window.shifted") < 0.1  # cumulative layout shift: good


def test_rating__by_keyboard_alone__answered(site, new_phone):
    study = sealed(site, RATING_ONCE)
    study.open()
    phone = new_phone("en")
    phone.open(_accepted(study))
    legend = phone.page.get_by_role("group", name=re.compile("^1\\. "))
    legend.get_by_role("radio").first.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowDown"):
        phone.page.keyboard.press(key)
    _is_saved(phone, "en", 1)

    assert study.me()["items"][0]["rating"] == 4
    assert phone.page.locator("footer [role=status]").inner_text().startswith("2 of 3 left")


def test_feedback__outside__drawn_said_and_a_reason_invited_never_forced(site, phone, language):
    study = sealed(site, RATING_TWICE)
    study.open()
    me = entered(site, _accepted(study))
    item = study.me()["items"][0]["id"]
    done(me.send("PUT", f"/api/v1/panel/answers/{item}", {"rating": 1}))
    study.rate([4, 5, 5, 4, 5], comment="ทำได้จริงในโรงเรียนขนาดเล็ก")
    study.close()
    study.open()
    phone.open(study.link)

    first, second = _card(phone, 1), _card(phone, 2)
    assert first.get_by_role("img").get_attribute("aria-label")
    assert first.locator(".drawing .bar").count() == 5
    assert phone.says({"th": "คำตอบรอบก่อนของท่าน: 1", "en": "Your last answer: 1"}[language])
    assert first.locator(".outside").is_visible()
    assert second.locator(".outside").is_hidden()
    assert second.get_by_text(
        {"th": "ท่านไม่ได้ให้คะแนน", "en": "You gave this no score"}[language]
    ).is_visible()
    assert phone.page.locator(":checked").count() == 0
    phone.picture("panel-feedback")
    first.locator(".comments summary").click()
    assert first.locator(".comments li").count() == 5
    phone.picture("panel-feedback-first", whole=False)

    _choose(phone, 1, {"th": "5 มากที่สุด", "en": "5 Most"}[language])
    assert first.locator(".outside").is_hidden()
    _choose(phone, 2, {"th": "2 น้อย", "en": "2 Little"}[language])
    assert second.locator(".outside").is_visible()
    _is_saved(phone, language, 2)
    assert [each["rating"] for each in study.me()["items"]] == [5, 2, None]


def test_dropped__no_longer_asked__said_with_its_reason_and_numbers_stay(site, phone, language):
    study = sealed(site, RATING_TWICE)
    study.open()
    _accepted(study)
    study.rate([4, 5, 5, 4, 5])
    study.close()
    study.drop(2, "ซ้ำกับข้อ 1 ซึ่งคณะผู้เชี่ยวชาญเห็นพ้องแล้ว")
    study.open()
    phone.open(study.link)

    _card(phone, 2).get_by_text(ITEMS[2]["text"]).wait_for()
    assert _card(phone, 2).locator(".asked").inner_text().startswith("3. ")
    assert phone.says(LEFT[language].format(2, 2))
    dropped = phone.page.locator("#dropped")
    dropped.locator("summary").click()
    assert dropped.get_by_text("ซ้ำกับข้อ 1").is_visible()
    assert dropped.locator("li").inner_text().startswith(f"2. {ITEMS[1]['text']}")
    phone.picture("panel-dropped")


def test_feedback__too_few_answered__nothing_of_the_group_is_shown(site, phone, language):
    study = sealed(site, RATING_TWICE)
    study.open()
    _accepted(study)
    item = study.me()["items"][0]["id"]
    for caller in study.others()[:4]:
        done(
            caller.send("PUT", f"/api/v1/panel/answers/{item}", {"rating": 4, "comment": "เฉพาะตัว"})
        )
    study.close()
    study.open()
    phone.open(study.link)

    assert phone.says({"th": "น้อยเกินไป", "en": "Too few people"}[language])
    assert phone.page.locator(".drawing").count() == 0
    assert phone.page.get_by_text("เฉพาะตัว").count() == 0
    phone.picture("panel-too-few")


@pytest.mark.parametrize("rule", ["unanimous", "ioc"])
def test_certification__each_criterion_of_each_part__kept(site, phone, language, rule):
    study = sealed(site, {**RATING_ONCE, "certification": {"rule": {"rule": rule}}}, certifiers=5)
    study.open()
    study.rate([5, 5, 4, 5, 4])
    study.close()
    study.conclude()
    study.certify()
    phone.open(_accepted(study, "certifier"))
    assert phone.says(LEFT[language].format(9, 9))
    assert phone.says({"th": "การพัฒนาหลักสูตร", "en": "Curriculum"}[language])
    judged = phone.page.locator(".judged")
    assert judged.count() == 3
    judged.last.locator("summary").click()
    assert judged.last.get_by_text(ITEMS[-1]["text"]).is_visible()
    phone.picture(f"panel-certification-{rule}")

    for place in range(1, 10):
        _card(phone, place).get_by_role("radio").last.check()
    assert phone.says(THANKS[language])
    values = {each["value"] for each in study.me("certifier")["certification"]}
    assert values == {1 if rule == "ioc" else 2}


def test_between_rounds_and_after__said_in_words(site, phone, language):
    study = sealed(site, RATING_TWICE)
    phone.open(_accepted(study))
    assert phone.says({"th": "ขณะนี้ไม่มีข้อที่รอคำตอบ", "en": "Nothing waits for your answer"}[language])
    phone.picture("panel-between")

    done(site.as_("supervisor").post(f"/api/v1/studies/{study.id}/abandon", {"reason": "แผนเปลี่ยน"}))
    phone.another_tab(study.link)
    assert phone.says({"th": "ส่วนของท่านสิ้นสุดแล้ว", "en": "Your part is over"}[language])
    phone.picture("panel-over")


def test_link__missing_or_not_valid__said_in_words(site, phone, language):
    phone.open(site.address("/panel"))
    assert phone.says({"th": "กรุณาเปิดแบบสอบถามจากลิงก์", "en": "from the personal link"}[language])
    phone.picture("panel-no-link")
    phone.another_tab(site.address(f"/panel#token={'x' * 43}"))
    assert phone.says({"th": "ลิงก์ไม่ถูกต้องหรือหมดอายุ", "en": "unknown or has expired"}[language])
    phone.picture("panel-link-not-valid")


def test_long_scale__a_hundred_points__fits_the_screen(site, new_phone):
    study = sealed(site, {**RATING_TWICE, "scale": {"points": 100}}, items=ITEMS[:1])
    study.open()
    _accepted(study)
    study.rate([70, 80, 85, 90, 100])
    study.close()
    study.open()
    phone = new_phone("th")
    phone.open(study.link)
    phone.page.get_by_role("radio").nth(71).check()
    _is_saved(phone, "th", 1)

    phone.picture("panel-hundred")
    assert study.me()["items"][0]["rating"] == 72
