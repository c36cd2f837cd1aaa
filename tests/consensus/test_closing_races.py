"""What may happen to a study at the same moment: real threads, committed data.

tests/drills/drill_delphi.py closes against an answer a thousand times.
"""

import hashlib
import threading

import pytest
from django.db import connection, transaction
from django_tenants.utils import schema_context

from consensus.actions.answers import GivenRating, save_rating
from consensus.actions.panel import add_panelist
from consensus.actions.rounds import close_round, open_certification
from consensus.actions.verdicts import conclude_study
from consensus.errors import RoundNotOpenError
from consensus.models import Panelist, Rating, Round
from core.journal.models import JournalEntry
from tests.client import body_of
from tests.concurrency.together import together
from tests.consensus.building import ITEMS, build, credential_of, token_of

STUDIES, ROUNDS = 5, 10  # fifty races
_MANY_ROUNDS = {"rounds": [{"kind": "rating"}] * ROUNDS}


@pytest.fixture
def study(races):
    def made(**given):
        with schema_context(races.area.schema_name):
            built = build(races.area.people["supervisor"].user_id, **given)
            built.seal().open()
            return built

    return made


def _first_item(schema, built):
    with schema_context(schema):
        return built.items[0].pk


def test_close_and_answer_at_once__counted_or_refused_never_lost(races, study):
    """An accepted answer is in the frozen counts; a refused one is nowhere."""
    for _ in range(STUDIES):
        built = study(items=ITEMS[:1], certifiers=0, protocol=_MANY_ROUNDS)
        item = _first_item(races.area.schema_name, built)
        for number in range(ROUNDS):
            if number:
                with schema_context(races.area.schema_name):
                    built.study.refresh_from_db()
                    built.open()
            _race(races, built, item)


def _race(races, built, item):
    schema, round_ = races.area.schema_name, built.rounds[-1]
    with schema_context(schema):
        built.rate([5, 5, 5, 5])
        late = races.with_token(credential_of(built.panelists[4]))
    answered, closed = together(
        lambda: late.put(f"/api/v1/panel/answers/{item}", {"rating": 1}),
        lambda: races.as_("supervisor").post(f"/api/v1/rounds/{round_.pk}/close"),
    )
    assert closed.status_code == 200
    accepted = answered.status_code == 200
    assert accepted or body_of(answered)["code"] == "round_not_open"
    with schema_context(schema):
        frozen = Round.objects.get(pk=round_.pk).results["items"][0]
        assert frozen["n"] == Rating.objects.filter(round=round_).count()
        assert frozen["n"] == (5 if accepted else 4)


def test_answer__waits_behind_a_closing_that_has_not_committed__refused(races, study):
    schema = races.area.schema_name
    built = study(certifiers=0)
    item = _first_item(schema, built)
    seen = []

    def answer() -> None:
        with schema_context(schema):
            person = Panelist.objects.select_related("study").get(pk=built.panelists[0].pk)
            try:
                save_rating(person, item, GivenRating(rating=3))
            except RoundNotOpenError:
                seen.append("refused")
        connection.close()

    with schema_context(schema), transaction.atomic():
        close_round(built.rounds[0], actor=built.actor)
        other = threading.Thread(target=answer)
        other.start()
        other.join(0.3)
        assert other.is_alive()  # it waits: nobody knows yet how the closing ends
    other.join(10)
    assert seen == ["refused"]


def test_closing__waits_behind_an_answer_that_has_not_committed__counts_it(races, study):
    schema = races.area.schema_name
    built = study(certifiers=0)
    item = _first_item(schema, built)
    path = f"/api/v1/rounds/{built.rounds[0].pk}/close"

    def close() -> None:
        races.as_("supervisor").post(path)
        connection.close()

    closing = threading.Thread(target=close)

    with schema_context(schema), transaction.atomic():
        save_rating(built.panelists[0], item, GivenRating(rating=3))
        closing.start()
        closing.join(0.3)
        assert closing.is_alive()
    closing.join(10)

    with schema_context(schema):
        assert Round.objects.get(pk=built.rounds[0].pk).results["panel"]["answered"] == 1


