"""Protocols to start from, each explained in plain words. A study copies one and seals it."""

from dataclasses import dataclass
from typing import Any

from consensus.protocol.dumping import dump_protocol
from consensus.protocol.parsing import parse_protocol
from consensus.protocol.steps import Step, steps_of
from core.text import Text


@dataclass(frozen=True)
class ProtocolTemplate:
    """`summary` is what the panel does and how it is decided, `suits` when to choose it."""

    code: str
    title: Text
    summary: Text
    suits: Text
    document: dict[str, Any]

    @property
    def protocol(self) -> dict[str, Any]:
        """Complete with its defaults, as a study would store it."""
        return dump_protocol(parse_protocol(self.document))

    @property
    def steps(self) -> tuple[Step, ...]:
        """What panelists and certifiers are told, step by step."""
        return steps_of(parse_protocol(self.document))


_TWO_RATINGS = [{"kind": "rating"}, {"kind": "rating"}]
_YES_NO = {"points": 2}
_ISSUES = {
    "code": "issues",
    "th": "เรื่องใดควรทำก่อน เพราะเหตุใด",
    "en": "What should be done first, and why?",
}

_APPROPRIATENESS = [
    {"th": th, "en": en}
    for th, en in (
        ("ไม่เหมาะสมอย่างยิ่ง", "extremely inappropriate"),
        *((str(number), str(number)) for number in (2, 3, 4)),
        ("ไม่แน่ใจ", "uncertain"),
        *((str(number), str(number)) for number in (6, 7, 8)),
        ("เหมาะสมอย่างยิ่ง", "extremely appropriate"),
    )
]

