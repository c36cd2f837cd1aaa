"""Official letters: a link on paper, which whoever printed it has held in their hands."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override
from django_tenants.utils import schema_context

from consensus.actions.answers import GivenRating, save_rating
from consensus.actions.panel import add_panelist
from consensus.actions.studies import abandon_study
from consensus.models import Panelist, Rating
from consensus.official_letters.setting import LetterHead, _letter
from consensus.participation import PanelLink
from core.actor import SYSTEM
from core.journal.models import JournalEntry
from core.text import Text
from tests.client import body_of
from tests.consensus.building import build, token_of
from tests.consensus.papers import HEAD, codes_in, open_link, page_of, print_letters

PHONE, THIEF = "the panelist's phone", "the facilitator's phone"


@pytest.fixture
def area(api):
    with schema_context(api.area.schema_name):
        yield api


@pytest.fixture
def study(area):
    """Open, with five who have accepted; `invited` are asked to it."""
    built = build(area.area.people["supervisor"].user_id).seal()
    built.open(closes_at=timezone.now() + timedelta(days=30))
    return built


@pytest.fixture
def invited(study):
    def made(name="อาจารย์ผู้ไม่มีอีเมล", **given):
        return add_panelist(
            study.study, kind="panelist", name=name, reason="เพิ่ม", actor=SYSTEM, **given
        )

    return made


@pytest.fixture
def print_for(area, study):
    def printed(*people, **given):
        pks = [each.pk for each in people]
        return print_letters(area.as_("supervisor"), study.study.pk, *pks, **given)

    return printed


def _code_of(print_for, person):
    (code,) = codes_in(print_for(person).content)
    return code


def _said(response):
    return response.status_code, body_of(response)["code"]


def _reads(area, code, device):
    """What the page tells whoever opens the letter's link there, or None."""
    answer = open_link(area, code, device)
    if answer.status_code != 201:
        assert _said(answer) == (404, "panel_link_not_valid")
        return None
    client = area.with_token(body_of(answer)["credential"])
    return body_of(client.get("/api/v1/panel"))


class TestPrinting:
    def test_named__one_page_each_with_a_link_of_their_own(self, area, invited, print_for):
        people = [invited("ก"), invited("ข", language="en")]
        response = print_for(*people)
        assert (response.status_code, response["Content-Type"]) == (201, "application/pdf")
        assert response["Cache-Control"] == "private, no-store"
        codes = codes_in(response.content)
        assert len(codes) == 2
        assert [_reads(area, code, PHONE)["name"] for code in codes] == ["ก", "ข"]

    def test_nobody_named__all_who_are_invited_and_have_not_come_in(
        self, area, study, invited, print_for
    ):
        first, second, third = invited("ก"), invited("ข"), invited("ค")
        open_link(area, token_of(third))
        assert len(codes_in(print_for().content)) == 2
        lettered = Panelist.objects.filter(study=study.study, letter_at__isnull=False)
        assert {each.pk for each in lettered} == {first.pk, second.pk}
        flow = body_of(area.as_("supervisor").get(f"/api/v1/studies/{study.study.pk}/panel-flow"))
        assert flow["panelists"]["by_letter"] == 2

    def test_nobody_left__refused(self, print_for):
        answer = print_for()
        assert (answer.status_code, body_of(answer)["errors"][0]["pointer"]) == (400, "/panelists")

    def test_someone_of_another_study__refused_and_nothing_issued(
        self, area, study, invited, print_for
    ):
        other = Panelist.objects.get(pk=area.area.things["study_panelist"])
        answer = print_for(invited(), other)
        told = body_of(answer)
        assert (answer.status_code, told["errors"][0]["pointer"]) == (400, "/panelists/1")
        assert not PanelLink.objects.filter(panelist__study=study.study).exists()

    @pytest.mark.parametrize("how", ["opened", "accepted"])
    def test_come_in_already__too_late(self, area, invited, print_for, how):
        person = invited()
        page = page_of(area, token_of(person))
        if how == "accepted":
            page.post("/api/v1/panel/accept", {})
        assert _said(print_for(person)) == (409, "letter_too_late")
        assert "อาจารย์" in body_of(print_for(person))["detail"]

    def test_study_over__refused(self, study, invited, print_for):
        person = invited()
        abandon_study(study.study, reason="แผนเปลี่ยน", actor=SYSTEM)
        assert _said(print_for(person)) == (409, "wrong_study_status")

    def test_journal__tells_that_it_was_printed_and_by_whom(self, area, invited, print_for):
        person = invited()
        print_for(person)
        entry = JournalEntry.objects.filter(verb="consensus.panelist.letter_issued").latest(
            "number"
        )
        assert (entry.subject_id, entry.actor_id) == (
            person.pk,
            area.area.people["supervisor"].user_id,
        )

    def test_nothing_of_the_link_is_kept(self, invited, print_for):
        code = _code_of(print_for, invited())
        rows = str([*PanelLink.objects.values(), *JournalEntry.objects.values()])
        assert code not in rows


