from core.errors import DomainError
from core.text import Text


class NothingCreditedError(DomainError):
    code = "nothing_credited"
    title = Text("ยังไม่มีชั่วโมงที่รับรองได้", "No hours to certify")
    detail = Text(
        "ในช่วงเวลานี้ยังไม่มีชั่วโมงที่ได้รับการบันทึก กรุณาตรวจดูบันทึกชั่วโมง (transcript) ก่อน",
        "Nothing is credited in this time. Look at the transcript first.",
    )


class CertificateRevokedError(DomainError):
    code = "certificate_revoked"
    title = Text("ใบรับรองนี้ถูกเพิกถอนแล้ว", "The certificate was revoked")
    detail = Text(
        "ใบรับรองนี้ถูกเพิกถอนแล้ว กรุณาออกใบรับรองใหม่",
        "This certificate holds no more. Issue another one.",
    )
