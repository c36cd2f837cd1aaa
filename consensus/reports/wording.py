"""The words of a report, in both languages."""

from consensus.enums import EntryWay, FollowUpWay
from consensus.reports.mode_wording import MODE_HEADS, MODE_LABELS
from core.text import Text

TITLES = {
    "report": Text("รายงานการศึกษาด้วยเทคนิคเดลฟาย", "Report of a Delphi study"),
    "study": Text("1. การศึกษาและผลตัดสิน", "1. Study and verdict"),
    "protocol": Text("2. ระเบียบวิธีที่ผนึกไว้", "2. The sealed protocol"),
    "flow": Text("3. การเข้าร่วม", "3. Participation"),
    "items": Text("4. ผลรายข้อ", "4. Items"),
    "robustness": Text("5. ความคงที่และความมั่นคงของผล", "5. Stability and robustness"),
    "certification": Text("6. การรับรองโดยผู้ทรงคุณวุฒิ", "6. Certification"),
    "deviations": Text("7. การเบี่ยงเบนจากระเบียบวิธี", "7. Deviations from the protocol"),
    "checklist": Text("8. รายการตรวจสอบการรายงาน", "8. Reporting checklist"),
    "reading": Text("9. วิธีอ่านตัวเลข", "9. How to read the numbers"),
}

