"""What this room forgets every night."""

from celery import shared_task

from accounts.actions.housekeeping import forget_expired


@shared_task(name="accounts.forget_expired")
def forget() -> None:
    forget_expired()
