"""A certificate of hours on paper: in Thai or English, with a code that leads to its check."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import segno
from django.utils import timezone

from core.addresses import platform_url
from core.dates import buddhist_year, thai_date
from core.documents.typesetting import make_pdf
from core.text import Text, reads_english
from pd_activities.calculations.credit import in_hours
from pd_activities.enums import HourKind
from pd_activities.models import Certificate

_TEMPLATE = Path(__file__).with_name("certificate.typ")
_TITLE = Text("หนังสือรับรองชั่วโมงการพัฒนาวิชาชีพ", "Certificate of professional development hours")
_STATES = Text("ขอรับรองว่า", "certifies that")
_SCHOOL = Text("สังกัด{school}", "of {school}")
_CREDITED = Text(
    "มีชั่วโมงการพัฒนาวิชาชีพที่บันทึกไว้{year} รวม {hours} ชั่วโมง",
    "is credited with {hours} hours of professional development{year}",
)
_YEAR = Text(" ในปีการศึกษา {year}", " in the academic year {year}")
_KINDS = Text("ประเภท", "Kind")
_HOURS = Text("ชั่วโมง", "Hours")
_TOTAL = Text("รวม", "Total")
_ENTRIES = Text("รายการที่นับ", "What was counted")
_ENTRY_HEAD = (Text("วันที่", "Day"), Text("กิจกรรม", "Activity"), _KINDS, _HOURS)
_ISSUED = Text("ออกให้ ณ วันที่ {day}", "Issued on {day}")
_NUMBER = Text("เลขที่ {number}", "No. {number}")
_CHECK = Text(
    "สแกนเพื่อตรวจสอบ เขตพื้นที่ลงลายมือชื่อดิจิทัลไว้ ใครก็ตรวจสอบได้โดยไม่ต้องมีบัญชี "
    "และตรวจสอบได้แม้เขตพื้นที่เลิกใช้ระบบแล้ว",
    "Scan to verify. The service area has signed it digitally: anyone can check it, without an "
    "account, and also when the area has left KruNet.",
)


def verify_url(certificate: Certificate) -> str:
    """Where anyone verifies it. Behind the # no server sees what it states."""
    return platform_url(f"/verify#{certificate.signed}")


def certificate_pdf(certificate: Certificate, *, issuer: Text) -> bytes:
    """In the reader's language; `issuer` is the area's name."""
    statement, year = certificate.statement, certificate.academic_year
    hours = in_hours(statement["credit_minutes"])
    kinds = [[_kind(kind), in_hours(minutes)] for kind, minutes in statement["hours"].items()]
    in_year = str(_YEAR.format(year=_year(year))) if year else ""
    return make_pdf(
        _TEMPLATE,
        {
            "language": "en" if reads_english() else "th",
            "issuer": str(issuer),
            "title": str(_TITLE),
            "states": str(_STATES),
            "name": statement["teacher_name"],
            "school": str(_SCHOOL.format(school=statement["school_name"])),
            "credited": str(_CREDITED.format(hours=hours, year=in_year)),
            "kinds": {"head": _texts(_KINDS, _HOURS), "rows": [*kinds, [str(_TOTAL), hours]]},
            "entries_title": str(_ENTRIES),
            "entries": {
                "head": _texts(*_ENTRY_HEAD),
                "rows": [_entry(each) for each in statement["entries"]],
            },
            "issued": str(_ISSUED.format(day=_day(timezone.localdate(certificate.created_at)))),
            "number": str(_NUMBER.format(number=certificate.pk)),
            "check": str(_CHECK),
            "qr": segno.make(verify_url(certificate), error="l").svg_inline(border=0),
        },
    )


def _entry(entry: dict[str, Any]) -> list[str]:
    day = _day(date.fromisoformat(entry["occurred_on"]))
    return [day, entry["title"], _kind(entry["kind"]), in_hours(entry["credit_minutes"])]


def _texts(*texts: Text) -> Iterable[str]:
    return [str(each) for each in texts]


def _kind(kind: str) -> str:
    return str(HourKind(kind).text)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}" if reads_english() else thai_date(day)


def _year(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02}" if reads_english() else str(buddhist_year(year))
