"""Letters to people, in their language. Jobs send them: no letter is lost with a mail server."""

from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.utils.translation import override

from core.text import Text


@dataclass(frozen=True)
class Letter:
    subject: Text
    body: Text

    def to(self, address: str, *, language: str, **values: object) -> EmailMessage:
        with override(language):
            return EmailMessage(str(self.subject), str(self.body.format(**values)), to=[address])


INVITATION = Letter(
    Text("คำเชิญเข้าใช้งาน KruNet", "Your invitation to KruNet"),
    Text(
        "เรียน {name}\n\n"
        "ท่านได้รับเชิญเข้าใช้งาน KruNet ในบทบาท{role_th} กรุณาเปิดลิงก์นี้เพื่อตั้งรหัสผ่าน:\n\n"
        "{link}\n\n"
        "ลิงก์นี้ใช้ได้ครั้งเดียวภายใน {days} วัน และเป็นของท่านเท่านั้น กรุณาอย่าส่งต่อ\n",
        "Dear {name},\n\n"
        "You are invited to KruNet as: {role_en}. Open this link to choose a password:\n\n"
        "{link}\n\n"
        "It works once, within {days} days, and is yours alone: please do not forward it.\n",
    ),
)
PASSWORD_RESET = Letter(
    Text("ตั้งรหัสผ่าน KruNet ใหม่", "A new password for KruNet"),
    Text(
        "เรียน {name}\n\n"
        "มีผู้ขอตั้งรหัสผ่านใหม่สำหรับบัญชีของท่าน กรุณาเปิดลิงก์นี้เพื่อตั้งรหัสผ่าน:\n\n"
        "{link}\n\n"
        "ลิงก์นี้ใช้ได้ครั้งเดียวภายใน 24 ชั่วโมง หากท่านไม่ได้ขอ ไม่ต้องทำอะไร รหัสผ่านเดิมยังใช้ได้\n",
        "Dear {name},\n\n"
        "Someone asked for a new password for your account. Open this link to choose one:\n\n"
        "{link}\n\n"
        "It works once, within 24 hours. If it was not you, do nothing: your password stays.\n",
    ),
)
PASSWORD_CHANGED = Letter(
    Text("รหัสผ่าน KruNet ของท่านถูกเปลี่ยนแล้ว", "Your KruNet password was changed"),
    Text(
        "เรียน {name}\n\n"
        "รหัสผ่านของท่านเพิ่งถูกเปลี่ยน และอุปกรณ์อื่นถูกออกจากระบบแล้ว\n"
        "หากท่านไม่ได้เปลี่ยนเอง กรุณาแจ้งผู้ดูแลระบบทันที\n",
        "Dear {name},\n\n"
        "Your password was just changed, and your other devices were signed out.\n"
        "If it was not you, tell your administrator at once.\n",
    ),
)
EMAIL_CONFIRMATION = Letter(
    Text("ยืนยันอีเมลสำหรับ KruNet", "Confirm your address for KruNet"),
    Text(
        "เรียน {name}\n\n"
        "ท่านขอใช้อีเมลนี้กับบัญชี KruNet กรุณาเปิดลิงก์นี้เพื่อยืนยัน:\n\n"
        "{link}\n\n"
        "ลิงก์นี้ใช้ได้ภายใน 24 ชั่วโมง หากท่านไม่ได้ขอ ไม่ต้องทำอะไร\n",
        "Dear {name},\n\n"
        "You want to use this address with your KruNet account. Open this link to confirm it:\n\n"
        "{link}\n\n"
        "It works within 24 hours. If it was not you, do nothing.\n",
    ),
)
EMAIL_CHANGED = Letter(
    Text("อีเมลของบัญชี KruNet ถูกเปลี่ยนแล้ว", "The address of your KruNet account was changed"),
    Text(
        "เรียน {name}\n\n"
        "บัญชี KruNet ของท่านเปลี่ยนไปใช้อีเมลอื่นแล้ว\n"
        "หากท่านไม่ได้เปลี่ยนเอง กรุณาแจ้งผู้ดูแลระบบทันที\n",
        "Dear {name},\n\n"
        "Your KruNet account now uses another e-mail address.\n"
        "If it was not you, tell your administrator at once.\n",
    ),
)
OPERATOR_ACCESS = Letter(
    Text("ผู้ดูแลแพลตฟอร์มขอเข้าดูข้อมูลของเขตพื้นที่", "An operator may look into your area"),
    Text(
        "เรียน ผู้ดูแลระบบเขตพื้นที่\n\n"
        "{operator} ผู้ดูแลแพลตฟอร์ม KruNet ได้สิทธิ์อ่านข้อมูลของเขตพื้นที่ (แก้ไขไม่ได้) ถึง {until_th}\n\n"
        "เหตุผล: {reason}\n\n"
        "ท่านดูการใช้งานและยุติสิทธิ์นี้ได้ทันทีที่ GET /api/v1/operator-access และ "
        "POST /api/v1/operator-access/…/end\n",
        "Dear administrator,\n\n"
        "{operator}, an operator of the KruNet platform, may read (not change) your area's data "
        "until {until_en}.\n\n"
        "Reason: {reason}\n\n"
        "See how it is used, and end it at any moment: GET /api/v1/operator-access and "
        "POST /api/v1/operator-access/…/end\n",
    ),
)
OPERATORS_DIGEST = Letter(
    Text("งานที่รอผู้ดูแลแพลตฟอร์ม KruNet", "What waits for KruNet's operators"),
    Text(
        "เรียน ผู้ดูแลแพลตฟอร์ม\n\n"
        "คำขอใช้งานที่รอการพิจารณา: {reviews}\n"
        "เขตพื้นที่ที่ตั้งค่าไม่สำเร็จ: {failed}\n\n"
        "ดำเนินการได้ที่ {link}\n",
        "Dear operator,\n\n"
        "Applications that wait for review: {reviews}\n"
        "Areas that could not be set up: {failed}\n\n"
        "See to them at {link}\n",
    ),
)