class TestWords:
    def test_thai__date_and_time_in_thai_digits_and_the_buddhist_era(self, study, invited):
        head = LetterHead(**HEAD, number="ศธ 04047/ว 123", dated=date(2026, 12, 3))
        with override("th"):
            told = _letter(study.study, head, Text("สำนักงาน", "Office"), invited(), "https://x/")
        assert told["date"] == "๓ ธันวาคม ๒๕๖๙"
        assert told["number"] == "ที่ ศธ 04047/ว 123"
        assert "รวม ๒ รอบ ทาง" in told["body"][1]
        assert "ภายในวันที่" in told["body"][1]
        assert "ผู้บันทึกคำตอบ" not in told["body"][1]

    def test_english__for_who_reads_english(self, area, study, invited):
        recorder = str(area.area.people["viewer"].user_id)
        study.study.recorders = [recorder]
        head = LetterHead(**HEAD, dated=date(2026, 12, 3), about="It is about plans.")
        with override("en"):
            told = _letter(study.study, head, Text("ก", "Office"), invited(), "https://x/")
        assert told["date"] == "3 December 2026"
        assert told["body"][0].startswith("Office is conducting the Delphi study")
        assert "It is about plans." in told["body"][0]
        assert "a recorder, who does not run the study" in told["body"][1]
        certifier = study.certifiers[0]
        with override("en"):
            told = _letter(study.study, head, Text("ก", "Office"), certifier, "https://x/")
        assert told["heads"][0][1] == "Invitation to certify the outcome of a Delphi study"

    def test_markup_in_names__is_text(self, invited, print_for):
        answer = print_for(invited("#panic() *ดร.* $x$ <y>"), number="#pagebreak()")
        assert answer.status_code == 201


