"""Celery's side of documents."""

from celery import shared_task

from core.documents.actions import forget_old_documents


@shared_task(name="core.documents.forget_old")
def forget_old() -> None:
    forget_old_documents()
