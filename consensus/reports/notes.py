"""How to read a report, and what comes with the data."""

from core.text import Text

READING = (
    Text(
        "ควอไทล์แบบจัดกลุ่มถือว่าคะแนน k ครอบคลุมช่วง k−½ ถึง k+½ แล้วอ่านค่าจากเส้นความถี่สะสม "
        "ดังนั้นเมื่อทุกคนให้คะแนน 5 จะได้ Q1 = 4.75 มัธยฐาน 5.00 Q3 = 5.25 และ IQR = 0.50 "
        "ค่า 5.25 และ 0.50 ถูกต้องตามสูตร ไม่ใช่ความผิดพลาด และไม่มีการปรับให้อยู่ในมาตร",
        "The grouped method lets score k stand for k−½ to k+½ and reads quartiles off the "
        "cumulative line. So when everyone answers 5, Q1 is 4.75, the median 5.00, Q3 5.25 and the "
        "IQR 0.50: these are right, no mistake, and never clamped to the scale.",
    ),
    Text(
        "ควอไทล์จากคะแนนดิบใช้การประมาณเชิงเส้น (แบบที่ 7) เหมือนโปรแกรมตารางคำนวณทั่วไป "
        "การใช้สูตรจัดกลุ่มกับมาตรประมาณค่ายังเป็นที่ถกเถียง จึงแสดงไว้ทั้งสองวิธี ระเบียบวิธีระบุว่าวิธีใดใช้ตัดสิน",
        "Raw quartiles interpolate between ordered answers (type 7), as spreadsheet programs do. "
        "The grouped formula on rating scales is disputed, so both stand here; the protocol names "
        "the one that decides.",
    ),
    Text(
        "เมื่อควอไทล์ตกตรงช่วงที่ไม่มีผู้ให้คะแนน ใช้จุดกึ่งกลางของช่วงนั้นและทำเครื่องหมาย ◊",
        "Where a quartile falls on a stretch of scores that nobody gave, the midpoint of the "
        "stretch is taken, and ◊ tells it.",
    ),
    Text(
        "ความคงที่คิดจากผู้ที่ให้คะแนนทั้งสองรอบ การเปลี่ยนสุทธิอาจเป็น 0 แม้ทุกคนเปลี่ยนคำตอบ "
        "จึงแสดงสัดส่วนผู้คงคำตอบเดิมไว้ด้วย เมื่อมีผู้ให้คะแนนเพียงรอบเดียวไม่กี่คน (น้อยกว่าจำนวนที่แสดงได้) "
        "จะเทียบผลรวมทั้งหมดของสองรอบแทน เพื่อไม่ให้เห็นคำตอบของคนเหล่านั้น",
        "Stability is over those who scored in both rounds. Net change can be 0 while nobody kept "
        "an answer, so the share who did stands beside it. Where only a few (fewer than may be "
        "shown) scored in one round alone, the totals of both rounds are compared instead, so that "
        "nothing tells what these few said.",
    ),
    Text(
        "ในรอบแบบเรียลไทม์ ความคงที่เทียบคะแนนที่แต่ละคนให้ข้อนั้นก่อนเห็นผลของกลุ่ม (“ตอบรอบก่อน”) กับคะแนนเมื่อปิด",
        "In a real-time round stability compares what each scored an item before seeing anything "
        "of the group (“before”) with the score at the end.",
    ),
    Text(
        "W ของเคนดอลล์บอกว่าลำดับของคณะตรงกันเพียงใด 0 ถึง 1 โดย .5 ปานกลาง และ .7 สูง (Schmidt, 1997) "
        "คิดจากผู้ที่ให้คะแนนหรือจัดลำดับครบทุกข้อ และไม่แสดงเมื่อมีผู้ให้คะแนนไม่ครบเพียงไม่กี่คน",
        "Kendall's W says how far the panel agrees on an order, 0 to 1: .5 is moderate, .7 strong "
        "(Schmidt, 1997). It is over those who scored, or ranked, every item, and not told where "
        "only a few scored some and left others out.",
    ),
    Text(
        "สถิติทุกค่าคำนวณเป็นเศษส่วนแน่นอนและตรึงไว้เมื่อปิดรอบ ทศนิยมในรายงานปัดเศษเพื่อแสดงเท่านั้น "
        "ผู้ดำเนินการศึกษาไม่ร่วมให้คะแนน และผู้ทรงคุณวุฒิต้องไม่ใช่ผู้เชี่ยวชาญในคณะ",
        "All statistics are exact fractions, frozen when the round closed; decimals are rounded "
        "for display only. The facilitator does not rate, and certifiers are not panelists.",
    ),
)

