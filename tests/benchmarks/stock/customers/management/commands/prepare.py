"""Make the stock project's database: one tenant with the rows of the benchmark."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django_tenants.utils import schema_context
from rest_framework.authtoken.models import Token

from tests.benchmarks.activities import Rows
from tests.benchmarks.databases import create_anew
from tests.benchmarks.stock.activities.models import ActivityLog, School, Teacher
from tests.benchmarks.stock.customers.models import Client, Domain

HOST = "listing.localhost"


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def handle(self, *_: Any, **__: Any) -> None:
        """Print where to ask and as whom."""
        create_anew(settings.DATABASES["default"])
        call_command("migrate_schemas", shared=True, run_syncdb=True, verbosity=0)
        client = Client.objects.create(schema_name="listing")
        Domain.objects.create(domain=HOST, tenant=client, is_primary=True)
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA listing")
        call_command("migrate_schemas", schema_name="listing", run_syncdb=True, verbosity=0)
        with schema_context("listing"):
            token = Token.objects.create(user=User.objects.create_user("admin"))
            _fill(Rows())
        headers = {"Host": HOST, "Authorization": f"Token {token.key}"}
        self.stdout.write(json.dumps({"host": HOST, "headers": headers}))


def _fill(rows: Rows) -> None:
    School.objects.bulk_create(School(**row) for row in rows.schools)
    Teacher.objects.bulk_create(Teacher(**row) for row in rows.teachers)
    ActivityLog.objects.bulk_create((ActivityLog(**row) for row in rows.logs), batch_size=2_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
