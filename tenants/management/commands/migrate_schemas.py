"""django-tenants' own command, with the owner's rights inside an area and grants renewed after."""

from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.db import connection
from django_tenants.management.commands.migrate_schemas import MigrateSchemasCommand
from django_tenants.signals import schema_migrated
from django_tenants.utils import schema_context

from tenants.postgresql.base import PUBLIC, owner_rights
from tenants.provisioning import restrict_append_only


class Command(MigrateSchemasCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        if options.get("executor") not in (None, "standard"):
            raise CommandError("Only the standard executor keeps the owner's rights.")
        if options.get("schema_name") in (None, PUBLIC):
            _furnish_database()  # once: areas may be migrated beside each other
        schema_migrated.connect(_renew_grants, dispatch_uid="renew_grants")
        with owner_rights():
            super().handle(*args, **options)


def _furnish_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        cursor.execute("CREATE SCHEMA IF NOT EXISTS extensions")
        cursor.execute("GRANT USAGE ON SCHEMA extensions TO PUBLIC")
        for name in settings.DATABASE_EXTENSIONS:
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {name} SCHEMA extensions")


def _renew_grants(schema_name: str, **_: Any) -> None:
    if schema_name != PUBLIC:
        with schema_context(schema_name):
            restrict_append_only(schema_name)
