"""What the experts wrote in round 1: two coders give it themes, which become items to rate."""

from typing import Any

from backend.demo.people import LABEL
from backend.demo.visitor import DemoError, Visitor, say

# What they write about, and the item that the facilitator makes of it.
THOUGHTS = {
    "การแลกเปลี่ยนเรียนรู้": "จัดเวทีแลกเปลี่ยนเรียนรู้ระหว่างโรงเรียนในกลุ่มอย่างสม่ำเสมอ",
    "การนิเทศร่วมกัน": "โรงเรียนในกลุ่มนิเทศการสอนร่วมกัน",
    "การใช้เทคโนโลยี": "ใช้เทคโนโลยีเชื่อมการอบรมในห้องประชุมกับการเรียนทางไกล",
}


def suggestion(number: int) -> str:
    """What the expert of this number writes."""
    thought = [*THOUGHTS][number % len(THOUGHTS)]
    return f"ควรเน้น{thought} โดยให้ทุกโรงเรียนมีส่วนร่วม ({LABEL})"


def code_answers(facilitator: Visitor, second: Visitor, study: str, round_: dict[str, Any]) -> None:
    """Themes, then items; nothing where an earlier run has gone on from here."""
    if len([*facilitator.all(f"{study}/rounds")]) > 1:
        return
    pieces = [
        {"text": answer["id"], "start": start, "end": start + len(thought), "theme": thought}
        for answer in facilitator.get(f"rounds/{round_['id']}/texts")
        for thought in THOUGHTS
        if (start := answer["text"].find(thought)) >= 0
    ]
    for coder in (facilitator, second):
        for piece in pieces:
            coder.post(f"{study}/fragments", piece)
    themes = {each["theme"]: each for each in facilitator.get(f"{study}/coding")["themes"]}
    for thought, text in THOUGHTS.items():
        if not themes[thought]["items"]:
            facilitator.post(f"{study}/items", {"text": text, "themes": [thought]})
    coded = facilitator.get(f"{study}/coding")
    if coded["agreement"]["agreement"] != "1":
        raise DemoError(f"the coders agree on {coded['agreement']}")
    say(
        f"   {coded['answers']} answers coded twice, with full agreement: {len(THOUGHTS)} new items"
    )
