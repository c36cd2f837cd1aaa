"""The words of a report for what not every study has: real time, rankings, groups."""

from core.text import Text

MODE_LABELS = {
    "agreement_rule": Text("เกณฑ์ความเห็นพ้องในลำดับ", "Agreement on an order"),
    "group_feedback": Text("ผู้เชี่ยวชาญเห็นผลของ", "Panelists see the answers of"),
    "real_time": Text("แบบเรียลไทม์", "real time"),
    "real_time_rule": Text(
        "ผลของกลุ่มในแต่ละข้อแสดงแก่ผู้ที่ตอบข้อนั้นแล้ว "
        "และปรับใหม่เมื่อคะแนนของผู้ตอบตั้งแต่จำนวนขั้นต่ำต่างจากผลทุกครั้งก่อนหน้า "
        "ไม่ปรับในหนึ่งในสิบสุดท้ายก่อนเวลาปิด ความคงที่เทียบคะแนนที่แต่ละคนให้ก่อนเห็นผลของกลุ่มกับเมื่อปิด",
        "each item’s answers are shown to those who have answered it, and renewed once the scores "
        "of at least the smallest number shown differ from every earlier showing; not in the "
        "last tenth before a closing time. Stability is between what each scored before seeing the "
        "group, and the end",
    ),
    "snapshots": Text(
        "ผลที่แสดงระหว่างเปิดรอบที่ {number} (จำนวนเท่านั้น)", "Showings during round {number}, in numbers"
    ),
    "ranking": Text(
        "ลำดับของคณะ รอบที่ {number} (“ติดลำดับต้น” คือลำดับที่ 1–{top})",
        "The panel’s order, round {number} (“at the top”: places 1 to {top})",
    ),
    "rank_groups": Text("ลำดับเฉลี่ยแยกตามกลุ่ม รอบที่ {number}", "Mean places by group, round {number}"),
    "groups": Text(
        "ผลแยกตามกลุ่มที่แสดงแก่คณะ รอบที่ {number}", "Groups as the panel was shown them, round {number}"
    ),
}

MODE_HEADS = {
    "ranking": (
        Text("ลำดับ", "Place"),
        Text("ข้อ", "No."),
        Text("รายการ", "Item"),
        Text("ลำดับเฉลี่ย", "Mean place"),
        Text("มัธยฐาน", "Median"),
        Text("ติดลำดับต้น", "At the top"),
    ),
    "rank_groups": (
        Text("ข้อ", "No."),
        Text("กลุ่ม", "Group"),
        Text("N", "N"),
        Text("ลำดับเฉลี่ย", "Mean place"),
        Text("Kendall's W ของกลุ่ม", "Kendall's W of the group"),
    ),
    "groups": (
        Text("ข้อ", "No."),
        Text("กลุ่ม", "Group"),
        Text("N", "N"),
        Text("Q1", "Q1"),
        Text("Md", "Md"),
        Text("Q3", "Q3"),
        Text("IQR", "IQR"),
        Text("จำนวนแต่ละระดับ", "Answers by score"),
    ),
    "snapshots": (
        Text("ข้อ", "No."),
        Text("ครั้ง", "Showings"),
        Text("N แต่ละครั้ง", "N of each"),
        Text("ตอบใหม่หรือเปลี่ยน", "New or changed"),
        Text("หลังครั้งสุดท้าย", "After the last"),
    ),
}
