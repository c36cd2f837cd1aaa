"""Believable example values for the OpenAPI documents, found by the name of a field.

A room names an example of its own where a name says too little: a serializer field with
`@extend_schema_field({…, "example": …})`, or `OpenApiExample` for a whole body.
"""

from typing import Any

_ID = "01936f2e-7c1a-7d6e-9b5f-3f2a1c0d4e5b"
_TOKEN = "oR3uFz0vYw1k6cJ8m2Qn5tB7xL4sPdHaEgTiUjVqKyM"  # noqa: S105  (an example)
_HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="37" height="37"><path d="M4 4h7"/></svg>'

_BY_NAME: dict[str, Any] = {
    "actor_kind": "user",
    "about": "มีวัตถุประสงค์เพื่อหาฉันทามติต่อแผนพัฒนาครูของเครือข่าย",
    "address": "203.0.113.24",
    "agreed": True,
    "by": "เสาวณี ใจดี",
    "contact": "กลุ่มนิเทศ ติดตามและประเมินผลฯ โทร. 0 4461 0000",
    "agenda_number": "4.2",
    "answer": "เวลาในการนิเทศไม่เพียงพอ",
    "awareness": "schools_joined",
    "claim": "",
    "client_id": "krunet-mobile",
    "cluster_en": "School group",
    "cluster_label": "กลุ่มโรงเรียน",
    "cluster_label_en": "School group",
    "cluster_th": "กลุ่มโรงเรียน",
    "code": "3104",
    "column": "school_code",
    "commitment": "agreement_signed_by_all",
    "coordination": "coordinator_appointed",
    "comment": "ควรเพิ่มการติดตามผลในชั้นเรียน",
    "comments": "ควรเพิ่มการติดตามผลในชั้นเรียน",
    "credit_hours": "1.5",
    "criterion": "feasible",
    "description": "อบรมเชิงปฏิบัติการแบบผสมผสาน",
    "detail": "กรุณากรอกรหัสโรงเรียน",
    "device": "โทรศัพท์ของเสาวณี",
    "display_name": "เสาวณี ใจดี",
    "dropped_why": "ซ้ำกับข้อ 3",
    "district": "สตึก",
    "email": "saowanee@example.go.th",
    "email_domains": ["example.go.th"],
    "answering": "17",
    "consensus_in": "9/10",
    "consensus_out": "0",
    "error_from": "7/50",
    "error_to": "1/10",
    "leaving": "1/20",
    "moving": "1/2",
    "net_decrease": "1/25",
    "no_consensus": "1/10",
    "no_opinion": False,
    "opinions": [0, 0, 1, 5, 4],
    "suits": "เมื่อผู้เชี่ยวชาญเห็นต่างกันไม่มาก",
    "summary": "สามรอบ ตัดสินด้วยพิสัยระหว่างควอไทล์",
    "theme": "ระบบสารสนเทศ",
    "themes": "ระบบสารสนเทศ",
    "too_few": "0",
    "evidence": "schools_joined",
    "expertise": "การบริหารการศึกษา",
    "file_name": "schools.xlsx",
    "focus": "การจัดการเรียนรู้เชิงรุกในวิชาคณิตศาสตร์",
    "fraction": "3/4",
    "goal": "ครูร้อยละ 80 ผ่านการอบรม",
    "id": _ID,
    "id_token": "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiIxMDgifQ.c2lnbmF0dXJl",
    "iqr": "1",
    "issuer": "https://accounts.example.go.th",
    "kind": "schools",
    "language": "th",
    "levels": "อ.2-ป.6",
    "login": "BR4-00123",
    "management": "roles_assigned",
    "median": "9/2",
    "mfa_required": False,
    "minutes": "ที่ประชุมรับทราบผลการดำเนินงานและเห็นชอบแผนปี 2569",
    "missing": "agreement_signed_by_all",
    "month": "2026-11",
    "name": "ผศ.ดร.สมชาย วิชาการ",
    "name_en": "Satuek Cluster 1",
    "name_th": "กลุ่มโรงเรียนสตึก 1",
    "next_cursor": "WyIyMDI2LTExLTIxIl0:1vNq2d:8mQn5tB7xL4sPdHaEgTiUjVqKyM",
    "nonce": "n-0S6_WzA2Mj",
    "notes": "ครูใช้คำถามปลายเปิดได้ดี",
    "notice": "คำตอบของท่านจะไม่ถูกเปิดเผยชื่อ",
    "number": "4.2",
    "online_url": "https://meet.example.go.th/krunet",
    "outcome": "ดำเนินการแล้วเสร็จตามกำหนด",
    "part": "training",
    "part_text": "ด้านการอบรม",
    "password": "ข้าวเหนียวมะม่วง-2569",
    "current_password": "ข้าวเหนียวมะม่วง-2569",
    "new_password": "ลำน้ำมูลไหลเย็น-2570",
    "place": "ห้องประชุมโรงเรียนสตึก",
    "pointer": "/occurred_on",
    "policy_tags": "active_learning",
    "prompt": "barriers",
    "province": "บุรีรัมย์",
    "following": "รอบต่อไปท่านจะเห็นผลของกลุ่มแล้วให้คะแนนอีกครั้ง",
    "mean_rank": "12/5",
    "median_rank": "2",
    "now": "ให้คะแนนทีละข้อตามความเห็นของท่าน",
    "seen": "ระหว่างเปิดรอบไม่มีใครเห็นคำตอบหรือผลรวม",
    "shown": "เห็นด้วยกับ […] ทุกข้อ",
    "strength": "strong",
    "top_share": "3/5",
    "w": "18/25",
    # A public key (RFC 8037, appendix A.2)
    "alg": "EdDSA",
    "crv": "Ed25519",
    "kid": _ID,
    "kty": "OKP",
    "use": "sig",
    "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    "rating": 4,
    "q1": "4",
    "q3": "5",
    "qr": _SVG,
    "qr_svg": _SVG,
    "qr_text": f"KRUNET:{_ID}:482915",
    "quorum": "1/2",
    "reason": "ขอให้แนบภาพกิจกรรมเพิ่มเติม",
    "recovery_codes": "K7WQ2-9FMTA",
    "reference": "3/2569-4.2",
    "reflection": "นักเรียนมีส่วนร่วมมากขึ้นเมื่อใช้กิจกรรมกลุ่ม",
    "relationship_building": "joint_activity",
    "relationship_maintenance": "joint_activity",
    "reply": "จะปรับแผนการสอนตามข้อเสนอแนะ",
    "request_id": "6f1c2a9e8b7d4c3fa1b2c3d4e5f60718",
    "return_reason": "",
    "revoked_reason": "",
    "seal": _HASH,
    "second_term_starts": {"month": 11, "day": 1},
    "domain": "buriram4.go.th",
    "note": "โดเมนของสำนักงานเขต",
    "content_type": "application/pdf",
    "office_address": "ถนนนิวาศ อำเภอสตึก จังหวัดบุรีรัมย์ 31150",
    "signer_position": "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
    "former_names": ["สพป.บุรีรัมย์ เขต 4"],
    "search": "สตึก",
    "secret": "JBSWY3DPEHPK3PXP",
    "remark": "สัมภาษณ์: เสาวณี ใจดี เป็นผู้บันทึกคำตอบ",
    "own_link_note": "",
    "round_kind": "rating",
    "section": "training",
    "section_text": "ด้านการอบรม",
    "service_area": "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาบุรีรัมย์ เขต 4",
    "service_plan": "มาตรฐาน",
    "share": "3/12",
    "signatory": "นายประเสริฐ ตั้งใจ ผู้อำนวยการโรงเรียน",
    "signed": "eyJhbGciOiJFZERTQSIsImtpZCI6IjEifQ.eyJzdWIiOiLguKrguKHguIrguLLguKIifQ.c2lnbmF0dXJl",
    "slug": "buriram4",
    "staff_code": "BR4-00123",
    "state": "open",
    "status": "open",
    "strengths": "จัดบรรยากาศชั้นเรียนได้ดี",
    "subdistrict": "นิคม",
    "subject_kind": "school",
    "text": "โรงเรียนในเครือข่ายวางแผนพัฒนาครูร่วมกัน",
    "th": "มีการวางแผนพัฒนาครูร่วมกัน",
    "en": "Teacher development is planned together",
    "ticket": _TOKEN,
    "title": "การจัดการเรียนรู้เชิงรุก",
    "title_en": "Classroom observation",
    "title_th": "แบบนิเทศชั้นเรียน",
    "to_develop": "การวัดผลระหว่างเรียน",
    "typed_code": "482915",
    "uri": "otpauth://totp/KruNet:BR4-00123?secret=JBSWY3DPEHPK3PXP&issuer=KruNet",
    "username": "BR4-00123",
    "validation_reasons": "มีข้อรายการที่ยังไม่เป็นฉันทามติ",
    "verb": "clusters.school.created",
    "verdict": "certified",
    "version": 1,
    "year_starts": {"month": 5, "day": 16},
    "conflict_of_interest": "ไม่มี",
    # Times in their order: what ends does so after it began.
    "left_at": "2026-11-21T05:00:00Z",
    "entries_sha256": _HASH,
    "ended_at": "2026-11-21T03:30:00Z",
    "ends_at": "2026-11-21T05:00:00Z",
    "closes_at": "2026-12-05T09:30:00Z",
    "expires_at": "2026-12-21T02:00:00Z",
}
_BY_ENDING: dict[str, str] = {
    "_name": "เสาวณี ใจดี",
    "_title": "การจัดการเรียนรู้เชิงรุก",
    "_hash": _HASH,
    "_token": _TOKEN,
    "_url": "https://buriram4.krunet.example/",
    "credential": _TOKEN,
    "token": _TOKEN,
    "link": f"https://buriram4.krunet.example/first-access#token={_TOKEN}",
}
_USUALLY_ABSENT = {"pending_token", "problem"}  # null where all went well
_LATER = ("end", "until", "due", "close", "expire")  # in the names of dates
_BY_FORMAT: dict[str, Any] = {
    "uuid": _ID,
    "date-time": "2026-11-21T02:00:00Z",
    "date": "2026-11-21",
    "email": "saowanee@example.go.th",
    "uri": "https://buriram4.krunet.example/",
    "time": "09:00:00",
    "binary": "(the content of schools.xlsx)",
}
NO_EXAMPLE = "…"  # a name that nothing here knows; tests/api/test_documents.py fails on it
_DEPTH = 16


