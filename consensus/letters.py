"""What panelists and certifiers are sent."""

from core.text import Text

SUBJECT = Text("ขอเชิญตอบแบบสอบถามเดลฟาย: {title}", "Your answers to a Delphi study: {title}")
OPENED = Text(
    "เรียน {name}\n\nเปิดรับคำตอบของการศึกษา “{title}” รอบที่ {number} แล้ว{until} "
    "กรุณาเปิดลิงก์ส่วนตัวนี้ (ไม่ต้องมีบัญชี ตอบบนโทรศัพท์ได้):\n\n{link}\n\n"
    "ท่านแก้ไขคำตอบได้จนกว่าจะปิดรอบ ลิงก์นี้เป็นของท่านเท่านั้น กรุณาอย่าส่งต่อ\n",
    "Dear {name},\n\nRound {number} of the study “{title}” is open{until}. "
    "Please open your personal link (no account needed; a phone will do):\n\n{link}\n\n"
    "You can change your answers until the round closes. The link is yours alone: please do "
    "not forward it.\n",
)
REMINDER = Text(
    "เรียน {name}\n\nการศึกษา “{title}” รอบที่ {number} ยังรอคำตอบของท่าน{until} "
    "ตอบต่อจากที่ค้างไว้ได้ที่ลิงก์ส่วนตัวนี้:\n\n{link}\n\n"
    "ลิงก์เดิมของท่านยังใช้ได้ กรุณาอย่าส่งต่อ\n",
    "Dear {name},\n\nRound {number} of the study “{title}” still waits for your answers{until}. "
    "Continue where you left off with your personal link:\n\n{link}\n\n"
    "Your earlier links still work. Please do not forward them.\n",
)
UNTIL = Text(" ถึง {time}", " until {time}")
NO_LIMIT = Text("", "")

LETTER = Text(
    "เรื่อง  ขอเชิญเป็นผู้ให้ข้อมูลในการศึกษาด้วยเทคนิคเดลฟาย\n\nเรียน  {name}\n\n"
    "ด้วยสำนักงานเขตพื้นที่การศึกษากำลังดำเนินการศึกษา “{title}” และเห็นว่าท่านเป็นผู้มีความรู้"
    "และประสบการณ์ในเรื่องดังกล่าวเป็นอย่างดี จึงขอเรียนเชิญท่านตอบแบบสอบถามผ่านลิงก์ส่วนตัว"
    "หรือคิวอาร์โค้ดในหนังสือนี้ โดยไม่ต้องมีบัญชีผู้ใช้\n\n{link}\n\n"
    "คำตอบของท่านเก็บไว้ภายใต้นามแฝง แยกจากชื่อของท่าน และนำเสนอเป็นภาพรวมเท่านั้น\n\n"
    "จึงเรียนมาเพื่อโปรดพิจารณาให้ความอนุเคราะห์\n",
    "Re: Invitation to a Delphi study\n\nDear {name},\n\nThe educational service area office is "
    "conducting the study “{title}” and invites you to answer it through the personal link or "
    "QR code in this letter; no account is needed.\n\n{link}\n\nYour answers are kept under a "
    "pseudonym, apart from your name, and are reported in aggregate only.\n",
)

# Told to everyone before they consent; honest about who could know.
NOTICE = Text(
    "คำตอบของท่านเก็บภายใต้นามแฝงแยกจากชื่อ ผู้ดำเนินการศึกษาไม่เห็นว่าใครตอบอะไร และไม่เผยแพร่ผลที่นับ"
    "จากคนน้อยกว่า {smallest} คน อย่างไรก็ตาม ผู้ดูแลฐานข้อมูลมีความสามารถทางเทคนิคที่จะเชื่อมโยงได้ "
    "ท่านถอนตัวเมื่อใดก็ได้ คำตอบในรอบที่ปิดแล้วจะยังอยู่ในผลรวม",
    "Your answers are kept under a pseudonym, apart from your name. The facilitator never sees "
    "who gave which answer, and nothing that fewer than {smallest} people said is shown. Whoever "
    "administers the database could, technically, join the two. You may withdraw at any time; "
    "answers of rounds that have closed stay in the totals.",
)
