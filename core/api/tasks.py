"""What the API forgets every night."""

from celery import shared_task

from core.api.idempotency import forget_old


@shared_task(name="core.api.forget_old_answers")
def forget_old_answers() -> None:
    forget_old()
