"""What operators see of areas in Django's admin, and the few safe things they do there."""

from django import forms
from django.utils.functional import lazystr

from core.actor import Actor
from core.admin import OperatingAdmin, Operation, ReadOnlyAdmin, ReasonForm
from core.text import Text
from tenants.actions.applications import approve_application, reject_application
from tenants.actions.areas import reactivate_area, suspend_area
from tenants.actions.service_plans import move_area
from tenants.enums import UNDER_REVIEW, AreaState
from tenants.models import Area, AreaApplication, AreaUsage, DeletionCertificate, ServicePlan


class MoveForm(forms.Form):
    service_plan = forms.ModelChoiceField(
        ServicePlan.objects.order_by("id"), label=lazystr(Text("แผนบริการ", "Service plan"))
    )


def _move(area: Area, *, service_plan: ServicePlan, actor: Actor) -> None:
    move_area(area, service_plan=service_plan.pk, actor=actor)


class AreaAdmin(OperatingAdmin[Area]):
    title = Text("เขตพื้นที่", "Areas")
    list_display = ("code", "name_th", "state", "service_plan", "province", "slug", "created_at")
    list_filter = ("state", "kind", "service_plan")
    list_select_related = ("service_plan",)
    search_fields = ("code", "slug", "name_th", "name_en")
    ordering = ("sort_key", "id")
    operations = (
        Operation(
            "suspend",
            Text("ระงับการใช้งาน", "Suspend"),
            lambda area: area.state == AreaState.ACTIVE,
            suspend_area,
            ReasonForm,
        ),
        Operation(
            "reactivate",
            Text("เปิดใช้งานอีกครั้ง", "Reactivate"),
            lambda area: area.state == AreaState.SUSPENDED,
            reactivate_area,
        ),
        Operation(
            "move",
            Text("เปลี่ยนแผนบริการ", "Move to another service plan"),
            lambda area: area.state != AreaState.DELETED,
            _move,
            MoveForm,
        ),
    )


class AreaApplicationAdmin(OperatingAdmin[AreaApplication]):
    title = Text("คำขอใช้งาน", "Applications")
    list_display = ("code", "name_th", "state", "province", "email", "created_at", "decided_at")
    list_filter = ("state", "kind")
    search_fields = ("code", "slug", "name_th", "name_en", "email")
    ordering = ("-id",)
    operations = (
        Operation(
            "approve",
            Text("อนุมัติ", "Approve"),
            lambda application: application.state in UNDER_REVIEW,
            approve_application,
        ),
        Operation(
            "reject",
            Text("ไม่อนุมัติ", "Reject"),
            lambda application: application.state in UNDER_REVIEW,
            reject_application,
            ReasonForm,
        ),
    )


class ServicePlanAdmin(ReadOnlyAdmin[ServicePlan]):
    title = Text("แผนบริการ", "Service plans")
    list_display = ("name_th", "name_en", "seats", "storage_bytes", "live_studies", "is_default")
    ordering = ("id",)


class AreaUsageAdmin(ReadOnlyAdmin[AreaUsage]):
    title = Text("การใช้งานรายเดือน", "Usage by month")
    list_display = (
        "month",
        "area",
        "active_users",
        "signed_in_users",
        "storage_bytes",
        "live_studies",
        "activity_logs",
        "counted_until",
    )
    list_filter = ("month",)
    list_select_related = ("area",)
    search_fields = ("=area__code", "area__name_th")
    ordering = ("-month", "id")


class DeletionCertificateAdmin(ReadOnlyAdmin[DeletionCertificate]):
    title = Text("ใบรับรองการลบข้อมูล", "Certificates of deletion")
    list_display = ("area", "deleted_at")
    list_select_related = ("area",)
    ordering = ("-id",)
