"""Comments: shown to the panel by nobody, and without what gives somebody away."""

import io
import zipfile

import pytest
from django_tenants.utils import schema_context

from consensus.actions.answers import GivenRating, save_rating
from consensus.models import Rating, Study
from consensus.reports.contents import report_of
from consensus.reports.forms import make_report
from core.journal.models import JournalEntry
from tests.client import body_of
from tests.consensus.building import REAL_TIME, build, credential_of

NAMING = "เห็นด้วยกับ ผอ.สมศักดิ์ ทุกข้อ"
PLAIN = "ควรทำทุกภาคเรียน"


@pytest.fixture
def second_round(facilitator):
    """Five have answered the first round, two of them with a comment on the first item."""
    built = build(facilitator).seal()
    built.open()
    built.rate([5, 5, 4, 5, 4])
    for panelist, words in zip(built.panelists, (NAMING, PLAIN), strict=False):
        save_rating(panelist, built.items[0].pk, GivenRating(rating=4, comment=words))
    built.close()
    built.open()
    return built


def _comments(api, round_) -> dict[str, dict]:
    listed = api.as_("supervisor").get(f"/api/v1/rounds/{round_.pk}/comments")
    return {each["text"]: each for each in body_of(listed)}


def _withhold(api, round_, comment, **given):
    path = f"/api/v1/rounds/{round_.pk}/comments/{comment['id']}/withhold"
    return api.as_("supervisor").post(path, {"reason": "ระบุชื่อบุคคล", **given})


def _seen(api, built) -> list[str]:
    """What another panelist sees of the first item's comments."""
    client = api.with_token(credential_of(built.panelists[4]))
    return body_of(client.get("/api/v1/panel/feedback"))["items"][0]["comments"]


def test_withhold__all_or_a_piece__the_panel_sees_it_no_more(api, second_round):
    first = second_round.rounds[0]
    naming = _comments(api, first)[NAMING]
    assert sorted(_seen(api, second_round)) == sorted([NAMING, PLAIN])

    start = NAMING.index("ผอ.")
    pieces = [{"start": start, "end": start + len("ผอ.สมศักดิ์")}]
    hidden = body_of(_withhold(api, first, naming, pieces=pieces))
    assert hidden["shown"] == "เห็นด้วยกับ […] ทุกข้อ"
    assert sorted(_seen(api, second_round)) == sorted([hidden["shown"], PLAIN])

    assert body_of(_withhold(api, first, naming))["shown"] is None
    assert _seen(api, second_round) == [PLAIN]
    assert body_of(_withhold(api, first, naming, pieces=[]))["shown"] == NAMING
    assert Rating.objects.filter(comment=NAMING).exists()  # as it was written


def test_withhold__any__told_in_the_report_and_journal_without_its_words(api, second_round):
    first = second_round.rounds[0]
    _withhold(api, first, _comments(api, first)[NAMING])

    told = Study.objects.get(pk=second_round.study.pk).deviations
    assert [each["kind"] for each in told] == ["comment_withheld"]
    entry = JournalEntry.objects.get(verb="consensus.comment.withheld")
    assert entry.subject_id == first.pk
    assert "สมศักดิ์" not in str(entry.values)


def test_withhold__counted_by_round_in_the_report__as_it_stands_now(api, second_round):
    first = second_round.rounds[0]
    for words, pieces in ((NAMING, [{"start": 0, "end": 3}]), (PLAIN, None)):
        given = {} if pieces is None else {"pieces": pieces}
        _withhold(api, first, _comments(api, first)[words], **given)
    study = Study.objects.get(pk=second_round.study.pk)
    assert report_of(study)["rounds"][0]["comments"] == {"withheld": 1, "in_part": 1}
    for language, title in (("th", "ความเห็นที่ไม่แสดงแก่คณะ"), ("en", "Comments kept from the panel")):
        with zipfile.ZipFile(io.BytesIO(make_report(study, "xlsx", language).content)) as book:
            told = "".join(book.read(name).decode() for name in book.namelist())
        assert title in told
        assert PLAIN not in told

    _withhold(api, first, _comments(api, first)[PLAIN], pieces=[])
    assert report_of(study)["rounds"][0]["comments"] == {"withheld": 0, "in_part": 1}


@pytest.mark.parametrize(
    "pieces",
    [
        [{"start": 0, "end": len(NAMING) + 1}],
        [{"start": 3, "end": 3}],
        [{"start": 0, "end": 5}, {"start": 4, "end": 8}],
    ],
)
def test_withhold__pieces_that_do_not_fit__refused(api, second_round, pieces):
    first = second_round.rounds[0]
    answer = _withhold(api, first, _comments(api, first)[NAMING], pieces=pieces)
    assert (answer.status_code, body_of(answer)["code"]) == (400, "invalid_input")
    assert NAMING in _seen(api, second_round)


def test_comments__round_still_open__not_to_be_read(api, second_round):
    path = f"/api/v1/rounds/{second_round.rounds[1].pk}/comments"
    answer = api.as_("supervisor").get(path)
    assert (answer.status_code, body_of(answer)["code"]) == (409, "round_not_closed")
    comment = _comments(api, second_round.rounds[0])[NAMING]
    refused = _withhold(api, second_round.rounds[1], comment)
    assert (refused.status_code, body_of(refused)["code"]) == (409, "round_not_closed")


def test_withhold__of_another_round__not_found(api, second_round):
    comment = _comments(api, second_round.rounds[0])[NAMING]
    with schema_context(api.area.schema_name):
        other = build(api.area.people["supervisor"].user_id).seal()
        other.open()
        other.rate([5, 5, 4, 5, 4])
        closed = other.close()
    assert _withhold(api, closed, comment).status_code == 404


def test_comments__by_nobody__neither_score_nor_order_of_writing(api, second_round):
    listed = _comments(api, second_round.rounds[0]).values()
    assert all(set(each) == {"id", "item", "text", "shown"} for each in listed)
    assert [each["id"] for each in listed] == sorted(each["id"] for each in listed)


def test_withhold__in_real_time__until_it_is_written_anew(api, facilitator):
    built = build(facilitator, protocol=REAL_TIME).seal()
    round_ = built.open()
    built.rate([4] * 5, comment=NAMING)
    for comment in body_of(api.as_("supervisor").get(f"/api/v1/rounds/{round_.pk}/comments")):
        assert body_of(_withhold(api, round_, comment))["shown"] is None
    assert _seen(api, built) == []

    built.rate([5] * 5, comment=PLAIN)
    assert _seen(api, built) == [PLAIN] * 5
