"""What libraries say in English only, in Thai; found by the sentence, which is all they give."""

import re

from core.text import reads_english

_THAI = {
    r"Must be a valid UUID\.": "ต้องเป็น UUID ที่ถูกต้อง",
    r"Must be a valid boolean\.": "ต้องเป็น true หรือ false",
    r"Not a valid string\.": "ต้องเป็นข้อความ",
    r"A valid biginteger is required\.": "ต้องเป็นจำนวนเต็ม",
    r"Integer value too large to convert to float": "ตัวเลขมากเกินไป",
    r"Datetime value out of range\.": "วันเวลาอยู่นอกช่วงที่ใช้ได้",
    r"Invalid datetime for the timezone .*": "ไม่มีวันเวลานี้ในเขตเวลาที่ระบุ",
    r"This dictionary may not be empty\.": "ต้องมีข้อมูลอย่างน้อยหนึ่งรายการ",
    r"This selection may not be empty\.": "ต้องเลือกอย่างน้อยหนึ่งรายการ",
    r"Ensure this field has at least (\d+) elements\.": r"ต้องมีอย่างน้อย \1 รายการ",
    r"Ensure this field has no more than (\d+) elements\.": r"ต้องมีไม่เกิน \1 รายการ",
    r"Ensure this filename has at most (\d+) characters .*": r"ชื่อไฟล์ต้องยาวไม่เกิน \1 ตัวอักษร",
    r"Null characters are not allowed\.": "ใช้อักขระ U+0000 ไม่ได้",
    r"Invalid pk .* object does not exist\.": "ไม่มีข้อมูลที่มีรหัสนี้",
    r"Incorrect type\. Expected pk value, .*": "ต้องเป็นรหัสของข้อมูล",
    r"Enter a valid JSON\.": "ต้องเป็น JSON ที่ถูกต้อง",
    r"ตรวตสอบฟิลด์ว่ามีความยาวอย่างน้อย (\d+) ตัวอักษร": r"ต้องยาวอย่างน้อย \1 ตัวอักษร",  # misspelt there
}
_SENTENCES = [(re.compile(english), thai) for english, thai in _THAI.items()]


def in_thai_too(sentence: str) -> str:
    """The sentence in the reader's language, where its library knows it in English only."""
    if reads_english():
        return sentence
    for english, thai in _SENTENCES:
        if found := english.fullmatch(sentence):
            return found.expand(thai)
    return sentence
