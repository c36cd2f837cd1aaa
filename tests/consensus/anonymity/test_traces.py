"""What is left behind: rows of every table, log lines, the answers to bad requests."""

import json
import logging

import pytest
from django.db import connection
from django_tenants.utils import schema_context
from psycopg import sql

from consensus.actions.panel import add_panelist
from consensus.enums import ReportFormat
from consensus.jobs import send_links
from consensus.models import Panelist, PanelSeat
from consensus.participation import PanelLink
from core.actor import SYSTEM
from tests.client import body_of
from tests.consensus.anonymity.planted import MAIL, NAME, UUID, WROTE, end, plant
from tests.consensus.building import build, credential_of

HANGS_ON_SEAT = {
    "consensus_rating", "consensus_textanswer", "consensus_certificationanswer",
    "consensus_feedbacksnapshot",
}  # fmt: skip


@pytest.fixture
def planted(api):
    with schema_context(api.area.schema_name):
        found = plant(api.area.people["supervisor"].user_id)
        end(found, forms=[ReportFormat.CSV])
        yield found


def _rows(schema: str) -> list[tuple[str, str]]:
    """(table, row as JSON) of everything in a schema; of bytes what they say."""
    found = []
    with schema_context(schema), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace "
            "WHERE nspname = %s AND relkind = 'r'",
            [schema],
        )
        for (table,) in cursor.fetchall():
            named = sql.Identifier(schema, table)
            cursor.execute(sql.SQL("SELECT to_jsonb(each)::text FROM {} each").format(named))
            found += [(table, row[0]) for row in cursor.fetchall()]
    return found


def test_rows__of_the_whole_area__only_the_person_leads_to_the_pseudonym(api, planted):
    """What the notice says of whoever holds the database: a join over this one table, no row."""
    identity, seat = planted.identity, str(planted.person.seat_id)
    words, own = planted.answers, planted.pseudonyms - {seat}
    links = {str(each) for each in PanelLink.objects.values_list("pk", flat=True)}
    leading, seated = set(), set()
    for table, row in _rows(api.area.schema_name):
        named, said = any(each in row for each in identity), any(each in row for each in words)
        assert not (named and said), f"{table} holds name and answer in one row"
        if named and seat in row:
            leading.add(table)
        elif seat in row and table != "consensus_panelseat":
            seated.add(table)
        if named and table != "consensus_panellink":
            assert not [each for each in own - links if each in row], table
    assert leading == {"consensus_panelist"}
    assert seated <= HANGS_ON_SEAT


def test_rows__of_answers__no_time_in_any_column_nor_id(api, planted):
    """UUIDv7 carries its time: all ids of a row with a seat are random, or of what was asked."""
    asked = {str(planted.built.study.pk), *(str(each.pk) for each in planted.built.items)}
    asked |= {str(each.pk) for each in planted.built.rounds}
    read = set()
    for table, row in _rows(api.area.schema_name):
        if table not in HANGS_ON_SEAT | {"consensus_panelseat"}:
            continue
        if not any(each in row for each in asked):
            continue
        read.add(table)
        ids = {*UUID.findall(row)} - asked
        assert {each[14] for each in ids} == {"4"}, f"{table}: an id that tells its time"
        columns = [name for name in json.loads(row) if name.endswith(("_at", "_on", "time"))]
        assert columns == []
    assert read >= {"consensus_rating", "consensus_textanswer", "consensus_panelseat"}


def test_rows__of_the_platform__nothing_of_a_panel(api, planted):
    """So the operators' admin, usage and journal have nothing to show of it."""
    with schema_context(api.area.schema_name):
        facts = planted.identity | planted.answers | planted.pseudonyms
    for table, row in _rows("public"):
        assert not [each for each in facts if each in row], table


def test_logs__of_answering_and_mailing__tell_neither_who_nor_what(api, caplog):
    """At DEBUG, of all loggers but that of SQL."""
    with schema_context(api.area.schema_name):
        built = build(api.area.people["supervisor"].user_id, certifiers=0)
        person = add_panelist(
            built.study, kind="panelist", name=NAME, email=MAIL, actor=built.actor
        )
        built.seal().open()
        token, item = credential_of(person), built.items[0].pk
    client = api.with_token(token)
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("django.db.backends").setLevel(logging.INFO)
        client.post("/api/v1/panel/accept", {"conflict_of_interest": WROTE})
        client.put(f"/api/v1/panel/answers/{item}", {"rating": 5, "comment": WROTE})
        client.put(f"/api/v1/panel/answers/{item}", {"rating": 99, "comment": WROTE})
        client.post("/api/v1/panel/finish")
        client.get("/api/v1/panel")
        with schema_context(api.area.schema_name):
            params, cursor = {"round": str(built.rounds[0].pk), "reminder": True}, {}
            while progress := send_links(params, cursor, SYSTEM):
                cursor = progress.cursor
            found = Panelist.objects.get(pk=person.pk)
            links = PanelLink.objects.filter(panelist=found).values_list("pk", flat=True)
            secrets = {NAME, MAIL, token, *map(str, [found.pk, found.seat_id, *links])}
    lines = [str(each.__dict__) for each in caplog.records]
    assert [line for line in lines if f"panel/answers/{item}" in line]
    assert not [line for line in lines if any(each in line for each in secrets)]
    assert not [line for line in lines if WROTE in line]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("answers/{item}", {"rating": 99, "comment": WROTE}),
        ("answers/{item}", {"rating": WROTE}),
        ("answers/{item}", {"rating": 1, "round": 9}),
        ("answers/{seat}", {"rating": 1}),
        ("texts/needs", {"text": WROTE}),
        ("ranking", {"order": ["{seat}"]}),
        ("certification", {"answers": [{"part": "", "criterion": WROTE, "value": 1}]}),
    ],
)
def test_problems__of_refused_answers__say_what_is_wrong_and_not_who(api, path, body):
    with schema_context(api.area.schema_name):
        built = build(api.area.people["supervisor"].user_id, certifiers=0).seal()
        built.open()
        person, seat = built.panelists[0], PanelSeat.objects.get(pk=built.panelists[0].seat_id)
        client = api.with_token(credential_of(person))
        path = path.format(item=built.items[0].pk, seat=seat.pk)
    body = json.loads(json.dumps(body).replace("{seat}", str(seat.pk)))
    refused = client.put(f"/api/v1/panel/{path}", body)
    assert refused.status_code in (404, 409, 422, 400)
    told = json.dumps(body_of(refused), ensure_ascii=False) + str(dict(refused.headers))
    assert WROTE not in told
    for each in (person.name, person.email, str(person.pk), str(seat.pk)):
        assert each not in told
