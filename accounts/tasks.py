"""Background work of this room; each message carries its area."""

from celery import shared_task

from accounts.actions.housekeeping import forget_expired
from accounts.actions.passwords import mail_password_reset


@shared_task(
    name="accounts.mail_password_reset",
    autoretry_for=(OSError,),
    retry_backoff=True,
    max_retries=5,
)
def send_password_reset(login: str) -> None:
    mail_password_reset(login)


@shared_task(name="accounts.forget_expired")
def forget() -> None:
    forget_expired()