def example_of(
    schema: dict[str, Any], components: dict[str, Any], name: str = "", depth: int = 0
) -> Any:
    """A value that fits the schema, believable where the field's name is known."""
    if depth > _DEPTH or (name in _USUALLY_ABSENT and _may_be_null(schema)):
        return None
    for given in ("example", "const"):
        if given in schema:
            return schema[given]
    if "$ref" in schema:
        return example_of(components[schema["$ref"].rsplit("/", 1)[1]], components, name, depth + 1)
    for combined in ("allOf", "oneOf", "anyOf"):
        if schema.get(combined):
            return example_of(schema[combined][0], components, name, depth + 1)
    if "enum" in schema:
        return schema["enum"][0]
    return _plain(schema, components, name, depth)


def _may_be_null(schema: dict[str, Any]) -> bool:
    return "null" in schema.get("type", ()) or {"type": "null"} in schema.get("oneOf", ())


def _plain(schema: dict[str, Any], components: dict[str, Any], name: str, depth: int) -> Any:
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        if isinstance(_BY_NAME.get(name), dict):
            return _BY_NAME[name]
        properties = schema.get("properties", {})
        return {
            key: example_of(each, components, key, depth + 1) for key, each in properties.items()
        }
    if kind == "array":
        named = _BY_NAME.get(name)
        return (
            named
            if isinstance(named, list)
            else [example_of(schema.get("items", {}), components, name, depth + 1)]
        )
    if kind == "boolean":
        return _BY_NAME.get(name, True)
    if kind in ("integer", "number"):
        named = _BY_NAME.get(name)
        return named if isinstance(named, int) else max(schema.get("minimum", 1), 0)
    return _text(schema, name) if kind == "string" else None


def _text(schema: dict[str, Any], name: str) -> str:
    form = schema.get("format", "")
    if isinstance(_BY_NAME.get(name), str) and form in ("", "email", "date-time"):
        return str(_BY_NAME[name])
    if form == "date" and any(part in name for part in _LATER):
        return "2027-03-31"
    if form in _BY_FORMAT:
        return str(_BY_FORMAT[form])
    ending = next((each for each in _BY_ENDING if name.endswith(each)), None)
    return _BY_ENDING[ending] if ending else NO_EXAMPLE
