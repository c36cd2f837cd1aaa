"""What a certificate of hours states, and who may see one."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import orjson
from django.db.models import QuerySet

from core.actor import Actor
from pd_activities.enums import CertificateCheck
from pd_activities.models import Certificate
from pd_activities.queries.hours import Transcript, transcripts_visible_to
from tenants.signing import verified


def certificates_visible_to(actor: Actor) -> QuerySet[Certificate]:
    """Those of the teachers whose transcript this actor may read."""
    return Certificate.objects.filter(teacher__in=transcripts_visible_to(actor))


def statement_of(transcript: Transcript) -> dict[str, Any]:
    """The credited entries, without what was taken back, and credit minutes by kind."""
    undone = {each.reverses_id for each in transcript.entries}
    standing = [
        each for each in transcript.entries if each.pk not in undone and not each.reverses_id
    ]
    credited = [each for each in standing if each.credit_minutes]
    hours: dict[str, int] = {}
    for each in credited:
        hours[each.kind] = hours.get(each.kind, 0) + each.credit_minutes
    return {
        "teacher_name": transcript.teacher.name_th,
        "school_name": transcript.teacher.school.name_th,
        "hours": dict(sorted(hours.items())),
        "credit_minutes": sum(hours.values()),
        "entries": [
            {
                "occurred_on": each.occurred_on.isoformat(),
                "kind": each.kind,
                "title": each.title,
                "credit_minutes": each.credit_minutes,
            }
            for each in credited
        ],
    }


def sha256_of(value: object) -> str:
    """SHA-256, in hexadecimal, of its JSON: UTF-8, keys sorted, no white space."""
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()


def check(signed: str) -> dict[str, Any]:
    """What anyone may know of a certificate that someone shows: see CertificateCheck."""
    found = verified(signed)
    if found is None:
        nothing = dict.fromkeys(("issuer", "statement", "revoked_at"))
        return {"result": CertificateCheck.UNKNOWN, **nothing}
    claims, revoked = found.claims, found.revoked
    return {
        "result": CertificateCheck.REVOKED if revoked else CertificateCheck.VALID,
        "issuer": found.area,
        "statement": {
            "certificate": claims["jti"],
            "teacher_name": claims["sub"],
            "school_name": claims["school"],
            "first_day": claims["from"],
            "last_day": claims["until"],
            "hours": claims["hours"],
            "credit_minutes": claims["credit_minutes"],
            "entries_sha256": claims["entries"],
            "issued_at": datetime.fromtimestamp(claims["iat"], UTC),
        },
        "revoked_at": revoked.revoked_at if revoked else None,
    }
