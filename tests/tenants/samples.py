from functools import partial

from tests.operations import Sample
from tests.tenants.cast import ASKED_TOKEN, PDF, PROOF_TOKEN, STATUS_TOKEN, UNPROVEN_TOKEN, office
from tests.world import TestArea

_platform = partial(Sample, which="platform")
_operator = partial(_platform, by="operator")
_admin = partial(Sample, by="area_admin")


_LETTER = (
    '--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n'
    f"{ASKED_TOKEN}\r\n"
    '--x\r\nContent-Disposition: form-data; name="file"; filename="letter.pdf"\r\n\r\n'
    f"{PDF.decode()}\r\n--x--\r\n"
).encode()


def _own_code(area: TestArea) -> dict[str, str]:
    return {"code": area.schema_name.removeprefix("a_"), "reason": "ยุบรวมเขต"}


SAMPLES = [
    _platform("area_applications_create", body=office("new"), status=201),
    _platform("area_applications_prove", body={"token": PROOF_TOKEN}),
    _platform("area_applications_status", body={"token": STATUS_TOKEN}),
    _platform("area_applications_remind", body={"email": "submitted@example.go.th"}, status=204),
    _operator("area_applications_list"),
    _operator("area_applications_get", path={"id": "application"}),
    _operator("area_applications_approve", path={"id": "application"}, status=202),
    _platform(
        "area_applications_correct", body={"token": UNPROVEN_TOKEN, "email": "right@example.go.th"}
    ),
    _platform("area_applications_reply", body={"token": ASKED_TOKEN, "text": "แนบคำสั่งแล้ว"}),
    _platform(
        "area_applications_attach",
        body=lambda _: _LETTER,
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    ),
    _operator(
        "area_applications_ask", path={"id": "application"}, body={"text": "ขอสำเนาคำสั่งแต่งตั้ง"}
    ),
    _operator(
        "area_applications_give_up",
        path={"id": "failed_application"},
        body={"reason": "ตั้งค่าไม่สำเร็จ"},
    ),
    _operator("application_documents_get", path={"id": "application_document"}),
    _operator("official_domains_list"),
    _operator("official_domains_create", body={"domain": "buriram4.go.th"}, status=201),
    _operator("official_domains_destroy", path={"id": "official_domain"}, status=204),
    _operator("areas_update", path={"id": "area"}, body={"name_th": "เขตที่เปลี่ยนชื่อ"}),
    _operator("area_applications_reject", path={"id": "application"}, body={"reason": "ข้อมูลไม่ครบ"}),
    _platform("areas_list"),
    _platform("areas_get", path={"id": "area"}),
    _operator("areas_suspend", path={"id": "area"}, body={"reason": "ตามคำขอของเขต"}),
    _operator("areas_retire_key", path={"id": "area"}),
    _operator("areas_reactivate", path={"id": "suspended_area"}),
    _operator("service_plans_list"),
    _operator("service_plans_get", path={"id": "service_plan"}),
    _operator("service_plans_create", body={"name_th": "เล็ก", "name_en": "Small"}, status=201),
    _operator("service_plans_update", path={"id": "service_plan"}, body={"seats": 3_000}),
    _operator("area_service_plan_get", path={"area_id": "area"}),
    _operator(
        "area_service_plan_move",
        path={"area_id": "area"},
        body=lambda area: {"service_plan": area.things.get("larger_plan")},
    ),
    _operator("usage_list"),
    Sample("usage_get", by="area_admin"),
    _operator("areas_leave", path={"id": "area"}, body={"code": "t2", "reason": "ยุบรวมเขต"}),
    _operator("areas_stay", path={"id": "leaving_area"}),
    _platform("area_keys_get", path={"area_id": "=t1"}),
    _platform("revoked_certificates_list", path={"area_id": "=t1"}),
    _operator("deletion_certificates_list"),
    _platform("deletion_certificates_get", path={"id": "deletion_certificate"}),
    _admin("leaving_get"),
    _admin("leaving_create", body=_own_code),
    _admin("leaving_cancel"),
    _admin("leaving_archive"),
]
