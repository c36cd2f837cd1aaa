"""Pages of the platform host and an area's front door."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.actor import ANONYMOUS
from core.addresses import area_url, platform_url
from core.pages.rendering import render_page
from core.text import Text
from tenants.directory import KnownArea
from tenants.enums import ApplicationState, AreaKind
from tenants.outbox import kept_mails
from tenants.queries import areas_visible_to

APPLICATION = {
    "title": Text("คำขอใช้งาน KruNet", "Your application to KruNet"),
    "reading": Text("กำลังอ่านลิงก์…", "Reading the link…"),
    "press": Text(
        "กดปุ่มเพื่อยืนยันว่าอีเมลนี้เป็นของสำนักงานท่าน แล้วคำขอจะถูกส่งไปพิจารณา",
        "Press the button to confirm that this address is your office's. "
        "Your application then goes to review.",
    ),
    "confirm": Text("ยืนยันอีเมลและส่งคำขอ", "Confirm and submit"),
    "cut": Text(
        "ลิงก์ไม่ครบ กรุณาเปิดจากอีเมลอีกครั้ง", "The link is cut. Open it from the mail once more."
    ),
    "reason": Text("เหตุผล", "Reason"),
    "again": Text("ลองใหม่", "Try again"),
    "enter": Text("ไปยังเขตพื้นที่ของท่าน", "Go to your area"),
}
APPLY = {
    "title": Text("ขอใช้งาน KruNet", "Apply for KruNet"),
    "what": Text(
        "สำหรับสำนักงานเขตพื้นที่การศึกษา ใช้เวลาสองนาที ระบบจะส่งลิงก์ยืนยันไปที่อีเมลของสำนักงาน",
        "For educational service area offices; it takes two minutes. A link that confirms it is "
        "mailed to your office’s address.",
    ),
    "send": Text("ส่งคำขอ", "Apply"),
    "mend": Text("กรุณาแก้ไขช่องที่มีข้อความสีแดง", "Please correct what is marked in red."),
    "choose": Text("ประเภท", "Kind"),
}
FIELDS = (  # name, label, example, type
    ("name_th", Text("ชื่อสำนักงาน (ไทย)", "Name in Thai"), "สพป.บุรีรัมย์ เขต 4", "text"),
    (
        "name_en",
        Text("ชื่อสำนักงาน (อังกฤษ)", "Name in English"),
        "Buriram Primary Educational Service Area Office 4",
        "text",
    ),
    ("code", Text("รหัสเขตพื้นที่", "Area code"), "3104", "text"),
    ("province", Text("จังหวัด", "Province"), "บุรีรัมย์", "text"),
    (
        "slug",
        Text("ชื่อที่อยู่เว็บที่ต้องการ (a–z, 0–9)", "Wished web name (small a–z, 0–9)"),
        "buriram4",
        "text",
    ),
    ("email", Text("อีเมลของสำนักงาน", "Office e-mail"), "office@buriram4.go.th", "email"),
    ("contact_name", Text("ชื่อผู้ติดต่อ", "Contact person"), "สมหญิง ใจดี", "text"),
)
FOLLOW = {
    "keep": Text(
        "เก็บลิงก์หน้านี้ไว้ ใช้ติดตามคำขอได้ ระบบส่งไปที่อีเมลแล้วด้วย",
        "Keep this page’s link to follow the application; it was mailed, too.",
    ),
    "mistyped": Text("อีเมลผิด? แก้แล้วส่งลิงก์ใหม่", "Mistyped? Correct it and get a new link"),
    "email": Text("อีเมลของสำนักงาน", "Office e-mail"),
    "correct": Text("แก้อีเมล", "Correct the address"),
    "answer": Text("คำตอบ", "Your answer"),
    "reply": Text("ส่งคำตอบ", "Send the answer"),
    "document": Text(
        "แนบเอกสาร (PDF, JPEG, PNG ไม่เกิน 10 MB)", "Document (PDF, JPEG, PNG, up to 10 MB)"
    ),
    "attach": Text("ส่งเอกสาร", "Send the document"),
    "operator": Text("ผู้ดูแลแพลตฟอร์ม", "The platform"),
    "applicant": Text("ท่าน", "You"),
    "setting_up": Text("กำลังเตรียมพื้นที่ใช้งาน", "Your area is being set up"),
    "trouble": Text(
        "การเตรียมพื้นที่ขัดข้อง ระบบจะลองใหม่เอง และผู้ดูแลทราบแล้ว",
        "Setting up met a problem. It is tried again by itself, and the platform knows.",
    ),
    "invited": Text(
        "พื้นที่พร้อมแล้ว ลิงก์สำหรับผู้ดูแลคนแรกอยู่ในอีเมลของสำนักงาน",
        "It is ready. The first administrator’s link is in your office’s mail.",
    ),
}
HOME = {
    "title": Text("KruNet เครือข่ายพัฒนาครู", "KruNet, teachers’ professional development network"),
    "what": Text(
        "ระบบกลางของสำนักงานเขตพื้นที่การศึกษา สำหรับการพัฒนาครูแบบเครือข่าย: อบรม นิเทศ "
        "ชุมชนการเรียนรู้ และการตรวจสอบแผนโดยผู้เชี่ยวชาญ (เดลฟาย)",
        "Where educational service areas develop their teachers together: training, supervision, "
        "learning communities, and plans judged by a Delphi study.",
    ),
    "areas": Text("เขตพื้นที่ที่ใช้งานแล้ว", "Areas that take part"),
    "none": Text("ยังไม่มีเขตพื้นที่ใช้งาน", "No area takes part yet."),
    "join": Text("สำนักงานของท่านต้องการใช้งาน", "Your office wants to join"),
    "how": Text(
        "กรอกแบบคำขอสั้น ๆ แล้วยืนยันทางอีเมลของสำนักงาน (โปรแกรมใช้ POST /api/v1/area-applications)",
        "Fill in a short form and confirm it by your office’s mail "
        "(programs use POST /api/v1/area-applications).",
    ),
    "apply": Text("เปิดแบบคำขอ", "Open the form"),
    "for_developers": Text("สำหรับผู้พัฒนา", "For developers"),
    "docs": Text("เอกสาร API (Swagger UI)", "API documentation (Swagger UI)"),
    "redoc": Text("เอกสาร API (Redoc)", "API documentation (Redoc)"),
    "problems": Text("ปัญหาที่ API ตอบและวิธีแก้", "What can go wrong, and what to do then"),
    "people": Text(
        "ลงชื่อเข้าใช้ด้วยแอปของเขตพื้นที่ หากได้รับใบแจ้งรหัส กรุณาตั้งรหัสผ่านที่นี่ก่อน",
        "Sign in with your area’s app. If you were given a slip with a code, "
        "choose your password here first.",
    ),
    "first_access": Text("เข้าใช้งานครั้งแรก", "First access"),
    "platform": Text("เขตพื้นที่ทั้งหมด", "All areas"),
}


@require_safe
def platform_home(request: HttpRequest) -> HttpResponse:
    """What this is, which areas take part, how to join."""
    found = areas_visible_to(ANONYMOUS).order_by("sort_key", "id")
    areas = [
        {"name": Text(each.name_th, each.name_en), "url": area_url(each.slug, "/")}
        for each in found.only("slug", "name_th", "name_en")
    ]
    return render_page(request, "tenants/platform_home.html", {"label": HOME, "areas": areas})


@require_safe
def area_home(request: HttpRequest) -> HttpResponse:
    """An area's name, and where its people begin."""
    area: KnownArea = request.area  # type: ignore[attr-defined]
    told = {"label": HOME, "name": Text(area.name_th, area.name_en), "platform": platform_url("/")}
    return render_page(request, "tenants/area_home.html", told)


@require_safe
def apply(request: HttpRequest) -> HttpResponse:
    """The form by which an office applies; it asks the same API as any program."""
    told = {"label": APPLY, "fields": FIELDS, "kinds": AreaKind}
    return render_page(request, "tenants/apply.html", told)


@require_safe
@never_cache
def application(request: HttpRequest) -> HttpResponse:
    """Where mailed links lead. The secret behind the `#` stays in the browser until a POST."""
    told = {"label": APPLICATION, "follow": FOLLOW, "states": ApplicationState}
    return render_page(request, "tenants/application.html", told)


@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The mails that were kept instead of sent; `?format=json` for programs."""
    if not hasattr(settings, "OUTBOX_FOLDER"):
        raise Http404
    mails = list(kept_mails())
    if request.GET.get("format") == "json":
        return JsonResponse({"items": mails})
    return render_page(request, "tenants/outbox.html", {"mails": mails})


urlpatterns = [
    path("", platform_home),
    path("apply", apply),
    path("application", application),
    path("outbox", outbox),
]
area_urlpatterns = [path("", area_home)]
