"""What panelists and certifiers are mailed, and are told before they consent."""

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

# Told to everyone before they consent; honest about who could know.
NOTICE = Text(
    "คำตอบของท่านเก็บภายใต้นามแฝงแยกจากชื่อ ผู้ดำเนินการไม่เห็นว่าใครตอบอะไร และไม่แสดงผลที่นับ"
    "จากคนน้อยกว่า {smallest} คน แต่หากทุกคนตอบตรงกัน ผลรวมย่อมบอกคำตอบของทุกคน {recorder}"
    "ความเห็นแสดงตามที่เขียน โปรดอย่าบอกว่าท่านเป็นใคร "
    "คำตอบของผู้ที่ตอบครบอาจเผยแพร่เป็นรายคน โดยสลับลำดับและไม่ระบุชื่อ "
    "ผู้ดูแลฐานข้อมูลหรือผู้ถือข้อมูลสำรองอาจเชื่อมโยงชื่อกับคำตอบได้ในทางเทคนิค "
    "ท่านถอนตัวได้ทุกเมื่อโดยไม่ต้องให้เหตุผล คำตอบที่ให้ไว้แล้วยังอยู่ในผลรวม",
    "Your answers are kept under a pseudonym, apart from your name. The facilitator never sees "
    "who gave which answer, and no number is shown that counts fewer than {smallest} people; but "
    "where all answer the same, the totals tell it of everybody. {recorder}Texts and comments are "
    "shown as you write them: please leave out what tells who you are. The answers of those who "
    "finish may be published person by person, shuffled and unnamed. Whoever administers the "
    "database, or holds a backup of it, could technically join name and answers. You may withdraw "
    "at any time and need no reason; answers already given stay in the totals.",
)
# In it, where the study has recorders.
RECORDER = Text(
    "หากท่านตอบในการสัมภาษณ์ บนกระดาษ หรือทางแชต ผู้บันทึกซึ่งไม่ใช่ผู้ดำเนินการศึกษาจะบันทึกแทนเมื่อท่านยินยอม "
    "และเห็นเฉพาะคำตอบที่ตนบันทึก ",
    "If you answer in an interview, on paper or by chat, a recorder who does not run the study "
    "enters it with your consent, and sees only what they have entered. ",
)

# On the page, where there is something to tell.
RECORDED = Text("{way}: {by} เป็นผู้บันทึกคำตอบ", "{way}: answers entered by {by}")
UNSEEN = Text(
    "คำตอบที่ให้ไว้ทางอื่นหรือก่อนเปลี่ยนอีเมล (ถ้ามี) ยังนับอยู่ แต่ไม่แสดงที่นี่",
    "Answers given another way, or before the e-mail address was changed, still count (if there "
    "are any); none are shown here.",
)
OWN_LINK = Text(
    "ลิงก์ในหนังสือเปิดได้บนเครื่องนี้เท่านั้น หากจะตอบบนเครื่องอื่น ให้คัดลอกลิงก์ของท่านเองเก็บไว้ ผู้อื่นไม่รู้ลิงก์นี้: {link}",
    "The letter’s link opens on this device only. To answer on another one, keep this link of "
    "your own, which nobody else knows: {link}",
)
