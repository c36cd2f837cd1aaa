"""What an area has set and anyone may know: in the directory, on its pages, in its answers."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from django_tenants.utils import schema_context

from accounts.sign_in_settings import SIGN_IN
from core.actor import SYSTEM
from core.area_settings.actions import adopt_setting
from core.area_settings.models import SettingVersion
from core.journal.models import JournalEntry
from core.labels import LABELS
from core.languages import LANGUAGES
from tenants.actions.publishing import publish_area
from tenants.directory import forget_areas
from tenants.models import Area
from tenants.publishing import facts_today
from tests.client import body_of
from tests.concurrency.together import together

CENTRE = {"cluster_th": "ศูนย์เครือข่ายวิชาการ", "cluster_en": "Academic network centre"}
OIDC = {
    "issuer": "https://accounts.example.go.th",
    "client_id": "krunet-mobile",
    "match": "email",
    "claim": "",
    "email_domains": ["example.go.th"],
}
PASSWORD = {"method": "password", "issuer": None, "client_id": None}


@pytest.fixture
def area(world):
    """`area.adopt(kind, document)` in the first area; `area.publish()` as the task does."""
    yield _Area(world.t1.schema_name)
    forget_areas()


class _Area:
    def __init__(self, schema):
        self.schema = schema

    def adopt(self, kind, document, **more):
        with schema_context(self.schema):
            SettingVersion.objects.filter(kind=kind.code, valid_from__gt="2090-01-01").delete()
            return adopt_setting(kind, document, actor=SYSTEM, **more)

    def publish(self) -> int:
        with schema_context(self.schema):
            written = publish_area()
        forget_areas()  # as on commit
        return written


def _told(api, code="t1"):
    return body_of(api.on_platform().with_token(None).get(f"/api/v1/areas/{code}"))


def test_directory__nothing_set__usual_words_and_passwords(api, area):
    told = _told(api)
    assert (told["cluster_label"], told["cluster_label_en"]) == ("กลุ่มโรงเรียน", "Cluster")
    assert (told["default_language"], told["sign_in_methods"]) == ("th", [PASSWORD])
    assert area.publish() == 0


def test_directory__set__follows_once_and_only_what_anyone_may_know(api, area):
    area.adopt(LABELS, CENTRE)
    area.adopt(LANGUAGES, {"default": "en"})
    area.adopt(SIGN_IN, {"oidc": OIDC})
    assert _told(api)["cluster_label"] == "กลุ่มโรงเรียน"  # the task has yet to come

    assert [area.publish(), area.publish()] == [1, 0]
    told = _told(api)
    assert (told["cluster_label"], told["cluster_label_en"]) == tuple(CENTRE.values())
    assert told["default_language"] == "en"
    issued = {"issuer": OIDC["issuer"], "client_id": OIDC["client_id"]}
    assert told["sign_in_methods"] == [PASSWORD, {"method": "oidc", **issued}]
    assert _told(api, "t2")["sign_in_methods"] == [PASSWORD]
    with schema_context("public"):
        entry = JournalEntry.objects.filter(verb="tenants.area.published").latest("number")
    assert entry.values["cluster_label_en"] == ["Cluster", CENTRE["cluster_en"]]


def test_directory__single_sign_on_given_up__passwords_alone(api, area):
    for document, methods in (({"oidc": OIDC}, 2), ({"oidc": None}, 1)):
        area.adopt(SIGN_IN, document)
        area.publish()
        assert len(_told(api)["sign_in_methods"]) == methods


def test_directory__from_a_day_on__the_nightly_round_of_that_day(api, area):
    later = timezone.localdate() + timedelta(days=3)
    area.adopt(LABELS, CENTRE, valid_from=later)
    assert area.publish() == 0
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert area.publish() == 1
    assert _told(api)["cluster_label"] == CENTRE["cluster_th"]


def test_directory__row_was_lost_or_restored_from_old__the_next_round_mends_it(api, area, world):
    area.adopt(LABELS, CENTRE)
    area.publish()
    with schema_context("public"):
        Area.objects.filter(code="t1").update(cluster_label="หาย")
    assert area.publish() == 1
    assert _told(api)["cluster_label"] == CENTRE["cluster_th"]


def test_publish__many_at_once_while_it_changes__ends_at_what_is_set(races):
    schema = races.area.schema_name

    def publish():
        with schema_context(schema):
            publish_area()

    def change(number):
        def adopt():
            with schema_context(schema):
                adopt_setting(LABELS, {**CENTRE, "cluster_en": f"Word {number}"}, actor=SYSTEM)
                publish_area()

        return adopt

    try:
        for number in range(5):
            together(publish, change(number), publish, publish)
            with schema_context(schema):
                facts = facts_today()
            with schema_context("public"):
                row = Area.objects.filter(schema_name=schema).values(*facts).get()
            assert row == facts
            assert facts["cluster_label_en"] == f"Word {number}"
    finally:
        with schema_context(schema):
            SettingVersion.objects.filter(kind="labels").delete()
            publish_area()
        forget_areas()


# --- Where the words are read ------------------------------------------------------------------
def _page(language: str) -> str:
    page = Client().get("/", SERVER_NAME="area-t1.localhost", headers={"Accept-Language": language})
    return page.content.decode()


def test_front_door__says_what_its_clusters_are_called(api, area):
    assert "กลุ่มโรงเรียน" in _page("th")
    area.adopt(LABELS, CENTRE)
    area.publish()
    assert CENTRE["cluster_th"] in _page("th")
    assert CENTRE["cluster_en"] in _page("en")


def _choice(api, name, code):
    told = {each["name"]: each["choices"] for each in body_of(api.get("/api/v1/choices"))}
    return next(each for each in told[name] if each["code"] == code)


def test_choices__in_the_areas_own_words(api, area):
    area.adopt(LABELS, CENTRE)
    assert _choice(api, "Scope", "cluster") == {
        "code": "cluster",
        "th": "ศูนย์เครือข่ายวิชาการ",
        "en": "Academic network centre",
    }
    assert _choice(api, "Role", "cluster_coordinator")["th"] == "ผู้ประสานงานศูนย์เครือข่ายวิชาการ"
    for elsewhere in (api.on("t2"), api.on_platform()):
        assert _choice(elsewhere, "Scope", "cluster")["th"] == "กลุ่มโรงเรียน"


# --- The language ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("asked", "answered"),
    [("", "en"), ("*", "en"), ("fr", "en"), ("th", "th"), ("fr,th;q=0.5", "th")],
)
def test_language__nobody_names_one__the_areas_own(api, area, asked, answered):
    area.adopt(LANGUAGES, {"default": "en"})
    area.publish()
    refused = api.get("/api/v1/me", Accept_Language=asked)
    assert refused["Content-Language"] == answered
    titles = {"en": "Not signed in", "th": "ยังไม่ได้ลงชื่อเข้าใช้"}
    assert body_of(refused)["title"] == titles[answered]
    page = Client().get("/", SERVER_NAME="area-t1.localhost", headers={"Accept-Language": asked})
    assert page["Content-Language"] == answered
    other = api.on("t2").get("/api/v1/me", Accept_Language="fr")
    assert body_of(other)["title"] == titles["th"]
