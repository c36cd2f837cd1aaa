"""`/panel`: what a panelist's or certifier's personal link opens. Its words are said here once."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consensus.enums import StepState
from consensus.wordings import STRENGTHS
from core.pages.rendering import render_page
from core.text import Text

LABELS = {
    "title": Text("แบบสอบถามเดลฟาย", "Delphi study"),
    "reading": Text("กำลังเปิดแบบสอบถามของท่าน…", "Opening your questions…"),
    "again": Text("ลองใหม่", "Try again"),
    "before": Text("ก่อนตอบรับ", "Before you accept"),
    "conflict": Text(
        "ผลประโยชน์ทับซ้อนหรือความเกี่ยวข้องกับเรื่องนี้ (ถ้ามี)",
        "Any conflict of interest in this matter (if there is one)",
    ),
    "accept": Text("ยินดีเข้าร่วม", "I agree to take part"),
    "decline": Text("ไม่สะดวกเข้าร่วม", "I would rather not"),
    "comment": Text("ความเห็นเพิ่มเติม (ถ้ามี)", "Comment (if you like)"),
    "no_opinion": Text("ไม่มีความเห็น", "No opinion"),
    "clear": Text("ล้างคำตอบ", "Clear"),
    "from_group": Text("ความเห็นจากกลุ่ม", "Comments from the group"),
    "key": Text(
        "แท่ง: จำนวนคนที่เลือก · แถบสี: ช่วงกลางของกลุ่ม (Q1–Q3 อาจเลยมาตรเล็กน้อยตามสูตร) · "
        "เส้นตั้ง: มัธยฐาน · วงกลม: คำตอบของท่าน",
        "Bars: how many chose it · band: the group’s middle half (Q1–Q3, by its formula at times "
        "just beyond the scale) · line: median · circle: your answer",
    ),
    "finish": Text("ขอจบรอบนี้เพียงเท่านี้", "I am done with this round"),
    "finish_why": Text(
        "หากไม่ประสงค์ตอบข้อที่เหลือ กดปุ่มนี้เพื่อไม่รับจดหมายเตือนอีก",
        "If you leave the rest unanswered, press this: no more reminders will come.",
    ),
    "ideas": Text("ข้อเสนอของท่านอยู่ในรายการใด", "Where your own words have gone"),
    "dropped": Text("ข้อที่ไม่ถามต่อ", "No longer asked"),
    "mine": Text("การเข้าร่วมของท่าน", "Your part in this study"),
    "withdraw": Text("ถอนตัวจากการศึกษานี้", "Withdraw from this study"),
    "leave_why": Text(
        "หากใช้เครื่องร่วมกับผู้อื่น กดปุ่มนี้เมื่อเลิกใช้ เปิดใหม่ได้จากลิงก์เดิม",
        "If you share this phone, press this when you stop; the same link opens it again.",
    ),
    "leave": Text("ออกจากแบบสอบถามบนเครื่องนี้", "Leave on this phone"),
    "judged": Text("สิ่งที่ขอให้พิจารณา", "What you are asked to judge"),
    "next": Text("ข้อถัดไป", "Next"),
    "renew": Text("ดูผลของกลุ่มล่าสุด", "See the group’s newest answers"),
    "by_group": Text("แยกตามกลุ่มความเชี่ยวชาญ", "By expertise group"),
    "rank": Text(
        "จัดลำดับรายการต่อไปนี้ จากสำคัญที่สุดไปน้อยที่สุด",
        "Put these in order, the most important first",
    ),
    "rank_tap": Text(
        "แตะรายการที่สำคัญที่สุดในกลุ่มที่เหลือ", "Tap the most important of those that are left"
    ),
    "seen": Text("ผู้อื่นเห็นอะไร:", "What others see:"),
    "following": Text("ต่อไป:", "What comes next:"),
}

# What the script chooses from; {…} are filled there.
WORDS = {
    "no_link": Text(
        "กรุณาเปิดแบบสอบถามจากลิงก์ส่วนตัวในอีเมลหรือหนังสือเชิญ",
        "Please open your questions from the personal link in your e-mail or letter.",
    ),
    "kept_for_later": Text(
        "คำตอบที่ยังไม่ได้ส่งเก็บไว้ในเครื่องนี้ และจะส่งเมื่อท่านเปิดลิงก์ล่าสุดขณะมีสัญญาณ",
        "Answers not yet sent are kept on this phone; they go out when you open your "
        "newest link with a signal.",
    ),
    "invited": Text("เรียน {name}", "Dear {name}"),
    "declined": Text(
        "ท่านแจ้งว่าไม่สะดวกเข้าร่วม หากเปลี่ยนใจ กดยินดีเข้าร่วมได้",
        "You declined. If you change your mind, you can still accept.",
    ),
    "withdrawn": Text(
        "ท่านถอนตัวแล้ว ขอบคุณที่ร่วมให้ความเห็น หากเปลี่ยนใจ กดยินดีเข้าร่วมได้",
        "You have withdrawn. Thank you for what you gave. You can still come back.",
    ),
    "round": Text("รอบที่ {n}", "Round {n}"),
    "until": Text("ตอบและแก้ไขได้ถึง {time}", "Answer and change until {time}"),
    "open_end": Text("แก้ไขคำตอบได้จนกว่าจะปิดรอบ", "You can change answers until the round closes"),
    "between": Text(
        "ขณะนี้ไม่มีข้อที่รอคำตอบของท่าน เมื่อเปิดรอบถัดไป ระบบจะส่งลิงก์ใหม่ให้ ลิงก์นี้ยังใช้ได้",
        "Nothing waits for your answer now. When the next round opens, a new link is sent; "
        "this one keeps working.",
    ),
    "over": Text("ส่วนของท่านสิ้นสุดแล้ว ขอขอบคุณที่สละเวลา", "Your part is over. Thank you for your time."),
    "group": Text(
        "รอบก่อนมีผู้ตอบข้อนี้ {n} คน ช่วงกลางของกลุ่ม {q1}–{q3} "
        "ค่ากลาง (มัธยฐาน) {median} พิสัยระหว่างควอไทล์ {iqr}",
        "{n} people answered this last round. The group’s middle half is {q1}–{q3}, "
        "the median {median}, the interquartile range {iqr}.",
    ),
    "too_few": Text(
        "รอบก่อนมีผู้ตอบข้อนี้น้อยเกินไป จึงไม่แสดงผลของกลุ่ม",
        "Too few people answered this last round to show what the group said.",
    ),
    "last": Text("คำตอบรอบก่อนของท่าน: {n} {words}", "Your last answer: {n} {words}"),
    "no_last": Text("รอบก่อนท่านไม่ได้ให้คะแนนข้อนี้", "You gave this no score last round."),
    "outside": Text(
        "{what}อยู่นอกช่วงกลางของกลุ่ม ซึ่งไม่ได้หมายความว่าผิด หากท่านยินดี โปรดเล่าเหตุผลเพื่อให้กลุ่มได้พิจารณา",
        "{what} lies outside the group’s middle half. That does not make it wrong. "
        "If you like, tell the group your reason.",
    ),
    "this_one": Text("คำตอบนี้", "This answer"),
    "last_one": Text("คำตอบรอบก่อนของท่าน", "Your last answer"),
    "live_group": Text(
        "ขณะนี้ผลของกลุ่มนับจาก {n} คน ช่วงกลาง {q1}–{q3} ค่ากลาง (มัธยฐาน) {median} พิสัยระหว่างควอไทล์ {iqr}",
        "The group so far: {n} people, middle half {q1}–{q3}, median {median}, interquartile "
        "range {iqr}.",
    ),
    "live_few": Text(
        "ยังมีผู้ตอบข้อนี้น้อยเกินไป จึงยังไม่แสดงผลของกลุ่ม",
        "Too few people have answered this yet to show what the group says.",
    ),
    "answer_first": Text(
        "เมื่อท่านตอบข้อนี้แล้ว จึงจะเห็นผลของกลุ่ม",
        "Once you have answered this, you see the group’s answers.",
    ),
    "live_thanks": Text(
        "คำตอบทั้งหมดถึงระบบแล้ว ขอขอบคุณ กลับมาดูผลของกลุ่มและแก้ไขได้จนกว่าจะปิด",
        "All your answers have arrived. Thank you; come back to see the group and to change "
        "answers until it closes.",
    ),
    "of_group": Text(
        "{name}: {n} คน ช่วงกลาง {q1}–{q3} มัธยฐาน {median}",
        "{name}: {n} people, middle half {q1}–{q3}, median {median}",
    ),
    "no_group": Text("ไม่ระบุกลุ่ม", "No group"),
    "rank_up": Text("ลำดับ {n} เลื่อนขึ้น: {item}", "Place {n}, move up: {item}"),
    "rank_down": Text("ลำดับ {n} เลื่อนลง: {item}", "Place {n}, move down: {item}"),
    "rank_away": Text("นำออกจากลำดับ: {item}", "Take out: {item}"),
    "order_group": Text(
        "รอบก่อนมีผู้จัดลำดับครบ {n} คน ความเห็นพ้องของกลุ่ม W = {w} ({strength})",
        "Last round {n} people gave a whole order; agreement W = {w} ({strength}).",
    ),
    "order_item": Text(
        "ลำดับเฉลี่ยของกลุ่ม {mean} · รอบก่อนท่านให้ {own}",
        "The group’s mean place {mean} · yours was {own}",
    ),
    "order_of_group": Text("{name} {mean}", "{name} {mean}"),
    **{f"strength_{code}": text for code, text in STRENGTHS.items()},
    **{f"step_{state.value}": state.text for state in StepState},
    "looking": Text("กำลังค้นหา…", "Looking…"),
    "no_ideas": Text("ท่านไม่ได้เขียนความเห็นในรอบปลายเปิด", "You wrote nothing in the open round."),
    "idea_in": Text("นำไปรวมไว้ในรายการ:", "Became part of:"),
    "idea_alone": Text(
        "ยังไม่อยู่ในรายการใด ผู้ดำเนินการอาจกำลังจัดกลุ่มอยู่",
        "Part of no item so far. The facilitator may still be sorting the answers.",
    ),
    "dropped": Text("ไม่ถามต่อแล้ว", "no longer asked"),
    "reason": Text("เหตุผลของท่าน (ถ้ายินดี)", "Your reason (if you like)"),
    "saving": Text("กำลังบันทึก…", "Saving…"),
    "saved": Text("บันทึกแล้ว", "Saved"),
    "kept": Text("เก็บไว้ในเครื่องนี้", "Kept on this phone"),
    "kept_many": Text("{n} ข้อเก็บไว้ในเครื่องนี้ รอส่ง", "{n} kept on this phone, to be sent"),
    "left": Text("เหลือ {left} จาก {all} ข้อ", "{left} of {all} left"),
    "complete": Text("ตอบครบทั้ง {all} ข้อแล้ว", "All {all} answered"),
    "thanks": Text(
        "คำตอบทั้งหมดถึงระบบแล้ว ขอขอบคุณ ปิดหน้านี้ได้เลย",
        "All your answers have arrived. Thank you; you may close this page.",
    ),
    "finished": Text(
        "ท่านแจ้งว่าตอบเสร็จแล้ว ยังแก้ไขคำตอบได้จนกว่าจะปิดรอบ",
        "You said that you are done. You can still change answers until the round closes.",
    ),
    "late": Text(
        "รอบนั้นปิดแล้วหรือไม่รับคำตอบแล้ว คำตอบ {n} ข้อมาถึงช้าไป จึงไม่ถูกนับ",
        "That round has closed or takes no more answers: {n} of your answers came too late "
        "and were not counted.",
    ),
    "refused": Text("คำตอบหนึ่งข้อไม่ถูกบันทึก: {words}", "One answer was not saved: {words}"),
}


@require_safe
@never_cache
def panel(request: HttpRequest) -> HttpResponse:
    """The same page for everyone: who holds the link is known to the API alone."""
    return render_page(request, "consensus/panel.html", {"label": LABELS, "words": WORDS})


@require_safe
def panel_offline(_request: HttpRequest) -> HttpResponse:
    """The page's service worker. It stands here because what it serves must lie below it."""
    script = Path(str(finders.find("consensus/panel_offline.js"))).read_bytes()
    return HttpResponse(script, content_type="text/javascript")


urlpatterns = [path("panel", panel), path("panel-offline.js", panel_offline)]
