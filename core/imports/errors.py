from core.errors import DomainError
from core.text import Text


class FileTooLargeError(DomainError):
    code = "file_too_large"
    status = 413
    title = Text("ไฟล์ใหญ่เกินไป", "The file is too large")
    detail = Text(
        "ไฟล์ต้องไม่เกิน 20 MB กรุณาแบ่งเป็นหลายไฟล์", "At most 20 MB. Split it into several files."
    )


class FileNotRecognisedError(DomainError):
    code = "file_not_recognised"
    status = 415
    title = Text("ไม่ใช่ไฟล์ตารางที่รองรับ", "No spreadsheet that we read")
    detail = Text(
        "รับเฉพาะ .xlsx (ไม่ตั้งรหัสผ่าน) และ .csv กรุณาบันทึกเป็นรูปแบบดังกล่าวแล้วส่งใหม่",
        "Send .xlsx without a password, or .csv. Save it in one of these and send again.",
    )


class FileUnsafeError(DomainError):
    code = "file_unsafe"
    status = 400
    title = Text("ไฟล์ไม่ปลอดภัย", "The file is not safe to open")
    detail = Text(
        "ไฟล์เสียหายหรือขยายใหญ่ผิดปกติ กรุณาคัดลอกเฉพาะตารางไปยังไฟล์ใหม่แล้วส่งใหม่",
        "It is damaged or unpacks to far too much. Copy the table into a new file and send that.",
    )


class FileTooLongError(DomainError):
    code = "file_too_long"
    status = 400
    title = Text("ตารางใหญ่เกินไป", "The table is too large")
    detail = Text(
        "รับได้ไม่เกิน 100,000 แถว และ 40 คอลัมน์ กรุณาแบ่งเป็นหลายไฟล์ หรือลบส่วนที่ไม่ใช้",
        "At most 100,000 rows and 40 columns. Split the file, or delete what is not needed.",
    )


class FileEncodingError(DomainError):
    code = "file_encoding"
    status = 400
    title = Text("อ่านตัวอักษรในไฟล์ไม่ได้", "The file's characters cannot be read")
    detail = Text(
        "ไฟล์ CSV ต้องเป็น UTF-8 หรือ TIS-620 กรุณาบันทึกเป็น CSV UTF-8 แล้วส่งใหม่",
        "A CSV file must be in UTF-8 or TIS-620. Save it as CSV UTF-8 and send again.",
    )


class ImportNotCheckedError(DomainError):
    code = "import_not_checked"
    title = Text("ไฟล์นี้ยังนำเข้าไม่ได้", "This file cannot be applied now")
    detail = Text(
        "นำเข้าได้เฉพาะไฟล์ที่ตรวจสอบเสร็จแล้วและยังไม่ถูกนำเข้า กรุณาดูสถานะของไฟล์",
        "Only a file that is checked and not yet applied can be. Look at its state.",
    )


class ImportHasProblemsError(DomainError):
    code = "import_has_problems"
    title = Text("ไฟล์นี้มีแถวที่ต้องแก้ไข", "Some rows have problems")
    detail = Text(
        "มี {count} จุดที่ต้องแก้ไข กรุณาแก้แล้วส่งไฟล์ใหม่ หรือส่ง skip_problem_rows เพื่อข้ามแถวเหล่านั้น",
        "{count} values need correction. Correct the file and send it again, "
        "or send skip_problem_rows to leave those rows out.",
    )