class TestWhoHoldsTheLetter:
    def test_panelist__opens_answers_and_comes_back_on_the_same_phone(
        self, area, study, invited, print_for
    ):
        code = _code_of(print_for, invited())
        page = page_of(area, code, PHONE)
        page.post("/api/v1/panel/accept", {})
        page.put(f"/api/v1/panel/answers/{study.items[0].pk}", {"rating": 2})
        assert _reads(area, code, PHONE)["items"][0]["rating"] == 2
        typed = code.lower().replace("-", " ")
        assert _reads(area, typed, PHONE)["items"][0]["rating"] == 2

    def test_panelist__another_device__by_the_link_that_the_page_gave(
        self, area, invited, print_for
    ):
        code = _code_of(print_for, invited())
        own = body_of(open_link(area, code, PHONE))["own_link"].split("#token=")[1]
        for device in (None, "a computer", "another phone"):
            answer = open_link(area, own, device)
            assert (answer.status_code, body_of(answer)["own_link"]) == (201, None)
        assert _reads(area, code, PHONE) is not None

    def test_facilitator__follows_it_after_the_panelist_answered__learns_nothing(
        self, area, study, invited, print_for
    ):
        person = invited()
        code = _code_of(print_for, person)
        page = page_of(area, code, PHONE)
        page.post("/api/v1/panel/accept", {})
        page.put(f"/api/v1/panel/answers/{study.items[0].pk}", {"rating": 1})
        unknown = open_link(area, "AAAAA-BBBBB-CCCCC", THIEF)
        for device in (None, THIEF):
            told = open_link(area, code, device)
            assert told.status_code == unknown.status_code == 404
            assert body_of(told)["detail"] == body_of(unknown)["detail"]
        assert print_for(person).status_code == 409
        assert page.get("/api/v1/panel").status_code == 200

    def test_facilitator__opened_it_first__the_panelist_sees_that_and_nothing_is_read(
        self, area, study, invited, print_for
    ):
        person = invited()
        code = _code_of(print_for, person)
        stolen = page_of(area, code, THIEF)
        assert _reads(area, code, PHONE) is None  # and the letter says what that means
        again = _code_of(print_for, person)
        assert stolen.get("/api/v1/panel").status_code == 401
        page = page_of(area, again, PHONE)
        page.post("/api/v1/panel/accept", {})
        page.put(f"/api/v1/panel/answers/{study.items[0].pk}", {"rating": 1})
        assert _reads(area, code, THIEF) is None
        assert _reads(area, again, THIEF) is None

    @pytest.mark.parametrize("consents", [False, True])
    def test_facilitator__opened_it_first_and_the_panelist_comes_by_mail__reads_nothing(
        self, area, study, invited, print_for, consents
    ):
        person = invited()
        code = _code_of(print_for, person)
        answer = body_of(open_link(area, code, THIEF))
        stolen, own = area.with_token(answer["credential"]), answer["own_link"].split("#token=")[1]
        if consents:
            assert stolen.post("/api/v1/panel/accept", {}).status_code == 200
        page = page_of(area, token_of(person))
        page.post("/api/v1/panel/accept", {})
        given = page.put(f"/api/v1/panel/answers/{study.items[0].pk}", {"rating": 1})
        assert given.status_code == 200
        assert stolen.get("/api/v1/panel").status_code == 401
        assert open_link(area, code, THIEF).status_code == 404
        assert open_link(area, own, THIEF).status_code == 404

    def test_letters_printed_twice__both_open_until_one_has(self, area, invited, print_for):
        person = invited()
        codes = [_code_of(print_for, person) for _ in range(2)]
        assert _reads(area, codes[0], PHONE) is not None
        assert _reads(area, codes[1], THIEF) is None

    def test_opened_without_a_device__never_opens_again(self, area, invited, print_for):
        code = _code_of(print_for, invited())
        assert open_link(area, code).status_code == 201
        assert open_link(area, code).status_code == 404
        assert open_link(area, code, PHONE).status_code == 404

    def test_expired__does_not_open(self, area, invited, print_for):
        code = _code_of(print_for, invited())
        with time_machine.travel(timezone.now() + timedelta(days=121)):
            assert open_link(area, code, PHONE).status_code == 404

    def test_mailed_links__stay_valid_beside_each_other(self, area, invited):
        person = invited(email="someone@example.ac.th")
        tokens = [token_of(person) for _ in range(2)]
        for token in (*tokens, *tokens):
            assert open_link(area, token).status_code == 201

    def test_nothing_answered__after_all_attempts(self, area, study, invited, print_for):
        person = invited()
        code = _code_of(print_for, person)
        stolen = page_of(area, code, THIEF)
        path = f"/api/v1/panel/answers/{study.items[0].pk}"
        assert _said(stolen.put(path, {"rating": 1})) == (409, "consent_needed")
        assert not Rating.objects.filter(seat=person.seat_id).exists()


def test_own_answers_of_others__a_letters_page_shows_none(area, study, invited, print_for):
    save_rating(study.panelists[0], study.items[0].pk, GivenRating(rating=3, comment="ความลับ"))
    page = page_of(area, _code_of(print_for, invited()), PHONE)
    assert "ความลับ" not in page.get("/api/v1/panel").content.decode()
