"""Letters to offices that apply, in Thai and English: nobody has chosen a language yet."""

from django.core.mail import EmailMessage
from django.utils import timezone

from core.addresses import area_url
from core.dates import thai_date
from core.text import Text
from tenants.enums import ApplicationState
from tenants.links import make_link, proof_url, status_url
from tenants.models import Area, AreaApplication

_PROVE = (
    Text("ยืนยันอีเมลคำขอใช้งาน KruNet", "Prove your e-mail for KruNet"),
    Text(
        "เรียน {contact}\n\n"
        "มีผู้ยื่นคำขอใช้งาน KruNet ในนาม{office_th} ด้วยอีเมลนี้ กรุณาเปิดลิงก์และกดยืนยันภายใน 7 วัน:\n\n"
        "{proof}\n\n"
        "ติดตามสถานะคำขอได้ที่:\n\n{status}\n\n"
        "หากท่านไม่ได้ยื่นคำขอ ไม่ต้องทำอะไร",
        "Dear {contact},\n\n"
        "Someone applied to KruNet for {office_en} with this address. Open the link and confirm "
        "within 7 days:\n\n"
        "{proof}\n\n"
        "Follow the application here:\n\n{status}\n\n"
        "If it was not you, do nothing.",
    ),
)
_REJECTED = (
    Text("ผลการพิจารณาคำขอใช้งาน KruNet", "Your application to KruNet"),
    Text(
        "เรียน {contact}\n\n"
        "คำขอใช้งานของ{office_th} ไม่ได้รับอนุมัติ เหตุผล: {reason}\n\n"
        "ดูรายละเอียดได้ที่:\n\n{status}\n\nท่านยื่นคำขอใหม่ได้เมื่อแก้ไขแล้ว",
        "Dear {contact},\n\n"
        "The application of {office_en} was not approved. The reason: {reason}\n\n"
        "Details:\n\n{status}\n\nYou may apply again once that is mended.",
    ),
)
_MORE_WANTED = (
    Text("ขอข้อมูลเพิ่มเติมสำหรับคำขอใช้งาน KruNet", "More is wanted for your application to KruNet"),
    Text(
        "เรียน {contact}\n\n"
        "เพื่อพิจารณาคำขอของ{office_th} ขอข้อมูลเพิ่มเติมดังนี้:\n\n{question}\n\n"
        "ตอบและแนบเอกสารได้ที่:\n\n{status}",
        "Dear {contact},\n\n"
        "To decide on the application of {office_en}, we ask you:\n\n{question}\n\n"
        "Answer, and send documents along, here:\n\n{status}",
    ),
)
_STATUS = (
    Text("ติดตามคำขอใช้งาน KruNet", "Follow your application to KruNet"),
    Text(
        "เรียน {contact}\n\nติดตามคำขอใช้งานของ{office_th} ได้ที่:\n\n{status}",
        "Dear {contact},\n\nFollow the application of {office_en} here:\n\n{status}",
    ),
)
_READY = (
    Text("{office_th} พร้อมใช้งาน KruNet แล้ว", "{office_en} is ready in KruNet"),
    Text(
        "เรียน {contact}\n\n"
        "พื้นที่ใช้งานของ{office_th} พร้อมแล้วที่ {address}\n\n"
        "กรุณาเปิดลิงก์นี้เพื่อตั้งรหัสผ่านและเริ่มใช้งานในฐานะผู้ดูแลระบบ:\n\n"
        "{invitation}\n\n"
        "ลิงก์นี้ใช้ได้ครั้งเดียวและเป็นของท่านเท่านั้น กรุณาอย่าส่งต่อ",
        "Dear {contact},\n\n"
        "{office_en} is ready at {address}\n\n"
        "Open this link to choose a password and start as its administrator:\n\n"
        "{invitation}\n\n"
        "It works once and is yours alone: please do not forward it.",
    ),
)


