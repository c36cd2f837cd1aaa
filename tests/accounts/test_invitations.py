"""/invitations: by mail or handed over, accepted once."""

import re

import pytest
from django_tenants.utils import schema_context

from accounts.actions.invitations import MAIL_INVITATION, invite
from accounts.models import Invitation, User
from core.actor import SYSTEM
from core.area_settings.actions import adopt_setting
from core.area_settings.models import SettingVersion
from core.jobs.models import Job, JobState
from core.labels import LABELS
from core.languages import LANGUAGES
from tests.accounts.samples import NEW_PASSWORD
from tests.client import body_of

INVITATIONS = "/api/v1/invitations"
ACCEPT = f"{INVITATIONS}/accept"


def _invite(api, **body):
    return api.as_("area_admin").post(
        INVITATIONS,
        {
            "display_name": "คุณครูใหม่",
            "email": "newcomer@example.go.th",
            "role": "supervisor",
            "scope": "area",
        }
        | body,
    )


def _accept(api, token, password=NEW_PASSWORD):
    return api.post(ACCEPT, {"token": token, "password": password})


def _token(link):
    return re.search(r"#token=(\S+)", link)[1]


@pytest.fixture
def mailed(api, letters) -> str:
    """The token in the letter of an invitation."""
    answer = _invite(api)
    assert answer.status_code == 201
    assert body_of(answer)["link"] is None
    return _token(letters()[0].body)


def test_invite__letter__account_role_and_session(api, mailed, letters, in_t1):
    (letter,) = letters()
    assert letter.to == ["newcomer@example.go.th"]
    assert "http://area-t1.localhost/invitation#token=" in letter.body
    with in_t1():
        assert mailed not in str(list(Invitation.objects.values()))

    answer = _accept(api, mailed)
    assert answer.status_code == 201
    me = body_of(api.with_token(body_of(answer)["session_token"]).get("/api/v1/me"))
    assert me["email"] == "newcomer@example.go.th"
    assert [each["role"] for each in me["roles"]] == ["supervisor"]


def test_accept__twice__one_account(api, mailed, in_t1):
    assert _accept(api, mailed).status_code == 201
    again = _accept(api, mailed)

    assert (again.status_code, body_of(again)["code"]) == (404, "personal_link_invalid")
    with in_t1():
        assert User.objects.filter(email="newcomer@example.go.th").count() == 1


def test_accept__weak_password__link_stays_good(api, mailed):
    weak = _accept(api, mailed, "short")
    assert body_of(weak)["errors"][0] == {
        "pointer": "/password",
        "code": "password_too_short",
        "detail": "Use at least 10 characters.",
    }
    assert _accept(api, mailed).status_code == 201


def test_accept__in_another_area__too_late_or_revoked__refused(api, mailed, time_machine_to):
    assert _accept(api.on("t2"), mailed).status_code == 404
    with time_machine_to(days=15):
        assert _accept(api, mailed).status_code == 404
    client = api.as_("area_admin")
    (mine,) = [
        each["id"]
        for each in body_of(client.get(INVITATIONS))["items"]
        if each["email"] == "newcomer@example.go.th"
    ]
    revoked = client.post(f"{INVITATIONS}/{mine}/revoke")
    assert body_of(client.post(f"{INVITATIONS}/{mine}/revoke")) == body_of(revoked)
    assert _accept(api, mailed).status_code == 404


def test_accept__address_got_an_account_meanwhile__conflict(api, mailed, in_t1):
    with in_t1():
        User.objects.create_user(email="newcomer@example.go.th", display_name="มาก่อน")

    assert body_of(_accept(api, mailed))["code"] == "account_exists"


def test_invite__without_address__link_to_hand_over(api, letters):
    answer = _invite(api, email=None, username="BR4-00999")

    assert letters() == []
    accepted = _accept(api, _token(body_of(answer)["link"]))
    assert body_of(accepted)["user"]["username"] == "BR4-00999"


def test_invite__in_english(api, letters):
    _invite(api, language="en")

    (letter,) = letters()
    assert letter.subject == "Your invitation to KruNet"
    assert "Supervisor" in letter.body


