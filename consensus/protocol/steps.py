"""What a panelist or certifier is told of each step of a protocol, in plain words.

Made from the protocol itself, so that it is right for changed ones as well as for templates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from consensus.enums import GroupFeedback, RoundKind
from consensus.protocol.model import PlannedRound, Protocol
from core.text import Text


@dataclass(frozen=True)
class Step:
    """`now` is what to do, `seen` what the others and the facilitator see, `following` what
    comes next. `number` is the round's; certification follows the last one."""

    number: int
    kind: RoundKind
    title: Text
    now: Text
    seen: Text
    following: Text


_TITLES = {
    "open_ended": Text("ตอบด้วยถ้อยคำของท่านเอง", "Answer in your own words"),
    "rating": Text("ให้คะแนนแต่ละข้อ", "Rate each item"),
    "rating_again": Text("ให้คะแนนอีกครั้ง โดยเห็นผลของกลุ่ม", "Rate again, beside the group"),
    "real_time": Text("ให้คะแนนแบบเรียลไทม์", "Rate in real time"),
    "ranking": Text("จัดลำดับความสำคัญ", "Put the items in order"),
    "ranking_again": Text("จัดลำดับอีกครั้ง โดยเห็นลำดับของกลุ่ม", "Order again, beside the group"),
    "certification": Text("รับรองผล", "Certify the result"),
}
_NOW = {
    "open_ended": Text(
        "เขียนความเห็นตามที่ท่านคิด ยาวหรือสั้นก็ได้ ไม่มีคำตอบที่ผิด",
        "Write what you think, long or short. No answer is wrong.",
    ),
    "rating": Text(
        "ให้คะแนนทีละข้อตามความเห็นของท่าน ข้อใดไม่ถนัดเลือก “ไม่มีความเห็น” ได้",
        "Give each item a score as you see it; where you cannot tell, choose “No opinion”.",
    ),
    "rating_again": Text(
        "ดูว่ากลุ่มให้คะแนนรอบก่อนอย่างไร แล้วให้คะแนนอีกครั้ง จะคงเดิมหรือเปลี่ยนก็ได้ "
        "หากคะแนนของท่านต่างจากกลุ่ม โปรดเล่าเหตุผลถ้ายินดี",
        "See how the group scored last time, then score again: keep your answer or change it. "
        "If yours lies apart, tell the group why, if you like.",
    ),
    "real_time": Text(
        "ให้คะแนนทีละข้อ เมื่อตอบข้อใดแล้วจึงเห็นผลของกลุ่มในข้อนั้น กลับมาดูและแก้คะแนนได้ทุกเมื่อจนกว่าจะปิด",
        "Score each item; once you have answered it, you see the group’s answers to it. Come back "
        "and change your score as often as you like until it closes.",
    ),
    "ranking": Text(
        "แตะรายการตามลำดับความสำคัญ จากสำคัญที่สุดลงไป ลำดับของท่านจะนับเมื่อจัดครบทุกรายการ",
        "Tap the items in their order, the most important first. Your order counts once every "
        "item has its place.",
    ),
    "ranking_again": Text(
        "ดูลำดับเฉลี่ยของกลุ่มในรอบก่อน แล้วจัดลำดับอีกครั้ง จะคงเดิมหรือเปลี่ยนก็ได้",
        "See the group’s mean places of last time, then order the items again: as before or anew.",
    ),
    "certification": Text(
        "พิจารณาผลที่คณะผู้เชี่ยวชาญสรุปไว้ แล้วตอบทีละด้าน ท่านไม่ได้ร่วมให้คะแนนในรอบก่อน ๆ จึงมองด้วยสายตาใหม่",
        "Look at what the panel concluded and answer on each criterion, with fresh eyes: "
        "certifiers were not part of the panel.",
    ),
}
_NOBODY = Text(
    "ระหว่างเปิดรอบไม่มีใครเห็นคำตอบหรือผลรวม ผู้ดำเนินการเห็นเพียงว่ามีผู้ตอบแล้วกี่คน",
    "While the round is open nobody sees answers or totals; the facilitator sees only how many "
    "have answered.",
)
_SEEN = {
    "open_ended": Text(
        "เมื่อปิดรอบ ผู้ดำเนินการอ่านข้อความโดยไม่เห็นชื่อ แล้วจัดกลุ่มเป็นรายการ ท่านดูได้ว่าความเห็นของท่านอยู่ในรายการใด",
        "After closing, the facilitator reads the texts without names and makes items of them; "
        "you can see which items yours went into.",
    ),
    "rating": Text(
        "เมื่อปิดรอบ กลุ่มเห็นเพียงผลรวมเมื่อมีผู้ตอบตั้งแต่ {smallest} คน",
        "After closing, the group sees totals only, of {smallest} people or more.",
    ),
    "real_time": Text(
        "กลุ่มเห็นเพียงผลรวมของแต่ละข้อ ซึ่งเปลี่ยนก็ต่อเมื่อมีผู้ตอบใหม่หรือเปลี่ยนคะแนนตั้งแต่ {smallest} คน "
        "ผู้ดำเนินการไม่เห็นผลรวมนี้ ผลสุดท้ายนับคำตอบหลังการปรับครั้งสุดท้ายด้วย "
        "ผู้ที่จำผลครั้งก่อนได้อาจเห็นว่าคนสุดท้ายเปลี่ยนอย่างไร แต่ไม่เห็นว่าเป็นใคร",
        "The group sees totals of each item only, renewed once {smallest} people or more have "
        "answered anew or changed; the facilitator does not see them. The final result also counts "
        "what came after the last renewal: who remembers that one might see what the last few "
        "changed, not who they are.",
    ),
    "ranking": Text(
        "เมื่อปิดรอบ กลุ่มเห็นเพียงลำดับเฉลี่ย เมื่อมีผู้จัดลำดับครบตั้งแต่ {smallest} คน",
        "After closing, the group sees mean places only, of {smallest} complete orders or more.",
    ),
    "certification": Text(
        "ผู้อื่นเห็นเพียงผลรวมเมื่อมีผู้ตอบตั้งแต่ {smallest} คน ไม่เห็นว่าใครตอบอะไร",
        "Others see totals only, of {smallest} answers or more, and not who gave which.",
    ),
}
_COMMENTS = {
    True: Text(
        "ความเห็นของท่านแสดงแก่กลุ่มโดยไม่ระบุชื่อ",
        "Comments are shown to the group, without names.",
    ),
    False: Text(
        "ความเห็นของท่านผู้ดำเนินการอ่านได้โดยไม่เห็นชื่อ กลุ่มไม่เห็น",
        "Comments are read by the facilitator, without names, and not shown to the group.",
    ),
}
_GROUPS = {
    GroupFeedback.OWN: Text(
        "ผลของกลุ่มความเชี่ยวชาญแสดงเฉพาะแก่คนในกลุ่มนั้น",
        "Totals of an expertise group are shown to that group alone.",
    ),
    GroupFeedback.ALL: Text(
        "ทุกคนเห็นผลแยกตามกลุ่มความเชี่ยวชาญด้วย", "Everyone also sees the totals of each expertise group."
    ),
}
_FOLLOWING = {
    "open_ended": Text(
        "รอบต่อไปยังเป็นคำถามปลายเปิด ระบบจะส่งลิงก์ให้", "More open questions follow; a link is sent."
    ),
    "rating": Text(
        "รอบต่อไปให้คะแนนรายการ ระบบจะส่งลิงก์ให้", "Next you rate the items; a link is sent."
    ),
    "rating_again": Text(
        "รอบต่อไปท่านจะเห็นผลของกลุ่มแล้วให้คะแนนอีกครั้ง อาจไม่มีรอบต่อไปหากทุกข้อได้ข้อสรุปแล้ว",
        "Next you see the group’s answers and rate again, unless every item is settled by then.",
    ),
    "real_time": Text(
        "รอบต่อไปให้คะแนนแบบเรียลไทม์ ระบบจะส่งลิงก์ให้", "Next you rate in real time; a link is sent."
    ),
    "ranking": Text(
        "รอบต่อไปจัดลำดับความสำคัญ ระบบจะส่งลิงก์ให้", "Next you put the items in order; a link is sent."
    ),
    "ranking_again": Text(
        "รอบต่อไปท่านจะเห็นลำดับของกลุ่มแล้วจัดลำดับอีกครั้ง อาจไม่มีรอบต่อไปหากกลุ่มเห็นพ้องกันแล้ว",
        "Next you see the group’s order and order again, unless the group agrees by then.",
    ),
    "certification": Text(
        "เมื่อปิดแล้วจะสรุปผล จากนั้นผู้ทรงคุณวุฒิซึ่งไม่ได้อยู่ในคณะจะรับรอง",
        "After closing the study is concluded, then certified by people outside the panel.",
    ),
    "concluded": Text("เมื่อปิดแล้วจะสรุปผล", "After closing the study is concluded."),
    "certified": Text(
        "เมื่อปิดแล้วจะทราบว่าผลได้รับการรับรองหรือไม่",
        "After closing it is known whether the result is certified.",
    ),
}


