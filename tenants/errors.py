from core.errors import DomainError
from core.text import Text


class UnknownAreaError(DomainError):
    """One answer for an area that is unknown, suspended or deleted: nothing to learn from it."""

    code = "area_unavailable"
    status = 404
    title = Text("ไม่มีเขตพื้นที่นี้ หรือยังไม่เปิดใช้งาน", "No such service area")
    detail = Text(
        "กรุณาตรวจสอบชื่อเขตพื้นที่ในที่อยู่หรือในส่วนหัว X-Service-Area",
        "Check the area's name in the address or in the header X-Service-Area.",
    )


class AreaLeavingError(DomainError):
    """For whatever would write in an area that is leaving; reading, and coming back, go on."""

    code = "area_leaving"
    title = Text("เขตพื้นที่นี้กำลังเลิกใช้งาน", "The area is leaving")
    detail = Text(
        "ข้อมูลอ่านและดาวน์โหลดได้จนถึงวันลบ แต่บันทึกเพิ่มไม่ได้ "
        "ผู้ดูแลระบบของเขตยกเลิกการเลิกใช้งานได้ที่ POST /api/v1/leaving/cancel",
        "Its data can be read and fetched until it is deleted, and nothing can be written. "
        "An administrator of the area can call it off by POST /api/v1/leaving/cancel.",
    )


class CodeMismatchError(DomainError):
    code = "code_mismatch"
    title = Text("รหัสเขตไม่ตรง", "Not the area's code")
    detail = Text(
        "กรุณาพิมพ์รหัสเขตพื้นที่ของท่านเพื่อยืนยัน", "Type your area's own code, to confirm that you mean it."
    )


class NameTakenError(DomainError):
    code = "area_name_taken"
    title = Text("ชื่อหรือรหัสนี้มีผู้ใช้แล้ว", "Taken")
    detail = Text(
        "รหัสเขตหรือชื่อโดเมนย่อยนี้มีผู้ใช้หรือสงวนไว้แล้ว กรุณาเลือกใหม่",
        "This area code or sub-domain is taken or reserved. Choose another.",
    )


class ApplicationStateError(DomainError):
    code = "application_state"
    title = Text("ทำรายการนี้ในสถานะปัจจุบันไม่ได้", "Not possible in this state")
    detail = Text(
        "คำขออยู่ในสถานะ {state} กรุณาตรวจสอบสถานะล่าสุด",
        "The application is {state}. Read its present state first.",
    )


class FileNotAcceptedError(DomainError):
    code = "file_not_accepted"
    status = 415
    title = Text("ไม่รับไฟล์ชนิดนี้", "The file is not accepted")
    detail = Text(
        "กรุณาส่งไฟล์ PDF, JPEG หรือ PNG ที่สมบูรณ์ ขนาดไม่เกิน 10 MB",
        "Send a whole PDF, JPEG or PNG file of at most 10 MB.",
    )


class TooManyDocumentsError(DomainError):
    code = "too_many_documents"
    title = Text("ส่งเอกสารครบจำนวนแล้ว", "Enough documents")
    detail = Text(
        "คำขอหนึ่งแนบเอกสารได้ {most} ไฟล์ กรุณารวมเป็นไฟล์เดียว",
        "An application takes {most} files. Put them into one.",
    )


class TooManyApplicationsError(DomainError):
    code = "too_many_applications"
    title = Text("มีคำขอจากอีเมลนี้มากเกินไป", "Too many applications from this address")
    detail = Text(
        "กรุณาใช้คำขอเดิม ระบบส่งลิงก์ให้ใหม่ได้ที่ POST /api/v1/area-applications/remind",
        "Go on with an earlier one: POST /api/v1/area-applications/remind mails its links again.",
    )


class AreaStateError(DomainError):
    code = "area_state"
    title = Text("ทำรายการนี้ในสถานะปัจจุบันของเขตไม่ได้", "Not possible in the area's state")
    detail = Text(
        "เขตพื้นที่อยู่ในสถานะ {state} กรุณาตรวจสอบสถานะล่าสุด",
        "The area is {state}. Read its present state first.",
    )


class LinkInvalidError(DomainError):
    code = "link_invalid"
    status = 404
    title = Text("ลิงก์ใช้ไม่ได้", "The link is not valid")
    detail = Text(
        "ลิงก์ไม่ถูกต้องหรือหมดอายุแล้ว กรุณาขอลิงก์ใหม่",
        "The link is wrong or has expired. Ask for a new one.",
    )
