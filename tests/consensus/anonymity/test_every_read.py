"""Every read by everybody who could want to know: none tells who said what, none lets it be joined.

Nor do all that one person reads, laid side by side: by an id, or by a time.
"""

import json
import re
from collections import defaultdict

import pytest
from django_tenants.utils import schema_context

from tests.client import body_of
from tests.consensus.anonymity.planted import UUID, WROTE, end, entries, plant, reads
from tests.consensus.building import credential_of

ROLES = (
    "supervisor", "area_admin", "officer", "cluster_coordinator", "school_director", "teacher",
    "committee_member", "viewer",
)  # fmt: skip
_RUN = {"supervisor", "area_admin", "operator"}  # an operator visits as an administrator

# By operation, who is told of the planted person, and who is told what was said.
WHO = {
    "panelists_list": _RUN,
    "study_follow_ups_list": _RUN,
    "journal_list": _RUN - {"supervisor"},
    "recordings_list": {"teacher"},
}
WHAT = {
    "rounds_texts": _RUN,
    "rounds_comments": _RUN,
    "study_fragments_list": _RUN,
    "study_items_list": _RUN | {"officer"},  # from which pieces of texts, by their random ids
    "panel_feedback": {"co-panelist"},
}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*")


@pytest.fixture
def planted(api):
    """The planted person was visited once; the teacher then entered what they say in this round."""
    with schema_context(api.area.schema_name):
        found = plant(api.area.people["supervisor"].user_id)
        path = f"/api/v1/studies/{found.built.study.pk}"
        changes = {"recorders": [str(api.area.people["teacher"].user_id)]}
        assert api.as_("area_admin").patch(path, changes, If_Match="*").status_code == 200
        person, round_ = str(found.person.pk), str(found.built.rounds[-1].pk)
        visit = {"panelist": person, "round": round_, "way": "visit"}
        noted = api.as_("supervisor").post(f"{path}/follow-ups", visit)
        assert noted.status_code == 201
        _enter_as_recorder(api, found)
        yield found


def _enter_as_recorder(api, planted):
    agreed = {"way": "interview", "agreed": True}
    started = api.as_("teacher").post(f"/api/v1/recordings/{planted.person.pk}/start", agreed)
    page = api.with_token(body_of(started)["credential"])
    items = [{"id": str(each.pk), "rating": 2, "comment": WROTE} for each in planted.built.items]
    assert page.put("/api/v1/panel/answers", {"items": items}).status_code == 200


@pytest.fixture
def everyone(api, planted):
    asked = {"reason": "โรงเรียนแจ้งว่ารายชื่อหายไป", "hours": 1}
    granted = api.on_platform().as_("operator").post("/api/v1/areas/t1/access-grants", asked)
    return {
        **{role: api.as_(role) for role in ROLES},
        "operator": api.with_token(body_of(granted)["token"]),
        "co-panelist": api.with_token(credential_of(planted.built.panelists[0])),
        "certifier": api.with_token(credential_of(planted.built.certifiers[0])),
        "nobody": api.with_token(None),
    }


@pytest.fixture
def told(api, planted, everyone):
    """(who, operation, what it answered) while a round is open, and when all is over."""

    def read():
        found = reads(api, planted, everyone, everywhere=["area_admin"])
        return [
            (who, operation, response.content.decode(errors="replace"))
            for who, operation, _, response in found
        ]

    running = read()
    end(planted, forms=[])
    return running + read()


def test_reads__by_everybody__nobody_is_told_who_said_what(planted, told):
    who_told, what_told = defaultdict(set), defaultdict(set)
    identity, answers, pseudonyms = planted.identity, planted.answers, planted.pseudonyms
    for who, operation, text in told:
        assert not [each for each in pseudonyms if each in text], (who, operation)
        assert "is_mixed" not in text, "who also answered without a recorder"
        if any(each in text for each in identity):
            who_told[operation].add(who)
        if any(each in text for each in answers):
            what_told[operation].add(who)
    assert (dict(who_told), dict(what_told)) == (WHO, WHAT)
    assert not {*WHO} & {*WHAT}
    _hold_side_by_side(planted, told)


def _hold_side_by_side(planted, told):
    """Whoever is told both: no id and no time stands beside the name and beside the words."""
    built, told_both = planted.built, set()
    common = {str(each.pk) for each in (built.study, *built.rounds, *built.items)}
    common.add(str(built.actor.id))  # who runs it
    for reader in {who for who, _, _ in told}:
        texts = [text for who, operation, text in told if who == reader and operation in WHO | WHAT]
        beside_name, beside_words = (
            "".join(_entries_with(facts, text) for text in texts)
            for facts in (planted.identity, planted.answers)
        )
        for marks in (UUID, TIME):
            joining = {*marks.findall(beside_name)} & {*marks.findall(beside_words)}
            assert joining <= common, (reader, joining)
        if beside_name and beside_words:
            told_both.add(reader)
    assert told_both == _RUN


def _entries_with(facts, text) -> str:
    """All that stands beside one of these facts in an entry of a list, or in an object of it."""
    found = [each for each in entries(json.loads(text)) if not {"items", "next_cursor"} <= {*each}]
    told = [json.dumps(each, ensure_ascii=False) for each in found]
    return "\n".join(each for each in told if any(fact in each for fact in facts))