LABELS = {
    **MODE_LABELS,
    "title": Text("ชื่อการศึกษา", "Title"),
    "status": Text("สถานะ", "Status"),
    "verdict": Text("ผลตัดสินแผน", "Verdict on the plan"),
    "verdict_alone": Text("ผลตัดสิน", "Verdict"),
    "reason": Text("เหตุผล", "Reason"),
    "plan_hash": Text("แฮชของแผนที่ตัดสิน", "Hash of the plan that was judged"),
    "no_plan": Text("ไม่ได้ตัดสินแผนใด", "no plan was judged"),
    "sealed_at": Text("วันที่ผนึก", "Sealed on"),
    "seal": Text("SHA-256 ของระเบียบวิธี", "SHA-256 of the protocol"),
    "sealed_text": Text(
        "ระเบียบวิธีนี้กำหนดและผนึกด้วยแฮชก่อนรับคำตอบแรก ข้อความที่ใช้คำนวณแฮชอ่านได้จากระบบ",
        "The protocol was fixed and sealed by its hash before the first answer. The exact text "
        "that was hashed can be read in the system.",
    ),
    "rounds": Text("รอบ", "Rounds"),
    "prompt": Text("คำถามปลายเปิด", "Open-ended prompt"),
    "scale": Text("มาตรประมาณค่า", "Scale"),
    "consensus": Text("เกณฑ์ฉันทามติ", "Consensus rule"),
    "in_from": Text("รายการผ่านเมื่อมัธยฐานตั้งแต่", "In from a median of"),
    "stability": Text("เกณฑ์ความคงที่", "Stability rule"),
    "quantiles": Text("วิธีคำนวณควอไทล์", "Quantile rules"),
    "stopping": Text("เกณฑ์การหยุด", "Stopping rule"),
    "stopping_rule": Text(
        "แนะนำให้หยุดเมื่อทุกข้อคงที่และตัดสินได้ หรือครบจำนวนรอบ",
        "stop is recommended when every item is settled, or at the last round",
    ),
    "stopping_ranking": Text(
        "การจัดลำดับ: แนะนำให้หยุดเมื่อเห็นพ้องในลำดับ หรือครบจำนวนรอบ",
        "of rankings: stop is recommended once the order is agreed, or at the last round",
    ),
    "feedback": Text("ข้อมูลย้อนกลับ", "Feedback"),
    "feedback_shown": Text(
        "มัธยฐาน ควอไทล์ พิสัยระหว่างควอไทล์ การแจกแจง คำตอบเดิมของตน และความเห็นนิรนาม",
        "median, quartiles, IQR, distribution, one’s own last rating, and anonymous comments",
    ),
    "feedback_bare": Text(
        "มัธยฐาน ควอไทล์ พิสัยระหว่างควอไทล์ การแจกแจง และคำตอบเดิมของตน",
        "median, quartiles, IQR, distribution and one’s own last rating",
    ),
    "feedback_ranking": Text(
        "การจัดลำดับ: ลำดับของคณะ ลำดับเฉลี่ย มัธยฐาน สัดส่วนที่ติดลำดับต้น W และลำดับเดิมของตน",
        "of rankings: the panel’s order, mean and median places, share at the top, W, and one’s "
        "own last places",
    ),
    "asked_again": Text("การถามซ้ำ", "Asked again"),
    "asked_again_rule": Text(
        "ทุกข้อถามซ้ำในทุกรอบ รวมทั้งข้อที่ได้ฉันทามติแล้ว เว้นแต่ข้อที่ตัดออกโดยแจ้งเหตุผล "
        "ตอบรายบุคคลผ่านลิงก์ส่วนตัว หรือผ่านผู้บันทึกคำตอบ",
        "every item in every round, also with consensus, unless it is dropped for a reason "
        "that is told; each panelist answers alone, by a personal link or to a recorder",
    ),
    "anonymity": Text("ความเป็นนิรนาม", "Anonymity"),
    "anonymity_rule": Text(
        "คำตอบเก็บภายใต้นามแฝงแยกจากชื่อ ไม่แสดงผลที่มาจากคนน้อยกว่า {smallest} คน "
        "ผู้ดูแลฐานข้อมูลสามารถเชื่อมโยงได้ในทางเทคนิค",
        "answers are kept under a pseudonym apart from names; nothing that fewer than {smallest} "
        "people said is shown; whoever administers the database could, technically, join the two",
    ),
    "certification": Text("เกณฑ์การรับรอง", "Certification rule"),
    "relevant_from": Text(
        "นับว่าเห็นชอบตั้งแต่คำตอบ {relevant_from} จาก {points} ระดับ",
        "answers from {relevant_from} of {points} count as yes",
    ),
    "criteria": Text("ด้านที่รับรอง", "Criteria"),
    "certified_parts": Text("ส่วนที่รับรอง", "Parts"),
    "by_section": Text("ภาพรวม และแต่ละด้านของแผน", "the whole, and each section"),
    "every_item_in": Text("แผนผ่านเมื่อทุกข้อที่คงไว้ผ่าน", "A plan needs every kept item in"),
    "certified": Text("แผนผ่านเมื่อได้รับการรับรอง", "A plan needs certification"),
    "grouped": Text("แบบจัดกลุ่ม", "grouped"),
    "raw": Text("จากคะแนนดิบ", "raw"),
    "panelists": Text("ผู้เชี่ยวชาญ", "Panelists"),
    "certifiers": Text("ผู้ทรงคุณวุฒิ", "Certifiers"),
    "replies": Text("การตอบรับคำเชิญ", "Replies to the invitation"),
    "by_round": Text("การตอบแต่ละรอบ", "Answers of each round"),
    "flow_note": Text(
        "“ตอบรับ” นับทุกคนที่ให้ความยินยอม รวมผู้ที่ถอนตัวภายหลัง “บางส่วน” คือผู้ที่ตอบไม่ครบทุกข้อของรอบ "
        "ซึ่งคำตอบที่มีนับรวมด้วย",
        "“Accepted” are all who consented, with those who withdrew later. “In part” are those who "
        "left questions of the round open; what they answered counts.",
    ),
    "contacts": Text("ช่องทางที่ตอบและการติดตาม", "How answers came in, and follow-up"),
    "contacts_note": Text(
        "คำตอบจากการสัมภาษณ์ แบบกระดาษ และแชต มีผู้บันทึกซึ่งไม่ใช่ผู้ดำเนินการศึกษาบันทึกให้ นับเป็นจำนวนคนที่ตอบรอบนั้น "
        "และผู้นั้นอาจตอบเองบางข้อ ตัวเลขนี้ไม่ผูกกับคำตอบใด การเตือนนับเป็นครั้ง การติดตามด้วยตนเองนับตามที่บันทึกไว้",
        "Answers given in an interview, on paper or by chat were entered by a recorder who does "
        "not run the study: counted are people who answered the round, some of whom answered in "
        "part themselves. The counts are tied to no answer. Reminders are counted as sent, "
        "personal follow-ups as noted.",
    ),
    "the_whole": Text("ภาพรวม", "the whole"),
    "parts": Text("ผลการรับรอง", "What was certified"),
    "no_certification": Text("ยังไม่มีการรับรองที่เสร็จสิ้น", "No certification has been completed."),
    "certified_yes": Text("ผ่านการรับรองทุกส่วน", "Every part was certified."),
    "certified_no": Text("ไม่ผ่านการรับรอง", "Not every part was certified."),
    "no_deviations": Text("ไม่มี", "None."),
    "checklist_note": Text(
        "เทียบกับ ACCORD (Gattrell และคณะ, 2024) และหัวข้อของ DELPHISTAR (Niederberger และคณะ, 2024) "
        "“ไม่ได้รายงาน” หมายถึงผู้เขียนรายงานวิจัยต้องระบุเพิ่มเอง",
        "After ACCORD (Gattrell et al., 2024) and the topics of DELPHISTAR (Niederberger et al., "
        "2024). Where it says “not reported”, authors of a paper have to add it.",
    ),
    "no_ratings": Text("ยังไม่มีรอบให้คะแนนที่ปิดแล้ว", "No rating round has closed."),
    "round": Text("รอบที่ {number}", "Round {number}"),
    "final": Text("ผลหลังรอบที่ {number}", "After round {number}"),
    "flips": Text("สิ่งที่จะพลิกผลตัดสิน รอบที่ {number}", "What would flip a verdict, round {number}"),
    "comments": Text("ความเห็นที่ไม่แสดงแก่คณะ", "Comments kept from the panel"),
    "dropped": Text("รายการที่ตัดออก", "Items that were dropped"),
    "flip_leaving": Text("{score} ถอนตัว ({panelists})", "{score} leaves ({panelists})"),
    "both_methods": Text(
        "ควอไทล์ทั้งสองวิธี รอบที่ {number}", "Quartiles by both methods, round {number}"
    ),
    "moved": Text("ความคงที่ รอบที่ {number}", "Stability, round {number}"),
    "agreement": Text("ความสอดคล้องของคณะ", "Agreement of the panel"),
    "attrition": Text(
        "ผู้ที่ออกกลางคันเทียบกับผู้ที่อยู่ต่อ รอบที่ {number}", "Leavers against stayers, round {number}"
    ),
    "subgroups": Text("กลุ่มความเชี่ยวชาญ รอบที่ {number}", "Expertise groups, round {number}"),
    "distributions": Text(
        "การแจกแจงของคำตอบ (คะแนน: จำนวนคน)", "Distribution of answers (score: how many)"
    ),
    "ranges": Text(
        "มัธยฐานกับช่วงควอไทล์ จากรอบสู่รอบ (วิธีที่ใช้ตัดสิน)",
        "Medians with quartile ranges, round to round (by the deciding method)",
    ),
    "items_note": Text(
        "Md มัธยฐาน IQR พิสัยระหว่างควอไทล์ เครื่องหมาย ≠ สองวิธีให้ผลตัดสินต่างกัน "
        "± ผลพลิกได้หากผู้เชี่ยวชาญคนเดียวถอนตัวหรือเปลี่ยนคะแนนหนึ่งระดับ "
        "◊ ควอไทล์ตกในช่วงที่ไม่มีผู้ตอบ",
        "Md median, IQR interquartile range. ≠ the two methods decide differently; ± one panelist "
        "leaving or moving one step would flip the verdict; ◊ a quartile fell where nobody "
        "answered.",
    ),
}