def test_invite__mail_server_away__the_letter_goes_out_later(api, letters, settings, in_t1):
    _invite(api)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    letters()
    with in_t1():
        (job,) = Job.objects.filter(kind=MAIL_INVITATION)
        assert (job.state, job.fruitless_attempts) == (JobState.RUNNING, 1)
        Job.objects.update(state=JobState.WAITING, leased_until=None)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    (letter,) = letters()
    assert _accept(api, _token(letter.body)).status_code == 201


def test_invite__revoked_before_the_letter_went_out__none(api, letters):
    invited = body_of(_invite(api))["invitation"]
    api.as_("area_admin").post(f"{INVITATIONS}/{invited['id']}/revoke")

    assert letters() == []


def test_invite__address_with_an_open_invitation_or_an_account__conflict(api):
    assert _invite(api).status_code == 201
    again = _invite(api, email="NEWCOMER@example.go.th")
    known = _invite(api, email="area-t1-officer@example.go.th")

    assert body_of(again)["code"] == "already_invited"
    assert body_of(known)["code"] == "account_exists"


def test_invite__after_an_earlier_one_ran_out__works(api, time_machine_to):
    _invite(api)
    with time_machine_to(days=15):
        assert _invite(api).status_code == 201


def test_invite__again_with_the_same_id__conflict(api):
    given = "01936f2e-7c1a-7d6e-9b5f-3f2a1c0d4e5b"
    assert body_of(_invite(api, id=given))["invitation"]["id"] == given
    assert _invite(api, id=given, email="other@example.go.th").status_code == 409


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"email": None}, "/email"),
        ({"username": "has@sign"}, "/username"),
        ({"role": "operator", "scope": "platform"}, "/role"),
        ({"role": "teacher", "scope": "school"}, "/scope_id"),
        ({"accepted_at": "2026-01-01T00:00:00Z"}, "/accepted_at"),
        ({"token_digest": "x"}, "/token_digest"),
    ],
)
def test_invite__that_cannot_be__400_and_where(api, body, pointer):
    assert body_of(_invite(api, **body))["errors"][0]["pointer"] == pointer


def test_revoke__accepted_one__conflict(api, mailed, in_t1):
    _accept(api, mailed)
    with in_t1():
        accepted = Invitation.objects.get(email="newcomer@example.go.th")
    answer = api.as_("area_admin").post(f"{INVITATIONS}/{accepted.pk}/revoke")

    assert body_of(answer)["code"] == "invitation_closed"


def test_invite__first_administrator_of_an_area__by_the_system(api, world):
    with schema_context(world.t2.schema_name):
        invited = invite(
            display_name="ผู้ดูแลคนแรก",
            email="first@example.go.th",
            role="area_admin",
            scope="area",
            actor=SYSTEM,
        )
        assert invited.link.startswith("http://area-t2.localhost/invitation#token=")

    session = body_of(_accept(api.on("t2"), invited.token))["session_token"]
    assert api.on("t2").with_token(session).get("/api/v1/users").status_code == 200


def test_invitations__open_ones__queries_pinned(api, django_assert_num_queries):
    client = api.as_("area_admin")
    with django_assert_num_queries(2):
        assert len(body_of(client.get(INVITATIONS))["items"]) == 1
    for number in range(2):
        _invite(api, email=f"n{number}@example.go.th")
    with django_assert_num_queries(2):
        assert len(body_of(client.get(INVITATIONS))["items"]) == 3


def test_invite__no_language_named__the_areas_own_and_its_words(api, letters, in_t1):
    words = {"cluster_th": "สหวิทยาเขต", "cluster_en": "United campus"}
    with in_t1():
        SettingVersion.objects.filter(kind="languages").delete()
        adopt_setting(LANGUAGES, {"default": "en"}, actor=SYSTEM)
        adopt_setting(LABELS, words, actor=SYSTEM)
    cluster = {"scope": "cluster", "scope_id": api.area.things["cluster"]}
    answer = _invite(api, role="cluster_coordinator", **cluster)

    assert body_of(answer)["invitation"]["language"] == "en"
    (letter,) = letters()
    assert letter.subject == "Your invitation to KruNet"
    assert "United campus coordinator" in letter.body


def test_invite__language_named__goes_before_the_areas(api, letters, in_t1):
    with in_t1():
        SettingVersion.objects.filter(kind="languages").delete()
        adopt_setting(LANGUAGES, {"default": "en"}, actor=SYSTEM)
    _invite(api, language="th")
    assert letters()[0].subject == "คำเชิญเข้าใช้งาน KruNet"
