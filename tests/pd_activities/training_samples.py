import uuid

from django_tenants.utils import schema_context

from clusters.models import Teacher
from pd_activities.models import Certificate
from tests.operations import Sample
from tests.pd_activities.training_cast import code_now, credit
from tests.world import TestArea

_TRAINING = {"id": "training"}
_SESSION = {"id": "training_session"}
_LOG = {"id": "activity_log"}
_CERTIFICATE = {"id": "certificate"}


def _check_in(area: TestArea) -> dict[str, str]:
    with schema_context(area.schema_name):
        return {"code": code_now(area.things["training_session"])}


def _credited(area: TestArea) -> dict[str, int]:
    with schema_context(area.schema_name):
        credit(Teacher.objects.get(pk=area.things["teacher"]))
    return {"academic_year": 2026}


def _signed(_: TestArea) -> dict[str, str]:
    with schema_context("a_t1"):
        return {"signed": Certificate.objects.first().signed}


def log_body(**fields) -> dict[str, object]:
    return {
        "id": str(uuid.uuid4()),
        "occurred_on": "2026-06-18",
        "started_at": "2026-06-18T15:00:00+07:00",
        "ended_at": "2026-06-18T15:50:00+07:00",
        "kind": "plc",
        "title": "PLC การอ่านจับใจความ",
        "reflection": "เด็กตั้งคำถามได้ดีขึ้น",
        "work_scope": "learning_process",
        **fields,
    }


TRAININGS = [
    Sample("trainings_list", by="teacher", query={"cluster": "@cluster"}),
    Sample("trainings_get", by="teacher", path=_TRAINING),
    Sample(
        "trainings_create",
        by="cluster_coordinator",
        body=lambda area: {
            "title": "การจัดการเรียนรู้เชิงรุก",
            "host": "cluster",
            "cluster": area.things["cluster"],
            "modality": "hybrid",
            "capacity": 30,
        },
        status=201,
    ),
    Sample("trainings_update", by="cluster_coordinator", path=_TRAINING, body={"capacity": 40}),
    Sample("trainings_open", by="cluster_coordinator", path={"id": "draft_training"}),
    Sample("trainings_close", by="cluster_coordinator", path={"id": "ended_training"}),
    Sample("trainings_cancel", by="cluster_coordinator", path=_TRAINING),
    Sample("trainings_award_hours", by="cluster_coordinator", path={"id": "closed_training"}),
    Sample(
        "trainings_add_session",
        by="cluster_coordinator",
        path=_TRAINING,
        body={
            "starts_at": "2026-11-28T09:00:00+07:00",
            "ends_at": "2026-11-28T12:00:00+07:00",
            "mode": "onsite",
            "place": "โรงเรียนบ้านทดสอบ 1",
        },
        status=201,
    ),
    Sample(
        "trainings_enrol",
        by="cluster_coordinator",
        path={"id": "open_training"},
        body=lambda area: {"teacher": area.things["teacher"]},
        status=201,
    ),
    Sample("training_sessions_list", by="teacher", query={"training": "@training"}),
    Sample("training_sessions_get", by="teacher", path=_SESSION),
    Sample(
        "training_sessions_update",
        by="cluster_coordinator",
        path=_SESSION,
        body={"place": "ห้องประชุม 2"},
    ),
    Sample(
        "training_sessions_destroy",
        by="cluster_coordinator",
        path={"id": "draft_session"},
        status=204,
    ),
    Sample("training_sessions_code", by="cluster_coordinator", path=_SESSION),
    Sample("training_sessions_check_in", by="teacher", path=_SESSION, body=_check_in, status=201),
    Sample(
        "training_sessions_record_attendance",
        by="cluster_coordinator",
        path={"id": "ended_session"},
        body=lambda area: {
            "items": [
                {
                    "teacher": area.things["teacher"],
                    "joined_at": "2026-01-01T09:00:00+07:00",
                    "left_at": "2100-01-01T09:00:00+07:00",
                }
            ]
        },
    ),
    Sample("enrolments_list", by="teacher", query={"training": "@training"}),
    Sample("enrolments_get", by="teacher", path={"id": "enrolment"}),
    Sample("enrolments_cancel", by="teacher", path={"id": "enrolment"}),
    Sample("attendance_list", by="teacher", query={"training": "@ended_training"}),
    Sample("attendance_get", by="teacher", path={"id": "interval"}),
    Sample(
        "attendance_correct",
        by="cluster_coordinator",
        path={"id": "interval"},
        body={"joined_at": None, "left_at": None, "reason": "มาลงชื่อแทนกัน"},
        status=201,
    ),
    Sample("hour_rule_sets_list", by="teacher"),
    Sample("hour_rule_sets_get", by="teacher", path={"id": "hour_rule_set"}),
    Sample(
        "hour_rule_sets_create",
        by="area_admin",
        body={"valid_from": "2027-05-16", "rules": {"yearly_caps": {"reading": 600}}},
        status=201,
    ),
    Sample("transcripts_get", by="teacher", path={"id": "teacher"}),
    Sample("transcripts_certify", by="teacher", path={"id": "teacher"}, body=_credited, status=201),
    Sample("certificates_list", by="teacher", query={"teacher": "@teacher"}),
    Sample("certificates_get", by="teacher", path=_CERTIFICATE),
    Sample("certificates_pdf", by="teacher", path=_CERTIFICATE),
    Sample("certificates_revoke", by="officer", path=_CERTIFICATE, body={"reason": "ออกให้ผิดคน"}),
    Sample("certificates_verify", which="platform", body=_signed),
    Sample("activity_logs_list", by="teacher", query={"teacher": "@teacher"}),
    Sample("activity_logs_get", by="teacher", path=_LOG),
    Sample("activity_logs_create", by="teacher", body=lambda _: log_body(), status=201),
    Sample("activity_logs_update", by="teacher", path=_LOG, body={"title": "PLC วิทยาศาสตร์"}),
    Sample("activity_logs_verify", by="school_director", path=_LOG, body={"version": 1}),
    Sample("activity_logs_return", by="school_director", path=_LOG, body={"reason": "ระบุเวลา"}),
    Sample("activity_logs_batch", by="teacher", body=lambda _: {"items": [log_body()]}),
]