HEADS = {
    **MODE_HEADS,
    "pairs": (Text("เรื่อง", "Subject"), Text("รายละเอียด", "Detail")),
    "replies": (
        Text("กลุ่ม", "Group"),
        Text("เชิญ", "Invited"),
        Text("ทางหนังสือ", "By letter"),
        Text("ตอบรับ", "Accepted"),
        Text("ปฏิเสธ", "Declined"),
        Text("ถอนตัว", "Withdrawn"),
        Text("ไม่ตอบ", "No reply"),
    ),
    "by_round": (
        Text("รอบ", "Round"),
        Text("เปิด", "Opened"),
        Text("ปิด", "Closed"),
        Text("วัน", "Days"),
        Text("ถาม", "Asked"),
        Text("ตอบ", "Answered"),
        Text("ครบ", "In full"),
        Text("บางส่วน", "In part"),
    ),
    "contacts": (
        Text("รอบ", "Round"),
        *(way.text for way in EntryWay),
        Text("เตือน", "Reminders"),
        *(way.text for way in FollowUpWay),
    ),
    "certification": (
        Text("ส่วน", "Part"),
        Text("ด้าน", "Criterion"),
        Text("ผู้ตอบ", "Raters"),
        Text("ค่า", "Value"),
        Text("เกณฑ์", "Needed"),
    ),
    "certification_iqr": (Text("IQR", "IQR"), Text("IQR ไม่เกิน", "IQR at most")),
    "passed": (Text("ผ่าน", "Passed"),),
    "deviations": (Text("เรื่อง", "Kind"), Text("เหตุผล", "Reason"), Text("วันที่", "Date")),
    "checklist": (
        Text("ACCORD", "ACCORD"),
        Text("DELPHISTAR", "DELPHISTAR"),
        Text("สิ่งที่ต้องรายงาน", "To be reported"),
        Text("ที่อยู่ในรายงาน", "Where"),
    ),
    "final": (
        Text("ข้อ", "No."),
        Text("รายการ", "Item"),
        Text("N", "N"),
        Text("ไม่มีความเห็น", "No opinion"),
        Text("ไม่ตอบ", "Missing"),
        Text("Md", "Md"),
        Text("IQR", "IQR"),
    ),
    "band": (Text("ระดับ", "Band"),),
    "final_verdict": (Text("ผล", "Verdict"), Text("", "")),
    "flips": (
        Text("ข้อ", "No."),
        Text(
            "คนใดคนหนึ่งที่ให้คะแนนนี้เปลี่ยนหรือถอนตัว (จำนวนคนที่ให้คะแนนนี้)",
            "Any one who gave this score moves or leaves (how many gave it)",
        ),
        Text("ผลจะเป็น", "It would be"),
    ),
    "comments": (
        Text("รอบ", "Round"),
        Text("ไม่แสดงทั้งหมด", "Withheld"),
        Text("แสดงบางส่วน", "Shown in part"),
    ),
    "dropped": (
        Text("ข้อ", "No."),
        Text("รายการ", "Item"),
        Text("หลังรอบที่", "After round"),
        Text("เหตุผล", "Reason"),
    ),
    "both_methods": (
        Text("ข้อ", "No."),
        Text("N", "N"),
        Text("Q1 จัดกลุ่ม", "Q1 grouped"),
        Text("Md จัดกลุ่ม", "Md grouped"),
        Text("Q3 จัดกลุ่ม", "Q3 grouped"),
        Text("IQR จัดกลุ่ม", "IQR grouped"),
        Text("Q1 ดิบ", "Q1 raw"),
        Text("Md ดิบ", "Md raw"),
        Text("Q3 ดิบ", "Q3 raw"),
        Text("IQR ดิบ", "IQR raw"),
        Text("ค่าเฉลี่ย", "Mean"),
        Text("S.D.", "SD"),
        Text("สองระดับบน", "Top two"),
        Text("ฉันทามติ", "Consensus"),
    ),
    "moved": (
        Text("ข้อ", "No."),
        Text("ตอบรอบก่อน", "N before"),
        Text("ตอบรอบนี้", "N now"),
        Text("ตอบทั้งสองรอบ", "N both"),
        Text("การเปลี่ยนสุทธิ", "Net change"),
        Text("คงคำตอบเดิม", "Kept"),
        Text("แคปปา", "Kappa"),
        Text("p (Wilcoxon)", "p (Wilcoxon)"),
        Text("คงที่", "Stable"),
    ),
    "agreement": (
        Text("รอบ", "Round"),
        Text("ผู้ให้คะแนนครบทุกข้อ", "Scored every item"),
        Text("Kendall's W", "Kendall's W"),
        Text("ไคสแควร์", "Chi-squared"),
        Text("df", "df"),
        Text("p", "p"),
    ),
    "agreement_ranking": (Text("ระดับ", "Strength"), Text("เห็นพ้องในลำดับ", "Order agreed")),
    "attrition": (
        Text("ข้อ", "No."),
        Text("ผู้ออก", "Left"),
        Text("ผู้อยู่", "Stayed"),
        Text("ความต่าง", "Difference"),
        Text("p", "p"),
    ),
    "subgroups": (
        Text("ข้อ", "No."),
        Text("กลุ่ม", "Group"),
        Text("N", "N"),
        Text("Md", "Md"),
        Text("IQR", "IQR"),
        Text("p (Kruskal-Wallis)", "p (Kruskal-Wallis)"),
    ),
}

