"""Django's admin: for operators, by the house's sign-in, to read and for a few safe actions."""

import secrets
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone
from django_tenants.utils import schema_context

from accounts.models import RoleGrant, Session, User
from accounts.tokens import digest
from backend.admin import site
from core.journal.models import JournalEntry
from tenants.models import Area, AreaApplication
from tests.accounts.samples import present_code
from tests.world import PASSWORD

LOGIN = "/admin/login/"
COOKIE = settings.SESSION_COOKIE_NAME


@pytest.fixture
def browser(world) -> Client:
    headers = {"Accept-Language": "en"}
    return Client(SERVER_NAME="localhost", headers=headers, enforce_csrf_checks=True)


@pytest.fixture
def address() -> str:
    """Of a network from which no other test has tried: failures are kept in Valkey."""
    return f"2001:db8:{secrets.token_hex(2)}:{secrets.token_hex(2)}::1"


def _post(browser: Client, path: str, fields: dict | None = None):
    """As a form of the page would send it."""
    browser.get(path)
    token = browser.cookies["csrftoken"].value
    return browser.post(path, {**(fields or {}), "csrfmiddlewaretoken": token})


def _sign_in(browser: Client, login: str = "operator", password: str = PASSWORD):
    return _post(browser, LOGIN, {"login": login, "password": password})


@pytest.fixture
def operator(browser) -> Client:
    assert _sign_in(browser).status_code == 302
    return browser


def _paths() -> list[str]:
    """Every page of the site that lists or begins something."""
    return [
        "/admin/",
        *(f"/admin/{model._meta.app_label}/{model._meta.model_name}/" for model in site._registry),
    ]


# --- Who gets in -------------------------------------------------------------------------------


def test_sign_in__operator__with_the_houses_session_for_some_hours(operator):
    cookie = operator.cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Strict")
    session = Session.objects.get(session_key=digest(cookie.value))
    assert session.device == "Django admin"
    assert timedelta(hours=7) < session.expire_date - timezone.now() < timedelta(hours=9)
    entry = JournalEntry.objects.order_by("-number").first()
    assert entry.verb == "accounts.user.signed_in"
    for path in _paths():
        page = operator.get(path)
        assert page.status_code == 200, path
        assert "script-src 'self'" in page["Content-Security-Policy"]
    with time_machine.travel(timezone.now() + timedelta(hours=8, minutes=1)):
        assert operator.get("/admin/").status_code == 302


@pytest.mark.parametrize("path", _paths())
def test_pages__anyone_else__sent_to_sign_in(browser, api, path):
    assert browser.get(path).url.startswith(LOGIN)
    for person in (api.on_platform().as_("national_viewer"), api.as_("area_admin")):
        browser.cookies[COOKIE] = person.token
        assert browser.get(path).url.startswith(LOGIN)


def test_sign_in__right_password_without_the_role__refused_and_signed_out(browser):
    refused = _sign_in(browser, "national_viewer")
    assert (refused.status_code, COOKIE in refused.cookies) == (401, False)
    user = User.objects.get(username="national_viewer")
    assert not Session.objects.filter(user=user, device="Django admin").exists()


@pytest.mark.parametrize("login", ["operator", "nobody", "area-t1-area_admin"])
def test_sign_in__wrong_name_or_password__one_answer(browser, login):
    password = PASSWORD if login.startswith("area") else "wrong"
    refused = _sign_in(browser, login, password)
    assert refused.status_code == 401
    assert "The name or the secret is wrong." in refused.content.decode()


@override_settings(SIGN_IN_FAILURES={"account": (1, 2), "address": (50, 100)})
def test_sign_in__many_wrong_passwords__locked_here_and_in_the_api(browser, address):
    browser.defaults["REMOTE_ADDR"] = address
    answers = [_sign_in(browser, "operator", "wrong").status_code for _ in range(6)]
    assert answers[0] == 401
    assert answers[-1] == 429
    assert _sign_in(browser).status_code == 429
    body = {"login": "operator", "password": PASSWORD}
    locked = browser.post("/api/v1/auth/sign-in", body, content_type="application/json")
    assert locked.status_code == 429


def test_sign_in__second_factor__is_asked_for_and_holds(browser, world):
    user = User.objects.get(pk=world.platform.things["totp_user"])
    RoleGrant.objects.create(
        user=user, role="operator", scope="platform", valid_from=timezone.localdate()
    )
    first = _sign_in(browser, user.username)
    assert (first.status_code, COOKIE in first.cookies) == (200, False)
    pending = first.context["form"].initial["pending_token"]

    browser.cookies[COOKIE] = pending  # half a sign-in opens nothing
    assert browser.get("/admin/").url.startswith(LOGIN)
    del browser.cookies[COOKIE]
    wrong = _post(browser, LOGIN, {"pending_token": pending, "code": "000000"})
    assert wrong.status_code == 401
    right = _post(browser, LOGIN, {"pending_token": pending, "code": present_code()})
    assert right.status_code == 302
    assert browser.get("/admin/").status_code == 200


@pytest.mark.parametrize("end", ["role", "account", "session"])
def test_operator__role_account_or_session_ends__out_at_the_next_request(operator, end):
    user = User.objects.get(username="operator")
    if end == "role":
        long_ago = {"valid_from": "2020-01-01", "valid_until": "2020-01-01"}
        RoleGrant.objects.filter(user=user).update(**long_ago)
    elif end == "account":
        User.objects.filter(pk=user.pk).update(is_active=False)
    else:
        Session.objects.filter(user=user).delete()
    assert operator.get("/admin/").url.startswith(LOGIN)


