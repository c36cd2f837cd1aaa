"""Between two rounds: what a facilitator keeps from the panel, and asks it no more."""

from typing import Any

from backend.demo.coding import THOUGHTS
from backend.demo.visitor import Visitor, say

NAMED = "ผอ.สมศักดิ์"
REMARK = f"เห็นด้วยกับที่ {NAMED} เสนอไว้ ควรเริ่มจากโรงเรียนขนาดเล็กก่อน"
UNSHOWN = "[…]"  # stands where a piece of a comment is withheld


def withhold_name(facilitator: Visitor, round_: dict[str, Any]) -> None:
    """The remark that names somebody is shown without the name."""
    path = f"rounds/{round_['id']}/comments"
    for comment in facilitator.get(path):
        if NAMED in (comment["shown"] or ""):
            start = comment["text"].index(NAMED)
            name = {"start": start, "end": start + len(NAMED)}
            hidden = {"pieces": [name], "reason": "มีชื่อบุคคล"}
            facilitator.post(f"{path}/{comment['id']}/withhold", hidden)
    say("   a name in a comment is withheld from the panel")


def drop_doubled(facilitator: Visitor, study: str) -> None:
    """An item of the panel's own words says what one of the plan says: it is asked no more."""
    path = f"{study}/items"
    [doubled] = [each for each in facilitator.all(path) if each["text"] == [*THOUGHTS.values()][-1]]
    if facilitator.get(study)["status"] == "round_closed" and doubled["dropped_after"] is None:
        reason = "ซ้ำกับรายการของแผนที่ว่าด้วยเทคโนโลยี"
        facilitator.post(f"{path}/{doubled['id']}/drop", {"reason": reason})
    say(f"   item {doubled['position']} is dropped: the plan's own items say the same")
