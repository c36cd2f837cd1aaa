"""Celery's side of imports."""

from celery import shared_task

from core.imports.actions import forget_old_imports


@shared_task(name="core.imports.forget_old")
def forget_old() -> None:
    forget_old_imports()
