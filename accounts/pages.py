"""The pages that a letter's link or a slip's QR code opens: choose a password, confirm an address.

The secret stands behind the `#`; the page's script sends it by POST once the person has chosen.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.pages.rendering import render_page
from core.text import Text

LABELS = {
    "login": Text("รหัสบุคลากรหรืออีเมล", "Staff code or e-mail address"),
    "code": Text("รหัสในใบแจ้ง", "Code on the slip"),
    "password": Text("รหัสผ่านใหม่ (อย่างน้อย 10 ตัวอักษร)", "New password (at least 10 characters)"),
    "save": Text("บันทึกรหัสผ่าน", "Save the password"),
    "done": Text(
        "ตั้งรหัสผ่านแล้ว ลงชื่อเข้าใช้ในแอปได้ทันที",
        "Your password is set. You can sign in with the app now.",
    ),
    "reveal": Text("แสดงรหัสผ่าน", "Show the password"),
    "cut": Text(
        "ลิงก์ไม่ครบ กรุณาเปิดจากอีเมลหรือใบแจ้งอีกครั้ง",
        "The link is cut. Open it from the mail or the slip once more.",
    ),
}


@dataclass(frozen=True)
class PersonalPage:
    """`sends_to` and the names under which it takes what the link holds and the password."""

    title: Text
    sends_to: str
    typed: tuple[str, ...] = ()
    password: str = ""  # empty: nothing to choose
    save: Text = LABELS["save"]
    done: Text = LABELS["done"]


PAGES = {
    "invitation": PersonalPage(
        Text("ยินดีต้อนรับ กรุณาตั้งรหัสผ่าน", "Welcome. Please choose a password"),
        sends_to="/api/v1/invitations/accept",
        password="password",  # noqa: S106  (a field's name)
    ),
    "reset-password": PersonalPage(
        Text("ตั้งรหัสผ่านใหม่", "Choose a new password"),
        sends_to="/api/v1/auth/password-reset/confirm",
        password="new_password",  # noqa: S106
    ),
    "first-access": PersonalPage(
        Text("เข้าใช้งานครั้งแรก", "First access"),
        sends_to="/api/v1/auth/slip",
        typed=("login", "code"),
        password="new_password",  # noqa: S106
    ),
    "confirm-email": PersonalPage(
        Text("ยืนยันอีเมล", "Confirm your e-mail address"),
        sends_to="/api/v1/auth/email/confirm",
        save=Text("ยืนยัน", "Confirm"),
        done=Text("ยืนยันอีเมลแล้ว ใช้ลงชื่อเข้าใช้ได้ทันที", "Confirmed. You can sign in with it now."),
    ),
}


@require_safe
@never_cache
def personal_page(request: HttpRequest, name: str) -> HttpResponse:
    page = PAGES[name]
    typed = [(field, LABELS[field]) for field in page.typed]
    told = {"page": page, "typed": typed, "label": LABELS}
    return render_page(request, "accounts/personal_page.html", told)


urlpatterns = [path(name, personal_page, {"name": name}) for name in PAGES]
