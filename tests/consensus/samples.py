from datetime import timedelta

from django.utils import timezone

from tests.operations import Sample

_STUDY = {"study_id": "study"}


def _tomorrow(_area):
    closes_at = (timezone.now() + timedelta(days=1)).isoformat()
    return {"closes_at": closes_at, "reason": "ผู้ตอบขอเวลาเพิ่ม"}


SAMPLES: list[Sample] = [
    Sample("study_planning_get", by="supervisor"),
    Sample(
        "study_planning_create",
        by="supervisor",
        body={"panelists": 18, "opinions": [0, 0, 1, 5, 4], "leaving": "1/10"},
    ),
    Sample("studies_list", by="supervisor"),
    Sample(
        "studies_create",
        by="supervisor",
        body=lambda area: {
            "title": "ตรวจสอบแผน",
            "plan_version": area.things["delphi_plan_version"],
            "items_from_plan": True,
        },
        status=201,
    ),
    Sample("studies_get", by="supervisor", path={"id": "study"}),
    Sample("studies_update", by="supervisor", path={"id": "study"}, body={"title": "ชื่อใหม่"}),
    Sample("studies_seal", by="supervisor", path={"id": "study"}),
    Sample("studies_read_seal", by="supervisor", path={"id": "sealed_study"}),
    Sample("studies_conclude", by="supervisor", path={"id": "closed_study"}, body={}),
    Sample(
        "studies_open_certification",
        by="supervisor",
        path={"id": "concluded_study"},
        body={},
        status=201,
    ),
    Sample("studies_abandon", by="supervisor", path={"id": "study"}, body={"reason": "แผนเปลี่ยน"}),
    Sample("studies_coding", by="supervisor", path={"id": "coded_study"}),
    Sample("studies_results", by="supervisor", path={"id": "closed_study"}),
    Sample(
        "study_reports_create",
        by="supervisor",
        path={"study_id": "closed_study"},
        body={"form": "pdf"},
        status=202,
    ),
    Sample("studies_panel_flow", by="supervisor", path={"id": "closed_study"}),
    Sample("study_items_list", by="supervisor", path=_STUDY),
    Sample("study_items_create", by="supervisor", path=_STUDY, body={"text": "ใหม่"}, status=201),
    Sample(
        "study_items_update",
        by="supervisor",
        path={**_STUDY, "id": "study_item"},
        body={"text": "ถ้อยคำใหม่"},
    ),
    Sample("study_items_destroy", by="supervisor", path={**_STUDY, "id": "study_item"}, status=204),
    Sample(
        "study_items_merge",
        by="supervisor",
        path={"study_id": "coded_study", "id": "coded_item"},
        body=lambda area: {"into": area.things["other_coded_item"]},
    ),
    Sample(
        "study_items_drop",
        by="supervisor",
        path={"study_id": "closed_study", "id": "closed_item"},
        body={"reason": "คณะผู้เชี่ยวชาญเห็นพ้องว่าไม่เหมาะสม"},
    ),
    Sample(
        "study_items_keep",
        by="supervisor",
        path={"study_id": "dropping_study", "id": "dropped_item"},
        body={"reason": "ตัดผิดข้อ"},
    ),
    Sample("study_fragments_list", by="supervisor", path={"study_id": "coded_study"}),
    Sample(
        "study_fragments_create",
        by="supervisor",
        path={"study_id": "coded_study"},
        body=lambda area: {
            "text": area.things["text_answer"],
            "start": 4,
            "end": 8,
            "theme": "ระบบสารสนเทศ",
        },
        status=201,
    ),
    Sample(
        "study_fragments_destroy",
        by="supervisor",
        path={"study_id": "coded_study", "id": "free_fragment"},
        status=204,
    ),
    Sample("panelists_list", by="supervisor", path=_STUDY),
    Sample(
        "panelists_create",
        by="supervisor",
        path=_STUDY,
        body={"kind": "panelist", "name": "ดร. คนใหม่"},
        status=201,
    ),
    Sample(
        "panelists_update",
        by="supervisor",
        path={**_STUDY, "id": "study_panelist"},
        body={"expertise": "หลักสูตร"},
    ),
    Sample(
        "study_letters_create",
        by="supervisor",
        path=_STUDY,
        body=lambda area: {
            "panelists": [area.things["invited_panelist"]],
            "signer_name": "นางสาวสุดา ใจดี",
            "signer_position": "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
            "contact": "กลุ่มนิเทศฯ โทร. 0 4461 0000",
        },
        status=201,
    ),
    Sample("study_follow_ups_list", by="supervisor", path={"study_id": "open_study"}),
    Sample(
        "study_follow_ups_create",
        by="supervisor",
        path={"study_id": "open_study"},
        body=lambda area: {
            "panelist": area.things["asked_panelist"],
            "round": area.things["open_round"],
            "way": "visit",
            "note": "ไปพบที่โรงเรียน",
        },
        status=201,
    ),
    Sample(
        "study_follow_ups_destroy",
        by="supervisor",
        path={"study_id": "open_study", "id": "noted_follow_up"},
        status=204,
    ),
    Sample("recordings_list", by="viewer"),
    Sample(
        "recordings_start",
        by="viewer",
        path={"id": "asked_panelist"},
        body={"way": "interview", "agreed": True},
        status=201,
    ),
    Sample("study_rounds_list", by="supervisor", path=_STUDY),
    Sample(
        "study_rounds_create",
        by="supervisor",
        path={"study_id": "sealed_study"},
        body={},
        status=201,
    ),
    Sample("rounds_get", by="supervisor", path={"id": "open_round"}),
    Sample("rounds_completion", by="supervisor", path={"id": "open_round"}),
    Sample("rounds_close", by="supervisor", path={"id": "open_round"}),
    Sample("rounds_extend", by="supervisor", path={"id": "open_round"}, body=_tomorrow),
    Sample("rounds_remind", by="supervisor", path={"id": "open_round"}, status=202),
    Sample("rounds_texts", by="supervisor", path={"id": "text_round"}),
    Sample("rounds_comments", by="supervisor", path={"id": "concluded_round"}),
    Sample(
        "rounds_withhold",
        by="supervisor",
        path={"id": "concluded_round", "comment_id": "comment"},
        body={"reason": "ระบุชื่อบุคคล", "pieces": [{"start": 7, "end": 18}]},
    ),
    Sample(
        "panel_exchange_create",
        body=lambda area: {"token": area.things["panel_token"]},
        status=201,
    ),
    Sample("panel_get", by="panelist"),
    Sample("panel_report", by="certifier"),
    Sample("panel_accept", by="panelist", body={}),
    Sample("panel_decline", by="panelist"),
    Sample("panel_answers", by="panelist", path={"item_id": "rated_item"}, body={"rating": 4}),
    Sample(
        "panel_answers_batch",
        by="panelist",
        body=lambda area: {"items": [{"id": area.things["rated_item"], "rating": 4}]},
    ),
    Sample(
        "panel_ranking",
        by="ranker",
        body=lambda area: {"order": area.things["ranked_items"]},
    ),
    Sample("panel_texts", by="writer", path={"prompt": "prompt"}, body={"text": "ความเห็น"}),
    Sample(
        "panel_certification",
        by="certifier",
        body={"answers": [{"part": "", "criterion": "usefulness", "value": 2}]},
    ),
    Sample("panel_finish", by="panelist", status=204),
    Sample("panel_feedback", by="panelist"),
    Sample("panel_ideas_get", by="writer"),
]
