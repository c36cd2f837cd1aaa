"""How a server-rendered page leaves: one look, the reader's language, nothing from elsewhere."""

from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from core.text import Text

# No inline script or style, no other host, no frame; forms are sent by script, never by GET.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; worker-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

# What every page with a script may have to say.
_TEXTS = {
    "no_script": Text(
        "หน้านี้ต้องใช้ JavaScript กรุณาเปิดใช้ในเบราว์เซอร์แล้วโหลดหน้านี้ใหม่",
        "This page needs JavaScript. Allow it in your browser, then load the page again.",
    ),
    "offline": Text(
        "ไม่มีสัญญาณอินเทอร์เน็ต กรุณาตรวจสอบสัญญาณแล้วลองใหม่",
        "No connection. Check your signal, then try again.",
    ),
    "trouble": Text(
        "ระบบขัดข้องชั่วคราว กรุณารอสักครู่แล้วลองใหม่",
        "Something went wrong on our side. Please wait a moment and try again.",
    ),
    "busy": Text(
        "มีการส่งข้อมูลถี่เกินไป กรุณารอหนึ่งนาทีแล้วลองใหม่",
        "Too many tries in a short time. Please wait a minute and try again.",
    ),
}


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    """A page in the language that `?language=` or else the browser asks for."""
    asked = request.GET.get("language")
    known = asked in dict(settings.LANGUAGES)
    with translation.override(asked) if known else nullcontext():
        response = render(request, template, {"texts": _TEXTS, **(context or {})})
        response["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
    response["Content-Security-Policy"] = _POLICY
    response["Referrer-Policy"] = "no-referrer"
    return response
