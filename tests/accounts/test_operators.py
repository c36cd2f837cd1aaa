"""What operators are told without asking."""

from django.core import mail

from accounts.actions.operators import create_operator, start_digest
from core.jobs.actions import run_job
from core.jobs.models import Job
from tenants.queries import not_set_up, to_review


def _told() -> list[str]:
    return [address for each in mail.outbox for address in each.to]


def test_digest__something_waits__each_operator_told_once(world):
    for name in ("first", "second"):
        email = f"{name}@operators.example"
        create_operator(email=email, password="a long pass phrase", display_name=name)
    job = start_digest()
    assert start_digest() is None  # one is on its way
    for _ in range(2):  # a retry
        run_job(job.pk)

    assert len(_told()) == len(set(_told()))
    assert {"first@operators.example", "second@operators.example"} <= set(_told())
    waiting = [to_review().count(), not_set_up().count()]
    assert 0 not in waiting
    assert all(f": {number}\n" in mail.outbox[-1].body for number in waiting)
    assert "/admin/" in mail.outbox[-1].body


def test_digest__nothing_waits__no_mail(world):
    to_review().delete()
    not_set_up().delete()
    assert start_digest() is None
    assert not Job.objects.filter(kind="accounts.mail_digest").exists()