ROW_DATA = {
    "left": Text(
        "ข้อมูลรายแถวของผู้ที่ตอบครบทุกรอบ {rows} คน ส่งออกได้โดยสลับลำดับและไม่ระบุกลุ่ม "
        "พร้อมโปรแกรมที่คำนวณตัวเลขซ้ำทุกค่าที่ข้อมูลนั้นคำนวณได้",
        "The answers of the {rows} panelists who finished every round can be exported, shuffled "
        "and without group, with a script that recomputes every number that they determine.",
    ),
    "withheld": Text("ไม่มีข้อมูลรายแถว: {why}", "No row data: {why}"),
}

README = Text(
    "ข้อมูลนิรนามของการศึกษาด้วยเทคนิคเดลฟาย\n\n"
    "protocol.json      ระเบียบวิธีที่ผนึกไว้\n"
    "counts.csv         จำนวนคำตอบของแต่ละระดับ ทุกข้อ ทุกรอบ (เว้นว่างเมื่อผู้ตอบน้อยเกินไป)\n"
    "ratings.csv        แถวละหนึ่งคนที่ตอบครบทุกรอบ สลับลำดับ ไม่ระบุกลุ่ม คอลัมน์ r2_i1 คือรอบ 2 ข้อ 1\n"
    "places.csv         จำนวนครั้งที่แต่ละรายการได้แต่ละลำดับ ในรอบจัดลำดับ\n"
    "certification.csv  จำนวนคำตอบของผู้ทรงคุณวุฒิ\n"
    "participation.csv  จำนวนผู้ตอบแต่ละรอบ คำตอบที่มีผู้บันทึกให้ตามช่องทาง และการติดตาม\n"
    "results.json       ผลที่ตรึงไว้เมื่อปิดรอบ\n"
    "recompute.py       คำนวณตัวเลขซ้ำจากข้อมูลข้างต้น ใช้เพียง Python 3.11 ขึ้นไป ไม่ต้องติดตั้งสิ่งอื่น: "
    "python3 recompute.py\n"
    "formulas.py        สูตรที่ recompute.py ใช้ ต้องอยู่ในโฟลเดอร์เดียวกัน\n"
    "orders.py          สูตรของการจัดลำดับ เช่นเดียวกัน\n"
    "ค่าที่ไม่ได้คำนวณซ้ำ: การออกกลางคันและกลุ่มย่อย (ไม่มีแถวใดบอกว่าใครออกหรืออยู่กลุ่มใด) จำนวนผู้เข้าร่วม "
    "และความคงที่ของรอบแบบเรียลไทม์\n",
    "Anonymised data of a Delphi study\n\n"
    "protocol.json      the sealed protocol\n"
    "counts.csv         how often each score was given, every item and round (blank: too few)\n"
    "ratings.csv        a row a panelist who finished every round, shuffled, without group; "
    "column r2_i1 is round 2, item 1\n"
    "places.csv         how often each item of a ranking was given each place\n"
    "certification.csv  how often each answer was given by the certifiers\n"
    "participation.csv  how many answered each round, whose answers a recorder entered by which "
    "way, and follow-ups\n"
    "results.json       the results as frozen when a round closed\n"
    "recompute.py       computes the numbers again from the files above, with nothing but Python "
    "3.11 or newer: python3 recompute.py\n"
    "formulas.py        the formulas that it uses; keep it beside recompute.py\n"
    "orders.py          those of rankings, likewise\n"
    "Not recomputed: attrition and groups (no row says who left, or which group), participation, "
    "and the stability of a real-time round.\n",
)
