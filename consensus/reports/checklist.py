"""What reporting guidelines ask, and where this report answers: honestly, also with "nowhere".

ACCORD: Gattrell et al., PLOS Medicine 21 (2024) e1004326, item codes in brackets there.
DELPHISTAR: Niederberger et al., PLOS ONE 19 (2024) e0304651, by topic. Subjects in our own words.
"""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from consensus.enums import SCORED, RoundKind
from core.text import Text

NOT_REPORTED = Text("ไม่ได้รายงาน ผู้เขียนต้องระบุเพิ่มเอง", "Not reported; authors have to add it")
NOT_APPLICABLE = Text("ไม่เกี่ยวข้องกับการศึกษานี้", "Not applicable to this study")

_SECTION = {
    "study": Text("ส่วนที่ 1 การศึกษาและผลตัดสิน", "Section 1, study and verdict"),
    "protocol": Text("ส่วนที่ 2 ระเบียบวิธี", "Section 2, protocol"),
    "flow": Text("ส่วนที่ 3 การเข้าร่วม", "Section 3, participation"),
    "items": Text("ส่วนที่ 4 ผลรายข้อ", "Section 4, items"),
    "robustness": Text("ส่วนที่ 5 ความคงที่และความมั่นคง", "Section 5, stability and robustness"),
    "certification": Text("ส่วนที่ 6 การรับรอง", "Section 6, certification"),
    "deviations": Text("ส่วนที่ 7 การเบี่ยงเบน", "Section 7, deviations"),
    "reading": Text("ส่วนที่ 9 วิธีอ่านตัวเลข", "Section 9, how to read the numbers"),
}


@cache
def _asked() -> list[dict[str, str]]:
    """ACCORD item, DELPHISTAR topic, the place of the answer (none: nowhere), the subject."""
    with Path(__file__).with_name("checklist.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def checklist_of(content: Mapping[str, Any]) -> list[dict[str, str]]:
    """Each subject with where the report answers it."""
    return [_entry(asked, _where(asked["place"], content)) for asked in _asked()]


def _where(place: str, content: Mapping[str, Any]) -> Text:
    kinds = {each["kind"] for each in content["rounds"]}
    if place == "certification" and "certification" not in kinds:
        asked = content["protocol"]["validation"]["certified"]
        return NOT_REPORTED if asked else NOT_APPLICABLE
    if place == "items" and not kinds & {*SCORED}:
        return NOT_REPORTED
    if place in _OF_RATINGS:
        tells = RoundKind.RATING in kinds and (place != "robustness" or _compares(content))
        return _SECTION[_OF_RATINGS[place]] if tells else NOT_REPORTED
    if place == "title":
        told = any(word in content["study"]["title"].lower() for word in ("เดลฟาย", "delphi"))
        return _SECTION["study"] if told else NOT_REPORTED
    return _SECTION[place] if place else NOT_REPORTED


_OF_RATINGS = {"dissent": "items", "robustness": "robustness"}


def _compares(content: Mapping[str, Any]) -> bool:
    """Whether leavers or groups could be held against others."""
    ratings = [each["results"] for each in content["rounds"] if each["kind"] == RoundKind.RATING]
    groups = any("groups" in item["subgroups"] for each in ratings for item in each["items"])
    return len(ratings) > 1 or groups


def _entry(asked: Mapping[str, str], where: Text) -> dict[str, str]:
    told = {name: asked[name] for name in ("accord", "delphistar", "th", "en")}
    return {**told, "where_th": where.th, "where_en": where.en}