def steps_of(protocol: Protocol) -> tuple[Step, ...]:
    """Every round of the panel, and certification where the protocol asks for it."""
    codes = [_code(protocol.rounds, place) for place in range(len(protocol.rounds))]
    kinds = [each.kind for each in protocol.rounds]
    if protocol.certified:
        codes.append("certification")
        kinds.append(RoundKind.CERTIFICATION)
    end = "certified" if protocol.certified else "concluded"
    return tuple(
        Step(
            number=place + 1,
            kind=kinds[place],
            title=_TITLES[code],
            now=_NOW[code],
            seen=_seen(code, protocol),
            following=_FOLLOWING[following],
        )
        for place, (code, following) in enumerate(pairwise([*codes, end]))
    )


def _code(rounds: Sequence[PlannedRound], place: int) -> str:
    planned = rounds[place]
    if planned.real_time:
        return "real_time"
    again = planned.kind != RoundKind.OPEN_ENDED and planned.kind in {
        each.kind for each in rounds[:place]
    }
    return f"{planned.kind.value}_again" if again else planned.kind.value


def _seen(code: str, protocol: Protocol) -> Text:
    kind = code.removesuffix("_again")
    told = [] if kind == "real_time" else [_NOBODY]
    told.append(_SEEN[kind].format(smallest=protocol.smallest_shown))
    if kind in ("rating", "real_time"):
        told.append(_COMMENTS[protocol.comments_shown])
    if kind in ("rating", "ranking") and protocol.group_feedback in _GROUPS:
        told.append(_GROUPS[protocol.group_feedback])
    return Text(" ".join(each.th for each in told), " ".join(each.en for each in told))
