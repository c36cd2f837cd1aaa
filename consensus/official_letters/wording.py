"""The words of an official letter (หนังสือภายนอก), by who is asked."""

from consensus.enums import PanelKind
from core.text import Text

NUMBER = Text("ที่", "No.")
SUBJECT, TO = Text("เรื่อง", "Subject"), Text("เรียน", "Dear")
ABOUT = {
    PanelKind.PANELIST: Text(
        "ขอเรียนเชิญเป็นผู้เชี่ยวชาญในการศึกษาด้วยเทคนิคเดลฟาย",
        "Invitation to the expert panel of a Delphi study",
    ),
    PanelKind.CERTIFIER: Text(
        "ขอเรียนเชิญเป็นผู้ทรงคุณวุฒิรับรองผลการศึกษาด้วยเทคนิคเดลฟาย",
        "Invitation to certify the outcome of a Delphi study",
    ),
}
CAUSE = Text(
    "ด้วย{office} ดำเนินการศึกษาเรื่อง “{title}” ด้วยเทคนิคเดลฟาย {about} และพิจารณาเห็นว่า"
    "ท่านเป็นผู้มีความรู้ ความสามารถ และประสบการณ์ในเรื่องดังกล่าวเป็นอย่างดี",
    "{office} is conducting the Delphi study “{title}”. {about} You know this matter well, from "
    "experience and study.",
)
PURPOSE = {
    PanelKind.PANELIST: Text(
        "ในการนี้ จึงขอเรียนเชิญท่านเป็นผู้เชี่ยวชาญตอบแบบสอบถาม รวม {rounds} "
        "ทางคิวอาร์โค้ดหรือลิงก์ส่วนตัวด้านล่าง โดยไม่ต้องมีบัญชีผู้ใช้ และตอบบนโทรศัพท์ได้{until} ",
        "We ask you to join the panel and to answer {rounds} in all, by the QR code or the "
        "personal link below. It needs no account, and a phone will do.{until} ",
    ),
    PanelKind.CERTIFIER: Text(
        "ในการนี้ จึงขอเรียนเชิญท่านเป็นผู้ทรงคุณวุฒิพิจารณารับรองผลการศึกษา "
        "ทางคิวอาร์โค้ดหรือลิงก์ส่วนตัวด้านล่าง โดยไม่ต้องมีบัญชีผู้ใช้ และตอบบนโทรศัพท์ได้{until} ",
        "We ask you to certify its outcome, by the QR code or the personal link below. It needs "
        "no account, and a phone will do.{until} ",
    ),
}
ROUNDS = (Text("1 รอบ", "one round"), Text("{n} รอบ", "{n} rounds"))
UNTIL = Text(" ภายในวันที่ {day} เวลา {time} น.", " Please answer by {day}, {time}.")
PROMISE = Text(
    "คำตอบของท่านเก็บภายใต้นามแฝงแยกจากชื่อและนำเสนอโดยไม่ระบุชื่อ ท่านปฏิเสธหรือถอนตัวได้ทุกเมื่อ",
    "Your answers are kept under a pseudonym, apart from your name, and reported without names. "
    "You may decline or withdraw at any time.",
)
RECORDER = Text(
    " หากไม่สะดวกตอบทางออนไลน์ โปรดแจ้งผู้ประสานงานด้านล่าง เพื่อให้ผู้บันทึกคำตอบซึ่งมิใช่ผู้ดำเนินการศึกษา"
    "สัมภาษณ์หรือรับคำตอบบนกระดาษแทน",
    " If you would rather not answer online, tell the contact below: a recorder, who does not run "
    "the study, can interview you or take your answers on paper.",
)
CLOSE = Text(
    "จึงเรียนมาเพื่อโปรดพิจารณาให้ความอนุเคราะห์ จะขอบคุณยิ่ง",
    "We should be most grateful for your help.",
)
REGARDS = Text("ขอแสดงความนับถือ", "Yours faithfully,")
CONTACT = Text("ผู้ประสานงาน", "Contact")
LINK = Text("ลิงก์ส่วนตัวของท่าน", "Your personal link")
HOW = Text(
    "สแกนคิวอาร์โค้ด หรือพิมพ์ที่อยู่นี้ในเบราว์เซอร์ (ตัวเล็กตัวใหญ่ในรหัสท้ายไม่ต่างกัน)",
    "Scan the QR code, or type this address into a browser (capitals in its code do not matter):",
)
FIRST = Text(
    "ลิงก์นี้เปิดได้บนเครื่องที่เปิดครั้งแรกเท่านั้น จึงไม่มีผู้อื่นที่ถือหนังสือนี้เห็นคำตอบของท่าน "
    "หากท่านยังไม่เคยเปิดแต่เปิดไม่ได้ แสดงว่ามีผู้อื่นเปิดไปก่อน โปรดแจ้งผู้ประสานงาน",
    "It opens only on the device that opens it first, so that nobody else who holds this letter "
    "sees your answers. If it does not open although you never opened it, somebody else did: "
    "please tell the contact.",
)