ASKED, CALLED_OFF = "asked", "called_off"  # what becomes of leaving
_LEAVING = {
    ASKED: (
        Text("{office_th} กำลังเลิกใช้ KruNet", "{office_en} is leaving KruNet"),
        Text(
            "เรียน ผู้ดูแลระบบ\n\n"
            "ผู้ดูแลระบบท่านหนึ่งแจ้งเลิกใช้งาน เหตุผล: {reason}\n\n"
            "ตั้งแต่นี้อ่านและดาวน์โหลดข้อมูลทั้งหมดได้ที่ {address} (GET /api/v1/leaving/archive) "
            "แต่บันทึกเพิ่มไม่ได้ ข้อมูลทั้งหมดจะถูกลบตั้งแต่วันที่ {day_th}\n\n"
            "หากไม่ใช่ความประสงค์ของเขต ผู้ดูแลระบบคนใดก็ได้ยกเลิกได้ก่อนวันนั้น "
            "(POST /api/v1/leaving/cancel)",
            "Dear administrator,\n\n"
            "One of the administrators asked to leave. The reason: {reason}\n\n"
            "From now on all data can be read and fetched at {address} "
            "(GET /api/v1/leaving/archive), and nothing can be written. Everything is deleted from "
            "{day_en} on.\n\n"
            "If the area does not mean to, any administrator can call it off before that day "
            "(POST /api/v1/leaving/cancel).",
        ),
    ),
    CALLED_OFF: (
        Text("{office_th} ใช้ KruNet ต่อไป", "{office_en} stays in KruNet"),
        Text(
            "เรียน ผู้ดูแลระบบ\n\nการเลิกใช้งานถูกยกเลิกแล้ว เขตใช้งานได้ตามปกติที่ {address}",
            "Dear administrator,\n\nLeaving was called off. The area works as before at {address}",
        ),
    ),
}


def send_leaving(area: Area, what: str, addresses: list[str]) -> None:
    """Tell the administrators, each by a mail of their own, that the area leaves or stays."""
    day = timezone.localdate(area.deleted_from) if area.deleted_from else timezone.localdate()
    offered = {
        "office_th": area.name_th,
        "office_en": area.name_en,
        "reason": area.leaving_reason,
        "address": area_url(area.slug),
        "day_th": thai_date(day),
        "day_en": day.isoformat(),
    }
    subject, body = (part.format(**offered) for part in _LEAVING[what])
    for address in addresses:
        _mail(subject, body, address)


def send_state(application: AreaApplication) -> None:
    """Where the application stands and what to do now, with fresh links."""
    values = {"status": status_url(make_link(application)), "reason": application.reason}
    letter = _STATUS
    if application.state == ApplicationState.UNPROVEN:
        letter = _PROVE
        values["proof"] = proof_url(make_link(application, proves_email=True))
    elif application.state == ApplicationState.MORE_WANTED:
        letter = _MORE_WANTED
        values["question"] = application.messages[-1]["text"]
    elif application.state == ApplicationState.REJECTED:
        letter = _REJECTED
    _send(letter, application, **values)


def send_ready(application: AreaApplication, area: Area, *, invitation: str) -> None:
    """The area can be used; the invitation makes the applicant its first administrator."""
    _send(_READY, application, address=area_url(area.slug), invitation=invitation)


def _send(letter: tuple[Text, Text], application: AreaApplication, **values: str) -> None:
    offered = {
        "contact": application.contact_name,
        "office_th": application.name_th,
        "office_en": application.name_en,
        **values,
    }
    subject, body = (part.format(**offered) for part in letter)
    _mail(subject, body, application.email)


def _mail(subject: Text, body: Text, address: str) -> None:
    one_line = " ".join(f"{subject.th} · {subject.en}".split())  # names may hold line breaks
    EmailMessage(one_line, f"{body.th}\n\n———\n\n{body.en}\n", to=[address]).send()