def test_two_close_at_once__one_effect(races, study):
    schema = races.area.schema_name
    for _ in range(10):
        built = study(certifiers=0)
        path = f"/api/v1/rounds/{built.rounds[0].pk}/close"
        answers = together(
            lambda path=path: races.as_("supervisor").post(path),
            lambda path=path: races.as_("area_admin").post(path),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        with schema_context(schema):
            entries = JournalEntry.objects.filter(
                subject_id=built.rounds[0].pk, verb="consensus.round.closed"
            )
            assert entries.count() == 1


def test_two_open_at_once__one_round(races, study):
    built = study(certifiers=0)
    with schema_context(races.area.schema_name):
        built.close()
    path = f"/api/v1/studies/{built.study.pk}/rounds"
    answers = together(
        lambda: races.as_("supervisor").post(path, {}),
        lambda: races.as_("area_admin").post(path, {}),
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]


def test_same_person_twice_at_once__one_panelist(races, study):
    built = study(certifiers=0)
    path = f"/api/v1/studies/{built.study.pk}/panelists"
    answers = together(
        lambda: races.as_("supervisor").post(
            path, {"kind": "panelist", "name": "ก", "email": "a@b.ac.th", "reason": "เพิ่ม"}
        ),
        lambda: races.as_("area_admin").post(
            path, {"kind": "certifier", "name": "ข", "email": "A@b.ac.th"}
        ),
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]


def test_panelist_becomes_certifier_at_once__refused_by_either_order(races, study):
    """One asks a panelist's address to certify while another gives it to a newcomer."""
    built = study(certifiers=0)
    path = f"/api/v1/studies/{built.study.pk}/panelists"
    newcomer = {"kind": "panelist", "name": "ค", "reason": "เพิ่ม"}
    person = body_of(races.as_("supervisor").post(path, newcomer))
    corrected, asked = together(
        lambda: races.as_("supervisor").patch(
            f"{path}/{person['id']}", {"email": "both@b.ac.th"}, If_Match="*"
        ),
        lambda: races.as_("area_admin").post(
            path, {"kind": "certifier", "name": "ง", "email": "BOTH@b.ac.th"}
        ),
    )
    done = {corrected.status_code, asked.status_code}
    assert done in ({200, 409}, {201, 409})
    with schema_context(races.area.schema_name):
        assert Panelist.objects.filter(study=built.study, email__iexact="both@b.ac.th").count() == 1


def test_same_answer_from_two_devices_at_once__one_row(races, study):
    schema = races.area.schema_name
    built = study(certifiers=0)
    item = _first_item(schema, built)
    with schema_context(schema):
        clients = [races.with_token(credential_of(built.panelists[0])) for _ in range(2)]
    answers = together(
        *[
            lambda client=client, n=n: client.put(f"/api/v1/panel/answers/{item}", {"rating": n})
            for n, client in enumerate(clients, start=4)
        ]
    )
    assert [answer.status_code for answer in answers] == [200, 200]
    with schema_context(schema):
        assert Rating.objects.filter(round=built.rounds[0]).count() == 1


def test_link_used_twice_at_once__two_visits_one_person_one_acceptance(races, study):
    schema = races.area.schema_name
    built = study(certifiers=0)
    with schema_context(schema):
        added = {"kind": "panelist", "name": "ใหม่", "email": "new@b.ac.th", "reason": "เพิ่ม"}
        person = add_panelist(built.study, **added, actor=built.actor)
        token = token_of(person)
    visits = together(
        *[lambda: races.with_token(None).post("/api/v1/panel/exchange", {"token": token})] * 2
    )
    assert [visit.status_code for visit in visits] == [201, 201]
    clients = [races.with_token(body_of(visit)["credential"]) for visit in visits]
    accepted = together(
        *[lambda client=client: client.post("/api/v1/panel/accept", {}) for client in clients]
    )
    assert [each.status_code for each in accepted] == [200, 200]
    pages = [body_of(client.get("/api/v1/panel")) for client in clients]
    assert {page["id"] for page in pages} == {str(person.pk)}
    with schema_context(schema):
        entries = JournalEntry.objects.filter(subject_id=person.pk)
        assert entries.filter(verb="consensus.panelist.accepted").count() == 1


def test_conclude_and_open_at_once__one_of_them(races, study):
    built = study(certifiers=0)
    with schema_context(races.area.schema_name):
        built.rate([5] * 5)
        built.close()
    path = f"/api/v1/studies/{built.study.pk}"
    answers = together(
        lambda: races.as_("supervisor").post(f"{path}/rounds", {}),
        lambda: races.as_("area_admin").post(f"{path}/conclude", {"reason": "พอแล้ว"}),
    )
    refused = [body_of(each)["code"] for each in answers if each.status_code == 409]
    assert refused == ["wrong_study_status"]


def test_seal_and_reword_at_once__the_seal_is_of_what_is_stored(races):
    schema = races.area.schema_name
    for _ in range(5):
        with schema_context(schema):
            draft = build(races.area.people["supervisor"].user_id, certifiers=0)
            item = draft.items[0].pk
        path = f"/api/v1/studies/{draft.study.pk}"
        sealed, _reworded = together(
            lambda path=path: races.as_("supervisor").post(f"{path}/seal"),
            lambda path=path, item=item: races.as_("area_admin").patch(
                f"{path}/items/{item}", {"text": "ถ้อยคำใหม่"}, If_Match="*"
            ),
        )
        assert sealed.status_code == 200
        text = body_of(races.as_("supervisor").get(f"{path}/seal"))["text"]
        assert body_of(sealed)["seal"] == hashlib.sha256(text.encode()).hexdigest()


def test_two_close_the_certification_at_once__one_verdict(races, study):
    schema = races.area.schema_name
    built = study(protocol={"rounds": [{"kind": "rating"}]})
    with schema_context(schema):
        built.rate([5] * 5)
        built.close()
        conclude_study(built.study, actor=built.actor)
        round_ = open_certification(built.study, actor=built.actor)
        built.certify()
    path = f"/api/v1/rounds/{round_.pk}/close"
    answers = together(
        lambda: races.as_("supervisor").post(path), lambda: races.as_("area_admin").post(path)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    study_ = body_of(races.as_("supervisor").get(f"/api/v1/studies/{built.study.pk}"))
    assert (study_["status"], study_["verdict"]) == ("certified", "validated")


def test_abandon_and_answer_at_once__both_end_and_nothing_is_frozen(races, study):
    schema = races.area.schema_name
    built = study(certifiers=0)
    item = _first_item(schema, built)
    with schema_context(schema):
        late = races.with_token(credential_of(built.panelists[0]))
    answered, abandoned = together(
        lambda: late.put(f"/api/v1/panel/answers/{item}", {"rating": 1}),
        lambda: races.as_("supervisor").post(
            f"/api/v1/studies/{built.study.pk}/abandon", {"reason": "แผนเปลี่ยน"}
        ),
    )
    assert abandoned.status_code == 200
    assert answered.status_code == 200 or body_of(answered)["code"] == "round_not_open"
    with schema_context(schema):
        assert Round.objects.get(pk=built.rounds[0].pk).results is None