TEMPLATES = (
    ProtocolTemplate(
        code="classic",
        title=Text("เดลฟายสามรอบ (แบบบุรีรัมย์)", "Three rounds (the Buriram study)"),
        summary=Text(
            "รอบแรกถามปลายเปิดแล้วจัดกลุ่มคำตอบเป็นรายการ รอบที่สองให้คะแนนห้าระดับ รอบที่สามให้คะแนนซ้ำ"
            "โดยเห็นค่ามัธยฐานและช่วงควอไทล์ของกลุ่ม ถือเป็นฉันทามติเมื่อพิสัยระหว่างควอไทล์ (แบบจัดกลุ่ม) "
            "ไม่เกิน 1.50 และรายการผ่านเมื่อมัธยฐานตั้งแต่ 3.50 ผู้ทรงคุณวุฒิต้องรับรองครบทุกคน",
            "Round one asks open questions, whose answers are coded into items; round two rates "
            "them on five points; round three rates again beside the group's median and quartiles. "
            "Consensus: interquartile range (grouped) of at most 1.50; in from a median of 3.50. "
            "Every certifier must agree.",
        ),
        suits=Text(
            "เหมาะเมื่อยังไม่รู้ว่าแผนควรมีอะไรบ้าง และมีเวลาราวสองถึงสามเดือน ผู้เชี่ยวชาญ 17–21 คน",
            "When it is not known yet what the plan should contain, with two or three months and "
            "17 to 21 experts.",
        ),
        document={},
    ),
    ProtocolTemplate(
        code="modified",
        title=Text("ตรวจสอบแบบเร็วสองรอบ (เดลฟายปรับปรุง)", "Quick validation, two rounds"),
        summary=Text(
            "เริ่มจากรายการในแผนโดยไม่มีรอบปลายเปิด ให้คะแนนห้าระดับสองรอบ รอบหลังเห็นผลของกลุ่ม "
            "ถือเป็นฉันทามติเมื่อพิสัยระหว่างควอไทล์จากคะแนนดิบไม่เกิน 1 ซึ่งโดยมากเข้มกว่าแบบสามรอบ "
            "รับรองด้วยดัชนีความตรงเชิงเนื้อหารายข้อ (I-CVI) ตั้งแต่ .78 (ถ้าผู้ตอบน้อยกว่าหกคนต้องครบทุกคน)",
            "Starts from the plan's own items, without an open round; two ratings on five points, "
            "the second beside the group's. Consensus: raw interquartile range of at most 1, which "
            "is usually stricter. Certified by the content validity index, .78 or more (below six "
            "certifiers all of them).",
        ),
        suits=Text(
            "เหมาะเมื่อมีร่างแผนอยู่แล้วและมีเวลาประมาณหนึ่งเดือน",
            "When a draft of the plan exists, and about a month.",
        ),
        document={
            "rounds": _TWO_RATINGS,
            "consensus": {"rule": "iqr", "at_most": "1", "method": "raw"},
            "certification": {"rule": {"rule": "i_cvi"}, **_YES_NO},
        },
    ),
    ProtocolTemplate(
        code="agreement",
        title=Text("ร้อยละของความเห็นพ้อง", "Percent agreement"),
        summary=Text(
            "ให้คะแนนห้าระดับสองรอบ ถือเป็นฉันทามติเมื่อผู้ตอบอย่างน้อยร้อยละ 75 ให้คะแนน 4 หรือ 5 "
            "อธิบายให้ครูและกรรมการชุมชนเข้าใจได้ง่ายที่สุด "
            "รับรองด้วยดัชนีความสอดคล้อง (IOC) ตั้งแต่ .50",
            "Two ratings on five points. Consensus: at least 75 % answered 4 or 5, the easiest "
            "rule to explain to teachers and community members. Certified by the index of "
            "congruence (IOC), .50 or more.",
        ),
        suits=Text(
            "เหมาะกับคณะที่มีทั้งผู้เชี่ยวชาญ ครู และชุมชน ข้อจำกัดคือรายการที่กลุ่มเห็นตรงกันว่าไม่ควรมีจะไม่นับเป็นฉันทามติ",
            "For panels of experts, teachers and the community together. Its limit: an item that "
            "all agree to reject is not called consensus.",
        ),
        document={
            "rounds": _TWO_RATINGS,
            "consensus": {"rule": "percent_agreement", "at_least": "3/4"},
            "certification": {"rule": {"rule": "ioc"}, "points": 3},
        },
    ),
    ProtocolTemplate(
        code="rand_ucla",
        title=Text("ความเหมาะสมเก้าระดับ (RAND/UCLA)", "Appropriateness on nine points (RAND/UCLA)"),
        summary=Text(
            "ให้คะแนนเก้าระดับสองรอบ ถือว่าเห็นต่างกันเมื่อช่วงเปอร์เซ็นไทล์ที่ 30–70 กว้างกว่าเกณฑ์ IPRAS "
            "ซึ่งปรับตามความเบ้ของคำตอบ เมื่อไม่เห็นต่าง มัธยฐานตั้งแต่ 7 คือเหมาะสม "
            "ไม่เกิน 3 คือไม่เหมาะสม นอกนั้นคือไม่แน่ใจ "
            "รับรองด้วยอัตราส่วนความตรงเชิงเนื้อหา (CVR) ตามค่าวิกฤตที่แน่นอน",
            "Two ratings on nine points. The panel disagrees when its 30th to 70th percentile "
            "range is wider than IPRAS, which allows for skewed answers. Without disagreement a "
            "median from 7 on is appropriate, up to 3 inappropriate; all else is uncertain. "
            "Certified by Lawshe's content validity ratio against its exact critical value.",
        ),
        suits=Text(
            "เหมาะเมื่อต้องตัดสินว่าแนวปฏิบัติใดควรทำหรือไม่ควรทำ และผู้ตอบคุ้นกับมาตรละเอียด",
            "To judge which practices should be done or not, with people used to fine scales.",
        ),
        document={
            "rounds": _TWO_RATINGS,
            "scale": {"points": 9, "labels": _APPROPRIATENESS},
            "consensus": {"rule": "ipras"},
            "in_from": "7",
            "certification": {"rule": {"rule": "cvr"}, **_YES_NO},
        },
    ),
    ProtocolTemplate(
        code="real_time",
        title=Text("เดลฟายแบบเรียลไทม์ (ไม่แบ่งรอบ)", "Real time, without rounds"),
        summary=Text(
            "ให้คะแนนห้าระดับในช่วงเดียวที่เปิดยาว เมื่อตอบข้อใดแล้วจึงเห็นผลของกลุ่มในข้อนั้น และแก้คะแนนได้จนกว่าจะปิด "
            "ผลของกลุ่มปรับใหม่ก็ต่อเมื่อมีผู้ตอบใหม่หรือเปลี่ยนคะแนนตั้งแต่ห้าคน ถือเป็นฉันทามติเมื่อพิสัยระหว่างควอไทล์ "
            "(แบบจัดกลุ่ม) ไม่เกิน 1.50 ความคงที่เทียบคะแนนที่แต่ละคนให้ก่อนเห็นผลของกลุ่มกับเมื่อปิด "
            "ผู้ทรงคุณวุฒิต้องรับรองครบทุกคน",
            "One long rating on five points. Whoever has answered an item sees the group’s answers "
            "to it, and may change the own until it closes; what is shown is renewed once five "
            "have answered or changed. Consensus: interquartile range (grouped) of at most 1.50. "
            "Stability compares what each scored before seeing the group with the end. Every "
            "certifier must agree.",
        ),
        suits=Text(
            "เหมาะเมื่อมีร่างแผนอยู่แล้ว มีเวลาเพียงหนึ่งถึงสองสัปดาห์ และผู้เชี่ยวชาญกลับเข้ามาดูได้หลายครั้ง "
            "ควรมีอย่างน้อยสิบห้าคน",
            "When a draft exists, time is one or two weeks, and experts can come back several "
            "times; better with fifteen or more.",
        ),
        document={"rounds": [{"kind": "rating", "real_time": True}]},
    ),
    ProtocolTemplate(
        code="ranking",
        title=Text("จัดลำดับความสำคัญ (แบบชมิดต์)", "Ranking by importance (Schmidt)"),
        summary=Text(
            "รอบแรกถามปลายเปิดแล้วจัดกลุ่มเป็นรายการ จากนั้นจัดลำดับได้ถึงสามรอบ โดยเห็นลำดับเฉลี่ยของกลุ่มในรอบก่อน "
            "ถือว่าเห็นพ้องเมื่อสัมประสิทธิ์ความสอดคล้องของเคนดอลล์ (W) ตั้งแต่ .70 (ระดับสูง) "
            "การจัดลำดับบอกว่าสิ่งใดมาก่อน ไม่ได้บอกว่ารายการใดควรมีหรือไม่",
            "Round one asks open questions, whose answers are coded into items; then up to three "
            "rankings, each beside the group’s mean places. Agreement: Kendall’s W of .70 "
            "(strong) or more. A ranking says what comes first, not whether an item belongs.",
        ),
        suits=Text(
            "เหมาะเมื่อต้องเลือกว่าจะทำสิ่งใดก่อน จากรายการไม่เกินยี่สิบรายการ",
            "To choose what to do first, out of twenty items at most.",
        ),
        document={
            "rounds": [
                {"kind": "open_ended", "prompts": [_ISSUES]},
                *[{"kind": "ranking"}] * 3,
            ],
        },
    ),
)
