"""Letters to offices that apply, in Thai and English: nobody has chosen a language yet."""

from django.core.mail import EmailMessage

from core.addresses import area_url
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


def send_state(application: AreaApplication) -> None:
    """Where the application stands and what to do now, with fresh links."""
    values = {"status": status_url(make_link(application)), "reason": application.reason}
    letter = _STATUS
    if application.state == ApplicationState.UNPROVEN:
        letter = _PROVE
        values["proof"] = proof_url(make_link(application, proves_email=True))
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
    one_line = " ".join(f"{subject.th} · {subject.en}".split())  # names may hold line breaks
    EmailMessage(one_line, f"{body.th}\n\n———\n\n{body.en}\n", to=[application.email]).send()
