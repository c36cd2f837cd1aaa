"""Who gets into Django's admin: operators, by the house's own sign-in, for some hours.

The session is one of accounts.Session, made by the flow behind `/auth/sign-in` with its lock-out,
its second factor and its entries in the journal; the browser keeps its token in a cookie of
`/admin/` on the platform's host. Nothing else in the house reads that cookie.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django import forms
from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, reverse
from django.utils.functional import lazystr
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from rest_framework.exceptions import Throttled
from rest_framework.request import Request

from accounts.actions.admin_sessions import ADMIN_SESSION, open_admin_session
from accounts.actions.sign_in import complete_sign_in, sign_in, sign_out
from accounts.errors import SignInExpiredError, SignInFailedError
from accounts.flows import SignedIn
from accounts.models import Session, User
from accounts.queries import is_operator_today
from accounts.tokens import digest
from core.admin import actor_of
from core.api.problems import TooManyRequestsError
from core.api.throttling import SignInRateLimit
from core.errors import NotAllowedError
from core.text import Text

V = TypeVar("V", bound=Callable[..., HttpResponseBase])

# Django's own pages: no inline script or style, nothing from another host, no frame.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_NOT_OURS = {"password_change", "password_change_done", "view_on_site", "autocomplete"}


class PasswordForm(forms.Form):
    login = forms.CharField(label=lazystr(Text("อีเมล", "E-mail address")), max_length=254)
    password = forms.CharField(
        label=lazystr(Text("รหัสผ่าน", "Password")),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput,
    )


class CodeForm(forms.Form):
    pending_token = forms.CharField(widget=forms.HiddenInput, max_length=256)
    code = forms.CharField(
        label=lazystr(Text("รหัสจากแอปยืนยันตัวตน", "Code of the authenticator app")),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "autofocus": True}),
    )


class OperatorSite(AdminSite):
    site_header = "KruNet"
    site_title = "KruNet"
    index_title = lazystr(Text("งานของผู้ดูแลแพลตฟอร์ม", "For operators"))
    site_url = None
    empty_value_display = "–"

    def has_permission(self, request: HttpRequest) -> bool:
        """Asked of the database once a request, so that an ended role is out at the next one."""
        known: bool | None = getattr(request, "is_operators", None)
        if known is None:
            user = request.user
            known = isinstance(user, User) and is_operator_today(user.pk)
            request.is_operators = known  # type: ignore[attr-defined]
        return known

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """Django's, with the titles that our rooms give."""
        found: list[Any] = super().get_app_list(request, app_label)
        for listed in (model for app in found for model in app["models"]):
            listed["name"] = getattr(self._registry[listed["model"]], "title", listed["name"])
        return found

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Django's, without its own ways to change a password."""
        found = super().get_urls()
        return [each for each in found if getattr(each, "name", None) not in _NOT_OURS]

    def admin_view(self, view: V, cacheable: bool = False) -> V:  # noqa: FBT001, FBT002  (Django's)
        return _guarded(super().admin_view(view, cacheable))

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        response: HttpResponse = _login(request, self)
        return response

    def logout(  # type: ignore[override]  # it redirects
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method == "POST":
            key = digest(str(request.session.session_key))
            session = Session.objects.filter(session_key=key).first()
            if session is not None:
                sign_out(session, actor=actor_of(request))
        response = redirect(reverse("admin:login"))
        response.delete_cookie(settings.SESSION_COOKIE_NAME, path=settings.SESSION_COOKIE_PATH)
        return response


def _guarded(view: V) -> V:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response["Content-Security-Policy"] = _POLICY
        response["Referrer-Policy"] = "same-origin"  # Django's check of forms wants it
        return response

    return cast("V", guarded)


@_guarded
@never_cache
@csrf_protect
def _login(request: HttpRequest, site: OperatorSite) -> HttpResponse:
    """First the password, then the code where there is one. A wrong one begins anew."""
    if site.has_permission(request):
        return redirect(_next(request))
    chosen = CodeForm if "pending_token" in request.POST else PasswordForm
    form: forms.Form = chosen(request.POST if request.method == "POST" else None)
    problem, status = "", 200
    if request.method == "POST" and form.is_valid():
        try:
            signed_in = _attempt(request, form)
            if signed_in.is_complete:
                return _entered(request, signed_in)
            form = CodeForm(initial={"pending_token": signed_in.token})
        except (SignInFailedError, SignInExpiredError, NotAllowedError) as error:
            problem, status = str(error.message), 401
        except Throttled:
            problem, status = str(TooManyRequestsError.detail), 429
        if isinstance(form, CodeForm) and status != 200:  # noqa: PLR2004
            form = PasswordForm()
    context = {**site.each_context(request), "form": form, "problem": problem}
    context["title"] = Text("ลงชื่อเข้าใช้", "Sign in")
    return TemplateResponse(request, "accounts/admin_sign_in.html", context, status=status)


def _attempt(request: HttpRequest, form: forms.Form) -> SignedIn:
    if not SignInRateLimit().allow_request(Request(request), None):
        raise Throttled
    if isinstance(form, CodeForm):
        return complete_sign_in(request, **form.cleaned_data)
    return sign_in(request, **form.cleaned_data, device="Django admin")


def _entered(request: HttpRequest, signed_in: SignedIn) -> HttpResponse:
    open_admin_session(signed_in)
    response = redirect(_next(request))
    response.set_cookie(
        settings.SESSION_COOKIE_NAME,
        signed_in.token,
        max_age=int(ADMIN_SESSION.total_seconds()),
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def _next(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if is_ours and wanted.startswith("/admin/") else reverse("admin:index")
