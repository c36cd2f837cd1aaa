from tests.operations import Sample

_VISIT = {"id": "visit"}

SUPERVISION = [
    Sample("instruments_list", by="teacher"),
    Sample("instruments_get", by="teacher", path={"id": "instrument"}),
    Sample(
        "instruments_create",
        by="area_admin",
        body={
            "code": "reading",
            "title_th": "แบบนิเทศการอ่าน",
            "title_en": "Reading lesson form",
            "document": {
                "scale_max": 4,
                "criteria": [{"code": "aloud", "text": {"th": "อ่านออกเสียง", "en": "Reads aloud"}}],
            },
        },
        status=201,
    ),
    Sample("instruments_make_default", by="area_admin", path={"id": "instrument"}),
    Sample("visits_list", by="supervisor", query={"teacher": "@teacher"}),
    Sample("visits_get", by="supervisor", path=_VISIT),
    Sample(
        "visits_create",
        by="supervisor",
        body=lambda area: {
            "teacher": area.things["teacher"],
            "planned_on": "2026-11-24",
            "focus": "การอ่านจับใจความ",
            "policy_tags": ["active learning"],
            "co_observers": [area.people["other_school_director"].user_id],
        },
        status=201,
    ),
    Sample("visits_update", by="supervisor", path=_VISIT, body={"informed_on": "2026-06-01"}),
    Sample("visits_cancel", by="supervisor", path=_VISIT),
    Sample("visits_observe", by="supervisor", path=_VISIT, body={"ratings": {"goals": 4}}),
    Sample(
        "visits_give_feedback",
        by="supervisor",
        path={"id": "observed_visit"},
        body={
            "held_at": "2026-06-03T10:00:00+07:00",
            "strengths": "เป้าหมายชัดเจน",
            "to_develop": "การใช้คำถาม",
            "follow_ups": [{"text": "ใช้คำถามปลายเปิด", "owner": "teacher", "due_on": "2026-07-01"}],
        },
    ),
    Sample(
        "visits_acknowledge",
        by="teacher",
        path={"id": "visit_with_feedback"},
        body={"reply": "ขอบคุณครับ"},
    ),
    Sample("visits_close", by="supervisor", path={"id": "acknowledged_visit"}),
    Sample("visits_agreement", by="supervisor", path={"id": "observed_visit"}),
    Sample("follow_ups_list", by="teacher", query={"visit": "@visit_with_feedback"}),
    Sample("follow_ups_get", by="teacher", path={"id": "follow_up"}),
    Sample(
        "follow_ups_close",
        by="teacher",
        path={"id": "follow_up"},
        body={"outcome": "ใช้แล้วในสามคาบ"},
    ),
]
