"""The page to which the code on a certificate leads, on the platform's host."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from core.pages.rendering import render_page
from core.text import Text
from pd_activities.enums import CertificateCheck, HourKind

_VERIFY = {
    "title": Text("ตรวจสอบใบรับรองชั่วโมง", "Verify a certificate of hours"),
    "checking": Text("กำลังตรวจสอบ…", "Verifying…"),
    "paste": Text("วางข้อความหรือลิงก์ของใบรับรองที่นี่", "Paste the certificate’s link or text here"),
    "check": Text("ตรวจสอบ", "Verify"),
    "again": Text("ลองใหม่", "Try again"),
    "school": Text("โรงเรียน", "School"),
    "issuer": Text("ออกโดย", "Issued by"),
    "issued": Text("ออกเมื่อ", "Issued on"),
    "days": Text("ช่วงเวลา", "Between"),
    "revoked": Text("เพิกถอนเมื่อ", "Revoked on"),
    "total": Text("รวม (ชั่วโมง)", "Total (hours)"),
    "means": Text(
        "ลายมือชื่อดิจิทัลยืนยันว่าเขตพื้นที่ออกข้อความนี้จริงและไม่มีใครแก้ไข กรุณาเทียบชื่อกับบัตรประจำตัวของผู้ที่แสดงใบรับรอง",
        "The digital signature proves that the service area issued just this and nobody altered "
        "it. Compare the name with an identity card of whoever shows it.",
    ),
}


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """What the certificate states stays behind the `#`; the page asks by POST."""
    told = {"label": _VERIFY, "results": CertificateCheck, "kinds": HourKind}
    return render_page(request, "pd_activities/verify.html", told)


urlpatterns = [path("verify", verify)]