def test_sign_out__session_is_gone_and_journaled(operator):
    token = operator.cookies[COOKIE].value
    signed_out = operator.post(
        "/admin/logout/", {"csrfmiddlewaretoken": operator.cookies["csrftoken"].value}
    )
    assert signed_out.status_code == 302
    assert not Session.objects.filter(session_key=digest(token)).exists()
    assert JournalEntry.objects.order_by("-number").first().verb == "accounts.user.signed_out"


@pytest.mark.parametrize("wanted", ["https://evil.example/admin/", "//evil.example", "/outbox"])
def test_sign_in__next_elsewhere__leads_to_the_beginning(browser, wanted):
    browser.get(LOGIN)
    token = browser.cookies["csrftoken"].value
    fields = {"login": "operator", "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert browser.post(f"{LOGIN}?next={wanted}", fields).url == "/admin/"


def test_cookie__is_worth_nothing_to_the_api(operator):
    assert operator.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("host", ["area-t1.localhost", "api.localhost"])
def test_admin__on_another_host__does_not_exist(operator, host):
    for path in ("/admin/", LOGIN):
        answer = operator.get(path, SERVER_NAME=host, headers={"X-Service-Area": "area-t1"})
        assert answer.status_code == 404


# --- What it shows and does --------------------------------------------------------------------


def test_registry__tables_of_the_public_schema_alone():
    shown = {model._meta.label for model in site._registry}
    assert shown == {
        "tenants.Area",
        "tenants.AreaApplication",
        "tenants.ServicePlan",
        "tenants.AreaUsage",
        "tenants.DeletionCertificate",
        "jobs.Job",
        "journal.JournalEntry",
    }
    names = {getattr(each, "name", None) for each in site.get_urls()}
    assert "login" in names
    assert not names & {"password_change", "password_change_done", "view_on_site"}


def test_users__deleted_in_an_area__without_a_look_into_the_admins_log(world):
    with schema_context(world.t1.schema_name):
        user = User.objects.create_user(display_name="ลบได้", username="erased")
        user.delete()
        assert not User.objects.filter(username="erased").exists()


def test_models__add_change_delete__by_nobody(operator, world):
    area = Area.objects.get(code="t1")
    page = f"/admin/tenants/area/{area.pk}"
    token = operator.cookies["csrftoken"].value
    changed = operator.post(f"{page}/change/", {"name_th": "ชื่อใหม่", "csrfmiddlewaretoken": token})
    assert changed.status_code == 403
    for path in ("/admin/tenants/area/add/", f"{page}/delete/", "/admin/jobs/job/add/"):
        assert operator.get(path).status_code == 403
        assert operator.post(path, {"csrfmiddlewaretoken": token}).status_code == 403
    bulk = {"action": "delete_selected", "_selected_action": str(area.pk), "post": "yes"}
    operator.post("/admin/tenants/area/", {**bulk, "csrfmiddlewaretoken": token})
    area.refresh_from_db()
    assert area.name_th == "เขตทดสอบ t1"


def test_area__suspend_reactivate_and_move__as_by_the_api_and_journaled(operator, world):
    area = Area.objects.get(code="t1")
    page = f"/admin/tenants/area/{area.pk}"
    shown = operator.get(f"{page}/change/").content.decode()
    assert "Suspend" in shown
    assert "Reactivate" not in shown

    without_reason = _post(operator, f"{page}/do/suspend/")
    assert without_reason.status_code == 200
    assert _post(operator, f"{page}/do/suspend/", {"reason": "ตามคำขอ"}).status_code == 302
    entry = JournalEntry.objects.get(verb="tenants.area.suspended")
    assert entry.values == {"state": ["active", "suspended"], "reason": "ตามคำขอ"}
    assert entry.actor_id == world.platform.people["operator"].user_id

    again = _post(operator, f"{page}/do/suspend/", {"reason": "อีกครั้ง"})
    assert "The area is suspended" in operator.get(again.url).content.decode()
    assert _post(operator, f"{page}/do/reactivate/").status_code == 302
    moved = {"service_plan": str(world.platform.things["service_plan"])}
    assert _post(operator, f"{page}/do/move/", moved).status_code == 302
    area.refresh_from_db()
    assert (area.state, area.service_plan_id) == ("active", world.platform.things["service_plan"])
    assert JournalEntry.objects.filter(verb="tenants.area.moved_to_service_plan").count() == 1


@pytest.mark.parametrize(("verb", "state"), [("approve", "approved"), ("reject", "rejected")])
def test_application__approve_or_reject__as_by_the_api(operator, world, verb, state):
    application = AreaApplication.objects.get(pk=world.platform.things["application"])
    path = f"/admin/tenants/areaapplication/{application.pk}/do/{verb}/"
    assert _post(operator, path, {"reason": "ข้อมูลไม่ครบ"}).status_code == 302
    application.refresh_from_db()
    assert (application.state, application.decided_by) == (
        state,
        world.platform.people["operator"].user_id,
    )
    assert JournalEntry.objects.filter(verb=f"tenants.application.{state}").count() == 1


def test_operation__unknown_or_without_a_forms_token__refused(operator, world):
    area = Area.objects.get(code="t1")
    assert operator.get(f"/admin/tenants/area/{area.pk}/do/destroy/").status_code == 404
    assert operator.post(f"/admin/tenants/area/{area.pk}/do/suspend/").status_code == 403
    area.refresh_from_db()
    assert area.state == "active"


def test_lists__more_rows__same_number_of_queries(operator, django_assert_max_num_queries):
    for path in _paths()[1:]:
        with django_assert_max_num_queries(9):
            assert operator.get(path).status_code == 200