BANDS = {
    "least": Text("น้อยที่สุด", "least"),
    "little": Text("น้อย", "little"),
    "moderate": Text("ปานกลาง", "moderate"),
    "much": Text("มาก", "much"),
    "most": Text("มากที่สุด", "most"),
    # RAND/UCLA
    "inappropriate": Text("ไม่เหมาะสม", "inappropriate"),
    "uncertain": Text("ไม่แน่ใจ", "uncertain"),
    "appropriate": Text("เหมาะสม", "appropriate"),
}

DEVIATIONS = {
    "deadline_changed": Text("เปลี่ยนกำหนดปิดรอบ", "deadline changed"),
    "comment_withheld": Text("ไม่แสดงความเห็นหรือบางส่วน", "comment withheld"),
    "item_dropped": Text("ตัดรายการออกจากรอบต่อไป", "item dropped"),
    "item_kept": Text("นำรายการที่ตัดกลับมา", "item kept after all"),
    "panelist_added": Text("เพิ่มผู้เชี่ยวชาญ", "panelist added"),
    "facilitator_changed": Text("เปลี่ยนผู้ดำเนินการ", "facilitator changed"),
    "concluded_early": Text("สรุปผลก่อนเกณฑ์หยุด", "concluded early"),
}

BY_RULE = {
    "iqr": Text("IQR ไม่เกิน {at_most} ({method})", "IQR at most {at_most} ({method})"),
    "percent_agreement": Text(
        "สัดส่วนสองระดับบนตั้งแต่ {at_least} (มัธยฐาน{method})",
        "share on the two highest scores at least {at_least} (median {method})",
    ),
    "ipras": Text("ช่วง P30–P70 ไม่เกิน IPRAS ({method})", "P30–P70 at most IPRAS ({method})"),
    "median_iqr": Text(
        "มัธยฐานตั้งแต่ {median_at_least} และ IQR ไม่เกิน {iqr_at_most} ({method})",
        "median at least {median_at_least} and IQR at most {iqr_at_most} ({method})",
    ),
    "kendall_w": Text("Kendall's W ตั้งแต่ {at_least}", "Kendall's W at least {at_least}"),
    "net_change": Text(
        "การเปลี่ยนสุทธิของการแจกแจงน้อยกว่า {below}", "net change of the distribution below {below}"
    ),
    "unanimous": Text("ผู้ตอบเห็นชอบทุกคน", "all who answer say yes"),
    "cvr": Text(
        "CVR ไม่ต่ำกว่าค่าวิกฤตแน่นอนที่ระดับ {level}", "CVR at least its exact critical value at {level}"
    ),
    "i_cvi": Text(
        "I-CVI ตั้งแต่ .78 (7 ใน 9) เมื่อมีผู้ตอบ 6 คนขึ้นไป และ 1.00 เมื่อน้อยกว่า",
        "I-CVI at least .78 (7 of 9) from six raters on, 1.00 below",
    ),
    "ioc": Text("IOC ตั้งแต่ {at_least}", "IOC at least {at_least}"),
}
