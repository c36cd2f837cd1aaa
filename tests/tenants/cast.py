"""What the platform has: applications in two states, an area to suspend and one to reactivate."""

from datetime import date, timedelta

from django.utils import timezone
from django_tenants.utils import schema_context

from accounts.operator_access.models import OperatorAccess
from tenants.enums import ApplicationState, AreaKind, AreaState
from tenants.links import digest
from tenants.models import (
    ApplicationDocument,
    ApplicationLink,
    Area,
    AreaApplication,
    AreaUsage,
    DeletionCertificate,
    OfficialDomain,
    ServicePlan,
)
from tests.areas import planned_area
from tests.world import TestArea

STATUS_TOKEN = "status-" + "s" * 36
ASKED_TOKEN = "asked-" + "a" * 37
UNPROVEN_TOKEN = "unproven-" + "u" * 34
PROOF_TOKEN = "proof-" + "p" * 37

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def office(name: str, **changes: str) -> dict[str, str]:
    """What an office fills in."""
    return {
        "code": f"code-{name}",
        "slug": f"slug-{name}",
        "name_th": f"สำนักงานเขตพื้นที่ {name}",
        "name_en": f"Office {name}",
        "kind": AreaKind.PRIMARY,
        "province": "บุรีรัมย์",
        "email": f"{name}@example.go.th",
        "contact_name": "เสาวณี ใจดี",
        **changes,
    }


def add_platform(platform: TestArea) -> None:
    """`application` (submitted), `unproven_application`, `area` (t2), `suspended_area`.

    t2 has the `service_plan`, which limits nothing, a month's usage, and an `access_grant`;
    t1 has no plan.
    """
    submitted = AreaApplication.objects.create(
        **office("submitted"), state=ApplicationState.SUBMITTED, email_proven_at=timezone.now()
    )
    unproven = AreaApplication.objects.create(**office("unproven"))
    suspended = planned_area(
        "area-suspended",
        code="suspended",
        schema_name="a_suspended",
        name_th="เขตที่ถูกระงับ",
        name_en="Suspended area",
        kind=AreaKind.SECONDARY,
        state=AreaState.SUSPENDED,
    )
    plan = ServicePlan.objects.create(name_th="ไม่จำกัด", name_en="Without limits")
    Area.objects.filter(code="t2").update(service_plan=plan)
    larger = ServicePlan.objects.create(name_th="ใหญ่กว่า", name_en="Larger", seats=9_000)
    AreaUsage.objects.create(
        area=Area.objects.get(code="t2"),
        month=date(2026, 10, 1),
        counted_until=date(2026, 10, 31),
        active_users=12,
        signed_in_users=9,
        storage_bytes=4_096,
        live_studies=1,
        activity_logs=31,
    )
    now = timezone.now()
    leaving = planned_area(
        "area-leaving",
        code="leaving",
        schema_name="a_leaving",
        name_th="เขตที่กำลังเลิกใช้",
        name_en="Leaving area",
        state=AreaState.LEAVING,
        leaving_since=now,
        deleted_from=now + timedelta(days=30),
        leaving_reason="ยุบรวมเขต",
    )
    gone = planned_area(
        "area-gone",
        code="gone",
        schema_name="a_gone",
        name_th="เขตที่เลิกใช้แล้ว",
        name_en="Area that has left",
        state=AreaState.DELETED,
        leaving_since=now - timedelta(days=31),
        deleted_from=now - timedelta(days=1),
        leaving_reason="ยุบรวมเขต",
    )
    certificate = DeletionCertificate.objects.create(
        area=gone, deleted_at=now, rows={"clusters_school": 200}
    )
    asked = AreaApplication.objects.create(
        **office("asked"),
        state=ApplicationState.MORE_WANTED,
        messages=[{"from": "operator", "text": "ขอสำเนาคำสั่ง", "at": now.isoformat()}],
    )
    half = planned_area(
        "slug-failed",
        code="code-failed",
        name_th="เขตที่ตั้งค่าไม่สำเร็จ",
        name_en="Area that failed",
    )
    failed = AreaApplication.objects.create(
        **office("failed"), state=ApplicationState.APPROVED, area=half, decided_at=now
    )
    document = ApplicationDocument.objects.create(
        application=submitted,
        file_name="คำสั่ง.pdf",
        content_type="application/pdf",
        content=PDF,
    )
    domain = OfficialDomain.objects.create(domain="office.example.go.th")
    _link(ASKED_TOKEN, asked, proves_email=False)
    _link(UNPROVEN_TOKEN, unproven, proves_email=False)
    _link(STATUS_TOKEN, submitted, proves_email=False)
    _link(PROOF_TOKEN, unproven, proves_email=True)
    with schema_context("a_t2"):
        access = OperatorAccess.objects.get()
    platform.things |= {
        "access_grant": access.pk,
        "application": submitted.pk,
        "unproven_application": unproven.pk,
        "area": Area.objects.get(code="t2").pk,
        "suspended_area": suspended.pk,
        "service_plan": plan.pk,
        "larger_plan": larger.pk,
        "leaving_area": leaving.pk,
        "failed_application": failed.pk,
        "application_document": document.pk,
        "official_domain": domain.pk,
        "deletion_certificate": certificate.pk,
    }


def _link(token: str, application: AreaApplication, *, proves_email: bool) -> None:
    ApplicationLink.objects.create(
        digest=digest(token),
        application=application,
        proves_email=proves_email,
        expires_at=timezone.now() + timedelta(days=1),
    )
