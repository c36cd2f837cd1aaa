"""Which domains' addresses speak for an office: kept by operators."""

from django.db import IntegrityError, transaction

from core.actor import Actor
from core.errors import invalid
from core.journal import actions as journal
from tenants.errors import NameTakenError
from tenants.models import OfficialDomain
from tenants.official import plain_domain

_FEWEST_LABELS = 2  # `*.th` would stand for a country


@transaction.atomic
def add_official_domain(
    *, domain: str, code: str = "", note: str = "", actor: Actor
) -> OfficialDomain:
    """List a domain. Raises InvalidInputError, NameTakenError for one that is listed."""
    try:
        plain = plain_domain(domain.strip())
    except UnicodeError:
        plain = ""
    if len([label for label in plain.removeprefix("*.").split(".") if label]) < _FEWEST_LABELS:
        raise invalid("/domain", "invalid", "ไม่ใช่ชื่อโดเมน", "This is no domain.")
    try:
        with transaction.atomic():
            row = OfficialDomain.objects.create(domain=plain, code=code, note=note)
    except IntegrityError:
        raise NameTakenError from None
    told = {"domain": row.domain, "code": row.code}
    journal.record("tenants.official_domain.added", row, actor=actor, changes=told)
    return row


@transaction.atomic
def remove_official_domain(row: OfficialDomain, *, actor: Actor) -> None:
    """Take a domain off the list; areas that came in by it stay."""
    held = row.locked_unchanged()
    told = {"domain": [held.domain, None]}
    journal.record("tenants.official_domain.removed", held, actor=actor, changes=told)
    held.delete()
