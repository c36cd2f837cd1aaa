"""What this room does every night, and tells every morning."""

from celery import shared_task

from accounts.actions.housekeeping import forget_expired
from accounts.actions.operators import start_digest


@shared_task(name="accounts.forget_expired")
def forget() -> None:
    forget_expired()


@shared_task(name="accounts.tell_operators")
def tell_operators() -> None:
    start_digest()
